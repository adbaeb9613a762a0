"""Would another weighting say the opposite? The answer in a few sentences, then the figures."""

from collections.abc import Iterator

from bpo_assess.analysis.sensitivity.weighting import Weighting
from bpo_assess.assessment.result import Assessment
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.weighting import alone, answer, drawn, together
from bpo_assess.reports.blocks import Heading, Paragraph

__all__ = ["TITLE", "blocks"]

TITLE = "Would another weighting say the opposite?"


def blocks(assessment: Assessment, found: Weighting) -> Iterator[Block]:
    """Answer whether other weights would give another verdict."""
    yield Heading(TITLE)
    if closed := answer.closed(assessment, found):
        yield Paragraph(closed)
        return
    opening = answer.opening(assessment, found)
    yield Paragraph(f"{opening} {alone.sentence(assessment, found)}")
    if found.drawn:
        yield from drawn.shares(assessment, found)
    yield from alone.blocks(assessment, found)
    yield from together.relative(assessment, found, said=not answer.is_drawn(found))
    yield from together.shifted(assessment, found)
    if found.drawn:
        yield from drawn.central(assessment, found)
