"""The action for GitHub: its scripts are run as a runner runs them, with inputs that mean no good."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from running import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}
BASH = shutil.which("bash") or ""

pytestmark = pytest.mark.skipif(not BASH, reason="no bash")

STUB = """#!/bin/sh
for argument in "$@"; do printf '%s\\0' "$argument"; done > "$STUB_GOT"
exit "${STUB_CODE:-0}"
"""
"""A program that writes down what it was given, and ends as it is told."""


@dataclass(frozen=True)
class Ran:
    """What a step left behind."""

    code: int
    out: str
    outputs: dict[str, str]
    arguments: list[str] | None


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A place like that of a runner: a workspace, a temporary folder, and a program in it."""
    for folder in ("workspace", "temp"):
        (tmp_path / folder).mkdir()
    write_program(tmp_path / "a program", STUB)
    return tmp_path


def write_program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def play(runner: Path, name: str, **given: str) -> Ran:
    """Run a step's script with its environment, inputs filled in, as `shell: bash` does."""
    script, output, got = (runner / file for file in ("script.sh", "output", "got"))
    script.write_text(STEPS[name]["run"], encoding="utf-8")
    output.write_text("", encoding="utf-8")
    got.unlink(missing_ok=True)
    done = subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=runner / "workspace",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", ""),
            **{key: value for key, value in os.environ.items() if key.startswith("PIP_")},
            "RUNNER_TEMP": str(runner / "temp"),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(runner / "summary.md"),
            "STUB_GOT": str(got),
            **given,
        },
    )
    lines = output.read_text(encoding="utf-8").splitlines()
    return Ran(
        done.returncode,
        done.stdout + done.stderr,
        dict(line.split("=", 1) for line in lines),
        got.read_text(encoding="utf-8").split("\0")[:-1] if got.exists() else None,
    )


def inputs(**given: str) -> dict[str, str]:
    """Fill the environment of the step that checks from inputs, and from their defaults."""
    known = {name.upper().replace("-", "_") for name in ACTION["inputs"]}
    assert set(given) <= known
    filled = {}
    for variable, source in STEPS["Check"]["env"].items():
        named = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", source)
        if named:
            filled[variable] = given.get(variable, ACTION["inputs"][named[1]]["default"])
    return filled


def checked(runner: Path, **given: str) -> Ran:
    return play(runner, "Check", PROGRAM=str(runner / "a program"), **inputs(**given))


ALWAYS = ["check", "--format=github", "--sarif-accepted=omit"]


def test_what_is_not_given_is_not_passed_on(runner: Path) -> None:
    assert checked(runner).arguments == [*ALWAYS, "--summary", "--", "."]
    assert checked(runner, PATHS="", SUMMARY="false").arguments == [*ALWAYS, "--", "."]


def test_every_input_reaches_the_program_as_its_option(runner: Path) -> None:
    given = {
        "CONFIG": "gate.toml",
        "FAIL_ON": "warning",
        "REQUIRE": "outsource",
        "MIN_CANDIDACY": "60",
        "MIN_SUITABILITY": "55",
        "MIN_READINESS": "50",
        "MAX_RISK": "high",
        "MIN_COVERAGE": "90%",
        "MIN_EVIDENCE": "0.5",
        "ACCEPTANCES": "acceptances.yaml",
        "BASELINE": "known.json",
        "AS_OF": "2026-11-01",
    }
    done = checked(
        runner, PATHS="a\nb", FIRM="true", SARIF_FILE="a.sarif", JUNIT_FILE="b.xml", **given
    )
    options = [f"--{name.lower().replace('_', '-')}={value}" for name, value in given.items()]
    reports = ["--also=sarif=a.sarif", "--also=junit=b.xml"]
    assert done.arguments == [*ALWAYS, *options, *reports, "--firm", "--summary", "--", "a", "b"]
    assert {*given, "PATHS", "FIRM", "SARIF_FILE", "JUNIT_FILE", "SUMMARY"} == set(inputs())


def test_every_input_is_used_and_every_option_exists(runner: Path) -> None:
    assert len(inputs()) == len(ACTION["inputs"])
    done = checked(runner, FIRM="true", **dict.fromkeys(set(inputs()) - {"FIRM", "SUMMARY"}, "x"))
    helped = subprocess.run(
        [sys.executable, "-m", "bpo_assess", "check", "--help"],
        capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"},
    ).stdout  # fmt: skip
    options = [text.split("=")[0] for text in done.arguments or [] if text.startswith("--")]
    assert [option for option in options if option not in helped] == []


