"""How large a change has to be for something to turn, and for several things to turn at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bpo_assess.analysis.sensitivity.weighing import Atom


@dataclass(frozen=True, slots=True)
class Reach:
    """The change that something needs: at least `lower`; `upper` is enough, or all but enough if open."""

    lower: Fraction
    upper: Fraction
    closed: bool
    atoms: tuple[Atom, ...] = ()
    """The conditions that it turns, the one that needs most first."""


NOTHING = Reach(Fraction(), Fraction(), closed=True)
"""No change at all."""


def every(needs: Iterable[Reach | None]) -> Reach | None:
    """Need all of several changes: no less than the largest, and all at once."""
    found = list(needs)
    given = [need for need in found if need is not None]
    if len(given) < len(found):
        return None
    if not given:
        return NOTHING
    lower = max(need.lower for need in given)
    upper = max(need.upper for need in given)
    return Reach(
        lower,
        upper,
        all(need.closed for need in given if need.upper == upper),
        tuple(atom for need in sorted(given, key=_size, reverse=True) for atom in need.atoms),
    )


def some(needs: Iterable[Reach | None]) -> Reach | None:
    """Need one of several changes: the smallest is enough."""
    return min((need for need in needs if need is not None), key=_size, default=None)


def _size(need: Reach) -> tuple[Fraction, bool, Fraction]:
    return need.lower, not need.closed, need.upper
