"""What commands share: assessing files, printing problems, and putting a report where it belongs."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import typer

from bpo_assess.cli.boundary import UNUSABLE, ClosedPipe

if TYPE_CHECKING:
    from bpo_assess.diagnostics import Diagnostic


def emit(text: str) -> None:
    """Write a report to standard output."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ClosedPipe from None


def say(text: str) -> None:
    """Write a hint or a problem to standard error."""
    sys.stderr.write(text if text.endswith("\n") else f"{text}\n")


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
    """Keep the first of each name, in order."""
    return list(dict.fromkeys(names))
