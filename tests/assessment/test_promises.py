"""What holds for every method and every set of answers."""

import copy
import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.scoring import Index
from bpo_assess.reports import json as json_report
from bpo_assess.reports import markdown
from builders import RISK_LEVELS, process
from strategies import Given, given_cases, levels


def rank(assessment: Assessment, key: str) -> int:
    return [v.id for v in assessment.questionnaire.decision.verdicts].index(key)


def indices(assessment: Assessment) -> list[Index]:
    card = assessment.scorecard
    return [card.candidacy, *(a.index for a in card.axes), *(d.index for d in card.dimensions)]


def judge(case: Given, **changed: object) -> Assessment:
    return assess(case.process(**changed), case.shape.method())


@given(given_cases())
def test_every_index_lies_within_its_range(case: Given) -> None:
    for index in indices(judge(case)):
        if index.value is not None:
            assert index.low is not None
            assert index.high is not None
            assert 0 <= index.low <= index.value <= index.high <= 100
        if index.coverage is not None:
            assert 0 <= index.coverage <= 1


@given(given_cases())
def test_contributions_add_up_to_the_candidacy(case: Given) -> None:
    card = judge(case).scorecard
    gained = sum((q.contribution or Fraction() for q in card.questions), Fraction())
    lost = sum((q.forgone or Fraction() for q in card.questions), Fraction())
    if card.exact_candidacy is None:
        assert gained == lost == 0
    else:
        assert gained == card.exact_candidacy
        assert gained + lost == 100


@given(given_cases(), levels, st.data())
def test_a_better_answer_never_gives_a_worse_verdict(
    case: Given, level: int, data: st.DataObject
) -> None:
    answered = [
        key
        for key, answer in case.answers.items()
        if isinstance(answer, dict) and "level" in answer
    ]
    if not answered:
        return
    key = data.draw(st.sampled_from(answered))
    lower, higher = sorted((level, case.answers[key]["level"]))
    worse = judge(case, **{key: case.answers[key] | {"level": lower}})
    better = judge(case, **{key: case.answers[key] | {"level": higher}})
    for one, other in (
        (worse.ruling.worst, better.ruling.worst),
        (worse.ruling.best, better.ruling.best),
        (worse.ruling.verdict, better.ruling.verdict),
    ):
        if one is not None and other is not None:
            assert rank(worse, one.id) <= rank(better, other.id)


@given(given_cases(), st.data())
def test_whatever_the_open_answers_turn_out_to_be_the_verdict_lies_between_worst_and_best(
    case: Given, data: st.DataObject
) -> None:
    before = judge(case)
    opened = [key for key, answer in case.answers.items() if answer in (None, "unknown")]
    filled = {
        key: {
            "level": data.draw(levels),
            **data.draw(st.sampled_from([{}, {"evidence": "proof.md"}])),
        }
        for key in opened
    }
    after = judge(case, **filled)
    assert after.ruling.firm
    worst, best = rank(before, before.ruling.worst.id), rank(before, before.ruling.best.id)
    assert worst <= rank(after, after.ruling.id) <= best
    if before.ruling.verdict is not None:
        assert worst <= rank(before, before.ruling.id) <= best
    if before.ruling.firm:
        assert after.ruling.id == before.ruling.id
    for open_index, closed_index in zip(indices(before), indices(after), strict=True):
        if closed_index.value is not None:
            assert open_index.low is not None
            assert open_index.high is not None
            assert open_index.low <= closed_index.value <= open_index.high


@given(given_cases(), st.data())
def test_unknown_is_never_better_than_the_best_answer_nor_than_worst_allows(
    case: Given, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(case.answers)))
    unknown = judge(case, **{key: "unknown"})
    best = judge(case, **{key: {"level": 4, "evidence": "proof.md"}})
    worst = judge(case, **{key: 0})
    assert rank(worst, worst.ruling.worst.id) >= rank(unknown, unknown.ruling.worst.id)
    assert rank(unknown, unknown.ruling.best.id) <= rank(best, best.ruling.best.id)
    for without, with_best, with_worst in zip(
        indices(unknown), indices(best), indices(worst), strict=True
    ):
        if without.high is not None:
            assert with_best.high == without.high
            assert with_worst.low == without.low


@given(given_cases())
def test_residual_risk_never_exceeds_inherent_risk(case: Given) -> None:
    order = RISK_LEVELS.index
    for risk in judge(case).risks:
        for view in (risk.known, risk.worst, risk.best):
            if view.inherent is not None:
                assert view.residual is not None
                assert view.planned_residual is not None
                assert order(view.planned_residual) <= order(view.residual) <= order(view.inherent)
        if risk.known.likelihood is not None:
            assert risk.best.likelihood is not None
            assert risk.worst.likelihood is not None
            assert 1 <= risk.best.likelihood <= risk.known.likelihood <= risk.worst.likelihood <= 5


def essence(assessment: Assessment) -> object:
    """Take what must not depend on the order or scale of anything."""
    card = assessment.scorecard
    return (
        assessment.ruling.id,
        assessment.ruling.worst.id,
        assessment.ruling.best.id,
        sorted(reason.id for reason in assessment.ruling.reasons if not reason.parts),
        card.candidacy,
        card.evidence_share,
        {a.axis.id: a.index for a in card.axes},
        {d.dimension.id: d.index for d in card.dimensions},
        {q.response.question.id: q.contribution for q in card.questions},
        {r.risk.id: (r.known, r.worst, r.best) for r in assessment.risks},
    )


@given(given_cases(), st.randoms(use_true_random=False))
def test_the_order_of_questions_and_answers_means_nothing(
    case: Given, shuffler: random.Random
) -> None:
    shape = copy.deepcopy(case.shape)
    shuffler.shuffle(shape.axes)
    for part in shape.axes:
        shuffler.shuffle(part["dimensions"])
        for group in part["dimensions"]:
            shuffler.shuffle(group["questions"])
    shuffler.shuffle(shape.risks)
    answers = list(case.answers.items())
    shuffler.shuffle(answers)
    shuffled = assess(process(dict(answers), controls=case.controls[::-1]), shape.method())
    assert essence(shuffled) == essence(judge(case))


@given(given_cases(), st.sampled_from([2, 3, 0.5, 12.5]))
def test_weights_mean_only_their_ratios(case: Given, factor: float) -> None:
    shape = copy.deepcopy(case.shape)
    for part in shape.axes:
        for group in part["dimensions"]:
            group["weight"] *= factor
            for entry in group["questions"]:
                entry["weight"] *= factor
    for risk in shape.risks:
        risk["drivers"] = {key: weight * factor for key, weight in risk["drivers"].items()}
    rescaled = assess(case.process(), shape.method())
    assert essence(rescaled) == essence(judge(case))


@given(given_cases())
def test_the_same_input_gives_the_same_bytes(case: Given) -> None:
    for render in (json_report.render, markdown.render):
        assert render([judge(case)]) == render([judge(case)])
