"""The decision as a function of the weights: conditions on weighted means, and the verdict that follows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from bpo_assess.analysis.sensitivity.weighing.weights import Part, Weights
from bpo_assess.assessment.verdict import Subject
from bpo_assess.model.decision import UNDETERMINED


@dataclass(frozen=True, eq=False, slots=True)
class Atom:
    """A simple condition that depends on weights: it holds where its gap is below nought.

    The gap is the sum of the means of the parts less the cut, which lies half a printed unit below the
    limit, since figures are rounded half up before they are compared.
    """

    subject: Subject
    key: str
    limit: Decimal | str
    """The limit as the method states it: points, a share (0-1), or the level of a risk."""
    parts: tuple[Part, ...]
    cut: Fraction
    strict: bool = True
    """Whether a gap of nought does not hold."""
    upward: bool = False
    """Whether it holds where the gap is not below nought, the other way round."""
    required: bool = True
    """Whether it cannot hold where a part has no value; otherwise such a part counts nought."""

    def gap(self, weights: Weights) -> Fraction | None:
        """Compute by how much the figure exceeds the cut; None where there is no figure."""
        total = -self.cut
        for part in self.parts:
            value = part.mean(weights)
            if value is not None:
                total += value
            elif self.required:
                return None
        return total

    def says(self, gap: Fraction | None) -> bool:
        """Tell whether it holds at a gap."""
        if gap is None:
            return False
        below = gap < 0 if self.strict else gap <= 0
        return below is not self.upward

    def holds(self, weights: Weights) -> bool:
        """Tell whether it holds under weights."""
        return self.says(self.gap(weights))


@dataclass(frozen=True, slots=True)
class Fixed:
    """A condition that no weight can change."""

    truth: bool


@dataclass(frozen=True, slots=True)
class Every:
    """Holds where all its parts hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds where one of its parts holds."""

    parts: tuple["Node", ...]


Node = Fixed | Atom | Every | Some


def true(node: Node, truth: Callable[[Atom], bool]) -> bool:
    """Tell whether a condition holds, given which simple ones do."""
    match node:
        case Fixed():
            return node.truth
        case Atom():
            return truth(node)
        case Every():
            return all(true(part, truth) for part in node.parts)
        case Some():
            return any(true(part, truth) for part in node.parts)
        case _:
            assert_never(node)


def atoms(node: Node) -> Iterator[Atom]:
    """Yield the simple conditions of a condition that depend on weights."""
    match node:
        case Atom():
            yield node
        case Every() | Some():
            for part in node.parts:
                yield from atoms(part)
        case _:
            return


Tiers = tuple[tuple[Node, ...], ...]
"""The conditions of each verdict, least favourable first; the last has none."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The decision on one process as a function of the weights, its answers held."""

    verdicts: tuple[str, ...]
    """Ids of the verdicts, least favourable first."""
    weights: Weights
    """The weights as the method states them."""
    known: Tiers
    worst: Tiers
    best: Tiers
    coverage: Atom
    """Holds where too little is known."""
    levels: tuple[Part, ...]
    """The axes, and every risk's two sides, as means of what is known: the higher the better."""

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """Every simple condition that depends on weights, from each standpoint, once."""
        found: dict[Atom, None] = {self.coverage: None}
        for tiers in (self.known, self.worst, self.best):
            for nodes in tiers:
                for node in nodes:
                    found |= dict.fromkeys(atoms(node))
        return tuple(found)

    def rule(self, truth: Callable[[Atom], bool]) -> str:
        """Give the verdict on what is known, given which simple conditions hold."""
        if truth(self.coverage) and rank(self.worst, truth) != rank(self.best, truth):
            return UNDETERMINED
        return self.verdicts[rank(self.known, truth)]

    def verdict(self, weights: Weights) -> str:
        """Give the verdict on what is known under weights, exactly."""
        seen: dict[Atom, bool] = {}

        def truth(atom: Atom) -> bool:
            if atom not in seen:
                seen[atom] = atom.holds(weights)
            return seen[atom]

        return self.rule(truth)


def rank(tiers: Tiers, truth: Callable[[Atom], bool]) -> int:
    """Find the place of the first verdict that any condition holds."""
    return next(
        (
            place
            for place, nodes in enumerate(tiers)
            if any(true(node, truth) for node in nodes) or place == len(tiers) - 1
        ),
        len(tiers) - 1,
    )
