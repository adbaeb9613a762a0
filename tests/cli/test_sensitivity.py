"""`bpo-assess sensitivity`: files in, a page out that a director understands."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bpo_assess.analysis.sensitivity import Sensitivity, sensitivity
from bpo_assess.analysis.sensitivity.assessors import Voice, voices_of
from bpo_assess.analysis.sensitivity.drawing import Distribution, Sampling
from bpo_assess.analysis.sensitivity.stochastic import acceptability
from bpo_assess.analysis.sensitivity.weighing import outlook_of
from bpo_assess.assessment import assess
from bpo_assess.reports.analysis import tornado
from bpo_assess.reports.analysis.pages import columns_of
from bpo_assess.reports.analysis.sensitivity import markdown, text
from bpo_assess.reports.analysis.sensitivity_json import SensitivityObject, render
from bpo_assess.reports.schema import schema_of_type
from builders import process
from hostile import TEXT, hostile, hostile_method
from running import ROOT, run
from shipped import EXAMPLES, example, method_of
from test_house import imported_by

OPEN = "supplier-onboarding.yaml"
QUICK = ("-q", "screening", "--draws", "0")
"""Options with which a run takes little time, where the figures are not what is looked at."""
HEAD = "format: bpo-assess/process/v1\nid: same\nname: Same\n"
QUESTIONS = (
    "How sure is the verdict?",
    "What is still open, and does it matter?",
    "Would another weighting say the opposite?",
    "How near is another verdict?",
    "Which single answer would change it?",
)


def drawn(found: Sensitivity) -> Sensitivity:
    sampled = tuple(
        acceptability(outlook_of(found.assessment), Sampling(distribution, draws=200))
        for distribution in Distribution
    )
    return replace(found, weighting=replace(found.weighting, drawn=sampled))


@cache
def looked_at(name: str) -> Sensitivity:
    return drawn(sensitivity([Voice(name, example(name))]))


@cache
def panel() -> Sensitivity:
    """Let three people of hostile names answer a hostile description by a hostile method."""
    found = hostile()
    people = {
        TEXT: {"exit-plan": 4, "net-benefit": 0},
        "::error::Bob": {"exit-plan": 0, "net-benefit": 4},
        "=1+1": {"language-culture-fit": 2},
    }
    named = found.process.model_copy(update={"answers_by": process(answers_by=people).answers_by})
    return drawn(sensitivity(voices_of(assess(named, hostile_method()), "file")))


def test_every_part_is_headed_by_a_question() -> None:
    done = run("sensitivity", ROOT / "examples" / OPEN)
    assert (done.code, done.err) == (0, "")
    lines = done.out.split("\n")
    for asked in QUESTIONS:
        assert any(line.startswith(asked) for line in lines), asked


def test_the_answer_is_a_sentence_below_the_question() -> None:
    lines = run("sensitivity", ROOT / "examples" / "accounts-payable.yaml").out.split("\n")
    said = {line: lines[place + 3] for place, line in enumerate(lines) if line in QUESTIONS}
    assert said["What is still open, and does it matter?"].startswith("No: ")
    assert said["Would another weighting say the opposite?"].startswith("Hardly: ")
    assert said["How near is another verdict?"].startswith("The nearest limit is ")
    assert said["Which single answer would change it?"].startswith("One: ")


def test_people_who_answer_in_files_of_their_own_are_compared(tmp_path: Path) -> None:
    for person, level in (("ann", 4), ("bob", 0)):
        path = tmp_path / f"{person}.yaml"
        path.write_text(f"{HEAD}answers: {{regulatory-permissibility: {level}}}\n", "utf-8")
    done = run("sensitivity", "ann.yaml", "bob.yaml", *QUICK, cwd=tmp_path)
    assert done.code == 0
    assert "Do the assessors agree?" in done.out
    assert "No, and who is right decides: " in done.out
    assert "ann 4, bob 0" in done.out


def test_people_named_in_one_file_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "both.yaml"
    path.write_text(
        f"{HEAD}answers_by:\n  Ann: {{exit-plan: 3}}\n  Bob: {{exit-plan: 1}}\n", "utf-8"
    )
    done = json.loads(run("sensitivity", path, *QUICK, "-f", "json").out)
    assert [voice["person"] for voice in done["assessors"]["voices"]] == ["Ann", "Bob"]
    (exit_plan,) = (q for q in done["assessors"]["questions"] if q["question"] == "exit-plan")
    assert (exit_plan["spread"], exit_plan["median"], exit_plan["two_or_more"]) == (2, 1, True)


def test_two_people_of_one_name_are_told_apart_by_their_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(
            f"{HEAD}answers_by: {{Ann: {{exit-plan: 3}}}}\n", "utf-8"
        )
    done = json.loads(
        run("sensitivity", "one.yaml", "two.yaml", *QUICK, "-f", "json", cwd=tmp_path).out
    )
    people = [voice["person"] for voice in done["assessors"]["voices"]]
    assert people == ["Ann", "Ann (two.yaml)"]


def test_people_judged_by_two_methods_are_refused(tmp_path: Path) -> None:
    for name in ("readiness", "screening"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"{HEAD}questionnaire: {name}\n", "utf-8")
    done = run("sensitivity", "readiness.yaml", "screening.yaml", cwd=tmp_path)
    assert done.code == 2
    assert "-q" in done.err


def test_several_processes_give_an_array_and_no_drawing() -> None:
    names = [f"examples/{name}" for name in EXAMPLES[:2]]
    found = json.loads(run("sensitivity", *names, *QUICK, "-f", "json").out)
    assert [one["format"] for one in found] == ["bpo-assess/sensitivity/v1"] * 2
    assert run("sensitivity", *names, *QUICK, "-f", "svg").code == 2


def test_a_what_if_is_looked_at_and_said() -> None:
    done = run("sensitivity", f"examples/{OPEN}", "--set", "regulatory-permissibility=0", *QUICK)
    assert "What if: regulatory-permissibility = 0" in " ".join(done.out.split())
    assert "Keep in-house. Firm" in done.out


def test_the_format_follows_the_suffix(tmp_path: Path) -> None:
    for suffix, begins in (
        (".md", "# How sure"),
        (".json", "{"),
        (".svg", "<svg"),
        (".txt", "How"),
    ):
        page = tmp_path / f"page{suffix}"
        done = run("sensitivity", f"examples/{EXAMPLES[0]}", *QUICK, "-o", page)
        assert (done.code, done.out) == (0, "")
        assert (tmp_path / f"page{suffix}").read_text("utf-8").startswith(begins)
    assert run("sensitivity", f"examples/{EXAMPLES[0]}", "-o", tmp_path / "page.doc").code == 2


def test_an_input_that_cannot_be_used_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(f"{HEAD}answers_by:\n  Ann: {{exit-plan: 9}}\n", "utf-8")
    done = run("sensitivity", path, "-o", tmp_path / "page.md")
    assert done.code == 2
    assert "bad.yaml:5:20" in done.err
    assert not (tmp_path / "page.md").exists()
    assert run("sensitivity", path, "-o", path).code == 2
    assert path.read_text("utf-8").startswith(HEAD)


def test_the_same_input_gives_the_same_bytes() -> None:
    runs = [
        run("sensitivity", f"examples/{OPEN}", "-f", "json", env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


@pytest.mark.parametrize("width", [40, 41, 52, 60, 72, 80, 100, 133, 200])
def test_no_line_is_wider_than_asked(width: int) -> None:
    found = [looked_at(OPEN), looked_at("insurance-claims.yaml"), panel()]
    lines = text(found, width).split("\n")
    assert max(map(columns_of, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_hostile_texts_stay_texts() -> None:
    page = text([panel()], 80)
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert not [line for line in page.split("\n") if line.lstrip().startswith(("::", "##["))]
    written = markdown([panel()])
    assert "<script" not in re.sub(r"\\<", "", written)
    assert "](http" not in re.sub(r"\\[\[\]]", "", written)
    headings = [line for line in written.split("\n") if line.startswith("#")]
    assert len(headings) == 1 + len(QUESTIONS), "and the assessors"


def test_a_table_of_markdown_keeps_its_columns_whatever_stands_in_it() -> None:
    for page in (markdown([panel()]), markdown([looked_at(OPEN)])):
        widths: list[set[int]] = [set()]
        for line in page.split("\n"):
            if line.startswith("|"):
                widths[-1].add(len(re.findall(r"(?<!\\)\|", line)))
            else:
                widths.append(set())
        assert any(widths)
        assert all(len(counts) <= 1 for counts in widths)


@pytest.mark.parametrize("name", ["supplier-onboarding.yaml", "accounts-payable.yaml"])
def test_the_tornado_is_a_drawing_that_says_what_it_shows(name: str) -> None:
    root = ET.fromstring(tornado.svg(looked_at(name)))  # noqa: S314  our own output
    space = "{http://www.w3.org/2000/svg}"
    assert [child.tag for child in root][:2] == [f"{space}title", f"{space}desc"]
    rows = root.findall(f"{space}g")
    assert len(rows) == tornado.DRAWN
    assert (rows[0].findtext(f"{space}title") or "?") in (root.findtext(f"{space}desc") or "")
    for box in root.iter(f"{space}rect"):
        assert float(box.get("width", "-1")) >= 0


def test_the_drawing_has_a_title_an_axis_and_labels_that_do_not_touch() -> None:
    found = looked_at("payroll.yaml")
    drawn = ET.fromstring(tornado.svg(found))  # noqa: S314  our own output
    texts = [
        (one.text or "", float(one.get("y", "0"))) for one in drawn.iter() if "text" in one.tag
    ]
    above = [(said, y) for said, y in texts if y < tornado.TOP]
    assert [said for said, _ in above] == [
        "What each answer can do to the candidacy",
        "Payroll",
        "Candidacy (points of 100)",
        "74",
        "75",
        "76",
        "77",
        "78",
        "now 77.4",
    ]
    ticks, now = {y for said, y in above if said.isdigit()}, above[-1][1]
    assert len(ticks) == 1
    assert abs(ticks.pop() - now) >= 13, "each has a line of its own"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("73.6", "78.5", ["74", "75", "76", "77", "78"]),
        ("0", "100", ["0", "20", "40", "60", "80", "100"]),
        ("12.5", "62.5", ["20", "30", "40", "50", "60"]),
        ("50.1", "50.3", ["50.1", "50.2", "50.3"]),
        ("50", "50", ["50"]),
    ],
)
def test_ticks_are_round_figures_between_the_ends(low: str, high: str, expected: list[str]) -> None:
    found = tornado.ticks(Decimal(low), Decimal(high))
    assert [f"{tick.normalize():f}" for tick in found] == expected


@pytest.mark.parametrize("level", [0, 4])
def test_what_an_answer_does_is_what_score_says_with_it(level: int) -> None:
    name = "examples/travel-expenses.yaml"
    found = json.loads(run("sensitivity", name, "--draws", "0", "-f", "json").out)
    for entry in found["unknowns"]["order"][2:5]:
        scored = run("score", name, "--set", f"{entry['question']}={level}", "-f", "json")
        assert json.loads(scored.out)["verdict"]["id"] == entry["at_best" if level else "at_worst"]


def test_a_hostile_drawing_is_well_formed_and_holds_no_script() -> None:
    drawn = tornado.svg(panel())
    root = ET.fromstring(drawn)  # noqa: S314  our own output
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "text",
        "path",
        "g",
    }
    assert "<script" not in drawn


def test_a_process_of_which_nothing_is_known_has_a_page_as_well() -> None:
    found = sensitivity([Voice("x", assess(process(), method_of("screening")))])
    page = text([found], 80)
    assert "None: nothing is answered yet." in page
    assert tornado.NO_BARS[:30] in page
    ET.fromstring(tornado.svg(found))  # noqa: S314  our own output


@pytest.mark.parametrize("name", [OPEN, "accounts-payable.yaml"])
def test_the_json_is_what_its_types_say(name: str) -> None:
    validator = Draft7Validator(schema_of_type("Sensitivity", SensitivityObject))
    for found in (looked_at(name), panel()):
        assert list(validator.iter_errors(json.loads(render([found])))) == []


def test_figures_of_the_json_are_those_of_the_page() -> None:
    found: Any = json.loads(render([looked_at("insurance-claims.yaml")]))
    (nearest, *_) = found["thresholds"]
    assert (nearest["actual"], nearest["limit"], nearest["margin"]) == (69.9, 70.0, -0.1)
    page = text([looked_at("insurance-claims.yaml")], 100)
    assert "Readiness: 69.9; at least 70 needed" in page
    assert "0.1 points short" in page


def test_a_median_is_looked_at_where_several_answer() -> None:
    one, other = (
        Voice(name, assess(process({"exit-plan": level}), method_of("screening")))
        for name, level in (("a", 1), ("b", 4))
    )
    found = sensitivity([one, other])
    assert found.assessors is not None
    assert found.assessment == replace(found.assessors.median)
    page = " ".join(text([found], 80).split())
    assert "the median of what 2 assessors answered; of two middle levels the lower" in page


def test_nothing_imports_what_only_the_drawing_of_weights_needs() -> None:
    for command in ("score", "sensitivity"):
        loaded = imported_by(command, "--help")
        assert not loaded & {"numpy", "bpo_assess.analysis", "bpo_assess.model.process"}
    short = f"examples/{EXAMPLES[0]}"
    assert "numpy" not in imported_by("score", short, "-f", "json")
    assert "numpy" not in imported_by("sensitivity", short, "--draws", "0")
    assert "numpy" not in imported_by("sensitivity", short, "-f", "svg")


def test_weights_are_drawn_as_asked_and_the_page_says_how() -> None:
    asked = ("--draws", "500", "--spread", "0.2", "--seed", "7")
    name = f"examples/{OPEN}"
    page = " ".join(run("sensitivity", name, *asked).out.split())
    assert "500 weightings each, seed 7" in page
    assert "by about 20 % of itself" in page
    found = json.loads(run("sensitivity", name, *asked, "-f", "json").out)
    for drawn in found["weights"]["drawn"]:
        assert (drawn["draws"], drawn["spread"], drawn["seed"]) == (500, 0.2, 7)
        assert sum(entry["count"] for entry in drawn["verdicts"]) == 500
        for entry in drawn["verdicts"]:
            assert entry["low"] <= entry["share"] <= entry["high"]


def test_no_weights_are_drawn_where_none_are_asked_for() -> None:
    done = run("sensitivity", f"examples/{OPEN}", "--draws", "0")
    assert "seed" not in done.out
    assert "Of single weights the most sensitive is that of People and change" in " ".join(
        done.out.split()
    )


@pytest.mark.parametrize("spread", ["0", "1", "-0.1", "nan", "inf", "1e-155"])
def test_a_spread_that_is_none_is_refused(spread: str) -> None:
    done = run("sensitivity", f"examples/{OPEN}", "--spread", spread)
    assert done.code == 2
    assert "from 0.001 to below 1" in done.err


def test_the_least_spread_is_drawn() -> None:
    done = run(
        "sensitivity", f"examples/{OPEN}", "-q", "screening", "--spread", "0.001", "--draws", "50"
    )
    assert (done.code, done.err) == (0, "")


def test_a_file_counts_once_however_it_is_spelt() -> None:
    once = run("sensitivity", f"examples/{OPEN}", "-q", "screening", "--draws", "0")
    twice = run(
        "sensitivity",
        f"examples/{OPEN}",
        f"./examples/../examples/{OPEN}",
        "-q",
        "screening",
        "--draws",
        "0",
    )
    assert once.code == 0
    assert twice.out == once.out


def test_a_dimension_whose_questions_weigh_nothing_is_no_fault(tmp_path: Path) -> None:
    method, described = tmp_path / "two.yaml", tmp_path / "p.yaml"
    head = {"format": "bpo-assess/questionnaire/v1", "id": "two", "version": "1.0", "title": "Two"}
    kept = ["interface-separability", "operational-importance"]
    method.write_text(json.dumps(head | {"extends": "readiness", "only": kept}), encoding="utf-8")
    process = {"format": "bpo-assess/process/v1", "id": "p", "name": "P"}
    answers = {"interface-separability": 3, "operational-importance": 0}
    described.write_text(json.dumps(process | {"answers": answers}), encoding="utf-8")
    done = run("sensitivity", described, "-q", method, "--draws", "50")
    assert (done.code, done.err) == (0, "")
