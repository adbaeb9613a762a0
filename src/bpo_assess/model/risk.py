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
    """How likely it is."""
    IMPACT = "impact"
    """How much it would hurt."""


class Basis(StrEnum):
    """What the factor of a control rests on."""

    MEASURED = "measured"
    """Somebody has measured it."""
    GUIDANCE = "guidance"
    """Published guidance recommends it."""
    PLAUSIBLE = "plausible"
    """A judgement."""


class Control(Part):
    """What lowers a risk: the distance to 1 of its likelihood or impact is multiplied by the factor."""

    id: Identifier
    """A stable name, by which descriptions state the control."""
    text: NonEmpty
    """What is done."""
    acts_on: ActsOn
    """The side of the risk that it lowers."""
    factor: Annotated[Amount, Field(le=1)]
    """What is left of the distance to 1: 0.5 halves it."""
    basis: Basis | None = None
    """What the factor rests on."""
    step: Identifier | None = None
    """The step of the course at which it is put in place."""


class PublishedFigure(Part):
    """A figure that a source reports about the risk."""

    text: NonEmpty
    """The figure, with its unit and its population."""
    source: Identifier
    """Who reports it: an id of `sources`."""


class Risk(Part):
    """Something that may go wrong, told by the answers that make it likely and those that make it hurt."""

    id: Identifier
    """A stable name."""
    title: NonEmpty
    """What reports call it."""
    text: Text | None = None
    """What would happen."""
    sources: Texts = ()
    """Where it comes from: ids of `sources`."""
    step: Identifier | None = None
    """The step of the course at which it strikes."""
    drivers: Annotated[dict[str, Weight], Field(min_length=1)]
    """Questions that make it likely while their level is low, with weights."""
    impact_drivers: Annotated[dict[str, Weight], Field(min_length=1)]
    """Questions that make it hurt while their level is low, with weights."""
    published: Annotated[tuple[PublishedFigure, ...], listed] = ()
    """Figures that others report."""
    controls: Annotated[tuple[Control, ...], listed] = ()
    """What lowers it."""
    clauses: Texts = ()
    """What to write into the contract against it."""


_Row = Annotated[tuple[Identifier, ...], Field(min_length=MATRIX_SIDE, max_length=MATRIX_SIDE)]


class RiskMatrix(Part):
    """Which level each pair of likelihood (row) and impact (column) has; levels are named least first."""

    levels: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    """The names of the levels, least first."""
    rows: Annotated[tuple[_Row, ...], Field(min_length=MATRIX_SIDE, max_length=MATRIX_SIDE)]
    """Five rows, likelihood 1 to 5, of five levels, impact 1 to 5."""

    def level(self, likelihood: int, impact: int) -> str:
        """Look up the level of a cell, both sides 1 to 5."""
        return self.rows[likelihood - 1][impact - 1]
