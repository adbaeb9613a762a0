"""How exact figures become printed ones: half up, once, before they are compared."""

import math
from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction, places: int) -> Decimal:
    """Round a figure half up to a number of decimal places."""
    scale = 10**places
    scaled = (value.numerator * scale * 2 + value.denominator) // (value.denominator * 2)
    return Decimal(scaled).scaleb(-places)


def least_printed(limit: Decimal, places: int) -> Fraction:
    """Find the least exact figure that, rounded half up, is printed as a limit or more."""
    scale = 10**places
    return Fraction(2 * math.ceil(Fraction(limit) * scale) - 1, 2 * scale)


def index(value: Fraction) -> Decimal:
    """Round an index (0-100) to the tenth of a point in which it is printed and compared."""
    return half_up(value, 1)


def share(value: Fraction) -> Decimal:
    """Round a share (0-1) to the whole percent in which it is printed and compared."""
    return half_up(value, 2)


def plain(number: Decimal | Fraction | int) -> str:
    """Write a number without trailing noughts, with at most two decimal places."""
    exact = half_up(Fraction(number), 2)
    return f"{exact:f}".rstrip("0").rstrip(".") if exact % 1 else f"{int(exact)}"
