"""In which order several processes come when weights are drawn at random.

Rank acceptability (Lahdelma and Salminen, Operations Research 49, 2001): how often each process comes
at each rank by its candidacy, and the mean of the weights that put it first. A rank is one more than the
number of processes that are better; equals share the better one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bpo_assess.analysis.sensitivity.drawing import UNITS, Draws, Sampling, draw
from bpo_assess.analysis.sensitivity.interval import Interval, wilson
from bpo_assess.analysis.sensitivity.means import Blocks, Floats, Rows, every, summed
from bpo_assess.analysis.sensitivity.table import Sums, Table
from bpo_assess.analysis.sensitivity.weighing import Group, Weights, stated_weights
from bpo_assess.assessment.standing import Outlook

BLOCK = 512
"""Draws that are ranked at a time; no figure depends on it."""

STEPS = 10**9
"""Parts of a level by which values are told apart: what differs by less is equal."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """How often one process comes at each rank."""

    counts: tuple[int, ...]
    """The number of draws at each rank, the first rank first."""
    first: Interval
    """The share of draws in which no other is better."""
    mean: Fraction
    """The mean rank, from 1."""
    central: Weights
    """The mean of the weights that put it first, each group adding up to 1; empty if none does."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a sampling of weights says about the order of several processes."""

    sampling: Sampling
    processes: tuple[Ranked | None, ...]
    """In the order of the processes; None for one without a candidacy, which is not ranked."""


def ranking(outlooks: Sequence[Outlook], sampling: Sampling) -> Ranking:
    """Draw weights and rank several processes that are judged by one method."""
    draws, rows, values = _candidacies(outlooks, sampling)
    counts = np.zeros((len(rows), len(rows)), dtype=np.int64)
    sums = {group: np.zeros((len(draws.members[group]), len(rows))) for group in draws.drawn}
    for block in _blocks(sampling.draws):
        found = in_steps(values(block))
        counts += counted(found)
        first = (found == found.max(axis=1, initial=0, keepdims=True)).astype(float)
        for group in draws.drawn:
            sums[group] += draws.units[group][:, block] @ first
    ranked = {
        int(row): _ranked(
            counts[place], draws, {group: own[:, place] for group, own in sums.items()}
        )
        for place, row in enumerate(rows)
    }
    return Ranking(sampling, tuple(ranked.get(row) for row in range(len(outlooks))))


def counts_of_ranks(outlooks: Sequence[Outlook], sampling: Sampling) -> Counts:
    """Count the ranks of many processes that have a candidacy: a row each, a column for each rank."""
    _, rows, values = _candidacies(outlooks, sampling)
    counts = np.zeros((len(rows), len(rows)), dtype=np.int64)
    for block in _blocks(sampling.draws):
        counts += counted(in_steps(values(block)))
    return counts


def in_steps(values: Floats) -> Counts:
    """Turn values into whole steps, so that equals are equal."""
    return np.asarray(np.rint(values * STEPS), dtype=np.int64)


def counted(steps: Counts) -> Counts:
    """Count how often each column comes at each rank, the greatest first, over all rows.

    Value and column are packed into one whole number, which sorts several times faster than an order does.
    """
    size = steps.shape[1]
    bits = max(size - 1, 1).bit_length()
    packed = steps.max(initial=0) - steps
    packed <<= bits
    packed |= np.arange(size)
    packed.sort(axis=1)
    ranks = np.arange(size)
    equal = (packed[:, 1:] ^ packed[:, :-1]) < 1 << bits
    if equal.any():
        begins = np.where(np.pad(~equal, ((0, 0), (1, 0)), constant_values=True), ranks, 0)
        ranks = np.maximum.accumulate(begins, axis=1)
    packed &= (1 << bits) - 1
    packed *= size
    packed += ranks
    found = np.bincount(packed.reshape(-1), minlength=size * size)
    return np.asarray(found.reshape(size, size))


def _candidacies(
    outlooks: Sequence[Outlook], sampling: Sampling
) -> tuple[Draws, Rows, Callable[[slice], Floats]]:
    """Draw weights; give the processes that have a candidacy, and its multiple in levels for each draw."""
    questionnaire = outlooks[0].method.questionnaire
    draws = draw(stated_weights(questionnaire), sampling)
    table = Table.of(outlooks, [each.known for each in outlooks])
    sums = Sums(table, Blocks(draws))
    axes = [sums.axis(axis, table.levels, table.known) for axis in questionnaire.axes]
    rows = np.flatnonzero(every(axis.has for axis in axes))
    return draws, rows, summed([axis.at(rows) for axis in axes])


def _blocks(draws: int) -> Iterator[slice]:
    for start in range(0, draws, BLOCK):
        yield slice(start, min(start + BLOCK, draws))


def _ranked(counts: Counts, draws: Draws, sums: Mapping[Group, Floats]) -> Ranked:
    first = int(counts[0])
    found = [int(count) for count in counts]
    mean = Fraction(sum(rank * count for rank, count in enumerate(found, start=1)), draws.count)
    central: dict[Group, dict[str, Fraction]] = {}
    for group, total in sums.items() if first else ():
        own = {
            key: Fraction(int(part), first * UNITS)
            for key, part in zip(draws.members[group], total, strict=True)
        }
        central[group] = {key: own.get(key, Fraction()) for key in draws.stated[group]}
    return Ranked(tuple(found), wilson(first, draws.count), mean, central)
