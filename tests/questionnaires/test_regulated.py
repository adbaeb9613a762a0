"""The pack for financial entities: what it adds, what it refers to, and what it leaves as it was."""

import re

import pytest

from bpo_assess.assessment.cases import broken
from bpo_assess.loading.read import read_questionnaire
from bpo_assess.model.questionnaire import Question
from running import run
from shipped import EXAMPLES, ROOT, method_of

PACK = read_questionnaire("regulated").questionnaire
ADDED = [q for key, q in PACK.questions.items() if key not in method_of("readiness").questions]

GUIDELINE = re.compile(r"EBA/GL/2019/02, paragraphs? (.+?)(?:[;.](?=\s|$))")
REGULATION = re.compile(r"Regulation \(EU\)\s2022/2554, Articles? (.+?)(?:[;.](?=\s|$))")

ARTICLES = {3: 65, 5: 4, 11: 11, 28: 10, 29: 3, 30: 5}
"""Articles of the regulation that the pack refers to, and how many paragraphs or points they have."""


def references(question: Question) -> str:
    said = " ".join((question.why or "").split())
    assert said.count("References: ") == 1
    return said.split("References: ")[1]


@pytest.mark.parametrize("question", ADDED, ids=lambda question: question.id)
def test_every_added_question_says_where_it_comes_from(question: Question) -> None:
    text = references(question)
    cited = GUIDELINE.findall(text) + REGULATION.findall(text)
    assert cited
    assert question.sources
    for place in GUIDELINE.findall(text):
        numbers = [int(number) for number in re.findall(r"\d+", place)]
        assert all(18 <= number <= 108 for number in numbers)
        assert numbers == sorted(numbers)
    for place in REGULATION.findall(text):
        for article, paragraph in re.findall(r"(\d+)\((\d+)\)", place):
            assert 1 <= int(paragraph) <= ARTICLES[int(article)]


def test_readings_that_need_a_lawyer_are_marked() -> None:
    marked = [question.id for question in ADDED if "For a lawyer: " in (question.why or "")]
    assert len(marked) >= 6
    assert sum("For a lawyer" in note.text for note in PACK.notes) == 1


def test_the_tests_of_a_critical_or_important_function_are_there() -> None:
    assert len(ADDED) == 18
    assert {
        "function-criticality", "disruption-impact", "substitutability", "reintegration",
        "concentration-known", "authority-access", "exit-strategy", "register-entry",
    } <= {question.id for question in ADDED}  # fmt: skip


def test_nothing_of_the_base_is_lost_or_changed() -> None:
    base = method_of("readiness")
    for key, question in base.questions.items():
        assert PACK.questions[key] == question
    held = {verdict.id: verdict.held_by for verdict in PACK.decision.verdicts}
    for verdict in base.decision.verdicts:
        assert held[verdict.id][: len(verdict.held_by)] == verdict.held_by


def test_at_least_a_dozen_cases_hold() -> None:
    assert len(PACK.cases) >= 12
    assert [found for case in PACK.cases for found in broken(PACK, case)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_description_for_readiness_serves_the_pack(name: str) -> None:
    found = run("check", f"examples/{name}", "-q", "regulated", cwd=ROOT)
    assert found.code == 0, found.err


def test_a_criterion_of_critical_functions_binds_only_these() -> None:
    cases = {case.name: case.verdict for case in PACK.cases}
    assert cases["Reports only, for a critical function"] == "outsource-with-conditions"
    assert cases["Reports only, for a function that is not critical"] == "outsource"
