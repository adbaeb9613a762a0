"""What a command costs as a whole: processor time, time on the clock, memory."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What one run of a command took."""

    cpu: float
    """User and system time in seconds, that of its own children included."""
    clock: float
    """Seconds on the clock."""
    memory: int
    """The most that any one of its processes held at a time, in kilobytes."""


def run(
    command: Sequence[str], cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Cost:
    """Run a command to its end, its output thrown away, and say what it took."""
    begun = time.monotonic()
    child = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss)
