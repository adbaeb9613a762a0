"""Where descriptions are looked for: named files, and folders as far as `.gitignore` lets one see.

What counts in a folder is what its `.gitignore` and those above it say, up to the root of its repository, and
`.git/info/exclude`. The user's own `core.excludesFile` is not read, so that every machine finds the same. A
folder that has a `.git` of its own within another repository, such as a submodule, is looked into as well;
its own rules count alone there, just as if the walk began in it. What is named is always taken, even if it
is ignored. Git's index is not read: a file that is ignored is passed over even where Git tracks it.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path

from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.documents import MAX_BYTES, parse
from bpo_assess.loading.files import STANDARD_INPUT, read_bytes, reason
from bpo_assess.loading.front_matter import front_matter, is_markdown
from bpo_assess.loading.ignore import IgnorePatterns, read_ignore_file, read_patterns

LARGEST_IGNORE_FILE = 250_000
"""How large a `.gitignore` may be, in bytes: its patterns are kept while its folder is walked."""

_YAML = (".yaml", ".yml")
_REPOSITORY = ".git"
_KEPT_BY_TOOLS = {_REPOSITORY, ".hg", ".svn"}
_IGNORE_FILE = ".gitignore"


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
    ignored: int = 0
    """Files that may be descriptions, left out by `.gitignore` or `exclude`; a folder counts as one."""
    problems: list[Diagnostic] = field(default_factory=list)
    """Folders that could not be looked into, and files of patterns that could not be used."""


Patterns = Callable[[str], tuple[str, Sequence[str]]]
"""For a folder, the patterns of what is left out there, and the folder that they are seen from."""


def find(names: Iterable[str], patterns: Patterns) -> Found:
    """Look for candidates: each file once, folders in the order of names."""
    named = [(name, _place(name)) for name in names]
    walk = _Walk(patterns, frozenset(place for _, place in named))
    for name, place in named:
        if name != STANDARD_INPUT and os.path.isdir(name):  # noqa: PTH112  a name, no path yet
            walk.take_folder(_shortest(name, place), place)
        else:
            walk.take_file(name, place)
    return walk.found


# What is ours

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FIRST_LINE = re.compile(
    rb"^(?!(?:[ \t]*|---[ \t]*)(?:#|\r?$)|%)(?:---[ \t]+)?([ \t]*)([{]?)", re.MULTILINE
)
_KIND = rb"((?i:bpo[-_. ]?as+es+)\b(?:/[\w-]*)?)"
_FORMAT = re.compile(rb"[Ff]ormat[\"']?\s*:\s*[\"']?" + _KIND)
_NAME = re.compile(rb"\s*" + _KIND + rb".*", re.DOTALL)
_QUOTES = (b'"', b"'")
_AS_FAR_AS_ANYONE_INDENTS = 200
_OTHER_KINDS = {
    b"bpo-assess/questionnaire",
    b"bpo-assess/functions",
    b"bpo-assess/acceptances",
    b"bpo-assess/comparisons",
    b"bpo-assess/assessment",
    b"bpo-assess/check",
    b"bpo-assess/config",
    b"bpo-assess/baseline",
    b"bpo-assess/weights",
}


def is_ours(raw: bytes, path: str) -> bool:
    """Tell whether a file that was found says that it is a process description.

    A misspelt kind is one: it would otherwise be passed over without a word.
    """
    kind = _kind_of(raw, path)
    return kind is not None and kind not in _OTHER_KINDS


def is_kept(path: str) -> bool:
    """Tell whether a file is one that people keep for this program: no report may take its place."""
    if path.lower().endswith(_KEPT_ENDINGS):
        return os.path.lexists(path)
    try:
        kind = _kind(_text_of(read_bytes(path), path))
    except InputError:
        return False
    return kind is not None and kind not in _REPORTS


_KEPT_ENDINGS = (".toml", _IGNORE_FILE)
_REPORTS = {b"bpo-assess/assessment", b"bpo-assess/check"}


def _kind_of(raw: bytes, path: str) -> bytes | None:
    """Find what a file says it is; one that may say so in an odd way is read in earnest."""
    text = _text_of(raw, path)
    kind = _kind(text)
    if (kind is None or kind in _OTHER_KINDS) and _ODD.search(text):
        return _read_kind(text) or kind
    return kind


_ODD = re.compile(rb"(?i:bpo[-_. ]?as+es+)|\\[xuU\r\n]")
"""What is in every file that can say it: our name, or characters that are written by their numbers."""


def _read_kind(text: bytes) -> bytes | None:
    try:
        data = parse(text, "").data
    except InputError:
        return None
    stated = data.get("format") if isinstance(data, dict) else None
    found = _NAME.fullmatch(stated.encode(errors="replace")) if isinstance(stated, str) else None
    return found[1] if found else None


def _text_of(raw: bytes, path: str) -> bytes:
    return front_matter(raw[:MAX_BYTES]) if is_markdown(path) else _bare(raw)


def _bare(raw: bytes) -> bytes:
    """Take off the mark of an encoding; of UTF-16, which is refused later, leave what can be read."""
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16", "replace").encode("utf-8", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf")


def _kind(text: bytes) -> bytes | None:
    """Find what a file says it is, among its outermost keys only."""
    first = _FIRST_LINE.search(text) if b"ormat" in text else None
    if first is None:
        return None
    indent, bracket = first.groups()
    for found in _FORMAT.finditer(text, first.start()):
        key = found.start() - (text[found.start() - 1 : found.start()] in _QUOTES)
        outermost = _begins_line(text, key, b"") or _begins_line(text, key, indent)
        if outermost or (bracket and _follows_bracket(text, key)):
            return found[1]
    return None


def _begins_line(text: bytes, key: int, indent: bytes) -> bool:
    line = key - len(indent)
    return (line == 0 or (line > 0 and text[line - 1] in b"\r\n")) and text.startswith(indent, line)


def _follows_bracket(text: bytes, key: int) -> bool:
    return text[max(0, key - _AS_FAR_AS_ANYONE_INDENTS) : key].rstrip().endswith((b"{", b","))


# Places, with their links resolved


def _place(name: str) -> str:
    """Tell where a file or folder lies, however it was named."""
    if name == STANDARD_INPUT:
        return name
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):
        return os.path.abspath(name)  # noqa: PTH100  it is no name of a file


def _shortest(name: str, place: str) -> str:
    """Write the name of a folder without detours, unless a link on the way makes that another folder."""
    short = os.path.normpath(name)
    return short if os.path.realpath(short) == place else name


def _below(above: str, place: str) -> bytes:
    """Write the way down from a folder to one within it; from any other, the whole way from the top."""
    lead = _within(above, "")
    return os.fsencode(_within(place, "").removeprefix(lead).replace(os.sep, "/"))


def _seen(place: str) -> str:
    """Name a file as it is seen from here, so that no path of this machine is printed."""
    try:
        return os.path.relpath(place)
    except ValueError:
        return place  # on another drive


def _lead(folder: str) -> str:
    """Begin the name of what is in a folder; in the current one names are short."""
    return "" if folder == os.curdir else _within(folder, "")


def _within(folder: str, name: str) -> str:
    return os.path.join(folder, name)  # noqa: PTH118  many files: strings are quick


# Rules


@dataclass(frozen=True, slots=True)
class _Rules:
    """Patterns, and the folder that they are seen from."""

    patterns: IgnorePatterns
    above: str


_Chain = tuple[_Rules, ...]
_Views = list[tuple[IgnorePatterns, bytes]]
"""Patterns, and how the way from their folder to a file begins."""


def _ignored(name: str, views: _Views, *, is_folder: bool) -> bool:
    """Let the nearest patterns that say anything decide."""
    raw = os.fsencode(name)
    for patterns, lead in views:
        verdict = patterns.verdict(lead + raw, is_folder=is_folder)
        if verdict is not None:
            return verdict
    return False


_left_out = lru_cache(maxsize=16)(read_patterns)


def _folders_above(place: str) -> Sequence[str]:
    """List the folders from the root of the repository down to the one above; none where there is no root."""
    folders = [place, *map(str, Path(place).parents)]
    has_root = (os.path.lexists(_within(folder, _REPOSITORY)) for folder in folders)
    depth = next((number for number, found in enumerate(has_root) if found), 0)
    return folders[depth:0:-1]


def _kept_in(root: str) -> str:
    """Follow `.git` to where a repository is kept: worktrees and submodules have a file that names it."""
    kept = _within(root, _REPOSITORY)
    pointer = _pointer(kept)
    if pointer.startswith("gitdir:"):
        kept = _within(root, pointer.removeprefix("gitdir:").strip())
    return _within(kept, _pointer(_within(kept, "commondir")))


def _pointer(path: str) -> str:
    """Read a file that names another; nothing where there is none."""
    if not os.path.isfile(path):  # noqa: PTH113
        return ""
    try:
        return os.fsdecode(read_bytes(path)).strip().partition("\n")[0]
    except InputError:
        return ""


# The walk


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is still to be walked."""

    path: str
    place: str
    above: _Chain


