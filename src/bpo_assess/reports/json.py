"""The assessment as JSON, for machines: `bpo-assess/assessment/v1`."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NotRequired, TypedDict

from bpo_assess import __version__
from bpo_assess.assessment.advice import (
    Action,
    AlternativeCourse,
    BenefitOutlook,
    DealCondition,
    DeliveryFit,
)
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import Driver, RiskAssessment, StatedControl
from bpo_assess.assessment.rounding import half_up
from bpo_assess.assessment.scoring import Index, QuestionScore
from bpo_assess.assessment.verdict import Reason
from bpo_assess.diagnostics import Diagnostic
from bpo_assess.model.process import Answer, Evidence
from bpo_assess.reports import wording
from bpo_assess.reports.contract import (
    ActionObject,
    AlternativeObject,
    AssessmentObject,
    AxisObject,
    BenefitObject,
    ConditionObject,
    ControlObject,
    DeliveryObject,
    DriverObject,
    EvidenceObject,
    FindingObject,
    IndexObject,
    ProcessObject,
    QuestionnaireObject,
    QuestionObject,
    ReasonObject,
    RiskObject,
    Scalar,
    VerdictObject,
)
from bpo_assess.reports.writing import json_text

if TYPE_CHECKING:
    from bpo_assess.reports.analysis.scored import ExtraObjects, ScoredObject

ASSESSMENT_FORMAT: Final = "bpo-assess/assessment/v1"


class _Head(TypedDict):
    subject: str
    text: str
    clause: NotRequired[str]
    control: NotRequired[str]


def render(assessments: Sequence[Assessment], extras: Sequence["ExtraObjects"] = ()) -> str:
    """Render one assessment as an object, several as an array."""
    found = scored_objects(assessments, extras)
    value = found[0] if len(found) == 1 else found
    return json_text(value)


def scored_objects(
    assessments: Sequence[Assessment], extras: Sequence["ExtraObjects"] = ()
) -> "Sequence[AssessmentObject]":
    """Build the objects of all assessments, each with what was asked for besides."""
    found = [assessment_object(assessment) for assessment in assessments]
    return [_scored(*pair) for pair in zip(found, extras, strict=True)] if extras else found


def _scored(assessment: AssessmentObject, extras: "ExtraObjects") -> "ScoredObject":
    return {**assessment, **extras}


def assessment_object(assessment: Assessment) -> AssessmentObject:
    """Build the object of one assessment; its keys keep their order."""
    advice = assessment.advice
    return {
        "format": ASSESSMENT_FORMAT,
        "tool": {"name": "bpo-assess", "version": __version__},
        "process": _process(assessment),
        "questionnaire": _questionnaire(assessment),
        "as_of": _text(assessment.as_of),
        "verdict": _verdict(assessment),
        "candidacy": _index(assessment.scorecard.candidacy),
        "evidence_share": _number(assessment.scorecard.evidence_share),
        "axes": _axes(assessment),
        "risks": [_risk(risk) for risk in assessment.risks],
        "conditions": [_condition(assessment, entry) for entry in advice.conditions],
        "actions": [_action(entry) for entry in advice.actions],
        "benefits": [_benefit(assessment, entry) for entry in advice.benefits],
        "alternatives": [_alternative(assessment, entry) for entry in advice.alternatives],
        "delivery": [_delivery(assessment, entry) for entry in advice.delivery],
        "findings": [_finding(entry) for entry in assessment.findings],
        "what_if": dict(sorted(assessment.what_if.items())),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


def _hundredths(value: Fraction | None) -> float | None:
    return None if value is None else float(half_up(value, 2))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _index(index: Index) -> IndexObject:
    return {
        "value": _number(index.value),
        "low": _number(index.low),
        "high": _number(index.high),
        "coverage": _number(index.coverage),
    }


def _process(assessment: Assessment) -> ProcessObject:
    process, source = assessment.process, assessment.process_source
    return {
        "id": process.id,
        "name": process.name,
        "owner": process.owner,
        "function": process.function,
        "file": source.name if source else None,
        "sha256": source.sha256 if source else None,
    }


def _questionnaire(assessment: Assessment) -> QuestionnaireObject:
    source = assessment.questionnaire_source
    return {
        "id": assessment.questionnaire.id,
        "version": assessment.questionnaire.version,
        "sha256": source.sha256 if source else None,
    }


def _verdict(assessment: Assessment) -> VerdictObject:
    ruling = assessment.ruling
    return {
        "id": ruling.id,
        "title": wording.verdict_title(assessment),
        "firm": ruling.firm,
        "worst": ruling.worst.id,
        "best": ruling.best.id,
        "reasons": [_reason(assessment, reason) for reason in ruling.reasons],
        "decisive_unknowns": list(ruling.decisive),
        "summary": wording.verdict_summary(assessment),
    }


def _reason(assessment: Assessment, reason: Reason) -> ReasonObject:
    value: ReasonObject = {
        "id": reason.id,
        "verdict": reason.verdict,
        "subject_kind": reason.kind.value,
        "subject": reason.subject,
        "actual": _plain(reason.actual),
        "limit": _plain(reason.limit),
        "text": wording.reason_text(assessment, reason),
    }
    if reason.parts:
        value["parts"] = [
            {
                "subject_kind": part.kind.value,
                "subject": part.subject,
                "actual": _plain(part.actual),
                "limit": _plain(part.limit),
            }
            for part in reason.parts
        ]
    return value


def _plain(value: int | Decimal | str | None) -> Scalar:
    return float(value) if isinstance(value, Decimal) else value


def _axes(assessment: Assessment) -> list[AxisObject]:
    return [
        {
            "id": score.axis.id,
            "title": score.axis.title,
            **_index(score.index),
            "dimensions": [
                {
                    "id": part.dimension.id,
                    "title": part.dimension.title,
                    "weight": _number(part.dimension.weight),
                    **_index(part.index),
                    "questions": [_question(entry) for entry in part.questions],
                }
                for part in score.dimensions
            ],
        }
        for score in assessment.scorecard.axes
    ]


def _question(score: QuestionScore) -> QuestionObject:
    response = score.response
    answer = response.answer
    return {
        "id": response.question.id,
        "text": response.question.text,
        "weight": _number(response.question.weight),
        "state": response.state.value,
        "level": response.level,
        "claimed_level": response.claimed_level,
        "fact_level": response.fact_level,
        "origin": response.origin.value if response.origin else None,
        "contribution": _hundredths(score.contribution),
        "evidence": [_evidence(item) for item in answer.evidence] if answer else [],
        "note": _note(answer),
        "title": response.question.title,
        "contribution_exact": _exact(score.contribution),
        "forgone": _hundredths(score.forgone),
        "forgone_exact": _exact(score.forgone),
        "evidenced": response.evidenced,
        "by": answer.by if answer else None,
        "dated": _text(answer.dated) if answer else None,
    }


def _note(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    return answer.note if answer.not_applicable is None else answer.not_applicable


def _evidence(evidence: Evidence) -> EvidenceObject:
    stated: EvidenceObject = {}
    if evidence.path is not None:
        stated["path"] = evidence.path
    if evidence.url is not None:
        stated["url"] = evidence.url
    if evidence.title is not None:
        stated["title"] = evidence.title
    if evidence.dated is not None:
        stated["dated"] = str(evidence.dated)
    if evidence.sha256 is not None:
        stated["sha256"] = evidence.sha256
    return stated


def _risk(assessed: RiskAssessment) -> RiskObject:
    risk, known, worst, best = assessed.risk, assessed.known, assessed.worst, assessed.best
    return {
        "id": risk.id,
        "title": risk.title,
        "likelihood": {
            "value": _hundredths(known.likelihood),
            "low": _hundredths(best.likelihood),
            "high": _hundredths(worst.likelihood),
        },
        "impact": {
            "value": _hundredths(known.impact),
            "low": _hundredths(best.impact),
            "high": _hundredths(worst.impact),
        },
        "inherent": known.inherent,
        "residual": known.residual,
        "planned_residual": known.planned_residual,
        "drivers": [_driver(driver) for driver in assessed.drivers],
        "controls": [_control(control) for control in assessed.controls],
        "clauses": list(risk.clauses),
        "impact_drivers": [_driver(driver) for driver in assessed.impact_drivers],
        "residual_range": {"best": best.residual, "worst": worst.residual},
        "residual_likelihood": _hundredths(known.residual_likelihood),
        "residual_impact": _hundredths(known.residual_impact),
        "planned_likelihood": _hundredths(known.planned_likelihood),
        "planned_impact": _hundredths(known.planned_impact),
    }


def _driver(driver: Driver) -> DriverObject:
    return {
        "question": driver.question.id,
        "weight": float(half_up(driver.weight, 4)),
        "level": driver.level,
    }


def _control(stated: StatedControl) -> ControlObject:
    return {
        "id": stated.control.id,
        "text": stated.control.text,
        "acts_on": stated.control.acts_on.value,
        "factor": _number(stated.control.factor),
        "status": stated.status.value if stated.status else None,
        "counts": stated.counts,
        "evidence": [_evidence(item) for item in stated.evidence],
    }


def _condition(assessment: Assessment, condition: DealCondition) -> ConditionObject:
    clauses, controls = list(condition.clauses), [control.id for control in condition.controls]
    head: _Head = {
        "subject": condition.reason.subject,
        "text": wording.condition_text(assessment, condition),
    }
    if clauses:
        head["clause"] = clauses[0]
    elif controls:
        head["control"] = controls[0]
    return {
        **head,
        "title": wording.condition_title(assessment, condition),
        "reason": condition.reason.id,
        "step": condition.step,
        "clauses": clauses,
        "controls": controls,
        "levels": [
            {"question": part.question.id, "from": part.start, "to": part.end}
            for part in condition.questions
        ],
    }


def _action(action: Action) -> ActionObject:
    return {
        "question": action.question.id,
        "from": action.start,
        "to": action.end,
        "text": wording.action_text(action),
        "step": wording.step_of(action),
        "reasons": list(action.reasons),
    }


def _benefit(assessment: Assessment, benefit: BenefitOutlook) -> BenefitObject:
    return {
        "id": benefit.id,
        "title": benefit.title,
        "strength": benefit.strength.value,
        "reasons": wording.benefit_basis(assessment, benefit),
    }


def _alternative(assessment: Assessment, alternative: AlternativeCourse) -> AlternativeObject:
    return {
        "id": alternative.id,
        "title": alternative.title,
        "reasons": [wording.statement(assessment, reason) for reason in alternative.reasons],
        "text": alternative.text,
    }


def _delivery(assessment: Assessment, model: DeliveryFit) -> DeliveryObject:
    return {
        "id": model.id,
        "fit": model.fit.value,
        "reasons": [wording.statement(assessment, reason) for reason in model.reasons],
        "open_questions": list(model.open_questions),
        "title": model.title,
    }


def _finding(finding: Diagnostic) -> FindingObject:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": finding.file,
        "line": finding.span.line if finding.span else None,
        "column": finding.span.column if finding.span else None,
        "hint": finding.hint,
    }
