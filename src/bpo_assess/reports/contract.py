"""The assessment as other programs and templates see it: every key of `bpo-assess/assessment/v1`.

Scores run from 0 to 100, shares and coverage from 0 to 1, levels from 0 to 4, likelihood and impact from 1 to
5. Nothing is known where a value is null. Keys may be added; none is renamed or removed.
"""

import sys
from typing import Annotated, Literal, NotRequired

from pydantic import Field

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

Scalar = int | float | str | None


class Tool(TypedDict):
    """The program that assessed."""

    name: Literal["bpo-assess"]
    """Its name."""
    version: str
    """Its version."""


class ProcessObject(TypedDict):
    """What was assessed."""

    id: str
    """The id of the process."""
    name: str
    """Its name."""
    owner: str | None
    """Its accountable owner."""
    function: str | None
    """The kind of work, an id of the function catalogue."""
    file: str | None
    """The file that was read, without the folders of this machine."""
    sha256: str | None
    """The SHA-256 of its bytes."""


class QuestionnaireObject(TypedDict):
    """The method by which it was assessed."""

    id: str
    """The id of the questionnaire."""
    version: str
    """Its version."""
    sha256: str | None
    """The SHA-256 of its bytes, or of those of the chain of files that extend one another."""


class PartObject(TypedDict):
    """One of the simple conditions of which a reason is made."""

    subject_kind: str
    """What kind of thing it is about."""
    subject: str
    """The id of that thing."""
    actual: Scalar
    """What was found."""
    limit: Scalar
    """What it was compared with."""


class ReasonObject(TypedDict):
    """A condition of the decision that holds."""

    id: str
    """A stable name of the condition."""
    verdict: str
    """The verdict at which it holds the process."""
    subject_kind: str
    """What kind of thing it is about: question, dimension, axis, risk, evidence, unknown, fact or several."""
    subject: str
    """The id of that thing."""
    actual: Scalar
    """What was found: a level, an index, a risk level or a share."""
    limit: Scalar
    """What it was compared with."""
    text: str
    """The reason as a sentence."""
    parts: NotRequired[list[PartObject]]
    """The simple conditions of which it is made, where it is made of several."""


class VerdictObject(TypedDict):
    """The recommendation."""

    id: str
    """The id of the verdict, or `undetermined`."""
    title: str
    """What reports call it."""
    firm: bool
    """Whether no open answer can change it."""
    worst: str
    """The verdict with every open question at 0."""
    best: str
    """The verdict with every open question at 4."""
    reasons: list[ReasonObject]
    """Every condition that holds, those of all verdicts included."""
    decisive_unknowns: list[str]
    """Open questions that can change the verdict, most decisive first."""
    summary: str
    """What it says to the client."""


class IndexObject(TypedDict):
    """An index from 0 to 100, rounded half up to 0.1."""

    value: float | None
    """Over what is known."""
    low: float | None
    """With every open question at 0."""
    high: float | None
    """With every open question at 4."""
    coverage: float | None
    """The share of the weight that is known."""


class EvidenceObject(TypedDict, total=False):
    """Where a proof can be found, as it was stated: a path or an address."""

    path: str
    """A file, seen from the folder of the description."""
    url: str
    """An address."""
    title: str
    """What reports call it."""
    dated: str
    """The day on which it was made."""
    sha256: str
    """Its fingerprint."""


class QuestionObject(TypedDict):
    """A question, its answer and its points."""

    id: str
    """The id of the question."""
    text: str
    """The question."""
    weight: float | None
    """Its weight beside the other questions of the dimension."""
    state: Literal["answered", "unknown", "not-applicable", "unanswered"]
    """What became of it."""
    level: int | None
    """The level that counts."""
    claimed_level: int | None
    """The level that was answered."""
    fact_level: int | None
    """The level that the facts of the description support."""
    origin: Literal["answer", "fact", "both"] | None
    """Where the level comes from."""
    contribution: float | None
    """The points of candidacy that it adds, rounded to 0.01."""
    evidence: list[EvidenceObject]
    """What proves the answer."""
    note: str | None
    """What was noted with the answer, or why the question does not apply."""
    title: str
    """What reports call it."""
    contribution_exact: str | None
    """The points that it adds, as an exact fraction; they sum up to the candidacy."""
    forgone: float | None
    """The points of candidacy that it keeps away, rounded to 0.01."""
    forgone_exact: str | None
    """The same as an exact fraction."""
    evidenced: bool
    """Whether the answer states evidence; facts count as evidence."""
    by: str | None
    """Who answered."""
    dated: str | None
    """The day of the answer."""


class DimensionObject(IndexObject):
    """A dimension, its index and its questions."""

    id: str
    """The id of the dimension."""
    title: str
    """What reports call it."""
    weight: float | None
    """Its weight beside the other dimensions of the axis."""
    questions: list[QuestionObject]
    """Its questions."""


class AxisObject(IndexObject):
    """An axis, its index and its dimensions."""

    id: str
    """The id of the axis."""
    title: str
    """What reports call it."""
    dimensions: list[DimensionObject]
    """Its dimensions."""


class SpanObject(TypedDict):
    """A likelihood or an impact from 1 to 5, rounded to 0.01."""

    value: float | None
    """Over what is known."""
    low: float | None
    """With every open driver at 4."""
    high: float | None
    """With every open driver at 0."""


class DriverObject(TypedDict):
    """A question that drives a risk."""

    question: str
    """The id of the question."""
    weight: float
    """Its share of the drivers' weight."""
    level: int | None
    """The level that counts."""


