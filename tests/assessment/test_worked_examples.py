"""Assessments recomputed by hand: each docstring shows the arithmetic, each test the printed digits."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.scoring import Index
from bpo_assess.documents import parse
from bpo_assess.loading.read import read_process, read_questionnaire
from bpo_assess.model.process import ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire
from builders import (
    MATRIX,
    axis,
    decision,
    dimension,
    judged,
    method,
    process,
    question,
    verdict,
)

ROOT = Path(__file__).parents[2]


def index_of(assessment: Assessment, key: str) -> Decimal | None:
    card = assessment.scorecard
    found = {a.axis.id: a.index.value for a in card.axes}
    found |= {d.dimension.id: d.index.value for d in card.dimensions}
    return found[key]


def index(value: str, low: str, high: str, coverage: str) -> Index:
    return Index(Decimal(value), Decimal(low), Decimal(high), Decimal(coverage))


def two_axes(**more: object) -> Questionnaire:
    """Two axes: `worth` with prices (3) and market (1), `ready` with papers (1)."""
    return method(
        axis(
            "worth",
            dimension("prices", 3, question("saving", weight=2), question("offer")),
            dimension("market", 1, question("suppliers")),
        ),
        axis("ready", dimension("papers", 1, question("written"), question("owned", weight=3))),
        decided=decision(
            verdict("no", "against", {"question": "saving", "at_most": 0}),
            verdict("later", "later", {"axis": "ready", "below": 50}),
            verdict("yes", "favour"),
        ),
        **more,
    )


def test_scores_of_two_axes_are_weighted_means_of_weighted_means() -> None:
    """Work out every index from its levels.

    prices = (2 x 25 x 3 + 1 x 25 x 2) / 3 = (150 + 50) / 3 = 66.666... -> 66.7
    market = 25 x 1 = 25
    worth  = (3 x 66.666... + 1 x 25) / 4 = (200 + 25) / 4 = 56.25 -> 56.3 (half up)
    papers = (1 x 25 x 4 + 3 x 25 x 2) / 4 = (100 + 150) / 4 = 62.5, and so is ready
    candidacy = (56.25 + 62.5) / 2 = 59.375 -> 59.4
    contribution of `saving` = 75 x (2/3 x 3/4 x 1/2) = 75 / 4 = 18.75
    """
    found = judged(two_axes(), saving=3, offer=2, suppliers=1, written=4, owned=2)
    assert index_of(found, "prices") == Decimal("66.7")
    assert index_of(found, "worth") == Decimal("56.3")
    assert index_of(found, "ready") == Decimal("62.5")
    assert found.scorecard.candidacy.value == Decimal("59.4")
    saving = found.scorecard.questions[0]
    assert saving.contribution == Fraction(75, 4)
    assert saving.forgone == Fraction(25, 4)
    assert found.ruling.id == "yes"
    assert found.ruling.firm


def test_an_open_question_is_left_out_of_the_value_and_sets_the_range() -> None:
    """Leave `offer` and `suppliers` open.

    prices: value = 75 (saving alone); low = (2 x 75 + 0) / 3 = 50; high = (2 x 75 + 100) / 3 = 83.333...
    market: no value; low 0, high 100
    worth: value = 75 (prices alone); low = (3 x 50 + 1 x 0) / 4 = 37.5;
           high = (3 x 83.333... + 100) / 4 = 350 / 4 = 87.5; coverage = (3 x 2/3 + 1 x 0) / 4 = 0.5
    candidacy: value = (75 + 62.5) / 2 = 68.75 -> 68.8; low = (37.5 + 62.5) / 2 = 50;
               high = (87.5 + 62.5) / 2 = 75; coverage = (0.5 + 1) / 2 = 0.75
    """
    found = judged(two_axes(), saving=3, suppliers="unknown", written=4, owned=2)
    worth = found.scorecard.axes[0].index
    assert worth == index("75", "37.5", "87.5", "0.5")
    assert found.scorecard.candidacy == index("68.8", "50", "75", "0.75")


def test_what_does_not_apply_leaves_every_weight() -> None:
    """Set `offer` aside: prices is `saving` alone, 75, and nothing is open in it."""
    questionnaire = method(
        axis(
            "worth",
            dimension(
                "prices", 1, question("saving", weight=2), question("offer", not_applicable=True)
            ),
        ),
        decided=decision(
            verdict("no", "against", {"question": "saving", "at_most": 0}),
            verdict("yes", "favour"),
        ),
    )
    found = judged(questionnaire, saving=3, offer={"not_applicable": "there is no offer"})
    assert found.scorecard.dimensions[0].index == index("75", "75", "75", "1")


def test_limits_are_compared_with_what_is_printed() -> None:
    """Reach 49.96 exactly: 49.96 prints as 50.0, and 50.0 is not below 50.

    One question of weight 1249 at 4 and one of weight 1251 at 0: 100 x 1249 / 2500 = 49.96.
    """
    questionnaire = method(
        axis("a", dimension("d", 1, question("q", weight=1249), question("r", weight=1251))),
        decided=decision(
            verdict("later", "later", {"axis": "a", "below": 50}), verdict("yes", "favour")
        ),
    )
    assert judged(questionnaire, q=4, r=0).ruling.id == "yes"


def test_a_risk_follows_from_its_drivers_and_its_proven_controls() -> None:
    """Work out one risk.

    drivers: saving (70) at 1, written (30) at 2: mean = (70 x 1 + 30 x 2) / 100 = 1.3
    likelihood = 1 + 4 x (1 - 1.3 / 4) = 1 + 4 - 1.3 = 3.7; cell 4
    impact driver: owned at 0: 1 + 4 x 1 = 5; cell 5; 4 x 5 is critical
    in place and proven, factor 0.5 on likelihood: 1 + 2.7 x 0.5 = 2.35; cell 2; 2 x 5 is high
    planned as well, factor 0.5 on impact: 1 + 4 x 0.5 = 3; 2 x 3 is moderate
    """
    controls = [
        {"id": "proof", "text": "P.", "acts_on": "likelihood", "factor": 0.5, "basis": "guidance"},
        {"id": "plan", "text": "P.", "acts_on": "impact", "factor": 0.5, "basis": "plausible"},
    ]
    risk = {
        "id": "drift",
        "title": "Drift",
        "text": "It drifts.",
        "drivers": {"saving": 70, "written": 30},
        "impact_drivers": {"owned": 100},
        "controls": controls,
    }
    questionnaire = two_axes(risks=[risk], risk_matrix=MATRIX)
    stated = [
        {"id": "proof", "status": "in-place", "evidence": "report.pdf"},
        {"id": "plan", "status": "planned"},
    ]
    answers = {"saving": 1, "written": 2, "owned": 0}
    known = assess(process(answers, controls=stated), questionnaire).risks[0].known
    assert known.inherent == "critical"
    assert known.residual == "high"
    assert known.residual_likelihood == Fraction("2.35")
    assert known.residual_impact == 5
    assert known.planned_residual == "moderate"


def test_a_textbook_table_of_weighted_factors_gives_the_textbooks_numbers() -> None:
    """Rate two places on five factors, as tables for choosing a location do.

    Weights .25 .05 .10 .39 .21; France 75 50 75 75 75, Denmark 50 50 75 75 75 in the steps of 25:
    France  = .25 x 75 + .05 x 50 + .10 x 75 + .39 x 75 + .21 x 75 = 18.75 + 2.5 + 7.5 + 29.25 + 15.75 = 73.75
    Denmark = .25 x 50 + .05 x 50 + .10 x 75 + .39 x 75 + .21 x 75 = 12.5 + 2.5 + 7.5 + 29.25 + 15.75 = 67.5
    """
    table = read_questionnaire(str(ROOT / "tests/methods/weighted-factors.yaml")).questionnaire
    france = judged(table, labour=3, congestion=2, income=3, tax=3, education=3)
    denmark = judged(table, labour=2, congestion=2, income=3, tax=3, education=3)
    assert france.scorecard.exact_candidacy == Fraction("73.75")
    assert france.scorecard.candidacy.value == Decimal("73.8")
    assert denmark.scorecard.candidacy.value == Decimal("67.5")
    assert [q.contribution for q in france.scorecard.questions] == [
        Fraction(text) for text in ("18.75", "2.5", "7.5", "29.25", "15.75")
    ]


def _guide() -> str:
    guide = (ROOT / "questionnaires/README.md").read_text(encoding="utf-8")
    return guide.split("```yaml\n")[1].split("```")[0]


def test_the_questionnaire_of_the_guide_as_its_guide_says() -> None:
    """Assess by the questionnaire in questionnaires/README.md, claiming more than the facts.

    One step, whose instruction is a placeholder: it supports level 0, so the claim 3 is lowered.
    description = 0; control = 50; readiness = (60 x 0 + 40 x 50) / 100 = 20
    drift: likelihood = 1 + 4 x (1 - (70 x 2 + 30 x 0) / 100 / 4) = 1 + 4 x 0.65 = 3.6; impact = 5;
           cells 4 and 5: high
    """
    questionnaire = Questionnaire.model_validate(parse(_guide().encode(), "guide").data)
    text = """
