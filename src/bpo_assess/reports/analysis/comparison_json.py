"""What moved between two assessments, for machines: `bpo-assess/comparison/v1`.

Indices run from 0 to 100, levels from 0 to 4, shares from 0 to 1. Differences of indices are those of the
printed figures; what ends in `_exact` is an exact fraction. Null stands where nothing is known.
"""

import json
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from bpo_assess import __version__
from bpo_assess.analysis.cause import Cause, Shift
from bpo_assess.analysis.comparison import Comparison, MovedAnswer, MovedIndex, MovedRisk
from bpo_assess.analysis.fact_changes import MovedEntry, MovedMeasure
from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.measures import Reading, read_off
from bpo_assess.assessment.result import Assessment, Source
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.rounding import half_up
from bpo_assess.assessment.verdict import Reason
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.comparison import shift_text
from bpo_assess.reports.contract import Tool

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

COMPARISON_FORMAT: Final = "bpo-assess/comparison/v1"


class MethodObject(TypedDict):
    """A method."""

    id: str
    """Its id."""
    version: str
    """Its version."""
    sha256: str | None
    """The SHA-256 of its bytes."""


class EndObject(TypedDict):
    """One of the two assessments."""

    process: str
    """The id of the process."""
    name: str
    """Its name."""
    file: str | None
    """The file that was read, with the revision where it is an earlier one."""
    sha256: str | None
    """The SHA-256 of its bytes."""
    questionnaire: MethodObject
    """The method by which it was assessed."""
    verdict: str
    """The id of the verdict."""
    firm: bool
    """Whether no open answer could change it."""
    coverage: float | None
    """The share of the method's weight that is known."""
    evidence_share: float | None
    """The share of what was answered for which evidence is stated."""


class ShiftObject(TypedDict):
    """A change that the decision can see."""

    kind: str
    """`method`, `answer`, `control` or `steps`."""
    subject: str | None
    """The id of the question or the control."""
    text: str
    """The same in words."""


class VerdictObject(TypedDict):
    """Whether the verdict moved, and by which changes."""

    moved: bool
    """Whether it is another."""
    then: str
    """Its id then."""
    by_new_method: str
    """What NEW's method says of OLD."""
    now: str
    """Its id now."""
    changes: int
    """How many changes the decision can see; 0 where the verdict is the same."""
    smallest: list[ShiftObject]
    """A smallest set of changes that, made alone to OLD, moves the verdict as far as now, or further; none
    where there are too many to try."""
    gives: str | None
    """The verdict that the smallest set gives; null where no set was looked for."""
    proven: bool
    """Whether no set of fewer changes is enough."""
    alone: list[ShiftObject]
    """Every change that is enough by itself."""


class IndexObject(TypedDict):
    """An index then and now."""

    id: str
    """The id of the axis or dimension."""
    title: str
    """Its title."""
    then: float | None
    """Its value then, on what was known."""
    now: float | None
    """Its value now."""
    points: float | None
    """The difference."""


class AxisObject(IndexObject):
    """An axis then and now."""

    dimensions: list[IndexObject]
    """Its dimensions."""


class ChangeObject(TypedDict):
    """A change of the method."""

    effect: str
    """What it does to old answers: `breaking`, `lossy` or `safe`."""
    subject: str
    """The id of what changed."""
    text: str
    """What was changed."""


class PartsObject(TypedDict):
    """The change of the candidacy, split exactly: the method first, then the answers and facts."""

    changed: bool
    """Whether the two were judged by different methods."""
    method_exact: str | None
    """Points that the method alone made."""
    answers_exact: str | None
    """Points that the answers and facts made, by the new method."""
    total_exact: str | None
    """Both together."""
    changes: list[ChangeObject]
    """What changed in the method."""


class ResponseObject(TypedDict):
    """What counted for a question."""

    state: str
    """`answered`, `unknown`, `not-applicable` or `unanswered`."""
    level: int | None
    """The level that counts."""
    claimed_level: int | None
    """The level that was answered."""
    fact_level: int | None
    """The level that the facts support."""
    origin: str | None
    """What the level rests on: `answer`, `fact` or `both`."""
    evidenced: bool
    """Whether evidence is stated, or facts carry the level."""


class AnswerObject(TypedDict):
    """A question for which something else counts, by NEW's method."""

    question: str
    """The id of the question."""
    title: str
    """Its title."""
    then: ResponseObject
    """What counted then."""
    now: ResponseObject
    """What counts now."""
    points: float | None
    """Points of candidacy gained or lost, to two places."""
    points_exact: str | None
    """The same exactly; with those of all others they make the part of the answers."""


