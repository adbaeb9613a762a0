"""Where a process stands once every question has a level or none: indices, risks, evidence.

The same computation serves what is known, the worst case (every open question at 0) and the best
(every open question at 4); only the levels differ.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from bpo_assess.assessment import rounding
from bpo_assess.assessment.answers import Responses, states_evidence
from bpo_assess.assessment.method import Method, RiskWeights, Weighted, nominal_shares
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.process import ControlStatus, ProcessDescription
from bpo_assess.model.risk import MATRIX_SIDE, RiskMatrix

Levels = Mapping[str, int | None]
"""The level of every question that applies; None where it is not known."""

POINTS_PER_LEVEL = 100 // MAX_LEVEL


class Standpoint(Enum):
    """How open questions are looked at."""

    KNOWN = "known"
    WORST = "worst"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Case:
    """The levels from one standpoint, which questions stay open, and which have evidence."""

    levels: Levels
    open: frozenset[str]
    evidenced: frozenset[str]


@dataclass(frozen=True, slots=True)
class RiskStanding:
    """One risk: exact likelihood and impact (1-5) before controls, with those in place, and with all stated.

    Level names come from the matrix; everything is None where the risk has no known driver.
    """

    id: str
    likelihood: Fraction | None
    impact: Fraction | None
    residual_likelihood: Fraction | None = None
    residual_impact: Fraction | None = None
    planned_likelihood: Fraction | None = None
    planned_impact: Fraction | None = None
    inherent: str | None = None
    residual: str | None = None
    planned_residual: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that the decision looks at, from one standpoint."""

    case: Case
    exact_dimensions: Mapping[str, Fraction | None]
    exact_axes: Mapping[str, Fraction | None]
    exact_candidacy: Fraction | None
    dimensions: Mapping[str, Decimal | None]
    """Indices as printed, 0-100; None where nothing is known."""
    axes: Mapping[str, Decimal | None]
    candidacy: Decimal | None
    evidence_share: Decimal | None
    """Share (0-1) of the answered candidacy weight that has evidence."""
    risks: Mapping[str, RiskStanding] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Controls:
    """The controls that the process description states, by what they are worth today."""

    in_place: frozenset[str]
    """In place, with evidence: these lower a risk."""
    stated: frozenset[str]
    """All that are stated, planned ones and those without evidence included."""


def controls_of(process: ProcessDescription) -> Controls:
    """Sort the controls that a description states by what they are worth."""
    return Controls(
        in_place=frozenset(
            control.id
            for control in process.controls
            if control.status is ControlStatus.IN_PLACE and states_evidence(control.evidence)
        ),
        stated=frozenset(control.id for control in process.controls),
    )


def case_of(responses: Responses, standpoint: Standpoint) -> Case:
    """Fill in what is not known: nothing, 0 without evidence, or 4 with it."""
    applies = {key: r for key, r in responses.items() if r.is_known or r.is_open}
    opened = frozenset(key for key, r in applies.items() if r.is_open)
    evidenced = frozenset(key for key, r in applies.items() if r.evidenced)
    levels: dict[str, int | None] = {key: r.level for key, r in applies.items()}
    match standpoint:
        case Standpoint.KNOWN:
            return Case(levels, opened, evidenced)
        case Standpoint.WORST:
            return Case(levels | dict.fromkeys(opened, 0), opened, evidenced)
        case Standpoint.BEST:
            filled = levels | dict.fromkeys(opened, MAX_LEVEL)
            return Case(filled, frozenset(), evidenced | opened)


