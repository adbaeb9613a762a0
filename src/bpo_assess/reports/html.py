"""The assessment as one HTML page that needs nothing else: the client's report, to open, mail and print."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bpo_assess import __version__
from bpo_assess.assessment.result import Assessment
from bpo_assess.reports.blocks import Extras
from bpo_assess.reports.chapters import report

TEMPLATES = Path(__file__).parent / "templates"

SYMBOLS = {"against": "■", "later": "◆", "conditional": "◆", "favour": "●", "undetermined": "○"}
"""What the verdict says about outsourcing, beside the colour, which is never alone."""


def render(assessments: Sequence[Assessment], extras: Sequence[Extras] = ()) -> str:
    """Render one page for one assessment or for several, each with the chapters asked for."""
    page = _environment().get_template("report.html.j2")
    told = zip_longest(assessments, extras)
    text = page.render(reports=[report(entry, "html", asked) for entry, asked in told])
    return "\n".join(line for line in text.split("\n") if line.strip()) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"symbols": SYMBOLS, "version": __version__}
    environment.filters |= {"kind": _kind, "colours": _colours}
    environment.tests["link"] = is_link
    return environment


def _kind(value: object) -> str:
    """Name what a block or a part of a phrase is, for templates to choose by."""
    return type(value).__name__


def is_link(place: str) -> bool:
    """Tell whether a page may link to a place: no scheme but the web's is ever opened."""
    return place.lower().startswith(("https://", "http://")) and len(place.split()) == 1


_LEAST, _MOST = (0xF4, 0xF4, 0xF4), (0xE8, 0x8A, 0x3C)


def _colours(levels: Iterable[str]) -> dict[str, str]:
    """Give levels one hue that grows from light grey: dark text is legible on all, in print as well."""
    names = list(levels)
    last = max(len(names) - 1, 1)
    found = {}
    for place, name in enumerate(names):
        parts = (
            round(low + (high - low) * place / last)
            for low, high in zip(_LEAST, _MOST, strict=True)
        )
        found[name] = "#" + "".join(f"{part:02x}" for part in parts)
    return found
