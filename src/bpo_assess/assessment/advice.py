"""What follows from the verdict: work, conditions of the deal, benefits, alternatives, delivery."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from bpo_assess.assessment.standing import Bench, Case, Outlook
from bpo_assess.assessment.verdict import (
    Ground,
    Reason,
    Relation,
    Ruling,
    Subject,
    ground_of,
    reasons_for,
)
from bpo_assess.model.decision import (
    UNDETERMINED,
    Condition,
    IndexCondition,
    QuestionCondition,
    Stance,
    simple_conditions,
)
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Question, Questionnaire
from bpo_assess.model.risk import Control


@dataclass(frozen=True, slots=True)
class Action:
    """A piece of work: raise a question from its level (None: not known) to another."""

    question: Question
    verdict: str
    """The verdict that the work leads away from."""
    start: int | None
    end: int | None
    """The level to reach; None where the answer has to be found out first."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DealCondition:
    """Something to settle in the deal, for a reason that would otherwise stand open."""

    reason: Reason
    step: str | None
    reach: int | Decimal | str | None = None
    """What to reach: a level, an index in points, or a risk level below this one."""
    clauses: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    """Controls that are not yet in place with evidence."""
    questions: tuple[Action, ...] = ()
    """The levels that together would bring an index to its limit."""


class Strength(StrEnum):
    """How far a benefit may be expected."""

    STRONG = "strong"
    SOME = "some"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class BenefitOutlook:
    """A benefit, how far it may be expected, and what that rests on."""

    id: str
    title: str
    text: str | None
    strength: Strength
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    """Questions that nobody has answered, among those that it rests on."""
    levels: tuple[tuple[str, int], ...]
    """The levels that it rests on."""


@dataclass(frozen=True, slots=True)
class AlternativeCourse:
    """Another course that the answers speak for."""

    id: str
    title: str
    text: str
    reasons: tuple[Reason, ...]


class Fit(StrEnum):
    """How a delivery model fits."""

    RULED_OUT = "ruled-out"
    POSSIBLE = "possible"
    FAVOURED = "favoured"


@dataclass(frozen=True, slots=True)
class DeliveryFit:
    """A delivery model, how it fits, and which open questions could still rule it out."""

    id: str
    title: str
    text: str | None
    note: str | None
    fit: Fit
    reasons: tuple[Reason, ...]
    open_questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that is advised beside the verdict."""

    actions: tuple[Action, ...]
    conditions: tuple[DealCondition, ...]
    benefits: tuple[BenefitOutlook, ...]
    alternatives: tuple[AlternativeCourse, ...]
    delivery: tuple[DeliveryFit, ...]


def advise(outlook: Outlook, ruling: Ruling) -> Advice:
    """Draw the advice from the verdict's reasons and the answers."""
    bench, ground = outlook.bench, ground_of(outlook)
    return Advice(
        actions=_actions(bench, ground, ruling),
        conditions=_conditions(bench, ground, ruling),
        benefits=_benefits(ground),
        alternatives=_alternatives(ground),
        delivery=_delivery(ground),
    )


def _reasons_of(ground: Ground, ruling: Ruling, stance: Stance) -> list[Reason]:
    """Pick the reasons under verdicts of a stance.

    A verdict against asks for nothing more, and an undetermined one for answers, not for a deal.
    """
    if ruling.verdict is None or ruling.verdict.stance is Stance.AGAINST:
        return []
    stances = {verdict.id: verdict.stance for verdict in _questionnaire(ground).decision.verdicts}
    return [
        reason
        for reason in ruling.reasons
        if reason.verdict != UNDETERMINED and stances[reason.verdict] is stance
    ]


def _questionnaire(ground: Ground) -> Questionnaire:
    return ground.method.questionnaire


def _step_order(ground: Ground, step: str | None) -> int:
    """Rank a step of the course; what names none comes last."""
    order = [part.id for part in _questionnaire(ground).steps]
    return order.index(step) if step in order else len(order)


def _question_step(question: Question) -> str | None:
    return question.action.step if question.action else None


# Work before anything is signed


def _actions(bench: Bench, ground: Ground, ruling: Ruling) -> tuple[Action, ...]:
    """List the work that the reasons for waiting ask for, one entry a question, in the course's order."""
    found: dict[str, Action] = {}
    for reason in _reasons_of(ground, ruling, Stance.LATER):
        for action in _work_for(reason, bench, ground):
            before = found.get(action.question.id)
            found[action.question.id] = _joined(before, action) if before else action
    questions = list(_questionnaire(ground).questions)
    return tuple(
        sorted(
            found.values(),
            key=lambda action: (
                _step_order(ground, _question_step(action.question)),
                questions.index(action.question.id),
            ),
        )
    )


