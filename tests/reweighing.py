"""A questionnaire with other weights, for what reassessing by it says."""

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.sensitivity.weighing import Group, WeightKind, Weights
from bpo_assess.model.questionnaire import Questionnaire


def reweighed(questionnaire: Questionnaire, weights: Weights) -> Questionnaire:
    """Give a questionnaire other weights; only ratios count, so they are scaled to whole numbers."""
    axes = []
    for part in questionnaire.axes:
        own = whole(weights[Group(WeightKind.DIMENSION, part.id)])
        dimensions = []
        for each in part.dimensions:
            inner = whole(weights[Group(WeightKind.QUESTION, each.id)])
            items = tuple(q.model_copy(update={"weight": inner[q.id]}) for q in each.questions)
            dimensions.append(each.model_copy(update={"weight": own[each.id], "questions": items}))
        axes.append(part.model_copy(update={"dimensions": tuple(dimensions)}))
    risks = tuple(
        risk.model_copy(
            update={
                "drivers": whole(weights[Group(WeightKind.DRIVER, risk.id)]),
                "impact_drivers": whole(weights[Group(WeightKind.IMPACT_DRIVER, risk.id)]),
            }
        )
        for risk in questionnaire.risks
    )
    return Questionnaire.model_construct(
        **{**dict(questionnaire), "axes": tuple(axes), "risks": risks}
    )


def whole(own: Mapping[str, Fraction]) -> dict[str, Decimal]:
    scale = math.lcm(*(weight.denominator for weight in own.values()))
    return {key: Decimal(int(weight * scale)) for key, weight in own.items()}