HOSTILE = [
    "a b",
    '"; touch broken; "',
    "'; touch broken; '",
    "$(touch broken)",
    "`touch broken`",
    "${{ github.token }}",
    "*",
    "~",
    "--exit-zero",
    "-",
    "\\",
    "a & touch broken | cat > broken",
    "::stop-commands::x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_input_is_one_text_and_never_a_command_or_an_option(text: str, runner: Path) -> None:
    done = checked(runner, PATHS=text, CONFIG=text, REQUIRE=text, SARIF_FILE=text)
    assert done.arguments == [
        *ALWAYS,
        f"--config={text}",
        f"--require={text}",
        f"--also=sarif={text}",
        "--summary",
        "--",
        text,
    ]
    assert (done.code, done.out) == (0, "")
    assert list((runner / "workspace").iterdir()) == []


def test_paths_stand_one_on_a_line_however_the_lines_end(runner: Path) -> None:
    paths = "processes\r\n  our handbook/repairs line.md\n\n\t--help  \n*.yaml\nlast"
    done = checked(runner, PATHS=paths)
    expected = ["processes", "our handbook/repairs line.md", "--help", "*.yaml", "last"]
    assert done.arguments == [*ALWAYS, "--summary", "--", *expected]


def test_a_line_break_in_another_input_stays_within_its_option(runner: Path) -> None:
    done = checked(runner, REQUIRE="outsource\n--exit-zero")
    assert done.arguments == [
        *ALWAYS, "--require=outsource\n--exit-zero", "--summary", "--", ".",
    ]  # fmt: skip


@pytest.mark.parametrize("code", [0, 1, 2, 3, 130])
def test_the_exit_code_of_the_program_is_that_of_the_step_and_an_output(
    code: int, runner: Path
) -> None:
    program = {"PROGRAM": str(runner / "a program"), "STUB_CODE": str(code)}
    done = play(runner, "Check", **program, **inputs())
    assert (done.code, done.outputs) == (code, {"exit-code": str(code)})


@pytest.mark.parametrize("name", ["FIRM", "SUMMARY"])
def test_a_switch_that_is_neither_true_nor_false_is_refused(name: str, runner: Path) -> None:
    done = checked(runner, **{name: "yes\n::warning::x"})
    assert (done.code, done.outputs, done.arguments) == (2, {"exit-code": "2"}, None)
    assert done.out == f"::error::the input for --{name.lower()} is neither true nor false\n"


def test_a_program_that_is_missing_is_no_pass(runner: Path) -> None:
    done = play(runner, "Check", PROGRAM=str(runner / "nowhere"), **inputs())
    assert (done.code, done.outputs) == (127, {"exit-code": "127"})


# Installing it

PYTHON = """#!/bin/sh
case "$*" in
  "-I -m venv "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
  *) for argument in "$@"; do printf '%s\\0' "$argument"; done > "$STUB_GOT" ;;
esac
"""
"""A Python that makes an environment with itself in it, and writes down what else it was given."""


def test_it_is_installed_from_the_folder_of_the_action_into_a_place_of_its_own(
    runner: Path,
) -> None:
    write_program(runner / "a python", PYTHON)
    given = {"PYTHON_PATH": str(runner / "a python"), "ACTION_PATH": "/the action's; $(folder)"}
    first = play(runner, "Install", **given)
    second = play(runner, "Install", **given)
    for done in (first, second):
        assert done.code == 0, done.out
        assert done.arguments is not None
        assert (done.arguments[:4], done.arguments[-2:]) == (
            ["-I", "-m", "pip", "install"],
            ["--", given["ACTION_PATH"]],
        )
        program = Path(done.outputs["program"])
        assert program.is_relative_to(runner / "temp")
        assert (program.parent / "python").is_file()
    assert first.outputs != second.outputs
    assert list((runner / "workspace").iterdir()) == []


@pytest.mark.slow
def test_it_installs_and_checks_the_example_for_real(runner: Path) -> None:
    workspace = runner / "workspace"
    shutil.copytree(ROOT / "examples" / "repository", workspace, dirs_exist_ok=True)
    (workspace / ".git").mkdir()
    for name in ("pip", "venv", "yaml", "typer"):
        # A pull request may bring modules; none of them is imported.
        (workspace / f"{name}.py").write_text("open('broken', 'w').close()\n", encoding="utf-8")
    given = {"PYTHON_PATH": sys.executable, "ACTION_PATH": str(ROOT)}
    installed = play(runner, "Install", **given)
    assert installed.code == 0, installed.out
    program = {"PROGRAM": installed.outputs["program"]}
    done = play(runner, "Check", **program, **inputs(SARIF_FILE="a.sarif", JUNIT_FILE="b.xml"))
    assert (done.code, done.outputs) == (0, {"exit-code": "0"}), done.out
    assert (workspace / "a.sarif").is_file()
    assert (workspace / "b.xml").is_file()
    assert "the gate is open" in (runner / "summary.md").read_text(encoding="utf-8")
    closed = play(runner, "Check", **program, **inputs(AS_OF="2027-05-01"))
    assert (closed.code, closed.outputs) == (1, {"exit-code": "1"})
    assert "::error title=bpo-assess (BPO501),file=processes/repairs-line.md,line=97" in closed.out
    missing = play(runner, "Check", **program, **inputs(PATHS="a b\n$(touch broken)"))
    assert (missing.code, missing.outputs) == (2, {"exit-code": "2"})
    assert not (workspace / "broken").exists()


# What holds of the whole


def test_no_script_holds_an_expression_that_a_runner_would_fill_in() -> None:
    for name, step in STEPS.items():
        assert "${{" not in step["run"], name
        assert step["shell"] == "bash", name
        assert step["run"].startswith("set -euo pipefail\n"), name


def test_no_variable_of_a_step_is_one_that_the_program_would_read() -> None:
    variables = [name for step in STEPS.values() for name in step["env"]]
    assert [name for name in variables if name.startswith("BPO_ASSESS_")] == []


def test_the_output_is_what_the_step_writes() -> None:
    output = ACTION["outputs"]["exit-code"]["value"]
    assert output == "${{ steps.check.outputs.exit-code }}"
    assert STEPS["Check"]["id"] == "check"
    assert STEPS["Check"]["env"]["PROGRAM"] == "${{ steps.install.outputs.program }}"
    assert STEPS["Install"]["id"] == "install"
