"""What moved between two assessments, for people: plain text for a terminal, and Markdown."""

from collections.abc import Iterator

from bpo_assess.analysis.comparison import Comparison
from bpo_assess.assessment.result import Assessment
from bpo_assess.reports import wording
from bpo_assess.reports.analysis import pages
from bpo_assess.reports.analysis.comparison.facts import facts
from bpo_assess.reports.analysis.comparison.figures import figures
from bpo_assess.reports.analysis.comparison.method import method
from bpo_assess.reports.analysis.comparison.moved import answers, reasons, risks
from bpo_assess.reports.analysis.comparison.phrases import Blocks, method_name
from bpo_assess.reports.analysis.comparison.verdict import drop_text, shift_text, verdict
from bpo_assess.reports.blocks import Heading, Paragraph, bullets
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

__all__ = ["drop_text", "markdown", "shift_text", "text"]

STANDARD_INPUT = "-"
"""How a description is named that came by standard input."""

NOTHING_MOVED = (
    "Nothing moved: verdict, figures, answers, facts, risks and reasons are what they were."
)


def text(comparison: Comparison, width: int) -> str:
    """Write a comparison as plain text of so many columns."""
    return pages.text([Heading(_title(comparison)), *_blocks(comparison)], width)


def markdown(comparison: Comparison) -> str:
    """Write a comparison as Markdown."""
    title = escape(one_line(_title(comparison)))
    return f"# {title}\n\n{pages.markdown(_blocks(comparison)).rstrip()}\n"


# Head


def _title(comparison: Comparison) -> str:
    return f"What moved: {comparison.now.process.name}"


def _facts(comparison: Comparison) -> Iterator[str]:
    then, now = comparison.then, comparison.now
    yield f"Then: {_source(then)}, judged by {method_name(then)}"
    yield f"Now: {_source(now)}, judged by {method_name(now)}"
    if then.process.id != now.process.id:
        yield f"These are two processes: {then.process.id} and {now.process.id}."
    if now.as_of is not None:
        yield f"As of {now.as_of}"
    if assumed := wording.what_if_line(now):
        yield assumed


def _source(assessment: Assessment) -> str:
    source = assessment.process_source
    if source is None:
        return assessment.process.id
    return "standard input" if source.name == STANDARD_INPUT else source.name


def _blocks(comparison: Comparison) -> Blocks:
    yield bullets(list(_facts(comparison)))
    yield Heading("Did the verdict move?")
    yield from verdict(comparison)
    if comparison.nothing_moved:
        yield Heading("What else moved?")
        yield Paragraph(NOTHING_MOVED)
        return
    yield Heading("By how much did the figures move?")
    yield from figures(comparison)
    if not comparison.same_method:
        yield Heading("What did the method do, and what the answers?")
        yield from method(comparison)
    yield Heading("Which answers moved?")
    yield from answers(comparison)
    yield Heading("Which facts moved?")
    yield from facts(comparison)
    yield Heading("Which risks and controls moved?")
    yield from risks(comparison)
    yield Heading("Which reasons came, and which went?")
    yield from reasons(comparison)
