"""`schema` as an editor's user asks for it."""

import json

from running import run


def test_each_kind_is_printed_as_a_draft_07_schema() -> None:
    for kind in ("process", "questionnaire", "assessment"):
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
