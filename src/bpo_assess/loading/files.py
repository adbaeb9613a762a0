"""The bytes of the files that a user names, and nothing else."""

import os
import stat
import sys
from pathlib import Path

from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.documents import MAX_BYTES
from bpo_assess.loading.explain import did_you_mean

STANDARD_INPUT = "-"


def read_bytes(name: str, most: int = MAX_BYTES) -> bytes:
    """Read a file, or standard input for `-`; raise InputError where there is nothing to read.

    At most one byte more than the size limit is taken, so that no input can fill the memory. Only
    regular files are opened: a pipe or a device could wait for ever.
    """
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(most + 1)
    path = Path(name)
    try:
        _refuse_what_is_no_file(path, name)
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except FileNotFoundError:
        raise _refusal(name, "there is no such file", _similar(path)) from None
    except (OSError, ValueError) as error:
        raise _refusal(name, reason(error)) from None


def _refuse_what_is_no_file(path: Path, name: str) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise _refusal(name, "this is a folder, a file is expected")
    if not stat.S_ISREG(mode):
        hint = "to read from a pipe, name - and redirect it to standard input"
        raise _refusal(name, "this is a pipe or a device, a file is expected", hint)


def reason(error: Exception) -> str:
    """Say in our words why a file could not be read."""
    if isinstance(error, PermissionError):
        return "reading it is not permitted"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "the name is no file name"


def _similar(path: Path) -> str | None:
    """Suggest a file of the same folder whose name is much like the one that is missing."""
    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except OSError:
        return f"there is no folder `{path.parent}`"
    return did_you_mean(path.name, sorted(names))


def _refusal(name: str, message: str, hint: str | None = None) -> InputError:
    return InputError(Diagnostic("BPO101", Severity.ERROR, message, hint=hint, file=name))


def read_text(name: str) -> str:
    """Read a text file that is no YAML; raise InputError where it is none in UTF-8."""
    raw = read_bytes(name)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        message, hint = "the file is not written in UTF-8", "save it as UTF-8"
        problem = Diagnostic("BPO102", Severity.ERROR, message, hint=hint, file=name)
        raise InputError(problem) from None
