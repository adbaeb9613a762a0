"""How little many weights together must change before the verdict does.

Two measures of a change: relative, the largest share by which any weight changes (L-infinity), and
shifted, the sum of the absolute changes of the normalised weights of one group (L1). For one mean the
smallest change that turns a condition has a closed form. A better verdict needs every condition that
holds to cease, a worse one needs one to come to hold; so the largest, or the smallest, of their changes
is a bound that nothing smaller can beat, and a change is looked for that attains it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from bpo_assess.analysis.sensitivity.weighing import (
    EVERY_KIND,
    SCORED,
    Atom,
    Cluster,
    Every,
    Fixed,
    Group,
    Node,
    Part,
    Some,
    Tiers,
    Weighing,
    WeightKind,
    Weights,
    rank,
)
from bpo_assess.analysis.sensitivity.weights import Turn, turns
from bpo_assess.model.decision import UNDETERMINED

STEPS = 20
"""Halvings that close in on a radius without a closed form: to a millionth."""

BEYOND = Fraction(1, 10**6)
"""How far beyond a radius that itself does not flip the verdict a change is looked for, in the room left."""

TRIES = 8
"""Sizes at which a change is looked for where the smallest conceivable one does not do."""


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
    return _radius(way, _Relative(_present(weighing), kinds), None)


def shifted_radius(weighing: Weighing, way: Way, group: Group) -> Radius:
    """Find the smallest shift of normalised weights within one group that moves the verdict."""
    return _radius(way, _Shifted(_present(weighing), group), group)


def relative_radii(weighing: Weighing) -> tuple[Radius, ...]:
    """Find the relative radius of every family of weights, each way that leads somewhere."""
    present = _present(weighing)
    return tuple(
        radius
        for kinds in FAMILIES
        for way in ways(weighing)
        if (radius := _radius(way, _Relative(present, kinds), None)).lower is not None
    )


def shifted_radii(weighing: Weighing) -> tuple[Radius, ...]:
    """Find the shifted radius of every group of weights, each way that leads somewhere."""
    present = _present(weighing)
    return tuple(
        radius
        for group in weighing.weights
        for way in ways(weighing)
        if (radius := _radius(way, _Shifted(present, group), group)).lower is not None
    )


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


@dataclass(frozen=True, slots=True)
class _Present:
    """A weighing, and what its conditions say under the stated weights."""

    weighing: Weighing
    gaps: Mapping[Atom, Fraction | None]
    groups: Mapping[Atom, frozenset[Group]]
    """The groups whose weights enter a condition."""

    def holds(self, atom: Atom) -> bool:
        """Tell whether a condition holds under the stated weights."""
        return atom.says(self.gaps[atom])


def _present(weighing: Weighing) -> _Present:
    return _Present(
        weighing,
        {atom: atom.gap(weighing.weights) for atom in weighing.atoms},
        {atom: frozenset(_groups(atom)) for atom in weighing.atoms},
    )


def _groups(atom: Atom) -> Iterator[Group]:
    for part in atom.parts:
        if part.group is not None:
            yield part.group
        for cluster in part.clusters.values():
            yield cluster.group


# What one condition needs


@dataclass(frozen=True, slots=True)
class _Reach:
    """The change that something needs: at least `lower`; `upper` is enough, or all but enough if open."""

    lower: Fraction
    upper: Fraction
    closed: bool
    atoms: tuple[Atom, ...] = ()


_NOTHING = _Reach(Fraction(), Fraction(), closed=True)


@dataclass(frozen=True, slots=True)
class _Lever:
    """A gap as base + factor x mean, where one group alone moves: its members' weights and values."""

    group: Group
    base: Fraction
    factor: Fraction
    values: Mapping[str, Fraction]

    @property
    def zero(self) -> Fraction:
        """The mean at which the gap is nought."""
        return -self.base / self.factor


class _Aim:
    """Which way a gap must go for its condition to turn, and whether nought is far enough."""

    __slots__ = ("closed", "sign")

    def __init__(self, atom: Atom, gap: Fraction) -> None:
        now = atom.says(gap)
        self.sign = 1 if now is not atom.upward else -1
        self.closed = atom.says(Fraction()) is not now

    def met(self, gap: Fraction) -> bool:
        """Tell whether a gap is far enough."""
        return self.sign * gap > 0 or (self.closed and not gap)


