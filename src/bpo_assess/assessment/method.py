"""A questionnaire prepared for computing: whole-number weights, gates, and who depends on what."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.model.decision import (
    AllOf,
    AnyOf,
    Condition,
    QuestionCondition,
    Stance,
    simple_conditions,
)
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Questionnaire
from bpo_assess.model.risk import ActsOn, Risk

Weighted = tuple[tuple[str, int], ...]
"""Ids with whole-number weights; a weight of nought is left out."""


def whole(weights: Iterable[tuple[str, Decimal]]) -> Weighted:
    """Scale weights to whole numbers in the same ratios, so that sums are exact and quick."""
    ratios = [(key, *weight.as_integer_ratio()) for key, weight in weights if weight]
    scale = math.lcm(*(below for _, _, below in ratios))
    return tuple((key, above * (scale // below)) for key, above, below in ratios)


@dataclass(frozen=True, slots=True)
class DimensionWeights:
    """A dimension: its own weight in the axis and those of its questions."""

    id: str
    weight: int
    questions: Weighted


@dataclass(frozen=True, slots=True)
class AxisWeights:
    """An axis and the dimensions that carry weight in it."""

    id: str
    dimensions: tuple[DimensionWeights, ...]


@dataclass(frozen=True, slots=True)
class RiskWeights:
    """A risk: the weights of its drivers, and the factor of each control on either side."""

    id: str
    drivers: Weighted
    impact_drivers: Weighted
    likelihood_factors: tuple[tuple[str, Fraction], ...]
    impact_factors: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Method:
    """A questionnaire and what follows from it alone."""

    questionnaire: Questionnaire
    axes: tuple[AxisWeights, ...]
    weightless_dimensions: tuple[DimensionWeights, ...]
    """Dimensions that carry no weight in their axis; they have an index all the same."""
    risks: tuple[RiskWeights, ...]
    gates: frozenset[str]
    """Questions that alone, at some level, hold a verdict against or for later."""
    named: frozenset[str]
    """Questions that any condition of the decision names."""
    driving: frozenset[str]
    """Questions that drive a risk's likelihood or impact."""

    @property
    def dimensions(self) -> Iterator[DimensionWeights]:
        """Every dimension, whether or not it carries weight."""
        for axis in self.axes:
            yield from axis.dimensions
        yield from self.weightless_dimensions


_PREPARED: list[Method] = []
"""The methods that were asked for last: many processes are judged by few."""

_KEPT = 4


def prepare(questionnaire: Questionnaire) -> Method:
    """Prepare a questionnaire for computing; one that was prepared before is given again."""
    known = next((method for method in _PREPARED if method.questionnaire is questionnaire), None)
    if known is None:
        known = _prepared(questionnaire)
        _PREPARED[:] = [known, *_PREPARED[: _KEPT - 1]]
    return known


def _prepared(questionnaire: Questionnaire) -> Method:
    axes, weightless = [], []
    for axis in questionnaire.axes:
        weights = dict(whole((part.id, part.weight) for part in axis.dimensions))
        parts = [
            DimensionWeights(
                part.id,
                weights.get(part.id, 0),
                whole((question.id, question.weight) for question in part.questions),
            )
            for part in axis.dimensions
        ]
        axes.append(AxisWeights(axis.id, tuple(part for part in parts if part.weight)))
        weightless += [part for part in parts if not part.weight]
    return Method(
        questionnaire=questionnaire,
        axes=tuple(axes),
        weightless_dimensions=tuple(weightless),
        risks=tuple(_risk_weights(risk) for risk in questionnaire.risks),
        gates=frozenset(_gates(questionnaire)),
        named=frozenset(_named(questionnaire)),
        driving=frozenset(
            key for risk in questionnaire.risks for key in (*risk.drivers, *risk.impact_drivers)
        ),
    )


def _risk_weights(risk: Risk) -> RiskWeights:
    def factors(side: ActsOn) -> tuple[tuple[str, Fraction], ...]:
        return tuple((c.id, Fraction(c.factor)) for c in risk.controls if c.acts_on is side)

    return RiskWeights(
        risk.id,
        whole(risk.drivers.items()),
        whole(risk.impact_drivers.items()),
        factors(ActsOn.LIKELIHOOD),
        factors(ActsOn.IMPACT),
    )


def _named(questionnaire: Questionnaire) -> Iterator[str]:
    for verdict in questionnaire.decision.verdicts:
        for condition in verdict.held_by:
            for simple in simple_conditions(condition):
                if isinstance(simple, QuestionCondition):
                    yield simple.question


def _gates(questionnaire: Questionnaire) -> Iterator[str]:
    for verdict in questionnaire.decision.verdicts:
        if verdict.stance in {Stance.AGAINST, Stance.LATER}:
            for condition in verdict.held_by:
                yield from _enough_alone(condition)


def _enough_alone(condition: Condition) -> set[str]:
    """Find the questions whose level alone can make a condition hold."""
    match condition:
        case QuestionCondition(at_most=limit) if limit is not None and limit < MAX_LEVEL:
            return {condition.question}
        case AnyOf():
            return set().union(*map(_enough_alone, condition.any))
        case AllOf():
            return set.intersection(*map(_enough_alone, condition.all))
        case _:
            return set()


def nominal_shares(method: Method, applicable: Mapping[str, object]) -> dict[str, Fraction]:
    """Compute each applicable question's share of candidacy were everything known.

    Share = 1 / axes x dimension weight / dimension weights of its axis x question weight / question
    weights of its dimension, over what applies; the shares of one axis add up to 1 / axes.
    """
    shares: dict[str, Fraction] = {}
    for axis in method.axes:
        parts = []
        for dimension in axis.dimensions:
            questions = [pair for pair in dimension.questions if pair[0] in applicable]
            if questions:
                parts.append((dimension.weight, questions))
        axis_weight = len(method.axes) * sum(weight for weight, _ in parts)
        for weight, questions in parts:
            total = axis_weight * sum(part for _, part in questions)
            shares |= {key: Fraction(weight * part, total) for key, part in questions}
    return shares
