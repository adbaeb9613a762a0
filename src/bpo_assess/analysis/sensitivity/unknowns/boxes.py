"""Boxes of replies, opened until what is sought is found or cannot be in them."""

from collections.abc import Callable, Iterator

from bpo_assess.analysis.sensitivity.unknowns.replies import Reply, Trying

Ordered = dict[str, Reply]
"""Replies, the heaviest question first."""

Box = tuple[Ordered, Ordered]
"""The worst and the best replies of a range of replies."""

Judge = Callable[[Ordered, Ordered], Ordered | bool]
"""Says of a box: nothing in it is sought (False), these replies are, or that it must be opened (True)."""


def searched(trying: Trying, box: Box, judge: Judge, end: int) -> Ordered | bool | None:
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


def _halves(low: Ordered, high: Ordered) -> Iterator[Box]:
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
