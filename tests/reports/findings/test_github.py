"""Findings as the runner of GitHub reads them in the log."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.diagnostics import Severity, Span
from bpo_assess.gate.finding import CheckedFile, Status, identified
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.github import render
from bpo_assess.reports.findings.wording import closing
from checked import checked, problem, run_of
from hostile_findings import SPOILT, files, hostile_file

COMMAND = re.compile(r"::(error|warning|notice)(?: ([^:]*))?::(.*)")
"""A command as the runner takes it apart: a name, parameters up to the next two colons, and data."""

Annotation = tuple[str, dict[str, str], str]


def text_of(run: Run) -> str:
    return "".join(render(run, Style()))


def annotations(run: Run) -> list[Annotation]:
    """Read the output as the runner does, every escape undone."""
    found = []
    for line in text_of(run).split("\n"):
        if command := COMMAND.fullmatch(line):
            pairs = [pair.split("=", 1) for pair in (command[2] or "").split(",") if pair]
            found.append((command[1], {key: undone(v) for key, v in pairs}, undone(command[3])))
    return found


def undone(text: str) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def test_findings_are_annotations_and_the_log_says_the_same() -> None:
    wrong = problem("BPO501", "data.basis is missing", span=Span(14, 3, 14, 16))
    run = run_of(
        checked(
            "processes/payroll.yaml",
            replace(wrong, hint="state the legal basis", note="50 % is open"),
            problem(span=Span(3, 1, 5, 9)),
            problem("BPO512", "an acceptance ends", span=None, excerpt=()),
        )
    )
    assert text_of(run) == (
        "::error title=bpo-assess (BPO501),file=processes/payroll.yaml,line=14,col=3,endLine=14,"
        "endColumn=16::processes/payroll.yaml:14:3: BPO501 data.basis is missing"
        "%0A  note: 50 %25 is open%0A  help: state the legal basis\n"
        "::warning title=bpo-assess (BPO412),file=processes/payroll.yaml,line=3,endLine=5"
        "::processes/payroll.yaml:3:1: BPO412 step `Enter` lacks instructions\n"
        "::notice title=bpo-assess (BPO512),file=processes/payroll.yaml"
        "::processes/payroll.yaml: BPO512 an acceptance ends\n"
        "1 description checked, 50 of 61 questions known: 1 error, 1 warning, 1 note.\n"
        "The gate is closed: 1 file falls short.\n"
    )


def test_nothing_wrong_is_no_annotation() -> None:
    assert text_of(run_of(checked("a.yaml"))) == (
        "a.yaml: no findings, 50 of 61 questions known. The gate is open.\n"
    )


def test_files_are_named_from_the_folder_that_the_runner_works_in() -> None:
    file = checked("payroll.yaml", problem(), uri="processes/payroll.yaml")
    ((_, given, message),) = annotations(run_of(file, above="checkout/"))
    assert given["file"] == "checkout/processes/payroll.yaml"
    assert message.startswith("checkout/processes/payroll.yaml:7:11: ")


@pytest.mark.parametrize("name", ["-", "<stdin>"])
def test_what_is_wrong_with_standard_input_is_at_no_file(name: str) -> None:
    ((_, given, message),) = annotations(run_of(checked(name, problem())))
    assert given == {"title": "bpo-assess (BPO412)"}
    assert message.startswith(f"{name}:7:11: BPO412 ")


def test_a_problem_of_another_file_names_it_and_marks_no_line_of_this_one() -> None:
    ((_, given, message),) = annotations(run_of(checked("a.yaml", problem(file="own.yaml"))))
    assert given == {"title": "bpo-assess (BPO412)", "file": "a.yaml"}
    assert message.startswith("own.yaml:7:11: BPO412 ")


def test_a_problem_that_names_its_own_file_is_at_its_place() -> None:
    ((_, given, _),) = annotations(run_of(checked("a.yaml", problem(file="a.yaml"))))
    assert given["line"] == "7"


def test_what_is_accepted_or_was_there_before_is_not_annotated() -> None:
    first, second = identified([problem(), problem("BPO501")], "payroll")
    agreed = replace(first, status=Status.ACCEPTED), replace(second, status=Status.KNOWN)
    assert annotations(run_of(checked("a.yaml", findings=agreed))) == []


def kinds(run: Run) -> list[str]:
    return [kind for kind, _, _ in annotations(run)]


def of_each(number: int, name: str = "a.yaml") -> CheckedFile:
    codes = ["BPO512", "BPO412", "BPO501"]
    return checked(name, *(problem(code) for code in codes for _ in range(number)))


@pytest.mark.parametrize(
    ("number", "notices", "last"),
    [
        (1, 1, None),
        (10, 10, None),
        (11, 10, "4 more in the report"),
        (1000, 10, "2,971 more in the report"),
    ],
)
def test_no_more_is_annotated_than_is_shown_and_the_rest_is_counted(
    number: int, notices: int, last: str | None
) -> None:
    run = run_of(of_each(number))
    most = min(number, 10)
    assert kinds(run) == ["error"] * most + ["warning"] * most + ["notice"] * notices
    assert (annotations(run)[-1][1:] == ({}, last)) == bool(last)


def test_what_keeps_the_gate_closed_comes_first() -> None:
    lenient = checked("lenient.yaml", *[problem()] * 12)
    strict = checked("strict.yaml", *[problem()] * 4, fail_on=Severity.WARNING)
    named = [given["file"] for _, given, _ in annotations(run_of(lenient, strict))[:-1]]
    assert named == ["strict.yaml"] * 4 + ["lenient.yaml"] * 6


def test_text_of_files_ends_neither_a_parameter_nor_the_command() -> None:
    run = run_of(hostile_file())
    (error, warning) = annotations(run)
    assert list(error[1]) == ["title", "file", "line", "col", "endLine", "endColumn"]
    assert error[2].count("\n") == 2
    assert "%0A::warning::x" in error[2]
    assert "%0A" in error[1]["file"]
    assert list(warning[1]) == ["title", "file"]
    lines = text_of(run).split("\n")
    assert sum(line.lstrip().startswith("::") for line in lines) == 2
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("name", [SPOILT, "::error::x", " ::set-env name=x::y"])
def test_lines_after_the_annotations_are_no_commands(name: str) -> None:
    shown = text_of(run_of(checked(name)))
    assert not re.search(r"^\s*::|##\[", shown, re.MULTILINE)


@given(st.lists(files(), max_size=4), st.sampled_from(["", "check out/"]))
def test_whatever_is_found_every_line_is_ours(found: list[CheckedFile], above: str) -> None:
    run = run_of(*found, above=above)
    lines = text_of(run).removesuffix("\n").split("\n")
    end = list(closing(run))
    assert lines[-len(end) :] == end
    assert not any(line.lstrip().startswith("::") for line in end)
    assert all(map(COMMAND.fullmatch, lines[: -len(end)]))
    shown = annotations(run)
    assert all(sum(kind == key for kind, _, _ in shown) <= 10 for key in ("error", "warning"))
    assert sum(kind == "notice" for kind, _, _ in shown) <= 10
    assert shown == annotations(run)
