"""How little many weights together must change before the verdict does.

Two measures of a change: relative, the largest share by which any weight changes (L-infinity), and
shifted, the sum of the absolute changes of the normalised weights of one group (L1). For one mean the
smallest change that turns a condition has a closed form. A better verdict needs every condition that
holds to cease, a worse one needs one to come to hold; so the largest, or the smallest, of their changes
is a bound that nothing smaller can beat, and a change is looked for that attains it.
"""

from collections.abc import Iterator

from bpo_assess.analysis.sensitivity.radii.needs import Needs, Norm
from bpo_assess.analysis.sensitivity.radii.present import present_of
from bpo_assess.analysis.sensitivity.radii.relative import Relative
from bpo_assess.analysis.sensitivity.radii.result import Measure, Radius, Way
from bpo_assess.analysis.sensitivity.radii.search import radius
from bpo_assess.analysis.sensitivity.radii.shifted import Shifted
from bpo_assess.analysis.sensitivity.weighing import (
    EVERY_KIND,
    SCORED,
    Group,
    Weighing,
    WeightKind,
)
from bpo_assess.model.decision import UNDETERMINED

__all__ = [
    "FAMILIES",
    "Measure",
    "Radius",
    "Way",
    "relative_radii",
    "relative_radius",
    "shifted_radii",
    "shifted_radius",
    "ways",
]

FAMILIES: tuple[frozenset[WeightKind], ...] = (
    frozenset({WeightKind.DIMENSION}),
    frozenset({WeightKind.QUESTION}),
    SCORED,
    frozenset({WeightKind.DRIVER, WeightKind.IMPACT_DRIVER}),
    EVERY_KIND,
)
"""The sets of weights that are let change together."""


def relative_radius(
    weighing: Weighing, way: Way, kinds: frozenset[WeightKind] = EVERY_KIND
) -> Radius:
    """Find the smallest share by which all weights of some kinds may change at once and move the verdict."""
    return radius(Needs(Relative(present_of(weighing), kinds)), way)


def shifted_radius(weighing: Weighing, way: Way, group: Group) -> Radius:
    """Find the smallest shift of normalised weights within one group that moves the verdict."""
    return radius(Needs(Shifted(present_of(weighing), group)), way)


def relative_radii(weighing: Weighing) -> tuple[Radius, ...]:
    """Find the relative radius of every family of weights, each way that leads somewhere."""
    present = present_of(weighing)
    return tuple(found for kinds in FAMILIES for found in _radii(Relative(present, kinds)))


def shifted_radii(weighing: Weighing) -> tuple[Radius, ...]:
    """Find the shifted radius of every group of weights, each way that leads somewhere."""
    present = present_of(weighing)
    return tuple(found for group in weighing.weights for found in _radii(Shifted(present, group)))


def _radii(norm: Norm) -> Iterator[Radius]:
    needs = Needs(norm)
    for way in ways(norm.present.weighing):
        found = radius(needs, way)
        if found.lower is not None:
            yield found


def ways(weighing: Weighing) -> tuple[Way, ...]:
    """List where weights could lead from the present verdict."""
    verdict = weighing.verdict(weighing.weights)
    if verdict == UNDETERMINED:
        return (Way.SETTLED,)
    place = weighing.verdicts.index(verdict)
    return (
        *((Way.BETTER,) if place < len(weighing.verdicts) - 1 else ()),
        *((Way.WORSE,) if place else ()),
        Way.UNSETTLED,
    )
