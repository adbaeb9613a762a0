"""Weights from comparisons in pairs: published matrices, closed forms, and what always holds."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.judges import Pair, groups, linked, voices
from bpo_assess.analysis.pairwise import (
    METHODS,
    RANDOM_INDICES,
    SCALE,
    Shares,
    changed,
    distance,
    imprecision,
    mean_judgements,
    mean_shares,
    mendings,
    random_index,
    rounded,
    solve,
    weigh,
)
from bpo_assess.assessment.rounding import half_up
from bpo_assess.model.comparisons import MOST_PARTS, ComparisonFile
from bpo_assess.model.questionnaire import Questionnaire
from builders import axis, decision, dimension, method, question, verdict

Ratios = dict[Pair, Fraction]


def read(text: str) -> tuple[int, Ratios]:
    """Read a matrix as it is printed; the triangle below the diagonal has to be its mirror."""
    rows = [[Fraction(cell) for cell in line.split()] for line in text.strip().split("\n")]
    size = len(rows)
    assert all(rows[i][j] * rows[j][i] == 1 for i in range(size) for j in range(size))
    return size, {(i, j): rows[i][j] for i, j in combinations(range(size), 2)}


def above(size: int, cells: str) -> tuple[int, Ratios]:
    """Read the triangle above the diagonal, row by row."""
    return size, dict(zip(combinations(range(size), 2), map(Fraction, cells.split()), strict=True))


def printed(shares: Shares, places: int = 3) -> list[float]:
    return [round(float(share), places) for share in shares]


def near(shares: Shares, expected: list[float], by: float) -> bool:
    return all(abs(float(a) - b) <= by for a, b in zip(shares, expected, strict=True))


# Published matrices

HOUSE = """
1    5    3    7  6    6    1/3  1/4
1/5  1    1/3  5  3    3    1/5  1/7
1/3  3    1    6  3    4    6    1/5
1/7  1/5  1/6  1  1/3  1/4  1/7  1/8
1/6  1/3  1/3  3  1    1/2  1/5  1/6
1/6  1/3  1/4  4  2    1    1/5  1/6
3    5    1/6  7  5    5    1    1/2
4    7    5    8  6    6    2    1
"""
"""Buying a house: T. L. Saaty, How to make a decision, European Journal of Operational Research 48, 1990.

Again, with the mending, in T. L. Saaty, Decision-making with the AHP: why is the principal eigenvector
necessary, the same journal 145, 2003, tables 1 and 5.
"""

DISTANCES = """
1    1/3  8    3    3    7
3    1    9    3    3    9
1/8  1/9  1    1/6  1/5  2
1/3  1/3  6    1    1/3  6
1/3  1/3  5    3    1    6
1/7  1/9  1/2  1/6  1/6  1
"""
"""Distances of six cities from Philadelphia: T. L. Saaty, The Analytic Hierarchy Process, 1980.