_Entry = _Folder | tuple[str, str]
"""A folder, or the path of a file and where it lies."""


class _Kind(Enum):
    """What an entry of a folder is to a walk."""

    FOLDER = "it is walked"
    FILE = "it is taken"
    NOTHING = "it is passed over"


class _Walk:
    """What was found so far, and what was looked into."""

    def __init__(self, patterns: Patterns, named: frozenset[str]) -> None:
        self.found = Found()
        self._patterns = patterns
        self._named = named
        self._taken: set[str] = set()
        self._place = lru_cache(maxsize=16)(_place)

    def take_file(self, path: str, place: str) -> None:
        """Take a file, unless it was taken under another name."""
        if place not in self._taken:
            self._taken.add(place)
            self.found.candidates.append(Candidate(path, place in self._named))

    def take_folder(self, path: str, place: str) -> None:
        """Walk a folder without recursion: a tree may be deeper than Python's stack."""
        waiting: list[_Entry] = [_Folder(path, place, self._rules_above(place))]
        while waiting:
            entry = waiting.pop()
            if not isinstance(entry, _Folder):
                self.take_file(*entry)
            elif entry.place not in self._taken:
                self._taken.add(entry.place)
                waiting += self._kept(entry)

    def _kept(self, folder: _Folder) -> Iterator[_Entry]:
        """Yield what is to be taken of a folder, the last first."""
        try:
            with os.scandir(folder.path) as listing:
                items = sorted(listing, key=lambda item: item.name, reverse=True)
        except OSError as error:
            self._cannot(folder.path, f"the folder cannot be looked into: {reason(error)}")
            return
        rules = self._rules(folder, items)
        views = self._views(folder, rules)
        lead = _lead(folder.path)
        for item in items:
            path, place = lead + item.name, _within(folder.place, item.name)
            try:
                kind = self._kind(item, path, views)
            except OSError as error:
                self._cannot(path, f"what this is cannot be told: {reason(error)}")
                continue
            if kind is _Kind.FOLDER:
                yield _Folder(path, place, rules)
            elif kind is _Kind.FILE:
                yield path, place

    def _kind(self, item: os.DirEntry[str], path: str, views: _Views) -> _Kind:
        """Tell what is to be done with an entry of a folder, and count the links."""
        may_be_ours = item.name.lower().endswith(_YAML) or is_markdown(item.name)
        is_link = item.is_symlink()
        is_folder = not is_link and item.is_dir(follow_symlinks=False)
        if is_folder:
            counts = item.name not in _KEPT_BY_TOOLS
        elif is_link:
            counts = may_be_ours or os.path.isdir(path)  # noqa: PTH112  never raises
        else:
            counts = may_be_ours and item.is_file(follow_symlinks=False)
        if not counts:
            return _Kind.NOTHING
        if _ignored(item.name, views, is_folder=is_folder):
            self.found.ignored += 1
            return _Kind.NOTHING
        self.found.links += is_link
        return _Kind.NOTHING if is_link else _Kind.FOLDER if is_folder else _Kind.FILE

    def _views(self, folder: _Folder, rules: _Chain) -> _Views:
        """List all patterns that count in a folder, those first that decide first."""
        above, lines = self._patterns(folder.path)
        left_out = [_Rules(_left_out(tuple(lines)), self._place(above))] if lines else []
        counting = (*left_out, *reversed(rules))
        return [(entry.patterns, _below(entry.above, folder.place)) for entry in counting]

    def _rules(self, folder: _Folder, items: Iterable[os.DirEntry[str]]) -> _Chain:
        """Add what a folder says itself; where a repository begins, what stands above ends."""
        names = {item.name for item in items}
        rules = self._excluded(folder.place) if _REPOSITORY in names else folder.above
        if _IGNORE_FILE in names:
            rules += self._own(folder.path, folder.place)
        return rules

    def _rules_above(self, place: str) -> _Chain:
        """Read what the folders above say, up to the root of the repository; nothing where there is none."""
        folders = _folders_above(place)
        rules = self._excluded(folders[0]) if folders else ()
        for folder in folders:
            rules += self._own(_seen(folder), folder)
        return rules

    def _own(self, folder: str, place: str) -> _Chain:
        """Read the `.gitignore` of a folder; as Git, follow no link to one."""
        path = _lead(folder) + _IGNORE_FILE
        is_link = os.path.islink(path)  # noqa: PTH114
        return self._read(path, place) if os.path.isfile(path) and not is_link else ()  # noqa: PTH113

    def _excluded(self, root: str) -> _Chain:
        path = _within(_kept_in(root), _within("info", "exclude"))
        return self._read(_seen(path), root) if os.path.isfile(path) else ()  # noqa: PTH113

    def _read(self, path: str, above: str) -> _Chain:
        try:
            raw = read_bytes(path)
            if len(raw) <= LARGEST_IGNORE_FILE:
                return (_Rules(read_ignore_file(raw), above),)
            self._cannot(path, f"the file is larger than {LARGEST_IGNORE_FILE // 1000} kB")
        except InputError as error:
            self.found.problems += error.diagnostics
        except ValueError as error:
            self._cannot(path, str(error))
        return ()

    def _cannot(self, path: str, why: str) -> None:
        self.found.problems.append(Diagnostic("BPO101", Severity.ERROR, why, file=path))
