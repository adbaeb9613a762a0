"""`config show`: what counts for a folder, and where it was said."""

import json
import re
from pathlib import Path

import pytest

from bpo_assess.model.configuration import KEYS
from running import Outcome, run

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def team(tmp_path: Path) -> Path:
    root = tmp_path / "team"
    (root / ".git").mkdir(parents=True)
    (root / "processes").mkdir()
    (root / "processes" / "payroll.yaml").touch()
    (root / "bpo-assess.toml").write_text(
        'require = "outsource"\nmin-coverage = "80%"\nas-of = "today"\nignore = ["BPO413"]\n'
        'baseline = "base.json"\n',
        encoding="utf-8",
    )
    return root


def rows(done: Outcome) -> dict[str, list[str]]:
    """Read the rows of a table of which the columns are two blanks apart."""
    assert (done.code, done.err) == (0, "")
    return {cells[0]: cells[1:] for cells in (re.split(r" {2,}", x) for x in done.out.splitlines())}


def test_every_key_is_shown_with_its_value_and_its_origin(team: Path) -> None:
    found = rows(run("config", "show", cwd=team, env={"BPO_ASSESS_MAX_RISK": "low"}))
    assert list(found) == list(KEYS)
    assert found["require"] == ["outsource", "bpo-assess.toml:1"]
    assert found["min-coverage"] == ["0.8", "bpo-assess.toml:2"]
    assert found["as-of"] == ["today", "bpo-assess.toml:3"]
    assert found["max-risk"] == ["low", "BPO_ASSESS_MAX_RISK"]
    assert found["min-candidacy"] == ["-", "default"]


def test_the_columns_stand_below_each_other(team: Path) -> None:
    lines = run("config", "show", cwd=team).out.splitlines()
    origins = {line.index(re.split(r" {2,}", line)[2], len("requires-version")) for line in lines}
    assert len(origins) == 1


@pytest.mark.parametrize("path", ["processes", "processes/payroll.yaml", "./processes/"])
def test_a_folder_or_a_file_in_it_can_be_asked_about(team: Path, path: str) -> None:
    (team / "processes" / ".bpo-assess.toml").write_text("firm = true\n", encoding="utf-8")
    found = rows(run("config", "show", path, cwd=team))
    assert found["firm"] == ["true", "processes/.bpo-assess.toml:1"]
    assert found["require"] == ["-", "default"]


def test_paths_are_shown_as_they_are_seen_from_here_and_tell_nothing_of_the_machine(
    team: Path,
) -> None:
    done = run("config", "show", cwd=team / "processes")
    assert rows(done)["baseline"] == ["../base.json", "../bpo-assess.toml:5"]
    above = run("config", "show", str(team), "--config", str(team / "bpo-assess.toml"), cwd=team)
    assert rows(above)["baseline"] == ["base.json", "bpo-assess.toml:5"]
    assert str(team.parent) not in done.out + above.out


def test_programs_get_the_values_as_json(team: Path) -> None:
    found = json.loads(run("config", "show", "-f", "json", cwd=team).out)
    assert found["format"] == "bpo-assess/config/v1"
    values = {entry["key"]: (entry["value"], entry["origin"]) for entry in found["values"]}
    assert list(values) == list(KEYS)
    assert values["require"] == ("outsource", "bpo-assess.toml:1")
    assert values["min-coverage"] == (0.8, "bpo-assess.toml:2")
    assert values["as-of"] == ("today", "bpo-assess.toml:3")
    assert values["ignore"] == (["BPO413"], "bpo-assess.toml:4")
    assert values["exclude"] == ([], "default")
    assert values["firm"] == (False, "default")
    assert values["min-candidacy"] == (None, "default")


def test_another_configuration_or_none_can_be_chosen(team: Path) -> None:
    (team / "strict.toml").write_text("firm = true\n", encoding="utf-8")
    chosen = rows(run("config", "show", "--config", "strict.toml", cwd=team))
    assert chosen["firm"] == ["true", "strict.toml:1"]
    assert chosen["require"] == ["-", "default"]
    none = rows(run("config", "show", "--isolated", cwd=team, env={"BPO_ASSESS_FIRM": "true"}))
    assert none["firm"] == ["true", "BPO_ASSESS_FIRM"]
    assert none["require"] == ["-", "default"]
    both = run("config", "show", "--isolated", "--config", "strict.toml", cwd=team)
    assert both.code == 2


def test_a_broken_configuration_is_refused_with_its_place(team: Path) -> None:
    (team / "bpo-assess.toml").write_text("firm = true\nmin-candidcay = 70\n", encoding="utf-8")
    done = run("config", "show", cwd=team)
    assert (done.code, done.out) == (2, "")
    assert "bpo-assess.toml:2:1" in done.err
    assert "did you mean `min-candidacy`?" in done.err
    assert done.err.endswith("bpo-assess.toml: 1 error, nothing was shown.\n")


@pytest.mark.parametrize("arguments", [["missing"], ["--config", "missing.toml"], ["-f", "xml"]])
def test_what_is_not_there_is_refused(team: Path, arguments: list[str]) -> None:
    done = run("config", "show", *arguments, cwd=team)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_no_value_acts_on_the_screen(team: Path) -> None:
    hostile = "\\u001b]0;owned\\u0007\\u202e\\nnext\\u009b"
    (team / "bpo-assess.toml").write_text(
        f'require = "{hostile}"\nexclude = ["{hostile}"]\nacceptances = "{hostile}"\n',
        encoding="utf-8",
    )
    done = run("config", "show", cwd=team)
    assert done.code == 0
    assert len(done.out.splitlines()) == len(KEYS)
    assert not UNSAFE.search(done.out)


@pytest.mark.parametrize("command", [["config"], ["config", "show"]])
def test_help_speaks_to_people(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.code == 0
    assert "show" in done.out
    for word in ("<str>", "list[", "None", "Traceback"):
        assert word not in done.out


@pytest.mark.parametrize("kind", ["configuration", "acceptances", "check"])
def test_what_check_reads_and_writes_has_a_schema(kind: str) -> None:
    done = run("schema", kind)
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert found["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert found["title"]
