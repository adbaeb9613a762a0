"""The decision on one process, with its answers entered and its weights left free."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.sensitivity.weighing.decision import (
    Atom,
    Every,
    Fixed,
    Node,
    Some,
    Tiers,
    Weighing,
)
from bpo_assess.analysis.sensitivity.weighing.limits import least_cells, mean_for_cell
from bpo_assess.analysis.sensitivity.weighing.weights import (
    Cluster,
    Group,
    Part,
    WeightKind,
    stated_weights,
)
from bpo_assess.assessment.method import prepare
from bpo_assess.assessment.result import Judgement
from bpo_assess.assessment.rounding import least_printed
from bpo_assess.assessment.standing import POINTS_PER_LEVEL, Outlook, Standing, stand
from bpo_assess.assessment.verdict import Subject, ground_of, holds
from bpo_assess.model.decision import (
    ANY_RISK,
    AllOf,
    AnyOf,
    Condition,
    EvidenceCondition,
    IndexCondition,
    RiskCondition,
)
from bpo_assess.model.questionnaire import Axis
from bpo_assess.model.risk import ActsOn


def outlook_of(judgement: Judgement) -> Outlook:
    """Work out again where a judged process stands from each standpoint."""
    return stand(prepare(judgement.questionnaire), judgement.process, judgement.responses)


def weigh(outlook: Outlook) -> Weighing:
    """Turn the decision on a process into a function of the weights."""
    questionnaire = outlook.method.questionnaire
    known = _Compiler(outlook, outlook.known)
    tiers = known.tiers()
    worst = best = tiers
    if outlook.known.case.open:
        worst = _Compiler(outlook, outlook.worst).tiers()
        best = _Compiler(outlook, outlook.best).tiers()
    return Weighing(
        verdicts=tuple(verdict.id for verdict in questionnaire.decision.verdicts),
        weights=stated_weights(questionnaire),
        known=tiers,
        worst=worst,
        best=best,
        coverage=known.coverage(),
        levels=tuple(known.means()),
    )


class _Compiler:
    """Builds the conditions of one process from one standpoint."""

    def __init__(self, outlook: Outlook, standing: Standing) -> None:
        self._method = outlook.method
        self._questionnaire = outlook.method.questionnaire
        self._case = standing.case
        self._in_place = outlook.bench.controls.in_place
        self._ground = replace(ground_of(outlook), standing=standing)
        self._points = {
            key: Fraction(POINTS_PER_LEVEL * level)
            for key, level in self._case.levels.items()
            if level is not None
        }
        """The points of every question that is known."""
        self._atoms: dict[tuple[str, ...], Atom] = {}

    def tiers(self) -> Tiers:
        """Build the conditions of every verdict."""
        *restrictive, _ = self._questionnaire.decision.verdicts
        return (
            *(
                tuple(
                    part for condition in verdict.held_by for part in _open(self._node(condition))
                )
                for verdict in restrictive
            ),
            (),
        )

    def coverage(self) -> Atom:
        """Build the condition that too little is known: the mean of the axes of what is known, as shares."""
        limit = self._questionnaire.decision.undetermined.below_coverage
        levels = self._case.levels
        parts = self._axes({key: Fraction(level is not None) for key, level in levels.items()})
        cut = least_printed(limit, 2) * len(parts)
        return Atom(Subject.COVERAGE, "coverage", limit, parts, cut, required=False)

    def means(self) -> Iterator[Part]:
        """Yield every mean of known levels that a condition can look at."""
        yield from self._axes(self._points)
        for risk in self._questionnaire.risks:
            for side in ActsOn:
                yield Part(None, {"": self._side(risk.id, side)})

    # Conditions

    def _node(self, condition: Condition) -> Node:
        match condition:
            case IndexCondition():
                return self._index(condition)
            case EvidenceCondition():
                return self._evidence(condition.evidence_share.below)
            case RiskCondition():
                return self._risk(condition)
            case AllOf():
                return Every(tuple(map(self._node, condition.all)))
            case AnyOf():
                return Some(tuple(map(self._node, condition.any)))
            case _:
                return Fixed(holds(condition, self._ground))

    def _index(self, condition: IndexCondition) -> Atom:
        limit = condition.below if condition.below is not None else condition.at_least or Decimal(0)
        upward = condition.below is None
        if condition.dimension:
            part = Part(None, {"": self._dimension(condition.dimension, self._points)})
            subject = Subject.DIMENSION
        else:
            axis = next(a for a in self._questionnaire.axes if a.id == condition.axis)
            part, subject = self._axis(axis, self._points), Subject.AXIS
        name = (subject, condition.subject, str(limit), str(upward))
        atom = Atom(
            subject, condition.subject, limit, (part,), least_printed(limit, 1), upward=upward
        )
        return self._atoms.setdefault(name, atom)

    def _evidence(self, limit: Decimal) -> Atom:
        """Build a condition on evidence: proven / answered < cut, so proven - cut x answered < 0."""
        cut = least_printed(limit, 2)
        values = {
            key: (key in self._case.evidenced) - cut * (level is not None)
            for key, level in self._case.levels.items()
        }
        parts = self._axes(values)
        atom = Atom(Subject.EVIDENCE, "evidence", limit, parts, Fraction(), required=False)
        return self._atoms.setdefault((Subject.EVIDENCE, str(limit)), atom)

    def _risk(self, condition: RiskCondition) -> Node:
        matrix = self._questionnaire.risk_matrix
        if matrix is None:
            return Fixed(truth=False)
        return Some(
            tuple(
                Every(
                    (
                        self._at_least(risk.id, ActsOn.LIKELIHOOD, row, condition.at_least),
                        self._at_least(risk.id, ActsOn.IMPACT, column, condition.at_least),
                    )
                )
                for risk in self._questionnaire.risks
                if condition.risk in {ANY_RISK, risk.id}
                for row, column in least_cells(matrix, condition.at_least)
            )
        )

    def _at_least(self, risk: str, side: ActsOn, cell: int, level: str) -> Node:
        """Build a condition on one side of a risk: 1 + (4 - mean level) x factors >= cell - 1/2."""
        name = (Subject.RISK, risk, side, str(cell), level)
        if name in self._atoms:
            return self._atoms[name]
        found = next(part for part in self._method.risks if part.id == risk)
        cut = mean_for_cell(found, side, cell, self._in_place)
        if cut is None:
            return Fixed(truth=False)
        part = Part(None, {"": self._side(risk, side)})
        atom = Atom(Subject.RISK, risk, level, (part,), cut, strict=False)
        return self._atoms.setdefault(name, atom)

    # Means

    def _axes(self, values: Mapping[str, Fraction]) -> tuple[Part, ...]:
        return tuple(self._axis(axis, values) for axis in self._questionnaire.axes)

    def _axis(self, axis: Axis, values: Mapping[str, Fraction]) -> Part:
        group = Group(WeightKind.DIMENSION, axis.id)
        return Part(group, {part.id: self._dimension(part.id, values) for part in axis.dimensions})

    def _dimension(self, dimension: str, values: Mapping[str, Fraction]) -> Cluster:
        questions = self._questionnaire.dimensions[dimension].questions
        own = {q.id: values[q.id] for q in questions if q.id in values}
        return Cluster(Group(WeightKind.QUESTION, dimension), own)

    def _side(self, risk: str, side: ActsOn) -> Cluster:
        likely = side is ActsOn.LIKELIHOOD
        found = next(part for part in self._questionnaire.risks if part.id == risk)
        drivers = found.drivers if likely else found.impact_drivers
        kind = WeightKind.DRIVER if likely else WeightKind.IMPACT_DRIVER
        levels = {
            key: Fraction(level)
            for key in drivers
            if (level := self._case.levels.get(key)) is not None
        }
        return Cluster(Group(kind, risk), levels)


def _open(node: Node) -> Iterator[Node]:
    """Open up alternatives: any condition of a verdict is enough anyway."""
    if isinstance(node, Some):
        for part in node.parts:
            yield from _open(part)
    else:
        yield node
