"""YAML text into plain data, with the place of every key and value.

The rules are those of YAML 1.2's core schema, narrowed: only `true` and `false` are booleans, dates stay
text, and whatever can mean two things (duplicate keys, anchors, tags, several documents) is refused.
PyYAML's C parser reads the text; the data are built here from its events, so nothing is ever executed.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NoReturn, Protocol

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml._yaml import CParser

from bpo_assess.diagnostics import (
    MOST_PROBLEMS,
    Diagnostic,
    InputError,
    KeyPath,
    Severity,
    Span,
)

MAX_BYTES = 5_000_000
"""How large a file may be, in bytes."""

MAX_DEPTH = 64
"""How deep mappings and lists may stand in each other."""

MAX_DIGITS = 60
"""How many digits a number may have, and how far its decimal point may be moved."""

_SHIFT = 32
_LENGTH = (1 << _SHIFT) - 1

Place = int
"""Where a key or value stands: the offset of its first character, shifted, plus its length."""


class Figure(Decimal):
    """A number in an unusual notation, such as `1e3`, that remembers how it was written."""

    written: str

    def __str__(self) -> str:
        """Give the number as it was written."""
        return self.written


class _Group:
    """A mapping or list under construction: its data, and the places of what is in it."""

    __slots__ = ("data", "is_key", "key", "key_place", "place", "places")

    def __init__(self, data: Any, place: Place) -> None:
        self.data = data
        self.is_key = False
        self.place = place
        if type(data) is dict:
            self.places: Any = {}
            self.key: Any = _NO_KEY
        else:
            self.places = []
            self.key = _IN_LIST
        self.key_place: Place = 0


_NO_KEY = object()
_IN_LIST = object()
_REFUSED = object()
"""A key that stands for nothing, so that what follows it is still read."""


class Placing(Protocol):
    """Plain data of which every part knows the file and the place in which it was written."""

    @property
    def name(self) -> str:
        """The name of the file."""

    @property
    def sha256(self) -> str:
        """The fingerprint of everything that was read."""

    @property
    def data(self) -> Any:
        """The plain data."""

    def home(self, path: KeyPath) -> "tuple[Document, KeyPath]":
        """Find the file in which a part was written, and its path there."""


@dataclass(frozen=True)
class Document:
    """What a file says, as plain data, and where it says it."""

    name: str
    text: str
    sha256: str
    data: Any
    root: Any
    """The place of the data: a number, or a group with the places of what is in it."""

    def home(self, path: KeyPath) -> "tuple[Document, KeyPath]":
        """Say that every part was written here."""
        return self, path

    def span(self, path: KeyPath, *, key: bool = False) -> Span:
        """Find where the value at a key path stands, or its key; for what is missing, what it belongs in."""
        node, place = self.root, _place_of(self.root)
        key_place: Place | None = None
        for depth, part in enumerate(path):
            entry = _entry(node, part)
            if entry is None:
                return self._lines.span(place if key_place is None else key_place)
            key_place, node = entry
            place = _place_of(node)
            if key_place is None and depth < len(path) - 1 and not isinstance(node, _Group):
                key_place = place
        return self._lines.span(key_place if key and key_place is not None else place)

    def excerpt(self, span: Span) -> tuple[tuple[int, str], ...]:
        """Take the line of a span and its neighbours, control characters made visible."""
        first, last = max(1, span.line - 1), min(len(self._lines.starts), span.line + 1)
        lines = [(number, self._lines.line(number)) for number in range(first, last + 1)]
        return tuple((n, text) for n, text in lines if text.strip() or n == span.line)

    def is_content(self, offset: int) -> bool:
        """Tell whether an offset lies within a text value, as opposed to between values."""
        return any(
            place >> _SHIFT <= offset < (place >> _SHIFT) + (place & _LENGTH)
            for place in _scalars(self.root)
        )

    @cached_property
    def _lines(self) -> "_Lines":
        return _Lines(self.text)


def _place_of(node: Any) -> Place:
    return node.place if isinstance(node, _Group) else node


def _scalars(root: Any) -> Iterator[Place]:
    """Yield the places of all single values."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, _Group):
            yield node
        elif isinstance(node.places, dict):
            waiting += [value for _, value in node.places.values()]
        else:
            waiting += node.places


