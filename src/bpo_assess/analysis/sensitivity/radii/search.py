"""The change of weights itself: one of the smallest conceivable size is looked for, then larger ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from bpo_assess.analysis.sensitivity.radii.needs import Needs
from bpo_assess.analysis.sensitivity.radii.present import Present
from bpo_assess.analysis.sensitivity.radii.reach import Reach
from bpo_assess.analysis.sensitivity.radii.result import Radius, Way
from bpo_assess.analysis.sensitivity.turns import Turn, turns
from bpo_assess.analysis.sensitivity.weighing import Weights
from bpo_assess.model.decision import UNDETERMINED

BEYOND = Fraction(1, 10**6)
"""How far beyond a radius that itself does not flip the verdict a change is looked for, in the room left."""

TRIES = 8
"""Sizes at which a change is looked for where the smallest conceivable one does not do."""


def radius(needs: Needs, way: Way) -> Radius:
    """Bound the change that moves the verdict one way, and find one that does."""
    norm = needs.norm
    need = needs.going(way)
    found = Radius(
        norm.measure,
        norm.kinds,
        norm.group,
        way,
        lower=need.lower if need else None,
        upper=None,
        exact=need is None,
        verdict=None,
        weights={},
        turns=(),
    )
    return found if need is None else _attained(found, needs, need)


def _attained(found: Radius, needs: Needs, need: Reach) -> Radius:
    """Enter the first change that moves the verdict, if there is one."""
    present, weighing = needs.norm.present, needs.norm.present.weighing
    now = weighing.verdict(weighing.weights)
    sizes = list(_sizes(need, needs.norm.most))
    for size in sizes:
        for change in needs.norm.changes(size, need.atoms):
            if not all(any(own.values()) for own in change.values()):
                continue
            after = {**weighing.weights, **change}
            verdict = weighing.verdict(after)
            if _leads(found.way, weighing.verdicts, now, verdict):
                return replace(
                    found,
                    upper=size,
                    exact=need.lower == need.upper and size == sizes[0],
                    verdict=verdict,
                    weights={
                        group: own
                        for group, own in change.items()
                        if own != weighing.weights[group]
                    },
                    turns=_turns(present, after),
                )
    return found


def _sizes(need: Reach, most: Fraction) -> Iterator[Fraction]:
    """Yield the sizes at which a change is looked for, the smallest first."""
    first = need.upper if need.closed else need.upper + (most - need.upper) * BEYOND
    for step in range(TRIES + 1):
        yield first + (most - first) * step / TRIES


def _leads(way: Way, verdicts: Sequence[str], now: str, then: str) -> bool:
    """Tell whether a verdict lies the way that was asked for."""
    match way:
        case Way.BETTER:
            return then != UNDETERMINED and verdicts.index(then) > verdicts.index(now)
        case Way.WORSE:
            return then != UNDETERMINED and verdicts.index(then) < verdicts.index(now)
        case Way.UNSETTLED:
            return then == UNDETERMINED
        case Way.SETTLED:
            return then != UNDETERMINED
        case _:
            assert_never(way)


def _turns(present: Present, after: Weights) -> tuple[Turn, ...]:
    return turns(
        present.weighing,
        {atom: present.holds(atom) for atom in present.gaps},
        {atom: atom.holds(after) for atom in present.gaps},
    )
