"""`score --sensitivity`: how sure the verdict is, as a chapter of every report."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bpo_assess.assessment import assess
from bpo_assess.reports.schema import assessment_schema
from builders import process
from hostile import hostile_method
from rendering import looked_at, rendered
from running import ROOT, Outcome, run
from shipped import EXAMPLES
from test_house import imported_by

NAME = "supplier-onboarding.yaml"
OPEN, FIRM = f"examples/{NAME}", "examples/accounts-payable.yaml"
QUESTIONS = (
    "What is still open, and does it matter?",
    "Would another weighting say the opposite?",
    "How near is another verdict?",
    "Which single answer would change it?",
)
CHAPTER = "How sure is the verdict?"
SCREENED = ("-q", "screening", "--sensitivity")
"""A short method: what takes long is not what is looked at."""


@cache
def scored(*arguments: str) -> Outcome:
    done = run("score", *arguments)
    assert (done.code, done.err) == (0, "")
    return done


def chapter_of(report: str) -> str:
    """Cut the chapter out of a report in Markdown."""
    _, _, rest = report.partition(f" {CHAPTER}\n")
    return rest.partition("\n## ")[0]


def test_the_markdown_report_has_a_chapter_of_questions_and_answers() -> None:
    chapter = chapter_of(scored(OPEN, *SCREENED, "-f", "markdown").out)
    lines = chapter.split("\n")
    for asked in QUESTIONS:
        place = lines.index(f"### {asked}")
        assert lines[place + 2].endswith((".", "%")), asked
    assert "| Answer | Swing |" in chapter
    assert "10,000 weightings each, seed 1" in chapter


def test_the_chapter_says_what_the_command_of_its_own_says() -> None:
    chapter = chapter_of(scored(FIRM, *SCREENED, "-f", "markdown").out)
    page = run("sensitivity", FIRM, "-q", "screening", "-f", "markdown").out
    said = [line for line in page.split("\n") if line and not line.startswith(("#", "|"))]
    # The verdict and the candidacy open the page; in a report they have chapters of their own.
    missing = [line for line in said[2:] if line not in chapter]
    assert missing == []


def test_the_report_says_how_it_is_made_again() -> None:
    report = scored(OPEN, *SCREENED, "-f", "markdown").out
    assert f"bpo-assess score {OPEN} -q screening --sensitivity -f markdown" in report


def test_chapters_are_numbered_through() -> None:
    lines = scored(OPEN, *SCREENED, "-f", "markdown").out.split("\n")
    numbers = [line.split()[1] for line in lines if line.startswith("## ") and line[3].isdigit()]
    assert numbers == [str(place) for place in range(1, len(numbers) + 1)]


def test_the_page_has_the_chapter_and_draws_the_tornado() -> None:
    page = scored(OPEN, *SCREENED, "-f", "html").out
    assert f" {CHAPTER}</h2>" in page
    assert 'href="#p1-sensitivity"' in page
    assert '<title id="p1-tornado-title">What each answer can do to the candidacy</title>' in page
    for asked in QUESTIONS:
        assert f"<h3>{asked}</h3>" in page


def test_the_terminal_answers_every_question_in_a_sentence() -> None:
    out = " ".join(scored(OPEN, *SCREENED).out.split())
    assert CHAPTER in out
    for asked in QUESTIONS:
        assert f"{asked} " in out
    assert "The order in which to ask" not in out


def test_the_json_ends_with_how_sure_it_is_and_keeps_to_its_schema() -> None:
    found: Any = json.loads(scored(OPEN, *SCREENED, "-f", "json").out)
    assert list(found)[-1] == "sensitivity"
    assert found["sensitivity"]["format"] == "bpo-assess/sensitivity/v1"
    assert found["sensitivity"]["verdict"]["id"] == found["verdict"]["id"]
    assert len(found["sensitivity"]["weights"]["drawn"]) == 2
    validator = Draft7Validator(assessment_schema())
    assert list(validator.iter_errors(found)) == []
    found["sensitivity"]["unknowns"]["open"] = "many"
    assert list(validator.iter_errors(found))


def test_without_the_option_the_json_has_no_such_key() -> None:
    with_it: Any = json.loads(scored(OPEN, *SCREENED, "-f", "json").out)
    without: Any = json.loads(scored(OPEN, "-q", "screening", "-f", "json").out)
    del with_it["sensitivity"]
    assert with_it == without


def test_every_file_has_a_chapter_of_its_own() -> None:
    report = scored(OPEN, FIRM, *SCREENED, "-f", "markdown").out
    each = report.split("\n---\n\n")
    assert len(each) == 2
    for part, file in zip(each, (OPEN, FIRM), strict=True):
        assert chapter_of(part) == chapter_of(scored(file, *SCREENED, "-f", "markdown").out)
    found: Any = json.loads(scored(OPEN, FIRM, *SCREENED, "-f", "json").out)
    assert [entry["sensitivity"]["process"]["id"] for entry in found] == [
        entry["process"]["id"] for entry in found
    ]
    page = scored(OPEN, FIRM, *SCREENED, "-f", "html").out
    assert {'id="p1-sensitivity"', 'id="p2-sensitivity"'} <= set(page.replace(">", " ").split())


def test_a_template_sees_how_sure_it_is(tmp_path: Path) -> None:
    template = tmp_path / "board.md"
    template.write_text(
        "{% if assessment.sensitivity is defined %}"
        "{{ assessment.sensitivity.unknowns.open }} open{% else %}not asked{% endif %}",
        encoding="utf-8",
    )
    assert scored(OPEN, *SCREENED, "--template", str(template)).out.endswith(" open\n")
    plain = scored(OPEN, "-q", "screening", "--template", str(template)).out
    assert plain == "not asked\n"


def test_a_report_in_a_file_is_the_one_on_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    done = run("score", OPEN, *SCREENED, "-o", path)
    assert done.code == 0
    assert path.read_text(encoding="utf-8") == scored(OPEN, *SCREENED, "-f", "markdown").out


@pytest.mark.parametrize("answers", [{}, {"exit-plan": 4}])
def test_a_process_of_which_next_to_nothing_is_known_has_the_chapter(
    answers: dict[str, int],
) -> None:
    assessment = assess(process(answers), hostile_method())
    found = looked_at(assessment)
    for form in ("terminal", "markdown", "html", "json"):
        report = rendered(assessment, form, analyses=found)
        assert (CHAPTER in report) or form == "json"
        assert not {"\x1b", "\x07", "\u202e"} & set(report)


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json"])
def test_without_the_option_a_report_imports_no_analysis(form: str) -> None:
    loaded = imported_by("score", f"examples/{EXAMPLES[0]}", "-f", form)
    assert not {name for name in loaded if name.split(".")[0] in {"numpy", "highspy"}}
    assert not {name for name in loaded if name.startswith("bpo_assess.analysis")}
    assert not {name for name in loaded if name.startswith("bpo_assess.reports.analysis")}


def test_with_the_option_only_weights_are_drawn_by_numpy_and_no_program_is_solved() -> None:
    loaded = imported_by("score", str(ROOT / OPEN), *SCREENED, "-f", "json")
    assert "numpy" in loaded
    assert "highspy" not in loaded


def test_the_schema_names_every_part_plainly() -> None:
    assert not [name for name in assessment_schema()["definitions"] if "__" in name]
