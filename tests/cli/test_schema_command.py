"""`schema` as an editor's user asks for it."""

import json
from functools import cache
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft7Validator

from bpo_assess.cli.schema import schema
from running import run

KINDS = get_args(get_args(get_type_hints(schema, include_extras=True)["kind"])[0])

REPORTS = ("assessment", "sensitivity", "plan", "comparison", "weights")

RUNS = [
    ("assessment", "score examples/payroll.yaml"),
    ("assessment", "score examples/payroll.yaml examples/data-entry.yaml"),
    ("sensitivity", "sensitivity examples/insurance-claims.yaml --draws 50"),
    ("sensitivity", "sensitivity examples/payroll.yaml examples/legal-research.yaml --draws 0"),
    ("plan", "plan examples/insurance-claims.yaml"),
    ("plan", "plan examples/insurance-claims.yaml --budget 3"),
    ("plan", "plan examples/legal-research.yaml --to outsource"),
    ("comparison", "compare examples/content-moderation.yaml examples/payroll.yaml"),
    (
        "comparison",
        "compare examples/payroll.yaml examples/data-entry.yaml --old-questionnaire screening",
    ),
    ("weights", "weights examples/weights/workshop.yaml"),
]
"""Reports of the examples, some of one process and some of several."""


@cache
def printed(kind: str) -> Any:
    return json.loads(run("schema", kind).out)


@pytest.mark.parametrize(("kind", "command"), RUNS)
def test_a_report_is_what_its_schema_says(kind: str, command: str) -> None:
    found = json.loads(run(*command.split(), "-f", "json").out)
    validator = Draft7Validator(printed(kind))
    assert [error.message for error in validator.iter_errors(found)] == []
    one = found[0] if isinstance(found, list) else found
    assert not validator.is_valid({key: one[key] for key in one if key != "format"})
    assert not validator.is_valid(one | {"format": "bpo-assess/other/v1"})


@pytest.mark.parametrize("kind", REPORTS)
def test_parts_of_a_report_have_plain_names_and_every_key_a_text(kind: str) -> None:
    found = printed(kind)
    Draft7Validator.check_schema(found)
    assert not [name for name in found["definitions"] if "__" in name]
    for definition in (found, *found["definitions"].values()):
        for key, value in definition.get("properties", {}).items():
            assert "description" in value, key


def test_each_kind_is_printed_as_a_draft_07_schema() -> None:
    for kind in KINDS:
        found = run("schema", kind)
        assert (found.code, found.err) == (0, "")
        assert json.loads(found.out)["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_the_questions_are_those_of_the_chosen_method() -> None:
    found = json.loads(run("schema", "process", "-q", "tests/methods/cleaning-contract.yaml").out)
    assert "cleaning-contract" in found["title"]
    answers = found["properties"]["answers"]["properties"]
    assert answers
    assert "exit-plan" not in answers


def test_screening_takes_the_answers_that_it_leaves_aside() -> None:
    found = json.loads(run("schema", "process", "-q", "screening").out)
    aside = found["properties"]["answers"]["properties"]["audit-rights"]
    assert aside["description"] == "`screening` does not ask this: the answer is left aside."


def test_an_unknown_method_or_kind_is_refused() -> None:
    assert run("schema", "process", "-q", "screning").code == 2
    assert run("schema", "proces").code == 2


def test_the_same_schema_has_the_same_bytes() -> None:
    assert run("schema", "questionnaire").out == run("schema", "questionnaire").out
