"""`bpo-assess check`: the gate, from its options to its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from running import ROOT, run

HEAD = "format: bpo-assess/process/v1\nid: {id}\nname: {id}\nreviewed: 2026-10-01\n"
FORMATS = ["text", "concise", "json", "github", "sarif", "junit", "gitlab", "markdown"]


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small repository: two descriptions, one of them in a handbook, and files of other kinds."""
    (tmp_path / ".git").mkdir()
    put(tmp_path, "processes/claims.yaml", HEAD.format(id="claims"))
    put(tmp_path, "handbook/payroll.md", f"---\n{HEAD.format(id='payroll')}---\n\n# Payroll\n")
    put(tmp_path, "handbook/README.md", "# What is here\n")
    put(tmp_path, "compose.yaml", "services: {}\n")
    return tmp_path


# What the gate says


def test_an_open_gate_is_0_and_a_closed_one_1(folder: Path) -> None:
    assert run("check", ".", cwd=folder).code == 0
    assert run("check", ".", "--min-candidacy", "50", cwd=folder).code == 1
    assert run("check", ".", "--fail-on", "warning", cwd=folder).code == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--require", "outsource-with-conditions"], "BPO501"),
        (["--min-candidacy", "1"], "BPO502"),
        (["--min-suitability", "1"], "BPO503"),
        (["--min-readiness", "1"], "BPO503"),
        (["--max-risk", "high"], "BPO504"),
        (["--min-coverage", "90%"], "BPO505"),
        (["--min-evidence", "0.5"], "BPO506"),
        (["--firm"], "BPO507"),
    ],
)
def test_each_requirement_that_does_not_hold_is_a_finding_at_a_place(
    folder: Path, options: list[str], code: str
) -> None:
    done = run("check", ".", *options, "-f", "concise", cwd=folder)
    assert done.code == 1
    assert f"processes/claims.yaml:1:1: error {code} " in done.out
    assert "handbook/payroll.md:2:1: error" in done.out


def test_the_worst_example_fails_and_the_best_one_holds_the_same_requirements() -> None:
    options = ["--require", "outsource-with-conditions", "--min-readiness", "70", "--firm"]
    options += ["--max-risk", "high", "--min-coverage", "0.95", "--as-of", "2026-11-01"]
    assert run("check", "examples/payroll.yaml", *options).code == 0
    assert run("check", "examples/content-moderation.yaml", *options).code == 1


def test_what_cannot_be_assessed_is_2_and_all_else_is_checked(folder: Path) -> None:
    put(folder, "processes/broken.yaml", HEAD.format(id="broken") + "staff_fte: many\n")
    done = run("check", ".", "missing.yaml", "--min-candidacy", "50", "-f", "concise", cwd=folder)
    assert done.code == 2
    assert "missing.yaml:1:1: error BPO101" in done.out
    assert "processes/broken.yaml:5:12: error BPO204" in done.out
    assert "processes/claims.yaml:1:1: error BPO502" in done.out


def test_exit_zero_turns_1_into_0_and_leaves_2(folder: Path) -> None:
    assert run("check", ".", "--min-candidacy", "50", "--exit-zero", cwd=folder).code == 0
    assert run("check", "missing.yaml", "--exit-zero", cwd=folder).code == 2


@pytest.mark.parametrize("output_format", FORMATS)
def test_no_format_changes_what_the_gate_says(folder: Path, output_format: str) -> None:
    assert run("check", ".", "-f", output_format, cwd=folder).code == 0
    assert run("check", ".", "-f", output_format, "--min-candidacy", "50", cwd=folder).code == 1
    put(folder, "processes/broken.yaml", "format: bpo-assess/process/v1\nid: [\n")
    assert run("check", ".", "-f", output_format, cwd=folder).code == 2


# Where it looks


def test_folders_are_searched_and_what_is_no_description_is_counted(folder: Path) -> None:
    found = json.loads(run("check", ".", "-f", "json", cwd=folder).out)
    assert [file["file"] for file in found["files"]] == [
        "handbook/payroll.md",
        "processes/claims.yaml",
    ]
    assert found["counts"]["others"] == 2


