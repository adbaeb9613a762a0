"""Finding plans: the least effort that reaches a verdict, and the most that a budget reaches."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from bpo_assess.analysis.plan.conditions import HUNDRED, Conditions
from bpo_assess.analysis.plan.doing import explained, plan_of, state_of, works_of
from bpo_assess.analysis.plan.program import NEVER, Row, Sum, total, weighted
from bpo_assess.analysis.plan.result import Bar, Plan, Planning
from bpo_assess.analysis.plan.room import Room, Seen, room_of
from bpo_assess.analysis.plan.solving import (
    TOLERANCE,
    GaveUp,
    Solution,
    no_less_than,
    solve,
)
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import least_printed
from bpo_assess.assessment.standing import Standpoint
from bpo_assess.model.decision import UNDETERMINED, Stance, Verdict

Group = tuple[int, int]
"""A condition by the places of its verdict and of itself; that enough is known, by -1 and the target."""

COVERAGE = -1

FEW_NODES = 50
"""Nodes that a search for fewer pieces of work or for an alternative may take."""

LONG_SEARCH = 5_000
"""Steps of the solver beyond which these are not looked for: they make a plan handier, not smaller."""

MOST_MISSES = 50
"""How often a solver's answer may turn out wrong by rounding before the search is given up."""

NEARLY = Fraction(1, 10**5)
"""Points of candidacy that are no difference where questions stay open, and figures are not whole."""

LARGEST_WHOLE = 10**7

WHOLE_GAP = 0.99
"""Whole objectives that differ by less than this are the same."""


def next_better(assessment: Assessment) -> Verdict | None:
    """Name the next better verdict, None at the best.

    Where a verdict is still undetermined, the first that lets the work go is meant.
    """
    verdicts = assessment.questionnaire.decision.verdicts
    if assessment.ruling.verdict is None:
        goes = {Stance.CONDITIONAL, Stance.FAVOUR}
        return next((verdict for verdict in verdicts if verdict.stance in goes), verdicts[-1])
    place = _place(verdicts, assessment.ruling.id) + 1
    return verdicts[place] if place < len(verdicts) else None


def _place(verdicts: Sequence[Verdict], key: str) -> int:
    """Rank a verdict from the least favourable; an undetermined one comes before all."""
    if key == UNDETERMINED:
        return -1
    return next(place for place, verdict in enumerate(verdicts) if verdict.id == key)


def plan_to(
    before: Assessment, target: Verdict, alternatives: int = 2, *, firm: bool = False
) -> Planning:
    """Find the least effort that reaches a verdict or a better one, or what stands in the way.

    A firm one stands whatever the answers that are open then turn out to be. Raises GaveUp where the
    search takes too long.
    """
    search = _Search(before, firm=firm)
    asked = Planning(before=before, target=target, firm=firm)
    place = _place(before.questionnaire.decision.verdicts, target.id)
    if search.is_reached(place, before):
        return replace(asked, plan=plan_of(before, ()), proven=True)
    found = search.least(place)
    if found is None:
        bars = tuple(search.bars(place))
        return replace(asked, bars=bars, reachable=search.reachable(place))
    others = tuple(search.alternatives(place, found, alternatives))
    plan = explained(before, found.plan)
    return replace(asked, plan=plan, proven=found.proven, alternatives=others)


def best_within(before: Assessment, budget: Decimal) -> Planning:
    """Find the best that an effort reaches: the verdict first, then the candidacy, then the least effort.

    Where a verdict is still undetermined, only one that lets the work go is sought: what nobody knows is
    reckoned at its worst, and to find that out is no improvement. Raises GaveUp where the search takes
    too long.
    """
    search, allowed = _Search(before), Fraction(budget)
    asked = Planning(before=before, target=None, budget=allowed)
    verdicts = before.questionnaire.decision.verdicts
    sought = next_better(before) if before.ruling.verdict is None else before.ruling.verdict
    for place in range(len(verdicts) - 1, _place(verdicts, (sought or verdicts[-1]).id) - 1, -1):
        found = search.most(place, allowed)
        if found is not None:
            return replace(asked, plan=explained(before, found.plan), proven=found.proven)
    if before.ruling.verdict is None:
        return replace(asked, plan=plan_of(before, ()), proven=True)
    raise GaveUp("no plan within the budget was found")


