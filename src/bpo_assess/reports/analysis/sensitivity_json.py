"""How sure a verdict is, for machines: `bpo-assess/sensitivity/v1`.

Points run from 0 to 100, shares from 0 to 1, levels from 0 to 4. Nothing is known where a value is null.
Keys may be added; none is renamed or removed.
"""

import sys
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from bpo_assess import __version__
from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.analysis.sensitivity.answers import Bar, Stand
from bpo_assess.analysis.sensitivity.assessors import Assessors, Spread
from bpo_assess.analysis.sensitivity.thresholds import Threshold
from bpo_assess.analysis.sensitivity.unknowns import Deciding, Told, Unknown, Unknowns
from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import half_up
from bpo_assess.model.decision import UNDETERMINED, Verdict
from bpo_assess.reports.analysis.ranking_json import RanksObject, ranks_of
from bpo_assess.reports.analysis.weighting_json import WeightingObject, weighting_object
from bpo_assess.reports.contract import (
    ProcessObject,
    QuestionnaireObject,
    Scalar,
    Tool,
)
from bpo_assess.reports.json import assessment_object
from bpo_assess.reports.writing import json_text

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity.ranking import Ranking

SENSITIVITY_FORMAT: Final = "bpo-assess/sensitivity/v1"

Number = int | float | None


class VerdictInShort(TypedDict):
    """The verdict that was looked at."""

    id: str
    """Its id, `undetermined` where there is none."""
    title: str
    """What reports call it."""
    firm: bool
    """Whether no answer to an open question can change it."""
    worst: str
    """The verdict with every open question at its worst."""
    best: str
    """The verdict with every open question at its best."""
    known: str
    """The verdict on what is known, whatever share that is."""


class SettlingObject(TypedDict):
    """A level that makes the verdict firm by itself."""

    level: int
    """The level."""
    verdict: str
    """The verdict then."""


class UnknownObject(TypedDict):
    """An open question that can matter."""

    question: str
    """Its id."""
    weight: float
    """Its share of the candidacy."""
    at_worst: str
    """What `score` says with it set to 0, the other open questions left open; may be `undetermined`."""
    at_best: str
    """What `score` says with it set to 4, the other open questions left open; may be `undetermined`."""
    at_best_with_evidence: str
    """The same, with evidence for the 4."""
    alone: bool
    """Whether its answer alone changes the verdict or makes it firm; if not, it does so with others."""
    settles: list[SettlingObject]
    """Levels that make the verdict firm whatever the other open questions say."""


class ToldObject(TypedDict):
    """An answer in a set that decides."""

    question: str
    """The id of the question."""
    low: int
    """The lowest level that does."""
    high: int
    """The highest level that does."""
    evidence: Literal["any", "with", "without"]
    """Whether it matters that evidence comes with it."""


class DecidingObject(TypedDict):
    """The smallest sets of open questions whose answers make a verdict firm."""

    verdict: str
    """The verdict."""
    size: int | None
    """How many questions the sets have; null where no answers do."""
    number: int
    """How many sets of that size were found."""
    at_least: int
    """No smaller set decides, as far as is proven."""
    exact: bool
    """Whether these are proven to be the smallest, and all of that size."""
    sets: list[list[ToldObject]]
    """At most a dozen of them."""


class UnknownsObject(TypedDict):
    """What is open, and what can come of it."""

    open: int
    """How many questions are open."""
    possible: list[str]
    """The verdicts that some answers lead to once all are in; `undetermined` is none of them."""
    undecided: list[str]
    """Verdicts for which the search ended before it was known whether any answers lead there."""
    order: list[UnknownObject]
    """The questions to ask, most decisive first."""
    deciding: list[DecidingObject]
    """What would settle each verdict."""


class ThresholdObject(TypedDict):
    """One simple condition of the decision, and how near it is to tipping."""

    verdict: str
    """The verdict that it guards."""
    subject_kind: str
    """What it is about."""
    subject: str
    """The id of that."""
    holds: bool
    """Whether it holds on what is known."""
    actual: Scalar
    """The figure as printed."""
    limit: Scalar
    """The limit as the method states it."""
    margin: Number
    """The figure minus what is needed: points, levels, percentage points; negative where it holds."""
    change: Number
    """The least change that tips it, in that unit; of a risk in steps of likelihood and impact together."""
    distance: Number
    """That change in hundredths of the scale."""
    likelihood_to_border: Number
    """Of a risk: its likelihood's distance to the border, the impact as stated; 0: any fall tips it."""
    impact_to_border: Number
    """Of a risk: its impact's distance to the border, the likelihood as stated; 0: any fall tips it."""
    joined: bool
    """Whether it stands in a condition together with others."""
    tipped: str
    """The verdict on what is known if only this said the opposite."""


