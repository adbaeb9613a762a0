"""The weights of every group that a file of comparisons speaks of, and which of them are chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from bpo_assess.analysis.judges import Group, Pair, Voice, groups, voices
from bpo_assess.analysis.pairwise.circles import Circle, circles_of
from bpo_assess.analysis.pairwise.figures import Shares
from bpo_assess.analysis.pairwise.joining import (
    Disagreement,
    disagreements,
    mean_judgements,
    mean_shares,
)
from bpo_assess.analysis.pairwise.mending import Mending, mendings
from bpo_assess.analysis.pairwise.solving import METHODS, Method, Solution, solve
from bpo_assess.analysis.pairwise.writing import rounded
from bpo_assess.model.comparisons import ComparisonFile
from bpo_assess.model.questionnaire import Questionnaire

Joining = Literal["judgements", "priorities"]
"""What of several judges is averaged: their judgements, or the weights of each."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What follows from the judgements of one judge."""

    voice: Voice
    solution: Solution
    mendings: tuple[Mending, ...]
    """The judgements that are worth another look, the one that mends most first."""
    circles: tuple[Circle, ...]
    """Preferences that go round in a circle, the greatest contradiction first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weights of one group."""

    group: Group
    opinions: tuple[Opinion, ...]
    joint: Solution
    """What follows from the mean judgements of all judges."""
    mean: Mapping[Method, Shares]
    """The means of what follows from the judgements of each."""
    disagreements: tuple[Disagreement, ...]
    """Pairs of which several judges speak: clashes first, then by their spread."""

    def shares(self, method: Method, joining: Joining) -> Shares:
        """Give the weights that are chosen."""
        return self.joint.shares[method] if joining == "judgements" else self.mean[method]

    @property
    def contradicts(self) -> bool:
        """Whether the mean judgements contradict each other more than convention accepts."""
        return not self.joint.consistency.passes

    @property
    def at_odds(self) -> tuple[Opinion, ...]:
        """Those who contradict themselves more than convention accepts."""
        return tuple(one for one in self.opinions if not one.solution.consistency.passes)


@dataclass(frozen=True, slots=True)
class Excess:
    """A group whose judgements contradict each other more than is allowed."""

    group: Group
    joint: Decimal | None
    """The consistency ratio of the mean judgements, where it is above."""
    alone: tuple[tuple[Voice, Decimal], ...]
    """Judges whose own judgements are above, with their ratios."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of every group that is compared, and which of them are chosen."""

    questionnaire: Questionnaire
    groups: tuple[Weighed, ...]
    method: Method = "eigenvector"
    joining: Joining = "judgements"
    within: Fraction = Fraction(1, 1000)
    """By which part the quotient of two weights may be off, once they are rounded."""

    def shares(self, weighed: Weighed) -> Shares:
        """Give the chosen weights of a group, exactly."""
        return weighed.shares(self.method, self.joining)

    def weights(self, weighed: Weighed) -> tuple[Decimal, ...]:
        """Give the chosen weights of a group as parts of about 100, rounded."""
        return rounded(self.shares(weighed), self.within)

    def beyond(self, allowed: Decimal) -> tuple[Excess, ...]:
        """List where a consistency ratio is above what is allowed; judges of weight 0 do not count."""
        found = []
        for weighed in self.groups:
            ratio = weighed.joint.consistency.ratio
            joint = None if ratio is None or ratio <= allowed else ratio
            alone = tuple(
                (one.voice, own)
                for one in weighed.opinions
                for own in [one.solution.consistency.ratio]
                if one.voice.weight and own is not None and own > allowed
            )
            if joint is not None or alone:
                found.append(Excess(weighed.group, joint, alone))
        return tuple(found)


def weigh(questionnaire: Questionnaire, file: ComparisonFile) -> tuple[Weighed, ...]:
    """Find the weights of every group that a sound file speaks of."""
    return tuple(_weighed(group, voices(file, group)) for group in groups(questionnaire, file))


def _weighed(group: Group, heard: Sequence[Voice]) -> Weighed:
    size = len(group.parts)
    opinions = tuple(_opinion(size, voice) for voice in heard)
    counted = [opinion for opinion in opinions if opinion.voice.weight]
    return Weighed(
        group,
        opinions,
        _joint(size, counted),
        {
            method: mean_shares([(o.voice.weight, o.solution.shares[method]) for o in counted])
            for method in METHODS
        },
        disagreements(heard),
    )


def _joint(size: int, counted: Sequence[Opinion]) -> Solution:
    """Solve the mean judgements, in which each judge counts on every pair that anybody judged."""
    judged = {pair for opinion in counted for pair in opinion.voice.ratios}
    solutions = {
        method: solve(
            size,
            mean_judgements(
                [
                    (one.voice.weight, _filled(one, judged, one.solution.shares[method]))
                    for one in counted
                ]
            ),
        )
        for method in METHODS
    }
    return Solution(
        {method: found.shares[method] for method, found in solutions.items()},
        solutions["eigenvector"].consistency,
    )


def _filled(opinion: Opinion, judged: Iterable[Pair], shares: Shares) -> dict[Pair, Fraction]:
    """Take for pairs that a judge left out what the others make of them."""
    stated = opinion.voice.ratios
    return {pair: stated.get(pair) or shares[pair[0]] / shares[pair[1]] for pair in judged}


def _opinion(size: int, voice: Voice) -> Opinion:
    solution = solve(size, voice.ratios)
    return Opinion(
        voice, solution, mendings(size, voice.ratios, solution), circles_of(voice.ratios)
    )
