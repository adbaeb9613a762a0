"""The one place where failures become exit codes, and nothing but our own words reaches the user."""

import contextlib
import os
import sys
from typing import Protocol, TextIO, runtime_checkable

from bpo_assess import __version__

OK = 0
BROKEN_REQUIREMENT = 1
UNUSABLE = 2
FAULT = 3
INTERRUPTED = 130

DEBUG = "--debug"

ISSUES = "the project's issue tracker"


class ClosedPipe(Exception):
    """The reader of the output went away; no error, there is nobody left to tell."""


def run(arguments: list[str]) -> int:
    """Run the command line: 0 done, 1 broken requirement, 2 unusable, 3 a fault of ours, 130 Ctrl-C."""
    debug = DEBUG in arguments
    for stream in (sys.stdout, sys.stderr):
        _replace_what_cannot_be_encoded(stream)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except (BrokenPipeError, ClosedPipe):
        drop(sys.stdout)
        return OK
    except KeyboardInterrupt:
        _say("stopped")
        return INTERRUPTED
    except OSError as error:
        drop(sys.stdout)
        _say(f"error: cannot write the output: {error.strerror or error}")
        return UNUSABLE
    except Exception as error:
        if debug:
            raise
        _say(
            f"error: a fault in bpo-assess {__version__}, not in your files "
            f"({type(error).__name__}). Nothing was assessed.\n"
            f"  help: run it again with {DEBUG} and report what it prints to {ISSUES}"
        )
        return FAULT
    return code


def _run(arguments: list[str]) -> int:
    from bpo_assess.cli.app import app

    try:
        code = app(
            args=[argument for argument in arguments if argument != DEBUG],
            prog_name="bpo-assess",
            standalone_mode=False,
        )
    except SystemExit:
        # Without its standalone mode, Typer exits by itself only where the reader closed the pipe.
        raise ClosedPipe from None
    except Exception as error:
        if not isinstance(error, UsageProblem):
            raise
        error.show()
        return UNUSABLE
    if code == INTERRUPTED:
        raise KeyboardInterrupt  # Typer has caught it, and said nothing
    return code if isinstance(code, int) else OK


@runtime_checkable
class UsageProblem(Protocol):
    """A wrong usage, as Typer raises it."""

    exit_code: int

    def show(self) -> None:
        """Print what is wrong, and how the command is used."""


def _replace_what_cannot_be_encoded(stream: TextIO) -> None:
    """Keep an old code page from stopping a report: what it cannot show becomes `?`."""
    with contextlib.suppress(AttributeError, ValueError):
        stream.reconfigure(errors="replace")  # type: ignore[attr-defined, unused-ignore]


def _say(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def drop(stream: TextIO) -> None:
    """Send what is still buffered nowhere, so that the interpreter does not fail on it at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
