"""How far weights can move before the verdict does: exact ranges, and the smallest changes that flip it.

Under one weight every figure of the decision is a ratio of affine functions, so whether a condition
holds changes only at roots of affine functions: between them the verdict stands still. Under many
weights at once, each condition has a smallest change that turns it; what a verdict needs is the largest
of them where all must turn, and the smallest where one is enough.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from bpo_assess.analysis.sensitivity.weighing import (
    Atom,
    Every,
    Fixed,
    Group,
    Node,
    Part,
    Some,
    Weighing,
    Weights,
    atoms,
    true,
    with_weight,
)
from bpo_assess.assessment.verdict import Subject
from bpo_assess.model.decision import UNDETERMINED

# Ranges of single weights


@dataclass(frozen=True, slots=True)
class Turn:
    """A condition that turns: it comes to hold, or ceases to."""

    subject: Subject
    key: str
    """The dimension, axis or risk; `evidence` or `coverage` where it is about those."""
    limit: Decimal | str
    """The limit as the method states it: points (0-100), a share (0-1), or the level of a risk."""
    verdict: str
    """The verdict under which the condition stands; `undetermined` for what makes a verdict uncertain."""
    holds: bool
    """Whether it holds after the turn."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of the range of a weight, and what waits beyond it."""

    weight: Fraction
    """Where the range ends, in the units in which the method states the weight."""
    included: bool
    """Whether the verdict still stands at the end itself."""
    verdict: str
    """The verdict just beyond."""
    turns: tuple[Turn, ...]
    """The conditions that turn there and make that verdict."""


