"""Reports by a consultant's own template."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from bpo_assess.diagnostics import InputError
from bpo_assess.reports.analysis.scored import ExtraObjects, extra_objects
from bpo_assess.reports.json import assessment_object, scored_objects
from bpo_assess.reports.own_template import render
from hostile import hostile
from rendering import looked_at
from running import run
from shipped import ROOT, example

DOC = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```jinja\n(.*?)```", DOC, re.DOTALL)[0]


def filled(text: str, name: str = "board.md.j2") -> str:
    return render([example("payroll.yaml")], name, text)


@cache
def asked_for() -> ExtraObjects:
    return extra_objects(looked_at(example("payroll.yaml")))


def refused(text: str, name: str = "board.md.j2") -> tuple[str, int]:
    with pytest.raises(InputError) as caught:
        filled(text, name)
    (problem,) = caught.value.diagnostics
    assert problem.code == "BPO308"
    assert problem.span
    return problem.message, problem.span.line


def test_the_documented_example_makes_a_page() -> None:
    page = filled(EXAMPLE)
    assert page.startswith("# Payroll: Outsource with conditions\n")
    assert "| Suitability | 79.9 | 79.9 to 79.9 |" in page
    assert "**Dependence on the provider** is high." in page
    assert MarkdownIt("gfm-like", {"linkify": False}).render(page).count("<table>") == 1


@pytest.mark.parametrize("variable", sorted(set(re.findall(r"`(assessment\.[^`]+)`", DOC))))
def test_every_documented_variable_is_there(variable: str) -> None:
    assessment = example("payroll.yaml")
    data: Any = {"assessment": scored_objects([assessment], [asked_for()])[0]}
    for key in re.findall(r"\w+", variable):
        data = data[int(key)] if key.isdigit() else data[key]
    row = next(line for line in DOC.split("\n") if f"`{variable}`" in line)
    for key in re.findall(r"`(\w+)`", row.split("|")[2]):
        assert not data or key in data[0]


def test_a_template_sees_what_the_json_says() -> None:
    told = json.loads(filled("{{ assessment | tojson }}", "board.html"))
    assert told == json.loads(json.dumps(assessment_object(example("payroll.yaml"))))


def test_text_of_files_becomes_no_markup() -> None:
    text = "{{ assessment.process.name }}\n\n{{ assessment.process.owner }}"
    page = render([hostile()], "board.html", f"<p>{text}</p>")
    assert "<script" not in page
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(render([hostile()], "b.md", text))
    assert not re.search(r"<(script|a|img|h1|hr|ul|strong)\b", shown)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a\n{{ assessment.verdict.titel }}", "there is no `titel` here", 2),
        ("{{ assesment }}", "there is no `assesment`", 1),
        ("a\n\n{% for x in assessment.axes %}", "Unexpected end", 3),
        ("{{ assessment.axes[9] }}", "no `9`|no entry 9|no element", 1),
        ("{% include 'other.md' %}", "no loader", 1),
        ("{{ assessment.__class__.__mro__ }}", "sandbox", 1),
        ("{{ ''.__class__ }}", "sandbox", 1),
        ("{{ assessment.axes.append(1) }}", "sandbox", 1),
        ("{{ 'x' * 100000000 }}", "100,000", 1),
        ("{{ 9 ** 9999999 }}", "100,000", 1),
        ("{% for x in range(10000000) %}{% endfor %}", "Range too big", 1),
        ("{% for x in range(90000) %}{{ 'x' * 9000 }}{% endfor %}", "20,000,000", 1),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "without end", 1),
        ("{{ 1 / 0 }}", "division by zero", 1),
        ("{{ assessment.candidacy.value | nosuch }}", "nosuch", 1),
    ],
)
def test_what_cannot_be_filled_is_refused_at_its_line(text: str, message: str, line: int) -> None:
    said, at = refused(text)
    assert re.search(message, said), said
    assert at == line


def test_a_template_is_filled_from_the_command_line(tmp_path: Path) -> None:
    template = tmp_path / "board.md.j2"
    template.write_text("{{ assessments | length }} {{ assessment.process.id }}\n", "utf-8")
    found = run("score", "examples/payroll.yaml", "--template", template)
    assert (found.code, found.out) == (0, "1 payroll\n")
    target = tmp_path / "board.md"
    assert run("score", "examples/payroll.yaml", "--template", template, "-o", target).code == 0
    assert target.read_text("utf-8") == "1 payroll\n"
    assert run("score", "examples/payroll.yaml", "--template", template, "-o", template).code == 2


def test_a_broken_template_writes_no_page(tmp_path: Path) -> None:
    template = tmp_path / "board.html"
    template.write_text("<p>\n{{ assessment.verdict.titel }}\n", "utf-8")
    found = run("score", "examples/payroll.yaml", "--template", template, "-o", tmp_path / "x.html")
    assert found.code == 2
    assert "board.html:2:1" in found.err
    assert "error[BPO308]" in found.err
    assert not (tmp_path / "x.html").exists()


def test_a_template_says_by_its_name_what_it_makes(tmp_path: Path) -> None:
    template = tmp_path / "board.txt"
    template.write_text("x", "utf-8")
    assert run("score", "examples/payroll.yaml", "--template", template).code == 2
    assert run("score", "examples/payroll.yaml", "--template", "none.md").code == 2
    template = template.rename(tmp_path / "board.md")
    assert run("score", "examples/payroll.yaml", "--template", template, "-f", "html").code == 2