def _joined(one: Action, other: Action) -> Action:
    ends = [action.end for action in (one, other) if action.end is not None]
    return replace(one, end=max(ends, default=None), reasons=(*one.reasons, *other.reasons))


def _work_for(reason: Reason, bench: Bench, ground: Ground) -> Iterator[Action]:
    match reason.kind:
        case Subject.QUESTION:
            yield _raise_past_limit(reason, ground)
        case Subject.DIMENSION | Subject.AXIS:
            yield from raise_index(reason, bench, ground)
        case Subject.RISK:
            yield from _calm_risk(reason, bench, ground)
        case Subject.SEVERAL:
            for part in reason.parts:
                own = replace(part, id=reason.id, verdict=reason.verdict)
                yield from _work_for(own, bench, ground)
        case _:
            return


def _raise_past_limit(reason: Reason, ground: Ground) -> Action:
    """Ask for the level just above the limit; for an open question, to find the answer first."""
    question = _questionnaire(ground).questions[reason.subject]
    start = ground.standing.case.levels.get(reason.subject)
    end = None if reason.relation is Relation.NOT_KNOWN else int(reason.limit or 0) + 1
    return Action(question, reason.verdict, start, end, (reason.id,))


def raise_index(reason: Reason, bench: Bench, ground: Ground) -> Iterator[Action]:
    """Raise the weakest questions of an index, a level at a time, until it reaches its limit.

    The lowest level goes first, then the greater share, then the order of the questionnaire; what
    nobody can change is left alone. Open questions count as they are, so they are not raised.
    """
    method = _questionnaire(ground)
    members = _members(method, reason)
    levels = dict(ground.standing.case.levels)
    before = dict(levels)
    limit = reason.limit if isinstance(reason.limit, Decimal) else Decimal(0)
    while True:
        candidates = [
            (level, -bench.share(question.id), place, question)
            for place, question in enumerate(members)
            if (level := levels.get(question.id)) is not None
            and level < MAX_LEVEL
            and not question.is_fixed_at(level)
            and bench.share(question.id)
        ]
        if not candidates or _reaches(reason, bench, ground, levels, limit):
            break
        weakest = min(candidates)[3]
        levels[weakest.id] = (levels[weakest.id] or 0) + 1
    for question in members:
        start, end = before.get(question.id), levels.get(question.id)
        if start != end:
            yield Action(question, reason.verdict, start, end, (reason.id,))


def _members(method: Questionnaire, reason: Reason) -> list[Question]:
    if reason.kind is Subject.DIMENSION:
        return list(method.dimensions[reason.subject].questions)
    axis = next(axis for axis in method.axes if axis.id == reason.subject)
    return [question for dimension in axis.dimensions for question in dimension.questions]


def _reaches(
    reason: Reason, bench: Bench, ground: Ground, levels: dict[str, int | None], limit: Decimal
) -> bool:
    case = ground.standing.case
    standing = bench.stand(Case(levels, case.open, case.evidenced))
    indices = standing.dimensions if reason.kind is Subject.DIMENSION else standing.axes
    value = indices[reason.subject]
    return value is not None and value >= limit


def _calm_risk(reason: Reason, bench: Bench, ground: Ground) -> Iterator[Action]:
    """Raise the drivers of a risk that weigh most, a level at a time, until it is below its limit."""
    questions = _questionnaire(ground).questions
    risk = next(risk for risk in ground.method.risks if risk.id == reason.subject)
    drivers = dict(risk.drivers)
    levels = dict(ground.standing.case.levels)
    before = dict(levels)
    while _still_at(reason, bench, ground, levels):
        candidates = [
            (-weight * (MAX_LEVEL - level), key)
            for key, weight in drivers.items()
            if (level := levels.get(key)) is not None
            and level < MAX_LEVEL
            and not questions[key].is_fixed_at(level)
        ]
        if not candidates:
            break
        key = min(candidates)[1]
        levels[key] = (levels[key] or 0) + 1
    for key in drivers:
        if before.get(key) != levels.get(key):
            start, end = before.get(key), levels.get(key)
            yield Action(questions[key], reason.verdict, start, end, (reason.id,))


def _still_at(reason: Reason, bench: Bench, ground: Ground, levels: dict[str, int | None]) -> bool:
    matrix = _questionnaire(ground).risk_matrix
    case = ground.standing.case
    standing = bench.stand(Case(levels, case.open, case.evidenced))
    residual = standing.risks[reason.subject].residual
    if matrix is None or residual is None:
        return False
    return matrix.levels.index(residual) >= matrix.levels.index(str(reason.limit))


# Conditions to write into the deal


