"""Weights drawn at random, in whole units, the same on every machine."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from bpo_assess.analysis.sensitivity.weighing import SCORED, Group, WeightKind, Weights

UNITS = 10**6
"""The normalised weights of a group that is drawn add up to this many units."""

MOST = 10**9
"""Up to this sum, stated weights are kept as whole numbers."""


class Distribution(StrEnum):
    """Where weights are drawn from."""

    AROUND = "around"
    """Around the stated weights, with a stated spread."""
    UNIFORM = "uniform"
    """From anywhere on the simplex alike: no opinion about the weights that are drawn."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How weights are drawn; the same sampling gives the same draws."""

    distribution: Distribution = Distribution.AROUND
    spread: float = 0.3
    """By how much a weight varies: its standard deviation relative to itself, were all of its group equal.

    Above 0 and below 1; without meaning where draws are uniform.
    """
    draws: int = 10_000
    seed: int = 1
    kinds: frozenset[WeightKind] = SCORED
    """The kinds of weights that are drawn; the others stay as stated."""

    def __post_init__(self) -> None:
        if not 0 < self.spread < 1:
            raise ValueError("a spread lies between 0 and 1")
        if self.draws < 1:
            raise ValueError("at least one draw is needed")

    def concentration(self, members: int) -> float:
        """Give the sum of the Dirichlet parameters that brings the spread about in a group of so many.

        Of n equal weights with concentration c each has a relative variance of (n - 1) / (c + 1).
        """
        return (members - 1) / self.spread**2 - 1


@dataclass(frozen=True, slots=True)
class Draws:
    """Weights of every group: a row for each member that carries weight, a column for each draw."""

    members: Mapping[Group, tuple[str, ...]]
    units: Mapping[Group, NDArray[np.float64]]
    """Whole numbers that add up to `UNITS` where a group was drawn; one column where it was not."""
    drawn: frozenset[Group]
    stated: Weights
    count: int

    def weights(self, place: int) -> Weights:
        """Give one draw as exact weights; what was not drawn is as stated."""
        found = dict(self.stated)
        for group in self.drawn:
            units = self.units[group][:, place]
            own = {k: Fraction(int(u)) for k, u in zip(self.members[group], units, strict=True)}
            found[group] = {key: own.get(key, Fraction()) for key in self.stated[group]}
        return found


def draw(stated: Weights, sampling: Sampling) -> Draws:
    """Draw weights, group after group in the order of the method."""
    generator = np.random.Generator(np.random.PCG64(sampling.seed))
    members, units, drawn = {}, {}, []
    for group, own in stated.items():
        names = tuple(key for key, weight in own.items() if weight)
        given = [float(own[key]) for key in names]
        members[group] = names
        if group.kind in sampling.kinds and len(names) > 1:
            units[group] = _drawn(generator, given, sampling)
            drawn.append(group)
        else:
            units[group] = _as_stated([own[key] for key in names])
    return Draws(members, units, frozenset(drawn), stated, sampling.draws)


def _as_stated(weights: Sequence[Fraction]) -> NDArray[np.float64]:
    """Scale stated weights to whole numbers; to shares of the units where those would be too large."""
    if len(weights) == 1:
        return np.array([[float(UNITS)]])
    scale = math.lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * scale) for weight in weights]
    if sum(whole) > MOST:
        return np.array([[float(UNITS * weight / sum(weights))] for weight in weights])
    return np.array(whole, dtype=float).reshape(-1, 1)


def _drawn(
    generator: np.random.Generator, weights: Sequence[float], sampling: Sampling
) -> NDArray[np.float64]:
    """Draw from a Dirichlet distribution, in whole units of which none is nought.

    The running sum of the shares is rounded, not the shares, so that the units add up exactly.
    """
    number, total = len(weights), sum(weights)
    match sampling.distribution:
        case Distribution.UNIFORM:
            found = generator.standard_exponential((sampling.draws, number))
        case Distribution.AROUND:
            concentration = sampling.concentration(number)
            shapes = [concentration * weight / total for weight in weights]
            found = generator.standard_gamma(shapes, (sampling.draws, number))
        case _:
            assert_never(sampling.distribution)
    running = np.cumsum(found.T, axis=0)
    running[:, running[-1] == 0] = np.arange(1, number + 1)[:, None]
    cuts = np.rint(running / running[-1] * (UNITS - number))
    return np.asarray(np.diff(cuts, axis=0, prepend=0) + 1)
