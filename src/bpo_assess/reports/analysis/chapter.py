"""What analyses found, as chapters of a report: how sure a verdict is, and the way to a better one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bpo_assess.analysis.plan.result import Planning
from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.reports import Analyses, wording
from bpo_assess.reports.analysis import plan, sensitivity, tornado
from bpo_assess.reports.analysis.pages import Bars
from bpo_assess.reports.blocks import (
    Block,
    Blocks,
    Bullets,
    Extra,
    Extras,
    Heading,
    Paragraph,
    Strong,
    bullets,
)


def extras(analyses: Analyses) -> Extras:
    """Make a chapter of everything that was asked for."""
    found = {}
    if analyses.sensitivity:
        found["sensitivity"] = sureness(analyses.sensitivity)
    if analyses.plan:
        found["plan"] = way(analyses.plan)
    return found


def sureness(found: Sensitivity) -> Extra:
    """Answer every question about how sure a verdict is; on a screen, each in its sentence."""
    blocks = tuple(_sureness(found))
    return Extra(blocks, (_in_short(blocks),), "--sensitivity")


def _sureness(found: Sensitivity) -> Iterator[Block]:
    """Show the tornado as a chart, and a table of its longest bars."""
    for block in sensitivity.blocks(found):
        if isinstance(block, Bars):
            yield from _tornado(found, block)
        else:
            yield block


def _in_short(blocks: Blocks) -> Bullets:
    """Keep every question with the sentence that answers it."""
    return bullets(
        [
            (Strong(asked.text), str(said.phrase))
            for asked, said in pairwise(blocks)
            if isinstance(asked, Heading) and isinstance(said, Paragraph)
        ]
    )


def _tornado(found: Sensitivity, bars: Bars) -> Iterator[Block]:
    if chart := tornado.chart(found):
        yield chart
    rows, columns = bars.table.rows, bars.table.columns
    # Axes are named: on a page that is a text, which can be broken, rather than a figure.
    axis = replace(columns[-1], right=False)
    yield replace(bars.table, columns=(*columns[:-1], axis), rows=rows[: tornado.SHOWN])
    if (more := len(rows) - tornado.SHOWN) > 0:
        yield Paragraph(f"{wording.count(more, 'more answer')} can move it less.")


def way(planning: Planning) -> Extra:
    """Tell what leads to a better verdict, or what stands in the way."""
    target = planning.target.id if planning.target else ""
    return Extra(tuple(plan.chapter(planning)), tuple(plan.brief(planning)), f"--plan {target}")
