"""The hooks: pre-commit itself installs them from a clone, and runs them on a repository of a team."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from running import ROOT

MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

PARTS = (
    "src",
    "questionnaires",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
)
"""What the package is built from, and what pre-commit reads."""

GOOD = "format: bpo-assess/process/v1\nid: {id}\nname: A process\n"
BROKEN = "format: bpo-assess/process/v1\nid: [\n"
PROCESSES = (
    "processes/plain.yaml",
    "processes/our own/pay roll (north).yml",
    "sites/south/processes/é.yaml",
)


@dataclass(frozen=True)
class Ran:
    """How a run ended: its exit code, what it printed, and the exit codes of the hooks that failed."""

    code: int
    out: str

    @property
    def of_hooks(self) -> list[str]:
        return re.findall(r"^- exit code: (\d+)$", self.out, re.MULTILINE)


class Team:
    """A repository of a team that has the hooks."""

    def __init__(self, folder: Path, hub: Path) -> None:
        self.folder = folder
        identity = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "A Team"), ("EMAIL", "team@example.org"))
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self._env = {
            **kept,
            **identity,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(hub / "home of pre-commit"),
            "PRE_COMMIT_COLOR": "never",
        }

    def do(self, *command: str | Path, within: str = ".") -> Ran:
        done = subprocess.run(
            list(map(str, command)),
            cwd=self.folder / within,
            env=self._env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=600,
        )
        return Ran(done.returncode, done.stdout)

    def git(self, *arguments: str) -> Ran:
        return self.do("git", *arguments)

    def begin(self) -> None:
        """Make a repository of what lies in the folder."""
        for arguments in (("init", "--quiet", "-b", "main"), ("add", "-A"), ("commit", "-qm", "x")):
            done = self.git(*arguments)
            assert done.code == 0, done.out

    def hooks(self, *arguments: str, within: str = ".") -> Ran:
        command = (sys.executable, "-m", "pre_commit", *arguments)
        return self.do(*command, within=within)

    def run(self, *hooks: str, within: str = ".") -> Ran:
        """Run hooks on all files, whatever has been committed."""
        self.git("add", "-A")
        return self.hooks("run", "--all-files", "--verbose", *hooks, within=within)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a clone of the program, as people have it from its address, and pre-commit's home."""
    folder = tmp_path_factory.mktemp("hub")
    clone = folder / "bpo-assess"
    clone.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, clone / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, clone / part)
    Team(clone, folder).begin()
    return folder


@pytest.fixture
def team(hub: Path, tmp_path: Path) -> Team:
    """A repository with three sound descriptions, and with files that are none of the hooks' business."""
    team = Team(tmp_path / "the team", hub)
    revision = Team(hub / "bpo-assess", hub).git("rev-parse", "HEAD").out.strip()
    hooks = [{"id": hook["id"]} for hook in MANIFEST]
    repository = {"repo": str(hub / "bpo-assess"), "rev": revision, "hooks": hooks}
    team.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [repository]}))
    for number, name in enumerate(PROCESSES):
        team.write(name, GOOD.format(id=f"process-{number}"))
    team.write("notes.yaml", BROKEN)
    team.write("processes/notes.md", f"---\n{BROKEN}---\n")
    team.begin()
    return team


@pytest.mark.slow
@pytest.mark.parametrize("within", [".", "processes/our own"])
def test_sound_descriptions_pass_from_every_folder(within: str, team: Team) -> None:
    done = team.run("bpo-assess-check", within=within)
    assert done.code == 0, done.out
    assert "3 descriptions checked" in done.out
    assert "The gate is open." in done.out


@pytest.mark.slow
@pytest.mark.parametrize("within", [".", "sites/south/processes"])
def test_a_demand_that_is_not_met_fails_the_hook_with_1(within: str, team: Team) -> None:
    team.write("bpo-assess.toml", 'require = "outsource"\n')
    done = team.run("bpo-assess-check", within=within)
    assert (done.code, done.of_hooks) == (1, ["1"])
    assert [name for name in PROCESSES if f"--> {name}:" not in done.out] == []


@pytest.mark.slow
def test_a_description_that_cannot_be_read_fails_the_hook_with_2(team: Team) -> None:
    team.write(PROCESSES[1], BROKEN)
    done = team.run("bpo-assess-check")
    assert (done.code, done.of_hooks) == (1, ["2"])
    assert f"--> {PROCESSES[1]}:" in done.out


