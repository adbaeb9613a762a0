"""The assessment as Markdown: the client's report, fit to be committed and read as a diff."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import assert_never

from bpo_assess.assessment.result import Assessment
from bpo_assess.model.process import Evidence
from bpo_assess.reports.blocks import (
    Block,
    Bullets,
    Code,
    Console,
    Extras,
    Heading,
    Inline,
    Paragraph,
    Phrase,
    Remark,
    Report,
    RiskMap,
    Several,
    Share,
    Span,
    Strong,
    Table,
    Verdict,
)
from bpo_assess.reports.chapters import report
from bpo_assess.reports.charts import Contributions, Quadrant, Tornado

Lines = Iterator[str]


def render(assessments: Sequence[Assessment], extras: Sequence[Extras] = ()) -> str:
    """Render one report, or several with a rule between them, each with the chapters asked for."""
    return "\n---\n\n".join(
        _report(report(entry, "markdown", asked))
        for entry, asked in zip_longest(assessments, extras)
    )


def _report(content: Report) -> str:
    lines = [f"# Sourcing assessment: {escape(content.title)}", ""]
    facts = ((escape(name), _cell(value)) for name, value in content.facts)
    lines += _table(["", ""], facts)
    for block in content.opening:
        lines += _block(block)
    for chapter in content.chapters:
        lines += [f"## {escape(chapter.label)}", ""]
        for block in chapter.blocks:
            lines += _block(block)
    return "\n".join(lines).rstrip() + "\n"


# Texts


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_BLOCK_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=:])")


def escape(text: str) -> str:
    """Write a text so that nothing in it is markup, on one line."""
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", _inside(text))


def _inside(text: str) -> str:
    """Write a part of a phrase, the spaces at its ends included."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))


def _phrase(phrase: Phrase) -> str:
    """Write what begins a line."""
    return escape(phrase) if isinstance(phrase, str) else _cell(phrase)


def _cell(phrase: Phrase) -> str:
    """Write what stands within a line."""
    parts = phrase if isinstance(phrase, tuple) else (phrase,)
    return "".join(map(_inline, parts)).strip()


def _inline(inline: Inline) -> str:
    match inline:
        case str():
            return _inside(inline)
        case Strong(text):
            return f"**{escape(text)}**"
        case Code(text):
            return _code(text)
        case Evidence():
            return _place(inline)
        case Several(parts):
            return "; ".join(map(_cell, parts))
        case Share() | Span():
            return ""
        case _:
            assert_never(inline)


def _code(text: str) -> str:
    """Show a text as code, whatever backticks are in it."""
    joined = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", joined)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in joined else ""
    return f"{fence}{pad}{joined}{pad}{fence}".replace("|", "\\|")


def _place(evidence: Evidence) -> str:
    title = f"{escape(evidence.title)}: " if evidence.title else ""
    dated = f" ({evidence.dated})" if evidence.dated else ""
    return f"{title}{_code(evidence.place)}{dated}"


# Blocks


def _block(block: Block) -> Lines:
    match block:
        case Paragraph(phrase):
            yield from (_phrase(phrase), "")
        case Remark(phrase):
            yield from (f"> {_phrase(phrase)}", "")
        case Heading():
            yield from (f"### {escape(block.text)}", "")
        case Bullets():
            yield from _bullets(block)
        case Table():
            yield from _titled_table(block)
        case RiskMap():
            yield from _map(block)
        case Console(text):
            yield from ("```console", text, "```", "")
        case Verdict():
            yield from _verdict(block)
        case Quadrant() | Contributions() | Tornado():
            pass  # their figures stand in the tables beside them
        case _:
            assert_never(block)


def _bullets(block: Bullets) -> Lines:
    for entry in block.entries:
        yield f"- {_phrase(entry.phrase)}"
        yield from (f"  - {_phrase(phrase)}" for phrase in entry.below)
    yield ""


def _titled_table(block: Table) -> Lines:
    if block.titled:
        yield from (f"**{escape(block.title)}**", "")
    shown = [place for place, column in enumerate(block.columns) if not column.drawn]
    rows = [[_cell(row[place]) for place in shown] for row in block.rows]
    for place in block.totals:
        rows[place][0] = f"**{rows[place][0]}**"
    right = [place for place, shown_as in enumerate(shown) if block.columns[shown_as].right]
    yield from _table([escape(block.columns[place].name) for place in shown], rows, right)


def _table(
    header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()
) -> Lines:
    """Lay out a table; cells are already escaped."""
    numeric = set(right)
    yield f"| {' | '.join(header)} |"
    yield "|" + "|".join(" ---: " if i in numeric else " --- " for i in range(len(header))) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _map(block: RiskMap) -> Lines:
    rows = []
    for likelihood, cells in block.rows:
        row = [f"**{likelihood}**"]
        for entry in cells:
            numbers = ", ".join(map(str, entry.numbers))
            row.append(f"{escape(entry.level)}{f': **{numbers}**' if numbers else ''}")
        rows.append(row)
    across = [str(place) for place in range(1, len(block.rows[0][1]) + 1)]
    yield from _table(["Likelihood / impact", *across], rows)


def _verdict(block: Verdict) -> Lines:
    certainty = f", {block.certainty}" if block.certainty else ""
    yield from (f"**{escape(block.title)}**{certainty}.", "")
    yield from (escape(block.summary), "")
    name, value, span = block.indices[-1]
    between = f" ({span})" if span else ""
    yield from (f"{escape(name)} **{value}** of 100{between}; {block.standing}", "")
    yield from (escape(block.explained), "")
