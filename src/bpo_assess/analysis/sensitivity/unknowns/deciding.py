"""The smallest sets of open questions whose answers make a verdict firm."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bpo_assess.analysis.sensitivity.unknowns.boxes import Ordered, searched
from bpo_assess.analysis.sensitivity.unknowns.replies import (
    BEST,
    NO_ANSWER,
    REPLIES,
    WORST,
    Replies,
    Reply,
    Trying,
)
from bpo_assess.analysis.sensitivity.unknowns.result import Deciding, Proof, Told
from bpo_assess.model.parts import LEVELS

AT_A_TIME = 60
"""Cases that one of the many small searches may try."""

KEPT = 12
"""How many of the smallest sets of a verdict are listed."""


def deciding(trying: Trying, rank: int, lowest: int, highest: int) -> Deciding:
    """Find the smallest sets that decide for a rank, which lies from the lowest to the highest possible."""
    spots = tuple(_spots(trying, rank)) if lowest < rank < highest else ()
    search = _Sets(trying, rank, lowest, highest, trying.spent + trying.allowed, spots)
    verdict, everything = trying.trial.verdicts[rank], frozenset(trying.keys)
    if rank in trying.told:
        search.known[everything] = dict(trying.told[rank])
    if not search.decides(everything):
        return Deciding(verdict, (), 0, 0, exact=search.complete)
    fallback = _thinned(search, everything)
    found, whole = _smallest(search, everything, len(fallback))
    sets = tuple(_told(search, keys) for keys in (found or [fallback])[:KEPT])
    return Deciding(verdict, sets, len(found) or 1, search.at_least, exact=whole)


# What a set of questions can decide


@dataclass
class _Sets:
    """The search for the smallest sets with answers that make one verdict firm."""

    trying: Trying
    rank: int
    lowest: int
    highest: int
    end: int
    """The number of cases tried at which the search ends."""
    spots: tuple[tuple[str, Reply], ...] = ()
    """Single answers that hold the verdict back beside the best others, the mildest first."""
    at_least: int = 0
    """The size below which no set decides, as far as is proven."""
    complete: bool = True
    """Whether every search since this was last set has come to its end."""
    known: dict[frozenset[str], Ordered | None] = field(default_factory=dict)
    """Answers of each set that was tried with which it decides; None where it does not."""

    def decides(self, keys: frozenset[str]) -> bool:
        """Tell whether some answers to these questions make the verdict firm."""
        if keys not in self.known:
            self.known[keys] = self._answers(keys)
        return self.known[keys] is not None

    def is_over(self) -> bool:
        """Tell whether the search has reached its bound."""
        return self.trying.spent >= self.end

    def _answers(self, keys: frozenset[str]) -> Ordered | None:
        ordered = [key for key in self.trying.keys if key in keys]
        worst, best = dict.fromkeys(ordered, WORST), dict.fromkeys(ordered, BEST)
        if not self.at_least_with(best) or not self.at_most_with(worst):
            return None
        if self.rank == self.lowest:
            return worst
        if self.rank == self.highest:
            return best
        return self._one_spot(best) or self._between(worst, best)

    def _one_spot(self, best: Ordered) -> Ordered | None:
        """Try the best answers with one weak spot that holds the verdict."""
        for key, reply in self.spots:
            if key in best:
                replies = {**best, key: reply}
                if self.firm(replies):
                    return replies
        return None

    def _between(self, worst: Ordered, best: Ordered) -> Ordered | None:
        """Search all answers between the worst and the best."""

        def judge(low: Ordered, high: Ordered) -> Ordered | bool:
            if not self.at_least_with(high) or not self.at_most_with(low):
                return False
            return next((replies for replies in (low, high) if self.firm(replies)), True)

        end = min(self.end, self.trying.spent + AT_A_TIME)
        found = searched(self.trying, (worst, best), judge, end)
        if found is None:
            self.complete = False
        return found if isinstance(found, dict) else None

    def at_least_with(self, replies: Replies) -> bool:
        """Tell whether the verdict is this or better with these answers, whatever the others are."""
        return self.trying.rank(replies, NO_ANSWER) >= self.rank

    def at_most_with(self, replies: Replies) -> bool:
        """Tell whether the verdict is this or worse with these answers, whatever the others are."""
        return self.trying.rank(replies, BEST) <= self.rank

    def firm(self, replies: Replies) -> bool:
        """Tell whether these answers make the verdict firm."""
        return self.at_least_with(replies) and self.at_most_with(replies)


# Which sets are the smallest


def _spots(trying: Trying, rank: int) -> Iterator[tuple[str, Reply]]:
    """Yield single answers that hold the verdict back beside the best others, the mildest first."""
    for level in reversed(LEVELS):
        for proven in (True, False):
            for key in trying.tried:
                if trying.rank({key: (level, proven)}, BEST) <= rank:
                    yield key, (level, proven)


def _thinned(search: _Sets, keys: frozenset[str]) -> frozenset[str]:
    """Leave out of a set that decides, with its answers as they are, whatever it can do without."""
    replies = dict(search.known[keys] or {})
    for key in search.trying.keys[::-1]:
        if search.is_over():
            break
        fewer = {k: reply for k, reply in replies.items() if k != key}
        if search.firm(fewer):
            replies = fewer
    kept = frozenset(replies)
    search.known[kept] = replies
    return kept


def _smallest(
    search: _Sets, everything: frozenset[str], enough: int
) -> tuple[list[frozenset[str]], bool]:
    """Find all smallest sets that decide: what none can do without, and as few more as it takes.

    Also tells whether these are proven to be all, and none smaller.
    """
    core = _core(search, everything)
    for size in range(len(core), enough + 1):
        search.at_least = size
        found = list(_of_size(search, core, size))
        if found or search.is_over() or not search.complete:
            break
    return found, search.complete and not search.is_over()


def _core(search: _Sets, everything: frozenset[str]) -> frozenset[str]:
    """Find the questions without which no set decides."""
    core = set()
    for key in search.trying.keys:
        if not search.is_over() and not search.decides(everything - {key}) and search.complete:
            core.add(key)
        search.complete = True
    return frozenset(core)


def _of_size(search: _Sets, core: frozenset[str], size: int) -> Iterator[frozenset[str]]:
    """Yield the sets of a size that decide; a branch of which the whole does not is left alone."""
    rest = [key for key in search.trying.keys if key not in core]

    def extended(chosen: frozenset[str], start: int, more: int) -> Iterator[frozenset[str]]:
        if search.is_over():
            return
        if not more:
            if search.decides(chosen):
                yield chosen
            return
        for place in range(start, len(rest) - more + 1):
            if not search.decides(chosen | frozenset(rest[place:])):
                return
            yield from extended(chosen | {rest[place]}, place + 1, more - 1)

    yield from extended(core, 0, size - len(core))


def _told(search: _Sets, keys: frozenset[str]) -> tuple[Told, ...]:
    """Give the answers of a set that decides, each as widely as it may be beside the others."""
    search.decides(keys)
    low, high = dict(search.known[keys] or {}), dict(search.known[keys] or {})
    for key in (k for k in search.trying.keys if k in keys):
        worse = ({**low, key: reply} for reply in REPLIES if _no_better(reply, low[key]))
        low = next(filter(search.at_least_with, worse), low)
        better = (
            {**high, key: reply} for reply in reversed(REPLIES) if _no_better(high[key], reply)
        )
        high = next(filter(search.at_most_with, better), high)
    questions = search.trying.trial.judgement.questionnaire.questions
    return tuple(
        Told(questions[key], low[key][0], high[key][0], _proof(low[key][1], high[key][1]))
        for key in questions
        if key in keys
    )


def _no_better(one: Reply, other: Reply) -> bool:
    """Tell whether an answer is no better than another, in its level and in its evidence."""
    return one[0] <= other[0] and one[1] <= other[1]


def _proof(at_low: bool, at_high: bool) -> Proof:
    if at_low:
        return Proof.WITH
    return Proof.ANY if at_high else Proof.WITHOUT
