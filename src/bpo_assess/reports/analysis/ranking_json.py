"""Which of several processes comes first, for machines: a part of `bpo-assess/sensitivity/v1`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bpo_assess.reports.analysis.weighting_json import CentralObject, central_objects

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity.ranking import Ranked, Ranking

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict


class RanksObject(TypedDict):
    """How often a process comes at each rank among those that were looked at together."""

    distribution: str
    """`around` the stated weights, or `uniform`."""
    spread: float
    """The relative spread around the stated weights."""
    draws: int
    """How many weightings were drawn."""
    seed: int
    """The seed."""
    counts: list[int]
    """The draws at each rank, the first rank first; empty without a candidacy."""
    first: float | None
    """The share of draws in which no other has a higher candidacy."""
    low: float | None
    """The lower end of its interval with 95 % confidence."""
    high: float | None
    """The upper end."""
    mean: float | None
    """The mean rank, from 1."""
    central: list[CentralObject]
    """The mean of the weights that put it first; empty if none does."""


def ranks_of(rankings: "Sequence[Ranking]", place: int) -> list[RanksObject]:
    """Build the ranks of one process."""
    return [_ranks(ranking, ranking.processes[place]) for ranking in rankings]


def _ranks(ranking: "Ranking", found: "Ranked | None") -> RanksObject:
    sampling = ranking.sampling
    return {
        "distribution": sampling.distribution.value,
        "spread": sampling.spread,
        "draws": sampling.draws,
        "seed": sampling.seed,
        "counts": list(found.counts) if found else [],
        "first": round(found.first.share, 6) if found else None,
        "low": round(found.first.low, 6) if found else None,
        "high": round(found.first.high, 6) if found else None,
        "mean": round(float(found.mean), 4) if found else None,
        "central": central_objects(found.central) if found else [],
    }
