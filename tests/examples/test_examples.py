"""The examples: they read like real descriptions, and everything they cite lies beside them."""

from pathlib import Path
from typing import Any

import pytest

from bpo_assess.loading.read import read_process
from shipped import EXAMPLES, ROOT, example

FOLDER = ROOT / "examples"
FULL = [name for name in EXAMPLES if name != "travel-expenses.yaml"]


def cited(value: Any) -> set[str]:
    """Collect every text that names a file in the evidence folder."""
    if isinstance(value, dict):
        return set().union(*map(cited, value.values()), set())
    if isinstance(value, list | tuple):
        return set().union(*map(cited, value), set())
    return {value} if isinstance(value, str) and value.startswith("evidence/") else set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_file_that_is_cited_lies_there(name: str) -> None:
    document = read_process(str(FOLDER / name)).document
    assert [path for path in cited(document.data) if not (FOLDER / path).is_file()] == []


def test_every_file_of_the_evidence_folder_is_cited() -> None:
    named = {
        path for name in EXAMPLES for path in cited(read_process(str(FOLDER / name)).document.data)
    }
    found = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("evidence/*/*")}
    assert found == named


@pytest.mark.parametrize("name", FULL)
def test_an_example_is_as_long_as_a_real_one(name: str) -> None:
    assert 120 <= len(Path(FOLDER / name).read_text(encoding="utf-8").split("\n")) <= 302


def test_there_are_at_least_fourteen_and_one_of_three_lines() -> None:
    assert len(EXAMPLES) >= 14
    assert len((FOLDER / "travel-expenses.yaml").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("name", FULL)
def test_an_example_describes_steps_measures_systems_and_data(name: str) -> None:
    process = example(name).process
    for part in (process.steps, process.kpis, process.systems, process.data, process.volume):
        assert part
    assert any(step.exceptions for step in process.steps)


@pytest.mark.parametrize("name", ["insurance-claims.yaml", "pricing-analysis.yaml"])
def test_work_that_stays_speaks_for_carving_it_out(name: str) -> None:
    assert "carve-out" in {course.id for course in example(name).advice.alternatives}


def test_the_voice_example_may_go_near_and_not_far() -> None:
    models = {
        model.id: model.fit.value
        for model in example("customer-service-voice.yaml").advice.delivery
    }
    assert models == {"offshore": "ruled-out", "nearshore": "favoured", "onshore": "possible"}


def test_payroll_is_critical_and_still_a_candidate() -> None:
    payroll = example("payroll.yaml")
    assert payroll.responses["operational-importance"].level == 1
    assert payroll.ruling.id == "outsource-with-conditions"


def test_superb_figures_do_not_make_up_for_a_missing_protocol() -> None:
    found = example("master-data-maintenance.yaml")
    kpis = next(d for d in found.scorecard.dimensions if d.dimension.id == "kpis")
    assert kpis.index.value is not None
    assert kpis.index.value >= 90
    assert found.ruling.id == "not-yet"


LESSONS = {
    "content-moderation.yaml": ("not-yet", False, {"carve-out"}),
    "group-accounting.yaml": (
        "outsource-with-conditions", True, {"carve-out", "shared-service-or-captive"},
    ),
    "indirect-procurement.yaml": ("not-yet", False, {"carve-out"}),
    "it-service-desk.yaml": ("outsource-with-conditions", True, {"carve-out"}),
    "legal-research.yaml": (
        "outsource-with-conditions", True, {"carve-out", "strategic-partnership"},
    ),
    "management-reports.yaml": (
        "outsource-with-conditions", True, {"automate-first", "eliminate-or-redesign"},
    ),
    "mortgage-processing.yaml": ("outsource-with-conditions", True, {"carve-out"}),
    "returns-processing.yaml": ("outsource", True, {"carve-out"}),
}  # fmt: skip
"""The verdict, whether it is firm, and the alternatives."""


@pytest.mark.parametrize("name", LESSONS)
def test_an_example_shows_what_it_is_there_for(name: str) -> None:
    found = example(name)
    courses = {course.id for course in found.advice.alternatives}
    assert (found.ruling.id, found.ruling.firm, courses) == LESSONS[name]


def fits(name: str) -> dict[str, str]:
    return {model.id: model.fit.value for model in example(name).advice.delivery}


def test_every_alternative_appears_in_an_example() -> None:
    method = example("payroll.yaml").questionnaire
    seen = {course.id for name in EXAMPLES for course in example(name).advice.alternatives}
    assert seen == {course.id for course in method.alternatives}


def test_every_fit_that_a_place_can_have_appears_in_an_example() -> None:
    seen = {fit for name in EXAMPLES for fit in fits(name).items()}
    every = {
        (place, fit)
        for place in fits("payroll.yaml")
        for fit in ("ruled-out", "possible", "favoured")
    }
    assert every - seen == {("onshore", "ruled-out")}  # nothing in the method rules it out


def test_work_on_the_goods_stays_near_them() -> None:
    assert fits("returns-processing.yaml") == {
        "offshore": "ruled-out",
        "nearshore": "ruled-out",
        "onshore": "favoured",
    }


def test_one_line_of_the_price_sheet_is_the_only_condition() -> None:
    found = example("it-service-desk.yaml")
    assert [reason.subject for reason in found.ruling.reasons] == ["incentive-alignment"]


def test_the_figures_of_a_series_are_those_of_the_description() -> None:
    """What the KPIs of a description state as today's value is the mean of the series beside it."""
    series = {
        "returns-processing": ("kpi-twelve-months.csv", {2: "41", 4: "96.4", 5: "88.3"}),
        "it-service-desk": ("kpi-2025-2026.csv", {2: "71.4", 3: "86.9", 4: "48", 6: "92.8"}),
        "content-moderation": ("quality-2026.csv", {2: "84", 3: "88", 4: "23", 5: "67"}),
        "legal-research": ("quality-2026.csv", {2: "91", 3: "11", 4: "83"}),
    }
    for name, (file, columns) in series.items():
        text = (FOLDER / "evidence" / name / file).read_text(encoding="utf-8")
        rows = [line.split(",") for line in text.strip().split("\n")[1:]]
        baselines = {kpi.baseline for kpi in example(f"{name}.yaml").process.kpis}
        for column, stated in columns.items():
            mean = sum(float(row[column]) for row in rows) / len(rows)
            assert stated in baselines
            assert float(stated) == pytest.approx(mean, abs=0.05)
