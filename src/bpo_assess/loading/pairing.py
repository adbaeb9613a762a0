"""A process description held against the questionnaire that is to judge it."""

from collections.abc import Iterator, Mapping

from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.loading.explain import did_you_mean
from bpo_assess.model.process import Answer, ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire

SHOWN_ASIDE = 5

Placed = tuple[Diagnostic, bool]
"""A problem by key path, and whether it stands at the key rather than the value."""


def mismatches(
    process: ProcessDescription,
    questionnaire: Questionnaire,
    left_out: frozenset[str] = frozenset(),
) -> Iterator[Placed]:
    """Yield what does not fit between the two, errors and notes.

    What the questionnaire leaves out of the one that it extends is noted together, or not at all.
    """
    if problem := _version(process, questionnaire):
        yield problem, False
    other = process.questionnaire is not None and process.questionnaire.id != questionnaire.id
    for where, answers in _answer_sets(process):
        aside = [key for key in answers if key in left_out]
        if aside:
            yield _set_aside(aside, questionnaire, where), True
        yield from _answers(answers, where, questionnaire, aside, other_method=other)
    yield from _controls(process, questionnaire, left_out, other_method=other)


def _answer_sets(process: ProcessDescription) -> Iterator[tuple[KeyPath, Mapping[str, Answer]]]:
    """Yield every set of answers, that of all and those of each person, with its key path."""
    yield ("answers",), process.answers
    for person, answers in process.answers_by.items():
        yield ("answers_by", person), answers


def _version(process: ProcessDescription, questionnaire: Questionnaire) -> Diagnostic | None:
    """Refuse answers of another major version; note those of another questionnaire or minor one."""
    reference = process.questionnaire
    if reference is None:
        return None
    if reference.id != questionnaire.id:
        return Diagnostic(
            "BPO304",
            Severity.NOTE,
            f"the answers were written for `{reference.id}`, they are judged by "
            f"`{questionnaire.id}`",
            note="answers to questions that it does not ask are left aside",
            path=("questionnaire",),
        )
    if reference.version is None or reference.version == questionnaire.version:
        return None
    if reference.version.partition(".")[0] == questionnaire.major:
        return Diagnostic(
            "BPO304",
            Severity.NOTE,
            f"the answers were written for {reference.id} {reference.version}, they are judged by "
            f"{questionnaire.version}",
            hint="read the changed questions again, then set the version",
            path=("questionnaire",),
        )
    return Diagnostic(
        "BPO304",
        Severity.ERROR,
        f"the answers were written for {reference.id} {reference.version}, this is "
        f"{questionnaire.version}: they may no longer mean the same",
        hint="read the changed questions again and set the version, or name the old method with -q",
        path=("questionnaire",),
    )


def _set_aside(keys: list[str], questionnaire: Questionnaire, where: KeyPath) -> Diagnostic:
    named = ", ".join(keys[:SHOWN_ASIDE]) + (", ..." if len(keys) > SHOWN_ASIDE else "")
    return Diagnostic(
        "BPO301",
        Severity.NOTE,
        f"`{questionnaire.id}` does not ask {len(keys)} of the questions that are answered: {named}",
        note="these answers are left aside",
        path=where,
    )


def _answers(
    answers: Mapping[str, Answer],
    where: KeyPath,
    questionnaire: Questionnaire,
    aside: list[str],
    *,
    other_method: bool,
) -> Iterator[Placed]:
    for key, answer in answers.items():
        if key in aside:
            continue
        path = (*where, key)
        question = questionnaire.questions.get(key)
        if question is None:
            yield _unknown_question(path, questionnaire, other_method=other_method), True
        elif answer.not_applicable is not None and not question.not_applicable:
            yield (
                Diagnostic(
                    "BPO302",
                    Severity.ERROR,
                    f"`{key}` applies to every process: it cannot be set aside",
                    hint="answer with a level from 0 to 4, or `unknown`",
                    path=path,
                ),
                True,
            )


def _unknown_question(
    path: KeyPath, questionnaire: Questionnaire, *, other_method: bool
) -> Diagnostic:
    key = str(path[-1])
    severity = Severity.NOTE if other_method else Severity.ERROR
    return Diagnostic(
        "BPO301",
        severity,
        f"`{key}` is no question of `{questionnaire.id}`",
        hint=did_you_mean(key, questionnaire.questions)
        or f"bpo-assess questionnaire show {questionnaire.id}",
        path=path,
    )


def _controls(
    process: ProcessDescription,
    questionnaire: Questionnaire,
    left_out: frozenset[str],
    *,
    other_method: bool,
) -> Iterator[Placed]:
    known = {control.id for risk in questionnaire.risks for control in risk.controls}
    seen: set[str] = set()
    for place, control in enumerate(process.controls):
        path = ("controls", place, "id")
        if control.id in left_out:
            continue
        if control.id not in known:
            yield (
                Diagnostic(
                    "BPO303",
                    Severity.NOTE if other_method else Severity.ERROR,
                    f"`{control.id}` is no control of `{questionnaire.id}`",
                    hint=did_you_mean(control.id, sorted(known)),
                    path=path,
                ),
                False,
            )
        elif control.id in seen:
            yield (
                Diagnostic(
                    "BPO210",
                    Severity.ERROR,
                    f"control `{control.id}` is stated twice",
                    hint="keep one statement",
                    path=path,
                ),
                False,
            )
        seen.add(control.id)
