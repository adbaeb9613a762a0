"""Preferences that go round in a circle, and so contradict each other whatever their numbers."""

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from bpo_assess.analysis.judges import Pair

Circle = tuple[int, ...]
"""Parts by their positions, from the lowest: each counts more than the next, the last more than the first."""

SHORTEST = 3
"""Two parts are compared once, and cannot go round in a circle."""

Lighter = Mapping[int, Sequence[int]]
"""Of each part, those that count less."""


def circles_of(ratios: Mapping[Pair, Fraction]) -> tuple[Circle, ...]:
    """Find the shortest circles, the one whose judgements are furthest from agreeing first.

    Where every pair is judged, and none as equal, there is a circle of three wherever there is any (Kendall
    and Babington Smith 1940).
    """
    directed = dict(ratios) | {
        (second, first): 1 / each for (first, second), each in ratios.items()
    }
    lighter: dict[int, list[int]] = {}
    for (heavy, light), ratio in sorted(directed.items()):
        if ratio > 1:
            lighter.setdefault(heavy, []).append(light)

    def contradiction(circle: Circle) -> Fraction:
        """Multiply the judgements round a circle: 1 where they agree."""
        steps = zip(circle, (*circle[1:], circle[0]), strict=True)
        return math.prod((directed[step] for step in steps), start=Fraction(1))

    for length in range(SHORTEST, len(lighter) + 1):
        found = [circle for part in lighter for circle in _closed((part,), lighter, length)]
        if found:
            return tuple(sorted(found, key=lambda circle: (-contradiction(circle), circle)))
    return ()


def _closed(path: Circle, lighter: Lighter, length: int) -> Iterator[Circle]:
    """Yield the circles of a length that begin with a path, whose first part is the lowest."""
    onward = lighter.get(path[-1], ())
    if len(path) == length:
        if path[0] in onward:
            yield path
        return
    for part in onward:
        if part > path[0] and part not in path:
            yield from _closed((*path, part), lighter, length)
