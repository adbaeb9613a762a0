"""The decision as a function of the weights: which conditions can move with them, and what they then say.

Every figure that the decision compares is a weighted mean, or a mean of such means, over answers that
stay as they are. A condition is therefore the sign of a gap: below nought it holds.
"""

from bpo_assess.analysis.sensitivity.weighing.compiling import outlook_of, weigh
from bpo_assess.analysis.sensitivity.weighing.decision import (
    Atom,
    Every,
    Fixed,
    Node,
    Some,
    Tiers,
    Weighing,
    atoms,
    rank,
    true,
)
from bpo_assess.analysis.sensitivity.weighing.limits import least_cells, mean_for_cell
from bpo_assess.analysis.sensitivity.weighing.weights import (
    EVERY_KIND,
    SCORED,
    Cluster,
    Group,
    Part,
    WeightKind,
    Weights,
    stated_weights,
    with_weight,
)

__all__ = [
    "EVERY_KIND",
    "SCORED",
    "Atom",
    "Cluster",
    "Every",
    "Fixed",
    "Group",
    "Node",
    "Part",
    "Some",
    "Tiers",
    "Weighing",
    "WeightKind",
    "Weights",
    "atoms",
    "least_cells",
    "mean_for_cell",
    "outlook_of",
    "rank",
    "stated_weights",
    "true",
    "weigh",
    "with_weight",
]
