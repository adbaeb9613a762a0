"""JSON Schemas (draft-07) of the files that people write, and of reports as JSON, for editors and validators.

They mark unknown keys, wrong types, levels outside the scale, and questions and controls that the method
does not have. What spans several places (a reference to an id, ids that stand twice, the order of verdicts)
and how the YAML itself is written is left to `check`. The texts that people read while they write are the
docstrings of the models.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bpo_assess import __version__
from bpo_assess.assessment.measures import MEASURES
from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.model.acceptance import AcceptanceFile
from bpo_assess.model.comparisons import ComparisonFile
from bpo_assess.model.configuration import (
    KEYS,
    MOST_DAYS,
    MOST_SCORE,
    PERCENTAGE,
    TODAY,
    Key,
    Kind,
)
from bpo_assess.model.functions import FunctionCatalogue
from bpo_assess.model.parts import DATE_PATTERN, LEVELS, VISIBLE
from bpo_assess.model.process import ProcessDescription
from bpo_assess.model.questionnaire import Question, Questionnaire
from bpo_assess.reports.analysis.comparison.contract import ComparisonObject
from bpo_assess.reports.analysis.plan_json import PlanningObject
from bpo_assess.reports.analysis.scored import ScoredObject
from bpo_assess.reports.analysis.sensitivity_json import SensitivityObject

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_REFERENCE = "#/definitions/{model}"


def process_schema(
    questionnaire: Questionnaire, functions: FunctionCatalogue, left_out: Iterable[str] = ()
) -> Schema:
    """Describe process descriptions that answer a questionnaire.

    Questions and controls that it leaves out of the one it extends may be stated, and are left aside.
    """
    schema = _of_model(ProcessDescription)
    aside = sorted(left_out)
    definitions, properties = schema["definitions"], schema["properties"]
    definitions["AnyAnswer"] = _answer({"enum": [*LEVELS, "unknown"]}, definitions["Answer"])
    answer = definitions["Answer"]
    properties["answers"] |= {
        "type": ["object", "null"],
        "properties": {
            **{key: _question(asked, answer) for key, asked in questionnaire.questions.items()},
            **{key: _left_aside(questionnaire) for key in aside},
        },
        "additionalProperties": False,
    }
    properties["answers_by"] |= {
        "type": ["object", "null"],
        "additionalProperties": {"$ref": "#/properties/answers"},
        "propertyNames": {"pattern": VISIBLE},
    }
    definitions["ControlStatement"]["properties"]["id"] |= _control_ids(questionnaire, aside)
    definitions["QuestionnaireReference"] |= _version_of(questionnaire)
    properties["function"] = _functions(functions, properties["function"])
    title = f"Process description for {questionnaire.id} {questionnaire.version}"
    return _whole(title, schema)


def questionnaire_schema() -> Schema:
    """Describe questionnaires: whole methods, and files that extend another."""
    schema = _of_model(Questionnaire)
    definitions: dict[str, Schema] = schema.pop("definitions")
    measures = _choice({measure.id: measure.counts for measure in MEASURES.values()})
    definitions["MeasureUse"]["properties"]["of"] |= measures
    definitions["Bound"]["properties"]["measure"] |= measures
    whole = schema | {"properties": schema["properties"] | _not_extending()}
    parts = _in_part({**definitions, "Questionnaire": schema})
    extending = _without(parts.pop(_part("Questionnaire")), "if", "then")
    extending["properties"] = extending["properties"] | _EXTENDING
    extending["required"] = ["format", "id", "version", "title", "extends"]
    return _whole(
        "Questionnaire",
        {
            "type": "object",
            "if": {"required": ["extends"]},
            "then": extending,
            "else": whole,
            "definitions": dict(sorted((definitions | parts).items())),
        },
    )


def assessment_schema() -> Schema:
    """Describe the JSON of `score`: one assessment, or an array of several."""
    return schema_of_one_or_several("Assessment", ScoredObject)


def sensitivity_schema() -> Schema:
    """Describe the JSON of `sensitivity`: how sure one verdict is, or an array of several."""
    return schema_of_one_or_several("Sensitivity", SensitivityObject)


def plan_schema() -> Schema:
    """Describe the JSON of `plan`."""
    return schema_of_type("Plan", PlanningObject)


def comparison_schema() -> Schema:
    """Describe the JSON of `compare`."""
    return schema_of_type("Comparison", ComparisonObject)


def schema_of_type(title: str, described: type) -> Schema:
    """Describe the JSON that a typed dictionary stands for."""
    return _whole(title, _of_type(described))


def schema_of_one_or_several(title: str, described: type) -> Schema:
    """Describe the JSON of an object that a typed dictionary stands for, or of an array of several."""
    schema = _of_type(described)
    definitions = schema.pop("definitions")
    definitions[title] = schema
    one = {"$ref": _REFERENCE.format(model=title)}
    several = {"type": "array", "items": one, "minItems": 2}
    return _whole(
        title, {"anyOf": [one, several], "definitions": dict(sorted(definitions.items()))}
    )


def acceptances_schema() -> Schema:
    """Describe files of acceptances; only rules that can be accepted are offered."""
    schema = _of_model(AcceptanceFile)
    schema["definitions"]["AcceptanceEntry"]["properties"]["rule"] |= _acceptable_rules()
    return _whole("Acceptances of bpo-assess", schema)


def comparisons_schema() -> Schema:
    """Describe files of comparisons in pairs."""
    return _whole("Comparisons in pairs", _of_model(ComparisonFile))


def configuration_schema() -> Schema:
    """Describe `bpo-assess.toml`, and the table `[tool.bpo-assess]` of a `pyproject.toml`."""
    keys = {name: _configured(key) for name, key in KEYS.items()}
    return _whole(
        "Configuration of bpo-assess",
        {"type": "object", "properties": keys, "additionalProperties": False},
    )


BY_KIND: Mapping[str, Callable[[], Schema]] = {
    "questionnaire": questionnaire_schema,
    "configuration": configuration_schema,
    "acceptances": acceptances_schema,
    "comparisons": comparisons_schema,
    "assessment": assessment_schema,
    "sensitivity": sensitivity_schema,
    "plan": plan_schema,
    "comparison": comparison_schema,
}
"""What describes a kind of file that depends on no method."""


def _whole(title: str, schema: Schema) -> Schema:
    head = {"$schema": DRAFT, "$comment": f"Written by bpo-assess {__version__}", "title": title}
    return head | {key: value for key, value in schema.items() if key != "title"}


# What the questionnaire adds to the process description


def _question(question: Question, answer: Schema) -> Schema:
    """Allow a question's levels, each with its anchor; and what stands beside them."""
    levels = _choice(
        dict(zip(LEVELS, question.anchors, strict=True)) | {"unknown": "Asked, and nobody knows."}
    )
    anchors = "".join(f"\n{level}. {anchor}" for level, anchor in enumerate(question.anchors))
    why = f"\n\n{_line(question.why)}" if question.why else ""
    here = {"$ref": f"#/properties/answers/properties/{question.id}/anyOf/0"}
    return {
        "description": f"{_line(question.text)}{why}",
        "markdownDescription": f"**{_line(question.text)}**{why}\n{anchors}",
        **_answer(levels, answer, here, applies_always=not question.not_applicable),
    }


