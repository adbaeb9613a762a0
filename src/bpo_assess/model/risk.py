"""Risks as a method describes them: drivers, impact drivers, controls, clauses, and the matrix of levels."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bpo_assess.model.parts import Amount, Identifier, NonEmpty, Part, Text, Texts, listed

MATRIX_SIDE = 5
"""Likelihood and impact run from 1 to this."""

Weight = Annotated[Amount, Field(le=1_000_000)]
"""A weight; only the ratios of weights that stand together mean anything."""


class ActsOn(StrEnum):
    """Which side of a risk a control lowers."""

    LIKELIHOOD = "likelihood"
    IMPACT = "impact"


class Basis(StrEnum):
    """What the factor of a control rests on."""

    MEASURED = "measured"
    GUIDANCE = "guidance"
    PLAUSIBLE = "plausible"


class Control(Part):
    """What lowers a risk: the distance to 1 of its likelihood or impact is multiplied by the factor."""

    id: Identifier
    text: NonEmpty
    acts_on: ActsOn
    factor: Annotated[Amount, Field(le=1)]
    basis: Basis | None = None
    step: Identifier | None = None


class PublishedFigure(Part):
    """A figure that a source reports about the risk."""

    text: NonEmpty
    source: Identifier


class Risk(Part):
    """Something that may go wrong, told by the answers that make it likely and those that make it hurt."""

    id: Identifier
    title: NonEmpty
    text: Text | None = None
    sources: Texts = ()
    step: Identifier | None = None
    drivers: Annotated[dict[str, Weight], Field(min_length=1)]
    impact_drivers: Annotated[dict[str, Weight], Field(min_length=1)]
    published: Annotated[tuple[PublishedFigure, ...], listed] = ()
    controls: Annotated[tuple[Control, ...], listed] = ()
    clauses: Texts = ()


_Row = Annotated[tuple[Identifier, ...], Field(min_length=MATRIX_SIDE, max_length=MATRIX_SIDE)]


class RiskMatrix(Part):
    """Which level each pair of likelihood (row) and impact (column) has; levels are named least first."""

    levels: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    rows: Annotated[tuple[_Row, ...], Field(min_length=MATRIX_SIDE, max_length=MATRIX_SIDE)]

    def level(self, likelihood: int, impact: int) -> str:
        """Look up the level of a cell, both sides 1 to 5."""
        return self.rows[likelihood - 1][impact - 1]
