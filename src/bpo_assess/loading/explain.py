"""Validation problems in the words of people who write files, each at its place."""

import difflib
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bpo_assess.diagnostics import MOST_PROBLEMS, Diagnostic, KeyPath, Severity
from bpo_assess.documents import Placing

_SHAPES = {
    dict: "a mapping (`key: value` lines)",
    list: "a list (`- entry` lines)",
    str: "text",
    bool: "true or false",
    type(None): "nothing",
}

_TYPE_PROBLEMS = {
    "string_type": "text is expected",
    "bool_type": "`true` or `false` is expected",
    "tuple_type": "a list is expected",
    "dict_type": "a mapping is expected",
    "model_type": "a mapping is expected",
    "model_attributes_type": "a mapping is expected",
    "int_type": "a whole number is expected",
}
"""What pydantic calls a wrong type, and what we say of it."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that a misspelt one most likely means."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Suggest the known word that a misspelt one most likely means."""
    match = closest(word, known)
    return f"did you mean `{match}`?" if match else None


def locate(diagnostic: Diagnostic, placing: Placing, *, key: bool = False) -> Diagnostic:
    """Give a problem that is named by key path its file, line, column and excerpt.

    Of a value that begins below its key, the key is marked: that is the line people look for.
    """
    document, path = placing.home(diagnostic.path)
    span, at_key = document.span(path, key=key), document.span(path, key=True)
    if span.line > at_key.line:
        span = at_key
    return replace(diagnostic, file=document.name, span=span, excerpt=document.excerpt(span))


def explain(error: ValidationError, root: type[BaseModel], document: Placing) -> list[Diagnostic]:
    """Translate what pydantic found, one problem a place, the first of the file where there are many."""
    seen: set[tuple[KeyPath, str]] = set()
    found = []
    for details in _first(_causes(error.errors(include_url=False)), document):
        path = _path(details["loc"])
        if details["type"] != "missing":
            path = as_written(path, document.data)
        diagnostic, at_key = _translate(details, path, root)
        if (path, diagnostic.code) in seen:
            continue
        seen.add((path, diagnostic.code))
        found.append(locate(diagnostic, document, key=at_key))
    return found


