"""What is found to have moved between two assessments."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from bpo_assess.analysis.comparison.cause import Cause
from bpo_assess.analysis.comparison.facts import MovedEntry, MovedMeasure
from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.changes import Change
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.scoring import Scorecard
from bpo_assess.assessment.verdict import Reason
from bpo_assess.model.risk import Control


@dataclass(frozen=True, slots=True)
class MovedIndex:
    """An index then and now, as printed; None where it was not known or did not exist."""

    id: str
    title: str
    then: Decimal | None
    now: Decimal | None

    @property
    def points(self) -> Decimal | None:
        """The difference of what is printed."""
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True, slots=True)
class MovedAxis:
    """An axis then and now, with its dimensions."""

    index: MovedIndex
    dimensions: tuple[MovedIndex, ...]


@dataclass(frozen=True, slots=True)
class MovedAnswer:
    """What counted for one question then and now, both by NEW's method."""

    then: Response
    now: Response
    points: Fraction | None
    """Points of candidacy gained or lost, exactly; None where there is no candidacy at one of the ends."""


@dataclass(frozen=True, slots=True)
class MovedRisk:
    """A risk whose residual level, likelihood or impact moved; None where a method does not know it."""

    then: RiskAssessment | None
    now: RiskAssessment | None


class Worth(StrEnum):
    """What a control was worth."""

    ABSENT = "not stated"
    PLANNED = "planned"
    UNPROVEN = "in place without evidence"
    COUNTS = "in place with evidence"


@dataclass(frozen=True, slots=True)
class MovedControl:
    """A control of NEW's method of which something else is stated now."""

    control: Control
    then: Worth
    now: Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that moved from one assessment to another."""

    then: Assessment
    now: Assessment
    rescored: Assessment
    """OLD by NEW's method; OLD itself where the method is the same."""
    method_changes: tuple[Change, ...]
    candidacy: MovedIndex
    axes: tuple[MovedAxis, ...]
    answers: tuple[MovedAnswer, ...]
    """Those that gained or lost most first."""
    measures: tuple[MovedMeasure, ...]
    entries: tuple[MovedEntry, ...]
    risks: tuple[MovedRisk, ...]
    controls: tuple[MovedControl, ...]
    came: tuple[Reason, ...]
    """Reasons that hold now and did not then."""
    went: tuple[Reason, ...]
    cause: Cause | None
    """None where the verdict is the same."""

    @property
    def same_method(self) -> bool:
        """Whether both were judged by the same method."""
        return self.rescored is self.then

    @property
    def same_process(self) -> bool:
        """Whether both are descriptions of one process."""
        return self.then.process.id == self.now.process.id

    @property
    def verdict_moved(self) -> bool:
        """Whether the verdict is another."""
        return self.then.ruling.id != self.now.ruling.id

    @property
    def nothing_moved(self) -> bool:
        """Whether the two say the same in everything that is compared."""
        moved = (self.answers, self.measures, self.entries, self.risks, self.controls)
        return self.same_method and not any((*moved, self.came, self.went, self.verdict_moved))

    @property
    def by_method(self) -> Fraction | None:
        """Points of candidacy that the change of the method alone made, exactly."""
        return _minus(self.rescored.scorecard, self.then.scorecard)

    @property
    def by_answers(self) -> Fraction | None:
        """Points of candidacy that the answers and facts made, by NEW's method, exactly."""
        return _minus(self.now.scorecard, self.rescored.scorecard)


def _minus(now: Scorecard, then: Scorecard) -> Fraction | None:
    if now.exact_candidacy is None or then.exact_candidacy is None:
        return None
    return now.exact_candidacy - then.exact_candidacy
