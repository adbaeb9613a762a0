"""Every weighting at once: how often each verdict comes out when weights are drawn at random.

Stochastic multicriteria acceptability analysis (Lahdelma and Salminen, Operations Research 49, 2001):
weights are drawn from a distribution, the answers stay, and the share of draws for a verdict is its
acceptability; the mean of the weights that give it are its central weights. The hierarchy is drawn as
the method has it: the dimensions of an axis, and the questions of a dimension, each from a simplex of
their own. The drivers of risks stay as stated unless they are asked for, and a weight that is stated as
nought stays nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bpo_assess.analysis.sensitivity.drawing import UNITS, Draws, Sampling, draw
from bpo_assess.analysis.sensitivity.interval import Interval, wilson
from bpo_assess.analysis.sensitivity.judging import ranks
from bpo_assess.analysis.sensitivity.weighing import Weights, stated_weights, weigh
from bpo_assess.assessment.standing import Outlook
from bpo_assess.model.decision import UNDETERMINED

__all__ = [
    "Acceptabilities",
    "Acceptability",
    "Interval",
    "acceptability",
    "counts_of_many",
    "wilson",
]


@dataclass(frozen=True, slots=True)
class Acceptability:
    """How often a verdict comes out, and the weights that speak for it."""

    verdict: str
    count: int
    share: Interval
    """The share of draws, 0-1."""
    central: Weights = field(default_factory=dict)
    """The mean of the weights that give the verdict, each group adding up to 1; empty if none does."""
    confirmed: bool | None = None
    """Whether the central weights themselves give the verdict; None where there are none."""


@dataclass(frozen=True, slots=True)
class Acceptabilities:
    """What a sampling of weights says about one process."""

    sampling: Sampling
    verdicts: tuple[Acceptability, ...]
    """Every verdict of the method, least favourable first, then `undetermined` if a draw gives it."""


def acceptability(outlook: Outlook, sampling: Sampling) -> Acceptabilities:
    """Draw weights and tell how often each verdict of one process comes out, and under which weights."""
    weighing = weigh(outlook)
    draws = draw(weighing.weights, sampling)
    found = np.concatenate([row[0] for _, row in ranks([outlook], draws)])
    ids = (*weighing.verdicts, UNDETERMINED)
    counts = np.bincount(found, minlength=len(ids))
    verdicts = []
    for place, (key, count) in enumerate(zip(ids, map(int, counts), strict=True)):
        if key == UNDETERMINED and not count:
            continue
        central = _central(draws, found == place, count) if count else {}
        confirmed = weighing.verdict({**weighing.weights, **central}) == key if count else None
        share = wilson(count, sampling.draws)
        verdicts.append(Acceptability(key, count, share, central, confirmed))
    return Acceptabilities(sampling, tuple(verdicts))


def _central(draws: Draws, chosen: NDArray[np.bool_], count: int) -> Weights:
    """Take the mean of the chosen draws, exactly."""
    found = {}
    for group in draws.drawn:
        totals = draws.units[group][:, chosen].sum(axis=1)
        own = {
            key: Fraction(int(total), count * UNITS)
            for key, total in zip(draws.members[group], totals, strict=True)
        }
        found[group] = {key: own.get(key, Fraction()) for key in draws.stated[group]}
    return found


def counts_of_many(outlooks: Sequence[Outlook], sampling: Sampling) -> NDArray[np.int64]:
    """Count the verdicts of many processes under the same draws: a row each, `undetermined` last.

    All of them are judged by one method.
    """
    questionnaire = outlooks[0].method.questionnaire
    places = len(questionnaire.decision.verdicts) + 1
    counts = np.zeros((len(outlooks), places), dtype=np.int64)
    draws = draw(stated_weights(questionnaire), sampling)
    for first, found in ranks(outlooks, draws):
        rows = counts[first : first + len(found)]
        rest = np.full(len(found), found.shape[1])
        for place in (*range(places - 2), places - 1):
            if place < places - 1 or found.max() == place:
                own = _true(found == place)
                rows[:, place] += own
                rest -= own
        rows[:, places - 2] += rest
    return counts


_LANES = 8
"""Truths that are added up at a time, one in each byte of a word."""

_MOST = 255
"""What one byte can count to."""


def _true(truth: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count what is true in each row, eight truths at a time where they fill whole words."""
    rows, columns = truth.shape
    if columns % _LANES or columns > _LANES * _MOST:
        return np.asarray(np.count_nonzero(truth, axis=1))
    words = truth.view(np.uint64).sum(axis=1, dtype=np.uint64)
    return np.asarray(words.view(np.uint8).reshape(rows, _LANES).sum(axis=1, dtype=np.int64))
