"""Findings as a renderer of Markdown reads them."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bpo_assess.diagnostics import Severity, Span
from bpo_assess.gate.finding import Acceptance, CheckedFile, Standing, Status, identified
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.markdown import ACCEPTED, LARGEST, OTHERS, PROCESSES, render
from checked import checked, problem, run_of
from hostile_findings import files, hostile_file

RENDERER = MarkdownIt("gfm-like", {"linkify": False})
CONDITIONAL = Standing("outsource-with-conditions", False, "61.3", "55.0", "70.1")


def text_of(run: Run) -> str:
    return "".join(render(run, Style()))


def tokens(text: str) -> list[Token]:
    flat = []
    for token in RENDERER.parse(text):
        flat += [token, *(token.children or [])]
    return flat


def tables(text: str) -> list[list[int]]:
    """Count the cells of each row of each table as they stand in the source."""
    found: list[list[int]] = []
    for before, line in pairwise(["", *text.split("\n")]):
        if line.startswith("|"):
            if not before.startswith("|"):
                found.append([])
            found[-1].append(len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1)
    return found


def chapters(text: str) -> list[str]:
    return re.findall(r"^### (.*)", text, re.MULTILINE)


def agreed(text: str = "pilot first", ticket: str | None = None) -> Acceptance:
    return Acceptance("BPO412", "ap/steps", text, "A. Smith", date(2027, 1, 31), ticket)


def lived_with() -> CheckedFile:
    first, second = identified([problem(subject="steps/enter"), problem("BPO413")], "ap")
    found = (
        replace(first, status=Status.ACCEPTED, acceptance=agreed(ticket="AP-1")),
        replace(second, status=Status.KNOWN),
    )
    best = Standing("outsource", True, "80.0", "80.0", "80.0")
    return checked("ap.yaml", process="ap", title="AP", standing=best, findings=found)


def test_the_gate_stands_first_then_processes_then_findings() -> None:
    wrong = problem("BPO501", "the verdict is `later`", note="held by `exit`", hint="see score")
    payroll = checked("payroll.yaml", wrong, problem(), standing=CONDITIONAL)
    broken = checked(
        "broken.yaml", problem("BPO103", "not YAML", span=None), process=None, title=None,
        usable=False, answered=0, applicable=0,
    )  # fmt: skip
    run = run_of(lived_with(), payroll, broken, as_of=date(2026, 11, 1), others=1)
    assert text_of(run) == (
        "## bpo-assess: the gate is closed\n"
        "\n"
        "2 descriptions checked as of 2026-11-01, 100 of 122 questions known: 2 errors, "
        "1 warning; 1 accepted, 1 in the baseline. 1 other file was passed over. "
        "The gate is closed: 1 file falls short and 1 file could not be used.\n"
        "\n"
        "### Processes\n"
        "\n"
        "| Process | File | Verdict | Candidacy | Known | Errors | Warnings | Notes | Gate |\n"
        "| --- | --- | --- | --- | --- | ---: | ---: | ---: | --- |\n"
        "| Payroll | `payroll.yaml` | outsource-with-conditions, provisional | 61.3 (55.0 to 70.1) "
        "| 50 of 61 | 1 | 1 | 0 | **closed** |\n"
        "| - | `broken.yaml` | - | - | - | 1 | 0 | 0 | **closed**, could not be used |\n"
        "| AP | `ap.yaml` | outsource, firm | 80.0 | 50 of 61 | 0 | 0 | 0 | open |\n"
        "\n"
        "### What keeps the gate closed\n"
        "\n"
        "- `payroll.yaml:7:11` error **BPO501** (verdict-below-requirement): the verdict is `later`\n"
        "  - Note: held by `exit`\n"
        "  - Help: see score\n"
        "- `broken.yaml` error **BPO103** (not-yaml): not YAML\n"
        "\n"
        "### Other findings\n"
        "\n"
        "- `payroll.yaml:7:11` warning BPO412: step `Enter` lacks instructions\n"
        "\n"
        "### Accepted\n"
        "\n"
        "| Rule | Subject | What was found | Owner | Until | Reason |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| BPO412 | ap/steps/enter | step \\`Enter\\` lacks instructions "
        "| A. Smith | 2027-01-31 | pilot first (AP-1) |\n"
    )


def test_where_nothing_was_assessed_there_is_no_verdict_in_the_table() -> None:
    assert text_of(run_of(checked("a.yaml"))) == (
        "## bpo-assess: the gate is open\n"
        "\n"
        "a.yaml: no findings, 50 of 61 questions known. The gate is open.\n"
        "\n"
        "### Processes\n"
        "\n"
        "| Process | File | Known | Errors | Warnings | Notes | Gate |\n"
        "| --- | --- | --- | ---: | ---: | ---: | --- |\n"
        "| Payroll | `a.yaml` | 50 of 61 | 0 | 0 | 0 | open |\n"
    )


def test_nothing_to_check_is_said_without_a_table() -> None:
    assert text_of(run_of()) == (
        "## bpo-assess: the gate is closed\n\nNothing was found to check. The gate is closed.\n"
    )


def test_what_is_no_description_is_no_process() -> None:
    run = run_of(
        checked("a.yaml"),
        checked("accept.yaml", problem("BPO511"), process=None, describes=False),
    )
    assert "| `accept.yaml` |" not in text_of(run)
    assert "- `accept.yaml:7:11` error **BPO511**" in text_of(run)


@pytest.mark.parametrize(
    ("fail_on", "closing", "others"),
    [
        (Severity.ERROR, ["BPO501"], ["BPO412", "BPO512"]),
        (Severity.WARNING, ["BPO412", "BPO501"], ["BPO512"]),
        (Severity.NOTE, ["BPO412", "BPO501", "BPO512"], []),
    ],
)
def test_what_keeps_the_gate_closed_stands_apart(
    fail_on: Severity, closing: list[str], others: list[str]
) -> None:
    found = problem("BPO501"), problem("BPO412"), problem("BPO512")
    shown = text_of(run_of(checked("a.yaml", *found, fail_on=fail_on)))
    _, first, *rest = shown.split("\n### ")[1:]
    assert re.findall(r"\*\*(BPO\d+)\*\*", first) == closing
    assert re.findall(r"(BPO\d+):", "".join(rest)) == others


@pytest.mark.parametrize(("value", "low", "shown"), [
    (None, "0.0", "- (0.0 to 100.0)"), ("50.0", "50.0", "50.0 (50.0 to 100.0)"), (None, None, "-"),
])  # fmt: skip
def test_the_candidacy_has_its_range_unless_it_is_a_point(
    value: str | None, low: str | None, shown: str
) -> None:
    standing = Standing("later", False, value, low, low and "100.0")
    assert f"| later, provisional | {shown} |" in text_of(run_of(checked(standing=standing)))


def test_of_many_processes_those_that_keep_the_gate_closed_come_first() -> None:
    holding = [checked(f"good-{number}.yaml") for number in range(PROCESSES)]
    failing = [checked(f"bad-{number}.yaml", problem("BPO501")) for number in range(3)]
    table = text_of(run_of(*holding, *failing)).split("### ")[1]
    named = re.findall(r"`(\w+)-\d+\.yaml`", table)
    assert named == ["bad"] * 3 + ["good"] * (PROCESSES - 3)
    assert table.endswith("\nAnd 3 more.\n\n")


def test_processes_that_are_left_out_say_whether_they_keep_the_gate_closed() -> None:
    failing = [checked(f"bad-{number}.yaml", problem("BPO501")) for number in range(PROCESSES + 1)]
    shown = text_of(run_of(*failing, checked()))
    assert "\nAnd 2 more, 1 of which keeps the gate closed.\n" in shown


def test_lists_end_with_how_many_more_there_are() -> None:
    warnings = checked("a.yaml", *[problem()] * (OTHERS + 1234))
    accepted = lived_with()
    many = replace(accepted, findings=accepted.findings[:1] * (ACCEPTED + 2))
    processes, others, agreements = text_of(run_of(warnings, many)).split("\n### ")[1:]
    assert "more" not in processes
    assert others.count("\n- ") == OTHERS
    assert others.endswith("\n\nAnd 1,234 more.\n")
    assert agreements.count("\n| BPO412") == ACCEPTED
    assert agreements.endswith("\n\nAnd 2 more.\n")


@pytest.mark.parametrize("text", ["x" * 1000, "\u4f60" * 1000, "|@a" * 400])
def test_a_report_stays_below_what_a_summary_may_have(text: str) -> None:
    names = [f"{number}-{text}" for number in range(400)]
    found = [
        checked(name, *[problem("BPO501", text, note=text, hint=text)] * 3, title=text)
        for name in names
    ]
    shown = text_of(run_of(*found))
    assert 0.9 * LARGEST < len(shown.encode()) <= LARGEST
    assert re.findall(r"^And [\d,]+ more", shown, re.MULTILINE)
    assert chapters(shown) == ["Processes", "What keeps the gate closed"]
    entries = shown.count("\n- `")
    left_out = shown.rsplit("And ", 1)[1].split(" ")[0].replace(",", "")
    assert entries + int(left_out) == 1200
    assert all(len(set(rows)) == 1 for rows in tables(shown))


def test_a_chapter_for_which_there_is_no_room_is_counted() -> None:
    failing = checked("a.yaml", *[problem("BPO501", "x" * 900)] * 2000)
    shown = text_of(run_of(failing, checked("b.yaml", *[problem(message="y" * 900)] * 9)))
    assert len(shown.encode()) <= LARGEST
    assert re.search(r"### Other findings\n\n(- .*\n)*\n?And \d more\.\n", shown)


def test_long_texts_are_cut() -> None:
    shown = text_of(run_of(checked("a.yaml", problem("BPO501", "x" * 5000), title="y" * 5000)))
    assert f"| {'y' * 197}... |" in shown
    assert f": {'x' * 997}...\n" in shown


def test_text_of_files_becomes_no_markup() -> None:
    run = run_of(hostile_file(), hostile_file("| :---: |"), hostile_file("- [ ] x"))
    text = text_of(run)
    kinds = {token.type for token in tokens(text)}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "s_open", "hr", "fence"}
    assert not {"em_open", "code_block", "blockquote_open", "ordered_list_open"} & kinds
    shown = RENDERER.render(text)
    assert "<script" not in shown
    assert "alert(1)" in shown
    assert all(char == "\n" or char.isprintable() for char in text)
    assert not re.search(r"^\s*::|##\[|##vso\[", text, re.MULTILINE)
    assert chapters(text) == [
        "Processes", "What keeps the gate closed", "Other findings", "Accepted",
    ]  # fmt: skip
    assert [len(rows) for rows in tables(text)] == [5, 5]


def test_text_of_files_calls_nobody_and_links_to_nothing() -> None:
    shown = RENDERER.render(text_of(run_of(hostile_file())))
    told = re.sub(r"<code>.*?</code>", "", shown)
    assert "someone" in told
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.|:\w+:(?!\d)", told)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("step `a b` lacks", "step `a b` lacks"),
        ("`a` and `b`", "`a` and `b`"),
        ("one ` alone", "one \\` alone"),
        ("empty `` here", "empty \\`\\` here"),
        ("an *odd* `<b>` @team", "an \\*odd\\* `<b>` @&#8203;team"),
        ("two\n lines", "two lines"),
    ],
)
def test_names_in_backticks_are_shown_as_code(message: str, shown: str) -> None:
    assert f": {shown}\n" in text_of(run_of(checked("a.yaml", problem(message=message))))


@pytest.mark.parametrize("name", ["a|b.yaml", "a\\|b.yaml", "a\\", "`a|`", "``", " ", "a\nb"])
def test_no_name_of_a_file_breaks_the_table(name: str) -> None:
    text = text_of(run_of(checked(name), checked("b.yaml")))
    rows = [token for token in tokens(text) if token.type in {"th_open", "td_open"}]
    assert len(rows) == 3 * 7
    assert tables(text) == [[7, 7, 7, 7]]


@given(st.lists(files(), max_size=4))
def test_every_row_has_as_many_cells_as_its_head_whatever_is_found(
    found: list[CheckedFile],
) -> None:
    text = text_of(run_of(*found))
    assert all(len(set(rows)) == 1 for rows in tables(text))
    assert sum(token.type == "table_open" for token in RENDERER.parse(text)) == len(tables(text))
    kinds = {token.type for token in tokens(text)}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "hr", "fence"}
    assert text.endswith("\n")
    assert not re.search(r"\n\n\n|[ \t]$|\n\n\Z", text, re.MULTILINE)


@given(st.lists(files(), max_size=4))
def test_every_open_finding_is_an_entry(found: list[CheckedFile]) -> None:
    run = run_of(*found)
    entries = re.findall(r"^- ", text_of(run), re.MULTILINE)
    assert len(entries) == run.tally.errors + run.tally.warnings + run.tally.notes


def test_the_place_of_a_problem_of_another_file_is_there() -> None:
    run = run_of(checked("a.yaml", problem(file="own.yaml", span=Span(1, 2, 1, 3))))
    assert "- `own.yaml:1:2` warning" in text_of(run)
