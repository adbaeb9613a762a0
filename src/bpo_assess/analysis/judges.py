"""Who compares what with what, and what each says: a file of comparisons beside its questionnaire."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.model.comparisons import (
    ComparisonEntry,
    ComparisonFile,
    Judge,
    Kind,
)
from bpo_assess.model.questionnaire import Dimension, Question, Questionnaire

Pair = tuple[int, int]
"""Two parts by their positions, the lower first."""


@dataclass(frozen=True, slots=True)
class Group:
    """An axis or a dimension, and the parts of it that are compared."""

    kind: Kind
    id: str
    title: str
    parts: tuple[Dimension | Question, ...]
    entries: tuple[tuple[int, ComparisonEntry], ...]
    """What the file says of them, each entry with its position."""

    @property
    def ids(self) -> list[str]:
        """The ids of the parts, in the order of the questionnaire."""
        return [part.id for part in self.parts]

    @property
    def stated(self) -> tuple[Fraction, ...]:
        """The weights of the questionnaire as shares of their sum; all 0 where the sum is."""
        weights = [Fraction(part.weight) for part in self.parts]
        return tuple(weight / (sum(weights) or 1) for weight in weights)


@dataclass(frozen=True, slots=True)
class Voice:
    """A judge, and what the judge says of the parts of a group."""

    judge: Judge | None
    """None where the file names nobody."""
    ratios: Mapping[Pair, Fraction]
    """How many times the first part of a pair counts the second."""

    @property
    def weight(self) -> Decimal:
        """How much the judge counts beside the others."""
        return Decimal(1) if self.judge is None else self.judge.weight


def members(
    questionnaire: Questionnaire, kind: Kind, key: str
) -> tuple[Dimension, ...] | tuple[Question, ...] | None:
    """Look up what an axis or a dimension is divided into; None where there is no such axis or dimension."""
    if kind == "axis":
        axis = next((axis for axis in questionnaire.axes if axis.id == key), None)
        return None if axis is None else axis.dimensions
    dimension = questionnaire.dimensions.get(key)
    return None if dimension is None else dimension.questions


def groups(questionnaire: Questionnaire, file: ComparisonFile) -> Iterator[Group]:
    """Yield the groups of which a file speaks, in the order of the questionnaire.

    A part of weight 0 takes no part unless a judgement names it.
    """
    entries: dict[tuple[Kind, str], list[tuple[int, ComparisonEntry]]] = {}
    for place, entry in enumerate(file.comparisons):
        entries.setdefault((entry.kind, entry.group), []).append((place, entry))
    for axis in questionnaire.axes:
        found = entries.get(("axis", axis.id))
        if found is not None:
            parts = _compared(axis.dimensions, found)
            yield Group("axis", axis.id, axis.title, parts, tuple(found))
        for dimension in axis.dimensions:
            found = entries.get(("dimension", dimension.id))
            if found is not None:
                parts = _compared(dimension.questions, found)
                yield Group("dimension", dimension.id, dimension.title, parts, tuple(found))


def _compared(
    parts: Iterable[Dimension | Question], entries: Iterable[tuple[int, ComparisonEntry]]
) -> tuple[Dimension | Question, ...]:
    named = {
        key
        for _, entry in entries
        for judgement in entry.judgements
        for key in (judgement.this, judgement.times)
    }
    return tuple(part for part in parts if part.weight or part.id in named)


def voices(file: ComparisonFile, group: Group) -> list[Voice]:
    """Collect what each judge says of a group, in the order in which the judges are named."""
    known = {judge.id: judge for judge in file.judges}
    heard = {entry.by: ratios(entry, group.ids) for _, entry in group.entries}
    others = sorted(key for key in heard if key is not None and key not in known)
    found = [
        Voice(known.get(key) or Judge(id=key), heard[key])
        for key in [*known, *others]
        if key in heard
    ]
    return [*found, *([Voice(None, heard[None])] if None in heard else [])]


def ratios(entry: ComparisonEntry, ids: list[str]) -> dict[Pair, Fraction]:
    """Take the judgements of an entry by the positions of the parts that they are about."""
    found = {}
    for judgement in entry.judgements:
        first, second = ids.index(judgement.this), ids.index(judgement.times)
        if first < second:
            found[first, second] = judgement.counts
        else:
            found[second, first] = 1 / judgement.counts
    return found


def linked(pairs: Collection[Pair], size: int) -> set[int]:
    """Find the parts that a chain of comparisons links with the first."""
    reached = {0} if size else set()
    fresh = list(reached)
    while fresh:
        part = fresh.pop()
        for first, second in pairs:
            other = second if first == part else first if second == part else part
            if other not in reached:
                reached.add(other)
                fresh.append(other)
    return reached
