"""How far a long run is, for whoever waits at a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 0.7
"""Seconds after which somebody who waits is told how far it is."""

PAUSE = 0.1
"""Seconds between two of the lines."""


@contextmanager
def progress(done_word: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how much is done of how much; a terminal shows it, where it takes long."""
    waits = sys.stderr.isatty()
    shown, due = "", time.monotonic() + PATIENCE

    def advance(done: int, total: int) -> None:
        nonlocal shown, due
        if waits and time.monotonic() >= due:
            due = time.monotonic() + PAUSE
            shown = f"{done:,} of {total:,} {done_word}"
            sys.stderr.write(f"\r{shown}")
            sys.stderr.flush()

    try:
        yield advance
    finally:
        if shown:
            sys.stderr.write(f"\r{' ' * len(shown)}\r")
            sys.stderr.flush()
