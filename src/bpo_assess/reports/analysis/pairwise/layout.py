"""The page of weights as plain text of a width, and as Markdown."""

import textwrap
from collections.abc import Iterable, Iterator

from bpo_assess.reports.blocks import Bullets, Heading, Paragraph, Table
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

NARROWEST_NAME = 16
"""How many columns the names of parts have at least."""

_TIED = "\u00a0%"
"""A percent sign that stays on the line of its figure."""

Lines = Iterator[str]

Piece = Heading | Paragraph | Bullets | Table
"""What this page is made of."""


def text(title: str, pieces: Iterable[Piece], width: int) -> str:
    """Write a page as plain text."""
    lines = [*_wrapped(title, width)]
    for piece in pieces:
        lines += _text(piece, width)
    return "\n".join(map(_harmless, lines)).rstrip() + "\n"


def _harmless(line: str) -> str:
    """Let no line begin like a command to a pipeline that reads it."""
    safe = one_line(line) if line else line
    return safe.replace("::", ": :", 1) if safe.lstrip().startswith("::") else safe


def _wrapped(text: str, width: int, first: str = "", indent: str | None = None) -> list[str]:
    further = first if indent is None else indent
    lines = textwrap.wrap(
        text.replace(" %", _TIED),
        width,
        initial_indent=first,
        subsequent_indent=further,
        break_on_hyphens=False,
    )
    return [line.replace(_TIED, " %") for line in lines]


def _text(piece: Piece, width: int) -> Lines:
    match piece:
        case Heading():
            yield from ("", *_wrapped(piece.text, width), "")
        case Paragraph(phrase):
            yield from _wrapped(str(phrase), width, "  ")
        case Bullets():
            for entry in piece.entries:
                yield from _wrapped(str(entry.phrase), width, "  - ", "    ")
        case Table():
            yield from _text_table(piece, width)


def _text_table(table: Table, width: int) -> Lines:
    """Lay out a table; where the width does not allow it, each row becomes a sentence."""
    rows = [[str(cell) for cell in row] for row in table.rows]
    header = [column.name for column in table.columns]
    widths = [max(len(row[place]) for row in [header, *rows]) for place in range(len(header))]
    left = width - 2 - sum(2 + cells for cells in widths[1:])
    yield ""
    if left < NARROWEST_NAME:
        for name, *figures in rows:
            told = ", ".join(map(" ".join, zip(header[1:], figures, strict=True)))
            yield from _wrapped(f"{name}: {told}", width, "  ", "    ")
        return
    widths[0] = min(widths[0], left)
    for row in [header, *rows]:
        *above, last = textwrap.wrap(row[0], widths[0], break_on_hyphens=False) or [""]
        yield from (f"  {line}" for line in above)
        told = "".join(f"  {row[place]:>{widths[place]}}" for place in range(1, len(row)))
        yield f"  {last:<{widths[0]}}{told}"


def markdown(title: str, pieces: Iterable[Piece]) -> str:
    """Write a page as Markdown."""
    lines = [f"# {escape(title)}", ""]
    for piece in pieces:
        lines += _markdown(piece)
    return "\n".join(lines).rstrip() + "\n"


def _markdown(piece: Piece) -> Lines:
    match piece:
        case Heading():
            yield from (f"## {escape(piece.text)}", "")
        case Paragraph(phrase):
            yield from (escape(str(phrase)), "")
        case Bullets():
            yield from (f"- {escape(str(entry.phrase))}" for entry in piece.entries)
            yield ""
        case Table():
            yield f"| {' | '.join(escape(column.name) for column in piece.columns)} |"
            marks = (" ---: " if column.right else " --- " for column in piece.columns)
            yield f"|{'|'.join(marks)}|"
            for row in piece.rows:
                yield f"| {' | '.join(escape(str(cell)) for cell in row)} |"
            yield ""