def test_nothing_to_check_is_2_and_is_said(folder: Path) -> None:
    (folder / "empty").mkdir()
    for place in ("empty", "compose.yaml"):
        done = run("check", place, cwd=folder)
        assert done.code == 2
    done = run("check", "empty", cwd=folder)
    assert "there is nothing to check in empty" in done.err
    assert "Nothing was found to check" in done.out


def test_findings_are_the_same_from_a_folder_below(folder: Path) -> None:
    here = json.loads(run("check", ".", "-f", "json", cwd=folder).out)["files"][1]
    below = json.loads(run("check", ".", "-f", "json", cwd=folder / "processes").out)["files"][0]
    assert (here["file"], below["file"]) == ("processes/claims.yaml", "claims.yaml")
    assert here["uri"] == below["uri"] == "processes/claims.yaml"
    assert here["findings"] == below["findings"]


def test_no_report_tells_where_on_this_machine_a_file_lies(folder: Path) -> None:
    for output_format in FORMATS:
        done = run("check", folder / "processes", "-f", output_format, cwd=folder)
        assert str(folder) not in done.out


def test_standard_input_is_read_under_the_name_that_is_given(folder: Path) -> None:
    text = HEAD.format(id="claims") + "answers: {exit-plan: {level: 3, evidence: plan.md}}\n"
    done = run("check", "-", "-f", "concise", given=text, cwd=folder)
    assert "BPO421" in done.out
    put(folder, "processes/plan.md", "# The plan\n")
    named = run(
        "check",
        "-",
        "--stdin-filename",
        "processes/x.yaml",
        "-f",
        "concise",
        given=text,
        cwd=folder,
    )
    assert "BPO421" not in named.out
    assert named.out.startswith("processes/x.yaml:4:11: note BPO405 ")
    front = f"---\n{text}---\n# Claims\n"
    done = run("check", "-", "--stdin-filename", "a.md", "-f", "json", given=front, cwd=folder)
    assert json.loads(done.out)["files"][0]["process"] == "claims"


def test_standard_input_stands_alone(folder: Path) -> None:
    assert run("check", "-", ".", cwd=folder).code == 2
    assert run("check", ".", "--stdin-filename", "x.yaml", cwd=folder).code == 2


def test_a_file_is_checked_once_however_it_is_named(folder: Path) -> None:
    names = ("processes", "processes/claims.yaml", "handbook/../processes/claims.yaml")
    done = run("check", *names, "-f", "json", cwd=folder)
    assert len(json.loads(done.out)["files"]) == 1


def test_two_descriptions_of_one_id_are_told_at_the_second(folder: Path) -> None:
    put(folder, "processes/payroll.yaml", "# another\n" + HEAD.format(id="payroll"))
    done = run("check", ".", "-f", "concise", cwd=folder)
    assert done.code == 1
    assert "processes/payroll.yaml:3:5: error BPO429 `handbook/payroll.md` has the id" in done.out


# Configuration


def test_the_nearest_configuration_counts_for_its_files(folder: Path) -> None:
    put(folder, "bpo-assess.toml", "min-candidacy = 50\n")
    put(folder, "handbook/bpo-assess.toml", 'as-of = "2026-11-01"\n')
    done = run("check", ".", "-f", "concise", cwd=folder)
    assert "processes/claims.yaml:1:1: error BPO502" in done.out
    assert "payroll.md:2:1: error" not in done.out
    assert run("check", ".", "--isolated", cwd=folder).code == 0


def test_a_broken_configuration_is_2_and_a_finding_at_its_line(folder: Path) -> None:
    put(folder, "bpo-assess.toml", "# demands\nmin-candidcay = 50\n")
    done = run("check", ".", "-f", "concise", cwd=folder)
    assert done.code == 2
    assert "bpo-assess.toml:2:1: error BPO521" in done.out
    sarif = json.loads(run("check", ".", "-f", "sarif", cwd=folder).out)
    place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "bpo-assess.toml"


