"""Findings for editors and grep: a line each, and last lines that count."""

from collections.abc import Iterator

from bpo_assess.diagnostics import Diagnostic
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.wording import closing, open_findings, placed
from bpo_assess.reports.problems import colored, one_line, shown_name


def render(run: Run, style: Style) -> Iterator[str]:
    """Write file:line:column, severity, code and message of everything that is open."""
    for file in run.files:
        for finding in open_findings(file):
            yield _line(placed(finding, file.name), style)
    for line in closing(run):
        yield f"{line}\n"


def _line(problem: Diagnostic, style: Style) -> str:
    """Write one finding; of a whole file, it is about the first character."""
    line, column = (problem.span.line, problem.span.column) if problem.span else (1, 1)
    severity = colored(problem.severity, problem.severity, color=style.color)
    place = f"{shown_name(str(problem.file))}:{line}:{column}"
    return f"{place}: {severity} {problem.code} {one_line(problem.message)}\n"
