"""How many points of the candidacy each answer that moved has made, exactly."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from bpo_assess.assessment.answers import Responses
from bpo_assess.assessment.method import Method, prepare
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.standing import POINTS_PER_LEVEL

MOST_ANSWERS = 500
"""How many answers may have moved for each to be given its points."""


def points_of(
    keys: Sequence[str], then: Assessment, now: Assessment
) -> Mapping[str, Fraction | None]:
    """Share the change of the candidacy out among the answers that moved, exactly.

    They are changed one after the other, from the first to the last and from the last to the first; an
    answer's points are the mean of its two steps. Where every answer is known at both ends, the order
    makes no difference. Between two figures, a stretch in which there is none is shared out evenly.
    """
    ends = then.scorecard.exact_candidacy, now.scorecard.exact_candidacy
    if None in ends or len(keys) > MOST_ANSWERS:
        return dict.fromkeys(keys)
    method = prepare(now.questionnaire)
    onward = _steps(method, keys, then.responses, now.responses)
    back = _steps(method, keys[::-1], then.responses, now.responses)[::-1]
    return {key: (one + other) / 2 for key, one, other in zip(keys, onward, back, strict=True)}


def _steps(method: Method, keys: Sequence[str], then: Responses, now: Responses) -> list[Fraction]:
    ledger = _Ledger(method, then)
    values = [ledger.candidacy]
    for key in keys:
        ledger.enter(key, now[key].level)
        values.append(ledger.candidacy)
    return [after - before for before, after in pairwise(_bridged(values))]


def _bridged(values: Sequence[Fraction | None]) -> list[Fraction]:
    """Fill stretches without a value evenly; the first and the last have one."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    filled = [value for _, value in known[:1]]
    for (start, before), (end, after) in pairwise(known):
        step = (after - before) / (end - start)
        filled += [before + step * count for count in range(1, end - start + 1)]
    return filled


class _Ledger:
    """The candidacy as answers change one by one: a weighted mean of weighted means, axis by axis."""

    def __init__(self, method: Method, responses: Responses) -> None:
        self._levels: dict[str, int | None] = {}
        self._weights = {
            key: (axis.id, part.id, weight)
            for axis in method.axes
            for part in axis.dimensions
            for key, weight in part.questions
        }
        self._parts = {a.id: {d.id: d.weight for d in a.dimensions} for a in method.axes}
        self._sums = {(a.id, d.id): (0, 0) for a in method.axes for d in a.dimensions}
        self._axes: dict[str, Fraction | None] = {}
        for key, response in responses.items():
            self._enter(key, response.level)
        for axis in self._parts:
            self._axes[axis] = self._mean(axis)

    def enter(self, key: str, level: int | None) -> None:
        """Put another level in the place of the one that a question had."""
        if key in self._weights:
            self._enter(key, level)
            axis, _, _ = self._weights[key]
            self._axes[axis] = self._mean(axis)

    def _enter(self, key: str, level: int | None) -> None:
        if key not in self._weights:
            return
        axis, part, weight = self._weights[key]
        value, total = self._sums[axis, part]
        for sign, each in ((-1, self._levels.get(key)), (1, level)):
            if each is not None:
                value, total = value + sign * weight * each, total + sign * weight
        self._sums[axis, part] = value, total
        self._levels[key] = level

    def _mean(self, axis: str) -> Fraction | None:
        known = [
            (weight, Fraction(value, total))
            for part, weight in self._parts[axis].items()
            for value, total in [self._sums[axis, part]]
            if total
        ]
        whole = sum(weight for weight, _ in known)
        if not whole:
            return None
        return POINTS_PER_LEVEL * sum((w * mean for w, mean in known), Fraction()) / whole

    @property
    def candidacy(self) -> Fraction | None:
        """The mean of the axes; None where one of them has no value."""
        values = [value for value in self._axes.values() if value is not None]
        return sum(values, Fraction()) / len(values) if len(values) == len(self._axes) else None
