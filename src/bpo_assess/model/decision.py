"""The decision of a method: verdicts, the closed vocabulary of conditions, and advice beside them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bpo_assess.model.parts import (
    Amount,
    Identifier,
    NonEmpty,
    Part,
    StrictLevel,
    Text,
    exactly_one,
    listed,
)

UNDETERMINED = "undetermined"
"""The verdict id of a process of which too little is known; no method may use it for another."""

ANY_RISK = "any"


class Stance(StrEnum):
    """What a verdict says about outsourcing, from least to most favourable."""

    AGAINST = "against"
    """The work stays."""
    LATER = "later"
    """Work first, then assess again."""
    CONDITIONAL = "conditional"
    """The work can go on terms."""
    FAVOUR = "favour"
    """The work can go."""


class QuestionCondition(Part):
    """A question stands at most, or at least, at a level."""

    model_config = ConfigDict(json_schema_extra=exactly_one("at_most", "at_least"))

    question: Identifier
    """The question."""
    at_most: StrictLevel | None = None
    """Holds at this level and below."""
    at_least: StrictLevel | None = None
    """Holds at this level and above; not in verdicts."""
    because: Text | None = None
    """What reports say with the reason."""

    @model_validator(mode="after")
    def _one_limit(self) -> "QuestionCondition":
        if (self.at_most is None) == (self.at_least is None):
            raise PydanticCustomError("BPO215", "give either `at_most` or `at_least`")
        return self


class IndexCondition(Part):
    """The index of a dimension or an axis stands below, or at least at, a number of points (0-100)."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [exactly_one("dimension", "axis"), exactly_one("below", "at_least")]
        }
    )

    dimension: Identifier | None = None
    """The dimension."""
    axis: Identifier | None = None
    """The axis."""
    below: Annotated[Amount, Field(le=100)] | None = None
    """Holds below this many points, 0 to 100."""
    at_least: Annotated[Amount, Field(le=100)] | None = None
    """Holds at this many points and above; not in verdicts."""
    because: Text | None = None
    """What reports say with the reason."""

    @model_validator(mode="after")
    def _one_subject_one_limit(self) -> "IndexCondition":
        if (self.dimension is None) == (self.axis is None):
            raise PydanticCustomError("BPO215", "name either a `dimension` or an `axis`")
        if (self.below is None) == (self.at_least is None):
            raise PydanticCustomError("BPO215", "give either `below` or `at_least`")
        return self

    @property
    def subject(self) -> str:
        """The id of the dimension or the axis."""
        return self.dimension or self.axis or ""


class RiskCondition(Part):
    """A risk, or any risk, has at least a level after the controls that are in place."""

    risk: Identifier
    """The risk, or `any`."""
    at_least: Identifier
    """Holds at this level of the matrix and above."""
    because: Text | None = None
    """What reports say with the reason."""


class ShareBelow(Part):
    """A share lies below a limit between 0 and 1."""

    below: Annotated[Amount, Field(le=1)]
    """The share, 0 to 1."""


class EvidenceCondition(Part):
    """Less than a share of the answered weight states evidence."""

    evidence_share: ShareBelow
    """Holds where evidence is stated for less than this share of the answers."""
    because: Text | None = None
    """What reports say with the reason."""


class UnknownCondition(Part):
    """A gate, or any question that the decision names, is not answered."""

    unknown: Literal["gates", "named"]
    """Holds while such a question is not answered: a gate, or any that the decision names."""
    because: Text | None = None
    """What reports say with the reason."""


class FactCondition(Part):
    """The process description states a fact."""

    fact: Literal["retained-steps"]
    """Holds where the description states it: steps that stay."""
    because: Text | None = None
    """What reports say with the reason."""


class AllOf(Part):
    """Every one of several conditions holds."""

    all: Annotated[tuple["Condition", ...], listed, Field(min_length=1)]
    """Holds where all of these hold."""
    because: Text | None = None
    """What reports say with the reason."""


class AnyOf(Part):
    """At least one of several conditions holds."""

    any: Annotated[tuple["Condition", ...], listed, Field(min_length=1)]
    """Holds where one of these holds."""
    because: Text | None = None
    """What reports say with the reason."""


