"""What moved between two assessments, for machines."""

from decimal import Decimal
from fractions import Fraction

from bpo_assess import __version__
from bpo_assess.analysis.comparison import (
    Cause,
    Comparison,
    MovedAnswer,
    MovedEntry,
    MovedIndex,
    MovedMeasure,
    MovedRisk,
    Shift,
)
from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.measures import Reading, read_off
from bpo_assess.assessment.result import Assessment, Source
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.rounding import half_up
from bpo_assess.assessment.verdict import Reason
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.comparison import shift_text
from bpo_assess.reports.analysis.comparison.contract import (
    COMPARISON_FORMAT,
    AnswerObject,
    ComparisonObject,
    EndObject,
    EntryObject,
    IndexObject,
    MeasureObject,
    PartsObject,
    ReasonObject,
    ResidualObject,
    ResponseObject,
    RiskObject,
    ShiftObject,
    VerdictObject,
)
from bpo_assess.reports.writing import json_text


def render(comparison: Comparison) -> str:
    """Render a comparison as one object."""
    return json_text(comparison_object(comparison))


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
