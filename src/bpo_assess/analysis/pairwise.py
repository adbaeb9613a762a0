"""Weights from comparisons in pairs (the analytic hierarchy process), and how well the judgements agree.

Weights follow from the principal eigenvector (Saaty 1977; with missing judgements Harker 1987) and from the
least squares of logarithms, which are the geometric means of the rows where no judgement is missing (Crawford
and Williams 1985; with missing judgements Bozoki, Fulop and Ronyai 2010). Several judges are joined by the
geometric means of their judgements, and of their weights (Forman and Peniwati 1998).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bpo_assess.analysis.compared import Group, Pair, Voice, groups, linked, voices
from bpo_assess.assessment.rounding import half_up
from bpo_assess.model.comparisons import HIGHEST, ComparisonFile
from bpo_assess.model.questionnaire import Questionnaire

Shares = tuple[Fraction, ...]
"""Weights that add up to 1, good to twelve digits."""

RANDOM_INDICES: Mapping[int, Fraction] = {
    1: Fraction(0),
    2: Fraction(0),
    3: Fraction("0.58"),
    4: Fraction("0.90"),
    5: Fraction("1.12"),
    6: Fraction("1.24"),
    7: Fraction("1.32"),
    8: Fraction("1.41"),
    9: Fraction("1.45"),
    10: Fraction("1.49"),
    11: Fraction("1.51"),
    12: Fraction("1.48"),
    13: Fraction("1.56"),
    14: Fraction("1.57"),
    15: Fraction("1.59"),
}
"""The mean consistency index of random judgements, by the number of parts (Saaty 1980)."""

ACCEPTED = Fraction(1, 10)
"""The consistency ratio up to which judgements pass, by convention (Saaty 1980)."""

SMALLEST_TRIANGLE = 3
"""With fewer parts than this, no judgement can contradict another."""

GEOMETRIC_LIMITS: Mapping[int, Fraction] = {3: Fraction("0.31"), 4: Fraction("0.35")}
"""The geometric consistency index that goes with that ratio (Aguaron and Moreno-Jimenez 2003)."""

GEOMETRIC_LIMIT = Fraction("0.37")
"""The same for more parts."""

SCALE = (*(Fraction(1, n) for n in range(HIGHEST, 1, -1)), *map(Fraction, range(1, HIGHEST + 1)))
"""The judgements that the scale offers."""

MOST_MENDINGS = 3
_MOST_TRIED = 10
"""How many of the judgements that deviate most are tried: the search stays short for any file."""

_DIGITS = 12
_RESIDUAL = 1e-9

Method = Literal["eigenvector", "geometric"]
"""How weights follow from judgements."""

Joining = Literal["judgements", "priorities"]
"""What of several judges is averaged: their judgements, or the weights of each."""

METHODS: tuple[Method, ...] = ("eigenvector", "geometric")

_Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Consistency:
    """How well judgements agree with one another."""

    compared: int
    """How many pairs are judged."""
    possible: int
    """How many pairs there are."""
    root: Fraction
    """The principal eigenvalue; the number of parts where all judgements agree."""
    index: Fraction
    """The consistency index: how far the eigenvalue exceeds the number of parts, by their number less 1."""
    random_index: Fraction
    """The mean index of random judgements, fewer where judgements are missing; 0 where nothing can clash.

    With missing judgements it is the linear approximation of Agoston and Csato (2022) to what they found.
    """
    geometric_index: Fraction | None
    """The geometric consistency index; None where a judgement is missing or nothing can clash."""
    geometric_limit: Fraction | None
    """What it should not exceed, by convention."""

    @property
    def ratio(self) -> Decimal | None:
        """The consistency ratio as it is printed and compared; None where nothing can clash."""
        return _ratio(self.index, self.random_index)

    @property
    def passes(self) -> bool:
        """Whether the ratio is within what convention accepts."""
        return self.ratio is None or self.ratio <= ACCEPTED


@dataclass(frozen=True, slots=True)
class Solution:
    """The weights that follow from judgements."""

    shares: Mapping[Method, Shares]
    consistency: Consistency


@dataclass(frozen=True, slots=True)
class Mending:
    """A judgement that does not fit the others, and what it would have to be."""

    pair: Pair
    stated: Fraction
    agreeing: Fraction
    """What the other judgements make of it."""
    nearest: Fraction
    """The nearest judgement on the scale."""
    ratio_then: Decimal
    """The consistency ratio with that judgement in its place."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What follows from the judgements of one judge."""

    voice: Voice
    solution: Solution
    mendings: tuple[Mending, ...]
    """The judgements that are worth another look, the one that mends most first."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A pair of which several judges speak."""

    pair: Pair
    said: tuple[tuple[Voice, Fraction], ...]
    """What each judge says, the highest first."""

    @property
    def spread(self) -> Fraction:
        """How many times the highest judgement is the lowest."""
        return self.said[0][1] / self.said[-1][1]

    @property
    def clashes(self) -> bool:
        """Whether one judge finds the first weightier, and another the second."""
        return self.said[0][1] > 1 > self.said[-1][1]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weights of one group."""

    group: Group
    opinions: tuple[Opinion, ...]
    joint: Solution
    """What follows from the mean judgements of all judges."""
    mean: Mapping[Method, Shares]
    """The means of what follows from the judgements of each."""
    disagreements: tuple[Disagreement, ...]
    """Pairs of which several judges speak: clashes first, then by their spread."""

    def shares(self, method: Method, joining: Joining) -> Shares:
        """Give the weights that are chosen."""
        return self.joint.shares[method] if joining == "judgements" else self.mean[method]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of every group that is compared, and which of them are chosen."""

    questionnaire: Questionnaire
    groups: tuple[Weighed, ...]
    method: Method = "eigenvector"
    joining: Joining = "judgements"
    within: Fraction = Fraction(1, 1000)
    """By which part the quotient of two weights may be off, once they are rounded."""

    def shares(self, weighed: Weighed) -> Shares:
        """Give the chosen weights of a group, exactly."""
        return weighed.shares(self.method, self.joining)

    def weights(self, weighed: Weighed) -> tuple[Decimal, ...]:
        """Give the chosen weights of a group in percent, rounded."""
        return rounded(self.shares(weighed), self.within)


