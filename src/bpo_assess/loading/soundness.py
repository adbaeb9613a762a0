"""Doubts about a questionnaire that is valid: what is asked for nothing, what never decides, what fails."""

from collections.abc import Iterator
from itertools import product

from bpo_assess.assessment import assess
from bpo_assess.assessment.cases import broken, described, judged
from bpo_assess.assessment.method import prepare
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.decision import (
    Condition,
    EvidenceCondition,
    IndexCondition,
    QuestionCondition,
    RiskCondition,
    simple_conditions,
)
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Questionnaire

HUNDRED = 100


def doubts(questionnaire: Questionnaire) -> Iterator[Diagnostic]:
    """Yield what is odd about a valid questionnaire, and every case that fails."""
    yield from _unused(questionnaire)
    yield from _idle(questionnaire)
    yield from _out_of_reach(questionnaire)
    yield from _failing(questionnaire)


def _warning(code: str, message: str, path: KeyPath, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, message, hint=hint, path=path)


def _unused(questionnaire: Questionnaire) -> Iterator[Diagnostic]:
    method = prepare(questionnaire)
    weighing = {
        key for axis in method.axes for part in axis.dimensions for key, _ in part.questions
    }
    advising = {
        condition.question
        for condition in _advice(questionnaire)
        if isinstance(condition, QuestionCondition)
    }
    used = weighing | method.driving | method.named | advising
    for a, axis in enumerate(questionnaire.axes):
        for d, dimension in enumerate(axis.dimensions):
            for q, question in enumerate(dimension.questions):
                if question.id not in used:
                    path = ("axes", a, "dimensions", d, "questions", q, "id")
                    yield _warning("BPO221", f"question `{question.id}` changes nothing", path)


def _advice(questionnaire: Questionnaire) -> Iterator[Condition]:
    """Yield the simple conditions of what is advised beside the verdict."""
    for benefit in questionnaire.benefits:
        yield from simple_conditions(benefit.strong)
        yield from simple_conditions(benefit.some)
    for alternative in questionnaire.alternatives:
        yield from simple_conditions(alternative.when)
    for model in questionnaire.delivery:
        for condition in (*model.ruled_out_by, *model.favoured_by):
            yield from simple_conditions(condition)


def _idle(questionnaire: Questionnaire) -> Iterator[Diagnostic]:
    levels = questionnaire.risk_matrix.levels if questionnaire.risk_matrix else ()
    for v, verdict in enumerate(questionnaire.decision.verdicts):
        for h, condition in enumerate(verdict.held_by):
            for simple in simple_conditions(condition):
                if word := _idleness(simple, levels):
                    path = ("decision", "verdicts", v, "held_by", h)
                    yield _warning("BPO222", f"a condition of `{verdict.id}` {word}", path)


def _idleness(condition: Condition, levels: tuple[str, ...]) -> str | None:
    """Say of a simple condition that it always or never holds; None where it depends on answers."""
    always, never = "holds whatever is answered", "can never hold"
    match condition:
        case QuestionCondition(at_most=limit) if limit == MAX_LEVEL:
            return always
        case IndexCondition(below=limit) if limit is not None and limit <= 0:
            return never
        case IndexCondition(below=limit) if limit is not None and limit > HUNDRED:
            return always
        case RiskCondition() if levels and condition.at_least == levels[0]:
            return always
        case EvidenceCondition() if condition.evidence_share.below <= 0:
            return never
        case EvidenceCondition() if condition.evidence_share.below > 1:
            return always
        case _:
            return None


def _out_of_reach(questionnaire: Questionnaire) -> Iterator[Diagnostic]:
    """Look for answers that lead to each verdict: the cases, even answers, and even ones with a weak spot."""
    reached = {judged(questionnaire, case).ruling.id for case in questionnaire.cases}
    wanted = [verdict.id for verdict in questionnaire.decision.verdicts]
    for found in _tried(questionnaire):
        if reached >= set(wanted):
            return
        reached.add(found)
    for place, key in enumerate(wanted):
        if key not in reached:
            path = ("decision", "verdicts", place, "id")
            yield _warning("BPO223", f"no answers were found that lead to `{key}`", path)


def _tried(questionnaire: Questionnaire) -> Iterator[str]:
    questions = list(questionnaire.questions)
    groups = [
        questions,
        *([q.id for q in part.questions] for part in questionnaire.dimensions.values()),
    ]
    groups += [[key] for key in prepare(questionnaire).named]
    for proven, otherwise, level in product(
        (True, False), range(MAX_LEVEL, -1, -1), range(MAX_LEVEL + 1)
    ):
        for group in groups:
            levels = dict.fromkeys(questions, otherwise) | dict.fromkeys(group, level)
            yield assess(described(levels, proven=proven), questionnaire).ruling.id


def _failing(questionnaire: Questionnaire) -> Iterator[Diagnostic]:
    for place, case in enumerate(questionnaire.cases):
        for what, stated, found in broken(questionnaire, case):
            yield Diagnostic(
                "BPO224",
                Severity.ERROR,
                f"case `{case.name}`: {what} is {found}, {stated} is stated",
                path=("cases", place, what if what in {"verdict", "candidacy"} else "risks"),
            )
