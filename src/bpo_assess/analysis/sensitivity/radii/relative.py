"""Changes by which every weight of some kinds moves by at most a share of itself (L-infinity)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from bpo_assess.analysis.sensitivity.radii.present import Aim, Present, lever_of, movable
from bpo_assess.analysis.sensitivity.radii.reach import Reach
from bpo_assess.analysis.sensitivity.radii.result import Measure
from bpo_assess.analysis.sensitivity.weighing import (
    Atom,
    Cluster,
    Group,
    Part,
    WeightKind,
    Weights,
)

STEPS = 20
"""Halvings that close in on a radius without a closed form: to a millionth."""


class Relative:
    """Changes by which every weight of some kinds moves by at most a share of itself."""

    measure = Measure.RELATIVE
    most = Fraction(1)
    group = None

    def __init__(self, present: Present, kinds: frozenset[WeightKind]) -> None:
        self.present = present
        self.kinds = kinds
        self._weights = present.weights

    def reach(self, atom: Atom) -> Reach | None:
        """Find the smallest change that turns a condition; None where none does."""
        aim = self.present.aim(atom)
        groups = movable(atom.parts, self._weights, self.kinds)
        if aim is None or not groups:
            return None
        if len(groups) == 1:
            return self._closed_form(atom, groups[0], aim)
        return self._closed_in(atom, aim)

    def changes(self, size: Fraction, atoms: Iterable[Atom]) -> Iterator[Weights]:
        """Yield changes of a size that are most likely to move the verdict."""
        for sign in (1, -1):
            yield self._corner(self.present.weighing.levels, size, sign)
        for atom in atoms:
            aim = self.present.aim(atom)
            if aim is not None:
                yield self._corner(atom.parts, size, aim.sign)

    def _closed_form(self, atom: Atom, group: Group, aim: Aim) -> Reach | None:
        """Turn one mean: |sum w (v - zero)| / sum w |v - zero| moves all weights the way they help."""
        lever, own = lever_of(atom, group, self._weights), self._weights[group]
        terms = [own[key] * (value - lever.zero) for key, value in lever.values.items()]
        size = sum(map(abs, terms), Fraction())
        helps = any(aim.sign * term > 0 for term in terms)
        reaches = aim.closed and any(own[k] and v == lever.zero for k, v in lever.values.items())
        if not size or not (helps or reaches):
            return None
        radius = abs(sum(terms, Fraction())) / size
        return Reach(radius, radius, aim.closed, (atom,))

    def _closed_in(self, atom: Atom, aim: Aim) -> Reach | None:
        """Close in on the change from both sides: the furthest gap grows with it."""

        def met(size: Fraction) -> bool:
            gap = atom.gap({**self._weights, **self._corner(atom.parts, size, aim.sign)})
            return gap is not None and aim.met(gap)

        low, high = Fraction(), self.most
        if not met(high):
            return None
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if met(middle) else (middle, high)
        return Reach(low, high, closed=True, atoms=(atom,))

    def _corner(self, parts: Sequence[Part], size: Fraction, sign: int) -> Weights:
        """Move every weight by a share of itself so that each mean goes as far as it can, up or down."""
        moved: dict[Group, Mapping[str, Fraction]] = {}
        for part in parts:
            for cluster in part.clusters.values():
                if cluster.group.kind in self.kinds:
                    moved[cluster.group] = self._tilted(cluster, size, sign)
            if part.group is not None and part.group.kind in self.kinds:
                there = {**self._weights, **moved}
                means = {
                    name: mean
                    for name, cluster in part.clusters.items()
                    if (mean := cluster.mean(there)) is not None
                }
                moved[part.group] = self._tilted(Cluster(part.group, means), size, sign)
        return moved

    def _tilted(self, cluster: Cluster, size: Fraction, sign: int) -> Mapping[str, Fraction]:
        """Make heavier what lies on one side of the furthest mean, and lighter what lies on the other."""
        own = self._weights[cluster.group]
        raised = _raised(cluster, own, size, sign)
        return {
            key: weight
            if key not in cluster.values
            else weight * (1 + size if key in raised else 1 - size)
            for key, weight in own.items()
        }


def _raised(
    cluster: Cluster, own: Mapping[str, Fraction], size: Fraction, sign: int
) -> Iterable[str]:
    """Find what lies beyond the furthest mean: what pulls it on once it is made heavier."""
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
    return raised