class _Relative:
    """Changes by which every weight of some kinds moves by at most a share of itself."""

    measure = Measure.RELATIVE
    most = Fraction(1)

    def __init__(self, present: _Present, kinds: frozenset[WeightKind]) -> None:
        self.present = present
        self.weights = present.weighing.weights
        self.kinds = kinds

    def reach(self, atom: Atom) -> _Reach | None:
        """Find the smallest change that turns a condition; None where none does."""
        gap = self.present.gaps[atom]
        groups = _movable(atom.parts, self.weights, self.kinds)
        if gap is None or not groups:
            return None
        aim = _Aim(atom, gap)
        if len(groups) == 1:
            return self._closed_form(_lever(atom, groups[0], self.weights), aim, atom)
        return self._closed_in(atom, aim)

    def _closed_form(self, lever: _Lever, aim: _Aim, atom: Atom) -> _Reach | None:
        """Turn one mean: |sum w (v - zero)| / sum w |v - zero| moves all weights the way they help."""
        own = self.weights[lever.group]
        terms = [own[key] * (value - lever.zero) for key, value in lever.values.items()]
        size = sum(map(abs, terms), Fraction())
        helps = any(aim.sign * term > 0 for term in terms)
        reaches = aim.closed and any(own[k] and v == lever.zero for k, v in lever.values.items())
        if not size or not (helps or reaches):
            return None
        radius = abs(sum(terms, Fraction())) / size
        return _Reach(radius, radius, aim.closed, (atom,))

    def _closed_in(self, atom: Atom, aim: _Aim) -> _Reach | None:
        """Close in on the change from both sides: the furthest gap grows with it."""

        def met(radius: Fraction) -> bool:
            moved = _corner(atom.parts, self.weights, radius, aim.sign, self.kinds)
            gap = atom.gap({**self.weights, **moved})
            return gap is not None and aim.met(gap)

        low, high = Fraction(), Fraction(1)
        if not met(high):
            return None
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if met(middle) else (middle, high)
        return _Reach(low, high, closed=True, atoms=(atom,))

    def changes(self, size: Fraction, atoms: Iterable[Atom]) -> Iterator[Weights]:
        """Yield changes of a size that are most likely to move the verdict."""
        for sign in (1, -1):
            yield _corner(self.present.weighing.levels, self.weights, size, sign, self.kinds)
        for atom in atoms:
            gap = self.present.gaps[atom]
            if gap is not None:
                sign = _Aim(atom, gap).sign
                yield _corner(atom.parts, self.weights, size, sign, self.kinds)


class _Shifted:
    """Changes that shift normalised weight between the members of one group."""

    measure = Measure.SHIFTED
    most = Fraction(2)

    def __init__(self, present: _Present, group: Group) -> None:
        self.present = present
        self.weights = present.weighing.weights
        self.kinds = frozenset({group.kind})
        self.group = group
        own = self.weights[group]
        total = sum(own.values(), Fraction())
        self.normal = {key: weight / total for key, weight in own.items() if weight}
        self.total = total

    def reach(self, atom: Atom) -> _Reach | None:
        """Find the smallest shift that turns a condition; None where none does."""
        gap = self.present.gaps[atom]
        if gap is None or not self._moves(atom):
            return None
        aim = _Aim(atom, gap)
        worth = self._worth(atom, aim.sign)
        need = -sum((self.normal[key] * value for key, value in worth.items()), Fraction())
        moved = Fraction()
        best = max(worth.values())
        counts = self._counts(atom)
        if not any(worth[key] > 0 or (aim.closed and not worth[key]) for key in counts):
            return None
        for key in sorted(worth, key=lambda key: worth[key]):
            gain = best - worth[key]
            if not gain:
                break
            if self.normal[key] * gain >= need:
                moved += need / gain
                need = Fraction()
                break
            moved += self.normal[key]
            need -= self.normal[key] * gain
        return _Reach(2 * moved, 2 * moved, aim.closed, (atom,))

    def _moves(self, atom: Atom) -> bool:
        return self.group in self.present.groups[atom] and self.group in _movable(
            atom.parts, self.weights, self.kinds
        )

    def _counts(self, atom: Atom) -> list[str]:
        values = _lever(atom, self.group, self.weights).values
        return [key for key in self.normal if key in values]

    def _worth(self, atom: Atom, sign: int) -> dict[str, Fraction]:
        """Say what a unit of weight on each member does for the gap; what does not count does nothing.

        What does not count comes first, so that of equals one that counts is the last in order.
        """
        lever = _lever(atom, self.group, self.weights)
        idle = {key: Fraction() for key in self.normal if key not in lever.values}
        return idle | {
            key: sign * (value - lever.zero)
            for key, value in lever.values.items()
            if key in self.normal
        }

    def changes(self, size: Fraction, atoms: Iterable[Atom]) -> Iterator[Weights]:
        """Yield shifts of a size that go furthest for one of the conditions."""
        for atom in atoms:
            gap = self.present.gaps[atom]
            if gap is not None and self._moves(atom):
                yield self._shift(self._worth(atom, _Aim(atom, gap).sign), size / 2)

    def _shift(self, worth: Mapping[str, Fraction], mass: Fraction) -> Weights:
        shifted = dict(self.normal)
        order = sorted(worth, key=lambda key: worth[key])
        for key in order[:-1]:
            taken = min(mass, shifted[key])
            shifted[key] -= taken
            shifted[order[-1]] += taken
            mass -= taken
        own = self.weights[self.group]
        return {self.group: {key: self.total * shifted.get(key, Fraction()) for key in own}}


