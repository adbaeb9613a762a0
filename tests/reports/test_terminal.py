"""The terminal report at every width, without colour, in ASCII, and with hostile text in every field."""

import re
import unicodedata

import pytest

from hostile import hostile
from rendering import rendered
from shipped import EXAMPLES, example

WIDTHS = [40, 60, 80, 100, 200]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    lines = rendered(example(name), "terminal", width).split("\n")
    assert max(map(columns, lines)) <= min(width, 100)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_line_ends_in_blanks_and_nothing_is_cut_off(name: str) -> None:
    text = rendered(example(name), "terminal", 60)
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    assert "…" not in text


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_terminal_without_unicode_gets_ascii_signs(name: str) -> None:
    assessment = example(name)
    text = rendered(assessment, "terminal", 80, encoding="ascii")
    ours = text.encode("ascii", "replace").decode().count("?")
    assert ours <= text.count("?") + sum(ord(c) > 127 for c in str(assessment.process))
    assert not set(text) & set("█░■◆●○▲▼•╭╮╰╯│─")


def test_the_words_carry_everything_that_the_colours_do() -> None:
    plain = rendered(example("pricing-analysis.yaml"), "terminal")
    coloured = rendered(example("pricing-analysis.yaml"), "terminal", color="always")
    assert "\x1b" not in plain
    assert ESCAPE.search(coloured)
    assert [line.rstrip() for line in ESCAPE.sub("", coloured).split("\n")] == plain.split("\n")


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = rendered(example("pricing-analysis.yaml"), "terminal", color="auto")
    assert "\x1b[3" not in text


@pytest.mark.parametrize("width", WIDTHS)
def test_text_of_files_stays_text(width: int) -> None:
    text = rendered(hostile(), "terminal", width)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[bold]x[/]" in text
    assert ":smile:" in text
    assert max(map(columns, text.split("\n"))) <= min(width, 100)


def test_an_undetermined_report_asks_and_does_not_advise() -> None:
    text = rendered(example("travel-expenses.yaml"), "terminal")
    assert "UNDETERMINED" in text
    assert "Ask first" in text
    assert "\nConditions" not in text
    assert "\nWork to do" not in text