SUBJECTS = {
    "question": QuestionCondition,
    "dimension": IndexCondition,
    "axis": IndexCondition,
    "risk": RiskCondition,
    "evidence_share": EvidenceCondition,
    "unknown": UnknownCondition,
    "fact": FactCondition,
    "all": AllOf,
    "any": AnyOf,
}
"""The closed vocabulary: the key that a condition is told by, and what it then is."""


def _kind(value: Any) -> str | None:
    """Tell a condition by its key; the angle brackets keep the tag apart from keys of the file."""
    if isinstance(value, Part):
        return f"<{type(value).__name__}>"
    if isinstance(value, dict):
        return next((f"<{SUBJECTS[key].__name__}>" for key in SUBJECTS if key in value), None)
    return None


Condition = Annotated[
    Annotated[QuestionCondition, Tag("<QuestionCondition>")]
    | Annotated[IndexCondition, Tag("<IndexCondition>")]
    | Annotated[RiskCondition, Tag("<RiskCondition>")]
    | Annotated[EvidenceCondition, Tag("<EvidenceCondition>")]
    | Annotated[UnknownCondition, Tag("<UnknownCondition>")]
    | Annotated[FactCondition, Tag("<FactCondition>")]
    | Annotated[AllOf, Tag("<AllOf>")]
    | Annotated[AnyOf, Tag("<AnyOf>")],
    Discriminator(
        _kind,
        custom_error_type="BPO215",
        custom_error_message=(
            "a condition names one of `question`, `dimension`, `axis`, `risk`, `evidence_share`, "
            "`unknown`, `fact`, `all` or `any`"
        ),
    ),
]

Conditions = Annotated[tuple[Condition, ...], listed]


class Verdict(Part):
    """A recommendation, and the conditions that hold a process at it."""

    id: Identifier
    """A stable name."""
    title: NonEmpty
    """What reports call it."""
    stance: Stance
    """What it means: it stays, work first, terms first, or it can go."""
    summary: NonEmpty
    """What it says to the client, in a few sentences."""
    held_by: Conditions = ()
    """What holds a process at it; the last verdict has none."""


class Undetermined(Part):
    """What is said when too little is known to recommend anything."""

    below_coverage: Annotated[Amount, Field(le=1)]
    """The share of the weight, 0 to 1, below which too little is known."""
    title: NonEmpty
    """What reports call it."""
    summary: NonEmpty
    """What is said then."""


class Decision(Part):
    """The verdicts, least favourable first; a process gets the first that holds it back."""

    undetermined: Undetermined
    """What is said when too little is known."""
    verdicts: Annotated[tuple[Verdict, ...], Field(min_length=2)]
    """The verdicts, least favourable first."""


class Benefit(Part):
    """A benefit that may be expected: strong, else some, else doubtful."""

    id: Identifier
    """A stable name."""
    title: NonEmpty
    """What reports call it."""
    text: Text | None = None
    """What it means."""
    strong: Condition
    """When it can be counted on."""
    some: Condition
    """When some of it can be expected."""


class Alternative(Part):
    """Another course than outsourcing as it stands, and when the answers speak for it."""

    id: Identifier
    """A stable name."""
    title: NonEmpty
    """What reports call it."""
    text: NonEmpty
    """What it means, and for whom."""
    when: Condition
    """When the answers speak for it."""


class DeliveryModel(Part):
    """A place to deliver from: what rules it out, what favours it, and to which models it yields."""

    id: Identifier
    """A stable name."""
    title: NonEmpty
    """What reports call it."""
    text: Text | None = None
    """What it means."""
    note: Text | None = None
    """What reports add."""
    ruled_out_by: Conditions = ()
    """What rules it out."""
    favoured_by: Conditions = ()
    """What speaks for it."""
    yields_to: Annotated[tuple[Identifier, ...], listed] = ()
    """Models that, where favoured, take its favour away."""


def simple_conditions(condition: Condition) -> Iterator[Condition]:
    """Yield the simple conditions of which a condition is made, in the order of the file."""
    match condition:
        case AllOf():
            parts = condition.all
        case AnyOf():
            parts = condition.any
        case _:
            yield condition
            return
    for part in parts:
        yield from simple_conditions(part)
