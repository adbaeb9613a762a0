"""Print how much CPU time the program takes, as ratios to something measured in the same run.

Every figure is user plus system time, the median of pairs taken in turns, so that a busy machine
slows both sides alike. A ratio is printed with what it divides; no test depends on any of them.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import bulk
import sampling
import yaml
from children import run

from bpo_assess.documents import parse

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PROGRAM = str(BIN / "bpo-assess")
EXAMPLE = str(ROOT / "examples" / "payroll.yaml")
NOTHING = [sys.executable, "-c", "pass"]


def main() -> None:
    """Measure and print every ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=15, help="pairs of runs per ratio")
    options.add_argument("--files", type=int, default=1000, help="files of the bulk check")
    options.add_argument(
        "--most", type=int, default=10_000, help="files of the check that is done again"
    )
    chosen = options.parse_args()
    print(f"{'what':<58} {'ratio':>7}  of")
    for name, command in _cold_starts():
        ratio = _paired(
            lambda command=command: _child(command), lambda: _child(NOTHING), chosen.pairs
        )  # type: ignore[misc]
        _line(name, ratio, "python -c pass")
    _line("reading one file, with positions", _reading(chosen.pairs), "PyYAML CSafeLoader")
    for row in bulk.rows(chosen.files, chosen.most):
        _line(*row)
    for row in sampling.rows():
        _line(*row)


def _cold_starts() -> Iterator[tuple[str, list[str]]]:
    yield "score FILE to a pipe", [PROGRAM, "score", EXAMPLE]
    yield "score FILE -f json to a pipe", [PROGRAM, "score", EXAMPLE, "-f", "json"]
    yield "check FILE", [PROGRAM, "check", EXAMPLE]
    yield "plan FILE", [PROGRAM, "plan", EXAMPLE]
    yield "--version", [PROGRAM, "--version"]
    yield "--help", [PROGRAM, "--help"]


def _line(name: str, ratio: float, of: str) -> None:
    print(f"{name:<58} {ratio:>7.2f}  {of}", flush=True)


def _paired(measured: Callable[[], float], base: Callable[[], float], pairs: int) -> float:
    """Take both sides in turns and divide their medians."""
    taken = [(measured(), base()) for _ in range(pairs)]
    return statistics.median(a for a, _ in taken) / statistics.median(b for _, b in taken)


def _child(command: list[str]) -> float:
    """Run a command and return its CPU seconds."""
    return run(command).cpu


def _reading(pairs: int) -> float:
    raw = Path(EXAMPLE).read_bytes()
    return _paired(
        lambda: _own(lambda: parse(raw, EXAMPLE)),
        lambda: _own(lambda: yaml.load(raw, Loader=yaml.CSafeLoader)),
        pairs,
    )


def _own(work: Callable[[], object], times: int = 5) -> float:
    begin = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
