"""The tornado: what each answer can do to the candidacy, as lines of signs and as a drawing (SVG)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Literal

from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.analysis.sensitivity.answers import Bar
from bpo_assess.reports import charts, wording
from bpo_assess.reports.analysis.pages import Bars
from bpo_assess.reports.blocks import Column, Table
from bpo_assess.reports.problems import one_line

SHOWN = 15
"""Bars of the text."""

DRAWN = 25
"""Bars of the drawing."""

SIGNS = 24
"""Columns of a bar of signs."""

LABEL, BAR, ROW, TOP = 300, 460, 26, 118
"""Measures of the drawing: width of the names, of the bars, height of a row, and where the first begins."""

TITLE_AT, NAME_AT, AXIS_AT, NOW_AT, TICKS_AT = 26, 46, 70, 88, 106
"""Where the lines above the first bar stand; each has one of its own, so that none touches another."""

NAME = 42
"""Characters of a name that have room in the drawing; the whole name is shown on pointing at it."""

NAME_IN_REPORT = 38
"""Characters of a name that have room in the chart of a report, beside its figures, on a telephone too."""

WHOLE_NAME = 100
"""Characters of the name of the process that have room."""

FOR, AGAINST, INK, SOFT = "#0072b2", "#e69f00", "#1b1f24", "#57606a"

Kind = Literal["down", "up", "open"]

COLOURS: Mapping[Kind, str] = {"down": AGAINST, "up": FOR, "open": SOFT}

TITLE = "What each answer can do to the candidacy"

AXIS = "Candidacy (points of 100)"

_MOST_TICKS = 6
"""How many ticks a scale has at most."""

_ROUND = tuple(Decimal(step) for step in ("0.1", "0.2", "0.5", "1", "2", "5", "10", "20"))
"""How far apart ticks may be, in points."""


def moving(bars: Sequence[Bar]) -> list[Bar]:
    """Keep the questions of which an answer makes a candidacy, whatever it is."""
    return [bar for bar in bars if bar.swing is not None]


def bars(found: Sensitivity) -> Bars:
    """Lay out the longest bars as signs, and all figures as a table."""
    known = moving(found.answers.bars)
    low, high = _ends(known[:SHOWN])
    rows = tuple((name(bar), _drawing(bar, low, high)) for bar in known[:SHOWN])
    return Bars(rows, _legend(found, len(known) - len(rows)), _table(known))


def _legend(found: Sensitivity, more: int) -> str:
    value = found.assessment.scorecard.candidacy.value
    now = "" if value is None else f", {wording.points(value)}"
    rest = f" {wording.count(more, 'more answer')} can move it less." if more > 0 else ""
    return (
        "A bar runs from the candidacy with that answer at 0 to that at 4; = spans one level down to "
        f"one level up, | is where it stands{now}.{rest}"
    )


def name(bar: Bar) -> str:
    """Name a question with its level."""
    level = bar.response.level
    return f"{bar.question.title} ({'open' if level is None else level})"


def _table(known: Sequence[Bar]) -> Table:
    columns = (
        Column("Answer"),
        Column("Swing", right=True),
        Column("At 0", right=True),
        Column("One down", right=True),
        Column("One up", right=True),
        Column("At 4", right=True),
        Column("Axis", right=True),
    )
    return Table("Candidacy with one answer changed", columns, tuple(map(_figures, known)))


def _figures(bar: Bar) -> tuple[str, ...]:
    stands = (bar.at_worst, bar.down, bar.up, bar.at_best)
    values = (wording.points(stand.candidacy) if stand else wording.NOTHING for stand in stands)
    ends = f"{wording.points(bar.at_worst.axis)} to {wording.points(bar.at_best.axis)}"
    return (name(bar), wording.two_places(bar.swing), *values, f"{bar.axis.title}: {ends}")


def _ends(known: Sequence[Bar]) -> tuple[Decimal, Decimal]:
    worst = [bar.at_worst.candidacy for bar in known if bar.at_worst.candidacy is not None]
    best = [bar.at_best.candidacy for bar in known if bar.at_best.candidacy is not None]
    return min(worst, default=Decimal(0)), max(best, default=Decimal(100))


def _place(value: Decimal | None, low: Decimal, high: Decimal) -> int:
    """Find the column of a value; a range that is no wider than a point lies in the first."""
    if value is None or high == low:
        return 0
    return int((value - low) / (high - low) * (SIGNS - 1) + Decimal("0.5"))


def _drawing(bar: Bar, low: Decimal, high: Decimal) -> str:
    worst, best = bar.at_worst.candidacy, bar.at_best.candidacy
    signs = [" "] * SIGNS
    first, last = _place(worst, low, high), _place(best, low, high)
    signs[first : last + 1] = "-" * (last + 1 - first)
    now = bar.now
    if now is not None:
        down = bar.down.candidacy if bar.down else now
        up = bar.up.candidacy if bar.up else now
        start, end = _place(down, low, high), _place(up, low, high)
        signs[start : end + 1] = "=" * (end + 1 - start)
        signs[_place(now, low, high)] = "|"
    return f"{wording.points(worst):>5} {''.join(signs)} {wording.points(best):>5}"


# The chart of a report


def chart(found: Sensitivity) -> charts.Tornado | None:
    """Lay out the longest bars for a page; None where nothing has a candidacy."""
    known = moving(found.answers.bars)[:SHOWN]
    if not known:
        return None
    low, high = _ends(known)
    value = found.assessment.scorecard.candidacy.value
    return charts.Tornado(
        bars=tuple(charts.TornadoBar(_title(bar), tuple(_strips(bar, low, high))) for bar in known),
        low=wording.points(low),
        high=wording.points(high),
        now=None if value is None else _along(value, low, high),
        says=_says(known),
    )


def _title(bar: Bar) -> str:
    ends = f"{wording.points(bar.at_worst.candidacy)} to {wording.points(bar.at_best.candidacy)}"
    return f"{_short(one_line(name(bar)), NAME_IN_REPORT)}: {ends}"


def _along(value: Decimal | None, low: Decimal, high: Decimal) -> float:
    return round(_across(value, low, high) - LABEL, 1)


def _strips(bar: Bar, low: Decimal, high: Decimal) -> Iterator[charts.Strip]:
    for (first, last), kind, step in _stretches(bar):
        start, end = _along(first, low, high), _along(last, low, high)
        yield charts.Strip(start, round(max(end - start, 0), 1), kind, step)


# The drawing


def svg(found: Sensitivity) -> str:
    """Draw the longest bars; the picture stands on its own."""
    known = moving(found.answers.bars)[:DRAWN]
    return "\n".join(_svg(found, known)) + "\n"


def _svg(found: Sensitivity, known: Sequence[Bar]) -> Iterator[str]:
    low, high = _ends(known)
    width, height = LABEL + BAR + 60, TOP + ROW * max(len(known), 1) + 40
    name_of_process = one_line(found.assessment.process.name)
    title = _safe(f"{TITLE}: {name_of_process}")
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title desc" '
        f'font-family="system-ui, sans-serif" font-size="13" fill="{INK}">'
    )
    yield f'<title id="title">{title}</title>'
    yield f'<desc id="desc">{_safe(_says(known))}</desc>'
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    yield f'<text x="12" y="{TITLE_AT}" font-size="16" font-weight="600">{TITLE}</text>'
    yield f'<text x="12" y="{NAME_AT}" fill="{SOFT}">{_safe(_short(name_of_process, WHOLE_NAME))}</text>'
    if not known:
        yield f'<text x="12" y="{TOP}">{NO_BARS}</text>'
    else:
        yield from _scale(low, high, TOP + ROW * len(known))
        for number, bar in enumerate(known):
            yield from _row(bar, TOP + ROW * number, low, high)
        yield from _line(found, low, high, TOP + ROW * len(known))
        yield f'<text x="{LABEL}" y="{height - 14}" font-size="12" fill="{SOFT}">{LEGEND}</text>'
    yield "</svg>"


LEGEND = "Dark: the answer one level down, or up. Pale: at 0, or at 4. Grey: it is open."

NO_BARS = "There is no candidacy yet: an axis of which nothing is known has no value."


def _safe(said: str) -> str:
    """Write a text so that nothing in it is markup, and that XML allows every sign of it."""
    allowed = "".join(sign if sign not in "\ufffe\uffff" else "\ufffd" for sign in one_line(said))
    return escape(allowed)


def _says(known: Sequence[Bar]) -> str:
    said = (
        f"{name(bar)}: {wording.points(bar.at_worst.candidacy)} at 0, "
        f"{wording.points(bar.at_best.candidacy)} at 4"
        for bar in known
    )
    return "; ".join(said) + "." if known else NO_BARS


def _across(value: Decimal | None, low: Decimal, high: Decimal) -> float:
    if value is None or high == low:
        return float(LABEL)
    return round(LABEL + float((value - low) / (high - low)) * BAR, 1)


def ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """Choose round figures between two ends, few enough to be read."""
    for step in _ROUND:
        first, last = math.ceil(low / step), math.floor(high / step)
        if last - first < _MOST_TICKS:
            return [step * number for number in range(first, last + 1)]
    return [low, high]


def _scale(low: Decimal, high: Decimal, bottom: int) -> Iterator[str]:
    yield f'<text x="{LABEL}" y="{AXIS_AT}" fill="{SOFT}">{AXIS}</text>'
    for value in ticks(low, high):
        x = _across(value, low, high)
        yield f'<path d="M{x} {TOP - 8}V{bottom}" stroke="#d0d7de"/>'
        yield f'<text x="{x}" y="{TICKS_AT}" text-anchor="middle" fill="{SOFT}">{value.normalize():f}</text>'


def _short(said: str, most: int = NAME) -> str:
    return said if len(said) <= most else f"{said[: most - 3].rstrip()}..."


def _row(bar: Bar, top: int, low: Decimal, high: Decimal) -> Iterator[str]:
    said = one_line(name(bar))
    yield f"<g><title>{_safe(said)}</title>"
    yield f'<text x="{LABEL - 10}" y="{top + 15}" text-anchor="end">{_safe(_short(said))}</text>'
    for span, kind, step in _stretches(bar):
        y, height, opacity = (top + 2, 17, 1) if step else (top + 5, 11, 0.35)
        yield _box(span, y, height, COLOURS[kind], opacity, (low, high))
    yield "</g>"


def _stretches(bar: Bar) -> Iterator[tuple[tuple[Decimal | None, Decimal | None], Kind, bool]]:
    """Take a bar apart: to the ends of the levels, and on top of that to one level down and up."""
    now = bar.now
    worst, best = bar.at_worst, bar.at_best
    if now is None:
        yield (worst.candidacy, best.candidacy), "open", False
        return
    yield (worst.candidacy, now), "down", False
    yield ((bar.down or worst).candidacy, now), "down", True
    yield (now, best.candidacy), "up", False
    yield (now, (bar.up or best).candidacy), "up", True


def _box(
    span: tuple[Decimal | None, Decimal | None],
    y: int,
    height: int,
    colour: str,
    opacity: float,
    scale: tuple[Decimal, Decimal],
) -> str:
    start, end = (_across(value, *scale) for value in span)
    return (
        f'<rect x="{start}" y="{y}" width="{round(max(end - start, 0), 1)}" height="{height}" '
        f'fill="{colour}" fill-opacity="{opacity}"/>'
    )


def _line(found: Sensitivity, low: Decimal, high: Decimal, bottom: int) -> Iterator[str]:
    value = found.assessment.scorecard.candidacy.value
    if value is None:
        return
    x = _across(value, low, high)
    yield f'<path d="M{x} {TOP - 8}V{bottom}" stroke="{INK}" stroke-dasharray="4 4"/>'
    yield f'<text x="{x}" y="{NOW_AT}" text-anchor="middle">now {wording.points(value)}</text>'
