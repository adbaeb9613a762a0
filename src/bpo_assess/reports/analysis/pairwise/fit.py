"""Whether the judgements of each judge fit together, and which are worth another look."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from bpo_assess.analysis.pairwise import ACCEPTED, Circle, Consistency, Mending, Opinion, Weighed
from bpo_assess.assessment.rounding import half_up
from bpo_assess.model.comparisons import HIGHEST, LOWEST
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.pairwise.contradictions import USUAL
from bpo_assess.reports.analysis.pairwise.names import judge_name, line, names_of, ratio_text
from bpo_assess.reports.blocks import Column, Paragraph, Table, bullets

MOST_CIRCLES = 5
"""How many circles a page shows; the JSON has them all."""


def fit(weighed: Weighed) -> Iterator[Block]:
    """Say whether the judgements fit together, and which are worth another look."""
    several = len(weighed.opinions) > 1
    if not several:
        yield Paragraph(_consistency(weighed.opinions[0].solution.consistency))
    else:
        yield Paragraph(_fit_of_all(weighed))
        yield _ratios(weighed)
    yield from _circles(weighed)
    worth = [
        _mending(weighed, opinion, mending, name=several)
        for opinion in weighed.opinions
        for mending in _worth_a_look(opinion)
    ]
    if worth:
        yield Paragraph("Worth another look, the judgement that mends most first:")
        yield bullets(worth)


def _circles(weighed: Weighed) -> Iterator[Block]:
    """List the preferences that go round in a circle."""
    found = [
        _circle(weighed, opinion, circle)
        for opinion in weighed.opinions
        for circle in opinion.circles
    ]
    if found:
        yield Paragraph("Some preferences go round in a circle, which no weights can follow:")
        more = len(found) - MOST_CIRCLES
        yield bullets([*found[:MOST_CIRCLES], *([f"and {more} more"] if more > 0 else [])])


def _circle(weighed: Weighed, opinion: Opinion, circle: Circle) -> str:
    first, *others = (line(weighed.group.parts[place].title) for place in circle)
    whose = f"{judge_name(opinion.voice)}: " if len(weighed.opinions) > 1 else ""
    chain = ", which counts more than ".join([*others, first])
    return f"{whose}{first} counts more than {chain}."


def _fit_of_all(weighed: Weighed) -> str:
    """Answer for all judges together, and name those whose own judgements do not fit."""
    ratio, at_odds = weighed.joint.consistency.ratio, weighed.at_odds
    if not at_odds and not weighed.contradicts:
        return "Yes, as far as they can be checked."
    if ratio is None:
        together = "All together cannot be checked"
    else:
        together = f"All together {'no' if weighed.contradicts else 'yes'} (ratio {ratio})"
    if not at_odds:
        return f"{together}; those of each judge do."
    whose = wording.listing(judge_name(one.voice) for one in at_odds)
    return f"{together}; those of {whose} do not{' either' if weighed.contradicts else ''}."


def _ratios(weighed: Weighed) -> Table:
    """Set the consistency of each judge and of all together side by side."""
    said = [(judge_name(entry.voice), entry.solution.consistency) for entry in weighed.opinions]
    said.append(("All together", weighed.joint.consistency))
    limits = [found.geometric_limit for _, found in said if found.geometric_limit is not None]
    index = f"GCI (up to {half_up(limits[0], 2):.2f})" if limits else "GCI"
    names = ("Fit", "Ratio", "Pairs", "Eigenvalue", index)
    return Table(
        f"Consistency (a ratio {USUAL})",
        (Column("Judgements of"), *(Column(name, right=True) for name in names)),
        tuple((name, *_figures(found)) for name, found in said),
        titled=True,
    )


def _figures(found: Consistency) -> tuple[str, ...]:
    index = found.geometric_index
    return (
        _word(found),
        wording.NOTHING if found.ratio is None else str(found.ratio),
        f"{found.compared} of {found.possible}",
        f"{half_up(found.root, 3):.3f}",
        wording.NOTHING if index is None else f"{half_up(index, 3):.3f}",
    )


def _word(found: Consistency) -> str:
    if found.ratio is None:
        return "yes" if found.possible == 1 else "unchecked"
    return "yes" if found.passes else "not yet"


def _worth_a_look(opinion: Opinion) -> Sequence[Mending]:
    """Show what would mend judgements that do not pass; of others there is nothing to mend."""
    return () if opinion.solution.consistency.passes else opinion.mendings


def _consistency(found: Consistency) -> str:
    judged = f"{found.compared} of {found.possible} pairs judged"
    if found.ratio is None and found.possible == 1:
        return "Yes, a single judgement has nothing to contradict."
    if found.ratio is None:
        return (
            f"Nobody can tell: {judged}, just enough to link all parts, and none to check them by."
        )
    verdict = "Yes" if found.passes else "Not yet"
    against = "within" if found.passes else "above"
    index = ""
    if found.geometric_index is not None and found.geometric_limit is not None:
        limit = f"{half_up(found.geometric_limit, 2):.2f}"
        index = f"; GCI {half_up(found.geometric_index, 3):.3f} (limit {limit})"
    return (
        f"{verdict}, the consistency ratio is {found.ratio:.3f}, {against} the {half_up(ACCEPTED, 2):.2f} "
        f"of convention ({judged}; largest eigenvalue {half_up(found.root, 3):.3f}{index})."
    )


def _mending(weighed: Weighed, opinion: Opinion, mending: Mending, *, name: bool) -> str:
    one, other = names_of(weighed, mending.pair)
    whose = f"{judge_name(opinion.voice)}: " if name else ""
    nearest = ratio_text(mending.nearest)
    before = opinion.solution.consistency.ratio
    return (
        f"{whose}{one} counts {ratio_text(mending.stated)} times {other}; by the other judgements it would "
        f"count {_on_the_scale(mending.agreeing)}. With {nearest}, the ratio falls from {before:.3f} to "
        f"{mending.ratio_then:.3f}."
    )


def _on_the_scale(ratio: Fraction) -> str:
    """Say what judgements make of another; what lies beyond the scale is not on it."""
    if LOWEST <= ratio <= HIGHEST:
        return f"{ratio_text(ratio)} times"
    return f"at least {HIGHEST} times {'more' if ratio > 1 else 'less'}"
