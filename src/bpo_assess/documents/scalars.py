"""Plain scalars by the rules of YAML 1.2's core schema, narrowed: only `true` and `false` are booleans."""

import re
from decimal import Decimal
from typing import Any

MAX_DIGITS = 60
"""How many digits a number may have, and how far its decimal point may be moved."""


class Figure(Decimal):
    """A number in an unusual notation, such as `1e3`, that remembers how it was written."""

    written: str

    def __str__(self) -> str:
        """Give the number as it was written."""
        return self.written


PLAIN_START = frozenset("0123456789+-.~nNtTfF")
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


def plain(text: str) -> Any:
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