def _answer(
    levels: Schema, answer: Schema, again: Schema | None = None, *, applies_always: bool = False
) -> Schema:
    """Allow a level, nothing yet, or a mapping in which the level stands beside other keys."""
    pointer = f"{_REFERENCE.format(model='Answer')}/properties"
    keys: Schema = {key: {"$ref": f"{pointer}/{key}"} for key in answer["properties"]}
    keys["level"] = {"anyOf": [again or levels, {"type": "null"}]}
    if applies_always:
        keys["not_applicable"] = {"type": "null", "description": "The question always applies."}
    mapping = _without(answer, "description") | {"properties": keys}
    return {"anyOf": [levels, {"type": "null"}, mapping]}


def _left_aside(questionnaire: Questionnaire) -> Schema:
    return {
        "description": f"`{questionnaire.id}` does not ask this: the answer is left aside.",
        "allOf": [{"$ref": _REFERENCE.format(model="AnyAnswer")}],
    }


def _control_ids(questionnaire: Questionnaire, aside: Iterable[str]) -> Schema:
    known = {control.id: control.text for risk in questionnaire.risks for control in risk.controls}
    kept_out = dict.fromkeys(aside, f"`{questionnaire.id}` does not know it.")
    return _choice(known | kept_out) if known or kept_out else {"not": {}}


def _version_of(questionnaire: Questionnaire) -> Schema:
    """Refuse another major version of this questionnaire; of others nothing is known."""
    major = int(questionnaire.major)
    same = {"type": "string", "pattern": rf"^0*{major}(\.|$)"}
    number = {"type": "number", "minimum": major, "exclusiveMaximum": major + 1}
    return {
        "if": {"properties": {"id": {"const": questionnaire.id}}},
        "then": {"properties": {"version": {"anyOf": [same, number, {"type": "null"}]}}},
    }


def _functions(catalogue: FunctionCatalogue, anything: Schema) -> Schema:
    """Offer the functions of the catalogue; one that it does not know is allowed."""
    known = _choice({function.id: function.title for function in catalogue.functions})
    return {"description": anything.pop("description"), "anyOf": [known, anything]}


