"""The cases of a questionnaire: whether its answers still lead to what they must lead to."""

from collections.abc import Iterator, Mapping
from typing import Any

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.process import PROCESS_FORMAT, ProcessDescription
from bpo_assess.model.questionnaire import Case, Questionnaire

Expectation = tuple[str, str, str]
"""What was looked at, what the case states, and what came out."""


def judged(questionnaire: Questionnaire, case: Case) -> Assessment:
    """Assess the answers of a case."""
    levels = dict.fromkeys(questionnaire.questions, case.otherwise) | dict(case.answers)
    return assess(described(levels, proven=case.proven), questionnaire)


def described(levels: Mapping[str, int | str | None], *, proven: bool) -> ProcessDescription:
    """Describe a process of which only the answers are known."""
    evidence = {"evidence": [{"path": "case"}]} if proven else {}
    answers: dict[str, Any] = {
        key: level if level in {None, "unknown"} else {"level": level, **evidence}
        for key, level in levels.items()
    }
    return ProcessDescription.model_validate(
        {"format": PROCESS_FORMAT, "id": "case", "name": "Case", "answers": answers}
    )


def broken(questionnaire: Questionnaire, case: Case) -> Iterator[Expectation]:
    """Yield every expectation of a case that does not hold."""
    found = judged(questionnaire, case)
    if found.ruling.id != case.verdict:
        yield "verdict", case.verdict, found.ruling.id
    value = found.scorecard.candidacy.value
    if case.candidacy is not None:
        low, high = case.candidacy
        if value is None or not low <= value <= high:
            yield "candidacy", f"{low} to {high}", "none" if value is None else str(value)
    residual = {risk.risk.id: risk.known.residual for risk in found.risks}
    for key, level in case.risks.items():
        if residual.get(key) != level:
            yield f"risk {key}", level, residual.get(key) or "none"
