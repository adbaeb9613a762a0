"""What earlier runs found, kept for files that have not changed since.

An entry counts where nothing it rests on has changed: the file, the questionnaire, the settings, the
program, the files it names as evidence, and, where it holds dates, the day. As Git does, a file is taken as
unchanged by size and times, and by its content where these differ or are too young to tell. Entries lie in
the user's own cache folder, never in the repository, and are sealed with the user's own key: what is broken,
or was written by somebody else, is passed over.
"""

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from bpo_assess import __version__
from bpo_assess.checking.one_file import Checked, Named
from bpo_assess.checking.packing import pack
from bpo_assess.documents import MAX_BYTES
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.catalogue import shipped_folder
from bpo_assess.loading.evidence import doubt, root_of

YOUNG_NS = 2_000_000_000
"""Nanoseconds within which a change might leave size and times as they were; Git calls such entries racy."""

FORGOTTEN_DAYS = 30
"""Days after which what nobody has used is deleted."""

_KEY_BYTES = 32

_TABLE = """
create table if not exists entries (
    path blob primary key, state text, sha256 blob, day text, evidence text, packed blob, seal blob
) without rowid
"""

OUTSIDE = "BPO422"
"""The rule of evidence outside the repository: nothing is looked up there, not even whether it is."""

Result = TypeVar("Result")

State = tuple[int, ...]
"""By what a file is known: device, inode, size and times."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as a run found it, before it was read."""

    path: str
    state: State
    young: bool
    """Whether it changed so lately that its state does not tell all."""


