"""What moved between two assessments: by hand, and as properties of random methods and answers."""

from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.comparison import Comparison, Drop, compare, drop
from bpo_assess.analysis.comparison import cause as searching
from bpo_assess.analysis.comparison.cause import Mixture, Shift, ShiftKind
from bpo_assess.analysis.comparison.facts import MovedEntry, MovedValue, Movement, moved_entries
from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.questionnaire import Questionnaire
from builders import (
    MATRIX,
    axis,
    decision,
    dimension,
    judged,
    method,
    process,
    question,
    verdict,
)
from shipped import EXAMPLES, example, method_of
from strategies import Given, given_cases, levels

few = settings(max_examples=25)


def small(version: str = "1.0", *, price_weight: int = 3, wait_below: int = 50) -> Questionnaire:
    """One axis, `prices` (3) with saving and offer, `papers` (1) with written."""
    return method(
        axis(
            "worth",
            dimension("prices", price_weight, question("saving"), question("offer")),
            dimension("papers", 1, question("written", not_applicable=True)),
        ),
        decided=decision(
            verdict("no", "against", {"question": "saving", "at_most": 0}),
            verdict("wait", "later", {"axis": "worth", "below": wait_below}),
            verdict("terms", "conditional", {"question": "written", "at_most": 2}),
            verdict("go", "favour"),
        ),
        version=version,
    )


def answer_points(found: Comparison) -> dict[str, Fraction | None]:
    return {moved.now.question.id: moved.points for moved in found.answers}


def test_each_answer_has_its_points_and_they_make_the_difference() -> None:
    """Work out the worth of two sets of answers.

    then: saving 1, offer 2, written 4: prices = (25 + 50) / 2 = 37.5, papers = 100,
          worth = (3 x 37.5 + 100) / 4 = 53.125 -> 53.1: level 4 of `written`, so `go`
    now:  saving 3, offer 2, written 2: prices = (75 + 50) / 2 = 62.5, papers = 50,
          worth = (3 x 62.5 + 50) / 4 = 59.375 -> 59.4; `written` at most 2, so `terms`
    saving: 50 x 1/2 x 3/4 = 18.75; written: -50 x 1/4 = -12.5; together 6.25 = 59.375 - 53.125
    `saving` alone leaves `go`; `written` alone gives (3 x 37.5 + 50) / 4 = 40.6, below 50, so even `wait`
    """
    then = judged(small(), saving=1, offer=2, written=4)
    now = judged(small(), saving=3, offer=2, written=2)
    found = compare(then, now)
    assert answer_points(found) == {"saving": Fraction(75, 4), "written": Fraction(-25, 2)}
    assert [moved.now.question.id for moved in found.answers] == ["saving", "written"]
    assert (found.candidacy.then, found.candidacy.now) == (Decimal("53.1"), Decimal("59.4"))
    assert found.candidacy.points == Decimal("6.3")
    assert found.by_answers == Fraction(25, 4)
    assert [part.points for part in found.axes[0].dimensions] == [Decimal(25), Decimal(-50)]
    assert found.cause is not None
    assert found.cause.smallest == (Shift(ShiftKind.ANSWER, "written"),)
    assert found.cause.gives is not None
    assert found.cause.gives.id == "wait"
    assert [reason.id for reason in found.came] == ["terms/written"]
    assert found.went == ()


def test_an_answer_that_becomes_known_pulls_down_where_it_is_worse_than_the_rest() -> None:
    """Come to know `offer` at 0 beside saving 4 and written 4: 100 becomes (3 x 50 + 100) / 4 = 62.5."""
    then = judged(small(), saving=4, written=4)
    now = judged(small(), saving=4, offer=0, written=4)
    assert answer_points(compare(then, now)) == {"offer": Fraction(-75, 2)}


def test_where_the_order_matters_an_answer_has_the_mean_of_its_two_steps() -> None:
    """Come to know `offer` at 0 while `saving` goes from 4 to 2; written is 4 throughout.

    then: prices = 100, worth = 100. now: prices = 25, worth = (75 + 100) / 4 = 43.75; together -56.25.
    saving first: prices 50, worth 62.5: -37.5; then offer: 43.75: -18.75
    offer first:  prices 50, worth 62.5: -37.5; then saving: 43.75: -18.75
    each the mean: (-37.5 - 18.75) / 2 = -28.125
    """
    then = judged(small(), saving=4, written=4)
    now = judged(small(), saving=2, offer=0, written=4)
    each = Fraction(-225, 8)
    assert answer_points(compare(then, now)) == {"saving": each, "offer": each}