Norm = _Relative | _Shifted


def _movable(parts: Sequence[Part], weights: Weights, kinds: frozenset[WeightKind]) -> list[Group]:
    """List the groups whose ratios matter to a sum of means and may change."""
    found: dict[Group, None] = {}
    for part in parts:
        inside = [
            (name, cluster)
            for name, cluster in part.clusters.items()
            if (part.group is None or weights[part.group][name])
            and cluster.mean(weights) is not None
        ]
        if part.group is not None and part.group.kind in kinds and len(inside) > 1:
            found[part.group] = None
        for _, cluster in inside:
            own = weights[cluster.group]
            if cluster.group.kind in kinds and len([k for k in own if own[k]]) > 1:
                found[cluster.group] = None
    return list(found)


def _lever(atom: Atom, group: Group, weights: Weights) -> _Lever:
    """Write the gap of a condition as base + factor x mean of a group that it looks at."""
    base = -atom.cut
    factor, values = Fraction(1), {}
    for part in atom.parts:
        means = {name: cluster.mean(weights) for name, cluster in part.clusters.items()}
        if part.group == group:
            values = {name: mean for name, mean in means.items() if mean is not None}
            continue
        mine = next((n for n, c in part.clusters.items() if c.group == group), None)
        if mine is None:
            base += part.mean(weights) or 0
            continue
        values = dict(part.clusters[mine].values)
        if part.group is not None:
            own = weights[part.group]
            total = sum((own[n] for n, mean in means.items() if mean is not None), Fraction())
            factor = own[mine] / total
            base += sum(
                (own[n] * mean / total for n, mean in means.items() if n != mine and mean),
                Fraction(),
            )
    return _Lever(group, base, factor, values)


def _corner(
    parts: Sequence[Part],
    weights: Weights,
    size: Fraction,
    sign: int,
    kinds: frozenset[WeightKind],
) -> dict[Group, Mapping[str, Fraction]]:
    """Move every weight by a share of itself so that each mean goes as far as it can, up or down."""
    moved: dict[Group, Mapping[str, Fraction]] = {}
    for part in parts:
        for cluster in part.clusters.values():
            if cluster.group.kind in kinds:
                moved[cluster.group] = _tilted(cluster, weights[cluster.group], size, sign)
        if part.group is not None and part.group.kind in kinds:
            there = {**weights, **moved}
            means = {
                name: mean
                for name, cluster in part.clusters.items()
                if (mean := cluster.mean(there)) is not None
            }
            own = weights[part.group]
            moved[part.group] = _tilted(Cluster(part.group, means), own, size, sign)
    return moved


def _tilted(
    cluster: Cluster, own: Mapping[str, Fraction], size: Fraction, sign: int
) -> Mapping[str, Fraction]:
    """Make heavier what lies on one side of the furthest mean, and lighter what lies on the other."""
    order = sorted(
        (key for key in cluster.values if own[key]),
        key=lambda key: cluster.values[key],
        reverse=sign > 0,
    )
    total = sum((own[key] for key in order), Fraction()) * (1 - size)
    summed = sum((own[key] * cluster.values[key] for key in order), Fraction()) * (1 - size)
    raised: set[str] = set()
    for key in order:
        value = cluster.values[key]
        if total and sign * (value * total - summed) <= 0:
            break
        raised.add(key)
        total += 2 * size * own[key]
        summed += 2 * size * own[key] * value
    return {
        key: weight
        if key not in cluster.values
        else weight * (1 + size if key in raised else 1 - size)
        for key, weight in own.items()
    }


# What a verdict needs


