"""What commands share: assessing files, printing problems, and putting a report where it belongs."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Literal, NoReturn

import typer

from bpo_assess.cli.boundary import UNUSABLE, ClosedPipe, drop

if TYPE_CHECKING:
    from bpo_assess.diagnostics import Diagnostic


def emit(text: str) -> None:
    """Write a report to standard output."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ClosedPipe from None


def emit_all(pieces: Iterable[str], *, as_utf8: bool = False) -> None:
    """Write a long report piece by piece; a reader who goes away ends it, and nothing else."""
    if as_utf8:
        with suppress(AttributeError, ValueError):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        drop(sys.stdout)


def has_color(asked: Literal["auto", "always", "never"]) -> bool:
    """Tell whether what goes to standard output has colours."""
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """Write a hint or a problem to standard error; where nobody reads it, the exit code still tells."""
    try:
        sys.stderr.write(text if text.endswith("\n") else f"{text}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        drop(sys.stderr)


def refuse(problems: Sequence["Diagnostic"], consequence: str) -> NoReturn:
    """Print the problems of an input and end: nothing was assessed."""
    from bpo_assess.reports.problems import closing_line, frames

    for frame in frames(problems):
        say(frame)
    say(closing_line(problems, consequence))
    raise typer.Exit(UNUSABLE)


def wrong_usage(message: str, hint: str | None = None) -> NoReturn:
    """Refuse options that cannot be meant."""
    say(f"error: {message}" + (f"\n  help: {hint}" if hint else ""))
    raise typer.Exit(UNUSABLE)


def day(text: str | None) -> date | None:
    """Read a day given on the command line."""
    if text is None:
        return None
    from bpo_assess.model.parts import DATE_PATTERN

    try:
        found = date.fromisoformat(text) if DATE_PATTERN.fullmatch(text) else None
    except ValueError:
        found = None
    return found or wrong_usage(f"`{text}` is no day", "write it as YYYY-MM-DD, such as 2026-11-01")


@contextmanager
def refusing(consequence: str) -> Iterator[None]:
    """End with the problems of an input that cannot be used."""
    from bpo_assess.diagnostics import InputError

    try:
        yield
    except InputError as error:
        refuse(error.diagnostics, consequence)


def unique(names: Iterable[str]) -> list[str]:
    """Keep the first name of each file, in order, however it is spelt."""
    import os

    found: dict[str, str] = {}
    for name in names:
        found.setdefault("-" if name == "-" else os.path.realpath(name), name)
    return list(found.values())
