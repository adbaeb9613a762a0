"""What the open questions can still do to the verdict: which remain possible, and what decides.

Every answer to an open question is tried: each level with evidence and without, and that nobody finds
out, which counts as at the worst. A better answer never gives a worse verdict, so a box of answers whose
two ends give one verdict need not be opened.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from bpo_assess.analysis.sensitivity.trial import Trial
from bpo_assess.assessment.standing import Case
from bpo_assess.assessment.verdict import TRIED
from bpo_assess.model.decision import Verdict
from bpo_assess.model.parts import LEVELS, MAX_LEVEL
from bpo_assess.model.questionnaire import Question

WORK = 80_000
"""Questions that one search may weigh anew, so that no questionnaire keeps anybody waiting."""

AT_A_TIME = 60
"""Cases that one of the many small searches may try."""

KEPT = 12
"""How many of the smallest sets of a verdict are listed."""

OPEN = -1
"""The level of a question to which nobody finds the answer: it counts 0, and stays open."""

Reply = tuple[int, bool]
"""A level, and whether evidence comes with it."""

Replies = Mapping[str, Reply]

NO_ANSWER: Reply = (OPEN, False)
WORST: Reply = (0, False)
BEST: Reply = (MAX_LEVEL, True)


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
    at_worst: Verdict
    """The verdict with this question at 0 and the others as open as they are."""
    at_best: Verdict
    """The verdict with this question at 4, with evidence, and the others as open as they are."""
    settles: tuple[Settling, ...]


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
    """Every verdict that some answers lead to, least favourable first."""
    undecided: tuple[Verdict, ...]
    """Verdicts for which the search ended before it was known whether any answers lead there."""
    order: tuple[Unknown, ...]
    """The questions to ask, most decisive first."""
    deciding: tuple[Deciding, ...]


def unknowns_of(trial: Trial) -> Unknowns:
    """Find what the open questions can still do."""
    ruling, opened = trial.judgement.ruling, trial.opened
    worst, best = (trial.verdicts.index(verdict) for verdict in (ruling.worst, ruling.best))
    if worst == best:
        return Unknowns(len(opened), (ruling.worst,), (), (), ())
    replies = _Trying(trial)
    settles = {key: tuple(_settles(replies, key)) for key in replies.tried}
    undecided = [
        rank
        for rank in range(worst + 1, best)
        if rank not in replies.seen and _found(replies, rank) is None
    ]
    possible = sorted(replies.seen)
    deciding = tuple(_deciding(replies, rank, worst, best) for rank in possible)
    return Unknowns(
        opened=len(opened),
        possible=tuple(trial.verdicts[rank] for rank in possible),
        undecided=tuple(trial.verdicts[rank] for rank in undecided if rank not in possible),
        order=tuple(
            _unknown(trial, key, settles.get(key, ())) for key in _order(trial, settles, deciding)
        ),
        deciding=deciding,
    )


def _order(
    trial: Trial, settles: Mapping[str, Sequence[Settling]], deciding: Sequence[Deciding]
) -> list[str]:
    """Order the questions: those that settle it alone, those that move it, those that decide with others."""
    decisive = trial.judgement.ruling.decisive
    together = {told.question.id for found in deciding for one in found.sets for told in one}
    beside = sorted(together.difference(decisive), key=trial.opened.index)
    beside.sort(key=lambda key: -trial.outlook.bench.share(key))
    return sorted([*decisive, *beside], key=lambda key: not settles.get(key))


def _unknown(trial: Trial, key: str, settles: tuple[Settling, ...]) -> Unknown:
    known = trial.outlook.known.case
    worst, best = (trial.rank(_answered(known, {key: reply})) for reply in (WORST, BEST))
    return Unknown(
        question=trial.judgement.questionnaire.questions[key],
        weight=trial.outlook.bench.shares.get(key, Fraction()),
        at_worst=trial.verdicts[worst],
        at_best=trial.verdicts[best],
        settles=settles,
    )


def _answered(case: Case, replies: Replies) -> Case:
    levels = {key: max(level, 0) for key, (level, _) in replies.items()}
    told = {key for key, (level, _) in replies.items() if level != OPEN}
    proven = {key for key in told if replies[key][1]}
    return Case(
        {**case.levels, **levels}, case.open - told, (case.evidenced - replies.keys()) | proven
    )


class _Trying:
    """Tries replies to all open questions at once, and remembers which verdicts came out."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        bench = trial.outlook.bench
        self.keys = sorted(trial.opened, key=lambda key: -bench.share(key))
        """The open questions, heaviest first."""
        named = trial.outlook.method.named
        self.tried = sorted(self.keys, key=lambda key: key not in named)[:TRIED]
        """Those that are tried alone: of very many, what the decision names, and the heaviest."""
        self.allowed = max(200, WORK // len(trial.judgement.responses))
        """How many cases one search may try."""
        self.spent = 0
        self.seen: dict[int, Replies] = {}
        """Replies that led to each rank."""
        self.told: dict[int, Replies] = {}
        """Replies that led to each rank and leave nothing open."""
        self._known: dict[tuple[Reply, ...], int] = {}

    def rank(self, replies: Replies, others: Reply) -> int:
        """Find the rank of the verdict with some replies and one reply to all other open questions."""
        whole = {key: replies.get(key, others) for key in self.keys}
        place = tuple(whole.values())
        if place not in self._known:
            self.spent += 1
            self._known[place] = self.trial.rank(_answered(self.trial.outlook.known.case, whole))
            self.seen.setdefault(self._known[place], whole)
            if all(level != OPEN for level, _ in place):
                self.told.setdefault(self._known[place], whole)
        return self._known[place]


def _settles(trying: _Trying, key: str) -> Iterator[Settling]:
    for level in LEVELS:
        low = trying.rank({key: (level, False)}, NO_ANSWER)
        if low == trying.rank({key: (level, True)}, BEST):
            yield Settling(level, trying.trial.verdicts[low])


# Which verdicts are possible


Box = tuple[dict[str, Reply], dict[str, Reply]]
"""The worst and the best replies of a range of replies."""

Judge = Callable[[dict[str, Reply], dict[str, Reply]], dict[str, Reply] | bool]
"""Says of a box: nothing in it is sought (False), these replies are, or that it must be opened (True)."""


def _found(trying: _Trying, rank: int) -> bool | None:
    """Tell whether any replies lead to a rank; None where the search has to end before."""
    _walk_down(trying, rank)
    if rank in trying.seen:
        return True

    def judge(low: dict[str, Reply], high: dict[str, Reply]) -> dict[str, Reply] | bool:
        lowest, highest = trying.rank(low, NO_ANSWER), trying.rank(high, NO_ANSWER)
        if rank in {lowest, highest}:
            return low if lowest == rank else high
        return lowest < rank < highest

    box = dict.fromkeys(trying.keys, NO_ANSWER), dict.fromkeys(trying.keys, BEST)
    found = _searched(trying, box, judge, trying.spent + trying.allowed)
    return None if found is None else bool(found)


def _walk_down(trying: _Trying, rank: int) -> None:
    """Go from the best replies to the worst in small steps, the lightest question first."""
    replies, end = dict.fromkeys(trying.keys, BEST), trying.spent + trying.allowed
    for key in reversed(trying.keys):
        for level in reversed(LEVELS):
            replies[key] = (level, False)
            if trying.rank(replies, BEST) <= rank or trying.spent >= end:
                return


def _searched(trying: _Trying, box: Box, judge: Judge, end: int) -> dict[str, Reply] | bool | None:
    """Open boxes until replies are found (they are given), or none is left (False); None at the bound."""
    boxes = [box]
    while boxes:
        if trying.spent >= end:
            return None
        low, high = boxes.pop()
        found = judge(low, high)
        if isinstance(found, dict):
            return found
        if found:
            boxes += _halves(low, high)
    return False


def _halves(low: dict[str, Reply], high: dict[str, Reply]) -> Iterator[Box]:
    """Cut a box at its widest question: by level, then by evidence."""
    key = max(low, key=lambda k: (high[k][0] - low[k][0], high[k][1] - low[k][1]))
    (worst, bare), (best, proven) = low[key], high[key]
    if worst < best:
        middle = (worst + best) // 2
        yield low, {**high, key: (middle, proven)}
        yield {**low, key: (middle + 1, bare)}, high
    elif proven and not bare:
        yield low, {**high, key: (best, False)}
        yield {**low, key: (worst, True)}, high


# Which sets decide


@dataclass
class _Sets:
    """The search for the smallest sets with answers that make one verdict firm."""

    trying: _Trying
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
    known: dict[frozenset[str], dict[str, Reply] | None] = field(default_factory=dict)

    def decides(self, keys: frozenset[str]) -> bool:
        """Tell whether some answers to these questions make the verdict firm."""
        if keys not in self.known:
            self.known[keys] = self._answers(keys)
        return self.known[keys] is not None

    def is_over(self) -> bool:
        """Tell whether the search has reached its bound."""
        return self.trying.spent >= self.end

    def _answers(self, keys: frozenset[str]) -> dict[str, Reply] | None:
        ordered = [key for key in self.trying.keys if key in keys]
        worst, best = dict.fromkeys(ordered, WORST), dict.fromkeys(ordered, BEST)
        if not self.at_least_with(best) or not self.at_most_with(worst):
            return None
        if self.rank == self.lowest:
            return worst
        if self.rank == self.highest:
            return best
        return self._one_spot(best) or self._between(worst, best)

    def _one_spot(self, best: dict[str, Reply]) -> dict[str, Reply] | None:
        """Try the best answers with one weak spot that holds the verdict."""
        for key, reply in self.spots:
            if key in best:
                replies = {**best, key: reply}
                if self.firm(replies):
                    return replies
        return None

    def _between(self, worst: dict[str, Reply], best: dict[str, Reply]) -> dict[str, Reply] | None:
        """Search all answers between the worst and the best."""

        def judge(low: dict[str, Reply], high: dict[str, Reply]) -> dict[str, Reply] | bool:
            if not self.at_least_with(high) or not self.at_most_with(low):
                return False
            return next((replies for replies in (low, high) if self.firm(replies)), True)

        end = min(self.end, self.trying.spent + AT_A_TIME)
        found = _searched(self.trying, (worst, best), judge, end)
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


def _deciding(trying: _Trying, rank: int, lowest: int, highest: int) -> Deciding:
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


def _spots(trying: _Trying, rank: int) -> Iterator[tuple[str, Reply]]:
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
    for search.at_least in range(len(core), enough + 1):
        found = list(_of_size(search, core, search.at_least))
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
        worse = ({**low, key: reply} for reply in _ALL if reply[0] <= low[key][0])
        low = next(filter(search.at_least_with, worse), low)
        better = ({**high, key: reply} for reply in reversed(_ALL) if reply[0] >= high[key][0])
        high = next(filter(search.at_most_with, better), high)
    questions = search.trying.trial.judgement.questionnaire.questions
    return tuple(
        Told(questions[key], low[key][0], high[key][0], _proof(low[key][1], high[key][1]))
        for key in questions
        if key in keys
    )


_ALL = [(level, proven) for level in LEVELS for proven in (False, True)]
"""Every answer, the worst first."""


def _proof(at_low: bool, at_high: bool) -> Proof:
    if at_low:
        return Proof.WITH
    return Proof.ANY if at_high else Proof.WITHOUT
