"""Do the assessors agree? What each comes to, whether it matters who is right, and what to settle first."""

from collections.abc import Iterator, Sequence

from bpo_assess.analysis.sensitivity.assessors import Assessors, Spread
from bpo_assess.assessment.answers import Response, State
from bpo_assess.assessment.result import Assessment
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.sensitivity import phrases
from bpo_assess.reports.blocks import Column, Heading, Paragraph, Table

TITLE = "Do the assessors agree?"

DIFFERING = 15
"""How many disagreements a page lists; the JSON has all."""

NAMED = 3
"""How many questions to settle the sentence names."""


def blocks(assessors: Assessors) -> Iterator[Block]:
    """Answer whether the assessors agree, and whether that matters to the verdict."""
    yield Heading(TITLE)
    yield Paragraph(_sentence(assessors))
    people = phrases.people(assessors.voices)
    columns = (Column("Assessor"), Column("Verdict"), Column("Candidacy", right=True))
    rows = [
        *(
            (name, *_outcome(voice.assessment))
            for name, voice in zip(people, assessors.voices, strict=True)
        ),
        ("Cautious middle", *_outcome(assessors.median)),
        *_ends(assessors),
    ]
    last = frozenset(range(len(assessors.voices), len(rows)))
    yield Table("The verdict by the answers of each", columns, tuple(rows), last)
    listed = [entry for entry in _ordered(assessors) if _is_listed(assessors, entry)]
    near = len(assessors.disagreements) - len(listed)
    if listed:
        apart = (
            Column("Question"),
            Column("Decides alone"),
            Column("Levels apart"),
            Column("Who says what"),
        )
        entries = tuple(_row(assessors, entry, people) for entry in listed[:DIFFERING])
        yield Table("Where they differ", apart, entries)
    one = f"On {wording.count(near, 'question')} they are one level apart, which changes nothing alone."
    beyond = phrases.rest(
        len(listed) - DIFFERING, "question", "are as far apart", "is as far apart"
    )
    applies = (
        "Where some say that a question does not apply, the levels of the others count."
        if any(entry.is_contested for entry in listed)
        else ""
    )
    if said := " ".join(filter(None, (one if near else "", beyond, applies))):
        yield Paragraph(said)


def _ends(assessors: Assessors) -> Iterator[tuple[str, str, str]]:
    """Write what comes out at the two ends of the disagreement, between which every mixture lies."""
    for name, end in (
        ("Everybody's lowest levels", assessors.worst),
        ("Everybody's highest levels", assessors.best),
    ):
        yield name, phrases.title_of(assessors.median, end.verdict), ""


def _outcome(assessment: Assessment) -> tuple[str, str]:
    """Write a verdict, and that it is provisional; that one is firm on one's own answers says little."""
    title, ruling = wording.verdict_title(assessment), assessment.ruling
    word = ", provisional" if ruling.verdict and not ruling.firm else ""
    return f"{title}{word}", wording.points(assessment.scorecard.candidacy.value)


# In a sentence


def _sentence(assessors: Assessors) -> str:
    if assessors.decides:
        return f"No, and who is right decides: {_between(assessors)}. {_settle(assessors)}"
    if assessors.between:
        return (
            "Not everywhere, and it may matter: with everybody's lowest levels as with everybody's "
            f"highest the verdict is {_best(assessors)}, but a mixture of them may come to another."
        )
    if assessors.silent:
        names = zip(phrases.people(assessors.voices), assessors.voices, strict=True)
        who = wording.listing(name for name, voice in names if voice in assessors.silent)
        come = "comes" if len(assessors.silent) == 1 else "come"
        return (
            f"Where they answer, it does not matter who is right: put together, their answers say "
            f"{_best(assessors)}. {who} {come} to another verdict only by leaving open what others answer."
        )
    if not assessors.disagreements:
        return "Yes: wherever several of them give a level, it is the same."
    if assessors.best.verdict is None:
        return f"Not everywhere, but it does not matter yet: {_still_undetermined(assessors)}."
    return (
        "Not everywhere, but it does not matter to the verdict: whatever mixture of their answers is "
        f"right, it is {_best(assessors)}."
    )