def _causes(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Leave out lists that are too short only because their entries are wrong."""
    inside = {details["loc"][:depth] for details in errors for depth in range(len(details["loc"]))}
    for details in errors:
        if details["type"] != "too_short" or details["loc"] not in inside:
            yield details


def _first(causes: Iterator[ErrorDetails], placing: Placing) -> list[ErrorDetails]:
    """Take as many problems as are reported, in the order of the file."""
    found = list(causes)
    if len(found) > MOST_PROBLEMS:
        found.sort(key=lambda details: _line(placing, _path(details["loc"])))
    return found[:MOST_PROBLEMS]


def _line(placing: Placing, path: KeyPath) -> tuple[str, int]:
    document, there = placing.home(path)
    return document.name, document.span(there, key=True).line


def _path(loc: tuple[int | str, ...]) -> KeyPath:
    """Drop the tags that tell conditions apart; they are no keys of the file."""
    return tuple(part for part in loc if not (isinstance(part, str) and part.startswith("<")))


def as_written(path: KeyPath, data: Any) -> KeyPath:
    """Follow what the file says: `exit-plan: 9` is short for a mapping, a single entry for a list of one."""
    written: list[str | int] = []
    for part in path:
        if isinstance(data, list):
            data = data[part] if isinstance(part, int) and part < len(data) else {}
        elif not isinstance(data, dict):
            break
        elif isinstance(part, int):
            continue
        else:
            data = data.get(part, {})
        written.append(part)
    return tuple(written)


def _translate(
    details: ErrorDetails, path: KeyPath, root: type[BaseModel]
) -> tuple[Diagnostic, bool]:
    """Say one problem in our words, and whether it stands at the key rather than the value."""
    kind = details["type"]
    name = _name(path)
    if kind == "extra_forbidden":
        return _unknown_key(path, root), True
    if kind == "missing":
        return (
            _error("BPO203", f"`{path[-1]}` is missing", path[:-1], hint=_missing_hint(path)),
            True,
        )
    if kind in {"enum", "literal_error"}:
        return _choice(details, path), False
    if kind in _TYPE_PROBLEMS:
        shape = _SHAPES.get(type(details["input"]), "a number")
        message = f"`{name}` is {shape}, {_TYPE_PROBLEMS[kind]}"
        return _error("BPO204", message, path, _keys_hint(kind, path, root)), False
    if kind.startswith("BPO"):
        return _own(details, path), False
    return _bounds(details, path), False


def _keys_hint(kind: str, path: KeyPath, root: type[BaseModel]) -> str | None:
    """List the keys of the mapping that is expected."""
    known = list(_keys_at(path, root)) if kind.startswith("model_") else []
    return f"such as {{{': ..., '.join(known[:3])}: ...}}" if known else None


def _name(path: KeyPath) -> str:
    """Write a key path as people say it: `steps[2].name`, the list counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "the file"


def _error(code: str, message: str, path: KeyPath, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hint=hint, path=path)


def _unknown_key(path: KeyPath, root: type[BaseModel]) -> Diagnostic:
    key = str(path[-1])
    known = list(_keys_at(path[:-1], root))
    hint = did_you_mean(key, known) or (f"known here: {', '.join(known)}" if known else None)
    return _error("BPO202", f"unknown key `{key}`", path, hint)


def _missing_hint(path: KeyPath) -> str | None:
    where = _name(path[:-1])
    return None if where == "the file" else f"add `{path[-1]}:` to `{where}`"


def _choice(details: ErrorDetails, path: KeyPath) -> Diagnostic:
    expected = str(details.get("ctx", {}).get("expected", ""))
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    value = details["input"]
    message = f"`{_name(path)}` is `{value}`, expected {_one_of(choices)}"
    hint = did_you_mean(value, choices) if isinstance(value, str) else None
    return _error("BPO205", message, path, hint)


def _one_of(choices: list[str]) -> str:
    quoted = [f"`{choice}`" for choice in choices]
    return quoted[0] if len(quoted) == 1 else f"one of {', '.join(quoted)}"


_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_COMMA_HINT = "a decimal point separates the fraction, such as 12.5"
_NOT_APPLICABLE = {"n/a", "na", "n.a.", "none", "not applicable", "not-applicable"}

_LEVEL_HINTS: Mapping[type, str] = {
    bool: "true and false are no levels: write a whole number from 0 to 4",
    str: "write the number of the anchor, 0 to 4, or `unknown`, without quotes",
}


def _own(details: ErrorDetails, path: KeyPath) -> Diagnostic:
    hint = _COMMA_HINT if _DECIMAL_COMMA.fullmatch(str(details["input"])) else None
    if details["type"] == "BPO206":
        otherwise = (
            None if isinstance(details["input"], dict) else "0 to 4 in whole steps, or `unknown`"
        )
        hint = _LEVEL_HINTS.get(type(details["input"]), otherwise)
        if str(details["input"]).lower() in _NOT_APPLICABLE:
            hint = "where it does not apply, say why: {not_applicable: the reason}"
    return _error(details["type"], f"`{_name(path)}`: {details['msg']}", path, hint)


def _bounds(details: ErrorDetails, path: KeyPath) -> Diagnostic:
    """Say a bound that is broken; the last resort names no type and no library."""
    context = details.get("ctx", {})
    name = _name(path)
    match details["type"]:
        case "greater_than_equal":
            return _error("BPO207", f"`{name}` is below {context['ge']}", path)
        case "less_than_equal":
            return _error("BPO207", f"`{name}` is above {context['le']}", path)
        case "string_too_short":
            return _error("BPO211", f"`{name}` says too little", path, _length_hint(context))
        case "too_short":
            return _error("BPO207", f"`{name}` has too few entries", path, _count_hint(context))
        case "too_long":
            return _error("BPO207", f"`{name}` has too many entries", path, _count_hint(context))
        case "string_pattern_mismatch" if str(details["input"]).strip():
            hint = "numbers with dots between them, such as 1.0" if path[-1] == "version" else None
            return _error("BPO211", f"`{name}` is not written as expected", path, hint)
        case "string_pattern_mismatch":
            return _error("BPO211", f"`{name}` is empty", path)
        case _:
            return _error("BPO204", f"`{name}` cannot be used as it stands", path)


def _length_hint(context: Mapping[str, Any]) -> str:
    return f"at least {context['min_length']} characters"


def _count_hint(context: Mapping[str, Any]) -> str:
    if "min_length" in context:
        return f"at least {context['min_length']}, here {context.get('actual_length')}"
    return f"at most {context.get('max_length')}, here {context.get('actual_length')}"


def _keys_at(path: KeyPath, root: type[BaseModel]) -> Iterator[str]:
    """Yield the keys that a mapping at a key path may have."""
    models = {root}
    for part in path:
        models = set(_step_into(models, part))
    for model in sorted(models, key=lambda model: model.__name__):
        for name, field in model.model_fields.items():
            yield field.alias or name


def _step_into(models: set[type[BaseModel]], part: str | int) -> Iterator[type[BaseModel]]:
    """Follow one part of a path; positions of lists stay with the models they list."""
    for model in models:
        if isinstance(part, int):
            yield model
            continue
        field = next((f for name, f in model.model_fields.items() if part in {name, f.alias}), None)
        if field is None:
            yield model
        else:
            yield from _models_in(field.annotation)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Find the models that an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {Annotated, Union, types.UnionType, tuple, dict, list}:
        for inner in get_args(annotation):
            yield from _models_in(inner)
