"""Findings as annotations of GitHub, by the workflow commands that its runner reads in the log."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bpo_assess.diagnostics import Diagnostic, Severity
from bpo_assess.gate.finding import CheckedFile, Finding
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.wording import closing, open_findings
from bpo_assess.reports.problems import one_line, shown_name

MOST = 10
"""How many annotations of one kind GitHub shows of a step; it drops the others without a word."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

_STANDARD_INPUT = frozenset({"-", "<stdin>"})
"""Names of what is no file, and where nothing can be annotated."""


@dataclass(slots=True)
class _Kind:
    """The first annotations of one severity; those that keep the gate closed come before the others."""

    closing: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def offer(self, file: CheckedFile, finding: Finding, above: str) -> None:
        """Take a finding while there is room."""
        kept = self.closing if file.fails(finding) else self.others
        if len(kept) < MOST:
            kept.append(_annotation(file, finding, above))

    def first(self, most: int) -> list[str]:
        """Give the annotations that will be seen."""
        return [*self.closing, *self.others][:most]


def render(run: Run, _: Style) -> Iterator[str]:
    """Annotate what is open, the gravest first and not more than will be seen, and count in words."""
    kinds = {severity: _Kind() for severity in _COMMANDS}
    total = 0
    for file in run.files:
        for finding in open_findings(file):
            kinds[finding.diagnostic.severity].offer(file, finding, run.above)
            total += 1
    shown = [line for kind in kinds.values() for line in kind.first(MOST)]
    if len(shown) < total:  # what says so is a notice itself
        room = {Severity.NOTE: MOST - 1}
        shown = [line for key, kind in kinds.items() for line in kind.first(room.get(key, MOST))]
        shown.append(f"::notice::{total - len(shown):,} more in the report\n")
    yield from shown
    for line in closing(run):
        yield f"{line}\n"


def _annotation(file: CheckedFile, finding: Finding, above: str) -> str:
    problem = finding.diagnostic
    is_file = file.name not in _STANDARD_INPUT
    name = above + file.uri if is_file else file.name
    given = {"title": f"bpo-assess ({problem.code})"}
    if is_file:
        given["file"] = one_line(name)
    if problem.file in {None, file.name}:
        given |= _region(problem) if is_file else {}
        problem = replace(problem, file=name)
    parameters = ",".join(f"{key}={_parameter(value)}" for key, value in given.items())
    message = "%0A".join(map(_data, _message(problem)))
    return f"::{_COMMANDS[problem.severity]} {parameters}::{message}\n"


def _region(problem: Diagnostic) -> dict[str, str]:
    """Say which lines are meant, and which columns where it is one line; else GitHub misplaces them."""
    span = problem.span
    if span is None:
        return {}
    if span.line != span.end_line:
        return {"line": str(span.line), "endLine": str(span.end_line)}
    return {
        "line": str(span.line),
        "col": str(span.column),
        "endLine": str(span.end_line),
        "endColumn": str(span.end_column),
    }


def _message(problem: Diagnostic) -> Iterator[str]:
    """Say in the log as well where it is, as an annotation is not all that is read."""
    span = problem.span
    at = f":{span.line}:{span.column}" if span else ""
    yield f"{shown_name(str(problem.file))}{at}: {problem.code} {one_line(problem.message)}"
    for word, text in (("note", problem.note), ("help", problem.hint)):
        if text:
            yield f"  {word}: {one_line(text)}"


def _data(text: str) -> str:
    """Write a message so that nothing in it ends the command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _parameter(text: str) -> str:
    """Write the value of a parameter so that nothing in it ends the value."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
