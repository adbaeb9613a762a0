"""What the patterns of `.gitignore` mean: Git's own rules, and no pattern takes long.

Patterns are matched byte by byte, as Git does it: `?` stands for one byte of a name, and letters are never
folded, whatever the file system. A star is settled as soon as what follows it fits, which is right because
nothing but stars can give way; so a match takes about as long as the pattern times the path, however many
stars there are.

Sources: gitignore(5); what that leaves open, such as a `**` after letters, is what Git 2.39 answers.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

MOST_WILD_BYTES = 32_000
"""How long the patterns with wildcards of one source may be together: each is tried on every file."""

LONGEST_PATH = 4_096
"""A pattern that asks for more bytes than this matches no path that a system can open."""


class _Wild(Enum):
    """What stands for more than one byte."""

    STAR = "any bytes of a name"
    SLASH = "the end of a folder's name"
    FOLDERS = "any folders, or none"
    SOME_FOLDERS = "any folders, at least one"
    EVERYTHING = "whatever follows"


_MAY_BE_EMPTY = {_Wild.STAR, _Wild.FOLDERS, _Wild.EVERYTHING}

_Token = int | frozenset[int] | _Wild
"""A byte, one of several bytes, or a wildcard."""

_Fits = Callable[[bytes], object]
_NEVER = -1


@dataclass(frozen=True, slots=True)
class _Table:
    """Patterns by how they are looked up; each with its weight, and the heaviest that fits decides."""

    names: dict[bytes, int] = field(default_factory=dict)
    paths: dict[bytes, int] = field(default_factory=dict)
    endings: dict[int, dict[bytes, int]] = field(default_factory=dict)
    """By their lengths, so that each length takes one look."""
    wild: list[tuple[int, bool, _Fits]] = field(default_factory=list)
    """From the last to the first: weight, whether the whole path is matched, and the match."""


@dataclass(frozen=True, slots=True)
class IgnorePatterns:
    """The patterns of one source, which are seen from its folder."""

    files: _Table
    folders: _Table

    def verdict(self, path: bytes, *, is_folder: bool) -> bool | None:
        """Tell whether a path is ignored, or that nothing is said of it; the last that fits decides.

        The path is relative, with slashes. Whether a folder above it is ignored is not asked: what
        lies in such a folder is ignored too, and who walks it does not go there.
        """
        table = self.folders if is_folder else self.files
        name = path[path.rfind(b"/") + 1 :]
        best = max(table.names.get(name, _NEVER), table.paths.get(path, _NEVER))
        for length, endings in table.endings.items():
            best = max(best, endings.get(name[len(name) - length :], _NEVER))
        for weight, whole, fits in table.wild:
            if weight < best:
                break
            if fits(path if whole else name):
                best = weight
                break
        return None if best == _NEVER else bool(best & 1)


def read_ignore_file(raw: bytes) -> IgnorePatterns:
    """Read the bytes of a `.gitignore`; what Git can match with nothing is left out.

    Raise ValueError where the patterns with wildcards are too many to be tried on every file.
    """
    lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    kept = (line.removesuffix(b"\r").partition(b"\0")[0] for line in lines)
    return _read(pattern for line in kept if (pattern := _pattern(line)))


def read_patterns(lines: Iterable[str]) -> IgnorePatterns:
    """Read single patterns; raise ValueError where one of them can match nothing."""
    patterns = [_pattern(line.encode("utf-8", "surrogateescape")) for line in lines]
    sound = [pattern for pattern in patterns if pattern and _can_match(pattern)]
    if len(sound) < len(patterns):
        raise ValueError("a pattern can match nothing")
    return _read(sound)


# From lines to tables


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A line without its marks."""

    body: bytes
    negative: bool
    only_folders: bool
    whole: bool
    """Whether it is matched with the path; another one with the name alone."""
    literal: int
    """How many bytes stand before the first that may be more than itself."""


_SPECIAL = re.compile(rb"[*?\[\\]")


def _pattern(line: bytes) -> _Pattern | None:
    if line.startswith(b"#") or not line:
        return None
    body = _without_trailing_spaces(line)
    negative = body.startswith(b"!")
    body = body[negative:]
    only_folders = body.endswith(b"/")
    body = body[: len(body) - only_folders]
    whole = b"/" in body
    body = body.removeprefix(b"/")
    special = _SPECIAL.search(body)
    return _Pattern(body, negative, only_folders, whole, special.start() if special else len(body))


