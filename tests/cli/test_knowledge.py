"""`check`, `explain`, `questionnaire` and `new`: what is right, what is meant, and how to begin."""

import re
from pathlib import Path

import pytest

from bpo_assess.diagnostics.codes import RULES
from bpo_assess.documents import parse
from bpo_assess.reports.knowledge import code_page
from running import ROOT, run
from shipped import EXAMPLES, method_of

SHORT = "format: bpo-assess/process/v1\nid: short\nname: Short\n"


def test_check_accepts_every_example() -> None:
    done = run("check", "--as-of", "2026-11-01", *(ROOT / "examples" / name for name in EXAMPLES))
    assert done.code == 0
    assert f"{len(EXAMPLES)} descriptions checked as of 2026-11-01" in done.out


def test_check_names_every_problem_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(
        f"{SHORT}onwer: x\nstaff_fte: many\nanswers:\n  exit-plan: 9\n  exit-pln: 1\n",
        encoding="utf-8",
    )
    done = run("check", "broken.yaml", cwd=tmp_path)
    assert done.code == 2
    for place in ("broken.yaml:4:1", "broken.yaml:5:12", "broken.yaml:7:14", "broken.yaml:8:3"):
        assert place in done.out
    assert "did you mean `owner`" in done.out


def test_check_reports_what_is_odd_and_still_accepts_it(tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(f"{SHORT}steps: [{{name: a, instructions: TBD}}]\n", encoding="utf-8")
    done = run("check", "odd.yaml", cwd=tmp_path)
    assert done.code == 0
    assert "BPO403" in done.out + done.err


@pytest.mark.parametrize("code", RULES)
def test_every_code_has_a_page(code: str) -> None:
    page = code_page(RULES[code])
    assert page.startswith(code)
    assert max(map(len, page.split("\n"))) <= 80


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        ("BPO206", "not-a-level"),
        ("bpo206", "not-a-level"),
        ("exit-plan", "What raises it"),
        ("loss-of-control", "Loss of control"),
        ("retained-team-funded", "retained team"),
        ("not-yet", "Not yet"),
        ("protocol", "Protocol"),
    ],
)
def test_explain_knows_codes_and_every_part_of_the_method(subject: str, says: str) -> None:
    done = run("explain", subject)
    assert done.code == 0, done.err
    assert says in done.out


def test_explain_guesses_what_was_meant() -> None:
    done = run("explain", "exit-pln")
    assert done.code == 2
    assert "did you mean `exit-plan`" in done.err


def test_explain_reads_another_method() -> None:
    method = ROOT / "tests" / "methods" / "cleaning-contract.yaml"
    assert "What becomes of the cleaners" in run("explain", "own-cleaners", "-q", method).out


def test_the_questionnaires_are_listed_and_shown() -> None:
    assert "readiness 1.0.0" in run("questionnaire", "list").out
    shown = run("questionnaire", "show").out
    for key in method_of("readiness").questions:
        assert key in shown


def test_a_broken_questionnaire_is_shown_with_its_mistakes() -> None:
    done = run(
        "questionnaire", "show", "tests/invalid/bpo216-condition-not-monotone.questionnaire.yaml"
    )
    assert done.code == 2
    assert "BPO216" in done.err


def test_new_writes_a_file_that_scores_and_shows_every_question(tmp_path: Path) -> None:
    done = run("new", "claims-intake.yaml", cwd=tmp_path)
    assert done.code == 0
    text = (tmp_path / "claims-intake.yaml").read_text(encoding="utf-8")
    for key in method_of("readiness").questions:
        assert f"# {key}:" in text
    assert run("score", "claims-intake.yaml", cwd=tmp_path).code == 0


ENTRY = re.compile(r"^(?P<indent> *)# ?(?P<entry> *(- .*|[a-z_-]+:( .*)?))$")


def test_every_comment_of_a_new_file_can_be_used(tmp_path: Path) -> None:
    run("new", "mine.yaml", cwd=tmp_path)
    path = tmp_path / "mine.yaml"
    written = path.read_text(encoding="utf-8").split("\n")
    used = [ENTRY.sub(r"\g<indent>\g<entry>", line) for line in written]
    path.write_text("\n".join(used), encoding="utf-8")
    data = parse(path.read_bytes(), "mine.yaml").data
    assert {"steps", "kpis", "controls", "business_case", "volume", "next_review"} <= set(data)
    assert set(data["answers"]) == set(method_of("readiness").questions)
    assert run("score", "mine.yaml", cwd=tmp_path).code == 0


def test_new_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    done = run("new", "mine.yaml", cwd=tmp_path)
    assert done.code == 2
    assert path.read_text(encoding="utf-8") == "mine"


COMMANDS = [
    [],
    ["score"],
    ["check"],
    ["explain"],
    ["new"],
    ["questionnaire"],
    ["questionnaire", "show"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_speaks_to_people(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.code == 0
    assert done.err == ""
    for word in ("<str>", "list[", "None", "Traceback"):
        assert word not in done.out


def test_a_misspelt_command_or_option_is_an_error_with_the_way_out() -> None:
    assert "No such command" in run("scor").err
    assert run("scor").code == 2
    assert "--as-of" in run("score", "x.yaml", "--as-off", "2026-01-01").err


def test_a_new_questionnaire_is_sound_and_named_after_its_file(tmp_path: Path) -> None:
    done = run("questionnaire", "new", "claims-method.yaml", cwd=tmp_path)
    assert done.code == 0
    text = (tmp_path / "claims-method.yaml").read_text(encoding="utf-8")
    assert "\nid: claims-method\n" in text
    checked = run("questionnaire", "check", "claims-method.yaml", cwd=tmp_path)
    assert (checked.code, checked.err) == (0, "")
    assert "valid, 4 cases" in checked.out
    assert run("questionnaire", "new", "claims-method.yaml", cwd=tmp_path).code == 2


def test_a_changed_questionnaire_says_what_old_answers_are_worth(tmp_path: Path) -> None:
    run("questionnaire", "new", "old.yaml", cwd=tmp_path)
    text = (tmp_path / "old.yaml").read_text(encoding="utf-8")
    (tmp_path / "new.yaml").write_text(text.replace("[Never,", "[Not once,"), encoding="utf-8")
    done = run("questionnaire", "diff", "old.yaml", "new.yaml", cwd=tmp_path)
    assert done.code == 0
    assert "Breaking" in done.out
    assert "`Never`, now `Not once`" in done.out
    assert "version 2.0.0 or later" in done.out