def test_a_stretch_without_a_candidacy_is_shared_out_evenly() -> None:
    """Forget the one known answer of an axis and come to know another: both ends have a candidacy."""
    two = method(
        axis("x", dimension("d", 1, question("a"), question("b"))),
        decided=decision(verdict("wait", "later"), verdict("go", "favour")),
    )
    found = compare(judged(two, a=4, b="unknown"), judged(two, a="unknown", b=2))
    points = answer_points(found)
    assert sum(value for value in points.values() if value is not None) == -50
    back = answer_points(compare(found.now, found.then))
    assert back == {key: -value for key, value in points.items() if value is not None}


def test_without_a_candidacy_at_one_end_there_are_no_points() -> None:
    two = method(
        axis("x", dimension("d", 1, question("a"))),
        axis("y", dimension("e", 1, question("b"))),
        decided=decision(verdict("wait", "later"), verdict("go", "favour")),
    )
    found = compare(judged(two, a=4), judged(two, a=2, b=2))
    assert answer_points(found) == {"a": None, "b": None}
    assert (found.candidacy.points, found.by_answers) == (None, None)


def test_the_method_has_its_part_and_the_answers_have_theirs() -> None:
    """Weigh `prices` 1 instead of 3, and raise `saving` from 1 to 3; offer 2, written 4.

    then, old method: prices 37.5, worth (3 x 37.5 + 100) / 4 = 53.125
    then, new method: worth (37.5 + 100) / 2 = 68.75: the method made 15.625
    now, new method: prices 62.5, worth (62.5 + 100) / 2 = 81.25: the answers made 12.5
    together 28.125 = 81.25 - 53.125
    """
    then = judged(small(), saving=1, offer=2, written=4)
    now = judged(small("1.1", price_weight=1), saving=3, offer=2, written=4)
    found = compare(then, now)
    assert not found.same_method
    assert found.by_method == Fraction(125, 8)
    assert found.by_answers == Fraction(25, 2)
    assert answer_points(found) == {"saving": Fraction(25, 2)}
    assert [change.subject for change in found.method_changes] == ["prices"]


def test_a_method_that_moves_the_verdict_alone_is_named() -> None:
    answers = {"saving": 1, "offer": 2, "written": 4}
    found = compare(judged(small(), **answers), judged(small("1.1", wait_below=60), **answers))
    assert found.cause is not None
    assert found.cause.smallest == (Shift(ShiftKind.METHOD),)
    assert found.cause.alone == found.cause.smallest
    assert found.rescored.ruling.id == found.now.ruling.id == "wait"


def test_a_method_of_the_same_version_and_other_content_is_another() -> None:
    answers = {"saving": 1, "offer": 2, "written": 4}
    found = compare(judged(small(), **answers), judged(small(wait_below=60), **answers))
    assert not found.same_method


def test_what_can_no_longer_be_set_aside_counts_as_not_answered() -> None:
    old = small()
    stricter = method(
        axis("worth", dimension("prices", 1, question("saving"), question("written"))),
        decided=decision(verdict("wait", "later"), verdict("go", "favour")),
        version="2.0",
    )
    aside = process({"saving": 3, "offer": 3, "written": {"not_applicable": "there are none"}})
    found = compare(assess(aside, old), assess(process({"saving": 3}), stricter))
    assert found.rescored.responses["written"].state.value == "unanswered"
    assert found.answers == ()


# What moved the verdict


def guarded() -> Questionnaire:
    """Three questions that each hold `wait` at 0, and one control that lowers a risk."""
    return method(
        axis("x", dimension("d", 1, *(question(key) for key in "abc"))),
        decided=decision(
            verdict("wait", "later", *({"question": key, "at_most": 0} for key in "abc")),
            verdict("terms", "conditional", {"risk": "any", "at_least": "high"}),
            verdict("go", "favour"),
        ),
        risks=[
            {
                "id": "drift",
                "title": "Drift",
                "drivers": {"a": 1},
                "impact_drivers": {"b": 1},
                "controls": [{"id": "lid", "text": "A lid.", "acts_on": "impact", "factor": 0}],
            }
        ],
        risk_matrix=MATRIX,
    )


