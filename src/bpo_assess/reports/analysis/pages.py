"""Blocks of a report as plain text of a width, and as Markdown."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bpo_assess.reports.blocks import (
    Bullets,
    Code,
    Heading,
    Inline,
    Paragraph,
    Phrase,
    Strong,
    Table,
)
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

NARROWEST_TEXT = 20
"""Columns that the first column of a table needs; with less, each row is written as a list."""

NARROWEST_CELL = 15
"""Columns that any other text of a table needs."""

GAP = "  "

Lines = Iterator[str]


@dataclass(frozen=True, slots=True)
class Bars:
    """Lines drawn with signs; formats that draw none write the table of the same figures."""

    rows: tuple[tuple[str, str], ...]
    """What the line is about, and the drawing with its figures."""
    legend: str
    """How the drawing is read."""
    table: Table


Block = Heading | Paragraph | Bullets | Table | Bars


def text(blocks: Iterable[Block], width: int) -> str:
    """Write blocks as plain text of so many columns."""
    lines: list[str] = []
    for block in blocks:
        if lines:
            lines.append("")
        lines += _text(block, width)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _harmless(said: str) -> str:
    """Write a text on one line that, wherever it is broken, no pipeline takes for a command."""
    return re.sub(":(?=:)", ": ", one_line(said))


def _text(block: Block, width: int) -> Lines:
    match block:
        case Heading():
            yield from wrapped(block.text, width)
            yield "-" * min(width, columns_of(_harmless(block.text)))
        case Paragraph(phrase):
            yield from wrapped(_plain(phrase), width)
        case Bullets():
            for entry in block.entries:
                yield from wrapped(_plain(entry.phrase), width, "- ", "  ")
                for below in entry.below:
                    yield from wrapped(_plain(below), width, "  - ", "    ")
        case Table():
            yield from _table(block, width)
        case Bars():
            yield from _bars(block, width)


def _plain(phrase: Phrase) -> str:
    parts = phrase if isinstance(phrase, tuple) else (phrase,)
    return "".join(map(_said, parts))


def _said(inline: Inline) -> str:
    match inline:
        case str():
            return inline
        case Strong(said) | Code(said):
            return said
        case _:
            return ""


def columns_of(said: str) -> int:
    """Count the columns that a text takes on a screen."""
    if said.isascii():
        return len(said)
    return sum(_columns(sign) for sign in said)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrapped(said: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Break a text into lines of so many columns."""
    rest = first if rest is None else rest
    lines, line, taken = [], first, len(first)
    begun = False
    for word in _words(_harmless(said), max(1, width - max(len(first), len(rest)))):
        size = columns_of(word)
        if begun and taken + 1 + size > width:
            lines.append(line)
            line, taken, begun = rest, len(rest), False
        line += f" {word}" if begun else word
        taken += size + (1 if begun else 0)
        begun = True
    return [*lines, line]


def _words(said: str, longest: int) -> Iterator[str]:
    """Yield the words of a text, those that no line can hold in pieces; a figure keeps its percent sign."""
    for word in re.findall(r"\S+(?: %\S*)?", said):
        piece, taken = "", 0
        for sign in word if columns_of(word) > longest else ():
            if taken + _columns(sign) > longest and piece:
                yield piece
                piece, taken = "", 0
            piece, taken = piece + sign, taken + _columns(sign)
        yield piece or word


def filled(said: str, size: int, *, right: bool = False) -> str:
    """Fill a text with blanks to so many columns."""
    blanks = " " * (size - columns_of(said))
    return blanks + said if right else said + blanks


def _table(table: Table, width: int) -> Lines:
    rows = [[_harmless(_plain(cell)) for cell in row] for row in table.rows]
    names = [column.name for column in table.columns]
    sizes = _sizes(table, [names, *rows], width)
    if sizes is None:
        # What heads the table heads the list: its first column has no name in the entries.
        heading = table.title if table.titled else names[0]
        yield from wrapped(f"{heading}:", width) if heading else ()
        for row in rows:
            yield from _listed(names, row, width)
        return
    if table.titled:
        yield from wrapped(table.title, width)
    for row in ([names] if any(names) else []) + rows:
        yield from _row(table, row, sizes)


