"""Weights that were agreed by comparison as JSON: `bpo-assess/weights/v1`."""

import json
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal

from bpo_assess import __version__
from bpo_assess.analysis.compared import Pair, Voice
from bpo_assess.analysis.pairwise import (
    Consistency,
    Disagreement,
    Mending,
    Opinion,
    Weighed,
    Weighing,
    distance,
)
from bpo_assess.assessment.rounding import half_up
from bpo_assess.reports.contract import Tool
from bpo_assess.reports.schema import schema_of_type

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

WEIGHTS_FORMAT: Final = "bpo-assess/weights/v1"

PLACES = 6


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
    """The weight that is chosen, in percent, rounded as it is written down."""
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


def weights_schema() -> dict[str, Any]:
    """Describe the JSON of `weights`."""
    return schema_of_type("Weights from comparisons in pairs", WeightsObject)


def json_page(weighing: Weighing, sha256: str | None) -> str:
    """Write the weights as JSON."""
    found = weights_object(weighing, sha256)
    return json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def weights_object(weighing: Weighing, sha256: str | None = None) -> WeightsObject:
    """Give the weights as plain data."""
    method = weighing.questionnaire
    return {
        "format": WEIGHTS_FORMAT,
        "tool": {"name": "bpo-assess", "version": __version__},
        "questionnaire": {"id": method.id, "version": method.version, "sha256": sha256},
        "method": weighing.method,
        "joining": weighing.joining,
        "within": _number(weighing.within),
        "groups": [_group(weighing, weighed) for weighed in weighing.groups],
    }


def _number(value: Fraction | Decimal) -> float:
    """Round a figure to six decimal places."""
    return float(half_up(Fraction(value), PLACES))


def _maybe(value: Fraction | Decimal | None) -> float | None:
    return None if value is None else _number(value)


def _group(weighing: Weighing, weighed: Weighed) -> GroupObject:
    group = weighed.group
    return {
        "kind": group.kind,
        "id": group.id,
        "title": group.title,
        "parts": _parts(weighing, weighed),
        "consistency": _consistency(weighed.joint.consistency),
        "judges": [_judge(weighing, weighed, opinion) for opinion in weighed.opinions],
        "disagreements": [_disagreement(group.ids, entry) for entry in weighed.disagreements],
    }


def _parts(weighing: Weighing, weighed: Weighed) -> list[WeightObject]:
    shares, weights = weighing.shares(weighed), weighing.weights(weighed)
    return [
        {
            "id": part.id,
            "title": part.title,
            "weight": float(weights[k]),
            "share": _number(shares[k]),
            "stated_weight": float(part.weight),
            "stated_share": _number(weighed.group.stated[k]),
            "judgements": {
                "eigenvector": _number(weighed.joint.shares["eigenvector"][k]),
                "geometric": _number(weighed.joint.shares["geometric"][k]),
            },
            "priorities": {
                "eigenvector": _number(weighed.mean["eigenvector"][k]),
                "geometric": _number(weighed.mean["geometric"][k]),
            },
        }
        for k, part in enumerate(weighed.group.parts)
    ]


def _consistency(found: Consistency) -> ConsistencyObject:
    return {
        "compared": found.compared,
        "possible": found.possible,
        "eigenvalue": _number(found.root),
        "index": _number(found.index),
        "random_index": _number(found.random_index),
        "ratio": _maybe(found.ratio),
        "passes": found.passes,
        "geometric_index": _maybe(found.geometric_index),
        "geometric_limit": _maybe(found.geometric_limit),
    }


def _judge(weighing: Weighing, weighed: Weighed, opinion: Opinion) -> JudgeObject:
    judge, solution = opinion.voice.judge, opinion.solution
    ids = weighed.group.ids
    return {
        "id": _id(opinion.voice),
        "name": None if judge is None else judge.name,
        "weight": _number(opinion.voice.weight),
        "shares": {
            key: {
                "eigenvector": _number(solution.shares["eigenvector"][k]),
                "geometric": _number(solution.shares["geometric"][k]),
            }
            for k, key in enumerate(ids)
        },
        "distance": _number(distance(solution.shares[weighing.method], weighing.shares(weighed))),
        "consistency": _consistency(solution.consistency),
        "mendings": [_mending(ids, mending) for mending in opinion.mendings],
    }


def _id(voice: Voice) -> str | None:
    return None if voice.judge is None else voice.judge.id


def _named(ids: list[str], pair: Pair) -> tuple[str, str]:
    return ids[pair[0]], ids[pair[1]]


def _mending(ids: list[str], mending: Mending) -> MendingObject:
    this, times = _named(ids, mending.pair)
    return {
        "this": this,
        "times": times,
        "counts": _number(mending.stated),
        "agreeing": _number(mending.agreeing),
        "nearest": _number(mending.nearest),
        "ratio_then": _number(mending.ratio_then),
    }


def _disagreement(ids: list[str], entry: Disagreement) -> DisagreementObject:
    this, times = _named(ids, entry.pair)
    return {
        "this": this,
        "times": times,
        "clashes": entry.clashes,
        "spread": _number(entry.spread),
        "said": [{"judge": _id(voice), "counts": _number(ratio)} for voice, ratio in entry.said],
    }
