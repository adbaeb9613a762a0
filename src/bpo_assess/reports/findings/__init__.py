"""What a check found, for people and for the machines of a pipeline: a file per format, and their table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from bpo_assess.gate.run import Run

Accepted = Literal["mark", "omit"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a report of findings is laid out, as far as the formats leave a choice."""

    color: bool = False
    """Whether text has colours."""
    accepted: Accepted = "mark"
    """In SARIF: whether what a team lives with is marked as suppressed, or left out."""


Render = Callable[[Run, Style], Iterator[str]]
"""Yields a report piece by piece, so that thousands of files need not be held in memory."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of findings: its name, the file suffixes it is known by, and its renderer."""

    name: str
    suffixes: tuple[str, ...]
    render: Render


def _of(module: str) -> Render:
    """Make the renderer of a module that is imported when its format is asked for."""

    def render(run: Run, style: Style) -> Iterator[str]:
        found: Render = import_module(f"{__name__}.{module}").render
        return found(run, style)

    return render


FORMATS: Mapping[str, Format] = {
    entry.name: entry
    for entry in (
        Format("text", (".txt",), _of("text")),
        Format("concise", (), _of("concise")),
        Format("json", (".json",), _of("json")),
        Format("github", (), _of("github")),
        Format("sarif", (".sarif", ".sarif.json"), _of("sarif")),
        Format("junit", (".xml",), _of("junit")),
        Format("gitlab", (), _of("gitlab")),
        Format("markdown", (".md", ".markdown"), _of("markdown")),
    )
}
"""Every format by its name."""


def format_of(file_name: str) -> Format | None:
    """Find the format that a file's suffix stands for; the longest suffix counts."""
    lowered = file_name.lower()
    ends = [
        (len(suffix), entry)
        for entry in FORMATS.values()
        for suffix in entry.suffixes
        if lowered.endswith(suffix)
    ]
    return max(ends, key=lambda end: end[0])[1] if ends else None
