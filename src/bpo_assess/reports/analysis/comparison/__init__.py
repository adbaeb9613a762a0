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
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.blocks import Heading, Paragraph, bullets
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

__all__ = ["drop_text", "markdown", "shift_text", "text"]

STANDARD_INPUT = "-"
"""How a description is named that came by standard input."""

NOTHING_MOVED = "Nothing: verdict, figures, answers, facts, risks and reasons are what they were."


def text(comparison: Comparison, width: int) -> str:
    """Write a comparison as plain text of so many columns."""
    return pages.text([Heading(_title(comparison)), *_blocks(comparison)], width)


def markdown(comparison: Comparison) -> str:
    """Write a comparison as Markdown."""
    title = escape(one_line(_title(comparison)))
    return f"# {title}\n\n{pages.markdown(_blocks(comparison)).rstrip()}\n"


# Head


def _title(comparison: Comparison) -> str:
    then, now = comparison.then.process, comparison.now.process
    if comparison.same_process:
        return f"What moved: {now.name}"
    return f"How they differ: {then.name} and {now.name}"


def _facts(comparison: Comparison) -> Iterator[str]:
    then, now = comparison.then, comparison.now
    yield f"Then: {_end(comparison, then)}, judged by {method_name(then)}"
    yield f"Now: {_end(comparison, now)}, judged by {method_name(now)}"
    if now.as_of is not None:
        yield f"As of {now.as_of}"
    if assumed := wording.what_if_line(now):
        yield assumed


def _end(comparison: Comparison, assessment: Assessment) -> str:
    """Name the file and, of two processes, which one it describes."""
    source = _source(assessment)
    return source if comparison.same_process else f"{assessment.process.name} ({source})"


def _source(assessment: Assessment) -> str:
    source = assessment.process_source
    if source is None:
        return assessment.process.id
    return "standard input" if source.name == STANDARD_INPUT else source.name


def _blocks(comparison: Comparison) -> Blocks:
    one = comparison.same_process
    yield bullets(list(_facts(comparison)))
    yield Heading("Did the verdict move?" if one else "Do the verdicts differ?")
    yield from verdict(comparison)
    if comparison.nothing_moved:
        yield Heading("What moved?" if one else "What differs?")
        yield Paragraph(NOTHING_MOVED)
        return
    yield Heading("By how much did the figures move?" if one else "By how much do they differ?")
    yield from figures(comparison)
    if not comparison.same_method:
        yield Heading("What did the method do, and what the answers?")
        yield from method(comparison)
    still = []
    for what, heading, found in _sections(comparison):
        if found:
            yield Heading(heading)
            yield from found
        else:
            still += what
    if still:
        yield Heading("What else moved?" if one else "What else differs?")
        yield Paragraph(f"No {wording.listing(still, 'or')} {'moved' if one else 'differs'}.")


def _sections(comparison: Comparison) -> Iterator[tuple[list[str], str, list[Block]]]:
    """Give what each section lists, its heading, and its blocks: none where nothing moved."""
    verb = "moved" if comparison.same_process else "differ"
    yield ["answer"], f"Which answers {verb}?", [*answers(comparison)]
    yield ["fact"], f"Which facts {verb}?", [*facts(comparison)]
    yield ["risk", "control"], f"Which risks and controls {verb}?", [*risks(comparison)]
    heading = "Which reasons came, and which went?"
    heading = heading if comparison.same_process else "Which reasons differ?"
    yield ["reason"], heading, [*reasons(comparison)]
