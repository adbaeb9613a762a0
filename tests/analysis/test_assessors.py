"""Several assessors: where they differ, what their median says, and whether it matters."""

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.sensitivity import sensitivity
from bpo_assess.analysis.sensitivity.assessors import Assessors, Voice, assessors_of, voices_of
from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.model.questionnaire import Questionnaire
from builders import axis, decision, dimension, method, process, question, verdict
from strategies import Shape, levels, shapes


def asking(*held: dict[str, Any], below_coverage: float = 0) -> Questionnaire:
    questions = [question(key, not_applicable=key == "d") for key in "abcd"]
    return method(
        axis("x", dimension("first", 1, *questions[:2]), dimension("second", 1, *questions[2:])),
        decided=decision(
            verdict("wait", "later", *held),
            verdict("go", "favour"),
            below_coverage=below_coverage,
        ),
    )


GATED = asking({"question": "a", "at_most": 1})


def panel(questionnaire: Questionnaire, *sets: dict[str, Any]) -> Assessors:
    return assessors_of(
        [Voice(f"p{i}", assess(process(answers), questionnaire)) for i, answers in enumerate(sets)]
    )


def test_the_lower_median_counts_of_an_even_number_and_silence_is_left_out() -> None:
    found = panel(GATED, {"a": 1, "b": 4}, {"a": 4, "b": "unknown"}, {"a": 3}, {"a": 2, "c": 0})
    assert [spread.median for spread in found.spreads] == [2, 4, 0, None]
    levels_of_median = [response.level for response in found.median.responses.values()]
    assert levels_of_median == [2, 4, 0, None]


def test_two_levels_apart_is_a_disagreement_and_one_is_a_reading() -> None:
    found = panel(GATED, {"a": 2, "b": 1, "c": 4}, {"a": 3, "b": 3, "c": 4})
    spreads = {spread.question.id: spread for spread in found.spreads}
    assert [spreads[key].width for key in "abcd"] == [1, 2, 0, 0]
    assert [spread.question.id for spread in found.disagreements] == ["b", "a"]
    assert spreads["b"].is_far
    assert not spreads["a"].is_far


def test_a_disagreement_matters_only_where_it_can_change_the_verdict() -> None:
    harmless = panel(GATED, {"a": 2, "b": 0}, {"a": 4, "b": 4})
    assert (harmless.worst.id, harmless.best.id, harmless.matters) == ("go", "go", False)
    grave = panel(GATED, {"a": 1}, {"a": 2})
    assert (grave.worst.id, grave.best.id, grave.matters) == ("wait", "go", True)


def test_mixtures_may_be_worse_than_what_any_one_of_them_says() -> None:
    both = asking({"all": [{"question": "a", "at_most": 1}, {"question": "b", "at_most": 1}]})
    found = panel(both, {"a": 1, "b": 4}, {"a": 4, "b": 1})
    assert {voice.assessment.ruling.id for voice in found.voices} == {"go"}
    assert (found.worst.id, found.matters) == ("wait", True)


def test_whether_a_question_applies_is_a_disagreement_of_its_own() -> None:
    found = panel(GATED, {"d": {"not_applicable": "there is none"}}, {"d": 2})
    assert [spread.question.id for spread in found.disagreements] == ["d"]
    assert found.disagreements[0].is_contested


def test_the_median_keeps_the_evidence_of_somebody_who_gave_that_level() -> None:
    found = panel(GATED, {"a": 2}, {"a": {"level": 2, "evidence": "proof.md"}}, {"a": 4})
    assert found.median.responses["a"].evidenced


def test_people_named_in_a_file_stand_above_the_answers_of_all() -> None:
    named = process({"a": 2, "b": 3}, answers_by={"Ann": {"a": 0}, "Bob": {"b": "unknown"}})
    voices = voices_of(assess(named, GATED), "file.yaml")
    assert [voice.person for voice in voices] == ["Ann", "Bob"]
    said = [[r.level for r in voice.assessment.responses.values()] for voice in voices]
    assert said == [[0, 3, None, None], [2, None, None, None]]


def test_one_named_person_is_looked_at_by_what_that_person_says() -> None:
    named = process({"a": 4}, answers_by={"Ann": {"a": 0}})
    found = sensitivity(voices_of(assess(named, GATED), "file.yaml"))
    assert found.assessment.ruling.id == "wait"


def test_a_file_without_people_is_one_voice_by_its_name() -> None:
    found = voices_of(assess(process({"a": 4}), GATED), "file.yaml")
    assert [(voice.person, voice.named) for voice in found] == [("file.yaml", False)]


