"""The verdict: the first that holds, its reasons, how firm it is, and which answers decide."""

from typing import Any

from bpo_assess.assessment import assess
from bpo_assess.model.questionnaire import Questionnaire
from builders import MATRIX, axis, decision, dimension, judged, method, process, question, verdict


def asking(*held: dict[str, Any], below_coverage: float = 0.0, **more: Any) -> Questionnaire:
    """Four questions `a` to `d`, and verdicts `no` (gate `a`), `wait` (what is given), `go`."""
    questions = [question(key) for key in "abcd"]
    return method(
        axis("x", dimension("first", 1, *questions[:2]), dimension("second", 1, *questions[2:])),
        decided=decision(
            verdict("no", "against", {"question": "a", "at_most": 0}),
            verdict("wait", "later", *held),
            verdict("go", "favour"),
            below_coverage=below_coverage,
        ),
        **more,
    )


def test_a_gate_decides_whatever_the_average_says() -> None:
    found = judged(asking({"question": "b", "at_most": 1}), a=0, b=4, c=4, d=4)
    assert found.ruling.id == "no"
    assert found.gates == {"a", "b"}


def test_every_condition_that_holds_is_a_reason_the_worse_verdict_first() -> None:
    found = judged(
        asking({"question": "b", "at_most": 1}, {"dimension": "second", "below": 50}),
        a=0,
        b=1,
        c=1,
        d=0,
    )
    assert [reason.id for reason in found.ruling.reasons] == ["no/a", "wait/b", "wait/second"]


def test_conditions_joined_by_all_hold_together_or_not_at_all() -> None:
    together = {"all": [{"question": "b", "at_most": 1}, {"question": "c", "at_most": 1}]}
    assert judged(asking(together), a=4, b=1, c=2, d=4).ruling.id == "go"
    assert judged(asking(together), a=4, b=1, c=1, d=4).ruling.id == "wait"


def test_one_of_conditions_joined_by_any_is_enough() -> None:
    either = {"any": [{"question": "b", "at_most": 1}, {"question": "c", "at_most": 1}]}
    assert judged(asking(either), a=4, b=4, c=1, d=4).ruling.id == "wait"


def test_questions_inside_all_are_no_gates() -> None:
    together = {"all": [{"question": "b", "at_most": 1}, {"question": "c", "at_most": 1}]}
    assert judged(asking(together), a=4).gates == {"a"}


def test_open_answers_make_it_provisional_and_the_decisive_one_is_named() -> None:
    found = judged(asking({"question": "b", "at_most": 1}), a=4, b="unknown", c=4, d=4)
    ruling = found.ruling
    assert (ruling.id, ruling.worst.id, ruling.best.id) == ("go", "wait", "go")
    assert not ruling.firm
    assert ruling.decisive == ("b",)


def test_an_open_answer_that_changes_nothing_leaves_it_firm() -> None:
    ruling = judged(asking({"question": "b", "at_most": 1}), a=4, b=4, c="unknown", d=4).ruling
    assert ruling.firm
    assert ruling.decisive == ()


def test_too_little_known_is_undetermined_unless_nothing_can_change_it() -> None:
    asked = asking({"question": "b", "at_most": 1}, below_coverage=0.5)
    assert judged(asked, b=4).ruling.id == "undetermined"
    assert judged(asked, a=0).ruling.id == "no"
    assert judged(asked, a=0).ruling.firm


def test_an_unanswered_gate_holds_the_verdict_where_the_method_says_so() -> None:
    asked = asking({"unknown": "gates"})
    found = judged(asked, b=4, c=4, d=4).ruling
    assert found.id == "wait"
    assert found.reasons[0].id == "wait/unknown:a"
    assert judged(asked, a=1, b=4, c=4, d=4).ruling.id == "go"


def test_thin_evidence_holds_and_evidence_lifts_it() -> None:
    asked = asking({"evidence_share": {"below": 0.5}})
    bare = dict.fromkeys("abcd", 4)
    proven = {"level": 4, "evidence": "proof.md"}
    assert judged(asked, **bare).ruling.id == "wait"
    assert judged(asked, **{**bare, "a": proven, "b": proven}).ruling.id == "go"


def test_a_risk_holds_with_the_controls_that_are_proven_only() -> None:
    risk = {
        "id": "loss",
        "title": "Loss",
        "text": "It is lost.",
        "drivers": {"b": 1},
        "impact_drivers": {"c": 1},
        "controls": [
            {"id": "lid", "text": "A lid.", "acts_on": "impact", "factor": 0, "basis": "guidance"}
        ],
    }
    asked = asking({"risk": "any", "at_least": "critical"}, risks=[risk], risk_matrix=MATRIX)
    answers = {"a": 4, "b": 0, "c": 0, "d": 4}
    claimed = [{"id": "lid", "status": "in-place"}]
    proven = [{"id": "lid", "status": "in-place", "evidence": "lid.md"}]
    assert assess(process(answers), asked).ruling.reasons[0].id == "wait/risk:loss"
    assert assess(process(answers, controls=claimed), asked).ruling.id == "wait"
    assert assess(process(answers, controls=proven), asked).ruling.id == "go"


def test_a_risk_of_which_nothing_is_known_holds_at_the_worst_only() -> None:
    risk = {
        "id": "loss",
        "title": "Loss",
        "text": "It is lost.",
        "drivers": {"c": 1},
        "impact_drivers": {"d": 1},
    }
    asked = asking({"risk": "loss", "at_least": "high"}, risks=[risk], risk_matrix=MATRIX)
    ruling = judged(asked, a=4, b=4).ruling
    assert (ruling.id, ruling.worst.id) == ("go", "wait")
    assert set(ruling.decisive) == {"c", "d"}


def test_what_if_replaces_the_answer_and_is_not_lowered_by_facts() -> None:
    measured = question(
        "b",
        measure={
            "of": "steps-with-instructions",
            "levels": [{"level": 0}, {"level": 4, "at_least": 100}],
        },
    )
    asked = method(
        axis("x", dimension("first", 1, question("a"), measured)),
        decided=decision(
            verdict("wait", "later", {"question": "b", "at_most": 1}), verdict("go", "favour")
        ),
    )
    stated = process({"a": 4, "b": 4}, steps=[{"name": "s"}])
    assert assess(stated, asked).ruling.id == "wait"
    assert assess(stated, asked, what_if={"b": 4}).ruling.id == "go"


def test_of_very_many_open_questions_the_heaviest_are_tried() -> None:
    heavy = question("heavy", weight=9)
    many = [question(f"q{number}") for number in range(400)]
    asked = method(
        axis("x", dimension("first", 1, *many, heavy)),
        decided=decision(
            verdict("wait", "later", {"axis": "x", "below": 50}), verdict("go", "favour")
        ),
    )
    decisive = judged(asked).ruling.decisive
    assert decisive[0] == "heavy"
    assert len(decisive) < 400
