"""Small methods and descriptions, built from as little as a test needs to say."""

import json
import re
from typing import Any

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.documents import parse
from bpo_assess.model.process import ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML takes only as escapes, though JSON takes them as they are."""

ANCHORS = ["nothing", "little", "half", "most", "all"]

RISK_LEVELS = ["low", "moderate", "high", "critical"]

MATRIX = {
    "levels": RISK_LEVELS,
    "rows": [
        ["low", "low", "low", "moderate", "moderate"],
        ["low", "low", "moderate", "moderate", "high"],
        ["low", "moderate", "moderate", "high", "high"],
        ["moderate", "moderate", "high", "high", "critical"],
        ["moderate", "high", "high", "critical", "critical"],
    ],
}

UNDETERMINED = {"below_coverage": 0.5, "title": "Undetermined", "summary": "Too little is known."}


def question(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "title": key, "text": f"What about {key}?", "anchors": ANCHORS, **more}


def dimension(key: str, weight: int, *questions: dict[str, Any]) -> dict[str, Any]:
    return {"id": key, "title": key, "weight": weight, "questions": list(questions)}


def axis(key: str, *dimensions: dict[str, Any]) -> dict[str, Any]:
    return {"id": key, "title": key, "dimensions": list(dimensions)}


def verdict(key: str, stance: str, *held_by: dict[str, Any]) -> dict[str, Any]:
    summary = f"The summary of {key}."
    return {"id": key, "title": key, "stance": stance, "summary": summary, "held_by": list(held_by)}


def decision(*verdicts: dict[str, Any], below_coverage: float = 0.5) -> dict[str, Any]:
    undetermined = UNDETERMINED | {"below_coverage": below_coverage}
    return {"undetermined": undetermined, "verdicts": list(verdicts)}


def method(*axes: dict[str, Any], decided: dict[str, Any], **more: Any) -> Questionnaire:
    value = {
        "format": "bpo-assess/questionnaire/v1",
        "id": "test-method",
        "version": "1.0",
        "title": "A method for tests",
        "axes": list(axes),
        "decision": decided,
        **more,
    }
    return Questionnaire.model_validate(_as_read(value))


def process(answers: dict[str, Any] | None = None, **more: Any) -> ProcessDescription:
    value = {
        "format": "bpo-assess/process/v1",
        "id": "a-process",
        "name": "A process",
        "answers": answers or {},
        **more,
    }
    return ProcessDescription.model_validate(_as_read(value))


def _as_read(value: dict[str, Any]) -> Any:
    """Send a value through the reader, so that tests see what files give: JSON is YAML."""
    text = _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))
    return parse(text.encode(), "built").data


def judged(questionnaire: Questionnaire, **answers: Any) -> Assessment:
    """Assess a process of which only answers are stated."""
    return assess(
        process({key.replace("_", "-"): value for key, value in answers.items()}), questionnaire
    )
