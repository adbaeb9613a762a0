"""By how much the figures moved."""

from bpo_assess.analysis.comparison import Comparison, MovedIndex
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.comparison.phrases import Blocks, signed, table
from bpo_assess.reports.blocks import Paragraph, Phrase, Strong


def figures(comparison: Comparison) -> Blocks:
    """Set the indices of then and now side by side."""
    yield Paragraph(_headline(comparison.candidacy, moved=comparison.same_process))
    yield table("Figures", ("", "Then", "Now", "Points"), _rows(comparison))


def _headline(candidacy: MovedIndex, *, moved: bool) -> str:
    then, now = wording.points(candidacy.then), wording.points(candidacy.now)
    if candidacy.points is None:
        return "The candidacy is not known both then and now, so no difference can be given."
    if not candidacy.points:
        return f"The candidacy is {now} then and now, on what is known."
    rose, by = candidacy.points > 0, f"by {abs(candidacy.points)} points"
    if not moved:
        side = "higher" if rose else "lower"
        return f"The candidacy of the second is {side} {by}: {then} and {now}, on what is known."
    verb = "rose" if rose else "fell"
    return f"The candidacy {verb} {by}, from {then} to {now}, on what is known."


def _rows(comparison: Comparison) -> list[tuple[Phrase, ...]]:
    rows = [_index(comparison.candidacy, strong=True)]
    for axis in comparison.axes:
        rows.append(_index(axis.index, strong=True))
        rows += [_index(part) for part in axis.dimensions]
    cards = comparison.then.scorecard, comparison.now.scorecard
    known = [wording.percent(card.candidacy.coverage) for card in cards]
    proven = [wording.percent(card.evidence_share) for card in cards]
    return [*rows, ("Known", *known, ""), ("With evidence", *proven, "")]


def _index(index: MovedIndex, *, strong: bool = False) -> tuple[Phrase, ...]:
    title = Strong(index.title) if strong else f"- {index.title}"
    return title, wording.points(index.then), wording.points(index.now), signed(index.points)
