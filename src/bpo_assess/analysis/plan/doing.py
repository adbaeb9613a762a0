"""From choices to work, and from work to the assessment once it is done: the exact check of a plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bpo_assess.analysis.plan.program import Sum
from bpo_assess.analysis.plan.result import Kind, Plan, Work
from bpo_assess.analysis.plan.room import UNIT, Lever, Room, comes_proven, effort_of
from bpo_assess.assessment import assess
from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.process import (
    Answer,
    ControlStatement,
    ControlStatus,
    Evidence,
)
from bpo_assess.model.questionnaire import Question

PROOF = (Evidence(path="evidence"),)
"""Stands for the evidence that a plan asks for."""


@dataclass(frozen=True, slots=True)
class State:
    """What is to be: levels, what is proven, and the controls in place."""

    levels: Mapping[str, int | None]
    proven: frozenset[str]
    controls: frozenset[str]


def state_of(room: Room, values: Sequence[Fraction]) -> State:
    """Read what is to be off the values of a program's variables."""

    def is_taken(choice: Sum) -> bool:
        return bool(choice.at(values))

    levels = {
        key: int(lever.level.at(values)) if is_taken(lever.answered) else None
        for key, lever in room.levers.items()
    }
    proven = frozenset(key for key, lever in room.levers.items() if is_taken(lever.proven))
    controls = frozenset(key for key, choice in room.controls.items() if is_taken(choice))
    return State(levels, proven, controls)


def works_of(room: Room, state: State) -> tuple[Work, ...]:
    """List the work that leads to a state: gates first, then by the steps of the course."""
    questionnaire = room.judgement.questionnaire
    found = [*_on_questions(room, state), *_on_controls(room, state)]
    steps = [step.id for step in questionnaire.steps]

    def rank(work: Work) -> tuple[bool, int]:
        return not work.gate, steps.index(work.step) if work.step in steps else len(steps)

    return tuple(sorted(found, key=rank))


def _on_questions(room: Room, state: State) -> Iterator[Work]:
    for key, lever in room.levers.items():
        response, level = room.judgement.responses[key], state.levels[key]
        proves = key in state.proven and not _is_proven(response)
        if level is None or (level == response.level and not proves):
            continue
        yield _on_question(room, lever, response, level, proves=proves)


def _is_proven(response: Response) -> bool:
    return response.evidenced or (response.is_open and comes_proven(response))


def _on_question(room: Room, lever: Lever, response: Response, level: int, *, proves: bool) -> Work:
    question = lever.question
    kind = Kind.PROVE if level == response.level else Kind.RAISE
    if response.level is None:
        kind = Kind.FIND_OUT
    effort = effort_of(question, response.level or 0, level)
    return Work(
        kind=kind,
        subject=question.id,
        start=response.level,
        end=level,
        proves=proves,
        describes=response.fact_level is not None and level > response.fact_level,
        hoped=_hoped(question, level) if kind is Kind.FIND_OUT else None,
        gate=question.id in room.bench.method.gates,
        narrows=kind is Kind.RAISE and question.action is not None and question.action.narrows,
        step=question.action.step if question.action else None,
        effort=effort + UNIT * ((kind is Kind.FIND_OUT) + proves),
    )


def _hoped(question: Question, level: int) -> int | None:
    """Find the level on the way to another that no work leads to."""
    return max((step + 1 for step in range(level) if question.is_fixed_at(step)), default=None)


def _on_controls(room: Room, state: State) -> Iterator[Work]:
    steps = {c.id: c.step for risk in room.judgement.questionnaire.risks for c in risk.controls}
    for key in room.controls:
        if key in state.controls - room.bench.controls.in_place:
            yield Work(
                kind=Kind.CONTROL,
                subject=key,
                start=None,
                end=None,
                proves=True,
                describes=False,
                hoped=None,
                gate=False,
                narrows=False,
                step=steps[key],
                effort=UNIT,
            )


def finished(before: Assessment, works: Sequence[Work]) -> Assessment:
    """Assess the process once the work is done.

    Where the facts of the description cap an answer, they are assumed to support it then.
    """
    answers = dict(before.process.answers)
    what_if = dict(before.what_if)
    for work in works:
        if work.kind is Kind.CONTROL:
            continue
        stated = answers.get(work.subject)
        evidence = stated.evidence if stated else ()
        answers[work.subject] = Answer(
            level=work.end, evidence=(*evidence, *PROOF) if work.proves else evidence
        )
        if work.describes or work.subject in what_if:
            what_if[work.subject] = work.end
    put = [work.subject for work in works if work.kind is Kind.CONTROL]
    kept = [control for control in before.process.controls if control.id not in put]
    controls = [
        *kept,
        *(ControlStatement(id=key, status=ControlStatus.IN_PLACE, evidence=PROOF) for key in put),
    ]
    process = before.process.model_copy(update={"answers": answers, "controls": tuple(controls)})
    return assess(process, before.questionnaire, before.as_of, what_if)


def explained(before: Assessment, plan: Plan) -> Plan:
    """Find out what each piece of work is needed for: what would be decided without it."""
    works = []
    for place, work in enumerate(plan.works):
        rest = finished(before, [*plan.works[:place], *plan.works[place + 1 :]])
        works.append(replace(work, without=rest.ruling))
    return replace(plan, works=tuple(works))


def plan_of(before: Assessment, works: Sequence[Work]) -> Plan:
    """Make a plan of work: its effort, and the assessment afterwards."""
    effort = sum((work.effort for work in works), Fraction())
    return Plan(tuple(works), effort, finished(before, works))
