"""Means under many draws of weights at once, and whether they lie below their limits.

Draws are whole numbers, and so are the levels; sums of whole numbers are exact in floating point below
2 ** 53. What rests on a product alone is therefore decided exactly; where a division comes in, or a
weight as stated, what lies within `NEAR` of a limit is marked to be looked at again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from bpo_assess.analysis.sensitivity.drawing import UNITS, Draws
from bpo_assess.analysis.sensitivity.weighing import Group

NEAR = 1e-9
"""How near to a limit, in points or shares, a draw is judged again with fractions."""

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Said:
    """What a condition says of a block of draws, and where it had better be looked at again."""

    holds: Truth
    near: Truth | None = None


Asked = Callable[[slice], Said]
"""A condition on several processes, asked about a block of draws."""


@dataclass(frozen=True, slots=True)
class Question:
    """A condition: where it holds or cannot hold whatever is drawn, and otherwise how to ask."""

    surely: Truth
    never: Truth
    ask: Callable[[Rows], Asked]
    """Prepares the question for some of the processes."""


def every(truths: Iterable[Truth]) -> Truth:
    """Tell where all hold."""
    return np.asarray(reduce(np.logical_and, truths))


def some(truths: Iterable[Truth]) -> Truth:
    """Tell where any holds."""
    return np.asarray(reduce(np.logical_or, truths))


def certain(truth: Truth) -> Question:
    """Make a condition that no weight changes a question."""
    return Question(truth, ~truth, lambda rows: lambda _: Said(truth[rows][:, None]))


def all_of(parts: Sequence[Question]) -> Question:
    """Ask whether all of several conditions hold."""

    def ask(rows: Rows) -> Asked:
        asked = [part.ask(rows) for part in parts]
        return lambda block: reduce(_both, (each(block) for each in asked))

    return Question(
        every(part.surely for part in parts),
        some(part.never for part in parts),
        ask,
    )


def any_of(parts: Sequence[Question]) -> Question:
    """Ask whether any of several conditions holds."""

    def ask(rows: Rows) -> Asked:
        asked = [part.ask(rows) for part in parts]
        return lambda block: reduce(_either, (each(block) for each in asked))

    return Question(
        some(part.surely for part in parts),
        every(part.never for part in parts),
        ask,
    )


def _both(one: Said, other: Said) -> Said:
    return Said(one.holds & other.holds, either_near(one.near, other.near))


def _either(one: Said, other: Said) -> Said:
    return Said(one.holds | other.holds, either_near(one.near, other.near))


def either_near(one: Truth | None, other: Truth | None) -> Truth | None:
    """Tell where either had better be looked at again; None is nowhere."""
    if one is None or other is None:
        return other if one is None else one
    return one | other


class Blocks:
    """The drawn weights of a block as they are multiplied; kept while the block is judged."""

    def __init__(self, draws: Draws) -> None:
        self.draws = draws
        self._place: slice | None = None
        self._flat: dict[Group, Floats] = {}

    def units(self, group: Group, block: slice) -> Floats:
        """Give the weights of a group in a block; one column for all draws where it is not drawn."""
        units = self.draws.units[group]
        return units[:, block] if group in self.draws.drawn else units

    def flat(self, axis: Group, dimensions: Sequence[Group], block: slice) -> Floats:
        """Multiply the weights of dimensions into those of their questions."""
        if block != self._place:
            self._place, self._flat = block, {}
        if axis not in self._flat:
            weights = self.units(axis, block)
            self._flat[axis] = np.concatenate(
                [weights[n] * self.units(group, block) for n, group in enumerate(dimensions)]
            )
        return self._flat[axis]

    def whole(self, *groups: Group) -> bool:
        """Tell whether the weights of groups are whole units, so that products of them are exact."""
        return all(
            group in self.draws.drawn or len(self.draws.members[group]) == 1 for group in groups
        )


@dataclass(frozen=True)
class DrawnCluster:
    """A weighted mean of the members of one group that count, in several processes."""

    blocks: Blocks
    group: Group
    values: Floats
    counts: Truth

    def at(self, rows: Rows) -> "DrawnCluster":
        """Keep some processes."""
        return DrawnCluster(self.blocks, self.group, self.values[rows], self.counts[rows])

    @cached_property
    def has(self) -> Truth:
        """Where there is anything to take a mean of."""
        return np.asarray(self.counts.any(axis=1))

    def low(self) -> Floats:
        """Give the least value that counts."""
        counted = np.where(self.counts, self.values, np.inf)
        return np.asarray(counted.min(axis=1, initial=np.inf))

    def high(self) -> Floats:
        """Give the greatest value that counts."""
        counted = np.where(self.counts, self.values, -np.inf)
        return np.asarray(counted.max(axis=1, initial=-np.inf))

    def mean(self, block: slice) -> Floats:
        """Give the mean; nought where there is none."""
        units = self.blocks.units(self.group, block)
        total = self.counts.astype(float) @ units
        return np.where(self.counts, self.values, 0.0) @ units / np.where(total, total, 1.0)


@dataclass(frozen=True)
class DrawnAxis:
    """A weighted mean of clusters, in several processes."""

    blocks: Blocks
    group: Group
    parts: Sequence[DrawnCluster]

    def at(self, rows: Rows) -> "DrawnAxis":
        """Keep some processes."""
        return DrawnAxis(self.blocks, self.group, [part.at(rows) for part in self.parts])

    @cached_property
    def has(self) -> Truth:
        """Where there is anything to take a mean of."""
        return some(part.has for part in self.parts)

    @cached_property
    def complete(self) -> Truth:
        """Where everything counts, so that weights need no dividing."""
        return every(np.asarray(part.counts.all(axis=1)) for part in self.parts)

    @cached_property
    def whole(self) -> bool:
        """Whether products of weights are whole."""
        return self.blocks.whole(self.group, *(part.group for part in self.parts))

    def flat(self, block: slice) -> Floats:
        """Give the weights of all questions in a block of draws."""
        return self.blocks.flat(self.group, [part.group for part in self.parts], block)

    def low(self) -> Floats:
        """Give the least value that counts."""
        return np.asarray(np.min([part.low() for part in self.parts], axis=0))

    def high(self) -> Floats:
        """Give the greatest value that counts."""
        return np.asarray(np.max([part.high() for part in self.parts], axis=0))

    def mean(self, block: slice) -> Floats:
        """Give the mean; nought where there is none."""
        units = self.blocks.units(self.group, block)
        summed = sum(
            part.mean(block) * units[n] * part.has[:, None] for n, part in enumerate(self.parts)
        )
        total = np.array([part.has for part in self.parts]).T.astype(float) @ units
        return np.asarray(summed / np.where(total, total, 1.0))


Sum = DrawnCluster | DrawnAxis


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that a sum of means is compared with."""

    cut: float
    steps: float
    """The units of cut and values that make up a point or a share."""
    strict: bool = True
    upward: bool = False

    def said(self, gap: Floats, size: float, *, exact: bool, has: Truth) -> Said:
        """Compare, given by how much the sum exceeds the limit, times a size."""
        holds = gap < 0 if self.strict else gap <= 0
        if self.upward:
            np.logical_not(holds, out=holds)
        if not has.all():
            holds &= has[:, None]
        return Said(holds, None if exact else np.abs(gap) < NEAR * self.steps * size)


