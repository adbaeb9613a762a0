"""The process description: how a business process works, and what its people answer about it."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bpo_assess.model.parts import (
    LEVELS,
    VISIBLE,
    WHOLE_ID,
    Amount,
    Day,
    Flag,
    Identifier,
    JsonSchema,
    Level,
    NonEmpty,
    Number,
    Part,
    Reading,
    Text,
    Texts,
    _level,
    as_written,
    exactly_one,
    listed,
    stated,
)

PROCESS_FORMAT = "bpo-assess/process/v1"


class DataClass(StrEnum):
    """How sensitive a kind of data is, from open to most protected."""

    PUBLIC = "public"
    """Anybody may see it."""
    CONFIDENTIAL = "confidential"
    """Internal to the company: prices, plans, contracts."""
    PERSONAL = "personal"
    """About people who can be identified."""
    FINANCIAL_ACCOUNT = "financial-account"
    """Account or payroll data of individuals."""
    SPECIAL_CATEGORY = "special-category"
    """Health, biometrics, beliefs and the like."""


class ControlStatus(StrEnum):
    """Whether a control is only intended or works today."""

    PLANNED = "planned"
    """Intended; shows what it would bring, and lowers nothing yet."""
    IN_PLACE = "in-place"
    """Works today; lowers the risk where evidence is stated."""


class Direction(StrEnum):
    """Which way a KPI improves."""

    UP = "up"
    """More is better."""
    DOWN = "down"
    """Less is better."""


def _named(key: str, **limits: Any) -> Reading:
    """Let a plain text stand for an entry of which only that key is stated; limits are those of the key."""
    return Reading(
        lambda value: {key: value} if isinstance(value, str) else value,
        written=lambda schema: {"anyOf": [schema, {"type": "string"} | limits]},
    )


class Evidence(Part):
    """Where the proof of an answer, or of a control, can be found."""

    model_config = ConfigDict(json_schema_extra=exactly_one("path", "url"))

    path: Text | None = None
    """A file, seen from the folder of the description."""
    url: Text | None = None
    """An address."""
    dated: Day | None = None
    """The day on which the proof was made, YYYY-MM-DD."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$"), as_written] | None = None
    """Fingerprint of the file, 64 hexadecimal digits, so that a later change is noticed."""
    title: Text | None = None
    """What reports call it."""

    @model_validator(mode="after")
    def _has_place(self) -> "Evidence":
        if (self.path is None) == (self.url is None):
            raise PydanticCustomError("BPO203", "evidence names either a `path` or a `url`")
        return self

    @property
    def place(self) -> str:
        """The path or the URL, as written."""
        return self.path or self.url or ""


def _or_place(schema: JsonSchema) -> JsonSchema:
    return {"anyOf": [schema, {"type": "string"}]}


