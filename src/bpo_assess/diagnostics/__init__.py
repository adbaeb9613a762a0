"""What can be wrong with an input, and where."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

KeyPath = tuple[str | int, ...]
"""The way to a value in a document: mapping keys and list positions, outermost first."""


MOST_PROBLEMS = 100
"""How many problems of one file are looked for; nobody mends more in one go."""


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text; lines and columns count from 1, columns in characters, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what it is, where it stands, and how to mend it."""

    code: str
    severity: Severity
    message: str
    hint: str | None = None
    note: str | None = None
    file: str | None = None
    path: KeyPath = ()
    span: Span | None = None
    label: str | None = None
    """The short text beside the caret."""
    excerpt: tuple[tuple[int, str], ...] = ()
    """The numbered lines around the place."""
    subject: str | None = None
    """What it is about, where the place only explains it."""
    reached: Decimal | None = None
    """How far a demand is met, the more the better; only for demands that can be met in part."""


class InputError(Exception):
    """An input that cannot be used, with all its problems."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics


def sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    """Order problems by file, line, column and code."""
    span = diagnostic.span
    line, column = (span.line, span.column) if span else (0, 0)
    return diagnostic.file or "", line, column, diagnostic.code