def compared(sums: Sequence[Sum], limit: Limit, *, required: bool) -> Question:
    """Ask whether a sum of means lies below a limit; where required, only if there is a mean."""
    low, high = (
        sum(np.where(each.has, bound, 0.0) for each, bound in zip(sums, bounds, strict=True))
        for bounds in ([each.low() for each in sums], [each.high() for each in sums])
    )
    has = every(each.has for each in sums) if required else np.ones(len(sums[0].has), dtype=bool)
    below = np.asarray(high < limit.cut if limit.strict else high <= limit.cut)
    above = np.asarray(low >= limit.cut if limit.strict else low > limit.cut)
    surely, never = (above, below) if limit.upward else (below, above)

    def ask(rows: Rows) -> Asked:
        kept = [each.at(rows) for each in sums]
        if len(kept) == 1 and isinstance(kept[0], DrawnCluster):
            return _product(kept[0], limit, has[rows])
        axes = [each for each in kept if isinstance(each, DrawnAxis)]
        return _sum_of_axes(axes, limit, has[rows])

    return Question(has & surely, ~has | never, ask)


def _product(cluster: DrawnCluster, limit: Limit, has: Truth) -> Asked:
    """Compare one mean by the weighted sum of what its values exceed the limit by."""
    values = np.where(cluster.counts, cluster.values - limit.cut, 0.0)
    blocks, group = cluster.blocks, cluster.group
    units = blocks.draws.units[group]
    exact = all(bool((each == np.rint(each)).all()) for each in (values, units))
    size = float(units[:, 0].sum())

    def asked(block: slice) -> Said:
        gap = values @ blocks.units(group, block)
        return limit.said(gap, size, exact=exact, has=has)

    return asked


