"""From files to the model: process descriptions and questionnaires, checked on their own and together."""

import hashlib
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bpo_assess.diagnostics import MOST_PROBLEMS, Diagnostic, InputError, Severity
from bpo_assess.documents import Document, Placing, parse
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE
from bpo_assess.loading.catalogue import (
    FUNCTIONS,
    is_path,
    questionnaire_bytes,
    seen_from,
    shipped_folder,
)
from bpo_assess.loading.coherence import incoherences
from bpo_assess.loading.explain import did_you_mean, explain, locate
from bpo_assess.loading.extend import Extended, extended
from bpo_assess.loading.files import read_bytes
from bpo_assess.loading.front_matter import front_matter, is_markdown
from bpo_assess.loading.pairing import mismatches
from bpo_assess.model.acceptance import ACCEPTANCES_FORMAT
from bpo_assess.model.functions import FUNCTIONS_FORMAT, FunctionCatalogue
from bpo_assess.model.process import PROCESS_FORMAT, ProcessDescription
from bpo_assess.model.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire

Model = TypeVar("Model", bound=BaseModel)

_KINDS = {
    PROCESS_FORMAT: "a process description",
    QUESTIONNAIRE_FORMAT: "a questionnaire",
    FUNCTIONS_FORMAT: "a catalogue of functions",
    ACCEPTANCES_FORMAT: "a file of acceptances",
    "bpo-assess/comparisons/v1": "a file of comparisons",
    "bpo-assess/assessment/v1": "an assessment",
}


@dataclass(frozen=True, slots=True)
class LoadedProcess:
    """A process description and the document it was read from."""

    process: ProcessDescription
    document: Document
    problems: tuple[Diagnostic, ...] = ()
    """What is wrong in a draft; a description that can be assessed has none."""


@dataclass(frozen=True, slots=True)
class LoadedQuestionnaire:
    """A questionnaire and what it was read from."""

    questionnaire: Questionnaire
    document: Placing
    lineage: tuple[str, ...] = ()
    """Ids of the questionnaires that it extends, nearest first."""
    left_out: frozenset[str] = frozenset()
    """Their questions and controls that it does not know."""


def read_process(name: str) -> LoadedProcess:
    """Read a process description from a path or, for `-`, from standard input."""
    draft = read_draft(name)
    _raise_if_any([*draft.problems])
    return draft


def read_draft(name: str) -> LoadedProcess:
    """Read a process description as far as it is sound, so that `pair` can report all problems at once."""
    return draft(read_bytes(name), name)


def draft(raw: bytes, name: str) -> LoadedProcess:
    """Read the bytes of a process description, or of a Markdown document that begins with one."""
    document = parse(front_matter(raw) if is_markdown(name) else raw, name)
    if is_markdown(name):
        document = replace(document, sha256=hashlib.sha256(raw).hexdigest())
    _check_kind(document, PROCESS_FORMAT)
    try:
        return LoadedProcess(ProcessDescription.model_validate(document.data), document)
    except ValidationError as error:
        problems = explain(error, ProcessDescription, document)
        sound = _sound(
            document.data, [details["loc"] for details in error.errors(include_url=False)]
        )
    try:
        process = ProcessDescription.model_validate(sound)
    except ValidationError:
        raise InputError(*problems) from None
    return LoadedProcess(process, document, tuple(problems))


def _sound(data: dict[str, Any], broken: list[tuple[int | str, ...]]) -> dict[str, Any]:
    """Leave out the keys that are broken; of the answers, those of each person too, only those that are."""
    unsound: set[tuple[int | str, ...]] = set()
    for loc in broken:
        depth = _DEPTHS.get(loc[0], 1) if loc else 0
        unsound.add(loc[:depth])
    return {
        key: _without(value, (key,), unsound) if key in _DEPTHS else value
        for key, value in data.items()
        if (key,) not in unsound
    }


_DEPTHS: dict[int | str, int] = {"answers": 2, "answers_by": 3}
"""How deep the parts stand that can be left out of what else is sound."""


def _without(value: Any, path: tuple[str, ...], unsound: set[tuple[int | str, ...]]) -> Any:
    if not isinstance(value, dict):
        return value
    return {
        key: _without(entry, (*path, key), unsound) if len(path) + 1 < _DEPTHS[path[0]] else entry
        for key, entry in value.items()
        if (*path, key) not in unsound
    }