@st.composite
def panels(draw: st.DrawFn) -> tuple[Shape, list[Assessment]]:
    """Draw a method, and the answers of two or three people who differ on few questions."""
    shape = draw(shapes())
    differing = draw(st.permutations(shape.questions))[:3]
    common = {key: draw(st.one_of(levels, st.none())) for key in shape.questions}
    questionnaire, people = shape.method(), []
    for _ in range(draw(st.integers(2, 3))):
        own = {key: draw(st.one_of(levels, levels, st.just("unknown"))) for key in differing}
        people.append(assess(process(common | own), questionnaire))
    return shape, people


@given(panels())
@settings(max_examples=30)
def test_every_mixture_lies_between_the_worst_and_the_best_which_are_mixtures(
    drawn: tuple[Shape, list[Assessment]],
) -> None:
    shape, people = drawn
    found = assessors_of([Voice(str(i), one) for i, one in enumerate(people)])
    order = [UNDETERMINED, *(entry["id"] for entry in shape.verdicts)]
    choices = {
        spread.question.id: range(min(spread.levels), max(spread.levels) + 1)
        for spread in found.spreads
        if spread.levels
    }
    wide = {key: choice for key, choice in choices.items() if len(choice) > 1}
    fixed = {key: choice[0] for key, choice in choices.items() if len(choice) == 1}
    questionnaire = people[0].questionnaire
    seen = {
        assess(process(fixed | dict(zip(wide, mixture, strict=True))), questionnaire).ruling.id
        for mixture in product(*wide.values())
    }
    ends = [
        assess(process(fixed | {key: pick(choice) for key, choice in wide.items()}), questionnaire)
        for pick in (min, max)
    ]
    assert [end.ruling.id for end in ends] == [found.worst.id, found.best.id]
    if UNDETERMINED not in seen:
        places = [order.index(key) for key in seen]
        assert (min(places), max(places)) == (
            order.index(found.worst.id),
            order.index(found.best.id),
        )
    if not found.decides and not found.between:
        assert seen == {found.best.id}, "whoever is right, it is that"


@given(panels())
@settings(max_examples=30)
def test_a_disagreement_decides_alone_where_a_level_of_it_changes_the_verdict_of_the_median(
    drawn: tuple[Shape, list[Assessment]],
) -> None:
    _, people = drawn
    found = assessors_of([Voice(str(i), one) for i, one in enumerate(people)])
    middle = {entry.question.id: entry.median for entry in found.spreads if entry.levels}
    questionnaire = people[0].questionnaire
    deciding = {
        entry.question.id
        for entry in found.spreads
        if any(
            assess(process(middle | {entry.question.id: level}), questionnaire).ruling.id
            != found.median.ruling.id
            for level in entry.levels
        )
    }
    assert found.deciding == deciding


def test_what_too_little_is_known_of_stays_undetermined_whoever_is_right() -> None:
    few = asking({"question": "a", "at_most": 1}, below_coverage=0.5)
    found = panel(few, {"b": 1}, {"b": 4})
    assert (found.worst.id, found.best.id) == (UNDETERMINED, UNDETERMINED)
    assert (found.matters, found.between, found.open) == (False, False, 3)


def test_a_mixture_between_two_that_are_undetermined_may_be_none() -> None:
    together = {"all": [{"question": "a", "at_most": 1}, {"question": "b", "at_most": 1}]}
    between = method(
        axis("x", dimension("d", 1, question("a"), question("b", weight=9))),
        decided=decision(
            verdict("no", "against", together),
            verdict(
                "wait", "later", {"question": "a", "at_most": 2}, {"question": "b", "at_most": 1}
            ),
            verdict("go", "favour"),
        ),
    )
    assert panel(between, {"a": 2}).median.ruling.firm
    found = panel(between, {"a": 0}, {"a": 4})
    assert (found.worst.id, found.best.id) == (UNDETERMINED, UNDETERMINED)
    assert (found.between, found.decides, found.matters) == (True, False, True)


def test_one_who_leaves_open_what_others_answer_may_come_to_another_verdict() -> None:
    found = panel(GATED, {"a": 1, "b": 2}, {"b": 2})
    assert [voice.assessment.ruling.id for voice in found.voices] == ["wait", "go"]
    assert (found.decides, found.matters) == (False, True)
    assert [voice.person for voice in found.silent] == ["p1"]


def test_whether_a_question_applies_can_decide_alone() -> None:
    found = panel(
        asking({"dimension": "second", "below": 60}),
        {"c": 4, "d": {"not_applicable": "there is none"}},
        {"c": 4, "d": 0},
    )
    assert (found.worst.id, found.best.id) == ("wait", "wait")
    assert (found.deciding, found.matters) == (frozenset("d"), True)
