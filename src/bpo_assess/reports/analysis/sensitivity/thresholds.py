"""How near is another verdict? Which limit is nearest, and what must be met for a better one."""

from collections.abc import Iterator, Sequence

from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.analysis.sensitivity.better import Better, Choice, Need
from bpo_assess.analysis.sensitivity.thresholds import Threshold
from bpo_assess.assessment.result import Assessment
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.sensitivity import phrases
from bpo_assess.reports.analysis.sensitivity.limits import ask, crossing, limit_text, margin, step
from bpo_assess.reports.blocks import Column, Heading, Paragraph, Table

TITLE = "How near is another verdict?"

NEAREST = 8
"""How many limits a table lists; the JSON has all."""

NAMED = 4
"""How many things that must be met a sentence names; the table below has all."""


def blocks(found: Sensitivity) -> Iterator[Block]:
    """Answer how near the verdict is to a worse and to a better one."""
    yield Heading(TITLE)
    if not any(response.is_known for response in found.assessment.responses.values()):
        yield Paragraph("Nothing is answered, so nothing can be near.")
        return
    worse = _worse(found)
    yield Paragraph(" ".join(filter(None, (_today(found), _down(found, worse), _up(found)))))
    yield from _table(found, "Limits that alone would make it worse", worse, "Verdict beyond it")
    if found.better.verdict:
        yield _needs_table(found.assessment, found.better)
    covered = _covered(found, worse)
    yield from _table(
        found, "Limits that another limit covers (alone they change nothing)", covered, ""
    )
    if worse or covered:
        yield Paragraph(
            "Nearest first: a level, and a step of likelihood or impact, count as 25 points of an index. "
            "Likelihood and impact run from 1 to 5 and count with the controls in place."
        )


# Which limits


def _rank(found: Sensitivity, key: str) -> int:
    return [v.id for v in found.assessment.questionnaire.decision.verdicts].index(key)


def _worse(found: Sensitivity) -> list[Threshold]:
    """Keep the limits beyond each of which the verdict is worse."""
    now = _rank(found, found.known.id)
    return [
        entry
        for entry in found.thresholds
        if entry.distance is not None and _rank(found, entry.tipped.id) < now
    ]


def _covered(found: Sensitivity, worse: Sequence[Threshold]) -> list[Threshold]:
    """Keep the limits that change nothing alone and do not stand in the way of a better verdict."""
    return [
        entry
        for entry in found.thresholds
        if entry.distance is not None
        and entry not in worse
        and not (entry.holds and entry.verdict.id == found.known.id)
    ]


# In a sentence


def _today(found: Sensitivity) -> str:
    if found.assessment.ruling.verdict:
        return ""
    return f"Too little is known for a verdict; by what is known it would be {found.known.title}."


def _down(found: Sensitivity, worse: Sequence[Threshold]) -> str:
    """Say what comes nearest to making it worse."""
    if worse:
        nearest = worse[0]
        return (
            f"The nearest limit is {ask(found.assessment, nearest)}: "
            f"{crossing(nearest)} the verdict is {nearest.tipped.title}."
        )
    if not _rank(found, found.known.id):
        return "It cannot get worse: no verdict is less favourable."
    return "No single limit makes it worse: whichever one is crossed, the verdict stays."


def _up(found: Sensitivity) -> str:
    """Say what must all be met for the next better verdict."""
    better = found.better
    if better.verdict is None:
        return "It cannot get better: nothing holds it back."
    needs = [_need(found.assessment, need) for need in better.needs]
    shown, more = needs[:NAMED], len(needs) - NAMED
    listed = "; ".join(shown) + (
        f"; and {phrases.number(more)} more, listed below" if more > 0 else ""
    )
    must = "this must be met" if len(needs) == 1 else "all of these must be met"
    return f"To get better, to {better.verdict.title}, {must}: {listed}."


def _need(assessment: Assessment, need: Need) -> str:
    if isinstance(need, Choice):
        ways = (wording.listing(_need(assessment, part) for part in way) for way in need.ways)
        return f"either {wording.listing(ways, 'or')}"
    return step(assessment, need)


# In tables


def _table(
    found: Sensitivity, title: str, entries: Sequence[Threshold], last: str
) -> Iterator[Block]:
    if not entries:
        return
    columns = (Column("Limit"), Column("How near"), Column(last or "Verdict it guards"))
    rows = tuple(_row(found, entry, beyond=bool(last)) for entry in entries[:NEAREST])
    yield Table(title, columns, rows, titled=True)
    if more := phrases.rest(
        len(entries) - NEAREST, "limit", "lie further away", "lies further away"
    ):
        yield Paragraph(more)


def _row(found: Sensitivity, entry: Threshold, *, beyond: bool) -> tuple[str, ...]:
    joined = " (only together with another)" if entry.joined and not beyond else ""
    last = entry.tipped if beyond else entry.verdict
    return f"{limit_text(found.assessment, entry)}{joined}", margin(entry), last.title


def _needs_table(assessment: Assessment, better: Better) -> Table:
    title = better.verdict.title if better.verdict else ""
    rows = tuple(_cells(assessment, need) for need in better.needs)
    columns = (Column("Must be met"), Column("What is missing"))
    return Table(f"What must all be met for {title}", columns, rows, titled=True)


def _cells(assessment: Assessment, need: Need) -> tuple[str, str]:
    if isinstance(need, Threshold):
        return limit_text(assessment, need), margin(need)
    ways = [[_cells(assessment, part) for part in way] for way in need.ways]
    first, second = (
        "; or ".join(" and ".join(cells[place] for cells in way) for way in ways)
        for place in (0, 1)
    )
    return f"Either {first}", second