format: bpo-assess/process/v1
id: a
name: A
steps: [{name: x, instructions: TBD}]
answers: {written: 3, reviews: 2}
"""
    described = ProcessDescription.model_validate(parse(text.encode(), "a").data)
    found = assess(described, questionnaire)
    assert found.responses["written"].level == 0
    assert found.scorecard.candidacy.value == 20
    drift = found.risks[0].known
    assert (drift.likelihood, drift.impact) == (Fraction("3.6"), Fraction(5))
    assert drift.residual == "high"
    assert found.ruling.id == "wait"
    assert [finding.code for finding in found.findings] == ["BPO401", "BPO403"]


def test_the_shipped_example_data_entry_by_hand() -> None:
    """Recompute examples/data-entry.yaml from questionnaires/readiness.yaml.

    The levels stand in the order of the questionnaire, those of weight 2 doubled:
    strategic    (2x4 + 2x3 + 3 + 3 + 3 + 2x3 + 3) x 25 / 10 = 32 x 25 / 10 = 80
    economics    (3 + 2 + 2 + 3 + 2 + 2x3) x 25 / 7          = 18 x 25 / 7  = 64.2857
    separability (4 + 3 + 4 + 2x3 + 3) x 25 / 6              = 20 x 25 / 6  = 83.3333
    market       (2x4 + 3 + 2) x 25 / 4                      = 13 x 25 / 4  = 81.25
    suitability  = .35 x 80 + .30 x 64.2857 + .20 x 83.3333 + .15 x 81.25
                 = 28 + 19.2857 + 16.6667 + 12.1875 = 76.1399 -> 76.1

    protocol     (2x4 + 3 + 4 + 4 + 4 + 2x3) x 25 / 8 = 29 x 25 / 8 = 90.625
    maturity     (3 + 3 + 2x3 + 4 + 1 + 3) x 25 / 7   = 20 x 25 / 7 = 71.4286
    roles        (2x3 + 4 + 4 + 3 + 3) x 25 / 6       = 20 x 25 / 6 = 83.3333
    kpis         (2x4 + 4 + 4 + 4 + 3) x 25 / 6       = 23 x 25 / 6 = 95.8333
    governance   (2x3 + 3 + 2 + 3 + 1 + 3) x 25 / 7   = 18 x 25 / 7 = 64.2857
    data         (2 + 3 + 2x4 + 4 + 2) x 25 / 6       = 19 x 25 / 6 = 79.1667
    people       (3 + 2 + 3 + 3 + 3 + 3 + 3) x 25 / 7 = 20 x 25 / 7 = 71.4286
    readiness    = .22 x 90.625 + .14 x 71.4286 + .14 x 83.3333 + .18 x 95.8333
                   + .14 x 64.2857 + .10 x 79.1667 + .08 x 71.4286
                 = 19.9375 + 10 + 11.6667 + 17.25 + 9 + 7.9167 + 5.7143 = 81.4851 -> 81.5
    candidacy    = (76.1399 + 81.4851) / 2 = 78.8125 -> 78.8
    """
    found = _example("data-entry.yaml")
    printed = {
        "strategic": "80.0",
        "economics": "64.3",
        "separability": "83.3",
        "market": "81.3",
        "suitability": "76.1",
        "protocol": "90.6",
        "maturity": "71.4",
        "roles": "83.3",
        "kpis": "95.8",
        "governance": "64.3",
        "data": "79.2",
        "people": "71.4",
        "readiness": "81.5",
    }
    assert {key: index_of(found, key) for key in printed} == {
        key: Decimal(text) for key, text in printed.items()
    }
    assert found.scorecard.candidacy.value == Decimal("78.8")
    assert found.ruling.id == "outsource-with-conditions"


def test_two_risks_of_a_shipped_example_by_hand() -> None:
    """Recompute two risks of examples/data-entry.yaml from questionnaires/readiness.yaml.

    Lack of flexibility: stability 3 (35), change-control 3 (35), volume-predictability 4 (20),
    asset-specificity 3 (10): mean (105 + 105 + 80 + 30) / 100 = 3.2, likelihood 1 + 4 - 3.2 = 1.8;
    operational-importance 2 (50), switchability 3 (30), customer-visibility 3 (20):
    mean (100 + 90 + 60) / 100 = 2.5, impact 5 - 2.5 = 2.5; cells 2 and 3: moderate.

    Data breach: security-controls 3 (40), system-access 3 (30), supplier-assurance 2 (20),
    independent-verification 3 (10): mean (120 + 90 + 40 + 30) / 100 = 2.8, likelihood 5 - 2.8 = 2.2;
    data-sensitivity 2 (70), customer-visibility 3 (15), operational-importance 2 (15):
    mean (140 + 45 + 30) / 100 = 2.15, impact 5 - 2.15 = 2.85; cells 2 and 3: moderate.
    """
    found = {entry.risk.title: entry.known for entry in _example("data-entry.yaml").risks}
    rigid, breach = found["Lack of flexibility"], found["Data breach"]
    assert (rigid.likelihood, rigid.impact) == (Fraction("1.8"), Fraction("2.5"))
    assert (breach.likelihood, breach.impact) == (Fraction("2.2"), Fraction("2.85"))
    assert rigid.inherent == breach.inherent == "moderate"


def _example(name: str) -> Assessment:
    loaded = read_process(str(ROOT / "examples" / name))
    day = date(2026, 11, 1)
    return assess(loaded.process, read_questionnaire("readiness").questionnaire, day)
