"""The decision as a function of the weights: which conditions can move with them, and what they then say.

Every figure that the decision compares is a weighted mean, or a mean of such means, over answers that
stay as they are. A condition is therefore the sign of a gap: below nought it holds.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from bpo_assess.assessment.method import Method, RiskWeights, prepare
from bpo_assess.assessment.result import Judgement
from bpo_assess.assessment.standing import POINTS_PER_LEVEL, Case, Outlook, Standpoint, stand
from bpo_assess.assessment.verdict import Subject, ground_of, holds
from bpo_assess.model.decision import (
    ANY_RISK,
    UNDETERMINED,
    AllOf,
    AnyOf,
    Condition,
    EvidenceCondition,
    IndexCondition,
    RiskCondition,
)
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Axis, Questionnaire
from bpo_assess.model.risk import MATRIX_SIDE, ActsOn, RiskMatrix

HALF = Fraction(1, 2)


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


@dataclass(frozen=True, eq=False, slots=True)
class Atom:
    """A simple condition that depends on weights: it holds where its gap is below nought.

    The gap is the sum of the means of the parts less the cut, which lies half a printed unit below the
    limit, since figures are rounded half up before they are compared.
    """

    subject: Subject
    key: str
    limit: Decimal | str
    """The limit as the method states it: points, a share (0-1), or the level of a risk."""
    parts: tuple[Part, ...]
    cut: Fraction
    strict: bool = True
    """Whether a gap of nought does not hold."""
    upward: bool = False
    """Whether it holds where the gap is not below nought, the other way round."""
    required: bool = True
    """Whether it cannot hold where a part has no value; otherwise such a part counts nought."""

    def gap(self, weights: Weights) -> Fraction | None:
        """Compute by how much the figure exceeds the cut; None where there is no figure."""
        total = -self.cut
        for part in self.parts:
            value = part.mean(weights)
            if value is not None:
                total += value
            elif self.required:
                return None
        return total

    def says(self, gap: Fraction | None) -> bool:
        """Tell whether it holds at a gap."""
        if gap is None:
            return False
        below = gap < 0 if self.strict else gap <= 0
        return below is not self.upward

    def holds(self, weights: Weights) -> bool:
        """Tell whether it holds under weights."""
        return self.says(self.gap(weights))


@dataclass(frozen=True, slots=True)
class Fixed:
    """A condition that no weight can change."""

    truth: bool


@dataclass(frozen=True, slots=True)
class Every:
    """Holds where all its parts hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds where one of its parts holds."""

    parts: tuple["Node", ...]


Node = Fixed | Atom | Every | Some


def true(node: Node, truth: Callable[[Atom], bool]) -> bool:
    """Tell whether a condition holds, given which simple ones do."""
    match node:
        case Fixed():
            return node.truth
        case Atom():
            return truth(node)
        case Every():
            return all(true(part, truth) for part in node.parts)
        case Some():
            return any(true(part, truth) for part in node.parts)
        case _:
            assert_never(node)


def atoms(node: Node) -> Iterator[Atom]:
    """Yield the simple conditions of a condition that depend on weights."""
    match node:
        case Atom():
            yield node
        case Every() | Some():
            for part in node.parts:
                yield from atoms(part)
        case _:
            return


Tiers = tuple[tuple[Node, ...], ...]
"""The conditions of each verdict, least favourable first; the last has none."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The decision on one process as a function of the weights, its answers held."""

    verdicts: tuple[str, ...]
    """Ids of the verdicts, least favourable first."""
    weights: Weights
    """The weights as the method states them."""
    known: Tiers
    worst: Tiers
    best: Tiers
    coverage: Atom
    """Holds where too little is known."""
    levels: tuple[Part, ...]
    """The axes, and every risk's two sides, as means of what is known: the higher the better."""

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """Every simple condition that depends on weights, from each standpoint, once."""
        found: dict[Atom, None] = {self.coverage: None}
        for tiers in (self.known, self.worst, self.best):
            for nodes in tiers:
                for node in nodes:
                    found |= dict.fromkeys(atoms(node))
        return tuple(found)

    def rule(self, truth: Callable[[Atom], bool]) -> str:
        """Give the verdict on what is known, given which simple conditions hold."""
        if truth(self.coverage) and rank(self.worst, truth) != rank(self.best, truth):
            return UNDETERMINED
        return self.verdicts[rank(self.known, truth)]

    def verdict(self, weights: Weights) -> str:
        """Give the verdict on what is known under weights, exactly."""
        seen: dict[Atom, bool] = {}

        def truth(atom: Atom) -> bool:
            if atom not in seen:
                seen[atom] = atom.holds(weights)
            return seen[atom]

        return self.rule(truth)


