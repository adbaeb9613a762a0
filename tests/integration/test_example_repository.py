"""The example repository: it holds as it stands, and every way of breaking it is found."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from running import ROOT, Outcome, run

EXAMPLE = ROOT / "examples" / "repository"
INVOICES = "processes/supplier-invoices.yaml"
RENT = "processes/rent-statements.yaml"
REPAIRS = "processes/repairs-line.md"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A copy of the example to work in, as a repository of its own."""
    copy = tmp_path / "the team's repository"
    shutil.copytree(EXAMPLE, copy)
    (copy / ".git").mkdir()
    return copy


def check(team: Path, *arguments: str) -> Outcome:
    return run("check", ".", *arguments, cwd=team)


def found(team: Path, *arguments: str) -> set[tuple[str, str, str]]:
    """List what is open after a check: file, rule and subject."""
    report = json.loads(check(team, "-f", "json", *arguments).out)
    return {
        (file["file"], finding["code"], finding["subject"])
        for file in report["files"]
        for finding in file["findings"]
        if finding["status"] == "open"
    }


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def without_answer(file: Path, question: str) -> None:
    text = file.read_text(encoding="utf-8")
    left, removed = re.subn(rf"^  {question}:.*\n(?:    .*\n)*", "", text, flags=re.MULTILINE)
    assert removed == 1
    file.write_text(left, encoding="utf-8")


def test_it_holds_as_it_stands_and_says_so_in_four_lines(team: Path) -> None:
    done = check(team)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "3 descriptions checked as of 2026-11-01, 114 of 114 questions known: no open findings; "
        "2 accepted, 5 in the baseline.",
        "12 other files were passed over.",
        "1 file or folder was left out by .gitignore or exclude.",
        "The gate is open.",
    ]


def test_it_holds_where_it_lies_among_the_examples_as_well() -> None:
    assert run("check", "examples/repository").code == 0


def test_it_holds_from_each_of_its_folders(team: Path) -> None:
    for folder in (team / "processes", team / "processes" / "repairs-line"):
        assert run("check", team / "processes", cwd=folder).code == 0


def test_a_description_with_each_kind_of_consent_is_there(team: Path) -> None:
    report = json.loads(check(team, "-f", "json").out)
    standing = {
        (finding["code"], finding["status"])
        for file in report["files"]
        for finding in file["findings"]
        if finding["severity"] != "note"
    }
    assert standing == {
        ("BPO418", "accepted"),
        ("BPO501", "accepted"),
        ("BPO413", "known"),
        ("BPO415", "known"),
    }


# Breaking it


def test_an_answer_that_is_taken_out_closes_the_gate(team: Path) -> None:
    without_answer(team / RENT, "exit-plan")
    assert check(team, "--min-coverage", "100%").code == 1
    assert {code for _, code, _ in found(team, "--min-coverage", "100%")} == {"BPO505"}


def test_a_gate_question_without_an_answer_closes_the_gate_by_itself(team: Path) -> None:
    without_answer(team / INVOICES, "regulatory-permissibility")
    assert check(team).code == 1
    assert (INVOICES, "BPO427") in {(file, code) for file, code, _ in found(team)}


def test_an_acceptance_that_has_ended_counts_no_more(team: Path) -> None:
    assert check(team, "--as-of", "2027-01-31").code == 0
    done = check(team, "--as-of", "2027-02-01")
    assert done.code == 1
    assert "accepted by Finance controller until 2027-01-31, which has passed" in done.out
    assert {code for _, code, _ in found(team, "--as-of", "2027-02-01")} == {"BPO418"}
    assert (REPAIRS, "BPO501", "verdict") in found(team, "--as-of", "2027-05-01")


def test_an_acceptance_that_nothing_needs_any_more_is_an_error(team: Path) -> None:
    change(team / REPAIRS, "current-performance: {level: 0", "current-performance: {level: 3")
    assert check(team).code == 1
    assert found(team) == {("acceptances.yaml", "BPO511", "BPO501/repairs-line")}


def test_a_demand_that_is_raised_closes_the_gate_where_it_is_not_met(team: Path) -> None:
    change(team / "bpo-assess.toml", 'min-evidence = "25%"', 'min-evidence = "50%"')
    assert check(team).code == 1
    assert {(file, code) for file, code, _ in found(team)} == {(REPAIRS, "BPO506")}


def test_an_auditor_sees_what_the_team_lives_with(team: Path) -> None:
    done = check(team, "--no-accept")
    assert done.code == 1
    assert "accepted" not in done.out
    assert {code for _, code, _ in found(team, "--no-accept")} == {
        "BPO408", "BPO409", "BPO413", "BPO415", "BPO418", "BPO501",
    }  # fmt: skip


def test_evidence_that_is_deleted_closes_the_gate_wherever_it_is_named(team: Path) -> None:
    (team / "processes/repairs-line/calls.csv").unlink()
    assert check(team).code == 1
    assert found(team) == {
        (REPAIRS, "BPO421", f"answers/{question}")
        for question in ("current-performance", "kpi-defined", "kpi-baselined")
    }


def test_evidence_that_is_changed_behind_the_auditors_back_closes_the_gate(team: Path) -> None:
    change(team / "processes/supplier-invoices/kpis.csv", "2026-09,5260,93.9", "2026-09,5260,96.9")
    assert check(team).code == 1
    assert {(file, code) for file, code, _ in found(team)} == {(INVOICES, "BPO425")}


def test_a_new_gap_closes_the_gate_beside_an_old_one_of_its_kind(team: Path) -> None:
    change(team / RENT, "    inputs: [Sealed envelopes]\n", "")
    assert check(team).code == 1
    assert found(team) == {(RENT, "BPO413", "steps/post")}