@dataclass(frozen=True, slots=True)
class _Found:
    plan: Plan
    chosen: frozenset[int]
    """The choices that were taken."""
    proven: bool = False
    """Whether no other does better."""
    hard: bool = False
    """Whether the search took long."""


class _Search:
    """One process and everything that was found out about it so far."""

    def __init__(self, before: Assessment, *, firm: bool = False) -> None:
        self.before = before
        self.standpoint = Standpoint.WORST if firm else Standpoint.KNOWN
        """From where the conditions of a verdict have to be met."""
        self.verdicts = before.questionnaire.decision.verdicts
        self.room: Room = room_of(before)
        self.program = self.room.program
        self.is_short = self._covered().constant < 0
        """Whether too little is known today; more can only be added."""
        self.conditions = Conditions(self.room, every_set=self.is_short)
        self.written: set[int] = set()
        self.scale = math.lcm(*(cost.denominator for cost in self.room.costs.values()))
        self.missed: list[Row] = []

    # What is asked

    def _groups(self, place: int) -> list[Group]:
        """Write the conditions that a verdict needs not to hold, and name them."""
        found: list[Group] = []
        seen = Seen(self.room, self.standpoint)
        for number, verdict in enumerate(self.verdicts[: max(place, 0)]):
            for part, condition in enumerate(verdict.held_by):
                found.append((number, part))
                if number not in self.written:
                    self.program.group = (number, part)
                    self.conditions.avoid(condition, seen)
            self.written.add(number)
        if place >= 0 and self.is_short:
            found.append((COVERAGE, place))
            if (COVERAGE, place) not in {row.group for row in self.program.rows}:
                self.program.group = (COVERAGE, place)
                self._determined(place)
        self.program.group = None
        return found

    def is_reached(self, place: int, assessment: Assessment) -> bool:
        """Tell whether an assessment has a verdict, or a better one, as firmly as is asked."""
        ruling = assessment.ruling
        ids = [ruling.id, *([ruling.worst.id] if self.standpoint is Standpoint.WORST else [])]
        return all(_place(self.verdicts, key) >= place for key in ids)

    def _covered(self) -> Sum:
        """Give the share of the weight that is known beyond what a verdict needs."""
        limit = self.before.questionnaire.decision.undetermined.below_coverage
        known = Seen(self.room, Standpoint.KNOWN)
        shares = self.room.bench.shares.items()
        return weighted((share, known.counted(key)) for key, share in shares) - least_printed(
            limit, 2
        )

    def _determined(self, place: int) -> None:
        """Require that enough is known, or that worst and best agree on a verdict at least as good."""
        enough = self.program.choice()
        self.program.require(self._covered(), enough)
        worst, best = Seen(self.room, Standpoint.WORST), Seen(self.room, Standpoint.BEST)
        choices = [enough]
        for number in range(place, len(self.verdicts)):
            agreed = self.program.choice()
            choices.append(agreed)
            for verdict in self.verdicts[:number]:
                for condition in verdict.held_by:
                    self.conditions.avoid(condition, worst, agreed)
            if number < len(self.verdicts) - 1:
                held = self.verdicts[number].held_by
                ways = [self.program.choice() for _ in held]
                self.program.one_of(ways, agreed)
                for condition, way in zip(held, ways, strict=True):
                    self.conditions.meet(condition, best, way)
        self.program.one_of(choices)

    # Answers

    def least(self, place: int, extra: Sequence[Row] = ()) -> _Found | None:
        """Find the least effort, then of the plans that take it one with few pieces of work."""
        groups = self._groups(place)
        if self.program.impossible & set(groups):
            return None
        effort = self.room.effort * self.scale
        for _ in range(MOST_MISSES):
            cheapest = solve(self.program, groups, effort, [*extra, *self.missed], gap=WHOLE_GAP)
            if cheapest is None:
                return None
            within = self._within(effort.at(cheapest.values) / self.scale)
            hard = cheapest.iterations > LONG_SEARCH
            found = None if hard else self._fewest(place, [*extra, within])
            found = found or self._assessed(place, cheapest)
            if found is not None:
                least = Fraction(no_less_than(cheapest.bound), self.scale)
                return replace(found, proven=least == found.plan.effort, hard=hard)
        raise GaveUp("the figures are too fine for the solver")

    def _fewest(self, place: int, extra: Sequence[Row]) -> _Found | None:
        """Find a plan with few pieces of work; None where there is none, or none is found soon."""
        groups, rows = self._groups(place), [*extra, *self.missed]
        pieces = self._pieces
        try:
            solution = solve(self.program, groups, pieces, rows, gap=WHOLE_GAP, nodes=FEW_NODES)
        except GaveUp:
            return None
        return self._assessed(place, solution) if solution else None

    def _assessed(self, place: int, solution: Solution) -> _Found | None:
        """Assess the process with the work done; rule the solution out where it does not hold."""
        plan = plan_of(self.before, works_of(self.room, state_of(self.room, solution.values)))
        chosen = frozenset(key for key in self.room.costs if solution.values[key])
        if self.is_reached(place, plan.after):
            return _Found(plan, chosen)
        self.missed.append(self._not_just(chosen))
        return None

    @cached_property
    def _pieces(self) -> Sum:
        """Count the pieces of work; steps that take no effort are counted beside, so that none is idle."""
        free = [key for key, cost in self.room.costs.items() if not cost]
        parts = [control for control in self.room.controls.values() if not control.is_constant]
        for lever in self.room.levers.values():
            steps = (lever.answered, *lever.reached)
            first = [step for step in steps if not step.is_constant][:1]
            proof = [] if lever.proven.is_constant else [lever.proven]
            if not first or not proof:
                parts += first or proof
                continue
            piece = self.program.figure(1)
            for choice in (*first, *proof):
                self.program.require(piece - choice)
            parts.append(piece)
        return total(parts) * (len(free) + 1) + Sum(dict.fromkeys(free, 1))

    def _not_just(self, chosen: frozenset[int]) -> Row:
        """Rule out one set of choices."""
        terms = {key: -1 if key in chosen else 1 for key in self.room.costs}
        return Row(Sum(terms, len(chosen) - 1), exact=True)

    def alternatives(self, place: int, first: _Found, most: int) -> Iterator[Plan]:
        """Find other plans of the same effort: others in what they raise, not only in what they prove."""
        rows, found = [self._within(first.plan.effort)], first
        proofs = {key for lever in self.room.levers.values() for key in lever.proven.terms}
        proofs -= {key for lever in self.room.levers.values() for key in lever.answered.terms}
        for _ in range(0 if first.hard else most):
            kept = (found.chosen - proofs) or found.chosen
            if not kept:
                return
            rows.append(Row(Sum(dict.fromkeys(kept, -1), len(kept) - 1), exact=True))
            other = self._fewest(place, rows)
            if other is None:
                return
            yield other.plan
            found = other

    def _within(self, effort: Fraction) -> Row:
        return self.program.row(-self.room.effort + effort)

    def most(self, place: int, budget: Fraction) -> _Found | None:
        """Find the plan within a budget that reaches a verdict and then the highest candidacy."""
        groups, within = self._groups(place), self._within(budget)
        candidacy = self._candidacy
        objective, gap = _whole_objective(candidacy, self.program.row(candidacy))
        if self.program.impossible & set(groups):
            return None
        rows = [within, *self.missed]
        solution = solve(self.program, groups, objective, rows, most=True, gap=gap)
        if solution is None:
            return None
        # The solver may overshoot by its tolerance: what is to be reached is what assessing again gives.
        works = works_of(self.room, state_of(self.room, solution.values))
        assessed = plan_of(self.before, works).after.scorecard.exact_candidacy or Fraction()
        reached = min(candidacy.at(solution.values), assessed)
        row = self.program.row(candidacy - reached)
        if not row.exact:
            row = self.program.row(candidacy - (reached - NEARLY))
        found = self.least(place, [within, row]) or self._assessed(place, solution)
        is_most = solution.bound < float(objective.at(solution.values)) + max(gap, TOLERANCE)
        return found and replace(found, proven=found.proven and is_most)

    @cached_property
    def _candidacy(self) -> Sum:
        """Give the candidacy; 0 where an axis has no value, and so there is none."""
        axes = self.room.bench.method.axes
        parts = [self._axis(self.conditions.axis(axis.id)) for axis in axes]
        mean = weighted((Fraction(1, len(parts)), index) for index, _ in parts)
        if all(has.is_constant and has.constant for _, has in parts):
            return mean
        found, valued = self.program.figure(HUNDRED), self.program.choice()
        for _, has in parts:
            self.program.require(has - valued)
        self.program.require(mean - found)
        self.program.require(valued * HUNDRED - found)
        return found

    def _axis(self, parts: Sequence[tuple[int, Sum, Sum]]) -> tuple[Sum, Sum]:
        """Give the index of an axis and whether it has one."""
        if not parts:
            return NEVER, NEVER
        if all(has.is_constant for _, _, has in parts):
            whole = sum(weight for weight, _, _ in parts)
            return weighted((Fraction(weight, whole), index) for weight, index, _ in parts), (
                parts[0][2]
            )
        index = self.program.figure(HUNDRED)
        self.program.equate(
            weighted(
                (weight, self.program.product(index, HUNDRED, has)) for weight, _, has in parts
            ),
            weighted((weight, part) for weight, part, _ in parts),
        )
        has = self.conditions.any_of([has for _, _, has in parts])
        self.program.require(has * HUNDRED - index)
        return index, has

    # What stands in the way

    def _is_possible(self, groups: Sequence[Group]) -> bool:
        if self.program.impossible & set(groups):
            return False
        return solve(self.program, groups, NEVER) is not None

    def bars(self, place: int) -> Iterator[Bar]:
        """Name each condition that cannot be met by itself; else a set that cannot be met together.

        Of that set none can be left out: with any one fewer, the others can be met.
        """
        groups = self._groups(place)
        alone = [group for group in groups if not self._is_possible([group])]
        if alone:
            yield from (self._bar(group, alone=True) for group in alone)
            return
        kept = list(groups)
        for group in groups:
            rest = [other for other in kept if other != group]
            if not self._is_possible(rest):
                kept = rest
        yield from (self._bar(group, alone=False) for group in kept)

    def _bar(self, group: Group, *, alone: bool) -> Bar:
        number, part = group
        if number == COVERAGE:
            return Bar(UNDETERMINED, None, alone)
        verdict = self.verdicts[number]
        return Bar(verdict.id, verdict.held_by[part], alone)

    def reachable(self, place: int) -> Verdict | None:
        """Name the best verdict below a place that can be reached and is better than today's."""
        lowest = _place(self.verdicts, self.before.ruling.id)
        for number in range(place - 1, lowest, -1):
            if self._is_possible(self._groups(number)):
                return self.verdicts[number]
        return None


def _whole_objective(amount: Sum, row: Row) -> tuple[Sum, float]:
    """Scale an objective so that its values are whole numbers, where they can be."""
    if row.exact and all(-LARGEST_WHOLE < f < LARGEST_WHOLE for f in row.sum.terms.values()):
        return Sum(row.sum.terms), WHOLE_GAP
    return amount, float(NEARLY)
