"""The guide to `check`: what it shows is what is printed, and what it lists is what there is."""

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
import yaml

from bpo_assess.model.acceptance import AcceptanceFile
from bpo_assess.model.configuration import KEYS
from bpo_assess.reports.findings import FORMATS
from running import ROOT, Outcome, run

GUIDE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "examples" / "repository"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
ANY_LINES = "..."
LAST_CODE = "echo $?"
OWN = "my-process.yaml"
"""What the reader writes in the first five minutes, in a folder without anything else."""


def blocks(language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(GUIDE) if found == language]


def session(block: str) -> list[tuple[str, list[str]]]:
    """Take apart a block: each command with the lines that are shown below it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        else:
            found[-1][1].append(line)
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A copy of the example repository, and an empty folder beside it."""
    shutil.copytree(EXAMPLE, tmp_path / "example")
    for name in ("example", "empty"):
        (tmp_path / name / ".git").mkdir(parents=True)
    return tmp_path


def assert_shown(printed: str, shown: list[str]) -> None:
    """Hold what is printed against what is shown, where three dots stand for any lines."""
    rest = printed.split("\n")
    anywhere = False
    for line in shown:
        if line == ANY_LINES:
            anywhere = True
            continue
        assert line in rest
        place = rest.index(line) if anywhere else 0
        assert rest[place] == line
        rest, anywhere = rest[place + 1 :], False
    assert anywhere or rest == [""]


@pytest.mark.parametrize("block", blocks("console"), ids=lambda block: block.split("\n")[0])
def test_what_the_guide_shows_is_what_is_printed(block: str, desk: Path) -> None:
    folder = desk / ("empty" if OWN in block else "example")
    last: Outcome | None = None
    for command, shown in session(block):
        if command == LAST_CODE:
            assert last is not None
            assert shown == [str(last.code)]
            continue
        last = run(*shlex.split(command)[1:], cwd=folder)
        assert_shown(last.out + last.err, shown)


def test_every_format_is_shown_with_what_it_prints() -> None:
    commands = [command for block in blocks("console") for command, _ in session(block)]
    used = {found[1] for command in commands if (found := re.search(r"-f (\w+)", command))}
    assert used | {"text"} == set(FORMATS)
    assert [name for name in FORMATS if f"**`{name}`**" not in GUIDE] == []


def rows(heading: str) -> list[list[str]]:
    """Take the rows of the first table below a heading."""
    part = GUIDE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_the_table_of_keys_has_every_key_in_its_order() -> None:
    assert [row[0].strip("`") for row in rows("Configuration")] == list(KEYS)


def test_what_the_table_of_keys_gives_as_values_is_taken(desk: Path) -> None:
    folder = desk / "example"
    (desk / "shared.toml").write_text("", encoding="utf-8")
    (folder / ".git").rmdir()  # so that the repository is the desk, and the shared file within it
    (desk / ".git").mkdir()
    for key, values, _ in rows("Configuration"):
        for value in re.findall(r"`((?:\[[^]]*\]|[^`])+)`", values):
            (folder / "bpo-assess.toml").write_text(f"{key.strip('`')} = {value}\n", "utf-8")
            done = run("config", "show", cwd=folder)
            assert done.code == 0, done.err


def test_every_demand_of_the_guide_is_an_option_and_a_key(desk: Path) -> None:
    demands = rows("What you can demand")
    for option, key, _ in demands:
        assert option.strip("`").split()[0] == f"--{key.strip('`')}"
        done = run("check", ".", *option.strip("`").split(), cwd=desk / "example")
        assert done.code in {0, 1}, done.err
    about = {name for name in KEYS if name.startswith(("min-", "max-risk"))}
    assert {key.strip("`") for _, key, _ in demands} == about | {"require", "firm", "fail-on"}


def test_the_inputs_that_the_guide_names_are_those_of_the_action() -> None:
    inputs = set(yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"])
    part = GUIDE.split("The action takes", 1)[1].split("Its output", 1)[0]
    named = set(re.findall(r"`([a-z-]+)`", part))
    demands = {key.strip("`") for _, key, _ in rows("What you can demand")}
    assert named | demands == inputs


@pytest.mark.parametrize(
    "name", [".pre-commit-config.yaml", ".github/workflows/assess.yml", ".gitlab-ci.yml"]
)
def test_what_the_guide_gives_to_copy_is_what_the_example_has(name: str) -> None:
    lines = (EXAMPLE / name).read_text(encoding="utf-8").split("\n")
    first = next(place for place, line in enumerate(lines) if not line.startswith("#"))
    assert "\n".join(lines[first:]) in blocks("yaml")


def test_the_configuration_and_the_acceptances_of_the_guide_can_be_used(desk: Path) -> None:
    configured = blocks("toml")
    assert len(configured) == 1
    (desk / "empty/bpo-assess.toml").write_text(configured[0], encoding="utf-8")
    assert set(tomllib.loads(configured[0])) <= set(KEYS)
    assert run("config", "show", cwd=desk / "empty").code == 0
    file = next(block for block in blocks("yaml") if block.startswith("format:"))
    assert len(AcceptanceFile.model_validate(yaml.safe_load(file)).acceptances) == 1


def test_the_rules_that_the_guide_names_by_their_groups_are_all_there_are() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    codes = [int(code) for code in re.findall(r"^### BPO(\d+)", page, re.MULTILINE)]
    groups = [cells[0] for cells in rows("What is checked")]
    assert groups == ["BPO1xx", "BPO2xx", "BPO3xx", "BPO401-410", "BPO411-429", "BPO5xx"]
    assert {code // 100 for code in codes} == {1, 2, 3, 4, 5}
    assert [code for code in codes if code // 100 == 4] == list(range(401, 430))


def test_the_owner_is_explained_once_and_the_page_has_no_path_of_a_machine() -> None:
    assert GUIDE.count("`OWNER/bpo-assess` stands for") == 1
    assert not re.search(r"(?<![\w.~])/(?:home|work|tmp|root)/", GUIDE)
