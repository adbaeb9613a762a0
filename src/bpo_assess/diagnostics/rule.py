"""What a rule is: one thing that can be wrong, in the words in which it is explained."""

from dataclasses import dataclass

from bpo_assess.diagnostics import Severity

_ASSESSMENT = "BPO4"
"""From here on, codes are about descriptions that can be assessed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, in the words in which it is explained."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    wrong: str | None
    right: str | None
    fix: str
    final: bool = False
    """Whether nobody can decide to live with it."""

    @property
    def acceptable(self) -> bool:
        """Whether a team can decide to live with it: never what keeps a file from being assessed."""
        return not self.final and (self.code >= _ASSESSMENT or self.severity is not Severity.ERROR)