class MeasureObject(TypedDict):
    """A measure that reads something else."""

    id: str
    """The measure."""
    then: str | None
    """What it read then."""
    now: str | None
    """What it reads now."""


class ValueObject(TypedDict):
    """A key of the description with another value."""

    key: str
    """The key."""
    then: str | None
    """Its value then, as text."""
    now: str | None
    """Its value now."""


class EntryObject(TypedDict):
    """A section of the description, or an entry of one, that moved."""

    section: str
    """The key of the section."""
    name: str | None
    """The id or name of the entry."""
    movement: str
    """`added`, `removed` or `changed`."""
    values: list[ValueObject]
    """What is different."""


class FactsObject(TypedDict):
    """Stated facts that moved."""

    measures: list[MeasureObject]
    """What measures read."""
    entries: list[EntryObject]
    """What the description states."""


class ResidualObject(TypedDict):
    """What was left of a risk."""

    inherent: str | None
    """Its level without controls."""
    residual: str | None
    """Its level with the controls in place."""
    likelihood: float | None
    """With the controls in place, 1 to 5."""
    impact: float | None
    """With the controls in place, 1 to 5."""


class RiskObject(TypedDict):
    """A risk that moved; null where a method does not know it."""

    id: str
    """The id of the risk."""
    title: str
    """Its title."""
    then: ResidualObject | None
    """What was left of it then."""
    now: ResidualObject | None
    """What is left of it now."""


class ControlObject(TypedDict):
    """A control of which something else is stated."""

    id: str
    """The id of the control."""
    then: str
    """What it was worth then."""
    now: str
    """What it is worth now."""


class ReasonObject(TypedDict):
    """A reason that came or went."""

    id: str
    """The id of the reason."""
    verdict: str
    """The verdict that it holds."""
    text: str
    """The same in words."""


class ReasonsObject(TypedDict):
    """Reasons that came and went."""

    came: list[ReasonObject]
    """Those that hold now and did not then."""
    went: list[ReasonObject]
    """Those that held then and do not now."""


class ComparisonObject(TypedDict):
    """What moved from one assessment to another."""

    format: Literal["bpo-assess/comparison/v1"]
    """What kind of document this is."""
    tool: Tool
    """The program that compared."""
    as_of: str | None
    """The day of the assessments."""
    then: EndObject
    """The earlier assessment."""
    now: EndObject
    """The later one."""
    verdict: VerdictObject
    """Whether the verdict moved."""
    candidacy: IndexObject
    """The candidacy then and now."""
    axes: list[AxisObject]
    """The axes then and now."""
    method: PartsObject
    """What the change of the method did."""
    answers: list[AnswerObject]
    """Answers that moved, those of most points first."""
    facts: FactsObject
    """Facts that moved."""
    risks: list[RiskObject]
    """Risks that moved."""
    controls: list[ControlObject]
    """Controls that moved."""
    reasons: ReasonsObject
    """Reasons that came and went."""