class Cache:
    """What is remembered of files that are checked by the same settings.

    It never fails: where its file is broken, locked or cannot be made, nothing is remembered.
    """

    def __init__(self, settings: Settings, method: str | None, *, standings: bool) -> None:
        """Open what is remembered for the repository in which the program runs."""
        self._day = _written(settings.as_of)
        self._base: sqlite3.Connection | None = None
        self._key = self._about = b""
        by = (_program(), root_of(""), _what_counts(settings), method, standings)
        with contextlib.suppress(*_FAILURES):
            folder = cache_folder()
            self._key = _key(folder)
            self._about = hashlib.blake2b(repr(by).encode("utf-8", "surrogateescape")).digest()
            self._base = _opened(folder / f"{self._about.hex()[:40]}.sqlite")

    def find(self, path: str) -> bytes | None:
        """Give what is remembered of a file, packed, where it still counts."""
        return self._try(lambda base: self._counting(base, path))

    def evidence(self, path: str) -> tuple[str, ...]:
        """Name the files of evidence of a file that is remembered."""
        return self._try(lambda base: _names(self._row(base, path))) or ()

    def keep(self, seen: Seen, sha256: bytes, checked: Checked) -> None:
        """Remember what was found in a file that can be assessed."""
        if not checked.file.usable:
            return
        folder = os.path.dirname(seen.path)  # noqa: PTH120  many files: strings are quick
        evidence = json.dumps([_proof(named, folder) for named in checked.evidence])
        day = self._day if checked.dated else None
        packed = pack(checked.file)
        row = _Row(os.fsencode(seen.path), _stated(seen), sha256, day, evidence, packed)
        self._try(lambda base: self._write(base, row))

    def close(self) -> None:
        """Write down what was kept."""
        self._try(_close)

    def _try(self, act: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Use the base as long as it works."""
        if self._base is None:
            return None
        try:
            return act(self._base)
        except _FAILURES:
            self._base = None
            return None

    def _counting(self, base: sqlite3.Connection, path: str) -> bytes | None:
        row, seen = self._row(base, path), look(path)
        if row is None or seen is None or row.day not in {None, self._day}:
            return None
        unchanged = not seen.young and row.state == _stated(seen)
        if not unchanged and row.sha256 != _content(path):
            return None
        evidence = _standing(row.evidence, os.path.dirname(path))  # noqa: PTH120
        if evidence is None:
            return None
        now = replace(row, state=_stated(seen), evidence=evidence)
        if now != row:
            self._write(base, now)
        return row.packed

    def _row(self, base: sqlite3.Connection, path: str) -> "_Row | None":
        asked = (
            "select path, state, sha256, day, evidence, packed, seal from entries where path = ?"
        )
        found = base.execute(asked, (os.fsencode(path),)).fetchone()
        if found is None:
            return None
        row = _Row(*found[:-1])
        return row if secrets.compare_digest(self._seal(row), found[-1]) else None

    def _write(self, base: sqlite3.Connection, row: "_Row") -> None:
        values = (*_values(row), self._seal(row))
        base.execute("insert or replace into entries values (?, ?, ?, ?, ?, ?, ?)", values)

    def _seal(self, row: "_Row") -> bytes:
        seal = hashlib.blake2b(self._about, key=self._key, digest_size=_KEY_BYTES)
        texts = json.dumps((row.state, row.day, row.evidence)).encode("ascii")
        for raw in (row.path, row.sha256, texts, row.packed):
            seal.update(len(raw).to_bytes(8, "big"))
            seal.update(raw)
        return seal.digest()


_FAILURES = (OSError, ValueError, TypeError, KeyError, sqlite3.Error)
"""What a broken or foreign cache can end in."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry as it is written."""

    path: bytes
    state: str
    sha256: bytes
    day: str | None
    evidence: str
    packed: bytes


_values = attrgetter(*(entry.name for entry in fields(_Row)))


def _names(row: _Row | None) -> tuple[str, ...]:
    return tuple(proof[0] for proof in json.loads(row.evidence)) if row else ()


def _close(base: sqlite3.Connection) -> None:
    base.execute("commit")
    base.close()


def _opened(file: Path) -> sqlite3.Connection:
    """Open a base; one that is broken is begun anew."""
    _forget(file.parent)
    try:
        return _begun(file)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        file.unlink()
        return _begun(file)


def _begun(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file, timeout=1, isolation_level=None)
    base.execute("pragma synchronous = off")
    base.execute(_TABLE)
    base.execute("begin")
    os.utime(file)
    return base


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _stated(seen: Seen) -> str:
    """Write down by what a file is known; nothing that would be recognised where that is too young."""
    return "young" if seen.young else " ".join(map(str, seen.state))


def _content(path: str) -> bytes:
    return hashlib.sha256(Path(path).read_bytes()).digest()


def look(path: str) -> Seen | None:
    """Look at a file from outside; None where there is none, or none that is worth remembering."""
    try:
        found = os.stat(path)  # noqa: PTH116  many files: strings are quick
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
        return None
    state = _state(found)
    return Seen(path, state, young=max(state[-2:]) > time.time_ns() - YOUNG_NS)


def _state(found: os.stat_result) -> State:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


Proof = tuple[str, str | None, str, list[int] | None]
"""A file of evidence: its name and stated fingerprint, what was wrong with it, and by what it is known."""


def _proof(named: Named, folder: str) -> Proof:
    """Write down how a file of evidence was found, and by what it is known again."""
    name, sha256 = named
    code = doubt(name, sha256, folder)
    return name, sha256, code, None if code == OUTSIDE else _known(name, folder)


def _known(name: str, folder: str) -> list[int] | None:
    """Tell one state of a file from another; nothing where it is not there, or too young to tell."""
    try:
        found = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  many files
    except (OSError, ValueError):
        return None
    state = _state(found)
    return None if max(state[-2:]) > time.time_ns() - YOUNG_NS else list(state)


def _standing(written: str, folder: str) -> str | None:
    """Give the evidence of an entry as it is to be written now; nothing where any of it has changed."""
    proofs: list[Proof] = json.loads(written)
    changed = False
    for place, (name, sha256, code, known) in enumerate(proofs):
        if known is not None and known == _known(name, folder):
            continue
        now = _proof((name, sha256), folder)
        if now[2] != code:
            return None
        changed = changed or now[3] != known
        proofs[place] = now
    return json.dumps(proofs) if changed else written


# Where it lies, and whose it is


def cache_folder() -> Path:
    """Find the user's own folder for what can be made again."""
    home = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    base = os.environ.get("XDG_CACHE_HOME") or home
    return (Path(base) if base else Path.home() / ".cache") / "bpo-assess"


def _key(folder: Path) -> bytes:
    """Read the user's key, or make one; raise OSError where others can read it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "key"
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_bytes(_KEY_BYTES))
    mode = path.stat().st_mode
    shared = os.name == "posix" and mode & 0o077
    if shared or not stat.S_ISREG(mode):
        raise PermissionError(path)
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise PermissionError(path)
    return key


def _forget(folder: Path) -> None:
    """Delete what has not been used for long."""
    before = time.time() - FORGOTTEN_DAYS * 24 * 60 * 60
    for file in folder.glob("*.sqlite*"):
        with contextlib.suppress(OSError):
            if file.stat().st_mtime < before:
                file.unlink()


def _what_counts(settings: Settings) -> tuple[object, ...]:
    """List the settings that decide what is found in a file; the day is held to each entry."""
    return (settings.questionnaire, settings.demands, settings.fail_on, sorted(settings.ignore))


@cache
def _program() -> str:
    """Tell this program from any other state of it, also while it is being changed."""
    here = Path(__file__).parents[1]
    parts = sorted([*_states(here, "**/*.py"), *_states(shipped_folder(), "*.yaml")])
    return repr((__version__, sys.version_info[:3], parts))


def _states(folder: Path, pattern: str) -> Iterator[tuple[str, int, int]]:
    for file in folder.glob(pattern):
        found = file.stat()
        yield file.relative_to(folder).as_posix(), found.st_size, found.st_mtime_ns
