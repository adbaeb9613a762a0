"""The signs with which a report is drawn on a terminal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Symbols:
    """The signs of a report, drawn with what the terminal can show."""

    against: str
    later: str
    favour: str
    undetermined: str
    filled: str
    empty: str
    up: str
    down: str
    bullet: str


UNICODE = Symbols("■", "◆", "●", "○", "█", "░", "▲", "▼", "•")
ASCII = Symbols("[x]", "[!]", "[v]", "[?]", "#", ".", "+", "-", "*")
