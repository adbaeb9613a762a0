"""Open questions: which verdicts remain possible, and the smallest sets whose answers decide."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.sensitivity.trial import Trial, trial_of
from bpo_assess.analysis.sensitivity.unknowns import Deciding, Proof, Told, unknowns_of
from bpo_assess.analysis.sensitivity.unknowns.replies import (
    NO_ANSWER,
    OPEN,
    Replies,
    Reply,
    answered,
)
from bpo_assess.assessment import assess
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.model.questionnaire import Questionnaire
from builders import axis, decision, dimension, judged, method, question, verdict
from shipped import EXAMPLES, example
from strategies import Given, given_cases

ANSWERED: list[Reply] = [(level, proven) for level in range(5) for proven in (False, True)]
MOST_OPEN = 3


@st.composite
def nearly_known(draw: st.DrawFn) -> Given:
    """Draw a case in which few questions are open, so that everything can be tried."""
    case = draw(given_cases())
    opened = [key for key, answer in case.answers.items() if answer in ("unknown", None)]
    kept = set(draw(st.permutations(opened))[:MOST_OPEN])
    filled = {
        key: draw(st.integers(0, 4)) if key in opened and key not in kept else answer
        for key, answer in case.answers.items()
    }
    return Given(case.shape, filled, case.controls)


def everything(trial: Trial) -> dict[tuple[Reply, ...], int]:
    """Find the rank of the verdict for all replies to the open questions."""
    known = trial.outlook.known.case
    return {
        replies: trial.rank(answered(known, dict(zip(trial.opened, replies, strict=True))))
        for replies in product([NO_ANSWER, *ANSWERED], repeat=len(trial.opened))
    }


def firm_sets(
    trial: Trial, ranks: Mapping[tuple[Reply, ...], int], rank: int
) -> set[frozenset[str]]:
    """Find the smallest sets with answers that make a verdict firm, by looking at all there is."""
    for size in range(len(trial.opened) + 1):
        found = set()
        for places in combinations(range(len(trial.opened)), size):
            outcomes: dict[tuple[Reply, ...], set[int]] = {}
            for replies, outcome in ranks.items():
                outcomes.setdefault(tuple(replies[i] for i in places), set()).add(outcome)
            if any(
                seen == {rank} and all(level != OPEN for level, _ in told)
                for told, seen in outcomes.items()
            ):
                found.add(frozenset(trial.opened[i] for i in places))
        if found:
            return found
    return set()


def within(told: Told) -> Iterator[Reply]:
    for level in range(told.low, told.high + 1):
        for proven in (False, True):
            if told.proof is Proof.ANY or proven == (told.proof is Proof.WITH):
                yield level, proven


def is_firm(ranks: Mapping[tuple[Reply, ...], int], opened: tuple[str, ...], told: Replies) -> bool:
    seen = {
        outcome
        for replies, outcome in ranks.items()
        if all(told.get(key, reply) == reply for key, reply in zip(opened, replies, strict=True))
    }
    return len(seen) == 1


@given(nearly_known())
@settings(max_examples=30)
def test_possible_verdicts_are_those_that_some_answers_lead_to(case: Given) -> None:
    trial = trial_of(assess(case.process(), case.shape.method()))
    found = unknowns_of(trial)
    assert found.undecided == ()
    assert [v.id for v in found.possible] == [
        trial.verdicts[rank].id for rank in sorted(set(everything(trial).values()))
    ]


@given(nearly_known())
@settings(max_examples=30)
def test_the_smallest_sets_are_those_that_a_search_through_everything_finds(case: Given) -> None:
    trial = trial_of(assess(case.process(), case.shape.method()))
    ranks = everything(trial)
    for deciding in unknowns_of(trial).deciding:
        rank = trial.verdicts.index(deciding.verdict)
        expected = firm_sets(trial, ranks, rank)
        found = {frozenset(told.question.id for told in one) for one in deciding.sets}
        if deciding.exact:
            assert found == expected
            assert deciding.number == len(expected)
        assert all(deciding.at_least <= len(one) for one in expected)
        for one in deciding.sets:
            for replies in product(*map(within, one)):
                keys = [told.question.id for told in one]
                assert is_firm(ranks, trial.opened, dict(zip(keys, replies, strict=True)))


@given(nearly_known())
@settings(max_examples=30)
def test_a_level_that_settles_it_alone_leaves_one_verdict(case: Given) -> None:
    trial = trial_of(assess(case.process(), case.shape.method()))
    ranks = everything(trial)
    for unknown in unknowns_of(trial).order:
        place = trial.opened.index(unknown.question.id)
        settled = {settling.level: settling.verdict.id for settling in unknown.settles}
        for level in range(5):
            seen = {trial.verdicts[rank].id for r, rank in ranks.items() if r[place][0] == level}
            assert settled.get(level) == (seen.pop() if len(seen) == 1 else None)


@given(given_cases())
@settings(max_examples=30)
def test_one_answer_gives_what_assessing_it_as_a_what_if_gives(case: Given) -> None:
    process, questionnaire = case.process(), case.shape.method()
    now = assess(process, questionnaire)
    for unknown in unknowns_of(trial_of(now)).order:
        key = unknown.question.id
        ends = [assess(process, questionnaire, what_if={key: level}).ruling for level in (0, 4)]
        said = unknown.at_worst, unknown.at_best
        assert [(end.id, end.firm) for end in said] == [(end.id, end.firm) for end in ends]
        proven = case.process(**{key: {"level": 4, "evidence": "proof.md"}})
        best = assess(proven, questionnaire).ruling
        assert (unknown.proven.id, unknown.proven.firm) == (best.id, best.firm)


@given(nearly_known())
@settings(max_examples=30)
def test_an_answer_that_matters_only_with_others_changes_nothing_alone(case: Given) -> None:
    questionnaire = case.shape.method()
    now = assess(case.process(), questionnaire)
    for unknown in unknowns_of(trial_of(now)).order:
        rulings = [
            assess(case.process(**{unknown.question.id: answer}), questionnaire).ruling
            for level in range(5)
            for answer in ({"level": level}, {"level": level, "evidence": "proof.md"})
        ]
        changed = any(ruling.firm or ruling.id != now.ruling.id for ruling in rulings)
        assert unknown.alone == changed


def test_one_answer_leaves_undetermined_what_too_little_is_known_of() -> None:
    questionnaire = gated({"dimension": "d", "below": 50}, below_coverage=0.5)
    order = {u.question.id: u for u in unknowns_of(trial_of(judged(questionnaire))).order}
    assert (order["a"].at_worst.id, order["a"].at_worst.firm) == ("no", True)
    assert (order["a"].at_best.id, order["a"].at_best.firm) == (UNDETERMINED, False)
    assert (order["b"].at_worst.id, order["b"].at_best.id) == (UNDETERMINED, UNDETERMINED)
    assert (order["a"].alone, order["b"].alone) == (True, False)


def gated(*held: dict[str, Any], below_coverage: float = 0) -> Questionnaire:
    return method(
        axis(
            "x",
            dimension(
                "d",
                1,
                *(question(key, weight=w) for key, w in zip("abcd", (1, 1, 2, 4), strict=True)),
            ),
        ),
        decided=decision(
            verdict("no", "against", {"question": "a", "at_most": 0}),
            verdict("wait", "later", *held),
            verdict("go", "favour"),
            below_coverage=below_coverage,
        ),
    )


def deciding(found: tuple[Deciding, ...], key: str) -> list[list[tuple[str, int, int]]]:
    (one,) = (entry for entry in found if entry.verdict.id == key)
    return [[(told.question.id, told.low, told.high) for told in each] for each in one.sets]


def test_a_gate_decides_alone_and_two_together_where_it_takes_two() -> None:
    together = {"all": [{"question": "b", "at_most": 1}, {"question": "c", "at_most": 1}]}
    found = unknowns_of(trial_of(judged(gated(together), d=4)))
    assert [v.id for v in found.possible] == ["no", "wait", "go"]
    assert deciding(found.deciding, "no") == [[("a", 0, 0)]]
    assert deciding(found.deciding, "wait") == [[("a", 1, 4), ("b", 0, 1), ("c", 0, 1)]]
    assert deciding(found.deciding, "go") == [
        [("a", 1, 4), ("c", 2, 4)],
        [("a", 1, 4), ("b", 2, 4)],
    ]
    assert all(entry.exact for entry in found.deciding)


def test_questions_that_settle_it_alone_are_asked_first() -> None:
    found = unknowns_of(trial_of(judged(gated({"dimension": "d", "below": 50}))))
    assert [u.question.id for u in found.order] == ["a", "d", "c", "b"]
    assert [(s.level, s.verdict.id) for s in found.order[0].settles] == [(0, "no")]


def test_nothing_is_searched_where_the_verdict_is_firm() -> None:
    found = unknowns_of(trial_of(judged(gated(), a=0)))
    assert found.opened == 3
    assert ([v.id for v in found.possible], found.order, found.deciding) == (["no"], (), ())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_set_that_is_listed_for_an_example_makes_its_verdict_firm(name: str) -> None:
    trial = trial_of(example(name))
    known = trial.outlook.known.case
    for entry in unknowns_of(trial).deciding:
        for one in entry.sets:
            low: Replies = {t.question.id: (t.low, t.proof is Proof.WITH) for t in one}
            high: Replies = {t.question.id: (t.high, t.proof is not Proof.WITHOUT) for t in one}
            others = dict.fromkeys(trial.opened, NO_ANSWER), dict.fromkeys(trial.opened, (4, True))
            seen = {
                trial.rank(answered(known, {**rest, **told}))
                for rest, told in zip(others, (low, high), strict=True)
            }
            assert seen == {trial.verdicts.index(entry.verdict)}


def test_levels_that_would_end_the_doubt_are_tried_with_their_evidence() -> None:
    """With evidence for `two` the share is whole, so that from level 2 on the verdict is `go`, not `wait`."""
    questionnaire = method(
        axis("a", dimension("d", 1, question("one"), question("two"))),
        decided=decision(
            verdict("keep", "against", {"evidence_share": {"below": 0.75}}),
            verdict("wait", "later", {"question": "two", "at_most": 1}),
            verdict("go", "favour"),
        ),
    )
    found = unknowns_of(trial_of(judged(questionnaire, one={"level": 3, "evidence": "x.pdf"})))
    told = {
        each.verdict.id: [(one.low, one.high, one.proof) for one in each.sets[0]]
        for each in found.deciding
        if each.sets
    }
    assert told["wait"] == [(0, 1, Proof.WITH)]
    assert told["go"] == [(2, 4, Proof.WITH)]
