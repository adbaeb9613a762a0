"""A plan as a page: plain text, a Markdown work plan with boxes to tick, and a chapter of a report."""

from collections.abc import Iterator
from itertools import groupby

from bpo_assess.analysis.plan.result import Plan, Planning
from bpo_assess.reports import wording
from bpo_assess.reports.analysis import pages
from bpo_assess.reports.analysis.plan.answer import (
    answer,
    bar_text,
    bars_title,
    is_open_below,
    question,
)
from bpo_assess.reports.analysis.plan.outcome import Blocks, closing
from bpo_assess.reports.analysis.plan.pieces import Piece, piece
from bpo_assess.reports.blocks import (
    Bullet,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Phrase,
    Several,
    Strong,
    Table,
    bullets,
)
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

PERSON, DAY = "Owner: ", "by: "

BLANK = "__________"


def _opening(planning: Planning) -> Blocks:
    for said in answer(planning):
        yield Paragraph(said)
    if line := wording.what_if_line(planning.before):
        yield Paragraph(line)
    if aside := wording.left_aside_line(planning.before):
        yield Paragraph(aside)
    if planning.bars:
        yield Heading(bars_title(planning))
        if not all(bar.alone for bar in planning.bars):
            yield Paragraph("They cannot all be avoided; without any one of them the others could.")
        yield Bullets(tuple(Bullet(bar_text(planning, bar)) for bar in planning.bars))


# A chapter of a report


def chapter(planning: Planning) -> Blocks:
    """Write a plan as a chapter: the answer, the work as a table with room for owners, the outcome."""
    yield Heading(question(planning))
    yield from _opening(planning)
    plan = planning.plan
    if plan is None or not plan.works:
        return
    columns = (
        Column("Work"),
        Column("When"),
        Column("Effort", right=True),
        Column("What to do, and what proves it"),
        Column("Owner, and by when"),
    )
    pieces = [piece(planning, work) for work in plan.works]
    rows = tuple(_row(number, entry) for number, entry in enumerate(pieces, start=1))
    yield Table("The work, in order", columns, rows)
    yield from closing(planning, plan)


def _row(number: int, entry: Piece) -> tuple[Phrase, ...]:
    return f"{number}. {entry.title}", entry.place, entry.effort, Several(entry.texts), BLANK


def brief(planning: Planning) -> Iterator[Paragraph | Bullets]:
    """Write what a screen shows of a plan: question, answer, and each piece of work in a line."""
    yield Paragraph((Strong(question(planning)), " ".join(answer(planning))))
    if planning.bars:
        yield bullets([bar_text(planning, bar) for bar in planning.bars])
    if planning.plan and planning.plan.works:
        pieces = [piece(planning, work) for work in planning.plan.works]
        yield bullets([f"{entry.title} [{entry.effort}]" for entry in pieces])


# Formats


def text(planning: Planning, width: int) -> str:
    """Write a plan as plain text of so many columns."""
    head = [Heading(f"{question(planning)} {planning.before.process.name}"), *_opening(planning)]
    plan = planning.plan
    if plan and plan.works and planning.target and is_open_below(plan.after.ruling):
        head.append(Paragraph("With --firm the plan holds whatever they turn out to be."))
    page = pages.text(head, width)
    if plan is None or not plan.works:
        return page
    for place, pieces in _by_place(planning, plan):
        page += "\n" + pages.text([Heading(place)], width)
        for number, entry in pieces:
            page += "\n" + "".join(f"{line}\n" for line in _entry(number, entry, width))
    return page + "\n" + pages.text(closing(planning, plan), width)


def _entry(number: int, entry: Piece, width: int) -> Iterator[str]:
    mark = f"{number:>3}. "
    pad = " " * len(mark)
    yield from pages.wrapped(f"{entry.title} [{entry.effort}]", width, mark, pad)
    for said in entry.texts:
        yield from pages.wrapped(said, width, pad)
    yield f"{pad}{PERSON}{BLANK} {DAY}{BLANK}"


def _by_place(planning: Planning, plan: Plan) -> Iterator[tuple[str, list[tuple[int, Piece]]]]:
    numbered = enumerate((piece(planning, work) for work in plan.works), start=1)
    for place, entries in groupby(numbered, key=lambda entry: entry[1].place):
        yield place, list(entries)


def markdown(planning: Planning) -> str:
    """Write a plan as a Markdown work plan, with a box to tick for each piece of work."""
    process, method = planning.before.process, planning.before.questionnaire
    lines = [f"# Work plan: {_safe(process.name)}", ""]
    if process.owner:
        lines += [f"Owner of the process: {_safe(process.owner)}", ""]
    named = f"{method.title} {method.version}"
    day = f", as of {planning.before.as_of}" if planning.before.as_of else ""
    lines += [f"Judged by: {_safe(named)}{day}", "", f"## {_safe(question(planning))}", ""]
    page = "\n".join(lines) + "\n" + pages.markdown(_opening(planning)).rstrip() + "\n"
    plan = planning.plan
    if plan is None or not plan.works:
        return page
    for place, pieces in _by_place(planning, plan):
        page += f"\n## {_safe(place)}\n\n" + "".join(_box(*entry) for entry in pieces)
    return page + "\n" + pages.markdown(closing(planning, plan)).rstrip() + "\n"


def _box(number: int, entry: Piece) -> str:
    blank = BLANK.replace("_", "\\_")
    lines = [f"- [ ] **{number}. {_safe(entry.title)}** (effort {entry.effort})"]
    lines += [f"  - {_safe(said)}" for said in entry.texts]
    lines.append(f"  - {PERSON}{blank} {DAY}{blank}")
    return "".join(f"{line}\n" for line in lines)


def _safe(said: str) -> str:
    return escape(one_line(said))
