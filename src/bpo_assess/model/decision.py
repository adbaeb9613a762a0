"""The decision of a method: verdicts, the closed vocabulary of conditions, and advice beside them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bpo_assess.model.parts import Amount, Identifier, NonEmpty, Part, StrictLevel, Text, listed

UNDETERMINED = "undetermined"
"""The verdict id of a process of which too little is known; no method may use it for another."""

ANY_RISK = "any"


class Stance(StrEnum):
    """What a verdict says about outsourcing, from least to most favourable."""

    AGAINST = "against"
    LATER = "later"
    CONDITIONAL = "conditional"
    FAVOUR = "favour"


class QuestionCondition(Part):
    """A question stands at most, or at least, at a level."""

    question: Identifier
    at_most: StrictLevel | None = None
    at_least: StrictLevel | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> "QuestionCondition":
        if (self.at_most is None) == (self.at_least is None):
            raise PydanticCustomError("BPO215", "give either `at_most` or `at_least`")
        return self


class IndexCondition(Part):
    """The index of a dimension or an axis stands below, or at least at, a number of points (0-100)."""

    dimension: Identifier | None = None
    axis: Identifier | None = None
    below: Annotated[Amount, Field(le=100)] | None = None
    at_least: Annotated[Amount, Field(le=100)] | None = None
    because: Text | None = None

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
    at_least: Identifier
    because: Text | None = None


class ShareBelow(Part):
    """A share lies below a limit between 0 and 1."""

    below: Annotated[Amount, Field(le=1)]


class EvidenceCondition(Part):
    """Less than a share of the answered weight states evidence."""

    evidence_share: ShareBelow
    because: Text | None = None


class UnknownCondition(Part):
    """A gate, or any question that the decision names, is not answered."""

    unknown: Literal["gates", "named"]
    because: Text | None = None


class FactCondition(Part):
    """The process description states a fact."""

    fact: Literal["retained-steps"]
    because: Text | None = None


class AllOf(Part):
    """Every one of several conditions holds."""

    all: Annotated[tuple["Condition", ...], listed, Field(min_length=1)]
    because: Text | None = None


class AnyOf(Part):
    """At least one of several conditions holds."""

    any: Annotated[tuple["Condition", ...], listed, Field(min_length=1)]
    because: Text | None = None


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
    title: NonEmpty
    stance: Stance
    summary: NonEmpty
    held_by: Conditions = ()


class Undetermined(Part):
    """What is said when too little is known to recommend anything."""

    below_coverage: Annotated[Amount, Field(le=1)]
    title: NonEmpty
    summary: NonEmpty


class Decision(Part):
    """The verdicts, least favourable first; a process gets the first that holds it back."""

    undetermined: Undetermined
    verdicts: Annotated[tuple[Verdict, ...], Field(min_length=2)]


class Benefit(Part):
    """A benefit that may be expected: strong, else some, else doubtful."""

    id: Identifier
    title: NonEmpty
    text: Text | None = None
    strong: Condition
    some: Condition


class Alternative(Part):
    """Another course than outsourcing as it stands, and when the answers speak for it."""

    id: Identifier
    title: NonEmpty
    text: NonEmpty
    when: Condition


class DeliveryModel(Part):
    """A place to deliver from: what rules it out, what favours it, and to which models it yields."""

    id: Identifier
    title: NonEmpty
    text: Text | None = None
    note: Text | None = None
    ruled_out_by: Conditions = ()
    favoured_by: Conditions = ()
    yields_to: Annotated[tuple[Identifier, ...], listed] = ()


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
