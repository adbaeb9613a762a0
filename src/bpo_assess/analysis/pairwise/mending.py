"""Judgements that do not fit the others, and what would mend them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.judges import Pair, linked
from bpo_assess.analysis.pairwise.consistency import index_of, ratio_of
from bpo_assess.analysis.pairwise.figures import exact
from bpo_assess.analysis.pairwise.solving import Solution, eigen
from bpo_assess.model.comparisons import HIGHEST

SCALE = (*(Fraction(1, n) for n in range(HIGHEST, 1, -1)), *map(Fraction, range(1, HIGHEST + 1)))
"""The judgements that the scale offers."""

MOST_MENDINGS = 3
_MOST_TRIED = 10
"""How many of the judgements that deviate most are tried: the search stays short for any file."""


@dataclass(frozen=True, slots=True)
class Mending:
    """A judgement that does not fit the others, and what it would have to be."""

    pair: Pair
    stated: Fraction
    agreeing: Fraction
    """What the other judgements make of it."""
    nearest: Fraction
    """The nearest judgement on the scale."""
    ratio_then: Decimal
    """The consistency ratio with that judgement in its place."""


def mendings(size: int, ratios: Mapping[Pair, Fraction], solution: Solution) -> tuple[Mending, ...]:
    """Find the judgements whose mending brings the consistency ratio down most.

    What the others make of a judgement is the quotient of the weights that follow without it (Harker 1987).
    """
    ratio = solution.consistency.ratio
    if not ratio:
        return ()
    weights = solution.shares["eigenvector"]

    def deviation(pair: Pair) -> float:
        return abs(math.log(ratios[pair] * weights[pair[1]] / weights[pair[0]]))

    suspects = sorted(ratios, key=lambda pair: (-round(deviation(pair), 9), pair))[:_MOST_TRIED]
    random = solution.consistency.random_index
    tried = [_mending(size, ratios, pair, random) for pair in suspects]
    found = [mending for mending in tried if mending is not None and mending.ratio_then < ratio]
    return tuple(sorted(found, key=lambda mending: mending.ratio_then)[:MOST_MENDINGS])


def _mending(
    size: int, ratios: Mapping[Pair, Fraction], pair: Pair, random: Fraction
) -> Mending | None:
    """See what a judgement would have to be; None where no others tell, or where it agrees already."""
    others = {other: ratio for other, ratio in ratios.items() if other != pair}
    if len(linked(others, size)) < size:
        return None
    _, weights = eigen(size, others)
    agreeing = exact(weights[pair[0]] / weights[pair[1]])
    nearest = min(SCALE, key=lambda step: round(abs(math.log(step / agreeing)), 9))
    if nearest == ratios[pair]:
        return None
    mended, _ = eigen(size, others | {pair: nearest})
    then = ratio_of(index_of(size, mended), random)
    if then is None:
        return None
    return Mending(pair, ratios[pair], agreeing, nearest, then)
