"""What the judgement noticed about the input itself; findings never change a score."""

from collections.abc import Iterator
from datetime import date

from bpo_assess.assessment.answers import Responses, State, states_evidence
from bpo_assess.assessment.measures import MEASURES, Proposal, is_stated, read_off, reviews
from bpo_assess.assessment.usual import unusual
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.functions import Function
from bpo_assess.model.process import ControlStatus, ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire


def findings(
    process: ProcessDescription,
    questionnaire: Questionnaire,
    responses: Responses,
    as_of: date | None,
    function: Function | None = None,
) -> Iterator[Diagnostic]:
    """Yield what a reader of the report should know about its input, in the order of the questions."""
    yield from _lowered(responses)
    yield from _facts_behind_silence(responses)
    yield from _placeholders(process)
    yield from _unproven_controls(process)
    yield from _reviews(process, questionnaire, as_of)
    if function is not None:
        yield from unusual(process, responses, function)


def _lowered(responses: Responses) -> Iterator[Diagnostic]:
    for key, response in responses.items():
        if response.is_lowered and response.proposal is not None:
            yield Diagnostic(
                code="BPO401",
                severity=Severity.WARNING,
                message=(
                    f"`{key}` claims level {response.claimed_level}, "
                    f"the stated facts support {response.fact_level}"
                ),
                note=f"level {response.fact_level} counts: {_supports(response.proposal)}",
                hint="complete the description, or answer what it shows",
                path=("answers", key),
            )


def _supports(proposal: Proposal) -> str:
    """Say what was read off, and what would have to be there for more."""
    more = f"; more takes {MEASURES[proposal.unmet].counts}" if proposal.unmet else ""
    return f"{_read(proposal)}{more}"


def _read(proposal: Proposal) -> str:
    return read_off(proposal.measure, proposal.reading)


def _facts_behind_silence(responses: Responses) -> Iterator[Diagnostic]:
    """Point at answers that set aside what the description states."""
    for key, response in responses.items():
        if response.state is State.NOT_APPLICABLE and response.proposal is not None:
            yield Diagnostic(
                code="BPO402",
                severity=Severity.NOTE,
                message=(
                    f"`{key}` is said not to apply, but the description states facts about it "
                    f"({_read(response.proposal)})"
                ),
                hint="answer with a level, or take the facts out",
                path=("answers", key),
            )


def _placeholders(process: ProcessDescription) -> Iterator[Diagnostic]:
    for place, step in enumerate(process.steps):
        if step.instructions is not None and not is_stated(step.instructions):
            yield Diagnostic(
                code="BPO403",
                severity=Severity.WARNING,
                message=f"the instructions of step `{step.name}` are a placeholder",
                note="they count as absent",
                hint="write how the step is done, or name the document that says so",
                path=("steps", place, "instructions"),
            )


def _unproven_controls(process: ProcessDescription) -> Iterator[Diagnostic]:
    for place, control in enumerate(process.controls):
        if control.status is ControlStatus.IN_PLACE and not states_evidence(control.evidence):
            yield Diagnostic(
                code="BPO404",
                severity=Severity.WARNING,
                message=f"control `{control.id}` is said to be in place, without evidence",
                note="it counts as planned: it does not lower the residual risk",
                hint="add `evidence:`, a path or a URL",
                path=("controls", place, "status"),
            )


def _reviews(
    process: ProcessDescription, questionnaire: Questionnaire, as_of: date | None
) -> Iterator[Diagnostic]:
    if as_of is None:
        if reviews(process) and _ages_reviews(questionnaire):
            yield Diagnostic(
                code="BPO405",
                severity=Severity.NOTE,
                message="review dates were not weighed, because no day of assessment is given",
                hint="add --as-of YYYY-MM-DD; for check, `as-of` can be configured",
                path=_review_place(process),
            )
        return
    if process.next_review is not None and process.next_review < as_of:
        yield Diagnostic(
            code="BPO406",
            severity=Severity.WARNING,
            message=f"the review due on {process.next_review} is overdue on {as_of}",
            hint="review the description and set `reviewed` and `next_review`",
            path=("next_review",),
        )
    for path, day in _stated_reviews(process):
        if day > as_of:
            yield Diagnostic(
                code="BPO407",
                severity=Severity.WARNING,
                message=f"the review of {day} lies after the day of assessment, {as_of}",
                note="it is not counted as a review",
                hint="correct the date, or assess as of a later day",
                path=path,
            )


def _ages_reviews(questionnaire: Questionnaire) -> bool:
    return any(
        question.measure is not None and question.measure.of == "months-since-review"
        for question in questionnaire.questions.values()
    )


def _stated_reviews(process: ProcessDescription) -> Iterator[tuple[KeyPath, date]]:
    if process.reviewed is not None:
        yield ("reviewed",), process.reviewed
    for place, document in enumerate(process.documents):
        if document.reviewed is not None:
            yield ("documents", place, "reviewed"), document.reviewed


def _review_place(process: ProcessDescription) -> KeyPath:
    return next(path for path, _ in _stated_reviews(process))