def weigh(questionnaire: Questionnaire, file: ComparisonFile) -> tuple[Weighed, ...]:
    """Find the weights of every group that a sound file speaks of."""
    return tuple(_weighed(group, voices(file, group)) for group in groups(questionnaire, file))


def _weighed(group: Group, heard: Sequence[Voice]) -> Weighed:
    size = len(group.parts)
    opinions = tuple(_opinion(size, voice) for voice in heard)
    counted = [opinion for opinion in opinions if opinion.voice.weight]
    return Weighed(
        group,
        opinions,
        _joint(size, counted),
        {
            method: mean_shares([(o.voice.weight, o.solution.shares[method]) for o in counted])
            for method in METHODS
        },
        _disagreements(heard),
    )


def _joint(size: int, counted: Sequence[Opinion]) -> Solution:
    """Solve the mean judgements, in which each judge counts on every pair that anybody judged."""
    judged = {pair for opinion in counted for pair in opinion.voice.ratios}
    eigenvector, geometric = (
        solve(
            size,
            mean_judgements(
                [
                    (
                        opinion.voice.weight,
                        _filled(opinion, judged, opinion.solution.shares[method]),
                    )
                    for opinion in counted
                ]
            ),
        )
        for method in METHODS
    )
    return Solution(
        {
            "eigenvector": eigenvector.shares["eigenvector"],
            "geometric": geometric.shares["geometric"],
        },
        eigenvector.consistency,
    )


def _filled(opinion: Opinion, judged: Iterable[Pair], shares: Shares) -> dict[Pair, Fraction]:
    """Take for pairs that a judge left out what the others make of them."""
    stated = opinion.voice.ratios
    return {pair: stated.get(pair) or shares[pair[0]] / shares[pair[1]] for pair in judged}


def _opinion(size: int, voice: Voice) -> Opinion:
    solution = solve(size, voice.ratios)
    return Opinion(voice, solution, mendings(size, voice.ratios, solution))


def _ratio(index: Fraction, random: Fraction) -> Decimal | None:
    return half_up(index / random, 3) if random else None


# From judgements to weights


def solve(size: int, ratios: Mapping[Pair, Fraction]) -> Solution:
    """Find the weights of parts that the judgements link, and how well these agree."""
    matrix = _matrix(size, ratios)
    root, vector = _principal(matrix)
    geometric = _least_squares(matrix)
    return Solution(
        {"eigenvector": _settled(vector), "geometric": _settled(geometric)},
        _consistency(size, ratios, root, geometric),
    )


