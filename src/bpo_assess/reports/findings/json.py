"""What a check found as JSON: `bpo-assess/check/v1`, a line for every file."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from bpo_assess import __version__
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.gate.finding import Acceptance, CheckedFile, Finding, Standing
from bpo_assess.gate.outcome import DOES_NOT_HOLD, HOLDS, UNUSABLE
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.contract import (
    AcceptanceObject,
    CheckObject,
    FileObject,
    FoundObject,
    StandingObject,
)
from bpo_assess.reports.findings.interchange import counts, elsewhere, filled

CHECK_FORMAT: Final = "bpo-assess/check/v1"


def render(run: Run, _: Style) -> Iterator[str]:
    """Render a check as one object; its keys keep their order."""
    return filled(_frame(run), map(_file, run.files))


def _frame(run: Run) -> CheckObject:
    return {
        "format": CHECK_FORMAT,
        "tool": {"name": "bpo-assess", "version": __version__},
        "as_of": None if run.as_of is None else run.as_of.isoformat(),
        "gate": _GATE[run.tally.code],
        "exit_code": run.tally.code,
        "accepts": run.accepts,
        "counts": counts(run),
        "files": [],
    }


_GATE: Final[Mapping[int, Literal["open", "closed", "unusable"]]] = {
    HOLDS: "open",
    DOES_NOT_HOLD: "closed",
    UNUSABLE: "unusable",
}


def _file(file: CheckedFile) -> FileObject:
    return {
        "file": file.name,
        "uri": file.uri,
        "describes": file.describes,
        "process": file.process,
        "title": file.title,
        "questionnaire": file.method,
        "usable": file.usable,
        "standing": None if file.standing is None else _standing(file.standing),
        "answered": file.answered,
        "applicable": file.applicable,
        "findings": [_finding(file, finding) for finding in file.findings],
    }


def _standing(standing: Standing) -> StandingObject:
    return {
        "verdict": standing.verdict,
        "firm": standing.firm,
        "candidacy": {
            "value": _number(standing.candidacy),
            "low": _number(standing.low),
            "high": _number(standing.high),
        },
    }


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _finding(file: CheckedFile, finding: Finding) -> FoundObject:
    problem, span = finding.diagnostic, finding.diagnostic.span
    rule = RULES.get(problem.code)
    return {
        "code": problem.code,
        "name": rule.name if rule else None,
        "severity": problem.severity.value,
        "message": problem.message,
        "note": problem.note,
        "hint": problem.hint,
        "status": finding.status.value,
        "fails": file.fails(finding),
        "acceptance": None if finding.acceptance is None else _acceptance(finding.acceptance),
        "process": finding.process,
        "subject": finding.subject,
        "fingerprint": finding.fingerprint,
        "elsewhere": elsewhere(file, problem),
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }


def _acceptance(acceptance: Acceptance) -> AcceptanceObject:
    return {
        "owner": acceptance.owner,
        "reason": acceptance.reason,
        "until": acceptance.until.isoformat(),
        "ticket": acceptance.ticket,
    }
