"""What conditions say under the stated weights, and what of them a change of weights can move."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bpo_assess.analysis.sensitivity.weighing import (
    Atom,
    Group,
    Part,
    Weighing,
    WeightKind,
    Weights,
)


@dataclass(frozen=True, slots=True)
class Aim:
    """Which way a gap must go for its condition to turn, and whether nought is far enough."""

    sign: int
    """1 where it must grow, -1 where it must shrink."""
    closed: bool

    def met(self, gap: Fraction) -> bool:
        """Tell whether a gap is far enough."""
        return self.sign * gap > 0 or (self.closed and not gap)


@dataclass(frozen=True, slots=True)
class Present:
    """A weighing, and what its conditions say under the stated weights."""

    weighing: Weighing
    gaps: Mapping[Atom, Fraction | None]
    groups: Mapping[Atom, frozenset[Group]]
    """The groups whose weights enter a condition."""

    @property
    def weights(self) -> Weights:
        """The weights as stated."""
        return self.weighing.weights

    def holds(self, atom: Atom) -> bool:
        """Tell whether a condition holds under the stated weights."""
        return atom.says(self.gaps[atom])

    def aim(self, atom: Atom) -> Aim | None:
        """Say where the gap of a condition must go; None where it has none."""
        if self.gaps[atom] is None:
            return None
        now = self.holds(atom)
        sign = 1 if now is not atom.upward else -1
        return Aim(sign, closed=atom.says(Fraction()) is not now)


def present_of(weighing: Weighing) -> Present:
    """Look at every condition under the stated weights."""
    return Present(
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


def movable(parts: Sequence[Part], weights: Weights, kinds: frozenset[WeightKind]) -> list[Group]:
    """List the groups whose ratios matter to a sum of means and may change."""
    found: dict[Group, None] = {}
    for part in parts:
        inside = [
            cluster
            for name, cluster in part.clusters.items()
            if (part.group is None or weights[part.group][name])
            and cluster.mean(weights) is not None
        ]
        if part.group is not None and part.group.kind in kinds and len(inside) > 1:
            found[part.group] = None
        for cluster in inside:
            own = weights[cluster.group]
            if cluster.group.kind in kinds and len([k for k in own if own[k]]) > 1:
                found[cluster.group] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class Lever:
    """A gap as base + factor x mean, where one group alone moves: the values of its members."""

    base: Fraction
    factor: Fraction
    values: Mapping[str, Fraction]

    @property
    def zero(self) -> Fraction:
        """The mean at which the gap is nought."""
        return -self.base / self.factor


def lever_of(atom: Atom, group: Group, weights: Weights) -> Lever:
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
    return Lever(base, factor, values)