def test_a_broken_description_or_configuration_is_no_pass(team: Path) -> None:
    change(team / "bpo-assess.toml", "min-coverage", "min-covrage")
    done = check(team)
    assert done.code == 2
    assert "did you mean `min-coverage`?" in done.out
    change(team / "bpo-assess.toml", "min-covrage", "min-coverage")
    change(team / RENT, "questionnaire: {id: screening", "questionnaire: {id: screening]")
    assert check(team, "--exit-zero").code == 2


def test_a_missing_baseline_is_no_pass(team: Path) -> None:
    (team / "bpo-assess-baseline.json").unlink()
    assert check(team).code == 2


# What is looked at


def test_drafts_and_the_archive_are_passed_over_and_can_still_be_named(team: Path) -> None:
    (team / "drafts").mkdir()
    (team / "drafts/half.yaml").write_text("format: bpo-assess/process/v1\nid: [\n", "utf-8")
    assert check(team).code == 0
    assert run("check", "drafts/half.yaml", cwd=team).code == 2
    assert run("check", "archive/rent-statements-2024.yaml", cwd=team).code == 1


def test_the_baseline_is_the_one_that_would_be_written_now(team: Path) -> None:
    file = team / "bpo-assess-baseline.json"
    before = file.read_text(encoding="utf-8")
    file.unlink()
    assert check(team, "--write-baseline").code == 0
    assert file.read_text(encoding="utf-8") == before


def test_every_file_of_evidence_is_named_by_a_description(team: Path) -> None:
    for process in (INVOICES, RENT, REPAIRS):
        text = (team / process).read_text(encoding="utf-8")
        folder = (team / process).with_suffix("")
        names = [path.relative_to(team / "processes").as_posix() for path in folder.iterdir()]
        assert names
        assert [name for name in names if name not in text] == []


def test_the_series_in_evidence_have_the_figures_that_the_descriptions_state(team: Path) -> None:
    series: dict[str, dict[int, float]] = {
        "supplier-invoices/kpis.csv": {2: 93.1, 3: 61, 4: 7.56, 5: 1.2},
        "rent-statements/kpis.csv": {1: 97.2, 2: 99.91, 3: 2.4},
        "repairs-line/calls.csv": {1: 4700, 2: 58, 3: 17, 4: 81},
    }
    for name, stated in series.items():
        lines = (team / "processes" / name).read_text(encoding="utf-8").split()
        rows = [line.split(",") for line in lines if re.match(r"20\d\d-", line)]
        for column, mean in stated.items():
            assert sum(float(row[column]) for row in rows) / len(rows) == pytest.approx(mean)


def test_what_its_guide_shows_is_what_is_printed(team: Path) -> None:
    guide = (team / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ bpo-assess (.*)\n((?:.*\n)*?)```", guide)
    assert shown is not None
    done = run(*shlex.split(shown[1]), cwd=team)
    assert (done.code, done.out) == (0, shown[2])
    closed = re.search(r"```sh\n((?:.*\n)*?)```", guide)
    assert closed is not None
    commands = closed[1].splitlines()
    assert [run(*shlex.split(line)[1:], cwd=team).code for line in commands] == [1, 1]


def test_its_guide_names_every_file_at_its_top(team: Path) -> None:
    guide = (team / "README.md").read_text(encoding="utf-8")
    own = {".git", ".gitignore", ".gitattributes", "README.md", "processes", ".github"}
    assert [path.name for path in team.iterdir() if path.name not in own | set(words(guide))] == []


def words(text: str) -> list[str]:
    return [word.rstrip("/") for word in re.findall(r"`([^`]+)`", text)]


# The pipelines


def pipeline(name: str) -> Any:
    return yaml.safe_load((EXAMPLE / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("broken", [False, True])
def test_the_job_for_gitlab_leaves_its_reports_whatever_comes_out(team: Path, broken: bool) -> None:
    job = pipeline(".gitlab-ci.yml")["bpo-assess"]
    if broken:
        (team / "processes/repairs-line/calls.csv").unlink()
    codes = [run(*shlex.split(line)[1:], cwd=team).code for line in job["script"]]
    assert codes == [1 if broken else 0]
    reports = job["artifacts"]["reports"]
    quality = json.loads((team / reports["codequality"]).read_text(encoding="utf-8"))
    assert len(quality) == (3 if broken else 0)
    assert "<testsuites" in (team / reports["junit"]).read_text(encoding="utf-8")
    assert job["artifacts"]["when"] == "always"


@pytest.mark.parametrize(
    "file",
    [
        ROOT / "action.yml",
        ROOT / ".github/workflows/check.yml",
        EXAMPLE / ".github/workflows/assess.yml",
    ],
)
def test_every_foreign_action_is_pinned_to_a_commit_and_says_which_release(file: Path) -> None:
    uses = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
    foreign = [line for line in uses if not line.startswith("./")]
    assert foreign
    for line in foreign:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_the_inputs_that_the_workflows_give_are_inputs_of_the_action() -> None:
    inputs = set(yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"])
    given: set[str] = set()
    for file in (ROOT / ".github/workflows/check.yml", EXAMPLE / ".github/workflows/assess.yml"):
        workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
        steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
        for step in steps:
            if step.get("uses", "").startswith(("./", "OWNER/")):
                given |= set(step["with"])
    assert given
    assert given <= inputs


def test_what_the_team_has_git_ignore_is_not_kept_in_this_repository() -> None:
    listed = subprocess.run(
        ["git", "check-ignore", *(str(path) for path in EXAMPLE.rglob("*") if path.is_file())],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert listed.stdout == ""
