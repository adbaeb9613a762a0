"""A check as a code quality report: what GitLab shows beside a merge request."""

import json
from typing import Any

from hypothesis import given

from bpo_assess.diagnostics import Severity
from bpo_assess.gate.finding import CheckedFile, Status
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings.interchange import path_of
from checked import checked, problem, run_of
from generated_runs import HOSTILE, accepted, finding, known, runs, written


def report(*files: CheckedFile) -> list[dict[str, Any]]:
    return issues(run_of(*files))


def issues(run: Run) -> list[dict[str, Any]]:
    text = written("gitlab", run)
    assert text.endswith("]\n")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def test_an_issue_names_rule_place_and_what_to_do() -> None:
    file = checked("processes/a b.yaml", problem(hint="write how it is done", note="first step"))
    assert report(file) == [
        {
            "description": "step `Enter` lacks instructions. Note: first step. Help: write how it is done.",
            "check_name": "BPO412",
            "fingerprint": file.findings[0].fingerprint,
            "severity": "minor",
            "location": {"path": "processes/a b.yaml", "lines": {"begin": 7, "end": 7}},
        }
    ]


def test_without_findings_it_is_an_empty_array() -> None:
    assert written("gitlab", run_of(checked())) == "[]\n"


def test_what_a_team_lives_with_is_left_out() -> None:
    assert report(checked(findings=[accepted(finding()), known(finding())])) == []


def test_severities_have_the_names_of_gitlab() -> None:
    problems = [problem(severity=severity) for severity in Severity]
    assert [entry["severity"] for entry in report(checked("a.yaml", *problems))] == [
        "major",
        "minor",
        "info",
    ]
    broken = checked("a.yaml", *problems, usable=False)
    assert [entry["severity"] for entry in report(broken)] == ["critical", "minor", "info"]


def test_two_files_of_one_process_have_fingerprints_of_their_own() -> None:
    first, second = (checked(name, problem()) for name in ("a.yaml", "b.yaml"))
    one, other = report(first, second)
    assert one["fingerprint"] == first.findings[0].fingerprint
    assert other["fingerprint"] != one["fingerprint"]
    assert report(first, second)[1]["fingerprint"] == other["fingerprint"]


def test_a_finding_about_the_whole_file_stands_at_its_first_line() -> None:
    (whole,) = report(checked("./a.yaml", problem(span=None)))
    assert whole["location"] == {"path": "a.yaml", "lines": {"begin": 1, "end": 1}}


def test_a_cause_in_another_file_is_named_and_its_line_is_not_taken_for_one_here() -> None:
    (issue,) = report(checked("a.yaml", problem(file="methods/own.yaml")))
    assert issue["location"]["lines"]["begin"] == 1
    assert issue["description"].endswith("(in methods/own.yaml:7:11).")


def test_hostile_texts_stay_on_one_line_and_visible() -> None:
    (issue,) = report(checked("a.yaml", problem(message=HOSTILE)))
    assert "\n" not in issue["description"]
    assert "\\x1b[31m" in issue["description"]
    assert not {"\x1b", "\x85", "\u2028", "\u202e"} & set(issue["description"])


@given(runs())
def test_every_open_finding_is_there_once_under_its_own_fingerprint(run: Run) -> None:
    found = issues(run)
    opened = [f for file in run.files for f in file.findings if f.status is Status.OPEN]
    assert [entry["check_name"] for entry in found] == [f.diagnostic.code for f in opened]
    for entry in found:
        assert entry["location"]["path"]
        assert not entry["location"]["path"].startswith(("./", "/"))
        assert entry["location"]["lines"]["begin"] >= 1
    paths = [path_of(file) for file in run.files]
    if len(set(paths)) == len(paths):
        assert len({entry["fingerprint"] for entry in found}) == len(found)