def read_questionnaire(name: str) -> LoadedQuestionnaire:
    """Read a questionnaire by id or path, and hold it to be one coherent method."""
    own = _questionnaire_document(name)
    _check_kind(own, QUESTIONNAIRE_FORMAT)
    document = extended(own, lambda base, origin: _questionnaire_document(seen_from(origin, base)))
    questionnaire = validated(document, Questionnaire, QUESTIONNAIRE_FORMAT)
    problems = islice(incoherences(questionnaire), MOST_PROBLEMS)
    _raise_if_any([locate(problem, document) for problem in problems])
    if isinstance(document, Extended):
        return LoadedQuestionnaire(questionnaire, document, document.lineage, document.left_out)
    return LoadedQuestionnaire(questionnaire, document)


def _questionnaire_document(name: str) -> Document:
    raw, shown = questionnaire_bytes(name)
    return parse(raw, shown)


def read_functions() -> FunctionCatalogue:
    """Read what is known about the functions that companies hand to providers."""
    path = shipped_folder() / FUNCTIONS
    document = parse(read_bytes(str(path)), FUNCTIONS)
    return validated(document, FunctionCatalogue, FUNCTIONS_FORMAT)


def questionnaire_for(process: LoadedProcess, chosen: str | None) -> LoadedQuestionnaire:
    """Read the questionnaire that is chosen, else the one that the process names, else the default."""
    if chosen is not None:
        return read_questionnaire(chosen)
    reference = process.process.questionnaire
    if reference is None:
        return read_questionnaire(DEFAULT_QUESTIONNAIRE)
    try:
        return read_questionnaire(reference.id)
    except InputError as error:
        if is_path(reference.id):
            raise
        problems = [
            locate(_at_reference(problem), process.document)
            if problem.code == "BPO305"
            else problem
            for problem in error.diagnostics
        ]
        raise InputError(*process.problems, *problems) from None


def _at_reference(problem: Diagnostic) -> Diagnostic:
    return Diagnostic(
        problem.code,
        problem.severity,
        problem.message,
        hint=f"{problem.hint}; name a questionnaire file with -q",
        path=("questionnaire",),
    )


def pair(process: LoadedProcess, questionnaire: LoadedQuestionnaire) -> list[Diagnostic]:
    """Hold a process against its questionnaire: notes are returned, errors raised with those of a draft."""
    found = [
        locate(problem, process.document, key=at_key)
        for problem, at_key in islice(
            mismatches(process.process, questionnaire.questionnaire, questionnaire.left_out),
            MOST_PROBLEMS,
        )
    ]
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    _raise_if_any([*process.problems, *errors])
    return found


def _raise_if_any(problems: list[Diagnostic]) -> None:
    if problems:
        raise InputError(*problems)


def validated(document: Placing, model: type[Model], expected: str) -> Model:
    """Hold plain data to a model; raise InputError with every problem at its place."""
    _check_kind(document, expected)
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise InputError(*explain(error, model, document)) from None


def _check_kind(document: Placing, expected: str) -> None:
    """Refuse another kind of file before its keys are looked at."""
    data: Any = document.data
    wanted = _KINDS[expected]
    if not isinstance(data, dict):
        problem = Diagnostic(
            "BPO201",
            Severity.ERROR,
            f"the file holds no mapping, {wanted} is expected",
            hint=f"start it with `format: {expected}`",
        )
        raise InputError(locate(problem, document))
    stated = data.get("format")
    if stated == expected:
        return
    if stated is None:
        message, hint = f"`format` is missing, {wanted} is expected", f"add `format: {expected}`"
    elif isinstance(stated, str) and stated in _KINDS:
        message = f"{document.name} is {_KINDS[stated]}, {wanted} is expected here"
        hint = None
    else:
        message = f"unknown format `{stated}`"
        hint = did_you_mean(str(stated), _KINDS) or f"{wanted} starts with `format: {expected}`"
    problem = Diagnostic("BPO201", Severity.ERROR, message, hint=hint, path=("format",))
    raise InputError(locate(problem, document))
