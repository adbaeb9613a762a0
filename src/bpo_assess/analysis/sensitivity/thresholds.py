"""How near every condition of the decision is to holding or not.

Margins are taken of the figures as printed, which are those that are compared. To put points, levels,
shares and risks in one order, a distance is given in hundredths of its scale: a point of an index, a
percentage point, a twenty-fifth of a level, a twenty-fifth of a step of likelihood or impact.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import assert_never

from bpo_assess.analysis.sensitivity.trial import Trial
from bpo_assess.assessment.standing import POINTS_PER_LEVEL, RiskStanding, cell
from bpo_assess.assessment.verdict import Ground, Relation, Subject, ground_of, holds
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
    Verdict,
)
from bpo_assess.model.risk import MATRIX_SIDE, RiskMatrix

Figure = int | Decimal | str | None

LEAST_POINTS = Decimal("0.1")
"""The least step of a printed index."""

LEAST_PERCENT = Decimal(1)
"""The least step of a printed share, in percentage points."""

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class ToBorder:
    """How far likelihood and impact (1-5, controls in place) are from where the condition tips."""

    likelihood: Fraction | None
    """With the impact as it is; None where no likelihood would do."""
    impact: Fraction | None
    """With the likelihood as it is; None where no impact would do."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """One simple condition of the decision, and how near it is to tipping."""

    verdict: Verdict
    """The verdict that it guards."""
    kind: Subject
    subject: str
    relation: Relation
    holds: bool
    actual: Figure
    """The figure as printed; None where it is not known."""
    limit: Figure
    margin: Decimal | None
    """The figure minus what is needed, in its unit: negative where the condition holds."""
    change: Fraction | None
    """The least change, in that unit, that tips it; of a risk in steps of likelihood and impact together."""
    distance: Fraction | None
    """That change in hundredths of the scale; None where no figure can tip it."""
    joined: bool
    """Whether it stands in a condition together with others."""
    tipped: Verdict
    """The verdict on what is known if this tipped and nothing else did."""
    border: ToBorder | None = None


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A simple condition and where it stands in the decision."""

    condition: Condition
    path: tuple[int, ...]


def thresholds_of(trial: Trial) -> tuple[Threshold, ...]:
    """Look at every simple condition of the decision, the nearest first."""
    ground = ground_of(trial.outlook)
    found = []
    for leaf, whole in _leaves(trial):
        for simple in _each_risk(leaf.condition, ground):
            seen = _seen(simple, ground, trial.verdicts[leaf.path[0]])
            tipped = _tipped(trial, ground, leaf, seen)
            joined = whole is not leaf.condition
            found.append(replace(seen, joined=joined, tipped=trial.verdicts[tipped]))
    found.sort(key=lambda entry: (entry.distance is None, entry.distance or 0))
    return tuple(_once(found))


def _once(found: list[Threshold]) -> Iterator[Threshold]:
    """Leave out a condition that stands twice under one verdict."""
    seen = set()
    for entry in found:
        key = (entry.verdict.id, entry.kind, entry.subject, entry.limit, entry.relation)
        if key not in seen:
            seen.add(key)
            yield entry


def _leaves(trial: Trial) -> Iterator[tuple[_Leaf, Condition]]:
    for rank, verdict in enumerate(trial.verdicts):
        for place, condition in enumerate(verdict.held_by):
            for leaf in _within(condition, (rank, place)):
                yield leaf, condition


def _within(condition: Condition, path: tuple[int, ...]) -> Iterator[_Leaf]:
    match condition:
        case AllOf():
            parts = condition.all
        case AnyOf():
            parts = condition.any
        case _:
            yield _Leaf(condition, path)
            return
    for place, part in enumerate(parts):
        yield from _within(part, (*path, place))


def _each_risk(condition: Condition, ground: Ground) -> Iterator[Condition]:
    """Take a condition on any risk as one on each."""
    if isinstance(condition, RiskCondition) and condition.risk == ANY_RISK:
        for key in ground.standing.risks:
            yield condition.model_copy(update={"risk": key})
    else:
        yield condition


# Which verdict follows


def _tipped(trial: Trial, ground: Ground, leaf: _Leaf, seen: Threshold) -> int:
    """Find the rank of the verdict if one simple condition said the opposite."""
    *restrictive, free = range(len(trial.verdicts))
    for rank in restrictive:
        for place, condition in enumerate(trial.verdicts[rank].held_by):
            path = (rank, place)
            if leaf.path[:2] != path:
                if holds(condition, ground):
                    return rank
            elif _holds_with(condition, path, ground, leaf, seen):
                return rank
    return free


def _holds_with(
    condition: Condition, path: tuple[int, ...], ground: Ground, leaf: _Leaf, seen: Threshold
) -> bool:
    if path == leaf.path:
        return not seen.holds or _another_risk(condition, ground, seen)
    match condition:
        case AllOf():
            return all(
                _holds_with(part, (*path, place), ground, leaf, seen)
                for place, part in enumerate(condition.all)
            )
        case AnyOf():
            return any(
                _holds_with(part, (*path, place), ground, leaf, seen)
                for place, part in enumerate(condition.any)
            )
        case _:
            return holds(condition, ground)


def _another_risk(condition: Condition, ground: Ground, seen: Threshold) -> bool:
    """Tell whether a condition on any risk holds for another risk as well."""
    if not isinstance(condition, RiskCondition) or condition.risk != ANY_RISK:
        return False
    others = {key: risk for key, risk in ground.standing.risks.items() if key != seen.subject}
    return holds(condition, replace(ground, standing=replace(ground.standing, risks=others)))


