"""What moved between two assessments, by how many points, and which changes moved the verdict.

Where the two were judged by different methods, OLD is judged again by NEW's: what that alone changes is the
part of the method, the rest is the part of the answers and facts, and the two add up exactly.
"""

from bpo_assess.analysis.comparison.cause import Cause, Mixture, Shift, ShiftKind, cause_of
from bpo_assess.analysis.comparison.drops import Drop, drop
from bpo_assess.analysis.comparison.facts import (
    MovedEntry,
    MovedMeasure,
    MovedValue,
    moved_entries,
    moved_measures,
)
from bpo_assess.analysis.comparison.moved import (
    came,
    moved_answers,
    moved_axes,
    moved_candidacy,
    moved_controls,
    moved_risks,
)
from bpo_assess.analysis.comparison.rescoring import rescore
from bpo_assess.analysis.comparison.result import (
    Comparison,
    MovedAnswer,
    MovedAxis,
    MovedControl,
    MovedIndex,
    MovedRisk,
    Worth,
)
from bpo_assess.assessment.changes import changes
from bpo_assess.assessment.result import Assessment

__all__ = [
    "Cause",
    "Comparison",
    "Drop",
    "MovedAnswer",
    "MovedAxis",
    "MovedControl",
    "MovedEntry",
    "MovedIndex",
    "MovedMeasure",
    "MovedRisk",
    "MovedValue",
    "Shift",
    "ShiftKind",
    "Worth",
    "compare",
    "drop",
]


def compare(then: Assessment, now: Assessment) -> Comparison:
    """Compare an assessment with a later one, each by its own method."""
    same = then.questionnaire == now.questionnaire
    rescored = then if same else rescore(then, now.questionnaire)
    cards = then.scorecard, now.scorecard
    answers = moved_answers(rescored, now)
    cause = None
    if then.ruling.id != now.ruling.id:
        first = [entry.now.question.id for entry in answers]
        cause = cause_of(Mixture(then, now, rescored, first))
    return Comparison(
        then=then,
        now=now,
        rescored=rescored,
        method_changes=() if same else tuple(changes(then.questionnaire, now.questionnaire)),
        candidacy=moved_candidacy(*cards),
        axes=moved_axes(*cards),
        answers=answers,
        measures=moved_measures(then, now),
        entries=moved_entries(then.process, now.process),
        risks=moved_risks(then, now),
        controls=moved_controls(rescored, now),
        came=came(then, now),
        went=came(now, then),
        cause=cause,
    )