def _sizes(table: Table, rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share out the width: figures take what they need, texts the rest; None where that is too little."""
    needed = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    texts = [place for place, column in enumerate(table.columns) if not column.right]
    room = width - len(GAP) * (len(needed) - 1)
    room -= sum(size for place, size in enumerate(needed) if place not in texts)
    least = [min(size, NARROWEST_CELL if n else NARROWEST_TEXT) for n, size in enumerate(needed)]
    if room < sum(least[place] for place in texts):
        return None
    sizes = list(needed)
    left = sorted(texts, key=lambda place: needed[place])
    while left:
        place, *left = left
        spare = room - sum(least[other] for other in left)
        sizes[place] = min(needed[place], spare, max(room // (len(left) + 1), least[place]))
        room -= sizes[place]
    return sizes


def _row(table: Table, row: Sequence[str], sizes: Sequence[int]) -> Lines:
    cells = [wrapped(cell, size) for cell, size in zip(row, sizes, strict=True)]
    for number in range(max(map(len, cells))):
        parts = [
            filled(cell[number] if number < len(cell) else "", size, right=column.right)
            for cell, size, column in zip(cells, sizes, table.columns, strict=True)
        ]
        yield GAP.join(parts)


def _listed(names: Sequence[str], row: Sequence[str], width: int) -> Lines:
    first, *others = row
    yield from wrapped(first, width, "- ", "  ")
    for name, cell in zip(names[1:], others, strict=True):
        if cell:
            yield from wrapped(f"{name}: {cell}" if name else cell, width, "  ", "    ")


def _bars(bars: Bars, width: int) -> Lines:
    drawn = max((columns_of(drawing) for _, drawing in bars.rows), default=0)
    room = width - drawn - len(GAP)
    for said, drawing in bars.rows:
        if room < NARROWEST_TEXT:
            yield from wrapped(said, width)
            yield f"  {drawing}"
            continue
        first, *more = wrapped(said, room)
        yield f"{filled(first, room)}{GAP}{drawing}"
        yield from more
    yield ""
    yield from wrapped(bars.legend, width)


# Markdown


def markdown(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown; headings are of the second level."""
    lines = [line for block in blocks for line in (*_markdown(block), "")]
    return "\n".join(lines)


def _markdown(block: Block) -> Lines:
    match block:
        case Heading():
            yield f"## {escape(block.text)}"
        case Paragraph(phrase):
            yield _phrase(phrase)
        case Bullets():
            for entry in block.entries:
                yield f"- {_phrase(entry.phrase)}"
                yield from (f"  - {_phrase(phrase)}" for phrase in entry.below)
        case Table():
            yield from _markdown_table(block)
        case Bars():
            yield from _markdown_table(block.table)


def _phrase(phrase: Phrase) -> str:
    parts = phrase if isinstance(phrase, tuple) else (phrase,)
    return "".join(_marked(part) for part in parts).strip()


def _marked(inline: Inline) -> str:
    if isinstance(inline, Strong):
        return f"**{escape(one_line(inline.text))}**"
    said = one_line(_said(inline))
    blanks = len(said) - len(said.lstrip())
    return " " * blanks + escape(said.lstrip()) if said.strip() else said


def _markdown_table(table: Table) -> Lines:
    if table.titled:
        yield f"**{escape(table.title)}**"
        yield ""
    yield f"| {' | '.join(escape(column.name) for column in table.columns)} |"
    yield "|" + "|".join(" ---: " if column.right else " --- " for column in table.columns) + "|"
    for row in table.rows:
        yield f"| {' | '.join(map(_phrase, row))} |"
