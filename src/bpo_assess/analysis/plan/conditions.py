"""The conditions of a decision as rows of a program, so that a plan meets exactly what `assess` asks.

A printed figure reaches a limit where the exact one lies at most half a last place below it: figures
are rounded half up before they are compared. Conditions that must not hold are *avoided*, conditions
that must hold (only where a verdict has to be certain although little is known) are *met*.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import TypeVar, assert_never

from bpo_assess.analysis.plan.program import ALWAYS, NEVER, Sum, fixed, total, weighted
from bpo_assess.analysis.plan.room import Room, Seen
from bpo_assess.assessment.method import Method, RiskWeights, Weighted
from bpo_assess.assessment.rounding import least_printed
from bpo_assess.assessment.standing import POINTS_PER_LEVEL, Standpoint
from bpo_assess.model.decision import (
    ANY_RISK,
    AllOf,
    AnyOf,
    Condition,
    EvidenceCondition,
    FactCondition,
    IndexCondition,
    QuestionCondition,
    RiskCondition,
    UnknownCondition,
)
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.risk import MATRIX_SIDE

HUNDRED = 100

HALF = Fraction(1, 2)

MOST_SHARED = 8
"""Controls on one side of a risk of which every choice is tried; of more, the strongest go first."""

Part = TypeVar("Part")

Simple = QuestionCondition | IndexCondition | EvidenceCondition | FactCondition
"""Conditions on one figure."""

Controls = tuple[tuple[str, Fraction], ...]


@dataclass
class Side:
    """Likelihood or impact of a risk, and which of its controls are in place: one choice for each set."""

    drivers: Weighted
    sets: Sequence[tuple[Sum, Fraction]]
    """Each choice with the product of the factors of its controls."""


@dataclass
class Conditions:
    """Writes conditions into the program of a room."""

    room: Room
    every_set: bool = False
    """Whether every set of controls is tried, though the strongest of each number would do."""
    _sides: dict[tuple[str, str], Side] = field(default_factory=dict)
    _axes: dict[str, list[tuple[int, Sum, Sum]]] = field(default_factory=dict)

    @property
    def _method(self) -> Method:
        return self.room.bench.method

    def avoid(self, condition: Condition, seen: Seen, where: Sum = ALWAYS) -> None:
        """Require that a condition does not hold, wherever a choice is taken."""
        program = self.room.program
        match condition:
            case RiskCondition():
                for risk in self._risks(condition):
                    self._below(risk, self._rank(condition.at_least), seen, where)
            case UnknownCondition():
                for key in self._watched(condition):
                    program.require(-seen.is_open(key), where)
            case AnyOf():
                for part in condition.any:
                    self.avoid(part, seen, where)
            case AllOf():
                for part, choice in self._one_of(condition.all, where):
                    self.avoid(part, seen, choice)
            case _:
                program.require(self._beyond(condition, seen), where)

    def meet(self, condition: Condition, seen: Seen, where: Sum) -> None:
        """Require that a condition holds, wherever a choice is taken, and no question is left out."""
        program = self.room.program
        match condition:
            case RiskCondition():
                for risk, choice in self._one_of(tuple(self._risks(condition)), where):
                    self._at_least(risk, self._rank(condition.at_least), seen, choice)
            case UnknownCondition():
                program.one_of([seen.is_open(key) for key in self._watched(condition)], where)
            case AnyOf():
                for part, choice in self._one_of(condition.any, where):
                    self.meet(part, seen, choice)
            case AllOf():
                for part in condition.all:
                    self.meet(part, seen, where)
            case _:
                program.require(-self._beyond(condition, seen), where, above=True)

    def _one_of(self, parts: Sequence[Part], where: Sum) -> Iterator[tuple[Part, Sum]]:
        """Give each part a choice, of which one at least is taken."""
        choices = [self.room.program.choice() for _ in parts]
        self.room.program.one_of(choices, where)
        return zip(parts, choices, strict=True)

    def _beyond(self, condition: Simple, seen: Seen) -> Sum:
        """Give how far a figure lies beyond what is asked for; below 0 exactly where the condition holds."""
        match condition:
            case QuestionCondition():
                return -_holds(condition, seen)
            case IndexCondition():
                return self._index_beyond(condition, seen)
            case EvidenceCondition():
                return self._proven_beyond(condition, seen)
            case FactCondition():
                return fixed(-1 if condition.fact in self.room.facts else 0)
            case _:
                assert_never(condition)

    def _watched(self, condition: UnknownCondition) -> Iterator[str]:
        watched = self._method.gates if condition.unknown == "gates" else self._method.named
        return (key for key in self.room.levers if key in watched)

    def _proven_beyond(self, condition: EvidenceCondition, seen: Seen) -> Sum:
        """Give what is proven beyond the share that is asked for; negative where the condition holds."""
        limit = least_printed(condition.evidence_share.below, 2)
        shares = self.room.bench.shares
        return weighted((share, seen.proven(key)) for key, share in shares.items()) - weighted(
            (share * limit, seen.counted(key)) for key, share in shares.items()
        )

    # Indices

    def _index_beyond(self, condition: IndexCondition, seen: Seen) -> Sum:
        limit = least_printed(condition.below or Decimal(0), 1)
        if condition.dimension is not None:
            part = next(part for part in self._method.dimensions if part.id == condition.dimension)
            questions = seen.applicable(part.questions)
            points = seen.points(questions) * POINTS_PER_LEVEL
            return points - seen.weight(questions) * limit
        return self._axis_beyond(condition.subject, seen, limit)

    def _axis_beyond(self, key: str, seen: Seen, limit: Fraction) -> Sum:
        """Give what the axis has beyond a limit: its dimensions' indices, each times its weight."""
        parts = self.axis(key) if seen.is_known else list(self._dimensions(key, seen))
        return weighted((weight, index - has * limit) for weight, index, has in parts)

    def axis(self, key: str) -> list[tuple[int, Sum, Sum]]:
        """Give weight, index (0 without a value) and whether there is a value, of each dimension."""
        if key not in self._axes:
            program = self.room.program
            group, program.group = program.group, None
            self._axes[key] = list(self._dimensions(key, Seen(self.room, Standpoint.KNOWN)))
            program.group = group
        return self._axes[key]

    def _dimensions(self, key: str, seen: Seen) -> Iterator[tuple[int, Sum, Sum]]:
        axis = next(axis for axis in self._method.axes if axis.id == key)
        for part in axis.dimensions:
            questions = seen.applicable(part.questions)
            if questions:
                yield part.weight, *self._dimension(questions, seen)

    def _dimension(self, questions: Weighted, seen: Seen) -> tuple[Sum, Sum]:
        """Give the index of a dimension, 0 where nothing is known, and whether anything is.

        Where a question may stay open, the index is sum(weight x points) / sum(weights that count): a
        figure whose product with each choice to answer is a figure as well.
        """
        points = seen.points(questions) * POINTS_PER_LEVEL
        weight = seen.weight(questions)
        if weight.is_constant:
            return points * Fraction(1, int(weight.constant)), ALWAYS
        program = self.room.program
        index = program.figure(HUNDRED)
        program.equate(
            weighted(
                (share, program.product(index, HUNDRED, seen.counted(key)))
                for key, share in questions
            ),
            points,
        )
        has = self.any_of([seen.counted(key) for key, _ in questions])
        program.require(has * HUNDRED - index)
        return index, has

    def any_of(self, choices: Sequence[Sum]) -> Sum:
        """Give whether any of several choices is taken."""
        if any(choice.is_constant and choice.constant == 1 for choice in choices):
            return ALWAYS
        program = self.room.program
        found = program.choice()
        program.require(total(choices) - found)
        for choice in choices:
            program.require(found - choice)
        return found

    # Risks

    def _risks(self, condition: RiskCondition) -> Iterator[RiskWeights]:
        if self._method.questionnaire.risk_matrix is not None:
            for risk in self._method.risks:
                if condition.risk in {ANY_RISK, risk.id}:
                    yield risk

    def _rank(self, level: str) -> int:
        matrix = self._method.questionnaire.risk_matrix
        return matrix.levels.index(level) if matrix else 0

    def _is_severe(self, rank: int, likelihood: int, impact: int) -> bool:
        matrix = self._method.questionnaire.risk_matrix
        level = matrix.level(likelihood, impact) if matrix else ""
        return bool(matrix) and matrix.levels.index(level) >= rank  # type: ignore[union-attr]

    def _below(self, risk: RiskWeights, rank: int, seen: Seen, where: Sum) -> None:
        """Keep a risk below a level: in one of the corners of the matrix that lie below it, or unrated."""
        program = self.room.program
        sides = self._side(risk, "likelihood", seen), self._side(risk, "impact", seen)
        options = []
        for side in sides:
            unrated = _none_counts(side.drivers, seen)
            if unrated is ALWAYS:
                return
            if unrated is not None:
                choice = program.choice()
                options.append(choice)
                for key, _ in side.drivers:
                    program.require(-seen.counted(key), choice)
        for likelihood, impact in self._mild_corners(rank):
            choice = program.choice()
            options.append(choice)
            for side, limit in zip(sides, (likelihood, impact), strict=True):
                self._at_most_cell(side, limit, seen, choice)
        program.one_of(options, where)

    def _mild_corners(self, rank: int) -> list[tuple[int, int]]:
        """List the largest rectangles of the matrix, from its mild corner, that lie below a level."""
        found: list[tuple[int, int]] = []
        widest = 0
        for likelihood in range(MATRIX_SIDE, 0, -1):
            impact = 0
            while impact < MATRIX_SIDE and not any(
                self._is_severe(rank, row, impact + 1) for row in range(1, likelihood + 1)
            ):
                impact += 1
            if impact > widest:
                found.append((likelihood, impact))
                widest = impact
        return found

    def _at_most_cell(self, side: Side, limit: int, seen: Seen, where: Sum) -> None:
        """Keep a side at or below a row or column: 1 + (4 - mean level) x factor < limit + 1/2."""
        if limit == MATRIX_SIDE:
            return
        bound = limit - HALF
        self._compare(side, bound, seen, where, above=True)

    def _compare(self, side: Side, bound: Fraction, seen: Seen, where: Sum, *, above: bool) -> None:
        """Keep (4 - mean level) x factor below a bound, or (not `above`) at it or more.

        Both sides are multiplied by the weight that counts, so that they are linear; the factor is
        that of the set of controls that is chosen.
        """
        program = self.room.program
        points, weight = seen.points(side.drivers), seen.weight(side.drivers)
        sign = 1 if above else -1
        if weight.is_constant and above:
            program.require(points - self._needed(side, bound, int(weight.constant)), where)
            return
        for choice, factor in side.sets:
            room = points * factor + weight * (bound - MAX_LEVEL * factor)
            both = where if choice is ALWAYS else where + choice - 1
            program.require(room * sign, both, above=above)

    def _needed(self, side: Side, bound: Fraction, weight: int) -> Sum:
        """Give the points, a whole number for each set of controls, above which a side is low enough."""
        needed = []
        for choice, factor in side.sets:
            least = 0
            if factor:
                least = max(math.floor((MAX_LEVEL - bound / factor) * weight) + 1, 0)
            needed.append((least, choice))
        return weighted(needed)

    def _at_least(self, risk: RiskWeights, rank: int, seen: Seen, where: Sum) -> None:
        """Keep a risk at a level or above, at a standpoint from which every question has a level."""
        program = self.room.program
        sides = self._side(risk, "likelihood", seen), self._side(risk, "impact", seen)
        if not all(side.drivers for side in sides):
            program.require(-where)
            return
        corners = [
            (likelihood, impact)
            for likelihood in range(1, MATRIX_SIDE + 1)
            for impact in range(1, MATRIX_SIDE + 1)
            if self._is_severe(rank, likelihood, impact)
        ]
        choices = [program.choice() for _ in corners]
        program.one_of(choices, where)
        for corner, choice in zip(corners, choices, strict=True):
            for side, limit in zip(sides, corner, strict=True):
                if limit > 1:
                    self._compare(side, limit - 1 - HALF, seen, choice, above=False)

    def _side(self, risk: RiskWeights, name: str, seen: Seen) -> Side:
        if (risk.id, name) not in self._sides:
            likely = name == "likelihood"
            drivers = seen.applicable(risk.drivers if likely else risk.impact_drivers)
            controls = risk.likelihood_factors if likely else risk.impact_factors
            self._sides[risk.id, name] = Side(drivers, self._sets(controls))
        return self._sides[risk.id, name]

    def _sets(self, controls: Controls) -> list[tuple[Sum, Fraction]]:
        """Choose exactly one set of controls that are in place.

        Every control takes the same effort, so of those that act on nothing else only the strongest
        one, two, three ... need be tried.
        """
        program, base = self.room.program, Fraction(1)
        open_controls: list[tuple[str, Fraction]] = []
        for key, factor in sorted(controls, key=lambda pair: pair[1]):
            if self.room.controls[key].is_constant:
                base *= factor
            else:
                open_controls.append((key, factor))
        if not open_controls:
            return [(ALWAYS, base)]
        group, program.group = program.group, None
        sets = []
        for chosen in self._choices(open_controls):
            factor = math.prod((f for key, f in open_controls if key in chosen), start=base)
            sets.append((program.choice(), factor, chosen))
        program.equate(total(choice for choice, _, _ in sets), ALWAYS)
        for key, _ in open_controls:
            within = total(choice for choice, _, chosen in sets if key in chosen)
            program.equate(within, self.room.controls[key])
        program.group = group
        return [(choice, factor) for choice, factor, _ in sets]

    def _choices(self, controls: Sequence[tuple[str, Fraction]]) -> Iterator[frozenset[str]]:
        """List the sets of controls that are worth trying."""
        keys = [key for key, _ in controls]
        free = [] if self.every_set else [key for key in keys if self._uses(key) == 1]
        bound = [key for key in keys if key not in free]
        if len(bound) > MOST_SHARED:
            free, bound = keys, []
        for number in range(len(free) + 1):
            for size in range(len(bound) + 1):
                for others in combinations(bound, size):
                    yield frozenset((*free[:number], *others))

    def _uses(self, control: str) -> int:
        return sum(
            key == control
            for risk in self._method.risks
            for key, _ in (*risk.likelihood_factors, *risk.impact_factors)
        )


def _holds(condition: QuestionCondition, seen: Seen) -> Sum:
    """Give whether a condition on a question holds: 0 or 1."""
    key = condition.question
    if key not in seen.room.levers:
        return NEVER
    return seen.counted(key) - seen.at_least(key, (condition.at_most or 0) + 1)


def _none_counts(drivers: Weighted, seen: Seen) -> Sum | None:
    """Tell whether a risk can be without a level: always without drivers, or while all are open."""
    if not drivers:
        return ALWAYS
    counted = [seen.counted(key) for key, _ in drivers]
    if any(choice.is_constant for choice in counted):
        return None
    return NEVER
