"""What a check goes by: the method, the day, the demands, and what is left aside."""

from dataclasses import dataclass, field
from datetime import date

from bpo_assess.diagnostics import Severity
from bpo_assess.gate.consent import LONGEST_DAYS
from bpo_assess.gate.requirements import DEMANDS, Requirements


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what is found in a file and whether the gate opens."""

    questionnaire: str | None = None
    """An id or a path; where absent, the file says."""
    as_of: date | None = None
    demands: Requirements = field(default_factory=Requirements)
    fail_on: Severity = Severity.ERROR
    """The least severity that keeps the gate closed."""
    ignore: frozenset[str] = frozenset()
    """Rules that are not looked at."""
    exclude: tuple[str, ...] = ()
    """Patterns, as in `.gitignore`, of what is passed over in folders."""
    exclude_from: str = "."
    """The folder that the patterns are seen from."""
    acceptances: str | None = None
    baseline: str | None = None
    longest_days: int = LONGEST_DAYS
    root: str | None = None
    """The folder of the configuration, where there is one."""

    @property
    def unseen(self) -> frozenset[str]:
        """The rules that are not looked at: of these, nothing can be said to occur no longer."""
        return self.ignore | DEMANDS.difference(self.demands.codes)
