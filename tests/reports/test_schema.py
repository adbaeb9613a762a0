"""The JSON Schemas accept and refuse what the loader does, as far as a schema can see."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.documents import parse
from bpo_assess.loading.configuration import Configurations
from bpo_assess.loading.consent import read_acceptances
from bpo_assess.loading.files import read_bytes
from bpo_assess.loading.read import pair, read_draft, read_functions, read_questionnaire
from bpo_assess.model.configuration import KEYS, Kind
from bpo_assess.reports.json import assessment_object
from bpo_assess.reports.schema import (
    acceptances_schema,
    assessment_schema,
    configuration_schema,
    process_schema,
    questionnaire_schema,
)
from corpus import BROKEN, METHOD, problems_of
from misshapen import changed, places_in
from shipped import EXAMPLES, ROOT, example

BEYOND = {
    **{f"BPO1{n:02}": "how the YAML is written: a schema sees what was read" for n in range(1, 14)},
    "BPO210": "ids that stand twice, in entries that differ",
    "BPO212": "a sum of weights",
    "BPO213": "a reference to an id elsewhere in the file",
    "BPO214": "an order of cells",
    "BPO216": "a condition that is allowed in one place and not in another",
    "BPO218": "an order of bounds",
    "BPO219": "an order of verdicts",
    "BPO220": "a question and a condition elsewhere in the file",
}
"""What a schema cannot see, and why."""


WITHOUT_METHOD = {
    "assessment": assessment_schema,
    "acceptances": acceptances_schema,
    "configuration": configuration_schema,
}


@cache
def schema_of(kind: str, name: str = "readiness") -> dict[str, Any]:
    if kind == "questionnaire":
        return questionnaire_schema()
    if kind in WITHOUT_METHOD:
        return WITHOUT_METHOD[kind]()
    method = read_questionnaire(name)
    return process_schema(method.questionnaire, read_functions(), method.left_out)


@cache
def validator_of(kind: str, name: str = "readiness") -> Draft7Validator:
    schema = schema_of(kind, name)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=FormatChecker(["date"]))


def plain(value: Any) -> Any:
    """Turn what was read into what a JSON Schema looks at."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return float(value) if isinstance(value, Decimal) else value


def data_of(path: Path) -> Any:
    return plain(parse(read_bytes(str(path)), path.name).data)


def refused_at(validator: Draft7Validator, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:120]}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_by_both_or_beyond_a_schema(path: Path) -> None:
    problems = problems_of(path)
    seen = [p for p in problems if p.severity is Severity.ERROR and p.code not in BEYOND]
    try:
        data = data_of(path)
    except InputError:
        assert seen == []
        return
    kind = "questionnaire" if path.stem.endswith(".questionnaire") else "process"
    refused = refused_at(validator_of(kind, str(METHOD)), data)
    if seen or not problems:
        assert bool(refused) == bool(seen), problems


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_accepted_by_both(name: str) -> None:
    data = data_of(ROOT / "examples" / name)
    for method in ("readiness", "screening"):
        assert refused_at(validator_of("process", method), data) == []


@pytest.mark.parametrize(
    "path",
    [
        *sorted((ROOT / "questionnaires").glob("*.yaml")),
        *sorted((ROOT / "questionnaires" / "templates").glob("*.yaml")),
        *sorted((ROOT / "tests" / "methods").glob("*.yaml")),
        METHOD,
    ],
    ids=lambda path: path.name,
)
def test_a_questionnaire_is_accepted_by_both(path: Path) -> None:
    if path.name != "functions.yaml":
        assert refused_at(validator_of("questionnaire"), data_of(path)) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_assessment_is_what_its_schema_says(name: str) -> None:
    found = json.loads(json.dumps(assessment_object(example(name))))
    assert refused_at(validator_of("assessment"), found) == []
    assert refused_at(validator_of("assessment"), [found, found]) == []
    assert undescribed(assessment_schema(), found) == set()


