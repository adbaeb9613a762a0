"""What is found of the open questions: what can come of them, and which answers would settle it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bpo_assess.analysis.sensitivity.trial import Outcome
from bpo_assess.model.decision import Verdict
from bpo_assess.model.questionnaire import Question


@dataclass(frozen=True, slots=True)
class Settling:
    """A level that alone makes the verdict firm, whatever the other open questions say."""

    level: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Unknown:
    """An open question, and what its answer alone can do."""

    question: Question
    weight: Fraction
    """Its share of the candidacy (0-1)."""
    at_worst: Outcome
    """What `score` says with this question assumed at 0 and the others as open as they are."""
    at_best: Outcome
    """What `score` says with it assumed at 4, without evidence, and the others as open as they are."""
    proven: Outcome
    """What it says with it at 4, with evidence."""
    settles: tuple[Settling, ...]
    alone: bool
    """Whether its answer alone changes the verdict or makes it firm; if not, it does so with others."""


class Proof(StrEnum):
    """Whether it matters that evidence comes with an answer."""

    ANY = "any"
    WITH = "with"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer in a set that decides."""

    question: Question
    low: int
    high: int
    """From the one level to the other, whichever of these it is."""
    proof: Proof


@dataclass(frozen=True, slots=True)
class Deciding:
    """The smallest sets of open questions whose answers can make a verdict firm."""

    verdict: Verdict
    sets: tuple[tuple[Told, ...], ...]
    """At most a dozen, each with answers that decide; empty where no answers do."""
    number: int
    """How many sets of that size were found."""
    at_least: int
    """No smaller set decides, as far as is proven."""
    exact: bool
    """Whether it is proven that no smaller set decides, and no other of that size."""


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What is open, what can come of it, and in which order to ask."""

    opened: int
    possible: tuple[Verdict, ...]
    """Every verdict that some answers lead to once all are in, least favourable first."""
    undecided: tuple[Verdict, ...]
    """Verdicts for which the search ended before it was known whether any answers lead there."""
    order: tuple[Unknown, ...]
    """The questions to ask, most decisive first."""
    deciding: tuple[Deciding, ...]
