"""What a description leaves out or contradicts is found by a gate, at its place, and changes no score."""

from datetime import date
from typing import Any

import pytest

from bpo_assess.assessment import assess, examine
from bpo_assess.assessment.gaps import MOST_FINDINGS, limited
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.loading.functions import KnownFunctions
from builders import process
from shipped import DAY, method_of

STEP = {
    "name": "Enter",
    "role": "Clerk",
    "inputs": ["invoice"],
    "outputs": ["posting"],
    "instructions": "Key the invoice into the ledger.",
}
KPI = {
    "name": "In time",
    "formula": "in time / all",
    "unit": "%",
    "direction": "up",
    "baseline": 88,
    "target": 97,
    "measured": "monthly",
    "owner": "Team lead",
}


def found(
    as_of: date | None = DAY, answers: dict[str, Any] | None = None, **stated: Any
) -> dict[str, KeyPath]:
    """Look for gaps; leave aside the questions that decide alone, which nobody answers here."""
    described = process(answers or {}, **{"reviewed": "2026-09-01", **stated})
    function = KnownFunctions().by_id.get(described.function or "")
    examined = examine(described, method_of("readiness"), as_of, function)
    scored = assess(described, method_of("readiness"), as_of, function=function)
    usual = {finding.code for finding in scored.findings}
    return {
        finding.code: finding.path
        for finding in examined.findings
        if finding.code not in usual | {"BPO427"}
    }


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in STEP.items() if name != key}


def test_what_is_complete_has_no_gap() -> None:
    exception = {"name": "Differs", "rule": "Ask the buyer.", "owner": "Team lead"}
    assert found(steps=[STEP | {"exceptions": [exception]}], kpis=[KPI]) == {}


@pytest.mark.parametrize(
    ("key", "code"),
    [("role", "BPO411"), ("instructions", "BPO412"), ("inputs", "BPO413"), ("outputs", "BPO414")],
)
def test_a_step_says_who_how_from_what_and_to_what(key: str, code: str) -> None:
    assert found(steps=[STEP, without(key)])[code] == ("steps", 1, "name")


def test_a_placeholder_says_nothing() -> None:
    assert "BPO413" in found(steps=[STEP | {"inputs": ["tbd"]}])
    assert "BPO418" in found(kpis=[KPI | {"formula": "n/a"}])


@pytest.mark.parametrize(("key", "code"), [("rule", "BPO415"), ("owner", "BPO416")])
def test_an_exception_has_a_rule_and_an_owner(key: str, code: str) -> None:
    exception = {"name": "Differs", "rule": "Ask the buyer.", "owner": "Team lead"}
    lacking = {name: value for name, value in exception.items() if name != key}
    gap = found(steps=[STEP | {"exceptions": [exception, lacking]}])
    assert gap == {code: ("steps", 0, "exceptions", 1)}


@pytest.mark.parametrize(
    ("stated", "wrong"),
    [
        ({"accountable": "Team lead"}, False),
        ({"accountable": ["Team lead", "Controller"]}, True),
        ({"role": ["Clerk", "Robot"]}, True),
        ({"role": ["Clerk", "Robot"], "accountable": "Team lead"}, False),
        ({"accountable": "tbd"}, True),
    ],
)
def test_exactly_one_role_answers_for_a_step(stated: dict[str, Any], wrong: bool) -> None:
    assert ("BPO417" in found(steps=[STEP | stated])) == wrong


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"accountable": "tbd"}, "nobody is accountable for step `Enter`"),
        ({"accountable": ["A", "B", "tbd"]}, "2 roles are accountable for step `Enter`"),
    ],
)
def test_only_roles_that_say_something_are_counted(stated: dict[str, Any], said: str) -> None:
    findings = examine(process({}, steps=[STEP | stated]), method_of("readiness"), DAY).findings
    assert [finding.message for finding in findings if finding.code == "BPO417"] == [said]


def test_a_step_without_any_role_is_one_finding() -> None:
    gaps = found(steps=[without("role")])
    assert "BPO411" in gaps
    assert "BPO417" not in gaps


