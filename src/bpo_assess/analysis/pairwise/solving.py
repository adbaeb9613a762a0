"""From judgements to weights: the principal eigenvector, and the least squares of logarithms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bpo_assess.analysis.judges import Pair
from bpo_assess.analysis.pairwise.consistency import Consistency, consistency_of
from bpo_assess.analysis.pairwise.figures import Shares, exact

Method = Literal["eigenvector", "geometric"]
"""How weights follow from judgements."""

METHODS: tuple[Method, ...] = ("eigenvector", "geometric")

_RESIDUAL = 1e-9

_Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Solution:
    """The weights that follow from judgements."""

    shares: Mapping[Method, Shares]
    consistency: Consistency


def solve(size: int, ratios: Mapping[Pair, Fraction]) -> Solution:
    """Find the weights of parts that the judgements link, and how well these agree."""
    matrix = _matrix(size, ratios)
    root, vector = _principal(matrix)
    geometric = _least_squares(matrix)
    return Solution(
        {"eigenvector": _settled(vector), "geometric": _settled(geometric)},
        consistency_of(size, ratios, root, geometric.tolist()),
    )


def eigen(size: int, ratios: Mapping[Pair, Fraction]) -> tuple[float, list[float]]:
    """Find the principal eigenvalue and its vector, whose sum is 1."""
    root, vector = _principal(_matrix(size, ratios))
    return root, vector.tolist()


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
    return tuple(exact(value) for value in values)
