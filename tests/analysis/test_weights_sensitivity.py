"""How far weights can move before the verdict does, against the program's own reassessment."""

import random
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.sensitivity.radii import (
    FAMILIES,
    Radius,
    Way,
    relative_radii,
    relative_radius,
    shifted_radii,
    shifted_radius,
    ways,
)
from bpo_assess.analysis.sensitivity.ranges import End, weight_ranges
from bpo_assess.analysis.sensitivity.turns import Turn
from bpo_assess.analysis.sensitivity.weighing import (
    Group,
    Weighing,
    WeightKind,
    Weights,
    outlook_of,
    rank,
    weigh,
    with_weight,
)
from bpo_assess.assessment import assess
from bpo_assess.assessment.verdict import Subject
from builders import MATRIX, axis, decision, dimension, judged, method, question, verdict
from reweighing import reweighed
from strategies import Given, given_cases

TINY = Fraction(1, 10**9)
NEARLY = Fraction(999, 1000)
few = settings(max_examples=25, deadline=None)


def reassessed(case: Given, weights: Weights) -> str:
    return assess(case.process(), reweighed(case.shape.method(), weights)).ruling.id


def weighed(case: Given) -> Weighing:
    return weigh(outlook_of(assess(case.process(), case.shape.method())))


@given(given_cases())
@few
def test_the_weighing_says_what_the_assessment_says_from_every_standpoint(case: Given) -> None:
    assessment = assess(case.process(), case.shape.method())
    weighing = weigh(outlook_of(assessment))
    held = {atom: atom.holds(weighing.weights) for atom in weighing.atoms}
    assert weighing.verdict(weighing.weights) == assessment.ruling.id
    for tiers, ruled in (
        (weighing.worst, assessment.ruling.worst),
        (weighing.best, assessment.ruling.best),
    ):
        assert weighing.verdicts[rank(tiers, held.__getitem__)] == ruled.id


@given(given_cases(), st.randoms(use_true_random=False))
@few
def test_other_weights_are_weighed_as_a_questionnaire_with_them_is(
    case: Given, chance: random.Random
) -> None:
    weighing = weighed(case)
    weights = {
        group: {key: weight * chance.randint(1, 20) for key, weight in own.items()}
        for group, own in weighing.weights.items()
    }
    assert weighing.verdict(weights) == reassessed(case, weights)


@given(given_cases(), st.randoms(use_true_random=False))
@few
def test_the_verdict_stays_inside_a_range_and_changes_just_outside(
    case: Given, chance: random.Random
) -> None:
    weighing = weighed(case)
    now = weighing.verdict(weighing.weights)
    ranges = weight_ranges(weighing)
    for each in chance.sample(ranges, min(len(ranges), 6)):

        def at(weight: Fraction, group: Group = each.group, key: str = each.key) -> str:
            return reassessed(case, with_weight(weighing.weights, group, key, weight))

        low = each.low.weight if each.low else Fraction()
        high = each.high.weight if each.high else 10 * each.weight + 10
        for share in (Fraction(1, 100), Fraction(1, 3), Fraction(99, 100)):
            assert low == high or at(low + (high - low) * share) == now
        for end, outward in ((each.low, -TINY), (each.high, TINY)):
            if end is None:
                continue
            assert end.turns
            assert at(max(end.weight + outward, Fraction())) == end.verdict != now
            if end.weight:
                assert (at(end.weight) == now) is end.included


def two_dimensions(*conditions: dict[str, object], **answers: int) -> Weighing:
    """Weigh two dimensions of one question each, both with a weight of 1."""
    decided = decision(
        verdict("keep", "against", *conditions), verdict("go", "favour"), below_coverage=0
    )
    parts = (dimension("one", 1, question("q1")), dimension("two", 1, question("q2")))
    questionnaire = method(axis("fit", *parts), decided=decided)
    return weigh(outlook_of(judged(questionnaire, **answers)))


FIT_BELOW_60 = {"axis": "fit", "below": 60}