@pytest.mark.slow
def test_an_id_that_is_given_twice_is_found_across_files(team: Team) -> None:
    team.write(PROCESSES[1], GOOD.format(id="process-0"))
    done = team.run("bpo-assess-check")
    assert (done.code, done.of_hooks) == (1, ["1"])
    assert "error[BPO429]" in done.out


@pytest.mark.slow
def test_a_commit_is_refused_until_what_it_brings_is_sound(team: Team) -> None:
    assert team.hooks("install").code == 0
    team.write(PROCESSES[1], BROKEN)
    team.git("add", "-A")
    refused = team.git("commit", "-m", "A description")
    assert (refused.code, refused.of_hooks) == (1, ["2"])
    assert "1 file could not be used" in refused.out  # only what the commit brings
    team.write(PROCESSES[1], GOOD.format(id="process-1") + "owner: Somebody\n")
    team.git("add", "-A")
    assert team.git("commit", "-m", "A description").code == 0


@pytest.mark.slow
def test_questionnaires_are_checked_together_and_each_is_named(team: Team) -> None:
    assert "no files to check" in team.run("bpo-assess-questionnaire").out
    text = (ROOT / "questionnaires/screening.yaml").read_text(encoding="utf-8")
    for name in ("one", "the other"):
        team.write(f"questionnaires/{name}.yaml", text)
    both = team.run("bpo-assess-questionnaire")
    assert both.code == 0, both.out
    assert both.out.count(": valid, ") == 2
    team.write("questionnaires/the other.yaml", "format: bpo-assess/questionnaire/v1\n")
    one = team.run("bpo-assess-questionnaire")
    assert (one.code, one.of_hooks) == (1, ["2"])
    assert one.out.count(": valid, ") == 1


@pytest.mark.slow
def test_the_example_repository_passes_with_the_hooks_that_it_has(
    hub: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "examples" / "repository", tmp_path / "example")
    team = Team(tmp_path / "example", hub)
    revision = Team(hub / "bpo-assess", hub).git("rev-parse", "HEAD").out.strip()
    config = yaml.safe_load((team.folder / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    config["repos"][0] |= {"repo": str(hub / "bpo-assess"), "rev": revision}
    team.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    team.begin()
    done = team.run()
    assert done.code == 0, done.out
    assert "3 descriptions checked" in done.out
    (team.folder / "processes/repairs-line/calls.csv").unlink()
    broken = team.run()
    assert (broken.code, broken.of_hooks) == (1, ["1"])
    assert "error[BPO421]" in broken.out


# The manifest


def test_each_hook_runs_once_on_all_its_files_and_in_no_shell() -> None:
    for hook in MANIFEST:
        assert hook["language"] == "python"
        assert hook["require_serial"] is True  # ids that are given twice are found across files
        assert hook["entry"].split()[0] == "bpo-assess"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("processes/a.yaml", True),
        ("sites/north/processes/deep/a b.yml", True),
        ("subprocesses/a.yaml", False),
        ("processes/a.yaml.txt", False),
        ("processes.yaml", False),
        ("--acceptances=x/processes/a.yaml", False),
        ("x/--exit-zero/processes/a.yaml", True),
    ],
)
def test_the_hook_takes_what_lies_in_a_folder_of_processes(name: str, expected: bool) -> None:
    pattern = next(hook["files"] for hook in MANIFEST if hook["id"] == "bpo-assess-check")
    assert bool(re.search(pattern, name)) is expected


def test_the_example_takes_descriptions_and_leaves_their_evidence() -> None:
    file = ROOT / "examples/repository/.pre-commit-config.yaml"
    config = yaml.safe_load(file.read_text(encoding="utf-8"))
    hook = config["repos"][0]["hooks"][0]
    assert hook["id"] in {entry["id"] for entry in MANIFEST}
    names = [
        path.relative_to(file.parent).as_posix()
        for path in file.parent.rglob("*")
        if path.is_file()
    ]
    taken = {name for name in names if re.search(hook["files"], name)}
    assert taken == {
        "processes/rent-statements.yaml",
        "processes/repairs-line.md",
        "processes/supplier-invoices.yaml",
    }
