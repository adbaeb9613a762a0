"""A method with other axes, ids, words and verdicts works in every report, and nothing of ours shows."""

import json
from pathlib import Path

import pytest

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.loading.read import read_questionnaire
from builders import process
from rendering import rendered

METHOD = Path(__file__).parents[1] / "methods" / "cleaning-contract.yaml"

OURS = ["suitability", "readiness", "keep-in-house", "outsource", "moderate", "critical", "strong"]


def judged(answers: dict[str, object], **more: object) -> Assessment:
    return assess(process(answers, **more), read_questionnaire(str(METHOD)).questionnaire)


@pytest.fixture
def weak() -> Assessment:
    """Dirty wards: likelihood 1 + 4 x (1 - (0.6 x 1 + 0.4 x 1) / 4) = 4; impact 1 + 4 x 1/2 = 3."""
    return judged(
        {"area-list": 2, "access-hours": 1, "visible-result": 1, "inspector": 1, "local-bidders": 2}
    )


def test_the_verdict_is_its_own(weak: Assessment) -> None:
    assert weak.ruling.id == "tender-later"
    assert [reason.id for reason in weak.ruling.reasons] == ["tender-later/areas"]
    assert weak.risks[0].known.inherent == "watch"


def test_the_candidacy_is_the_mean_of_its_three_axes(weak: Assessment) -> None:
    """Areas (50 + 25) / 2 = 37.5, standard 25: need (3 x 37.5 + 2 x 25) / 5 = 32.5; supply 50; house 25.

    candidacy = (32.5 + 50 + 25) / 3 = 35.8333 -> 35.8
    """
    assert str(weak.scorecard.candidacy.value) == "35.8"


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_every_report_speaks_its_language(weak: Assessment, form: str) -> None:
    text = rendered(weak, form)
    for word in ("Tender later", "Dirty wards", "Steering"):
        assert word.lower() in text.lower()
    lowered = text.lower()
    assert [word for word in OURS if word in lowered] == []


def test_nothing_known_comes_back() -> None:
    assert json.loads(rendered(judged({}), "json"))["verdict"]["id"] == "undetermined"


def test_a_gate_that_is_closed_decides_whatever_else_is_open() -> None:
    ruling = judged({"local-bidders": 0}).ruling
    assert ruling.id == "clean-yourself"
    assert ruling.firm


def test_facts_answer_where_a_measure_is_named() -> None:
    assert judged({}, owner="Head of Facilities").responses["inspector"].level == 3
