"""Errors in the words of people who write files: what was meant, and what to write instead."""

from pathlib import Path

import pytest

from bpo_assess.diagnostics import Diagnostic, InputError
from bpo_assess.loading.explain import did_you_mean
from bpo_assess.loading.read import pair, questionnaire_for, read_draft
from bpo_assess.reports.problems import frames

HEAD = "format: bpo-assess/process/v1\nid: a\nname: A\n"


def problems_of(tmp_path: Path, text: str) -> list[Diagnostic]:
    path = tmp_path / "p.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    try:
        draft = read_draft(str(path))
        return pair(draft, questionnaire_for(draft, None))
    except InputError as error:
        return list(error.diagnostics)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("onwer: x", "did you mean `owner`?"),
        ("steps: [{name: a, instuctions: b}]", "did you mean `instructions`?"),
        ("answers: {exit-pln: 1}", "did you mean `exit-plan`?"),
        ("data: [{class: personel}]", "did you mean `personal`?"),
        ("controls: [{id: parallel-runs, status: planned}]", "did you mean `parallel-run`?"),
        ("questionnaire: readines", "did you mean `readiness`?"),
        ("staff_fte: '12,5'", "a decimal point"),
        ("staff_fte: 12,5", "a decimal point"),
        ("answers: {exit-plan: '3'}", "without quotes"),
        ("answers: {exit-plan: true}", "true and false are no levels"),
        ("answers: {exit-plan: n/a}", "not_applicable"),
        ("volume: 2100", "such as {amount: ..."),
        ("zzz: 1", "known here:"),
    ],
)
def test_the_hint_says_what_to_write(text: str, hint: str, tmp_path: Path) -> None:
    assert any(hint in str(problem.hint) for problem in problems_of(tmp_path, text))


def test_nothing_is_suggested_for_what_is_far_from_everything() -> None:
    assert did_you_mean("zebra", ["owner", "steps"]) is None


def test_a_mapping_where_a_list_stands_is_read_as_one_entry_and_its_keys_are_found(
    tmp_path: Path,
) -> None:
    found = problems_of(tmp_path, "kpis:\n  on-time: 97\n")
    assert {(p.code, p.span.line, p.span.column) for p in found if p.span} >= {("BPO202", 5, 3)}


def test_all_problems_come_in_one_run(tmp_path: Path) -> None:
    text = "onwer: x\nstaff_fte: many\nreviewed: soon\nanswers: {exit-plan: 9, exit-pln: 1, scale: yes}\n"
    found = problems_of(tmp_path, text)
    assert sorted(problem.code for problem in found) == [
        "BPO202", "BPO204", "BPO206", "BPO206", "BPO208", "BPO301",
    ]  # fmt: skip


def test_a_frame_shows_hostile_text_and_long_lines_without_acting_them_out(tmp_path: Path) -> None:
    wide = "x" * 5000
    (found,) = problems_of(tmp_path, f"zz\u202ez: '\u2066 [red] {wide}'\n")
    (frame,) = frames([found])
    assert "\u202e" not in frame
    assert "\u2066" not in frame
    assert max(map(len, frame.split("\n"))) < 400