def _conditions(bench: Bench, ground: Ground, ruling: Ruling) -> tuple[DealCondition, ...]:
    """Turn each reason under a conditional verdict into a condition, in the course's order."""
    found = [
        _condition(reason, bench, ground)
        for reason in _reasons_of(ground, ruling, Stance.CONDITIONAL)
    ]
    return tuple(sorted(found, key=lambda condition: _step_order(ground, condition.step)))


def _condition(reason: Reason, bench: Bench, ground: Ground) -> DealCondition:
    method = _questionnaire(ground)
    match reason.kind:
        case Subject.QUESTION:
            question = method.questions[reason.subject]
            reach = None if reason.relation is Relation.NOT_KNOWN else int(reason.limit or 0) + 1
            clauses = (question.clause,) if question.clause else ()
            return DealCondition(reason, _question_step(question), reach, clauses)
        case Subject.RISK:
            risk = next(risk for risk in method.risks if risk.id == reason.subject)
            missing = tuple(c for c in risk.controls if c.id not in bench.controls.in_place)
            return DealCondition(reason, risk.step, reason.limit, risk.clauses, controls=missing)
        case Subject.DIMENSION | Subject.AXIS:
            work = tuple(raise_index(reason, bench, ground))
            steps = sorted(
                (_question_step(a.question) for a in work), key=lambda s: _step_order(ground, s)
            )
            return DealCondition(reason, steps[0] if steps else None, reason.limit, questions=work)
        case _:
            return DealCondition(reason, None, reason.limit)


# Benefits, alternatives, delivery


def _benefits(ground: Ground) -> tuple[BenefitOutlook, ...]:
    outlooks = []
    for benefit in _questionnaire(ground).benefits:
        named = list(dict.fromkeys((*_questions_in(benefit.strong), *_questions_in(benefit.some))))
        levels = ground.standing.case.levels
        strength, reasons = Strength.DOUBTFUL, list[Reason]()
        if found := reasons_for(benefit.strong, ground):
            strength, reasons = Strength.STRONG, found
        elif found := reasons_for(benefit.some, ground):
            strength, reasons = Strength.SOME, found
        outlooks.append(
            BenefitOutlook(
                benefit.id,
                benefit.title,
                benefit.text,
                strength,
                tuple(reasons),
                tuple(key for key in named if key in ground.standing.case.open),
                tuple((key, level) for key in named if (level := levels.get(key)) is not None),
            )
        )
    return tuple(outlooks)


def _questions_in(condition: Condition) -> Iterator[str]:
    for simple in simple_conditions(condition):
        if isinstance(simple, QuestionCondition):
            yield simple.question


def _alternatives(ground: Ground) -> tuple[AlternativeCourse, ...]:
    return tuple(
        AlternativeCourse(alternative.id, alternative.title, alternative.text, _flat(found))
        for alternative in _questionnaire(ground).alternatives
        if (found := reasons_for(alternative.when, ground))
    )


def _flat(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Take joint reasons apart, each subject once."""
    simple: dict[str, Reason] = {}
    for reason in reasons:
        for part in _flat(reason.parts) if reason.parts else (reason,):
            simple.setdefault(part.id, part)
    return tuple(simple.values())


def _delivery(ground: Ground) -> tuple[DeliveryFit, ...]:
    fits: dict[str, DeliveryFit] = {}
    for model in _questionnaire(ground).delivery:
        against = [r for condition in model.ruled_out_by for r in reasons_for(condition, ground)]
        favouring = [r for condition in model.favoured_by for r in reasons_for(condition, ground)]
        yields = any(fits[key].fit is Fit.FAVOURED for key in model.yields_to if key in fits)
        if against:
            fit, reasons = Fit.RULED_OUT, against
        elif favouring and not yields:
            fit, reasons = Fit.FAVOURED, favouring
        else:
            fit, reasons = Fit.POSSIBLE, []
        fits[model.id] = DeliveryFit(
            model.id,
            model.title,
            model.text,
            model.note,
            fit,
            _flat(reasons),
            () if against else tuple(_could_rule_out(model.ruled_out_by, ground)),
        )
    return tuple(fits.values())


def _could_rule_out(conditions: Iterable[Condition], ground: Ground) -> Iterator[str]:
    """Name the open questions on which a condition that rules out still hangs."""
    seen: set[str] = set()
    for condition in conditions:
        for simple in simple_conditions(condition):
            for key in _questions_behind(simple, ground):
                if key in ground.standing.case.open and key not in seen:
                    seen.add(key)
                    yield key


def _questions_behind(condition: Condition, ground: Ground) -> list[str]:
    match condition:
        case QuestionCondition():
            return [condition.question]
        case IndexCondition(dimension=str(key)):
            return [question.id for question in _questionnaire(ground).dimensions[key].questions]
        case _:
            return []