def test_an_option_that_cannot_be_meant_is_2_before_anything_is_read(folder: Path) -> None:
    done = run("check", ".", "--min-candidacy", "150", cwd=folder)
    assert (done.code, done.out) == (2, "")
    assert "--min-candidacy takes a score from 0 to 100, not `150`" in done.err


def test_a_verdict_that_the_method_does_not_know_is_2(folder: Path) -> None:
    done = run("check", ".", "--require", "outsorce", cwd=folder)
    assert done.code == 2
    assert done.out.count("`outsorce` is no verdict of `readiness`") == 1
    assert "did you mean `outsource`?" in done.out
    assert "1 description was not checked" in done.out


def test_a_questionnaire_that_cannot_be_used_is_2_and_shown_once(folder: Path) -> None:
    put(folder, "method.yaml", "format: bpo-assess/questionnaire/v1\nid: mine\n")
    done = run("check", ".", "-q", "./method.yaml", "-f", "concise", cwd=folder)
    assert done.code == 2
    assert "method.yaml:1:1: error BPO203" in done.out
    assert "2 descriptions were not checked" in done.out


def test_what_is_ignored_is_not_found_and_what_is_excluded_not_looked_at(folder: Path) -> None:
    done = run("check", ".", "--ignore", "BPO427", "--exclude", "handbook/", cwd=folder)
    assert "BPO427" not in done.out
    assert "handbook" not in done.out
    assert run("check", ".", "--ignore", "BPO101", cwd=folder).code == 2


# Reports


