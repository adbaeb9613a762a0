"""What counts as the answer to each question: the claim, the facts, or that nobody knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bpo_assess.assessment.measures import Proposal, is_stated, propose
from bpo_assess.model.process import Answer, Evidence, ProcessDescription
from bpo_assess.model.questionnaire import Question, Questionnaire


class State(StrEnum):
    """Where a question stands."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    UNANSWERED = "unanswered"


class Origin(StrEnum):
    """What the level that counts rests on."""

    ANSWER = "answer"
    FACT = "fact"
    BOTH = "both"


WhatIf = Mapping[str, int | None]
"""Levels to assume in place of what the description says; None assumes `unknown`."""


@dataclass(frozen=True, slots=True)
class Response:
    """What counts for one question."""

    question: Question
    state: State
    level: int | None = None
    claimed_level: int | None = None
    proposal: Proposal | None = None
    origin: Origin | None = None
    evidenced: bool = False
    """Whether evidence is stated for the level, or facts carry it."""
    answer: Answer | None = None
    assumed: bool = False
    """Whether the level is a what-if."""

    @property
    def fact_level(self) -> int | None:
        """The level that the stated facts support."""
        return self.proposal.level if self.proposal else None

    @property
    def is_known(self) -> bool:
        """Whether a level counts."""
        return self.state is State.ANSWERED

    @property
    def is_open(self) -> bool:
        """Whether the question applies and nobody has given a level."""
        return self.state in {State.UNKNOWN, State.UNANSWERED}

    @property
    def is_lowered(self) -> bool:
        """Whether the answer claims more than the facts support."""
        return (
            not self.assumed
            and self.claimed_level is not None
            and self.fact_level is not None
            and self.claimed_level > self.fact_level
        )


Responses = Mapping[str, Response]
"""What counts for every question of the questionnaire, in its order."""


def states_evidence(evidence: tuple[Evidence, ...]) -> bool:
    """Tell whether evidence names a place that is more than a placeholder."""
    return any(is_stated(item.place) for item in evidence)


def stated_evidence(
    process: ProcessDescription,
) -> Iterator[tuple[tuple[str | int, ...], tuple[Evidence, ...]]]:
    """Yield what is named as evidence of answers and of controls, by the place of its list."""
    for key, answer in process.answers.items():
        if answer.evidence:
            yield ("answers", key), answer.evidence
    for place, control in enumerate(process.controls):
        if control.evidence:
            yield ("controls", place, "evidence"), control.evidence


def resolve(
    questionnaire: Questionnaire,
    process: ProcessDescription,
    as_of: date | None,
    what_if: WhatIf,
) -> Responses:
    """Settle what counts for every question: of claim and facts the lower, a what-if above both."""
    responses = {}
    for question in questionnaire.questions.values():
        proposal = propose(question.measure, process, as_of) if question.measure else None
        response = _weigh(question, process.answers.get(question.id), proposal)
        if question.id in what_if:
            response = _assume(response, what_if[question.id])
        responses[question.id] = response
    return responses


def _weigh(question: Question, answer: Answer | None, proposal: Proposal | None) -> Response:
    if answer is None or answer.is_empty:
        return _from_facts(question, answer, proposal)
    if answer.not_applicable is not None:
        return Response(question, State.NOT_APPLICABLE, proposal=proposal, answer=answer)
    if not isinstance(answer.level, int):
        return Response(question, State.UNKNOWN, proposal=proposal, answer=answer)
    claimed = answer.level
    evidenced = proposal is not None or states_evidence(answer.evidence)
    return Response(
        question,
        State.ANSWERED,
        level=claimed if proposal is None else min(claimed, proposal.level),
        claimed_level=claimed,
        proposal=proposal,
        origin=Origin.ANSWER if proposal is None else Origin.BOTH,
        evidenced=evidenced,
        answer=answer,
    )


def _from_facts(question: Question, answer: Answer | None, proposal: Proposal | None) -> Response:
    """Let the facts speak where nobody answered."""
    if proposal is None:
        return Response(question, State.UNANSWERED, answer=answer)
    return Response(
        question,
        State.ANSWERED,
        level=proposal.level,
        proposal=proposal,
        origin=Origin.FACT,
        evidenced=True,
        answer=answer,
    )


def _assume(response: Response, level: int | None) -> Response:
    """Replace what counts by an assumption; evidence stays as it was, so only the level differs."""
    return Response(
        response.question,
        State.UNKNOWN if level is None else State.ANSWERED,
        level=level,
        claimed_level=level,
        proposal=response.proposal,
        origin=None if level is None else Origin.ANSWER,
        evidenced=level is not None and response.evidenced,
        answer=response.answer,
        assumed=True,
    )