def rank(tiers: Tiers, truth: Callable[[Atom], bool]) -> int:
    """Find the place of the first verdict that any condition holds."""
    return next(
        (
            place
            for place, nodes in enumerate(tiers)
            if any(true(node, truth) for node in nodes) or place == len(tiers) - 1
        ),
        len(tiers) - 1,
    )


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


def outlook_of(judgement: Judgement) -> Outlook:
    """Work out again where a judged process stands from each standpoint."""
    return stand(prepare(judgement.questionnaire), judgement.process, judgement.responses)


def weigh(outlook: Outlook) -> Weighing:
    """Turn the decision on a process into a function of the weights."""
    method = outlook.method
    cases = {
        Standpoint.KNOWN: outlook.known.case,
        Standpoint.WORST: outlook.worst.case,
        Standpoint.BEST: outlook.best.case,
    }
    known = _Compiler(outlook, Standpoint.KNOWN, cases[Standpoint.KNOWN])
    if not outlook.known.case.open:
        tiers = dict.fromkeys(cases, known.tiers())
    else:
        tiers = {at: _Compiler(outlook, at, case).tiers() for at, case in cases.items()}
    return Weighing(
        verdicts=tuple(v.id for v in method.questionnaire.decision.verdicts),
        weights=stated_weights(method.questionnaire),
        known=tiers[Standpoint.KNOWN],
        worst=tiers[Standpoint.WORST],
        best=tiers[Standpoint.BEST],
        coverage=known.coverage(),
        levels=tuple(known.everything()),
    )


def cut_of(limit: Decimal, units: int) -> Fraction:
    """Find the exact figure from which on the rounded one reaches a limit; so many units make up one."""
    return (math.ceil(Fraction(limit) * units) - HALF) / units


def least_cells(matrix: RiskMatrix, level: str) -> list[tuple[int, int]]:
    """List the cells, likelihood and impact, from which on a risk has at least a level."""
    least = matrix.levels.index(level)
    severe = [
        (row, column)
        for row in range(1, MATRIX_SIDE + 1)
        for column in range(1, MATRIX_SIDE + 1)
        if matrix.levels.index(matrix.level(row, column)) >= least
    ]
    return [cell for cell in severe if not any(_under(other, cell) for other in severe)]


def mean_for_cell(
    risk: RiskWeights, side: ActsOn, cell: int, in_place: Collection[str]
) -> Fraction | None:
    """Find the mean level up to which one side of a risk is rounded to at least a cell; None if never.

    After controls a side is 1 + (4 - mean) x factors, and reaches a cell half a unit below it.
    """
    factors = risk.likelihood_factors if side is ActsOn.LIKELIHOOD else risk.impact_factors
    factor = math.prod((f for key, f in factors if key in in_place), start=Fraction(1))
    if cell == 1:
        return Fraction(MAX_LEVEL)
    return MAX_LEVEL - (cell - HALF - 1) / factor if factor else None


