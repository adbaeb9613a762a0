"""A check as SARIF: valid by the standard, and with what code scanning asks for."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bpo_assess.diagnostics import Severity, Span
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.gate.finding import CheckedFile, Status
from bpo_assess.gate.outcome import tally
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style, sarif
from checked import checked, problem, run_of
from generated_runs import HOSTILE, accepted, finding, known, runs, written

SCHEMA = Path(__file__).parents[2] / "schemas" / "sarif-2.1.0.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
OMITTING = Style(accepted="omit")


def log_of(run: Run, style: Style | None = None) -> dict[str, Any]:
    """Render a check, validate it, and return its only run."""
    found = json.loads(written("sarif", run, style))
    VALIDATOR.validate(found)
    assert found["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"
    (only,) = found["runs"]
    checked_as_code_scanning_does(only)
    return dict(only)


def checked_as_code_scanning_does(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for key in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[key]["text"]) <= 1024
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10
    for result in run["results"]:
        (place,) = result["locations"]
        region = place["physicalLocation"]["region"]
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        assert place["physicalLocation"]["artifactLocation"]["uri"]
        assert region["startLine"] == region["endLine"] >= 1
        assert 1 <= region["startColumn"] < region["endColumn"]
        if result["ruleId"] in RULES:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def result_of(file: CheckedFile, style: Style | None = None) -> dict[str, Any]:
    (result,) = log_of(run_of(file), style)["results"]
    return dict(result)


def region_of(result: dict[str, Any]) -> list[int]:
    region = result["locations"][0]["physicalLocation"]["region"]
    return [region[key] for key in ("startLine", "startColumn", "endLine", "endColumn")]


def uri_of(location: dict[str, Any]) -> str:
    return str(location["physicalLocation"]["artifactLocation"]["uri"])


def test_a_clean_run_lists_every_rule_and_no_result() -> None:
    run = log_of(run_of(checked()))
    assert run["results"] == []
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    assert run["automationDetails"]["id"] == "bpo-assess/check/"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]


def test_a_rule_is_explained_with_its_examples() -> None:
    (rule,) = [r for r in log_of(run_of())["tool"]["driver"]["rules"] if r["id"] == "BPO411"]
    known_rule = RULES["BPO411"]
    assert rule["name"] == "StepWithoutRole"
    assert rule["shortDescription"]["text"] == known_rule.what
    assert known_rule.why in rule["fullDescription"]["text"]
    assert f"Right:\n\n```\n{known_rule.right}\n```" in rule["help"]["markdown"]
    assert f"Right:\n{known_rule.right}" in rule["help"]["text"]
    assert rule["help"]["text"].endswith(known_rule.fix)
    assert rule["defaultConfiguration"]["level"] == "warning"
    assert rule["properties"]["problem.severity"] == "warning"


def test_no_rule_claims_to_be_about_security() -> None:
    assert "security-severity" not in written("sarif", run_of())


def test_a_result_names_its_place_in_characters() -> None:
    file = checked("processes/a b#1.yaml", problem(note="the first", hint="write how"))
    result = result_of(file)
    assert uri_of(result["locations"][0]) == "processes/a%20b%231.yaml"
    assert region_of(result) == [7, 11, 7, 16]
    assert result["message"]["text"] == (
        "step `Enter` lacks instructions. Note: the first. Help: write how."
    )
    assert result["partialFingerprints"] == {"bpoAssess/v1": file.findings[0].fingerprint}
    assert (result["kind"], result["level"]) == ("fail", "warning")


@pytest.mark.parametrize(
    ("span", "region"),
    [
        (None, [1, 1, 1, 2]),
        (Span(7, 5, 9, 3), [7, 5, 7, 16]),
        (Span(99, 5, 100, 3), [99, 5, 99, 6]),
        (Span(7, 5, 7, 5), [7, 5, 7, 6]),
    ],
    ids=["none", "several lines", "several lines that are not known", "empty"],
)
def test_a_region_is_one_line_and_never_empty(span: Span | None, region: list[int]) -> None:
    excerpt = ((7, "  - name: Enter"),)
    assert region_of(result_of(checked("a.yaml", problem(span=span, excerpt=excerpt)))) == region


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("-", "standard-input"),
        ("<stdin>", "standard-input"),
        ("", "."),
        ("./a.yaml", "a.yaml"),
        ("c:d/\u00e4.yaml", "c%3Ad/%C3%A4.yaml"),
    ],
)
def test_a_result_has_a_location_even_if_it_is_about_no_file(uri: str, shown: str) -> None:
    assert uri_of(result_of(checked(uri, problem()))["locations"][0]) == shown


def test_a_cause_in_another_file_is_related_and_not_the_place() -> None:
    result = result_of(checked("a.yaml", problem(file="methods/own.yaml")))
    assert region_of(result) == [1, 1, 1, 2]
    assert "(in methods/own.yaml:7:11)." in result["message"]["text"]
    (related,) = result["relatedLocations"]
    assert uri_of(related) == "methods/own.yaml"


@pytest.mark.parametrize("name", ["/srv/team/own.yaml", "../own.yaml", "C:\\team\\own.yaml"])
def test_a_file_outside_the_repository_is_no_location(name: str) -> None:
    result = result_of(checked("a.yaml", problem(file=name)))
    assert "relatedLocations" not in result
    assert "team" not in json.dumps(result)


# What a team lives with


def test_an_accepted_result_is_suppressed_with_its_reason_and_place() -> None:
    result = result_of(checked(findings=[accepted(finding())]))
    assert result["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "accepted by a.smith until 2027-01-31: the pilot comes first (OPS-7).",
        }
    ]
    (related,) = result["relatedLocations"]
    assert uri_of(related) == "acceptances.yaml"
    assert related["physicalLocation"]["region"]["startLine"] == 4


def test_an_acceptance_that_is_a_comment_stands_in_the_source() -> None:
    inline = accepted(finding(), lines=(7,), file=None)
    result = result_of(checked("p/a.yaml", findings=[inline]))
    assert result["suppressions"][0]["kind"] == "inSource"
    assert uri_of(result["relatedLocations"][0]) == "p/a.yaml"


def test_what_is_said_of_one_result_is_said_of_all() -> None:
    mixed = [accepted(finding("BPO411")), known(finding("BPO412")), finding("BPO413")]
    results = log_of(run_of(checked(findings=mixed)))["results"]
    assert [result["baselineState"] for result in results] == ["new", "unchanged", "new"]
    assert [len(result["suppressions"]) for result in results] == [1, 0, 0]
    (alone,) = log_of(run_of(checked(findings=mixed[2:])))["results"]
    assert not {"baselineState", "suppressions"} & set(alone)


def test_what_a_team_lives_with_can_be_left_out() -> None:
    mixed = [accepted(finding("BPO411")), known(finding("BPO412")), finding("BPO413")]
    result = result_of(checked(findings=mixed), OMITTING)
    assert result["ruleId"] == "BPO413"
    assert not {"baselineState", "suppressions"} & set(result)


# Outcome and limits


def test_a_check_that_could_not_be_made_is_no_success() -> None:
    broken = checked("a.yaml", problem("BPO103"), usable=False, process=None)
    (invocation,) = log_of(run_of(broken))["invocations"]
    assert invocation == {"executionSuccessful": False, "exitCode": 2}
    closed = log_of(run_of(checked("a.yaml", problem("BPO501"))))
    assert closed["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


def test_what_no_result_tells_is_told_as_a_notification() -> None:
    (invocation,) = log_of(run_of())["invocations"]
    assert invocation["toolExecutionNotifications"] == [
        {"level": "error", "message": {"text": "no process description was found."}}
    ]


def test_counts_stand_beside_the_results() -> None:
    properties = log_of(run_of(checked("a.yaml", problem()), links=2))["properties"]
    assert (properties["warnings"], properties["links"]) == (1, 2)


def test_beyond_the_limit_the_gravest_are_kept_in_the_order_of_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 5)
    levels = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    problems = [problem(message=f"{level} {n}", severity=level) for n in (1, 2) for level in levels]
    first, second = checked("a.yaml", *problems[:3]), checked("b.yaml", *problems[3:])
    lived_with = checked("c.yaml", findings=[accepted(finding("BPO501"))])
    run = log_of(run_of(lived_with, first, second))
    assert [result["message"]["text"] for result in run["results"]] == [
        "note 1.",
        "warning 1.",
        "error 1.",
        "warning 2.",
        "error 2.",
    ]
    (invocation,) = run["invocations"]
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("2 of the less grave findings are left out")


def test_no_more_results_are_written_than_code_scanning_takes() -> None:
    file = checked("a.yaml", findings=[finding("BPO501")])
    many = replace(file, findings=(*file.findings, *[finding("BPO408")] * 250))
    run = Run([many] * 101, tally([many] * 101))
    results = json.loads(written("sarif", run))["runs"][0]["results"]
    assert len(results) == 25_000
    assert sum(result["level"] == "error" for result in results) == 101


# Hostile texts


def test_hostile_texts_become_neither_links_nor_control_characters() -> None:
    file = checked(f"x/{HOSTILE}.yaml", problem(message=HOSTILE, hint=HOSTILE))
    result = result_of(file)
    text = result["message"]["text"]
    assert not {"\n", "\x1b", "\x85", "\u2028", "\u202e"} & set(text)
    assert "[click\\](http" in text
    assert "\\\\\\](2)" in text
    uri = uri_of(result["locations"][0])
    assert uri.isascii()
    assert unquote(uri, errors="strict").startswith("x/]]> <b>&amp;</b>")


@given(runs(), st.sampled_from([Style(), OMITTING]), st.sampled_from([2, 100]))
def test_every_log_is_valid_and_has_a_result_for_every_finding(
    run: Run, style: Style, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sarif, "MOST_RESULTS", most)
        found = log_of(run, style)
    expected = [
        f
        for file in run.files
        for f in file.findings
        if style.accepted == "mark" or f.status is Status.OPEN
    ]
    assert len(found["results"]) == min(len(expected), most)
    if len(expected) <= most:
        codes = [entry.diagnostic.code for entry in expected]
        assert [result["ruleId"] for result in found["results"]] == codes
    for key in ("baselineState", "suppressions"):
        assert len({key in result for result in found["results"]}) <= 1


def test_results_are_written_one_by_one() -> None:
    pieces = list(sarif.render(run_of(checked("a.yaml", problem(), problem())), Style()))
    assert len(pieces) == 4
