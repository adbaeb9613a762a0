"""The process description: how a business process works, and what its people answer about it."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bpo_assess.model.parts import (
    Amount,
    Day,
    Flag,
    Identifier,
    Level,
    NonEmpty,
    Number,
    Part,
    Text,
    Texts,
    _level,
    listed,
)

PROCESS_FORMAT = "bpo-assess/process/v1"


class DataClass(StrEnum):
    """How sensitive a kind of data is, from open to most protected."""

    PUBLIC = "public"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"
    FINANCIAL_ACCOUNT = "financial-account"
    SPECIAL_CATEGORY = "special-category"


class ControlStatus(StrEnum):
    """Whether a control is only intended or works today."""

    PLANNED = "planned"
    IN_PLACE = "in-place"


class Direction(StrEnum):
    """Which way a KPI improves."""

    UP = "up"
    DOWN = "down"


def _named(key: str) -> BeforeValidator:
    """Let a plain text stand for an entry of which only that key is stated."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class Evidence(Part):
    """Where the proof of an answer, or of a control, can be found."""

    path: Text | None = None
    url: Text | None = None
    dated: Day | None = None
    sha256: Annotated[Text, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    title: Text | None = None

    @model_validator(mode="after")
    def _has_place(self) -> "Evidence":
        if (self.path is None) == (self.url is None):
            raise PydanticCustomError("BPO203", "evidence names either a `path` or a `url`")
        return self

    @property
    def place(self) -> str:
        """The path or the URL, as written."""
        return self.path or self.url or ""


def _evidence(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return {"url": value} if "://" in value else {"path": value}


EvidenceList = Annotated[
    tuple[Annotated[Evidence, BeforeValidator(_evidence)], ...],
    listed,
]


def _level_or_unknown(value: Any) -> Any:
    return value if value == "unknown" or value is None else _level(value)


class Answer(Part):
    """What somebody answered: a level, `unknown`, or that the question does not apply."""

    level: Annotated[Level | Literal["unknown"] | None, BeforeValidator(_level_or_unknown)] = None
    not_applicable: NonEmpty | None = None
    evidence: EvidenceList = ()
    note: Text | None = None
    by: Text | None = None
    dated: Day | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Answer":
        if self.level is not None and self.not_applicable is not None:
            raise PydanticCustomError(
                "BPO206", "an answer gives a level or says `not_applicable`, not both"
            )
        return self

    @property
    def is_empty(self) -> bool:
        """Whether the question was written down but not answered."""
        return self.level is None and self.not_applicable is None


def _answer(value: Any) -> Any:
    """Read `3`, `unknown` and nothing as the answers that they abbreviate."""
    return value if isinstance(value, dict | Answer) else {"level": value}


class Volume(Part):
    """How much there is to do."""

    amount: Amount | None = None
    unit: Text | None = None
    per: Text | None = None
    variation_percent: Amount | None = None
    peak: Text | None = None


class Money(Part):
    """An amount in a currency."""

    amount: Amount
    currency: Text | None = None


class System(Part):
    """A system that the work needs, and how people get access to it."""

    name: NonEmpty
    access: Text | None = None


class DataItem(Part):
    """A kind of data that the work touches."""

    data_class: DataClass = Field(alias="class")
    what: Text | None = None


class ReferenceDocument(Part):
    """A document that describes the process."""

    title: Text | None = None
    path: Text | None = None
    url: Text | None = None
    reviewed: Day | None = None


class ProcessException(Part):
    """A case that leaves the normal path, and how it is handled."""

    name: NonEmpty
    rule: Text | None = None
    owner: Text | None = None
    share_percent: Amount | None = None


class Step(Part):
    """One step of the work: who does it, who answers for it, from what, to what, and how."""

    id: Identifier | None = None
    name: NonEmpty
    role: Texts = ()
    accountable: Texts = ()
    stays: Flag | None = None
    on_site: Flag | None = None
    inputs: Texts = ()
    outputs: Texts = ()
    systems: Texts = ()
    instructions: Text | None = None
    exceptions: Annotated[
        tuple[Annotated[ProcessException, _named("name")], ...],
        listed,
    ] = ()


class Kpi(Part):
    """A key performance indicator: what is measured, from where, to what end."""

    id: Identifier | None = None
    name: NonEmpty
    formula: Text | None = None
    unit: Text | None = None
    direction: Direction | None = None
    baseline: Text | None = None
    target: Text | None = None
    measured: Text | None = None
    source: Text | None = None
    owner: Text | None = None


class ControlStatement(Part):
    """What the process description says of a control of the questionnaire."""

    id: Identifier
    status: ControlStatus
    evidence: EvidenceList = ()


class HiddenCost(Part):
    """A hidden cost that the business case reckons with, in percent of the price or as an amount."""

    category: Identifier
    percent: Amount | None = None
    amount: Amount | None = None


class BusinessCase(Part):
    """The figures on which the client expects to decide."""

    hidden_costs: Annotated[tuple[HiddenCost, ...], listed] = ()


class QuestionnaireReference(Part):
    """The questionnaire that the answers were written for."""

    id: Identifier
    version: Text | None = None


class ProcessDescription(Part):
    """A business process as its people describe it; only `format`, `id` and `name` are needed."""

    format: Literal["bpo-assess/process/v1"]
    id: Identifier
    name: NonEmpty
    owner: Text | None = None
    description: Text | None = None
    function: Identifier | None = None
    organisation: Text | None = None
    status: Text | None = None
    version: Text | None = None
    reviewed: Day | None = None
    next_review: Day | None = None
    in_scope: Texts = ()
    out_of_scope: Texts = ()
    volume: Volume | None = None
    staff_fte: Amount | None = None
    annual_cost: Money | None = None
    locations: Texts = ()
    languages: Texts = ()
    systems: Annotated[tuple[Annotated[System, _named("name")], ...], listed] = ()
    data: Annotated[tuple[Annotated[DataItem, _named("class")], ...], listed] = ()
    regulations: Texts = ()
    documents: Annotated[tuple[Annotated[ReferenceDocument, _named("path")], ...], listed] = ()
    steps: Annotated[tuple[Step, ...], listed] = ()
    kpis: Annotated[tuple[Kpi, ...], listed] = ()
    controls: Annotated[tuple[ControlStatement, ...], listed] = ()
    business_case: BusinessCase | None = None
    questionnaire: Annotated[QuestionnaireReference, _named("id")] | None = None
    answers: Annotated[
        dict[str, Annotated[Answer, BeforeValidator(_answer)]],
        BeforeValidator(lambda value: {} if value is None else value),
    ] = Field(default_factory=dict)


__all__ = [
    "PROCESS_FORMAT",
    "Answer",
    "BusinessCase",
    "ControlStatement",
    "ControlStatus",
    "DataClass",
    "DataItem",
    "Direction",
    "Evidence",
    "HiddenCost",
    "Kpi",
    "Money",
    "Number",
    "ProcessDescription",
    "ProcessException",
    "QuestionnaireReference",
    "ReferenceDocument",
    "Step",
    "System",
    "Volume",
]
