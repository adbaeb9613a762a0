"""Whether another weighting would say something else, for machines: a part of `bpo-assess/sensitivity/v1`."""

import sys
from fractions import Fraction
from typing import TYPE_CHECKING

from bpo_assess.analysis.sensitivity.radii import Radius
from bpo_assess.analysis.sensitivity.ranges import End, WeightRange
from bpo_assess.analysis.sensitivity.turns import Turn
from bpo_assess.analysis.sensitivity.weighing import Weights
from bpo_assess.analysis.sensitivity.weighting import Weighting
from bpo_assess.assessment.rounding import half_up
from bpo_assess.reports.analysis.weighting.alone import tips

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity.stochastic import Acceptabilities, Acceptability

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict


class TurnObject(TypedDict):
    """A condition that comes to hold, or ceases to."""

    subject_kind: str
    """What it is about."""
    subject: str
    """The id of that."""
    limit: float | str
    """The limit as the method states it."""
    verdict: str
    """The verdict that it guards."""
    holds: bool
    """Whether it holds afterwards."""


class EndObject(TypedDict):
    """One end of the range of a weight."""

    weight: float
    """Where it is, in the units of the stated weight."""
    included: bool
    """Whether the verdict still stands there."""
    verdict: str
    """The verdict beyond."""
    turns: list[TurnObject]
    """What makes that verdict."""


class WeightRangeObject(TypedDict):
    """A weight and the range in which the verdict stands, all others held."""

    kind: str
    """What the weight weighs: dimension, question, driver or impact-driver."""
    of: str
    """The axis, dimension or risk in which it stands."""
    key: str
    """The dimension or question that it weighs."""
    weight: float
    """The weight as stated."""
    low: EndObject | None
    """The lower end; null where the verdict stands down to nought."""
    high: EndObject | None
    """The upper end; null where it stands however heavy."""
    change: float | None
    """The smallest relative change that reaches an end; null where none does, and of a weight of 0."""
    times: float | None
    """How many times as heavy, or as light, it is at the end that is reached soonest; of a weight of 0, how
    many times as heavy as the rest of its group. Null where no end is reached, or only at nought."""


class TogetherObject(TypedDict):
    """The smallest change of several weights that moves the verdict one way."""

    kinds: list[str]
    """The kinds of weights that change."""
    of: str | None
    """The only group that changes, by the id of its axis, dimension or risk; null where all may."""
    measure: str
    """How the change is measured: `relative`, the largest share by which any weight changes (0 to 1), or
    `shifted`, the sum of the absolute changes of a group's weights once they add up to 1 (0 to 2)."""
    way: str
    """Where it leads: better, worse, unsettled or settled."""
    lower: float | None
    """No smaller change moves the verdict this way."""
    upper: float | None
    """The size of a change that does; null where none was found."""
    exact: bool
    """Whether `lower` is the size itself; false where the smallest change may be larger."""
    verdict: str | None
    """The verdict that the change found leads to."""


class CentralObject(TypedDict):
    """A central weight: the mean of those that give a verdict."""

    kind: str
    """What the weight weighs."""
    of: str
    """The axis, dimension or risk in which it stands."""
    key: str
    """The dimension or question that it weighs."""
    weight: float
    """Its part of its group, 0 to 1."""


class AcceptabilityObject(TypedDict):
    """How often a verdict comes out."""

    verdict: str
    """The verdict."""
    count: int
    """The draws that give it."""
    share: float
    """Their share."""
    low: float
    """The lower end of its interval with 95 % confidence."""
    high: float
    """The upper end."""
    central: list[CentralObject]
    """The central weights; empty if no draw gives it."""
    confirmed: bool | None
    """Whether the central weights give it themselves."""


class DrawnObject(TypedDict):
    """What drawn weights say."""

    distribution: str
    """`around` the stated weights, or `uniform`."""
    spread: float
    """The relative spread around the stated weights."""
    draws: int
    """How many were drawn."""
    seed: int
    """The seed."""
    kinds: list[str]
    """The kinds of weights that were drawn; the others, and weights of 0, stayed as stated."""
    verdicts: list[AcceptabilityObject]
    """Every verdict."""


class WeightingObject(TypedDict):
    """Whether another weighting would say something else."""

    ranges: list[WeightRangeObject]
    """Each weight alone."""
    together: list[TogetherObject]
    """Several weights at once."""
    drawn: list[DrawnObject]
    """Weights drawn at random; empty where none were."""


def weighting_object(found: Weighting) -> WeightingObject:
    """Build the object of what the verdict owes to the weights."""
    times = {(tip.range.group, tip.range.key): tip.times for tip in tips(found)}
    return {
        "ranges": [_range(entry, times.get((entry.group, entry.key))) for entry in found.ranges],
        "together": [_together(radius) for radius in (*found.relative, *found.shifted)],
        "drawn": [_drawn(one) for one in found.drawn],
    }


def _figure(value: Fraction) -> float:
    return float(half_up(value, 6))


def _end(end: End | None) -> EndObject | None:
    if end is None:
        return None
    return {
        "weight": _figure(end.weight),
        "included": end.included,
        "verdict": end.verdict,
        "turns": [_turn(turn) for turn in end.turns],
    }


def _turn(turn: Turn) -> TurnObject:
    return {
        "subject_kind": turn.subject.value,
        "subject": turn.key,
        "limit": turn.limit if isinstance(turn.limit, str) else float(turn.limit),
        "verdict": turn.verdict,
        "holds": turn.holds,
    }


def _range(entry: WeightRange, times: Fraction | None) -> WeightRangeObject:
    return {
        "kind": entry.group.kind.value,
        "of": entry.group.of,
        "key": entry.key,
        "weight": _figure(entry.weight),
        "low": _end(entry.low),
        "high": _end(entry.high),
        "change": None if entry.change is None else _figure(entry.change),
        "times": None if times is None else _figure(times),
    }


def _together(radius: Radius) -> TogetherObject:
    return {
        "kinds": sorted(kind.value for kind in radius.kinds),
        "of": radius.group.of if radius.group else None,
        "measure": radius.measure.value,
        "way": radius.way.value,
        "lower": None if radius.lower is None else _figure(radius.lower),
        "upper": None if radius.upper is None else _figure(radius.upper),
        "exact": radius.exact,
        "verdict": radius.verdict,
    }


def _drawn(found: "Acceptabilities") -> DrawnObject:
    return {
        "distribution": found.sampling.distribution.value,
        "spread": found.sampling.spread,
        "draws": found.sampling.draws,
        "seed": found.sampling.seed,
        "kinds": sorted(kind.value for kind in found.sampling.kinds),
        "verdicts": [_acceptability(entry) for entry in found.verdicts],
    }


def _acceptability(entry: "Acceptability") -> AcceptabilityObject:
    return {
        "verdict": entry.verdict,
        "count": entry.count,
        "share": round(entry.share.share, 6),
        "low": round(entry.share.low, 6),
        "high": round(entry.share.high, 6),
        "central": central_objects(entry.central),
        "confirmed": entry.confirmed,
    }


def central_objects(weights: Weights) -> list[CentralObject]:
    """List central weights, group after group."""
    return [
        {"kind": group.kind.value, "of": group.of, "key": key, "weight": _figure(weight)}
        for group in sorted(weights, key=lambda group: (group.kind, group.of))
        for key, weight in weights[group].items()
    ]
