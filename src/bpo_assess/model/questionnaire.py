"""The questionnaire: one whole method, from the questions to the verdict."""

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bpo_assess.model.decision import Alternative, Benefit, Decision, DeliveryModel
from bpo_assess.model.parts import (
    LEVELS,
    Amount,
    Flag,
    Identifier,
    JsonSchema,
    NonEmpty,
    Number,
    Part,
    StrictLevel,
    Text,
    Texts,
    as_written,
    exactly_one,
    listed,
    stated,
)
from bpo_assess.model.risk import Risk, RiskMatrix, Weight

QUESTIONNAIRE_FORMAT = "bpo-assess/questionnaire/v1"


class Bound(Part):
    """A bound on a named measure."""

    model_config = ConfigDict(json_schema_extra=exactly_one("above", "at_least", "at_most"))

    measure: Identifier
    """The measure."""
    above: Number | None = None
    """Holds for more than this."""
    at_least: Number | None = None
    """Holds for this and more."""
    at_most: Number | None = None
    """Holds for this and less."""

    @model_validator(mode="after")
    def _one_bound(self) -> "Bound":
        if sum(bound is not None for bound in (self.above, self.at_least, self.at_most)) != 1:
            raise PydanticCustomError("BPO218", "give one of `above`, `at_least`, `at_most`")
        return self


class Rung(Part):
    """A level, and what the measure must reach for it; a level without a bound is always supported."""

    level: StrictLevel
    """The level that is supported."""
    above: Number | None = None
    """Where the measure is more than this."""
    at_least: Number | None = None
    """Where the measure is this or more."""
    at_most: Number | None = None
    """Where the measure is this or less."""
    also: Annotated[tuple[Bound, ...], listed] = ()
    """What a second measure must reach besides."""


class MeasureUse(Part):
    """The measure of facts that proposes a level: the highest level whose bounds all hold."""

    of: Identifier
    """The measure that is read."""
    levels: Annotated[tuple[Rung, ...], Field(min_length=1)]
    """The levels, lowest first."""


class Action(Part):
    """The work that raises a question's level, and the step of the course it belongs to."""

    step: Identifier | None = None
    """The step of the course that the work belongs to."""
    text: NonEmpty
    """What to do."""
    narrows: Flag = False
    """`true` where the work takes something out of the scope: what is left has to be assessed again."""


class Fact(StrEnum):
    """What a description can say that denies an answer."""

    STAFF_MOVED = "staff-moved"
    """People do the work today, and steps of it would go."""
    ON_SITE_STEPS = "on-site-steps"
    """A step that would go needs somebody to be there in person."""
    PERSONAL_DATA_FUNCTION = "personal-data-function"
    """The function can hardly be done without personal data."""


class Contradiction(Part):
    """From which level on a fact of the description denies the answer."""

    at_least: StrictLevel
    """The lowest level that the fact denies."""
    fact: Fact
    """The fact."""
    because: Text | None = None
    """What the finding says with it."""


class Question(Part):
    """A question with five anchored levels; 4 always speaks for outsourcing now."""

    id: Identifier
    """A stable name, by which answers and conditions refer to the question."""
    title: NonEmpty
    """What reports call it."""
    text: NonEmpty
    """The question."""
    why: Text | None = None
    """Why it counts."""
    sources: Texts = ()
    """Where that comes from: ids of `sources`."""
    weight: Weight = Decimal(1)
    """Its weight beside the other questions of the dimension; 0 scores nothing."""
    anchors: Annotated[tuple[NonEmpty, ...], Field(min_length=len(LEVELS), max_length=len(LEVELS))]
    """Five observable statements, level 0 first; level 4 speaks for outsourcing now."""
    evidence: Texts = ()
    """What would prove the answer."""
    not_applicable: Flag = False
    """`true` where a process may really be without it."""
    measure: MeasureUse | None = None
    """The facts of a description that propose a level."""
    action: Action | None = None
    """What raises the level."""
    clause: Text | None = None
    """What to write into the contract while the level is low."""
    effort: Annotated[tuple[Amount, ...], Field(min_length=4, max_length=4)] | None = None
    """Relative effort of 0 to 1, 1 to 2, 2 to 3 and 3 to 4; 1 each where absent."""
    evidence_from: StrictLevel | None = None
    """The level from which an answer is asked for evidence by `check`."""
    contradicted_by: Annotated[tuple[Contradiction, ...], listed] = ()
    """Facts of a description that deny an answer; pointed out by `check`, never scored."""
    fixed: Flag = False
    """`true` where no work can raise it: what the data is, who sees the work."""
    fixed_at: Annotated[tuple[StrictLevel, ...], listed] = ()
    """Levels that no work leads on from, such as 0 where the law forbids it."""

    def is_fixed_at(self, level: int) -> bool:
        """Tell whether no work leads on from a level."""
        return self.fixed or level in self.fixed_at


