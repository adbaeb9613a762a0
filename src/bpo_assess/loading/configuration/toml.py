"""TOML text into plain data, with the place of every key and value.

`tomllib` reads the text and decides what is valid; it tells no places, so the text is scanned for them first.
The scan also keeps away from it what it does not bear: deep nesting, keys of thousands of parts, endless
numbers.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from bpo_assess.diagnostics import Diagnostic, InputError, KeyPath, Severity
from bpo_assess.documents import MAX_DEPTH, stretch, visible

MOST_BYTES = 250_000
"""How large a configuration may be, in bytes: more than anybody writes; `tomllib` takes a thousandfold."""

_MOST_DIGITS = 4_000
"""How long a number may be; from 4,300 digits on, Python reads none."""

_LONGEST_SHOWN = 60

Place = tuple[int, int]
"""The offset at which a key or value begins, and its length."""


@dataclass(frozen=True)
class TomlFile:
    """What a file says, and where it says it."""

    name: str
    text: str
    data: dict[str, Any]
    keys: dict[KeyPath, Place]
    values: dict[KeyPath, Place]

    def line(self, path: KeyPath) -> int:
        """Tell on which line a key stands."""
        return self.text.count("\n", 0, self.keys.get(path, (0, 0))[0]) + 1

    def at_key(self, path: KeyPath, message: str, hint: str | None = None) -> Diagnostic:
        """Describe what is wrong with a key."""
        return _problem(self.name, self.text, self.keys.get(path, (0, 1)), message, hint)

    def at_value(self, path: KeyPath, message: str, hint: str | None = None) -> Diagnostic:
        """Describe what is wrong with a value, or else with its key."""
        place = self.values.get(path) or self.keys.get(path, (0, 1))
        return _problem(self.name, self.text, place, message, hint)


def said(text: str) -> str:
    """Quote what somebody wrote: on one line, short, and without what could act on a screen."""
    line = " ".join(text.split())
    return visible(line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "...")


def read_toml(raw: bytes, name: str) -> TomlFile:
    """Read the bytes of a file; raise InputError where they are no TOML, or more than can be meant."""
    name = visible(name)
    if len(raw) > MOST_BYTES:
        text = f"a configuration has at most {MOST_BYTES / 1e6:g} MB, this file has more"
        raise InputError(Diagnostic("BPO521", Severity.ERROR, text, file=name))
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        message, hint = "the file is not written in UTF-8", "save it as UTF-8"
        problem = Diagnostic("BPO102", Severity.ERROR, message, hint=hint, file=name)
        raise InputError(problem) from None
    scan = _Scan(text)
    try:
        scan.run()
        data = tomllib.loads(text, parse_float=_decimal)
    except _TooMuch as limit:
        raise InputError(_problem(name, text, limit.place, limit.message)) from None
    except ValueError as error:
        _not_toml(str(error), name, text)
    except RecursionError:
        raise InputError(_problem(name, text, (0, 1), _TOO_DEEP)) from None
    return TomlFile(name, text, data, scan.keys, scan.values)


def _decimal(text: str) -> Decimal:
    """Read a number exactly; one that no decimal can hold is no number."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _problem(
    name: str, text: str, place: Place, message: str, hint: str | None = None
) -> Diagnostic:
    span, excerpt = stretch(text, *place)
    return Diagnostic(
        "BPO521", Severity.ERROR, message, hint=hint, file=name, span=span, excerpt=excerpt
    )


# Where keys and values stand

_TOO_DEEP = f"at most {MAX_DEPTH} levels can stand in each other"

_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_TO_LINE_END = re.compile(r"[ \t]*+(?:#[^\n]*+)?+(?:\n|\Z)")
_KEY = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'""")
_STRING = re.compile(
    r'''"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|"(?:[^"\\\n]++|\\.)*+"'''
    r"""|'''(?:[^']++|'(?!''))*+'{3,5}|'[^'\n]*+'""",
    re.DOTALL,
)
_SCALAR = re.compile(r"""[^][{},#\n"']++""")


class _Unclear(Exception):
    """The text is not what it should be; whoever reads it in earnest will say so."""