class _Needs:
    """What turns whole conditions and verdicts, from what turns the simple ones."""

    def __init__(self, norm: Norm) -> None:
        self.weighing = norm.present.weighing
        self.norm = norm
        self._known: dict[Atom, _Reach | None] = {}

    def turning(self, node: Node, *, to: bool) -> _Reach | None:
        """Bound the change that makes a condition hold, or cease."""
        match node:
            case Fixed():
                return _NOTHING if node.truth is to else None
            case Atom():
                if self.norm.present.holds(node) is to:
                    return _NOTHING
                if node not in self._known:
                    self._known[node] = self.norm.reach(node)
                return self._known[node]
            case Every():
                parts = (self.turning(part, to=to) for part in node.parts)
                return _all(parts) if to else _any(parts)
            case Some():
                parts = (self.turning(part, to=to) for part in node.parts)
                return _any(parts) if to else _all(parts)
            case _:
                assert_never(node)

    def at_least(self, tiers: Tiers, place: int) -> _Reach | None:
        """Bound the change that brings the verdict to a place or beyond: all before must cease."""
        return _all(self.turning(node, to=False) for nodes in tiers[:place] for node in nodes)

    def at_most(self, tiers: Tiers, place: int) -> _Reach | None:
        """Bound the change that holds the verdict at a place or before it: one condition is enough."""
        if place >= len(tiers) - 1:
            return _NOTHING
        return _any(self.turning(node, to=True) for nodes in tiers[: place + 1] for node in nodes)

    def going(self, way: Way) -> _Reach | None:
        """Bound the change that moves the verdict one way."""
        weighing = self.weighing
        place = rank(weighing.known, self.norm.present.holds)
        match way:
            case Way.BETTER:
                last = place >= len(weighing.verdicts) - 1
                return None if last else self.at_least(weighing.known, place + 1)
            case Way.WORSE:
                return self.at_most(weighing.known, place - 1) if place else None
            case Way.UNSETTLED:
                return _all([self.turning(weighing.coverage, to=True), self._apart()])
            case Way.SETTLED:
                together = (
                    _all([self.at_least(weighing.worst, k), self.at_most(weighing.best, k)])
                    for k in range(len(weighing.verdicts))
                )
                return _any([self.turning(weighing.coverage, to=False), *together])
            case _:
                assert_never(way)

    def _apart(self) -> _Reach | None:
        """Bound the change that lets the worst and the best case differ."""
        return _any(
            _all([self.at_most(self.weighing.worst, k), self.at_least(self.weighing.best, k + 1)])
            for k in range(len(self.weighing.verdicts) - 1)
        )


def _all(needs: Iterable[_Reach | None]) -> _Reach | None:
    """Need all of several changes: no less than the largest, and all at once."""
    found = list(needs)
    given = [need for need in found if need is not None]
    if len(given) < len(found):
        return None
    if not given:
        return _NOTHING
    lower = max(need.lower for need in given)
    upper = max(need.upper for need in given)
    return _Reach(
        lower,
        upper,
        all(need.closed for need in given if need.upper == upper),
        tuple(atom for need in sorted(given, key=_size, reverse=True) for atom in need.atoms),
    )


def _any(needs: Iterable[_Reach | None]) -> _Reach | None:
    """Need one of several changes: the smallest is enough."""
    return min((need for need in needs if need is not None), key=_size, default=None)


def _size(need: _Reach) -> tuple[Fraction, bool, Fraction]:
    return need.lower, not need.closed, need.upper


# The change itself


def _radius(way: Way, norm: Norm, group: Group | None) -> Radius:
    weighing = norm.present.weighing
    need = _Needs(norm).going(way)
    if need is None:
        return Radius(norm.measure, norm.kinds, group, way, None, None, True, None, {}, ())
    first = need.upper if need.closed else need.upper + (norm.most - need.upper) * BEYOND
    reaches = _goal(weighing, way)
    for size in (first, *(first + (norm.most - first) * t / TRIES for t in range(1, TRIES + 1))):
        for change in norm.changes(size, need.atoms):
            after = {**weighing.weights, **change}
            if all(any(own.values()) for own in change.values()) and reaches(after):
                return Radius(
                    norm.measure,
                    norm.kinds,
                    group,
                    way,
                    need.lower,
                    size,
                    need.lower == need.upper and size == first,
                    weighing.verdict(after),
                    {key: own for key, own in change.items() if own != weighing.weights[key]},
                    _turns(norm.present, after),
                )
    return Radius(norm.measure, norm.kinds, group, way, need.lower, None, False, None, {}, ())


def _goal(weighing: Weighing, way: Way) -> Callable[[Weights], bool]:
    """Say which weights have moved the verdict the way that was asked for."""
    verdict = weighing.verdict(weighing.weights)
    places = {key: place for place, key in enumerate(weighing.verdicts)}

    def reached(weights: Weights) -> bool:
        found = weighing.verdict(weights)
        match way:
            case Way.BETTER:
                return found != UNDETERMINED and places[found] > places[verdict]
            case Way.WORSE:
                return found != UNDETERMINED and places[found] < places[verdict]
            case Way.UNSETTLED:
                return found == UNDETERMINED
            case Way.SETTLED:
                return found != UNDETERMINED
            case _:
                assert_never(way)

    return reached


def _turns(present: _Present, after: Weights) -> tuple[Turn, ...]:
    return turns(
        present.weighing,
        {atom: present.holds(atom) for atom in present.gaps},
        {atom: atom.holds(after) for atom in present.gaps},
    )
