"""The questionnaire: one whole method, from the questions to the verdict."""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bpo_assess.model.decision import Alternative, Benefit, Decision, DeliveryModel
from bpo_assess.model.parts import (
    LEVELS,
    Amount,
    Flag,
    Identifier,
    NonEmpty,
    Number,
    Part,
    StrictLevel,
    Text,
    Texts,
    listed,
)
from bpo_assess.model.risk import Risk, RiskMatrix, Weight

QUESTIONNAIRE_FORMAT = "bpo-assess/questionnaire/v1"


class Bound(Part):
    """A bound on a named measure."""

    measure: Identifier
    above: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "Bound":
        if sum(bound is not None for bound in (self.above, self.at_least, self.at_most)) != 1:
            raise PydanticCustomError("BPO218", "give one of `above`, `at_least`, `at_most`")
        return self


class Rung(Part):
    """A level, and what the measure must reach for it; a level without a bound is always supported."""

    level: StrictLevel
    above: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    also: Annotated[tuple[Bound, ...], listed] = ()


class MeasureUse(Part):
    """The measure of facts that proposes a level: the highest level whose bounds all hold."""

    of: Identifier
    levels: Annotated[tuple[Rung, ...], Field(min_length=1)]


class Action(Part):
    """The work that raises a question's level, and the step of the course it belongs to."""

    step: Identifier | None = None
    text: NonEmpty


class Question(Part):
    """A question with five anchored levels; 4 always speaks for outsourcing now."""

    id: Identifier
    title: NonEmpty
    text: NonEmpty
    why: Text | None = None
    sources: Texts = ()
    weight: Weight = Decimal(1)
    anchors: Annotated[tuple[NonEmpty, ...], Field(min_length=len(LEVELS), max_length=len(LEVELS))]
    evidence: Texts = ()
    not_applicable: Flag = False
    measure: MeasureUse | None = None
    action: Action | None = None
    clause: Text | None = None
    effort: Annotated[tuple[Amount, ...], Field(min_length=4, max_length=4)] | None = None
    fixed: Flag = False


class Dimension(Part):
    """A group of questions about one matter, with its weight in the axis."""

    id: Identifier
    title: NonEmpty
    asks: Text | None = None
    weight: Weight
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Axis(Part):
    """One of the sides on which a process is judged."""

    id: Identifier
    title: NonEmpty
    asks: Text | None = None
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]


class CourseStep(Part):
    """A step of the course of an outsourcing, by which actions and conditions are ordered."""

    id: Identifier
    title: NonEmpty


class Band(Part):
    """The word for an index from a number of points upward."""

    word: NonEmpty
    at_least: Annotated[Amount, Field(le=100)]


class Note(Part):
    """Something that a report says beside the assessment, with its source."""

    title: NonEmpty
    text: NonEmpty
    source: Identifier | None = None


class Case(Part):
    """A test of the method: answers, and what they must lead to."""

    name: NonEmpty
    answers: dict[str, StrictLevel | Literal["unknown"]] = Field(default_factory=dict)
    otherwise: StrictLevel | None = None
    """The level of every question that is not named; None leaves them unanswered."""
    proven: Flag = True
    """Whether evidence stands behind the answers."""
    verdict: Identifier
    candidacy: Annotated[tuple[Amount, ...], Field(min_length=2, max_length=2)] | None = None
    """The interval, in points, in which the candidacy must lie, both ends included."""
    risks: dict[str, Identifier] = Field(default_factory=dict)
    """Residual levels by risk."""


class Questionnaire(Part):
    """One whole method as data: questions, risks, decision, and what is advised beside the verdict."""

    format: Literal["bpo-assess/questionnaire/v1"]
    id: Identifier
    version: Annotated[Text, Field(pattern=r"^\d+(\.\d+){0,2}$")]
    title: NonEmpty
    language: Text = "en"
    about: Text | None = None
    sources: dict[str, Text] = Field(default_factory=dict)
    steps: Annotated[tuple[CourseStep, ...], listed] = ()
    bands: Annotated[tuple[Band, ...], listed] = ()
    axes: Annotated[tuple[Axis, ...], Field(min_length=1)]
    risks: Annotated[tuple[Risk, ...], listed] = ()
    risk_matrix: RiskMatrix | None = None
    decision: Decision
    benefits: Annotated[tuple[Benefit, ...], listed] = ()
    alternatives: Annotated[tuple[Alternative, ...], listed] = ()
    delivery: Annotated[tuple[DeliveryModel, ...], listed] = ()
    notes: Annotated[tuple[Note, ...], listed] = ()
    cases: Annotated[tuple[Case, ...], listed] = ()

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
