"""Every report of every method and every set of answers can be made, and fits."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_assess.assessment import assess
from bpo_assess.loading.read import read_questionnaire
from builders import process
from rendering import rendered
from shipped import method_of
from strategies import Given, given_cases

METHOD = Path(__file__).parents[1] / "methods" / "cleaning-contract.yaml"


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@settings(max_examples=20)
@given(given_cases(), st.sampled_from([20, 33, 40, 60, 80, 100, 200]))
def test_the_terminal_report_never_breaks_its_width(case: Given, width: int) -> None:
    text = rendered(assess(case.process(), case.shape.method()), "terminal", width)
    assert max(map(columns, text.split("\n"))) <= width
    assert "None" not in text


@settings(max_examples=20)
@given(given_cases())
def test_the_other_reports_can_always_be_made(case: Given) -> None:
    assessment = assess(case.process(), case.shape.method())
    assert json.loads(rendered(assessment, "json"))["verdict"]["id"]
    text = rendered(assessment, "markdown")
    assert "None" not in text
    assert "\n\n\n" not in text
    assert "None" not in rendered(assessment, "html")


SPEAKING = st.text(min_size=1, max_size=40).filter(str.strip)


@given(SPEAKING)
def test_any_text_can_be_printed_and_acts_on_nothing(text: str) -> None:
    questionnaire = read_questionnaire(str(METHOD)).questionnaire
    answers = {"inspector": {"level": 2, "note": text, "by": text}}
    described = process(answers, name=text, description=text, owner=text)
    for form in ("terminal", "markdown", "json", "html"):
        shown = rendered(assess(described, questionnaire), form)
        assert shown.endswith("\n")
        hidden = {c for c in shown if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"}
        assert not hidden


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_what_single_people_answered_is_said_to_be_left_aside(form: str) -> None:
    described = process({}, answers_by={"Ann": {"exit-plan": 3}, "Bob": {"exit-plan": 1}})
    said = " ".join(rendered(assess(described, method_of("readiness")), form).split())
    assert "What 2 people answered (answers" in said
    alone = rendered(assess(process({"exit-plan": 3}), method_of("readiness")), form)
    assert "left aside" not in alone
