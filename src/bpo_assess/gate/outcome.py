"""Whether the gate opens, and how much was found."""

from collections.abc import Iterable
from dataclasses import dataclass

from bpo_assess.diagnostics import Severity
from bpo_assess.gate.finding import CheckedFile, Status

HOLDS, DOES_NOT_HOLD, UNUSABLE = 0, 1, 2
"""What the gate says: it opens, it stays closed, or somebody has to look because it could not be told."""


@dataclass(slots=True)
class Tally:
    """What was found, counted over many files."""

    files: int = 0
    """Descriptions, whether or not they could be assessed."""
    broken: int = 0
    """Those of them that could not."""
    unusable: int = 0
    """Files that could not be used, and folders that could not be looked into."""
    unchecked: int = 0
    """Descriptions that were not looked at, because a file that they depend on cannot be used."""
    failing: int = 0
    """Files that could be used and keep the gate closed."""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    accepted: int = 0
    known: int = 0
    answered: int = 0
    applicable: int = 0

    def add(self, file: CheckedFile) -> None:
        """Count a file and its findings."""
        self.files += file.describes
        self.broken += file.describes and not file.usable
        self.unusable += not file.usable
        self.failing += file.usable and file.failing
        self.answered += file.answered
        self.applicable += file.applicable
        for finding in file.findings:
            if finding.status is Status.OPEN:
                self._count(finding.diagnostic.severity)
            self.accepted += finding.status is Status.ACCEPTED
            self.known += finding.status is Status.KNOWN

    def _count(self, severity: Severity) -> None:
        match severity:
            case Severity.ERROR:
                self.errors += 1
            case Severity.WARNING:
                self.warnings += 1
            case Severity.NOTE:
                self.notes += 1

    @property
    def code(self) -> int:
        """The exit code: what could not be assessed outweighs what does not hold."""
        if self.unusable or self.unchecked or not self.files:
            return UNUSABLE
        return DOES_NOT_HOLD if self.failing else HOLDS


def tally(files: Iterable[CheckedFile]) -> Tally:
    """Count many files."""
    counted = Tally()
    for file in files:
        counted.add(file)
    return counted
