"""A plan in words: the outcome first, what stays open, what is needed for what, how little is to spare."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from bpo_assess.analysis.plan.finding import best_within, plan_to
from bpo_assess.analysis.plan.result import Planning
from bpo_assess.assessment import assess
from bpo_assess.model.questionnaire import Questionnaire
from bpo_assess.reports.analysis import plan as pages
from bpo_assess.reports.analysis.plan import outcome
from bpo_assess.reports.analysis.plan_json import planning_object
from builders import MATRIX, axis, decision, dimension, method, process, question, verdict

BELOW: dict[str, Any] = {"axis": "x", "below": 50}


def asked(*questions: dict[str, Any], held: Sequence[dict[str, Any]], **more: Any) -> Questionnaire:
    return method(
        axis("x", dimension("d", 1, *questions)),
        decided=decision(
            verdict("wait", "later", *held),
            verdict("go", "favour"),
            below_coverage=more.pop("covered", 0),
        ),
        **more,
    )


def planned(
    questionnaire: Questionnaire, answers: dict[str, Any], to: int = -1, **more: Any
) -> Planning:
    verdicts = questionnaire.decision.verdicts
    return plan_to(assess(process(answers), questionnaire), verdicts[to], **more)


def page(planning: Planning) -> str:
    return " ".join(pages.text(planning, 400).split())


def test_the_first_sentence_is_the_outcome() -> None:
    found = planned(asked(question("a"), held=[BELOW]), {"a": 1})
    assert pages.answer(found) == [
        '1 unit of effort, in 1 piece of work, leads from "wait" to "go".',
        "Proven: nothing less would do.",
    ]


def test_a_verdict_on_what_is_known_is_called_that() -> None:
    """With b at 0 the index is 25 and the verdict `wait`."""
    found = planned(asked(question("a"), question("b"), held=[BELOW]), {"a": 1, "b": "unknown"})
    first, _, last = pages.answer(found)
    assert first.endswith('leads from "wait" to "go", as far as is known then.')
    assert last == '1 question stays open; it can still lead anywhere from "wait" to "go".'
    assert "With --firm the plan holds whatever they turn out to be." in page(found)
    assert "--firm" not in pages.markdown(found)


def test_a_firm_verdict_is_asked_for_and_said_to_be_so() -> None:
    questionnaire = asked(question("a"), question("b"), held=[{"axis": "x", "below": 30}])
    found = planned(questionnaire, {"a": 1, "b": "unknown"}, firm=True)
    assert pages.question(found) == 'What does it take to get to "go", whatever stays open?'
    assert planning_object(found)["firm_asked"]
    again = planned(questionnaire, {"a": 2, "b": "unknown"}, firm=True)
    assert pages.answer(again)[0].endswith(' the verdict "go" firm.')
    assert 'Without it: the verdict would not be firm; it could still be "wait".' in page(again)
    closed = planned(questionnaire, {"a": 0, "b": 0}, firm=True)
    assert pages.question(closed) == 'What does it take to get to "go"?'


def test_a_plan_that_leads_further_than_asked_says_so() -> None:
    """The index has to reach 50, at level 2, where nothing holds the middle verdict any more."""
    questionnaire = method(
        axis("x", dimension("d", 1, question("a"))),
        decided=decision(
            verdict("keep", "against", BELOW),
            verdict("wait", "later", {"question": "a", "at_most": 1}),
            verdict("go", "favour"),
            below_coverage=0,
        ),
    )
    found = planned(questionnaire, {"a": 1}, to=1)
    assert pages.question(found) == 'What does it take to get to "wait" or better?'
    assert pages.answer(found)[0].endswith('from "keep" to "go".')


def test_what_stays_open_and_can_only_help_is_said_to() -> None:
    """With a at 2 the index is 25 at the worst, and 75 at the best."""
    questionnaire = method(
        axis("x", dimension("d", 1, question("a"), question("b"))),
        decided=decision(
            verdict("keep", "against", {"axis": "x", "below": 25}),
            verdict("wait", "later", {"axis": "x", "below": 70}),
            verdict("go", "favour"),
            below_coverage=0,
        ),
    )
    found = planned(questionnaire, {"a": 0, "b": "unknown"}, to=1, firm=True)
    assert (
        pages.answer(found)[-1] == '1 question stays open; it can only make it better, up to "go".'
    )
    assert "as far as is known" not in pages.answer(found)[0]


def test_open_questions_that_cannot_change_it_are_said_not_to() -> None:
    questionnaire = asked(
        question("a"), question("b", weight=0), held=[{"question": "a", "at_most": 1}]
    )
    found = planned(questionnaire, {"a": 1, "b": "unknown"})
    assert pages.answer(found)[-1] == "1 question stays open; it cannot change that verdict."


@pytest.mark.parametrize(
    ("to", "says"),
    [
        (-1, 'Nothing: the verdict is "go" already.'),
        (0, 'Nothing: the verdict is better already, "go".'),
    ],
)
def test_what_is_reached_takes_nothing(to: int, says: str) -> None:
    found = planned(asked(question("a"), held=[BELOW]), {"a": 4}, to=to)
    assert pages.answer(found) == [says]


def test_a_budget_that_changes_nothing_says_so() -> None:
    questionnaire = asked(question("a"), held=[BELOW])
    found = best_within(assess(process({"a": 0}), questionnaire), Decimal(0))
    assert pages.answer(found) == [
        'Nothing: neither the verdict, "wait", nor the candidacy gets better with it.'
    ]


def test_a_budget_that_settles_nothing_says_to_find_out_first() -> None:
    questionnaire = asked(question("a"), question("b"), held=[BELOW], covered=0.9)
    found = best_within(assess(process({}), questionnaire), Decimal(1))
    assert pages.answer(found) == [
        "1 unit of effort is not enough for a verdict that lets the work go. Find out first what is open: "
        "as long as nobody knows, the worst is assumed."
    ]


def test_work_that_narrows_the_scope_is_said_to_make_another_process() -> None:
    action = {"text": "Take the core out.", "narrows": True}
    questionnaire = asked(question("a", title="Core", action=action), held=[BELOW])
    found = planned(questionnaire, {"a": 0})
    assert "takes work out of the scope (Core): what is left is another process" in page(found)
    assert planning_object(found)["actions"][0]["narrows_scope"]
    open_still = planned(
        asked(
            question("a", action=action),
            question("b"),
            held=[{"unknown": "named"}, {"question": "a", "at_most": 1}],
        ),
        {"a": "unknown", "b": 4},
    )
    said = page(open_still)
    assert "takes work out of the scope" not in said
    assert "may take work out of the scope (a), where less comes out than is needed" in said


def test_each_piece_says_what_it_is_needed_for() -> None:
    questionnaire = asked(
        question("a", title="First"), held=[{"question": "a", "at_most": 1}, BELOW]
    )
    found = planned(questionnaire, {"a": 1})
    assert planning_object(found)["actions"][0]["needed_for"] == [
        "First: level 1 of 4, 2 or more is needed",
        "x: 25.0 of 100, 50 or more is needed",
    ]
    assert "Without it: First: level 1 of 4, 2 or more is needed; x: 25.0 of 100" in page(found)


def test_an_effort_of_several_parts_is_broken_down() -> None:
    held: list[dict[str, Any]] = [
        {"unknown": "named"},
        {"question": "a", "at_most": 1},
        {"evidence_share": {"below": 1}},
    ]
    found = planned(asked(question("a"), held=held), {"a": "unknown"})
    assert "Effort 4: 1 to find out, 2 to get there and 1 to prove it." in page(found)


def test_a_figure_that_barely_reaches_its_limit_is_named() -> None:
    found = planned(asked(question("a"), held=[BELOW]), {"a": 1})
    assert "Of the indices, x has little to spare: 50.0, 50 or more is needed." in page(found)
    ample = planned(asked(question("a"), held=[{"axis": "x", "below": 49}]), {"a": 1})
    assert "little to spare" not in page(ample)


def test_figures_that_fall_are_explained() -> None:
    """Today the index is that of a, 50; with b found out at 1 it is (2 + 1) / 2 x 25, 37.5."""
    held: list[dict[str, Any]] = [{"unknown": "named"}, {"question": "b", "at_most": 0}]
    found = planned(asked(question("a"), question("b"), held=held), {"a": 2, "b": "unknown"})
    assert "Some figures fall: a question that is open today" in page(found)
    assert "Some figures fall" not in page(planned(asked(question("a"), held=[BELOW]), {"a": 1}))


def test_what_single_people_answered_is_said_to_be_left_aside() -> None:
    questionnaire = asked(question("a"), held=[BELOW])
    described = process({"a": 1}, answers_by={"Ann": {"a": 3}})
    found = plan_to(assess(described, questionnaire), questionnaire.decision.verdicts[-1])
    assert "What 1 person answered (answers_by) is left aside: only `answers` count" in page(found)


def test_what_a_budget_buys_beyond_the_verdict_is_said_not_to_be_needed() -> None:
    action = {"text": "Take the core out.", "narrows": True}
    questionnaire = asked(question("a", action=action), held=[{"question": "a", "at_most": 0}])
    found = best_within(assess(process({"a": 2}), questionnaire), Decimal(1))
    assert pages.answer(found) == [
        "1 unit of effort, in 1 piece of work, raises the candidacy from 50.0 to 75.0; the verdict "
        'stays "go".',
        "Proven: no other use of 1 unit of effort reaches a better verdict, or a higher candidacy with "
        "this one.",
        "Part of that takes work out of the scope (a): what is left is another process, to be described "
        "and assessed again.",
    ]
    assert "Not needed for the verdict: it raises the candidacy and narrows the scope." in page(
        found
    )


def test_an_answer_that_the_decision_asks_for_is_said_to_be_asked_for() -> None:
    found = planned(
        asked(question("a"), held=[{"unknown": "named"}, {"question": "a", "at_most": 0}]), {}
    )
    assert 'Without it: the verdict is "wait", because the decision asks for this answer.' in page(
        found
    )


def test_what_only_together_makes_a_verdict_is_said_to() -> None:
    questionnaire = asked(
        question("a"),
        question("b"),
        question("c"),
        held=[{"question": "a", "at_most": 0}],
        covered=0.6,
    )
    found = planned(questionnaire, {})
    assert "Without it: too little would be known for a verdict." in page(found)


def test_a_control_is_named_in_words() -> None:
    risks = [
        {
            "id": "r",
            "title": "Delay",
            "drivers": {"a": 1},
            "impact_drivers": {"a": 1},
            "controls": [
                {"id": key, "text": "A control.", "acts_on": "likelihood", "factor": 0.5}
                for key in ("second-site", "spare-team")
            ],
        }
    ]
    questionnaire = asked(
        question("a", fixed=True),
        held=[{"risk": "any", "at_least": "critical"}],
        risks=risks,
        risk_matrix=MATRIX,
    )
    found = planned(questionnaire, {"a": 0})
    assert found.plan is not None
    names = [pages.piece(found, work).title for work in found.plan.works]
    assert names in (
        ["Against Delay: second site, put in place"],
        ["Against Delay: spare team, put in place"],
    )


def test_another_plan_of_the_same_effort_says_what_it_does_instead() -> None:
    questionnaire = asked(question("a"), question("b"), held=[{"axis": "x", "below": 12}])
    found = planned(questionnaire, {"a": 0, "b": 0})
    assert found.plan is not None
    swaps = [outcome.swap(found.before, found.plan, other) for other in found.alternatives]
    one, other = (
        'Instead of "a" (level 0 to 1): "b" (level 0 to 1).',
        'Instead of "b" (level 0 to 1): "a" (level 0 to 1).',
    )
    assert swaps in ([one], [other])
