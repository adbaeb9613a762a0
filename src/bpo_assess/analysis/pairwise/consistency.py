"""How well judgements agree with one another, and how well is well enough."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.judges import Pair
from bpo_assess.analysis.pairwise.figures import exact
from bpo_assess.assessment.rounding import half_up

RANDOM_INDICES: Mapping[int, Fraction] = {
    1: Fraction(0),
    2: Fraction(0),
    3: Fraction("0.58"),
    4: Fraction("0.90"),
    5: Fraction("1.12"),
    6: Fraction("1.24"),
    7: Fraction("1.32"),
    8: Fraction("1.41"),
    9: Fraction("1.45"),
    10: Fraction("1.49"),
    11: Fraction("1.51"),
    12: Fraction("1.48"),
    13: Fraction("1.56"),
    14: Fraction("1.57"),
    15: Fraction("1.59"),
}
"""The mean consistency index of random judgements, by the number of parts (Saaty 1980).

The first ten are printed again in R. W. Saaty 1987, Mathematical Modelling 9 (3-5), page 171. Later tables
differ by up to 0.06: 0.52, 0.89, 1.11, 1.25, 1.35, 1.40 from three parts on (Saaty and Vargas 2012).
"""

ACCEPTED = Fraction(1, 10)
"""The consistency ratio up to which judgements pass, by convention (Saaty 1980)."""

SMALLEST_TRIANGLE = 3
"""With fewer parts than this, no judgement can contradict another."""

GEOMETRIC_LIMITS: Mapping[int, Fraction] = {3: Fraction("0.31"), 4: Fraction("0.35")}
"""The geometric consistency index that goes with that ratio (Aguarón and Moreno-Jiménez 2003)."""

GEOMETRIC_LIMIT = Fraction("0.37")
"""The same for more parts."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """How well judgements agree with one another."""

    compared: int
    """How many pairs are judged."""
    possible: int
    """How many pairs there are."""
    root: Fraction
    """The principal eigenvalue; the number of parts where all judgements agree."""
    index: Fraction
    """The consistency index: how far the eigenvalue exceeds the number of parts, by their number less 1."""
    random_index: Fraction
    """The mean index of random judgements, fewer where judgements are missing; 0 where nothing can clash.

    With missing judgements it is the linear approximation of Ágoston and Csató (2022) to what they found.
    """
    geometric_index: Fraction | None
    """The geometric consistency index; None where a judgement is missing or nothing can clash."""
    geometric_limit: Fraction | None
    """What it should not exceed, by convention."""

    @property
    def ratio(self) -> Decimal | None:
        """The consistency ratio as it is printed and compared; None where nothing can clash."""
        return ratio_of(self.index, self.random_index)

    @property
    def passes(self) -> bool:
        """Whether the ratio is within what convention accepts."""
        return self.ratio is None or self.ratio <= ACCEPTED


def consistency_of(
    size: int, ratios: Mapping[Pair, Fraction], root: float, geometric: Sequence[float]
) -> Consistency:
    """Judge judgements by their principal eigenvalue, and by the weights of their least squares."""
    possible = size * (size - 1) // 2
    index = index_of(size, root)
    deviation, limit = None, None
    if size >= SMALLEST_TRIANGLE and len(ratios) == possible:
        deviation = _geometric_index(size, ratios, geometric)
        limit = GEOMETRIC_LIMITS.get(size, GEOMETRIC_LIMIT)
    return Consistency(
        compared=len(ratios),
        possible=possible,
        root=size + index * (size - 1),
        index=index,
        random_index=random_index(size, possible - len(ratios)),
        geometric_index=deviation,
        geometric_limit=limit,
    )


def index_of(size: int, root: float) -> Fraction:
    """Measure inconsistency; what lies below that of judgements that agree is a matter of digits."""
    return max(exact(root) - size, Fraction(0)) / max(size - 1, 1)


def random_index(size: int, missing: int = 0) -> Fraction:
    """Give the mean consistency index of random judgements of which some are missing."""
    triangles = (size - 1) * (size - 2)
    if not triangles:
        return Fraction(0)
    return RANDOM_INDICES[size] * max(Fraction(0), 1 - Fraction(2 * missing, triangles))


def _geometric_index(
    size: int, ratios: Mapping[Pair, Fraction], geometric: Sequence[float]
) -> Fraction:
    squares = sum(
        math.log(float(ratio) * geometric[second] / geometric[first]) ** 2
        for (first, second), ratio in ratios.items()
    )
    return exact(2 * squares / ((size - 1) * (size - 2)))


def ratio_of(index: Fraction, random: Fraction) -> Decimal | None:
    """Work out the consistency ratio as it is printed and compared; None where nothing can clash."""
    return half_up(index / random, 3) if random else None