class ControlObject(TypedDict):
    """A control against a risk."""

    id: str
    """The id of the control."""
    text: str
    """What is done."""
    acts_on: Literal["likelihood", "impact"]
    """The side of the risk that it lowers."""
    factor: float | None
    """What is left of the distance to 1."""
    status: Literal["planned", "in-place"] | None
    """What the description says of it."""
    counts: bool
    """Whether it lowers the residual risk: in place, with evidence."""
    evidence: list[EvidenceObject]
    """What proves it."""


class RangeObject(TypedDict):
    """A risk level at best and at worst."""

    best: str | None
    """With every open driver at 4."""
    worst: str | None
    """With every open driver at 0."""


class RiskObject(TypedDict):
    """A risk."""

    id: str
    """The id of the risk."""
    title: str
    """What reports call it."""
    likelihood: SpanObject
    """How likely it is before controls."""
    impact: SpanObject
    """How much it would hurt before controls."""
    inherent: str | None
    """The level before controls."""
    residual: str | None
    """The level with the controls that are in place with evidence."""
    planned_residual: str | None
    """The level with all controls that the description states."""
    drivers: list[DriverObject]
    """What makes it likely."""
    controls: list[ControlObject]
    """What lowers it."""
    clauses: list[str]
    """What to write into the contract."""
    impact_drivers: list[DriverObject]
    """What makes it hurt."""
    residual_range: RangeObject
    """The residual level over what is open."""
    residual_likelihood: float | None
    """How likely it is with those controls."""
    residual_impact: float | None
    """How much it would hurt with those controls."""
    planned_likelihood: float | None
    """How likely it is with all that are stated."""
    planned_impact: float | None
    """How much it would hurt with all that are stated."""


LevelObject = TypedDict(
    "LevelObject",
    {
        "question": Annotated[str, Field(description="The id of the question.")],
        "from": Annotated[int | None, Field(description="The level today.")],
        "to": Annotated[int | None, Field(description="The level to reach.")],
    },
)
"""A question that is to be raised."""


class ConditionObject(TypedDict):
    """A condition of the deal."""

    subject: str
    """The id of what it is about."""
    text: str
    """What has to be settled before, or in, the contract."""
    clause: NotRequired[str]
    """The first clause for the contract."""
    control: NotRequired[str]
    """The id of the first control that would do, where there is no clause."""
    title: str
    """What has to be reached, in short."""
    reason: str
    """The id of the reason that asks for it."""
    step: str | None
    """The step of the course that it belongs to."""
    clauses: list[str]
    """All clauses."""
    controls: list[str]
    """The ids of all controls that would do."""
    levels: list[LevelObject]
    """Levels that together would do, where an index is too low."""


ActionObject = TypedDict(
    "ActionObject",
    {
        "question": Annotated[str, Field(description="The id of the question that it raises.")],
        "from": Annotated[int | None, Field(description="The level today.")],
        "to": Annotated[int | None, Field(description="The level to reach; null: find out.")],
        "text": Annotated[str, Field(description="What to do, and when it is done.")],
        "step": Annotated[str | None, Field(description="The step of the course it belongs to.")],
        "reasons": Annotated[list[str], Field(description="The reasons that ask for it.")],
    },
)
"""A piece of work."""


class BenefitObject(TypedDict):
    """A benefit that may be expected."""

    id: str
    """The id of the benefit."""
    title: str
    """What reports call it."""
    strength: Literal["strong", "some", "doubtful"]
    """How far it can be expected."""
    reasons: list[str]
    """The answers that it rests on."""


class AlternativeObject(TypedDict):
    """Another course than outsourcing, for which the answers speak."""

    id: str
    """The id of the alternative."""
    title: str
    """What reports call it."""
    reasons: list[str]
    """What speaks for it."""
    text: str
    """What it means."""


class DeliveryObject(TypedDict):
    """A place to deliver from."""

    id: str
    """The id of the delivery model."""
    fit: Literal["ruled-out", "possible", "favoured"]
    """How it fits."""
    reasons: list[str]
    """Why."""
    open_questions: list[str]
    """Open questions that could rule it out."""
    title: str
    """What reports call it."""


class FindingObject(TypedDict):
    """Something that was noticed about the file."""

    code: str
    """The stable code of the rule; `bpo-assess explain CODE` explains it."""
    severity: Literal["error", "warning", "note"]
    """How much it matters."""
    message: str
    """What was noticed."""
    file: str | None
    """The file."""
    line: int | None
    """The line, from 1."""
    column: int | None
    """The column, from 1."""
    hint: str | None
    """What would mend it."""


class AssessmentObject(TypedDict):
    """One assessment; several files give an array of them."""

    format: Literal["bpo-assess/assessment/v1"]
    """What kind of file this is."""
    tool: Tool
    """The program that assessed."""
    process: ProcessObject
    """What was assessed."""
    questionnaire: QuestionnaireObject
    """The method by which it was assessed."""
    as_of: str | None
    """The day for which dates were weighed."""
    verdict: VerdictObject
    """The recommendation."""
    candidacy: IndexObject
    """The mean of the axes: it ranks, and never decides."""
    evidence_share: float | None
    """The share of the answered weight that states evidence."""
    axes: list[AxisObject]
    """The scorecard."""
    risks: list[RiskObject]
    """The risks, in the order of the method."""
    conditions: list[ConditionObject]
    """What the deal has to settle."""
    actions: list[ActionObject]
    """What to do first."""
    benefits: list[BenefitObject]
    """What may be expected."""
    alternatives: list[AlternativeObject]
    """Other courses for which the answers speak."""
    delivery: list[DeliveryObject]
    """Where it could be delivered from."""
    findings: list[FindingObject]
    """What was noticed about the file."""
    what_if: dict[str, int | None]
    """Answers that were assumed with --set; null is unknown."""
