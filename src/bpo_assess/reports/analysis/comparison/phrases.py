"""How a comparison names what it is about: methods, verdicts, levels, controls, differences."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.comparison import MovedAnswer, MovedControl
from bpo_assess.assessment.answers import Origin, Response, State
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import half_up
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.blocks import Bullets, Column, Phrase, Table, bullets

LONGEST_LIST = 40
"""Entries of a list that a page shows; the JSON has them all."""

WITHOUT_LEVEL = {
    State.ANSWERED: "answered",
    State.UNKNOWN: "unknown",
    State.NOT_APPLICABLE: "does not apply",
    State.UNANSWERED: "not answered",
}
"""What stands in the place of a level."""

GROUNDS = {Origin.ANSWER: "the answer", Origin.FACT: "the facts", Origin.BOTH: "answer and facts"}
"""What a level rests on."""

Blocks = Iterator[Block]


def method_name(assessment: Assessment) -> str:
    """Name a method with its version."""
    return f"{assessment.questionnaire.id} {assessment.questionnaire.version}"


def ruled(assessment: Assessment) -> str:
    """Name a verdict, and how sure it is."""
    certain = wording.certainty_word(assessment)
    return f'"{wording.verdict_title(assessment)}"' + (f" ({certain})" if certain else "")


def signed(value: Decimal | Fraction | None, places: int = 1) -> str:
    """Write a difference with its sign; nought has none."""
    if value is None:
        return wording.NOTHING
    rounded = half_up(abs(Fraction(value)), places)
    sign = "" if not rounded else "+" if value > 0 else "-"
    return f"{sign}{rounded:f}"


def level(response: Response) -> str:
    """Write the level that counts, else the state."""
    return WITHOUT_LEVEL[response.state] if response.level is None else str(response.level)


def both(then: str, now: str) -> str:
    """Set what was then and what is now side by side."""
    mark = ";" if ", " in f"{then}{now}" else ","
    return f"{then} then{mark} {now} now"


def remarks(moved: MovedAnswer) -> Iterator[str]:
    """Say what moved beside the level: what it rests on, claims above the facts, evidence."""
    then, now = moved.then, moved.now
    if now.assumed:
        yield "assumed"
        return
    if now.is_lowered:
        yield f"claims {now.claimed_level}, the facts support {now.fact_level}"
    elif then.is_lowered:
        yield f"claimed {then.claimed_level} then, when the facts supported {then.fact_level}"
    if then.origin is not now.origin and then.origin is not None and now.origin is not None:
        yield f"rests on {both(GROUNDS[then.origin], GROUNDS[now.origin])}"
    elif then.origin is None and now.origin not in {None, Origin.ANSWER} and not now.is_lowered:
        yield f"rests on {GROUNDS[now.origin]}"
    if then.level is not None and now.level is not None and then.evidenced != now.evidenced:
        yield both(*(("no evidence", "some") if now.evidenced else ("evidence", "none")))


def control_text(moved: MovedControl) -> str:
    """Say what a control was worth then, and what now."""
    return f"control {moved.control.id}: {moved.then} then, {moved.now} now"


def listed(entries: Sequence[str]) -> Bullets:
    """List what fits a page, and say how much more there is."""
    more = len(entries) - LONGEST_LIST
    return bullets(entries if more <= 0 else [*entries[:LONGEST_LIST], f"and {more} more"])


def table(title: str, header: Sequence[str], rows: Sequence[tuple[Phrase, ...]]) -> Table:
    """Set figures below a header; the first column names what they are about."""
    first, *others = header
    columns = (Column(first), *(Column(name, right=True) for name in others))
    return Table(title, columns, tuple(rows))
