"""Weights as they are written down: with few digits, and only those that change."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from bpo_assess.analysis.judges import Group
from bpo_assess.analysis.pairwise.figures import Shares
from bpo_assess.assessment.rounding import half_up


def rounded(shares: Shares, within: Fraction) -> tuple[Decimal, ...]:
    """Write weights as parts of about 100, in the fewest digits that keep quotients as exact as asked."""
    places = 0
    while True:
        found = tuple(half_up(100 * share, places) for share in shares)
        if all(found) and imprecision(found, shares) <= within:
            return found
        places += 1


def imprecision(weights: Sequence[Decimal], shares: Shares) -> Fraction:
    """Measure by which part the quotient of two rounded weights is off at most."""
    errors = [Fraction(weight) / share for weight, share in zip(weights, shares, strict=True)]
    return max(errors) / min(errors) - 1


def changed(group: Group, weights: Sequence[Decimal]) -> dict[str, Decimal]:
    """Tell which weights of a group have to be written down for its parts to weigh as is asked."""
    pairs = combinations(zip(group.parts, weights, strict=True), 2)
    if all(one.weight * second == other.weight * first for (one, first), (other, second) in pairs):
        return {}
    return {
        part.id: weight
        for part, weight in zip(group.parts, weights, strict=True)
        if part.weight != weight
    }
