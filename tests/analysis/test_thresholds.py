"""How near conditions are to tipping: in their unit, on one scale, and what follows."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given, settings

from bpo_assess.analysis.sensitivity.thresholds import Threshold, thresholds_of
from bpo_assess.analysis.sensitivity.trial import trial_of
from bpo_assess.assessment import assess
from bpo_assess.assessment.rounding import index
from bpo_assess.assessment.standing import RiskStanding, cell
from bpo_assess.assessment.verdict import Relation, Subject, ground_of, holds, ruled
from bpo_assess.model.decision import (
    AllOf,
    AnyOf,
    Condition,
    IndexCondition,
    QuestionCondition,
    RiskCondition,
    Verdict,
)
from bpo_assess.model.questionnaire import Questionnaire
from bpo_assess.model.risk import RiskMatrix
from builders import (
    MATRIX,
    RISK_LEVELS,
    axis,
    decision,
    dimension,
    judged,
    method,
    question,
    verdict,
)
from shipped import EXAMPLES, example
from strategies import Given, given_cases


def asking(*held: dict[str, Any], **more: Any) -> Questionnaire:
    questions = [question(key) for key in "abcd"]
    return method(
        axis("x", dimension("first", 1, *questions[:2]), dimension("second", 1, *questions[2:])),
        decided=decision(
            verdict("wait", "later", *held), verdict("go", "favour"), below_coverage=0
        ),
        **more,
    )


def looked_at(questionnaire: Questionnaire, **answers: Any) -> tuple[Threshold, ...]:
    return thresholds_of(trial_of(judged(questionnaire, **answers)))


def test_a_figure_just_below_its_limit_is_seen_to_be_a_tenth_away() -> None:
    (found,) = looked_at(asking({"dimension": "first", "below": 62.6}), a=2, b=3, c=0, d=0)
    assert (found.holds, found.actual, found.margin) == (True, Decimal("62.5"), Decimal("-0.1"))
    assert found.change == found.distance == Fraction(1, 10)
    assert (found.verdict.id, found.tipped.id) == ("wait", "go")


def test_a_figure_at_its_limit_holds_nothing_and_tips_a_tenth_below() -> None:
    (found,) = looked_at(asking({"axis": "x", "below": 50}), a=2, b=2, c=2, d=2)
    assert (found.holds, found.margin, found.distance) == (False, Decimal(0), Fraction(1, 10))
    assert found.tipped.id == "wait"


def test_the_nearest_stands_first_whatever_its_unit() -> None:
    found = looked_at(
        asking(
            {"question": "a", "at_most": 1},
            {"dimension": "second", "below": 40},
            {"evidence_share": {"below": 0.02}},
            {"unknown": "named"},
        ),
        a=1,
        b=4,
        c=2,
        d=2,
    )
    kinds = [(entry.kind, entry.distance) for entry in found]
    assert kinds == [
        (Subject.EVIDENCE, 2),
        (Subject.DIMENSION, Fraction(101, 10)),
        (Subject.QUESTION, 25),
        (Subject.QUESTION, None),
    ]
    assert [entry.margin for entry in found] == [-2, 10, -1, None]


def test_a_condition_among_others_tips_only_with_them() -> None:
    together = {"all": [{"question": "a", "at_most": 1}, {"question": "b", "at_most": 1}]}
    found = {e.subject: e for e in looked_at(asking(together), a=1, b=2, c=2, d=2)}
    assert (found["a"].tipped.id, found["b"].tipped.id) == ("go", "wait")
    assert found["a"].joined
    assert found["b"].joined


def risky(limit: str) -> Questionnaire:
    risks = [
        {
            "id": f"r{key}",
            "title": f"Risk {key}",
            "drivers": {key: 1},
            "impact_drivers": {"d": 1},
        }
        for key in "ab"
    ]
    return asking({"risk": "any", "at_least": limit}, risks=risks, risk_matrix=MATRIX)


def test_a_condition_on_any_risk_is_looked_at_risk_by_risk() -> None:
    found = {e.subject: e for e in looked_at(risky("high"), a=1, b=1, c=0, d=2)}
    assert set(found) == {"ra", "rb"}
    assert all(entry.holds and entry.margin == -1 for entry in found.values())
    assert {entry.tipped.id for entry in found.values()} == {"wait"}, "the other one holds as well"


def test_a_risk_tells_how_far_likelihood_and_impact_are_from_the_border() -> None:
    found = {e.subject: e for e in looked_at(risky("high"), a=2, b=4, c=0, d=2)}
    # Likelihood 3 and impact 3 are moderate; likelihood from 3.5, or impact from 3.5, is high.
    assert found["ra"].border is not None
    assert found["ra"].border.likelihood == found["ra"].border.impact == Fraction(1, 2)
    # Likelihood 1: no impact makes it high; likelihood 4 does, or 2 with impact 5.
    assert found["rb"].border is not None
    assert found["rb"].border.impact is None
    assert found["rb"].border.likelihood == Fraction(5, 2)
    assert found["rb"].change == Fraction(1, 2) + Fraction(3, 2)


TINY = Fraction(1, 10**6)
"""Less than any distance that answers lead to, and more than none."""


def alone(
    value: Fraction, tips: Callable[[Fraction], bool]
) -> tuple[Fraction | None, Fraction | None]:
    """Find how far one side moves at least before a condition tips: by a rise, and by a fall.

    Only on a half does the cell change, so that these and what lies beside them are all that matters.
    """
    halves = [cell_ + Fraction(1, 2) for cell_ in range(1, 5)]
    there = [half + beside for half in halves for beside in (-TINY, Fraction(), TINY)]
    rises = [x - value for x in there if x > value and tips(x)]
    falls = [value - x for x in there if x < value and tips(x)]
    return min(rises, default=None), min(falls, default=None)


def opposite(
    matrix: RiskMatrix, limit: int, holds: bool, likelihood: Fraction, impact: Fraction
) -> bool:
    """Tell whether a condition on a risk says the opposite with another likelihood and impact."""
    level = matrix.level(cell(likelihood), cell(impact))
    return (RISK_LEVELS.index(level) >= limit) != holds


@given(given_cases())
@settings(max_examples=60)
def test_each_distance_to_the_border_is_what_that_side_alone_takes_to_tip_it(case: Given) -> None:
    trial = trial_of(assess(case.process(), case.shape.method()))
    matrix = trial.judgement.questionnaire.risk_matrix
    assert matrix is not None
    for entry in thresholds_of(trial):
        if entry.border is None:
            continue
        at, limit = entry.border.at, RISK_LEVELS.index(str(entry.limit))
        tips = partial(opposite, matrix, limit, entry.holds)
        for found, expected in (
            (entry.border.likelihood, alone(at.likelihood, partial(tips, impact=at.impact))),
            (entry.border.impact, alone(at.impact, partial(tips, at.likelihood))),
        ):
            rise, fall = expected
            if found is None:
                assert (rise, fall) == (None, None)
            elif entry.holds:
                assert fall is not None
                assert (rise, fall - found) == (None, TINY), "a fall tips it only beyond the border"
            else:
                assert (rise, fall) == (found, None), "a rise tips it on reaching the border"


@pytest.mark.parametrize(
    ("name", "title", "limit", "expected"),
    [
        ("payroll.yaml", "Offshore and location risk", "high", (Fraction(7, 6), Fraction(1))),
        ("customer-service-voice.yaml", "Communication failure", "high", (Fraction(1, 10), 0)),
    ],
)
def test_a_side_on_the_border_does_not_move_for_nothing(
    name: str, title: str, limit: str, expected: tuple[Fraction, Fraction]
) -> None:
    found = example(name)
    titles = {risk.id: risk.title for risk in found.questionnaire.risks}
    (border,) = {
        entry.border
        for entry in thresholds_of(trial_of(found))
        if titles.get(entry.subject) == title and entry.limit == limit
    }
    assert border is not None
    assert border.at.impact == Fraction(7, 2)
    assert (border.likelihood, border.impact) == expected


def test_what_is_not_known_has_no_margin_and_stands_last() -> None:
    found = looked_at(asking({"question": "a", "at_most": 1}, {"axis": "x", "below": 99}), b=1)
    assert [(entry.subject, entry.margin is None) for entry in found] == [("x", False), ("a", True)]


@given(given_cases())
@settings(max_examples=40)
def test_a_figure_moved_by_the_change_tips_the_condition_and_by_less_does_not(case: Given) -> None:
    trial = trial_of(assess(case.process(), case.shape.method()))
    standing = trial.outlook.known
    for entry in thresholds_of(trial):
        if entry.kind not in {Subject.DIMENSION, Subject.AXIS} or entry.change is None:
            continue
        assert isinstance(entry.limit, Decimal)
        condition = IndexCondition(
            dimension=entry.subject if entry.kind is Subject.DIMENSION else None,
            axis=entry.subject if entry.kind is Subject.AXIS else None,
            below=entry.limit,
        )
        for step, tips in ((Fraction(), True), (Fraction(-1, 10), False)):
            moved = entry.change + step
            if moved < 0:
                continue
            exact = Fraction(str(entry.actual)) + (moved if entry.holds else -moved)
            value = index(exact)
            changed = replace(
                standing,
                dimensions={**standing.dimensions, entry.subject: value},
                axes={**standing.axes, entry.subject: value},
            )
            there = holds(condition, replace(ground_of(trial.outlook), standing=changed))
            assert there == (entry.holds != tips)


@given(given_cases())
@settings(max_examples=40)
def test_no_smaller_move_of_likelihood_and_impact_tips_a_risk(case: Given) -> None:
    trial = trial_of(assess(case.process(), case.shape.method()))
    matrix = trial.judgement.questionnaire.risk_matrix
    assert matrix is not None
    grid = [1 + Fraction(step, 8) for step in range(33)]
    for entry in thresholds_of(trial):
        if entry.kind is not Subject.RISK or entry.actual is None:
            continue
        risk: RiskStanding = trial.outlook.known.risks[entry.subject]
        x, y = risk.residual_likelihood, risk.residual_impact
        assert x is not None
        assert y is not None
        tipping = [
            abs(likelihood - x) + abs(impact - y)
            for likelihood in grid
            for impact in grid
            if (
                RISK_LEVELS.index(matrix.level(cell(likelihood), cell(impact)))
                >= RISK_LEVELS.index(str(entry.limit))
            )
            != entry.holds
        ]
        if entry.change is None:
            assert tipping == []
        else:
            assert min(tipping) >= entry.change
            assert min(tipping) <= entry.change + Fraction(1, 4)


def variants(condition: Condition, other: Condition) -> Iterator[tuple[Condition, Condition]]:
    """Yield each simple condition within one, with the whole in which another stands in its place."""
    if not isinstance(condition, AllOf | AnyOf):
        yield condition, other
        return
    name = "all" if isinstance(condition, AllOf) else "any"
    parts = condition.all if isinstance(condition, AllOf) else condition.any
    for place, part in enumerate(parts):
        for simple, changed in variants(part, other):
            mixed = (*parts[:place], changed, *parts[place + 1 :])
            yield simple, condition.model_copy(update={name: mixed})


def key_of(condition: Condition, guarded: Verdict) -> tuple[str, str, object] | None:
    match condition:
        case QuestionCondition():
            return guarded.id, condition.question, condition.at_most
        case IndexCondition():
            return guarded.id, condition.subject, condition.below
        case _:
            return None


@given(given_cases())
@settings(max_examples=40)
def test_the_verdict_beyond_is_that_of_a_method_in_which_the_condition_says_the_opposite(
    case: Given,
) -> None:
    trial = trial_of(assess(case.process(), case.shape.method()))
    ground = ground_of(trial.outlook)
    known = [key for key, level in ground.standing.case.levels.items() if level is not None]
    assume(known)
    always: Condition = QuestionCondition(question=known[0], at_most=4)
    never: Condition = IndexCondition(
        axis=trial.judgement.questionnaire.axes[0].id, below=Decimal(0)
    )
    expected: dict[object, set[str]] = {}
    for rank, guarded in enumerate(trial.verdicts):
        for place, condition in enumerate(guarded.held_by):
            for simple, _ in variants(condition, never):
                key = key_of(simple, guarded)
                if key is None:
                    continue
                other = never if holds(simple, ground) else always
                for same, changed in variants(condition, other):
                    if same is simple:
                        held = (*guarded.held_by[:place], changed, *guarded.held_by[place + 1 :])
                        verdicts = list(trial.verdicts)
                        verdicts[rank] = guarded.model_copy(update={"held_by": held})
                        expected.setdefault(key, set()).add(tipped(trial, verdicts))
    for entry in thresholds_of(trial):
        if (
            entry.relation in {Relation.AT_MOST, Relation.BELOW}
            and entry.kind is not Subject.EVIDENCE
        ):
            assert entry.tipped.id in expected[entry.verdict.id, entry.subject, entry.limit]


def tipped(trial: Any, verdicts: list[Verdict]) -> str:
    method_of_trial = trial.outlook.method
    questionnaire = trial.judgement.questionnaire
    changed = questionnaire.model_copy(
        update={"decision": questionnaire.decision.model_copy(update={"verdicts": tuple(verdicts)})}
    )
    ground = replace(
        ground_of(trial.outlook), method=replace(method_of_trial, questionnaire=changed)
    )
    return ruled(ground).id


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_an_example_says_of_its_reasons_holds_and_of_all_else_does_not(name: str) -> None:
    found = example(name)
    reasons = {
        (reason.verdict, part.kind, part.subject)
        for reason in found.ruling.reasons
        for part in (reason.parts or (reason,))
    }
    for entry in thresholds_of(trial_of(found)):
        if entry.relation is not Relation.NOT_KNOWN and not entry.joined:
            key = (entry.verdict.id, entry.kind, entry.subject)
            assert not entry.holds or key in reasons
    assert any(
        isinstance(c, RiskCondition)
        for v in found.questionnaire.decision.verdicts
        for c in v.held_by
    )
