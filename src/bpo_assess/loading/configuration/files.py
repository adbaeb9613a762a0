"""Which file configures the files of a folder, and what it says together with those that it extends."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bpo_assess import __version__
from bpo_assess.diagnostics import MOST_PROBLEMS, Diagnostic, InputError, KeyPath, Severity
from bpo_assess.documents import MAX_BYTES, visible
from bpo_assess.loading.catalogue import is_path
from bpo_assess.loading.configuration.toml import TomlFile, read_toml, said
from bpo_assess.loading.configuration.values import allows, read
from bpo_assess.loading.explain import did_you_mean
from bpo_assess.loading.files import read_bytes
from bpo_assess.model.configuration import KEYS, Kind

OWN_FILES = ("bpo-assess.toml", ".bpo-assess.toml")
SHARED_FILE = "pyproject.toml"
TABLE = ("tool", "bpo-assess")
"""Where our keys stand in the shared file; in our own they stand at the top."""

_NAMED = "[tool.bpo-assess]"
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Value:
    """A value, where it comes from, and the folder that its paths and patterns are seen from."""

    value: Any
    origin: str
    folder: Path = Path()


Values = Mapping[str, Value]
"""Values by the names of their keys."""


# Finding the nearest


class Nearest:
    """Finds the nearest configuration of folders, each folder looked into once."""

    def __init__(self) -> None:
        self._known: dict[Path, Path | None] = {}
        home = os.path.expanduser("~")  # noqa: PTH111  never raises
        self._homes = {os.path.abspath(home), os.path.realpath(home)}  # noqa: PTH100

    def of(self, folder: str) -> Path | None:
        """Look from a folder upwards, to the root of its repository or the home folder.

        Links are not resolved: what a folder is linked into configures it.
        """
        start = Path(os.path.abspath(folder))  # noqa: PTH100  links stay what they are
        passed = []
        found = None
        for above in (start, *start.parents):
            if above in self._known:
                found = self._known[above]
                break
            passed.append(above)
            found = _within(above)
            if found is not None or self._ends_at(above):
                break
        self._known.update(dict.fromkeys(passed, found))
        return found

    def _ends_at(self, folder: Path) -> bool:
        return os.path.lexists(folder / ".git") or str(folder) in self._homes


def _within(folder: Path) -> Path | None:
    for name in OWN_FILES:
        path = folder / name
        # A link that leads nowhere is refused when it is read: somebody meant to configure something.
        if os.path.lexists(path) and not os.path.isdir(path):  # noqa: PTH112  never raises
            return seen(path)
    shared = folder / SHARED_FILE
    if os.path.isfile(shared) and _speaks_of_us(seen(shared)):  # noqa: PTH113  never raises
        return seen(shared)
    return None


def _speaks_of_us(shared: Path) -> bool:
    """Tell whether a shared file has our table; one that cannot be read is refused if it may have."""
    raw = _bytes(shared)
    if TABLE[-1].encode() not in raw and len(raw) <= MAX_BYTES:
        return False
    return _ours(_opened(shared, raw)) is not None


def seen(path: Path) -> Path:
    """Name a file as it is seen from here, so that no path of this machine is printed."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # on another drive
        return path


# Reading it


@dataclass(frozen=True, slots=True)
class _Table:
    """Our keys in a file."""

    file: TomlFile
    at: KeyPath
    keys: Mapping[str, Any]


def _opened(path: Path, raw: bytes | None = None) -> TomlFile:
    if _leads_astray(path, path.parent):
        text = "the link leads out of the repository, or to another kind of file"
        raise InputError(Diagnostic("BPO521", Severity.ERROR, text, file=_shown(path)))
    return read_toml(_bytes(path) if raw is None else raw, _shown(path))


def _bytes(path: Path) -> bytes:
    """Read a file; the names of files, also of those beside it, may be anything."""
    try:
        return read_bytes(str(path))
    except InputError as error:
        raise InputError(
            *(
                replace(problem, file=_shown(path), hint=problem.hint and visible(problem.hint))
                for problem in error.diagnostics
            )
        ) from None


def _leads_astray(path: Path, folder: Path) -> bool:
    """Tell whether a file that a folder's configuration names is one that it must not make us show."""
    root = _repository(folder)
    target = Path(os.path.realpath(path))
    outside = root is not None and not target.is_relative_to(root)
    return outside or (path.is_symlink() and target.suffix != path.suffix)


def _repository(folder: Path) -> Path | None:
    place = Path(os.path.realpath(folder))
    above = (place, *place.parents)
    return next((root for root in above if os.path.lexists(root / ".git")), None)


def _shown(path: Path) -> str:
    return visible(path.as_posix())


