"""The demands that an assessment does not meet; each is a finding at the place that explains it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.assessment import rounding
from bpo_assess.assessment.result import Judgement
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.scoring import DimensionScore, Index, QuestionScore, Scorecard
from bpo_assess.assessment.verdict import Reason, Relation, Subject
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.gate.requirements import CANDIDACY, Requirements, score_code
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Questionnaire


def broken(demands: Requirements, judgement: Judgement) -> Iterator[Diagnostic]:
    """Yield every demand that an assessment does not meet."""
    if demands.verdict is not None:
        yield from _verdict(demands.verdict, judgement)
    for name, least in demands.scores:
        yield from _score(name, least, judgement)
    if demands.risk is not None:
        yield from _risks(demands.risk, judgement)
    if demands.coverage is not None:
        yield from _coverage(demands.coverage, judgement)
    if demands.evidence is not None:
        yield from _evidence(demands.evidence, judgement)
    if demands.firm:
        yield from _firm(judgement)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A demand that a method knows nothing of."""

    what: str
    """What is demanded, in words."""
    name: str
    known: tuple[str, ...]
    """What the method has of the kind."""


def misfit(demands: Requirements, method: Questionnaire) -> Misfit | None:
    """Name a demand that a method knows nothing of, if there is one."""
    verdicts = tuple(verdict.id for verdict in method.decision.verdicts)
    axes = tuple(axis.id for axis in method.axes)
    levels = tuple(method.risk_matrix.levels) if method.risk_matrix else ()
    asked = [
        *([("verdict", demands.verdict, verdicts)] if demands.verdict is not None else []),
        *(("axis", name, axes) for name, _ in demands.scores if name != CANDIDACY),
        *([("risk level", demands.risk, levels)] if demands.risk is not None else []),
    ]
    return next((Misfit(*each) for each in asked if each[1] not in each[2]), None)


def _finding(
    code: str,
    message: str,
    path: KeyPath,
    subject: str,
    reached: Decimal | None,
    *,
    note: str | None = None,
) -> Diagnostic:
    return Diagnostic(
        code, Severity.ERROR, message, note=note, path=path, subject=subject, reached=reached
    )


# The verdict


def _verdict(least: str, judgement: Judgement) -> Iterator[Diagnostic]:
    order = [verdict.id for verdict in judgement.questionnaire.decision.verdicts]
    found = judgement.ruling.id
    reached = -1 if found == UNDETERMINED else order.index(found)
    if reached >= order.index(least):
        return
    holding = [
        reason
        for reason in judgement.ruling.reasons
        if reason.verdict == UNDETERMINED or order.index(reason.verdict) < order.index(least)
    ]
    text = f"the verdict is {found}; at least {least} is required"
    note = f"held by {_listed(list(map(_named, holding)))}"
    path = _explains(holding[0], judgement)
    yield _finding("BPO501", text, path, "verdict", Decimal(reached), note=note)


_NAMED = 5
"""How many reasons a finding names; the report has them all."""


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _named(reason: Reason) -> str:
    if reason.parts:
        return " with ".join(map(_named, reason.parts))
    if reason.actual is None:
        return f"`{reason.subject}`"
    return f"`{reason.subject}` ({reason.actual}{_needed(reason)})"


def _needed(reason: Reason) -> str:
    """Say what would be enough for a condition not to hold, where that is a figure."""
    match reason.relation, reason.limit:
        case Relation.BELOW, Decimal() as limit:
            return f", {_plain(limit)} needed"
        case Relation.AT_MOST, int() as limit:
            return f", {limit + 1} needed"
        case _:
            return ""


def _explains(reason: Reason, judgement: Judgement) -> KeyPath:
    """Find the place in a description that explains a reason best."""
    match reason.kind:
        case Subject.QUESTION:
            return ("answers", reason.subject)
        case Subject.SEVERAL:
            return _explains(reason.parts[0], judgement)
        case Subject.FACT:
            return _retained(judgement)
        case Subject.RISK:
            return _risk_place(next(r for r in judgement.risks if r.risk.id == reason.subject))
        case Subject.EVIDENCE:
            return _heaviest(_unproven(judgement.scorecard))
        case Subject.COVERAGE:
            return _heaviest(_open(judgement.scorecard))
        case Subject.AXIS:
            return _weakest(_of_axis(reason.subject, judgement.scorecard))
        case Subject.DIMENSION:
            parts = judgement.scorecard.dimensions
            return _weakest(part for part in parts if part.dimension.id == reason.subject)


def _firm(judgement: Judgement) -> Iterator[Diagnostic]:
    ruling = judgement.ruling
    if ruling.firm:
        return
    text = f"the verdict is not firm: {ruling.worst.id} at worst, {ruling.best.id} at best"
    asked = [f"`{key}`" for key in ruling.decisive]
    note = f"decided by {_listed(asked)}" if asked else None
    yield _finding("BPO507", text, _answer(ruling.decisive), "firm", None, note=note)


# Scores, shares and risks


