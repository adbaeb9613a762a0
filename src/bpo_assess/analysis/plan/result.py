"""A plan as a value: the work, what it takes, what is assessed afterwards, and what stands in the way."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.verdict import Ruling
from bpo_assess.model.decision import Condition, Verdict


class Kind(StrEnum):
    """What kind of work a piece is."""

    RAISE = "raise"
    """Raise a question that has an answer."""
    FIND_OUT = "find-out"
    """Answer an open question, with a level that has to come out or be reached."""
    PROVE = "prove"
    """State evidence for an answer."""
    CONTROL = "control"
    """Put a control in place, with evidence."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work of a plan."""

    kind: Kind
    subject: str
    """The id of the question or the control."""
    start: int | None
    """The level today; None where there is none."""
    end: int | None
    """The level to reach; None for a control."""
    proves: bool
    """Whether evidence has to be stated with it that is not stated today."""
    describes: bool
    """Whether the description's facts, too, have to support the level, and do not today."""
    hoped: int | None
    """The level that has to come out when it is found out, because no work leads there from below."""
    gate: bool
    narrows: bool
    """Whether the work takes something out of the scope, so that what is left has to be assessed again."""
    step: str | None
    """The step of the course that it belongs to."""
    effort: Fraction
    without: Ruling | None = None
    """What would be decided with everything else done and this alone left out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Work that leads to a verdict, in the order in which to do it."""

    works: tuple[Work, ...]
    effort: Fraction
    after: Assessment
    """The assessment once the work is done."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that stands in the way: a condition of a verdict, or (None) that too little is known."""

    verdict: str
    condition: Condition | None
    alone: bool
    """Whether it cannot be met even by itself; otherwise not together with the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """What was asked for and what was found."""

    before: Assessment
    target: Verdict | None
    """The verdict to reach; None where as much as possible was to be reached within a budget."""
    budget: Fraction | None = None
    firm: bool = False
    """Whether no answer that is still open then may lead to less than the target."""
    plan: Plan | None = None
    """None where there is no such plan."""
    proven: bool = False
    """Whether no other plan takes less effort, or (within a budget) reaches more."""
    alternatives: tuple[Plan, ...] = ()
    bars: tuple[Bar, ...] = ()
    reachable: Verdict | None = None
    """Where the target cannot be reached: the best verdict that can."""
