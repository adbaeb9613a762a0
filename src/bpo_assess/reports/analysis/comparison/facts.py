"""Which stated facts moved, each once and in words."""

from collections.abc import Iterator

from bpo_assess.analysis.comparison import Comparison, MovedEntry, MovedMeasure, MovedValue
from bpo_assess.assessment.measures import MEASURES, Reading, read_off
from bpo_assess.reports.analysis.comparison.phrases import Blocks, listed
from bpo_assess.reports.blocks import Paragraph

LONGEST_VALUE = 40
"""Characters up to which an old and a new value are printed; longer ones are only reworded."""

LONGEST_NAME = 60
"""Characters of the name of an entry that are printed."""

SECTIONS = {
    "name": "Name",
    "owner": "Owner",
    "description": "Description",
    "function": "Function",
    "organisation": "Organisation",
    "status": "Status of the document",
    "version": "Version of the document",
    "reviewed": "Last review",
    "next_review": "Next review",
    "in_scope": "In scope,",
    "out_of_scope": "Out of scope,",
    "volume": "Volume",
    "staff_fte": "Full-time equivalents",
    "annual_cost": "Annual cost",
    "locations": "Location",
    "languages": "Language",
    "systems": "System",
    "data": "Data,",
    "regulations": "Regulation",
    "documents": "Document",
    "steps": "Step",
    "kpis": "KPI",
    "controls": "Control",
    "business_case": "Business case",
    "hidden_costs": "Hidden cost",
    "answers_by": "Answers by person",
}
"""What a section of the description is called; before the name of an entry, an entry of it."""

KEYS = {
    "on_site": "on site",
    "share_percent": "share in percent",
    "variation_percent": "variation in percent",
}
"""What keys within a section are called, where that is not their name."""

ALREADY_STATED = {
    "full-time-equivalents": ("staff_fte", "staff_fte"),
    "volume-variation": ("volume", "variation_percent"),
}
"""Measures that read a single value of the description, with the section and the key of it."""


def facts(comparison: Comparison) -> Blocks:
    """List the stated facts that moved."""
    found = [*map(_measure, _measures(comparison)), *map(_entry, _entries(comparison))]
    yield listed(found) if found else Paragraph("None.")


def _measures(comparison: Comparison) -> Iterator[MovedMeasure]:
    """Leave out what is said by a value of the description itself."""
    values = {(entry.section, value.key) for entry in comparison.entries for value in entry.values}
    for moved in comparison.measures:
        if ALREADY_STATED.get(moved.measure) not in values:
            yield moved


def _entries(comparison: Comparison) -> Iterator[MovedEntry]:
    """Leave out controls of which it is said beside the risks what they are worth now."""
    controls = {moved.control.id for moved in comparison.controls}
    for entry in comparison.entries:
        if entry.section != "controls" or entry.name not in controls:
            yield entry


def _measure(moved: MovedMeasure) -> str:
    counts = MEASURES[moved.measure].counts
    ends = f"{_reading(moved, moved.then)} then, {_reading(moved, moved.now)} now"
    return f"{counts[0].upper()}{counts[1:]}: {ends}"


def _reading(moved: MovedMeasure, reading: Reading | None) -> str:
    if reading is None:
        return "nothing stated"
    return read_off(moved.measure, reading).removeprefix(f"{MEASURES[moved.measure].counts}: ")


def _entry(moved: MovedEntry) -> str:
    where = SECTIONS[moved.section]
    if moved.name is not None:
        where += f" {_short(moved.name)}"
    if not moved.values:
        return f"{where}: {moved.movement}"
    if moved.name is None and [value.key for value in moved.values] == [moved.section]:
        return f"{where}: {_value(moved.values[0])}"
    return f"{where}: {'; '.join(f'{_key(value.key)} {_value(value)}' for value in moved.values)}"


def _key(key: str) -> str:
    return KEYS.get(key, key)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}..."


def _value(moved: MovedValue) -> str:
    then, now = moved.then, moved.now
    if then is None:
        short = now is not None and len(now) <= LONGEST_VALUE
        return f"{now}, not stated then" if short else "stated now, not then"
    if now is None:
        return f"{then}, no longer stated" if len(then) <= LONGEST_VALUE else "no longer stated"
    if max(len(then), len(now)) > LONGEST_VALUE:
        return "reworded"
    return f"{then}, now {now}"
