"""Figures and names as the page of weights writes them."""

from fractions import Fraction

from bpo_assess.analysis.judges import Pair, Voice
from bpo_assess.analysis.pairwise import SCALE, Weighed
from bpo_assess.assessment.rounding import half_up, plain

SMALL = Fraction(1, 10)
"""Below this, a judgement is clearer as a quotient."""


def share_text(share: Fraction) -> str:
    """Write a weight as a percentage with one decimal place."""
    return f"{half_up(100 * share, 1):.1f} %"


def ratio_text(ratio: Fraction) -> str:
    """Write a judgement as people state it: 3, 1/3, else with two decimal places."""
    if ratio in SCALE:
        return str(ratio)
    return plain(ratio) if ratio >= SMALL else f"1/{plain(1 / ratio)}"


def line(text: str) -> str:
    """Write a text on one line."""
    return " ".join(text.split())


def names_of(weighed: Weighed, pair: Pair) -> tuple[str, str]:
    """Name the two parts of a pair."""
    first, second = (line(weighed.group.parts[place].title) for place in pair)
    return first, second


def judge_name(voice: Voice) -> str:
    """Name a judge."""
    if voice.judge is None:
        return "The judge"
    return line(voice.judge.name or voice.judge.id)
