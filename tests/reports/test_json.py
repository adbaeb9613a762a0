"""The assessment as JSON: the keys that others rely on, in their order, and what their values may be."""

import json
from typing import Any

import pytest

from hostile import hostile
from rendering import rendered
from shipped import EXAMPLES, ROOT, example

TOP = [
    "format", "tool", "process", "questionnaire", "as_of", "verdict", "candidacy", "evidence_share",
    "axes", "risks", "conditions", "actions", "benefits", "alternatives", "delivery", "findings",
]  # fmt: skip
INDEX = ["value", "low", "high", "coverage"]
KEYS: dict[str, list[str]] = {
    "tool": ["name", "version"],
    "process": ["id", "name", "owner", "function", "file", "sha256"],
    "questionnaire": ["id", "version", "sha256"],
    "verdict": ["id", "title", "firm", "worst", "best", "reasons", "decisive_unknowns"],
    "verdict.reasons": ["id", "verdict", "subject_kind", "subject", "actual", "limit", "text"],
    "candidacy": INDEX,
    "axes": ["id", "title", *INDEX, "dimensions"],
    "axes.dimensions": ["id", "title", "weight", *INDEX, "questions"],
    "axes.dimensions.questions": [
        "id", "text", "weight", "state", "level", "claimed_level", "fact_level", "origin",
        "contribution", "evidence", "note",
    ],
    "risks": [
        "id", "title", "likelihood", "impact", "inherent", "residual", "planned_residual", "drivers",
        "controls", "clauses",
    ],
    "risks.likelihood": ["value", "low", "high"],
    "conditions": ["subject", "text"],
    "actions": ["question", "from", "to", "text"],
    "benefits": ["id", "title", "strength", "reasons"],
    "alternatives": ["id", "title", "reasons"],
    "delivery": ["id", "fit", "reasons", "open_questions"],
    "findings": ["code", "severity", "message", "file", "line", "column", "hint"],
}  # fmt: skip


def report(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rendered(example(name), "json"))
    return found


def at(value: Any, path: list[str]) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for entry in value for found in at(entry, path)]
    return at(value[path[0]], path[1:]) if path else [value]


def in_order(keys: list[str], expected: list[str]) -> bool:
    return [key for key in keys if key in expected] == expected


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("place", KEYS)
def test_the_promised_keys_are_there_in_their_order(name: str, place: str) -> None:
    for entry in at(report(name), place.split(".")):
        assert in_order(list(entry), KEYS[place])


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_top_of_the_object(name: str) -> None:
    found = report(name)
    assert in_order(list(found), TOP)
    assert found["format"] == "bpo-assess/assessment/v1"
    assert found["process"]["file"] == f"examples/{name}"
    assert len(found["process"]["sha256"]) == 64


@pytest.mark.parametrize("name", EXAMPLES)
def test_values_keep_to_their_vocabulary(name: str) -> None:
    found = report(name)
    for question in at(found, ["axes", "dimensions", "questions"]):
        assert question["state"] in {"answered", "unknown", "not-applicable", "unanswered"}
        assert question["origin"] in {"answer", "fact", "both", None}
        assert (question["level"] is None) == (question["state"] != "answered")
    for risk in found["risks"]:
        assert risk["residual"] in {"low", "moderate", "high", "critical", None}
    for model in found["delivery"]:
        assert model["fit"] in {"ruled-out", "possible", "favoured"}
    for condition in found["conditions"]:
        named = {"clause", "control"} & set(condition) or condition["levels"]
        assert named or condition["subject"] == "evidence"  # to prove is no clause
    for entry in at(found, ["axes", "dimensions"]):
        assert entry["value"] is None or entry["value"] == round(entry["value"], 1)


@pytest.mark.parametrize("name", EXAMPLES)
def test_contributions_add_up_to_the_candidacy_exactly(name: str) -> None:
    from fractions import Fraction  # noqa: PLC0415

    found = report(name)
    exact = [
        Fraction(question["contribution_exact"])
        for question in at(found, ["axes", "dimensions", "questions"])
        if question["contribution_exact"] is not None
    ]
    value = found["candidacy"]["value"]
    if value is None:
        assert exact == []
    else:
        assert abs(sum(exact) - Fraction(str(value))) <= Fraction("0.05")


def test_all_five_verdicts_appear_among_the_examples() -> None:
    verdicts = {report(name)["verdict"]["id"] for name in EXAMPLES}
    assert verdicts == {
        "keep-in-house",
        "not-yet",
        "outsource-with-conditions",
        "outsource",
        "undetermined",
    }


def test_the_guide_to_the_examples_names_each_with_its_verdict() -> None:
    guide = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    for name in EXAMPLES:
        row = next(line for line in guide.split("\n") if line.startswith(f"| `{name}`"))
        verdict = row.split("|")[2].strip()
        found = report(name)["verdict"]
        assert verdict.split(",")[0] in {found["title"].lower(), found["id"]}
        assert ("provisional" in verdict) == (not found["firm"] and found["id"] != "undetermined")


def test_hostile_text_stays_text() -> None:
    found = json.loads(rendered(hostile(), "json"))
    assert "<script>alert(1)</script>" in found["process"]["name"]
