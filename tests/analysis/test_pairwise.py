"""Weights from comparisons in pairs: published matrices, closed forms, and what always holds."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.compared import Pair, groups, linked, voices
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
"""Buying a house: T. L. Saaty, How to make a decision, European Journal of Operational Research 48, 1990."""

DISTANCES = """
1    1/3  8    3    3    7
3    1    9    3    3    9
1/8  1/9  1    1/6  1/5  2
1/3  1/3  6    1    1/3  6
1/3  1/3  5    3    1    6
1/7  1/9  1/2  1/6  1/6  1
"""
"""Distances of six cities from Philadelphia: T. L. Saaty, The Analytic Hierarchy Process, 1980."""

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


def test_the_distances_of_cities_come_out_as_published() -> None:
    solution = solve(*read(DISTANCES))
    published = [0.263, 0.397, 0.033, 0.116, 0.164, 0.027]
    assert near(solution.shares["eigenvector"], published, 0.0015)
    assert round(float(solution.consistency.root), 2) == 6.45


def test_the_wealth_of_nations_has_the_published_eigenvalue_and_order() -> None:
    solution = solve(*read(WEALTH))
    assert round(float(solution.consistency.root), 2) == 7.61
    shares = solution.shares["eigenvector"]
    assert sorted(range(7), key=lambda k: -shares[k]) == [0, 1, 5, 6, 3, 4, 2]
    assert solution.consistency.passes


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