def _matrix(size: int, ratios: Mapping[Pair, Fraction]) -> _Matrix:
    """Write judgements as a matrix; a missing one is 0, and counts once on the diagonal (Harker 1987).

    The eigenvector is then that of the matrix in which quotients of weights stand for what is missing. Its
    eigenvalue is never below the least that any completion has, so no inconsistency is understated.
    """
    matrix = np.zeros((size, size))
    for (first, second), ratio in ratios.items():
        value = float(ratio)
        matrix[first, second], matrix[second, first] = value, 1 / value
    np.fill_diagonal(matrix, size - np.count_nonzero(matrix, axis=1))
    return matrix


def _principal(matrix: _Matrix) -> tuple[float, _Matrix]:
    """Find the largest eigenvalue and its vector, and make sure that they are one another's."""
    roots, vectors = np.linalg.eig(matrix)
    largest = int(roots.real.argmax())
    vector = np.abs(vectors[:, largest].real)
    vector /= vector.sum()
    root = float(roots[largest].real)
    if np.abs(matrix @ vector - root * vector).max() > _RESIDUAL * root:
        message = "the principal eigenvector was not found"
        raise ArithmeticError(message)
    return root, vector


def _least_squares(matrix: _Matrix) -> _Matrix:
    """Find the weights whose quotients are nearest to the judgements, by squares of logarithms."""
    judged = matrix > 0
    np.fill_diagonal(judged, val=False)
    sums = np.log(matrix, out=np.zeros_like(matrix), where=judged).sum(axis=1)
    # The sum of the logarithms of the weights is free; the constant sets it to 0.
    links = np.diag(judged.sum(axis=1)) - judged + 1 / len(matrix)
    weights = np.exp(np.linalg.solve(links, sums))
    return np.asarray(weights / weights.sum())


def _settled(values: Iterable[float]) -> Shares:
    """Keep the digits that do not depend on the machine."""
    return tuple(_exact(value) for value in values)


def _exact(value: float) -> Fraction:
    return Fraction(f"{value:.{_DIGITS}g}")


def _consistency(
    size: int, ratios: Mapping[Pair, Fraction], root: float, geometric: _Matrix
) -> Consistency:
    possible = size * (size - 1) // 2
    index = _index(size, root)
    limit = None
    deviation = None
    if size >= SMALLEST_TRIANGLE and len(ratios) == possible:
        limit = GEOMETRIC_LIMITS.get(size, GEOMETRIC_LIMIT)
        deviation = _geometric_index(size, ratios, geometric)
    return Consistency(
        len(ratios),
        possible,
        size + index * (size - 1),
        index,
        random_index(size, possible - len(ratios)),
        deviation,
        limit,
    )


def _index(size: int, root: float) -> Fraction:
    """Measure inconsistency; what lies below that of judgements that agree is a matter of digits."""
    return max(_exact(root) - size, Fraction(0)) / max(size - 1, 1)


def random_index(size: int, missing: int = 0) -> Fraction:
    """Give the mean consistency index of random judgements of which some are missing."""
    triangles = (size - 1) * (size - 2)
    if not triangles:
        return Fraction(0)
    return RANDOM_INDICES[size] * max(Fraction(0), 1 - Fraction(2 * missing, triangles))


def _geometric_index(size: int, ratios: Mapping[Pair, Fraction], geometric: _Matrix) -> Fraction:
    squares = sum(
        math.log(float(ratio) * geometric[second] / geometric[first]) ** 2
        for (first, second), ratio in ratios.items()
    )
    return _exact(2 * squares / ((size - 1) * (size - 2)))


# Judgements that do not fit


def mendings(size: int, ratios: Mapping[Pair, Fraction], solution: Solution) -> tuple[Mending, ...]:
    """Find the judgements whose mending brings the consistency ratio down most.

    What the others make of a judgement is the quotient of the weights that follow without it (Harker 1987).
    """
    ratio = solution.consistency.ratio
    if not ratio:
        return ()
    weights = solution.shares["eigenvector"]

    def deviation(pair: Pair) -> float:
        return abs(math.log(ratios[pair] * weights[pair[1]] / weights[pair[0]]))

    suspects = sorted(ratios, key=lambda pair: (-round(deviation(pair), 9), pair))[:_MOST_TRIED]
    tried = [_mending(size, ratios, pair) for pair in suspects]
    found = [mending for mending in tried if mending is not None and mending.ratio_then < ratio]
    return tuple(sorted(found, key=lambda mending: mending.ratio_then)[:MOST_MENDINGS])