@pytest.mark.parametrize("key", ["formula", "unit", "baseline", "target", "measured", "owner"])
def test_a_kpi_is_complete(key: str) -> None:
    lacking = {name: value for name, value in KPI.items() if name != key}
    assert found(kpis=[KPI, lacking])["BPO418"] == ("kpis", 1, "name")


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "wrong"),
    [
        ("up", 88, 97, False),
        ("up", 97, 88, True),
        ("up", 97, 97, False),
        ("down", 97, 88, False),
        ("down", 0.5, 1.5, True),
        ("down", "about 3", 9, False),
        ("up", "97 %", "88 %", True),
        ("up", "97%", "88 %", True),
        ("up", "97 %", "97.5 %", False),
        ("up", "97 %", 88, True),
        ("up", "97 percent", "88", True),
        ("up", "97,5 %", "88,0 %", True),
        ("up", "1,5", "0,5", True),
        ("up", "1,500", "1.6", False),
        ("up", "1.500", "1.6", False),
        ("down", "1.600,00", "1.700,00", False),
        ("down", "3 days", "5 days", True),
        ("down", "3 days", "5 Days", True),
        ("down", "3 days", "72 hours", False),
        ("down", "3 days", 5, False),
        ("up", 97, ">= 88", True),
        ("up", "> 97 %", "\u2265 88 %", True),
        ("up", "97-99", "88-90", False),
        ("up", "97 of 100", "88 of 100", False),
        ("up", "-1", "-2", True),
        ("up", "- 1", "- 2", False),
        ("up", "9" * 61, 1, False),
        ("up", "nan", "inf", False),
        ("up", "97 %", "tbd", False),
    ],
)
def test_a_target_is_no_worse_than_today(
    direction: str, baseline: object, target: object, wrong: bool
) -> None:
    kpi = KPI | {"direction": direction, "baseline": baseline, "target": target}
    assert ("BPO419" in found(kpis=[kpi])) == wrong


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"reviewed": "2024-11-01"}, None),
        ({"reviewed": "2024-10-01"}, "BPO406"),
        ({"reviewed": "2024-09-30", "next_review": "2027-01-01"}, None),
        ({"reviewed": None}, "BPO420"),
        ({"reviewed": None, "documents": [{"title": "A", "reviewed": "2026-01-01"}]}, None),
    ],
)
def test_a_description_is_reviewed_and_the_review_is_no_older_than_two_years(
    stated: dict[str, Any], code: str | None
) -> None:
    stated = {"reviewed": "2026-09-01", **stated}
    described = {key: value for key, value in stated.items() if value is not None}
    gaps = {
        finding.code
        for finding in examine(process({}, **described), method_of("readiness"), DAY).findings
    }
    assert gaps & {"BPO406", "BPO420"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("dated", "as_of", "stale"),
    [
        ("2024-11-01", DAY, False),
        ("2024-10-01", DAY, True),
        ("2024-10-02", DAY, False),
        ("2020-01-01", None, False),
    ],
)
def test_evidence_is_no_older_than_two_years(dated: str, as_of: date | None, stale: bool) -> None:
    proof = {"path": "plan.md", "dated": dated}
    gaps = found(as_of, {"exit-plan": {"level": 3, "evidence": proof}})
    place = ("answers", "exit-plan", "evidence", 0, "dated")
    assert gaps == ({"BPO424": place} if stale else {})
    control = {"id": "client-owned-measurement", "status": "in-place", "evidence": proof}
    assert ("BPO424" in found(as_of, controls=[control])) == stale


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (2, False),
        (3, True),
        (4, True),
        ({"level": 3, "evidence": "tbd"}, True),
        ({"level": 3, "evidence": "plans/exit.md"}, False),
    ],
)
def test_from_a_level_on_an_answer_needs_evidence(answer: object, asked: bool) -> None:
    gaps = found(answers={"exit-plan": answer})
    assert gaps == ({"BPO426": ("answers", "exit-plan")} if asked else {})


def test_a_question_that_decides_alone_is_not_left_open() -> None:
    method = method_of("readiness")
    answers = {"protocol-documented": "unknown", "exit-plan": "unknown"}
    findings = examine(process(answers), method, DAY).findings
    asked = {f.message.split("`")[1]: f for f in findings if f.code == "BPO427"}
    assert "exit-plan" not in asked
    assert asked["protocol-documented"].path == ("answers", "protocol-documented")
    assert asked["regulatory-permissibility"].path == ("answers", "regulatory-permissibility")
    assert "nobody has answered" in asked["regulatory-permissibility"].message


