"""What every full report says, whatever its format: standing paragraphs, gates, states, the command."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass

from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import StatedControl
from bpo_assess.assessment.scoring import QuestionScore
from bpo_assess.model.decision import Stance, UnknownCondition, simple_conditions
from bpo_assess.reports import wording

CONTRIBUTIONS = 10
"""How many answers are listed that speak for the outsourcing, and how many that speak against it."""

DECISIVE = "The answers to these questions can change the verdict; the most decisive stand first."

SCORECARD = (
    "Each index runs from 0 to 100; 100 speaks for outsourcing now. The range shows what the open "
    "questions could still make of it."
)

RISKS = (
    "Likelihood and impact run from 1 to 5 and follow from the answers. Inherent is the level "
    "without controls, residual with those that are in place and proven, planned with all that the "
    "description states. The numbers in the map are those of the register."
)

WORK = "Before anything is signed, in the order of the steps of an outsourcing."

CONDITIONS = (
    "Each condition stands for a weakness found above. Settle it before signature, or write it into "
    "the contract."
)

KPIS = "The KPIs that the process description states; a gap here is a gap in the contract."

METHOD = (
    "A question has five levels, 0 to 4; 4 speaks for outsourcing now. Its value is 25 x level.",
    "A dimension is the weighted mean of its known questions, an axis that of its dimensions, "
    "the candidacy the plain mean of the axes. It ranks processes; it is never a gate.",
    "An open question counts neither as good nor as bad: the value leaves it out, the low end of "
    "the range takes it as 0, the high end as 4.",
    "Facts propose levels. Where an answer claims more than the facts support, the lower counts.",
    "A risk's likelihood and impact are 1 + 4 x (1 - weighted mean of its drivers' levels / 4). A "
    "control that is in place and proven multiplies the distance to 1 by its factor.",
    "Figures are computed exactly and rounded half up once, indices to 0.1; limits are compared "
    "with what is printed.",
    "The verdict is the first, from the least favourable on, that any of its conditions holds. It "
    "is decided three times: on what is known, with every open question at its worst, and at its "
    "best.",
)


def contributions(assessment: Assessment) -> str:
    """Say what a contribution is, with the sum of them all."""
    exact = wording.two_places(assessment.scorecard.exact_candidacy)
    return (
        "A contribution is the points of candidacy that an answer adds; all contributions together are "
        f"the candidacy, {exact} before rounding. What an answer keeps from it is the rest of what its "
        "weight could give. All of them stand in Appendix A."
    )


def standing(assessment: Assessment) -> str:
    """Say how much is known and how much is proven."""
    proven = wording.percent(assessment.scorecard.evidence_share)
    return (
        f"{wording.known_line(assessment)}; evidence is stated for {proven} of what was answered."
    )


def limits(assessment: Assessment) -> list[str]:
    """Say what the assessment is not."""
    opened = sum(response.is_open for response in assessment.responses.values())
    return [
        "This assessment supports a decision. It does not take it, and it is no legal, tax or "
        "accounting advice.",
        "It is as good as the description and the answers that it rests on; evidence is named here, "
        "it was not opened.",
        "Weights and limits are those of the questionnaire named above. They are a judgement that can "
        "be read and changed, not a measured law.",
        f"Open when it was made: {wording.count(opened, 'question')} that could apply."
        if opened
        else "No question that applies was open when it was made.",
    ]


# Gates


@dataclass(frozen=True, slots=True)
class Gate:
    """A question that can decide alone, and whether it is open, closed or passed."""

    response: Response
    state: str


def gates(assessment: Assessment) -> list[Gate]:
    """Tell of every gate whether it is passed, in the order of the method."""
    restrictive = {
        verdict.id
        for verdict in assessment.questionnaire.decision.verdicts
        if verdict.stance in {Stance.AGAINST, Stance.LATER}
    }
    closed = {r.subject for r in assessment.ruling.reasons if r.verdict in restrictive}
    found = []
    for key in assessment.questionnaire.questions:
        if key in assessment.gates:
            response = assessment.responses[key]
            shut = "closed" if key in closed else "passed"
            found.append(Gate(response, "open" if response.is_open else shut))
    return found


def gates_text(assessment: Assessment) -> str:
    """Say what a gate is, and what one does that nobody has answered."""
    text = "A gate can decide alone. No average makes up for it."
    waits = any(
        isinstance(simple, UnknownCondition) and simple.unknown == "gates"
        for verdict in assessment.questionnaire.decision.verdicts
        for condition in verdict.held_by
        for simple in simple_conditions(condition)
    )
    return f"{text} One that nobody has answered holds the verdict back." if waits else text


# States and remarks


def control_state(stated: StatedControl) -> str:
    """Say how far a control is."""
    if stated.status is None:
        return "not stated"
    status = stated.status.value
    return status if stated.counts or status == "planned" else f"{status}, not proven"


def basis(score: QuestionScore) -> list[str]:
    """Say what the level of an answer rests on."""
    texts = (wording.origin_text(score.response), wording.facts_text(score.response))
    return [text for text in texts if text]


def remarks(score: QuestionScore) -> list[str]:
    """Say what was noted with an answer, by whom and when."""
    answer = score.response.answer
    if answer is None:
        return []
    return [text for text in (answer.note, answer.by, _day(answer.dated)) if text]


def _day(day: object) -> str | None:
    return str(day) if day else None


# How to repeat it


def command(assessment: Assessment, form: str, chapters: Iterable[str] = ()) -> str:
    """Write the command that makes the same report again."""
    source = assessment.process_source
    options = [wording.method_option(assessment)]
    options += [f" --as-of {assessment.as_of}"] if assessment.as_of else []
    for key, level in sorted(assessment.what_if.items()):
        options.append(f" --set {key}={'unknown' if level is None else level}")
    options += [f" {option}" for option in chapters]
    name = " ".join((source.name if source else "process.yaml").split())
    return f"bpo-assess score {shlex.quote(name)}{''.join(options)} -f {form}"
