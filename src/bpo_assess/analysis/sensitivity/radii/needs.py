"""What turns whole conditions and verdicts, from what turns the simple ones."""

from collections.abc import Iterator
from typing import assert_never

from bpo_assess.analysis.sensitivity.radii.reach import NOTHING, Reach, every, some
from bpo_assess.analysis.sensitivity.radii.relative import Relative
from bpo_assess.analysis.sensitivity.radii.result import Way
from bpo_assess.analysis.sensitivity.radii.shifted import Shifted
from bpo_assess.analysis.sensitivity.weighing import Atom, Every, Fixed, Node, Some, Tiers, rank

Norm = Relative | Shifted
"""How the size of a change is measured, and which weights may change."""


class Needs:
    """How large a change has to be for a condition, or the verdict, to turn."""

    def __init__(self, norm: Norm) -> None:
        self.norm = norm
        self._weighing = norm.present.weighing
        self._known: dict[Atom, Reach | None] = {}

    def going(self, way: Way) -> Reach | None:
        """Bound the change that moves the verdict one way."""
        weighing = self._weighing
        place = rank(weighing.known, self.norm.present.holds)
        match way:
            case Way.BETTER:
                last = place >= len(weighing.verdicts) - 1
                return None if last else self._at_least(weighing.known, place + 1)
            case Way.WORSE:
                return self._at_most(weighing.known, place - 1) if place else None
            case Way.UNSETTLED:
                return every([self._turning(weighing.coverage, to=True), some(self._apart())])
            case Way.SETTLED:
                return some([self._turning(weighing.coverage, to=False), *self._together()])
            case _:
                assert_never(way)

    def _apart(self) -> Iterator[Reach | None]:
        """Bound the changes that let the worst and the best case differ, at each verdict."""
        worst, best = self._weighing.worst, self._weighing.best
        for place in range(len(self._weighing.verdicts) - 1):
            yield every([self._at_most(worst, place), self._at_least(best, place + 1)])

    def _together(self) -> Iterator[Reach | None]:
        """Bound the changes that bring the worst and the best case together, at each verdict."""
        worst, best = self._weighing.worst, self._weighing.best
        for place in range(len(self._weighing.verdicts)):
            yield every([self._at_least(worst, place), self._at_most(best, place)])

    def _at_least(self, tiers: Tiers, place: int) -> Reach | None:
        """Bound the change that brings the verdict to a place or beyond: all before must cease."""
        return every(self._turning(node, to=False) for nodes in tiers[:place] for node in nodes)

    def _at_most(self, tiers: Tiers, place: int) -> Reach | None:
        """Bound the change that holds the verdict at a place or before it: one condition is enough."""
        if place >= len(tiers) - 1:
            return NOTHING
        return some(self._turning(node, to=True) for nodes in tiers[: place + 1] for node in nodes)

    def _turning(self, node: Node, *, to: bool) -> Reach | None:
        """Bound the change that makes a condition hold, or cease."""
        match node:
            case Fixed():
                return NOTHING if node.truth is to else None
            case Atom():
                return self._reach(node, to=to)
            case Every():
                parts = (self._turning(part, to=to) for part in node.parts)
                return every(parts) if to else some(parts)
            case Some():
                parts = (self._turning(part, to=to) for part in node.parts)
                return some(parts) if to else every(parts)
            case _:
                assert_never(node)

    def _reach(self, atom: Atom, *, to: bool) -> Reach | None:
        if self.norm.present.holds(atom) is to:
            return NOTHING
        if atom not in self._known:
            self._known[atom] = self.norm.reach(atom)
        return self._known[atom]
