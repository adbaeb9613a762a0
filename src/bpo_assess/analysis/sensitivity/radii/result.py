"""What is found of the weights together: how far they are from moving the verdict, and by which change."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bpo_assess.analysis.sensitivity.turns import Turn
from bpo_assess.analysis.sensitivity.weighing import Group, WeightKind, Weights


class Measure(StrEnum):
    """How the size of a change of weights is measured."""

    RELATIVE = "relative"
    """The largest share by which any of the weights changes, 0 to 1."""
    SHIFTED = "shifted"
    """The sum of the absolute changes of a group's weights, normalised to add up to 1; 0 to 2."""


class Way(StrEnum):
    """Where a change of weights leads."""

    BETTER = "better"
    WORSE = "worse"
    UNSETTLED = "unsettled"
    """From a verdict to `undetermined`."""
    SETTLED = "settled"
    """From `undetermined` to a verdict."""


@dataclass(frozen=True, slots=True)
class Radius:
    """The smallest change of weights together that moves the verdict one way."""

    measure: Measure
    kinds: frozenset[WeightKind]
    """The kinds of weights that may change."""
    group: Group | None
    """The only group that may change; None where all of those kinds may."""
    way: Way
    lower: Fraction | None
    """No smaller change that leaves something of every weight moves the verdict so; None where none does.

    What is left of a weight matters where its mean rests on it alone: at nought there is no mean.
    """
    upper: Fraction | None
    """The size of a change that does; None where none was found."""
    exact: bool
    """Whether `lower` is the radius itself: changes as little above it as one likes move the verdict."""
    verdict: str | None
    """The verdict that the change found leads to."""
    weights: Weights
    """The change found: the weights of the groups that change, afterwards."""
    turns: tuple[Turn, ...]
    """The conditions that turn with it and make that verdict."""
