"""Several weights at once: by how much of themselves, and by how much moved within one group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bpo_assess.analysis.sensitivity.radii import Radius, Way
from bpo_assess.analysis.sensitivity.weighing import EVERY_KIND, SCORED, Group, WeightKind
from bpo_assess.analysis.sensitivity.weighting import Weighting
from bpo_assess.assessment.result import Assessment
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.weighting.exact import least, size
from bpo_assess.reports.analysis.weighting.phrases import (
    TIMES,
    capital,
    floored,
    part,
    title_of_group,
    title_of_member,
)
from bpo_assess.reports.blocks import Column, Paragraph, Table

LISTED = 4
"""How many groups within which weight is moved a page lists; the JSON has all."""

FURTHEST = Fraction(TIMES - 1, TIMES + 1)
"""The share at which one weight is that many times as heavy against another as is stated."""

SLIGHTEST = Fraction(1, 1000)
"""Below this share a page gives no figure."""

FAMILIES = {
    frozenset({WeightKind.DIMENSION}): "All dimensions",
    frozenset({WeightKind.QUESTION}): "All questions",
    SCORED: "All dimensions and questions",
    frozenset({WeightKind.DRIVER, WeightKind.IMPACT_DRIVER}): "All drivers of risks",
    EVERY_KIND: "All weights there are",
}

EXPLAINED = (
    "Each weight may grow or shrink by that share of itself, in whichever direction hurts most."
)

NO_CHANGE = "no such change found"


def bearable(assessment: Assessment, found: Weighting) -> str:
    """Say by how much all weights may be wrong at once; nothing where no change of them matters."""
    first = least(found)
    if first is None:
        return ""
    if size(first) < SLIGHTEST:
        named = f": {_then(assessment, first)}" if first.verdict else ""
        return f"The slightest change of all weights at once can change the verdict{named}."
    text = f"All weights may be wrong by {part(size(first))} of themselves at once; beyond that "
    if first.way is not Way.UNSETTLED:
        return f"{text}{_can_be(assessment, first)}. {EXPLAINED}"
    text += "too little may be known for a verdict"
    other = least(found, undetermined=False)
    if other is not None:
        text += f", and beyond {part(size(other))} {_can_be(assessment, other)}"
    return f"{text}. {EXPLAINED}"


def _can_be(assessment: Assessment, radius: Radius) -> str:
    if radius.verdict:
        return f"the verdict can become {_then(assessment, radius)}"
    return "a verdict can come out" if radius.way is Way.SETTLED else "the verdict can change"


def relative(assessment: Assessment, found: Weighting, *, said: bool) -> Iterator[Block]:
    """Show by how much of itself every weight may change; a sentence first, unless it was said before."""
    if not found.relative:
        return
    shown = _telling(found.relative)
    text = [] if said else [bearable(assessment, found)]
    if len(shown) > 1 and not all(radius.exact for radius in shown):
        text.append(
            '"At least": with less the verdict surely stands, but it may take more to change it.'
        )
    if text:
        yield Paragraph(" ".join(text))
    if len(shown) > 1:
        columns = (Column("Changed together"), Column("By", right=True), Column("Then"))
        rows = tuple(
            (FAMILIES[radius.kinds], _by(radius), _then(assessment, radius)) for radius in shown
        )
        yield Table("All weights of a kind at once", columns, rows)


def _telling(radii: Sequence[Radius]) -> list[Radius]:
    """Leave out what says what another says already, and what is hardly the same method any more.

    The families come in order, those that hold others later: all weights there are come last.
    """
    shown: dict[tuple[Way, str | None, str], Radius] = {}
    for radius in radii:
        if size(radius) <= FURTHEST:
            shown.setdefault((radius.way, radius.verdict, _by(radius)), radius)
    ways = list(Way)
    return sorted(shown.values(), key=lambda radius: ways.index(radius.way))


def _by(radius: Radius) -> str:
    share = f"{floored(100 * size(radius))} %"
    return share if radius.exact else f"at least {share}"


def _then(assessment: Assessment, radius: Radius) -> str:
    return wording.title_of_verdict(assessment, radius.verdict) if radius.verdict else NO_CHANGE


def shifted(assessment: Assessment, found: Weighting) -> Iterator[Block]:
    """Show how much weight has to be moved within one group, the least group first."""
    moves = [
        _Move(radius, radius.group, _gaining(found, radius.group, radius))
        for radius in sorted(found.shifted, key=size)
        if radius.group is not None
    ]
    if not moves:
        return
    yield Paragraph(_least_move(assessment, moves[0]))
    if len(moves) > 1:
        columns = (
            Column("Weight moved among"),
            Column("Points", right=True),
            Column("To"),
            Column("Then"),
        )
        rows = tuple(_row(assessment, move) for move in moves[:LISTED])
        yield Table("Weight moved within one group", columns, rows)


@dataclass(frozen=True, slots=True)
class _Move:
    """Weight that goes from some members of a group to one of them."""

    radius: Radius
    group: Group
    to: str | None

    @property
    def points(self) -> str:
        """Half of the absolute changes: what leaves some members goes to others."""
        points = floored(50 * size(self.radius))
        return points if self.radius.exact else f"at least {points}"


def _gaining(found: Weighting, group: Group, radius: Radius) -> str | None:
    """Find what gains the weight that is moved; None where no such change was found."""
    after = radius.weights.get(group)
    if not after:
        return None
    before = {entry.key: entry.weight for entry in found.ranges if entry.group == group}
    old, new = sum(before.values()), sum(after.values())
    return max(after, key=lambda key: after[key] / new - before[key] / old)


def _least_move(assessment: Assessment, move: _Move) -> str:
    where = f"Within one group it takes least among {title_of_group(assessment, move.group)}"
    points = f"{move.points} percentage points of their weight are moved"
    to = f" to {title_of_member(assessment, move.group, move.to)}" if move.to else ""
    if move.radius.exact and move.radius.verdict:
        can = f"{move.points} percentage points of their weight can be moved{to}"
        return f"{where}: {can} before the verdict is {_then(assessment, move.radius)}."
    then = f"; it can then be {_then(assessment, move.radius)}" if move.radius.verdict else ""
    return f"{where}: until {points}{to if then else ''}, the verdict stands{then}."


def _row(assessment: Assessment, move: _Move) -> tuple[str, ...]:
    return (
        capital(title_of_group(assessment, move.group)),
        move.points,
        title_of_member(assessment, move.group, move.to) if move.to else wording.NOTHING,
        _then(assessment, move.radius),
    )
