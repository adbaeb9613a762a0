"""Figures as they are kept: without the digits that depend on the machine."""

from fractions import Fraction

Shares = tuple[Fraction, ...]
"""Weights that add up to 1, good to twelve digits."""

_DIGITS = 12


def exact(value: float) -> Fraction:
    """Keep the digits that do not depend on the machine."""
    return Fraction(f"{value:.{_DIGITS}g}")