@dataclass(frozen=True, slots=True)
class WeightRange:
    """The weights, from nought up, around the stated one with which the verdict stays, all others held."""

    group: Group
    key: str
    weight: Fraction
    """The weight as stated."""
    low: End | None
    """None where the verdict stays down to a weight of nought."""
    high: End | None
    """None where the verdict stays however heavy it becomes."""

    def holds(self, weight: Fraction) -> bool:
        """Tell whether a weight lies in the range."""
        low, high = self.low, self.high
        above = low is None or weight > low.weight or (low.included and weight == low.weight)
        below = high is None or weight < high.weight or (high.included and weight == high.weight)
        return above and below

    @property
    def nearest(self) -> End | None:
        """The end that the smaller change reaches; None where no weight changes the verdict."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return min(ends, key=lambda end: abs(end.weight - self.weight), default=None)

    @property
    def change(self) -> Fraction | None:
        """The smallest relative change that reaches an end (0.1 is a tenth of the stated weight).

        None where none does, or where the stated weight is nought, of which no share can be taken.
        """
        if self.nearest is None or not self.weight:
            return None
        return abs(self.nearest.weight - self.weight) / self.weight


Line = tuple[Fraction, Fraction]
"""An affine function of one weight: its value at nought, and its slope."""


def weight_ranges(weighing: Weighing) -> tuple[WeightRange, ...]:
    """Find for each weight the exact range in which the verdict stays, in the order of the method."""
    field = _field(weighing)
    return tuple(
        _range(field, group, key) for group, members in weighing.weights.items() for key in members
    )


def most_sensitive(ranges: Iterable[WeightRange]) -> WeightRange | None:
    """Pick the weight of which the smallest relative change flips the verdict; None where none does."""
    found = [(each.change, each) for each in ranges if each.change is not None]
    return min(found, key=lambda pair: pair[0], default=(None, None))[1]


Truths = Mapping[Atom, bool]


@dataclass(frozen=True, slots=True)
class _Field:
    """A weighing, what holds under the stated weights, and which conditions each weight enters."""

    weighing: Weighing
    stated: Truths
    entered: Mapping[tuple[Group, str], tuple[Atom, ...]]
    tiers: tuple[tuple[tuple["_Watched", ...], ...], ...]
    """Known, worst and best: each condition with the simple ones that it rests on, and whether it holds."""

    def narrowed(self, moving: frozenset[Atom]) -> Weighing:
        """Keep the conditions that rest on moving ones, and of the others only whether any holds."""
        known, worst, best = (
            tuple(
                (
                    Fixed(any(w.holds for w in nodes if moving.isdisjoint(w.rests_on))),
                    *(
                        self._settled(w.node, moving)
                        for w in nodes
                        if not moving.isdisjoint(w.rests_on)
                    ),
                )
                for nodes in tiers
            )
            for tiers in self.tiers
        )
        return replace(self.weighing, known=known, worst=worst, best=best)

    def _settled(self, node: Node, moving: frozenset[Atom]) -> Node:
        match node:
            case Atom():
                return node if node in moving else Fixed(self.stated[node])
            case Every():
                return Every(tuple(self._settled(part, moving) for part in node.parts))
            case Some():
                return Some(tuple(self._settled(part, moving) for part in node.parts))
            case Fixed():
                return node
            case _:
                assert_never(node)


@dataclass(frozen=True, slots=True)
class _Watched:
    node: Node
    rests_on: frozenset[Atom]
    holds: bool


def _field(weighing: Weighing) -> _Field:
    stated = {atom: atom.holds(weighing.weights) for atom in weighing.atoms}
    entered: dict[tuple[Group, str], dict[Atom, None]] = {}
    for atom in stated:
        for place in _places(atom):
            entered.setdefault(place, {})[atom] = None
    return _Field(
        weighing,
        stated,
        {place: tuple(found) for place, found in entered.items()},
        tuple(
            tuple(
                tuple(
                    _Watched(node, frozenset(atoms(node)), true(node, stated.__getitem__))
                    for node in nodes
                )
                for nodes in tiers
            )
            for tiers in (weighing.known, weighing.worst, weighing.best)
        ),
    )


def _places(atom: Atom) -> Iterator[tuple[Group, str]]:
    """Yield the weights that enter a condition."""
    for part in atom.parts:
        for name, cluster in part.clusters.items():
            if part.group is not None:
                yield part.group, name
            for key in cluster.values:
                yield cluster.group, key


def _range(field: _Field, group: Group, key: str) -> WeightRange:
    """Walk from the stated weight outward, through every point at which a condition turns."""
    weighing, stated = field.weighing, field.stated
    weight = weighing.weights[group][key]
    entered = field.entered.get((group, key), ())
    lines = {
        atom: line
        for atom in entered
        if (line := _along(atom, group, key, weighing.weights)) is not None
    }
    held = {atom: stated[atom] for atom in (weighing.coverage, *entered)}

    def truths(at: Fraction) -> Truths:
        if at:
            return held | {a: a.says(start + slope * at) for a, (start, slope) in lines.items()}
        there = with_weight(weighing.weights, group, key, at)
        return held | {atom: atom.holds(there) for atom in entered}

    roots = sorted({-start / slope for start, slope in lines.values() if slope})
    above = [root for root in roots if root > weight]
    below = [root for root in reversed(roots) if 0 < root < weight]
    others = any(value for name, value in weighing.weights[group].items() if name != key)
    floor = [Fraction()] if others else []
    walk = _Walk(field.narrowed(frozenset(entered)), truths)
    return WeightRange(
        group,
        key,
        weight,
        low=walk.end(weight, [*below, *floor]) if weight else None,
        high=walk.end(weight, above, open_ended=True),
    )


def _along(atom: Atom, group: Group, key: str, weights: Weights) -> Line | None:
    """Write the sign of a gap as an affine function of one positive weight; None where it has no part in it.

    The part that the weight enters is (a + b x) / (c + x), everything else a constant k; the gap times
    its positive denominator is (k c + a) + (k + b) x.
    """
    rest, ratio = -atom.cut, None
    for part in atom.parts:
        own = _ratio(part, group, key, weights)
        if own is not None:
            ratio = own
        elif (value := part.mean(weights)) is not None:
            rest += value
        elif atom.required:
            return None
    if ratio is None:
        return None
    (start, slope), held = ratio
    return rest * held + start, rest + slope


def _ratio(part: Part, group: Group, key: str, weights: Weights) -> tuple[Line, Fraction] | None:
    """Write a part as (a + b x) / (c + x), as ((a, b), c)."""
    if part.group == group and key in part.clusters:
        value = part.clusters[key].mean(weights)
        if value is None:
            return None
        others = {name: each for name, each in part.clusters.items() if name != key}
        summed, total = _summed(Part(group, others), weights)
        return (summed, value), total
    inside = next(
        (
            name
            for name, cluster in part.clusters.items()
            if cluster.group == group and key in cluster.values
        ),
        None,
    )
    if inside is None:
        return None
    cluster = part.clusters[inside]
    others_in = {name: value for name, value in cluster.values.items() if name != key}
    own = weights[cluster.group]
    held = sum((own[name] for name in others_in), Fraction())
    start = sum((own[name] * value for name, value in others_in.items()), Fraction())
    slope = cluster.values[key]
    if part.group is None:
        return (start, slope), held
    share = weights[part.group][inside]
    if not share:
        return None
    others = {name: each for name, each in part.clusters.items() if name != inside}
    summed, total = _summed(Part(part.group, others), weights)
    whole = total + share
    return ((summed * held + share * start) / whole, (summed + share * slope) / whole), held


def _summed(part: Part, weights: Weights) -> Line:
    """Add up weight x mean, and the weight, of the clusters that have a mean."""
    summed = total = Fraction()
    if part.group is not None:
        own = weights[part.group]
        for name, cluster in part.clusters.items():
            if own[name] and (value := cluster.mean(weights)) is not None:
                summed += own[name] * value
                total += own[name]
    return summed, total


@dataclass(frozen=True, slots=True)
class _Walk:
    """Walks along one weight until the verdict changes."""

    weighing: Weighing
    truths: Callable[[Fraction], Truths]

    def end(
        self, start: Fraction, stops: Sequence[Fraction], *, open_ended: bool = False
    ) -> End | None:
        """Find where the verdict first changes, looking between the stops and at them."""
        here = start
        before = self.truths(start)
        verdict = self.weighing.rule(before.__getitem__)
        for stop in stops:
            for point, included in (((here + stop) / 2, True), (stop, False)):
                after = self.truths(point)
                found = self.weighing.rule(after.__getitem__)
                if found != verdict:
                    end = here if included else stop
                    return End(end, included, found, turns(self.weighing, before, after))
                before = after
            here = stop
        if open_ended:
            after = self.truths(here + 1)
            found = self.weighing.rule(after.__getitem__)
            if found != verdict:
                return End(here, True, found, turns(self.weighing, before, after))
        return None


def turns(weighing: Weighing, before: Truths, after: Truths) -> tuple[Turn, ...]:
    """List the conditions that turn between two points and change the verdict between them.

    Between two verdicts these are conditions of the less favourable one. Where one of them is
    `undetermined`, it is the coverage, or what makes the worst and the best case differ.
    """
    ids = weighing.rule(before.__getitem__), weighing.rule(after.__getitem__)
    if UNDETERMINED in ids:
        if before[weighing.coverage] != after[weighing.coverage]:
            return (_turn(weighing.coverage, UNDETERMINED, after),)
        tiers = [nodes for tier in (weighing.worst, weighing.best) for nodes in tier]
        return _turned((node for nodes in tiers for node in nodes), UNDETERMINED, before, after)
    place = min(weighing.verdicts.index(key) for key in ids)
    return _turned(weighing.known[place], weighing.verdicts[place], before, after)


def _turned(nodes: Iterable[Node], verdict: str, before: Truths, after: Truths) -> tuple[Turn, ...]:
    found: dict[Turn, None] = {}
    for node in nodes:
        if true(node, before.__getitem__) != true(node, after.__getitem__):
            for atom in atoms(node):
                if before[atom] != after[atom]:
                    found[_turn(atom, verdict, after)] = None
    return tuple(found)


def _turn(atom: Atom, verdict: str, after: Truths) -> Turn:
    return Turn(atom.subject, atom.key, atom.limit, verdict, after[atom])
