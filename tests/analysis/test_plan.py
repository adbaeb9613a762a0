"""Plans: the least effort that reaches a verdict, against every possibility tried one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_assess.analysis.plan.doing import plan_of
from bpo_assess.analysis.plan.finding import best_within, next_better, plan_to
from bpo_assess.analysis.plan.result import Bar, Kind, Plan, Planning
from bpo_assess.assessment import assess, examine, judge
from bpo_assess.assessment.result import Assessment, Judgement
from bpo_assess.model.decision import UNDETERMINED, RiskCondition, UnknownCondition
from bpo_assess.model.process import ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire
from builders import MATRIX, axis, decision, dimension, method, process, question, verdict
from shipped import EXAMPLES, example
from strategies import Given, Shape, conditions, given_cases, levels, risks

FIXED: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {}, {}, {"fixed": True}, {"fixed_at": [0]}, {"fixed_at": [2]}, {"fixed_at": [1, 3]}]
)
"""What no work leads on from."""

EFFORTS = st.lists(st.sampled_from([0, 0.5, 1, 2, 3]), min_size=4, max_size=4)


@dataclass
class Small:
    """A method and answers of which so little can be changed that everything can be tried."""

    method: Questionnaire
    answers: dict[str, Any]
    controls: dict[str, dict[str, Any]]
    free: list[str]
    free_controls: list[str]

    def process(
        self, answers: dict[str, Any], in_place: tuple[str, ...] = ()
    ) -> ProcessDescription:
        put = {key: {"id": key, "status": "in-place", "evidence": "proof.md"} for key in in_place}
        return process(self.answers | answers, controls=[*(self.controls | put).values()])

    @cached_property
    def before(self) -> Assessment:
        return assess(self.process({}), self.method)

    def rank(self, assessment: Judgement, *, firm: bool = False) -> int:
        order = [UNDETERMINED, *(part.id for part in self.method.decision.verdicts)]
        worst = assessment.ruling.worst.id if firm else assessment.ruling.id
        return min(order.index(assessment.ruling.id), order.index(worst))


@st.composite
def small_cases(draw: st.DrawFn) -> Small:
    """Leave at most two questions and two controls to change; the others are fixed and proven."""
    drawn = draw(given_cases())
    free = sorted(draw(st.permutations(drawn.shape.questions))[: draw(st.integers(1, 2))])
    answers = dict(drawn.answers)
    for part in parts_of(drawn):
        if part["id"] in free:
            part["effort"] = draw(EFFORTS)
            part.update(draw(FIXED))
        else:
            part["fixed"] = True
            answers[part["id"]] = proven(draw(levels))
    return small(drawn, answers, free)


LAYOUTS = [[["a", "b"]], [["a"], ["b"]], [["a", "b"], ["c"]], [["a"], ["b", "c"]], [["a"]]]
"""Questions by dimension."""

MOST_QUESTIONS = 2


@st.composite
def tiny_cases(draw: st.DrawFn) -> Small:
    """Take methods of so few questions that all of them, open ones too, can be left to change."""
    fitting = [one for one in LAYOUTS if sum(map(len, one)) <= MOST_QUESTIONS]
    weight = st.integers(1, 4)
    dimensions = [
        dimension(
            f"d-{names[0]}",
            draw(weight),
            *(
                question(name, weight=draw(weight), effort=draw(EFFORTS), **draw(FIXED))
                for name in names
            ),
        )
        for names in draw(st.sampled_from(fitting))
    ]
    apart = len(dimensions) > 1 and draw(st.booleans())
    axes = (
        [axis("x", dimensions[0]), axis("y", *dimensions[1:])]
        if apart
        else [axis("x", *dimensions)]
    )
    names = [part["id"] for one in dimensions for part in one["questions"]]
    drawn_risks = draw(risks(names))
    for risk in drawn_risks:
        risk["controls"] = risk["controls"][:1]
    holding = st.lists(conditions(axes, bool(drawn_risks)), max_size=3)
    stances = ["against", "later", "favour"]
    verdicts = [
        verdict(f"v{place}", stance, *(draw(holding) if stance != "favour" else []))
        for place, stance in enumerate(stances)
    ]
    shape = Shape(axes, drawn_risks, verdicts, draw(st.sampled_from([0, 0.4, 0.6, 1])))
    answer = st.one_of(levels, levels.map(proven), st.just("unknown"), st.none())
    answers = {name: draw(answer) for name in names}
    return small(Given(shape, answers, []), answers, names)


def proven(level: int) -> dict[str, Any]:
    return {"level": level, "evidence": "proof.md"}


def parts_of(drawn: Given) -> list[dict[str, Any]]:
    return [q for a in drawn.shape.axes for d in a["dimensions"] for q in d["questions"]]


def small(drawn: Given, answers: dict[str, Any], free: list[str]) -> Small:
    controls = {control["id"]: control for control in drawn.controls}
    controls |= {
        key: {"id": key, "status": "in-place", "evidence": "proof.md"}
        for key in drawn.shape.controls[2:]
    }
    return Small(drawn.shape.method(), answers, controls, free, drawn.shape.controls[:2])


def every_way(case: Small) -> Iterator[tuple[Fraction, Judgement]]:
    """Try everything that can become of the answers and the controls, with its effort."""
    before = case.before
    options = [list(ways_of(case, before, key)) for key in case.free]
    missing = [
        key
        for key in case.free_controls
        if (case.controls.get(key) or {}).get("status") != "in-place"
        or "evidence" not in case.controls[key]
    ]
    for ways in product(*options):
        answers = {key: answer for key, (_, answer) in zip(case.free, ways, strict=True)}
        effort = sum((effort for effort, _ in ways), Fraction())
        for taken in product([False, True], repeat=len(missing)):
            put = tuple(key for key, take in zip(missing, taken, strict=True) if take)
            yield (
                effort + len(put),
                judge(examine(case.process(answers, put), case.method), decisive=False),
            )


def ways_of(case: Small, before: Assessment, key: str) -> Iterator[tuple[Fraction, Any]]:
    """Yield what an answer can become, with the effort: as it is, higher, proven, found out."""
    response, part = before.responses[key], case.method.questions[key]
    yield Fraction(), case.answers[key]
    if not (response.is_known or response.is_open):
        return
    steps = [Fraction(step) for step in part.effort or ()]
    start = response.level or 0
    stuck = [level for level in range(start, 4) if part.is_fixed_at(level)]
    highest = min(stuck, default=4) if response.is_known else 4
    for level in range(start, highest + 1):
        effort = sum(steps[start:level], Fraction()) + response.is_open
        proof = {"evidence": "proof.md"}
        yield effort, {"level": level} | (proof if response.evidenced else {})
        yield effort + (not response.evidenced), {"level": level} | proof


BOTH = st.one_of(small_cases(), tiny_cases())
FEW = settings(max_examples=25)


@given(BOTH, st.booleans())
@FEW
def test_a_plan_is_the_smallest_of_all_that_reach_the_verdict(case: Small, firm: bool) -> None:
    before = case.before
    tried = [(effort, case.rank(after, firm=firm)) for effort, after in every_way(case)]
    for place, target in enumerate(case.method.decision.verdicts, start=1):
        enough = [effort for effort, rank in tried if rank >= place]
        found = plan_to(before, target, firm=firm)
        if not enough:
            assert found.plan is None
            assert found.bars
            continue
        assert found.plan is not None
        assert found.plan.effort == min(enough)
        assert found.proven
        assert len({found.plan.works, *(plan.works for plan in found.alternatives)}) == 1 + len(
            found.alternatives
        )
        for plan in (found.plan, *found.alternatives):
            assert plan.effort == found.plan.effort == sum(work.effort for work in plan.works)
            assert case.rank(plan.after, firm=firm) >= place


@given(BOTH, st.sampled_from(["0", "1", "2", "2.5", "4", "8"]))
@FEW
def test_a_budget_reaches_the_best_of_all_that_it_pays_for(case: Small, budget: str) -> None:
    allowed = Decimal(budget)
    reached = [worth(case, after) for effort, after in every_way(case) if effort <= allowed]
    found = best_within(case.before, allowed).plan
    assert found is not None
    if max(reached)[0] < sought(case):
        assert found.works == ()
        return
    assert found.effort <= allowed
    rank, candidacy = worth(case, found.after)
    assert rank == max(reached)[0]
    assert candidacy > max(reached)[1] - Fraction(1, 10**6)


def sought(case: Small) -> int:
    """Give the rank below which nothing is an improvement of a verdict that is undetermined."""
    better = next_better(case.before) if case.before.ruling.verdict is None else None
    return 1 + case.method.decision.verdicts.index(better) if better else 0


def worth(case: Small, after: Judgement) -> tuple[int, Fraction]:
    return case.rank(after), after.scorecard.exact_candidacy or Fraction()


@given(small_cases())
@FEW
def test_more_effort_is_never_worse(case: Small) -> None:
    before, last = case.before, (-1, Fraction())
    for budget in range(4):
        plan = best_within(before, Decimal(budget)).plan
        assert plan is not None
        reached = worth(case, plan.after)
        assert reached >= (last[0], last[1] - Fraction(1, 10**6))
        last = reached


# Examples that can be followed by hand


def asked(*questions: dict[str, Any], held: list[dict[str, Any]], **more: Any) -> Questionnaire:
    """Ask a few questions in one dimension, and let conditions hold the verdict at `wait`."""
    return method(
        axis("x", dimension("d", 1, *questions)),
        decided=decision(verdict("wait", "later", *held), verdict("go", "favour")),
        **more,
    )


def to_go(questionnaire: Questionnaire, answers: dict[str, Any], **more: Any) -> Planning:
    before = assess(process(answers, **more), questionnaire)
    return plan_to(before, questionnaire.decision.verdicts[-1])


Moves = list[tuple[str, int | None, int | None, float]]


def moves(plan: Plan | None) -> Moves:
    assert plan is not None
    return [(work.subject, work.start, work.end, float(work.effort)) for work in plan.works]


def test_a_worked_example() -> None:
    """2a + b has to be 8 of 12 (66.7 points; 7 are 58.3), and b 2.

    From a = b = 1: a to 3 takes 1 + 3, b to 2 takes 1, together 5. Leaving a at 2 would take b to 4,
    1 + 1 + 1 + 5 = 8.
    """
    found = to_go(
        asked(
            question("a", weight=2, effort=[1, 1, 3, 3]),
            question("b", effort=[1, 1, 1, 5]),
            held=[{"dimension": "d", "below": 60}, {"question": "b", "at_most": 1}],
        ),
        {"a": 1, "b": 1},
    )
    assert sorted(moves(found.plan)) == [("a", 1, 3, 4), ("b", 1, 2, 1)]
    assert found.proven
    assert found.plan is not None
    assert found.plan.after.scorecard.candidacy.value == Decimal("66.7")


@pytest.mark.parametrize(("weight", "end"), [(398, 3), (397, 4)])
def test_a_figure_that_is_rounded_up_to_the_limit_is_enough(weight: int, end: int) -> None:
    """(398 x 3 + 602 x 2) / 1000 x 25 is 59.95 and printed as 60.0; with 397 it is 59.925, 59.9."""
    questionnaire = asked(
        question("a", weight=weight),
        question("b", weight=1000 - weight, effort=[9, 9, 9, 9]),
        held=[{"axis": "x", "below": 60}],
    )
    assert moves(to_go(questionnaire, {"a": 2, "b": 2}).plan) == [("a", 2, end, end - 2)]


def risky(*controls: tuple[str, float], level: str, **more: Any) -> Questionnaire:
    return asked(
        question("a", fixed=True),
        question("b", fixed=True),
        held=[{"risk": "any", "at_least": level}, *more.pop("held", [])],
        risks=[
            {
                "id": "r",
                "title": "Risk",
                "drivers": {"a": 1},
                "impact_drivers": {"b": 1},
                "controls": [
                    {"id": key, "text": "A control.", "acts_on": "likelihood", "factor": factor}
                    for key, factor in controls
                ],
            }
        ],
        risk_matrix=MATRIX,
    )


def test_the_strongest_control_is_put_in_place() -> None:
    """1 + 4 x 0.5 is likelihood 3, and impact 5: high. 1 + 4 x 0.9 is 4.6, row 5: critical still."""
    found = to_go(risky(("weak", 0.9), ("strong", 0.5), level="critical"), {"a": 0, "b": 0})
    assert moves(found.plan) == [("strong", None, None, 1)]
    assert found.plan is not None
    assert found.plan.works[0].kind is Kind.CONTROL


def test_an_answer_that_nobody_knows_is_found_out_first() -> None:
    questionnaire = asked(question("a"), question("b"), held=[{"unknown": "named"}, HELD_BY_A])
    found = to_go(questionnaire, {"a": "unknown", "b": 4})
    assert moves(found.plan) == [("a", None, 2, 3)]
    assert found.plan is not None
    assert found.plan.works[0].kind is Kind.FIND_OUT
    assert found.plan.works[0].hoped is None


HELD_BY_A = {"question": "a", "at_most": 1}


def test_what_nobody_can_change_has_to_turn_out_so() -> None:
    questionnaire = asked(question("a", fixed=True), held=[{"unknown": "named"}, HELD_BY_A])
    plan = to_go(questionnaire, {"a": "unknown"}).plan
    assert plan is not None
    assert plan.works[0].hoped == 2


def test_a_level_that_no_work_leads_on_from_is_a_bar_and_the_others_are_not() -> None:
    questionnaire = asked(question("a", fixed_at=[0]), held=[HELD_BY_A])
    barred = to_go(questionnaire, {"a": 0})
    assert barred.plan is None
    assert barred.bars == (Bar("wait", questionnaire.decision.verdicts[0].held_by[0], alone=True),)
    assert moves(to_go(questionnaire, {"a": 1}).plan) == [("a", 1, 2, 1)]


def test_what_is_not_known_has_to_lie_above_the_level_that_no_work_leads_on_from() -> None:
    questionnaire = asked(
        question("a", fixed_at=[0]), held=[{"unknown": "named"}, {"question": "a", "at_most": 2}]
    )
    plan = to_go(questionnaire, {"a": "unknown"}).plan
    assert plan is not None
    assert [(work.end, work.hoped) for work in plan.works] == [(3, 1)]


def test_a_firm_plan_leaves_nothing_open_that_could_lead_to_less() -> None:
    """An open b counts for nothing today; at its worst it is 0, and the index half of what a has."""
    questionnaire = asked(question("a"), question("b"), held=[{"axis": "x", "below": 40}])
    before = assess(process({"a": 1, "b": "unknown"}), questionnaire)
    go = questionnaire.decision.verdicts[-1]
    assert moves(plan_to(before, go).plan) == [("a", 1, 2, 1)]
    # At 4 and 0 the index is 50; at 3 and 0 it is 37.5, so that b has to be found out to do with less.
    firm = plan_to(before, go, firm=True)
    assert firm.plan is not None
    assert firm.plan.effort == 3
    assert firm.plan.after.ruling.worst == go


def test_a_verdict_that_is_reached_but_not_firm_takes_work_still() -> None:
    questionnaire = asked(question("a"), question("b"), held=[{"axis": "x", "below": 40}])
    before = assess(process({"a": 2, "b": "unknown"}), questionnaire)
    go = questionnaire.decision.verdicts[-1]
    assert plan_to(before, go).plan == plan_of(before, ())
    assert plan_to(before, go, firm=True).plan != plan_of(before, ())


def test_each_piece_of_work_says_what_would_be_decided_without_it() -> None:
    questionnaire = asked(
        question("a"), question("b"), held=[HELD_BY_A, {"question": "b", "at_most": 2}]
    )
    plan = to_go(questionnaire, {"a": 0, "b": 2}).plan
    assert plan is not None
    found = [(work.subject, work.without) for work in plan.works]
    assert [
        (subject, rest.id, [(reason.subject, reason.actual) for reason in rest.reasons])
        for subject, rest in found
        if rest
    ] == [("a", "wait", [("a", 0)]), ("b", "wait", [("b", 2)])]


def test_to_find_out_that_it_is_at_its_worst_is_no_improvement() -> None:
    questionnaire = method(
        axis("x", dimension("d", 1, question("a"), question("b"))),
        decided=decision(
            verdict("keep", "against", *({"question": key, "at_most": 0} for key in "ab")),
            verdict("go", "favour"),
            below_coverage=0.5,
        ),
    )
    before = assess(process({}), questionnaire)
    assert before.ruling.verdict is None
    found = best_within(before, Decimal(1))
    assert found.plan == plan_of(before, ())
    more = best_within(before, Decimal(2)).plan
    assert more is not None
    assert more.after.ruling.id == "go"


def test_evidence_is_stated_where_it_weighs_most() -> None:
    questionnaire = asked(
        question("a", weight=1), question("b", weight=3), held=[{"evidence_share": {"below": 0.5}}]
    )
    plan = to_go(questionnaire, {"a": 3, "b": 3}).plan
    assert plan is not None
    assert [(work.kind, work.subject) for work in plan.works] == [(Kind.PROVE, "b")]


def test_facts_that_cap_an_answer_are_part_of_the_work() -> None:
    measure = {
        "of": "full-time-equivalents",
        "levels": [{"level": 1}, {"level": 3, "at_least": 10}],
    }
    questionnaire = asked(question("a", measure=measure), held=[HELD_BY_A])
    plan = to_go(questionnaire, {"a": 3}, staff_fte=5).plan
    assert moves(plan) == [("a", 1, 2, 1)]
    assert plan is not None
    assert plan.works[0].describes


def test_a_budget_between_two_whole_efforts_is_not_rounded_up() -> None:
    questionnaire = asked(question("a"), held=[{"question": "a", "at_most": 2}])
    before = assess(process({"a": 0}), questionnaire)
    plan = best_within(before, Decimal("2.5")).plan
    assert moves(plan) == [("a", 0, 2, 2)]


# What stands in the way


def test_a_bar_that_no_work_can_move_is_named() -> None:
    questionnaire = asked(
        question("law", fixed=True),
        question("b"),
        held=[{"question": "b", "at_most": 2}, {"question": "law", "at_most": 0}],
    )
    found = to_go(questionnaire, {"law": 0, "b": 0})
    assert found.plan is None
    bar = questionnaire.decision.verdicts[0].held_by[1]
    assert found.bars == (Bar("wait", bar, alone=True),)
    assert found.reachable is None


def test_where_nothing_can_be_changed_what_stands_in_the_way_is_named() -> None:
    law = question("law", fixed=True)
    found = to_go(asked(law, held=[{"question": "law", "at_most": 0}]), {"law": proven(0)})
    assert found.plan is None
    assert len(found.bars) == 1


def test_conditions_that_only_together_stand_in_the_way_are_named_together() -> None:
    """While b is open the risk has no level; answered, it is moderate at least: 5 x 1."""
    questionnaire = risky(
        level="moderate", held=[{"unknown": "gates"}, {"question": "b", "at_most": 0}]
    )
    found = to_go(questionnaire, {"a": 0, "b": "unknown"})
    assert found.plan is None
    assert [(type(bar.condition), bar.alone) for bar in found.bars] == [
        (RiskCondition, False),
        (UnknownCondition, False),
    ]


def test_the_best_that_can_be_reached_is_named_where_the_target_cannot() -> None:
    questionnaire = method(
        axis("x", dimension("d", 1, question("a"), question("law", fixed=True))),
        decided=decision(
            verdict("keep", "against", {"question": "a", "at_most": 0}),
            verdict("wait", "later", {"question": "law", "at_most": 3}),
            verdict("go", "favour"),
        ),
    )
    found = to_go(questionnaire, {"a": 0, "law": 3})
    assert found.plan is None
    assert found.reachable == questionnaire.decision.verdicts[1]


# The shipped method


def test_the_next_better_verdict_is_meant_where_none_is_named() -> None:
    order = example(EXAMPLES[0]).questionnaire.decision.verdicts
    for name in EXAMPLES:
        before = example(name)
        better = next_better(before)
        if before.ruling.verdict is not None:
            place = order.index(before.ruling.verdict)
            assert better == (order[place + 1] if place + 1 < len(order) else None)


@pytest.mark.parametrize("name", ["pricing-analysis.yaml", "content-moderation.yaml"])
def test_gates_come_first_and_then_the_steps_of_the_course(name: str) -> None:
    before = example(name)
    plan = plan_to(before, before.questionnaire.decision.verdicts[-1]).plan
    assert plan is not None
    steps = [step.id for step in before.questionnaire.steps]
    ranks = [
        (not work.gate, steps.index(work.step) if work.step else len(steps)) for work in plan.works
    ]
    assert ranks == sorted(ranks)
    assert len(ranks) > 3


@pytest.mark.parametrize("name", ["pricing-analysis.yaml", "payroll.yaml"])
def test_less_effort_than_the_least_does_not_reach_the_verdict(name: str) -> None:
    before = example(name)
    target = before.questionnaire.decision.verdicts[-1]
    plan = plan_to(before, target).plan
    assert plan is not None
    enough = best_within(before, Decimal(int(plan.effort))).plan
    less = best_within(before, Decimal(int(plan.effort) - 1)).plan
    assert enough is not None
    assert less is not None
    assert enough.after.ruling.id == target.id
    assert less.after.ruling.id != target.id


def test_a_budget_buys_nothing_where_nothing_is_gained() -> None:
    """Finding out that a is at 0 turns no candidacy into one of nought, which is no gain."""
    questionnaire = asked(question("a"), held=[{"question": "a", "at_most": 0}])
    before = assess(process({}), questionnaire)
    assert before.scorecard.candidacy.value is None
    assert best_within(before, Decimal(1)).plan == plan_of(before, ())
