"""YAML text into plain data, with the place of every key and value.

The rules are those of YAML 1.2's core schema, narrowed: only `true` and `false` are booleans, dates stay
text, and whatever can mean two things (duplicate keys, anchors, tags, several documents) is refused.
PyYAML's C parser reads the text; the data are built here from its events, so nothing is ever executed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
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
from bpo_assess.documents.broken import syntax
from bpo_assess.documents.scalars import MAX_DIGITS, PLAIN_START, plain
from bpo_assess.documents.text import LENGTH, SHIFT, Lines, Place, visible

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_EVENTS",
    "Document",
    "Placing",
    "parse",
    "stretch",
    "visible",
]

MAX_BYTES = 5_000_000
"""How large a file may be, in bytes."""

MAX_DEPTH = 64
"""How deep mappings and lists may stand in each other."""

MAX_EVENTS = 500_000
"""How many keys, values, beginnings and ends of mappings and lists a file may hold."""


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

    @cached_property
    def _lines(self) -> "Lines":
        return Lines(self.text)


def _place_of(node: Any) -> Place:
    return node.place if isinstance(node, _Group) else node


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
        for _ in range(MAX_EVENTS):
            event = next_event()
            if event is None:
                return
            kind = type(event)
            if kind is ScalarEvent:
                scalar(event)
            elif kind in others:
                others[kind](event)
        hint = "split the file, or take out what does not belong to it"
        place = event.start_mark.index << SHIFT | 1
        self._refuse("BPO114", "the file holds more values than can be read", place, hint)

    def _scalar(self, event: Any) -> None:
        value = event.value
        start = event.start_mark.index
        if event.style:
            place = start << SHIFT | (event.end_mark.index - start)
            if not value.isprintable():
                value = visible(value)
        else:
            place = start << SHIFT | len(value)
            if not value or value[0] in PLAIN_START:
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
            return plain(value)
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
        place = event.start_mark.index << SHIFT | LENGTH
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
        place = start << SHIFT | (event.end_mark.index - start)
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
            place = event.start_mark.index << SHIFT | (len("---"))
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
        lines = Lines(text)
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
        broken = syntax(error, text)
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
    place = min(offset, len(text)) << SHIFT | max(1, length)
    span = Lines(text).span(place)
    return span, document.excerpt(span)


def _located(problem: Diagnostic, place: Place, name: str, lines: Lines) -> Diagnostic:
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
