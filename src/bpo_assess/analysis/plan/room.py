"""What can be changed, in what steps and at what effort: levels, answers, evidence, controls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bpo_assess.analysis.plan.program import ALWAYS, NEVER, Program, Sum, total, weighted
from bpo_assess.assessment.answers import Response, states_evidence
from bpo_assess.assessment.method import Weighted, prepare
from bpo_assess.assessment.result import Judgement
from bpo_assess.assessment.standing import Bench, Standpoint, case_of, controls_of
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Question

Choose = Callable[[Fraction], Sum]
"""Adds a choice of a stated effort."""

UNIT = Fraction(1)
"""The effort of finding an answer out, of proving one, and of putting a control in place: a convention."""


def effort_of(question: Question, start: int, end: int) -> Fraction:
    """Add up the effort of raising a question from one level to another: 1 a level where none is stated."""
    steps = question.effort or (UNIT,) * MAX_LEVEL
    return sum((Fraction(step) for step in steps[start:end]), Fraction())


@dataclass(frozen=True, slots=True)
class Lever:
    """A question that applies: what can become of its answer."""

    question: Question
    answered: Sum
    reached: tuple[Sum, ...]
    """Whether level 1, 2, 3, 4 is reached: 0 or 1 each, none without the one before."""
    proven: Sum

    @property
    def level(self) -> Sum:
        """Give the level; 0 while there is no answer."""
        return total(self.reached)


@dataclass(frozen=True)
class Room:
    """Everything that can be changed about a process, as choices of a program, and what each costs."""

    judgement: Judgement
    bench: Bench
    program: Program
    levers: Mapping[str, Lever]
    controls: Mapping[str, Sum]
    """Whether each control of the method is in place with evidence."""
    costs: Mapping[int, Fraction]
    """The effort of each choice."""
    facts: frozenset[str]

    @property
    def effort(self) -> Sum:
        """Add up the effort of everything that is chosen."""
        return Sum(dict(self.costs))


def room_of(judgement: Judgement) -> Room:
    """Lay out what can be changed; what does not apply stays as it is."""
    method = prepare(judgement.questionnaire)
    known = case_of(judgement.responses, Standpoint.KNOWN)
    bench = Bench(method, known.levels, controls_of(judgement.process))
    program, costs = Program(), dict[int, Fraction]()

    def choice(effort: Fraction) -> Sum:
        made = program.choice()
        costs[next(iter(made.terms))] = effort
        return made

    levers = {}
    for key in known.levels:
        levers[key] = _lever(judgement.responses[key], program, choice)
    factors = {
        key: factor
        for risk in method.risks
        for key, factor in (*risk.likelihood_factors, *risk.impact_factors)
    }
    controls = {key: ALWAYS if key in bench.controls.in_place else choice(UNIT) for key in factors}
    steps = judgement.process.steps
    facts = frozenset(["retained-steps"] if any(step.stays for step in steps) else [])
    return Room(judgement, bench, program, levers, controls, costs, facts)


def _lever(response: Response, program: Program, choice: Choose) -> Lever:
    question = response.question
    start = response.level
    answered = ALWAYS if start is not None else choice(UNIT)
    reached: list[Sum] = []
    for level in range(1, MAX_LEVEL + 1):
        if start is not None and level <= start:
            reached.append(ALWAYS)
        elif start is not None and (NEVER in reached or question.is_fixed_at(level - 1)):
            reached.append(NEVER)
        else:
            step = choice(effort_of(question, level - 1, level))
            program.require((reached[-1] if reached else answered) - step)
            reached.append(step)
    return Lever(question, answered, tuple(reached), _proof(response, answered, program, choice))


def _proof(response: Response, answered: Sum, program: Program, choice: Choose) -> Sum:
    if response.evidenced:
        return ALWAYS
    if response.is_open and comes_proven(response):
        return answered
    proven = choice(UNIT)
    program.require(answered - proven)
    return proven


def comes_proven(response: Response) -> bool:
    """Tell whether an answer to the question has evidence without more work: facts, or what is named."""
    stated = response.answer is not None and states_evidence(response.answer.evidence)
    return response.proposal is not None or stated


class Seen:
    """The levers as one standpoint sees them: open questions left out, at their worst, or at their best."""

    def __init__(self, room: Room, standpoint: Standpoint) -> None:
        self.room = room
        self.is_known = standpoint is Standpoint.KNOWN
        self.is_best = standpoint is Standpoint.BEST

    def _best_of(self, lever: Lever) -> Sum:
        return 1 - lever.answered if self.is_best else NEVER

    def counted(self, key: str) -> Sum:
        """Tell whether a level counts: 0 or 1."""
        return self.room.levers[key].answered if self.is_known else ALWAYS

    def is_open(self, key: str) -> Sum:
        """Tell whether the question counts as open."""
        return NEVER if self.is_best else 1 - self.room.levers[key].answered

    def at_least(self, key: str, level: int) -> Sum:
        """Tell whether the level that counts is this or more."""
        lever = self.room.levers[key]
        if level <= 0:
            return self.counted(key)
        if level > MAX_LEVEL:
            return NEVER
        return lever.reached[level - 1] + self._best_of(lever)

    def level(self, key: str) -> Sum:
        """Give the level that counts; 0 where none does."""
        lever = self.room.levers[key]
        return lever.level + self._best_of(lever) * MAX_LEVEL

    def proven(self, key: str) -> Sum:
        """Tell whether an answer that counts has evidence."""
        lever = self.room.levers[key]
        return lever.proven + self._best_of(lever)

    def applicable(self, weights: Weighted) -> Weighted:
        """Keep the weights of questions that apply."""
        return tuple(pair for pair in weights if pair[0] in self.room.levers)

    def points(self, weights: Weighted) -> Sum:
        """Add up weight times level."""
        return weighted((weight, self.level(key)) for key, weight in weights)

    def weight(self, weights: Weighted) -> Sum:
        """Add up the weights that count."""
        return weighted((weight, self.counted(key)) for key, weight in weights)
