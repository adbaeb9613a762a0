"""What a caller demands of an assessment, apart from whether it is met."""

from dataclasses import dataclass, field
from decimal import Decimal

CANDIDACY = "candidacy"

DEMANDS = frozenset({"BPO501", "BPO502", "BPO503", "BPO504", "BPO505", "BPO506", "BPO507"})
"""The rules that are only looked at where a caller demands something."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a caller demands; nothing where absent.

    A score, a share or a risk is held to the demand at the worst end of its range, so that leaving a question
    open never opens the gate. The verdict is the one on what is known; `firm` demands that it stays. A better
    answer never breaks a demand that was met, but one: where an answer was so bad that nothing else mattered,
    what is open matters again. The verdict is then no longer firm, or undetermined where little is known.
    """

    verdict: str | None = None
    """The verdict at least, by its id."""
    scores: tuple[tuple[str, Decimal], ...] = field(default=())
    """The least candidacy or index of an axis, 0 to 100, by its id."""
    risk: str | None = None
    """The highest residual risk that may be, by its level."""
    coverage: Decimal | None = None
    """The least share of the method's weight that is known, 0 to 1."""
    evidence: Decimal | None = None
    """The least share of the weight that has evidence, with every open question unproven, 0 to 1."""
    firm: bool = False
    """Whether no open answer may change the verdict."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The rules that are broken where a demand is, in their order."""
        asked = {
            "BPO501": self.verdict,
            **{score_code(name): name for name, _ in self.scores},
            "BPO504": self.risk,
            "BPO505": self.coverage is not None,
            "BPO506": self.evidence is not None,
            "BPO507": self.firm,
        }
        return tuple(sorted(code for code, demand in asked.items() if demand))

    @property
    def any(self) -> bool:
        """Whether anything is demanded."""
        return bool(self.codes)


def score_code(name: str) -> str:
    """Give the rule that is broken where a score is too low: every other score is that of an axis."""
    return "BPO502" if name == CANDIDACY else "BPO503"
