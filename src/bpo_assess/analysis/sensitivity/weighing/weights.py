"""Every weight of a method, and the means that follow from weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bpo_assess.model.questionnaire import Questionnaire


class WeightKind(StrEnum):
    """What a weight weighs."""

    DIMENSION = "dimension"
    """A dimension beside the others of its axis."""
    QUESTION = "question"
    """A question beside the others of its dimension."""
    DRIVER = "driver"
    """An answer that makes a risk likely, beside the others that do."""
    IMPACT_DRIVER = "impact-driver"
    """An answer that makes a risk hurt, beside the others that do."""


SCORED = frozenset({WeightKind.DIMENSION, WeightKind.QUESTION})
"""The two levels of weights that make up the indices."""

EVERY_KIND = frozenset(WeightKind)


@dataclass(frozen=True, slots=True)
class Group:
    """Weights that stand together: only their ratios mean anything."""

    kind: WeightKind
    of: str
    """The axis, dimension or risk whose parts are weighed."""


Weights = Mapping[Group, Mapping[str, Fraction]]
"""Every weight of a method, by its group and by what it weighs; none is negative."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A weighted mean: the values of those members of a group that count."""

    group: Group
    values: Mapping[str, Fraction]

    def mean(self, weights: Weights) -> Fraction | None:
        """Compute the mean; None where nothing that counts carries weight."""
        own = weights[self.group]
        total = sum((own[key] for key in self.values), Fraction())
        if not total:
            return None
        return sum((own[key] * value for key, value in self.values.items()), Fraction()) / total


@dataclass(frozen=True, slots=True)
class Part:
    """A weighted mean of clusters; without a group, the mean of its only cluster."""

    group: Group | None
    clusters: Mapping[str, Cluster]
    """By the key under which the group weighs them."""

    def mean(self, weights: Weights) -> Fraction | None:
        """Compute the mean; None where nothing that counts carries weight."""
        if self.group is None:
            return next(iter(self.clusters.values())).mean(weights)
        own = weights[self.group]
        total = summed = Fraction()
        for key, cluster in self.clusters.items():
            if own[key] and (value := cluster.mean(weights)) is not None:
                total += own[key]
                summed += own[key] * value
        return summed / total if total else None


def with_weight(weights: Weights, group: Group, key: str, value: Fraction) -> Weights:
    """Replace one weight."""
    return {**weights, group: {**weights[group], key: value}}


def stated_weights(questionnaire: Questionnaire) -> Weights:
    """Collect every weight that a questionnaire states."""
    found: dict[Group, dict[str, Fraction]] = {}
    for axis in questionnaire.axes:
        found[Group(WeightKind.DIMENSION, axis.id)] = {
            part.id: Fraction(part.weight) for part in axis.dimensions
        }
        for part in axis.dimensions:
            found[Group(WeightKind.QUESTION, part.id)] = {
                question.id: Fraction(question.weight) for question in part.questions
            }
    for risk in questionnaire.risks:
        for kind, drivers in (
            (WeightKind.DRIVER, risk.drivers),
            (WeightKind.IMPACT_DRIVER, risk.impact_drivers),
        ):
            found[Group(kind, risk.id)] = {key: Fraction(w) for key, w in drivers.items()}
    return found