def test_several_reports_come_of_one_run(folder: Path) -> None:
    done = run(
        "check", ".", "--also", "sarif=out.sarif", "--also", "junit=out.xml", "--summary",
        cwd=folder, env={"GITHUB_STEP_SUMMARY": str(folder / "summary.md")},
    )  # fmt: skip
    assert done.code == 0
    assert "The gate is open." in done.out
    assert json.loads((folder / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (folder / "out.xml").read_text(encoding="utf-8").startswith("<?xml")
    assert "| Payroll" in (folder / "summary.md").read_text(encoding="utf-8") or "payroll" in (
        folder / "summary.md"
    ).read_text(encoding="utf-8")


def test_a_summary_is_added_to_what_is_there(folder: Path) -> None:
    summary = put(folder, "summary.md", "# Before\n")
    run("check", ".", "--summary", cwd=folder, env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert summary.read_text(encoding="utf-8").startswith("# Before\n")
    assert len(summary.read_text(encoding="utf-8")) > 50
    assert run("check", ".", "--summary", cwd=folder, env={"GITHUB_STEP_SUMMARY": ""}).code == 2


def test_the_format_follows_the_suffix(folder: Path) -> None:
    done = run("check", ".", "-o", "found.json", cwd=folder)
    assert (done.code, done.out) == (0, "")
    assert json.loads((folder / "found.json").read_text(encoding="utf-8"))["gate"] == "open"
    assert run("check", ".", "-o", "found.doc", cwd=folder).code == 2


@pytest.mark.parametrize(
    "name",
    [
        "processes/claims.yaml",
        "processes/link.json",
        "processes/manual.md",
        "bpo-assess-baseline.json",
        "bpo-assess.toml",
        "base.toml",
        ".gitignore",
        "archive/old.yaml",
    ],
)
def test_a_report_never_replaces_an_input(folder: Path, name: str) -> None:
    evidence = "documents:\n  - title: Manual\n    path: manual.md\n"
    put(folder, "processes/claims.yaml", HEAD.format(id="claims") + evidence)
    put(folder, "processes/manual.md", "# How claims are settled\n")
    (folder / "processes" / "link.json").symlink_to("claims.yaml")
    put(folder, "bpo-assess.toml", 'extend = "base.toml"\n')
    put(folder, "base.toml", 'exclude = ["archive"]\n')
    put(folder, ".gitignore", "build\n")
    put(folder, "archive/old.yaml", HEAD.format(id="old"))
    baseline = ["--baseline", "bpo-assess-baseline.json"]
    assert run("check", ".", *baseline, "--write-baseline", cwd=folder).code == 0
    before = (folder / name).read_bytes()
    for more in ([], [], ["--no-cache"]):
        done = run("check", ".", *baseline, *more, "-f", "json", "-o", name, cwd=folder)
        assert done.code == 2
        assert "a report never replaces it" in done.err
        assert (folder / name).read_bytes() == before


def test_a_report_does_not_replace_a_description_that_could_not_be_checked(folder: Path) -> None:
    put(folder, "bpo-assess.toml", "nonsense = 1\n")
    for name in ("processes/claims.yaml", "handbook/payroll.md"):
        before = (folder / name).read_bytes()
        assert run("check", ".", "-f", "json", "-o", name, cwd=folder).code == 2
        assert (folder / name).read_bytes() == before


def test_a_report_replaces_the_one_of_an_earlier_run(folder: Path) -> None:
    also = [f"--also={name}={name}.out" for name in FORMATS]
    for _ in range(2):
        assert run("check", ".", "-o", "found.json", *also, cwd=folder).code == 0


def test_no_name_acts_on_the_screen_or_the_pipeline(folder: Path) -> None:
    name = "x\n::error::y\x1b[31m"
    (folder / name).mkdir()
    told = run("check", name, cwd=folder).err
    told += run("check", ".", "-f", "json", "-o", f"{name}.json", cwd=folder).err
    assert "there is nothing to check in x ::error::y\\x1b[31m" in told
    assert "\x1b" not in told
    assert "\n::" not in told


@pytest.mark.parametrize("also", ["sarif", "sarif=", "sarif=-", "sarf=x", "=x"])
def test_a_further_report_names_format_and_file(folder: Path, also: str) -> None:
    assert run("check", ".", "--also", also, cwd=folder).code == 2


def test_two_reports_do_not_share_a_file(folder: Path) -> None:
    done = run("check", ".", "--also", "json=x", "--also", "sarif=./x", cwd=folder)
    assert done.code == 2
    assert not (folder / "x").exists()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
def test_a_report_that_cannot_be_written_is_2(folder: Path) -> None:
    assert run("check", ".", "--also", "json=/dev/full", cwd=folder).code == 2
    assert run("check", ".", "--also", "json=nowhere/x.json", cwd=folder).code == 2
    shell = f"{sys.executable} -m bpo_assess check . > /dev/full"
    done = subprocess.run(["/bin/sh", "-c", shell], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 2


def test_a_reader_who_goes_away_does_not_open_the_gate(folder: Path) -> None:
    for number in range(200):
        put(folder, f"processes/p{number}.yaml", HEAD.format(id=f"p{number}"))
    program = f"{sys.executable} -m bpo_assess check . --min-candidacy 50"
    shell = f"{program} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["/bin/bash", "-c", shell], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr == b""


def test_machines_get_utf_8_whatever_the_terminal_is(folder: Path) -> None:
    put(folder, "processes/café.yaml", HEAD.format(id="cafe").replace("name: cafe", "name: Café"))
    env = {"PYTHONIOENCODING": "ascii"}
    found = json.loads(run("check", ".", "-f", "json", cwd=folder, env=env).out)
    assert "Café" in [file["title"] for file in found["files"]]
    assert run("check", ".", cwd=folder, env=env).code == 0


# What a team lives with


def test_a_baseline_makes_what_is_there_known_and_nothing_else(folder: Path) -> None:
    baseline = ["--baseline", "known.json"]
    assert run("check", ".", "--fail-on", "warning", cwd=folder).code == 1
    done = run("check", ".", *baseline, "--write-baseline", "--fail-on", "warning", cwd=folder)
    assert done.code == 0
    assert "known.json written" in done.err
    assert run("check", ".", *baseline, "--fail-on", "warning", cwd=folder).code == 0
    put(folder, "processes/new.yaml", HEAD.format(id="new"))
    assert run("check", ".", *baseline, "--fail-on", "warning", cwd=folder).code == 1
    assert run("check", ".", *baseline, "--no-accept", "--fail-on", "warning", cwd=folder).code == 1


def test_a_baseline_is_not_written_where_something_cannot_be_assessed(folder: Path) -> None:
    put(folder, "processes/broken.yaml", "format: bpo-assess/process/v1\n")
    done = run("check", ".", "--baseline", "known.json", "--write-baseline", cwd=folder)
    assert done.code == 2
    assert not (folder / "known.json").exists()


def test_a_baseline_that_is_missing_or_none_is_2(folder: Path) -> None:
    assert run("check", ".", "--baseline", "none.json", cwd=folder).code == 2
    assert run("check", ".", "--baseline", "compose.yaml", cwd=folder).code == 2
    assert run("check", ".", "--write-baseline", cwd=folder).code == 2


def test_an_acceptance_holds_until_its_day_and_not_longer(folder: Path) -> None:
    put(
        folder,
        "acceptances.yaml",
        "format: bpo-assess/acceptances/v1\nacceptances:\n"
        "  - {rule: BPO502, subject: '*', reason: The pilot runs first., owner: CFO, until: 2027-01-31}\n",
    )
    options = ["--acceptances", "acceptances.yaml", "--min-candidacy", "50"]
    assert run("check", ".", *options, "--as-of", "2026-11-01", cwd=folder).code == 0
    late = run("check", ".", *options, "--as-of", "2027-02-01", cwd=folder)
    assert late.code == 1
    assert "accepted by CFO until 2027-01-31, which has passed" in late.out
    assert run("check", ".", *options, cwd=folder).code == 1
    auditor = run("check", ".", *options, "--as-of", "2026-11-01", "--no-accept", cwd=folder)
    assert auditor.code == 1


def test_the_program_of_the_help_and_the_reference_are_at_hand() -> None:
    done = run("check", "--help")
    assert done.code == 0
    for option in ("--require", "--write-baseline", "--also", "--no-accept", "--workers"):
        assert option in done.out
    assert (ROOT / "docs" / "rules.md").exists()


def test_without_a_repository_files_are_seen_from_the_folder_of_the_run(tmp_path: Path) -> None:
    put(tmp_path, "north/a.yaml", HEAD.format(id="north"))
    put(tmp_path, "south/a.yaml", HEAD.format(id="south"))
    found = json.loads(run("check", "north", "south", "-f", "json", cwd=tmp_path).out)
    assert [file["uri"] for file in found["files"]] == ["north/a.yaml", "south/a.yaml"]


def test_a_misspelt_acceptance_is_told_what_it_may_mean(folder: Path) -> None:
    put(
        folder,
        "acceptances.yaml",
        "format: bpo-assess/acceptances/v1\nacceptances:\n"
        "  - {rule: BPO502, subject: clams, reason: The pilot runs first., owner: CFO, until: 2027-01-31}\n",
    )
    options = ["--acceptances", "acceptances.yaml", "--min-candidacy", "50", "-f", "json"]
    done = json.loads(run("check", ".", *options, "--as-of", "2026-11-01", cwd=folder).out)
    orphan = done["files"][-1]["findings"][0]
    assert (orphan["code"], orphan["line"]) == ("BPO511", 3)
    assert "did you mean `claims" in orphan["hint"]


def test_a_baseline_that_is_configured_and_not_yet_written_is_told_how(folder: Path) -> None:
    put(folder, "bpo-assess.toml", 'baseline = "known.json"\n')
    done = run("check", ".", cwd=folder)
    assert done.code == 2
    assert "there is no baseline yet" in done.out
    assert "--write-baseline" in done.out
    assert run("check", ".", "--write-baseline", cwd=folder).code == 0
    assert run("check", ".", cwd=folder).code == 0


def test_what_is_left_out_is_counted_so_that_nothing_vanishes_without_a_word(folder: Path) -> None:
    assert "left out" not in run("check", ".", cwd=folder).out
    put(folder, ".gitignore", "processes/\n")
    done = run("check", ".", cwd=folder)
    assert "1 file or folder was left out by .gitignore or exclude." in done.out
