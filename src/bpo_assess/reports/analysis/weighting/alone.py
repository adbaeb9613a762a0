"""Each weight alone, the others held: which ones change the verdict, and how heavy they have to become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from bpo_assess.analysis.sensitivity.ranges import End, WeightRange
from bpo_assess.analysis.sensitivity.weighing import Group
from bpo_assess.analysis.sensitivity.weighting import Weighting
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.weighting.phrases import TIMES, shortest, title_of_weight
from bpo_assess.reports.blocks import Column, Paragraph, Table

LISTED = 8
"""How many weights a page lists; the JSON has all."""

PLACES = 2
"""Decimal places of a bound, where they are enough."""

TWICE = 2

MUCH = Fraction(3, 2)
"""From this factor on a weight is said to be so many times as heavy; below it, so much heavier."""


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a range that is reached soonest, by how many times a weight becomes heavier or lighter."""

    range: WeightRange
    end: End
    times: Fraction | None
    """Of a weight that is stated as nought, relative to all of its group; None where it has to vanish."""

    @property
    def is_near(self) -> bool:
        """Whether it is reached within the factor that a page shows."""
        return self.times is not None and self.times <= TIMES

    @property
    def is_heavier(self) -> bool:
        """Whether the weight has to become heavier."""
        return self.end is self.range.high


def tips(found: Weighting) -> list[Tip]:
    """List the weights that can change the verdict alone, the most sensitive first, those of nought last."""
    totals = totals_of(found)
    all_tips = [
        tip for entry in found.ranges if (tip := _tip(entry, totals[entry.group])) is not None
    ]
    return sorted(all_tips, key=_order)


def totals_of(found: Weighting) -> Mapping[Group, Fraction]:
    """Add up the stated weights of each group."""
    totals: dict[Group, Fraction] = {}
    for entry in found.ranges:
        totals[entry.group] = totals.get(entry.group, Fraction()) + entry.weight
    return totals


def _tip(entry: WeightRange, total: Fraction) -> Tip | None:
    ends = [end for end in (entry.low, entry.high) if end is not None]
    found = [Tip(entry, end, _times(entry.weight, end.weight, total)) for end in ends]
    return min(found, key=_order, default=None)


def _times(stated: Fraction, there: Fraction, total: Fraction) -> Fraction | None:
    if not stated:
        return there / total if total else None
    return max(there / stated, stated / there) if there else None


def _order(tip: Tip) -> tuple[bool, bool, Fraction]:
    return not tip.range.weight, tip.times is None, tip.times or Fraction()


# For people


def sentence(assessment: Assessment, found: Weighting) -> str:
    """Say which single weight changes the verdict soonest, or how heavy one would have to be."""
    every = tips(found)
    if not every:
        return "No single weight changes the verdict, however light or heavy it becomes."
    near = [tip for tip in every if tip.is_near and tip.range.weight]
    if not near:
        return (
            f"No single weight changes the verdict unless {wording.listing(_unless(every), 'or')}."
        )
    first = near[0]
    return (
        "Of single weights the most sensitive is that of "
        f"{title_of_weight(assessment, first.range.group, first.range.key)}: {_made(first)}, it leads to "
        f"{wording.title_of_verdict(assessment, first.end.verdict)}."
    )


def _unless(every: list[Tip]) -> Iterator[str]:
    heavier = [tip.times for tip in every if tip.range.weight and tip.is_heavier and tip.times]
    if heavier:
        yield f"it is made at least {min(heavier).__floor__()} times as heavy"
    if any(not tip.is_heavier for tip in every):
        yield f"{'' if heavier else 'it is '}cut to less than a tenth"
    if any(not tip.range.weight for tip in every):
        yield "one that is stated as 0 is given weight"


def _made(tip: Tip) -> str:
    stated, there = tip.range.weight, tip.end.weight
    share = there / stated
    if share == 1:
        return f"made ever so little {'heavier' if tip.is_heavier else 'lighter'}"
    if share >= MUCH:
        times = Fraction(round(10 * share), 10)
        return f"made about {'twice' if times == TWICE else f'{plain(times)} times'} as heavy"
    return f"made {_about(abs(share - 1))} {'heavier' if share > 1 else 'lighter'}"


def _about(share: Fraction) -> str:
    return f"about {round(100 * share)} %" if share >= Fraction(1, 100) else "less than 1 %"


def blocks(assessment: Assessment, found: Weighting) -> Iterator[Block]:
    """List the most sensitive weights, and count the others."""
    every = tips(found)
    near = [tip for tip in every if tip.is_near]
    if near:
        columns = (
            Column("Weight"),
            Column("Stated", right=True),
            Column("Holds", right=True),
            Column("Beyond"),
        )
        rows = tuple(_row(assessment, tip) for tip in near[:LISTED])
        yield Table("The most sensitive weights", columns, rows)
    if every:
        yield Paragraph(_counted(found, every, len(near)))


def _counted(found: Weighting, every: list[Tip], near: int) -> str:
    weights = wording.count(len(found.ranges), "weight")
    others = len(found.ranges) - len(every)
    if not near:
        rest = f"; the other {others} cannot change the verdict alone" if others else ""
        return f"{len(every)} of {weights} can do that{rest}."
    text = ["Each weight alone, the others as stated: between these bounds the verdict stands."]
    if near > LISTED:
        more = near - LISTED
        text.append(f"{more} more {_change(more)} it within a factor of {TIMES}.")
    if far := [tip for tip in every if not tip.is_near]:
        text.append(
            f"{len(far)} more {_change(len(far))} it only when {wording.listing(_only(far), 'or')}."
        )
    if others:
        text.append(f"{others} of {weights} cannot change it alone.")
    return " ".join(text)


def _change(number: int) -> str:
    return "changes" if number == 1 else "change"


def _only(far: list[Tip]) -> Iterator[str]:
    if any(tip.range.weight and tip.is_heavier for tip in far):
        yield f"made over {TIMES} times as heavy"
    if any(not tip.is_heavier for tip in far):
        yield "cut to less than a tenth"
    if any(not tip.range.weight for tip in far):
        yield f"made, from 0, over {TIMES} times as heavy as the rest of its group"


def _row(assessment: Assessment, tip: Tip) -> tuple[str, ...]:
    entry = tip.range
    return (
        title_of_weight(assessment, entry.group, entry.key),
        plain(entry.weight),
        _bounds(entry),
        _beyond(assessment, entry),
    )


def _bounds(entry: WeightRange) -> str:
    """Write the bounds, rounded inward: at a bound that is printed the verdict stands."""
    low = _bound(entry, entry.low) if entry.low else ""
    high = _bound(entry, entry.high) if entry.high else ""
    if low and high:
        return f"{low} to {high}"
    return f"up to {high}" if high else f"from {low}" if low else "always"


def _bound(entry: WeightRange, end: End) -> str:
    """Write an end with as many decimal places as it takes to lie between the stated weight and the end."""
    upward = end is entry.high
    places = PLACES
    while True:
        scale = 10**places
        steps = floor(end.weight * scale) if upward else ceil(end.weight * scale)
        if not end.included and steps == end.weight * scale:
            steps += -1 if upward else 1
        bound = Fraction(steps, scale)
        if bound == entry.weight or (bound > entry.weight) is upward:
            return shortest(bound, places)
        places += 1


def _beyond(assessment: Assessment, entry: WeightRange) -> str:
    below, above = (
        wording.title_of_verdict(assessment, end.verdict) if end else ""
        for end in (entry.low, entry.high)
    )
    if below and above and below != above:
        return f"{below} below, {above} above"
    return below or above
