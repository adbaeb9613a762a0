"""Weights from comparisons in pairs (the analytic hierarchy process), and how well the judgements agree.

Weights follow from the principal eigenvector (Saaty 1977; with missing judgements Harker 1987) and from the
least squares of logarithms, which are the geometric means of the rows where no judgement is missing (Crawford
and Williams 1985; with missing judgements Bozóki, Fülöp and Rónyai 2010). Several judges are joined by the
geometric means of their judgements, and of their weights (Forman and Peniwati 1998).
"""

from bpo_assess.analysis.pairwise.circles import Circle, circles_of
from bpo_assess.analysis.pairwise.consistency import (
    ACCEPTED,
    RANDOM_INDICES,
    Consistency,
    random_index,
)
from bpo_assess.analysis.pairwise.figures import Shares
from bpo_assess.analysis.pairwise.joining import (
    Disagreement,
    distance,
    mean_judgements,
    mean_shares,
)
from bpo_assess.analysis.pairwise.mending import SCALE, Mending, mendings
from bpo_assess.analysis.pairwise.solving import METHODS, Method, Solution, solve
from bpo_assess.analysis.pairwise.weighing import (
    Excess,
    Joining,
    Opinion,
    Weighed,
    Weighing,
    weigh,
)
from bpo_assess.analysis.pairwise.writing import changed, imprecision, rounded

__all__ = [
    "ACCEPTED",
    "METHODS",
    "RANDOM_INDICES",
    "SCALE",
    "Circle",
    "Consistency",
    "Disagreement",
    "Excess",
    "Joining",
    "Mending",
    "Method",
    "Opinion",
    "Shares",
    "Solution",
    "Weighed",
    "Weighing",
    "changed",
    "circles_of",
    "distance",
    "imprecision",
    "mean_judgements",
    "mean_shares",
    "mendings",
    "random_index",
    "rounded",
    "solve",
    "weigh",
]
