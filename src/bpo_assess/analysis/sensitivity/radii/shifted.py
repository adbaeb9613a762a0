"""Changes that shift normalised weight between the members of one group (L1)."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from bpo_assess.analysis.sensitivity.radii.present import Present, lever_of, movable
from bpo_assess.analysis.sensitivity.radii.reach import Reach
from bpo_assess.analysis.sensitivity.radii.result import Measure
from bpo_assess.analysis.sensitivity.weighing import Atom, Group, Weights


class Shifted:
    """Changes that shift normalised weight between the members of one group."""

    measure = Measure.SHIFTED
    most = Fraction(2)

    def __init__(self, present: Present, group: Group) -> None:
        self.present = present
        self.kinds = frozenset({group.kind})
        self.group = group
        self._own = present.weights[group]
        self._total = sum(self._own.values(), Fraction())
        self._normal = {key: weight / self._total for key, weight in self._own.items() if weight}

    def reach(self, atom: Atom) -> Reach | None:
        """Find the smallest shift that turns a condition; None where none does."""
        aim = self.present.aim(atom)
        if aim is None or not self._moves(atom):
            return None
        worth, counts = self._worth(atom, aim.sign)
        if not any(worth[key] > 0 or (aim.closed and not worth[key]) for key in counts):
            return None
        size = 2 * self._needed(worth)
        return Reach(size, size, aim.closed, (atom,))

    def changes(self, size: Fraction, atoms: Iterable[Atom]) -> Iterator[Weights]:
        """Yield shifts of a size that go furthest for one of the conditions."""
        for atom in atoms:
            aim = self.present.aim(atom)
            if aim is not None and self._moves(atom):
                worth, _ = self._worth(atom, aim.sign)
                yield self._shift(worth, size / 2)

    def _moves(self, atom: Atom) -> bool:
        return self.group in self.present.groups[atom] and self.group in movable(
            atom.parts, self.present.weights, self.kinds
        )

    def _worth(self, atom: Atom, sign: int) -> tuple[dict[str, Fraction], set[str]]:
        """Say what a unit of weight on each member does for the gap, and which members count for it.

        What does not count does nothing. It comes first, so that of equals one that counts is the last in
        order.
        """
        lever = lever_of(atom, self.group, self.present.weights)
        idle = {key: Fraction() for key in self._normal if key not in lever.values}
        counting = {
            key: sign * (value - lever.zero)
            for key, value in lever.values.items()
            if key in self._normal
        }
        return idle | counting, set(counting)

    def _needed(self, worth: Mapping[str, Fraction]) -> Fraction:
        """Work out how much weight has to go to the member of most worth for the gap to reach nought."""
        need = -sum((self._normal[key] * value for key, value in worth.items()), Fraction())
        best, moved = max(worth.values()), Fraction()
        for key in sorted(worth, key=worth.__getitem__):
            gain = best - worth[key]
            if not gain:
                break
            if self._normal[key] * gain >= need:
                return moved + need / gain
            moved += self._normal[key]
            need -= self._normal[key] * gain
        return moved

    def _shift(self, worth: Mapping[str, Fraction], mass: Fraction) -> Weights:
        """Take weight from the members of least worth, and give it to the one of most."""
        shifted = dict(self._normal)
        *others, best = sorted(worth, key=worth.__getitem__)
        for key in others:
            taken = min(mass, shifted[key])
            shifted[key] -= taken
            shifted[best] += taken
            mass -= taken
        return {self.group: {key: self._total * shifted.get(key, Fraction()) for key in self._own}}
