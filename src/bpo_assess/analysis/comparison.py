"""What moved between two assessments, by how many points, and which changes moved the verdict.

Where the two were judged by different methods, OLD is judged again by NEW's: what that alone changes is the
part of the method, the rest is the part of the answers and facts, and the two add up exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from bpo_assess.analysis.cause import Cause, Mixture, cause_of, more_favourable, order_of
from bpo_assess.analysis.fact_changes import MovedEntry, MovedMeasure, moved_entries, moved_measures
from bpo_assess.analysis.rescoring import rescore
from bpo_assess.assessment.answers import Response, Responses
from bpo_assess.assessment.changes import Change, changes
from bpo_assess.assessment.method import Method, prepare
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import RiskAssessment, StatedControl
from bpo_assess.assessment.scoring import Index, Scorecard
from bpo_assess.assessment.standing import POINTS_PER_LEVEL
from bpo_assess.assessment.verdict import Reason
from bpo_assess.model.process import ControlStatus
from bpo_assess.model.risk import Control

MOST_ANSWERS = 500
"""How many answers may have moved for each to be given its points."""


@dataclass(frozen=True, slots=True)
class MovedIndex:
    """An index then and now, as printed; None where it was not known or did not exist."""

    id: str
    title: str
    then: Decimal | None
    now: Decimal | None

    @property
    def points(self) -> Decimal | None:
        """The difference of what is printed."""
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True, slots=True)
class MovedAxis:
    """An axis then and now, with its dimensions."""

    index: MovedIndex
    dimensions: tuple[MovedIndex, ...]


@dataclass(frozen=True, slots=True)
class MovedAnswer:
    """What counted for one question then and now, both by NEW's method."""

    then: Response
    now: Response
    points: Fraction | None
    """Points of candidacy gained or lost, exactly; None where there is no candidacy at one of the ends."""


@dataclass(frozen=True, slots=True)
class MovedRisk:
    """A risk whose residual level, likelihood or impact moved; None where a method does not know it."""

    then: RiskAssessment | None
    now: RiskAssessment | None


class Worth(StrEnum):
    """What a control was worth."""

    ABSENT = "not stated"
    PLANNED = "planned"
    UNPROVEN = "in place without evidence"
    COUNTS = "in place with evidence"


@dataclass(frozen=True, slots=True)
class MovedControl:
    """A control of NEW's method of which something else is stated now."""

    control: Control
    then: Worth
    now: Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that moved from one assessment to another."""

    then: Assessment
    now: Assessment
    rescored: Assessment
    """OLD by NEW's method; OLD itself where the method is the same."""
    method_changes: tuple[Change, ...]
    candidacy: MovedIndex
    axes: tuple[MovedAxis, ...]
    answers: tuple[MovedAnswer, ...]
    """Those that gained or lost most first."""
    measures: tuple[MovedMeasure, ...]
    entries: tuple[MovedEntry, ...]
    risks: tuple[MovedRisk, ...]
    controls: tuple[MovedControl, ...]
    came: tuple[Reason, ...]
    """Reasons that hold now and did not then."""
    went: tuple[Reason, ...]
    cause: Cause | None
    """None where the verdict is the same."""

    @property
    def same_method(self) -> bool:
        """Whether both were judged by the same method."""
        return self.rescored is self.then

    @property
    def verdict_moved(self) -> bool:
        """Whether the verdict is another."""
        return self.then.ruling.id != self.now.ruling.id

    @property
    def nothing_moved(self) -> bool:
        """Whether the two say the same in everything that is compared."""
        moved = (self.answers, self.measures, self.entries, self.risks, self.controls)
        return self.same_method and not any((*moved, self.came, self.went, self.verdict_moved))

    @property
    def by_method(self) -> Fraction | None:
        """Points of candidacy that the change of the method alone made, exactly."""
        return _minus(self.rescored.scorecard, self.then.scorecard)

    @property
    def by_answers(self) -> Fraction | None:
        """Points of candidacy that the answers and facts made, by NEW's method, exactly."""
        return _minus(self.now.scorecard, self.rescored.scorecard)


def _minus(now: Scorecard, then: Scorecard) -> Fraction | None:
    if now.exact_candidacy is None or then.exact_candidacy is None:
        return None
    return now.exact_candidacy - then.exact_candidacy


def compare(then: Assessment, now: Assessment) -> Comparison:
    """Compare an assessment with a later one, each by its own method."""
    same = then.questionnaire == now.questionnaire
    rescored = then if same else rescore(then, now.questionnaire)
    answers = _moved_answers(rescored, now)
    came, went = _moved_reasons(then, now)
    cards = then.scorecard, now.scorecard
    return Comparison(
        then=then,
        now=now,
        rescored=rescored,
        method_changes=() if same else tuple(changes(then.questionnaire, now.questionnaire)),
        candidacy=_index("candidacy", "Candidacy", *(card.candidacy for card in cards)),
        axes=_moved_axes(*cards),
        answers=answers,
        measures=moved_measures(then, now),
        entries=moved_entries(then.process, now.process),
        risks=_moved_risks(then, now),
        controls=_moved_controls(rescored, now),
        came=came,
        went=went,
        cause=cause_of(Mixture(then, now, rescored, [entry.now.question.id for entry in answers]))
        if then.ruling.id != now.ruling.id
        else None,
    )


