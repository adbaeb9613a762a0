"""Would another weighting say the opposite? Every sentence of the answer, and the figures below it."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from bpo_assess.analysis.sensitivity.drawing import Distribution, Sampling
from bpo_assess.analysis.sensitivity.ranges import End
from bpo_assess.analysis.sensitivity.stochastic import (
    Acceptabilities,
    Acceptability,
    acceptability,
    wilson,
)
from bpo_assess.analysis.sensitivity.weighing import (
    EVERY_KIND,
    Group,
    WeightKind,
    outlook_of,
    weigh,
    with_weight,
)
from bpo_assess.analysis.sensitivity.weighting import Weighting, weighting_of
from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.model.questionnaire import Questionnaire
from bpo_assess.reports.analysis import pages, weighting
from bpo_assess.reports.analysis.weighting.phrases import title_of_weight
from bpo_assess.reports.analysis.weighting_json import weighting_object
from bpo_assess.reports.blocks import Paragraph, Table
from builders import MATRIX, axis, decision, dimension, judged, method, question, verdict
from strategies import Given, given_cases

EACH = "Each weight may grow or shrink by that share of itself, in whichever direction hurts most."
FIT = Group(WeightKind.DIMENSION, "fit")
DRAWS = 10_000
Counts = dict[str, int]


def decided(*held_by: dict[str, Any], below_coverage: float = 0, middle: bool = False) -> Any:
    """Keep a process where any condition holds; let it go otherwise."""
    later = [verdict("later", "later")] if middle else []
    if later:
        later[0]["held_by"] = [{"axis": "fit", "below": 1}]
    return decision(
        verdict("keep", "against", *held_by),
        *later,
        verdict("go", "favour"),
        below_coverage=below_coverage,
    )


def pair(limit: float, one: int = 1, two: int = 1, **more: Any) -> Questionnaire:
    """Weigh two dimensions of a question each; the index has to reach a limit."""
    return method(
        axis("fit", dimension("one", one, question("q1")), dimension("two", two, question("q2"))),
        decided=decided({"axis": "fit", "below": limit}, **more),
    )


def far(**more: Any) -> Assessment:
    """Stand well: 75 + 25 w reaches 79.95 while w, half as stated, stays above a fifth."""
    return judged(pair(80, **more), q1=4, q2=3)


def near() -> Assessment:
    """Stand close: 25 + 75 w reaches 59.95 while w stays above 0.466."""
    return judged(pair(60), q1=4, q2=1)


def counted(assessment: Assessment, *each: Counts, draws: int = DRAWS) -> Weighting:
    """Pretend that so many draws of each distribution gave each verdict, and the others the present one."""
    found = []
    verdicts = [each.id for each in assessment.questionnaire.decision.verdicts]
    for distribution, counts in zip(Distribution, each, strict=True):
        own = {key: counts.get(key, 0) for key in (*verdicts, UNDETERMINED)}
        own[assessment.ruling.id] += draws - sum(counts.values())
        found.append(
            Acceptabilities(
                Sampling(distribution, draws=draws),
                tuple(
                    Acceptability(key, count, wilson(count, draws))
                    for key, count in own.items()
                    if key != UNDETERMINED or count
                ),
            )
        )
    return replace(weighting_of(assessment), drawn=tuple(found))


def drawn(assessment: Assessment, draws: int = 2000) -> Weighting:
    return replace(
        weighting_of(assessment),
        drawn=tuple(
            acceptability(outlook_of(assessment), Sampling(each, draws=draws))
            for each in Distribution
        ),
    )


def answer(assessment: Assessment, found: Weighting | None = None) -> str:
    """Give the sentences below the question."""
    _, said, *_ = weighting.blocks(assessment, found or weighting_of(assessment))
    assert isinstance(said, Paragraph)
    return str(said.phrase)


def paragraphs(assessment: Assessment, found: Weighting | None = None) -> list[str]:
    blocks = weighting.blocks(assessment, found or weighting_of(assessment))
    return [str(block.phrase) for block in blocks if isinstance(block, Paragraph)]


def table(assessment: Assessment, title: str, found: Weighting | None = None) -> list[Any]:
    """Give the rows of a table; none where the page has no such table."""
    blocks = weighting.blocks(assessment, found or weighting_of(assessment))
    tables = [block for block in blocks if isinstance(block, Table) and block.title == title]
    return [list(row) for one in tables for row in one.rows]


# The answer, by what was drawn


@pytest.mark.parametrize(
    ("around", "anywhere", "said"),
    [
        (
            10_000,
            6000,
            "Yes: of the weightings drawn near the stated one all say keep; of those drawn from anywhere "
            "60 %.",
        ),
        (
            9999,
            6000,
            "Yes: of the weightings drawn near the stated one over 99.9 % say keep; of those drawn from "
            "anywhere 60 %.",
        ),
        (
            2000,
            3400,
            "Quite possibly: of the weightings drawn near the stated one about 1 in 5 says keep; of those "
            "drawn from anywhere 34 %.",
        ),
        (
            450,
            2582,
            "A similar one might: of the weightings drawn near the stated one about 1 in 22 says keep; of "
            "those drawn from anywhere about 1 in 4.",
        ),
        (
            26,
            2445,
            "Hardly a similar one: of the weightings drawn near the stated one about 1 in 380 says keep; of "
            "those drawn from anywhere about 1 in 4.",
        ),
        (
            1,
            0,
            "Hardly a similar one: of the weightings drawn near the stated one 1 of 10,000 says keep; of "
            "those drawn from anywhere none.",
        ),
        (
            0,
            613,
            "Not a similar one: none of the 10,000 weightings drawn near the stated one gives another "
            "verdict; of those drawn from anywhere about 1 in 16 says keep.",
        ),
        (
            0,
            6,
            "Hardly: none of the 10,000 weightings drawn near the stated one gives another verdict; of those "
            "drawn from anywhere 6 of 10,000 say keep.",
        ),
        (
            0,
            0,
            "Hardly: none of the 20,000 weightings drawn, near the stated one or from anywhere, gives "
            "another verdict.",
        ),
    ],
)
def test_the_words_follow_what_was_drawn(around: int, anywhere: int, said: str) -> None:
    found = counted(far(), {"keep": around}, {"keep": anywhere})
    assert answer(far(), found).startswith(f"{said} Of single weights")


def test_no_similar_weighting_is_ruled_out_where_a_small_change_of_all_is_enough() -> None:
    found = counted(near(), {}, {"keep": 613})
    assert answer(near(), found).startswith("Hardly a similar one: none of the 10,000 weightings")


def test_every_verdict_that_was_never_drawn_is_named() -> None:
    assessment = far(middle=True)
    found = counted(assessment, {"later": 26}, {"later": 2445})
    assert "about 1 in 4. None drawn says keep. Of single weights" in answer(assessment, found)
    found = counted(assessment, {"later": 10_000}, {"later": 10_000})
    assert "None drawn says keep or go. Of single weights" in answer(assessment, found)
    found = counted(assessment, {"later": 26}, {"later": 2445, "keep": 300})
    assert "about 1 in 4 says later and about 1 in 33 says keep. Of single" in answer(
        assessment, found
    )


def test_where_only_too_little_is_known_that_is_no_other_verdict() -> None:
    found = counted(far(), {UNDETERMINED: 6}, {UNDETERMINED: 6510, "keep": 113})
    assert (
        "of those drawn from anywhere about 1 in 88 says keep. 6 of 10,000 drawn near the stated one and "
        "65 % of those drawn from anywhere come to Undetermined: too little is then known, which is no "
        "other verdict."
    ) in answer(far(), found)
    found = counted(far(), {}, {UNDETERMINED: 476, "keep": 113})
    assert "About 1 in 21 of those drawn from anywhere comes to Undetermined: " in answer(
        far(), found
    )


def test_a_share_of_nought_is_written_alike_whether_or_not_it_could_be_drawn() -> None:
    found = counted(far(), {}, {UNDETERMINED: 6510})
    rows = table(far(), "Share of drawn weightings by verdict", found)
    assert rows[-1] == ["Undetermined", "0 % (0.0 to 0.1)", "65.1 % (64.1 to 66.1)"]
    assert rows[0] == ["keep", "0 % (0.0 to 0.1)", "0 % (0.0 to 0.1)"]


def test_a_share_that_is_next_to_nothing_or_all_is_neither() -> None:
    found = counted(far(), {"keep": 1}, {"keep": 10})
    keep, go = table(far(), "Share of drawn weightings by verdict", found)
    assert keep[1:] == ["under 0.1 % (0.0 to 0.1)", "0.1 % (0.0 to 0.2)"]
    assert go[1:] == ["over 99.9 % (99.9 to 100.0)", "99.9 % (99.8 to 100.0)"]


@pytest.mark.parametrize(("draws", "said"), [(1, "1 weighting each"), (999, "999 weightings each")])
def test_few_draws_do_not_answer(draws: int, said: str) -> None:
    found = counted(far(), {}, {}, draws=draws)
    assert answer(far(), found) == answer(far())
    (sampling,) = [text for text in paragraphs(far(), found) if text.startswith(said)]
    assert sampling.endswith("These are too few to answer by.")


# What is drawn


def test_the_page_says_what_is_drawn_and_what_stays() -> None:
    questions = question("q1"), question("q2"), question("q3", weight=0)
    risk = {
        "id": "r",
        "title": "Loss",
        "drivers": {"q1": 1, "q2": 1},
        "impact_drivers": {"q2": 1},
        "controls": [],
    }
    assessment = judged(
        method(
            axis("fit", dimension("one", 1, *questions)),
            decided=decided({"axis": "fit", "below": 80}),
            risks=[risk],
            risk_matrix=MATRIX,
        ),
        q1=4,
        q2=3,
        q3=3,
    )
    said = " ".join(paragraphs(assessment, counted(assessment, {}, {})))
    assert (
        "Drawn: weights of dimensions and of questions; those of risk drivers and weights of 0 stay as "
        "stated."
    ) in said
    assert "Near: a weight varies by about 30 % of itself." in said
    assert "no opinion" not in said
    found = counted(assessment, {}, {})
    every = tuple(
        replace(one, sampling=replace(one.sampling, kinds=EVERY_KIND)) for one in found.drawn
    )
    assert (
        "Drawn: weights of dimensions, of questions and of risk drivers; weights of 0 stay as stated."
    ) in " ".join(paragraphs(assessment, replace(found, drawn=every)))
    assert "Drawn: weights of dimensions and of questions. Near" in " ".join(
        paragraphs(far(), counted(far(), {}, {}))
    )


# Where weights do not matter


def test_nothing_is_said_where_no_question_is_answered() -> None:
    nothing = judged(pair(80, below_coverage=0.5))
    assert paragraphs(nothing, drawn(nothing)) == [
        "Nothing can be said of that yet: no question is answered."
    ]
    assert table(nothing, "Share of drawn weightings by verdict", drawn(nothing)) == []


def test_what_no_weight_can_change_is_said_without_empty_figures() -> None:
    best = judged(pair(80), q1=4, q2=4)
    assert paragraphs(best, drawn(best)) == ["No: whatever the weights, the verdict is go."]
    assert len(list(weighting.blocks(best, drawn(best)))) == 2
    little = judged(
        method(
            axis("fit", dimension("one", 1, question("q1")), dimension("two", 0, question("q2"))),
            axis("other", dimension("three", 1, question("q3"), question("q4"))),
            decided=decided({"axis": "fit", "below": 80}, below_coverage=0.9),
        ),
        q3=4,
    )
    assert little.ruling.verdict is None
    assert paragraphs(little) == [
        "No: whatever the weights, the verdict is Undetermined, because too little is known. Weights of 0 "
        "were looked at one at a time."
    ]


@given(given_cases())
@settings(max_examples=25, deadline=None)
def test_what_is_said_of_all_weightings_is_true_of_those_drawn(case: Given) -> None:
    assessment = assess(case.process(), case.shape.method())
    found = drawn(assessment, 1000)
    said = answer(assessment, found)
    came = {entry.verdict for one in found.drawn for entry in one.verdicts if entry.count}
    if said.startswith("No: whatever"):
        assert came == {assessment.ruling.id}
    if said.startswith("No: no weighting leads to another verdict"):
        assert came <= {assessment.ruling.id, UNDETERMINED}
    for entry in table(assessment, "The most sensitive weights", found):
        assert all(entry)


# Without draws


def test_without_draws_the_exact_changes_answer() -> None:
    assert answer(far()) == (
        "Not a similar one. All weights may be wrong by 60 % of themselves at once; beyond that the verdict "
        f"can become keep. {EACH} Of single weights the most sensitive is that of one: made about 75 % "
        "lighter, it leads to keep."
    )
    closer = judged(pair(70), q1=4, q2=2)
    assert answer(closer).startswith(
        "A similar one might. All weights may be wrong by a fifth of themselves at once"
    )
    assert answer(near()).startswith(
        "Yes. All weights may be wrong by 6 % of themselves at once; beyond that the verdict can become keep."
    )
    assert table(far(), "Share of drawn weightings by verdict") == []


def test_a_verdict_at_its_very_limit_is_changed_by_next_to_nothing() -> None:
    # Half of 4 and half of 2 is 75, and 74.95 is rounded to it: half of 0.998 is all it takes.
    edge = judged(pair(75), q1=4, q2=2)
    assert answer(edge).startswith("Yes. All weights may be wrong by 0.2 % of themselves at once")
    # Of 1000 parts 499 are 4 and 501 are 2: 74.95, which is the least that is rounded to 75.
    closest = judged(pair(75, 499, 501), q1=4, q2=2)
    assert closest.ruling.id == "go"
    assert answer(closest).startswith(
        "Yes. The slightest change of all weights at once can change the verdict: keep. Of single weights "
        "the most sensitive is that of one: made ever so little lighter, it leads to keep."
    )


def test_what_only_too_little_known_can_become_is_no_other_verdict() -> None:
    # q2 is open: once it weighs too much, too little is known; what is known says go.
    open_ended = judged(pair(80, below_coverage=0.4), q1=4)
    assert open_ended.ruling.id == "go"
    bears = (
        "All weights may be wrong by 21 % of themselves at once; beyond that too little may be known for a "
        f"verdict. {EACH}"
    )
    assert answer(open_ended).startswith(f"No: no weighting leads to another verdict. {bears} Of")
    found = counted(open_ended, {UNDETERMINED: 2500}, {UNDETERMINED: 4100})
    assert answer(open_ended, found).startswith(
        "No: no weighting leads to another verdict. About 1 in 4 of those drawn near the stated one and "
        "41 % of those drawn from anywhere come to Undetermined: too little is then known, which is no "
        "other verdict."
    )
    assert bears in paragraphs(open_ended, found)


def test_too_little_known_and_another_verdict_are_told_apart() -> None:
    wide = judged(
        method(
            axis(
                "fit",
                dimension("one", 1, question("q1")),
                dimension("two", 1, question("q2")),
                dimension("three", 1, question("q3")),
            ),
            decided=decided({"axis": "fit", "below": 80}, below_coverage=0.6),
        ),
        q1=4,
        q2=3,
    )
    assert (
        "beyond that too little may be known for a verdict, and beyond 60 % the verdict can become keep."
    ) in " ".join(paragraphs(wide))


def test_too_little_known_can_become_a_verdict() -> None:
    unsettled = judged(pair(80, below_coverage=0.6), q1=4)
    assert unsettled.ruling.verdict is None
    assert answer(unsettled).startswith(
        "As it is, too little is known for a verdict (Undetermined). All weights may be wrong by 19 % of "
        f"themselves at once; beyond that the verdict can become go. {EACH}"
    )
    found = counted(unsettled, {"go": 4500}, {"go": 4000})
    assert answer(unsettled, found).startswith(
        "As it is, too little is known for a verdict (Undetermined): of the weightings drawn near the stated "
        "one 45 % say go; of those drawn from anywhere 40 %."
    )
    found = counted(unsettled, {}, {})
    assert (
        "(Undetermined): none of the 20,000 weightings drawn, near the stated one or from anywhere, gives a "
        "verdict."
    ) in answer(unsettled, found)


def test_a_weight_of_nought_can_be_the_only_one_that_matters() -> None:
    assert answer(with_nought()) == (
        "Hardly: only if a weight that is stated as 0 were given some. No single weight changes the verdict "
        "unless one that is stated as 0 is given weight."
    )


# Single weights


def with_nought() -> Assessment:
    """Weigh a bad answer with nought: only it could change the verdict."""
    questions = question("q1"), question("q2", weight=0)
    questionnaire = method(
        axis("fit", dimension("one", 1, *questions)),
        decided=decided({"axis": "fit", "below": 80}),
    )
    return judged(questionnaire, q1=4, q2=0)


def test_a_weight_that_is_stated_as_nought_is_listed_and_counted() -> None:
    # 100 / (1 + x) falls below 79.95 from a quarter of the only other weight on.
    assert table(with_nought(), "The most sensitive weights") == [["q2", "0", "up to 0.25", "keep"]]
    assert "2 of 3 weights cannot change it alone." in " ".join(paragraphs(with_nought()))


def test_weights_of_nought_come_last_by_how_heavy_they_become_in_their_group() -> None:
    questionnaire = method(
        axis(
            "fit",
            dimension("two", 1, question("q3"), question("q4", weight=0)),
            dimension("one", 1, question("q1", weight=8), question("q2", weight=0)),
        ),
        decided=decided({"axis": "fit", "below": 80}),
    )
    rows = table(judged(questionnaire, q1=4, q2=0, q3=3, q4=0), "The most sensitive weights")
    # 1.42 beside 8 is less than 0.25 beside 1.
    assert [row[0] for row in rows] == ["two", "one", "q2", "q4"]


def test_a_weight_that_may_be_lighter_or_heavier_shows_what_lies_beyond_each_end() -> None:
    questionnaire = method(
        axis("fit", dimension("one", 2, question("q1")), dimension("two", 2, question("q2"))),
        decided=decision(
            verdict("keep", "against", {"axis": "fit", "below": 40}),
            verdict("later", "later", {"axis": "fit", "below": 60}),
            verdict("go", "favour"),
            below_coverage=0,
        ),
    )
    rows = table(judged(questionnaire, q1=4, q2=0), "The most sensitive weights")
    assert rows[0] == ["one", "2", "1.34 to 2.99", "keep below, go above"]


@given(given_cases())
@settings(max_examples=25, deadline=None)
def test_at_the_bounds_that_are_printed_the_verdict_stands(case: Given) -> None:
    assessment = assess(case.process(), case.shape.method())
    weighing = weigh(outlook_of(assessment))
    places = {
        title_of_weight(assessment, entry.group, entry.key): entry
        for entry in weighting_of(assessment).ranges
    }
    for title, _, holds, _ in table(assessment, "The most sensitive weights"):
        entry = places[title]
        for bound in re.findall(r"[\d.]+", holds):
            weights = with_weight(weighing.weights, entry.group, entry.key, Fraction(bound))
            truths = {atom: atom.holds(weights) for atom in weighing.atoms}
            assert weighing.rule(truths.__getitem__) == assessment.ruling.id, (title, holds)


@pytest.mark.parametrize(
    ("end", "included", "said"),
    [
        ("3.018", False, "up to 3.01"),
        ("3.01", True, "up to 3.01"),
        ("3.01", False, "up to 3"),
        ("2.0049", False, "up to 2"),
        ("2.0049", True, "up to 2"),
    ],
)
def test_a_bound_is_rounded_toward_the_stated_weight(end: str, included: bool, said: str) -> None:
    high = End(Fraction(end), included, "keep", ())
    assert bounds_of(Fraction(2), None, high) == said


def bounds_of(weight: Fraction, low: End | None, high: End | None) -> str:
    """Give the bounds that the page prints for a range."""
    found = weighting_of(far())
    moved = replace(found.ranges[0], weight=weight, low=low, high=high)
    other = replace(found.ranges[1], weight=Fraction(1))
    (row,) = [
        row
        for row in table(far(), "The most sensitive weights", replace(found, ranges=(moved, other)))
        if row[0] == "one"
    ]
    return str(row[2])


def test_a_bound_keeps_the_places_that_tell_it_from_the_stated_weight() -> None:
    low, high = (End(Fraction(at), False, "keep", ()) for at in ("1.00412", "1.0091"))
    assert bounds_of(Fraction("1.005"), low, high) == "1.005 to 1.009"


@pytest.mark.parametrize(
    ("limit", "weights", "levels", "said"),
    [
        (60, (1, 1), (4, 1), "one: made about 13 % lighter, it leads to keep."),
        (49, (1, 1), (4, 0), "one: made about 4 % lighter, it leads to keep."),
        (33.4, (1, 1), (0, 4), "one: made about twice as heavy, it leads to keep."),
        (41, (1, 1), (0, 4), "one: made about 44 % heavier, it leads to keep."),
        (80, (1, 1), (3, 4), "one: made about 4.1 times as heavy, it leads to keep."),
    ],
)
def test_the_most_sensitive_weight_is_said_with_how_it_changes(
    limit: float, weights: tuple[int, int], levels: tuple[int, int], said: str
) -> None:
    assessment = judged(pair(limit, *weights), q1=levels[0], q2=levels[1])
    assert f"Of single weights the most sensitive is that of {said}" in answer(assessment)


def test_a_weight_that_has_to_become_many_times_as_heavy_is_counted_but_not_listed() -> None:
    # 100 w / (w + x) falls below 10 only once the other weighs nine times as much, and below 5 19 times.
    assert len(table(judged(pair(10), q1=4, q2=0), "The most sensitive weights")) == 2
    wide = judged(pair(5), q1=4, q2=0)
    assert table(wide, "The most sensitive weights") == []
    assert (
        "No single weight changes the verdict unless it is made at least 19 times as heavy or cut to less "
        "than a tenth."
    ) in answer(wide)
    assert "2 of 4 weights can do that; the other 2 cannot change the verdict alone." in paragraphs(
        wide
    )


def test_listed_weights_and_those_far_off_add_up_with_those_that_cannot() -> None:
    questionnaire = method(
        axis(
            "fit",
            dimension("one", 10, question("q1")),
            dimension("two", 10, question("q2")),
            dimension("three", 1, question("q3")),
        ),
        decided=decided({"axis": "fit", "below": 40}),
    )
    assessment = judged(questionnaire, q1=4, q2=0, q3=0)
    assert [row[0] for row in table(assessment, "The most sensitive weights")] == [
        "one",
        "two",
        "three",
    ]
    wider = judged(
        method(
            axis(
                "fit",
                dimension("one", 10, question("q1")),
                dimension("two", 10, question("q2")),
                dimension("three", 1, question("q3")),
            ),
            decided=decided({"axis": "fit", "below": 30}),
        ),
        q1=4,
        q2=0,
        q3=0,
    )
    assert [row[0] for row in table(wider, "The most sensitive weights")] == ["one", "two"]
    assert (
        "1 more changes it only when made over 10 times as heavy. 3 of 6 weights cannot change it alone."
    ) in " ".join(paragraphs(wider))


def test_no_more_weights_are_listed_than_are_read() -> None:
    dimensions = [dimension(f"d{n}", 1, question(f"q{n}")) for n in range(10)]
    questionnaire = method(axis("fit", *dimensions), decided=decided({"axis": "fit", "below": 48}))
    levels = {f"q{n}": 4 if n < 5 else 0 for n in range(10)}
    assessment = judged(questionnaire, **levels)
    assert len(table(assessment, "The most sensitive weights")) == 8
    said = " ".join(paragraphs(assessment))
    assert (
        "2 more change it within a factor of 10. 10 of 20 weights cannot change it alone." in said
    )


# Weights together


def two_levels() -> Assessment:
    """Weigh two dimensions of two questions each, so that families of weights differ."""
    questionnaire = method(
        axis(
            "fit",
            dimension("one", 1, question("q1"), question("q2")),
            dimension("two", 1, question("q3"), question("q4")),
        ),
        decided=decided({"axis": "fit", "below": 60}),
    )
    return judged(questionnaire, q1=4, q2=3, q3=3, q4=1)


def test_families_that_say_the_same_are_shown_once_after_a_sentence_that_says_all() -> None:
    title = "All weights of a kind at once"
    assert table(far(), title) == []
    assert (
        "All weights may be wrong by 60 % of themselves at once; beyond that the verdict can become keep. "
        f"{EACH}" in paragraphs(far(), drawn(far()))
    )
    rows = table(two_levels(), title)
    assert [row[0] for row in rows] == [
        "All dimensions",
        "All questions",
        "All dimensions and questions",
    ]
    for found in (None, drawn(two_levels())):
        assert " ".join(paragraphs(two_levels(), found)).count(EACH) == 1


def test_a_bound_that_is_not_the_change_itself_is_marked() -> None:
    found = weighting_of(two_levels())
    exact = replace(found, relative=tuple(replace(each, exact=True) for each in found.relative))
    bound = replace(found, relative=tuple(replace(each, exact=False) for each in found.relative))
    title = "All weights of a kind at once"
    for row, marked in zip(
        table(two_levels(), title, exact), table(two_levels(), title, bound), strict=True
    ):
        assert marked[1] == f"at least {row[1]}"
    remark = '"At least": with less the verdict surely stands, but it may take more to change it.'
    assert remark in " ".join(paragraphs(two_levels(), bound))
    assert remark not in " ".join(paragraphs(two_levels(), exact))


def test_changes_that_leave_nothing_of_the_method_are_not_shown() -> None:
    found = weighting_of(two_levels())
    huge = replace(
        found, relative=tuple(replace(each, lower=Fraction(99, 100)) for each in found.relative)
    )
    assert table(two_levels(), "All weights of a kind at once", huge) == []
    assert "All weights may be wrong by 99 % of themselves" in answer(two_levels(), huge)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("0.5022", "half"),
        ("0.499", "49 %"),
        ("0.3369", "a third"),
        ("0.1", "a tenth"),
        ("0.668", "two thirds"),
        ("0.75", "three quarters"),
        ("0.25", "a quarter"),
        ("0.2", "a fifth"),
        ("0.0159", "1 %"),
        ("0.0059", "0.5 %"),
    ],
)
def test_a_share_is_a_word_where_that_is_nearly_all_and_never_too_much(
    size: str, said: str
) -> None:
    found = weighting_of(far())
    sized = replace(
        found, relative=tuple(replace(each, lower=Fraction(size)) for each in found.relative)
    )
    assert f"wrong by {said} of themselves at once" in answer(far(), sized)


def test_a_change_that_was_only_bounded_is_not_said_to_lead_anywhere() -> None:
    found = weighting_of(far())
    bounded = replace(
        found,
        relative=tuple(replace(each, verdict=None, exact=False) for each in found.relative),
        shifted=tuple(
            replace(each, verdict=None, exact=False, weights={}) for each in found.shifted
        ),
    )
    said = " ".join(paragraphs(far(), bounded))
    assert "at once; beyond that the verdict can change." in said
    assert (
        "among the dimensions of fit: until at least 30.2 percentage points of their weight are moved, the "
        "verdict stands."
    ) in said
    found = weighting_of(far())
    bounded = replace(found, shifted=tuple(replace(each, exact=False) for each in found.shifted))
    assert (
        "until at least 30.2 percentage points of their weight are moved to two, the verdict stands; it can "
        "then be keep."
    ) in " ".join(paragraphs(far(), bounded))


def test_weight_that_is_moved_within_a_group_is_counted_in_percentage_points() -> None:
    # From a half to 0.198: 30.2 of 100 parts go from one to two.
    assert (
        "Within one group it takes least among the dimensions of fit: 30.2 percentage points of their weight "
        "can be moved to two before the verdict is keep."
    ) in paragraphs(far())
    assert table(far(), "Weight moved within one group") == []


def test_of_several_groups_the_one_that_takes_least_comes_first() -> None:
    rows = table(two_levels(), "Weight moved within one group")
    points = [float(row[1]) for row in rows]
    assert points == sorted(points)
    assert {row[0] for row in rows} <= {
        "The dimensions of fit",
        "The questions of one",
        "The questions of two",
    }
    assert rows[0][2:] == ["two", "keep"]


def test_drivers_of_risks_are_named_by_what_they_do() -> None:
    risk = {
        "id": "r",
        "title": "Loss",
        "drivers": {"q1": 3, "q2": 1},
        "impact_drivers": {"q1": 3, "q2": 1},
        "controls": [],
    }
    questionnaire = method(
        axis("fit", dimension("one", 1, question("q1"), question("q2"))),
        decided=decided({"risk": "any", "at_least": "moderate"}),
        risks=[risk],
        risk_matrix=MATRIX,
    )
    assessment = judged(questionnaire, q1=4, q2=0)
    said = " ".join(paragraphs(assessment))
    rows = table(assessment, "Weight moved within one group")
    names = {row[0] for row in rows}
    assert "Loss" in said
    assert names == {"What makes Loss likely", "What makes Loss grave"}
    listed = {row[0] for row in table(assessment, "The most sensitive weights")}
    assert "q2, as a driver of Loss" in listed


# Central weights


def test_weights_that_speak_for_another_verdict_are_named_with_their_draws() -> None:
    found = drawn(far())
    count = next(each.count for each in found.drawn[-1].verdicts if each.verdict == "keep")
    assert count > 100
    ((who, what, stated, there),) = table(far(), "Central weights", found)
    assert who == f"keep ({count} draws)"
    assert what == "two, among the dimensions of fit"
    assert stated == "50 %"
    assert int(there.split()[0]) == pytest.approx(90, abs=1)


def test_a_mean_of_few_draws_is_not_shown() -> None:
    assert table(far(), "Central weights", drawn(far(), 400)) == []
    found = drawn(far(), 400)
    counts = {each.verdict: each.count for each in found.drawn[-1].verdicts}
    assert 0 < counts["keep"] < 100


def test_where_no_weight_differs_clearly_that_is_said() -> None:
    found = drawn(far())
    even = {FIT: {"one": Fraction(1, 2), "two": Fraction(1, 2)}}
    last = found.drawn[-1]
    flat = replace(last, verdicts=tuple(replace(each, central=even) for each in last.verdicts))
    alike = replace(found, drawn=(found.drawn[0], flat))
    assert table(far(), "Central weights", alike) == []
    assert "For keep no weight differs clearly." in paragraphs(far(), alike)


def test_a_weight_that_is_only_lighter_to_make_room_is_left_out() -> None:
    names = [row[1] for row in table(near(), "Central weights", drawn(near()))]
    assert names == ["two, among the dimensions of fit"]


# For machines


def test_the_json_has_what_the_page_leaves_out() -> None:
    wide = judged(pair(5), q1=4, q2=0)
    found: Any = json.loads(json.dumps(weighting_object(drawn(wide, 10))))
    times = {entry["key"]: entry["times"] for entry in found["ranges"]}
    assert times["two"] == pytest.approx(19.2, abs=0.1)
    assert times["q1"] is None
    assert {entry["measure"] for entry in found["together"]} == {"relative", "shifted"}
    for entry in found["drawn"]:
        assert entry["kinds"] == ["dimension", "question"]
    nought = weighting_object(weighting_of(with_nought()))["ranges"]
    (of_nought,) = (entry for entry in nought if not entry["weight"])
    assert of_nought["change"] is None
    assert of_nought["times"] == pytest.approx(0.2508, abs=0.0001)


def test_titles_of_a_method_stay_texts() -> None:
    page = pages.text(weighting.blocks(far(), drawn(far())), 60)
    assert max(map(len, page.split("\n"))) <= 60
