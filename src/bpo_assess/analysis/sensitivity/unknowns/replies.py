"""Replies to open questions, and the verdicts that come out with them."""

from collections.abc import Mapping

from bpo_assess.analysis.sensitivity.trial import Trial
from bpo_assess.assessment.standing import Case
from bpo_assess.assessment.verdict import TRIED
from bpo_assess.model.parts import LEVELS, MAX_LEVEL

WORK = 80_000
"""Questions that one search may weigh anew, so that no questionnaire keeps anybody waiting."""

OPEN = -1
"""The level of a question to which nobody finds the answer: it counts 0, and stays open."""

Reply = tuple[int, bool]
"""A level, and whether evidence comes with it."""

Replies = Mapping[str, Reply]
"""Replies by their questions."""

NO_ANSWER: Reply = (OPEN, False)
WORST: Reply = (0, False)
BEST: Reply = (MAX_LEVEL, True)

REPLIES = [(level, proven) for level in LEVELS for proven in (False, True)]
"""Every answer, the worst first."""


def answered(case: Case, replies: Replies) -> Case:
    """Enter replies into a case."""
    levels = {key: max(level, 0) for key, (level, _) in replies.items()}
    told = {key for key, (level, _) in replies.items() if level != OPEN}
    proven = {key for key in told if replies[key][1]}
    return Case(
        {**case.levels, **levels}, case.open - told, (case.evidenced - replies.keys()) | proven
    )


class Trying:
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
            self._known[place] = self.trial.rank(answered(self.trial.outlook.known.case, whole))
            self.seen.setdefault(self._known[place], whole)
            if all(level != OPEN for level, _ in place):
                self.told.setdefault(self._known[place], whole)
        return self._known[place]
