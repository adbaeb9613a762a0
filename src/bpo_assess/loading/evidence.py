"""Whether the files that a description names are there, inside its repository, and still the same."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bpo_assess.assessment.answers import stated_evidence
from bpo_assess.assessment.measures import is_stated
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.process import ProcessDescription

_CHUNK = 1 << 20

_FILE_NAME = re.compile(r"[\w.-]+(/[\w.-]+)*\.[A-Za-z]\w{1,4}")
"""What instructions look like that name a file instead of saying how the step is done."""


def doubts_about_files(process: ProcessDescription, folder: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files that a description in a folder names, by their places.

    Nothing outside the repository is opened: its root is the nearest folder above that holds `.git`, else
    the folder itself.
    """
    root = _root(folder)
    for path, items in stated_evidence(process):
        for item in items:
            if item.path is not None and is_stated(item.path):
                yield from _doubts(item.path, item.sha256, path, folder, root)
    for place, document in enumerate(process.documents):
        if document.path is not None and is_stated(document.path):
            yield from _doubts(document.path, None, ("documents", place), folder, root)
    for place, step in enumerate(process.steps):
        if step.instructions and _FILE_NAME.fullmatch(step.instructions.strip()):
            path = ("steps", place, "instructions")
            yield from _doubts(step.instructions.strip(), None, path, folder, root)


def _root(folder: Path) -> Path:
    resolved = folder.resolve()
    above = (place for place in (resolved, *resolved.parents) if (place / ".git").exists())
    return next(above, resolved)


def _doubts(
    name: str, sha256: str | None, path: KeyPath, folder: Path, root: Path
) -> Iterator[Diagnostic]:
    try:
        code, message = _doubt(name, sha256, folder, root)
    except (OSError, ValueError, RuntimeError):
        code, message = "BPO421", f"`{name}` cannot be read"
    if code:
        yield Diagnostic(code, Severity.ERROR, message, path=path)


def _doubt(name: str, sha256: str | None, folder: Path, root: Path) -> tuple[str, str]:
    """Name the first thing that is wrong with a file; nothing where all is well."""
    target = (folder / name).resolve()
    if PurePosixPath(name).is_absolute() or not target.is_relative_to(root):
        return "BPO422", f"`{name}` lies outside the repository"
    if not target.exists():
        return "BPO421", f"there is no file `{name}`"
    if target.is_dir():
        return ("", "") if any(target.iterdir()) else ("BPO423", f"the folder `{name}` is empty")
    if not target.is_file():
        return "BPO421", f"`{name}` is no file"
    if not target.stat().st_size:
        return "BPO423", f"`{name}` is empty"
    if sha256 is not None and _fingerprint(target) != sha256:
        return "BPO425", f"`{name}` has been changed since it was named"
    return "", ""


def _fingerprint(target: Path) -> str:
    found = hashlib.sha256()
    with target.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
