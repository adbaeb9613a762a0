"""What moved in what was worked out: indices, answers, risks, controls, reasons."""

from fractions import Fraction

from bpo_assess.analysis.comparison.points import points_of
from bpo_assess.analysis.comparison.result import (
    MovedAnswer,
    MovedAxis,
    MovedControl,
    MovedIndex,
    MovedRisk,
    Worth,
)
from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import RiskAssessment, StatedControl
from bpo_assess.assessment.scoring import Index, Scorecard
from bpo_assess.assessment.verdict import Reason
from bpo_assess.model.process import ControlStatus
from bpo_assess.model.risk import Control

# Indices


def moved_candidacy(then: Scorecard, now: Scorecard) -> MovedIndex:
    """Set the candidacies side by side."""
    return _index("candidacy", "Candidacy", then.candidacy, now.candidacy)


def moved_axes(then: Scorecard, now: Scorecard) -> tuple[MovedAxis, ...]:
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


def _index(key: str, title: str, then: Index | None, now: Index | None) -> MovedIndex:
    return MovedIndex(key, title, then.value if then else None, now.value if now else None)


# Answers


def moved_answers(then: Assessment, now: Assessment) -> tuple[MovedAnswer, ...]:
    """List the questions for which something else counts, or for another reason, largest first."""
    keys = [k for k in now.responses if _said(then.responses[k]) != _said(now.responses[k])]
    points = points_of(keys, then, now)
    moved = [MovedAnswer(then.responses[k], now.responses[k], points[k]) for k in keys]
    return tuple(sorted(moved, key=lambda entry: -abs(entry.points or Fraction())))


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


# Risks, controls and reasons


def moved_risks(then: Assessment, now: Assessment) -> tuple[MovedRisk, ...]:
    """List the risks that moved, in NEW's order; those that went come last."""
    before = {risk.risk.id: risk for risk in then.risks}
    after = {risk.risk.id: risk for risk in now.risks}
    return tuple(
        MovedRisk(before.get(key), after.get(key))
        for key in dict.fromkeys([*after, *before])
        if _place(before.get(key)) != _place(after.get(key))
    )


def _place(risk: RiskAssessment | None) -> object:
    """Take what can move of a risk."""
    if risk is None:
        return None
    known = risk.known
    return known.residual, known.residual_likelihood, known.residual_impact, known.inherent


def moved_controls(then: Assessment, now: Assessment) -> tuple[MovedControl, ...]:
    """List the controls of which something else is stated; both by one method."""
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


def came(then: Assessment, now: Assessment) -> tuple[Reason, ...]:
    """List the reasons that hold now and did not then."""
    before = {reason.id for reason in then.ruling.reasons}
    return tuple(reason for reason in now.ruling.reasons if reason.id not in before)
