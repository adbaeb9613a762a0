"""In which order processes come under drawn weights, against areas computed by hand and published figures."""

import math
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bpo_assess.analysis.sensitivity import ranking as module
from bpo_assess.analysis.sensitivity.drawing import UNITS, Distribution, Sampling, draw
from bpo_assess.analysis.sensitivity.ranking import (
    Ranked,
    counted,
    counts_of_ranks,
    in_steps,
    ranking,
)
from bpo_assess.analysis.sensitivity.weighing import Group, WeightKind, outlook_of, stated_weights
from bpo_assess.assessment import assess
from bpo_assess.assessment.standing import Outlook
from bpo_assess.model.questionnaire import Questionnaire
from builders import axis, decision, dimension, judged, method, question, verdict
from reweighing import reweighed
from strategies import Given, given_cases, levels

MANY = 40_000
UNIFORM = Sampling(Distribution.UNIFORM, draws=MANY)
FIT = Group(WeightKind.DIMENSION, "fit")


def asked(number: int) -> Questionnaire:
    """Make a method of one axis with so many dimensions of one question each."""
    dimensions = (dimension(f"d{n}", 1, question(f"q{n}")) for n in range(1, number + 1))
    decided = decision(
        verdict("keep", "against", {"question": "q1", "at_most": 0}), verdict("go", "favour")
    )
    return method(axis("fit", *dimensions), decided=decided)


def ranked(*answers: Sequence[int], sampling: Sampling = UNIFORM) -> list[Ranked]:
    questionnaire = asked(len(answers[0]))
    outlooks = [
        outlook_of(judged(questionnaire, **{f"q{n}": level for n, level in enumerate(own, 1)}))
        for own in answers
    ]
    return [found for found in ranking(outlooks, sampling).processes if found]


def shares(found: Ranked) -> list[float]:
    return [count / MANY for count in found.counts]


def near(expected: Sequence[float], draws: int = MANY) -> list[object]:
    """Allow for four standard errors of each share."""
    return [
        pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / draws) + 1e-12)
        for share in expected
    ]


def centre(found: Ranked) -> list[object]:
    return [float(weight) for weight in found.central[FIT].values()]


def close(*expected: float) -> object:
    return pytest.approx(list(expected), abs=0.015)


# By hand


def test_of_two_weights_ranks_are_lengths_of_intervals() -> None:
    """With the weight w: 4w, 4(1-w) and 3. The first is best above 3/4, the last in between."""
    one, other, both = ranked((4, 0), (0, 4), (3, 3))
    assert shares(one) == near([1 / 4, 1 / 4, 1 / 2])
    assert shares(other) == near([1 / 4, 1 / 4, 1 / 2])
    assert shares(both) == near([1 / 2, 1 / 2, 0])
    assert centre(one) == close(7 / 8, 1 / 8)
    assert centre(both) == close(1 / 2, 1 / 2)


def test_where_the_best_weight_decides_the_centre_is_that_of_the_order() -> None:
    """Of n weights the greatest is 1/n (1 + 1/2 + ... + 1/n) on average: 25/48 of four."""
    found = ranked((4, 0, 0, 0), (0, 4, 0, 0), (0, 0, 4, 0), (0, 0, 0, 4))
    for each in found:
        assert shares(each) == near([1 / 4] * 4)
        assert float(each.mean) == pytest.approx(2.5, abs=0.03)
    assert centre(found[0]) == close(25 / 48, 23 / 144, 23 / 144, 23 / 144)


def test_a_compromise_is_first_in_the_middle_of_the_simplex() -> None:
    """Level 2 of 4 throughout is first where no weight exceeds 1/2: a quarter of the triangle."""
    *units, compromise = ranked((4, 0, 0), (0, 4, 0), (0, 0, 4), (2, 2, 2))
    assert shares(compromise) == near([1 / 4, 3 / 4, 0, 0])
    assert centre(compromise) == close(1 / 3, 1 / 3, 1 / 3)
    for unit in units:
        assert shares(unit) == near([1 / 4, 1 / 12, 1 / 3, 1 / 3])
    assert centre(units[0]) == close(2 / 3, 1 / 6, 1 / 6)


def test_a_better_compromise_is_first_but_for_the_corners() -> None:
    """At level 3 each corner beyond 3/4 is a triangle of 1/16."""
    *_, compromise = ranked((4, 0, 0), (0, 4, 0), (0, 0, 4), (3, 3, 3))
    assert shares(compromise)[0] == near([1 - 3 / 16])[0]


