"""Findings as people read them on a screen."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.diagnostics import Severity, Span
from bpo_assess.gate.finding import CheckedFile, Status, identified
from bpo_assess.gate.outcome import Tally
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.text import render
from checked import checked, problem, run_of
from hostile_findings import files, hostile_file

ESCAPE = "\x1b"


def text_of(run: Run, *, color: bool = False) -> str:
    return "".join(render(run, Style(color=color)))


def last_lines(run: Run) -> list[str]:
    return text_of(run).rsplit("\n\n", 1)[-1].splitlines()


def test_a_finding_is_shown_at_its_place_and_the_last_lines_count() -> None:
    broken = problem("BPO501", "the verdict is later", note="held by `exit`", hint="see score")
    run = run_of(checked("payroll.yaml", broken, problem(span=Span(8, 5, 8, 9))), others=1)
    assert text_of(run) == (
        "error[BPO501]: the verdict is later\n"
        " --> payroll.yaml:7:11  (keeps the gate closed)\n"
        "  |\n"
        "6 | steps:\n"
        "7 |   - name: Enter\n"
        "  |           ^^^^^\n"
        "8 |     role: Clerk\n"
        "  |\n"
        "  = note: held by `exit`\n"
        "  = help: see score\n"
        "\n"
        "warning[BPO412]: step `Enter` lacks instructions\n"
        " --> payroll.yaml:8:5\n"
        "  |\n"
        "6 | steps:\n"
        "7 |   - name: Enter\n"
        "8 |     role: Clerk\n"
        "  |     ^^^^\n"
        "  |\n"
        "\n"
        "1 description checked, 50 of 61 questions known: 1 error, 1 warning.\n"
        "1 other file was passed over.\n"
        "The gate is closed: 1 file falls short.\n"
    )


def test_one_description_with_nothing_wrong_is_one_line() -> None:
    assert text_of(run_of(checked("payroll.yaml"))) == (
        "payroll.yaml: no findings, 50 of 61 questions known. The gate is open.\n"
    )


def test_many_descriptions_with_nothing_wrong_are_two_lines() -> None:
    run = run_of(checked("a.yaml"), checked("b.yaml"), as_of=date(2026, 11, 1))
    assert text_of(run) == (
        "2 descriptions checked as of 2026-11-01, 100 of 122 questions known: no findings.\n"
        "The gate is open.\n"
    )


def test_nothing_to_check_is_said() -> None:
    run = run_of(others=12, links=3)
    assert text_of(run) == (
        "Nothing was found to check.\n"
        "12 other files and 3 links were passed over.\n"
        "The gate is closed.\n"
    )


@pytest.mark.parametrize(
    ("tally", "lines"),
    [
        (
            Tally(files=17, failing=2, errors=2, warnings=10, notes=3, accepted=2, known=40,
                  answered=1037, applicable=1037),
            [
                "17 descriptions checked, 1,037 of 1,037 questions known: 2 errors, 10 warnings, "
                "3 notes; 2 accepted, 40 in the baseline.",
                "The gate is closed: 2 files fall short.",
            ],
        ),
        (
            Tally(files=1, accepted=1, answered=1, applicable=1),
            [
                "1 description checked, 1 of 1 question known: no open findings; 1 accepted.",
                "The gate is open.",
            ],
        ),
        (
            Tally(files=4000, unusable=1, unchecked=1, failing=1234, errors=1),
            [
                "4,000 descriptions checked: 1 error.",
                "The gate is closed: 1,234 files fall short, 1 file could not be used and "
                "1 description was not checked.",
            ],
        ),
        (
            Tally(unusable=2, unchecked=3, errors=2),
            [
                "Nothing was checked: 2 errors.",
                "The gate is closed: 2 files could not be used and 3 descriptions were not checked.",
            ],
        ),
    ],
)  # fmt: skip
def test_the_last_lines_count_in_words(tally: Tally, lines: list[str]) -> None:
    assert last_lines(Run((), tally)) == lines


@pytest.mark.parametrize(
    ("others", "links", "line"),
    [
        (1, 0, "1 other file was passed over."),
        (1234, 0, "1,234 other files were passed over."),
        (0, 1, "1 link was passed over."),
        (1, 1, "1 other file and 1 link were passed over."),
    ],
)
def test_what_was_passed_over_is_counted(others: int, links: int, line: str) -> None:
    assert line in last_lines(run_of(checked(), others=others, links=links))


@pytest.mark.parametrize(
    ("fail_on", "closing"),
    [
        (Severity.ERROR, ["BPO501"]),
        (Severity.WARNING, ["BPO501", "BPO412"]),
        (Severity.NOTE, ["BPO501", "BPO412", "BPO512"]),
    ],
)
def test_what_keeps_the_gate_closed_says_so(fail_on: Severity, closing: list[str]) -> None:
    found = problem("BPO501"), problem("BPO412"), problem("BPO512")
    file = checked("a.yaml", *found, fail_on=fail_on)
    frames = text_of(run_of(file)).split("\n\n")[:-1]
    told = [frame for frame in frames if "(keeps the gate closed)" in frame]
    assert sorted(re.findall(r"\[(BPO\d+)\]", "".join(told))) == sorted(closing)
    assert len(frames) == 3


def test_what_is_accepted_or_was_there_before_is_only_counted() -> None:
    first, second = identified([problem(), problem("BPO501")], "payroll")
    agreed = replace(first, status=Status.ACCEPTED), replace(second, status=Status.KNOWN)
    assert text_of(run_of(checked("a.yaml", findings=agreed))) == (
        "1 description checked, 50 of 61 questions known: no open findings; "
        "1 accepted, 1 in the baseline.\n"
        "The gate is open.\n"
    )


def test_findings_come_in_the_order_of_their_places() -> None:
    places = [Span(line, 1, line, 2) for line in (9, 3, 5)]
    run = run_of(checked("a.yaml", *(problem(span=span) for span in places)))
    assert re.findall(r"a\.yaml:(\d+)", text_of(run)) == ["3", "5", "9"]


def many(number: int, code: str = "BPO412", start: int = 1) -> CheckedFile:
    places = [Span(start + line, 1, start + line, 2) for line in range(number)]
    return checked("a.yaml", *(problem(code, span=span) for span in places))


@pytest.mark.parametrize(("number", "more"), [(20, None), (21, "and 1 more in a.yaml"),
                                              (1300, "and 1,280 more in a.yaml")])  # fmt: skip
def test_of_a_file_twenty_findings_are_shown(number: int, more: str | None) -> None:
    shown = text_of(run_of(many(number)))
    assert shown.count("warning[") == min(number, 20)
    assert re.findall(r"^and .*", shown, re.MULTILINE) == ([more] if more else [])


def test_of_very_many_findings_those_are_shown_that_keep_the_gate_closed() -> None:
    warnings, errors = many(30), many(3, "BPO501", start=60)
    run = run_of(replace(warnings, findings=(*warnings.findings, *errors.findings)))
    assert text_of(run).count("error[") == 3
    assert "and 13 more in a.yaml\n" in text_of(run)


def test_what_is_not_shown_says_whether_it_keeps_the_gate_closed() -> None:
    assert "and 1 more in a.yaml, 1 of which keeps the gate closed\n" in text_of(
        run_of(many(21, "BPO501"))
    )
    assert "and 2 more in a.yaml, 2 of which keep the gate closed\n" in text_of(
        run_of(many(22, "BPO501"))
    )


def test_a_problem_of_another_file_is_shown_there() -> None:
    run = run_of(checked("a.yaml", problem(file="methods/own.yaml")))
    assert " --> methods/own.yaml:7:11\n" in text_of(run)


def test_colours_say_nothing_that_words_do_not() -> None:
    run = run_of(checked("a.yaml", problem("BPO501"), problem(label="here"), problem("BPO512")))
    painted = text_of(run, color=True)
    assert "\x1b[1;31merror[BPO501]\x1b[0m: " in painted
    assert "\x1b[1;33mwarning[BPO412]\x1b[0m: " in painted
    assert "\x1b[1;36mnote[BPO512]\x1b[0m: " in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == text_of(run)
    assert ESCAPE not in text_of(run)


def test_text_of_files_acts_on_no_screen_and_on_no_pipeline() -> None:
    shown = text_of(run_of(hostile_file()))
    assert all(char == "\n" or char.isprintable() for char in shown)
    assert not re.search(r"^\s*::|##\[|##vso\[", shown, re.MULTILINE)
    assert "The gate is closed: 1 file falls short." in shown


@pytest.mark.parametrize("name", ["::error::x.yaml", " ::stop-commands::x", "\x1b]0;x\x07.yaml"])
def test_no_line_becomes_a_command_by_the_name_of_a_file(name: str) -> None:
    for run in (run_of(checked(name)), run_of(checked(name, *[problem()] * 30))):
        assert not re.search(r"^\s*::|[\x1b\x07]", text_of(run), re.MULTILINE)


@given(st.lists(files(), max_size=3))
def test_whatever_is_found_lines_stay_whole_and_the_last_tells_of_the_gate(
    found: list[CheckedFile],
) -> None:
    run = run_of(*found)
    shown = text_of(run)
    assert shown == text_of(run)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]|##\[", shown)
    assert not re.search(r"^\s*::", shown, re.MULTILINE)
    assert (
        shown.splitlines()[-1]
        .split("The gate is ")[1]
        .startswith("open" if run.tally.code == 0 else "closed")
    )


def test_of_a_long_line_the_part_with_the_place_is_shown() -> None:
    line = "answers: {" + "a: 1, " * 60 + "wrong: 9}"
    place = line.index("wrong") + 1
    lines = ((7, line),)
    shown = text_of(
        run_of(checked("a.yaml", problem(span=Span(7, place, 7, place + 5), excerpt=lines)))
    )
    excerpt, caret = shown.splitlines()[3:5]
    assert excerpt.endswith("wrong: 9}")
    assert "..." in excerpt
    assert caret.index("^") == excerpt.index("wrong")
    assert caret.count("^") == 5


def test_of_a_place_beyond_what_is_kept_of_a_line_only_the_place_is_told() -> None:
    span, lines = Span(7, 40_000, 7, 40_005), ((7, "x" * 1_000),)
    shown = text_of(run_of(checked("a.yaml", problem(span=span, excerpt=lines))))
    assert "a.yaml:7:40000" in shown
    assert "^" not in shown


def test_lines_that_were_just_shown_are_not_shown_again() -> None:
    shown = text_of(run_of(checked("a.yaml", problem(), problem("BPO413", "another"))))
    assert shown.count("- name: Enter") == 1
    assert shown.count("--> a.yaml:7:11") == 2


def test_an_auditor_sees_that_nothing_was_taken_as_agreed() -> None:
    line = "Acceptances and baselines were left aside."
    assert line in last_lines(run_of(checked(), accepts=False))
    assert line not in last_lines(run_of(checked()))
