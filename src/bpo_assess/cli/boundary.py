"""The one place where failures become exit codes, and nothing but our own words reaches the user."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Protocol, TextIO, runtime_checkable

from bpo_assess import __version__
from bpo_assess.cli.usage import in_plain_words

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
    with _stopped_once():
        return _guarded(arguments)


def _guarded(arguments: list[str]) -> int:
    debug = DEBUG in arguments
    _open_what_is_closed()
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
        try:
            error.message = in_plain_words(error.message)
            error.show()
        except OSError:
            drop(sys.stderr)
        return UNUSABLE
    if code == INTERRUPTED:
        raise KeyboardInterrupt  # Typer has caught it, and said nothing
    return code if isinstance(code, int) else OK


@runtime_checkable
class UsageProblem(Protocol):
    """A wrong usage, as Typer raises it."""

    exit_code: int
    message: str

    def show(self) -> None:
        """Print what is wrong, and how the command is used."""


class _Ended(BaseException):
    """Somebody has asked the program to end; files that are half written are taken away first."""


@contextlib.contextmanager
def _stopped_once() -> Iterator[None]:
    """Let only the first signal count, so that nothing keeps the program from leaving all tidy."""
    ended = 0
    before = {}

    def end(number: int, _: FrameType | None) -> None:
        nonlocal ended
        if ended:
            return
        ended = number
        raise KeyboardInterrupt if number == signal.SIGINT else _Ended

    with contextlib.suppress(ValueError):  # not the main thread, to which signals go
        for each in _ENDING:
            if signal.getsignal(each) in {signal.SIG_DFL, signal.default_int_handler}:
                before[each] = signal.signal(each, end)
    try:
        yield
    except _Ended:
        signal.signal(ended, signal.SIG_DFL)
        os.kill(os.getpid(), ended)
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_IGN if ended else handler)


_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


def _open_what_is_closed() -> None:
    """Let a stream that the caller closed lead nowhere, and no file that is opened later take its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)
        mode = "w" if number else "r"
        setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _replace_what_cannot_be_encoded(stream: TextIO) -> None:
    """Keep an old code page from stopping a report: what it cannot show becomes `?`."""
    with contextlib.suppress(AttributeError, ValueError):
        stream.reconfigure(errors="replace")  # type: ignore[attr-defined, unused-ignore]


def _say(text: str) -> None:
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        drop(sys.stderr)


def drop(stream: TextIO) -> None:
    """Send what is still buffered nowhere, so that the interpreter does not fail on it at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
