"""A file as it was at a Git revision, read without letting the repository run anything.

Only plumbing that reads objects is called: it knows no hooks, filters or text conversions. What the
configuration of a repository could still start is switched off, and nothing is fetched, whatever is missing.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NoReturn

from bpo_assess.diagnostics import MOST_PROBLEMS, Diagnostic, InputError, Severity
from bpo_assess.documents import MAX_BYTES, Document, parse
from bpo_assess.loading.catalogue import is_path, questionnaire_bytes, seen_from
from bpo_assess.loading.coherence import incoherences
from bpo_assess.loading.explain import locate
from bpo_assess.loading.extend import Extended, extended
from bpo_assess.loading.files import STANDARD_INPUT, read_bytes
from bpo_assess.loading.read import (
    LoadedProcess,
    LoadedQuestionnaire,
    questionnaire_for,
    validated,
)
from bpo_assess.model.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire

PATIENCE = 60
"""Seconds that one call of Git may take."""

_QUIET = (
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "protocol.allow=never",
    "-c",
    "safe.bareRepository=explicit",
)
"""What keeps a repository's own configuration from starting a program or reaching out."""

_KEPT = "GIT_CONFIG"
"""How the variables begin that say which repositories a user trusts; others could lead elsewhere."""

_SWITCHED_OFF = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

_FILE, _LINK = b"100", b"120000"
"""How the modes of ordinary files begin, and the mode of a symbolic link."""

_SIMILAR = "-M50%"
"""How much of a file must be the same for it to be the same file under another name: Git's own default."""


@dataclass(frozen=True, slots=True)
class PastFile:
    """The bytes of a file at a revision, and where they were found."""

    raw: bytes
    path: str
    """Its path in the repository then."""
    commit: str
    renamed: bool
    """Whether it had another name then."""


def read_at(name: str, revision: str) -> PastFile:
    """Read a file as it was at a revision, under the name that it had then.

    Raises InputError where there is no repository, no such revision, or no such file at it.
    """
    if name == STANDARD_INPUT:
        _refuse("<stdin>", "standard input has no earlier revision", "name a file")
    git = _Git(name)
    if git.path is None:
        _refuse(name, "this file lies in no Git repository")
    found = _found(git, git.path, revision)
    if found is None and not git.is_committed(git.path):
        _refuse(
            name,
            f"there was no such file at revision `{revision}`, and under this name it is not committed",
            "if it was renamed, commit the rename first: a renamed file is then followed",
        )
    if found is None:
        _refuse(
            name,
            f"there was no such file at revision `{revision}`",
            "choose a later revision; if it had another name, write it to a file of its own as it was then, "
            "and compare the two",
        )
    return found


def _found(git: "_Git", path: str, revision: str) -> PastFile | None:
    commit = git.commit(revision)
    entry = git.entry(commit, path)
    if entry is not None:
        return PastFile(git.content(entry, revision), path, commit, renamed=False)
    earlier = git.earlier_name(commit, path)
    entry = git.entry(commit, earlier) if earlier is not None else None
    if earlier is None or entry is None:
        return None
    return PastFile(git.content(entry, revision), earlier, commit, renamed=True)


def method_at(loaded: LoadedProcess, chosen: str | None, revision: str) -> LoadedQuestionnaire:
    """Read the method of a description as it was at a revision.

    That is a matter of methods that are named by their path; a shipped one is what it is today. So is a file
    that lies in no repository or did not exist then.
    """
    reference = loaded.process.questionnaire
    name = chosen or (reference.id if reference else None)
    if name is None or not is_path(name):
        return questionnaire_for(loaded, chosen)
    own = _document(name, revision)
    document = extended(own, lambda base, origin: _document(seen_from(origin, base), revision))
    questionnaire = validated(document, Questionnaire, QUESTIONNAIRE_FORMAT)
    problems = [
        locate(each, document) for each in islice(incoherences(questionnaire), MOST_PROBLEMS)
    ]
    if problems:
        raise InputError(*problems)
    if isinstance(document, Extended):
        return LoadedQuestionnaire(questionnaire, document, document.lineage, document.left_out)
    return LoadedQuestionnaire(questionnaire, document)


