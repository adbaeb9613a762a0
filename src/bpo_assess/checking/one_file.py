"""The check of one file: what is wrong with it, and whether it meets what is demanded."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bpo_assess.assessment import assess, examine
from bpo_assess.assessment.result import Assessment
from bpo_assess.diagnostics import Diagnostic, InputError, Severity, sort_key
from bpo_assess.documents import Document, visible
from bpo_assess.gate.finding import CheckedFile, Standing, identified
from bpo_assess.gate.requirements import broken, not_in_method
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.comments import comments
from bpo_assess.loading.evidence import doubts_about_files, root_of
from bpo_assess.loading.explain import locate
from bpo_assess.loading.functions import KnownFunctions
from bpo_assess.loading.read import (
    LoadedProcess,
    LoadedQuestionnaire,
    draft,
    pair,
    questionnaire_for,
    read_questionnaire,
)


class Methods:
    """The questionnaires of a run, each read once however many files use it."""

    def __init__(self, chosen: str | None) -> None:
        """Read the one that is chosen for all files; raise InputError where it cannot be used."""
        self._chosen = chosen
        self.known: dict[str | None, LoadedQuestionnaire] = {}
        if chosen is not None:
            self.known[chosen] = read_questionnaire(chosen)

    def of(self, loaded: LoadedProcess) -> LoadedQuestionnaire:
        """Give the questionnaire of a file: the chosen one, else the one it names, else the default."""
        reference = loaded.process.questionnaire
        key = self._chosen or (reference.id if reference else None)
        if key not in self.known:
            self.known[key] = questionnaire_for(loaded, self._chosen)
        return self.known[key]


@dataclass(frozen=True, slots=True)
class Where:
    """How a file is called: to open it, to show it, and from the root of its repository."""

    path: str
    name: str
    uri: str

    @property
    def folder(self) -> str:
        """The folder that its evidence is seen from."""
        return os.path.dirname(self.path)  # noqa: PTH120  many files: strings are quick


def where(path: str) -> Where:
    """Name a file for people and for machines, without telling where on this machine it lies."""
    shown = path
    if os.path.isabs(path):  # noqa: PTH117
        below = os.path.relpath(path)
        shown = path if below.startswith(os.pardir) else below
    absolute = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))  # noqa: PTH118, PTH119, PTH120
    uri = os.path.relpath(absolute, root_of(os.path.dirname(path)))  # noqa: PTH120
    return Where(path, visible(shown.replace(os.sep, "/")), visible(uri.replace(os.sep, "/")))


class Checker:
    """Checks files by the same settings."""

    def __init__(self, settings: Settings, *, standings: bool = False) -> None:
        """Take the settings, and whether every file is to be assessed even if nothing is demanded."""
        self._settings = settings
        self._methods = Methods(settings.questionnaire)
        self._functions = KnownFunctions()
        self._assesses = standings or settings.demands.any

    def check(self, raw: bytes, place: Where) -> CheckedFile:
        """Find what is wrong with the bytes of a file."""
        try:
            loaded = draft(raw, place.path)
            method = self._methods.of(loaded)
            notes = pair(loaded, method)
            return self._checked(loaded, method, notes, place)
        except InputError as error:
            return unusable(place, error.diagnostics)

    def _checked(
        self,
        loaded: LoadedProcess,
        method: LoadedQuestionnaire,
        notes: Iterable[Diagnostic],
        place: Where,
    ) -> CheckedFile:
        process, questionnaire, day = loaded.process, method.questionnaire, self._settings.as_of
        function, unknown = self._functions.of(loaded)
        examined = examine(process, questionnaire, day, function)
        outcome = assess(process, questionnaire, day, {}, function) if self._assesses else None
        accepted, misread = comments(loaded.document, process.id)
        found = [
            *(_located(finding, loaded.document) for finding in examined.findings),
            *(
                _located(doubt, loaded.document)
                for doubt in doubts_about_files(process, place.folder)
            ),
            *(_located(finding, loaded.document) for finding in self._demanded(outcome)),
            *notes,
            *unknown,
            *misread,
        ]
        kept = [problem for problem in found if problem.code not in self._settings.ignore]
        own = sorted((replace(problem, file=None) for problem in kept), key=sort_key)
        responses = examined.responses.values()
        known = sum(response.is_known for response in responses)
        return CheckedFile(
            name=place.name,
            uri=place.uri,
            process=process.id,
            title=process.name,
            method=f"{questionnaire.id} {questionnaire.version}",
            answered=known,
            applicable=known + sum(response.is_open for response in responses),
            standing=standing(outcome) if outcome else None,
            demanded=self._settings.demands.codes,
            fail_on=self._settings.fail_on,
            findings=identified(own, process.id, loaded.document.data),
            comments=tuple(accepted),
        )

    def _demanded(self, outcome: Assessment | None) -> Iterator[Diagnostic]:
        if outcome is None or not self._settings.demands.any:
            return
        senseless = not_in_method(self._settings.demands, outcome)
        if senseless is not None:
            hint = "demand what the method knows, or name another method with -q"
            raise InputError(Diagnostic("BPO521", Severity.ERROR, senseless, hint=hint))
        yield from broken(self._settings.demands, outcome)


def _located(problem: Diagnostic, document: Document) -> Diagnostic:
    return locate(problem, document)


def unusable(place: Where, problems: Iterable[Diagnostic]) -> CheckedFile:
    """Describe a file that cannot be assessed."""
    own = [
        replace(problem, file=None) if problem.file == place.path else problem
        for problem in problems
    ]
    found = identified(sorted(own, key=sort_key), place.uri)
    return CheckedFile(place.name, place.uri, usable=False, findings=found)


def standing(outcome: Assessment) -> Standing:
    """Take what a table shows of an assessment."""
    index = outcome.scorecard.candidacy
    value, low, high = (
        None if number is None else str(number) for number in (index.value, index.low, index.high)
    )
    return Standing(outcome.ruling.id, outcome.ruling.firm, value, low, high)