def _evidence(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return {"url": value} if "://" in value else {"path": value}


EvidenceList = Annotated[
    tuple[Annotated[Evidence, Reading(_evidence, written=_or_place)], ...],
    listed,
]


def _level_or_unknown(value: Any) -> Any:
    return value if value == "unknown" or value is None else _level(value)


_LEVEL_OR_UNKNOWN: JsonSchema = {"enum": [*LEVELS, "unknown", None]}


class Answer(Part):
    """What somebody answered: a level, `unknown`, or that the question does not apply."""

    model_config = ConfigDict(
        json_schema_extra={"not": {"allOf": [stated("level"), stated("not_applicable")]}}
    )

    level: Annotated[
        Level | Literal["unknown"] | None,
        Reading(_level_or_unknown, written=lambda _: _LEVEL_OR_UNKNOWN),
    ] = None
    """The number of the statement that is true today, 0 to 4, or `unknown` where nobody knows."""
    not_applicable: NonEmpty | None = None
    """Why the question does not apply; only where the questionnaire allows it."""
    evidence: EvidenceList = ()
    """What proves the answer: a path, an address, or several."""
    note: Text | None = None
    """What a reader of the report should know beside the level."""
    by: Text | None = None
    """Who answered: a role or a name."""
    dated: Day | None = None
    """The day of the answer, YYYY-MM-DD."""

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


AnswerSet = Annotated[
    dict[str, Annotated[Answer, Reading(_answer)]],
    Reading(lambda value: {} if value is None else value),
]
"""Answers by the id of the question."""


def _by_person(value: Any) -> Any:
    """Read nothing as nobody, and refuse answers of nobody."""
    if isinstance(value, dict) and not all(str(person).strip() for person in value):
        raise PydanticCustomError("BPO211", "the name of the person is empty")
    return {} if value is None else value


class Volume(Part):
    """How much there is to do."""

    amount: Amount | None = None
    """How many units in the period."""
    unit: Text | None = None
    """What is counted, such as invoices."""
    per: Text | None = None
    """The period, such as month."""
    variation_percent: Amount | None = None
    """By how many percent a usual period lies above or below the mean."""
    peak: Text | None = None
    """When it is highest, and by how much."""


class Money(Part):
    """An amount in a currency."""

    amount: Amount
    """The amount."""
    currency: Text | None = None
    """The currency, such as EUR."""


class System(Part):
    """A system that the work needs, and how people get access to it."""

    name: NonEmpty
    """What the system is called."""
    access: Text | None = None
    """How people get access to it, such as named accounts by browser."""


class DataItem(Part):
    """A kind of data that the work touches."""

    data_class: DataClass = Field(alias="class")
    """How sensitive the data is."""
    what: Text | None = None
    """What it is, such as names and addresses of customers."""


class ReferenceDocument(Part):
    """A document that describes the process."""

    title: Text | None = None
    """What the document is called."""
    path: Text | None = None
    """The file, seen from the folder of the description."""
    url: Text | None = None
    """The address."""
    reviewed: Day | None = None
    """The day of its last review, YYYY-MM-DD."""


class ProcessException(Part):
    """A case that leaves the normal path, and how it is handled."""

    name: NonEmpty
    """What is different about the case."""
    rule: Text | None = None
    """What is done then."""
    owner: Text | None = None
    """Who decides then."""
    share_percent: Amount | None = None
    """How many of a hundred cases are like this."""


class Step(Part):
    """One step of the work: who does it, who answers for it, from what, to what, and how."""

    id: Identifier | None = None
    """A stable name of the step."""
    name: NonEmpty
    """What is done, in a few words."""
    role: Texts = ()
    """Who does it."""
    accountable: Texts = ()
    """Who answers for it: exactly one; the role where this is left out."""
    stays: Flag | None = None
    """`true` where the step stays with the company."""
    on_site: Flag | None = None
    """`true` where somebody has to be there in person."""
    inputs: Texts = ()
    """What the step needs to start."""
    outputs: Texts = ()
    """What it leaves behind."""
    systems: Texts = ()
    """The systems in which it is done."""
    instructions: Text | None = None
    """How it is done: the text itself, or the path of the document that says so."""
    exceptions: Annotated[
        tuple[Annotated[ProcessException, _named("name", pattern=VISIBLE)], ...],
        listed,
    ] = ()
    """Cases that leave the normal path."""


class Kpi(Part):
    """A key performance indicator: what is measured, from where, to what end."""

    id: Identifier | None = None
    """A stable name of the measure."""
    name: NonEmpty
    """What is measured."""
    formula: Text | None = None
    """How the figure is worked out, such as `paid in time / paid`."""
    unit: Text | None = None
    """Its unit, such as percent or hours."""
    direction: Direction | None = None
    """Which way is better."""
    baseline: Text | None = None
    """Where it stands today."""
    target: Text | None = None
    """What is to be reached."""
    measured: Text | None = None
    """How often, such as monthly."""
    source: Text | None = None
    """The system or the record that the figure comes from."""
    owner: Text | None = None
    """Who answers for it."""


class ControlStatement(Part):
    """What the process description says of a control of the questionnaire."""

    id: Identifier
    """The id of a control of the questionnaire."""
    status: ControlStatus
    """Whether it is only intended or works today."""
    evidence: EvidenceList = ()
    """What proves it; without evidence a control in place does not lower a risk."""


class HiddenCost(Part):
    """A hidden cost that the business case reckons with, in percent of the price or as an amount."""

    category: Identifier
    """What kind of cost, such as transition."""
    percent: Amount | None = None
    """In percent of the contract price."""
    amount: Amount | None = None
    """As an amount."""


class BusinessCase(Part):
    """The figures on which the client expects to decide."""

    hidden_costs: Annotated[tuple[HiddenCost, ...], listed] = ()
    """Costs beside the price that somebody has put a figure on."""


class QuestionnaireReference(Part):
    """The questionnaire that the answers were written for."""

    id: Identifier
    """The id of the questionnaire."""
    version: Text | None = None
    """The version that the answers were written for."""


class ProcessDescription(Part):
    """A business process as its people describe it; only `format`, `id` and `name` are needed."""

    format: Literal["bpo-assess/process/v1"]
    """What kind of file this is."""
    id: Identifier
    """A stable name of the process: lower-case letters, digits, hyphens."""
    name: NonEmpty
    """What reports call the process."""
    owner: Text | None = None
    """The accountable owner: a role or a name."""
    description: Text | None = None
    """What the process does, for whom, from what to what."""
    function: Identifier | None = None
    """The kind of work, an id of the function catalogue."""
    organisation: Text | None = None
    """The organisation whose process it is."""
    status: Text | None = None
    """The state of the document, such as draft."""
    version: Text | None = None
    """The version of the document."""
    reviewed: Day | None = None
    """The day of its last review, YYYY-MM-DD; weighed with --as-of."""
    next_review: Day | None = None
    """The day by which it is reviewed again, YYYY-MM-DD."""
    in_scope: Texts = ()
    """What belongs to it."""
    out_of_scope: Texts = ()
    """What does not."""
    volume: Volume | None = None
    """How much there is to do."""
    staff_fte: Amount | None = None
    """Full-time equivalents who do it today."""
    annual_cost: Money | None = None
    """What it costs in a year."""
    locations: Texts = ()
    """Where it is done today."""
    languages: Texts = ()
    """The languages of the work."""
    systems: Annotated[tuple[Annotated[System, _named("name", pattern=VISIBLE)], ...], listed] = ()
    """The systems that the work needs."""
    data: Annotated[
        tuple[Annotated[DataItem, _named("class", enum=[*DataClass])], ...], listed
    ] = ()
    """The data that it touches, and how sensitive it is."""
    regulations: Texts = ()
    """The rules that it falls under, such as GDPR."""
    documents: Annotated[tuple[Annotated[ReferenceDocument, _named("path")], ...], listed] = ()
    """The documents that describe it."""
    steps: Annotated[tuple[Step, ...], listed] = ()
    """The steps of the work, in order."""
    kpis: Annotated[tuple[Kpi, ...], listed] = ()
    """How success is measured."""
    controls: Annotated[tuple[ControlStatement, ...], listed] = ()
    """What the description says of controls against risks."""
    business_case: BusinessCase | None = None
    """The figures on which the decision is to rest."""
    questionnaire: Annotated[QuestionnaireReference, _named("id", pattern=WHOLE_ID)] | None = None
    """The questionnaire that the answers are for."""
    answers: AnswerSet = Field(default_factory=dict)
    """The answers, by the id of the question."""
    answers_by: Annotated[dict[str, AnswerSet], Reading(_by_person)] = Field(default_factory=dict)
    """Answers of several people, by person; where one says nothing, `answers` holds. For `sensitivity`."""


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