def _entry(node: Any, part: str | int) -> tuple[Place | None, Any] | None:
    """Look up one part of a path: the place of the key, if any, and what stands there."""
    if not isinstance(node, _Group):
        return None
    if isinstance(node.places, dict):
        found: tuple[Place, Any] | None = node.places.get(part)
        return found
    if isinstance(part, int) and 0 <= part < len(node.places):
        return None, node.places[part]
    return None


class _Lines:
    """A text cut into lines, to tell lines and columns from offsets."""

    _BREAK = re.compile(r"\r\n|\n|\r")

    def __init__(self, text: str) -> None:
        self._text = text
        self.starts = [0, *(match.end() for match in self._BREAK.finditer(text))]

    def line(self, number: int) -> str:
        """Take a line, counted from 1, without its end."""
        end = self.starts[number] if number < len(self.starts) else len(self._text)
        return visible(self._text[self.starts[number - 1] : end].rstrip("\r\n"))

    def span(self, place: Place) -> Span:
        """Turn a place into a span; one that goes over several lines ends with its first."""
        start, length = place >> _SHIFT, place & _LENGTH
        line = bisect_right(self.starts, start)
        begin = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self._text)
        column = start - begin
        rest = len(self._text[begin:end].rstrip()) - column
        width = max(1, min(length, rest))
        return Span(line, column + 1, line, column + 1 + width)


# Text

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""Write control and bidirectional characters as `\x1b`, so that none can act on a reader's screen."""
    if text.isprintable():
        return text
    return _INVISIBLE.sub(_escaped, text.replace("\r\n", "\n"))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004  one byte


# Scalars

