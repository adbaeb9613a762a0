"""Writing reports: as JSON, and to where they belong; files are replaced whole or not at all."""

import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bpo_assess.diagnostics import Diagnostic, InputError, Severity


def json_text(value: object) -> str:
    """Write what machines read: indented JSON, without numbers that JSON does not have."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def write_file(name: str, pieces: Iterable[str]) -> None:
    """Write a report to a file, in one step, so that a failed run leaves the old one as it was.

    Raises InputError when the place cannot be written.
    """
    path = Path(os.path.realpath(name))
    with _refusing(name, path):
        if path.exists() and not path.is_file() and not path.is_dir():
            add_to_file(name, pieces)
        else:
            _replace(path, pieces)


def add_to_file(name: str, pieces: Iterable[str]) -> None:
    """Write a report behind what a file holds; raise InputError when the place cannot be written."""
    path = Path(name)
    with _refusing(name, path), path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.writelines(pieces)


@contextmanager
def _refusing(name: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = "it is a folder" if path.is_dir() else error.strerror or str(error)
        problem = f"cannot write {name}: {reason[0].lower()}{reason[1:]}"
        raise InputError(Diagnostic("BPO306", Severity.ERROR, problem)) from None


def _replace(path: Path, pieces: Iterable[str]) -> None:
    if path.is_dir():
        raise IsADirectoryError
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Read the mask that new files are made with; the system tells it only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def is_same_file(one: str, other: str) -> bool:
    """Tell whether two names mean the same existing file."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def write_new_file(name: str, text: str) -> None:
    """Write a file that does not exist yet; raise InputError where one does, or where it cannot be made."""
    try:
        with Path(name).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        message = f"{name} exists already, and is left as it is"
        hint = "name another file"
        raise InputError(Diagnostic("BPO306", Severity.ERROR, message, hint=hint)) from None
    except OSError as error:
        message = f"cannot write {name}: {(error.strerror or str(error)).lower()}"
        raise InputError(Diagnostic("BPO306", Severity.ERROR, message)) from None
