"""The work of a check shared out between processes; the order of what comes back is that of what went in."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from ctypes import c_bool
from dataclasses import dataclass, replace
from hashlib import sha256
from multiprocessing.connection import wait

from bpo_assess.checking.cache import Seen, look
from bpo_assess.checking.one_file import Checked, Checker, Where, unusable, where
from bpo_assess.diagnostics import InputError
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.files import read_bytes
from bpo_assess.loading.walk import is_ours

WORTH_SHARING = 48
"""How many files it takes until a second process pays for its start."""

PORTION = 16
"""How many files a process takes at a time."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to check, and by what."""

    path: str
    """Where it is, or what standard input stands for."""
    settings: Settings
    named: bool
    """Whether the user named it; another that turns out to be no description is passed over."""
    source: str
    """What is opened: the path, or - for standard input."""

    @property
    def place(self) -> Where:
        """How the file is called."""
        return where(self.path)


@dataclass(frozen=True, slots=True)
class Done:
    """What was found in a file, the SHA-256 of what was read, and how the file was seen before."""

    checked: Checked
    sha256: bytes = b""
    seen: Seen | None = None


def check_file(task: Task, checker: Checker) -> Done | None:
    """Read and check a file; None where it is no description and nobody said that it is one."""
    place = task.place
    seen = look(place.real)
    try:
        raw = read_bytes(task.source)
    except InputError as error:
        own = (replace(problem, file=place.path) for problem in error.diagnostics)
        return Done(Checked(unusable(place, own)))
    if not task.named and not is_ours(raw, place.path):
        return None
    return Done(checker.check(raw, place), sha256(raw).digest(), seen)


def processors() -> int:
    """Count the processors that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def shared(
    tasks: Sequence[Task], checkers: Mapping[Settings, Checker], workers: int
) -> Iterator[Iterator[Done | None]]:
    """Give what comes of every task, in their order; nothing goes on once the block is left."""
    most = min(workers or processors(), -(-len(tasks) // PORTION))
    if most < 2 or (not workers and len(tasks) < WORTH_SHARING):  # noqa: PLR2004  one works alone
        yield (check_file(task, checkers[task.settings]) for task in tasks)
        return
    _CHECKERS.update(checkers)
    stopped = _context().RawValue(c_bool)
    pool = ProcessPoolExecutor(most, _context(), _begin, (tuple(checkers.items()), stopped))
    try:
        with _uninterrupted():
            portions = range(0, len(tasks), PORTION)
            begun = deque(pool.submit(_check, tasks[at : at + PORTION]) for at in portions)
        yield _in_order(begun)
    except BaseException:
        # Killed in the middle of an answer, a process would leave the pool waiting for the rest of it.
        stopped.value = True
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        _CHECKERS.clear()


def _in_order(begun: deque[Future[list[Done | None]]]) -> Iterator[Done | None]:
    """Yield results as they come; unlike `map`, cancel nothing, which the pool bears badly once it breaks."""
    while begun:
        yield from begun.popleft().result()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold signals back while processes are started, which inherit it: they end with this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ending = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# In a worker

_CHECKERS: dict[Settings, Checker] = {}
_STOPPED: list[c_bool] = []
"""Whether nobody waits for the results any more."""


def _context() -> multiprocessing.context.BaseContext:
    """Share by forking where that is safe, so that nothing has to be imported and read again."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)


def _begin(checkers: Iterable[tuple[Settings, Checker]], stopped: c_bool) -> None:
    """Leave Ctrl-C to the process that started this one, and end when that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _STOPPED[:] = [stopped]
    _CHECKERS.update(checkers)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _check(tasks: Sequence[Task]) -> list[Done | None]:
    return [
        check_file(task, _CHECKERS[task.settings])
        for task in tasks
        if not any(stopped.value for stopped in _STOPPED)
    ]
