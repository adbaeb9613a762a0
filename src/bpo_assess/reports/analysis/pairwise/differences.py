"""Where judges disagree, and how far each is from what is agreed."""

from collections.abc import Iterator

from bpo_assess.analysis.pairwise import Disagreement, Opinion, Shares, Weighed, Weighing, distance
from bpo_assess.assessment.rounding import half_up, plain
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.pairwise.names import judge_name, names_of, ratio_text
from bpo_assess.reports.blocks import Paragraph, bullets

MOST_CLASHES = 5

COUNTED = {"0": " (not counted)", "1": "", "2": " (counts twice)"}
"""What is said of how much a judge counts."""


def differences(weighing: Weighing, weighed: Weighed) -> Iterator[Block]:
    """Say over which pairs the judges disagree, and how far apart they are."""
    agreed = weighing.shares(weighed)
    clashes = [entry for entry in weighed.disagreements if entry.clashes]
    if clashes:
        pairs = wording.count(len(clashes), "pair")
        yield Paragraph(f"Over {pairs} they do not agree which part counts more:")
    elif weighed.disagreements:
        yield Paragraph(
            "Nowhere do two of them point in opposite directions. They differ most here:"
        )
    else:
        yield Paragraph("Nowhere: all that several of them judged, they judged alike.")
    shown = clashes[:MOST_CLASHES] if clashes else weighed.disagreements[:1]
    if shown:
        rest = len(clashes) - len(shown)
        more = [f"and {rest} more"] if rest > 0 else []
        yield bullets([*(_disagreement(weighed, entry) for entry in shown), *more])
    yield Paragraph(
        "How far each is from what is agreed, in points of 100 that would have to move:"
    )
    yield bullets([_apart(weighing, entry, agreed) for entry in weighed.opinions])


def _disagreement(weighed: Weighed, entry: Disagreement) -> str:
    first, second = names_of(weighed, entry.pair)
    said = wording.listing(
        f"{ratio_text(ratio)} ({judge_name(voice)})" for voice, ratio in entry.said
    )
    return f"{first} counts {said} times {second}."


def _apart(weighing: Weighing, opinion: Opinion, agreed: Shares) -> str:
    moved = half_up(100 * distance(opinion.solution.shares[weighing.method], agreed), 1)
    weight = plain(opinion.voice.weight)
    counted = COUNTED.get(weight, f" (counts {weight} times)")
    return f"{judge_name(opinion.voice)}{counted}: {moved:.1f}"
