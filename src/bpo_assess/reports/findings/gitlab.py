"""What a check found as a code quality report of GitLab: what is open, each with a fingerprint of its own."""

import hashlib
from collections.abc import Iterator

from bpo_assess.diagnostics import Severity
from bpo_assess.gate.finding import CheckedFile, Finding, Status
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.interchange import (
    Object,
    details,
    filled,
    path_of,
    place_in,
    sentence,
    title_of,
)

SEVERITIES = {Severity.NOTE: "info", Severity.WARNING: "minor", Severity.ERROR: "major"}
UNUSABLE = "critical"


def render(run: Run, _: Style) -> Iterator[str]:
    """Render what is open as an array; what a team lives with is left out, because none can be marked."""
    return filled([], _issues(run))


def _issues(run: Run) -> Iterator[Object]:
    named: set[str] = set()
    for file in run.files:
        yield from _issues_of(file, named)
        named.update(finding.process for finding in file.findings)


def _issues_of(file: CheckedFile, named: set[str]) -> Iterator[Object]:
    seen: set[str] = set()
    for finding in file.findings:
        if finding.status is Status.OPEN:
            fingerprint = _fingerprint(file, finding, named, seen)
            seen.add(fingerprint)
            yield _issue(file, finding, fingerprint)


def _fingerprint(file: CheckedFile, finding: Finding, named: set[str], seen: set[str]) -> str:
    """Take the fingerprint of a finding; where another file has the same process, mix in the file.

    Of two issues with one fingerprint, GitLab shows one.
    """
    found = finding.fingerprint
    if finding.process in named:
        found = _mixed(found, path_of(file))
    while found in seen:
        found = _mixed(found, "again")
    return found


def _mixed(fingerprint: str, other: str) -> str:
    return hashlib.sha256(f"{fingerprint}\0{other}".encode()).hexdigest()[:32]


def _issue(file: CheckedFile, finding: Finding, fingerprint: str) -> Object:
    problem = finding.diagnostic
    line = place_in(file, problem).line
    return {
        "description": " ".join(
            [sentence(title_of(file, finding)), *map(sentence, details(finding))]
        ),
        "check_name": problem.code,
        "fingerprint": fingerprint,
        "severity": _severity(file, problem.severity),
        "location": {"path": path_of(file), "lines": {"begin": line, "end": line}},
    }


def _severity(file: CheckedFile, severity: Severity) -> str:
    if severity is Severity.ERROR and not file.usable:
        return UNUSABLE
    return SEVERITIES[severity]
