"""What a caller demands: when it holds, what is said where it does not, and at which place."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.assessment import assess
from bpo_assess.assessment.answers import resolve
from bpo_assess.assessment.method import prepare
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.standing import stand
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.gate.broken import Misfit, broken, misfit
from bpo_assess.gate.requirements import DEMANDS, Requirements
from bpo_assess.model.questionnaire import Questionnaire
from bpo_assess.reports import json as json_report
from builders import (
    MATRIX,
    RISK_LEVELS,
    axis,
    decision,
    dimension,
    judged,
    method,
    process,
    question,
    verdict,
)
from shipped import method_of
from strategies import Given, given_cases, levels


def small(*held_by: dict[str, Any], below_coverage: float = 0.5, **more: Any) -> Questionnaire:
    """Two axes; in the first, `heavy` weighs three times as much as `light`."""
    return method(
        axis("suitability", dimension("fit", 1, question("heavy", weight=3), question("light"))),
        axis("readiness", dimension("order", 1, question("ready"))),
        decided=decision(
            verdict("later", "later", *held_by),
            verdict("go", "favour"),
            below_coverage=below_coverage,
        ),
        **more,
    )


def with_risk(**more: Any) -> Questionnaire:
    risk = {
        "id": "loss",
        "title": "Loss",
        "drivers": {"heavy": 1, "light": 1},
        "impact_drivers": {"ready": 1},
        "controls": [],
    }
    return small(risks=[risk | more], risk_matrix=MATRIX)


def only(demands: Requirements, assessment: Assessment) -> Diagnostic:
    (found,) = broken(demands, assessment)
    return found


def score(name: str, least: str) -> Requirements:
    return Requirements(scores=((name, Decimal(least)),))


# At the bounds


@pytest.mark.parametrize(
    ("name", "reached"), [("candidacy", "53.1"), ("suitability", "56.3"), ("readiness", "50.0")]
)
def test_a_score_equal_to_the_demand_holds_and_a_tenth_below_does_not(
    name: str, reached: str
) -> None:
    assessment = judged(small(), heavy=2, light=3, ready=2)
    just_above = str(Decimal(reached) + Decimal("0.1"))
    assert not list(broken(score(name, reached), assessment))
    found = only(score(name, just_above), assessment)
    assert found.message == f"{name} is {reached}; {just_above} or more is required"
    assert (found.subject, found.reached) == (name, Decimal(reached))
    assert found.code == ("BPO502" if name == "candidacy" else "BPO503")
    assert found.severity is Severity.ERROR


def test_what_was_rounded_for_the_report_is_what_is_compared() -> None:
    assessment = judged(small(), heavy=2, light=3, ready=2)
    assert assessment.scorecard.exact_candidacy == Fraction("53.125")
    assert only(score("candidacy", "53.11"), assessment).reached == Decimal("53.1")
    assert not list(broken(score("candidacy", "53.10"), assessment))


def test_a_score_is_held_to_its_low_end() -> None:
    assessment = judged(small(), heavy="unknown", light=4, ready=4)
    assert not list(broken(score("suitability", "25"), assessment))
    found = only(score("suitability", "70"), assessment)
    assert (
        found.message
        == "suitability is 100.0 on what is known and 25.0 at worst; 70 or more is required"
    )


def test_a_score_of_which_nothing_is_known_meets_no_demand_but_nought() -> None:
    assessment = judged(small(), heavy=4, light=4)
    assert only(score("readiness", "1"), assessment).message == (
        "readiness is not known; 1 or more is required"
    )
    assert not list(broken(score("readiness", "0"), assessment))


def test_a_score_without_any_question_that_applies_meets_no_demand() -> None:
    questionnaire = method(
        axis("suitability", dimension("fit", 1, question("heavy"))),
        axis("readiness", dimension("order", 1, question("ready", not_applicable=True))),
        decided=decision(verdict("later", "later"), verdict("go", "favour")),
    )
    assessment = judged(questionnaire, heavy=4, ready={"not_applicable": "there is none"})
    found = only(score("readiness", "0"), assessment)
    assert (found.message, found.path) == (
        "readiness is not known; 0 or more is required",
        ("answers",),
    )


def test_an_axis_that_is_called_candidacy_is_not_taken_for_it() -> None:
    questionnaire = method(
        axis("candidacy", dimension("fit", 1, question("heavy"))),
        axis("readiness", dimension("order", 1, question("ready"))),
        decided=decision(verdict("later", "later"), verdict("go", "favour")),
    )
    assessment = judged(questionnaire, heavy=4, ready=0)
    assert only(score("candidacy", "60"), assessment).reached == Decimal("50.0")


@pytest.mark.parametrize(("highest", "holds"), [("low", False), ("moderate", True), ("high", True)])
def test_a_risk_at_the_level_that_is_allowed_holds(highest: str, holds: bool) -> None:
    assessment = judged(with_risk(), heavy=2, light=2, ready=2)
    found = list(broken(Requirements(risk=highest), assessment))
    assert (not found) == holds
    if found:
        assert found[0].message == "the risk `loss` is moderate; low or less is required"
        assert (found[0].code, found[0].subject) == ("BPO504", "risks/loss")


def test_a_risk_is_held_to_its_worst() -> None:
    assessment = judged(with_risk(), heavy=2, light="unknown", ready=0)
    found = only(Requirements(risk="moderate"), assessment)
    assert found.message == (
        "the risk `loss` is high, and critical at worst; moderate or less is required"
    )
    unknown = judged(with_risk(), ready=0)
    assert only(Requirements(risk="high"), unknown).message == (
        "the risk `loss` is not known, and critical at worst; high or less is required"
    )


def test_the_worse_a_risk_the_less_is_reached() -> None:
    reached = [
        only(Requirements(risk="low"), judged(with_risk(), heavy=n, light=n, ready=0)).reached
        for n in (4, 2, 0)
    ]
    assert reached == [Decimal(-1), Decimal(-2), Decimal(-3)]


@pytest.mark.parametrize(("least", "holds"), [("0.38", True), ("0.39", False)])
def test_coverage_equal_to_the_demand_holds_and_a_percent_more_does_not(
    least: str, holds: bool
) -> None:
    assessment = judged(small(), heavy=2)
    found = list(broken(Requirements(coverage=Decimal(least)), assessment))
    assert (not found) == holds
    if found:
        assert found[0].message == "38 % of the method is known; 39 % or more is required"
        assert (found[0].code, found[0].path) == ("BPO505", ("answers", "ready"))


@pytest.mark.parametrize(("least", "holds"), [("0.38", True), ("0.39", False)])
def test_evidence_equal_to_the_demand_holds_and_a_percent_more_does_not(
    least: str, holds: bool
) -> None:
    proven = {"level": 2, "evidence": "proof.md"}
    assessment = judged(small(), heavy=proven, light=2, ready=2)
    found = list(broken(Requirements(evidence=Decimal(least)), assessment))
    assert (not found) == holds
    if found:
        assert found[0].message == (
            "38 % of what was answered has evidence; 39 % or more is required"
        )
        assert (found[0].code, found[0].path) == ("BPO506", ("answers", "ready"))


def test_leaving_a_question_open_makes_no_evidence_out_of_none() -> None:
    proven = {"level": 2, "evidence": "proof.md"}
    demand = Requirements(evidence=Decimal("0.6"))
    assert only(demand, judged(small(), heavy=proven, light=proven, ready=2)).message == (
        "50 % of what was answered has evidence; 60 % or more is required"
    )
    hidden = only(demand, judged(small(), heavy=proven, light=proven))
    assert hidden.message == (
        "100 % of what was answered has evidence, and 50 % at worst; 60 % or more is required"
    )
    assert hidden.path == ("answers", "ready")


def test_where_nothing_is_answered_nothing_has_evidence() -> None:
    assert only(Requirements(evidence=Decimal("0.5")), judged(small())).message == (
        "nothing of what was answered has evidence, and 0 % at worst; 50 % or more is required"
    )


# The verdict


HELD_BY_HEAVY = {"question": "heavy", "at_most": 1}


def test_the_verdict_that_is_required_holds_and_one_below_does_not() -> None:
    questionnaire = small(HELD_BY_HEAVY)
    assert not list(
        broken(Requirements(verdict="go"), judged(questionnaire, heavy=2, light=4, ready=4))
    )
    held = judged(questionnaire, heavy=1, light=4, ready=4)
    assert not list(broken(Requirements(verdict="later"), held))
    found = only(Requirements(verdict="go"), held)
    assert found.code == "BPO501"
    assert found.message == "the verdict is later; at least go is required"
    assert found.note == "held by `heavy` (1, 2 needed)"
    assert (found.path, found.subject, found.reached) == (
        ("answers", "heavy"),
        "verdict",
        Decimal(0),
    )


def test_undetermined_meets_no_verdict_at_all() -> None:
    assessment = judged(small(HELD_BY_HEAVY), ready=4, light=4, heavy="unknown")
    assert assessment.ruling.id == "go"
    unsure = judged(small(HELD_BY_HEAVY, below_coverage=0.9), ready=4, light=4, heavy="unknown")
    found = only(Requirements(verdict="later"), unsure)
    assert found.message == "the verdict is undetermined; at least later is required"
    assert (found.path, found.reached) == (("answers", "heavy"), Decimal(-1))


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        ({"question": "light", "at_most": 3}, ("answers", "light")),
        ({"axis": "readiness", "below": 90}, ("answers", "ready")),
        ({"dimension": "fit", "below": 90}, ("answers", "heavy")),
        ({"evidence_share": {"below": 0.9}}, ("answers", "ready")),
        (
            {"all": [{"question": "light", "at_most": 3}, {"question": "heavy", "at_most": 3}]},
            ("answers", "light"),
        ),
        ({"fact": "retained-steps"}, ("steps", 1, "stays")),
        ({"unknown": "named"}, ("answers", "open")),
        ({"risk": "any", "at_least": "moderate"}, ("answers", "heavy")),
    ],
)
def test_a_verdict_that_is_held_back_points_at_what_holds_it(
    condition: dict[str, Any], path: KeyPath
) -> None:
    questionnaire = method(
        axis("suitability", dimension("fit", 1, question("heavy", weight=3), question("light"))),
        axis("readiness", dimension("order", 1, question("ready"), question("open", weight=0))),
        decided=decision(
            verdict("never", "against", {"question": "open", "at_most": 0}),
            verdict("later", "later", condition),
            verdict("go", "favour"),
        ),
        risks=[
            {
                "id": "loss",
                "title": "Loss",
                "drivers": {"heavy": 1},
                "impact_drivers": {"ready": 1},
                "controls": [],
            }
        ],
        risk_matrix=MATRIX,
    )
    described = process(
        {"heavy": 2, "light": 1, "ready": 1},
        steps=[{"name": "Goes"}, {"name": "Stays", "stays": True}],
    )
    assert only(Requirements(verdict="go"), assess(described, questionnaire)).path == path


def test_a_dimension_without_weight_points_at_the_heaviest_of_its_own_questions() -> None:
    questionnaire = method(
        axis(
            "suitability",
            dimension("fit", 1, question("fits")),
            dimension("aside", 0, question("light"), question("heavy", weight=3)),
        ),
        axis("readiness", dimension("order", 1, question("ready"))),
        decided=decision(
            verdict("later", "later", {"dimension": "aside", "below": 60}),
            verdict("go", "favour"),
        ),
    )
    assessment = judged(questionnaire, fits=4, light=0, heavy=2, ready=4)
    assert only(Requirements(verdict="go"), assessment).path == ("answers", "heavy")


def test_no_more_than_five_reasons_are_named() -> None:
    questions = [question(f"q{n}") for n in range(7)]
    questionnaire = method(
        axis("suitability", dimension("fit", 1, *questions)),
        decided=decision(
            verdict("later", "later", *({"question": f"q{n}", "at_most": 1} for n in range(7))),
            verdict("go", "favour"),
        ),
    )
    assessment = assess(process({f"q{n}": 0 for n in range(7)}), questionnaire)
    assert only(Requirements(verdict="go"), assessment).note == (
        f"held by {', '.join(f'`q{n}` (0, 2 needed)' for n in range(5))} and 2 more"
    )


def test_a_verdict_that_an_open_answer_can_change_is_not_firm() -> None:
    assessment = judged(small(HELD_BY_HEAVY), heavy="unknown", light=4, ready=4)
    found = only(Requirements(firm=True), assessment)
    assert found.code == "BPO507"
    assert found.message == "the verdict is not firm: later at worst, go at best"
    assert (found.note, found.path) == ("decided by `heavy`", ("answers", "heavy"))
    assert not list(
        broken(Requirements(firm=True), judged(small(HELD_BY_HEAVY), heavy=0, ready="unknown"))
    )


# Places


def test_the_answer_is_named_that_costs_most_open_ones_at_all_they_weigh() -> None:
    demand = score("suitability", "99")
    weighed = {"heavy": 3, "light": 0, "ready": 4}
    assert only(demand, judged(small(), **weighed)).path == ("answers", "light")
    assert only(demand, judged(small(), **weighed | {"heavy": 2})).path == ("answers", "heavy")
    assert only(demand, judged(small(), **weighed | {"heavy": "unknown"})).path == (
        "answers",
        "heavy",
    )


def test_a_bad_answer_costs_what_it_weighs_also_where_others_are_open() -> None:
    questionnaire = method(
        axis(
            "suitability",
            dimension("fit", 1, question("bad", weight=3), question("open", weight=2)),
        ),
        axis("readiness", dimension("order", 1, question("ready"))),
        decided=decision(verdict("later", "later"), verdict("go", "favour")),
    )
    nothing_ready = judged(questionnaire, bad=0)
    assert only(score("suitability", "50"), nothing_ready).path == ("answers", "bad")
    open_weighs_more = judged(questionnaire, bad=2, ready=4)
    assert only(score("suitability", "90"), open_weighs_more).path == ("answers", "open")


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"heavy": 4, "light": 4, "ready": 0}, "ready"),
        ({"heavy": 3, "light": 4, "ready": 0}, "heavy"),
        ({"heavy": 0, "light": 4, "ready": 3}, "heavy"),
        ({"heavy": 3, "ready": 3}, "light"),
    ],
)
def test_a_risk_points_at_the_answer_that_makes_it_likeliest_else_at_what_makes_it_hurt(
    answers: dict[str, Any], place: str
) -> None:
    found = only(Requirements(risk="low"), judged(with_risk(), **answers))
    assert found.path == ("answers", place)


# What the method does not know


@pytest.mark.parametrize(
    ("demands", "wrong"),
    [
        (Requirements(verdict="stay"), ("verdict", "stay", ("later", "go"))),
        (Requirements(verdict="undetermined"), ("verdict", "undetermined", ("later", "go"))),
        (score("speed", "1"), ("axis", "speed", ("suitability", "readiness"))),
        (Requirements(risk="grave"), ("risk level", "grave", ())),
        (Requirements(verdict="go", scores=(("candidacy", Decimal(1)),)), None),
    ],
)
def test_a_demand_that_the_method_does_not_know_is_told(
    demands: Requirements, wrong: tuple[str, str, tuple[str, ...]] | None
) -> None:
    found = misfit(demands, judged(small()).questionnaire)
    assert found == (Misfit(*wrong) if wrong else None)


def test_the_rules_of_all_demands_are_known() -> None:
    everything = Requirements(
        verdict="go",
        scores=(("candidacy", Decimal(0)), ("readiness", Decimal(0))),
        risk="low",
        coverage=Decimal(0),
        evidence=Decimal(0),
        firm=True,
    )
    assert set(everything.codes) == DEMANDS <= set(RULES)
    assert not Requirements().any
    assert Requirements(coverage=Decimal(0)).any


# What holds for every method and every set of answers


def judge(case: Given, **changed: object) -> Assessment:
    return assess(case.process(**changed), case.shape.method())


@st.composite
def demands_on(draw: st.DrawFn, case: Given) -> Requirements:
    tenths = st.integers(0, 1000).map(lambda n: Decimal(n) / 10)
    shares = st.integers(0, 100).map(lambda n: Decimal(n) / 100)
    names = ["candidacy", *(a["id"] for a in case.shape.axes)]
    return Requirements(
        verdict=draw(st.none() | st.sampled_from([v["id"] for v in case.shape.verdicts])),
        scores=tuple((name, draw(tenths)) for name in names if draw(st.booleans())),
        risk=draw(st.none() | st.sampled_from(RISK_LEVELS)),
        coverage=draw(st.none() | shares),
        evidence=draw(st.none() | shares),
    )


def weaker(draw: st.DataObject, demands: Requirements, case: Given) -> Requirements:
    """Ask for less, or not at all."""
    verdicts = [v["id"] for v in case.shape.verdicts]

    def less(most: Decimal) -> Decimal:
        return draw.draw(st.decimals(0, most, places=2))

    def up_to(order: list[str], most: str | None) -> list[str | None]:
        return [None, *(order[: order.index(most) + 1] if most else [])]

    return Requirements(
        verdict=draw.draw(st.sampled_from(up_to(verdicts, demands.verdict))),
        scores=tuple((name, less(least)) for name, least in demands.scores),
        risk=draw.draw(st.sampled_from(up_to(RISK_LEVELS[::-1], demands.risk))),
        coverage=None if demands.coverage is None else less(demands.coverage),
        evidence=None if demands.evidence is None else less(demands.evidence),
        firm=demands.firm and draw.draw(st.booleans()),
    )


@given(given_cases(), st.data())
def test_a_weaker_demand_holds_wherever_a_stronger_one_does(
    case: Given, data: st.DataObject
) -> None:
    demands = data.draw(demands_on(case))
    assessment = judge(case)
    strong = {(item.code, item.subject) for item in broken(demands, assessment)}
    weak = {(item.code, item.subject) for item in broken(weaker(data, demands, case), assessment)}
    assert weak <= strong


@given(given_cases(), levels, st.booleans(), st.data())
def test_a_better_answer_never_closes_an_open_gate(
    case: Given, level: int, proven: bool, data: st.DataObject
) -> None:
    answered = [key for key, answer in case.answers.items() if "level" in (answer or "")]
    if not answered:
        return
    key = data.draw(st.sampled_from(answered))
    before = case.answers[key]
    better = before | {"level": max(level, before["level"])}
    if proven:
        better["evidence"] = "proof.md"
    worse, good = judge(case), judge(case, **{key: better})
    demands = data.draw(demands_on(case))
    if good.ruling.verdict is None and worse.ruling.verdict is not None:
        # The answer was so bad that nothing else mattered; now too little is known to tell.
        assert worse.ruling.firm
        demands = replace(demands, verdict=None)
    assert {f.subject for f in broken(demands, good)} <= {f.subject for f in broken(demands, worse)}


@given(given_cases(), levels, st.data())
def test_answering_what_is_open_closes_no_gate_but_that_of_the_verdict_on_what_is_known(
    case: Given, level: int, data: st.DataObject
) -> None:
    opened = [key for key, answer in case.answers.items() if answer in (None, "unknown")]
    if not opened:
        return
    key = data.draw(st.sampled_from(opened))
    demands = data.draw(demands_on(case))
    demands = replace(demands, verdict=None, firm=True)
    left_open = {f.subject for f in broken(demands, judge(case))}
    answered = {f.subject for f in broken(demands, judge(case, **{key: level}))}
    assert answered <= left_open


@given(given_cases())
def test_evidence_is_held_to_the_share_at_worst(case: Given) -> None:
    questionnaire = case.shape.method()
    responses = resolve(questionnaire, case.process(), None, {})
    worst = stand(prepare(questionnaire), case.process(), responses).worst.evidence_share
    found = only(Requirements(evidence=Decimal(2)), judge(case))
    assert found.reached == worst


@given(given_cases(), st.data())
def test_every_finding_has_a_subject_of_its_own_and_points_at_an_answer_or_a_step(
    case: Given, data: st.DataObject
) -> None:
    demands = data.draw(demands_on(case))
    found = list(broken(demands, judge(case)))
    assert len({item.subject for item in found}) == len(found)
    for item in found:
        assert item.code in demands.codes
        assert item.path[0] in {"answers", "steps"}
        assert item.path[1:] == () or item.path[1] in case.shape.questions


READINESS = method_of("readiness")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            key: st.one_of(
                levels,
                st.just("unknown"),
                levels.map(lambda level: {"level": level, "evidence": "proof.md"}),
            )
            for key in READINESS.questions
        },
    ),
    st.data(),
)
def test_the_gate_goes_by_what_the_report_prints(
    answers: dict[str, Any], data: st.DataObject
) -> None:
    assessment = assess(process(answers), READINESS)
    printed = json.loads(json_report.render([assessment]))
    order = [each.id for each in READINESS.decision.verdicts]
    axes = {each["id"]: each["low"] for each in printed["axes"]}
    lows = {"candidacy": printed["candidacy"]["low"], **axes}
    scores = {name: data.draw(st.decimals(0, 100, places=1)) for name in lows}
    verdict_asked = data.draw(st.sampled_from(order))
    highest = data.draw(st.sampled_from(RISK_LEVELS))
    coverage = data.draw(st.decimals(0, 1, places=2))
    demands = Requirements(
        verdict=verdict_asked,
        scores=tuple(scores.items()),
        risk=highest,
        coverage=coverage,
        firm=True,
    )
    expected = {name for name, low in lows.items() if Decimal(str(low)) < scores[name]}
    reached = printed["verdict"]["id"]
    if reached == "undetermined" or order.index(reached) < order.index(verdict_asked):
        expected.add("verdict")
    if not printed["verdict"]["firm"]:
        expected.add("firm")
    if Decimal(str(printed["candidacy"]["coverage"])) < coverage:
        expected.add("coverage")
    for risk in printed["risks"]:
        worst = risk["residual_range"]["worst"]
        if RISK_LEVELS.index(worst) > RISK_LEVELS.index(highest):
            expected.add(f"risks/{risk['id']}")
    assert {item.subject for item in broken(demands, assessment)} == expected


@given(st.fixed_dictionaries(dict.fromkeys(READINESS.questions, levels)), st.data())
def test_where_all_is_answered_evidence_is_held_to_the_share_that_is_printed(
    answers: dict[str, int], data: st.DataObject
) -> None:
    proven = data.draw(st.sets(st.sampled_from(sorted(answers))))
    stated = {
        key: {"level": level, **({"evidence": "proof.md"} if key in proven else {})}
        for key, level in answers.items()
    }
    assessment = assess(process(stated), READINESS)
    printed = json.loads(json_report.render([assessment]))
    least = data.draw(st.decimals(0, 1, places=2))
    found = list(broken(Requirements(evidence=least), assessment))
    assert bool(found) == (Decimal(str(printed["evidence_share"])) < least)
