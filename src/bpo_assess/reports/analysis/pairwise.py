"""Weights that were agreed by comparison, as a page: the questions that a round of judges asks, answered."""

import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction

from bpo_assess.analysis.compared import Pair, Voice
from bpo_assess.analysis.pairwise import (
    ACCEPTED,
    METHODS,
    SCALE,
    Consistency,
    Disagreement,
    Mending,
    Opinion,
    Shares,
    Weighed,
    Weighing,
    distance,
)
from bpo_assess.assessment.rounding import half_up, plain
from bpo_assess.reports import wording
from bpo_assess.reports.blocks import Bullets, Column, Heading, Paragraph, Table, bullets
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

WIDTH = 80
NARROWEST_NAME = 16
"""How many columns the names of parts have at least."""

MOST_CLASHES = 5
SMALL = Fraction(1, 10)
"""Below this, a judgement is clearer as a quotient."""

METHOD_NAMES = {"eigenvector": "eigenvector", "geometric": "geometric mean"}

HOW = (
    "A judgement says how many times one part counts another, on the scale from 1/9 to 9 (Saaty 1980).",
    "Eigenvector: the principal eigenvector of the judgements (Saaty 1977); a judgement that is missing is "
    "taken to agree with the weights that come out (Harker 1987).",
    "Geometric mean: the weights whose quotients are nearest to the judgements by squares of logarithms; "
    "where none is missing, the geometric means of the rows (Crawford and Williams 1985).",
    "The consistency ratio compares the judgements with random ones (random indices of Saaty 1980: 0.58 for "
    "three parts, 0.90 for four, up to 1.59 for fifteen; where judgements are missing, reduced as Agoston "
    "and Csato 2022 propose). That 0.10 passes is a convention, no law.",
    "The geometric consistency index (GCI) does the same for the geometric mean; its limits, 0.31 for three "
    "parts, 0.35 for four and 0.37 for more, stand for a ratio of 0.10 (Aguaron and Moreno-Jimenez 2003).",
    "Several judges are joined by the weighted geometric mean of their judgements or, where that is chosen, "
    "of their weights (Forman and Peniwati 1998). A pair that a judge left out and another did not counts as "
    "what the other judgements of that judge make of it.",
)

_TIED = "\u00a0%"
"""A percent sign that stays on the line of its figure."""

NEXT = (
    "With -o agreed.yaml, the same command writes a questionnaire with the agreed weights. bpo-assess "
    "questionnaire check agreed.yaml looks at it, and bpo-assess score FILE -q agreed.yaml judges by it."
)

Lines = Iterator[str]
Piece = Heading | Paragraph | Bullets | Table
"""What this page is made of."""


# Figures


def share_text(share: Fraction) -> str:
    """Write a weight as a percentage with one decimal place."""
    return f"{half_up(100 * share, 1):.1f} %"


def ratio_text(ratio: Fraction) -> str:
    """Write a judgement as people state it: 3, 1/3, else with two decimal places."""
    if ratio in SCALE:
        return str(ratio)
    return plain(ratio) if ratio >= SMALL else f"1/{plain(1 / ratio)}"


# The content of the page


def content(weighing: Weighing) -> Iterator[Piece]:
    """Say which weights follow, whether the judgements fit, and where the judges differ."""
    for weighed in weighing.groups:
        yield Heading(f"How much should each part of {_line(weighed.group.title)} weigh?")
        yield Paragraph(_headline(weighing, weighed))
        yield _table(weighing, weighed)
        yield Heading("Do the judgements fit together?")
        yield from _fit(weighed)
        if len(weighed.opinions) > 1:
            yield Heading("Where do the judges disagree?")
            yield from _differences(weighing, weighed)
    yield Heading("And now?")
    yield Paragraph(NEXT)
    yield Heading("How was this worked out?")
    yield bullets([*HOW, _precision(weighing)])


def _precision(weighing: Weighing) -> str:
    within = plain(100 * weighing.within)
    return f"Weights that are written down are rounded so that each quotient of two holds within {within} %."


def _line(text: str) -> str:
    return " ".join(text.split())


def _judges(number: int) -> str:
    return "By the judgements" if number == 1 else f"By the judgements of {number} judges"


def _headline(weighing: Weighing, weighed: Weighed) -> str:
    shares = weighing.shares(weighed)
    titles = [_line(part.title) for part in weighed.group.parts]
    order = sorted(range(len(shares)), key=lambda k: (-half_up(shares[k], 6), k))
    most, least = order[0], order[-1]
    by = _judges(len(weighed.opinions))
    if half_up(shares[most], 6) == half_up(shares[least], 6):
        return f"{by}, all parts weigh the same."
    return (
        f"{by}, {titles[most]} weighs most ({share_text(shares[most])}) and {titles[least]} least "
        f"({share_text(shares[least])})."
    )


