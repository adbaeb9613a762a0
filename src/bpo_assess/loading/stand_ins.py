"""What of comparisons can be looked at all the same where a part of them is broken."""

from collections.abc import Set as AbstractSet
from typing import Any

from pydantic import ValidationError

from bpo_assess.diagnostics import KeyPath
from bpo_assess.model.comparisons import ComparisonFile

_ENTRY, _JUDGEMENT = 2, 4
"""How deep entries and judgements stand: comparisons, position, judgements, position."""


def with_stand_ins(data: Any) -> tuple[ComparisonFile, frozenset[KeyPath]] | None:
    """Read broken comparisons with stand-ins for what is broken, and tell where these are.

    Of a judgement whose number is broken the parts are kept; else the judgement is replaced, else the entry.
    None where so much is broken that nothing can be said of the rest.
    """
    try:
        return ComparisonFile.model_validate(data), frozenset()
    except ValidationError as error:
        locations = {details["loc"] for details in error.errors(include_url=False)}
    around = {path[:depth] for path in locations for depth in range(len(path))}
    broken = frozenset(map(_replaced, locations - around))
    try:
        return ComparisonFile.model_validate(_repaired(data, (), broken)), broken
    except ValidationError:
        return None


def _replaced(path: KeyPath) -> KeyPath:
    """Find what is replaced for the sake of something broken."""
    if path[:1] == ("judges",):
        return path[:1]
    if len(path) < _JUDGEMENT or path[_ENTRY] != "judgements":
        return path[:_ENTRY]
    number = path[_JUDGEMENT:] == ("counts",)
    return path if number else path[:_JUDGEMENT]


def _repaired(value: Any, path: KeyPath, broken: AbstractSet[KeyPath]) -> Any:
    """Put stand-ins into plain data; a single entry is a list of one."""
    if path in broken:
        return _stand_in(path)
    if path == ("comparisons",) or (len(path) < _JUDGEMENT and path[_ENTRY:] == ("judgements",)):
        entries = value if isinstance(value, list) else [value]
        return [_repaired(each, (*path, place), broken) for place, each in enumerate(entries)]
    if not isinstance(value, dict):
        return value
    missing = {"counts": None} if (*path, "counts") in broken else {}
    return {key: _repaired(each, (*path, key), broken) for key, each in (value | missing).items()}


def _stand_in(path: KeyPath) -> Any:
    """Replace a judgement, or an entry, by one of parts that are nowhere else."""
    if path == ("judges",):
        return []
    if len(path) > _JUDGEMENT:
        return 1
    judgement = {"this": f"part-{path[-1]}-of-none", "counts": 1, "times": "no-part"}
    if len(path) == _JUDGEMENT:
        return judgement
    return {"axis": f"group-{path[-1]}-of-none", "judgements": [judgement]}