class Dimension(Part):
    """A group of questions about one matter, with its weight in the axis."""

    id: Identifier
    """A stable name."""
    title: NonEmpty
    """What reports call it."""
    asks: Text | None = None
    """What it is about, in one sentence."""
    weight: Weight
    """Its weight beside the other dimensions of the axis."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    """Its questions."""


class Axis(Part):
    """One of the sides on which a process is judged."""

    id: Identifier
    """A stable name."""
    title: NonEmpty
    """What reports call it."""
    asks: Text | None = None
    """What it is about, in one sentence."""
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    """Its dimensions."""


class CourseStep(Part):
    """A step of the course of an outsourcing, by which actions and conditions are ordered."""

    id: Identifier
    """A stable name."""
    title: NonEmpty
    """What reports call it."""


class Band(Part):
    """The word for an index from a number of points upward."""

    word: NonEmpty
    """The word, such as strong."""
    at_least: Annotated[Amount, Field(le=100)]
    """The lowest index, in points, that it is used for."""


class Note(Part):
    """Something that a report says beside the assessment, with its source."""

    title: NonEmpty
    """Its heading."""
    text: NonEmpty
    """What is said."""
    source: Identifier | None = None
    """Where it comes from: an id of `sources`."""


class Case(Part):
    """A test of the method: answers, and what they must lead to."""

    name: NonEmpty
    """What the case shows."""
    answers: dict[str, StrictLevel | Literal["unknown"]] = Field(default_factory=dict)
    """Levels, or `unknown`, by question."""
    otherwise: StrictLevel | None = None
    """The level of every question that is not named; None leaves them unanswered."""
    proven: Flag = True
    """Whether evidence stands behind the answers."""
    verdict: Identifier
    """The verdict that must come out."""
    candidacy: Annotated[tuple[Amount, ...], Field(min_length=2, max_length=2)] | None = None
    """The interval, in points, in which the candidacy must lie, both ends included."""
    risks: dict[str, Identifier] = Field(default_factory=dict)
    """Residual levels by risk."""


_RISKS_NEED_A_MATRIX: JsonSchema = {
    "if": {
        "required": ["risks"],
        "properties": {"risks": {"anyOf": [{"type": "object"}, {"type": "array", "minItems": 1}]}},
    },
    "then": stated("risk_matrix"),
}


class Questionnaire(Part):
    """One whole method as data: questions, risks, decision, and what is advised beside the verdict."""

    model_config = ConfigDict(json_schema_extra=_RISKS_NEED_A_MATRIX)

    format: Literal["bpo-assess/questionnaire/v1"]
    """What kind of file this is."""
    id: Identifier
    """A stable name of the method."""
    version: Annotated[str, Field(pattern=r"^\d+(\.\d+){0,2}$"), as_written]
    """One to three numbers: the first changes when old answers lose their meaning."""
    title: NonEmpty
    """What reports call it."""
    language: Text = "en"
    """The language of its texts, such as en."""
    about: Text | None = None
    """What it is for."""
    sources: dict[str, Text] = Field(default_factory=dict)
    """Where its statements come from, by a short id."""
    steps: Annotated[tuple[CourseStep, ...], listed] = ()
    """The course of an outsourcing, by which work is ordered."""
    bands: Annotated[tuple[Band, ...], listed] = ()
    """The words for indices."""
    axes: Annotated[tuple[Axis, ...], Field(min_length=1)]
    """The sides on which a process is judged; candidacy is their mean."""
    risks: Annotated[tuple[Risk, ...], listed] = ()
    """What may go wrong."""
    risk_matrix: RiskMatrix | None = None
    """Which level each pair of likelihood and impact has."""
    decision: Decision
    """The verdicts, and what holds a process at them."""
    benefits: Annotated[tuple[Benefit, ...], listed] = ()
    """What may be hoped for."""
    alternatives: Annotated[tuple[Alternative, ...], listed] = ()
    """Other courses than outsourcing, and when the answers speak for them."""
    delivery: Annotated[tuple[DeliveryModel, ...], listed] = ()
    """Places to deliver from, and what rules them out or favours them."""
    notes: Annotated[tuple[Note, ...], listed] = ()
    """What is printed beside the assessment."""
    cases: Annotated[tuple[Case, ...], listed] = ()
    """Answers and what they must lead to; run by `questionnaire check`."""

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """Every dimension by its id, in the order of the file."""
        return {part.id: part for axis in self.axes for part in axis.dimensions}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its id, in the order of the file."""
        groups = (group for axis in self.axes for group in axis.dimensions)
        return {part.id: part for group in groups for part in group.questions}

    @property
    def major(self) -> str:
        """The part of the version that changes when old answers are no longer comparable."""
        return self.version.partition(".")[0]
