"""How sure a verdict is, for people: a question, its answer in a sentence, then the figures."""

from collections.abc import Iterable, Iterator, Sequence

from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.reports.analysis import pages, weighting
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.sensitivity import (
    answers,
    assessors,
    opening,
    thresholds,
    unknowns,
)
from bpo_assess.reports.blocks import Heading
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

__all__ = ["blocks", "markdown", "text"]


def text(found: Sequence[Sensitivity], width: int, last: Iterable[Block] = ()) -> str:
    """Write pages as plain text of so many columns; what concerns all of them comes last."""
    rule = "\n" + "=" * width + "\n\n"
    each = [pages.text([*opening.blocks(one), *blocks(one)], width) for one in found]
    return rule.join(filter(None, [*each, pages.text(last, width)]))


def markdown(found: Sequence[Sensitivity], last: Iterable[Block] = ()) -> str:
    """Write pages as Markdown; what concerns all of them comes last."""
    each = [*map(_markdown, found), pages.markdown(last)]
    return "\n---\n\n".join(filter(None, each)).rstrip() + "\n"


def _markdown(found: Sensitivity) -> str:
    title, *rest = opening.blocks(found)
    head = f"# {escape(one_line(title.text))}\n\n" if isinstance(title, Heading) else ""
    return head + pages.markdown([*rest, *blocks(found)]).rstrip() + "\n"


def blocks(found: Sensitivity) -> Iterator[Block]:
    """Answer every question about how sure the verdict is; a chapter of its own, without a title."""
    if found.assessors and len(found.assessors.voices) > 1:
        yield from assessors.blocks(found.assessors)
    yield from unknowns.blocks(found)
    yield from weighting.blocks(found.assessment, found.weighting)
    yield from thresholds.blocks(found)
    yield from answers.blocks(found)
