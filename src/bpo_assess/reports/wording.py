"""The sentences of a report, made once for every format: titles, figures, reasons, conditions, work."""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from bpo_assess.assessment.advice import Action, BenefitOutlook, DealCondition, Fit, Strength
from bpo_assess.assessment.answers import Origin, Response, State
from bpo_assess.assessment.measures import MEASURES, read_off
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import Driver, RiskAssessment
from bpo_assess.assessment.rounding import half_up, plain
from bpo_assess.assessment.scoring import Index, QuestionScore
from bpo_assess.assessment.standing import cell
from bpo_assess.assessment.verdict import Reason, Relation, Subject
from bpo_assess.model.decision import (
    ANY_RISK,
    AllOf,
    AnyOf,
    Condition,
    EvidenceCondition,
    FactCondition,
    IndexCondition,
    QuestionCondition,
    RiskCondition,
    Stance,
    UnknownCondition,
)
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.questionnaire import Question, Questionnaire

NOTHING = "-"
"""What stands where nothing is known."""

NO_RISK_KNOWN = "No risk can be rated yet: too little is known about what drives them."

STRENGTHS = {
    Strength.STRONG: "strong",
    Strength.SOME: "some",
    Strength.DOUBTFUL: "doubtful",
}

FITS = {Fit.RULED_OUT: "ruled out", Fit.POSSIBLE: "possible", Fit.FAVOURED: "favoured"}

STATES = {
    State.ANSWERED: "answered",
    State.UNKNOWN: "asked, nobody knows",
    State.NOT_APPLICABLE: "does not apply",
    State.UNANSWERED: "not answered",
}

ORIGINS = {
    Origin.ANSWER: "answer",
    Origin.FACT: "facts of the description",
    Origin.BOTH: "answer and facts",
}


# Figures


def points(value: Decimal | None) -> str:
    """Write an index with its one decimal place."""
    return NOTHING if value is None else f"{value:.1f}"


def span(index: Index) -> str:
    """Write the range of an index over what is not known; nothing where all is known."""
    if index.low is None or index.low == index.high:
        return ""
    return f"{points(index.low)} to {points(index.high)}"


def percent(share: Decimal | None) -> str:
    """Write a share as a whole percentage."""
    return NOTHING if share is None else f"{int(share * 100)} %"