def render(comparison: Comparison) -> str:
    """Render a comparison as one object."""
    value = comparison_object(comparison)
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def comparison_object(comparison: Comparison) -> ComparisonObject:
    """Build the object of a comparison; its keys keep their order."""
    now = comparison.now
    return {
        "format": COMPARISON_FORMAT,
        "tool": {"name": "bpo-assess", "version": __version__},
        "as_of": None if now.as_of is None else str(now.as_of),
        "then": _end(comparison.then),
        "now": _end(now),
        "verdict": _verdict(comparison),
        "candidacy": _index(comparison.candidacy),
        "axes": [
            {**_index(axis.index), "dimensions": [_index(part) for part in axis.dimensions]}
            for axis in comparison.axes
        ],
        "method": _parts(comparison),
        "answers": [_answer(moved) for moved in comparison.answers],
        "facts": {
            "measures": [_measure(moved) for moved in comparison.measures],
            "entries": [_entry(moved) for moved in comparison.entries],
        },
        "risks": [_risk(moved) for moved in comparison.risks],
        "controls": [
            {"id": moved.control.id, "then": moved.then.value, "now": moved.now.value}
            for moved in comparison.controls
        ],
        "reasons": {
            "came": [_reason(now, reason) for reason in comparison.came],
            "went": [_reason(comparison.then, reason) for reason in comparison.went],
        },
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _hundredths(value: Fraction | None) -> float | None:
    """Round half away from nought, so that a loss is the gain of the way back."""
    if value is None:
        return None
    rounded = half_up(abs(value), 2)
    return float(-rounded if value < 0 and rounded else rounded)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


def _end(assessment: Assessment) -> EndObject:
    process, card = assessment.process, assessment.scorecard
    return {
        "process": process.id,
        "name": process.name,
        "file": assessment.process_source.name if assessment.process_source else None,
        "sha256": _sha256(assessment.process_source),
        "questionnaire": {
            "id": assessment.questionnaire.id,
            "version": assessment.questionnaire.version,
            "sha256": _sha256(assessment.questionnaire_source),
        },
        "verdict": assessment.ruling.id,
        "firm": assessment.ruling.firm,
        "coverage": _number(card.candidacy.coverage),
        "evidence_share": _number(card.evidence_share),
    }


def _sha256(source: Source | None) -> str | None:
    return source.sha256 if source else None


def _verdict(comparison: Comparison) -> VerdictObject:
    cause = comparison.cause or Cause((), proven=True, alone=(), shifts=0)

    def listed(shifts: tuple[Shift, ...]) -> list[ShiftObject]:
        return [
            {
                "kind": shift.kind.value,
                "subject": shift.subject or None,
                "text": shift_text(comparison, shift),
            }
            for shift in shifts
        ]

    return {
        "moved": comparison.verdict_moved,
        "then": comparison.then.ruling.id,
        "by_new_method": comparison.rescored.ruling.id,
        "now": comparison.now.ruling.id,
        "changes": cause.shifts,
        "smallest": listed(cause.smallest if cause.tried else ()),
        "gives": _given(comparison.cause),
        "proven": cause.proven,
        "alone": listed(cause.alone),
    }


def _given(cause: Cause | None) -> str | None:
    if cause is None or not cause.tried:
        return None
    return cause.gives.id if cause.gives else UNDETERMINED


def _index(index: MovedIndex) -> IndexObject:
    return {
        "id": index.id,
        "title": index.title,
        "then": _number(index.then),
        "now": _number(index.now),
        "points": _number(index.points),
    }


def _parts(comparison: Comparison) -> PartsObject:
    method, answers = comparison.by_method, comparison.by_answers
    total = None if method is None or answers is None else method + answers
    return {
        "changed": not comparison.same_method,
        "method_exact": _exact(method),
        "answers_exact": _exact(answers),
        "total_exact": _exact(total),
        "changes": [
            {"effect": change.effect.value, "subject": change.subject, "text": change.text}
            for change in comparison.method_changes
        ],
    }


def _answer(moved: MovedAnswer) -> AnswerObject:
    return {
        "question": moved.now.question.id,
        "title": moved.now.question.title,
        "then": _response(moved.then),
        "now": _response(moved.now),
        "points": _hundredths(moved.points),
        "points_exact": _exact(moved.points),
    }


def _response(response: Response) -> ResponseObject:
    return {
        "state": response.state.value,
        "level": response.level,
        "claimed_level": response.claimed_level,
        "fact_level": response.fact_level,
        "origin": response.origin.value if response.origin else None,
        "evidenced": response.evidenced,
    }


def _measure(moved: MovedMeasure) -> MeasureObject:
    def read(reading: Reading | None) -> str | None:
        return None if reading is None else read_off(moved.measure, reading)

    return {"id": moved.measure, "then": read(moved.then), "now": read(moved.now)}


def _entry(moved: MovedEntry) -> EntryObject:
    return {
        "section": moved.section,
        "name": moved.name,
        "movement": moved.movement.value,
        "values": [{"key": v.key, "then": v.then, "now": v.now} for v in moved.values],
    }


def _risk(moved: MovedRisk) -> RiskObject:
    known = moved.now or moved.then
    assert known is not None  # noqa: S101  for the type checker: one of the two knows the risk
    return {
        "id": known.risk.id,
        "title": known.risk.title,
        "then": _residual(moved.then),
        "now": _residual(moved.now),
    }


def _residual(risk: RiskAssessment | None) -> ResidualObject | None:
    if risk is None:
        return None
    return {
        "inherent": risk.known.inherent,
        "residual": risk.known.residual,
        "likelihood": _hundredths(risk.known.residual_likelihood),
        "impact": _hundredths(risk.known.residual_impact),
    }


def _reason(assessment: Assessment, reason: Reason) -> ReasonObject:
    return {
        "id": reason.id,
        "verdict": reason.verdict,
        "text": wording.reason_text(assessment, reason),
    }
