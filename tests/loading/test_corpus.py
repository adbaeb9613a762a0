"""Broken files: each is refused with its code, at its line and column, and with nothing else."""

import re
from pathlib import Path

import pytest

from bpo_assess.diagnostics import MOST_PROBLEMS, Diagnostic, InputError, Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.diagnostics.rule import Rule
from bpo_assess.loading.read import read_questionnaire
from bpo_assess.reports.problems import closing_line, frames
from corpus import INVALID, METHOD, problems_of

Found = tuple[str, int | None, int | None]

PLACES: dict[str, list[Found]] = {
    "bpo102-latin-1": [("BPO102", 4, 9)],
    "bpo102-utf-16": [("BPO102", None, None)],
    "bpo103-backslash": [("BPO103", 4, 11)],
    "bpo103-control-character": [("BPO103", 4, 15)],
    "bpo103-indentation": [("BPO103", 6, 3)],
    "bpo103-key-nothing": [("BPO103", 5, 3)],
    "bpo103-merge-conflict": [("BPO103", 4, 1)],
    "bpo103-no-colon": [("BPO103", 4, 1)],
    "bpo103-no-space-after-colon": [("BPO103", 4, 1)],
    "bpo103-second-colon": [("BPO103", 3, 23)],
    "bpo103-tab": [("BPO103", 5, 1)],
    "bpo103-text-begins-with-at": [("BPO103", 4, 8)],
    "bpo103-unclosed-bracket": [("BPO103", 4, 12)],
    "bpo103-unclosed-quote": [("BPO103", 4, 8)],
    "bpo104-duplicate-key": [("BPO104", 7, 3)],
    "bpo104-weight-twice.questionnaire": [("BPO104", 12, 9)],
    "bpo105-anchor-and-alias": [("BPO105", 4, 8), ("BPO105", 5, 14)],
    "bpo105-merge-key": [("BPO105", 5, 3), ("BPO105", 5, 7)],
    "bpo106-executable-tag": [("BPO106", 4, 8)],
    "bpo106-tag": [("BPO106", 4, 12)],
    "bpo107-several-documents": [("BPO107", 4, 1)],
    "bpo108-nested-too-deep": [("BPO108", 5, 66)],
    "bpo110-empty": [("BPO110", None, None)],
    "bpo110-only-comments": [("BPO110", None, None)],
    "bpo111-key-mapping": [("BPO111", 5, 3), ("BPO111", 5, 4)],
    "bpo111-key-number": [("BPO111", 5, 3)],
    "bpo112-exponent": [("BPO112", 4, 12)],
    "bpo112-infinite": [("BPO112", 4, 12)],
    "bpo112-too-many-digits": [("BPO112", 4, 12)],
    "bpo113-nul": [("BPO113", None, None)],
    "bpo113-spreadsheet": [("BPO113", None, None)],
    "bpo201-list": [("BPO201", 1, 1)],
    "bpo201-misspelt-format": [("BPO201", 1, 9)],
    "bpo201-no-format": [("BPO201", 1, 1)],
    "bpo201-process.questionnaire": [("BPO201", 1, 9)],
    "bpo201-questionnaire": [("BPO201", 1, 9)],
    "bpo202-unknown-key.questionnaire": [
        ("BPO203", 39, 5),
        ("BPO202", 41, 5),
        ("BPO203", 52, 3),
        ("BPO202", 55, 5),
    ],
    "bpo202-unknown-key": [("BPO202", 4, 1), ("BPO202", 7, 5)],
    "bpo203-evidence-without-place": [("BPO203", 8, 9)],
    "bpo203-missing-decision.questionnaire": [("BPO203", 1, 1)],
    "bpo203-missing-key": [("BPO203", 1, 1), ("BPO203", 4, 5)],
    "bpo203-missing-matrix.questionnaire": [("BPO203", 30, 1)],
    "bpo204-wrong-type.questionnaire": [("BPO204", 11, 17), ("BPO204", 20, 29), ("BPO204", 44, 5)],
    "bpo204-wrong-type": [
        ("BPO204", 4, 12),
        ("BPO204", 5, 1),
        ("BPO204", 9, 12),
        ("BPO204", 10, 1),
    ],
    "bpo205-unknown-value.questionnaire": [("BPO205", 49, 18), ("BPO205", 59, 15)],
    "bpo205-unknown-value": [("BPO205", 5, 12), ("BPO205", 9, 16)],
    "bpo206-condition-level.questionnaire": [("BPO206", 63, 20)],
    "bpo206-level-and-not-applicable": [("BPO206", 5, 3)],
    "bpo206-not-a-level": [
        ("BPO206", 5, 21),
        ("BPO206", 6, 18),
        ("BPO206", 7, 18),
        ("BPO206", 8, 20),
        ("BPO206", 9, 21),
    ],
    "bpo207-four-anchors.questionnaire": [
        ("BPO207", 16, 22),
        ("BPO207", 32, 3),
        ("BPO207", 49, 17),
        ("BPO207", 52, 21),
    ],
    "bpo207-negative": [("BPO207", 4, 12), ("BPO207", 6, 11)],
    "bpo208-not-a-date": [("BPO208", 4, 11), ("BPO208", 5, 14)],
    "bpo209-not-an-id.questionnaire": [("BPO209", 13, 17)],
    "bpo209-not-an-id": [("BPO209", 2, 5)],
    "bpo210-control-twice": [("BPO210", 7, 9)],
    "bpo210-duplicate-id.questionnaire": [
        ("BPO210", 17, 17),
        ("BPO210", 22, 13),
        ("BPO210", 63, 11),
    ],
    "bpo211-text-empty.questionnaire": [("BPO211", 3, 10), ("BPO211", 15, 19), ("BPO211", 29, 29)],
    "bpo211-text-empty": [("BPO211", 3, 7), ("BPO211", 5, 11)],
    "bpo212-weights-sum-to-nothing.questionnaire": [("BPO212", 8, 5), ("BPO212", 44, 5)],
    "bpo213-unknown-reference.questionnaire": [
        ("BPO213", 36, 28),
        ("BPO213", 41, 11),
        ("BPO213", 42, 15),
        ("BPO213", 45, 22),
        ("BPO213", 64, 21),
    ],
    "bpo214-matrix-not-monotone.questionnaire": [("BPO214", 34, 23)],
    "bpo215-condition-malformed.questionnaire": [
        ("BPO215", 62, 11),
        ("BPO215", 63, 11),
        ("BPO215", 66, 11),
        ("BPO215", 69, 11),
        ("BPO215", 70, 11),
    ],
    "bpo216-condition-not-monotone.questionnaire": [("BPO216", 63, 21), ("BPO216", 66, 25)],
    "bpo217-unknown-measure.questionnaire": [("BPO217", 31, 19), ("BPO217", 37, 32)],
    "bpo218-measure-levels-disordered.questionnaire": [("BPO218", 36, 19), ("BPO218", 38, 19)],
    "bpo218-two-bounds.questionnaire": [("BPO218", 35, 23)],
    "bpo219-verdicts-disordered.questionnaire": [
        ("BPO219", 64, 11),
        ("BPO219", 66, 15),
        ("BPO219", 68, 7),
    ],
    "bpo220-gate-can-be-set-aside.questionnaire": [("BPO220", 20, 29)],
    "bpo301-unknown-question": [("BPO301", 6, 3)],
    "bpo302-not-applicable-refused": [("BPO302", 5, 3)],
    "bpo303-unknown-control": [("BPO303", 5, 9)],
    "bpo304-other-major-version": [("BPO304", 4, 1)],
    "bpo304-other-minor-version": [("BPO304", 4, 1)],
    "bpo304-other-questionnaire": [("BPO304", 4, 16), ("BPO301", 7, 3), ("BPO303", 9, 9)],
}
"""What is wrong in each file: the code, and the line and column that an editor would be sent to."""