def _mending(size: int, ratios: Mapping[Pair, Fraction], pair: Pair) -> Mending | None:
    """See what a judgement would have to be; None where no others tell, or where it agrees already."""
    others = {other: ratio for other, ratio in ratios.items() if other != pair}
    if len(linked(others, size)) < size:
        return None
    _, weights = _principal(_matrix(size, others))
    agreeing = _exact(weights[pair[0]] / weights[pair[1]])
    nearest = min(SCALE, key=lambda step: round(abs(math.log(step / agreeing)), 9))
    if nearest == ratios[pair]:
        return None
    mended, _ = _principal(_matrix(size, others | {pair: nearest}))
    missing = size * (size - 1) // 2 - len(ratios)
    then = _ratio(_index(size, mended), random_index(size, missing))
    if then is None:
        return None
    return Mending(pair, ratios[pair], agreeing, nearest, then)


# Several judges


def mean_judgements(
    heard: Sequence[tuple[Decimal, Mapping[Pair, Fraction]]],
) -> dict[Pair, Fraction]:
    """Join the judgements of several judges on the same pairs by their weighted geometric mean."""
    found = {}
    for pair in sorted(heard[0][1]):
        said = [(weight, ratios[pair]) for weight, ratios in heard]
        alike = {ratio for _, ratio in said}
        found[pair] = alike.pop() if len(alike) == 1 else _geometric_mean(said)
    return found


def _geometric_mean(said: Sequence[tuple[Decimal, Fraction]]) -> Fraction:
    total = float(sum(weight for weight, _ in said))
    mean = sum(float(weight) / total * math.log(value) for weight, value in said)
    return _exact(math.exp(mean))


def mean_shares(heard: Sequence[tuple[Decimal, Shares]]) -> Shares:
    """Join weights by their weighted geometric mean."""
    size = len(heard[0][1])
    means = [
        _geometric_mean([(weight, shares[k]) for weight, shares in heard]) for k in range(size)
    ]
    return tuple(_exact(float(mean / sum(means))) for mean in means)


def distance(one: Shares, other: Shares) -> Fraction:
    """Measure how much weight (0 to 1) would have to move for two judges to agree."""
    return sum((abs(a - b) for a, b in zip(one, other, strict=True)), Fraction(0)) / 2


def _disagreements(heard: Sequence[Voice]) -> tuple[Disagreement, ...]:
    found = []
    for pair in sorted({pair for voice in heard for pair in voice.ratios}):
        said = [(voice, voice.ratios[pair]) for voice in heard if pair in voice.ratios]
        if len({ratio for _, ratio in said}) > 1:
            found.append(Disagreement(pair, tuple(sorted(said, key=lambda entry: -entry[1]))))
    return tuple(sorted(found, key=lambda entry: (not entry.clashes, -entry.spread, entry.pair)))


# Weights as they are written down


def rounded(shares: Shares, within: Fraction) -> tuple[Decimal, ...]:
    """Write weights in percent, with the fewest digits that keep each quotient of two as exact as asked."""
    places = 0
    while True:
        found = tuple(half_up(100 * share, places) for share in shares)
        if all(found) and imprecision(found, shares) <= within:
            return found
        places += 1


def imprecision(weights: Sequence[Decimal], shares: Shares) -> Fraction:
    """Measure by which part the quotient of two rounded weights is off at most."""
    errors = [Fraction(weight) / share for weight, share in zip(weights, shares, strict=True)]
    return max(errors) / min(errors) - 1


def changed(group: Group, weights: Sequence[Decimal]) -> dict[str, Decimal]:
    """Tell which weights of a group have to be written down for its parts to weigh as is asked."""
    pairs = combinations(zip(group.parts, weights, strict=True), 2)
    if all(one.weight * second == other.weight * first for (one, first), (other, second) in pairs):
        return {}
    return {
        part.id: weight
        for part, weight in zip(group.parts, weights, strict=True)
        if part.weight != weight
    }
