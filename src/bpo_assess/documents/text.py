"""Text with lines and columns, and the signs in it that must not act on a reader's screen."""

import re
from bisect import bisect_right

from bpo_assess.diagnostics import Span

LONGEST_LINE = 1_000
"""How many characters of a line are taken into an excerpt."""

SHIFT = 32
LENGTH = (1 << SHIFT) - 1

Place = int
"""Where a key or value stands: the offset of its first character, shifted, plus its length."""


class Lines:
    """A text cut into lines, to tell lines and columns from offsets."""

    _BREAK = re.compile(r"\r\n|\n|\r")

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[int, int] = {}
        self.starts = [0, *(match.end() for match in self._BREAK.finditer(text))]

    def line(self, number: int) -> str:
        """Take a line, counted from 1, without its end."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self._text)
        return visible(self._text[start : min(end, start + LONGEST_LINE)].rstrip("\r\n"))

    def span(self, place: Place) -> Span:
        """Turn a place into a span; one that goes over several lines ends with its first."""
        start, length = place >> SHIFT, place & LENGTH
        line = bisect_right(self.starts, start)
        column = start - self.starts[line - 1]
        width = max(1, min(length, self._last(line) - start))
        return Span(line, column + 1, line, column + 1 + width)

    def _last(self, line: int) -> int:
        """Find where the content of a line ends; looked for once, since a line can be the whole file."""
        if line not in self._ends:
            end = self.starts[line] if line < len(self.starts) else len(self._text)
            start = self.starts[line - 1]
            self._ends[line] = start + len(self._text[start:end].rstrip())
        return self._ends[line]


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