def _choice(described: Mapping[Any, str]) -> Schema:
    """List allowed values; editors read one or the other name of the descriptions."""
    descriptions = [_line(text) for text in described.values()]
    return {
        "enum": list(described),
        "enumDescriptions": descriptions,
        "markdownEnumDescriptions": descriptions,
    }


def _line(text: str) -> str:
    return " ".join(text.split())


# What can be configured


def _configured(key: Key) -> Schema:
    return {"description": _line(key.meaning), **_WRITTEN[key.kind]}


def _acceptable_rules() -> Schema:
    return _choice({code: rule.what for code, rule in RULES.items() if rule.acceptable})


_SAYING: Schema = {"type": "string", "pattern": VISIBLE}

_WRITTEN: Mapping[Kind, Schema] = {
    Kind.METHOD: _SAYING,
    Kind.DAY: {
        "type": "string",
        "anyOf": [
            {"const": TODAY},
            {"format": "date", "pattern": f"^{DATE_PATTERN.pattern}$"},
        ],
    },
    Kind.VERDICT: _SAYING,
    Kind.RISK: _SAYING,
    Kind.SCORE: {"type": "number", "minimum": 0, "maximum": MOST_SCORE},
    Kind.SHARE: {
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": 1},
            {"type": "string", "pattern": PERCENTAGE},
        ]
    },
    Kind.FLAG: {"type": "boolean"},
    Kind.SEVERITY: {"enum": [severity.value for severity in Severity]},
    Kind.RULES: {"type": "array", "items": _acceptable_rules()},
    Kind.PATTERNS: {"type": "array", "items": _SAYING},
    Kind.PATH: _SAYING,
    Kind.DAYS: {"type": "integer", "minimum": 1, "maximum": MOST_DAYS},
    Kind.CONFIGURATION: _SAYING | {"pattern": r"[^/\\]\.toml$"},
    Kind.VERSIONS: _SAYING,
}
"""What a schema can tell of each kind of value."""


# What extending another questionnaire changes


_EXTENDING: Schema = {
    "extends": {
        "type": "string",
        "description": "The questionnaire that this one takes over: a shipped id, or a file in the folder.",
    },
    "only": {
        "type": ["array", "null"],
        "items": {"type": "string"},
        "description": "The questions of the other that are kept; all of them where this is absent.",
    },
}


def _without(schema: Schema, *keys: str) -> Schema:
    return {key: value for key, value in schema.items() if key not in keys}


def _not_extending() -> Schema:
    """Offer `extends` to those who start a file; writing it switches to the other shape."""
    return {"extends": _EXTENDING["extends"]}


def _part(name: str) -> str:
    return f"{name} in part"