def test_several_changes_are_named_where_only_together_they_would_do() -> None:
    """Of a 0 to 4, b 0 to 4 and c 3 to 4, the first two are needed and are enough."""
    found = compare(judged(guarded(), a=0, b=0, c=3), judged(guarded(), a=4, b=4, c=4))
    cause = found.cause
    assert cause is not None
    assert {shift.subject for shift in cause.smallest} == {"a", "b"}
    assert (cause.proven, cause.alone, cause.shifts) == (True, (), 3)


def test_a_control_that_comes_to_count_can_move_the_verdict() -> None:
    """Likelihood and impact of level 1 are 4 each: high. The lid turns the impact into 1: moderate."""
    answers = {"a": 1, "b": 1, "c": 4}
    lid = {"id": "lid", "status": "in-place"}
    then = assess(process(answers, controls=[lid]), guarded())
    now = assess(process(answers, controls=[lid | {"evidence": "proof.md"}]), guarded())
    found = compare(then, now)
    assert (then.ruling.id, now.ruling.id) == ("terms", "go")
    assert found.cause is not None
    assert found.cause.smallest == (Shift(ShiftKind.CONTROL, "lid"),)
    assert [(c.control.id, c.then.value, c.now.value) for c in found.controls] == [
        ("lid", "in place without evidence", "in place with evidence")
    ]
    assert [risk.now.known.residual for risk in found.risks if risk.now] == ["moderate"]


def test_steps_that_stay_can_move_the_verdict() -> None:
    asks = method(
        axis("x", dimension("d", 1, question("a"))),
        decided=decision(
            verdict("terms", "conditional", {"fact": "retained-steps"}), verdict("go", "favour")
        ),
    )
    steps = [{"name": "Sign", "stays": True}]
    found = compare(judged(asks, a=3), assess(process({"a": 3}, steps=steps), asks))
    assert found.cause is not None
    assert found.cause.smallest == (Shift(ShiftKind.STEPS),)


