"""Whether the files that a description names are there, inside its repository, and still the same."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from bpo_assess.assessment.answers import stated_evidence
from bpo_assess.assessment.measures import is_stated
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.process import ProcessDescription

_CHUNK = 1 << 20

_FILE_NAME = re.compile(r"[\w.-]+(/[\w.-]+)*\.[A-Za-z]\w{1,4}")
"""What instructions look like that name a file instead of saying how the step is done."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that a description names, and what its bytes are said to be."""

    name: str
    sha256: str | None
    path: KeyPath


def references(process: ProcessDescription) -> Iterator[Reference]:
    """Yield the files that a description names, in the order of its parts."""
    for path, items in stated_evidence(process):
        for item in items:
            if item.path is not None and is_stated(item.path):
                yield Reference(item.path, item.sha256, path)
    for place, document in enumerate(process.documents):
        if document.path is not None and is_stated(document.path):
            yield Reference(document.path, None, ("documents", place))
    for place, step in enumerate(process.steps):
        if step.instructions and _FILE_NAME.fullmatch(step.instructions.strip()):
            yield Reference(step.instructions.strip(), None, ("steps", place, "instructions"))


_DOUBTS = {
    "BPO421": "there is no file `{}` that can be read",
    "BPO422": "`{}` lies outside the repository",
    "BPO423": "`{}` is empty",
    "BPO425": "`{}` has been changed since it was named",
}


def doubts_about_files(process: ProcessDescription, folder: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files that a description in a folder names, by their places."""
    for reference in references(process):
        code = doubt(reference.name, reference.sha256, folder)
        if code:
            text = _DOUBTS[code].format(reference.name)
            yield Diagnostic(code, Severity.ERROR, text, path=reference.path)


def doubt(name: str, sha256: str | None, folder: str) -> str:
    """Give the code of the first thing that is wrong with a file that is named in a folder; else nothing.

    Nothing outside the repository is opened: its root is the nearest folder above that holds `.git`, else
    the folder itself.
    """
    try:
        return _doubt(name, sha256, folder)
    except (OSError, ValueError):
        return "BPO421"


def _doubt(name: str, sha256: str | None, folder: str) -> str:
    if PurePosixPath(name).is_absolute():
        return "BPO422"
    above, last = os.path.split(os.path.join(folder, name))  # noqa: PTH118  many files: strings are quick
    target = os.path.join(_real(above), last)  # noqa: PTH118
    if last in {"", os.curdir, os.pardir} or os.path.islink(target):  # noqa: PTH114
        target = os.path.realpath(target)
    if not _is_within(target, root_of(folder)):
        return "BPO422"
    state = os.stat(target)  # noqa: PTH116
    if stat.S_ISDIR(state.st_mode):
        return "" if os.listdir(target) else "BPO423"  # noqa: PTH208
    if not stat.S_ISREG(state.st_mode):
        return "BPO421"
    if not state.st_size:
        return "BPO423"
    return "BPO425" if sha256 is not None and _fingerprint(target) != sha256 else ""


@cache
def _real(folder: str) -> str:
    return os.path.realpath(folder)


@cache
def root_of(folder: str) -> str:
    """Find the root of the repository that a folder belongs to: itself, where there is none."""
    place = Path(_real(folder))
    above = (str(part) for part in (place, *place.parents) if (part / ".git").exists())
    return next(above, str(place))


def _is_within(target: str, root: str) -> bool:
    return target == root or target.startswith(root if root.endswith(os.sep) else root + os.sep)


def _fingerprint(target: str) -> str:
    found = hashlib.sha256()
    with Path(target).open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
