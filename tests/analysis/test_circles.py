"""Preferences that go round in a circle, against all orders of the parts, and as the page tells them."""

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.judges import Pair
from bpo_assess.analysis.pairwise import circles_of
from running import run
from shipped import method_of

Ratios = dict[Pair, Fraction]
Circle = tuple[int, ...]

TWO, HALF, ONE = Fraction(2), Fraction(1, 2), Fraction(1)
WORKSHOP = "examples/weights/workshop.yaml"


def ratio(ratios: Ratios, heavy: int, light: int) -> Fraction:
    """Say how many times one part counts another; 0 where nobody says it."""
    if (heavy, light) in ratios:
        return ratios[heavy, light]
    return 1 / ratios[light, heavy] if (light, heavy) in ratios else Fraction()


def contradiction(ratios: Ratios, circle: Circle) -> Fraction:
    steps = zip(circle, (*circle[1:], circle[0]), strict=True)
    return math.prod((ratio(ratios, *step) for step in steps), start=ONE)


def goes_round(ratios: Ratios, circle: Circle) -> bool:
    steps = zip(circle, (*circle[1:], circle[0]), strict=True)
    return all(ratio(ratios, *step) > 1 for step in steps)


def shortest(ratios: Ratios, size: int) -> set[Circle]:
    """Try every order of every choice of parts."""
    for length in range(3, size + 1):
        found = {
            circle
            for circle in permutations(range(size), length)
            if circle[0] == min(circle) and goes_round(ratios, circle)
        }
        if found:
            return found
    return set()


@st.composite
def judgements(draw: st.DrawFn, *, complete: bool = False) -> tuple[int, Ratios]:
    size = draw(st.integers(1, 6))
    steps = [HALF, TWO, Fraction(5), Fraction(1, 7)]
    said = st.sampled_from(steps if complete else [*steps, ONE, Fraction()])
    drawn = {pair: draw(said) for pair in combinations(range(size), 2)}
    return size, {pair: each for pair, each in drawn.items() if each}


@given(judgements())
@settings(max_examples=60)
def test_the_circles_are_the_shortest_there_are_and_the_worst_stands_first(
    drawn: tuple[int, Ratios],
) -> None:
    size, ratios = drawn
    found = circles_of(ratios)
    assert set(found) == shortest(ratios, size)
    assert len(set(found)) == len(found)
    worth = [contradiction(ratios, circle) for circle in found]
    assert worth == sorted(worth, reverse=True)


@given(judgements(complete=True))
@settings(max_examples=60)
def test_where_every_pair_is_judged_there_are_as_many_circles_as_kendall_counts(
    drawn: tuple[int, Ratios],
) -> None:
    size, ratios = drawn
    wins = [sum(ratio(ratios, k, j) > 1 for j in range(size) if j != k) for k in range(size)]
    assert len(circles_of(ratios)) == math.comb(size, 3) - sum(math.comb(won, 2) for won in wins)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=7), st.data())
def test_judgements_that_follow_from_weights_go_round_in_no_circle(
    weights: list[int], data: st.DataObject
) -> None:
    ratios = {
        (i, j): Fraction(weights[i], weights[j])
        for i, j in combinations(range(len(weights)), 2)
        if data.draw(st.booleans())
    }
    assert circles_of(ratios) == ()


@pytest.mark.parametrize(
    ("ratios", "expected"),
    [
        ({(0, 1): TWO, (1, 2): TWO, (0, 2): HALF}, ((0, 1, 2),)),
        ({(0, 1): HALF, (1, 2): HALF, (0, 2): TWO}, ((0, 2, 1),)),
        ({(0, 1): TWO, (1, 2): TWO, (0, 2): ONE}, ()),  # an equal is no preference
        ({(0, 1): TWO, (1, 2): TWO, (2, 3): TWO, (0, 3): HALF}, ((0, 1, 2, 3),)),
        ({(0, 1): TWO, (1, 2): TWO}, ()),
        ({}, ()),
    ],
)
def test_a_circle_is_found_by_hand(ratios: Ratios, expected: tuple[Circle, ...]) -> None:
    assert circles_of(ratios) == expected


def test_the_page_and_the_json_name_the_circle_of_a_judge() -> None:
    page = " ".join(run("weights", WORKSHOP).out.split())
    assert (
        "Some preferences go round in a circle, which no weights can follow: - Head of finance: "
        "Strategic differentiation counts more than Separability, which counts more than Market, which "
        "counts more than Strategic differentiation."
    ) in page
    judges = json.loads(run("weights", WORKSHOP, "-f", "json").out)["groups"][0]["judges"]
    assert {judge["id"]: judge["circles"] for judge in judges} == {
        "operations": [],
        "finance": [["strategic", "separability", "market"]],
        "sponsor": [],
    }


def page_of(counts: Mapping[Pair, int | str]) -> str:
    """Judge pairs of the questions of one dimension, and read the page."""
    parts = method_of("readiness").dimensions["protocol"].questions
    said = [
        {"this": parts[first].id, "counts": times, "times": parts[second].id}
        for (first, second), times in counts.items()
    ]
    file = {
        "format": "bpo-assess/comparisons/v1",
        "comparisons": [{"dimension": "protocol", "judgements": said}],
    }
    return " ".join(run("weights", "-", given=json.dumps(file)).out.split())


def test_a_page_without_a_circle_does_not_speak_of_one() -> None:
    page = page_of(dict.fromkeys(combinations(range(6), 2), 2))
    assert "Do the judgements fit together?" in page
    assert "circle" not in page


def test_of_many_circles_a_page_shows_five_and_counts_the_rest() -> None:
    """Six parts in a round, each of which counts more than the next ones: no six have more circles."""
    page = page_of({(i, j): 2 if j - i <= 3 else "1/2" for i, j in combinations(range(6), 2)})
    assert page.count("which counts more than") == 2 * 5
    assert " - and 3 more " in page