def test_beyond_the_bound_nothing_of_what_is_named_can_be_spared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Allow three sets of three questions each: single changes are tried, pairs are not."""
    monkeypatch.setattr(searching, "WORK", 9)
    found = compare(judged(guarded(), a=0, b=0, c=0), judged(guarded(), a=4, b=4, c=4))
    assert found.cause is not None
    assert {shift.subject for shift in found.cause.smallest} == {"a", "b", "c"}
    assert not found.cause.proven
    pair = compare(judged(guarded(), a=0, b=0, c=3), judged(guarded(), a=4, b=4, c=4)).cause
    assert pair is not None
    assert {shift.subject for shift in pair.smallest} == {"a", "b"}
    assert pair.proven  # no single change would do, so two are the fewest


def test_too_many_changes_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "WORK", 3)
    found = compare(judged(guarded(), a=0, b=0, c=0), judged(guarded(), a=4, b=4, c=4))
    assert found.cause is not None
    assert not found.cause.tried
    assert len(found.cause.smallest) == found.cause.shifts == 3


def test_a_set_that_goes_beyond_the_verdict_is_enough_as_well() -> None:
    """Raise `a` from 0, which held `wait`; lower `written`, which holds `terms` now. `a` alone gives `go`."""
    asks = method(
        axis("x", dimension("d", 1, question("a"), question("written"))),
        decided=decision(
            verdict("wait", "later", {"question": "a", "at_most": 0}),
            verdict("terms", "conditional", {"question": "written", "at_most": 2}),
            verdict("go", "favour"),
        ),
    )
    cause = compare(judged(asks, a=0, written=4), judged(asks, a=3, written=2)).cause
    assert cause is not None
    assert cause.smallest == (Shift(ShiftKind.ANSWER, "a"),)
    assert cause.gives is not None
    assert cause.gives.id == "go"


# Properties


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Assessment, Assessment, Given]:
    """Draw one method and two sets of answers and controls."""
    case = draw(given_cases())
    questionnaire = case.shape.method()
    may = {q["id"] for a in case.shape.axes for d in a["dimensions"] for q in d["questions"]
           if q["not_applicable"]}  # fmt: skip
    answers: dict[str, Any] = {}
    for key, answer in case.answers.items():
        other: Any = draw(st.one_of(st.none(), levels, st.just("unknown"), st.just("set aside")))
        if other == "set aside":
            other = {"not_applicable": "there is none"} if key in may else None
        answers[key] = answer if other is None else other
    controls = [control for control in case.controls if draw(st.booleans())]
    then = assess(case.process(), questionnaire)
    return then, assess(process(answers, controls=controls), questionnaire), case


@st.composite
def pairs_of_methods(draw: st.DrawFn) -> tuple[Assessment, Assessment]:
    """Draw two methods that have ids of questions in common, and answers to each."""
    one, other = draw(given_cases()), draw(given_cases())
    return (
        assess(one.process(), one.shape.method()),
        assess(other.process(), other.shape.method()),
    )


@few
@given(given_cases())
def test_compared_with_itself_nothing_moved(case: Given) -> None:
    one = assess(case.process(), case.shape.method())
    other = assess(case.process(), case.shape.method())
    found = compare(one, other)
    assert found.nothing_moved
    assert found.cause is None
    assert found.by_method == (None if one.scorecard.exact_candidacy is None else 0)
    assert drop(found, Decimal(0)) is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_compared_with_itself_says_that_nothing_moved(name: str) -> None:
    assert compare(example(name), example(name)).nothing_moved


@few
@given(pairs())
def test_points_of_answers_add_up_to_the_difference(
    drawn: tuple[Assessment, Assessment, Given],
) -> None:
    then, now, _ = drawn
    found = compare(then, now)
    ends = then.scorecard.exact_candidacy, now.scorecard.exact_candidacy
    if ends[0] is None or ends[1] is None:
        assert {moved.points for moved in found.answers} <= {None}
    else:
        given_points = [moved.points for moved in found.answers]
        assert sum(p for p in given_points if p is not None) == ends[1] - ends[0]
        assert None not in given_points


@few
@given(pairs())
def test_points_of_known_answers_are_differences_of_contributions(
    drawn: tuple[Assessment, Assessment, Given],
) -> None:
    then, _, case = drawn
    shape = case.shape
    one = assess(process(dict.fromkeys(shape.questions, 1)), shape.method())
    other = assess(process({key: n % 5 for n, key in enumerate(shape.questions)}), shape.method())
    found = compare(one, other)
    contributions = [
        {q.response.question.id: q.contribution for q in end.scorecard.questions}
        for end in (one, other)
    ]
    for key, points in answer_points(found).items():
        before, after = contributions[0][key], contributions[1][key]
        assert before is not None
        assert after is not None
        assert points == after - before
    assert then.questionnaire == shape.method()


@few
@given(pairs())
def test_the_way_back_negates_every_difference(
    drawn: tuple[Assessment, Assessment, Given],
) -> None:
    there, back = compare(drawn[0], drawn[1]), compare(drawn[1], drawn[0])
    assert answer_points(back) == {
        key: None if points is None else -points for key, points in answer_points(there).items()
    }
    for one, other in zip(_indices(there), _indices(back), strict=True):
        assert other == (None if one is None else -one)
    assert (there.came, there.went) == (back.went, back.came)
    assert [(c.control.id, c.now, c.then) for c in there.controls] == [
        (c.control.id, c.then, c.now) for c in back.controls
    ]
    assert there.verdict_moved == back.verdict_moved
    turned = {Movement.ADDED: Movement.REMOVED, Movement.REMOVED: Movement.ADDED}
    assert {(e.section, e.name, turned.get(e.movement, e.movement)) for e in there.entries} == {
        (e.section, e.name, e.movement) for e in back.entries
    }


def _indices(found: Comparison) -> list[Decimal | None]:
    parts = [[axis.index, *axis.dimensions] for axis in found.axes]
    return [index.points for index in (found.candidacy, *chain(*parts))]


@few
@given(pairs_of_methods())
def test_the_parts_of_method_and_answers_add_up_exactly(
    drawn: tuple[Assessment, Assessment],
) -> None:
    then, now = drawn
    found = compare(then, now)
    mixture = Mixture(then, now, found.rescored, [])
    assert [
        getattr(mixture.verdict(made), "id", "undetermined") for made in ((), mixture.shifts)
    ] == [
        then.ruling.id,
        now.ruling.id,
    ]
    method_part, answers_part = found.by_method, found.by_answers
    if method_part is None or answers_part is None:
        ends = (then, found.rescored, now)
        assert None in [end.scorecard.exact_candidacy for end in ends]
        return
    before, after = then.scorecard.exact_candidacy, now.scorecard.exact_candidacy
    assert before is not None
    assert after is not None
    assert method_part + answers_part == after - before
    assert sum(p for p in answer_points(found).values() if p is not None) == answers_part


@few
@given(pairs())
def test_the_smallest_set_is_what_trying_every_set_finds(
    drawn: tuple[Assessment, Assessment, Given],
) -> None:
    then, now, case = drawn
    found = compare(then, now)
    if found.cause is None:
        assert then.ruling.id == now.ruling.id
        return
    shifts = _shifts(then, now)
    assume(len(shifts) <= 8)
    smallest = next(
        size
        for size in range(1, len(shifts) + 1)
        if any(_enough(case, then, now, chosen) for chosen in combinations(shifts, size))
    )
    assert found.cause.proven
    assert len(found.cause.smallest) == smallest
    names = [(shift.kind.value, shift.subject) for shift in found.cause.smallest]
    assert _enough(case, then, now, names)
    gives = found.cause.gives
    assert _made(case, now, names) == (gives.id if gives else "undetermined")
    singles = {one for one in shifts if _enough(case, then, now, [one])}
    assert {(shift.kind.value, shift.subject) for shift in found.cause.alone} == singles


def _shifts(then: Assessment, now: Assessment) -> list[tuple[str, str]]:
    """List by other means what the decision can see."""
    answers = [
        key
        for key, before in then.responses.items()
        for after in [now.responses[key]]
        if (before.is_open, before.level, before.evidenced, before.is_known)
        != (after.is_open, after.level, after.evidenced, after.is_known)
    ]

    def proven(end: Assessment) -> set[str]:
        return {c.id for c in end.process.controls if c.status == "in-place" and c.evidence}

    controls = proven(then) ^ proven(now)
    return [("answer", key) for key in answers] + [("control", key) for key in sorted(controls)]


def _enough(case: Given, then: Assessment, now: Assessment, made: Any) -> bool:
    """Tell whether the verdict moves as far as now: verdicts are called v0, v1 and so on, the best last."""
    reached, start, goal = _made(case, now, made), then.ruling.id, now.ruling.id
    if "undetermined" in {reached, start, goal}:
        return reached == goal
    return reached >= goal if goal > start else reached <= goal


def _made(case: Given, now: Assessment, made: Any) -> str:
    """Write the description with some changes made, and assess it from the start."""
    answers = dict(case.answers)
    stated = {control["id"]: control for control in case.controls}
    for kind, key in made:
        if kind == "answer":
            answers[key] = now.process.answers.get(key)
        else:
            control = next((c for c in now.process.controls if c.id == key), None)
            stated.pop(key, None)
            if control is not None:
                stated[key] = control.model_dump(mode="json", exclude_none=True)
    plain = {
        key: answer.model_dump(mode="json", exclude_none=True)
        if hasattr(answer, "model_dump")
        else answer
        for key, answer in answers.items()
    }
    found = process(plain, controls=list(stated.values()))
    return assess(found, case.shape.method()).ruling.id


# Facts


def test_entries_are_known_again_by_id_or_name_wherever_they_stand() -> None:
    step = {"id": "post", "name": "Post", "role": "Clerk"}
    other = {"name": "Check"}
    then = process(steps=[step, other], owner="A", regulations=["GDPR", "SOX"])
    now = process(
        steps=[{"name": "Pay"}, step | {"role": "Robot"}], owner="B", regulations=["SOX", "GDPR"]
    )
    assert moved_entries(then, now) == (
        MovedEntry("owner", None, Movement.CHANGED, (MovedValue("owner", "A", "B"),)),
        MovedEntry("steps", "post", Movement.CHANGED, (MovedValue("role", "Clerk", "Robot"),)),
        MovedEntry("steps", "Check", Movement.REMOVED),
        MovedEntry("steps", "Pay", Movement.ADDED),
    )


def test_entries_of_one_name_are_told_apart_by_their_order() -> None:
    same = {"name": "Check"}
    found = moved_entries(process(kpis=[same]), process(kpis=[same, same]))
    assert found == (MovedEntry("kpis", "Check", Movement.ADDED),)


def test_parts_and_the_lists_in_them_are_compared_key_by_key() -> None:
    then = process(
        volume={"amount": 100, "unit": "slips"},
        business_case={"hidden_costs": [{"category": "exit", "percent": 3}]},
        data=["personal"],
    )
    now = process(
        volume={"amount": 120, "unit": "slips"},
        business_case={"hidden_costs": [{"category": "exit", "percent": 5}]},
        data=["public"],
        annual_cost={"amount": 10},
    )
    assert moved_entries(then, now) == (
        MovedEntry("volume", None, Movement.CHANGED, (MovedValue("amount", "100", "120"),)),
        MovedEntry("annual_cost", None, Movement.ADDED, (MovedValue("amount", None, "10"),)),
        MovedEntry("data", "personal", Movement.REMOVED),
        MovedEntry("data", "public", Movement.ADDED),
        MovedEntry("hidden_costs", "exit", Movement.CHANGED, (MovedValue("percent", "3", "5"),)),
    )


def test_readings_of_measures_that_moved_are_listed() -> None:
    readiness = method_of("readiness")
    then = assess(process(staff_fte=4), readiness)
    now = assess(process(staff_fte=40), readiness)
    (moved,) = compare(then, now).measures
    assert moved.measure == "full-time-equivalents"
    assert moved.then is not None
    assert moved.now is not None
    assert [int(reading.value) for reading in (moved.then, moved.now)] == [4, 40]


# Drops


def dropped(then: dict[str, Any], now: dict[str, Any], allowed: str) -> Drop | None:
    found = compare(judged(small(), **then), judged(small(), **now))
    return drop(found, Decimal(allowed))


HIGH = {"saving": 4, "offer": 4, "written": 4}
"""A worth of 100."""

LOWER = {"saving": 4, "offer": 3, "written": 4}
"""prices = 87.5, worth = (3 x 87.5 + 100) / 4 = 90.625 -> 90.6: 9.4 points less."""


@pytest.mark.parametrize(("allowed", "broken"), [("9.3", True), ("9.4", False), ("10", False)])
def test_a_drop_is_what_is_printed_and_more_than_allowed(allowed: str, broken: bool) -> None:
    found = dropped(HIGH, LOWER, allowed)
    assert found == (Drop(Decimal("9.4"), lost=False, verdict=False) if broken else None)
    assert dropped(LOWER, HIGH, "0") is None


def test_a_worse_verdict_is_a_drop_whatever_is_allowed() -> None:
    found = dropped(HIGH, HIGH | {"written": 2}, "100")
    assert found == Drop(None, lost=False, verdict=True)


def test_a_verdict_or_a_candidacy_that_is_no_longer_known_is_a_drop() -> None:
    found = dropped(HIGH, {"written": 4}, "100")
    assert found == Drop(None, lost=False, verdict=True)
    assert dropped({"written": 4}, HIGH, "0") is None
    assert dropped(HIGH, {}, "100") == Drop(None, lost=True, verdict=True)


def test_verdicts_of_two_methods_are_compared_by_what_they_say() -> None:
    other = method(
        axis("worth", dimension("prices", 1, question("saving"))),
        decided=decision(
            verdict("stay", "against", {"question": "saving", "at_most": 0}),
            verdict("leave", "favour"),
        ),
        id="other-method",
    )
    then = judged(small(), **HIGH)
    assert drop(compare(then, judged(other, saving=4)), Decimal(100)) is None
    worse = drop(compare(then, judged(other, saving=0)), Decimal(100))
    assert worse == Drop(None, lost=False, verdict=True)
