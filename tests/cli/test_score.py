"""`bpo-assess score`: files in, reports out, and what happens when something is wrong."""

import html
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from running import ROOT, run

EXAMPLE = ROOT / "examples" / "pricing-analysis.yaml"
SHORT = "format: bpo-assess/process/v1\nid: short\nname: Short\n"
FULL = "/dev/full"
PROGRAM = f"{sys.executable} -m bpo_assess"


def _shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.fixture
def short(tmp_path: Path) -> Path:
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_a_verdict_against_is_no_failure() -> None:
    done = run("score", EXAMPLE)
    assert done.code == 0
    assert "KEEP IN-HOUSE" in done.out
    assert done.err == ""


def test_the_same_input_gives_the_same_bytes() -> None:
    one = run("score", EXAMPLE, "-f", "json", env={"PYTHONHASHSEED": "1"})
    other = run("score", EXAMPLE, "-f", "json", env={"PYTHONHASHSEED": "2"})
    assert one == other


def test_standard_input_is_read_and_not_named(short: Path) -> None:
    done = run("score", "-", "-f", "json", given=short.read_text(encoding="utf-8"))
    assert json.loads(done.out)["process"]["id"] == "short"
    assert str(short.parent) not in done.out


def test_the_format_follows_the_suffix_and_the_file_is_named_on_standard_error(
    short: Path, tmp_path: Path
) -> None:
    done = run("score", short, "-o", tmp_path / "report.md")
    assert (done.code, done.out) == (0, "")
    assert "report.md written" in done.err
    assert (tmp_path / "report.md").read_text(encoding="utf-8").startswith("# Sourcing assessment")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.md", "short.yaml"]


def test_a_suffix_that_says_nothing_is_refused(short: Path, tmp_path: Path) -> None:
    done = run("score", short, "-o", tmp_path / "report.doc")
    assert done.code == 2
    assert ".md" in done.err
    assert not (tmp_path / "report.doc").exists()


def test_a_report_never_replaces_an_input(short: Path) -> None:
    done = run("score", short, "-f", "json", "-o", short)
    assert done.code == 2
    assert short.read_text(encoding="utf-8") == SHORT


def test_a_folder_that_does_not_exist_is_a_clear_error(short: Path, tmp_path: Path) -> None:
    done = run("score", short, "-o", tmp_path / "nowhere" / "report.md")
    assert done.code == 2
    assert "BPO306" in done.err
    assert "Traceback" not in done.err


def test_several_files_give_several_reports(short: Path) -> None:
    assert len(json.loads(run("score", EXAMPLE, short, "-f", "json").out)) == 2


def test_one_broken_file_among_several_scores_nothing_and_shows_every_problem(
    short: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(SHORT + "onwer: x\nanswers: {exit-plan: 7}\n", encoding="utf-8")
    missing = tmp_path / "missing.yaml"
    done = run("score", short, broken, missing, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    for code in ("BPO202", "BPO206", "BPO101"):
        assert code in done.err
    assert "nothing was scored" in done.err


def test_a_what_if_changes_the_answer_and_says_so() -> None:
    done = run("score", EXAMPLE, "--set", "competitive-advantage=3", "--set", "exit-plan=unknown")
    assert done.code == 0
    assert "KEEP IN-HOUSE" not in done.out
    assert "competitive-advantage" in done.out


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        ("exit-plan", "QUESTION=LEVEL"),
        ("exit-plan=5", "0 to 4"),
        ("exit-pln=2", "did you mean `exit-plan`"),
    ],
)
def test_a_what_if_that_cannot_be_is_refused_with_a_hint(option: str, hint: str) -> None:
    done = run("score", EXAMPLE, "--set", option)
    assert done.code == 2
    assert hint in done.err


def test_dates_count_only_with_a_day() -> None:
    silent, dated = (
        run("score", EXAMPLE, "-f", "json"),
        run("score", EXAMPLE, "-f", "json", "--as-of", "2028-11-01"),
    )
    assert "BPO405" in silent.out
    assert "BPO406" in dated.out


@pytest.mark.parametrize("day", ["1 November", "20261101", "2026-W44-7", "2026-02-30", ""])
def test_a_day_is_written_in_one_way(day: str) -> None:
    done = run("score", EXAMPLE, "--as-of", day)
    assert done.code == 2
    assert "YYYY-MM-DD" in done.err


def test_two_what_ifs_for_one_question_are_refused() -> None:
    done = run("score", EXAMPLE, "--set", "exit-plan=1", "--set", "exit-plan=2")
    assert done.code == 2
    assert "given twice" in done.err


def test_a_dash_as_output_is_standard_output(short: Path) -> None:
    assert run("score", short, "-o", "-").out == run("score", short).out


def test_a_format_that_belies_the_suffix_wins_and_is_said(short: Path, tmp_path: Path) -> None:
    done = run("score", short, "-f", "json", "-o", tmp_path / "report.md")
    assert "report.md written as json" in done.err
    assert json.loads((tmp_path / "report.md").read_text(encoding="utf-8"))


def test_a_file_named_twice_is_assessed_once(short: Path) -> None:
    assert isinstance(json.loads(run("score", short, short, "-f", "json").out), dict)


def test_an_unknown_questionnaire_is_an_error_with_the_known_ones(short: Path) -> None:
    done = run("score", short, "-q", "readyness")
    assert done.code == 2
    assert "`readiness`" in done.err


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = _shell(f"{PROGRAM} score {EXAMPLE} | head -1; echo ${{PIPESTATUS[0]}}")
    assert done.stdout.endswith("\n0\n")
    assert done.stderr == ""


@pytest.mark.skipif(not Path(FULL).exists(), reason="there is no full device here")
def test_a_full_disk_is_a_clear_error() -> None:
    done = _shell(f"{PROGRAM} score {EXAMPLE} > {FULL}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr


def test_a_plain_locale_gets_plain_signs() -> None:
    done = run("score", EXAMPLE, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert done.code == 0
    assert done.out.isascii()
    assert "[x] KEEP IN-HOUSE" in done.out


def test_no_report_tells_where_on_this_machine_it_was_made(short: Path, tmp_path: Path) -> None:
    for form in ("terminal", "markdown", "json"):
        done = run("score", short, "-f", form, cwd=ROOT)
        assert str(tmp_path) not in done.out
        assert str(Path.home()) not in done.out


@pytest.mark.parametrize("form", ["markdown", "html"])
@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-q", "screening"),
        ("-q", "questionnaires/regulated.yaml", "--as-of", "2026-11-01"),
        ("-q", "screening", "--set", "exit-plan=unknown", "--plan", "next", "--sensitivity"),
    ],
)
def test_the_command_in_a_report_makes_the_same_report_again(
    form: str, options: tuple[str, ...]
) -> None:
    report = run("score", "examples/payroll.yaml", *options, "-f", form).out
    command = re.search(r"^(?:<pre><code>)?(bpo-assess score .* -f \w+)", report, re.MULTILINE)
    assert command
    assert run(*shlex.split(html.unescape(command[1]))[1:]).out == report


def test_the_commands_that_come_next_judge_by_the_same_method() -> None:
    out = run("score", "examples/payroll.yaml", "-q", "screening").out
    after = out.partition("\nNext\n")[2].split("\n")
    commands = [line.split() for line in after if line.strip()]
    assert commands
    for words in commands:
        assert words[3:5] == ["-q", "screening"]