def _best(assessors: Assessors) -> str:
    return phrases.title_of(assessors.median, assessors.best.verdict)


def _between(assessors: Assessors) -> str:
    worst, best = (
        phrases.title_of(assessors.median, end.verdict) for end in (assessors.worst, assessors.best)
    )
    if worst == best and (names := _contested(assessors)):
        return f"whichever levels are right it is {best}, but not if {names} does not apply"
    if worst == best:
        return f"with everybody's lowest levels as with everybody's highest it is {best}, but not in between"
    return f"with everybody's lowest levels it is {worst}, with everybody's highest {best}"


def _contested(assessors: Assessors) -> str:
    """Name the questions that decide by whether they apply; nothing where none does."""
    names = [
        phrases.quoted(entry.question.title)
        for entry in assessors.disagreements
        if _decides(assessors, entry) and entry.is_contested
    ]
    return wording.listing(names, "or") if names else ""


def _still_undetermined(assessors: Assessors) -> str:
    median = assessors.median
    asked = sum(r.is_known or r.is_open for r in median.responses.values())
    return (
        f"whoever is right, the verdict is {phrases.undetermined(median)}, because nobody has answered "
        f"{assessors.open} of {wording.count(asked, 'question')}"
    )


def _settle(assessors: Assessors) -> str:
    """Name what to settle first, and say that the rest does not matter alone."""
    first = [entry for entry in _ordered(assessors) if _decides(assessors, entry)]
    others = len(assessors.disagreements) - len(first)
    if not first:
        if not assessors.disagreements:
            return "They give the same levels, but not the same evidence."
        return "None of the disagreements decides alone; together they do."
    names = [phrases.quoted(entry.question.title) for entry in first[:NAMED]]
    more = f" and {len(first) - NAMED} more" if len(first) > NAMED else ""
    named = ", ".join(names) + more if more else wording.listing(names)
    if not others:
        return f"Settle {named} first."
    rest = "the other one" if others == 1 else f"the other {phrases.number(others)}"
    does = "does" if others == 1 else "do"
    return f"Settle {named} first; {rest}{_near(assessors, others)} {does} not matter alone."


def _near(assessors: Assessors, others: int) -> str:
    """Say how many of those that do not matter alone the table leaves out."""
    near = sum(not _is_listed(assessors, entry) for entry in assessors.disagreements)
    if not near:
        return ""
    which = "" if others == 1 else "all " if near == others else f"{near} of them "
    return f" ({which}one level apart)"


# In a table


def _decides(assessors: Assessors, entry: Spread) -> bool:
    return entry.question.id in assessors.deciding


def _is_listed(assessors: Assessors, entry: Spread) -> bool:
    return entry.is_far or entry.is_contested or _decides(assessors, entry)


def _ordered(assessors: Assessors) -> list[Spread]:
    """Order the disagreements: those that decide first, then the widest."""
    return sorted(assessors.disagreements, key=lambda entry: not _decides(assessors, entry))


def _row(assessors: Assessors, entry: Spread, people: Sequence[str]) -> tuple[str, ...]:
    said = [f"{name} {_level(response)}" for name, response in zip(people, entry.said, strict=True)]
    decides = "yes" if _decides(assessors, entry) else "no"
    return entry.question.title, decides, _apart(entry), ", ".join(said)


def _apart(entry: Spread) -> str:
    if not entry.is_contested:
        return str(entry.width)
    return f"{entry.width}, and whether it applies" if entry.width else "whether it applies"


def _level(response: Response) -> str:
    if response.level is not None:
        return str(response.level)
    return "does not apply" if response.state is State.NOT_APPLICABLE else "open"
