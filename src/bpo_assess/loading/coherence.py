"""Whether a questionnaire is one coherent method: its ids, references, weights, matrix, and decision."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

from bpo_assess.assessment.measures import MEASURES
from bpo_assess.assessment.method import prepare
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.loading.explain import did_you_mean
from bpo_assess.model.decision import (
    ANY_RISK,
    UNDETERMINED,
    AllOf,
    AnyOf,
    Condition,
    IndexCondition,
    QuestionCondition,
    RiskCondition,
    Stance,
)
from bpo_assess.model.questionnaire import MeasureUse, Question, Questionnaire, Rung
from bpo_assess.model.risk import MATRIX_SIDE, Risk, RiskMatrix

Problems = Iterator[Diagnostic]


def incoherences(questionnaire: Questionnaire) -> Problems:
    """Yield every way in which the parts of a questionnaire do not fit together."""
    duplicated = list(_duplicates(questionnaire))
    yield from duplicated
    yield from _references(questionnaire)
    yield from _weights(questionnaire)
    for path, question in _questions(questionnaire):
        if question.measure is not None:
            yield from _measure(question.measure, (*path, "measure"))
    yield from _matrix(questionnaire)
    yield from _decision(questionnaire)
    yield from _cases(questionnaire)
    if not duplicated:
        yield from _gates(questionnaire)


def _problem(code: str, message: str, path: KeyPath, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hint=hint, path=path)


def _questions(questionnaire: Questionnaire) -> Iterator[tuple[KeyPath, Question]]:
    for a, axis in enumerate(questionnaire.axes):
        for d, dimension in enumerate(axis.dimensions):
            for q, question in enumerate(dimension.questions):
                yield ("axes", a, "dimensions", d, "questions", q), question


# Ids


def _duplicates(questionnaire: Questionnaire) -> Problems:
    yield from _twice("question", ((path, q.id) for path, q in _questions(questionnaire)))
    yield from _twice(
        "dimension",
        (
            (("axes", a, "dimensions", d), dimension.id)
            for a, axis in enumerate(questionnaire.axes)
            for d, dimension in enumerate(axis.dimensions)
        ),
    )
    sections: dict[str, tuple[str, Iterable[Identified]]] = {
        "axis": ("axes", questionnaire.axes),
        "risk": ("risks", questionnaire.risks),
        "step": ("steps", questionnaire.steps),
        "benefit": ("benefits", questionnaire.benefits),
        "alternative": ("alternatives", questionnaire.alternatives),
        "delivery model": ("delivery", questionnaire.delivery),
    }
    for what, (key, parts) in sections.items():
        yield from _twice(what, (((key, i), part.id) for i, part in enumerate(parts)))
    verdicts = enumerate(questionnaire.decision.verdicts)
    yield from _twice("verdict", ((("decision", "verdicts", i), v.id) for i, v in verdicts))
    for r, risk in enumerate(questionnaire.risks):
        controls = enumerate(risk.controls)
        yield from _twice("control", ((("risks", r, "controls", c), x.id) for c, x in controls))


class Identified(Protocol):
    """A part of a questionnaire that has an id."""

    @property
    def id(self) -> str:
        """Its id."""


def _twice(what: str, entries: Iterable[tuple[KeyPath, str]]) -> Problems:
    seen: set[str] = set()
    for path, key in entries:
        if key in seen:
            yield _problem("BPO210", f"{what} `{key}` stands twice", (*path, "id"), "rename one")
        seen.add(key)


# References


def _references(questionnaire: Questionnaire) -> Problems:
    for path, question in _questions(questionnaire):
        for i, source in enumerate(question.sources):
            yield from _known("source", source, questionnaire.sources, (*path, "sources", i))
        if question.action is not None:
            yield from _step(questionnaire, question.action.step, (*path, "action", "step"))
    for r, risk in enumerate(questionnaire.risks):
        yield from _risk_references(questionnaire, risk, ("risks", r))
    for n, note in enumerate(questionnaire.notes):
        if note.source is not None:
            yield from _known("source", note.source, questionnaire.sources, ("notes", n, "source"))
    models = [model.id for model in questionnaire.delivery]
    for m, model in enumerate(questionnaire.delivery):
        for i, other in enumerate(model.yields_to):
            yield from _known("delivery model", other, models, ("delivery", m, "yields_to", i))
    for path, condition in _conditions(questionnaire):
        yield from _condition_references(questionnaire, condition, path)


def _known(what: str, key: str, known: Iterable[str], path: KeyPath) -> Problems:
    ids = list(known)
    if key not in ids:
        yield _problem("BPO213", f"there is no {what} `{key}`", path, did_you_mean(key, ids))


def _step(questionnaire: Questionnaire, step: str | None, path: KeyPath) -> Problems:
    if step is not None:
        yield from _known("step", step, [part.id for part in questionnaire.steps], path)


def _risk_references(questionnaire: Questionnaire, risk: Risk, path: KeyPath) -> Problems:
    for side, drivers in (("drivers", risk.drivers), ("impact_drivers", risk.impact_drivers)):
        for key in drivers:
            yield from _known("question", key, questionnaire.questions, (*path, side, key))
    for i, source in enumerate(risk.sources):
        yield from _known("source", source, questionnaire.sources, (*path, "sources", i))
    for i, figure in enumerate(risk.published):
        place = (*path, "published", i, "source")
        yield from _known("source", figure.source, questionnaire.sources, place)
    yield from _step(questionnaire, risk.step, (*path, "step"))
    for i, control in enumerate(risk.controls):
        yield from _step(questionnaire, control.step, (*path, "controls", i, "step"))


def _conditions(questionnaire: Questionnaire) -> Iterator[tuple[KeyPath, Condition]]:
    """Yield every simple condition with its place."""
    for v, verdict in enumerate(questionnaire.decision.verdicts):
        base: KeyPath = ("decision", "verdicts", v, "held_by")
        for c, condition in enumerate(verdict.held_by):
            yield from _simple((*base, c), condition)
    for b, benefit in enumerate(questionnaire.benefits):
        yield from _simple(("benefits", b, "strong"), benefit.strong)
        yield from _simple(("benefits", b, "some"), benefit.some)
    for a, alternative in enumerate(questionnaire.alternatives):
        yield from _simple(("alternatives", a, "when"), alternative.when)
    for m, model in enumerate(questionnaire.delivery):
        for c, condition in enumerate(model.ruled_out_by):
            yield from _simple(("delivery", m, "ruled_out_by", c), condition)
        for c, condition in enumerate(model.favoured_by):
            yield from _simple(("delivery", m, "favoured_by", c), condition)


def _simple(path: KeyPath, condition: Condition) -> Iterator[tuple[KeyPath, Condition]]:
    match condition:
        case AllOf():
            key, parts = "all", condition.all
        case AnyOf():
            key, parts = "any", condition.any
        case _:
            yield path, condition
            return
    for i, part in enumerate(parts):
        yield from _simple((*path, key, i), part)


def _condition_references(
    questionnaire: Questionnaire, condition: Condition, path: KeyPath
) -> Problems:
    match condition:
        case QuestionCondition():
            questions = questionnaire.questions
            yield from _known("question", condition.question, questions, (*path, "question"))
        case IndexCondition(dimension=str(key)):
            yield from _known("dimension", key, questionnaire.dimensions, (*path, "dimension"))
        case IndexCondition(axis=str(key)):
            axes = [axis.id for axis in questionnaire.axes]
            yield from _known("axis", key, axes, (*path, "axis"))
        case RiskCondition():
            risks = [ANY_RISK, *(risk.id for risk in questionnaire.risks)]
            yield from _known("risk", condition.risk, risks, (*path, "risk"))
            matrix = questionnaire.risk_matrix
            levels = matrix.levels if matrix else ()
            yield from _known("risk level", condition.at_least, levels, (*path, "at_least"))
        case _:
            return


# Weights and measures


def _weights(questionnaire: Questionnaire) -> Problems:
    for a, axis in enumerate(questionnaire.axes):
        counted = (
            dimension.weight and any(question.weight for question in dimension.questions)
            for dimension in axis.dimensions
        )
        if not any(counted):
            yield _problem(
                "BPO212",
                f"the weights of axis `{axis.id}` add up to nothing",
                ("axes", a, "dimensions"),
                "give at least one dimension, and one of its questions, a weight above 0",
            )
    for r, risk in enumerate(questionnaire.risks):
        for side, drivers in (("drivers", risk.drivers), ("impact_drivers", risk.impact_drivers)):
            if not any(drivers.values()):
                message = f"the {side} of risk `{risk.id}` add up to nothing"
                yield _problem("BPO212", message, ("risks", r, side))


def _measure(use: MeasureUse, path: KeyPath) -> Problems:
    if use.of not in MEASURES:
        hint = did_you_mean(use.of, MEASURES) or f"known: {', '.join(MEASURES)}"
        yield _problem("BPO217", f"there is no measure `{use.of}`", (*path, "of"), hint)
    for i, rung in enumerate(use.levels):
        for j, bound in enumerate(rung.also):
            if bound.measure not in MEASURES:
                place = (*path, "levels", i, "also", j, "measure")
                guess = did_you_mean(bound.measure, MEASURES)
                yield _problem("BPO217", f"there is no measure `{bound.measure}`", place, guess)
    yield from _rungs(use, path)


def _rungs(use: MeasureUse, path: KeyPath) -> Problems:
    """Hold the levels of a measure to rise, and their bounds to tighten with them."""
    for i, (lower, upper) in enumerate(pairwise(use.levels), start=1):
        loosened = any(_looser(side(upper), side(lower)) for side in (_floor, _negated_ceiling))
        if upper.level <= lower.level or loosened:
            yield _problem(
                "BPO218",
                f"level {upper.level} does not ask for more than level {lower.level}",
                (*path, "levels", i),
                "list the levels rising, each with a tighter bound than the one before",
            )


def _floor(rung: Rung) -> Decimal | None:
    return rung.above if rung.at_least is None else rung.at_least


def _negated_ceiling(rung: Rung) -> Decimal | None:
    return None if rung.at_most is None else -rung.at_most


def _looser(one: Decimal | None, other: Decimal | None) -> bool:
    """Tell whether a floor lies below another, or is missing where the other is not."""
    return other is not None and (one is None or one < other)


# Matrix and decision


def _matrix(questionnaire: Questionnaire) -> Problems:
    matrix = questionnaire.risk_matrix
    if matrix is None:
        if questionnaire.risks:
            message = "`risk_matrix` is missing, risks cannot be rated"
            yield _problem("BPO203", message, ("risks",))
        return
    unknown = [
        _problem(
            "BPO213",
            f"there is no risk level `{level}`",
            ("risk_matrix", "rows", r, c),
            did_you_mean(level, matrix.levels),
        )
        for r, row in enumerate(matrix.rows)
        for c, level in enumerate(row)
        if level not in matrix.levels
    ]
    yield from unknown
    if not unknown:
        yield from _monotone(matrix)


def _monotone(matrix: RiskMatrix) -> Problems:
    """Hold a likelier or worse risk to have no lower level."""
    ranks = [[matrix.levels.index(level) for level in row] for row in matrix.rows]
    for r in range(MATRIX_SIDE):
        for c in range(MATRIX_SIDE):
            falls_across = c and ranks[r][c] < ranks[r][c - 1]
            falls_down = r and ranks[r][c] < ranks[r - 1][c]
            if falls_across or falls_down:
                yield _problem(
                    "BPO214",
                    f"likelihood {r + 1}, impact {c + 1} is `{matrix.rows[r][c]}`, "
                    "less than a cell with lower likelihood or impact",
                    ("risk_matrix", "rows", r, c),
                )


def _decision(questionnaire: Questionnaire) -> Problems:
    verdicts = questionnaire.decision.verdicts
    base: KeyPath = ("decision", "verdicts")
    stances = list(Stance)
    for i, (worse, better) in enumerate(pairwise(verdicts), start=1):
        if stances.index(better.stance) < stances.index(worse.stance):
            message = f"verdict `{better.id}` is less favourable than `{worse.id}` before it"
            hint = f"list verdicts from {' over '.join(stances)}"
            yield _problem("BPO219", message, (*base, i, "stance"), hint)
    for i, verdict in enumerate(verdicts):
        if verdict.id == UNDETERMINED:
            message = f"`{UNDETERMINED}` is what a process is when too little is known"
            yield _problem("BPO219", message, (*base, i, "id"), "give the verdict another id")
    if verdicts[-1].held_by:
        message = f"the last verdict, `{verdicts[-1].id}`, is what remains: nothing holds it"
        yield _problem("BPO219", message, (*base, len(verdicts) - 1, "held_by"))
    yield from _only_monotone(questionnaire)


def _only_monotone(questionnaire: Questionnaire) -> Problems:
    """Refuse conditions of the decision by which a better answer could give a worse verdict."""
    for path, condition in _conditions(questionnaire):
        if path[0] != "decision" or not isinstance(condition, QuestionCondition | IndexCondition):
            continue
        if condition.at_least is not None:
            yield _problem(
                "BPO216",
                "by `at_least`, a better answer would give a worse verdict",
                (*path, "at_least"),
                "in the decision use `at_most` on questions, `below` on dimensions and axes",
            )


def _gates(questionnaire: Questionnaire) -> Problems:
    gates = prepare(questionnaire).gates
    for path, question in _questions(questionnaire):
        if question.not_applicable and question.id in gates:
            yield _problem(
                "BPO220",
                f"`{question.id}` is a gate: it decides alone, so it can never be set aside",
                (*path, "not_applicable"),
                "leave out `not_applicable`",
            )


# Cases


def _cases(questionnaire: Questionnaire) -> Problems:
    verdicts = [UNDETERMINED, *(verdict.id for verdict in questionnaire.decision.verdicts)]
    risks = [risk.id for risk in questionnaire.risks]
    for place, case in enumerate(questionnaire.cases):
        if case.verdict not in verdicts:
            yield from _known("verdict", case.verdict, verdicts, ("cases", place, "verdict"))
        for key in case.answers:
            if key not in questionnaire.questions:
                path = ("cases", place, "answers", key)
                yield from _known("question", key, questionnaire.questions, path)
        for key in case.risks:
            if key not in risks:
                yield from _known("risk", key, risks, ("cases", place, "risks", key))
