"""The scorecard: value, range and coverage at every level, and the ledger of contributions."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.assessment import rounding
from bpo_assess.assessment.answers import Response, Responses
from bpo_assess.assessment.method import Weighted, nominal_shares
from bpo_assess.assessment.standing import POINTS_PER_LEVEL, Outlook
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Axis, Dimension


@dataclass(frozen=True, slots=True)
class Index:
    """An index in points (0-100) as printed, its range over the unknowns, and the share known (0-1)."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    coverage: Decimal | None


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """What one question adds to the candidacy, exactly, and what it takes away."""

    response: Response
    weight_share: Fraction
    """The question's share of the candidacy over what applies, known or not (0-1)."""
    contribution: Fraction | None
    """Points of candidacy; all of them add up to it. None where there is no candidacy or no level."""
    forgone: Fraction | None
    """Points that the level falls short of what the question's weight could give."""


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """A dimension's index and its questions."""

    dimension: Dimension
    index: Index
    questions: tuple[QuestionScore, ...]


@dataclass(frozen=True, slots=True)
class AxisScore:
    """An axis's index and its dimensions."""

    axis: Axis
    index: Index
    dimensions: tuple[DimensionScore, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The whole ledger."""

    candidacy: Index
    exact_candidacy: Fraction | None
    evidence_share: Decimal | None
    axes: tuple[AxisScore, ...]

    @property
    def dimensions(self) -> tuple[DimensionScore, ...]:
        """Every dimension, in the order of the questionnaire."""
        return tuple(part for axis in self.axes for part in axis.dimensions)

    @property
    def questions(self) -> tuple[QuestionScore, ...]:
        """Every question, in the order of the questionnaire."""
        return tuple(part for dimension in self.dimensions for part in dimension.questions)


def draw_up(outlook: Outlook, responses: Responses) -> Scorecard:
    """Draw up the scorecard from the three standpoints."""
    method = outlook.method
    nominal = outlook.bench.shares
    effective = _effective_shares(outlook)
    weights = {part.id: part.questions for part in method.dimensions}
    axes = []
    for axis in method.questionnaire.axes:
        dimensions = tuple(
            DimensionScore(
                dimension,
                Index(
                    outlook.known.dimensions[dimension.id],
                    outlook.worst.dimensions[dimension.id],
                    outlook.best.dimensions[dimension.id],
                    _coverage_of_dimension(weights[dimension.id], responses),
                ),
                tuple(
                    _question_score(responses[question.id], nominal, effective)
                    for question in dimension.questions
                ),
            )
            for dimension in axis.dimensions
        )
        shares = [q.weight_share for d in dimensions for q in d.questions]
        known = [q.weight_share for d in dimensions for q in d.questions if q.response.is_known]
        axes.append(
            AxisScore(
                axis,
                Index(
                    outlook.known.axes[axis.id],
                    outlook.worst.axes[axis.id],
                    outlook.best.axes[axis.id],
                    rounding.share(sum(known, Fraction()) * len(method.axes))
                    if any(shares)
                    else None,
                ),
                dimensions,
            )
        )
    return Scorecard(
        candidacy=Index(
            outlook.known.candidacy,
            outlook.worst.candidacy,
            outlook.best.candidacy,
            rounding.share(_known_share(nominal, responses)),
        ),
        exact_candidacy=outlook.known.exact_candidacy,
        evidence_share=outlook.known.evidence_share,
        axes=tuple(axes),
    )


def _known_share(nominal: Mapping[str, Fraction], responses: Responses) -> Fraction:
    """Add up the candidacy weight that is known; an axis of which nothing is known counts 0."""
    return sum((share for key, share in nominal.items() if responses[key].is_known), Fraction())


def _coverage_of_dimension(weights: Weighted, responses: Responses) -> Decimal | None:
    known = sum(weight for key, weight in weights if responses[key].is_known)
    opened = sum(weight for key, weight in weights if responses[key].is_open)
    return rounding.share(Fraction(known, known + opened)) if known + opened else None


def _effective_shares(outlook: Outlook) -> Mapping[str, Fraction]:
    """Compute each known question's share of the candidacy as it was computed, unknowns left out."""
    known = outlook.known
    if known.exact_candidacy is None:
        return {}
    if not known.case.open:
        return outlook.bench.shares
    levels = {key: level for key, level in known.case.levels.items() if level is not None}
    return nominal_shares(outlook.method, levels)


def _question_score(
    response: Response, nominal: Mapping[str, Fraction], effective: Mapping[str, Fraction]
) -> QuestionScore:
    """Enter a question in the ledger: contribution = share x 25 x level, forgone = share x 100 - that."""
    key = response.question.id
    share = effective.get(key, Fraction())
    counts = bool(effective) and response.level is not None
    return QuestionScore(
        response,
        nominal.get(key, Fraction()),
        share * POINTS_PER_LEVEL * (response.level or 0) if counts else None,
        share * POINTS_PER_LEVEL * (MAX_LEVEL - (response.level or 0)) if counts else None,
    )
