"""A check as JUnit XML: read by any parser, with totals that are right, red where the gate is closed."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from bpo_assess.diagnostics import Severity
from bpo_assess.gate.finding import CheckedFile
from bpo_assess.gate.run import Run
from checked import checked, problem, run_of
from generated_runs import HOSTILE, accepted, finding, known, runs, written

OUTCOMES = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def suites_of(run: Run) -> ET.Element:
    """Render a check, read it again, and recount its totals."""
    root = ET.fromstring(written("junit", run).encode())  # noqa: S314  our own text
    assert root.tag == "testsuites"
    for level in [root, *root]:
        cases = level.findall(".//testcase")
        assert level.get("tests") == str(len(cases))
        assert cases
        for total, tag in OUTCOMES.items():
            assert level.get(total) == str(sum(case.find(tag) is not None for case in cases))
    for suite in root:
        names = [case.get("name") for case in suite]
        assert len(set(names)) == len(names)
        assert all(len(case) <= 1 for case in suite)
    return root


def cases_of(file: CheckedFile) -> list[ET.Element]:
    (suite,) = suites_of(run_of(file))
    assert suite.get("name") == file.uri
    return list(suite)


def outcome(case: ET.Element) -> str:
    return case[0].tag if len(case) else "passed"


def test_what_fails_is_a_failure_with_its_place() -> None:
    (case,) = cases_of(checked("a.yaml", problem("BPO501", hint="mend it")))
    assert case.attrib == {
        "name": "BPO501 verdict-below-requirement: steps/1",
        "classname": "a.yaml",
        "file": "a.yaml",
        "line": "7",
        "time": "0.000",
    }
    assert case[0].tag == "failure"
    assert case[0].attrib == {"type": "error", "message": "step `Enter` lacks instructions"}
    assert case[0].text == (
        "a.yaml:7:11: error[BPO501] step `Enter` lacks instructions\nHelp: mend it"
    )


def test_what_does_not_fail_is_told_without_turning_red() -> None:
    (case,) = cases_of(checked("a.yaml", problem()))
    assert outcome(case) == "system-out"
    assert str(case[0].text).startswith("a.yaml:7:11: warning[BPO412]")
    (strict,) = cases_of(checked("a.yaml", problem(), fail_on=Severity.WARNING))
    assert outcome(strict) == "failure"


def test_what_a_team_lives_with_is_skipped_with_the_reason() -> None:
    first, second = cases_of(
        checked("a.yaml", findings=[accepted(finding("BPO501")), known(finding("BPO502"))])
    )
    assert first[0].attrib == {
        "message": "accepted by a.smith until 2027-01-31: the pilot comes first (OPS-7)"
    }
    assert second[0].attrib == {"message": "known: it stands in the baseline"}


def test_a_file_that_cannot_be_used_is_an_error() -> None:
    file = checked("a.yaml", problem("BPO103"), problem("BPO408"), usable=False)
    assert [outcome(case) for case in cases_of(file)] == ["error", "system-out"]
    assert [outcome(case) for case in cases_of(checked("a.yaml", usable=False))] == ["error"]


def test_a_demand_that_is_met_is_a_case_that_passes() -> None:
    file = checked("a.yaml", problem("BPO501"), demanded=("BPO501", "BPO505"))
    assert [(case.get("name"), outcome(case)) for case in cases_of(file)] == [
        ("BPO501 verdict-below-requirement: steps/1", "failure"),
        ("BPO505 coverage-below-requirement", "passed"),
    ]


def test_findings_of_one_rule_have_names_of_their_own() -> None:
    twice = checked("a.yaml", problem("BPO501"), problem("BPO501"))
    assert [case.get("name") for case in cases_of(twice)] == [
        "BPO501 verdict-below-requirement: steps/1",
        "BPO501 verdict-below-requirement: steps/1 (2)",
    ]


def test_a_file_without_anything_passes() -> None:
    assert [outcome(case) for case in cases_of(checked())] == ["passed"]


@pytest.mark.parametrize("unchecked", [0, 3])
def test_a_check_of_nothing_is_red(unchecked: int) -> None:
    run = run_of()
    run.tally.unchecked = unchecked
    assert suites_of(run).get("errors") == "1"


def test_texts_lose_what_xml_cannot_hold_and_nothing_else() -> None:
    (case,) = cases_of(checked("a.yaml", problem("BPO501", HOSTILE, hint="two\nlines")))
    message, body = case[0].get("message"), case[0].text
    assert message is not None
    assert body is not None
    assert message.startswith("]]> <b>&amp;</b> & \" ' \\x00\\x07\\x1b[31m \\x85\\x9f \\ud83d")
    assert "\U0001f600 \\u2028\\u202e" in message
    assert message in body
    assert not {"\ufffe", "\uffff"} & set(message)
    assert body.endswith("\nHelp: two lines")


@given(runs())
def test_every_report_is_read_and_red_where_the_gate_is_closed_and_nowhere_else(run: Run) -> None:
    root = suites_of(run)
    red = int(root.get("failures", 0)) + int(root.get("errors", 0))
    assert (red > 0) == (run.tally.code != 0)
