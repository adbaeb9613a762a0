"""What a rule is: one thing that can be wrong, in the words in which it is explained."""

from dataclasses import dataclass

from bpo_assess.diagnostics import Severity


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
