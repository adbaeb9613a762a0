"""Which of several processes comes first? The answer in a sentence, then the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from bpo_assess.assessment.result import Assessment
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.weighting.phrases import percent
from bpo_assess.reports.blocks import Column, Heading, Paragraph, Table

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity.ranking import Ranked, Ranking

TITLE = "Which of them comes first?"

SURE = 0.95
"""The share of weightings from which it is said that weights hardly matter to who comes first."""

OFTEN = Fraction(1, 20)
"""The share of weightings that a rank is left out at either end, so that what is rare widens nothing."""

Blocks = Iterator[Heading | Paragraph | Table]


@dataclass(frozen=True, slots=True)
class Place:
    """A process with its ranks near the stated weights and anywhere."""

    assessment: Assessment
    ranks: "tuple[Ranked, ...]"


def blocks(assessments: Sequence[Assessment], rankings: "Sequence[Ranking]") -> Blocks:
    """Answer in which order the processes come, and how much of it is the weights' doing."""
    yield Heading(TITLE)
    if not rankings:
        yield Paragraph(
            "They are judged by different questionnaires, so their candidacies do not compare: add -q."
        )
        return
    placed, left_out = _placed(assessments, rankings)
    if placed:
        yield Paragraph(_answer(placed))
        yield _table(placed, rankings)
        yield Paragraph(_reading(rankings[0], len(placed)))
    if left_out:
        names = wording.listing(assessment.process.name for assessment in left_out)
        yield Paragraph(f"Without a candidacy, and so without a rank: {names}.")


def _placed(
    assessments: Sequence[Assessment], rankings: "Sequence[Ranking]"
) -> tuple[list[Place], list[Assessment]]:
    """Put what is ranked into order: by how often it comes first, then by its mean rank."""
    placed, left_out = [], []
    by_process = zip(*(one.processes for one in rankings), strict=True)
    for assessment, found in zip(assessments, by_process, strict=True):
        ranks = tuple(ranked for ranked in found if ranked)
        if ranks:
            placed.append(Place(assessment, ranks))
        else:
            left_out.append(assessment)
    placed.sort(key=lambda place: place.ranks[0].mean)
    return placed, left_out


def _answer(placed: Sequence[Place]) -> str:
    first = max(placed, key=lambda place: place.ranks[0].first.share)
    name = first.assessment.process.name
    if len(placed) == 1:
        return f"{name} is the only one with a candidacy."
    near, anywhere = (ranked.first.share for ranked in (first.ranks[0], first.ranks[-1]))
    if near == anywhere == 1:
        said = f"{name}, under every weighting drawn."
    elif near >= SURE:
        said = (
            f"{name}: no other has a higher candidacy in {percent(near)} of the weightings near the "
            f"stated one, and in {percent(anywhere)} of those from anywhere."
        )
    else:
        said = (
            f"That depends on the weights. {name} comes first most often: in {percent(near)} of the "
            f"weightings near the stated one, and in {percent(anywhere)} of those from anywhere."
        )
    return f"{said} A rank is no verdict: what stands against a process stands whatever its rank."


def _table(placed: Sequence[Place], rankings: "Sequence[Ranking]") -> Table:
    names = ("near", "anywhere")[: len(rankings)]
    columns = (
        Column("Process, and its verdict"),
        Column("Candidacy", right=True),
        *(Column(f"First, {name}", right=True) for name in names),
        Column("Ranks", right=True),
    )
    return Table("How often each comes first", columns, tuple(map(_row, placed)))


def _row(place: Place) -> tuple[str, ...]:
    assessment = place.assessment
    return (
        f"{assessment.process.name}: {wording.verdict_title(assessment)}",
        wording.points(assessment.scorecard.candidacy.value),
        *(percent(ranked.first.share) for ranked in place.ranks),
        _ranks(place.ranks[-1]),
    )


def _ranks(ranked: "Ranked") -> str:
    low, high = usual(ranked)
    return str(low) if low == high else f"{low} to {high}"


def usual(ranked: "Ranked") -> tuple[int, int]:
    """Give the ranks between which a process comes but for the rarest twentieth of draws at either end."""
    rare = sum(ranked.counts) * OFTEN
    return _reached(ranked.counts, rare), len(ranked.counts) + 1 - _reached(
        ranked.counts[::-1], rare
    )


def _reached(counts: Sequence[int], rare: Fraction) -> int:
    seen = 0
    for rank, count in enumerate(counts, start=1):
        seen += count
        if seen > rare:
            return rank
    return len(counts)


def _reading(ranking: "Ranking", number: int) -> str:
    sampling = ranking.sampling
    return (
        f"Ranks run from 1 to {number} by candidacy, on what is known; equals share the better one. Those "
        "shown are for weightings from anywhere, but for the rarest twentieth at either end. Drawn are the "
        f"weights of dimensions and questions, {sampling.draws:,} times with seed {sampling.seed}."
    )