def _without_trailing_spaces(line: bytes) -> bytes:
    """Take off the spaces at the end, but for one that a backslash protects."""
    kept = line.rstrip(b" ")
    backslashes = len(kept) - len(kept.rstrip(b"\\"))
    return kept + b" " if backslashes % 2 and kept != line else kept


def _read(patterns: Iterable[_Pattern]) -> IgnorePatterns:
    files, folders = _Table(), _Table()
    wild: dict[_Pattern, int] = {}
    for number, pattern in enumerate(patterns):
        weight = number * 2 + (not pattern.negative)
        looked_up = [_put(pattern, weight, table) for table in _of(pattern, files, folders)]
        if not all(looked_up):
            wild.pop(pattern, None)
            wild[pattern] = weight
    if sum(len(pattern.body) for pattern in wild) > MOST_WILD_BYTES:
        raise ValueError("more patterns hold wildcards than can be tried on every file")
    for pattern, weight in reversed(wild.items()):
        fits = _match(pattern.body, pattern.literal)
        if fits is None:
            continue
        for table in _of(pattern, files, folders):
            table.wild.append((weight, pattern.whole, fits))
    return IgnorePatterns(files, folders)


def _of(pattern: _Pattern, files: _Table, folders: _Table) -> tuple[_Table, ...]:
    return (folders,) if pattern.only_folders else (files, folders)


def _put(pattern: _Pattern, weight: int, table: _Table) -> bool:
    """Note a pattern of the common shapes, a name, a path or `*.log`; tell whether it is one."""
    body = pattern.body
    if pattern.literal == len(body):
        (table.paths if pattern.whole else table.names)[body] = weight
        return True
    if body.startswith(b"*") and not pattern.whole and not _SPECIAL.search(body, 1):
        table.endings.setdefault(len(body) - 1, {})[body[1:]] = weight
        return True
    return False


# From patterns to matches


def _can_match(pattern: _Pattern) -> bool:
    """Tell whether there can be a path that fits: none has a name that is empty, `.` or `..`."""
    names = pattern.body.split(b"/")
    return not {b"", b".", b".."}.intersection(names) and (
        pattern.literal == len(pattern.body) or _match(pattern.body, pattern.literal) is not None
    )


def _match(body: bytes, literal: int) -> _Fits | None:
    """Make a match of a pattern; None where it is malformed or asks for more than a path can hold."""
    return _short_match(body, literal) if len(body) <= _SHORT else _made_match(body, literal)


def _made_match(body: bytes, literal: int) -> _Fits | None:
    try:
        tokens = _tokens(body, literal)
    except (IndexError, KeyError, ValueError):
        return None
    asked = sum(token not in _MAY_BE_EMPTY for token in tokens)
    if asked > LONGEST_PATH or frozenset() in tokens:
        return None
    return re.compile(_expression(tokens), re.DOTALL).fullmatch


_SHORT = 100
_short_match = lru_cache(maxsize=1024)(_made_match)  # many folders say the same


def _tokens(body: bytes, literal: int) -> list[_Token]:
    """Take a pattern apart; raise IndexError, KeyError or ValueError where it is malformed."""
    tokens: list[_Token] = []
    at = 0
    while at < len(body):
        token, at = _token(body, at, literal)
        if token is not _Wild.FOLDERS or tokens[-1:] != [token]:
            tokens.append(token)
    return tokens


def _token(body: bytes, at: int, literal: int) -> tuple[_Token, int]:
    match body[at : at + 1]:
        case b"*":
            return _stars(body, at, literal)
        case b"?":
            return _BYTES_OF_NAMES, at + 1
        case b"[":
            return _set(body, at + 1)
        case b"\\":
            at += 1
        case _:
            pass
    return (_Wild.SLASH if body[at] == _SLASH else body[at]), at + 1


def _stars(body: bytes, at: int, literal: int) -> tuple[_Wild, int]:
    """Read a run of stars: two or more cross folders where they stand alone between slashes.

    Git compares the bytes before the first wildcard by themselves and matches the rest. So stars that
    come first of all wildcards stand at the beginning, even in `docs**/plans`.
    """
    end = at
    while body[end : end + 1] == b"*":
        end += 1
    if end - at > 1 and (at == literal or body[at - 1] == _SLASH):
        if end == len(body):
            return _Wild.EVERYTHING, end
        if body[end] == _SLASH:
            return _Wild.FOLDERS, end + 1
        if body[end : end + 2] == b"\\/":
            return _Wild.SOME_FOLDERS, end + 2
    return _Wild.STAR, end