class _Compiler:
    """Builds the conditions of one process from one standpoint."""

    def __init__(self, outlook: Outlook, standpoint: Standpoint, case: Case) -> None:
        self.method: Method = outlook.method
        self.case = case
        self.in_place = outlook.bench.controls.in_place
        standing = {
            Standpoint.KNOWN: outlook.known,
            Standpoint.WORST: outlook.worst,
            Standpoint.BEST: outlook.best,
        }[standpoint]
        known = ground_of(outlook)
        self.ground = type(known)(known.method, standing, known.facts)
        self._atoms: dict[tuple[str, ...], Atom] = {}

    def tiers(self) -> Tiers:
        """Build the conditions of every verdict."""
        *restrictive, _ = self.method.questionnaire.decision.verdicts
        return (
            *(
                tuple(part for condition in verdict.held_by for part in _open(self.node(condition)))
                for verdict in restrictive
            ),
            (),
        )

    def node(self, condition: Condition) -> Node:
        """Build one condition."""
        match condition:
            case IndexCondition():
                return self._index(condition)
            case EvidenceCondition():
                return self._evidence(condition.evidence_share.below)
            case RiskCondition():
                return self._risk(condition)
            case AllOf():
                return Every(tuple(map(self.node, condition.all)))
            case AnyOf():
                return Some(tuple(map(self.node, condition.any)))
            case _:
                return Fixed(holds(condition, self.ground))

    def coverage(self) -> Atom:
        """Build the condition that too little is known: the mean of the axes of what is known, as shares."""
        limit = self.method.questionnaire.decision.undetermined.below_coverage
        levels = self.case.levels
        values = {key: Fraction(level is not None) for key, level in levels.items()}
        cut = cut_of(limit, 100) * len(self.method.axes)
        parts = tuple(self._axis(axis, values) for axis in self.method.questionnaire.axes)
        return Atom(Subject.COVERAGE, "coverage", limit, parts, cut, required=False)

    def everything(self) -> Iterator[Part]:
        """Yield every mean of known levels that a condition can look at."""
        for axis in self.method.questionnaire.axes:
            yield self._axis(axis, self._points())
        for risk in self.method.questionnaire.risks:
            for side in ActsOn:
                yield Part(None, {"": self._side(risk.id, side)})

    def _points(self) -> dict[str, Fraction]:
        """Give the points of every question that is known."""
        return {
            key: Fraction(POINTS_PER_LEVEL * level)
            for key, level in self.case.levels.items()
            if level is not None
        }

    def _cluster(self, dimension: str, values: Mapping[str, Fraction]) -> Cluster:
        questions = self.method.questionnaire.dimensions[dimension].questions
        own = {q.id: values[q.id] for q in questions if q.id in values}
        return Cluster(Group(WeightKind.QUESTION, dimension), own)

    def _axis(self, axis: Axis, values: Mapping[str, Fraction]) -> Part:
        group = Group(WeightKind.DIMENSION, axis.id)
        return Part(group, {part.id: self._cluster(part.id, values) for part in axis.dimensions})

    def _index(self, condition: IndexCondition) -> Atom:
        limit = condition.below if condition.below is not None else condition.at_least or Decimal(0)
        upward = condition.below is None
        if condition.dimension:
            part = Part(None, {"": self._cluster(condition.dimension, self._points())})
            subject = Subject.DIMENSION
        else:
            axis = next(a for a in self.method.questionnaire.axes if a.id == condition.axis)
            part, subject = self._axis(axis, self._points()), Subject.AXIS
        name = (subject, condition.subject, str(limit), str(upward))
        atom = Atom(subject, condition.subject, limit, (part,), cut_of(limit, 10), upward=upward)
        return self._atoms.setdefault(name, atom)

    def _evidence(self, limit: Decimal) -> Atom:
        """Build a condition on evidence: proven / answered < cut, so proven - cut x answered < 0."""
        cut = cut_of(limit, 100)
        values = {
            key: (key in self.case.evidenced) - cut * (level is not None)
            for key, level in self.case.levels.items()
        }
        parts = tuple(self._axis(axis, values) for axis in self.method.questionnaire.axes)
        atom = Atom(Subject.EVIDENCE, "evidence", limit, parts, Fraction(), required=False)
        return self._atoms.setdefault((Subject.EVIDENCE, str(limit)), atom)

    def _risk(self, condition: RiskCondition) -> Node:
        matrix = self.method.questionnaire.risk_matrix
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
                for risk in self.method.questionnaire.risks
                if condition.risk in {ANY_RISK, risk.id}
                for row, column in least_cells(matrix, condition.at_least)
            )
        )

    def _side(self, risk: str, side: ActsOn) -> Cluster:
        likely = side is ActsOn.LIKELIHOOD
        found = next(part for part in self.method.questionnaire.risks if part.id == risk)
        drivers = found.drivers if likely else found.impact_drivers
        kind = WeightKind.DRIVER if likely else WeightKind.IMPACT_DRIVER
        levels = {
            key: Fraction(level)
            for key in drivers
            if (level := self.case.levels.get(key)) is not None
        }
        return Cluster(Group(kind, risk), levels)

    def _at_least(self, risk: str, side: ActsOn, cell: int, level: str) -> Node:
        """Build a condition on one side of a risk: 1 + (4 - mean level) x factors >= cell - 1/2."""
        name = (Subject.RISK, risk, side, str(cell), level)
        if name in self._atoms:
            return self._atoms[name]
        found = next(part for part in self.method.risks if part.id == risk)
        cut = mean_for_cell(found, side, cell, self.in_place)
        if cut is None:
            return Fixed(truth=False)
        part = Part(None, {"": self._side(risk, side)})
        atom = Atom(Subject.RISK, risk, level, (part,), cut, strict=False)
        return self._atoms.setdefault(name, atom)


def _open(node: Node) -> Iterator[Node]:
    """Open up alternatives: any condition of a verdict is enough anyway."""
    if isinstance(node, Some):
        for part in node.parts:
            yield from _open(part)
    else:
        yield node


def _under(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether a cell lies below another on one side at least, and above it on none."""
    return one != other and one[0] <= other[0] and one[1] <= other[1]
