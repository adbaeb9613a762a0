"""The function that a process description names, looked up in the catalogue."""

from functools import cached_property

from bpo_assess.diagnostics import Diagnostic, Severity
from bpo_assess.loading.explain import did_you_mean, locate
from bpo_assess.loading.read import LoadedProcess, read_functions
from bpo_assess.model.functions import Function


class KnownFunctions:
    """The catalogue, read when a description first names a function."""

    @cached_property
    def by_id(self) -> dict[str, Function]:
        """Every known function by its id."""
        return {function.id: function for function in read_functions().functions}

    def of(self, loaded: LoadedProcess) -> tuple[Function | None, list[Diagnostic]]:
        """Find the function of a process; one that is not known is noted, and nothing more."""
        name = loaded.process.function
        if name is None:
            return None, []
        if name in self.by_id:
            return self.by_id[name], []
        note = Diagnostic(
            "BPO307",
            Severity.NOTE,
            f"`{name}` is no function of the catalogue",
            hint=did_you_mean(name, self.by_id) or "bpo-assess functions lists them",
            path=("function",),
        )
        return None, [locate(note, loaded.document)]