class FlipObject(TypedDict):
    """A change of one answer by one level that gives another verdict."""

    question: str
    """The id of the question."""
    level: int
    """The level that counts."""
    to: int
    """The level one step from it."""
    verdict: str
    """The verdict then."""
    supported: int | None
    """The highest level that the facts of the description support; null where they say nothing."""


class StandObject(TypedDict):
    """The candidacy and the axis with one answer changed."""

    level: int
    """The level."""
    candidacy: Number
    """The candidacy then."""
    axis: Number
    """The index of the axis then."""


class BarObject(TypedDict):
    """What one answer can do to the candidacy."""

    question: str
    """The id of the question."""
    axis: str
    """The id of its axis."""
    level: int | None
    """The level that counts."""
    swing: Number
    """Points of candidacy between level 0 and level 4."""
    at_0: StandObject
    """With level 0."""
    down: StandObject | None
    """One level down."""
    up: StandObject | None
    """One level up."""
    at_4: StandObject
    """With level 4."""


class AnswersObject(TypedDict):
    """What single answers can do."""

    flips: list[FlipObject]
    """Changes by one level that change the verdict."""
    tornado: list[BarObject]
    """Every question that enters the candidacy, the largest swing first."""


class VoiceObject(TypedDict):
    """One assessor."""

    person: str
    """The name in the file, or the file."""
    verdict: str
    """The verdict by these answers."""
    candidacy: Number
    """The candidacy by these answers."""


class SaidObject(TypedDict):
    """What one assessor says to a question."""

    person: str
    """Who."""
    state: str
    """Answered, unknown, unanswered or not applicable."""
    level: int | None
    """The level that counts."""


class SpreadObject(TypedDict):
    """What all assessors say to a question."""

    question: str
    """The id of the question."""
    spread: int
    """Levels between the lowest and the highest."""
    median: int | None
    """The lower median of the levels."""
    two_or_more: bool
    """Whether two people are two levels or more apart."""
    contested: bool
    """Whether some say that it does not apply, and others give a level."""
    decides: bool
    """Whether this disagreement alone changes the verdict of the median."""
    said: list[SaidObject]
    """Each assessor."""


class AssessorsObject(TypedDict):
    """Several people's answers about the process."""

    voices: list[VoiceObject]
    """Each of them."""
    median: VoiceObject
    """The median of their answers."""
    worst: str
    """What comes out where the lowest level of every question is right; may be `undetermined`."""
    best: str
    """What comes out where the highest level of every question is right; may be `undetermined`."""
    matters: bool
    """Whether it can change the verdict who is right."""
    open: int
    """Questions that nobody answered."""
    questions: list[SpreadObject]
    """Every question."""


class SensitivityObject(TypedDict):
    """How sure the verdict on one process is."""

    format: Literal["bpo-assess/sensitivity/v1"]
    """What kind of file this is."""
    tool: Tool
    """The program."""
    process: ProcessObject
    """What was assessed."""
    questionnaire: QuestionnaireObject
    """By which method."""
    as_of: str | None
    """The day of the assessment."""
    verdict: VerdictInShort
    """The verdict; of several assessors, that of their median."""
    unknowns: UnknownsObject
    """What is open, and whether it matters."""
    weights: WeightingObject
    """Whether another weighting would say something else."""
    thresholds: list[ThresholdObject]
    """How near every condition is, nearest first."""
    answers: AnswersObject
    """Which single answer would change it."""
    assessors: AssessorsObject | None
    """Whether several assessors agree; null where one answered."""
    ranks: list[RanksObject] | None
    """Which of several processes comes first: near the stated weights, then anywhere; null without others."""


def render(found: Sequence[Sensitivity], rankings: "Sequence[Ranking]" = ()) -> str:
    """Render one process as an object, several as an array, each with its ranks among them."""
    objects = [sensitivity_object(one) for one in found]
    for place, each in enumerate(objects):
        each["ranks"] = ranks_of(rankings, place) if rankings else None
    value = objects[0] if len(objects) == 1 else objects
    return json_text(value)


def sensitivity_object(found: Sensitivity) -> SensitivityObject:
    """Build the object of one process; its keys keep their order."""
    whole = assessment_object(found.assessment)
    ruling = found.assessment.ruling
    return {
        "format": SENSITIVITY_FORMAT,
        "tool": {"name": "bpo-assess", "version": __version__},
        "process": whole["process"],
        "questionnaire": whole["questionnaire"],
        "as_of": whole["as_of"],
        "verdict": {
            "id": ruling.id,
            "title": whole["verdict"]["title"],
            "firm": ruling.firm,
            "worst": ruling.worst.id,
            "best": ruling.best.id,
            "known": found.known.id,
        },
        "unknowns": _unknowns(found.unknowns),
        "weights": weighting_object(found.weighting),
        "thresholds": [_threshold(entry) for entry in found.thresholds],
        "answers": {
            "flips": [
                {
                    "question": flip.question.id,
                    "level": flip.level,
                    "to": flip.to,
                    "verdict": _id(flip.verdict),
                    "supported": flip.supported,
                }
                for flip in found.answers.flips
            ],
            "tornado": [_bar(bar) for bar in found.answers.bars],
        },
        "assessors": _assessors(found.assessors) if found.assessors else None,
        "ranks": None,
    }


