"""The verdict: the first that any condition holds back, how firm it is, and which unknowns decide it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from bpo_assess.assessment.method import Method
from bpo_assess.assessment.scoring import Scorecard
from bpo_assess.assessment.standing import Case, Outlook, Standing
from bpo_assess.model.decision import (
    ANY_RISK,
    UNDETERMINED,
    AllOf,
    AnyOf,
    Condition,
    EvidenceCondition,
    FactCondition,
    IndexCondition,
    QuestionCondition,
    RiskCondition,
    UnknownCondition,
    Verdict,
)
from bpo_assess.model.parts import MAX_LEVEL

TRIED = 150
"""How many open questions are tried for what they could change; no order helps beyond that."""


class Subject(StrEnum):
    """What a reason is about."""

    QUESTION = "question"
    DIMENSION = "dimension"
    AXIS = "axis"
    RISK = "risk"
    EVIDENCE = "evidence"
    FACT = "fact"
    COVERAGE = "coverage"
    SEVERAL = "several"


class Relation(StrEnum):
    """How the actual figure stands to the limit where a reason holds."""

    AT_MOST = "at-most"
    AT_LEAST = "at-least"
    BELOW = "below"
    NOT_KNOWN = "not-known"
    STATED = "stated"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition that holds, as a value: subject, actual figure, limit."""

    id: str
    kind: Subject
    subject: str
    relation: Relation
    actual: int | Decimal | str | None = None
    limit: int | Decimal | str | None = None
    because: str | None = None
    verdict: str = ""
    parts: tuple["Reason", ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What conditions are looked up against: a standing, and what never changes with it."""

    method: Method
    standing: Standing
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on what is known, at its worst and at its best, and why."""

    verdict: Verdict | None
    """None where the verdict is undetermined."""
    worst: Verdict
    best: Verdict
    reasons: tuple[Reason, ...]
    decisive: tuple[str, ...]
    """Open questions whose answer could change the verdict, most decisive first."""

    @property
    def firm(self) -> bool:
        """Whether no answer to an open question can change the verdict."""
        return self.verdict is not None and self.verdict.id == self.worst.id == self.best.id

    @property
    def id(self) -> str:
        """The id of the verdict, `undetermined` where there is none."""
        return self.verdict.id if self.verdict else UNDETERMINED


def reasons_for(condition: Condition, ground: Ground) -> list[Reason]:
    """List why a condition holds on a ground; empty where it does not."""
    match condition:
        case QuestionCondition():
            return _question(condition, ground)
        case IndexCondition():
            return _index(condition, ground)
        case RiskCondition():
            return list(_risk(condition, ground))
        case EvidenceCondition():
            return _evidence(condition, ground)
        case UnknownCondition():
            return list(_unknown(condition, ground))
        case FactCondition():
            return _fact(condition, ground)
        case AllOf():
            return _all(condition, ground)
        case AnyOf():
            return [reason for part in condition.any for reason in reasons_for(part, ground)]
        case _:
            assert_never(condition)


def holds(condition: Condition, ground: Ground) -> bool:
    """Tell whether a condition holds on a ground."""
    return bool(reasons_for(condition, ground))


def _question(condition: QuestionCondition, ground: Ground) -> list[Reason]:
    level = ground.standing.case.levels.get(condition.question)
    if level is None:
        return []
    key = condition.question
    if condition.at_most is not None and level <= condition.at_most:
        relation, limit = Relation.AT_MOST, condition.at_most
    elif condition.at_least is not None and level >= condition.at_least:
        relation, limit = Relation.AT_LEAST, condition.at_least
    else:
        return []
    return [Reason(key, Subject.QUESTION, key, relation, level, limit, condition.because)]


def _index(condition: IndexCondition, ground: Ground) -> list[Reason]:
    kind = Subject.DIMENSION if condition.dimension else Subject.AXIS
    known = ground.standing.dimensions if condition.dimension else ground.standing.axes
    value, key = known.get(condition.subject), condition.subject
    if value is None:
        return []
    if condition.below is not None and value < condition.below:
        return [Reason(key, kind, key, Relation.BELOW, value, condition.below, condition.because)]
    if condition.at_least is not None and value >= condition.at_least:
        limit = condition.at_least
        return [Reason(key, kind, key, Relation.AT_LEAST, value, limit, condition.because)]
    return []


def _risk(condition: RiskCondition, ground: Ground) -> Iterator[Reason]:
    matrix = ground.method.questionnaire.risk_matrix
    order = matrix.levels if matrix else ()
    for key, risk in ground.standing.risks.items():
        if condition.risk not in {ANY_RISK, key} or risk.residual is None:
            continue
        if order.index(risk.residual) >= order.index(condition.at_least):
            yield Reason(
                f"risk:{key}",
                Subject.RISK,
                key,
                Relation.AT_LEAST,
                risk.residual,
                condition.at_least,
                condition.because,
            )


def _evidence(condition: EvidenceCondition, ground: Ground) -> list[Reason]:
    share, limit = ground.standing.evidence_share, condition.evidence_share.below
    if share is None or share >= limit:
        return []
    because = condition.because
    return [Reason("evidence", Subject.EVIDENCE, "evidence", Relation.BELOW, share, limit, because)]


def _unknown(condition: UnknownCondition, ground: Ground) -> Iterator[Reason]:
    method = ground.method
    watched = method.gates if condition.unknown == "gates" else method.named
    for key in method.questionnaire.questions:
        if key in watched and key in ground.standing.case.open:
            yield Reason(
                f"unknown:{key}",
                Subject.QUESTION,
                key,
                Relation.NOT_KNOWN,
                because=condition.because,
            )


def _fact(condition: FactCondition, ground: Ground) -> list[Reason]:
    if condition.fact not in ground.facts:
        return []
    key = condition.fact
    return [Reason(key, Subject.FACT, key, Relation.STATED, because=condition.because)]


def _all(condition: AllOf, ground: Ground) -> list[Reason]:
    found = [reasons_for(part, ground) for part in condition.all]
    if not all(found):
        return []
    parts = tuple(reason for reasons in found for reason in reasons)
    if len(parts) == 1:
        return [replace(parts[0], because=condition.because or parts[0].because)]
    key = "+".join(part.id for part in parts)
    return [
        Reason(
            key,
            Subject.SEVERAL,
            key,
            Relation.TOGETHER,
            because=condition.because,
            parts=parts,
        )
    ]


def ruled(ground: Ground) -> Verdict:
    """Find the first verdict, from the least favourable on, that any condition holds."""
    *restrictive, free = ground.method.questionnaire.decision.verdicts
    for verdict in restrictive:
        if any(holds(condition, ground) for condition in verdict.held_by):
            return verdict
    return free


def _all_reasons(ground: Ground) -> tuple[Reason, ...]:
    """List every condition that holds, from the least favourable verdict on, each subject once a verdict."""
    reasons: dict[str, Reason] = {}
    for verdict in ground.method.questionnaire.decision.verdicts:
        for condition in verdict.held_by:
            for reason in reasons_for(condition, ground):
                key = f"{verdict.id}/{reason.id}"
                reasons.setdefault(key, replace(reason, id=key, verdict=verdict.id))
    return tuple(reasons.values())


def decide(outlook: Outlook, scorecard: Scorecard, *, decisive: bool = True) -> Ruling:
    """Decide on what is known, at its worst and at its best; and find the questions that decide, if asked.

    Below the coverage that the method asks for there is no verdict, unless worst and best agree.
    """
    ground = ground_of(outlook)
    worst, best = (
        ruled(replace(ground, standing=standing)) for standing in (outlook.worst, outlook.best)
    )
    share = scorecard.candidacy.coverage or Decimal(0)
    limit = outlook.method.questionnaire.decision.undetermined.below_coverage
    too_little = share < limit and worst.id != best.id
    reasons = _all_reasons(ground)
    if too_little:
        reasons = (_too_little(share, limit), *reasons)
    return Ruling(
        verdict=None if too_little else ruled(ground),
        worst=worst,
        best=best,
        reasons=reasons,
        decisive=_decisive(outlook) if decisive and worst.id != best.id else (),
    )


def ground_of(outlook: Outlook) -> Ground:
    """Take what is known as the ground to look conditions up against."""
    return Ground(outlook.method, outlook.known, outlook.facts)


def _too_little(share: Decimal, limit: Decimal) -> Reason:
    return Reason(
        f"{UNDETERMINED}/coverage",
        Subject.COVERAGE,
        "coverage",
        Relation.BELOW,
        share,
        limit,
        verdict=UNDETERMINED,
    )


def _decisive(outlook: Outlook) -> tuple[str, ...]:
    """Order the open questions that could change the verdict.

    Each is tried at 0 and at 4 with the others as they are, then at their worst and their best. First
    come those that move the verdict alone and furthest, then the heavier, then the order of the file.
    Of very many open questions only the heaviest are tried.
    """
    bench, ground = outlook.bench, ground_of(outlook)
    rank = {v.id: i for i, v in enumerate(outlook.method.questionnaire.decision.verdicts)}
    opened = [
        key for key in outlook.method.questionnaire.questions if key in outlook.known.case.open
    ]
    if len(opened) > TRIED:
        heaviest = sorted(
            opened, key=lambda key: (key not in outlook.method.named, -bench.share(key))
        )
        tried = set(heaviest[:TRIED])
        opened = [key for key in opened if key in tried]

    def rule(case: Case) -> int:
        return rank[ruled(replace(ground, standing=bench.stand(case))).id]

    powers = {key: _power(key, outlook, rule) for key in opened}
    chosen = [key for key in opened if any(powers[key])]
    if not chosen:
        chosen = [key for key in opened if bench.matters(key)]
    return tuple(sorted(chosen, key=lambda key: (*(-p for p in powers[key]), -bench.share(key))))


def _power(key: str, outlook: Outlook, rule: Callable[[Case], int]) -> tuple[int, int]:
    """Count the verdicts by which one answer can move the result: alone, and beside extreme others."""
    known, worst, best = outlook.known.case, outlook.worst.case, outlook.best.case
    alone = rule(_answered(known, key, MAX_LEVEL)) - rule(_answered(known, key, 0))
    from_worst = rule(_answered(worst, key, MAX_LEVEL)) - rule(worst)
    from_best = rule(best) - rule(_answered(best, key, 0))
    return alone, from_worst + from_best


def _answered(case: Case, key: str, level: int) -> Case:
    """Answer one open question; the best answer comes with evidence, the worst without."""
    proven = case.evidenced | {key} if level == MAX_LEVEL else case.evidenced - {key}
    return Case({**case.levels, key: level}, case.open - {key}, proven)
