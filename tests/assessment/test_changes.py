"""What changed between two questionnaires, and what that does to answers given before."""

import copy
from typing import Any

import pytest

from bpo_assess.assessment.changes import Effect, changes, next_version
from bpo_assess.model.questionnaire import Questionnaire
from builders import MATRIX, axis, decision, dimension, method, question, verdict
from shipped import method_of

RISK = {
    "id": "drift",
    "title": "Drift",
    "text": "It drifts.",
    "drivers": {"a": 1},
    "impact_drivers": {"b": 1},
    "controls": [
        {"id": "lid", "text": "A lid.", "acts_on": "impact", "factor": 0.5, "basis": "guidance"}
    ],
}


def plain() -> dict[str, Any]:
    return {
        "questions": [question("a", not_applicable=True), question("b")],
        "risk": copy.deepcopy(RISK),
        "limit": 50,
        "weight": 1,
    }


def built(parts: dict[str, Any]) -> Questionnaire:
    return method(
        axis(
            "x",
            dimension("d", parts["weight"], *parts["questions"]),
            dimension("e", 1, question("c")),
        ),
        decided=decision(
            verdict("wait", "later", {"axis": "x", "below": parts["limit"]}),
            verdict("go", "favour"),
        ),
        risks=[parts["risk"]],
        risk_matrix=MATRIX,
    )


def found(**changed: Any) -> list[tuple[str, str]]:
    """Change parts of the plain method, and list effect and subject of what is found."""
    after = plain() | changed
    return [
        (change.effect.value, change.subject) for change in changes(built(plain()), built(after))
    ]


def test_nothing_changed_is_nothing_found() -> None:
    assert found() == []
    assert changes(method_of("readiness"), method_of("readiness")) == []


@pytest.mark.parametrize(
    ("after", "effect"),
    [
        (
            question("a", not_applicable=True, anchors=["none", "little", "half", "most", "all"]),
            "breaking",
        ),
        (question("a", not_applicable=True, text="What of a?"), "breaking"),
        (question("a"), "lossy"),
        (question("a", not_applicable=True, weight=2), "safe"),
        (question("a", not_applicable=True, title="Another"), "safe"),
        (question("a", not_applicable=True, why="Because."), "safe"),
    ],
)
def test_a_changed_question(after: dict[str, Any], effect: str) -> None:
    assert found(questions=[after, question("b")]) == [(effect, "a")]


def test_a_question_that_goes_loses_answers_and_one_that_comes_does_not() -> None:
    a, b = plain()["questions"]
    assert found(questions=[a, b, question("n")]) == [("safe", "n")]
    gone = found(questions=[b], risk=RISK | {"drivers": {"b": 1}})
    assert gone == [("lossy", "a"), ("safe", "drift")]


def test_weights_and_limits_move_the_outcome_and_keep_the_answers() -> None:
    assert found(weight=3) == [("safe", "d")]
    assert found(limit=60) == [("safe", "wait")]


def test_a_control_that_goes_loses_what_is_stated_of_it() -> None:
    assert found(risk=RISK | {"controls": []}) == [("lossy", "lid"), ("safe", "drift")]


@pytest.mark.parametrize(
    ("effects", "version"),
    [
        ([], "1.4.2"),
        ([Effect.SAFE], "1.5.0"),
        ([Effect.SAFE, Effect.LOSSY], "2.0.0"),
        ([Effect.BREAKING], "2.0.0"),
    ],
)
def test_the_version_follows_from_the_most_serious_change(
    effects: list[Effect], version: str
) -> None:
    before = built(plain())
    of_kind = {
        Effect.SAFE: changes(before, built(plain() | {"weight": 3})),
        Effect.LOSSY: changes(before, built(plain() | {"risk": RISK | {"controls": []}})),
        Effect.BREAKING: changes(
            before,
            built(
                plain()
                | {"questions": [question("a", text="Else?", not_applicable=True), question("b")]}
            ),
        ),
    }
    assert next_version("1.4.2", [c for effect in effects for c in of_kind[effect]]) == version


def test_the_most_serious_comes_first() -> None:
    seen = changes(method_of("readiness"), method_of("screening"))
    order = [change.effect for change in seen]
    assert order == sorted(order, key=list(Effect).index)
    assert sum(c.text == "question removed" for c in seen) == 62 - 26
