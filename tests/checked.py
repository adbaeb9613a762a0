"""Builders of check results, for the tests of what is reported about them."""

from collections.abc import Iterable
from typing import Any

from bpo_assess.diagnostics import Diagnostic, Severity, Span
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.gate.finding import CheckedFile, Finding, identified
from bpo_assess.gate.outcome import Tally
from bpo_assess.gate.run import Run


def problem(
    code: str = "BPO412", message: str = "step `Enter` lacks instructions", **given: Any
) -> Diagnostic:
    """Make a problem with a place and the lines around it."""
    rule = RULES.get(code)
    return Diagnostic(
        code,
        given.pop("severity", rule.severity if rule else Severity.ERROR),
        message,
        path=given.pop("path", ("steps", 0, "name")),
        span=given.pop("span", Span(7, 11, 7, 16)),
        excerpt=given.pop(
            "excerpt", ((6, "steps:"), (7, "  - name: Enter"), (8, "    role: Clerk"))
        ),
        **given,
    )


def checked(
    name: str = "processes/payroll.yaml", *problems: Diagnostic, **given: Any
) -> CheckedFile:
    """Make a checked file with findings."""
    process = given.pop("process", "payroll")
    findings: Iterable[Finding] = given.pop("findings", identified(problems, process or name))
    return CheckedFile(
        name=name,
        uri=given.pop("uri", name),
        process=process,
        title=given.pop("title", "Payroll"),
        method=given.pop("method", "readiness 1.0.0"),
        answered=given.pop("answered", 50),
        applicable=given.pop("applicable", 61),
        findings=tuple(findings),
        **given,
    )


def run_of(*files: CheckedFile, **given: Any) -> Run:
    """Make the outcome of a whole check."""
    counted = Tally()
    for file in files:
        counted.add(file)
    return Run(files=files, tally=counted, **given)