def undescribed(schema: dict[str, Any], found: Any, at: str = "") -> set[str]:
    """Collect the keys of an assessment of which the schema says nothing."""
    described = {
        key
        for definition in schema["definitions"].values()
        for key in definition.get("properties", {})
    }
    if isinstance(found, list):
        return set().union(*(undescribed(schema, entry, at) for entry in found), set())
    if not isinstance(found, dict) or at == "what_if":
        return set()
    below = (undescribed(schema, value, key) for key, value in found.items())
    return ({*found} - described).union(*below)


def described_keys(schema: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for name, definition in schema.get("definitions", {}).items():
        for key, value in definition.get("properties", {}).items():
            yield name, key, "description" in value


@pytest.mark.parametrize("kind", ["process", "questionnaire", *WITHOUT_METHOD])
def test_every_key_has_a_text_to_hover_over(kind: str) -> None:
    schema = dict(schema_of(kind))
    schema["definitions"] = {**schema.get("definitions", {}), "the file": schema}
    described = list(described_keys(schema))
    assert described
    assert [entry for entry in described if not entry[2]] == []


def test_the_levels_of_a_question_are_its_anchors() -> None:
    method = read_questionnaire("readiness").questionnaire
    properties = schema_of("process")["properties"]["answers"]["properties"]
    assert list(properties) == list(method.questions)
    for key, question in method.questions.items():
        levels = properties[key]["anyOf"][0]
        assert levels["enum"] == [0, 1, 2, 3, 4, "unknown"]
        assert levels["markdownEnumDescriptions"][:5] == [
            " ".join(anchor.split()) for anchor in question.anchors
        ]


BASE = data_of(ROOT / "examples" / "data-entry.yaml")
BASE["documents"].append("evidence/data-entry/manual.md")
BASE["answers"]["language-culture-fit"] = {"not_applicable": "The work stays."}

ODD = [None, True, 0, 3, 5, -1, 2.5, 10**8, "", " ", "unknown", "personal", "up", "2026-02-30",
       "2026-02-28", "a b", "in-place", [], ["x"], [3], {}, {"level": 3}, {"name": "x"}, {"id": "x"},
       {"path": "x"}, {"path": "x", "url": "y"}, {"level": 2, "not_applicable": "x"},
       {"not_applicable": "x"}, {"level": None, "not_applicable": None}]  # fmt: skip


PLACES_IN_BASE = list(places_in(BASE))


def loaded(data: Any, folder: Path) -> list[Diagnostic]:
    path = folder / "changed.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")
    try:
        return pair(read_draft(str(path)), read_questionnaire("readiness"))
    except InputError as error:
        return list(error.diagnostics)


@given(
    st.sampled_from(PLACES_IN_BASE),
    st.sampled_from(["replace", "remove", "add"]),
    st.sampled_from(ODD),
)
def test_a_file_with_one_change_is_accepted_by_both_or_by_neither(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[Any, ...], how: str, odd: Any
) -> None:
    data = changed(BASE, path, how, odd)
    problems = loaded(data, tmp_path_factory.mktemp("changed"))
    seen = [p for p in problems if p.severity is Severity.ERROR and p.code not in BEYOND]
    if seen or not problems:  # what is beyond a schema, or only noted, it may accept or refuse
        assert bool(refused_at(validator_of("process"), data)) == bool(seen), problems


# Configurations

WRITTEN = [
    "true", "0", "1", "5", "100", "101", "-1", "0.5", "1.5", "90.0", "36500", "36501", "1e3",
    '""', '" "', '"x"', '"80%"', '"100.0 %"', '"101%"', '"0.8"', '"true"', '"error"', '"note"',
    '"fatal"', '"today"', '"2026-02-28"', '"2026-02-30"', "2026-02-28", "2026-02-28T10:00:00",
    "10:00:00", '"base.toml"', '".toml"', '"base.yaml"', '"BPO413"', "[]", '["BPO413"]', '["bpo413"]',
    '["BPO101"]', '["BPO413", 1]', '["old/", "*.yaml"]', '[""]', "{}", '{ x = "y" }', '">=0"',
]  # fmt: skip


