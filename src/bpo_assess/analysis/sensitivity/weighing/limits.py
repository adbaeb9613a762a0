"""Where figures reach the limits of a decision, exactly: figures are rounded before they are compared."""

import math
from collections.abc import Collection
from fractions import Fraction

from bpo_assess.assessment.method import RiskWeights
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.risk import MATRIX_SIDE, ActsOn, RiskMatrix

HALF = Fraction(1, 2)


def least_cells(matrix: RiskMatrix, level: str) -> list[tuple[int, int]]:
    """List the cells, likelihood and impact, from which on a risk has at least a level."""
    least = matrix.levels.index(level)
    severe = [
        (row, column)
        for row in range(1, MATRIX_SIDE + 1)
        for column in range(1, MATRIX_SIDE + 1)
        if matrix.levels.index(matrix.level(row, column)) >= least
    ]
    return [cell for cell in severe if not any(_under(other, cell) for other in severe)]


def _under(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether a cell lies below another on one side at least, and above it on none."""
    return one != other and one[0] <= other[0] and one[1] <= other[1]


def mean_for_cell(
    risk: RiskWeights, side: ActsOn, cell: int, in_place: Collection[str]
) -> Fraction | None:
    """Find the mean level up to which one side of a risk is rounded to at least a cell; None if never.

    After controls a side is 1 + (4 - mean) x factors, and reaches a cell half a unit below it.
    """
    factors = risk.likelihood_factors if side is ActsOn.LIKELIHOOD else risk.impact_factors
    factor = math.prod((f for key, f in factors if key in in_place), start=Fraction(1))
    if cell == 1:
        return Fraction(MAX_LEVEL)
    return MAX_LEVEL - (cell - HALF - 1) / factor if factor else None
