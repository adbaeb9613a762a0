"""Whether another weighting would say something else: ranges, radii, and weights drawn at random."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bpo_assess.analysis.sensitivity.radii import Radius, relative_radii, shifted_radii
from bpo_assess.analysis.sensitivity.ranges import WeightRange, weight_ranges
from bpo_assess.analysis.sensitivity.weighing import outlook_of, weigh
from bpo_assess.assessment.result import Judgement

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity.stochastic import Acceptabilities


@dataclass(frozen=True, slots=True)
class Weighting:
    """What the verdict on one process owes to the weights."""

    ranges: tuple[WeightRange, ...]
    """Every weight, in the order of the method."""
    relative: tuple[Radius, ...]
    """The smallest share by which all weights of a family change and move the verdict."""
    shifted: tuple[Radius, ...]
    """The smallest shift within one group of weights that moves the verdict."""
    drawn: "tuple[Acceptabilities, ...]" = ()
    """How often each verdict comes out under drawn weights; empty where none were drawn."""


def weighting_of(judgement: Judgement) -> Weighting:
    """Find how far weights can move before the verdict does."""
    weighing = weigh(outlook_of(judgement))
    return Weighting(weight_ranges(weighing), relative_radii(weighing), shifted_radii(weighing))