_PLAIN_START = frozenset("0123456789+-.~nNtTfF")
_LETTERS = frozenset("~nNtTfF")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_FIGURE = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_CONSTANTS: dict[str, Any] = {
    **{str(number): number for number in range(101)},
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


def _plain(text: str) -> Any:
    """Read a plain scalar by the core schema; raise ValueError for a number that is out of range."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in _LETTERS:
        return text
    if _INTEGER.fullmatch(text) and len(text) <= MAX_DIGITS:
        return int(text)
    if _ENDLESS.fullmatch(text):
        raise ValueError
    if not _FIGURE.fullmatch(text):
        return text
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > MAX_DIGITS or len(exponent) > 3 or abs(int(exponent or 0)) > MAX_DIGITS:  # noqa: PLR2004
        raise ValueError
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    figure = Figure(text)
    figure.written = text
    return figure


# Events into data


class _GivenUp(Exception):
    """There is no point in reading on."""


class _Builder:
    """Builds data and places from parser events, and collects what is refused."""

    def __init__(self) -> None:
        self.problems: list[tuple[Place, Diagnostic]] = []
        self.data: Any = None
        self.root: Any = None
        self.documents = 0
        self._open: list[_Group] = []
        self._top: _Group | None = None

    def build(self, parser: Any) -> None:
        """Take every event of a parser."""
        next_event, scalar = parser.get_event, self._scalar
        others = {
            MappingStartEvent: self._mapping,
            SequenceStartEvent: self._sequence,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                scalar(event)
            elif kind in others:
                others[kind](event)

    def _scalar(self, event: Any) -> None:
        value = event.value
        start = event.start_mark.index
        if event.style:
            place = start << _SHIFT | (event.end_mark.index - start)
            if not value.isprintable():
                value = visible(value)
        else:
            place = start << _SHIFT | len(value)
            if not value or value[0] in _PLAIN_START:
                value = self._plain(value, place)
            elif not value.isprintable():
                value = visible(value)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, place)
        top = self._top
        if top is None:
            self.data, self.root = value, place
        elif top.key is not _NO_KEY:
            self._add(top, value, place)
        elif type(value) is str and value not in top.data and value != "<<":
            top.key, top.key_place = value, place
        else:
            top.key, top.key_place = _REFUSED, place
            self._refuse_key(top, value, place)

    def _plain(self, value: str, place: Place) -> Any:
        try:
            return _plain(value)
        except ValueError:
            hint = "write it in full, in at most 60 digits, or in quotes if it is text"
            self._refuse("BPO112", f"the number `{value[:40]}` is out of range", place, hint)
            return 0

    def _add(self, top: _Group, value: Any, node: Any) -> None:
        key = top.key
        if key is _IN_LIST:
            top.data.append(value)
            top.places.append(node)
            return
        if key is not _REFUSED:
            top.data[key] = value
            top.places[key] = (top.key_place, node)
        top.key = _NO_KEY

    def _refuse_key(self, top: _Group, value: Any, place: Place) -> None:
        if type(value) is not str:
            written = str(value).lower() if isinstance(value, bool) else value
            shown = "nothing" if value is None else f"`{written}`"
            hint = "write a name before the colon" if value is None else "put the key in quotes"
            self._refuse("BPO111", f"a key is text, here it is {shown}", place, hint)
        elif value == "<<":
            hint = "write the entries out; a file is read the same by everybody that way"
            self._refuse("BPO105", "merge keys (`<<`) are not read", place, hint)
        else:
            self._refuse_duplicate(top, value, place)

    def _refuse_duplicate(self, top: _Group, key: str, place: Place) -> None:
        first = top.places[key][0]
        self._refuse(
            "BPO104",
            f"key `{key}` is given twice",
            place,
            "keep one of them",
            label="given again",
            first=first,
        )

    def _mapping(self, event: Any) -> None:
        self._begin(event, {})

    def _sequence(self, event: Any) -> None:
        self._begin(event, [])

    def _begin(self, event: Any, data: Any) -> None:
        place = event.start_mark.index << _SHIFT | _LENGTH
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, place)
        group = _Group(data, place)
        top = self._top
        if top is None:
            self.data, self.root = data, group
        elif top.key is _NO_KEY:
            shape = "a mapping" if isinstance(data, dict) else "a list"
            hint = "quote it if it begins with { or ["
            self._refuse("BPO111", f"a key is text, here it is {shape}", place, hint)
            top.key = _REFUSED
            top.key_place = place
            group.is_key = True
        if len(self._open) >= MAX_DEPTH:
            hint = f"at most {MAX_DEPTH} levels can stand in each other"
            self._refuse("BPO108", "the file is nested too deep", place, hint)
            raise _GivenUp
        self._open.append(group)
        self._top = group

    def _close(self, _: Any) -> None:
        group = self._open.pop()
        top = self._open[-1] if self._open else None
        self._top = top
        if top is not None and not group.is_key:
            self._add(top, group.data, group)

    def _alias(self, event: Any) -> None:
        start = event.start_mark.index
        place = start << _SHIFT | (event.end_mark.index - start)
        hint = f"write out what `*{event.anchor}` stands for, or quote it if it is text"
        self._refuse("BPO105", "anchors and aliases are not read", place, hint)
        top = self._top
        if top is None:
            return
        if top.key is _NO_KEY:
            top.key = _REFUSED
        else:
            self._add(top, None, place)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            place = event.start_mark.index << _SHIFT | (len("---"))
            hint = "put each document in a file of its own"
            self._refuse("BPO107", "the file holds several documents", place, hint)
            raise _GivenUp

    def _refuse_properties(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            hint = f"leave out `&{event.anchor}`, or quote the text if the & belongs to it"
            self._refuse("BPO105", "anchors and aliases are not read", place, hint)
        if event.tag is not None:
            hint = "leave the tag out, or quote the text if the ! belongs to it"
            self._refuse("BPO106", "tags are not read", place, hint)

    def _refuse(
        self,
        code: str,
        message: str,
        place: Place,
        hint: str,
        *,
        label: str | None = None,
        first: Place | None = None,
    ) -> None:
        note = None if first is None else f"first:{first}"
        problem = Diagnostic(
            code, Severity.ERROR, visible(message), hint=visible(hint), note=note, label=label
        )
        self.problems.append((place, problem))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _GivenUp


# The whole file


def parse(raw: bytes, name: str, max_bytes: int = MAX_BYTES) -> Document:
    """Read a file; raise InputError with all that keeps it from being read as plain, unambiguous data."""
    if len(raw) > max_bytes:
        size = f"{len(raw) / 1e6:.1f}".rstrip("0").rstrip(".")
        limit = f"{max_bytes / 1e6:g}"
        _fail(name, "BPO109", f"the file has {size} MB, at most {limit} MB are read")
    text = _decoded(raw, name)
    builder = _Builder()
    if problems := list(_built(builder, text)):
        lines = _Lines(text)
        raise InputError(*(_located(p, place, name, lines) for place, p in problems))
    if builder.data is None:
        _fail(name, "BPO110", "the file is empty")
    return Document(name, text, hashlib.sha256(raw).hexdigest(), builder.data, builder.root)


def _fail(name: str, code: str, message: str, hint: str | None = None) -> NoReturn:
    raise InputError(Diagnostic(code, Severity.ERROR, message, hint=hint, file=name))


def _built(builder: _Builder, text: str) -> Iterator[tuple[Place, Diagnostic]]:
    """Build the data, and yield every problem with its place."""
    parser = CParser(text)
    broken = None
    try:
        builder.build(parser)
    except yaml.YAMLError as error:
        broken = _syntax(error, text)
    except _GivenUp:
        pass
    finally:
        parser.dispose()
    yield from builder.problems
    if broken is not None:
        yield broken


def stretch(text: str, offset: int, length: int) -> tuple[Span, tuple[tuple[int, str], ...]]:
    """Tell line and column of a stretch of text, and take the lines around it."""
    document = Document("", text, "", None, None)
    place = min(offset, len(text)) << _SHIFT | max(1, length)
    span = _Lines(text).span(place)
    return span, document.excerpt(span)


def _located(problem: Diagnostic, place: Place, name: str, lines: _Lines) -> Diagnostic:
    span = lines.span(place)
    document = Document(name, "", "", None, place)
    object.__setattr__(document, "_lines", lines)
    note = problem.note
    if note is not None and note.startswith("first:"):
        first = lines.span(int(note.removeprefix("first:")))
        note = f"first given on line {first.line}"
    return Diagnostic(
        problem.code,
        problem.severity,
        problem.message,
        hint=problem.hint,
        note=note,
        file=name,
        span=span,
        label=problem.label,
        excerpt=document.excerpt(span),
    )


_OTHER_KINDS = {
    b"PK\x03\x04": "a Word, Excel or ZIP file",
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def _decoded(raw: bytes, name: str) -> str:
    for start, kind in _OTHER_KINDS.items():
        if raw.startswith(start):
            _fail(name, "BPO113", f"this is {kind}, a YAML text file is expected")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        _fail(name, "BPO102", "the file is written in UTF-16", "save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        before = raw[: error.start].rsplit(b"\n", 1)[-1].decode("utf-8", "replace")
        column = len(before) + 1
        problem = Diagnostic(
            "BPO102",
            Severity.ERROR,
            f"the file is not written in UTF-8: byte {raw[error.start]:#04x} belongs to no character",
            hint="save it as UTF-8; most editors have it under `Save as` or `Encoding`",
            file=name,
            span=Span(line, column, line, column + 1),
        )
        raise InputError(problem) from None
    if "\0" in text:
        _fail(name, "BPO113", "this is no text file, a YAML text file is expected")
    return text


# Broken YAML in our words

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)


def _syntax(error: yaml.YAMLError, text: str) -> tuple[Place, Diagnostic]:
    """Say what is wrong with YAML that cannot be parsed, where the reader should look."""
    if conflict := _CONFLICT.search(text):
        hint = "decide which side to keep, and take the lines with <<<<<<<, ======= and >>>>>>> out"
        return _broken("the file holds a merge conflict", conflict.start(), 7, hint)
    if not isinstance(error, yaml.MarkedYAMLError):
        offset = int(getattr(error, "position", 0) or 0)
        return _broken("a control character stands in the text", offset, 1, "delete it")
    problem, context = str(error.problem or ""), str(error.context or "")
    mark = error.problem_mark or error.context_mark
    at = mark.index if mark else 0
    opened = error.context_mark.index if error.context_mark else at
    return _explained(problem, context, at, opened, text)


def _explained(
    problem: str, context: str, at: int, opened: int, text: str
) -> tuple[Place, Diagnostic]:
    line_start = text.rfind("\n", 0, at) + 1
    indent = text[line_start : at + 1]
    if "\t" in indent and not indent.strip():
        return _broken("a tab indents this line", at, 1, "indent with spaces")
    if "mapping values are not allowed" in problem:
        return _misplaced_colon(at, line_start, text)
    if "quoted scalar" in context:
        return _misquoted(at, opened, text)
    if "flow" in context:
        hint = "check the commas, and that each bracket is closed"
        return _broken("a bracket opens here and is not closed as expected", opened, 1, hint)
    if "simple key" in context or "could not find expected ':'" in problem:
        return _broken("this line has no `: ` after its key", opened, _rest(text, opened), _COLON)
    if "cannot start any token" in problem:
        hint = "put the text in quotes"
        return _broken(f"text cannot begin with `{text[at : at + 1]}`", at, 1, hint)
    if text[at : at + 1] == ":":
        return _broken("this line has no key before its colon", at, 1, _COLON)
    if "block mapping" in context or "block collection" in context:
        hint = "entries that belong together begin in the same column"
        return _broken(
            "the indentation of this line fits nothing above it", at, _rest(text, at), hint
        )
    return _broken(f"not valid YAML: {problem or context}", at, 1, None)


_GLUED = re.compile(r"\s*(?:- )?[^\s#'\"]+:[^\s/]")


def _misquoted(at: int, opened: int, text: str) -> tuple[Place, Diagnostic]:
    if text[at : at + 1] == "\\":
        hint = "use single quotes, or write the backslash twice"
        return _broken("a backslash in double quotes begins an escape", at, 2, hint)
    return _broken("a quotation mark is never closed", opened, 1, "close it, or leave it out")


def _misplaced_colon(at: int, line_start: int, text: str) -> tuple[Place, Diagnostic]:
    """Tell a second colon on a line from a wrong indentation and from `key:value` on the line above."""
    if ": " in text[line_start:at]:
        hint = 'put text that holds ": " in quotes'
        return _broken("a second `: ` stands on this line", at, 1, hint)
    above = text[:line_start].rstrip()
    above_start = above.rfind("\n") + 1
    if _GLUED.match(above, above_start) and ": " not in above[above_start:]:
        return _broken("no space follows the colon", above_start, len(above) - above_start, _COLON)
    hint = "entries that belong together begin in the same column"
    message = "this line is indented further than what stands above it allows"
    return _broken(message, line_start, _rest(text, line_start), hint)


_COLON = "write `key: value`, with a space after the colon"


def _rest(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return (len(text) if end < 0 else end) - offset


def _broken(message: str, offset: int, length: int, hint: str | None) -> tuple[Place, Diagnostic]:
    place = offset << _SHIFT | max(1, length)
    return place, Diagnostic("BPO103", Severity.ERROR, visible(message), hint=hint)
