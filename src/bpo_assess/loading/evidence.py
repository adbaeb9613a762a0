"""Whether the files that a description names are there, inside its repository, and still the same."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from bpo_assess.assessment.gaps import limited, proofs
from bpo_assess.assessment.measures import is_stated
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.process import ProcessDescription

MOST_FILES = 1000
"""How many different files of one description are looked at."""

LARGEST = 1_000_000_000
"""The size in bytes up to which a file is read to compare its fingerprint."""

LONGEST_NAME = 1024
"""How many characters the path of a file has at most."""

DEEPEST = 64
"""How many folders the path of a file names at most: each costs a look."""

_CHUNK = 1 << 20

_FILE_NAME = re.compile(r"[\w.-]+(/[\w.-]+)*\.[A-Za-z]\w{1,4}")
"""What instructions look like that name a file instead of saying how the step is done."""

_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:")
"""How a path begins that is absolute on some system, though perhaps not on this one."""

_KEPT_BY_GIT = ".git"

_READING = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
"""A pipe that takes the place of a file in the last moment must not keep anybody waiting."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that a description names, and what its bytes are said to be."""

    name: str
    sha256: str | None
    path: KeyPath
    subject: str | None = None
    """What findings about it go by; where absent, its place."""


def references(process: ProcessDescription) -> Iterator[Reference]:
    """Yield the files that a description names, in the order of its parts."""
    for path, subject, item in proofs(process):
        if item.path is not None and is_stated(item.path):
            yield Reference(item.path, item.sha256, (*path, "path"), subject)
    for place, document in enumerate(process.documents):
        if document.path is not None and is_stated(document.path):
            at: KeyPath = ("documents", place, "path")
            yield Reference(document.path, None, at, f"documents/{document.path}")
    for place, step in enumerate(process.steps):
        told = step.instructions
        if told and len(told) <= LONGEST_NAME and _FILE_NAME.fullmatch(told.strip()):
            yield Reference(told.strip(), None, ("steps", place, "instructions"))


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Something that can be wrong with a file."""

    code: str
    message: str
    hint: str


_MISSING = _Doubt(
    "BPO421",
    "there is no file `{}` that can be read",
    "paths are seen from the folder of the description",
)
_UNVERIFIED = _Doubt(
    "BPO421",
    "the fingerprint of `{}` cannot be verified: only files of up to 1 GB are read for it",
    "leave the sha256 out, or name a smaller file",
)
_TOO_MANY = _Doubt(
    "BPO421",
    f"only the first {MOST_FILES:,} of the files that are named were looked at",
    "name fewer files: one for a folder of proofs, such as its list, serves as well",
)
_OUTSIDE = _Doubt(
    "BPO422",
    "`{}` lies outside the repository",
    "put the file beside the description, or give its address",
)
_EMPTY = _Doubt("BPO423", "`{}` is empty", "add what it is to prove, or take the reference out")
_CHANGED = _Doubt(
    "BPO425",
    "`{}` has been changed since its fingerprint was stated",
    "read it again; if it still proves the answer, state its new sha256",
)


def doubts_about_files(process: ProcessDescription, folder: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files that a description in a folder names, by their places."""
    yield from limited(_doubts(process, folder))


def _doubts(process: ProcessDescription, folder: str) -> Iterator[Diagnostic]:
    known: dict[tuple[str, str | None], _Doubt | None] = {}
    for reference in references(process):
        key = (reference.name, reference.sha256)
        if key not in known:
            if len(known) == MOST_FILES:
                yield _finding(_TOO_MANY, replace(reference, subject="files"))
                return
            known[key] = _found_wrong(*key, folder)
        wrong = known[key]
        if wrong is not None:
            yield _finding(wrong, reference)


def _finding(wrong: _Doubt, about: Reference) -> Diagnostic:
    return Diagnostic(
        wrong.code,
        Severity.ERROR,
        wrong.message.format(about.name),
        hint=wrong.hint,
        path=about.path,
        subject=about.subject,
    )