def _score(name: str, least: Decimal, judgement: Judgement) -> Iterator[Diagnostic]:
    card = judgement.scorecard
    axes = {axis.axis.id: axis.index for axis in card.axes}
    index = card.candidacy if name == CANDIDACY else axes[name]
    if index.low is not None and index.low >= least:
        return
    parts = card.dimensions if name == CANDIDACY else _of_axis(name, card)
    text = f"{name} is {_range(index)}; {_plain(least)} or more is required"
    yield _finding(score_code(name), text, _weakest(parts), name, index.low)


def _range(index: Index) -> str:
    if index.value is None:
        return "not known"
    if index.low == index.value:
        return f"{index.value}"
    return f"{index.value} on what is known and {index.low} at worst"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _coverage(least: Decimal, judgement: Judgement) -> Iterator[Diagnostic]:
    share = judgement.scorecard.candidacy.coverage or Decimal(0)
    if share < least:
        text = f"{_percent(share)} of the method is known; {_least(least)} is required"
        yield _finding("BPO505", text, _heaviest(_open(judgement.scorecard)), "coverage", share)


def _evidence(least: Decimal, judgement: Judgement) -> Iterator[Diagnostic]:
    card = judgement.scorecard
    worst = _proven_at_worst(card)
    if worst is not None and worst >= least:
        return
    share = "nothing" if card.evidence_share is None else _percent(card.evidence_share)
    at_worst = "" if worst in {None, card.evidence_share} else f", and {_percent(worst)} at worst"
    text = f"{share} of what was answered has evidence{at_worst}; {_least(least)} is required"
    path = _heaviest((*_unproven(card), *_open(card)))
    yield _finding("BPO506", text, path, "evidence", worst)


def _proven_at_worst(card: Scorecard) -> Decimal | None:
    """Compute the share that has evidence, were every open question answered without any."""
    proven = asked = Fraction()
    for score in card.questions:
        if score.response.is_known or score.response.is_open:
            asked += score.weight_share
            proven += score.weight_share if score.response.evidenced else 0
    return rounding.share(proven / asked) if asked else None


def _least(share: Decimal) -> str:
    return _percent(share) if share == 1 else f"{_percent(share)} or more"


def _percent(share: Decimal) -> str:
    return f"{_plain(share * 100)} %"


def _risks(highest: str, judgement: Judgement) -> Iterator[Diagnostic]:
    matrix = judgement.questionnaire.risk_matrix
    order = matrix.levels if matrix else ()
    for risk in judgement.risks:
        worst = risk.worst.residual
        if worst is None or order.index(worst) <= order.index(highest):
            continue
        known = risk.known.residual
        said = worst if known == worst else f"{known or 'not known'}, and {worst} at worst"
        text = f"the risk `{risk.risk.id}` is {said}; {highest} or less is required"
        reached = Decimal(-order.index(worst))
        yield _finding("BPO504", text, _risk_place(risk), f"risks/{risk.risk.id}", reached)


# Places


def _answer(keys: Iterable[str]) -> KeyPath:
    key = next(iter(keys), None)
    return ("answers", key) if key else ("answers",)


def _retained(judgement: Judgement) -> KeyPath:
    """Find the first step that stays."""
    steps = enumerate(judgement.process.steps)
    return next((("steps", place, "stays") for place, step in steps if step.stays), ("steps",))


def _risk_place(risk: RiskAssessment) -> KeyPath:
    """Find the answer that makes a risk likelier than any other; else the one that makes it hurt most."""
    drivers = (*risk.drivers, *risk.impact_drivers)
    return _answer(driver.question.id for driver in drivers if (driver.level or 0) < MAX_LEVEL)


def _of_axis(name: str, card: Scorecard) -> tuple[DimensionScore, ...]:
    return next(axis.dimensions for axis in card.axes if axis.axis.id == name)


def _weakest(parts: Iterable[DimensionScore]) -> KeyPath:
    """Find the answer that keeps most from an index at its worst: an open one keeps all it weighs.

    In a dimension without weight, its questions are weighed among themselves.
    """
    scores = [score for part in parts for score in part.questions if _applies(score)]
    lacking = sorted(scores, key=_kept, reverse=True)
    return _answer(score.response.question.id for score in lacking)


def _kept(score: QuestionScore) -> tuple[Fraction, Fraction]:
    lacks = MAX_LEVEL - (score.response.level or 0)
    return score.weight_share * lacks, Fraction(score.response.question.weight) * lacks


def _applies(score: QuestionScore) -> bool:
    return score.response.is_known or score.response.is_open


def _open(card: Scorecard) -> Iterator[QuestionScore]:
    return (score for score in card.questions if score.response.is_open)


def _unproven(card: Scorecard) -> Iterator[QuestionScore]:
    return (
        score
        for score in card.questions
        if score.response.is_known and not score.response.evidenced
    )


def _heaviest(scores: Iterable[QuestionScore]) -> KeyPath:
    ordered = sorted(scores, key=lambda score: -score.weight_share)
    return _answer(score.response.question.id for score in ordered)