Again, to one digit more, in P. T. Harker, Incomplete pairwise comparisons in the analytic hierarchy process,
Mathematical Modelling 9 (11), 1987, table 1.
"""

WEALTH = """
1    4    9  6    6    5    5
1/4  1    7  5    5    3    4
1/9  1/7  1  1/5  1/5  1/7  1/5
1/6  1/5  5  1    1    1/3  1/3
1/6  1/5  5  1    1    1/3  1/3
1/5  1/3  7  3    3    1    2
1/5  1/4  5  3    3    1/2  1
"""
"""The wealth of seven nations: the same book."""


def test_the_house_has_the_published_weights_eigenvalue_and_ratio() -> None:
    solution = solve(*read(HOUSE))
    published = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert near(solution.shares["eigenvector"], published, 0.0006)
    assert round(float(solution.consistency.root), 3) == 9.669
    assert round(float(solution.consistency.index), 3) == 0.238
    assert solution.consistency.ratio == Decimal("0.169")
    assert not solution.consistency.passes


def test_the_house_is_mended_where_its_author_mends_it() -> None:
    size, ratios = read(HOUSE)
    first = mendings(size, ratios, solve(size, ratios))[0]
    assert (first.pair, first.stated, first.nearest) == ((2, 6), Fraction(6), Fraction(1, 2))
    mended = solve(size, ratios | {first.pair: first.nearest}).consistency
    assert abs(float(mended.root) - 8.811) < 0.001
    assert first.ratio_then == mended.ratio == Decimal("0.082")


def test_the_mended_house_has_the_published_weights() -> None:
    size, ratios = read(HOUSE)
    mended = solve(size, ratios | {(2, 6): Fraction(1, 2)})
    published = [0.175, 0.062, 0.103, 0.019, 0.034, 0.041, 0.221, 0.345]  # Saaty 2003, table 5
    assert printed(mended.shares["eigenvector"]) == published


def test_the_other_judgements_of_the_house_make_of_the_worst_one_what_is_published() -> None:
    # The vignette of the R package ahpsurvey (F. Cho, 2018), which replaces judgements as Harker does, and
    # takes 1.40 for the random index.
    size, ratios = read(HOUSE)
    first = mendings(size, ratios, solve(size, ratios))[0]
    assert round(float(first.agreeing), 3) == 0.459
    replaced = solve(size, ratios | {first.pair: first.agreeing}).consistency
    assert round(float(replaced.index) / 1.40, 4) == 0.0828


def test_the_distances_of_cities_come_out_as_published() -> None:
    solution = solve(*read(DISTANCES))
    published = [0.2619, 0.3975, 0.0334, 0.1164, 0.1642, 0.0266]  # Harker 1987, table 1
    assert printed(solution.shares["eigenvector"], 4) == published
    assert round(float(solution.consistency.root), 2) == 6.45


def test_the_wealth_of_nations_has_the_published_eigenvalue_and_order() -> None:
    solution = solve(*read(WEALTH))
    assert round(float(solution.consistency.root), 2) == 7.61
    shares = solution.shares["eigenvector"]
    assert sorted(range(7), key=lambda k: -shares[k]) == [0, 1, 5, 6, 3, 4, 2]
    assert solution.consistency.passes


def test_the_drinks_have_the_published_weights_and_ratio() -> None:
    # Consumption of coffee, wine, tea, beer, sodas, milk and water: T. L. Saaty, Decision making with the
    # analytic hierarchy process, International Journal of Services Sciences 1 (1), 2008; as in the README
    # and the tests of the Python package AHPy, which have a fourth digit.
    drinks = above(7, "9 5 2 1 1 1/2  1/3 1/9 1/9 1/9 1/9  1/3 1/4 1/3 1/9  1/2 1 1/3  2 1/2  1/3")
    solution = solve(*drinks)
    weights = solution.shares["eigenvector"]
    assert printed(weights) == [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert printed(weights, 4) == [0.1775, 0.0191, 0.0418, 0.1164, 0.1896, 0.1288, 0.3268]
    assert solution.consistency.ratio == Decimal("0.022")


def test_the_best_city_to_live_in_comes_out_as_published() -> None:
    # T. L. Saaty, Theory and Applications of the Analytic Network Process, 2005; as in the tests of the
    # Python package AHPy. The vignette of the R package ahpsurvey (F. Cho, 2018) has the criteria, and takes
    # 1.11 for the random index.
    criteria = solve(*above(5, "1/5 3 1/2 5  7 1 7  1/4 3  7"))
    cities = [  # Bethesda, Boston, Pittsburgh, Santa Fe
        solve(*above(4, cells)).shares["eigenvector"]
        for cells in (
            "1/2 1 1/2  5/2 1  2/5",  # culture
            "2 1/3 4  1/8 2  9",  # family
            "5 1/2 5/2  1/9 1/4  7",  # housing
            "1/2 3 4  6 8  1",  # jobs
            "3/2 1/2 4  2/7 5/2  9",  # transportation
        )
    ]
    weights = criteria.shares["eigenvector"]
    assert printed(weights, 4) == [0.1522, 0.4335, 0.0716, 0.3050, 0.0378]
    assert round(float(criteria.consistency.index) / 1.11, 4) == 0.0507
    totals = tuple(
        sum((w * city for w, city in zip(weights, column, strict=True)), Fraction(0))
        for column in zip(*cities, strict=True)
    )
    assert printed(totals) == [0.229, 0.275, 0.385, 0.111]
    assert printed(totals, 4) == [0.2291, 0.2748, 0.3852, 0.1110]


FORESTS = [
    (
        "1/4 1/2 1/2 1/7 1/9  2 2 1/3 1/5  1 1/4 1/7  1/5 1/7  1/2",
        [0.036, 0.113, 0.064, 0.061, 0.272, 0.455],
    ),
    ("6 3 3 4 8  1/4 1/4 1/3 3  1 2 6  2 6  4", [0.421, 0.057, 0.188, 0.188, 0.114, 0.031]),
]
"""Six plans for a forest by net incomes and by the value of its timber, pairs above the diagonal.

