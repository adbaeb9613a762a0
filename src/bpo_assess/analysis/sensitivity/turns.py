"""Which conditions turn between two weightings, and so change the verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bpo_assess.analysis.sensitivity.weighing import Atom, Node, Weighing, atoms, true
from bpo_assess.assessment.verdict import Subject
from bpo_assess.model.decision import UNDETERMINED

Truths = Mapping[Atom, bool]
"""Which simple conditions hold."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A condition that turns: it comes to hold, or ceases to."""

    subject: Subject
    key: str
    """The dimension, axis or risk; `evidence` or `coverage` where it is about those."""
    limit: Decimal | str
    """The limit as the method states it: points (0-100), a share (0-1), or the level of a risk."""
    verdict: str
    """The verdict under which the condition stands; `undetermined` for what makes a verdict uncertain."""
    holds: bool
    """Whether it holds after the turn."""


def turns(weighing: Weighing, before: Truths, after: Truths) -> tuple[Turn, ...]:
    """List the conditions that turn between two points and change the verdict between them.

    Between two verdicts these are conditions of the less favourable one. Where one of them is
    `undetermined`, it is the coverage, or what makes the worst and the best case differ.
    """
    ids = weighing.rule(before.__getitem__), weighing.rule(after.__getitem__)
    if UNDETERMINED in ids:
        if before[weighing.coverage] != after[weighing.coverage]:
            return (_turn(weighing.coverage, UNDETERMINED, after),)
        tiers = [nodes for tier in (weighing.worst, weighing.best) for nodes in tier]
        return _turned((node for nodes in tiers for node in nodes), UNDETERMINED, before, after)
    place = min(weighing.verdicts.index(key) for key in ids)
    return _turned(weighing.known[place], weighing.verdicts[place], before, after)


def _turned(nodes: Iterable[Node], verdict: str, before: Truths, after: Truths) -> tuple[Turn, ...]:
    found: dict[Turn, None] = {}
    for node in nodes:
        if true(node, before.__getitem__) != true(node, after.__getitem__):
            for atom in atoms(node):
                if before[atom] != after[atom]:
                    found[_turn(atom, verdict, after)] = None
    return tuple(found)


def _turn(atom: Atom, verdict: str, after: Truths) -> Turn:
    return Turn(atom.subject, atom.key, atom.limit, verdict, after[atom])
