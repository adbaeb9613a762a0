"""Which single answer would change it? Changes of one level that do, and what each can move."""

from collections.abc import Iterator, Sequence

from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.analysis.sensitivity.answers import Flip
from bpo_assess.reports import wording
from bpo_assess.reports.analysis import tornado
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.sensitivity import phrases
from bpo_assess.reports.blocks import Column, Heading, Paragraph, Table

TITLE = "Which single answer would change it?"

NAMED = 3
"""How many questions the sentence names; of more it says how many they are."""


def blocks(found: Sensitivity) -> Iterator[Block]:
    """Answer which answers change the verdict alone, and which move the candidacy most."""
    answers = found.answers
    yield Heading(TITLE)
    said = _sentence(found, answers.flips), _open(found)
    yield Paragraph(" ".join(filter(None, said)))
    if answers.flips:
        columns = (
            Column("Answer"),
            Column("From", right=True),
            Column("To", right=True),
            Column("Verdict then"),
        )
        rows = tuple(_row(found, flip) for flip in answers.flips)
        yield Table("Changes of one level that change the verdict", columns, rows)
    known = tornado.moving(answers.bars)
    if not known:
        yield Paragraph(tornado.NO_BARS)
        return
    yield Paragraph(_candidacy(found))
    yield tornado.bars(found)


def _sentence(found: Sensitivity, flips: Sequence[Flip]) -> str:
    if not any(response.is_known for response in found.assessment.responses.values()):
        return "None: nothing is answered yet."
    if not flips:
        return "None of the answers given: moved by one level up or down, none changes the verdict."
    names = list(dict.fromkeys(phrases.quoted(flip.question.title) for flip in flips))
    if len(flips) == 1:
        (flip,) = flips
        then = phrases.title_of(found.assessment, flip.verdict)
        return f"One: {names[0]}. From level {flip.level} to {flip.to} the verdict is {then}{_bar(flip)}."
    if len(names) == 1:
        return f"One: {names[0]}, moved by one level up or down."
    which = f": {wording.listing(names)}" if len(names) <= NAMED else ""
    return f"{len(names)} answers, each moved by one level, would change the verdict{which}."


def _open(found: Sensitivity) -> str:
    """Say which open questions change the verdict alone, which the part on them shows."""
    now = found.assessment.ruling.id
    able = [
        unknown.question
        for unknown in found.unknowns.order
        if any(end.id != now for end in (unknown.at_worst, unknown.at_best, unknown.proven))
    ]
    can = "can as well" if found.answers.flips else "can"
    if not able:
        return ""
    if len(able) == 1:
        return f"The open question {phrases.quoted(able[0].title)} {can} (see above)."
    return f"Of the open questions {len(able)} {can} (see above)."


def _bar(flip: Flip) -> str:
    """Say what stands in the way of a change; nothing where nothing does."""
    if flip.to > flip.level and flip.question.is_fixed_at(flip.level):
        return ", but nobody can raise it"
    return ", but the description has to be completed first" if flip.is_beyond_facts else ""


def _row(found: Sensitivity, flip: Flip) -> tuple[str, ...]:
    bar = _bar(flip).removeprefix(", but ")
    title = f"{flip.question.title} ({bar})" if bar else flip.question.title
    then = phrases.title_of(found.assessment, flip.verdict)
    return title, str(flip.level), str(flip.to), then


def _candidacy(found: Sensitivity) -> str:
    """Say which answer moves the candidacy most."""
    if found.assessment.scorecard.candidacy.value is None:
        return "There is no candidacy yet; any one of these answers would give one."
    first = tornado.moving(found.answers.bars)[0]
    swing = wording.two_places(first.swing)
    return (
        f"The candidacy depends most on {phrases.quoted(first.question.title)}: {swing} points between "
        "level 0 and level 4."
    )
