"""From an assessment to a page: one file per format, the wording shared, and a table of the formats."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

from bpo_assess.assessment.result import Assessment

if TYPE_CHECKING:
    from bpo_assess.analysis.plan.result import Planning
    from bpo_assess.analysis.sensitivity import Sensitivity
    from bpo_assess.reports.analysis.scored import ExtraObjects
    from bpo_assess.reports.blocks import Extras

Color = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Analyses:
    """What was looked at beyond an assessment, where somebody asked."""

    sensitivity: "Sensitivity | None" = None
    """How sure the verdict is."""
    plan: "Planning | None" = None
    """The least work that reaches a better verdict."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a report is laid out for: the stream, its width, its colours, and what it tells beyond."""

    stream: TextIO
    width: int | None = None
    """Columns; None takes the terminal's, or 80 in a pipe."""
    color: Color = "auto"
    analyses: Sequence[Analyses] = ()
    """What was looked at, in the order of the assessments; nothing where nobody asked."""

    def extras(self) -> "list[Extras]":
        """Write what was looked at as chapters."""
        if not self.analyses:
            return []
        from bpo_assess.reports.analysis.chapter import extras

        return [extras(found) for found in self.analyses]

    def objects(self) -> "list[ExtraObjects]":
        """Write what was looked at for machines and templates."""
        if not self.analyses:
            return []
        from bpo_assess.reports.analysis.scored import extra_objects

        return [extra_objects(found) for found in self.analyses]


Render = Callable[[Sequence[Assessment], Page], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of reports: its name, the file suffixes it is known by, and its renderer."""

    name: str
    suffixes: tuple[str, ...]
    render: Render


def _terminal(assessments: Sequence[Assessment], page: Page) -> str:
    from bpo_assess.reports.terminal import make_console, render

    console = make_console(page.stream, page.width, page.color)
    with console.capture() as captured:
        render(assessments, console, page.extras())
    lines = captured.get().removesuffix("\n").split("\n")
    return "".join(f"{line.rstrip(' ')}\n" for line in lines)


def _markdown(assessments: Sequence[Assessment], page: Page) -> str:
    from bpo_assess.reports.markdown import render

    return render(assessments, page.extras())


def _json(assessments: Sequence[Assessment], page: Page) -> str:
    from bpo_assess.reports.json import render

    return render(assessments, page.objects())


def _html(assessments: Sequence[Assessment], page: Page) -> str:
    from bpo_assess.reports.html import render

    return render(assessments, page.extras())


FORMATS: Mapping[str, Format] = {
    entry.name: entry
    for entry in (
        Format("terminal", (".txt",), _terminal),
        Format("markdown", (".md", ".markdown"), _markdown),
        Format("json", (".json",), _json),
        Format("html", (".html", ".htm"), _html),
    )
}
"""Every format by its name."""


def format_of(file_name: str) -> Format | None:
    """Find the format that a file's suffix stands for."""
    lowered = file_name.lower()
    return next((entry for entry in FORMATS.values() if lowered.endswith(entry.suffixes)), None)
