"""Which stated facts moved between two descriptions: readings of measures, and entries by id or name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from bpo_assess.assessment.measures import MEASURES, Reading
from bpo_assess.assessment.result import Judgement
from bpo_assess.model.parts import Part
from bpo_assess.model.process import DataItem, ProcessDescription, ReferenceDocument
from bpo_assess.model.questionnaire import Questionnaire

APART = ("format", "id", "questionnaire", "answers")
"""Keys of a description that are no facts, or are compared by other means."""

NAMES = ("id", "name", "category", "title", "path", "url", "place")
"""Keys by which an entry of a list is known again, the best first."""


class Movement(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class MovedMeasure:
    """What a measure read then and now; nothing where the facts were not stated."""

    measure: str
    then: Reading | None
    now: Reading | None


@dataclass(frozen=True, slots=True)
class MovedValue:
    """A key whose value is another, both as text; None where it says nothing."""

    key: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class MovedEntry:
    """A section of the description, or an entry of one by id or name, that was added, removed or changed."""

    section: str
    name: str | None
    """None where the section is a single value or a single part."""
    movement: Movement
    values: tuple[MovedValue, ...] = ()


def moved_measures(then: Judgement, now: Judgement) -> tuple[MovedMeasure, ...]:
    """List the measures of NEW's method that read something else, in the order of its questions."""
    return tuple(
        MovedMeasure(key, before, after)
        for key in dict.fromkeys(_measures(now.questionnaire))
        for before in [_read(key, then.process, then.as_of)]
        for after in [_read(key, now.process, now.as_of)]
        if before != after
    )


def _measures(questionnaire: Questionnaire) -> Iterator[str]:
    for question in questionnaire.questions.values():
        if question.measure is not None:
            yield question.measure.of
            for rung in question.measure.levels:
                yield from (bound.measure for bound in rung.also)


def _read(measure: str, process: ProcessDescription, as_of: date | None) -> Reading | None:
    return MEASURES[measure].take(process, as_of)


def moved_entries(then: ProcessDescription, now: ProcessDescription) -> tuple[MovedEntry, ...]:
    """List what was added, removed and changed, section by section; the order of entries says nothing."""
    return tuple(
        entry
        for section in ProcessDescription.model_fields
        if section not in APART
        for entry in _section(section, getattr(then, section), getattr(now, section))
    )


def _section(section: str, then: object, now: object) -> Iterator[MovedEntry]:
    if then == now:
        return
    if isinstance(then, tuple) and isinstance(now, tuple):
        yield from _entries(section, then, now)
    elif isinstance(then, Part) or isinstance(now, Part):
        yield from _part(section, then, now)
    else:
        value = MovedValue(section, said(then), said(now))
        yield MovedEntry(section, None, _movement(then, now), (value,))


def _part(section: str, then: object, now: object) -> Iterator[MovedEntry]:
    """Compare a single part; a list within it is a section of its own."""
    model = type(now if isinstance(now, Part) else then)
    assert issubclass(model, Part)  # noqa: S101  for the type checker: one of the two is a part
    values = []
    for key in model.model_fields:
        before, after = getattr(then, key, None), getattr(now, key, None)
        if isinstance(before or after, tuple):
            yield from _section(key, before or (), after or ())
        elif before != after:
            values.append(MovedValue(key, said(before), said(after)))
    if values:
        yield MovedEntry(section, None, _movement(then, now), tuple(values))


def _movement(then: object, now: object) -> Movement:
    if then is None:
        return Movement.ADDED
    return Movement.REMOVED if now is None else Movement.CHANGED


Entry = TypeVar("Entry")


def _entries(section: str, then: Sequence[object], now: Sequence[object]) -> Iterator[MovedEntry]:
    before, after = _named(then), _named(now)
    for key, entry in before.items():
        if key not in after:
            yield MovedEntry(section, key[0], Movement.REMOVED)
        elif entry != after[key]:
            yield MovedEntry(section, key[0], Movement.CHANGED, _values(entry, after[key]))
    for key in after:
        if key not in before:
            yield MovedEntry(section, key[0], Movement.ADDED)


def _named(entries: Iterable[Entry]) -> dict[tuple[str, int], Entry]:
    """Give each entry the name by which it is known again; of one name, the first, the second and so on."""
    seen: dict[str, int] = {}
    named = {}
    for entry in entries:
        name = name_of(entry)
        seen[name] = seen.get(name, 0) + 1
        named[name, seen[name]] = entry
    return named


def name_of(entry: object) -> str:
    """Name an entry: by its id where it has one, else by its name."""
    if isinstance(entry, DataItem):
        return f"{entry.data_class}: {entry.what}" if entry.what else str(entry.data_class)
    if isinstance(entry, ReferenceDocument):
        return entry.title or entry.path or entry.url or "-"
    for key in NAMES:
        if isinstance(entry, Part) and (found := getattr(entry, key, None)):
            return str(found)
    return said(entry) or "-"


def _values(then: object, now: object) -> tuple[MovedValue, ...]:
    if not isinstance(then, Part):
        return ()
    return tuple(
        MovedValue(_written(then, key), said(before), said(after))
        for key in type(then).model_fields
        for before, after in [(getattr(then, key), getattr(now, key))]
        if before != after
    )


def _written(part: Part, key: str) -> str:
    """Name a key as it is written in the file."""
    return type(part).model_fields[key].alias or key


def said(value: object) -> str | None:
    """Write a value as text; nothing where it says nothing."""
    match value:
        case None | ():
            return None
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case tuple():
            return "; ".join(said(entry) or "-" for entry in value)
        case Part():
            stated = ((key, said(getattr(value, key))) for key in type(value).model_fields)
            names = ((_written(value, key).replace("_", " "), text) for key, text in stated if text)
            return ", ".join(f"{name} {text}" for name, text in names)
        case _:
            return str(value)