def test_ranks_are_areas_where_measures_add_up() -> None:
    """4(w1 + w3) against 4 w2: the first is better where w2 is below 1/2, three quarters of the area."""
    one, other = ranked((4, 0, 4), (0, 4, 0))
    assert shares(one) == near([3 / 4, 1 / 4])
    assert centre(one) == close(7 / 18, 2 / 9, 7 / 18)
    assert centre(other) == close(1 / 6, 2 / 3, 1 / 6)


def test_who_is_at_least_as_good_throughout_is_never_behind() -> None:
    better, worse = ranked((4, 3, 2), (3, 3, 1))
    assert better.counts == (MANY, 0)
    assert worse.counts == (0, MANY)
    assert worse.central == {}
    assert (better.first.share, worse.first.share) == (1, 0)
    assert [better.mean, worse.mean] == [1, 2]


def test_equals_share_the_better_rank() -> None:
    """Level 2 throughout is 2 under any weights, whatever is left out."""
    questionnaire = asked(3)
    answers: list[Mapping[str, int]] = [
        {"q1": 2, "q2": 2, "q3": 2},
        {"q1": 2, "q3": 2},
        {"q1": 4, "q2": 4, "q3": 4},
        {"q1": 0, "q2": 1, "q3": 0},
    ]
    outlooks = [outlook_of(judged(questionnaire, **own)) for own in answers]
    found = counts_of_ranks(outlooks, Sampling(Distribution.UNIFORM, draws=700))
    assert found.tolist() == [[0, 700, 0, 0], [0, 700, 0, 0], [700, 0, 0, 0], [0, 0, 0, 700]]


def test_without_a_candidacy_a_process_is_not_ranked() -> None:
    questionnaire = asked(2)
    outlooks = [outlook_of(judged(questionnaire, **own)) for own in ({}, {"q1": 3}, {"q1": 1})]
    sampling = Sampling(draws=50)
    nothing, first, second = ranking(outlooks, sampling).processes
    assert nothing is None
    assert first
    assert first.counts == (50, 0)
    assert second
    assert second.counts == (0, 50)
    assert ranking(outlooks[:1], sampling).processes == (None,)


# By brute force


@given(given_cases(), st.integers(2, 4), st.data())
@settings(max_examples=25, deadline=None)
def test_ranks_are_those_of_the_method_with_these_weights(
    case: Given, number: int, data: st.DataObject
) -> None:
    questionnaire = case.shape.method()
    answers = st.one_of(levels, st.just("unknown"))
    others = [{k: data.draw(answers) for k in case.answers} for _ in range(number - 1)]
    processes = [case.process(), *(case.process(**own) for own in others)]
    judgements = [assess(process, questionnaire) for process in processes]
    outlooks = [outlook_of(judgement) for judgement in judgements]
    sampling = Sampling(draws=4, seed=data.draw(st.integers(0, 99)))
    found = ranking(outlooks, sampling)
    draws = draw(questionnaire_weights(outlooks[0]), sampling)
    expected = np.zeros((number, number), dtype=int)
    for place in range(draws.count):
        again = reweighed(questionnaire, draws.weights(place))
        exact = [assess(each, again).scorecard.exact_candidacy for each in processes]
        for row, value in enumerate(exact):
            if value is not None:
                better = len([other for other in exact if other is not None and other > value])
                expected[row, better] += 1
    size = sum(1 for each in found.processes if each)
    for counts, one in zip(expected.tolist(), found.processes, strict=True):
        assert (list(one.counts) if one else None) == (counts[:size] if sum(counts) else None)


def questionnaire_weights(outlook: Outlook) -> Mapping[Group, Mapping[str, Fraction]]:
    return stated_weights(outlook.method.questionnaire)


@given(st.integers(1, 30), st.integers(1, 40), st.randoms(use_true_random=False))
def test_counts_are_those_of_comparing_one_by_one(
    size: int, draws: int, chance: random.Random
) -> None:
    values = [[chance.randint(0, 6) for _ in range(size)] for _ in range(draws)]
    expected = np.zeros((size, size), dtype=int)
    for row in values:
        for place, value in enumerate(row):
            expected[place, sum(other > value for other in row)] += 1
    assert counted(np.array(values, dtype=np.int64)).tolist() == expected.tolist()


def test_how_many_are_ranked_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ranked((4, 0, 1), (0, 4, 1), (2, 2, 2), sampling=Sampling(draws=1000))
    monkeypatch.setattr(module, "BLOCK", 7)
    assert ranked((4, 0, 1), (0, 4, 1), (2, 2, 2), sampling=Sampling(draws=1000)) == whole


# Published


