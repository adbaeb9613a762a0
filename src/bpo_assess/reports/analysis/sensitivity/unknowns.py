"""What is still open, and does it matter? What can come of it, what to ask first, what settles it."""

from collections.abc import Iterator, Sequence

from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.analysis.sensitivity.unknowns import Deciding, Proof, Told, Unknown, Unknowns
from bpo_assess.assessment import rounding
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.sensitivity import phrases
from bpo_assess.reports.blocks import Bullet, Bullets, Column, Heading, Paragraph, Strong, Table

TITLE = "What is still open, and does it matter?"

ASKED = 10
"""How many questions to ask a page lists; the JSON has all."""

PROVEN = {Proof.ANY: "", Proof.WITH: " with evidence", Proof.WITHOUT: " without evidence"}
"""What is asked of the evidence for an answer."""

LISTED_SETS, LISTED_ANSWERS = 3, 8
"""How many sets that decide, and answers of one, a page spells out."""


def blocks(found: Sensitivity) -> Iterator[Block]:
    """Answer whether what is open matters, and in which order to ask."""
    unknowns, assessment = found.unknowns, found.assessment
    yield Heading(TITLE)
    yield Paragraph(_sentence(assessment, unknowns))
    if unknowns.order:
        columns = (
            Column("Question"),
            Column("Weight", right=True),
            Column("If it is 0"),
            Column(f"If it is {MAX_LEVEL}"),
            Column("Matters"),
        )
        rows = tuple(_asked(assessment, unknown) for unknown in unknowns.order[:ASKED])
        yield Table("Ask first", columns, rows, titled=True)
        yield Paragraph(_note(unknowns))
    if unknowns.deciding:
        yield Paragraph("What would end the doubt (not what to aim for):")
        yield Bullets(tuple(map(_deciding, unknowns.deciding)))


def _sentence(assessment: Assessment, unknowns: Unknowns) -> str:
    if not unknowns.opened:
        return "No: every question that applies is answered."
    opened = f"{wording.count(unknowns.opened, 'question')} {'is' if unknowns.opened == 1 else 'are'} open"
    if len(unknowns.possible) == 1 and not unknowns.undecided:
        (only,) = unknowns.possible
        if only.id == assessment.ruling.id:
            return f"No: {opened}, and no answer changes the verdict."
        return (
            f"Yes: {opened}, and whatever the answers, {_once(unknowns)} the verdict is "
            f"{phrases.titles(unknowns.possible)}: today's holds only on what is known."
        )
    return " ".join(
        filter(None, (_open(assessment, unknowns, opened), _undecided(unknowns), _first(unknowns)))
    )


def _open(assessment: Assessment, unknowns: Unknowns, opened: str) -> str:
    possible = phrases.titles(unknowns.possible, "or")
    if assessment.ruling.verdict:
        return f"Yes: {opened}, and {_once(unknowns)} the verdict can be {possible}."
    title, share = phrases.undetermined(assessment), phrases.known(assessment)
    return (
        f"Yes: {opened}. Today the verdict is {title}, because {share} of the weight is known and "
        f"{phrases.needed(assessment)} is needed; {_once(unknowns)} it can be {possible}."
    )


def _once(unknowns: Unknowns) -> str:
    return f"once {'it is' if unknowns.opened == 1 else 'they are'} answered"


def _undecided(unknowns: Unknowns) -> str:
    if not unknowns.undecided:
        return ""
    return f"The search ended before it was clear about {phrases.titles(unknowns.undecided)}."


def _first(unknowns: Unknowns) -> str:
    return (
        f"Ask first about {phrases.quoted(unknowns.order[0].question.title)}."
        if unknowns.order
        else ""
    )


def _asked(assessment: Assessment, unknown: Unknown) -> tuple[str, ...]:
    best = phrases.outcome_text(assessment, unknown.at_best)
    if unknown.proven != unknown.at_best:
        best += f" (with evidence: {phrases.outcome_text(assessment, unknown.proven)})"
    return (
        unknown.question.title,
        wording.percent(rounding.share(unknown.weight)),
        phrases.outcome_text(assessment, unknown.at_worst),
        best,
        "alone" if unknown.alone else "with others",
    )


def _note(unknowns: Unknowns) -> str:
    shown = unknowns.order[:ASKED]
    sentences = [
        "Each row: the verdict with this one answer, the rest as today.",
        '"Firm": it stands whatever else is answered.'
        if unknowns.opened > 1 and _any_firm(shown)
        else "",
        "Weight is the share of the candidacy.",
        phrases.rest(len(unknowns.order) - ASKED, "question", "can matter"),
    ]
    return " ".join(filter(None, sentences))


def _any_firm(shown: Sequence[Unknown]) -> bool:
    return any(end.firm for unknown in shown for end in (unknown.at_worst, unknown.at_best))


# What would settle it


def _deciding(entry: Deciding) -> Bullet:
    title = Strong(entry.verdict.title)
    if not entry.sets:
        why = "no answers do" if entry.exact else "none found before the search ended"
        return Bullet((title, f": {why}."))
    size = len(entry.sets[0])
    if size == 1:
        if entry.number == 1:
            return Bullet((title, f": {_alone(entry.sets[0][0])}."))
        texts = [_told(one[0]) for one in entry.sets]
        more = _more(entry.number - len(texts), "answer")
        return Bullet((title, f": any one of these answers: {'; '.join(texts)}{more}."))
    shown = entry.sets[: LISTED_SETS if size <= LISTED_ANSWERS else 1]
    return Bullet(
        (title, f": {size} answers together{_proven(entry, size)}{_which(entry, len(shown))}:"),
        tuple(_set_text(one) for one in shown),
    )


def _more(number: int, noun: str) -> str:
    return f"; and {wording.count(number, f'other {noun}')}" if number > 0 else ""


def _which(entry: Deciding, shown: int) -> str:
    """Say that each of several sets is enough; nothing where there is one."""
    if entry.number == 1:
        return ""
    does = "this set does" if shown == 1 else "any one of these sets does"
    more = entry.number - shown
    return f"; {does}" + (f", as {'does' if more == 1 else 'do'} {_others(more)}" if more else "")


def _others(number: int) -> str:
    return "another" if number == 1 else f"{number} others"


def _proven(entry: Deciding, size: int) -> str:
    if entry.exact or entry.at_least == size:
        return ", no fewer"
    return f" (fewer may do, but not fewer than {entry.at_least})" if entry.at_least > 1 else ""


def _set_text(one: Sequence[Told]) -> str:
    texts = [_told(told) for told in one[:LISTED_ANSWERS]]
    more = f"; and {len(one) - LISTED_ANSWERS} more" if len(one) > LISTED_ANSWERS else ""
    return "; ".join(texts) + more


def _told(told: Told) -> str:
    return f"{told.question.title}: {_levels(told.low, told.high)}{PROVEN[told.proof]}"


def _alone(told: Told) -> str:
    """Write the only answer that is enough: `Net saving at 1 or better`."""
    said = _levels(told.low, told.high)
    at = "" if said.startswith(("no better", "from")) else "at "
    return f"{told.question.title} {at}{said}{PROVEN[told.proof]}"


def _levels(low: int, high: int) -> str:
    if (low, high) == (0, MAX_LEVEL):
        return "any level"
    if low == high:
        return f"{low}" if low in {0, MAX_LEVEL} else f"exactly {low}"
    if high == MAX_LEVEL:
        return f"{low} or better"
    return f"no better than {high}" if not low else f"from {low} to {high}"