TRIED_ELSEWHERE = {
    "BPO101": "a file that is not there cannot lie in a folder",
    "BPO109": "a file of more than five megabytes would only be ballast",
    "BPO114": "half a million values would only be ballast; tried with the reader",
    "BPO305": "needs no file",
    "BPO306": "needs no file",
    "BPO308": "a template, tried with the reports",
    "BPO307": "a note about a valid file, tried with the catalogue",
    **{
        f"BPO4{n}": "a note about a valid file, tried with the catalogue"
        for n in ("08", "09", "10")
    },
    **{
        f"BPO22{n}": "a doubt about a valid questionnaire, tried with its check"
        for n in range(1, 5)
    },
    **{f"BPO40{n}": "a finding about a valid file, tried by the assessment" for n in range(1, 8)},
    **{
        f"BPO5{n}": "a matter of the gate"
        for n in (*(f"0{k}" for k in range(1, 8)), *range(11, 17), 21)
    },
    **{f"BPO4{n}": "a gap in a valid file, tried with the gaps" for n in range(11, 30)},
}


def place(problem: Diagnostic) -> Found:
    span = problem.span
    return (problem.code, span.line if span else None, span.column if span else None)


@pytest.mark.parametrize("name", PLACES)
def test_every_problem_is_found_at_its_place(name: str) -> None:
    found = sorted(map(place, problems_of(INVALID / f"{name}.yaml")), key=str)
    assert found == sorted(PLACES[name], key=str)


