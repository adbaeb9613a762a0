"""What `bpo-assess/weights/v1` promises to machines."""

import sys
from typing import Final, Literal

from bpo_assess.reports.contract import Tool

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

WEIGHTS_FORMAT: Final = "bpo-assess/weights/v1"


class MethodObject(TypedDict):
    """The questionnaire whose weights were sought."""

    id: str
    """Its id."""
    version: str
    """Its version."""
    sha256: str | None
    """The SHA-256 of its bytes, or of those of the chain of files that extend one another."""


class SharesObject(TypedDict):
    """The share (0 to 1) of a part, by each way of working it out."""

    eigenvector: float
    """By the principal eigenvector."""
    geometric: float
    """By the geometric mean."""


class WeightObject(TypedDict):
    """A part of a group, and its weights."""

    id: str
    """The id of the dimension or question."""
    title: str
    """Its title."""
    weight: float
    """The weight that is chosen, as a part of about 100, rounded as it is written down."""
    share: float
    """The same as an exact share (0 to 1)."""
    stated_weight: float
    """The weight of the questionnaire."""
    stated_share: float
    """The same as a share of the group (0 to 1)."""
    judgements: SharesObject
    """From the mean of the judgements of all judges."""
    priorities: SharesObject
    """The mean of the weights of all judges."""


class ConsistencyObject(TypedDict):
    """How well judgements agree with one another."""

    compared: int
    """How many pairs are judged."""
    possible: int
    """How many pairs there are."""
    eigenvalue: float
    """The largest eigenvalue; the number of parts where all judgements agree."""
    index: float
    """The consistency index."""
    random_index: float
    """The mean index of random judgements."""
    ratio: float | None
    """The consistency ratio; null where nothing can clash."""
    passes: bool
    """Whether the ratio is within what convention accepts."""
    geometric_index: float | None
    """The geometric consistency index; null where a judgement is missing or nothing can clash."""
    geometric_limit: float | None
    """What it should not exceed, by convention."""


class MendingObject(TypedDict):
    """A judgement that does not fit the others."""

    this: str
    """The first part."""
    times: str
    """The part that it is compared with."""
    counts: float
    """How many times the first counts the other, as it was judged."""
    agreeing: float
    """What the other judgements make of it."""
    nearest: float
    """The nearest judgement on the scale."""
    ratio_then: float
    """The consistency ratio with that judgement in its place."""


class JudgeObject(TypedDict):
    """A judge, and what follows from the judgements of this judge alone."""

    id: str | None
    """The id of the judge; null where the file names nobody."""
    name: str | None
    """The name of the judge."""
    weight: float
    """How much the judge counts beside the others."""
    shares: dict[str, SharesObject]
    """The shares that follow, by part."""
    distance: float
    """How much weight (0 to 1) would have to move from them to what is chosen."""
    consistency: ConsistencyObject
    """How well the judgements agree with one another."""
    mendings: list[MendingObject]
    """Judgements that are worth another look, the one that mends most first."""
    circles: list[list[str]]
    """Parts of which each counts more than the next, and the last more than the first: the shortest such
    circles, the greatest contradiction first."""


class SaidObject(TypedDict):
    """What a judge says of a pair."""

    judge: str | None
    """The id of the judge."""
    counts: float
    """How many times the first part counts the other."""


class DisagreementObject(TypedDict):
    """A pair that judges judge differently."""

    this: str
    """The first part."""
    times: str
    """The part that it is compared with."""
    clashes: bool
    """Whether one judge finds the first weightier, and another the second."""
    spread: float
    """How many times the highest judgement is the lowest."""
    said: list[SaidObject]
    """What each judge says, the highest first."""


class GroupObject(TypedDict):
    """An axis or a dimension whose parts were compared."""

    kind: Literal["axis", "dimension"]
    """Which of the two it is."""
    id: str
    """Its id."""
    title: str
    """Its title."""
    parts: list[WeightObject]
    """The parts and their weights."""
    consistency: ConsistencyObject
    """How well the mean judgements of all judges agree with one another."""
    judges: list[JudgeObject]
    """The judges."""
    disagreements: list[DisagreementObject]
    """Pairs that judges judge differently: opposite directions first, then by their spread."""


class WeightsObject(TypedDict):
    """Weights from comparisons in pairs."""

    format: Literal["bpo-assess/weights/v1"]
    """What kind of file this is."""
    tool: Tool
    """The program that worked it out."""
    questionnaire: MethodObject
    """The questionnaire whose weights were sought."""
    method: Literal["eigenvector", "geometric"]
    """How the chosen weights follow from judgements."""
    joining: Literal["judgements", "priorities"]
    """What of several judges was averaged for them."""
    within: float
    """By which part the quotient of two rounded weights may be off."""
    groups: list[GroupObject]
    """The groups, in the order of the questionnaire."""
