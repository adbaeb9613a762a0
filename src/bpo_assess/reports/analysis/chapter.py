"""How sure a verdict is, as a chapter of a report."""

from collections.abc import Iterator
from dataclasses import replace

from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.reports import wording
from bpo_assess.reports.analysis import sensitivity, tornado
from bpo_assess.reports.analysis.pages import Bars
from bpo_assess.reports.blocks import Block, Paragraph


def blocks(found: Sensitivity) -> Iterator[Block]:
    """Answer every question; the tornado is a chart, and a table of its longest bars."""
    for block in sensitivity.blocks(found):
        if isinstance(block, Bars):
            yield from _tornado(found, block)
        else:
            yield block


def _tornado(found: Sensitivity, bars: Bars) -> Iterator[Block]:
    if chart := tornado.chart(found):
        yield chart
    rows, columns = bars.table.rows, bars.table.columns
    # Axes are named: on a page that is a text, which can be broken, rather than a figure.
    axis = replace(columns[-1], right=False)
    yield replace(bars.table, columns=(*columns[:-1], axis), rows=rows[: tornado.SHOWN])
    if (more := len(rows) - tornado.SHOWN) > 0:
        yield Paragraph(f"{wording.count(more, 'more answer')} can move it less.")