def test_a_range_ends_where_the_index_is_rounded_to_the_limit() -> None:
    weighing = two_dimensions(FIT_BELOW_60, q1=4, q2=1)
    found = {each.key: each for each in weight_ranges(weighing)}
    turn = Turn(Subject.AXIS, "fit", Decimal(60), "keep", holds=True)
    # (100 x + 25) / (x + 1) = 59.95 at x = 34.95 / 40.05
    assert found["one"].low == End(Fraction(3495, 4005), True, "keep", (turn,))
    assert found["one"].high is None
    assert found["two"].high == End(Fraction(4005, 3495), True, "keep", (turn,))
    assert found["two"].low is None
    assert found["q1"].nearest is None
    assert found["one"].change == 1 - Fraction(3495, 4005)
    assert found["q1"].change is None


def test_a_weight_of_nought_leaves_its_dimension_out() -> None:
    weighing = two_dimensions({"axis": "fit", "below": 30}, q1=4, q2=1)
    found = {each.key: each for each in weight_ranges(weighing)}
    assert found["one"].low is not None
    assert found["one"].low.weight == Fraction(495, 7005)  # (100 x + 25) / (x + 1) = 29.95
    only = two_dimensions({"dimension": "one", "below": 30}, q1=4, q2=1)
    assert all(each.nearest is None for each in weight_ranges(only))


def test_a_range_ends_where_a_risk_is_rounded_to_a_worse_cell() -> None:
    decided = decision(
        verdict("keep", "against", {"risk": "any", "at_least": "moderate"}),
        verdict("go", "favour"),
        below_coverage=0,
    )
    risk = {
        "id": "loss",
        "title": "Loss",
        "drivers": {"q1": 1, "q2": 1},
        "impact_drivers": {"q3": 1},
    }
    part = dimension("one", 1, question("q1"), question("q2"), question("q3"))
    questionnaire = method(axis("fit", part), decided=decided, risks=[risk], risk_matrix=MATRIX)
    weighing = weigh(outlook_of(judged(questionnaire, q1=4, q2=0, q3=2)))
    found = {each.key: each for each in weight_ranges(weighing) if each.group.of == "loss"}
    # Impact is 3, and likelihood 5 - 4 / (1 + x) is rounded to 2 from 1.5 up, where x is 1 / 7.
    assert found["q2"].high is None
    assert found["q2"].low is not None
    assert (found["q2"].low.weight, found["q2"].low.verdict) == (Fraction(1, 7), "go")
    assert found["q2"].low.included
    assert found["q2"].low.turns == (Turn(Subject.RISK, "loss", "moderate", "keep", holds=False),)


def test_the_smallest_change_of_all_weights_of_a_level_has_a_closed_form() -> None:
    weighing = two_dimensions(FIT_BELOW_60, q1=4, q2=1)
    radius = relative_radius(weighing, Way.WORSE, frozenset({WeightKind.DIMENSION}))
    # |40.05 - 34.95| / (40.05 + 34.95)
    assert radius.lower == Fraction(68, 1000)
    assert radius.exact
    assert radius.verdict == "keep"
    assert [turn.key for turn in radius.turns] == ["fit"]
    shifted = shifted_radius(weighing, Way.WORSE, Group(WeightKind.DIMENSION, "fit"))
    # From 62.5 to 59.95 at 75 points a unit of weight moved, counted where it leaves and where it arrives.
    assert shifted.lower == 2 * Fraction(255, 100) / 75
    assert shifted.exact


def test_a_better_verdict_needs_every_condition_to_cease() -> None:
    conditions = (FIT_BELOW_60, {"axis": "fit", "below": 50})
    weighing = two_dimensions(*conditions, q1=4, q2=0)
    assert weighing.verdict(weighing.weights) == "keep"
    radius = relative_radius(weighing, Way.BETTER, frozenset({WeightKind.DIMENSION}))
    assert radius.lower == Fraction(5995 - 4005, 10000)
    assert radius.exact
    assert {turn.limit for turn in radius.turns} == {Decimal(60)}


def test_no_weight_changes_what_an_answer_alone_decides() -> None:
    weighing = two_dimensions({"question": "q2", "at_most": 1}, q1=4, q2=1)
    assert relative_radii(weighing) == ()
    assert shifted_radii(weighing) == ()
    assert all(each.change is None for each in weight_ranges(weighing))


