"""Which stated facts moved, each once and in words."""

from collections.abc import Iterator

from bpo_assess.analysis.comparison import Comparison, MovedEntry, MovedMeasure, MovedValue
from bpo_assess.assessment.measures import MEASURES, Reading, read_off
from bpo_assess.reports.analysis.comparison.phrases import Blocks, both, listed
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


COMPARABLE = frozenset({"volume", "staff_fte", "annual_cost", "business_case"})
"""Sections that can be set side by side of two processes."""

APART = "What each of two processes has of its own is left out: names, scope, steps, KPIs and other lists."


def facts(comparison: Comparison) -> Blocks:
    """List the stated facts that moved."""
    found = [*map(_measure, _measures(comparison)), *map(_entry, _entries(comparison))]
    if found:
        yield listed(found)
    if found and not comparison.same_process:
        yield Paragraph(APART)


def _measures(comparison: Comparison) -> Iterator[MovedMeasure]:
    """Leave out what is said by a value of the description itself."""
    values = {(entry.section, value.key) for entry in comparison.entries for value in entry.values}
    for moved in comparison.measures:
        said = ALREADY_STATED.get(moved.measure) in values
        if not said and (comparison.same_process or _apart(moved)):
            yield moved


def _apart(moved: MovedMeasure) -> bool:
    """Tell whether more than the number counted differs: all of 5 and all of 8 are both all."""
    then, now = moved.then, moved.now
    if then is None or now is None:
        return True
    shares = [(one.matching or 0, one.total) for one in (then, now)]
    (some, of_some), (others, of_others) = shares
    if of_some is None or of_others is None:
        return True
    return some * of_others != others * of_some


def _entries(comparison: Comparison) -> Iterator[MovedEntry]:
    """Leave out controls that are named beside the risks, and what two processes cannot share."""
    controls = {moved.control.id for moved in comparison.controls}
    for entry in comparison.entries:
        if not comparison.same_process and entry.section not in COMPARABLE:
            continue
        if entry.section != "controls" or entry.name not in controls:
            yield entry


def _measure(moved: MovedMeasure) -> str:
    counts = MEASURES[moved.measure].counts
    ends = both(_reading(moved, moved.then), _reading(moved, moved.now))
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
    if moved.then and moved.now and max(len(moved.then), len(moved.now)) > LONGEST_VALUE:
        return "reworded"
    return both(_stated(moved.then), _stated(moved.now))


def _stated(value: str | None) -> str:
    if value is None:
        return "not stated"
    return value if len(value) <= LONGEST_VALUE else "stated"