@pytest.mark.parametrize("name", PLACES)
def test_the_code_in_the_name_is_the_code_that_is_found(name: str) -> None:
    assert name.split("-", maxsplit=1)[0].upper() in {code for code, _, _ in PLACES[name]}


INWARD = re.compile(r"\b(pydantic|Traceback|NoneType|dict|tuple|ValidationError)\b|\x1b")


@pytest.mark.parametrize("name", PLACES)
def test_no_problem_speaks_of_python(name: str) -> None:
    for frame in frames(problems_of(INVALID / f"{name}.yaml")):
        assert not INWARD.search(frame)


def test_every_file_of_the_corpus_is_in_the_table() -> None:
    files = {path.name.removesuffix(".yaml") for path in INVALID.glob("*.yaml")}
    assert files == {*PLACES, "method.questionnaire"}


def test_every_rule_has_a_file_that_breaks_it() -> None:
    broken = {code for found in PLACES.values() for code, _, _ in found}
    assert set(RULES) == broken | set(TRIED_ELSEWHERE)


def test_the_method_that_the_broken_ones_were_made_from_is_valid() -> None:
    assert problems_of(METHOD) == []


def test_a_file_that_is_missing_or_too_large_is_an_error_at_the_file(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"# " + b"x" * 5_000_001)
    assert [p.code for p in problems_of(tmp_path / "none.yaml")] == ["BPO101"]
    assert [p.code for p in problems_of(tmp_path)] == ["BPO101"]
    assert [p.code for p in problems_of(large)] == ["BPO109"]


@pytest.mark.parametrize("line", ["  exit-plam{}: 3", "  exit-plan{}: 9", "  x{}: {{y: 1}}"])
def test_of_very_many_problems_the_first_are_reported(line: str, tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    head = "format: bpo-assess/process/v1\nid: a\nname: A\nanswers:\n"
    path.write_text(head + "\n".join(line.format(n) for n in range(2000)), encoding="utf-8")
    found = problems_of(path)
    assert MOST_PROBLEMS <= len(found) <= 2 * MOST_PROBLEMS
    assert min(problem.span.line for problem in found if problem.span) == 5
    assert "or more" in closing_line(found, "nothing was done.")


def test_an_unknown_questionnaire_is_named_with_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        read_questionnaire("readines")
    problem = caught.value.diagnostics[0]
    assert (problem.code, problem.severity) == ("BPO305", Severity.ERROR)
    assert "`readiness`" in str(problem.hint)


def test_a_minor_version_is_noted_and_a_major_one_refused() -> None:
    noted = problems_of(INVALID / "bpo304-other-minor-version.yaml")
    refused = problems_of(INVALID / "bpo304-other-major-version.yaml")
    assert [p.severity for p in noted] == [Severity.NOTE]
    assert [p.severity for p in refused] == [Severity.ERROR]


def test_answers_for_another_questionnaire_are_left_aside_with_a_note() -> None:
    found = problems_of(INVALID / "bpo304-other-questionnaire.yaml")
    assert {p.severity for p in found} == {Severity.NOTE}


HEAD = {"format": "bpo-assess/process/v1", "id": "a", "name": "A"}

ABOUT_A_PROCESS = [
    rule
    for rule in RULES.values()
    if rule.wrong and rule.right and rule.code in {
        *(f"BPO1{n:02}" for n in (3, 4, 5, 6, 7, 11, 12)),
        *(f"BPO2{n:02}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 11)),
        "BPO301",
        "BPO302",
    }
]  # fmt: skip


@pytest.mark.parametrize("rule", ABOUT_A_PROCESS, ids=lambda rule: rule.code)
def test_the_example_of_a_rule_breaks_it_and_its_correction_does_not(
    rule: Rule, tmp_path: Path
) -> None:
    codes = []
    for text in (rule.wrong or "", rule.right or ""):
        stated = {line.split(":")[0] for line in text.split("\n")}
        head = "".join(f"{key}: {value}\n" for key, value in HEAD.items() if key not in stated)
        path = tmp_path / "example.yaml"
        path.write_text(head + text, encoding="utf-8")
        codes.append({problem.code for problem in problems_of(path)})
    assert rule.code in codes[0]
    assert codes[1] == set()
