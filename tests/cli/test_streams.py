"""What the program is started with, and what ends it: streams that are closed or full, and signals."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the streams and signals of POSIX")
PROGRAM = [sys.executable, "-m", "bpo_assess"]

CALLS = [
    (["check", "claims.yaml"], 0),
    (["check", "claims.yaml", "--min-coverage", "90%"], 1),
    (["check", "claims.yaml", "--min-coverage", "90%", "-o", "report.json"], 1),
    (["check", "claims.yaml", "--baseline", "b.json", "--write-baseline"], 0),
    (["check", "empty"], 2),
    (["check", "missing.yaml"], 2),
    (["check", "claims.yaml", "--config", "missing.toml"], 2),
    (["check", "claims.yaml", "--fail-on", "everything"], 2),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with one description, in which little is answered."""
    (tmp_path / "empty").mkdir()
    text = "format: bpo-assess/process/v1\nid: claims\nname: Claims\n"
    (tmp_path / "claims.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@POSIX
@pytest.mark.parametrize(("arguments", "code"), CALLS)
@pytest.mark.parametrize(
    "streams", [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"]
)
def test_a_stream_that_is_closed_or_full_changes_no_exit_code(
    folder: Path, arguments: Sequence[str], code: int, streams: str
) -> None:
    if "/dev/full" in streams and not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("needs /dev/full")
    shell = f'"$@" {streams}'
    command = ["/bin/sh", "-c", shell, "sh", *PROGRAM, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"fault" not in done.stderr


@POSIX
@pytest.mark.parametrize(("arguments", "code"), CALLS)
def test_where_nobody_reads_the_hints_the_gate_stays_as_it_is(
    folder: Path, arguments: Sequence[str], code: int
) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        command = [*PROGRAM, *arguments]
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=gone, check=False, timeout=60
        )
    assert done.returncode == code


@POSIX
def test_a_closed_standard_input_is_an_empty_file(folder: Path) -> None:
    command = ["/bin/sh", "-c", '"$@" <&-', "sh", *PROGRAM, "check", "-"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    assert done.returncode == 2
    assert b"the file is empty" in done.stdout


SIGNALLED_WHILE_WRITING = """
import os, signal, sys
from bpo_assess.cli import boundary
from bpo_assess.reports.writing import write_file

number = getattr(signal, sys.argv[1])

def pieces():
    yield "half"
    try:
        os.kill(os.getpid(), number)
        yield "whole"
    finally:
        os.kill(os.getpid(), number)

boundary._run = lambda _: write_file("report.json", pieces())
sys.exit(boundary.run([]))
"""


@POSIX
@pytest.mark.parametrize(
    ("name", "code", "said"),
    [("SIGINT", 130, b"stopped\n"), ("SIGTERM", -15, b""), ("SIGHUP", -1, b"")],
)
def test_no_signal_leaves_half_a_report_however_often_it_comes(
    tmp_path: Path, name: str, code: int, said: bytes
) -> None:
    (tmp_path / "report.json").write_text("before", encoding="utf-8")
    command = [sys.executable, "-c", SIGNALLED_WHILE_WRITING, name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (code, said)
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == "before"


@POSIX
def test_what_the_caller_ignores_stays_ignored(folder: Path) -> None:
    script = "import os, signal\n" + SIGNALLED_WHILE_WRITING.replace(
        "sys.exit", "signal.signal(number, signal.SIG_IGN)\nsys.exit"
    )
    command = [sys.executable, "-c", script, "SIGHUP"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert (folder / "report.json").read_text(encoding="utf-8") == "halfwhole"
