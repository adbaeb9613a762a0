"""What is known of all weightings without drawing any: which verdicts they lead to, and how far these are."""

from fractions import Fraction

from bpo_assess.analysis.sensitivity.radii import Radius, Way
from bpo_assess.analysis.sensitivity.weighing import EVERY_KIND
from bpo_assess.analysis.sensitivity.weighting import Weighting
from bpo_assess.model.decision import UNDETERMINED


def least(found: Weighting, *, undetermined: bool = True) -> Radius | None:
    """Find the smallest change of all weights at once that matters; None where none does."""
    radii = [
        radius
        for radius in found.relative
        if radius.kinds == EVERY_KIND and (undetermined or radius.way is not Way.UNSETTLED)
    ]
    return min(radii, key=size, default=None)


def size(radius: Radius) -> Fraction:
    """Take the change that a verdict surely bears."""
    return radius.lower or Fraction()


def stands(found: Weighting) -> bool:
    """Tell whether no weighting changes the verdict."""
    return not found.relative and not any(entry.nearest for entry in found.ranges)


def is_alone(found: Weighting) -> bool:
    """Tell whether no weighting leads to another verdict, though too little may be known for this one."""
    radii = [radius for radius in found.relative if radius.way is not Way.UNSETTLED]
    ends = [end for entry in found.ranges for end in (entry.low, entry.high) if end is not None]
    return not radii and all(end.verdict == UNDETERMINED for end in ends)


def has_noughts(found: Weighting) -> bool:
    """Tell whether the method states weights of nought."""
    return any(not entry.weight for entry in found.ranges)
