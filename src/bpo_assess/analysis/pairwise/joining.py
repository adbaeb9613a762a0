"""Several judges: their means, and where they disagree."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.judges import Pair, Voice
from bpo_assess.analysis.pairwise.figures import Shares, exact


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A pair of which several judges speak."""

    pair: Pair
    said: tuple[tuple[Voice, Fraction], ...]
    """What each judge says, the highest first."""

    @property
    def spread(self) -> Fraction:
        """How many times the highest judgement is the lowest."""
        return self.said[0][1] / self.said[-1][1]

    @property
    def clashes(self) -> bool:
        """Whether one judge finds the first weightier, and another the second."""
        return self.said[0][1] > 1 > self.said[-1][1]


def mean_judgements(
    heard: Sequence[tuple[Decimal, Mapping[Pair, Fraction]]],
) -> dict[Pair, Fraction]:
    """Join the judgements of several judges on the same pairs by their weighted geometric mean."""
    found = {}
    for pair in sorted(heard[0][1]):
        said = [(weight, ratios[pair]) for weight, ratios in heard]
        alike = {ratio for _, ratio in said}
        found[pair] = alike.pop() if len(alike) == 1 else _geometric_mean(said)
    return found


def _geometric_mean(said: Sequence[tuple[Decimal, Fraction]]) -> Fraction:
    total = float(sum(weight for weight, _ in said))
    mean = sum(float(weight) / total * math.log(value) for weight, value in said)
    return exact(math.exp(mean))


def mean_shares(heard: Sequence[tuple[Decimal, Shares]]) -> Shares:
    """Join weights by their weighted geometric mean."""
    size = len(heard[0][1])
    means = [
        _geometric_mean([(weight, shares[k]) for weight, shares in heard]) for k in range(size)
    ]
    return tuple(exact(float(mean / sum(means))) for mean in means)


def distance(one: Shares, other: Shares) -> Fraction:
    """Measure how much weight (0 to 1) would have to move for two judges to agree."""
    return sum((abs(a - b) for a, b in zip(one, other, strict=True)), Fraction(0)) / 2


def disagreements(heard: Sequence[Voice]) -> tuple[Disagreement, ...]:
    """List the pairs of which judges say different things: clashes first, then by their spread."""
    found = []
    for pair in sorted({pair for voice in heard for pair in voice.ratios}):
        said = [(voice, voice.ratios[pair]) for voice in heard if pair in voice.ratios]
        if len({ratio for _, ratio in said}) > 1:
            found.append(Disagreement(pair, tuple(sorted(said, key=lambda entry: -entry[1]))))
    return tuple(sorted(found, key=lambda entry: (not entry.clashes, -entry.spread, entry.pair)))
