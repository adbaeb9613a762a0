"""Which verdicts some answers to the open questions lead to."""

from bpo_assess.analysis.sensitivity.unknowns.boxes import Ordered, searched
from bpo_assess.analysis.sensitivity.unknowns.replies import BEST, NO_ANSWER, Trying
from bpo_assess.model.parts import LEVELS


def is_possible(trying: Trying, rank: int) -> bool | None:
    """Tell whether any replies lead to a rank; None where the search has to end before."""
    _walk_down(trying, rank)
    if rank in trying.seen:
        return True

    def judge(low: Ordered, high: Ordered) -> Ordered | bool:
        lowest, highest = trying.rank(low, NO_ANSWER), trying.rank(high, NO_ANSWER)
        if rank in {lowest, highest}:
            return low if lowest == rank else high
        return lowest < rank < highest

    box = dict.fromkeys(trying.keys, NO_ANSWER), dict.fromkeys(trying.keys, BEST)
    found = searched(trying, box, judge, trying.spent + trying.allowed)
    return None if found is None else bool(found)


def _walk_down(trying: Trying, rank: int) -> None:
    """Go from the best replies to the worst in small steps, the lightest question first."""
    replies, end = dict.fromkeys(trying.keys, BEST), trying.spent + trying.allowed
    for key in reversed(trying.keys):
        for level in reversed(LEVELS):
            replies[key] = (level, False)
            if trying.rank(replies, BEST) <= rank or trying.spent >= end:
                return