def test_weight_shifted_to_a_question_that_nobody_answered_changes_no_mean() -> None:
    decided = decision(
        verdict("keep", "against", {"dimension": "one", "below": 50}),
        verdict("go", "favour"),
        below_coverage=0,
    )
    part = dimension("one", 1, question("q1"), question("q2"), question("q3"))
    weighing = weigh(outlook_of(judged(method(axis("fit", part), decided=decided), q1=4, q2=3)))
    assert relative_radius(weighing, Way.WORSE).lower is None
    assert shifted_radius(weighing, Way.WORSE, Group(WeightKind.QUESTION, "one")).lower is None


def moved(
    weighing: Weighing, kinds: frozenset[WeightKind], size: Fraction, chance: random.Random
) -> Weights:
    """Move every weight of some kinds by at most a share of itself."""
    return {
        group: {
            key: weight * (1 + size * chance.choice([-1, 0, 1])) if group.kind in kinds else weight
            for key, weight in own.items()
        }
        for group, own in weighing.weights.items()
    }


def shifted(weighing: Weighing, group: Group, size: Fraction, chance: random.Random) -> Weights:
    """Shift normalised weight to one member from others, leaving something of each."""
    own = weighing.weights[group]
    total = sum(own.values(), Fraction())
    normal = {key: weight / total for key, weight in own.items()}
    keys = [key for key in own if own[key]]
    to, left = chance.choice(keys), size / 2
    for key in chance.sample(keys, len(keys)):
        taken = min(left, normal[key] * NEARLY) if key != to else Fraction()
        normal[key] -= taken
        normal[to] += taken
        left -= taken
    return {**weighing.weights, group: normal}


def leads(weighing: Weighing, way: Way, found: str) -> bool:
    now = weighing.verdict(weighing.weights)
    place = {key: n for n, key in enumerate(weighing.verdicts)}
    match way:
        case Way.BETTER:
            return found in place and place[found] > place[now]
        case Way.WORSE:
            return found in place and place[found] < place[now]
        case Way.UNSETTLED:
            return found not in place
        case Way.SETTLED:
            return found in place


def check_change(case: Given, weighing: Weighing, radius: Radius) -> None:
    """Hold the change that was found to what is said of it."""
    if radius.upper is None or radius.lower is None:
        assert not radius.weights
        return
    assert radius.lower <= radius.upper
    found = reassessed(case, {**weighing.weights, **radius.weights})
    assert found == radius.verdict
    assert leads(weighing, radius.way, found)
    assert radius.turns


@given(given_cases(), st.randoms(use_true_random=False))
@few
def test_the_relative_change_found_moves_the_verdict_and_no_smaller_one_does(
    case: Given, chance: random.Random
) -> None:
    weighing = weighed(case)
    kinds = chance.choice(FAMILIES)
    for way in ways(weighing):
        radius = relative_radius(weighing, way, kinds)
        check_change(case, weighing, radius)
        for group, own in radius.weights.items():
            for key, weight in own.items():
                before = weighing.weights[group][key]
                assert abs(weight - before) <= (radius.upper or 0) * before
        size = NEARLY * (1 if radius.lower is None else radius.lower)
        for _ in range(5):
            weights = moved(weighing, kinds, size, chance)
            assert not leads(weighing, way, weighing.verdict(weights))


@given(given_cases(), st.randoms(use_true_random=False))
@few
def test_the_shift_found_moves_the_verdict_and_no_smaller_one_does(
    case: Given, chance: random.Random
) -> None:
    weighing = weighed(case)
    groups = [group for group, own in weighing.weights.items() if len(own) > 1]
    for group in chance.sample(groups, min(len(groups), 3)):
        own = weighing.weights[group]
        total = sum(own.values(), Fraction())
        for way in ways(weighing):
            radius = shifted_radius(weighing, way, group)
            check_change(case, weighing, radius)
            if radius.upper is not None:
                after = radius.weights[group]
                assert sum(abs(after[key] - own[key]) for key in own) / total <= radius.upper
            size = NEARLY * (2 if radius.lower is None else radius.lower)
            for _ in range(5):
                weights = shifted(weighing, group, size, chance)
                assert not leads(weighing, way, weighing.verdict(weights))
