"""The functions that companies hand to providers, and what is typical of each."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from bpo_assess.model.parts import Identifier, NonEmpty, Part, StrictLevel, Text, Texts, listed
from bpo_assess.model.process import DataClass, Direction

FUNCTIONS_FORMAT = "bpo-assess/functions/v1"


class Kind(StrEnum):
    """Business process, knowledge process or information technology outsourcing."""

    BPO = "BPO"
    KPO = "KPO"
    ITO = "ITO"


class Office(StrEnum):
    """Whether customers meet the work."""

    FRONT = "front"
    BACK = "back"


class Sector(StrEnum):
    """Whether the work is found in every industry or belongs to some."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class UsualKpi(Part):
    """A KPI by which the function is usually measured."""

    name: NonEmpty
    unit: NonEmpty
    direction: Direction
    usual: Text | None = None
    """What is usual, as its source has it; None where no source can be named."""
    source: Identifier | None = None


class Function(Part):
    """One function, and what is typical of it."""

    id: Identifier
    title: NonEmpty
    kind: Kind
    office: Office
    sector: Sector
    typical: dict[str, StrictLevel] = Field(default_factory=dict)
    """Levels of questions that are typical: a judgement, to be overridden by answers."""
    data: Text | None = None
    touches: DataClass | None = None
    """The most sensitive data that it can hardly do without; None where that differs."""
    rules: Texts = ()
    kpis: Annotated[tuple[UsualKpi, ...], listed] = ()


class FunctionCatalogue(Part):
    """Every known function, with the sources of what is said about them."""

    format: Literal["bpo-assess/functions/v1"]
    sources: dict[str, Text] = Field(default_factory=dict)
    functions: tuple[Function, ...]
