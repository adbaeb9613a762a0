"""Data with one thing wrong in it, for what a schema and a loader say of it."""

import json
from collections.abc import Iterator
from typing import Any


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value within data."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_in(entry, (*path, key))


def changed(base: Any, path: tuple[Any, ...], how: str, odd: Any) -> Any:
    """Copy data with one place replaced, removed, or given a key too many."""
    data = json.loads(json.dumps(base))
    *way, last = path
    spot = data
    for key in way:
        spot = spot[key]
    if how == "replace":
        spot[last] = odd
    elif how == "remove":
        del spot[last]
    elif isinstance(spot, dict):
        spot["surplus"] = odd
    return data