def _id(verdict: Verdict | None) -> str:
    return verdict.id if verdict else UNDETERMINED


def _number(value: Decimal | Fraction | int | None) -> Number:
    """Write an exact figure with at most four decimal places."""
    if value is None or isinstance(value, int):
        return value
    return float(half_up(Fraction(value), 4))


def _unknowns(unknowns: Unknowns) -> UnknownsObject:
    return {
        "open": unknowns.opened,
        "possible": [verdict.id for verdict in unknowns.possible],
        "undecided": [verdict.id for verdict in unknowns.undecided],
        "order": [_unknown(entry) for entry in unknowns.order],
        "deciding": [_deciding(entry) for entry in unknowns.deciding],
    }


def _unknown(entry: Unknown) -> UnknownObject:
    return {
        "question": entry.question.id,
        "weight": float(half_up(entry.weight, 4)),
        "at_worst": entry.at_worst.id,
        "at_best": entry.at_best.id,
        "at_best_with_evidence": entry.proven.id,
        "alone": entry.alone,
        "settles": [{"level": s.level, "verdict": s.verdict.id} for s in entry.settles],
    }


def _deciding(entry: Deciding) -> DecidingObject:
    return {
        "verdict": entry.verdict.id,
        "size": len(entry.sets[0]) if entry.sets else None,
        "number": entry.number,
        "at_least": entry.at_least,
        "exact": entry.exact,
        "sets": [[_told(told) for told in one] for one in entry.sets],
    }


def _told(told: Told) -> ToldObject:
    return {
        "question": told.question.id,
        "low": told.low,
        "high": told.high,
        "evidence": told.proof.value,
    }


def _scalar(value: int | Decimal | str | None) -> Scalar:
    return float(value) if isinstance(value, Decimal) else value


def _threshold(entry: Threshold) -> ThresholdObject:
    border = entry.border
    return {
        "verdict": entry.verdict.id,
        "subject_kind": entry.kind.value,
        "subject": entry.subject,
        "holds": entry.holds,
        "actual": _scalar(entry.actual),
        "limit": _scalar(entry.limit),
        "margin": _number(entry.margin),
        "change": _number(entry.change),
        "distance": _number(entry.distance),
        "likelihood_to_border": _number(border.likelihood) if border else None,
        "impact_to_border": _number(border.impact) if border else None,
        "joined": entry.joined,
        "tipped": entry.tipped.id,
    }


def _bar(bar: Bar) -> BarObject:
    return {
        "question": bar.question.id,
        "axis": bar.axis.id,
        "level": bar.response.level,
        "swing": _number(bar.swing),
        "at_0": _stand(bar.at_worst),
        "down": _stand(bar.down) if bar.down else None,
        "up": _stand(bar.up) if bar.up else None,
        "at_4": _stand(bar.at_best),
    }


def _stand(stand: Stand) -> StandObject:
    return {
        "level": stand.level,
        "candidacy": _number(stand.candidacy),
        "axis": _number(stand.axis),
    }


def _assessors(assessors: Assessors) -> AssessorsObject:
    people = [voice.person for voice in assessors.voices]
    return {
        "voices": [_voice(voice.person, voice.assessment) for voice in assessors.voices],
        "median": _voice("median", assessors.median),
        "worst": assessors.worst.id,
        "best": assessors.best.id,
        "matters": assessors.matters,
        "open": assessors.open,
        "questions": [_spread(assessors, people, entry) for entry in assessors.spreads],
    }


def _voice(person: str, assessment: Assessment) -> VoiceObject:
    return {
        "person": person,
        "verdict": assessment.ruling.id,
        "candidacy": _number(assessment.scorecard.candidacy.value),
    }


def _spread(assessors: Assessors, people: Sequence[str], entry: Spread) -> SpreadObject:
    return {
        "question": entry.question.id,
        "spread": entry.width,
        "median": entry.median,
        "two_or_more": entry.is_far,
        "contested": entry.is_contested,
        "decides": entry.question.id in assessors.deciding,
        "said": [
            _said(person, response) for person, response in zip(people, entry.said, strict=True)
        ],
    }


def _said(person: str, response: Response) -> SaidObject:
    return {"person": person, "state": response.state.value, "level": response.level}
