"""What a page begins with: the verdict, how sure it is, and whose answers are looked at."""

from collections.abc import Iterator

from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.analysis.sensitivity.assessors import Assessors, Voice
from bpo_assess.assessment.result import Assessment
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.sensitivity import phrases
from bpo_assess.reports.blocks import Heading, Paragraph, Strong

NAMED = 3
"""How many people a sentence names; of more it says how many they are."""


def blocks(found: Sensitivity) -> Iterator[Block]:
    """Name the verdict and say how sure it is."""
    assessment, people = found.assessment, found.assessors
    several = people is not None and len(people.voices) > 1
    yield Heading(f"How sure is the verdict? {assessment.process.name}")
    if people and several:
        yield Paragraph((Strong(wording.verdict_title(assessment)), _by_the_middle(people)))
    else:
        named = (
            (Strong(wording.verdict_title(assessment)), ". ") if assessment.ruling.verdict else ()
        )
        yield Paragraph((*named, wording.certainty(assessment)))
    candidacy = wording.points(assessment.scorecard.candidacy.value)
    known = wording.known_line(assessment)
    value = assessment.scorecard.candidacy.value
    yield Paragraph(
        f"Candidacy {candidacy} of 100; {known}."
        if value is not None
        else f"There is no candidacy yet; {known}."
    )
    if people and several:
        yield Paragraph(
            f"The cautious middle is the median of what {len(people.voices)} assessors answered; of two "
            f"middle levels the lower. Everything below looks at it.{_facts(people)}"
        )
    elif people:
        yield Paragraph(f"By the answers of {phrases.people(people.voices)[0]}.")
    if line := wording.what_if_line(assessment):
        yield Paragraph(line)


def _facts(people: Assessors) -> str:
    """Say whose facts count, where several files state some."""
    files = {voice.person if not voice.named else _file(voice) for voice in people.voices}
    return " Facts and controls are those of the first file." if len(files) > 1 else ""


def _file(voice: Voice) -> str:
    source = voice.assessment.process_source
    return source.name if source else ""


def _by_the_middle(people: Assessors) -> str:
    """Say whose answers say so, whose say something else, and how sure it is."""
    median = people.median
    others: dict[str, list[str]] = {}
    for name, voice in zip(phrases.people(people.voices), people.voices, strict=True):
        if voice.assessment.ruling.id != median.ruling.id:
            others.setdefault(wording.verdict_title(voice.assessment), []).append(name)
    says = (
        wording.listing(f"{_whose(names)} say {title}" for title, names in others.items())
        if others
        else ""
    )
    also = f"; {says}" if says else ", as by the answers of each assessor"
    return f" by the cautious middle{also}. {_certainty(people, median)}"


def _whose(names: list[str]) -> str:
    if len(names) > NAMED:
        return f"the answers of {len(names)} assessors"
    owners = wording.listing(f"{name}'s" for name in names)
    return f"{owners} answers"


def _certainty(people: Assessors, median: Assessment) -> str:
    """Say how sure it is; not that it is firm where that depends on who is right."""
    if people.matters and median.ruling.firm:
        return "It is not firm: it depends on who is right."
    said = wording.certainty(median)
    if median.ruling.verdict:
        return said
    # It was just called undetermined.
    _, _, why = said.partition(": ")
    return f"{why[:1].upper()}{why[1:]}"
