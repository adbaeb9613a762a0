"""The README: its commands are the program's, its outputs are the real ones, and it stays short."""

import re
import shlex
from pathlib import Path

import pytest

from running import ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = {
    "README.md": README,
    "examples/README.md": (ROOT / "examples/README.md").read_text(encoding="utf-8"),
}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
ANY_LINES = "..."


def blocks(text: str, language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(text) if found == language]


def described() -> str:
    """Take the process description of the README."""
    return blocks(README, "yaml")[0]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as the README presumes it: the examples, and a description with the misspelt id."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    misspelt = described().replace("protocol-documented", "protocol-documnted")
    (tmp_path / "my-process.yaml").write_text(misspelt, encoding="utf-8")
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "claims.md").write_text("# Claims\n", encoding="utf-8")
    return tmp_path


def sessions() -> list[tuple[str, list[str]]]:
    """List the commands that the README shows together with what they print."""
    found = []
    for block in blocks(README, "console"):
        command, *printed = block.rstrip("\n").split("\n")
        found.append((command.removeprefix("$ "), printed))
    return found


@pytest.mark.parametrize(("command", "printed"), sessions())
def test_what_the_readme_shows_is_what_is_printed(
    command: str, printed: list[str], desk: Path
) -> None:
    done = run(*shlex.split(command)[1:], cwd=desk)
    rest = (done.out + done.err).split("\n")
    anywhere = False
    for line in printed:
        if line == ANY_LINES:
            anywhere = True
            continue
        place = rest.index(line) if anywhere else 0
        assert rest[place] == line
        rest, anywhere = rest[place + 1 :], False


def test_the_readme_shows_both_a_report_and_a_mistake() -> None:
    assert len(sessions()) == 2


def test_the_description_in_the_readme_is_valid(tmp_path: Path) -> None:
    (tmp_path / "expense-claims.yaml").write_text(described(), encoding="utf-8")
    done = run("score", "expense-claims.yaml", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "(81.25" not in done.out


def commands_in(text: str) -> list[str]:
    """List every line of a block that calls the program, comments cut off."""
    lines = [
        line
        for language in ("sh", "console")
        for b in blocks(text, language)
        for line in b.split("\n")
    ]
    calls = [line.removeprefix("$ ") for line in lines]
    return [shlex.join(shlex.split(c, comments=True)) for c in calls if c.startswith("bpo-assess ")]


@pytest.mark.parametrize(
    "command", [command for text in GUIDES.values() for command in commands_in(text)]
)
def test_every_command_of_the_guides_runs(command: str, desk: Path) -> None:
    if " new " in command:
        (desk / "my-process.yaml").unlink()
    elif "my-process.yaml" in command:
        (desk / "my-process.yaml").write_text(described(), encoding="utf-8")
    done = run(*shlex.split(command)[1:], cwd=desk)
    assert done.code == 0, done.err


def test_every_command_and_option_of_the_readme_exists() -> None:
    rows = re.findall(r"^\| `(\w+)[^|]*` ?(?:,[^|]*)?\|(.*)\|$", README, re.MULTILINE)
    commands = {
        name: options for name, options in rows if name in {"score", "check", "explain", "new"}
    }
    assert set(commands) == {"score", "check", "explain", "new"}
    help_text = run("score", "--help", env={"COLUMNS": "200"}).out
    for option in re.findall(r"`(--?[a-z-]+)", commands["score"]):
        assert option in help_text


def test_the_worked_line_of_the_readme_is_right() -> None:
    assert "(2 x 100 + 75 + 50) / 4 = 81.25" in README
    assert (2 * 100 + 75 + 50) / 4 == 81.25


def test_the_readme_stays_under_two_hundred_lines() -> None:
    assert len(README.split("\n")) < 200


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    assert "make check" in README
    assert "make check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make check" in (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
