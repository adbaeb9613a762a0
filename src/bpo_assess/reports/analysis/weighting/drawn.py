"""Weights drawn at random: how often each verdict comes out, and what speaks for it then."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from bpo_assess.analysis.sensitivity.interval import Interval, wilson
from bpo_assess.analysis.sensitivity.weighing import Group, WeightKind
from bpo_assess.analysis.sensitivity.weighting import Weighting
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import half_up
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.weighting.exact import has_noughts
from bpo_assess.reports.analysis.weighting.phrases import (
    percent,
    title_of_group,
    title_of_member,
)
from bpo_assess.reports.blocks import Column, Paragraph, Table

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity.drawing import Sampling
    from bpo_assess.analysis.sensitivity.stochastic import Acceptabilities, Acceptability

AROUND = "around"

ENOUGH = 1000
"""Fewer draws are too few to answer by."""

BEHIND = 100
"""The draws that have to stand behind a mean of weights that a page shows; the JSON has all."""

CLEARLY = Fraction(4, 3)
"""How many times as heavy or light as elsewhere a weight is that speaks for a verdict."""

POINTS = Fraction(1, 20)
"""How much of its group such a weight takes more or less than elsewhere."""

TELLING = 3
"""How many weights that speak for a verdict a page lists."""

KINDS = {
    frozenset({WeightKind.DIMENSION}): "dimensions",
    frozenset({WeightKind.QUESTION}): "questions",
    frozenset({WeightKind.DRIVER, WeightKind.IMPACT_DRIVER}): "risk drivers",
}


# How often


def shares(assessment: Assessment, found: Weighting) -> Iterator[Block]:
    """Show how often each verdict comes out, and how that was found."""
    drawn = found.drawn
    columns = (
        Column("Verdict"),
        *(
            Column(
                "Near the stated" if one.sampling.distribution == AROUND else "Anywhere", right=True
            )
            for one in drawn
        ),
    )
    entries = [{entry.verdict: entry.share for entry in one.verdicts} for one in drawn]
    nothing = [wilson(0, one.sampling.draws) for one in drawn]
    rows = tuple(
        (
            wording.title_of_verdict(assessment, key),
            *(_share(each.get(key, none)) for each, none in zip(entries, nothing, strict=True)),
        )
        for key in {key: None for each in entries for key in each}
    )
    yield Table("Share of drawn weightings by verdict", columns, rows)
    yield Paragraph(_sampling(found, drawn[0].sampling))


def _share(share: Interval) -> str:
    """Write a share and its interval, which is rounded outward."""
    low, high = math.floor(1000 * share.low) / 10, math.ceil(1000 * share.high) / 10
    return f"{percent(share.share)} ({low:.1f} to {high:.1f})"


def _sampling(found: Weighting, sampling: "Sampling") -> str:
    few = "" if sampling.draws >= ENOUGH else " These are too few to answer by."
    return (
        f"{sampling.draws:,} {'weighting' if sampling.draws == 1 else 'weightings'} each, seed "
        f"{sampling.seed}; in brackets the range in which the true share lies with a confidence of 95 %. "
        f"{_what_is_drawn(found, sampling)} Near: a weight varies by about "
        f"{100 * sampling.spread:g} % of itself. Anywhere: every weighting of those that are drawn is as "
        f"likely as any other.{few}"
    )


def _what_is_drawn(found: Weighting, sampling: "Sampling") -> str:
    there = {entry.group.kind for entry in found.ranges}
    drawn = [f"of {name}" for kinds, name in KINDS.items() if kinds & there & sampling.kinds]
    held = [f"those of {name}" for kinds, name in KINDS.items() if kinds & there - sampling.kinds]
    if has_noughts(found):
        held.append("weights of 0")
    stays = f"; {wording.listing(held)} stay as stated" if held else ""
    return f"Drawn: weights {wording.listing(drawn)}{stays}."


# What speaks for a verdict


@dataclass(frozen=True, slots=True)
class _Telling:
    """A weight that differs clearly where a verdict comes out."""

    group: Group
    key: str
    stated: Fraction
    there: Fraction
    """Its mean where the verdict comes out."""
    times: Fraction
    """How many times as heavy, or as light, that is as among all that are drawn."""
    is_heavier: bool


def central(assessment: Assessment, found: Weighting) -> Iterator[Block]:
    """Show the few weights that speak for another verdict: what one has to find important for it."""
    drawn = found.drawn[-1]
    others = [
        entry
        for entry in drawn.verdicts
        if entry.count >= BEHIND and entry.verdict not in {assessment.ruling.id, UNDETERMINED}
    ]
    if not others:
        return
    means = _means(drawn)
    stated = _stated(found)
    rows: list[tuple[str, ...]] = []
    silent = []
    for entry in others:
        title = wording.title_of_verdict(assessment, entry.verdict)
        telling = _telling(entry, means, stated)[:TELLING]
        rows += (_row(assessment, title, entry.count, one) for one in telling)
        silent += [] if telling else [title]
    if rows:
        yield Paragraph(
            "What somebody who wants another verdict would have to find more, or less, important: average "
            "weights of the draws that give it (central weights), where they differ clearly."
        )
        columns = (
            Column("For"),
            Column("Weight"),
            Column("Stated", right=True),
            Column("On average", right=True),
        )
        yield Table("Central weights", columns, tuple(rows))
    if silent:
        yield Paragraph(f"For {wording.listing(silent)} no weight differs clearly.")


def _stated(found: Weighting) -> Mapping[tuple[Group, str], Fraction]:
    """Take the share of each weight in its group."""
    totals: dict[Group, Fraction] = {}
    for entry in found.ranges:
        totals[entry.group] = totals.get(entry.group, Fraction()) + entry.weight
    return {(entry.group, entry.key): entry.weight / totals[entry.group] for entry in found.ranges}


def _means(drawn: "Acceptabilities") -> Mapping[tuple[Group, str], Fraction]:
    """Take the mean of every weight over all that were drawn."""
    found: dict[tuple[Group, str], Fraction] = {}
    for entry in drawn.verdicts:
        part = Fraction(entry.count, drawn.sampling.draws)
        for group, own in entry.central.items():
            for key, weight in own.items():
                found[group, key] = found.get((group, key), Fraction()) + part * weight
    return found


def _telling(
    entry: "Acceptability",
    means: Mapping[tuple[Group, str], Fraction],
    stated: Mapping[tuple[Group, str], Fraction],
) -> list[_Telling]:
    """Find the weights that are much heavier, or lighter, than elsewhere and than stated.

    What is lighter only because another of its group is heavier says nothing more.
    """
    found = []
    for group, own in entry.central.items():
        for key, there in own.items():
            mean, now = means[group, key], stated[group, key]
            high, low = max(mean, there), min(mean, there)
            is_heavier = there > mean
            is_beyond = abs(there - now) >= POINTS and (there > now) is is_heavier
            if low and high / low >= CLEARLY and high - low >= POINTS and is_beyond:
                found.append(_Telling(group, key, now, there, high / low, is_heavier))
    heavier = [one for one in found if one.is_heavier]
    groups = {one.group for one in heavier}
    lighter = [one for one in found if one.group not in groups]
    return [*sorted(heavier, key=_order), *sorted(lighter, key=_order)]


def _order(one: _Telling) -> tuple[Fraction, str, str, str]:
    return -one.times, one.group.kind, one.group.of, one.key


def _row(assessment: Assessment, title: str, count: int, one: _Telling) -> tuple[str, ...]:
    name = title_of_member(assessment, one.group, one.key)
    return (
        f"{title} ({count:,} draws)",
        f"{name}, among {title_of_group(assessment, one.group)}",
        _whole(one.stated),
        _whole(one.there),
    )


def _whole(share: Fraction) -> str:
    return f"{half_up(100 * share, 0):f} %"