class _TooMuch(Exception):
    """The text goes beyond what is read."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


@dataclass(slots=True)
class _Scan:
    """Goes through a text once, and remembers where keys and values stand."""

    text: str
    at: int = 0
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    values: dict[KeyPath, Place] = field(default_factory=dict)

    def run(self) -> None:
        """Scan as far as the text makes sense."""
        try:
            self._statements()
        except _Unclear:
            return

    def _statements(self) -> None:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self._next("["):
                several = self._next("[")
                table = self._key(())
                self._expect("]")
                if several:
                    self._expect("]")
            else:
                self._pair(table, 0)
            if not self._skip(_TO_LINE_END):
                raise _Unclear
            self._skip(_BLANK)

    def _pair(self, above: KeyPath, depth: int) -> None:
        path = self._key(above)
        self._expect("=")
        self._skip(_SPACE)
        self._value(path, depth)

    def _key(self, above: KeyPath) -> KeyPath:
        path = above
        while True:
            self._skip(_SPACE)
            start, part = self.at, self._skip(_KEY)
            if len(path) >= MAX_DEPTH:
                raise _TooMuch(_TOO_DEEP, (start, len(part)))
            path = (*path, _named(part))
            self.keys.setdefault(path, (start, len(part)))
            self._skip(_SPACE)
            if not self._next("."):
                return path

    def _value(self, path: KeyPath, depth: int) -> None:
        start = self.at
        if depth > MAX_DEPTH or len(path) > MAX_DEPTH:
            raise _TooMuch(_TOO_DEEP, (start, 1))
        if self._next("["):
            for number in self._entries("]"):
                self._value((*path, number), depth + 1)
        elif self._next("{"):
            for _ in self._entries("}"):
                self._pair(path, depth + 1)
        elif not self._skip(_STRING):
            scalar = self._skip(_SCALAR)
            if not scalar:
                raise _Unclear
            if len(scalar) > _MOST_DIGITS:
                raise _TooMuch("this is too long for a number; text stands in quotes", (start, 1))
        self.values.setdefault(path, (start, len(self.text[start : self.at].rstrip())))

    def _entries(self, end: str) -> Iterator[int]:
        """Count the entries of a list or an inline table, up to the bracket that ends it."""
        number = 0
        self._skip(_BLANK)
        while not self._next(end):
            yield number
            number += 1
            self._skip(_BLANK)
            if not self._next(",") and not self.text.startswith(end, self.at):
                raise _Unclear
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _next(self, char: str) -> bool:
        is_next = self.text.startswith(char, self.at)
        self.at += is_next
        return is_next

    def _expect(self, char: str) -> None:
        if not self._next(char):
            raise _Unclear


def _named(part: str) -> str:
    """Read a key as it is meant."""
    if not part:
        raise _Unclear
    if part[0] not in "\"'":
        return part
    if "\\" not in part:
        return part[1:-1]
    try:
        return str(tomllib.loads(f"key = {part}")["key"])
    except ValueError:
        raise _Unclear from None


# Broken TOML in our words

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

_TWICE = "the same name is given twice"
_COMPLETE = "this belongs to something that is complete where it stands"
_ESCAPE = "a backslash in double quotes begins an escape; write it twice, or use single quotes"
_CONTROL = "a control character, or a line that ends within quotes"

_WORDS = {
    "Cannot declare": "the same table stands twice",
    "Cannot overwrite": _TWICE,
    "Duplicate": _TWICE,
    "Cannot": _COMPLETE,
    "Expected '='": "`=` is expected behind a key",
    "Expected newline": "a line should end behind its value",
    "Expected": "a bracket is opened, and not closed as expected",
    "Unclosed": "a bracket is opened, and not closed as expected",
    "Invalid initial": "a key is expected",
    "Invalid statement": "a key or a table is expected",
    "Invalid date": "there is no such day or time",
    "Invalid hex": _ESCAPE,
    "Escaped": _ESCAPE,
    "Unescaped": _ESCAPE,
    "Invalid value": "this is no value; text stands in quotes",
    "Unterminated": "a quotation mark is opened, and never closed",
    "Illegal": _CONTROL,
    "Found invalid": _CONTROL,
}
"""What the reader of TOML says begins with, and what it means."""


def _not_toml(message: str, name: str, text: str) -> NoReturn:
    place = _AT.search(message)
    offset = len(text.rstrip())
    if place is not None and place[1]:
        offset = _start_of(int(place[1]), text) + int(place[2]) - 1
    words = next((word for start, word in _WORDS.items() if message.startswith(start)), None)
    why = f": {words}" if words else ""
    raise InputError(_problem(name, text, (offset, 1), f"the file is not valid TOML{why}"))


def _start_of(line: int, text: str) -> int:
    offset = 0
    for _ in range(line - 1):
        offset = text.find("\n", offset) + 1
    return offset
