"""Pieces of work in words: what to do, when it is done, what proves it, and what it is needed for."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bpo_assess.analysis.plan.result import Kind, Planning, Work
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.assessment.verdict import Ruling
from bpo_assess.model.questionnaire import Question
from bpo_assess.reports import wording

GATES = "First: what can decide alone"

LISTED = 2
"""Reasons for which a piece of work is needed that are spelt out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work in words."""

    title: str
    effort: str
    texts: tuple[str, ...]
    """What to do, when it is done, what proves it, and what it is needed for."""
    place: str
    """The heading that it stands under."""


def piece(planning: Planning, work: Work) -> Piece:
    """Put a piece of work into words."""
    assessment = planning.before
    place = GATES if work.gate else wording.step_title(assessment, work.step)
    about = _on_control if work.kind is Kind.CONTROL else _on_question
    texts = (*about(assessment, work), *_needed(planning, work), *_effort(work))
    return Piece(named(assessment, work), plain(work.effort), texts, place)


def title(assessment: Assessment, work: Work) -> str:
    """Name what a piece of work is about."""
    if work.kind is not Kind.CONTROL:
        return assessment.questionnaire.questions[work.subject].title
    risks = [
        risk.title
        for risk in assessment.questionnaire.risks
        if any(control.id == work.subject for control in risk.controls)
    ]
    return f"Against {wording.listing(risks)}: {work.subject.replace('-', ' ')}"


def named(assessment: Assessment, work: Work) -> str:
    """Name a piece of work with what becomes of it."""
    between = ", " if work.kind is Kind.CONTROL else ": "
    return f"{title(assessment, work)}{between}{movement(work)}"


def movement(work: Work) -> str:
    """Say what becomes of it, such as `level 1 to 3`."""
    match work.kind:
        case Kind.RAISE:
            return f"level {work.start} to {work.end}"
        case Kind.FIND_OUT:
            return f"find out, level {work.end} is needed" if work.end else "find out"
        case Kind.PROVE:
            return f"prove level {work.end}"
        case Kind.CONTROL:
            return "put in place"


def needed_for(planning: Planning, work: Work) -> list[str]:
    """Say what would be without a piece of work alone."""
    plan, rest = planning.plan, work.without
    if plan is None or rest is None or plan.after.ruling.verdict is None:
        return []
    if rest.verdict is None:
        return ["too little would be known for a verdict"]
    if rest.id != plan.after.ruling.id:
        return _what_holds(planning, work, rest)
    if planning.firm and rest.worst.id != plan.after.ruling.worst.id:
        return [f'the verdict would not be firm; it could still be "{rest.worst.title}"']
    return []


def _what_holds(planning: Planning, work: Work, rest: Ruling) -> list[str]:
    """Name the conditions that hold a lesser verdict without it."""
    before, held = planning.before, [r for r in rest.reasons if r.verdict == rest.id]
    if work.kind is Kind.FIND_OUT and [reason.subject for reason in held] == [work.subject]:
        title = wording.title_of_verdict(before, rest.id)
        return [f'the verdict is "{title}", because the decision asks for this answer']
    return [
        f"{wording.statement(before, reason)}{f', {needed}' if needed else ''}"
        for reason, needed in ((reason, wording.requirement(reason)) for reason in held)
    ]


def _needed(planning: Planning, work: Work) -> Iterator[str]:
    reasons = needed_for(planning, work)
    if reasons:
        more = f"; and {len(reasons) - LISTED} more" if len(reasons) > LISTED else ""
        yield f"Without it: {'; '.join(reasons[:LISTED])}{more}."
    elif planning.target is None:
        narrows = " and narrows the scope" if work.narrows else ""
        yield f"Not needed for the verdict: it raises the candidacy{narrows}."


def _effort(work: Work) -> Iterator[str]:
    """Break an effort down where it is the sum of several."""
    found = 1 if work.kind is Kind.FIND_OUT else 0
    proof = 1 if work.proves and work.kind is not Kind.CONTROL else 0
    rest = work.effort - found - proof
    parts = [
        f"{plain(Fraction(size))} to {what}"
        for size, what in ((found, "find out"), (rest, "get there"), (proof, "prove it"))
        if size
    ]
    if len(parts) > 1:
        yield f"Effort {plain(work.effort)}: {wording.listing(parts)}."


def _on_control(assessment: Assessment, work: Work) -> Iterator[str]:
    controls = (control for risk in assessment.questionnaire.risks for control in risk.controls)
    yield wording.sentence(next(c.text for c in controls if c.id == work.subject))
    yield "Done when: it works, and the description states it as in place and names the proof of that."


def _on_question(assessment: Assessment, work: Work) -> Iterator[str]:
    asked = assessment.questionnaire.questions[work.subject]
    if work.kind is Kind.FIND_OUT:
        yield from _finding_out(asked, work)
    elif work.kind is Kind.RAISE:
        if asked.action:
            yield wording.sentence(asked.action.text)
        yield f"Done when: {wording.sentence(asked.anchors[work.end or 0])}"
    if work.describes:
        facts = wording.facts_text(assessment.responses[work.subject])
        yield f"Complete the description too, whose facts do not support that yet: {facts}."
    if work.kind is Kind.PROVE:
        yield f"Claimed: {wording.sentence(asked.anchors[work.end or 0])}"
    if work.proves:
        proofs = "; or ".join(asked.evidence) or "where the proof can be found"
        yield f"Needs evidence, stated with the answer: {wording.sentence(proofs)}"
    elif asked.evidence and work.kind is not Kind.PROVE:
        yield f"What would prove it: {wording.sentence('; or '.join(asked.evidence))}"


def _finding_out(asked: Question, work: Work) -> Iterator[str]:
    """Say what to find out, what is enough, and what to do if it is less."""
    yield f"Find out and answer: {asked.text}"
    if not work.end:
        return
    yield f"Enough is level {work.end} or better: {wording.sentence(asked.anchors[work.end])}"
    if work.hoped is not None:
        yield (
            f"At least level {work.hoped} must come out: no work leads there from below, "
            "and without it this plan does not hold."
        )
    if work.end != work.hoped and asked.action:
        yield f"If it is less: {wording.sentence(asked.action.text)}"