# Sets of bytes in brackets

_SLASH = ord("/")
_ALL_BYTES = frozenset(range(256))
_BYTES_OF_NAMES = _ALL_BYTES - {0, _SLASH}
_LOWER, _UPPER, _DIGIT = (
    frozenset(range(first[0], first[1] + 1)) for first in (b"az", b"AZ", b"09")
)
_PRINTED = frozenset(range(32, 127))
_CLASSES = {
    b"alnum": _LOWER | _UPPER | _DIGIT,
    b"alpha": _LOWER | _UPPER,
    b"blank": frozenset(b" \t"),
    b"cntrl": frozenset(range(1, 32)) | {127},
    b"digit": _DIGIT,
    b"graph": _PRINTED - {32},
    b"lower": _LOWER,
    b"print": _PRINTED,
    b"punct": _PRINTED - _LOWER - _UPPER - _DIGIT - {32},
    b"space": frozenset(b" \t\n\r"),
    b"upper": _UPPER,
    b"xdigit": _DIGIT | frozenset(b"abcdefABCDEF"),
}


def _set(body: bytes, at: int) -> tuple[frozenset[int], int]:
    """Read what stands in brackets; a slash is never in it."""
    negated = body[at] in b"!^"
    at += negated
    members, before, at = _member(body, at, None)
    found = set(members)
    while body[at : at + 1] != b"]":
        members, before, at = _member(body, at, before)
        found.update(members)
    return (_BYTES_OF_NAMES - found if negated else _BYTES_OF_NAMES & found), at + 1


def _member(body: bytes, at: int, before: int | None) -> tuple[Iterable[int], int | None, int]:
    """Read a byte, a range or a class: what it holds, where a range could begin, where it ends."""
    match body[at : at + 1]:
        case b"\\":
            return body[at + 1 : at + 2], body[at + 1], at + 2
        case b"-" if before is not None and body[at + 1 : at + 2] not in (b"", b"]"):
            at += 1 + (body[at + 1 : at + 2] == b"\\")
            return range(before, body[at] + 1), None, at + 1
        case b"[" if body[at + 1 : at + 2] == b":":
            end = body.index(b"]", at + 2)
            if end > at + 2 and body[end - 1 : end] == b":":
                return _CLASSES[body[at + 2 : end - 1]], None, end + 1
    return body[at : at + 1], body[at], at + 1


# Expressions that never go back further than to the last star


def _expression(tokens: Sequence[_Token]) -> bytes:
    """Write a pattern as an expression, in which what lies between wildcards is found once and kept."""
    head, *others = _parts(tokens, _Wild.FOLDERS, _Wild.SOME_FOLDERS)
    pieces = [_names(head[1])]
    for number, (wild, part) in enumerate(others, 1):
        more = b"*?" if wild is _Wild.FOLDERS else b"+?"
        piece = b"(?:[^/]*/)" + more + _names(part)
        pieces.append(piece if number == len(others) else b"(?>" + piece + b")")
    return b"".join(pieces)


def _names(tokens: Sequence[_Token]) -> bytes:
    return b"/".join(_name(part) for _, part in _parts(tokens, _Wild.SLASH))


def _name(tokens: Sequence[_Token]) -> bytes:
    head, *others = (_bytes(part) for _, part in _parts(tokens, _Wild.STAR))
    if not others:
        return head
    between = b"".join(b"(?>[^/]*?" + part + b")" for part in others[:-1] if part)
    return head + between + b"(?>[^/]*" + others[-1] + rb"(?=/|\Z))"


def _parts(
    tokens: Sequence[_Token], *separators: _Wild
) -> list[tuple[_Token | None, list[_Token]]]:
    """Part tokens at wildcards, each part with the one that stands before it."""
    parts: list[tuple[_Token | None, list[_Token]]] = [(None, [])]
    for token in tokens:
        if token in separators:
            parts.append((token, []))
        else:
            parts[-1][1].append(token)
    return parts


def _bytes(tokens: Iterable[_Token]) -> bytes:
    return b"".join(map(_byte, tokens))


def _byte(token: _Token) -> bytes:
    if isinstance(token, int):
        return b"\\x%02x" % token
    if not isinstance(token, frozenset):
        return b".*"
    if len(token) > len(_BYTES_OF_NAMES) // 2:
        return b"[^" + _bytes(sorted(_ALL_BYTES - token)) + b"]"
    return b"[" + _bytes(sorted(token)) + b"]"
