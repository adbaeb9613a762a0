"""What holds a process at its verdict: all of it has to be met, and then the next better one follows."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from bpo_assess.analysis.sensitivity.better import Better, Choice, Need, better_of
from bpo_assess.analysis.sensitivity.thresholds import Threshold
from bpo_assess.analysis.sensitivity.trial import Trial, trial_of
from bpo_assess.assessment import assess
from bpo_assess.assessment.verdict import ground_of, holds, ruled
from bpo_assess.model.decision import Condition, Verdict
from builders import MATRIX, axis, decision, dimension, judged, method, question, verdict
from strategies import Given, given_cases


def asking(*held: dict[str, Any], **more: Any) -> Any:
    questions = [question(key) for key in "abcd"]
    return method(
        axis("x", dimension("first", 1, *questions[:2]), dimension("second", 1, *questions[2:])),
        decided=decision(
            verdict("wait", "later", *held),
            verdict("terms", "conditional", {"question": "d", "at_most": 2}),
            verdict("go", "favour"),
            below_coverage=0,
        ),
        **more,
    )


def found(*held: dict[str, Any], **answers: Any) -> Better:
    return better_of(trial_of(judged(asking(*held), **answers)))


def said(need: Need) -> Any:
    if isinstance(need, Choice):
        return [tuple(map(said, way)) for way in need.ways]
    return need.subject, need.limit


def at_most(key: str, limit: int = 1) -> dict[str, Any]:
    return {"question": key, "at_most": limit}


def test_everything_that_holds_it_has_to_be_met_and_nothing_else() -> None:
    better = found(at_most("a"), at_most("b"), at_most("c"), a=1, b=0, c=2, d=4)
    assert better.verdict is not None
    assert (better.verdict.id, [said(need) for need in better.needs]) == (
        "go",
        [("a", 1), ("b", 1)],
    )


def test_the_next_better_verdict_is_the_one_that_something_else_holds() -> None:
    better = found(at_most("a"), a=1, d=2)
    assert better.verdict is not None
    assert better.verdict.id == "terms"


def test_nothing_has_to_be_met_where_there_is_no_better_verdict() -> None:
    assert found(at_most("a"), a=4, d=4) == Better(None, ())


def test_of_conditions_that_hold_together_one_is_enough() -> None:
    better = found(
        {"all": [at_most("a"), {"any": [at_most("b"), at_most("c")]}]}, a=1, b=1, c=1, d=4
    )
    assert [said(need) for need in better.needs] == [[(("a", 1),), (("b", 1), ("c", 1))]]


def test_of_several_any_of_which_holds_all_have_to_be_met() -> None:
    better = found({"any": [at_most("a"), at_most("b"), at_most("c")]}, a=1, b=1, c=2, d=4)
    assert [said(need) for need in better.needs] == [("a", 1), ("b", 1)]


def test_every_risk_that_is_too_high_has_to_be_met() -> None:
    risks = [
        {"id": f"r{key}", "title": f"Risk {key}", "drivers": {key: 1}, "impact_drivers": {key: 1}}
        for key in "abc"
    ]
    questionnaire = asking({"risk": "any", "at_least": "high"}, risks=risks, risk_matrix=MATRIX)
    better = better_of(trial_of(judged(questionnaire, a=0, b=1, c=4, d=4)))
    assert [said(need) for need in better.needs] == [("ra", "high"), ("rb", "high")]


def with_held(trial: Trial, now: Verdict, held_by: tuple[Condition, ...]) -> str:
    """Decide by a method in which other conditions hold the present verdict."""
    questionnaire = trial.judgement.questionnaire
    verdicts = tuple(
        v.model_copy(update={"held_by": held_by}) if v.id == now.id else v for v in trial.verdicts
    )
    changed = questionnaire.model_copy(
        update={"decision": questionnaire.decision.model_copy(update={"verdicts": verdicts})}
    )
    method_of_trial = replace(trial.outlook.method, questionnaire=changed)
    return ruled(replace(ground_of(trial.outlook), method=method_of_trial)).id


def leaves(need: Need) -> list[Threshold]:
    if isinstance(need, Threshold):
        return [need]
    return [leaf for way in need.ways for part in way for leaf in leaves(part)]


@given(given_cases())
@settings(max_examples=60)
def test_better_is_what_a_method_says_in_which_nothing_holds_the_verdict(case: Given) -> None:
    trial = trial_of(assess(case.process(), case.shape.method()))
    ground, better = ground_of(trial.outlook), better_of(trial)
    now = ruled(ground)
    if better.verdict is None:
        assert now.id == trial.verdicts[-1].id
        return
    assert with_held(trial, now, ()) == better.verdict.id
    holding = [condition for condition in now.held_by if holds(condition, ground)]
    assert all(with_held(trial, now, (condition,)) == now.id for condition in holding)
    named = [leaf for need in better.needs for leaf in leaves(need)]
    assert all(leaf.holds and leaf.verdict.id == now.id for leaf in named)
    assert len(better.needs) >= 1
