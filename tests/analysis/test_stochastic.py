"""How often each verdict comes out under drawn weights, against areas computed by hand."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.sensitivity.drawing import (
    UNITS,
    Distribution,
    Draws,
    Sampling,
    draw,
)
from bpo_assess.analysis.sensitivity.judging import ranks
from bpo_assess.analysis.sensitivity.stochastic import (
    Acceptability,
    acceptability,
    counts_of_many,
    wilson,
)
from bpo_assess.analysis.sensitivity.weighing import (
    EVERY_KIND,
    SCORED,
    Group,
    WeightKind,
    outlook_of,
    stated_weights,
)
from bpo_assess.assessment import assess
from bpo_assess.assessment.standing import Outlook
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.model.questionnaire import Questionnaire
from builders import axis, decision, dimension, judged, method, question, verdict
from reweighing import reweighed
from strategies import Given, given_cases

MANY = 40_000
UNIFORM = Sampling(Distribution.UNIFORM, draws=MANY)
FIT = Group(WeightKind.DIMENSION, "fit")


def kept_where(condition: dict[str, object], *dimensions: dict[str, object]) -> Questionnaire:
    """Make a method that keeps a process where one condition holds."""
    decided = decision(
        verdict("keep", "against", condition), verdict("go", "favour"), below_coverage=0
    )
    return method(axis("fit", *dimensions), decided=decided)


def accepted(
    questionnaire: Questionnaire, sampling: Sampling, **answers: int
) -> dict[str, Acceptability]:
    outlook = outlook_of(judged(questionnaire, **answers))
    return {each.verdict: each for each in acceptability(outlook, sampling).verdicts}


def near(share: float, draws: int = MANY) -> object:
    """Allow for four standard errors of a share."""
    return pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / draws))


def two(limit: int = 60) -> Questionnaire:
    return kept_where(
        {"axis": "fit", "below": limit},
        dimension("one", 1, question("q1")),
        dimension("two", 1, question("q2")),
    )


def test_of_two_weights_the_share_is_the_length_of_the_interval() -> None:
    found = accepted(two(), UNIFORM, q1=4, q2=1)
    # 25 + 75 w lies below 59.95 where w lies below 0.466.
    assert found["keep"].share.share == near(0.466)
    assert found["go"].share.share == near(0.534)
    assert found["keep"].count + found["go"].count == MANY
    keep, go = found["keep"].central[FIT], found["go"].central[FIT]
    assert float(keep["one"]) == pytest.approx(0.466 / 2, abs=0.005)
    assert float(go["one"]) == pytest.approx((0.466 + 1) / 2, abs=0.005)
    assert sum(keep.values()) == sum(go.values()) == 1
    assert found["keep"].confirmed
    assert found["go"].confirmed


def test_of_three_weights_the_share_is_the_area_of_the_triangle() -> None:
    questions = (question("q1"), question("q2"), question("q3"))
    questionnaire = kept_where({"dimension": "one", "below": 75}, dimension("one", 1, *questions))
    found = accepted(questionnaire, UNIFORM, q1=4, q2=2, q3=0)
    # 100 a + 50 b reaches 74.95 in a triangle with a = 1, which cuts off 0.501 and 0.2505 of two sides.
    assert found["go"].share.share == near(0.501 * 0.2505)
    central = found["go"].central[Group(WeightKind.QUESTION, "one")]
    corners = [(1, 0, 0), (0.499, 0.501, 0), (0.7495, 0, 0.2505)]
    middle = [sum(side) / 3 for side in zip(*corners, strict=True)]
    assert [float(each) for each in central.values()] == pytest.approx(middle, abs=0.01)


def test_dimensions_and_their_questions_are_drawn_from_simplices_of_their_own() -> None:
    questionnaire = kept_where(
        {"axis": "fit", "below": 75},
        dimension("one", 1, question("q1"), question("q2")),
        dimension("two", 1, question("q3")),
    )
    found = accepted(questionnaire, UNIFORM, q1=4, q2=0, q3=2)
    # p x 100 u + (1 - p) x 50 >= 74.95, that is u >= 0.5 + 0.2495 / p, over p from 0.499 to 1.
    area = 0.5 * 0.501 + 0.2495 * math.log(0.499)
    assert found["go"].share.share == near(area)


def test_a_weight_of_nought_stays_nought() -> None:
    questionnaire = kept_where(
        {"dimension": "one", "below": 50},
        dimension("one", 1, question("q1"), question("q2", weight=0)),
    )
    found = accepted(questionnaire, UNIFORM, q1=4, q2=0)
    assert (found["keep"].count, found["go"].count) == (0, MANY)
    assert found["keep"].central == {}
    assert found["keep"].confirmed is None
    assert found["keep"].share.low == 0
    assert 0 < found["keep"].share.high < 0.001


def test_drawn_around_the_stated_weights_they_keep_their_mean_and_vary_by_the_spread() -> None:
    dimensions = [dimension(f"d{n}", 3, question(f"q{n}")) for n in range(4)]
    stated = stated_weights(kept_where({"axis": "fit", "below": 1}, *dimensions))
    units = draw(stated, Sampling(spread=0.2, draws=MANY)).units[FIT]
    assert units.mean(axis=1) / UNITS == pytest.approx([0.25] * 4, abs=0.002)
    assert units.std(axis=1) / units.mean(axis=1) == pytest.approx([0.2] * 4, rel=0.03)


def test_drawn_weights_are_whole_positive_and_add_up() -> None:
    stated = stated_weights(two())
    for distribution in Distribution:
        units = draw(stated, Sampling(distribution, 0.9, draws=2000)).units[FIT]
        assert (units == np.rint(units)).all()
        assert (units >= 1).all()
        assert (units.sum(axis=0) == UNITS).all()


def test_a_seed_gives_the_same_draws_and_another_seed_others() -> None:
    stated = stated_weights(two())
    first, again, other = (draw(stated, Sampling(seed=seed)).units[FIT] for seed in (7, 7, 8))
    assert (first == again).all()
    assert (first != other).any()


def test_weights_drawn_with_a_seed_are_the_same_on_every_machine() -> None:
    stated = stated_weights(two())
    found = {
        each: draw(stated, Sampling(each, draws=4, seed=1)).units[FIT][0].astype(int).tolist()
        for each in Distribution
    }
    assert found == {
        Distribution.AROUND: [501657, 656557, 537478, 467763],
        Distribution.UNIFORM: [776722, 936182, 60237, 474867],
    }


def test_more_than_the_weights_of_the_scores_are_drawn_where_asked_for() -> None:
    stated = stated_weights(two())
    alone = draw(stated, Sampling(kinds=frozenset({WeightKind.QUESTION}), draws=3))
    assert not alone.drawn
    assert alone.weights(2)[FIT] == {"one": 1, "two": 1}


@pytest.mark.parametrize("spread", [0, 1, -1, math.nan])
def test_a_spread_that_no_distribution_has_is_refused(spread: float) -> None:
    with pytest.raises(ValueError, match="spread"):
        Sampling(spread=spread)


@pytest.mark.parametrize(
    ("count", "draws", "low", "high"),
    [(0, 10, 0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1)],
)
def test_the_sampling_error_is_wilsons_interval(
    count: int, draws: int, low: float, high: float
) -> None:
    found = wilson(count, draws)
    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)


def places(outlooks: list[Outlook], draws: Draws, *sizes: int) -> list[list[int]]:
    """Put the blocks of places together again."""
    rows: dict[int, list[np.ndarray[tuple[int, ...], np.dtype[np.int8]]]] = {}
    for first, found in ranks(outlooks, draws, *sizes):
        for n, row in enumerate(found):
            rows.setdefault(first + n, []).append(row)
    return [np.concatenate(rows[n]).tolist() for n in range(len(outlooks))]


@given(
    given_cases(),
    st.sampled_from([SCORED, EVERY_KIND, frozenset({WeightKind.QUESTION})]),
    st.sampled_from(Distribution),
    st.integers(0, 1000),
)
@settings(max_examples=30, deadline=None)
def test_each_draw_is_judged_as_a_questionnaire_with_its_weights_judges(
    case: Given, kinds: frozenset[WeightKind], distribution: Distribution, seed: int
) -> None:
    questionnaire, process = case.shape.method(), case.process()
    outlook = outlook_of(assess(process, questionnaire))
    sampling = Sampling(distribution, 0.5, draws=6, seed=seed, kinds=kinds)
    draws = draw(stated_weights(questionnaire), sampling)
    ids = [*(each.id for each in questionnaire.decision.verdicts), UNDETERMINED]
    expected = [
        assess(process, reweighed(questionnaire, draws.weights(n))).ruling.id
        for n in range(draws.count)
    ]
    found = places([outlook], draws)[0]
    assert [ids[place] for place in found] == expected
    counted = {each.verdict: each.count for each in acceptability(outlook, sampling).verdicts}
    assert counted == {key: expected.count(key) for key in counted}
    assert counts_of_many([outlook], sampling).tolist() == [[expected.count(key) for key in ids]]


@given(given_cases(), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_how_many_are_judged_at_a_time_changes_nothing(case: Given, chance: random.Random) -> None:
    questionnaire = case.shape.method()
    outlooks = []
    for _ in range(5):
        answers = {key: {"level": chance.randint(0, 4)} for key in case.shape.questions}
        some = {key: answers[key] for key in answers if chance.random() < 0.7}
        outlooks.append(outlook_of(assess(case.process(**some), questionnaire)))
    draws = draw(stated_weights(questionnaire), Sampling(Distribution.UNIFORM, draws=23))
    assert places(outlooks, draws, 7, 2) == places(outlooks, draws, 23, 5)


def test_a_draw_at_the_very_limit_is_judged_exactly() -> None:
    questionnaire = two()
    outlook = outlook_of(judged(questionnaire, q1=4, q2=1))
    stated = stated_weights(questionnaire)
    drawn = draw(stated, Sampling(draws=2))
    # 25 + 75 w is 59.95, and rounded to 60, at 466,000 millionths; one less is 59.9.
    units = np.array([[466_000.0, 465_999.0], [534_000.0, 534_001.0]])
    draws = Draws(drawn.members, {**drawn.units, FIT: units}, drawn.drawn, stated, 2)
    assert places([outlook], draws) == [[1, 0]]
    assert draws.weights(0)[FIT] == {"one": Fraction(466_000), "two": Fraction(534_000)}