def summed(axes: Sequence[DrawnAxis]) -> Callable[[slice], Floats]:
    """Prepare the sum of the means of several axes: a row for each draw, a column for each process.

    Products of whole numbers are exact and divisions are rounded alike everywhere, so that processes
    with the same answers have the same sums, on every machine.
    """
    quick, slow = _split(axes)
    flat, divided = [axis.at(quick) for axis in axes], [axis.at(slow) for axis in axes]
    values = np.concatenate([part.values.T for axis in flat for part in axis.parts])

    def products(block: slice) -> Floats:
        size = block.stop - block.start
        weights = [np.broadcast_to(own, (len(own), size)) for own in (a.flat(block) for a in flat)]
        return np.asarray(np.concatenate(weights).T @ values / UNITS**2)

    def asked(block: slice) -> Floats:
        if not len(slow):
            return products(block)
        found = np.empty((block.stop - block.start, len(quick) + len(slow)))
        found[:, slow] = reduce(np.add, (axis.mean(block) for axis in divided)).T
        if len(quick):
            found[:, quick] = products(block)
        return found

    return asked


def _split(axes: Sequence[DrawnAxis]) -> tuple[Rows, Rows]:
    """Tell apart the processes of which everything counts, so that nothing needs dividing."""
    complete = every(axis.complete for axis in axes)
    if not all(axis.whole for axis in axes):
        complete[:] = False
    return np.flatnonzero(complete), np.flatnonzero(~complete)


def _sum_of_axes(axes: Sequence[DrawnAxis], limit: Limit, has: Truth) -> Asked:
    """Compare a sum of axes: by a product where everything counts, and otherwise by dividing."""
    quick, slow = _split(axes)
    if not len(slow):
        return _flat(axes, limit, has)
    if not len(quick):
        return _divided(axes, limit, has)
    first = _flat([axis.at(quick) for axis in axes], limit, has[quick])
    second = _divided([axis.at(slow) for axis in axes], limit, has[slow])

    def asked(block: slice) -> Said:
        one, other = first(block), second(block)
        holds = np.empty((len(has), one.holds.shape[1]), dtype=bool)
        holds[quick], holds[slow] = one.holds, other.holds
        near = np.zeros_like(holds)
        near[slow] = other.near
        return Said(holds, near)

    return asked


def _flat(axes: Sequence[DrawnAxis], limit: Limit, has: Truth) -> Asked:
    values = [np.concatenate([part.values for part in axis.parts], axis=1) for axis in axes]
    values[0] = values[0] - limit.cut

    def asked(block: slice) -> Said:
        gaps = (own @ axis.flat(block) for own, axis in zip(values, axes, strict=True))
        gap = reduce(np.add, gaps)
        return limit.said(gap, UNITS**2, exact=True, has=has)

    return asked


def _divided(axes: Sequence[DrawnAxis], limit: Limit, has: Truth) -> Asked:
    def asked(block: slice) -> Said:
        gap = reduce(np.add, (axis.mean(block) for axis in axes)) - limit.cut
        return limit.said(gap, 1, exact=False, has=has)

    return asked