def doubt(name: str, sha256: str | None, folder: str) -> str:
    """Give the code of the first thing that is wrong with a file that is named in a folder; else nothing.

    Nothing outside the repository is opened: its root is the nearest folder above that holds `.git`, else
    the folder itself. Nor does the answer tell what there is outside.
    """
    wrong = _found_wrong(name, sha256, folder)
    return wrong.code if wrong else ""


def signature(name: str, folder: str) -> tuple[int, ...] | None:
    """Tell one state of a named file from another without opening it; nothing where there is no file.

    While it stays as it was, so does what `doubt` says. It is empty for what lies outside the repository.
    """
    try:
        found = _reach(name, folder)
    except (OSError, ValueError):
        return None
    if found is None:
        return ()
    state = found[1]
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def _found_wrong(name: str, sha256: str | None, folder: str) -> _Doubt | None:
    try:
        found = _reach(name, folder)
        return _OUTSIDE if found is None else _looked_at(*found, sha256)
    except (OSError, ValueError):
        return _MISSING


def _looked_at(target: str, state: os.stat_result, sha256: str | None) -> _Doubt | None:
    if stat.S_ISDIR(state.st_mode):
        with os.scandir(target) as entries:
            empty = next(entries, None) is None
        return _EMPTY if empty else None
    if not stat.S_ISREG(state.st_mode):
        return _MISSING
    if not state.st_size:
        return _EMPTY
    if sha256 is None:
        return None
    if state.st_size > LARGEST:
        return _UNVERIFIED
    read = _fingerprint(target, state.st_ino, state.st_size, state.st_mtime_ns)
    return None if read == sha256 else _CHANGED


# The way to a file: many descriptions name many files, and strings are quicker than paths


def _reach(name: str, folder: str) -> tuple[str, os.stat_result] | None:
    """Find the file that a name leads to, and its state; nothing where it lies outside the repository.

    Raises OSError or ValueError where there is none. What is written to lead outside is not looked for, so
    that nobody learns from the answer what there is.
    """
    if len(name) > LONGEST_NAME or name.count("/") > DEEPEST:
        raise ValueError
    root = root_of(folder)
    as_written = os.path.normpath(os.path.join(_real(folder), name.replace("\\", "/")))  # noqa: PTH118
    if _ABSOLUTE.match(name) or not _is_within(as_written, root):
        return None
    above, last = os.path.split(os.path.join(folder, name))  # noqa: PTH118
    if last in {"", os.curdir, os.pardir}:
        target = os.path.realpath(os.path.join(above, last))  # noqa: PTH118
    else:
        target = os.path.join(_real(above), last)  # noqa: PTH118
    if not _is_within(target, root):
        return None
    state = os.lstat(target)
    if not stat.S_ISLNK(state.st_mode):
        return target, state
    target = os.path.realpath(target)
    return (target, os.lstat(target)) if _is_within(target, root) else None


@lru_cache(maxsize=1 << 14)
def _real(folder: str) -> str:
    return os.path.realpath(folder)


@cache
def root_of(folder: str) -> str:
    """Find the root of the repository that a folder belongs to: itself, where there is none."""
    place = Path(_real(folder))
    above = (str(part) for part in (place, *place.parents) if (part / _KEPT_BY_GIT).exists())
    return next(above, str(place))


def _is_within(target: str, root: str) -> bool:
    """Tell whether a path lies in a repository; what Git keeps for itself is no part of it."""
    if target == root:
        return True
    start = root if root.endswith(os.sep) else root + os.sep
    if not target.startswith(start):
        return False
    return target[len(start) :].split(os.sep, 1)[0] != _KEPT_BY_GIT


@lru_cache(maxsize=1 << 10)
def _fingerprint(target: str, *state: int) -> str:
    """Hash a file whose state was just looked at; raise OSError where it has become something else."""
    descriptor = os.open(target, _READING)
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        opened = os.fstat(stream.fileno())
        if (opened.st_ino, opened.st_size, opened.st_mtime_ns) != state:
            raise OSError
        found = hashlib.sha256()
        left = opened.st_size
        while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
            found.update(chunk)
            left -= len(chunk)
    return found.hexdigest()
