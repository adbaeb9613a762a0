"""A questionnaire that extends another: parts are added and overridden by id, so that nothing stands twice.

All of it happens to plain data, before anything is validated: a derived questionnaire is held to the same
rules as any other. Every part keeps the place in the file in which it was written.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bpo_assess.diagnostics import Diagnostic, InputError, KeyPath, Severity
from bpo_assess.documents import Document, Placing
from bpo_assess.loading.explain import did_you_mean, locate
from bpo_assess.loading.reduce import reduce

LONGEST_LINE = 8
"""How many questionnaires may extend one another in a row."""

MORE = "also_"
"""What stands before the name of a list to add to it rather than to replace it."""

Read = Callable[[str, str], Document]
"""Reads the questionnaire of a name, as the file of another name means it."""

_OWN = ("format", "id", "version", "title", "about", "cases")
"""Keys that no questionnaire takes over."""


@dataclass(frozen=True)
class Extended:
    """A questionnaire's data together with what it takes over from another."""

    own: Document
    data: Any
    sha256: str
    """Of the file and of every file that it extends."""
    homes: Mapping[KeyPath, tuple[Placing, KeyPath]]
    """Where the parts that are not at the same place in the file itself were written."""
    lineage: tuple[str, ...]
    """Ids of the questionnaires that it extends, nearest first."""
    left_out: frozenset[str]
    """Their questions and controls that it does not know."""

    @property
    def name(self) -> str:
        """The name of the file itself."""
        return self.own.name

    def home(self, path: KeyPath) -> tuple[Document, KeyPath]:
        """Find the file in which a part was written, and its path there."""
        for length in range(len(path), 0, -1):
            if found := self.homes.get(path[:length]):
                placing, start = found
                return placing.home((*start, *path[length:]))
        return self.own, path


def extended(own: Document, read: Read, line: tuple[str, ...] = ()) -> Placing:
    """Take over what a questionnaire extends; one that extends nothing stays as it is."""
    if not isinstance(own.data, dict) or "extends" not in own.data:
        return own
    base = _base(own, read, line)
    only = _only(own, list(question_ids(base.data)))
    kept = base if only is None else reduce(base, only)
    merging = _Merging(own, kept)
    stated = {key: value for key, value in own.data.items() if key not in {"extends", "only"}}
    inherited = {key: value for key, value in kept.data.items() if key not in _OWN}
    earlier = base if isinstance(base, Extended) else None
    left_out = _parts(base.data) - _parts(kept.data)
    return Extended(
        own=own,
        data=merging.mapping(stated, inherited, (), (), ()),
        sha256=hashlib.sha256(f"{own.sha256} {base.sha256}".encode()).hexdigest(),
        homes=merging.homes,
        lineage=(str(base.data.get("id")), *(earlier.lineage if earlier else ())),
        left_out=frozenset(left_out | (earlier.left_out if earlier else frozenset())),
    )


def question_ids(data: Any) -> Iterator[str]:
    """Yield the ids of the questions in plain data, as far as it has the shape of a questionnaire."""
    for axis in _entries(data, "axes"):
        for dimension in _entries(axis, "dimensions"):
            for question in _entries(dimension, "questions"):
                if isinstance(question.get("id"), str):
                    yield question["id"]


def _parts(data: Any) -> set[str]:
    """Collect what a process description can refer to: questions, and controls of risks."""
    controls = (entry for risk in _entries(data, "risks") for entry in _entries(risk, "controls"))
    return {*question_ids(data), *(str(control.get("id")) for control in controls)}


def _entries(data: Any, key: str) -> list[dict[str, Any]]:
    found = data.get(key) if isinstance(data, dict) else None
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _base(own: Document, read: Read, line: tuple[str, ...]) -> Placing:
    name = own.data["extends"]
    if not isinstance(name, str):
        raise _refusal(own, "BPO204", "`extends` names one questionnaire", ("extends",))
    if own.name in line or len(line) >= LONGEST_LINE:
        message = "the questionnaires extend one another in a circle"
        raise _refusal(own, "BPO305", message, ("extends",))
    try:
        document = read(name, own.name)
    except InputError as error:
        problem = error.diagnostics[0]
        if problem.code not in {"BPO101", "BPO305"}:
            raise
        raise _refusal(own, "BPO305", problem.message, ("extends",), problem.hint) from None
    if not isinstance(document.data, dict):
        raise _refusal(own, "BPO305", f"`{name}` holds no questionnaire", ("extends",))
    return extended(document, read, (*line, own.name))


