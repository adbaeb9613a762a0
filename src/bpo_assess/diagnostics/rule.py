"""What a rule is: one thing that can be wrong, in the words in which it is explained."""

from dataclasses import dataclass
from enum import StrEnum

from bpo_assess.diagnostics import Severity

_ASSESSMENT = "BPO4"
"""From here on, codes are about descriptions that can be assessed."""


class Example(StrEnum):
    """What kind of text the examples of a rule are taken from."""

    PROCESS = "process"
    """A process description; what is not shown may be anything."""
    QUESTIONNAIRE = "questionnaire"
    """A questionnaire; what is not shown may be anything."""
    ACCEPTANCES = "acceptances"
    """A file of acceptances."""
    CONFIGURATION = "configuration"
    """A configuration, in TOML."""
    TEMPLATE = "template"
    """A template of a report."""
    FILES = "files"
    """Several process descriptions, each below a comment that names it."""
    COMMAND = "command"
    """What is typed and shown in a terminal."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, in the words in which it is explained."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    wrong: str
    right: str
    fix: str
    example_of: Example = Example.PROCESS
    """What kind of text `wrong` and `right` are."""
    at_times: Severity | None = None
    """The other severity that a finding can have, where `why` says when."""
    final: bool = False
    """Whether nobody can decide to live with it."""

    @property
    def acceptable(self) -> bool:
        """Whether a team can decide to live with it: never what keeps a file from being assessed."""
        return not self.final and (self.code >= _ASSESSMENT or self.severity is not Severity.ERROR)