class Bench:
    """Computes standings of one process under one method; what never changes is worked out once."""

    def __init__(self, method: Method, applicable: Levels, controls: Controls) -> None:
        self.method = method
        self.shares = nominal_shares(method, applicable)
        """Each applicable question's share of the candidacy were everything known (0-1)."""
        scale = math.lcm(*(share.denominator for share in self.shares.values()))
        self._shares = {
            key: share.numerator * (scale // share.denominator)
            for key, share in self.shares.items()
        }
        self.controls = controls
        self._matrix = method.questionnaire.risk_matrix
        self._dimensions = [
            (
                axis.id,
                [
                    (part.id, part.weight, tuple(q for q in part.questions if q[0] in applicable))
                    for part in axis.dimensions
                ],
            )
            for axis in method.axes
        ]
        self._weightless = [
            (part.id, tuple(q for q in part.questions if q[0] in applicable))
            for part in method.weightless_dimensions
        ]

    def share(self, question: str) -> int:
        """Give a question's share of the candidacy, in units that compare with one another only."""
        return self._shares.get(question, 0)

    def matters(self, question: str) -> bool:
        """Tell whether a question's level enters any figure: an index, a risk, or a condition."""
        return (
            bool(self.share(question))
            or question in self.method.named
            or question in self.method.driving
        )

    def stand(self, case: Case) -> Standing:
        """Compute where the process stands in a case."""
        levels = case.levels
        dimensions: dict[str, Fraction | None] = {}
        axes: dict[str, Fraction | None] = {}
        for axis, parts in self._dimensions:
            for key, _, questions in parts:
                dimensions[key] = _index(questions, levels)
            axes[axis] = _weighted_mean(
                (weight, value)
                for key, weight, _ in parts
                if (value := dimensions[key]) is not None
            )
        for key, questions in self._weightless:
            dimensions[key] = _index(questions, levels)
        candidacy = _candidacy(axes)
        return Standing(
            case=case,
            exact_dimensions=dimensions,
            exact_axes=axes,
            exact_candidacy=candidacy,
            dimensions={key: _printed(value) for key, value in dimensions.items()},
            axes={key: _printed(value) for key, value in axes.items()},
            candidacy=_printed(candidacy),
            evidence_share=self._evidence_share(case),
            risks=self._risks(levels),
        )

    def _evidence_share(self, case: Case) -> Decimal | None:
        levels = case.levels
        answered = sum(share for key, share in self._shares.items() if levels[key] is not None)
        if not answered:
            return None
        proven = sum(self._shares.get(key, 0) for key in case.evidenced)
        return rounding.share(Fraction(proven, answered))

    def _risks(self, levels: Levels) -> dict[str, RiskStanding]:
        if self._matrix is None:
            return {}
        matrix, controls = self._matrix, self.controls
        return {risk.id: _weigh(risk, levels, controls, matrix) for risk in self.method.risks}


@dataclass(frozen=True, slots=True)
class Outlook:
    """The three standpoints side by side, and what is the same from each."""

    bench: Bench
    known: Standing
    worst: Standing
    best: Standing
    facts: frozenset[str]
    """Facts that conditions may name."""

    @property
    def method(self) -> Method:
        """The method by which everything is judged."""
        return self.bench.method


def stand(method: Method, process: ProcessDescription, responses: Responses) -> Outlook:
    """Work out where a process stands on what is known, at its worst and at its best."""
    known, worst, best = (case_of(responses, standpoint) for standpoint in Standpoint)
    bench = Bench(method, known.levels, controls_of(process))
    facts = frozenset(["retained-steps"] if any(step.stays for step in process.steps) else [])
    standing = bench.stand(known)
    if not known.open:
        return Outlook(bench, standing, standing, standing, facts)
    return Outlook(bench, standing, bench.stand(worst), bench.stand(best), facts)


def _printed(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounding.index(value)


def _index(questions: Weighted, levels: Levels) -> Fraction | None:
    """Compute the index of a dimension: 25 points a level."""
    mean = _mean(questions, levels)
    return None if mean is None else POINTS_PER_LEVEL * mean


def _weighted_mean(values: Iterable[tuple[int, Fraction]]) -> Fraction | None:
    known = list(values)
    total = sum(weight for weight, _ in known)
    return sum((weight * value for weight, value in known), Fraction()) / total if total else None


def _mean(weights: Weighted, levels: Levels) -> Fraction | None:
    """Mean of the known levels: sum(weight x level) / sum(weight)."""
    weighted = total = 0
    for key, weight in weights:
        level = levels.get(key)
        if level is not None:
            weighted += weight * level
            total += weight
    return Fraction(weighted, total) if total else None


def _candidacy(axes: Mapping[str, Fraction | None]) -> Fraction | None:
    """Mean of the axes; None where one of them has no value."""
    values = [value for value in axes.values() if value is not None]
    return Fraction(sum(values)) / len(values) if len(values) == len(axes) else None


def _weigh(
    risk: RiskWeights, levels: Levels, controls: Controls, matrix: RiskMatrix
) -> RiskStanding:
    """Weigh a risk: likelihood and impact are 1 + 4 x (1 - mean level of the drivers / 4)."""
    likelihood_mean = _mean(risk.drivers, levels)
    impact_mean = _mean(risk.impact_drivers, levels)
    likelihood = None if likelihood_mean is None else MATRIX_SIDE - likelihood_mean
    impact = None if impact_mean is None else MATRIX_SIDE - impact_mean
    if likelihood is None or impact is None:
        return RiskStanding(risk.id, likelihood, impact)
    residual = _controlled(risk, likelihood, impact, controls.in_place)
    planned = _controlled(risk, likelihood, impact, controls.stated)
    return RiskStanding(
        risk.id,
        likelihood,
        impact,
        *residual,
        *planned,
        _level(matrix, likelihood, impact),
        _level(matrix, *residual),
        _level(matrix, *planned),
    )


def _controlled(
    risk: RiskWeights, likelihood: Fraction, impact: Fraction, controls: frozenset[str]
) -> tuple[Fraction, Fraction]:
    """Apply controls: each turns x into 1 + (x - 1) x its factor; several multiply."""
    for key, factor in risk.likelihood_factors:
        if key in controls:
            likelihood = 1 + (likelihood - 1) * factor
    for key, factor in risk.impact_factors:
        if key in controls:
            impact = 1 + (impact - 1) * factor
    return likelihood, impact


def cell(value: Fraction) -> int:
    """Round an exact likelihood or impact half up to a row or column of the matrix, 1 to 5."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _level(matrix: RiskMatrix, likelihood: Fraction, impact: Fraction) -> str:
    return matrix.level(cell(likelihood), cell(impact))
