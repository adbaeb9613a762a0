"""How sure a verdict is: what is open, how near the limits are, which answers matter, who disagrees."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpo_assess.analysis.sensitivity.answers import Answers, answers_of
from bpo_assess.analysis.sensitivity.assessors import Assessors, Voice, assessors_of
from bpo_assess.analysis.sensitivity.better import Better, better_of
from bpo_assess.analysis.sensitivity.thresholds import Threshold, thresholds_of
from bpo_assess.analysis.sensitivity.trial import trial_of
from bpo_assess.analysis.sensitivity.unknowns import Unknowns, unknowns_of
from bpo_assess.analysis.sensitivity.weighting import Weighting, weighting_of
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.decision import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What is known of how sure a verdict is."""

    assessment: Assessment
    """What was looked at; of several assessors, their median."""
    known: Verdict
    """The verdict on what is known, whatever share that is."""
    unknowns: Unknowns
    thresholds: tuple[Threshold, ...]
    """Nearest first."""
    better: Better
    """What holds the process at that verdict."""
    answers: Answers
    weighting: Weighting
    assessors: Assessors | None = None
    """None where nobody is named and one file answers."""


def sensitivity(voices: Sequence[Voice]) -> Sensitivity:
    """Find how sure a verdict is, and what would change it; of several voices, that on their median.

    Weights are not drawn here: that alone takes numpy.
    """
    several = len(voices) > 1 or voices[0].named
    assessors = assessors_of(voices) if several else None
    assessment = assessors.median if assessors else voices[0].assessment
    trial = trial_of(assessment)
    return Sensitivity(
        assessment=assessment,
        known=trial.verdicts[trial.rank(trial.outlook.known.case)],
        unknowns=unknowns_of(trial),
        thresholds=thresholds_of(trial),
        better=better_of(trial),
        answers=answers_of(trial),
        weighting=weighting_of(assessment),
        assessors=assessors,
    )
