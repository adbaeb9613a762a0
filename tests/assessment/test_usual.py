"""What is usual of a function and missing from a description is pointed out, and changes no score."""

from pathlib import Path
from typing import Any

import pytest

from bpo_assess.assessment import assess
from bpo_assess.diagnostics import Severity
from bpo_assess.loading.functions import KnownFunctions
from bpo_assess.loading.read import read_draft, read_functions
from bpo_assess.model.functions import Function
from builders import process
from running import run
from shipped import EXAMPLES, method_of

PAYROLL = next(f for f in read_functions().functions if f.id == "payroll")


def noticed(function: Function | None = PAYROLL, **stated: Any) -> dict[str, str]:
    described = process(stated.pop("answers", {}), function="payroll", **stated)
    found = assess(described, method_of("readiness"), function=function).findings
    assert {f.severity for f in found if f.code >= "BPO408"} <= {Severity.NOTE}
    return {finding.code: finding.message for finding in found}


def test_usual_kpis_and_rules_that_are_missing_are_named() -> None:
    found = noticed()
    assert "Payroll accuracy" in found["BPO408"]
    assert "SOC 1" in found["BPO409"]


def test_what_is_stated_in_other_words_is_recognised() -> None:
    kpis = [
        {"name": "Accuracy of the payroll, monthly"},
        {"name": "Resolution of inquiries in two days"},
    ]
    found = noticed(
        kpis=kpis, regulations=["Tax law", "EU GDPR", "SOC 1 report", "wage and hour rules"]
    )
    assert "Payroll accuracy" not in found["BPO408"]
    assert "Inquiry resolution" in noticed()["BPO408"]
    assert "GDPR" not in found.get("BPO409", "")


@pytest.mark.parametrize(("level", "noted"), [(4, False), (3, False), (2, True), (0, True)])
def test_an_answer_far_from_what_is_typical_is_pointed_out(level: int, noted: bool) -> None:
    assert ("BPO410" in noticed(answers={"commodity-sameness": level})) == noted


def test_without_a_function_nothing_is_compared() -> None:
    assert not {"BPO408", "BPO409", "BPO410"} & set(noticed(function=None))


def test_the_catalogue_changes_no_figure() -> None:
    described = process({"commodity-sameness": 1, "scale": 3}, function="payroll")
    with_it = assess(described, method_of("readiness"), function=PAYROLL)
    without = assess(described, method_of("readiness"))
    assert with_it.scorecard == without.scorecard
    assert with_it.ruling == without.ruling


def test_an_unknown_function_is_noted_with_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "format: bpo-assess/process/v1\nid: p\nname: P\nfunction: pay-roll\n", encoding="utf-8"
    )
    function, (note,) = KnownFunctions().of(read_draft(str(path)))
    assert function is None
    assert (note.code, note.severity) == ("BPO307", Severity.NOTE)
    assert note.hint == "did you mean `payroll`?"
    assert run("check", "p.yaml", cwd=tmp_path).code == 0


def test_every_example_names_a_function_that_is_known() -> None:
    for name in EXAMPLES:
        assert "BPO307" not in run("check", f"examples/{name}").out
