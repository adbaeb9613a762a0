"""Answers of several people in one file: each is checked at its place, and nobody's spoils another's."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bpo_assess.diagnostics import Diagnostic, InputError
from bpo_assess.documents import parse
from bpo_assess.loading.read import pair, read_draft, read_functions, read_questionnaire
from bpo_assess.model.process import ProcessDescription
from bpo_assess.reports.schema import process_schema

HEAD = "format: bpo-assess/process/v1\nid: several\nname: Several\n"


def read(folder: Path, text: str) -> tuple[ProcessDescription, list[Diagnostic]]:
    path = folder / "several.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    draft = read_draft(str(path))
    try:
        return draft.process, pair(draft, read_questionnaire("readiness"))
    except InputError as error:
        return draft.process, list(error.diagnostics)


def places(problems: list[Diagnostic]) -> list[tuple[str, int]]:
    return [(problem.code, problem.span.line) for problem in problems if problem.span]


def test_levels_of_each_person_are_read_as_answers_are(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        "answers_by:\n  Ann:\n    exit-plan: 2\n  Bob:\n    exit-plan: {level: 3, evidence: a.md}\n"
        "  Cem:\n",
    )
    assert problems == []
    assert {who: list(said) for who, said in found.answers_by.items()} == {
        "Ann": ["exit-plan"],
        "Bob": ["exit-plan"],
        "Cem": [],
    }
    assert found.answers_by["Bob"]["exit-plan"].evidence[0].path == "a.md"


def test_every_mistake_of_every_person_is_shown_at_its_line_in_one_go(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        "answers_by:\n  Ann:\n    exit-plan: 9\n    no-such-question: 1\n  Bob:\n"
        "    net-benefit: {not_applicable: never}\n    exit-plan: 1\nanswers:\n  nor-this: 2\n",
    )
    assert sorted(places(problems)) == [
        ("BPO206", 6),
        ("BPO301", 7),
        ("BPO301", 12),
        ("BPO302", 9),
    ]
    assert list(found.answers_by["Bob"]) == ["net-benefit", "exit-plan"], "what is sound is kept"
    assert list(found.answers_by["Ann"]) == ["no-such-question"]


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("answers_by:\n", True),
        ("answers_by: {Ann: }\n", True),
        ("answers_by: {Ann: {exit-plan: unknown}}\n", True),
        ("answers_by: {Ann: {exit-plan: {level: 2, by: somebody}}}\n", True),
        ("answers_by: {Ann: {exit-plan: 5}}\n", False),
        ("answers_by: {Ann: {no-such-question: 2}}\n", False),
        ("answers_by: {Ann: 2}\n", False),
        ("answers_by: [Ann]\n", False),
        ('answers_by: {" ": {exit-plan: 2}}\n', False),
    ],
)
def test_the_schema_accepts_and_refuses_what_the_reader_does(
    tmp_path: Path, text: str, sound: bool
) -> None:
    _, problems = read(tmp_path, text)
    assert (problems == []) == sound
    method = read_questionnaire("readiness").questionnaire
    data: Any = read_draft_data(tmp_path / "several.yaml")
    errors = list(Draft7Validator(process_schema(method, read_functions())).iter_errors(data))
    assert (errors == []) == sound


def read_draft_data(path: Path) -> Any:
    return parse(path.read_bytes(), path.name).data


def test_answers_of_nobody_are_refused_where_they_stand(tmp_path: Path) -> None:
    _, problems = read(tmp_path, 'answers_by:\n  Ann: {exit-plan: 1}\n  "": {exit-plan: 2}\n')
    assert [(p.code, p.path) for p in problems] == [("BPO211", ("answers_by",))]
    assert problems[0].message == "`answers_by`: the name of the person is empty"
