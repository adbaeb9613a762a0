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

from bpo_assess.analysis.sensitivity.tipping import leaves, tipped
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
class Place:
    """A likelihood and an impact (1-5, controls in place)."""

    likelihood: Fraction
    impact: Fraction


@dataclass(frozen=True, slots=True)
class ToBorder:
    """How far likelihood and impact are from where the condition tips.

    A rise tips it on reaching the border, a fall only beyond it: 0 is exactly on the border, where any
    fall tips it.
    """

    at: Place
    """Where the risk lies."""
    likelihood: Fraction | None
    """How far the likelihood is, with the impact as it is; None where no likelihood would do."""
    impact: Fraction | None
    """How far the impact is, with the likelihood as it is; None where no impact would do."""
    nearest: Place | None
    """How far both are on the shortest way, on which one of them may stay; None where nothing would do."""


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


def thresholds_of(trial: Trial) -> tuple[Threshold, ...]:
    """Look at every simple condition of the decision, the nearest first."""
    ground = ground_of(trial.outlook)
    found = [
        replace(
            near(simple, ground, trial.verdicts[leaf.path[0]]),
            holds=holds(simple, ground),
            joined=leaf.joined,
            tipped=tipped(trial, ground, leaf, simple),
        )
        for leaf in leaves(trial.verdicts)
        for simple in each_risk(leaf.condition, ground)
    ]
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


def each_risk(condition: Condition, ground: Ground) -> Iterator[Condition]:
    """Take a condition on any risk as one on each."""
    if isinstance(condition, RiskCondition) and condition.risk == ANY_RISK:
        for key in ground.standing.risks:
            yield condition.model_copy(update={"risk": key})
    else:
        yield condition


# How near it is


def near(condition: Condition, ground: Ground, verdict: Verdict) -> Threshold:
    """Say how near a simple condition is to tipping, and nothing of what follows."""
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
    border = _border(risk, matrix, limit)
    order, nearest = matrix.levels, border.nearest if border else None
    change = nearest.likelihood + nearest.impact if nearest else None
    return replace(
        bare,
        margin=Decimal(order.index(limit) - 1 - order.index(risk.residual)),
        change=change,
        distance=None if change is None else change * POINTS_PER_LEVEL,
        border=border,
    )


def _border(risk: RiskStanding, matrix: RiskMatrix, limit: str) -> ToBorder | None:
    """Measure the way to each cell of the matrix in which the condition says the opposite."""
    likelihood, impact = risk.residual_likelihood, risk.residual_impact
    if likelihood is None or impact is None:
        return None
    here, least = (cell(likelihood), cell(impact)), matrix.levels.index(limit)
    now = _severe(matrix, *here, least)
    sides = range(1, MATRIX_SIDE + 1)
    ways = {
        (row, column): Place(_to_cell(likelihood, row), _to_cell(impact, column))
        for row, column in product(sides, sides)
        if _severe(matrix, row, column, least) != now
    }
    return ToBorder(
        at=Place(likelihood, impact),
        likelihood=min(
            (way.likelihood for (_, to), way in ways.items() if to == here[1]), default=None
        ),
        impact=min((way.impact for (to, _), way in ways.items() if to == here[0]), default=None),
        nearest=min(ways.values(), key=lambda way: way.likelihood + way.impact, default=None),
    )


def _severe(matrix: RiskMatrix, row: int, column: int, limit: int) -> bool:
    return matrix.levels.index(matrix.level(row, column)) >= limit


def _to_cell(value: Fraction, target: int) -> Fraction:
    """Measure how far a figure is from the border of a row or column of the matrix; 0 within and on it."""
    if cell(value) == target:
        return Fraction()
    border = target - _HALF if target > value else target + _HALF
    return abs(border - value)