def _ours(file: TomlFile) -> _Table | None:
    """Take our table; None for a shared file that has none."""
    if Path(file.name).name != SHARED_FILE:
        return _Table(file, (), file.data)
    tools = file.data.get(TABLE[0])
    if not isinstance(tools, dict) or TABLE[-1] not in tools:
        return None
    keys = tools[TABLE[-1]]
    if not isinstance(keys, dict):
        raise InputError(file.at_key(TABLE, f"{_NAMED} is one table, with a key on each line"))
    return _Table(file, TABLE, keys)


def from_file(path: Path) -> dict[str, Value]:
    """Read a configuration and what it extends; raise InputError with everything that is wrong."""
    table = _ours(_opened(path))
    if table is None:
        text = f"the file has no table {_NAMED}"
        raise InputError(Diagnostic("BPO521", Severity.ERROR, text, file=_shown(path)))
    values: dict[str, Value] = {}
    problems: list[Diagnostic] = []
    chain: list[Path] = []
    while table is not None:
        chain.append(path)
        own, wrong = _read(table, path.parent)
        problems += wrong
        values = {**own, **values}
        try:
            path, table = _extended(table, own, chain)
        except InputError as error:
            problems += error.diagnostics
            break
    if problems:
        raise InputError(*problems[:MOST_PROBLEMS])
    return values


def _extended(table: _Table, own: Values, chain: list[Path]) -> tuple[Path, _Table | None]:
    """Open what a configuration extends, if it does."""
    if "extend" not in own:
        return chain[-1], None
    path, place = Path(own["extend"].value), (*table.at, "extend")
    name = said(path.as_posix())
    wrong = _wrong_with(path, chain)
    if wrong is not None:
        raise InputError(table.file.at_value(place, f"`extend` leads to {name}, {wrong}"))
    further = _ours(_opened(path))
    if further is None:
        text = f"`extend` leads to {name}, which has no table {_NAMED}"
        raise InputError(table.file.at_value(place, text))
    return path, further


def _wrong_with(path: Path, chain: list[Path]) -> str | None:
    if os.path.realpath(path) in map(os.path.realpath, chain):
        return "which is extended by it" if len(chain) > 1 else "which is this file itself"
    if not os.path.isfile(path):  # noqa: PTH113  never raises
        return "and there is no such file"
    if _leads_astray(path, chain[-1].parent):
        return _ASTRAY
    if len(chain) >= _LONGEST_CHAIN:
        return f"and at most {_LONGEST_CHAIN} files can extend each other"
    return None


_ASTRAY = "which lies outside the repository, or is linked to another kind of file"


def _is_opened(kind: Kind, value: Any) -> bool:
    """Tell whether a value names a file to be read, of which something may be shown."""
    return kind is Kind.PATH or (kind is Kind.METHOD and is_path(value))


def _read(table: _Table, folder: Path) -> tuple[dict[str, Value], list[Diagnostic]]:
    """Read the keys of one file, and list what is wrong with them.

    Where another version is required, only that is said: the rest may be right for that one.
    """
    other = list(_other_version(table))
    if other:
        return {}, other
    values: dict[str, Value] = {}
    problems: list[Diagnostic] = []
    for name, raw in table.keys.items():
        path = (*table.at, name)
        try:
            value = read(KEYS[name].kind, raw, folder)
        except KeyError:
            problems.append(_unknown(table, path))
        except ValueError:
            text = f"`{name}` takes {KEYS[name].kind}"
            problems.append(table.file.at_value(path, text))
        else:
            if _is_opened(KEYS[name].kind, value) and _leads_astray(Path(value), folder):
                text = f"`{name}` leads to {said(str(value))}, {_ASTRAY}"
                problems.append(table.file.at_value(path, text, f"name it with --{name}"))
            origin = f"{table.file.name}:{table.file.line(path)}"
            values[name] = Value(value, origin, folder)
        if len(problems) == MOST_PROBLEMS:
            break
    return values, problems


def _other_version(table: _Table) -> Iterator[Diagnostic]:
    key = KEYS["requires-version"]
    try:
        versions = read(key.kind, table.keys.get(key.name, ">=0"), Path())
    except ValueError:
        return
    if not allows(versions, __version__):
        text = f"this configuration requires bpo-assess {said(versions)}"
        hint = f"this is {__version__}: install another version, or change `{key.name}`"
        yield table.file.at_value((*table.at, key.name), text, hint)


def _unknown(table: _Table, path: KeyPath) -> Diagnostic:
    name = str(path[-1])
    hint = did_you_mean(name[:_LONGEST_NAME], KEYS) or f"known are {', '.join(KEYS)}"
    if isinstance(table.keys[name], dict) and not table.at and name == TABLE[0]:
        hint = f"{_NAMED} is for {SHARED_FILE}; here the keys stand at the top, in no table"
    elif isinstance(table.keys[name], dict):
        hint = f"the keys stand in {_NAMED} itself" if table.at else "the keys stand at the top"
    return table.file.at_key(path, f"`{said(name)}` is no key of the configuration", hint)


_LONGEST_NAME = 40
"""How much of a name is compared with those that are known."""
