"""How sure a share is that was counted in a sample."""

import math
from dataclasses import dataclass

Z = 1.959963984540054
"""The normal deviate of a confidence of 95 %."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A share, and the interval in which the true one lies with a confidence of 95 % (Wilson, 1927)."""

    share: float
    low: float
    high: float


def wilson(count: int, draws: int) -> Interval:
    """Give a share with its interval of 95 % confidence (Wilson, 1927), which holds at 0 and 1 as well."""
    share = count / draws
    below = 1 + Z**2 / draws
    middle = (share + Z**2 / (2 * draws)) / below
    half = Z * math.sqrt(share * (1 - share) / draws + Z**2 / (4 * draws**2)) / below
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == draws else middle + half
    return Interval(share, low, high)