def two_places(value: Fraction | None) -> str:
    """Write a likelihood, an impact or a contribution with two decimal places."""
    return NOTHING if value is None else f"{half_up(value, 2):.2f}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listing(words: Iterable[str], last: str = "and") -> str:
    """Join words as in a sentence."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def sentence(text: str) -> str:
    """End a text with a full stop, where nothing ends it yet."""
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?")) else f"{stripped}."


def band(assessment: Assessment, value: Decimal | None) -> tuple[str, int, int] | None:
    """Find the word for an index, its rank from the best (0), and how many words there are."""
    bands = sorted(assessment.questionnaire.bands, key=lambda entry: -entry.at_least)
    for rank, entry in enumerate(bands):
        if value is not None and value >= entry.at_least:
            return entry.word, rank, len(bands)
    return None


# The verdict


def stance(assessment: Assessment) -> Stance | None:
    """Tell what the verdict says about outsourcing; nothing where there is none."""
    verdict = assessment.ruling.verdict
    return verdict.stance if verdict else None


def verdict_title(assessment: Assessment) -> str:
    """Name the verdict."""
    verdict = assessment.ruling.verdict
    return verdict.title if verdict else assessment.questionnaire.decision.undetermined.title


def verdict_summary(assessment: Assessment) -> str:
    """Say what the verdict means."""
    verdict = assessment.ruling.verdict
    decision = assessment.questionnaire.decision
    return verdict.summary if verdict else decision.undetermined.summary


def title_of_verdict(assessment: Assessment, key: str) -> str:
    """Name a verdict by its id."""
    decision = assessment.questionnaire.decision
    titles = {verdict.id: verdict.title for verdict in decision.verdicts}
    return titles.get(key, decision.undetermined.title)


def certainty_word(assessment: Assessment) -> str:
    """Say in a word how sure the verdict is."""
    ruling = assessment.ruling
    if ruling.verdict is None:
        return ""
    return "firm" if ruling.firm else "provisional"


def certainty(assessment: Assessment) -> str:
    """Say how sure the verdict is, and what it hangs on."""
    ruling = assessment.ruling
    opened = sum(response.is_open for response in assessment.responses.values())
    if ruling.worst.id == ruling.best.id:
        if not opened:
            return "Firm: every question that applies is answered."
        questions = "the one open question" if opened == 1 else f"the {opened} open questions"
        if ruling.verdict is not None and ruling.id != ruling.worst.id:
            return (
                f"Only on what is known: whatever the answers to {questions}, it will be "
                f'"{ruling.worst.title}".'
            )
        return f"Firm: no answer to {questions} can change it."
    word = "Undetermined" if ruling.verdict is None else "Provisional"
    return (
        f"{word}: with {count(opened, 'question')} open, anything from "
        f'"{ruling.worst.title}" to "{ruling.best.title}" is still possible.'
    )


def method_option(assessment: Assessment) -> str:
    """Write the option that chooses the questionnaire again, with a space before it; empty without one."""
    named = assessment.questionnaire_named
    return f" -q {shlex.quote(' '.join(named.split()))}" if named is not None else ""


def known_line(assessment: Assessment) -> str:
    """Say how much of the method is known."""
    responses = assessment.responses.values()
    applicable = [response for response in responses if response.is_known or response.is_open]
    known = sum(response.is_known for response in applicable)
    coverage = assessment.scorecard.candidacy.coverage
    return f"{known} of {len(applicable)} questions known ({percent(coverage)} of the weight)"


def left_aside_line(assessment: Assessment) -> str | None:
    """Say that what single people answered does not count, where there is such."""
    if not assessment.process.answers_by:
        return None
    people = count(len(assessment.process.answers_by), "person", "people")
    return (
        f"What {people} answered (answers_by) is left aside: only `answers` count here; bpo-assess "
        "sensitivity compares them."
    )


def what_if_line(assessment: Assessment) -> str | None:
    """Say which answers are assumed."""
    if not assessment.what_if:
        return None
    entries = (
        f"{key} = {'unknown' if level is None else level}"
        for key, level in sorted(assessment.what_if.items())
    )
    return (
        f"What if: {', '.join(entries)}. These answers are assumed, not those of the description."
    )


# Reasons


def title_of(assessment: Assessment, reason: Reason) -> str:
    """Name what a reason is about."""
    questionnaire = assessment.questionnaire
    match reason.kind:
        case Subject.QUESTION:
            return questionnaire.questions[reason.subject].title
        case Subject.DIMENSION:
            return questionnaire.dimensions[reason.subject].title
        case Subject.AXIS:
            return next(axis.title for axis in questionnaire.axes if axis.id == reason.subject)
        case Subject.RISK:
            return next(risk.title for risk in questionnaire.risks if risk.id == reason.subject)
        case Subject.EVIDENCE:
            return "Evidence"
        case Subject.FACT:
            return "Steps that stay"
        case Subject.COVERAGE:
            return "Known so far"
        case Subject.SEVERAL:
            return listing(title_of(assessment, part) for part in reason.parts)


def statement(assessment: Assessment, reason: Reason) -> str:
    """State the fact that a reason rests on, such as `Exit plan: level 1 of 4`."""
    title = title_of(assessment, reason)
    match reason.kind:
        case Subject.QUESTION if reason.relation is Relation.NOT_KNOWN:
            return f"{title}: {STATES[assessment.responses[reason.subject].state]}"
        case Subject.QUESTION:
            return f"{title}: level {reason.actual} of {MAX_LEVEL}"
        case Subject.DIMENSION | Subject.AXIS:
            return f"{title}: {reason.actual} of 100"
        case Subject.RISK:
            return f"{title}: {reason.actual} with the controls in place"
        case Subject.EVIDENCE:
            return f"Evidence: stated for {_share(reason.actual)} of what was answered"
        case Subject.FACT:
            return f"Steps that stay: {retained_steps(assessment)}"
        case Subject.COVERAGE:
            return f"Known so far: {_share(reason.actual)} of what the method asks"
        case Subject.SEVERAL:
            return "; ".join(statement(assessment, part) for part in reason.parts)


def retained_steps(assessment: Assessment) -> str:
    """Name the steps that the description marks as staying."""
    return listing(step.name for step in assessment.process.steps if step.stays)


def _share(value: object) -> str:
    return percent(value) if isinstance(value, Decimal) else str(value)


def requirement(reason: Reason) -> str | None:
    """Say what it would take for a reason not to hold."""
    limit = reason.limit
    match reason.relation:
        case Relation.AT_MOST:
            return f"{int(limit or 0) + 1} or more is needed"
        case Relation.BELOW if reason.kind in {Subject.EVIDENCE, Subject.COVERAGE}:
            return f"{_share(limit)} or more is needed"
        case Relation.BELOW:
            return f"{plain(Decimal(limit or 0))} or more is needed"
        case Relation.AT_LEAST if reason.kind is Subject.RISK:
            return f"less than {limit} is needed"
        case Relation.TOGETHER:
            parts = [text for part in reason.parts if (text := requirement(part))]
            return f"one of these would do: {'; '.join(parts)}" if parts else None
        case _:
            return None


def anchor_of(assessment: Assessment, reason: Reason) -> str | None:
    """Quote the anchor of the level on which a reason rests."""
    if reason.kind is not Subject.QUESTION or not isinstance(reason.actual, int):
        return None
    return assessment.questionnaire.questions[reason.subject].anchors[reason.actual]


def reason_text(assessment: Assessment, reason: Reason) -> str:
    """Say why a condition holds: the fact, what is needed, and why that matters."""
    needed = requirement(reason)
    text = statement(assessment, reason) + (f", {needed}" if needed else "")
    anchor = anchor_of(assessment, reason)
    quoted = f" ({anchor})" if anchor else ""
    return sentence(text + quoted) + (f" {sentence(reason.because)}" if reason.because else "")


def reasons_by_verdict(assessment: Assessment) -> list[tuple[str, list[Reason]]]:
    """Group the reasons by the verdict that they hold, those of the result first."""
    groups: dict[str, list[Reason]] = {}
    for reason in assessment.ruling.reasons:
        groups.setdefault(reason.verdict, []).append(reason)
    return sorted(groups.items(), key=lambda entry: entry[0] != assessment.ruling.id)


# What to do


def reach_text(question: Question, level: int | None) -> str:
    """Say what reaching a level means, in the words of its anchor."""
    if level is None:
        return f"find out: {question.text}"
    return f"reach level {level}: {question.anchors[level]}"


def movement(action: Action) -> str:
    """Write from which level to which, such as `1 to 2`."""
    start = "?" if action.start is None else str(action.start)
    end = "?" if action.end is None else str(action.end)
    return "find out" if action.end is None else f"{start} to {end}"


def action_text(action: Action) -> str:
    """Say what to do, and when it is done."""
    if action.end is None:
        return f"Find out and answer: {action.question.text}"
    goal = f"Done when: {sentence(action.question.anchors[action.end])}"
    if action.question.action is None:
        return goal
    return f"{sentence(action.question.action.text)} {goal}"


def condition_title(assessment: Assessment, condition: DealCondition) -> str:
    """Name a condition of the deal by what has to be reached."""
    reason = condition.reason
    title = title_of(assessment, reason)
    match reason.kind:
        case Subject.QUESTION if reason.relation is Relation.NOT_KNOWN:
            return f"{title}: find out"
        case Subject.QUESTION:
            return f"{title}: from level {reason.actual} to {condition.reach}"
        case Subject.DIMENSION | Subject.AXIS:
            return f"{title}: from {reason.actual} to {plain(Decimal(reason.limit or 0))}"
        case Subject.RISK:
            return f"{title}: from {reason.actual} to below {reason.limit}"
        case Subject.EVIDENCE:
            return f"Evidence: from {_share(reason.actual)} to {_share(reason.limit)}"
        case _:
            return title


def condition_text(assessment: Assessment, condition: DealCondition) -> str:
    """Say what has to be settled before, or in, the contract."""
    reason = condition.reason
    match reason.kind:
        case Subject.QUESTION:
            question = assessment.questionnaire.questions[reason.subject]
            if reason.relation is Relation.NOT_KNOWN:
                return f"Answer before anything is signed: {question.text}"
            reach = condition.reach if isinstance(condition.reach, int) else MAX_LEVEL
            return f"Before signature, or by contract: {sentence(question.anchors[reach])}"
        case Subject.RISK:
            return _controls_text(condition)
        case Subject.DIMENSION | Subject.AXIS:
            return _levels_text(condition)
        case Subject.EVIDENCE:
            return "Back the answers with documents that somebody else can open."
        case _:
            return sentence(reason.because or statement(assessment, reason))


def _controls_text(condition: DealCondition) -> str:
    if not condition.controls:
        return "Lower what drives the risk; every control that the method knows is in place."
    listed = " ".join(sentence(control.text) for control in condition.controls)
    return f"Put controls in place, with evidence, until the risk is below that level. {listed}"


def _levels_text(condition: DealCondition) -> str:
    if not condition.questions:
        return "Nothing that can be changed would raise it far enough."
    moves = (f"{action.question.title} ({movement(action)})" for action in condition.questions)
    return f"This would do: {listing(moves)}."


def step_title(assessment: Assessment, step: str | None) -> str:
    """Name a step of the course of an outsourcing."""
    titles = {part.id: part.title for part in assessment.questionnaire.steps}
    return titles.get(step or "", "At any time")


def step_of(action: Action) -> str | None:
    """Tell to which step of the course a piece of work belongs."""
    return action.question.action.step if action.question.action else None


# What it rests on


def level_text(response: Response) -> str:
    """Write the level that counts, or why there is none."""
    if response.level is None:
        return STATES[response.state]
    return f"{response.level}"


def answer_text(response: Response) -> str:
    """Say what counts as the answer in the words of its anchor, or why nothing does."""
    if response.level is not None:
        return response.question.anchors[response.level]
    answer = response.answer
    if response.state is State.NOT_APPLICABLE and answer and answer.not_applicable:
        return f"Does not apply: {answer.not_applicable}"
    return STATES[response.state].capitalize()


def origin_text(response: Response) -> str:
    """Say what the level rests on: answer, facts, or a what-if; and a claim that was lowered."""
    if response.assumed:
        return "what if"
    if response.origin is None:
        return ""
    text = ORIGINS[response.origin]
    if response.is_lowered:
        text += f", claimed {response.claimed_level}"
    return text


def facts_text(response: Response) -> str | None:
    """Say what the description's facts amount to, and which level they support."""
    proposal = response.proposal
    if proposal is None:
        return None
    text = f"{read_off(proposal.measure, proposal.reading)}: supports level {proposal.level}"
    if proposal.unmet is not None:
        text += f" (more with {MEASURES[proposal.unmet].counts})"
    return text