def is_beyond(name: str, written: str) -> bool:
    """Tell what no schema knows: how versions are written, and that a day of TOML is no text."""
    kind = KEYS[name].kind if name in KEYS else None
    return kind is Kind.VERSIONS or (kind is not Kind.DAY and written[-3:-2] in {":", "-"})


def as_json(value: Any) -> Any:
    """Turn what TOML says into what a JSON Schema looks at."""
    if isinstance(value, dict):
        return {key: as_json(entry) for key, entry in value.items()}
    return value.isoformat() if isinstance(value, date | time) else value


def configured(text: str, folder: Path) -> list[str]:
    (folder / "base.toml").touch()
    path = folder / "bpo-assess.toml"
    path.write_text(text, encoding="utf-8")
    try:
        Configurations({}, {}, str(path)).values(".")
    except InputError as error:
        return [problem.message for problem in error.diagnostics]
    return []


@pytest.mark.parametrize("name", [*KEYS, "min_candidacy", "check"])
def test_a_configuration_is_accepted_by_both_or_by_neither(name: str, tmp_path: Path) -> None:
    for written in WRITTEN:
        text = f"{name} = {written}\n"
        problems = configured(text, tmp_path)
        refused = refused_at(validator_of("configuration"), as_json(tomllib.loads(text)))
        if is_beyond(name, written):
            assert problems or not refused, text
        else:
            assert bool(refused) == bool(problems), (text, problems)


def test_several_keys_of_a_configuration_are_accepted_by_both(tmp_path: Path) -> None:
    text = 'min-candidacy = 70\nas-of = "today"\nignore = ["BPO413"]\nextend = "base.toml"\n'
    assert configured(text, tmp_path) == []
    assert refused_at(validator_of("configuration"), tomllib.loads(text)) == []


# Acceptances

ENTRY: dict[str, Any] = {
    "rule": "BPO413",
    "subject": "payroll/*",
    "reason": "the pilot comes first",
    "owner": "a.smith",
    "until": "2027-01-31",
    "ticket": "OPS-1",
}
ODD_ENTRIES: list[Any] = [
    None, True, 0, 1234567890, 12.5, "", " ", " " * 12, "short", "long enough", [], {}, ["x"],
    "BPO413", "bpo413", "BPO101", "BPO511", "BPO999", "2026-02-30", "2026-02-28",
]  # fmt: skip


def accepted(data: Any, folder: Path) -> list[Diagnostic]:
    path = folder / "acceptances.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")
    try:
        read_acceptances(str(path))
    except InputError as error:
        return list(error.diagnostics)
    return []


def files_of_acceptances() -> Iterator[Any]:
    head = {"format": "bpo-assess/acceptances/v1"}
    yield from ({}, head, {"format": "bpo-assess/acceptances/v2"}, [], "x")
    yield from (head | {"acceptances": odd} for odd in [*ODD_ENTRIES, ENTRY, [ENTRY, ENTRY]])
    yield head | {"acceptances": [], "surplus": 1}
    yield head | {"acceptances": [ENTRY | {"surplus": 1}]}
    for key in ENTRY:
        yield head | {"acceptances": [{k: value for k, value in ENTRY.items() if k != key}]}
        for odd in ODD_ENTRIES:
            yield head | {"acceptances": [ENTRY | {key: odd}]}


@pytest.mark.parametrize("data", [*files_of_acceptances()], ids=lambda data: json.dumps(data)[:80])
def test_acceptances_are_accepted_by_both_or_by_neither(data: Any, tmp_path: Path) -> None:
    problems = accepted(data, tmp_path)
    assert bool(refused_at(validator_of("acceptances"), data)) == bool(problems), problems
