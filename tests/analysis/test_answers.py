"""Single answers: which changes of one level flip the verdict, and what each can do to the candidacy."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from bpo_assess.analysis.sensitivity.answers import answers_of
from bpo_assess.analysis.sensitivity.trial import trial_of
from bpo_assess.assessment import assess
from bpo_assess.model.decision import UNDETERMINED
from builders import axis, decision, dimension, judged, method, question, verdict
from shipped import DAY, EXAMPLES, example
from strategies import Given, given_cases


@given(given_cases())
@settings(max_examples=30)
def test_flips_are_those_that_assessing_each_change_anew_finds(case: Given) -> None:
    process, questionnaire = case.process(), case.shape.method()
    now = assess(process, questionnaire)
    expected = []
    for key, response in now.responses.items():
        for level in (response.level - 1, response.level + 1) if response.level is not None else ():
            if 0 <= level <= 4:
                changed = assess(process, questionnaire, what_if={key: level}).ruling.id
                if changed != now.ruling.id:
                    expected.append((key, response.level, level, changed))
    found = answers_of(trial_of(now)).flips
    assert [
        (f.question.id, f.level, f.to, f.verdict.id if f.verdict else UNDETERMINED) for f in found
    ] == expected


@given(given_cases())
@settings(max_examples=30)
def test_every_figure_of_the_tornado_is_that_of_the_answer_assumed(case: Given) -> None:
    process, questionnaire = case.process(), case.shape.method()
    for bar in answers_of(trial_of(assess(process, questionnaire))).bars:
        for stand in filter(None, (bar.at_worst, bar.down, bar.up, bar.at_best)):
            found = assess(process, questionnaire, what_if={bar.question.id: stand.level})
            assert stand.candidacy == found.scorecard.candidacy.value
            (own,) = (part for part in found.scorecard.axes if part.axis.id == bar.axis.id)
            assert stand.axis == own.index.value


@given(given_cases())
@settings(max_examples=30)
def test_the_swing_of_an_answer_is_what_it_adds_and_what_it_keeps_back(case: Given) -> None:
    found = assess(case.process(), case.shape.method())
    scores = {score.response.question.id: score for score in found.scorecard.questions}
    bars = answers_of(trial_of(found)).bars
    assert [bar.swing or 0 for bar in bars] == sorted((b.swing or 0 for b in bars), reverse=True)
    for bar in bars:
        score = scores[bar.question.id]
        if score.contribution is not None and score.forgone is not None:
            assert bar.swing == score.contribution + score.forgone


def gate(**held: Any) -> Any:
    return method(
        axis("x", dimension("d", 1, question("a"), question("b", weight=3))),
        decided=decision(verdict("no", "against", held), verdict("go", "favour"), below_coverage=0),
    )


def test_only_the_step_across_the_limit_flips() -> None:
    found = answers_of(trial_of(judged(gate(question="a", at_most=1), a=2, b=1)))
    assert [(f.question.id, f.level, f.to, f.verdict and f.verdict.id) for f in found.flips] == [
        ("a", 2, 1, "no")
    ]


def test_the_largest_swing_stands_first_and_ends_have_no_step_beyond() -> None:
    first, second = answers_of(trial_of(judged(gate(question="a", at_most=1), a=0, b=4))).bars
    assert (first.question.id, first.swing, first.up) == ("b", Fraction(75), None)
    assert (second.question.id, second.swing, second.down) == ("a", Fraction(25), None)
    assert [s.candidacy for s in (second.at_worst, second.at_best)] == [75, 100]


@pytest.mark.parametrize("name", EXAMPLES[:4])
def test_an_example_flips_where_it_says_so(name: str) -> None:
    found = example(name)
    for flip in answers_of(trial_of(found)).flips:
        changed = assess(found.process, found.questionnaire, DAY, {flip.question.id: flip.to})
        assert changed.ruling.id == (flip.verdict.id if flip.verdict else UNDETERMINED)


def test_a_level_beyond_the_facts_of_the_description_is_marked() -> None:
    found = example("master-data-maintenance.yaml")
    (flip,) = answers_of(trial_of(found)).flips
    assert (flip.level, flip.to, flip.supported, flip.is_beyond_facts) == (1, 2, 1, True)
    assumed = assess(found.process, found.questionnaire, DAY, {flip.question.id: 1})
    (again,) = answers_of(trial_of(assumed)).flips
    assert (again.to, again.supported, again.is_beyond_facts) == (2, None, False)
