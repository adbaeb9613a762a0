"""Where descriptions are looked for: named files, and folders as far as `.gitignore` lets one see."""

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from pathspec import GitIgnoreSpec

from bpo_assess.diagnostics import Diagnostic, Severity
from bpo_assess.loading.files import STANDARD_INPUT, reason
from bpo_assess.loading.front_matter import front_matter, is_markdown

_YAML = {".yaml", ".yml"}
_KEPT_BY_TOOLS = {".git", ".hg", ".svn"}

_FORMAT = re.compile(
    rb"^(?:\xef\xbb\xbf)?[{]?[ \t]*[\"']?format[\"']?[ \t]*:[ \t]*[\"']?(bpo-assess/[\w-]*)",
    re.MULTILINE,
)
_OTHER_KINDS = {
    b"bpo-assess/questionnaire",
    b"bpo-assess/functions",
    b"bpo-assess/acceptances",
    b"bpo-assess/assessment",
    b"bpo-assess/check",
    b"bpo-assess/baseline",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a process description."""

    path: str
    named: bool
    """Whether the user named it; one that was found in a folder may turn out to be something else."""


@dataclass(slots=True)
class Found:
    """What a walk came upon, in its order."""

    candidates: list[Candidate] = field(default_factory=list)
    links: int = 0
    """Symbolic links in folders, which are not followed."""
    problems: list[Diagnostic] = field(default_factory=list)
    """Folders that could not be looked into."""


Patterns = Callable[[str], tuple[str, Sequence[str]]]
"""For a folder, the patterns of what is left out there, and the folder that they are seen from."""


def is_ours(raw: bytes, path: str) -> bool:
    """Tell whether a file that was found says that it is a process description.

    A misspelt kind is one: it would otherwise be passed over without a word.
    """
    found = _FORMAT.search(front_matter(raw) if is_markdown(path) else raw)
    return found is not None and found[1] not in _OTHER_KINDS


def find(names: Iterable[str], patterns: Patterns) -> Found:
    """Look for candidates: each file once, folders in the order of names."""
    found = Found()
    seen: set[str] = set()
    for name in names:
        walked = (
            _walk(name, patterns, found)
            if name != STANDARD_INPUT and os.path.isdir(name)  # noqa: PTH112  a name, no path yet
            else iter([Candidate(name, named=True)])
        )
        for candidate in walked:
            key = os.path.abspath(candidate.path)  # noqa: PTH100  links stay what they are
            if key not in seen:
                seen.add(key)
                found.candidates.append(candidate)
    return found


@dataclass(frozen=True, slots=True)
class _Rules:
    """Patterns, and how the paths of a walk are seen from the folder in which the patterns stand."""

    spec: GitIgnoreSpec
    cut: int
    """How many characters of a path lead to that folder, or to the start of the walk below it."""
    put: str = ""
    """The way from that folder down to the start of the walk."""

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Tell whether a path is ignored, or that nothing is said of it."""
        relative = self.put + path[self.cut :].replace(os.sep, "/")
        return self.spec.check_file(relative + "/" * is_folder).include


_Chain = tuple[_Rules, ...]


def _walk(start: str, patterns: Patterns, found: Found) -> Iterator[Candidate]:
    """Walk a folder without recursion: a tree may be deeper than Python's stack."""
    waiting: list[tuple[str, _Chain] | Candidate] = [(start, _rules_above(start))]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, Candidate):
            yield entry
            continue
        folder, above = entry
        try:
            entries = sorted(os.scandir(folder), key=lambda item: item.name, reverse=True)
        except OSError as error:
            text = f"the folder cannot be looked into: {reason(error)}"
            found.problems.append(Diagnostic("BPO101", Severity.ERROR, text, file=folder))
            continue
        rules = (*above, *_own_rules(folder, entries))
        left_out = _left_out(folder, *patterns(folder))
        for item in entries:
            waiting += _kept(item, rules, left_out, found)


def _kept(
    item: os.DirEntry[str], rules: _Chain, left_out: _Chain, found: Found
) -> Iterator[tuple[str, _Chain] | Candidate]:
    looks_right = PurePath(item.name).suffix.lower() in _YAML or is_markdown(item.name)
    if item.is_symlink():
        found.links += looks_right or item.is_dir()
    elif item.is_dir(follow_symlinks=False):
        is_tools = item.name in _KEPT_BY_TOOLS
        if not is_tools and not _ignored(item.path, (*rules, *left_out), is_folder=True):
            yield item.path, rules
    elif looks_right and item.is_file() and not _ignored(item.path, (*rules, *left_out)):
        yield Candidate(os.path.normpath(item.path), named=False)


def _ignored(path: str, rules: _Chain, *, is_folder: bool = False) -> bool:
    """Let the nearest patterns that say anything decide."""
    for entry in reversed(rules):
        verdict = entry.verdict(path, is_folder=is_folder)
        if verdict is not None:
            return verdict
    return False


def _left_out(folder: str, seen_from: str, lines: Sequence[str]) -> _Chain:
    if not lines:
        return ()
    return (_Rules(GitIgnoreSpec.from_lines(lines), _cut(folder), _down(seen_from, folder)),)


def _own_rules(folder: str, entries: Sequence[os.DirEntry[str]]) -> Iterator[_Rules]:
    for item in entries:
        if item.name == ".gitignore" and item.is_file():
            yield from (_Rules(spec, _cut(folder)) for spec in _specs(Path(item.path)))


def _specs(path: Path) -> Iterator[GitIgnoreSpec]:
    with contextlib.suppress(OSError):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        yield GitIgnoreSpec.from_lines(filter(_is_pattern, lines))


def _is_pattern(line: str) -> bool:
    """Leave out what Git leaves out: a line that is no pattern."""
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _cut(folder: str) -> int:
    return len(folder) + (not folder.endswith(os.sep))


def _down(above: str, folder: str) -> str:
    """Write the way down from a folder to one within it."""
    relative = os.path.relpath(folder, above)
    return "" if relative == os.curdir else relative.replace(os.sep, "/") + "/"


def _rules_above(start: str) -> _Chain:
    """Read what the folders above say, up to the root of the repository; nothing where there is none."""
    place = Path(os.path.realpath(start))
    above = [place, *place.parents]
    root = next((folder for folder in above if (folder / ".git").exists()), None)
    if root is None:
        return ()
    chain = [
        folder for folder in reversed(above) if folder.is_relative_to(root) and folder != place
    ]
    sources = [(root, root / ".git" / "info" / "exclude")]
    sources += [(folder, folder / ".gitignore") for folder in chain]
    return tuple(
        _Rules(spec, _cut(start), _down(str(folder), str(place)))
        for folder, source in sources
        for spec in _specs(source)
    )
