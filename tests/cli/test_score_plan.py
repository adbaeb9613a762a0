"""`score --plan`: the way to a better verdict, as a chapter of every report."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from bpo_assess.assessment import assess
from bpo_assess.reports.schema import assessment_schema
from builders import process
from hostile import hostile_method
from rendering import looked_at, rendered
from running import Outcome, run
from test_house import imported_by

FILE = "examples/payroll.yaml"
OTHER = "examples/accounts-payable.yaml"
BARRED = (FILE, "--set", "regulatory-permissibility=0")
"""What the law forbids, no work brings about."""
CHAPTER = "The way to a better verdict"
ASKED = 'What does it take to get to "Outsource"?'
TO = ("--plan", "outsource")


@cache
def scored(*arguments: str) -> Outcome:
    done = run("score", *arguments)
    assert (done.code, done.err) == (0, "")
    return done


def planned(*arguments: str) -> dict[str, Any]:
    done = run("plan", *arguments, "-f", "json")
    assert done.code == 0
    found: dict[str, Any] = json.loads(done.out)
    return found


def chapter_of(report: str) -> str:
    """Cut the chapter out of a report in Markdown."""
    _, _, rest = report.partition(f" {CHAPTER}\n")
    return rest.partition("\n## ")[0]


def test_the_chapter_answers_lists_the_work_and_says_what_comes_of_it() -> None:
    chapter = chapter_of(scored(FILE, *TO, "-f", "markdown").out)
    found = planned(FILE, "--to", "outsource")
    for said in found["answer"]:
        assert said in chapter
    for number, work in enumerate(found["actions"], start=1):
        row = next(line for line in chapter.split("\n") if line.startswith(f"| {number}. "))
        cells = [cell.strip() for cell in row.strip("|").split(" | ")]
        assert cells[0] == f"{number}. {work['title']}"
        assert cells[2] == str(work["effort"])
        assert "Done when" in cells[3] or work["kind"] == "prove"
    headings = [line for line in chapter.split("\n") if line.startswith("### ")]
    assert headings[1] == "### What is the score afterwards?"
    assert headings[-1] == "### How is effort counted?"
    assert MarkdownIt("gfm-like", {"linkify": False}).render(chapter).count("<table>") == 2


def test_where_nothing_leads_there_the_chapter_says_what_stands_in_the_way() -> None:
    chapter = chapter_of(scored(*BARRED, *TO, "-f", "markdown").out)
    found = planned(*BARRED, "--to", "outsource")
    assert not found["reached"]
    assert "It cannot be reached, whatever is done." in chapter
    for bar in found["bars"]:
        assert bar["text"] in chapter
    assert "The work, in order" not in chapter


def test_next_is_the_next_better_verdict() -> None:
    page = scored(FILE, "--plan", "next", "-f", "markdown").out
    assert page == scored(FILE, *TO, "-f", "markdown").out
    assert planned(FILE, "--to", "next") == planned(FILE)


def test_the_report_says_how_it_is_made_again() -> None:
    report = scored(FILE, "--plan", "next", "-f", "markdown").out
    assert f"bpo-assess score {FILE} --plan outsource -f markdown" in report


def test_the_page_has_the_chapter() -> None:
    page = scored(FILE, *TO, "-f", "html").out
    assert 'href="#p1-plan"' in page
    assert f"<h3>{ASKED}</h3>" in page.replace("&#34;", '"')


def test_a_screen_shows_the_answer_and_every_piece_of_work() -> None:
    out = " ".join(scored(FILE, *TO).out.split())
    found = planned(FILE, "--to", "outsource")
    assert f"{CHAPTER} all of it is in -f markdown {ASKED} {found['answer'][0]}" in out
    for work in found["actions"]:
        assert f"{work['title']} [{work['effort']}]" in out
    barred = " ".join(scored(*BARRED, *TO).out.split())
    assert planned(*BARRED, "--to", "outsource")["bars"][0]["text"] in barred


def test_the_json_ends_with_the_plan_and_keeps_to_its_schema() -> None:
    found: Any = json.loads(scored(FILE, *TO, "-f", "json").out)
    assert list(found)[-1] == "plan"
    assert found.pop("plan") == planned(FILE, "--to", "outsource")
    assert found == json.loads(scored(FILE, "-f", "json").out)
    validator = Draft7Validator(assessment_schema())
    both: Any = json.loads(scored(FILE, "-q", "screening", "--sensitivity", *TO, "-f", "json").out)
    assert list(both)[-2:] == ["sensitivity", "plan"]
    assert list(validator.iter_errors(both)) == []
    both["plan"]["actions"] = "many"
    assert list(validator.iter_errors(both))


def test_every_file_has_a_plan_of_its_own() -> None:
    report = scored(FILE, OTHER, *TO, "-f", "markdown").out
    for part, file in zip(report.split("\n---\n\n"), (FILE, OTHER), strict=True):
        assert chapter_of(part) == chapter_of(scored(file, *TO, "-f", "markdown").out)


def test_a_template_sees_the_plan(tmp_path: Path) -> None:
    template = tmp_path / "board.md"
    template.write_text(
        "{% for work in assessment.plan.actions %}{{ work.title }};{% endfor %}", encoding="utf-8"
    )
    titles = [work["title"] for work in planned(FILE, "--to", "outsource")["actions"]]
    out = scored(FILE, *TO, "--template", str(template)).out
    assert out.replace("\\", "") == "".join(f"{title};" for title in titles) + "\n"


def test_a_misspelt_verdict_is_refused() -> None:
    done = run("score", FILE, "--plan", "outsorce")
    assert done.code == 2
    assert "--plan outsorce: no verdict of `readiness`" in done.err
    assert "outsource" in done.err.split("\n")[1]
    assert done.out == ""


@pytest.mark.parametrize("answers", [{}, {"exit-plan": 4}])
def test_names_in_a_hostile_method_stay_text(answers: dict[str, int]) -> None:
    assessment = assess(process(answers), hostile_method())
    found = looked_at(assessment)
    for form in ("terminal", "markdown", "html", "json"):
        report = rendered(assessment, form, analyses=found)
        assert (CHAPTER in report) or form == "json"
        assert not {"\x1b", "\x07", "\u202e"} & set(report)
        assert "<script>alert" not in report or form in {"terminal", "json"}


def test_with_the_option_no_weights_are_drawn() -> None:
    loaded = imported_by("score", FILE, *TO, "-f", "json")
    assert "highspy" in loaded
    assert "bpo_assess.analysis.sensitivity.stochastic" not in loaded
