"""From a file name to an assessment: reading, pairing and judging, with every problem at its place."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bpo_assess.assessment import assess
from bpo_assess.assessment.answers import WhatIf
from bpo_assess.assessment.result import Assessment, Source
from bpo_assess.cli.output import day, refuse, refusing, wrong_usage
from bpo_assess.cli.progress import progress
from bpo_assess.diagnostics import Diagnostic, InputError, sort_key
from bpo_assess.documents import Document, Placing
from bpo_assess.loading.explain import did_you_mean, locate
from bpo_assess.loading.functions import KnownFunctions
from bpo_assess.loading.methods import Methods
from bpo_assess.loading.read import pair, read_draft
from bpo_assess.model.parts import LEVELS
from bpo_assess.model.questionnaire import Questionnaire


def assessor(
    questionnaire: str | None, assume: Sequence[str], as_of: date | None
) -> Callable[[str], Assessment]:
    """Make the function that assesses one file."""
    assumptions = _assumptions(assume)
    methods, functions = Methods(questionnaire), KnownFunctions()

    def assess_file(name: str) -> Assessment:
        loaded = read_draft(name)
        method = methods.of(loaded)
        notes = pair(loaded, method)
        what_if = _checked(assumptions, method.questionnaire)
        function, unknown = functions.of(loaded)
        assessment = assess(loaded.process, method.questionnaire, as_of, what_if, function)
        return replace(
            assessment,
            findings=_placed([*notes, *unknown], assessment.findings, loaded.document),
            process_source=_source(loaded.document),
            questionnaire_source=_source(method.document),
            questionnaire_named=None if questionnaire is None else shown_name(questionnaire),
        )

    return assess_file


def _placed(
    notes: Sequence[Diagnostic], findings: Sequence[Diagnostic], document: Document
) -> tuple[Diagnostic, ...]:
    """Give findings their lines, in the order of the file, named as reports name it."""
    located = [*notes, *(locate(finding, document) for finding in findings)]
    name = shown_name(document.name)
    return tuple(replace(finding, file=name) for finding in sorted(located, key=sort_key))


def shown_name(name: str) -> str:
    """Name a file in a report without telling where on this machine it lies."""
    path = Path(name)
    if not path.is_absolute():
        return path.as_posix()
    relative = os.path.relpath(path)
    return path.name if relative.startswith("..") else Path(relative).as_posix()


def _source(document: Placing) -> Source:
    return Source(shown_name(document.name), document.sha256)


def _assumptions(texts: Sequence[str]) -> WhatIf:
    read: dict[str, int | None] = {}
    for question, level in map(_assumption, texts):
        if read.setdefault(question, level) != level:
            wrong_usage(f"--set {question} is given twice, with two levels", "keep one of them")
    return read


def _assumption(text: str) -> tuple[str, int | None]:
    """Read QUESTION=LEVEL; `unknown` is a level that nobody knows."""
    question, equals, level = text.partition("=")
    if not equals:
        wrong_usage(f"--set {text} sets nothing", "write --set QUESTION=LEVEL, such as exit-plan=3")
    if level == "unknown":
        return question, None
    if level not in map(str, LEVELS):
        wrong_usage(f"--set {text}: `{level}` is no level", "0 to 4 in whole steps, or unknown")
    return question, int(level)


def _checked(assumptions: Mapping[str, int | None], questionnaire: Questionnaire) -> WhatIf:
    for key in assumptions:
        if key not in questionnaire.questions:
            wrong_usage(
                f"--set {key}: no question of `{questionnaire.id}`",
                did_you_mean(key, questionnaire.questions),
            )
    return assumptions


def assess_all(
    names: Sequence[str],
    questionnaire: str | None,
    assume: Sequence[str],
    as_of: str | None,
    consequence: str,
) -> list[Assessment]:
    """Assess every file, or none: all problems of all files are shown first, and what follows from them."""
    with refusing(consequence):
        assess_file = assessor(questionnaire, assume, day(as_of))
    assessments: list[Assessment] = []
    problems: list[Diagnostic] = []
    with progress("assessed") as advance:
        for number, name in enumerate(names, 1):
            try:
                assessments.append(assess_file(name))
            except InputError as error:
                problems += error.diagnostics
            advance(number, len(names))
    if problems:
        refuse(problems, consequence)
    return assessments