A. Kangas, J. Kangas and M. Kurttila, Decision Support for Forest Management, 2008, tables 3.11 and 3.13.
"""


@pytest.mark.parametrize(("cells", "published"), FORESTS)
def test_the_plans_for_a_forest_have_the_published_weights(
    cells: str, published: list[float]
) -> None:
    assert near(solve(*above(6, cells)).shares["eigenvector"], published, 0.00055)


def test_the_least_squares_of_the_forest_are_those_of_the_published_regression() -> None:
    # The same book, table 3.17, from judgements that were rounded to three digits.
    solution = solve(*above(6, FORESTS[0][0]))
    published = [0.035316, 0.112846, 0.064183, 0.06184, 0.273044, 0.45277]
    assert near(solution.shares["geometric"], published, 0.0004)


@pytest.mark.parametrize(
    ("cells", "published", "ratio"),
    [
        ("3 7 3  9 1  1/7", [0.510, 0.234, 0.041, 0.215], 0.080 * 0.8286),  # the criteria
        (  # the price of six cars
            "9 9 1 1/2 5  1 1/9 1/9 1/7  1/9 1/9 1/7  1/2 5  6",
            [0.246, 0.025, 0.025, 0.246, 0.366, 0.093],
            0.072 * 1.1797,
        ),
        (  # their safety
            "1 5 7 9 1/3  5 7 9 1/3  2 9 1/8  2 1/8  1/9",
            [0.216, 0.216, 0.075, 0.036, 0.022, 0.434],
            0.085 * 1.1797,
        ),
        (  # their style
            "1 7 5 9 6  7 5 9 6  1/6 3 1/3  7 5  1/5",
            [0.358, 0.358, 0.039, 0.155, 0.023, 0.068],
            0.107 * 1.1797,
        ),
    ],
)
def test_the_cars_have_the_weights_and_indices_of_another_program(
    cells: str, published: list[float], ratio: float
) -> None:
    # The README and the tests of the Python package AHPy; its random indices are those of Donegan and Dodd.
    size = len(published)
    solution = solve(*above(size, cells))
    assert printed(solution.shares["eigenvector"]) == published
    assert abs(float(solution.consistency.index) - ratio) < 0.0006


PARTIES = [
    ("3 5 8 6  3 5 4  3 2  1/3", [0.513, 0.251, 0.115, 0.042, 0.079], 0.143),
    ("3 7 9 5  3 7 1  5 1/5  1/5", [0.520, 0.195, 0.072, 0.030, 0.182], 0.303),
    ("5 7 7 5  1 5 1  5 1/3  1/5", [0.560, 0.135, 0.101, 0.035, 0.168], 0.298),
    ("1/2 1/5 1/8 1/7  1/4 1/6 1/5  1/4 1/3  3", [0.038, 0.059, 0.149, 0.480, 0.274], 0.203),
]
"""How four parties weigh five values of a park, above the diagonal, by geometric means.

