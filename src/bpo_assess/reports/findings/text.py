"""Findings for people: code frames in the order of files, and last lines that count."""

from collections.abc import Iterator
from dataclasses import replace

from bpo_assess.diagnostics import Diagnostic
from bpo_assess.gate.finding import RANK, CheckedFile, Finding
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.wording import closing, open_findings, placed
from bpo_assess.reports.problems import SHOWN_PER_FILE, frame, shown_name

_CLOSING = "keeps the gate closed"


def render(run: Run, style: Style) -> Iterator[str]:
    """Show what is open; what is accepted or was there before is only counted."""
    for file in run.files:
        yield from _of_file(file, style)
    for line in closing(run):
        yield f"{line}\n"


def _of_file(file: CheckedFile, style: Style) -> Iterator[str]:
    found = open_findings(file)
    shown = set(map(id, sorted(found, key=_gravity)[:SHOWN_PER_FILE]))
    above = None
    for finding in found:
        if id(finding) in shown:
            aside = _CLOSING if file.fails(finding) else ""
            problem = _without_what_stands_above(placed(finding, file.name), above)
            above = problem
            yield f"{frame(problem, aside=aside, color=style.color)}\n"
    left_out = [finding for finding in found if id(finding) not in shown]
    if left_out:
        yield f"{_more(file, left_out)}\n\n"


def _without_what_stands_above(problem: Diagnostic, above: Diagnostic | None) -> Diagnostic:
    """Leave the lines out where the frame above has just shown them."""
    same = above is not None and (above.file, above.span) == (problem.file, problem.span)
    return replace(problem, excerpt=()) if same else problem


def _gravity(finding: Finding) -> int:
    """Put what keeps the gate closed first: within a file it is what is gravest."""
    return -RANK[finding.diagnostic.severity]


def _more(file: CheckedFile, left_out: list[Finding]) -> str:
    closed_by = sum(map(file.fails, left_out))
    verb = "keeps" if closed_by == 1 else "keep"
    some = f", {closed_by:,} of which {verb} the gate closed" if closed_by else ""
    return f"and {len(left_out):,} more in {shown_name(file.name)}{some}"