def _document(name: str, revision: str) -> Document:
    if not is_path(name):
        return parse(*questionnaire_bytes(name))
    git = _Git(name)
    past = None if git.path is None else _found(git, git.path, revision)
    return parse(read_bytes(name) if past is None else past.raw, name)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a commit holds under a path."""

    mode: bytes
    object_id: str
    size: bytes


class _Git:
    """Calls Git in one folder; problems are those of one file."""

    def __init__(self, name: str) -> None:
        program = shutil.which("git")
        if program is None:
            _refuse(name, "Git is not installed here, so no earlier revision can be read")
        folder = os.path.realpath(Path(name).parent)
        self._name = name
        self._command = (program, "-C", folder, *_QUIET)
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("GIT_") or key.startswith(_KEPT)
        }
        self._environment = {**kept, **_SWITCHED_OFF}
        self.path = self._path(Path(name).name)
        """The path of the file, seen from the root of its repository; None where it lies in none."""

    def _path(self, file: str) -> str | None:
        done = self._call("rev-parse", "--show-prefix")
        if b"dubious ownership" in done.stderr:
            _refuse(
                self._name,
                "the repository of this file belongs to another user, so Git does not read it",
                "if you trust it, add it to Git's setting safe.directory",
            )
        return None if done.returncode else os.fsdecode(done.stdout.removesuffix(b"\n")) + file

    def commit(self, revision: str) -> str:
        """Find the commit that a revision means."""
        if revision.startswith("-") or "\0" in revision or not revision:
            _refuse(self._name, f"`{revision}` is no revision", "such as HEAD~1, main or v1.0")
        done = self._call("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        found = done.stdout.decode("ascii", "replace").strip()
        if done.returncode or not found.isalnum():
            _refuse(
                self._name,
                f"the repository of this file has no revision `{revision}`",
                "such as HEAD~1, main or v1.0; a shallow clone has only the latest: fetch the rest first",
            )
        return found

    def is_committed(self, path: str) -> bool:
        """Tell whether the latest commit holds anything under a path."""
        done = self._call("ls-tree", "-z", "--name-only", "--full-tree", "HEAD", "--", path)
        return bool(done.stdout)

    def entry(self, commit: str, path: str) -> _Entry | None:
        """Find what a commit holds under a path; refuse what is no file."""
        done = self._call("ls-tree", "-l", "-z", "--full-tree", commit, "--", path)
        for line in done.stdout.split(b"\0"):
            head, _, found = line.partition(b"\t")
            if found == os.fsencode(path):
                mode, _, object_id, size = head.split()
                if mode == _LINK:
                    _refuse(self._name, "this was a symbolic link then, a file is expected")
                if not mode.startswith(_FILE):
                    _refuse(self._name, "this was a folder then, a file is expected")
                return _Entry(mode, object_id.decode("ascii"), size)
        return None

    def content(self, entry: _Entry, revision: str) -> bytes:
        """Read the bytes of an entry, as they were committed."""
        if entry.size.isdigit() and int(entry.size) > MAX_BYTES:
            _refuse(
                self._name,
                f"at revision `{revision}` the file was larger than {MAX_BYTES // 10**6} MB",
                code="BPO109",
            )
        done = self._call("cat-file", "blob", entry.object_id)
        if done.returncode:
            _refuse(
                self._name,
                f"this clone does not hold what was in the file at revision `{revision}`",
                "fetch it first: nothing is fetched here",
            )
        return done.stdout

    def earlier_name(self, commit: str, path: str) -> str | None:
        """Find the name from which a file was renamed between a commit and the latest one."""
        done = self._call(
            "diff-tree",
            *("-r", "-z", _SIMILAR, "--diff-filter=R", "--no-ext-diff", "--no-textconv"),
            *(commit, "HEAD", "--"),
        )
        return next((old for old, new in _renames(done.stdout) if new == path), None)

    def _call(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603  no shell, and a command of ours
                [*self._command, *arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            _refuse(self._name, f"Git took longer than {PATIENCE} seconds")
        except (OSError, ValueError):
            _refuse(self._name, "Git cannot be started for this file")


def _renames(listed: bytes) -> Iterator[tuple[str, str]]:
    """Read pairs of names from what Git lists: a head, the old name and the new one, each ended by NUL."""
    parts = iter(listed.split(b"\0"))
    for _, old, new in zip(parts, parts, parts, strict=False):
        yield os.fsdecode(old), os.fsdecode(new)


def _refuse(name: str, message: str, hint: str | None = None, code: str = "BPO101") -> NoReturn:
    raise InputError(Diagnostic(code, Severity.ERROR, message, hint=hint, file=name))