M. T. Escobar, J. Aguaron and J. M. Moreno-Jimenez, Some extensions of the precise consistency consensus
matrix, Decision Support Systems 74, 2015, tables 1 to 3, with the geometric consistency index.
"""


@pytest.mark.parametrize(("cells", "published", "index"), PARTIES)
def test_the_parties_have_the_published_geometric_means_and_indices(
    cells: str, published: list[float], index: float
) -> None:
    solution = solve(*above(5, cells))
    assert near(solution.shares["geometric"], published, 0.00055)
    assert solution.consistency.geometric_index is not None
    assert round(float(solution.consistency.geometric_index), 3) == index


@pytest.mark.parametrize(
    ("votes", "published", "index"),
    [  # tables 5 and 6, 8 and 9, 15 and 16
        ([1, 1, 1], [0.540, 0.191, 0.096, 0.036, 0.137], 0.149),
        ([5, 4, 2], [0.533, 0.208, 0.096, 0.037, 0.125], 0.122),
        ([1, 1, 1, 1], [0.366, 0.188, 0.141, 0.091, 0.214], 0.073),
    ],
)
def test_the_joint_judgements_of_the_parties_come_out_as_published(
    votes: list[int], published: list[float], index: float
) -> None:
    heard = [(Decimal(n), above(5, party[0])[1]) for n, party in zip(votes, PARTIES, strict=False)]
    joint = solve(5, mean_judgements(heard))
    assert near(joint.shares["geometric"], published, 0.00055)
    assert joint.consistency.geometric_index is not None
    assert round(float(joint.consistency.geometric_index), 3) == index


INCOMPLETE = {
    (0, 1): Fraction(1),
    (0, 2): Fraction(5),
    (0, 3): Fraction(2),
    (1, 2): Fraction(3),
    (1, 3): Fraction(4),
}
"""Four parts, of which the last two are not compared with one another.

