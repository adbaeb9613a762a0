"""Verdict shares of many processes under many drawn weights, against one product of matrices of that size.

Both sides run on one thread of a process of their own; drawing and judging are included, reading is not.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from bpo_assess.analysis.sensitivity.drawing import Distribution, Sampling
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
UNIFORM = Sampling(Distribution.UNIFORM, draws=DRAWS)

Row = tuple[str, float, str]


def rows() -> Iterator[Row]:
    """Measure in a process that multiplies on one thread, and give names, ratios and what they divide by."""
    single = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    found = subprocess.run(
        [sys.executable, __file__],
        env={**os.environ, **single},
        check=True,
        capture_output=True,
        text=True,
    )
    for line in found.stdout.splitlines():
        least, ratio = line.split()
        name = f"verdict shares, {PROCESSES} processes, levels {least} to {MAX_LEVEL}"
        yield name, float(ratio), f"a product {DRAWS} x {WEIGHTS} x {PROCESSES}"


def main() -> None:
    """Print the ratio for processes of which little or more is decided by answers alone."""
    questionnaire = read_questionnaire("readiness").questionnaire
    left, right = np.ones((DRAWS, WEIGHTS)), np.ones((WEIGHTS, PROCESSES))
    for least in (1, 2):
        outlooks = _outlooks(questionnaire, least)
        pairs = [
            (_cpu(lambda o=outlooks: counts_of_many(o, UNIFORM)), _cpu(lambda: left @ right))
            for _ in range(PAIRS)
        ]
        ratio = statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)
        print(least, ratio)


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


def _cpu(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