def benefit_basis(assessment: Assessment, benefit: BenefitOutlook) -> list[str]:
    """List the answers on which the outlook for a benefit rests, and those that are missing."""
    questions = assessment.questionnaire.questions
    known = [
        f"{questions[key].title}: level {level} of {MAX_LEVEL}" for key, level in benefit.levels
    ]
    missing = [
        f"{questions[key].title}: {STATES[assessment.responses[key].state]}"
        for key in benefit.unknown
    ]
    return [*known, *missing]


def titles_of_questions(assessment: Assessment, keys: Iterable[str]) -> str:
    """Name questions in a sentence."""
    return listing(assessment.questionnaire.questions[key].title for key in keys)


# Risks


@dataclass(frozen=True, slots=True)
class NumberedRisk:
    """A risk and the number by which tables and maps refer to it."""

    number: int
    risk: RiskAssessment


def numbered(assessment: Assessment) -> list[NumberedRisk]:
    """Give each risk its number, in the order of the method."""
    return [NumberedRisk(place, risk) for place, risk in enumerate(assessment.risks, start=1)]


def ranked(assessment: Assessment) -> list[NumberedRisk]:
    """Order the risks by what is left of them, worst first; those without a level come last."""
    matrix = assessment.questionnaire.risk_matrix
    order = matrix.levels if matrix else ()

    def key(entry: NumberedRisk) -> tuple[int, Fraction, int]:
        known = entry.risk.known
        level = order.index(known.residual) if known.residual else -1
        product = (known.residual_likelihood or Fraction()) * (known.residual_impact or Fraction())
        return -level, -product, entry.number

    return sorted(numbered(assessment), key=key)