def _only(own: Document, known: list[str]) -> frozenset[str] | None:
    """Read which questions of the base are kept; None keeps them all."""
    only = own.data.get("only")
    if only is None:
        return None
    if not isinstance(only, list):
        raise _refusal(own, "BPO204", "`only` is a list of questions", ("only",))
    unknown = [
        _problem(
            own, "BPO213", f"there is no question `{key}`", ("only", place), _guess(key, known)
        )
        for place, key in enumerate(only)
        if key not in known
    ]
    if unknown:
        raise InputError(*unknown)
    return frozenset(only)


def _guess(key: Any, known: list[str]) -> str | None:
    return did_you_mean(str(key), known)


def _refusal(
    own: Document, code: str, message: str, path: KeyPath, hint: str | None = None
) -> InputError:
    return InputError(_problem(own, code, message, path, hint))


def _problem(
    own: Document, code: str, message: str, path: KeyPath, hint: str | None = None
) -> Diagnostic:
    return locate(Diagnostic(code, Severity.ERROR, message, hint=hint, path=path), own)


@dataclass
class _Merging:
    """Merges plain data, and remembers where everything was written."""

    own: Document
    base: Placing
    homes: dict[KeyPath, tuple[Placing, KeyPath]] = field(default_factory=dict)

    def mapping(
        self,
        over: dict[str, Any],
        base: dict[str, Any],
        path: KeyPath,
        mine: KeyPath,
        theirs: KeyPath,
    ) -> dict[str, Any]:
        """Add to a mapping and override in it, key by key: the merged path, and those in either file."""
        merged: dict[str, Any] = {}
        for key, value in base.items():
            here = (*path, key)
            if key in over:
                merged[key] = self._value(over[key], value, here, (*mine, key), (*theirs, key))
            else:
                self.homes[here] = (self.base, (*theirs, key))
                merged[key] = value
        added = {key: value for key, value in over.items() if key not in base}
        return self._with_more(merged, added, path, mine)

    def _with_more(
        self, merged: dict[str, Any], added: dict[str, Any], path: KeyPath, mine: KeyPath
    ) -> dict[str, Any]:
        """Add the entries of `also_KEY` to the list KEY; any other key is added as it is."""
        for key, value in added.items():
            more = merged.get(key.removeprefix(MORE))
            if not (key.startswith(MORE) and isinstance(more, list) and isinstance(value, list)):
                merged[key] = value
                continue
            longer = key.removeprefix(MORE)
            for place in range(len(value)):
                here = (*path, longer, len(more) + place)
                self.homes[here] = (self.own, (*mine, key, place))
            merged[longer] = [*more, *value]
        return merged

    def _value(self, over: Any, base: Any, path: KeyPath, mine: KeyPath, theirs: KeyPath) -> Any:
        if isinstance(over, dict) and isinstance(base, dict):
            return self.mapping(over, base, path, mine, theirs)
        if _has_ids(over) and _has_ids(base):
            return self._list(over, base, path, mine, theirs)
        self.homes[path] = (self.own, mine)
        return over

    def _list(
        self,
        over: list[dict[str, Any]],
        base: list[dict[str, Any]],
        path: KeyPath,
        mine: KeyPath,
        theirs: KeyPath,
    ) -> list[dict[str, Any]]:
        """Override the entries of a list by their ids, in the order of the base, and add the others."""
        changed = {entry["id"]: place for place, entry in enumerate(over)}
        merged: list[dict[str, Any]] = []
        for place, entry in enumerate(base):
            here = (*path, len(merged))
            position = changed.pop(entry["id"], None)
            if position is None:
                self.homes[here] = (self.base, (*theirs, place))
                merged.append(entry)
            else:
                self.homes[here] = (self.own, (*mine, position))
                both = ((*mine, position), (*theirs, place))
                merged.append(self.mapping(over[position], entry, here, *both))
        for position in changed.values():
            self.homes[*path, len(merged)] = (self.own, (*mine, position))
            merged.append(over[position])
        return merged


def _has_ids(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(entry, dict) and isinstance(entry.get("id"), str) for entry in value)
    )
