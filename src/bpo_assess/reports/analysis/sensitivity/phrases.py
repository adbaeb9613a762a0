"""The words that all parts of the page share: quoted titles, outcomes, counts in words, rests of lists."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from bpo_assess.analysis.sensitivity.assessors import Voice
from bpo_assess.analysis.sensitivity.trial import Outcome
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.decision import Verdict
from bpo_assess.reports import wording

NUMBERS = ("no", "one", "two", "three", "four")


def quoted(title: str) -> str:
    """Write a title within a sentence."""
    return f'"{title}"'


def number(count: int) -> str:
    """Write a small number in words."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def levels(count: int) -> str:
    """Write a number of levels in words."""
    return f"{number(count)} level{'' if count == 1 else 's'}"


def people(voices: Sequence[Voice]) -> list[str]:
    """Name people: who has no name goes by that of the file, with its folder only where two are alike."""
    short = [voice.person if voice.named else PurePath(voice.person).stem for voice in voices]
    times = Counter(short)
    return [
        name if times[name] == 1 else voice.person
        for name, voice in zip(short, voices, strict=True)
    ]


def undetermined(assessment: Assessment) -> str:
    """Name what a process of which too little is known gets instead of a verdict."""
    return assessment.questionnaire.decision.undetermined.title


def title_of(assessment: Assessment, verdict: Verdict | None) -> str:
    """Name what comes out."""
    return verdict.title if verdict else undetermined(assessment)


def outcome_text(assessment: Assessment, outcome: Outcome) -> str:
    """Name what comes out, and whether it is firm."""
    return title_of(assessment, outcome.verdict) + (", firm" if outcome.firm else "")


def needed(assessment: Assessment) -> str:
    """Write the share of the weight that has to be known for a verdict."""
    return wording.percent(assessment.questionnaire.decision.undetermined.below_coverage)


def known(assessment: Assessment) -> str:
    """Write the share of the weight that is known."""
    return wording.percent(assessment.scorecard.candidacy.coverage)


def titles(verdicts: Iterable[Verdict], last: str = "and") -> str:
    """Name verdicts in a sentence."""
    return wording.listing((verdict.title for verdict in verdicts), last)


def rest(count: int, noun: str, what: str, one: str = "") -> str:
    """Say what more there is than a list shows; nothing where it shows all."""
    said = one if one and count == 1 else what
    return f"{wording.count(count, f'more {noun}')} {said}." if count > 0 else ""
