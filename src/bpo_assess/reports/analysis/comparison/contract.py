"""What `bpo-assess/comparison/v1` promises to machines.

Indices run from 0 to 100, levels from 0 to 4, shares from 0 to 1. Differences of indices are those of the
printed figures; what ends in `_exact` is an exact fraction. Null stands where nothing is known.
"""

import sys
from typing import Final, Literal

from bpo_assess.reports.contract import Tool

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

COMPARISON_FORMAT: Final = "bpo-assess/comparison/v1"


class MethodObject(TypedDict):
    """A method."""

    id: str
    """Its id."""
    version: str
    """Its version."""
    sha256: str | None
    """The SHA-256 of its bytes."""


class EndObject(TypedDict):
    """One of the two assessments."""

    process: str
    """The id of the process."""
    name: str
    """Its name."""
    file: str | None
    """The file that was read, with the revision where it is an earlier one."""
    sha256: str | None
    """The SHA-256 of its bytes."""
    questionnaire: MethodObject
    """The method by which it was assessed."""
    verdict: str
    """The id of the verdict."""
    firm: bool
    """Whether no open answer could change it."""
    coverage: float | None
    """The share of the method's weight that is known."""
    evidence_share: float | None
    """The share of what was answered for which evidence is stated."""


class ShiftObject(TypedDict):
    """A change that the decision can see."""

    kind: str
    """`method`, `answer`, `control` or `steps`."""
    subject: str | None
    """The id of the question or the control."""
    text: str
    """The same in words."""


class VerdictObject(TypedDict):
    """Whether the verdict moved, and by which changes."""

    moved: bool
    """Whether it is another."""
    then: str
    """Its id then."""
    by_new_method: str
    """What NEW's method says of OLD."""
    now: str
    """Its id now."""
    changes: int
    """How many changes the decision can see; 0 where the verdict is the same."""
    smallest: list[ShiftObject]
    """A smallest set of changes that, made alone to OLD, moves the verdict as far as now, or further; none
    where there are too many to try."""
    gives: str | None
    """The verdict that the smallest set gives; null where no set was looked for."""
    proven: bool
    """Whether no set of fewer changes is enough."""
    alone: list[ShiftObject]
    """Every change that is enough by itself."""


class IndexObject(TypedDict):
    """An index then and now."""

    id: str
    """The id of the axis or dimension."""
    title: str
    """Its title."""
    then: float | None
    """Its value then, on what was known."""
    now: float | None
    """Its value now."""
    points: float | None
    """The difference."""


class AxisObject(IndexObject):
    """An axis then and now."""

    dimensions: list[IndexObject]
    """Its dimensions."""


class ChangeObject(TypedDict):
    """A change of the method."""

    effect: str
    """What it does to old answers: `breaking`, `lossy` or `safe`."""
    subject: str
    """The id of what changed."""
    text: str
    """What was changed."""


class PartsObject(TypedDict):
    """The change of the candidacy, split exactly: the method first, then the answers and facts."""

    changed: bool
    """Whether the two were judged by different methods."""
    method_exact: str | None
    """Points that the method alone made."""
    answers_exact: str | None
    """Points that the answers and facts made, by the new method."""
    total_exact: str | None
    """Both together."""
    changes: list[ChangeObject]
    """What changed in the method."""


class ResponseObject(TypedDict):
    """What counted for a question."""

    state: str
    """`answered`, `unknown`, `not-applicable` or `unanswered`."""
    level: int | None
    """The level that counts."""
    claimed_level: int | None
    """The level that was answered."""
    fact_level: int | None
    """The level that the facts support."""
    origin: str | None
    """What the level rests on: `answer`, `fact` or `both`."""
    evidenced: bool
    """Whether evidence is stated, or facts carry the level."""


class AnswerObject(TypedDict):
    """A question for which something else counts, by NEW's method."""

    question: str
    """The id of the question."""
    title: str
    """Its title."""
    then: ResponseObject
    """What counted then."""
    now: ResponseObject
    """What counts now."""
    points: float | None
    """Points of candidacy gained or lost, to two places."""
    points_exact: str | None
    """The same exactly; with those of all others they make the part of the answers."""


class MeasureObject(TypedDict):
    """A measure that reads something else."""

    id: str
    """The measure."""
    then: str | None
    """What it read then."""
    now: str | None
    """What it reads now."""


class ValueObject(TypedDict):
    """A key of the description with another value."""

    key: str
    """The key."""
    then: str | None
    """Its value then, as text."""
    now: str | None
    """Its value now."""


class EntryObject(TypedDict):
    """A section of the description, or an entry of one, that moved."""

    section: str
    """The key of the section."""
    name: str | None
    """The id or name of the entry."""
    movement: str
    """`added`, `removed` or `changed`."""
    values: list[ValueObject]
    """What is different."""


class FactsObject(TypedDict):
    """Stated facts that moved."""

    measures: list[MeasureObject]
    """What measures read."""
    entries: list[EntryObject]
    """What the description states."""


class ResidualObject(TypedDict):
    """What was left of a risk."""

    inherent: str | None
    """Its level without controls."""
    residual: str | None
    """Its level with the controls in place."""
    likelihood: float | None
    """With the controls in place, 1 to 5."""
    impact: float | None
    """With the controls in place, 1 to 5."""


class RiskObject(TypedDict):
    """A risk that moved; null where a method does not know it."""

    id: str
    """The id of the risk."""
    title: str
    """Its title."""
    then: ResidualObject | None
    """What was left of it then."""
    now: ResidualObject | None
    """What is left of it now."""


class ControlObject(TypedDict):
    """A control of which something else is stated."""

    id: str
    """The id of the control."""
    then: str
    """What it was worth then."""
    now: str
    """What it is worth now."""


class ReasonObject(TypedDict):
    """A reason that came or went."""

    id: str
    """The id of the reason."""
    verdict: str
    """The verdict that it holds."""
    text: str
    """The same in words."""


class ReasonsObject(TypedDict):
    """Reasons that came and went."""

    came: list[ReasonObject]
    """Those that hold now and did not then."""
    went: list[ReasonObject]
    """Those that held then and do not now."""


class ComparisonObject(TypedDict):
    """What moved from one assessment to another."""

    format: Literal["bpo-assess/comparison/v1"]
    """What kind of document this is."""
    tool: Tool
    """The program that compared."""
    as_of: str | None
    """The day of the assessments."""
    then: EndObject
    """The earlier assessment."""
    now: EndObject
    """The later one."""
    verdict: VerdictObject
    """Whether the verdict moved."""
    candidacy: IndexObject
    """The candidacy then and now."""
    axes: list[AxisObject]
    """The axes then and now."""
    method: PartsObject
    """What the change of the method did."""
    answers: list[AnswerObject]
    """Answers that moved, those of most points first."""
    facts: FactsObject
    """Facts that moved."""
    risks: list[RiskObject]
    """Risks that moved."""
    controls: list[ControlObject]
    """Controls that moved."""
    reasons: ReasonsObject
    """Reasons that came and went."""