S. Bozoki, J. Fulop and L. Ronyai, On optimal completion of incomplete pairwise comparison matrices,
Mathematical and Computer Modelling 52, 2010, example 3; as in the tests of the Python package AHPy.
"""


def test_a_missing_judgement_comes_out_as_published() -> None:
    """Of four parts, least squares complete as the least eigenvalue does (Csato and others 2024)."""
    shares = solve(4, INCOMPLETE).shares["geometric"]
    assert abs(float(shares[2] / shares[3]) - 0.730297106886979) < 1e-6


def test_the_published_best_completion_has_the_published_weights_and_the_least_eigenvalue() -> None:
    completed = solve(4, INCOMPLETE | {(2, 3): Fraction("0.730297106886979")})
    assert printed(completed.shares["eigenvector"], 4) == [0.3738, 0.3920, 0.0985, 0.1357]
    index = float(completed.consistency.index)
    assert abs(index - 0.0372 * 0.8286) < 0.00005  # by the random index of Donegan and Dodd
    incomplete = solve(4, INCOMPLETE).consistency.root
    assert completed.consistency.root <= incomplete
    assert incomplete - completed.consistency.root < Fraction("0.0001")


def test_three_parts_come_out_as_by_hand() -> None:
    solution = solve(3, {(0, 1): Fraction(1, 3), (0, 2): Fraction(5), (1, 2): Fraction(7)})
    by_hand = [0.2790, 0.6491, 0.0719]  # cube roots of 5/3, 21 and 1/35, over their sum
    for way in METHODS:
        assert near(solution.shares[way], by_hand, 0.00006)
    assert solution.consistency.ratio == Decimal("0.056")


def test_random_indices_are_those_of_the_published_table() -> None:
    table = [0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59]
    assert [float(RANDOM_INDICES[n]) for n in range(1, MOST_PARTS + 1)] == table
    assert len(RANDOM_INDICES) == MOST_PARTS


def test_with_missing_judgements_less_is_expected_of_chance_and_nothing_of_a_tree() -> None:
    assert random_index(4, 1) == Fraction("0.6")
    assert [random_index(5, missing) for missing in (6, 10)] == [0, 0]
    tree = solve(4, {(0, 1): Fraction(2), (1, 2): Fraction(3), (2, 3): Fraction(4)})
    assert tree.consistency.ratio is None
    assert tree.consistency.passes
    assert tree.consistency.geometric_index is None


def test_one_and_two_parts_cannot_contradict_themselves() -> None:
    alone, both = solve(1, {}), solve(2, {(0, 1): Fraction(4)})
    for way in METHODS:
        assert alone.shares[way] == (Fraction(1),)
        assert near(both.shares[way], [0.8, 0.2], 1e-11)
    assert alone.consistency.ratio is both.consistency.ratio is None
    assert mendings(2, {(0, 1): Fraction(4)}, both) == ()


# What must hold of any judgements


@st.composite
def judgements(
    draw: st.DrawFn, least: int = 3, most: int = 7, complete: bool = False
) -> tuple[int, Ratios]:
    """Draw judgements that link all parts."""
    size = draw(st.integers(least, most))
    steps = st.sampled_from(SCALE)
    ratios = {
        pair: draw(steps)
        for pair in combinations(range(size), 2)
        if complete or pair[0] + 1 == pair[1] or draw(st.booleans())
    }
    return size, ratios


def principal(size: int, ratios: Ratios) -> tuple[float, list[float]]:
    """Find eigenvalue and eigenvector by repeated multiplication."""
    rows = [[0.0] * size for _ in range(size)]
    for (i, j), ratio in ratios.items():
        rows[i][j], rows[j][i] = float(ratio), float(1 / ratio)
    for i, row in enumerate(rows):
        row[i] = 1.0 + sum(1 for j, cell in enumerate(row) if j != i and not cell)
    weights, root = [1 / size] * size, 0.0
    for _ in range(3000):
        product = [sum(a * w for a, w in zip(row, weights, strict=True)) for row in rows]
        root = sum(product)
        weights = [value / root for value in product]
    return root, weights


@settings(max_examples=15)
@given(judgements(most=6))
def test_eigenvalue_and_eigenvector_are_those_of_repeated_multiplication(
    drawn: tuple[int, Ratios],
) -> None:
    size, ratios = drawn
    solution = solve(size, ratios)
    root, weights = principal(size, ratios)
    assert math.isclose(solution.consistency.root, root, rel_tol=1e-8)
    assert near(solution.shares["eigenvector"], weights, 1e-7)


@given(judgements(complete=True))
def test_the_geometric_mean_is_that_of_the_rows_where_nothing_is_missing(
    drawn: tuple[int, Ratios],
) -> None:
    size, ratios = drawn
    full = ratios | {(j, i): 1 / ratio for (i, j), ratio in ratios.items()}
    means = [
        math.prod(float(full[i, j]) for j in range(size) if j != i) ** (1 / size)
        for i in range(size)
    ]
    found = solve(size, ratios)
    assert near(found.shares["geometric"], [mean / sum(means) for mean in means], 1e-9)
    squares = sum(
        math.log(float(ratio) * means[j] / means[i]) ** 2 for (i, j), ratio in ratios.items()
    )
    assert found.consistency.geometric_index is not None
    expected = 2 * squares / ((size - 1) * (size - 2))
    assert math.isclose(found.consistency.geometric_index, expected, rel_tol=1e-6, abs_tol=1e-9)


@given(judgements(most=3, complete=True))
def test_of_three_parts_both_ways_agree_and_the_eigenvalue_is_known(
    drawn: tuple[int, Ratios],
) -> None:
    size, ratios = drawn
    solution = solve(size, ratios)
    assert near(solution.shares["eigenvector"], [*map(float, solution.shares["geometric"])], 1e-9)
    x = float(ratios[0, 2] / (ratios[0, 1] * ratios[1, 2])) ** (1 / 3)
    assert math.isclose(solution.consistency.root, 1 + x + 1 / x, rel_tol=1e-9)


@given(judgements(), st.data())
def test_consistent_judgements_give_back_the_weights_that_they_come_from(
    drawn: tuple[int, Ratios], data: st.DataObject
) -> None:
    size, pattern = drawn
    weights = data.draw(st.lists(st.integers(1, 9), min_size=size, max_size=size))
    ratios = {(i, j): Fraction(weights[i], weights[j]) for i, j in pattern}
    solution = solve(size, ratios)
    for way in METHODS:
        assert near(solution.shares[way], [w / sum(weights) for w in weights], 1e-9)
    assert solution.consistency.ratio in {None, 0}
    assert mendings(size, ratios, solution) == ()


@given(judgements())
def test_judgements_turned_round_turn_the_weights_round(drawn: tuple[int, Ratios]) -> None:
    size, ratios = drawn
    one = solve(size, ratios)
    other = solve(size, {pair: 1 / ratio for pair, ratio in ratios.items()})
    products = [
        float(a * b)
        for a, b in zip(one.shares["geometric"], other.shares["geometric"], strict=True)
    ]
    assert max(products) <= min(products) * (1 + 1e-8)
    assert math.isclose(one.consistency.root, other.consistency.root, rel_tol=1e-9)


@given(judgements(), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_means_nothing(drawn: tuple[int, Ratios], random: Any) -> None:
    size, ratios = drawn
    order = list(range(size))
    random.shuffle(order)
    moved = {}
    for (i, j), ratio in ratios.items():
        a, b = order[i], order[j]
        moved[min(a, b), max(a, b)] = ratio if a < b else 1 / ratio
    one, other = solve(size, ratios), solve(size, moved)
    for way in METHODS:
        assert near(one.shares[way], [float(other.shares[way][k]) for k in order], 1e-9)
    assert one.consistency.ratio == other.consistency.ratio


@given(judgements())
def test_a_missing_judgement_agrees_with_the_weights_that_come_out(
    drawn: tuple[int, Ratios],
) -> None:
    size, ratios = drawn
    found = solve(size, ratios)
    shares = found.shares["eigenvector"]
    full = {(i, j): shares[i] / shares[j] for i, j in combinations(range(size), 2)} | ratios
    completed = solve(size, full)
    assert near(completed.shares["eigenvector"], [*map(float, shares)], 1e-8)
    assert math.isclose(completed.consistency.root, found.consistency.root, rel_tol=1e-8)


@given(judgements(least=4, complete=True), st.data())
def test_a_single_judgement_that_does_not_fit_is_found_and_mended(
    drawn: tuple[int, Ratios], data: st.DataObject
) -> None:
    size, _ = drawn
    weights = data.draw(st.lists(st.integers(1, 3), min_size=size, max_size=size))
    ratios = {(i, j): Fraction(weights[i], weights[j]) for i, j in combinations(range(size), 2)}
    pair = data.draw(st.sampled_from(sorted(ratios)))
    ratio = ratios[pair]
    assume(ratio in SCALE)
    wrong = ratio * 9 if ratio < 1 else ratio / 9
    broken = ratios | {pair: wrong}
    first = mendings(size, broken, solve(size, broken))[0]
    assert (first.pair, first.stated, first.nearest) == (pair, wrong, ratio)
    assert first.ratio_then == 0
    assert abs(float(first.agreeing / ratio) - 1) < 1e-9


@given(judgements())
def test_mending_always_brings_the_ratio_down(drawn: tuple[int, Ratios]) -> None:
    size, ratios = drawn
    solution = solve(size, ratios)
    for mending in mendings(size, ratios, solution):
        assert solution.consistency.ratio is not None
        assert mending.ratio_then < solution.consistency.ratio
        again = solve(size, ratios | {mending.pair: mending.nearest})
        assert again.consistency.ratio == mending.ratio_then


# Several judges


@given(judgements(), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_judges_who_say_the_same_are_one_judge(
    drawn: tuple[int, Ratios], weights: list[int]
) -> None:
    _, ratios = drawn
    assert mean_judgements([(Decimal(weight), ratios) for weight in weights]) == ratios


@settings(max_examples=30)
@given(st.data())
def test_for_the_geometric_mean_it_is_one_whether_judgements_or_weights_are_joined(
    data: st.DataObject,
) -> None:
    size = data.draw(st.integers(2, 5))
    drawn = [data.draw(judgements(size, size, complete=True))[1] for _ in range(3)]
    weights = [Decimal(data.draw(st.integers(1, 4))) for _ in drawn]
    joint = solve(size, mean_judgements([*zip(weights, drawn, strict=True)])).shares["geometric"]
    mean = mean_shares(
        [
            (weight, solve(size, ratios).shares["geometric"])
            for weight, ratios in zip(weights, drawn, strict=True)
        ]
    )
    assert near(joint, [*map(float, mean)], 1e-8)


def test_only_the_ratios_of_the_weights_of_judges_mean_anything() -> None:
    one, other = {(0, 1): Fraction(4)}, {(0, 1): Fraction(1, 2)}
    found = [
        mean_judgements([(Decimal(3 * k), one), (Decimal(k), other)])[0, 1] for k in (1, 7, 1000)
    ]
    assert len(set(found)) == 1
    assert abs(float(found[0]) - (4**3 / 2) ** 0.25) < 1e-9


# Groups of a questionnaire


def small_method(*weights: int) -> Questionnaire:
    parts = [dimension(f"d{k}", weight, question(f"q{k}")) for k, weight in enumerate(weights)]
    return method(
        axis("a", *parts), decided=decision(verdict("no", "against"), verdict("yes", "favour"))
    )


Said = tuple[str, int | str, str]


def entry(by: str | None, *said: Said) -> dict[str, Any]:
    return {
        "axis": "a",
        "by": by,
        "judgements": [{"this": a, "counts": counts, "times": b} for a, counts, b in said],
    }


def comparisons(*entries: dict[str, Any], **more: Any) -> ComparisonFile:
    return ComparisonFile.model_validate(
        {"format": "bpo-assess/comparisons/v1", "comparisons": [*entries], **more}
    )


def test_a_part_of_weight_0_takes_part_only_where_it_is_named() -> None:
    questionnaire = small_method(2, 3, 0)
    without = comparisons(entry(None, ("d0", 2, "d1")))
    named = comparisons(entry(None, ("d0", 2, "d1"), ("d1", 1, "d2")))
    assert [group.ids for group in groups(questionnaire, without)] == [["d0", "d1"]]
    assert [group.ids for group in groups(questionnaire, named)] == [["d0", "d1", "d2"]]


def test_a_judge_of_weight_0_is_heard_and_not_counted() -> None:
    file = comparisons(
        entry("one", ("d0", 3, "d1")),
        entry("other", ("d0", "1/5", "d1")),
        judges=[{"id": "one"}, {"id": "other", "weight": 0}],
    )
    (weighed,) = weigh(small_method(1, 1), file)
    assert len(weighed.opinions) == 2
    for joining in ("judgements", "priorities"):
        assert near(weighed.shares("eigenvector", joining), [0.75, 0.25], 1e-9)
    assert [clash.clashes for clash in weighed.disagreements] == [True]


def test_the_order_of_judges_and_judgements_means_nothing() -> None:
    said: list[Said] = [("d0", 3, "d1"), ("d1", "1/2", "d2"), ("d0", 4, "d2")]
    turned: list[Said] = [("d2", "1/4", "d0"), ("d2", 2, "d1"), ("d1", "1/3", "d0")]
    one = weigh(
        small_method(1, 1, 1), comparisons(entry("x", *said), entry("y", ("d0", 1, "d1"), said[1]))
    )
    other = weigh(
        small_method(1, 1, 1),
        comparisons(entry("y", ("d0", 1, "d1"), said[1]), entry("x", *turned)),
    )
    assert [w.joint for w in one] == [w.joint for w in other]
    assert [w.mean for w in one] == [w.mean for w in other]


def test_a_judge_counts_on_pairs_that_another_judged_alone() -> None:
    """One says 2 and 2, so 4 between the ends; the other states 1 there: the mean of 4 and 1 is 2."""
    file = comparisons(
        entry("x", ("d0", 2, "d1"), ("d1", 2, "d2")),
        entry("y", ("d0", 2, "d1"), ("d1", 2, "d2"), ("d0", 1, "d2")),
    )
    questionnaire = small_method(1, 1, 1)
    (weighed,) = weigh(questionnaire, file)
    x, y = (entry.solution for entry in weighed.opinions)
    expected = [
        math.sqrt(a * b) for a, b in zip(x.shares["geometric"], y.shares["geometric"], strict=True)
    ]
    assert near(weighed.joint.shares["geometric"], [v / sum(expected) for v in expected], 1e-9)
    (group,) = groups(questionnaire, file)
    assert [len(voice.ratios) for voice in voices(file, group)] == [2, 3]


def test_judges_are_as_far_apart_as_weight_would_have_to_move() -> None:
    half, more = (Fraction(1, 2), Fraction(1, 2)), (Fraction(4, 5), Fraction(1, 5))
    assert distance(half, more) == Fraction(3, 10)
    assert distance(half, half) == 0


def test_parts_are_linked_by_any_chain_of_comparisons() -> None:
    assert linked([(0, 2), (1, 2), (3, 4)], 5) == {0, 1, 2}
    assert linked([], 1) == {0}


# Weights as they are written down


@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=9),
    st.sampled_from([Fraction(1, 2), Fraction(1, 100), Fraction(1, 1000), Fraction(1, 10**6)]),
)
def test_rounded_weights_keep_their_quotients_with_the_fewest_digits(
    weights: list[int], within: Fraction
) -> None:
    shares = tuple(Fraction(weight, sum(weights)) for weight in weights)
    found = rounded(shares, within)
    assert imprecision(found, shares) <= within
    pairs = combinations(zip(found, shares, strict=True), 2)
    for (a, x), (b, y) in pairs:
        assert abs(Fraction(a) / Fraction(b) / (x / y) - 1) <= within
    places = -int(found[0].as_tuple().exponent)
    if places:
        coarser = [half_up(100 * share, places - 1) for share in shares]
        assert not all(coarser) or imprecision(coarser, shares) > within


def test_weights_of_the_same_ratios_are_not_written_down() -> None:
    (group,) = groups(small_method(1, 3), comparisons(entry(None, ("d1", 3, "d0"))))
    assert changed(group, (Decimal(25), Decimal(75))) == {}
    assert changed(group, (Decimal(20), Decimal(80))) == {"d0": 20, "d1": 80}
    assert changed(group, (Decimal(1), Decimal(2))) == {"d1": 2}


@pytest.mark.parametrize("size", [MOST_PARTS])
def test_the_largest_group_is_solved(size: int) -> None:
    ratios = {
        pair: SCALE[(7 * pair[0] + 3 * pair[1]) % 17] for pair in combinations(range(size), 2)
    }
    solution = solve(size, ratios)
    assert solution.consistency.ratio is not None
    assert len(mendings(size, ratios, solution)) == 3
