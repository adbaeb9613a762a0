"""The shipped method: complete, referenced, and with the limits that its guide and README state."""

import re
from pathlib import Path
from typing import Any

import pytest

from bpo_assess.assessment import assess
from bpo_assess.assessment.method import prepare
from bpo_assess.model.questionnaire import Question
from builders import process
from shipped import ROOT, method_of

METHOD = method_of("readiness")
QUESTIONS = list(METHOD.questions.values())
SAME = [pytest.param(question, id=question.id) for question in QUESTIONS]


def test_it_asks_sixty_two_questions_in_eleven_dimensions_on_two_axes() -> None:
    assert (len(QUESTIONS), len(METHOD.dimensions), len(METHOD.axes)) == (62, 11, 2)
    assert len(METHOD.risks) == 14


@pytest.mark.parametrize("question", SAME)
def test_a_question_says_why_it_counts_what_proves_it_and_what_raises_it(
    question: Question,
) -> None:
    assert question.text.endswith("?")
    assert len(question.title) <= 34
    assert len(set(question.anchors)) == 5
    assert question.why
    assert question.sources
    assert 1 <= len(question.evidence) <= 4
    assert question.action
    assert question.action.step


@pytest.mark.parametrize("question", SAME)
def test_anchors_are_statements_that_stand_alone(question: Question) -> None:
    for anchor in question.anchors:
        assert len(anchor) <= 125
        assert not anchor.endswith(".")
        assert not re.search(r">=|<=|&|\betc\b", anchor)


def test_every_source_has_a_citation_and_every_citation_a_use() -> None:
    used = {key for question in QUESTIONS for key in question.sources}
    used |= {key for risk in METHOD.risks for key in risk.sources}
    used |= {entry.source for risk in METHOD.risks for entry in risk.published if entry.source}
    used |= {note.source for note in METHOD.notes if note.source}
    assert used == set(METHOD.sources)


def test_a_risk_has_drivers_controls_and_clauses() -> None:
    for risk in METHOD.risks:
        assert sum(risk.drivers.values()) == 100
        assert sum(risk.impact_drivers.values()) == 100
        assert risk.controls
        assert risk.clauses
        assert str(risk.text).endswith(".")


def test_every_condition_of_the_deal_can_become_a_clause() -> None:
    """What holds `outsource-with-conditions` by a weak answer has a clause to write against it."""
    named = {
        condition.question
        for verdict in METHOD.decision.verdicts
        if verdict.stance == "conditional"
        for condition in verdict.held_by
        if hasattr(condition, "question")
    }
    assert len(named) == 14
    assert [key for key in named if not METHOD.questions[key].clause] == []


def test_no_gate_can_be_set_aside_and_every_gate_weighs_double() -> None:
    gates = prepare(METHOD).gates
    assert len(gates) == 12
    for key in gates:
        assert not METHOD.questions[key].not_applicable
        assert METHOD.questions[key].weight == 2


def verdict_with(**changed: Any) -> str:
    """The verdict where every answer is the best and proven, but for some."""
    answers: dict[str, Any] = {q.id: {"level": 4, "evidence": "proof.md"} for q in QUESTIONS}
    answers |= {key.replace("_", "-"): value for key, value in changed.items()}
    return assess(process(answers), METHOD).ruling.id


def proven(level: int) -> dict[str, Any]:
    return {"level": level, "evidence": "proof.md"}


KEEP = {"regulatory_permissibility": 0, "inherent_retention": 0, "competitive_advantage": 0}
NOT_YET = {
    "protocol_documented": 1,
    "outcome_defined": 1,
    "current_performance": 0,
    "task_split": 1,
    "kpi_defined": 1,
    "governance_cadence": 0,
    "price_realism": 0,
    "market_depth": 0,
    "system_access": 0,
}
CONDITIONAL = {
    "competitive_advantage": 1,
    "commodity_sameness": 1,
    "inherent_retention": 2,
    "net_benefit": 0,
    "kpi_baselined": 1,
    "audit_rights": 2,
    "exit_plan": 1,
    "security_controls": 1,
    "decision_authority": 1,
    "incentive_alignment": 1,
    "regulatory_permissibility": 2,
    "stakeholder_support": 0,
    "knowledge_transfer": 0,
    "transition_staging": 0,
}


def test_the_best_of_everything_goes() -> None:
    assert verdict_with() == "outsource"


@pytest.mark.parametrize(("key", "level"), KEEP.items())
def test_what_keeps_the_work_in_house(key: str, level: int) -> None:
    assert verdict_with(**{key: proven(level)}) == "keep-in-house"
    assert verdict_with(**{key: proven(level + 1)}) != "keep-in-house"


@pytest.mark.parametrize(("key", "level"), NOT_YET.items())
def test_what_is_not_yet_ready(key: str, level: int) -> None:
    assert verdict_with(**{key: proven(level)}) == "not-yet"
    assert verdict_with(**{key: proven(level + 1)}) != "not-yet"


@pytest.mark.parametrize(("key", "level"), CONDITIONAL.items())
def test_what_becomes_a_condition(key: str, level: int) -> None:
    assert verdict_with(**{key: proven(level)}) == "outsource-with-conditions"
    assert verdict_with(**{key: proven(level + 1)}) == "outsource"


def test_no_saving_and_no_other_gain_keeps_it() -> None:
    assert verdict_with(net_benefit=proven(0), non_financial_value=proven(1)) == "keep-in-house"
    assert (
        verdict_with(net_benefit=proven(0), non_financial_value=proven(2))
        == "outsource-with-conditions"
    )


@pytest.mark.parametrize("key", [*KEEP, *NOT_YET])
def test_an_unanswered_gate_is_not_yet(key: str) -> None:
    assert verdict_with(**{key: "unknown"}) == "not-yet"


@pytest.mark.parametrize("key", sorted(set(CONDITIONAL) - set(KEEP)))
def test_an_unanswered_question_of_the_decision_is_a_condition(key: str) -> None:
    assert verdict_with(**{key: "unknown"}) == "outsource-with-conditions"


def test_answers_without_evidence_are_a_condition() -> None:
    bare = {question.id: 4 for question in QUESTIONS}
    assert assess(process(bare), METHOD).ruling.id == "outsource-with-conditions"


AMERICAN = re.compile(
    r"\b(organiz|standardiz|minimiz|analyz|behavior|color|center\b|labor\b|fulfill\b|license the)"
)


@pytest.mark.parametrize(
    "path", ["questionnaires/readiness.yaml", "README.md", "questionnaires/README.md"]
)
def test_the_spelling_is_british(path: str) -> None:
    text = Path(ROOT, path).read_text(encoding="utf-8")
    prose = re.sub(r"(?m)^  [a-z0-9-]+: \".*\"$", "", text)
    assert AMERICAN.findall(prose.replace("--color", "")) == []
