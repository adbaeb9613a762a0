"""Weights that were agreed by comparison as JSON: `bpo-assess/weights/v1`."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from bpo_assess import __version__
from bpo_assess.analysis.judges import Pair, Voice
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
from bpo_assess.reports.analysis.pairwise.contract import (
    WEIGHTS_FORMAT,
    ConsistencyObject,
    DisagreementObject,
    GroupObject,
    JudgeObject,
    MendingObject,
    WeightObject,
    WeightsObject,
)
from bpo_assess.reports.schema import schema_of_type
from bpo_assess.reports.writing import json_text

PLACES = 6


def weights_schema() -> dict[str, Any]:
    """Describe the JSON of `weights`."""
    return schema_of_type("Weights from comparisons in pairs", WeightsObject)


def json_page(weighing: Weighing, sha256: str | None) -> str:
    """Write the weights as JSON."""
    return json_text(weights_object(weighing, sha256))


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
        "circles": [[ids[place] for place in circle] for circle in opinion.circles],
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
