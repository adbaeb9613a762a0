"""Weights that were agreed by comparison, as a page: the questions that a round of judges asks, answered."""

from collections.abc import Iterator

from bpo_assess.analysis.pairwise import METHODS, Weighed, Weighing
from bpo_assess.assessment.rounding import half_up, plain
from bpo_assess.reports.analysis import pages
from bpo_assess.reports.analysis.pairwise.contradictions import warning
from bpo_assess.reports.analysis.pairwise.differences import differences
from bpo_assess.reports.analysis.pairwise.fit import fit
from bpo_assess.reports.analysis.pairwise.names import line, share_text
from bpo_assess.reports.blocks import Column, Heading, Paragraph, Table, bullets
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

WIDTH = 80

METHOD_NAMES = {"eigenvector": "eigenvector", "geometric": "geometric mean"}

HOW = (
    "A judgement says how many times one part counts another, on the scale from 1/9 to 9 (Saaty 1980).",
    "Eigenvector: the principal eigenvector of the judgements (Saaty 1977); a judgement that is missing is "
    "taken to agree with the weights that come out (Harker 1987).",
    "Geometric mean: the weights whose quotients are nearest to the judgements by squares of logarithms; "
    "where none is missing, the geometric means of the rows (Crawford and Williams 1985).",
    "The consistency ratio compares the judgements with random ones (random indices of Saaty 1980: 0.58 for "
    "three parts, 0.90 for four, up to 1.59 for fifteen; where judgements are missing, reduced as Ágoston "
    "and Csató 2022 propose). That 0.10 passes is a convention, no law.",
    "The geometric consistency index (GCI) does the same for the geometric mean; its limits, 0.31 for three "
    "parts, 0.35 for four and 0.37 for more, stand for a ratio of 0.10 (Aguarón and Moreno-Jiménez 2003).",
    "Several judges are joined by the weighted geometric mean of their judgements or, where that is chosen, "
    "of their weights (Forman and Peniwati 1998). A pair that a judge left out and another did not counts as "
    "what the other judgements of that judge make of it.",
)

FIRST = "First talk again about the judgements that contradict each other. Then:"

NEXT = (
    "With -o agreed.yaml, the same command writes a questionnaire with the agreed weights. bpo-assess "
    "questionnaire check agreed.yaml looks at it, and bpo-assess score FILE -q agreed.yaml judges by it."
)


def text_page(weighing: Weighing, width: int = WIDTH) -> str:
    """Write the page as plain text."""
    return pages.text([Heading(title(weighing)), *content(weighing)], width)


def markdown_page(weighing: Weighing) -> str:
    """Write the page as Markdown."""
    named = escape(one_line(title(weighing)))
    return f"# {named}\n\n{pages.markdown(content(weighing)).rstrip()}\n"


def title(weighing: Weighing) -> str:
    """Name the page."""
    method = weighing.questionnaire
    return f"Weights by comparison: {line(method.title)} ({method.id} {method.version})"


def content(weighing: Weighing) -> Iterator[pages.Block]:
    """Say which weights follow, whether the judgements fit, and where the judges differ."""
    for weighed in weighing.groups:
        yield Heading(f"How much should each part of {line(weighed.group.title)} weigh?")
        if weighed.contradicts:
            yield Paragraph(warning(weighed))
        yield Paragraph(_headline(weighing, weighed))
        yield _table(weighing, weighed)
        yield Heading("Do the judgements fit together?")
        yield from fit(weighed)
        if len(weighed.opinions) > 1:
            yield Heading("Where do the judges disagree?")
            yield from differences(weighing, weighed)
    yield Heading("And now?")
    mend = any(weighed.contradicts for weighed in weighing.groups)
    yield Paragraph(f"{FIRST} {NEXT}" if mend else NEXT)
    yield Heading("How was this worked out?")
    yield bullets([*HOW, _precision(weighing)])


def _precision(weighing: Weighing) -> str:
    within = plain(100 * weighing.within)
    return f"Weights that are written down are rounded so that each quotient of two holds within {within} %."


def _judges(number: int) -> str:
    return "By the judgements" if number == 1 else f"By the judgements of {number} judges"


def _headline(weighing: Weighing, weighed: Weighed) -> str:
    shares = weighing.shares(weighed)
    titles = [line(part.title) for part in weighed.group.parts]
    order = sorted(range(len(shares)), key=lambda k: (-half_up(shares[k], 6), k))
    most, least = order[0], order[-1]
    by = _judges(len(weighed.opinions))
    if half_up(shares[most], 6) == half_up(shares[least], 6):
        return f"{by}, all parts weigh the same."
    verb = "would weigh" if weighed.contradicts else "weighs"
    return (
        f"{by}, {titles[most]} {verb} most ({share_text(shares[most])}) and {titles[least]} least "
        f"({share_text(shares[least])})."
    )


def _table(weighing: Weighing, weighed: Weighed) -> Table:
    other = next(method for method in METHODS if method != weighing.method)
    columns = [
        ("Now", weighed.group.stated),
        ("Agreed", weighing.shares(weighed)),
        (f"By {METHOD_NAMES[other]}", weighed.shares(other, weighing.joining)),
    ]
    if len(weighed.opinions) > 1 and weighing.joining == "judgements":
        columns.append(("Mean of weights", weighed.shares(weighing.method, "priorities")))
    elif len(weighed.opinions) > 1:
        columns.append(("Mean of judgements", weighed.shares(weighing.method, "judgements")))
    return Table(
        f"Weights of {line(weighed.group.title)}",
        (Column("Part"), *(Column(name, right=True) for name, _ in columns)),
        tuple(
            (line(part.title), *(share_text(shares[place]) for _, shares in columns))
            for place, part in enumerate(weighed.group.parts)
        ),
    )
