"""The risk profile: each risk before and after controls, its range, and what drives it."""

from dataclasses import dataclass
from fractions import Fraction

from bpo_assess.assessment.answers import Responses
from bpo_assess.assessment.method import Weighted
from bpo_assess.assessment.standing import Outlook, RiskStanding
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.process import ControlStatus, Evidence, ProcessDescription
from bpo_assess.model.questionnaire import Question
from bpo_assess.model.risk import Control, Risk


@dataclass(frozen=True, slots=True)
class Driver:
    """An answer that makes a risk likelier, or makes it hurt more."""

    question: Question
    weight: Fraction
    """Its share of the likelihood or impact, over what applies (0-1)."""
    level: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class StatedControl:
    """A control of a risk, and what the process description says of it."""

    control: Control
    status: ControlStatus | None
    """None where the description does not mention it."""
    evidence: tuple[Evidence, ...]
    counts: bool
    """Whether it lowers the residual risk: in place, with evidence."""


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """One risk as assessed: on what is known, at the worst and at the best."""

    risk: Risk
    known: RiskStanding
    worst: RiskStanding
    best: RiskStanding
    drivers: tuple[Driver, ...]
    """Heaviest shortfall first."""
    impact_drivers: tuple[Driver, ...]
    controls: tuple[StatedControl, ...]


def profile(
    outlook: Outlook, process: ProcessDescription, responses: Responses
) -> tuple[RiskAssessment, ...]:
    """Assess every risk of the method, in its order; none where the method has no risk matrix."""
    questionnaire = outlook.method.questionnaire
    if questionnaire.risk_matrix is None:
        return ()
    stated = {statement.id: statement for statement in process.controls}
    return tuple(
        RiskAssessment(
            risk,
            outlook.known.risks[risk.id],
            outlook.worst.risks[risk.id],
            outlook.best.risks[risk.id],
            _drivers(weights.drivers, responses),
            _drivers(weights.impact_drivers, responses),
            tuple(
                StatedControl(
                    control,
                    statement.status if (statement := stated.get(control.id)) else None,
                    statement.evidence if statement else (),
                    control.id in outlook.bench.controls.in_place,
                )
                for control in risk.controls
            ),
        )
        for risk, weights in zip(questionnaire.risks, outlook.method.risks, strict=True)
    )


def _drivers(weights: Weighted, responses: Responses) -> tuple[Driver, ...]:
    """List the drivers that apply, those that add most to the risk first, unknown ones as at worst."""
    applicable = [
        (responses[key], weight)
        for key, weight in weights
        if responses[key].is_known or responses[key].is_open
    ]
    applicable.sort(key=lambda pair: pair[1] * ((pair[0].level or 0) - MAX_LEVEL))
    total = sum(weight for _, weight in applicable)
    return tuple(
        Driver(response.question, Fraction(weight, total), response.level, response.is_open)
        for response, weight in applicable
    )