def published(
    measures: Mapping[str, Sequence[NDArray[np.float64]]],
    bounds: Sequence[tuple[float, float]],
    seed: int,
) -> dict[str, list[float]]:
    """Rank alternatives by linear utilities, from a worst to a best measure, under any weights."""
    outlook = outlook_of(judged(asked(len(bounds))))
    draws = draw(questionnaire_weights(outlook), Sampling(Distribution.UNIFORM, 0.3, MANY, seed))
    weights = draws.units[FIT] / UNITS
    utilities = np.array(
        [
            sum(
                weights[n] * (own[n] - worst) / (best - worst)
                for n, (worst, best) in enumerate(bounds)
            )
            for own in measures.values()
        ]
    )
    counts = counted(in_steps(utilities.T))
    return {
        name: [count / MANY for count in own]
        for name, own in zip(measures, counts.tolist(), strict=True)
    }


def test_antidepressants_rank_as_published() -> None:
    """Tervonen et al., Statistics in Medicine 30 (2011): 4 drugs, 6 criteria, no preferences.

    Measurements and ranks as in the test of JSMAA's implementation of SMAA-2, which allows for 0.02.
    """
    chance = np.random.default_rng(1)
    stated = {
        "fluoxetine": [(0, 0), (11.7, 2.5), (7.2, 1.45), (16.6, 3.27), (13.7, 1.89), (18.6, 1.79)],
        "paroxetine": [
            (0.086, 0.056),
            (9.2, 1.86),
            (10.6, 1.58),
            (21.2, 5.15),
            (14.3, 2.93),
            (18.3, 3.7),
        ],
        "sertraline": [
            (0.095, 0.044),
            (15.4, 2.65),
            (7.5, 1.48),
            (20.2, 3.78),
            (15.0, 3.21),
            (19.5, 2.6),
        ],
        "venlafaxine": [
            (0.113, 0.048),
            (5.5, 2.32),
            (15.7, 4.44),
            (12.8, 2.45),
            (11.2, 3.98),
            (31.0, 1.68),
        ],
    }
    bounds = []
    for n in range(6):
        ends = [
            mean + side * 1.96 * sd
            for mean, sd in (s[n] for s in stated.values())
            for side in (-1, 1)
        ]
        low, high = min(ends), max(ends)
        bounds.append((math.exp(low), math.exp(high)) if n == 0 else (high, low))
    measures = {
        name: [
            np.exp(chance.normal(mean, sd, MANY)) if n == 0 else chance.normal(mean, sd, MANY)
            for n, (mean, sd) in enumerate(own)
        ]
        for name, own in stated.items()
    }
    found = published(measures, bounds, 1)
    assert found == {
        "fluoxetine": pytest.approx([0.20, 0.28, 0.30, 0.22], abs=0.02),
        "paroxetine": pytest.approx([0.25, 0.29, 0.27, 0.19], abs=0.02),
        "sertraline": pytest.approx([0.17, 0.25, 0.29, 0.30], abs=0.02),
        "venlafaxine": pytest.approx([0.39, 0.18, 0.15, 0.29], abs=0.02),
    }


def test_treatments_with_beta_measurements_rank_as_published() -> None:
    """The thrombolysis example of the R package smaa (van Valkenhoef): .338 to .662, within .02."""
    chance = np.random.default_rng(2)
    stated = {
        "heparin": [(20, 116), (40, 96), (1, 135)],
        "enoxaparin": [(8, 121), (32, 97), (5, 124)],
    }
    measures = {name: [chance.beta(a, b, MANY) for a, b in own] for name, own in stated.items()}
    bounds = [(0.21101, 0.02738), (0.37299, 0.17921), (0.07741, 0.00017)]
    found = published(measures, bounds, 2)
    assert found["heparin"] == pytest.approx([0.3381, 0.6619], abs=0.02)
    assert found["enoxaparin"] == pytest.approx([0.6619, 0.3381], abs=0.02)


def test_placebo_against_two_drugs_ranks_as_published() -> None:
    """The Nemeroff example of MCDA elicitation software (drugis.org): placebo .743 .166 .091."""
    chance = np.random.default_rng(3)
    stated = {
        "placebo": [(38, 65), (9, 95), (15, 89), (2, 102)],
        "fluoxetine": [(46, 56), (23, 81), (16, 88), (8, 96)],
        "venlafaxine": [(52, 46), (41, 61), (23, 79), (11, 91)],
    }
    measures = {name: [chance.beta(a, b, MANY) for a, b in own] for name, own in stated.items()}
    found = published(measures, [(0.28, 0.63), (0.5, 0.04), (0.31, 0.08), (0.17, 0.0)], 3)
    assert found["placebo"] == pytest.approx([0.743, 0.166, 0.0909], abs=0.01)