def risk_cells(assessment: Assessment) -> dict[tuple[int, int], list[int]]:
    """Say which risks, by number, lie in which cell of likelihood and impact, with controls in place."""
    cells: dict[tuple[int, int], list[int]] = {}
    for entry in numbered(assessment):
        known = entry.risk.known
        if known.residual_likelihood is not None and known.residual_impact is not None:
            place = cell(known.residual_likelihood), cell(known.residual_impact)
            cells.setdefault(place, []).append(entry.number)
    return cells


def level_range(risk: RiskAssessment) -> str:
    """Write the level that is left, and the range over what is not known."""
    best, worst = risk.best.residual, risk.worst.residual
    shown = risk.known.residual or NOTHING
    return shown if best == worst or None in {best, worst} else f"{shown} ({best} to {worst})"


def driver_text(driver: Driver) -> str:
    """Write an answer that drives a risk, such as `Exit plan (1)`."""
    return f"{driver.question.title} ({'unknown' if driver.level is None else driver.level})"


def main_drivers(drivers: Sequence[Driver], most: int = 3) -> str:
    """Name the answers that add most to a risk; those at their best add nothing."""
    adding = [driver for driver in drivers if driver.level is None or driver.level < MAX_LEVEL]
    return listing(map(driver_text, adding[:most])) if adding else "nothing"


