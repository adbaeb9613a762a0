"""Findings as editors and grep read them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.diagnostics import Severity, Span
from bpo_assess.gate.finding import CheckedFile, Status, identified
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.concise import render
from bpo_assess.reports.findings.wording import closing
from checked import checked, problem, run_of
from hostile_findings import files, hostile_file

LINE = re.compile(r"(.*):(\d+):(\d+): (error|warning|note) (BPO\d+) .*")


def lines_of(run: Run, *, color: bool = False) -> list[str]:
    text = "".join(render(run, Style(color=color)))
    assert text.endswith("\n")
    return text[:-1].split("\n")


def test_every_finding_is_a_line_and_the_last_lines_count() -> None:
    run = run_of(
        checked("a.yaml", problem("BPO501", "the verdict is later"), problem(hint="say how")),
        checked("b.yaml", problem("BPO103", "not\n  YAML", span=Span(1, 2, 1, 3)), usable=False),
        links=2,
    )
    assert lines_of(run) == [
        "a.yaml:7:11: warning BPO412 step `Enter` lacks instructions",
        "a.yaml:7:11: error BPO501 the verdict is later",
        "b.yaml:1:2: error BPO103 not YAML",
        "1 description checked, 100 of 122 questions known: 2 errors, 1 warning.",
        "2 links were passed over.",
        "The gate is closed: 1 file falls short and 1 file could not be used.",
    ]


def test_nothing_wrong_is_one_line() -> None:
    assert lines_of(run_of(checked("a.yaml"))) == [
        "a.yaml: no findings, 50 of 61 questions known. The gate is open."
    ]


def test_what_is_about_a_whole_file_stands_at_its_first_character() -> None:
    run = run_of(checked("a.yaml", problem(span=None, excerpt=()), problem(file="own.yaml")))
    assert [line.split(" ")[0] for line in lines_of(run)[:2]] == ["a.yaml:1:1:", "own.yaml:7:11:"]


def test_what_is_accepted_or_was_there_before_is_no_line() -> None:
    first, second = identified([problem(), problem("BPO501")], "payroll")
    agreed = replace(first, status=Status.ACCEPTED), replace(second, status=Status.KNOWN)
    assert len(lines_of(run_of(checked("a.yaml", findings=agreed)))) == 2


@pytest.mark.parametrize("severity", Severity)
def test_only_the_severity_has_a_colour(severity: Severity) -> None:
    run = run_of(checked("a.yaml", problem(severity=severity)))
    painted, plain = lines_of(run, color=True), lines_of(run)
    assert re.fullmatch(rf"\S+ \x1b\[[0-9;]+m{severity}\x1b\[0m BPO412 .*", painted[0])
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in painted] == plain


def test_text_of_files_stays_on_its_line() -> None:
    lines = lines_of(run_of(hostile_file(), hostile_file("::error::x")))
    assert all(line.isprintable() and not line.lstrip().startswith("::") for line in lines)
    assert not any("##[" in line or "##vso[" in line for line in lines)
    assert sum(bool(LINE.fullmatch(line)) for line in lines) == 4
    assert lines[2].startswith("./::error::x:7:3: error BPO501 ")


@given(st.lists(files(), max_size=4))
def test_there_are_as_many_lines_as_open_findings(found: list[CheckedFile]) -> None:
    run = run_of(*found)
    lines = lines_of(run)
    end = list(closing(run))
    assert lines[-len(end) :] == end
    tally = run.tally
    assert len(lines) - len(end) == tally.errors + tally.warnings + tally.notes
    assert all(map(LINE.fullmatch, lines[: -len(end)]))
