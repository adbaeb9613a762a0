"""Work that is shared out: the same bytes from any number of processes, and nothing left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from running import ROOT, run

HEAD = "format: bpo-assess/process/v1\nid: {id}\nname: {id}\nreviewed: 2026-10-01\n"
FORMATS = ["text", "concise", "json", "github", "sarif", "junit", "gitlab", "markdown"]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def fill(folder: Path, number: int) -> Path:
    """Write many descriptions, some of them broken, some twice of one id, and other files between them."""
    example = (ROOT / "examples" / "data-entry.yaml").read_text(encoding="utf-8")
    for n in range(number):
        text = example.replace("id: data-entry\n", f"id: p-{n - n % 10 // 9}\n", 1)
        if n % 7 == 0:
            text = HEAD.format(id=f"p-{n}")
        if n % 11 == 0:
            text = text.replace("name:", "nmae:", 1)
        if n % 13 == 0:
            text = text.replace("format: bpo-assess", "format: other", 1)
        (folder / f"p{n:04}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_any_number_of_processes_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "processes"
    folder.mkdir()
    fill(folder, 70)
    reports = {}
    for workers in ("1", "2", "5"):
        also = [f"--also={name}=../{name}.{workers}" for name in FORMATS]
        options = ["--as-of", "2026-11-01", "--min-candidacy", "40", "--no-cache"]
        done = run("check", ".", *options, *also, "--workers", workers, cwd=folder)
        assert done.code == 2
        written = [(tmp_path / f"{name}.{workers}").read_bytes() for name in FORMATS]
        reports[workers] = (done.out, *written)
    assert reports["1"] == reports["2"] == reports["5"]
    assert all(reports["1"])


def test_what_is_remembered_gives_the_same_bytes_as_what_is_found(tmp_path: Path) -> None:
    fill(tmp_path, 70)
    options = ["--as-of", "2026-11-01", "--workers", "2", "-f", "json"]
    fresh, first, second = (
        run("check", ".", *options, *more, cwd=tmp_path) for more in (["--no-cache"], [], [])
    )
    assert fresh == first == second


def _begin(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a long check, and wait until its processes are at work."""
    fill(folder, 900)
    command = [sys.executable, "-m", "bpo_assess", "check", ".", "--workers", "2", "--no-cache"]
    begun = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    for _ in range(1000):
        if len(_children(begun.pid)) >= 2:
            return begun
        assert begun.poll() is None, "it ended before its processes were seen"
        time.sleep(0.01)
    raise AssertionError("no process was started")


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(child) for child in found.split()]
    return []


def _gone(pids: list[int]) -> bool:
    for _ in range(1000):
        if not any(_lives(pid) for pid in pids):
            return True
        time.sleep(0.01)
    return False


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "whole_group"),
    [
        (signal.SIGINT, True),
        (signal.SIGINT, False),
        (signal.SIGTERM, False),
        (signal.SIGKILL, False),
    ],
)
def test_whatever_ends_it_no_process_is_left(
    tmp_path: Path, number: signal.Signals, *, whole_group: bool
) -> None:
    begun = _begin(tmp_path)
    children = _children(begun.pid)
    if whole_group:
        os.killpg(begun.pid, number)
    else:
        begun.send_signal(number)
    _, err = begun.communicate(timeout=60)
    assert _gone(children)
    if number is signal.SIGINT:
        assert (begun.returncode, err) == (130, b"stopped\n")
    else:
        assert begun.returncode == -number


@LINUX
@pytest.mark.slow
def test_however_often_it_is_interrupted_it_ends_at_once_and_says_one_thing(tmp_path: Path) -> None:
    begun = _begin(tmp_path)
    children = _children(begun.pid)
    for _ in range(3):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(begun.pid, signal.SIGINT)
        time.sleep(0.02)
    _, err = begun.communicate(timeout=60)
    assert _gone(children)
    assert (begun.returncode, err) == (130, b"stopped\n")
