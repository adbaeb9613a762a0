"""What judges say of weights: how many times one part of a method counts another, pair by pair."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bpo_assess.model.parts import (
    Identifier,
    JsonSchema,
    NonEmpty,
    Part,
    Reading,
    as_written,
    exactly_one,
    listed,
)
from bpo_assess.model.risk import Weight

COMPARISONS_FORMAT = "bpo-assess/comparisons/v1"

HIGHEST = 9
"""The end of the scale of judgements (Saaty 1980): nothing counts more than nine times another."""

LOWEST = Fraction(1, HIGHEST)

MOST_PARTS = 15
"""How many parts can be compared: as far as the table of random indices reaches (Saaty 1980)."""

MOST_JUDGES = 50
"""How many judges a file may hear."""

Kind = Literal["axis", "dimension"]
"""What is divided up: an axis among its dimensions, or a dimension among its questions."""

_QUOTIENT = re.compile(r"[1-9] ?/ ?[1-9]")


def _ratio(value: Any) -> Any:
    """Read a number or a quotient of two digits, such as 1/3, as the exact number that it is."""
    if isinstance(value, str) and _QUOTIENT.fullmatch(value):
        over, under = value.split("/")
        return Fraction(int(over), int(under))
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise PydanticCustomError("BPO204", "a number from 1/9 to 9 is expected, such as 3 or 1/3")
    if not LOWEST <= value <= HIGHEST:
        raise PydanticCustomError("BPO207", "a judgement lies between 1/9 and 9")
    return Fraction(value)


def _written_ratio(schema: JsonSchema) -> JsonSchema:
    described = {key: schema[key] for key in schema if key == "description"}
    number = {"type": "number", "minimum": float(LOWEST), "maximum": HIGHEST}
    quotient = {"type": "string", "pattern": f"^{_QUOTIENT.pattern}$"}
    return described | {"anyOf": [number, quotient]}


Ratio = Annotated[Fraction, Reading(_ratio, written=_written_ratio)]
"""How many times one part counts another: 1 to 9, or 1/9 to 1 where it counts less."""


class Judge(Part):
    """Somebody who judges."""

    id: Identifier
    """A stable name, by which comparisons say whose they are."""
    name: NonEmpty | None = None
    """What reports call the judge; the id where it is absent."""
    weight: Weight = Decimal(1)
    """How much the judge counts beside the others; 0 is heard and not counted."""


class JudgementEntry(Part):
    """One judgement, read as a sentence: this counts so many times that."""

    this: Identifier
    """A dimension of the axis, or a question of the dimension."""
    counts: Ratio
    """1 equally, 3 somewhat more, 5 clearly more, 7 much more, 9 beyond doubt; 1/3 somewhat less."""
    times: Identifier
    """The other one."""


class ComparisonEntry(Part):
    """What one judge says of the dimensions of an axis, or of the questions of a dimension."""

    model_config = ConfigDict(json_schema_extra=exactly_one("axis", "dimension"))

    axis: Identifier | None = None
    """The axis whose dimensions are compared."""
    dimension: Identifier | None = None
    """The dimension whose questions are compared."""
    by: Identifier | None = None
    """The judge; may be left out where there is only one."""
    judgements: Annotated[tuple[JudgementEntry, ...], Field(min_length=1), listed]
    """The judgements; pairs may be left out as long as the others link all parts."""

    @model_validator(mode="after")
    def _one_group(self) -> "ComparisonEntry":
        if self.axis is None and self.dimension is None:
            raise PydanticCustomError(
                "BPO203", "`axis` or `dimension` is missing: name the one whose parts are compared"
            )
        if self.axis is not None and self.dimension is not None:
            raise PydanticCustomError(
                "BPO203", "`axis` and `dimension` both stand here, leave one out"
            )
        return self

    @property
    def kind(self) -> Kind:
        """Whether the dimensions of an axis or the questions of a dimension are compared."""
        return "dimension" if self.axis is None else "axis"

    @property
    def group(self) -> str:
        """The id of the axis or dimension."""
        return str(self.dimension if self.axis is None else self.axis)


class ComparisonFile(Part):
    """Comparisons in pairs, from which weights follow."""

    format: Literal["bpo-assess/comparisons/v1"]
    """What kind of file this is."""
    questionnaire: Annotated[str, Field(pattern=r"\S"), as_written] | None = None
    """The questionnaire whose weights are sought: a shipped id, or a file in the folder of this one."""
    judges: Annotated[tuple[Judge, ...], Field(max_length=MOST_JUDGES), listed] = ()
    """The judges; where none is named, each that `by` names counts alike."""
    comparisons: Annotated[tuple[ComparisonEntry, ...], Field(min_length=1), listed]
    """The comparisons, one entry for each judge and group."""
