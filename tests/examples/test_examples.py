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


def test_there_are_at_least_eight_and_one_of_three_lines() -> None:
    assert len(EXAMPLES) >= 8
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
