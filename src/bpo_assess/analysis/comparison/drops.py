"""Whether an assessment is worse than an earlier one, as far as a gate minds it."""

from dataclasses import dataclass
from decimal import Decimal

from bpo_assess.analysis.comparison.cause import more_favourable, order_of
from bpo_assess.analysis.comparison.result import Comparison


@dataclass(frozen=True, slots=True)
class Drop:
    """What is worse than then, as far as a gate minds it."""

    points: Decimal | None
    """By how many points the candidacy dropped, where that is more than is allowed."""
    lost: bool
    """Whether there was a candidacy then and is none now."""
    verdict: bool
    """Whether the verdict is less favourable, or there was one and is none now."""


def drop(comparison: Comparison, allowed: Decimal) -> Drop | None:
    """Find what is worse: a candidacy lower by more points than allowed, or a less favourable verdict.

    The candidacy is that on what is known, as printed. A verdict is less favourable by what it says about
    outsourcing; two that say the same are compared by their order in NEW's method.
    """
    index = comparison.candidacy
    fallen = -index.points if index.points is not None and -index.points > allowed else None
    lost = index.then is not None and index.now is None
    worse = _is_worse(comparison)
    return Drop(fallen, lost, worse) if fallen is not None or lost or worse else None


def _is_worse(comparison: Comparison) -> bool:
    before, after = comparison.then.ruling.verdict, comparison.now.ruling.verdict
    if before is None or after is None:
        return before is not None
    return more_favourable(before, after, order_of(comparison.now))
