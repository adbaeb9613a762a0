"""Verdict shares and ranks of many processes under many drawn weights, against what else could be done.

Against one product of matrices of that size, the least that any method has to compute; and against a
loop over the weightings with the libraries that people would use for it. All on one thread of a process
of its own; drawing and judging are included, reading is not. Loops are timed over a few weightings.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
import skcriteria
from numpy.typing import NDArray
from pymcdm.methods import WSM
from skcriteria.agg.simple import WeightedSumModel

from bpo_assess.analysis.sensitivity.drawing import Distribution, Sampling
from bpo_assess.analysis.sensitivity.ranking import counts_of_ranks
from bpo_assess.analysis.sensitivity.stochastic import counts_of_many
from bpo_assess.assessment.answers import resolve
from bpo_assess.assessment.cases import described
from bpo_assess.assessment.method import prepare
from bpo_assess.assessment.standing import Outlook, stand
from bpo_assess.loading.read import read_questionnaire
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Questionnaire

PROCESSES, WEIGHTS, DRAWS = 1000, 60, 10_000
PAIRS = 7
LOOPED = 40
"""Weightings that a loop is timed over."""

UNIFORM = Sampling(Distribution.UNIFORM, draws=DRAWS)

Row = tuple[str, float, str]
Matrix = NDArray[np.float64]


def rows() -> Iterator[Row]:
    """Measure in a process that multiplies on one thread, and give names, ratios and what they divide by."""
    single = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    found = subprocess.run(
        [sys.executable, "-W", "ignore", __file__],
        env={**os.environ, **single},
        check=True,
        capture_output=True,
        text=True,
    )
    for line in found.stdout.splitlines():
        name, ratio, of = line.split("\t")
        yield name, float(ratio), of


def main() -> None:
    """Print the ratios, for processes of which little or more is decided by answers alone."""
    questionnaire = read_questionnaire("readiness").questionnaire
    product = f"a product {DRAWS} x {WEIGHTS} x {PROCESSES}"
    for least in (1, 2):
        outlooks = _outlooks(questionnaire, least)
        name = f"verdict shares, {PROCESSES} processes, levels {least} to {MAX_LEVEL}"
        print(name, _over_product(lambda o=outlooks: counts_of_many(o, UNIFORM)), product, sep="\t")  # type: ignore[misc]
    ranks = _over_product(lambda: counts_of_ranks(outlooks, UNIFORM))
    print(f"full ranks of {PROCESSES} processes", ranks, product, sep="\t")
    ours = statistics.median(_cpu(lambda: counts_of_ranks(outlooks, UNIFORM)) for _ in range(PAIRS))
    levels = np.random.default_rng(1).integers(1, MAX_LEVEL + 1, (PROCESSES, WEIGHTS)).astype(float)
    for library, rank in (("pymcdm", _pymcdm()), ("scikit-criteria", _scikit_criteria())):
        loop = _looped(rank, levels) / ours
        print(f"the same ranks by a loop over {library}", loop, "full ranks here", sep="\t")


def _over_product(work: Callable[[], object]) -> float:
    left, right = np.ones((DRAWS, WEIGHTS)), np.ones((WEIGHTS, PROCESSES))
    pairs = [(_cpu(work), _cpu(lambda: left @ right)) for _ in range(PAIRS)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def _outlooks(questionnaire: Questionnaire, least: int) -> list[Outlook]:
    """Answer every question at random, from one level up."""
    chance = random.Random(least)  # noqa: S311 - nothing is kept secret
    method = prepare(questionnaire)
    found = []
    for _ in range(PROCESSES):
        levels = {key: chance.randint(least, MAX_LEVEL) for key in questionnaire.questions}
        process = described(levels, proven=True)
        found.append(stand(method, process, resolve(questionnaire, process, None, {})))
    return found


Rank = Callable[[Matrix, Matrix], object]
"""Ranks alternatives, given their values and one weighting."""


def _pymcdm() -> Rank:
    method, benefits = WSM(), np.ones(WEIGHTS)
    return lambda values, weights: method.rank(method(values, weights, benefits))


def _scikit_criteria() -> Rank:
    method, benefits = WeightedSumModel(), [max] * WEIGHTS
    return lambda values, weights: (
        method.evaluate(skcriteria.mkdm(values, benefits, weights=weights)).rank_
    )


def _looped(rank: Rank, values: Matrix) -> float:
    """Time a loop over some weightings, and reckon what all of them would take."""
    weights = np.random.default_rng(2).dirichlet(np.ones(WEIGHTS), LOOPED)
    rank(values, weights[0])
    return _cpu(lambda: [rank(values, one) for one in weights]) * DRAWS / LOOPED


def _cpu(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