def _table(weighing: Weighing, weighed: Weighed) -> Table:
    other = next(method for method in METHODS if method != weighing.method)
    columns = [
        ("now", weighed.group.stated),
        ("agreed", weighing.shares(weighed)),
        (f"by {METHOD_NAMES[other]}", weighed.shares(other, weighing.joining)),
    ]
    if len(weighed.opinions) > 1 and weighing.joining == "judgements":
        columns.append(("mean of weights", weighed.shares(weighing.method, "priorities")))
    elif len(weighed.opinions) > 1:
        columns.append(("mean of judgements", weighed.shares(weighing.method, "judgements")))
    return Table(
        f"Weights of {_line(weighed.group.title)}",
        (Column("part"), *(Column(name, right=True) for name, _ in columns)),
        tuple(
            (_line(part.title), *(share_text(shares[place]) for _, shares in columns))
            for place, part in enumerate(weighed.group.parts)
        ),
    )


# Whether judgements fit


def _fit(weighed: Weighed) -> Iterator[Piece]:
    several = len(weighed.opinions) > 1
    if not several:
        yield Paragraph(_consistency(weighed.opinions[0].solution.consistency))
    else:
        yield Paragraph(_fit_of_all(weighed.opinions))
        said = [(_name(entry.voice), entry.solution.consistency) for entry in weighed.opinions]
        said.append(("All together", weighed.joint.consistency))
        yield bullets([f"{name}: {_lower(_consistency(found))}" for name, found in said])
    worth = [
        _mending(weighed, opinion, mending, name=several)
        for opinion in weighed.opinions
        for mending in _worth_a_look(opinion)
    ]
    if worth:
        yield Paragraph("Worth another look, the judgement that mends most first:")
        yield bullets(worth)


def _fit_of_all(opinions: Sequence[Opinion]) -> str:
    failing = sum(not entry.solution.consistency.passes for entry in opinions)
    if not failing:
        return "Yes, as far as they can be checked."
    whose = "one judge contradict" if failing == 1 else f"{failing} judges contradict"
    return f"Not yet: the judgements of {whose} one another more than convention accepts."


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _worth_a_look(opinion: Opinion) -> Sequence[Mending]:
    """Show what would mend judgements that do not pass; of others there is nothing to mend."""
    return () if opinion.solution.consistency.passes else opinion.mendings


def _consistency(found: Consistency) -> str:
    judged = f"{found.compared} of {found.possible} pairs judged"
    if found.ratio is None and found.possible == 1:
        return "Yes, a single judgement has nothing to contradict."
    if found.ratio is None:
        return (
            f"Nobody can tell: {judged}, just enough to link all parts, and none to check them by."
        )
    verdict = "Yes" if found.passes else "Not yet"
    against = "within" if found.passes else "above"
    index = ""
    if found.geometric_index is not None and found.geometric_limit is not None:
        limit = f"{half_up(found.geometric_limit, 2):.2f}"
        index = f"; GCI {half_up(found.geometric_index, 3):.3f} (limit {limit})"
    return (
        f"{verdict}, the consistency ratio is {found.ratio:.3f}, {against} the {half_up(ACCEPTED, 2):.2f} "
        f"of convention ({judged}; largest eigenvalue {half_up(found.root, 3):.3f}{index})."
    )


def _mending(weighed: Weighed, opinion: Opinion, mending: Mending, *, name: bool) -> str:
    one, other = _pair(weighed, mending.pair)
    whose = f"{_name(opinion.voice)}: " if name else ""
    nearest = ratio_text(mending.nearest)
    exact = ratio_text(mending.agreeing)
    before = opinion.solution.consistency.ratio
    return (
        f"{whose}{one} counts {ratio_text(mending.stated)} times {other}; by the other judgements it would "
        f"count {exact} times. With {nearest}, the ratio falls from {before:.3f} to "
        f"{mending.ratio_then:.3f}."
    )


def _pair(weighed: Weighed, pair: Pair) -> tuple[str, str]:
    first, second = (_line(weighed.group.parts[place].title) for place in pair)
    return first, second


def _name(voice: Voice) -> str:
    if voice.judge is None:
        return "The judge"
    return _line(voice.judge.name or voice.judge.id)


# Where judges differ


