"""Which answers, risks, controls and reasons moved."""

from bpo_assess.analysis.comparison import (
    Comparison,
    MovedAnswer,
    MovedControl,
    MovedRisk,
    Worth,
)
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.verdict import Reason
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.comparison.phrases import (
    LONGEST_LIST,
    Blocks,
    control_text,
    level,
    listed,
    remarks,
    signed,
    table,
)
from bpo_assess.reports.blocks import Paragraph, Phrase

HOW_POINTS = "Points are what each of them adds to the candidacy or takes from it."


# Answers


def answers(comparison: Comparison) -> Blocks:
    """List the answers that moved, with their points."""
    moved = comparison.answers
    if not moved:
        return
    if comparison.by_answers is None or moved[0].points is None:
        yield Paragraph(f"{_counted(comparison)}; no points can be given to each.")
    else:
        yield Paragraph(
            f"{_counted(comparison)}; together they make {signed(comparison.by_answers, 2)} points "
            f"before rounding. {HOW_POINTS}"
        )
    rows = [_answer(entry) for entry in moved[:LONGEST_LIST]]
    if len(moved) > LONGEST_LIST:
        rows.append((f"and {len(moved) - LONGEST_LIST} more", "", "", ""))
    yield table("Answers", ("Question", "Then", "Now", "Points"), rows)


def _counted(comparison: Comparison) -> str:
    number = len(comparison.answers)
    verb = "moved" if comparison.same_process else "differs" if number == 1 else "differ"
    return f"{wording.count(number, 'answer')} {verb}"


def _answer(moved: MovedAnswer) -> tuple[Phrase, ...]:
    beside = "; ".join(remarks(moved))
    title = f"{moved.now.question.title} ({beside})" if beside else moved.now.question.title
    return title, level(moved.then), level(moved.now), signed(moved.points, 2)


# Risks and reasons


def risks(comparison: Comparison) -> Blocks:
    """List the risks and controls that moved."""
    if comparison.risks:
        yield Paragraph(
            "What is left of each risk with the controls in place, and its likelihood and impact from 1 "
            "to 5."
        )
        yield table("Risks", ("Risk", "Then", "Now"), list(map(_risk, comparison.risks)))
    if comparison.controls:
        yield listed([f"{control_text(moved)}{_effect(moved)}" for moved in comparison.controls])


def _risk(moved: MovedRisk) -> tuple[Phrase, ...]:
    known = moved.now or moved.then
    title = known.risk.title if known else ""
    return title, _residual(moved.then), _residual(moved.now)


def _residual(risk: RiskAssessment | None) -> str:
    if risk is None:
        return "not in the method"
    known = risk.known
    if known.residual is None:
        return "not known"
    place = wording.two_places(known.residual_likelihood), wording.two_places(known.residual_impact)
    return f"{known.residual} ({' x '.join(place)})"


def _effect(moved: MovedControl) -> str:
    if moved.now is Worth.COUNTS:
        return "; it lowers a risk now"
    return "; it no longer lowers a risk" if moved.then is Worth.COUNTS else ""


def reasons(comparison: Comparison) -> Blocks:
    """List the reasons that came, and those that went."""
    words = ("Came", "Went") if comparison.same_process else ("Only now", "Only then")
    came = [_reason(words[0], comparison.now, place) for place in comparison.came]
    went = [_reason(words[1], comparison.then, place) for place in comparison.went]
    if came or went:
        yield listed([*came, *went])


def _reason(word: str, assessment: Assessment, reason: Reason) -> str:
    title = wording.title_of_verdict(assessment, reason.verdict)
    return f'{word}, for "{title}": {wording.reason_text(assessment, reason)}'