def _in_part(definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """Describe what may stand in a file that extends another: of every mapping only what differs.

    Entries of lists are told by their ids; entries without one are replaced together with their list, and
    stay whole.
    """
    merged = {
        name
        for name, definition in definitions.items()
        if "properties" in definition and _is_merged(name, definition, definitions)
    }
    found = {}
    for name in merged:
        definition = _pointing_to_parts(deepcopy(definitions[name]), merged)
        definition.pop("required", None)
        definition["properties"] |= _additions(definition["properties"], merged)
        if "id" in definition["properties"]:
            definition["required"] = ["id"]
        found[_part(name)] = definition
    return found


def _additions(properties: Schema, merged: set[str]) -> Schema:
    """Allow `also_KEY` beside every list that would be replaced: it adds to the list of the base."""
    by_id = {_REFERENCE.format(model=_part(name)) for name in merged}
    return {
        f"also_{key}": value | {"description": f"Added to `{key}` of the base."}
        for key, value in properties.items()
        if _is_listed(value) and not by_id & _references(value)
    }


def _is_merged(name: str, definition: Schema, definitions: Mapping[str, Schema]) -> bool:
    """Tell whether entries of this kind have an id, or stand alone as the value of a key."""
    if "id" in definition["properties"] or name == "Questionnaire":
        return True
    alone = _REFERENCE.format(model=name)
    uses = [
        value
        for other in definitions.values()
        for value in other.get("properties", {}).values()
        if alone in _references(value)
    ]
    return bool(uses) and not any(_is_listed(value) or "oneOf" in value for value in uses)


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        here = {node["$ref"]} if "$ref" in node else set()
        return here.union(*map(_references, node.values()), set())
    return set().union(*map(_references, node)) if isinstance(node, list) else set()


def _is_listed(node: Any) -> bool:
    if isinstance(node, dict):
        return "items" in node or any(map(_is_listed, node.values()))
    return isinstance(node, list) and any(map(_is_listed, node))


def _pointing_to_parts(node: Any, merged: set[str]) -> Any:
    if isinstance(node, list):
        return [_pointing_to_parts(entry, merged) for entry in node]
    if not isinstance(node, dict):
        return node
    names = {_REFERENCE.format(model=name): name for name in merged}
    changed = {key: _pointing_to_parts(value, merged) for key, value in node.items()}
    if changed.get("$ref") in names:
        changed["$ref"] = _REFERENCE.format(model=_part(names[changed["$ref"]]))
    if "items" in changed and "$ref" in changed["items"] and "minItems" in changed:
        changed["minItems"] = 1
    changed.pop("minProperties", None)
    return changed


# From models to draft-07


def _of_model(model: type[BaseModel]) -> Schema:
    found = model.model_json_schema(ref_template=_REFERENCE, schema_generator=_Generator)
    return dict(_tidied(found))


def _of_type(described: type) -> Schema:
    typed: TypeAdapter[Any] = TypeAdapter(described)
    found = typed.json_schema(ref_template=_REFERENCE, schema_generator=_Generator)
    return dict(_tidied(found))


class _Generator(GenerateJsonSchema):
    """Adds what the docstrings say of keys and values, which pydantic leaves out."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe the keys of a model."""
        return _described(super().model_schema(schema), schema["cls"])

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        """Describe the keys of a typed dictionary."""
        found = super().typed_dict_schema(schema)
        return _described(found, schema["cls"]) if "cls" in schema else found

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Describe the values of an enumeration."""
        texts = _texts_of(schema["cls"])
        found = super().enum_schema(schema)
        values = {member.value: texts.get(str(member.name), "") for member in schema["members"]}
        return found | _choice(values) if all(values.values()) else found


def _described(schema: JsonSchemaValue, owner: type) -> JsonSchemaValue:
    texts = _texts_of(owner)
    aliases: dict[str, str] = {
        str(field.alias): name
        for name, field in getattr(owner, "model_fields", {}).items()
        if field.alias
    }
    for key, value in schema.get("properties", {}).items():
        if text := texts.get(aliases.get(key, key)):
            value["description"] = text
    return schema


def _texts_of(owner: type) -> dict[str, str]:
    """Collect the docstrings under the attributes of a class and of those it is made from."""
    texts: dict[str, str] = {}
    for base in reversed([owner, *_bases(owner)]):
        texts |= _docstrings(base.__module__).get(base.__name__, {})
    return texts


def _bases(owner: type) -> list[type]:
    direct = [
        base for base in getattr(owner, "__orig_bases__", owner.__bases__) if isinstance(base, type)
    ]
    return [*direct, *(further for base in direct for further in _bases(base))]


@cache
def _docstrings(module: str) -> dict[str, dict[str, str]]:
    """Read, from the source of one of our modules, the docstrings under attributes, by class."""
    if not module.startswith("bpo_assess."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        node.name: dict(_attribute_docstrings(node))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def _attribute_docstrings(node: ast.ClassDef) -> Iterable[tuple[str, str]]:
    for attribute, text in zip(node.body, node.body[1:], strict=False):
        target = (
            getattr(attribute, "target", None) or (getattr(attribute, "targets", None) or [None])[0]
        )
        if (
            isinstance(target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
        ):
            yield target.id, _line(str(text.value.value))


_LIMITS = {"ge": "minimum", "le": "maximum"}
"""Limits that pydantic leaves under its own name where a value may be written in another way."""


def _tidied(node: Any) -> Any:
    """Turn what pydantic writes into draft-07: a reference stands alone, defaults and titles are left out."""
    if isinstance(node, list):
        return [_tidied(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    tidy: Schema = {str(_LIMITS.get(key, key)): _tidied(value) for key, value in node.items()}
    tidy.pop("default", None)
    if isinstance(tidy.get("title"), str):
        del tidy["title"]
    if "$defs" in tidy:
        tidy["definitions"] = tidy.pop("$defs")
    if isinstance(tidy.get("$ref"), str) and len(tidy) > 1:
        tidy["allOf"] = [{"$ref": tidy.pop("$ref")}]
    if isinstance(tidy.get("description"), str):
        tidy["description"] = _line(tidy["description"])
    return _joined(tidy)


def _joined(schema: Schema) -> Schema:
    """Write "this type or nothing" as one list of types, for which editors have the better message."""
    options = schema.get("anyOf", [])
    if len(options) != 2 or options[1] != {"type": "null"}:  # noqa: PLR2004
        return schema
    first: Schema = options[0]
    if "type" not in first or {"enum", "const"} & {*first}:
        return schema
    types = first["type"] if isinstance(first["type"], list) else [first["type"]]
    kept = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**kept, **first, "type": [*types, "null"]}