# What speaks for and against


def speaks_for(assessment: Assessment, most: int) -> list[QuestionScore]:
    """List the answers that add most to the candidacy."""
    scores = [q for q in assessment.scorecard.questions if q.contribution]
    return sorted(scores, key=lambda score: -(score.contribution or 0))[:most]


def speaks_against(assessment: Assessment, most: int) -> list[QuestionScore]:
    """List the answers that keep most from the candidacy."""
    scores = [q for q in assessment.scorecard.questions if q.forgone]
    return sorted(scores, key=lambda score: -(score.forgone or 0))[:most]


# The method in words


def rule_text(questionnaire: Questionnaire, condition: Condition) -> str:
    """Say a condition of the method, such as `Exit plan: level 1 or lower`."""
    match condition:
        case QuestionCondition(at_most=int(limit)):
            title = questionnaire.questions[condition.question].title
            return f"{title}: level {limit}{' or lower' if limit else ''}"
        case QuestionCondition():
            title = questionnaire.questions[condition.question].title
            return f"{title}: level {condition.at_least} or higher"
        case IndexCondition():
            return _index_rule(questionnaire, condition)
        case RiskCondition():
            risks = {risk.id: risk.title for risk in questionnaire.risks}
            who = "any risk" if condition.risk == ANY_RISK else risks[condition.risk]
            return f"{who}: {condition.at_least} or worse, with the controls in place"
        case EvidenceCondition():
            return (
                f"evidence for less than {percent(condition.evidence_share.below)} of the answers"
            )
        case UnknownCondition():
            what = (
                "a gate" if condition.unknown == "gates" else "any question named in the decision"
            )
            return f"{what} that nobody has answered"
        case FactCondition():
            return "steps marked as staying"
        case AllOf():
            return " and ".join(rule_text(questionnaire, part) for part in condition.all)
        case AnyOf():
            return f"({' or '.join(rule_text(questionnaire, part) for part in condition.any)})"
        case _:
            assert_never(condition)


def _index_rule(questionnaire: Questionnaire, condition: IndexCondition) -> str:
    titles = {axis.id: axis.title for axis in questionnaire.axes}
    if condition.dimension is not None:
        title = questionnaire.dimensions[condition.dimension].title
    else:
        title = titles[condition.subject]
    if condition.below is not None:
        return f"{title}: below {plain(condition.below)}"
    return f"{title}: {plain(condition.at_least or 0)} or more"


def title_of_step(questionnaire: Questionnaire, step: str | None) -> str | None:
    """Name a step of the course of an outsourcing; nothing where none is named."""
    return next((part.title for part in questionnaire.steps if part.id == step), None)
