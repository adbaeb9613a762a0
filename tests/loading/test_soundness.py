"""The check of a questionnaire: doubts about what is valid, and cases that say what must come out."""

import shutil
from pathlib import Path

import pytest

from bpo_assess.diagnostics import Diagnostic, Severity
from bpo_assess.loading.read import read_questionnaire
from bpo_assess.loading.soundness import doubts
from running import run
from shipped import method_of

METHODS = Path(__file__).parents[1] / "methods"
HEAD = 'format: bpo-assess/questionnaire/v1\nid: mine\nversion: "1.0"\ntitle: Mine\nextends: ./base.yaml\n'


def doubted(tmp_path: Path, text: str) -> list[Diagnostic]:
    shutil.copy(METHODS / "cleaning-contract.yaml", tmp_path / "base.yaml")
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return list(doubts(read_questionnaire(str(path)).questionnaire))


@pytest.mark.parametrize("name", ["readiness", "screening"])
def test_a_shipped_questionnaire_leaves_no_doubt_and_a_dozen_cases_hold(name: str) -> None:
    assert len(method_of(name).cases) >= 12
    assert list(doubts(method_of(name))) == []


@pytest.mark.parametrize("name", ["readiness", "screening"])
def test_the_cases_of_a_shipped_questionnaire_reach_every_verdict(name: str) -> None:
    method = method_of(name)
    reached = {case.verdict for case in method.cases}
    assert reached == {"undetermined", *(verdict.id for verdict in method.decision.verdicts)}


def test_a_question_that_changes_nothing_is_doubted(tmp_path: Path) -> None:
    text = """
axes:
  - id: house
    dimensions:
      - id: staff
        questions:
          - {id: mood, title: Mood, text: How is it?, weight: 0, anchors: [a, b, c, d, e]}
"""
    (found,) = doubted(tmp_path, text)
    assert (found.code, found.severity) == ("BPO221", Severity.WARNING)
    assert "`mood`" in found.message


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ("{question: inspector, at_most: 4}", "holds whatever"),
        ("{dimension: areas, below: 0}", "can never hold"),
        ("{risk: any, at_least: fine}", "holds whatever"),
        ("{evidence_share: {below: 0}}", "can never hold"),
    ],
)
def test_a_condition_that_no_answer_decides_is_doubted(
    condition: str, word: str, tmp_path: Path
) -> None:
    text = f"decision: {{verdicts: [{{id: tender-later, held_by: [{condition}]}}]}}\n"
    found = [doubt for doubt in doubted(tmp_path, text) if doubt.code == "BPO222"]
    assert [word in doubt.message for doubt in found] == [True]


def test_a_verdict_that_the_one_above_swallows_is_doubted(tmp_path: Path) -> None:
    text = """
decision:
  verdicts:
    - {id: clean-yourself, held_by: [{question: local-bidders, at_most: 3}]}
    - {id: tender-later, held_by: [{question: local-bidders, at_most: 2}]}
"""
    found = [doubt for doubt in doubted(tmp_path, text) if doubt.code == "BPO223"]
    assert [doubt.message for doubt in found] == [
        "no answers were found that lead to `tender-later`"
    ]


CASES = """
cases:
  - {name: holds, otherwise: 4, verdict: tender-now, candidacy: [100, 100], risks: {no-bids: fine}}
  - {name: fails, otherwise: 4, verdict: tender-later, candidacy: [0, 50], risks: {no-bids: stop}}
"""


def test_a_case_says_everything_that_came_out_otherwise(tmp_path: Path) -> None:
    found = doubted(tmp_path, CASES)
    assert [doubt.code for doubt in found] == ["BPO224"] * 3
    assert [doubt.message for doubt in found] == [
        "case `fails`: verdict is tender-now, tender-later is stated",
        "case `fails`: candidacy is 100.0, 0 to 50 is stated",
        "case `fails`: risk no-bids is fine, stop is stated",
    ]


def test_the_command_ends_with_one_where_a_case_fails_and_shows_its_line(tmp_path: Path) -> None:
    doubted(tmp_path, CASES)
    done = run("questionnaire", "check", "mine.yaml", cwd=tmp_path)
    assert done.code == 1
    assert "mine.yaml:9:" in done.err
    assert "2 cases, 3 broken expectations" in done.out
    assert run("questionnaire", "check").code == 0


def test_the_command_checks_several_and_ends_as_the_worst_of_them_deserves(tmp_path: Path) -> None:
    doubted(tmp_path, CASES)
    failing = run("questionnaire", "check", "screening", "mine.yaml", "screening", cwd=tmp_path)
    assert failing.code == 1
    assert failing.out.count("screening 1.0.0: valid") == 1
    assert "2 cases, 3 broken expectations" in failing.out
    missing = run("questionnaire", "check", "nowhere.yaml", "mine.yaml", cwd=tmp_path)
    assert missing.code == 2
    assert "nowhere.yaml: 1 error, cannot be used." in missing.err
    assert "2 cases, 3 broken expectations" in missing.out


def test_a_case_that_names_what_is_not_there_is_an_error_with_a_guess(tmp_path: Path) -> None:
    shutil.copy(METHODS / "cleaning-contract.yaml", tmp_path / "base.yaml")
    text = "cases: [{name: a, answers: {inspectr: 1}, verdict: tender-nw, risks: {no-bid: fine}}]\n"
    (tmp_path / "mine.yaml").write_text(HEAD + text, encoding="utf-8")
    done = run("questionnaire", "check", "mine.yaml", cwd=tmp_path)
    assert done.code == 2
    for guess in ("`inspector`", "`tender-now`", "`no-bids`"):
        assert f"did you mean {guess}" in done.err