@pytest.mark.parametrize(
    ("answer", "stated", "denied"),
    [
        ({"workforce-impact": 4}, {"staff_fte": 12, "steps": [STEP]}, True),
        ({"workforce-impact": 3}, {"staff_fte": 12, "steps": [STEP]}, False),
        ({"workforce-impact": 4}, {"staff_fte": 12, "steps": [STEP | {"stays": True}]}, False),
        ({"workforce-impact": 4}, {"steps": [STEP]}, False),
        ({"remote-deliverability": 4}, {"steps": [STEP | {"on_site": True}]}, True),
        (
            {"remote-deliverability": 4},
            {"steps": [STEP | {"on_site": True, "stays": True}]},
            False,
        ),
        ({"data-sensitivity": 4}, {"function": "payroll"}, True),
        ({"data-sensitivity": 1}, {"function": "payroll"}, False),
        ({"data-sensitivity": 4}, {}, False),
    ],
)
def test_a_fact_can_deny_an_answer(
    answer: dict[str, Any], stated: dict[str, Any], denied: bool
) -> None:
    (key,) = answer
    gaps = found(answers=answer, **stated)
    assert gaps.get("BPO428") == (("answers", key) if denied else None)


def test_harmless_data_is_not_believed_of_a_payroll() -> None:
    harmless = [{"class": "confidential", "what": "rosters"}]
    assert found(function="payroll", data=harmless)["BPO428"] == ("data",)
    personal = [*harmless, {"class": "personal", "what": "names"}]
    assert "BPO428" not in found(function="payroll", data=personal)


def test_evidence_goes_by_what_it_proves_wherever_it_stands_in_its_list() -> None:
    proof = {"path": "plan.md", "dated": "2020-01-01"}
    control = {"id": "client-owned-measurement", "status": "in-place", "evidence": ["a.md", proof]}
    described = process({"exit-plan": {"level": 3, "evidence": proof}}, controls=[control])
    findings = examine(described, method_of("readiness"), DAY).findings
    stale = {finding.path: finding.subject for finding in findings if finding.code == "BPO424"}
    assert stale == {
        ("answers", "exit-plan", "evidence", 0, "dated"): "answers/exit-plan",
        ("controls", 0, "evidence", 1, "dated"): "controls/client-owned-measurement",
    }


def test_of_very_many_gaps_of_one_kind_the_first_are_given_and_the_others_counted() -> None:
    steps = [{"name": f"Step {n}", "role": "Clerk"} for n in range(MOST_FINDINGS + 5)]
    findings = examine(process({}, steps=steps), method_of("readiness"), DAY).findings
    for code in ("BPO412", "BPO413", "BPO414"):
        messages = [finding.message for finding in findings if finding.code == code]
        assert len(messages) == MOST_FINDINGS + 1
        assert messages[-1] == "5 more findings of this kind are left out"


def test_findings_that_are_left_out_are_as_grave_as_those_that_are_given() -> None:
    grave = Diagnostic("BPO421", Severity.ERROR, "gone")
    light = Diagnostic("BPO420", Severity.NOTE, "light")
    given = list(limited([light, *[grave] * (MOST_FINDINGS + 1)]))
    assert given[:-1] == [light, *[grave] * MOST_FINDINGS]
    assert (given[-1].code, given[-1].severity) == ("BPO421", Severity.ERROR)
    assert list(limited([grave] * MOST_FINDINGS)) == [grave] * MOST_FINDINGS


def test_what_a_kpi_lacks_is_said_in_words_and_how_to_add_it_in_keys() -> None:
    described = process({}, kpis=[{"name": "Slow", "baseline": "1", "target": "2", "unit": "days"}])
    gap = next(f for f in examine(described, method_of("readiness")).findings if f.code == "BPO418")
    assert gap.message == "KPI `Slow` has no formula, frequency or owner"
    assert gap.hint == "add `formula:`, `measured:`, `owner:`"
