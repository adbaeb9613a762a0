"""A check as JSON: the keys that others rely on, and what they say."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from jsonschema import Draft7Validator

from bpo_assess.gate.finding import Standing
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings.contract import check_schema
from checked import checked, problem, run_of
from generated_runs import HOSTILE, accepted, finding, known, runs, written

SCHEMA = check_schema()
VALIDATOR = Draft7Validator(SCHEMA)


def report(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("json", run))
    VALIDATOR.validate(found)
    return found


def test_the_schema_is_a_schema_and_explains_every_key() -> None:
    Draft7Validator.check_schema(SCHEMA)
    for definition in [SCHEMA, *SCHEMA["definitions"].values()]:
        for key, value in definition["properties"].items():
            assert "description" in value, key


def test_the_keys_keep_their_order() -> None:
    found = report(run_of(checked("a.yaml", problem())))
    assert list(found) == list(SCHEMA["properties"])
    file = found["files"][0]
    assert list(file) == list(SCHEMA["definitions"]["FileObject"]["properties"])
    keys = list(SCHEMA["definitions"]["FoundObject"]["properties"])
    assert list(file["findings"][0]) == keys


def test_every_key_is_promised() -> None:
    for definition in [SCHEMA, *SCHEMA["definitions"].values()]:
        assert set(definition["required"]) == set(definition["properties"])


def test_a_finding_says_what_it_is_and_where() -> None:
    file = checked("a.yaml", problem("BPO501", "not good enough", note="held by `x`", hint="mend"))
    found = report(run_of(file))["files"][0]["findings"][0]
    assert found == {
        "code": "BPO501",
        "name": "verdict-below-requirement",
        "severity": "error",
        "message": "not good enough",
        "note": "held by `x`",
        "hint": "mend",
        "status": "open",
        "fails": True,
        "acceptance": None,
        "process": "payroll",
        "subject": "steps/1",
        "fingerprint": file.findings[0].fingerprint,
        "elsewhere": None,
        "line": 7,
        "column": 11,
        "end_line": 7,
        "end_column": 16,
    }


def test_what_a_team_lives_with_is_marked_and_fails_nothing() -> None:
    first, second = finding("BPO501"), finding("BPO502")
    found = report(run_of(checked(findings=[accepted(first), known(second)])))
    assert found["gate"] == "open"
    one, other = found["files"][0]["findings"]
    assert (one["status"], one["fails"]) == ("accepted", False)
    assert one["acceptance"] == {
        "owner": "a.smith",
        "reason": "the pilot comes first",
        "until": "2027-01-31",
        "ticket": "OPS-7",
    }
    assert (other["status"], other["fails"], other["acceptance"]) == ("known", False, None)


def test_the_gate_stands_beside_the_exit_code() -> None:
    unusable = checked("b.yaml", problem("BPO103"), usable=False, process=None)
    for run, gate, code in [
        (run_of(checked()), "open", 0),
        (run_of(checked("a.yaml", problem("BPO501"))), "closed", 1),
        (run_of(checked("a.yaml", problem("BPO501")), unusable), "unusable", 2),
        (run_of(), "unusable", 2),
    ]:
        found = report(run)
        assert (found["gate"], found["exit_code"]) == (gate, code)


def test_a_standing_gives_its_figures_as_numbers() -> None:
    file = checked(standing=Standing("not-yet", False, "61.5", None, "80.0"))
    found = report(run_of(file, as_of=date(2026, 11, 2)))
    assert found["as_of"] == "2026-11-02"
    assert found["files"][0]["standing"] == {
        "verdict": "not-yet",
        "firm": False,
        "candidacy": {"value": 61.5, "low": None, "high": 80.0},
    }


def test_a_place_in_another_file_names_it_without_the_folders_of_this_machine() -> None:
    named = [
        report(run_of(checked("a.yaml", problem(file=other))))["files"][0]["findings"][0]
        for other in ("a.yaml", "methods/own.yaml", "/srv/team/own.yaml", "C:\\team\\own.yaml")
    ]
    assert [entry["elsewhere"] for entry in named] == [
        None,
        "methods/own.yaml",
        "own.yaml",
        "own.yaml",
    ]


def test_texts_are_kept_but_nothing_in_them_acts_on_a_screen() -> None:
    text = written("json", run_of(checked("a.yaml", problem(message=HOSTILE), title="a\u202eb")))
    assert not {"\x1b", "\x85", "\u2028", "\u202e"} & set(text)
    found = json.loads(text)["files"][0]
    assert found["title"] == "a\u202eb"
    assert found["findings"][0]["message"] == HOSTILE.replace("\ud83d", "\\ud83d").replace(
        "\udc80", "\\udc80"
    )


def test_every_file_has_its_line() -> None:
    lines = written("json", run_of(checked("a.yaml"), checked("b.yaml"))).split("\n")
    assert [line for line in lines if '"a.yaml"' in line or '"b.yaml"' in line] == lines[-5:-3]
    assert lines[-1] == ""


@given(runs())
def test_every_report_keeps_to_the_schema_and_counts_what_it_lists(run: Run) -> None:
    found = report(run)
    listed = [entry for file in found["files"] for entry in file["findings"]]
    for key, severity in (("errors", "error"), ("warnings", "warning"), ("notes", "note")):
        opened = [entry for entry in listed if entry["status"] == "open"]
        assert found["counts"][key] == sum(entry["severity"] == severity for entry in opened)
    for status in ("accepted", "known"):
        assert found["counts"][status] == sum(entry["status"] == status for entry in listed)
    assert found["counts"]["files"] == sum(file["describes"] for file in found["files"])
    failing = [file for file in found["files"] if any(f["fails"] for f in file["findings"])]
    assert found["counts"]["failing"] == sum(file["usable"] for file in failing)