def _differences(weighing: Weighing, weighed: Weighed) -> Iterator[Piece]:
    agreed = weighing.shares(weighed)
    clashes = [entry for entry in weighed.disagreements if entry.clashes]
    if clashes:
        pairs = wording.count(len(clashes), "pair")
        yield Paragraph(f"Over {pairs} they do not agree which part counts more:")
    elif weighed.disagreements:
        yield Paragraph(
            "Nowhere do two of them point in opposite directions. They differ most here:"
        )
    else:
        yield Paragraph("Nowhere: all that several of them judged, they judged alike.")
    shown = clashes[:MOST_CLASHES] if clashes else weighed.disagreements[:1]
    if shown:
        rest = len(clashes) - len(shown)
        more = [f"and {rest} more"] if rest > 0 else []
        yield bullets([*(_disagreement(weighed, entry) for entry in shown), *more])
    yield Paragraph(
        "How far each is from what is agreed, in points of 100 that would have to move:"
    )
    yield bullets([_apart(weighing, entry, agreed) for entry in weighed.opinions])


def _disagreement(weighed: Weighed, entry: Disagreement) -> str:
    first, second = _pair(weighed, entry.pair)
    said = wording.listing(f"{ratio_text(ratio)} ({_name(voice)})" for voice, ratio in entry.said)
    return f"{first} counts {said} times {second}."


def _apart(weighing: Weighing, opinion: Opinion, agreed: Shares) -> str:
    moved = half_up(100 * distance(opinion.solution.shares[weighing.method], agreed), 1)
    weight = plain(opinion.voice.weight)
    counted = {"0": ", not counted", "1": ""}.get(weight, f", counts {weight} times")
    return f"{_name(opinion.voice)}: {moved:.1f}{counted}"


# Formats


def title(weighing: Weighing) -> str:
    """Name the page."""
    method = weighing.questionnaire
    return f"Weights by comparison: {_line(method.title)} ({method.id} {method.version})"


def text_page(weighing: Weighing, width: int = WIDTH) -> str:
    """Write the page as plain text."""
    lines = [*_wrapped(title(weighing), width)]
    for block in content(weighing):
        lines += _text(block, width)
    return "\n".join(map(_harmless, lines)).rstrip() + "\n"


def _harmless(line: str) -> str:
    """Let no line begin like a command to a pipeline that reads it."""
    safe = one_line(line) if line else line
    return safe.replace("::", ": :", 1) if safe.lstrip().startswith("::") else safe


def _wrapped(text: str, width: int, first: str = "", indent: str | None = None) -> list[str]:
    further = first if indent is None else indent
    lines = textwrap.wrap(
        text.replace(" %", _TIED),
        width,
        initial_indent=first,
        subsequent_indent=further,
        break_on_hyphens=False,
    )
    return [line.replace(_TIED, " %") for line in lines]


def _text(block: Piece, width: int) -> Lines:
    match block:
        case Heading():
            yield from ("", *_wrapped(block.text, width), "")
        case Paragraph(phrase):
            yield from _wrapped(str(phrase), width, "  ")
        case Bullets():
            for entry in block.entries:
                yield from _wrapped(str(entry.phrase), width, "  - ", "    ")
        case Table():
            yield from _text_table(block, width)


def _text_table(table: Table, width: int) -> Lines:
    """Lay out a table; where the width does not allow it, each row becomes a sentence."""
    rows = [[str(cell) for cell in row] for row in table.rows]
    header = [column.name for column in table.columns]
    widths = [max(len(row[place]) for row in [header, *rows]) for place in range(len(header))]
    left = width - 2 - sum(2 + cells for cells in widths[1:])
    yield ""
    if left < NARROWEST_NAME:
        for name, *figures in rows:
            told = ", ".join(map(" ".join, zip(header[1:], figures, strict=True)))
            yield from _wrapped(f"{name}: {told}", width, "  ", "    ")
        return
    widths[0] = min(widths[0], left)
    for row in [header, *rows]:
        *above, last = textwrap.wrap(row[0], widths[0], break_on_hyphens=False) or [""]
        yield from (f"  {line}" for line in above)
        told = "".join(f"  {row[place]:>{widths[place]}}" for place in range(1, len(row)))
        yield f"  {last:<{widths[0]}}{told}"


def markdown_page(weighing: Weighing) -> str:
    """Write the page as Markdown."""
    lines = [f"# {escape(title(weighing))}", ""]
    for block in content(weighing):
        lines += _markdown(block)
    return "\n".join(lines).rstrip() + "\n"


def _markdown(block: Piece) -> Lines:
    match block:
        case Heading():
            yield from (f"## {escape(block.text)}", "")
        case Paragraph(phrase):
            yield from (escape(str(phrase)), "")
        case Bullets():
            yield from (f"- {escape(str(entry.phrase))}" for entry in block.entries)
            yield ""
        case Table():
            yield f"| {' | '.join(escape(column.name) for column in block.columns)} |"
            marks = (" ---: " if column.right else " --- " for column in block.columns)
            yield f"|{'|'.join(marks)}|"
            for row in block.rows:
                yield f"| {' | '.join(escape(str(cell)) for cell in row)} |"
            yield ""
