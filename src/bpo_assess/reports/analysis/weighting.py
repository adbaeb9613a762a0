"""Would another weighting say the opposite? The answer in a sentence, then the figures."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from bpo_assess.analysis.sensitivity.radii import Radius
from bpo_assess.analysis.sensitivity.weighing import EVERY_KIND, SCORED, Group, WeightKind
from bpo_assess.analysis.sensitivity.weighting import Weighting
from bpo_assess.analysis.sensitivity.weights import End, WeightRange
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import half_up, plain
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.blocks import Column, Heading, Paragraph, Table

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity.stochastic import Acceptabilities, Acceptability

TITLE = "Would another weighting say the opposite?"

LISTED = 8
"""How many weights a page lists; the JSON has all."""

SURE, LIKELY = 0.95, 0.5
"""Shares of drawn weightings that give the same verdict, from which it is said to be sure, or likely."""

FAMILIES = {
    frozenset({WeightKind.DIMENSION}): "All dimensions",
    frozenset({WeightKind.QUESTION}): "All questions",
    SCORED: "All dimensions and questions",
    frozenset({WeightKind.DRIVER, WeightKind.IMPACT_DRIVER}): "All drivers of risks",
    EVERY_KIND: "All weights there are",
}

AROUND = "around"

Blocks = Iterator[Block]


def blocks(assessment: Assessment, found: Weighting) -> Blocks:
    """Answer whether other weights would give another verdict."""
    yield Heading(TITLE)
    yield Paragraph(f"{_drawn_sentence(assessment, found)}{_single_sentence(assessment, found)}")
    if found.drawn:
        yield _shares(assessment, found.drawn)
        yield Paragraph(_sampling(found.drawn))
    yield from _single(assessment, found)
    if found.relative:
        columns = (Column("Changed together"), Column("By at least", right=True), Column("Then"))
        rows = tuple(_together(assessment, radius) for radius in found.relative)
        yield Table("All weights of a kind at once", columns, rows)
        yield Paragraph(
            "Each weight of the kind may grow or shrink by up to that share of itself, the ones that "
            "hurt most against the others; with less the verdict stands."
        )
    if found.drawn:
        yield from _central(assessment, found.drawn[-1])


def title_of_weight(assessment: Assessment, group: Group, key: str) -> str:
    """Name what a weight weighs."""
    questionnaire = assessment.questionnaire
    if group.kind is WeightKind.DIMENSION:
        return questionnaire.dimensions[key].title
    title = questionnaire.questions[key].title
    if group.kind is WeightKind.QUESTION:
        return title
    risk = next(risk.title for risk in questionnaire.risks if risk.id == group.of)
    return f"{title}, as a driver of {risk}"


# Drawn weights


def _now(assessment: Assessment, drawn: "Acceptabilities") -> "Acceptability | None":
    found = (entry for entry in drawn.verdicts if entry.verdict == assessment.ruling.id)
    return next(found, None)


def _drawn_sentence(assessment: Assessment, found: Weighting) -> str:
    if not found.drawn:
        return ""
    near = _now(assessment, found.drawn[0])
    anywhere = _now(assessment, found.drawn[-1])
    if near is None or anywhere is None:
        return ""
    share = near.share.share
    if near.count == anywhere.count == found.drawn[0].sampling.draws:
        return (
            "No: every weighting drawn, near the stated one or anywhere, gives the same verdict. "
        )
    return (
        f"{_word(share, anywhere.share.share)}: of weightings near the stated one {_percent(share)} give "
        f"the same verdict, of weightings drawn from anywhere {_percent(anywhere.share.share)}. "
    )


def _word(near: float, anywhere: float) -> str:
    if near < LIKELY:
        return "Yes"
    if near < SURE:
        return "Possibly"
    return "Hardly" if anywhere >= SURE else "Not a similar one, but a quite different one might"


def _percent(share: float) -> str:
    return f"{_tenths(share)} %"


def _tenths(share: float) -> str:
    """Write a share in percent; one that is not whole is never rounded to nothing or to all."""
    rounded = min(max(round(100 * share, 1), 0.1), 99.9) if 0 < share < 1 else 100 * share
    return f"{rounded:.1f}"


def _shares(assessment: Assessment, drawn: "Sequence[Acceptabilities]") -> Table:
    columns = (
        Column("Verdict"),
        *(
            Column(
                "near the stated" if one.sampling.distribution == AROUND else "anywhere", right=True
            )
            for one in drawn
        ),
    )
    entries = [{entry.verdict: entry for entry in one.verdicts} for one in drawn]
    rows = tuple(
        (
            wording.title_of_verdict(assessment, key),
            *(_share(each[key]) if key in each else wording.NOTHING for each in entries),
        )
        for key in {key: None for each in entries for key in each}
    )
    return Table("Share of drawn weightings by verdict", columns, rows)


def _share(entry: "Acceptability") -> str:
    share = entry.share
    return f"{_percent(share.share)} ({_tenths(share.low)} to {_tenths(share.high)})"


def _sampling(drawn: "Sequence[Acceptabilities]") -> str:
    sampling = drawn[0].sampling
    return (
        f"{sampling.draws:,} weightings each, seed {sampling.seed}; in brackets the range in which the "
        "true share lies with a confidence of 95 %. Near: a weight varies by about "
        f"{100 * sampling.spread:g} % of itself. Anywhere: no opinion about the weights at all."
    )


def _central(assessment: Assessment, drawn: "Acceptabilities") -> Blocks:
    """Show the mean weights that lead to each verdict that comes out, beside the stated ones."""
    shown = [entry for entry in drawn.verdicts if entry.central]
    if len(shown) < 2:  # noqa: PLR2004  one verdict leaves nothing to compare
        return
    titles = [wording.title_of_verdict(assessment, entry.verdict) for entry in shown]
    columns = (
        Column("Weight in the axis, %"),
        Column("Stated", right=True),
        *(Column(title, right=True) for title in titles),
    )
    rows = []
    for axis in assessment.questionnaire.axes:
        group = Group(WeightKind.DIMENSION, axis.id)
        total = sum((Fraction(part.weight) for part in axis.dimensions), Fraction())
        for part in axis.dimensions:
            central = [entry.central.get(group, {}).get(part.id) for entry in shown]
            if part.weight and any(weight is not None for weight in central):
                stated = _hundredths(Fraction(part.weight) / total)
                rows.append((part.title, stated, *map(_hundredths, central)))
    if rows:
        yield Paragraph("What one has to find important for each verdict (central weights):")
        yield Table("Central weights", columns, tuple(rows))


def _hundredths(weight: Fraction | None) -> str:
    return wording.NOTHING if weight is None else f"{half_up(100 * weight, 1):.1f}"


# Single weights


def sensitive(found: Weighting) -> list[WeightRange]:
    """List the weights that can change the verdict alone, the most sensitive first."""
    ranges = [(entry.change, entry) for entry in found.ranges]
    moving = [(change, entry) for change, entry in ranges if change is not None]
    return [entry for _, entry in sorted(moving, key=lambda pair: pair[0])]


def _single_sentence(assessment: Assessment, found: Weighting) -> str:
    first = next(iter(sensitive(found)), None)
    end = first.nearest if first else None
    if first is None or end is None:
        return "No single weight changes the verdict, however light or heavy it becomes."
    return (
        f"Of single weights the most sensitive is that of "
        f"{title_of_weight(assessment, first.group, first.key)}: stated as {plain(first.weight)}, it "
        f"changes the verdict at {plain(end.weight)}, to "
        f"{wording.title_of_verdict(assessment, end.verdict)}."
    )


def _single(assessment: Assessment, found: Weighting) -> Blocks:
    moving = sensitive(found)
    if not moving:
        return
    columns = (
        Column("Weight"),
        Column("Stated", right=True),
        Column("Holds", right=True),
        Column("Beyond"),
    )
    rows = tuple(_range(assessment, entry) for entry in moving[:LISTED])
    yield Table("The most sensitive weights", columns, rows)
    others = len(found.ranges) - len(moving)
    yield Paragraph(
        "Each weight alone, the others as stated: between these bounds the verdict stands."
        + (f" {others} of {len(found.ranges)} weights cannot change it alone." if others else "")
    )


def _range(assessment: Assessment, entry: WeightRange) -> tuple[str, ...]:
    nearest = entry.nearest
    return (
        title_of_weight(assessment, entry.group, entry.key),
        plain(entry.weight),
        _bounds(entry.low, entry.high),
        wording.title_of_verdict(assessment, nearest.verdict) if nearest else "",
    )


def _bounds(low: End | None, high: End | None) -> str:
    if low and high:
        return f"{plain(low.weight)} to {plain(high.weight)}"
    if high:
        return f"up to {plain(high.weight)}"
    return f"from {plain(low.weight)}" if low else "always"


# Weights together


def _together(assessment: Assessment, radius: Radius) -> tuple[str, ...]:
    verdict = radius.verdict
    then = wording.title_of_verdict(assessment, verdict) if verdict else "no change found"
    # Rounded down: with less than what is printed the verdict surely stands.
    tenths = (1000 * (radius.lower or Fraction())).__floor__()
    return FAMILIES[radius.kinds], f"{tenths // 10}.{tenths % 10} %", then
