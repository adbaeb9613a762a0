"""The program as a user starts it: a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Outcome:
    """What a run left behind."""

    code: int
    out: str
    err: str


def run(
    *arguments: str | Path,
    cwd: Path = ROOT,
    given: str | bytes = b"",
    env: Mapping[str, str] | None = None,
) -> Outcome:
    """Run `bpo-assess` and wait for it."""
    done = subprocess.run(
        [sys.executable, "-m", "bpo_assess", *map(str, arguments)],
        cwd=cwd,
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "COLUMNS": "80", **(env or {})},
    )
    return Outcome(
        done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")
    )
