"""The figures of a report as shapes: where points, boxes and bars lie, before any drawing.

Lengths are in units of the drawing. Every chart carries the sentence that says what it shows, for those who
cannot see it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.scoring import AxisScore, DimensionScore
from bpo_assess.model.decision import IndexCondition, simple_conditions
from bpo_assess.reports import wording

SIDE = 320
"""Length of the sides of the quadrant."""

BAR = 460
"""Length of the longest bar."""

_THINNEST = 3
"""The least side of a box that can be seen."""

_CROWDED = 9
"""Points between two marks of a scale below which their labels would touch."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a scale: its place, its label, and whether the decision draws a limit there."""

    at: float
    label: str
    limit: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Quadrant:
    """Where the process lies on two axes, and where it could lie once everything is known."""

    across: str
    up: str
    marks_across: tuple[Mark, ...]
    marks_up: tuple[Mark, ...]
    point: tuple[float, float] | None
    box: Box
    clear: Box
    """Where no limit of the decision on either axis holds."""
    says: str


def quadrant(assessment: Assessment) -> Quadrant | None:
    """Lay out the first axis across and the second upward; None for a method without exactly two."""
    axes = assessment.scorecard.axes
    if len(axes) != 2:  # noqa: PLR2004  a quadrant has two sides
        return None
    across, up = axes
    if None in {across.index.low, across.index.high, up.index.low, up.index.high}:
        return None
    limits_across, limits_up = (_limits(assessment, score.axis.id) for score in axes)
    left, right = _across(across.index.low), _across(across.index.high)
    bottom, top = _up(up.index.low), _up(up.index.high)
    known = across.index.value is not None and up.index.value is not None
    clear_from, clear_above = max(limits_across, default=0), max(limits_up, default=0)
    return Quadrant(
        across=across.axis.title,
        up=up.axis.title,
        marks_across=tuple(_marks(limits_across, _across)),
        marks_up=tuple(_marks(limits_up, _up)),
        point=(_across(across.index.value), _up(up.index.value)) if known else None,
        box=_visible(Box(left, top, right - left, bottom - top)),
        clear=Box(_across(clear_from), 0, SIDE - _across(clear_from), _up(clear_above)),
        says=f"{_place(across)}; {_place(up)}.",
    )


def _visible(box: Box) -> Box:
    """Keep a box that is open in one direction only from vanishing: nothing is drawn of no height."""
    if not (box.width or box.height):
        return box
    return Box(box.x, box.y, max(box.width, _THINNEST), max(box.height, _THINNEST))


def _place(score: AxisScore) -> str:
    index = score.index
    value = wording.points(index.value) if index.value is not None else "not known"
    between = wording.span(index)
    return f"{score.axis.title}: {value} of 100" + (f", between {between}" if between else "")


def _limits(assessment: Assessment, axis: str) -> list[Decimal]:
    """Collect the points below which a condition on an axis holds a verdict."""
    found = {
        simple.below
        for verdict in assessment.questionnaire.decision.verdicts
        for condition in verdict.held_by
        for simple in simple_conditions(condition)
        if isinstance(simple, IndexCondition) and simple.axis == axis and simple.below is not None
    }
    return sorted(found)


def _marks(limits: Iterable[Decimal], place: Callable[[Decimal], float]) -> Iterable[Mark]:
    """Mark the limits, and the ends of the scale where there is room for them."""
    kept = [(limit, True) for limit in limits]
    for end in (Decimal(0), Decimal(100)):
        if all(abs(end - limit) >= _CROWDED for limit, _ in kept):
            kept.append((end, False))
    for limit, drawn in sorted(kept):
        yield Mark(place(limit), f"{limit:f}", drawn)


def _across(value: Decimal | int | None) -> float:
    return round(float(value or 0) / 100 * SIDE, 1)


def _up(value: Decimal | int | None) -> float:
    return round(SIDE - float(value or 0) / 100 * SIDE, 1)


@dataclass(frozen=True, slots=True)
class DimensionBar:
    """What a dimension adds to the candidacy and what it keeps from it."""

    title: str
    added: str
    kept: str
    added_length: float
    kept_length: float


@dataclass(frozen=True, slots=True)
class Contributions:
    """The bars of all dimensions, in the order of the method."""

    bars: tuple[DimensionBar, ...]
    says: str


def contributions(assessment: Assessment) -> Contributions | None:
    """Lay out what every dimension adds to the candidacy; None where there is none."""
    if assessment.scorecard.exact_candidacy is None:
        return None
    sums = [
        (part, _sum(part, added=True), _sum(part, added=False))
        for part in assessment.scorecard.dimensions
    ]
    counting = [entry for entry in sums if entry[1] + entry[2]]
    longest = max((added + kept for _, added, kept in counting), default=Fraction(1))
    bars = tuple(
        DimensionBar(
            part.dimension.title,
            wording.two_places(added),
            wording.two_places(kept),
            round(float(added / longest) * BAR, 1),
            round(float(kept / longest) * BAR, 1),
        )
        for part, added, kept in counting
    )
    said = (f"{bar.title} adds {bar.added} and keeps back {bar.kept}" for bar in bars)
    return Contributions(bars, f"{'; '.join(said)}.")


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of a bar: where it begins, how long it is, what it stands for."""

    x: float
    width: float
    kind: Literal["down", "up", "open"]
    """A worse answer, a better one, or any answer to an open question."""
    step: bool
    """Whether it is one level away, rather than the end of the levels."""


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """What one answer can do to the candidacy."""

    title: str
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Tornado:
    """What each answer can do to the candidacy, the longest bar first."""

    bars: tuple[TornadoBar, ...]
    low: str
    high: str
    now: float | None
    """Where the candidacy stands."""
    says: str


def _sum(part: DimensionScore, *, added: bool) -> Fraction:
    values = (score.contribution if added else score.forgone for score in part.questions)
    return sum((value for value in values if value is not None), Fraction())