# Indices


def _index(key: str, title: str, then: Index | None, now: Index | None) -> MovedIndex:
    return MovedIndex(key, title, then.value if then else None, now.value if now else None)


def _moved_axes(then: Scorecard, now: Scorecard) -> tuple[MovedAxis, ...]:
    """Set every axis and dimension side by side, in NEW's order; those that went come last."""
    titles: dict[str, str] = {}
    homes: dict[str, dict[str, str]] = {}
    for card in (now, then):
        for axis in card.axes:
            titles.setdefault(axis.axis.id, axis.axis.title)
            parts = homes.setdefault(axis.axis.id, {})
            for part in axis.dimensions:
                parts.setdefault(part.dimension.id, part.dimension.title)
    axes = [{axis.axis.id: axis.index for axis in card.axes} for card in (then, now)]
    found = [
        {(a.axis.id, d.dimension.id): d.index for a in card.axes for d in a.dimensions}
        for card in (then, now)
    ]
    return tuple(
        MovedAxis(
            _index(axis, title, *(known.get(axis) for known in axes)),
            tuple(
                _index(key, name, *(known.get((axis, key)) for known in found))
                for key, name in homes[axis].items()
            ),
        )
        for axis, title in titles.items()
    )


# Answers


def _said(response: Response) -> tuple[object, ...]:
    """Take what can move of a response."""
    return (
        response.state,
        response.level,
        response.claimed_level,
        response.fact_level,
        response.origin,
        response.evidenced,
    )


def _moved_answers(then: Assessment, now: Assessment) -> tuple[MovedAnswer, ...]:
    """List the questions for which something else counts, or for another reason, largest first."""
    keys = [k for k in now.responses if _said(then.responses[k]) != _said(now.responses[k])]
    points = points_of(keys, then, now)
    moved = [MovedAnswer(then.responses[k], now.responses[k], points[k]) for k in keys]
    return tuple(sorted(moved, key=lambda entry: -abs(entry.points or Fraction())))


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


# Risks, controls and reasons


def _moved_risks(then: Assessment, now: Assessment) -> tuple[MovedRisk, ...]:
    """List the risks that moved, in NEW's order; those that went come last."""
    before = {risk.risk.id: risk for risk in then.risks}
    after = {risk.risk.id: risk for risk in now.risks}
    return tuple(
        MovedRisk(before.get(key), after.get(key))
        for key in dict.fromkeys([*after, *before])
        if _place(before.get(key)) != _place(after.get(key))
    )


def _place(risk: RiskAssessment | None) -> object:
    if risk is None:
        return None
    known = risk.known
    return known.residual, known.residual_likelihood, known.residual_impact, known.inherent


def _moved_controls(then: Assessment, now: Assessment) -> tuple[MovedControl, ...]:
    before, after = _worths(then), _worths(now)
    return tuple(
        MovedControl(control, before[key][1], worth)
        for key, (control, worth) in after.items()
        if before[key][1] is not worth
    )


def _worths(assessment: Assessment) -> dict[str, tuple[Control, Worth]]:
    return {
        stated.control.id: (stated.control, _worth(stated))
        for risk in assessment.risks
        for stated in risk.controls
    }


def _worth(stated: StatedControl) -> Worth:
    if stated.status is None:
        return Worth.ABSENT
    if stated.status is ControlStatus.PLANNED:
        return Worth.PLANNED
    return Worth.COUNTS if stated.counts else Worth.UNPROVEN


def _moved_reasons(
    then: Assessment, now: Assessment
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    before = {reason.id for reason in then.ruling.reasons}
    after = {reason.id for reason in now.ruling.reasons}
    came = tuple(reason for reason in now.ruling.reasons if reason.id not in before)
    went = tuple(reason for reason in then.ruling.reasons if reason.id not in after)
    return came, went


# Drops


@dataclass(frozen=True, slots=True)
class Drop:
    """What is worse than then, as far as a gate minds it."""

    points: Decimal | None
    """By how many points the candidacy dropped, where that is more than is allowed."""
    lost: bool
    """Whether there was a candidacy then and is none now."""
    verdict: bool
    """Whether the verdict is less favourable, or there was one and is none now."""


def drop(comparison: Comparison, allowed: Decimal) -> Drop | None:
    """Find what is worse: a candidacy lower by more points than allowed, or a less favourable verdict.

    The candidacy is that on what is known, as printed. A verdict is less favourable by what it says about
    outsourcing; two that say the same are compared by their order in NEW's method.
    """
    index = comparison.candidacy
    fallen = -index.points if index.points is not None and -index.points > allowed else None
    lost = index.then is not None and index.now is None
    worse = _is_worse(comparison)
    return Drop(fallen, lost, worse) if fallen is not None or lost or worse else None


def _is_worse(comparison: Comparison) -> bool:
    before, after = comparison.then.ruling.verdict, comparison.now.ruling.verdict
    if before is None or after is None:
        return before is not None
    return more_favourable(before, after, order_of(comparison.now))