# How near it is


def _seen(condition: Condition, ground: Ground, verdict: Verdict) -> Threshold:
    found = _bare(condition, ground, verdict)
    return replace(found, holds=holds(condition, ground))


def _bare(condition: Condition, ground: Ground, verdict: Verdict) -> Threshold:
    match condition:
        case QuestionCondition():
            return _question(condition, ground, verdict)
        case IndexCondition():
            return _index(condition, ground, verdict)
        case RiskCondition():
            return _risk(condition, ground, verdict)
        case EvidenceCondition():
            return _evidence(condition, ground, verdict)
        case UnknownCondition():
            return _unknown(condition, ground, verdict)
        case FactCondition():
            return _plain(verdict, Subject.FACT, condition.fact, Relation.STATED)
        case AllOf() | AnyOf():
            raise ValueError(condition)
        case _:
            assert_never(condition)


def _plain(
    verdict: Verdict,
    kind: Subject,
    subject: str,
    relation: Relation,
    actual: Figure = None,
    limit: Figure = None,
) -> Threshold:
    return Threshold(
        verdict=verdict,
        kind=kind,
        subject=subject,
        relation=relation,
        holds=False,
        actual=actual,
        limit=limit,
        margin=None,
        change=None,
        distance=None,
        joined=False,
        tipped=verdict,
    )


def _measured(
    bare: Threshold, value: Decimal, limit: Decimal, step: Decimal, scale: int
) -> Threshold:
    """Enter a margin; a figure at what is needed tips by the least step in which it is printed."""
    needed = -(-limit // step) * step
    change = needed - value if value < limit else value - needed + step
    return replace(
        bare,
        margin=value - limit,
        change=Fraction(change),
        distance=Fraction(change) * scale,
    )


def _question(condition: QuestionCondition, ground: Ground, verdict: Verdict) -> Threshold:
    key, limit = condition.question, condition.at_most
    level = ground.standing.case.levels.get(key)
    bare = _plain(verdict, Subject.QUESTION, key, Relation.AT_MOST, level, limit)
    if level is None or limit is None:
        return bare
    return _measured(bare, Decimal(level), Decimal(limit + 1), Decimal(1), POINTS_PER_LEVEL)


def _index(condition: IndexCondition, ground: Ground, verdict: Verdict) -> Threshold:
    kind = Subject.DIMENSION if condition.dimension else Subject.AXIS
    known = ground.standing.dimensions if condition.dimension else ground.standing.axes
    value, limit = known.get(condition.subject), condition.below
    bare = _plain(verdict, kind, condition.subject, Relation.BELOW, value, limit)
    if value is None or limit is None:
        return bare
    return _measured(bare, value, limit, LEAST_POINTS, 1)


def _evidence(condition: EvidenceCondition, ground: Ground, verdict: Verdict) -> Threshold:
    share, limit = ground.standing.evidence_share, condition.evidence_share.below
    bare = _plain(verdict, Subject.EVIDENCE, "evidence", Relation.BELOW, share, limit)
    if share is None:
        return bare
    return _measured(bare, 100 * share, 100 * limit, LEAST_PERCENT, 1)


def _unknown(condition: UnknownCondition, ground: Ground, verdict: Verdict) -> Threshold:
    watched = ground.method.gates if condition.unknown == "gates" else ground.method.named
    opened = len(watched & ground.standing.case.open)
    kind, relation = Subject.QUESTION, Relation.NOT_KNOWN
    return _plain(verdict, kind, condition.unknown, relation, opened, 0)


def _risk(condition: RiskCondition, ground: Ground, verdict: Verdict) -> Threshold:
    matrix = ground.method.questionnaire.risk_matrix
    risk = ground.standing.risks.get(condition.risk)
    relation, limit = Relation.AT_LEAST, condition.at_least
    bare = _plain(
        verdict, Subject.RISK, condition.risk, relation, risk.residual if risk else None, limit
    )
    if matrix is None or risk is None or risk.residual is None:
        return bare
    order = matrix.levels
    margin = Decimal(order.index(limit) - 1 - order.index(risk.residual))
    steps = _steps(risk, matrix, order.index(limit))
    nearest = min((up + across for up, across in steps), default=None)
    return replace(
        bare,
        margin=margin,
        change=nearest,
        distance=None if nearest is None else nearest * POINTS_PER_LEVEL,
        border=ToBorder(
            min((up for up, across in steps if not across), default=None),
            min((across for up, across in steps if not up), default=None),
        ),
    )


def _steps(risk: RiskStanding, matrix: RiskMatrix, limit: int) -> list[tuple[Fraction, Fraction]]:
    """List by how much likelihood and impact have to move to reach each cell where the condition tips."""
    likelihood, impact = risk.residual_likelihood, risk.residual_impact
    if likelihood is None or impact is None:
        return []
    now = _severe(matrix, cell(likelihood), cell(impact), limit)
    sides = range(1, MATRIX_SIDE + 1)
    return [
        (_to_cell(likelihood, row), _to_cell(impact, column))
        for row, column in product(sides, sides)
        if _severe(matrix, row, column, limit) != now
    ]


def _severe(matrix: RiskMatrix, row: int, column: int, limit: int) -> bool:
    return matrix.levels.index(matrix.level(row, column)) >= limit


def _to_cell(value: Fraction, target: int) -> Fraction:
    """Measure how far a figure is from the border of a row or column of the matrix; 0 within it."""
    if cell(value) == target:
        return Fraction()
    border = target - _HALF if target > value else target + _HALF
    return abs(border - value)
