"""How far one weight can move, all others held, before the verdict does.

Under one weight every figure of the decision is a ratio of affine functions, so whether a condition
holds changes only at roots of affine functions: between them the verdict stands still.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from bpo_assess.analysis.sensitivity.affine import along
from bpo_assess.analysis.sensitivity.turns import Truths, Turn, turns
from bpo_assess.analysis.sensitivity.weighing import (
    Atom,
    Every,
    Fixed,
    Group,
    Node,
    Some,
    Weighing,
    atoms,
    true,
    with_weight,
)


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


def weight_ranges(weighing: Weighing) -> tuple[WeightRange, ...]:
    """Find for each weight the exact range in which the verdict stays, in the order of the method."""
    field = _field(weighing)
    return tuple(
        _range(field, group, key) for group, members in weighing.weights.items() for key in members
    )


# What one weight enters


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
            tuple(self._narrowed(nodes, moving) for nodes in tiers) for tiers in self.tiers
        )
        return replace(self.weighing, known=known, worst=worst, best=best)

    def _narrowed(self, nodes: Iterable["_Watched"], moving: frozenset[Atom]) -> tuple[Node, ...]:
        resting = [each for each in nodes if moving.isdisjoint(each.rests_on)]
        others = [each for each in nodes if not moving.isdisjoint(each.rests_on)]
        settled = (self._settled(each.node, moving) for each in others)
        return Fixed(any(each.holds for each in resting)), *settled

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


# Where it ends


def _range(field: _Field, group: Group, key: str) -> WeightRange:
    """Walk from the stated weight outward, through every point at which a condition turns."""
    weighing, stated = field.weighing, field.stated
    weight = weighing.weights[group][key]
    entered = field.entered.get((group, key), ())
    lines = {
        atom: line
        for atom in entered
        if (line := along(atom, group, key, weighing.weights)) is not None
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


@dataclass(frozen=True, slots=True)
class _Walk:
    """Walks along one weight until the verdict changes."""

    weighing: Weighing
    truths: Callable[[Fraction], Truths]

    def end(
        self, start: Fraction, stops: Sequence[Fraction], *, open_ended: bool = False
    ) -> End | None:
        """Find where the verdict first changes, looking between the stops and at them."""
        before = self.truths(start)
        verdict = self.weighing.rule(before.__getitem__)
        for point, end in _points(start, stops, open_ended=open_ended):
            after = self.truths(point)
            found = self.weighing.rule(after.__getitem__)
            if found != verdict:
                return End(end, end != point, found, turns(self.weighing, before, after))
            before = after
        return None


def _points(
    start: Fraction, stops: Sequence[Fraction], *, open_ended: bool
) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield where to look, and where the range ends if the verdict is another there."""
    here = start
    for stop in stops:
        yield (here + stop) / 2, here
        yield stop, stop
        here = stop
    if open_ended:
        yield here + 1, here
