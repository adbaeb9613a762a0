"""What a check found as JUnit XML: a suite for every file, red where the gate is closed and nowhere else."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.gate.finding import CheckedFile, Finding, Status
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.interchange import (
    KNOWN,
    decision,
    details,
    incomplete,
    path_of,
    place_in,
    title_of,
)

Outcome = Literal["passed", "failure", "error", "skipped"]


@dataclass(frozen=True, slots=True)
class _Case:
    name: str
    outcome: Outcome = "passed"
    kind: str = ""
    message: str = ""
    body: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class _Suite:
    name: str
    cases: tuple[_Case, ...]
    is_file: bool = True


def render(run: Run, _: Style) -> Iterator[str]:
    """Render a check; the totals come first, so all files are gone through twice."""
    totals: Counter[Outcome] = Counter()
    for suite in _suites(run):
        totals.update(case.outcome for case in suite.cases)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{_attributes(name='bpo-assess', **_totals(totals))}>\n"
    for suite in _suites(run):
        yield "".join(_written(suite))
    yield "</testsuites>\n"


# Which cases there are


def _suites(run: Run) -> Iterator[_Suite]:
    for file in run.files:
        yield _Suite(path_of(file), tuple(_cases(file)))
    missing = incomplete(run)
    if missing:
        case = _Case("everything checked", "error", "unusable", missing, missing)
        yield _Suite("bpo-assess", (case,), is_file=False)


_NOTHING = _Case("nothing found")
"""Some readers take a suite without cases for a broken one."""


def _cases(file: CheckedFile) -> Iterator[_Case]:
    cases = [*_found(file), *_met(file)]
    if not file.usable and not any(case.outcome == "error" for case in cases):
        message = "the file cannot be used"
        cases.append(_Case("usable", "error", "unusable", message, f"{path_of(file)}: {message}"))
    yield from cases or [_NOTHING]


def _found(file: CheckedFile) -> Iterator[_Case]:
    names: Counter[str] = Counter()
    for finding in file.findings:
        name = _name(finding)
        names[name] += 1
        yield _case(file, finding, f"{name} ({names[name]})" if names[name] > 1 else name)


def _met(file: CheckedFile) -> Iterator[_Case]:
    """Let every demand that is met be a case of its own: somebody wants to see that it was looked at."""
    broken = {finding.diagnostic.code for finding in file.findings}
    return (_Case(_rule_name(code)) for code in file.demanded if code not in broken)


def _name(finding: Finding) -> str:
    name = _rule_name(finding.diagnostic.code)
    return f"{name}: {finding.subject}" if finding.subject else name


def _rule_name(code: str) -> str:
    rule = RULES.get(code)
    return f"{code} {rule.name}" if rule else code


def _case(file: CheckedFile, finding: Finding, name: str) -> _Case:
    problem, line = finding.diagnostic, place_in(file, finding.diagnostic).line
    title = title_of(file, finding)
    match _outcome(file, finding):
        case "skipped":
            return _Case(name, "skipped", message=_agreement(finding), line=line)
        case outcome:
            place = f"{path_of(file)}:{line}:{place_in(file, problem).column}"
            said = f"{place}: {problem.severity}[{problem.code}] {title}"
            body = "\n".join([said, *details(finding)])
            return _Case(name, outcome, problem.severity.value, title, body, line)


def _outcome(file: CheckedFile, finding: Finding) -> Outcome:
    if finding.status is not Status.OPEN:
        return "skipped"
    if not file.usable:
        return "error" if finding.diagnostic.severity is Severity.ERROR else "passed"
    return "failure" if file.fails(finding) else "passed"


def _agreement(finding: Finding) -> str:
    return decision(finding.acceptance) if finding.acceptance else KNOWN


# How they are written


def _written(suite: _Suite) -> Iterator[str]:
    totals = _totals(Counter(case.outcome for case in suite.cases))
    yield f"  <testsuite{_attributes(name=suite.name, **totals)}>\n"
    for case in suite.cases:
        yield from _written_case(suite, case)
    yield "  </testsuite>\n"


def _written_case(suite: _Suite, case: _Case) -> Iterator[str]:
    head = _attributes(
        name=case.name,
        classname=suite.name,
        file=suite.name if suite.is_file else None,
        line=case.line,
        time="0.000",
    )
    inner = _inner(case)
    if inner:
        yield f"    <testcase{head}>\n      {inner}\n    </testcase>\n"
    else:
        yield f"    <testcase{head}/>\n"


def _inner(case: _Case) -> str:
    match case.outcome:
        case "passed":
            # What is found and keeps nothing closed must not turn a pipeline red.
            return f"<system-out>{_text(case.body)}</system-out>" if case.body else ""
        case "skipped":
            return f"<skipped{_attributes(message=case.message)}/>"
        case "failure" | "error":
            head = _attributes(type=case.kind, message=case.message)
            return f"<{case.outcome}{head}>{_text(case.body)}</{case.outcome}>"


def _totals(outcomes: Counter[Outcome]) -> dict[str, str | int]:
    return {
        "tests": outcomes.total(),
        "failures": outcomes["failure"],
        "errors": outcomes["error"],
        "skipped": outcomes["skipped"],
        "time": "0.000",  # the same findings are the same bytes
    }


def _attributes(**given: str | int | None) -> str:
    return "".join(
        f" {name}={_harmless(quoteattr(_legal(str(value)), _SPACES))}"
        for name, value in given.items()
        if value is not None
    )


_SPACES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
"""Readers take these for spaces where they stand as they are in an attribute."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(text: str) -> str:
    return _harmless(escape(_legal(text)))


def _harmless(text: str) -> str:
    """Let nothing look like a command to a pipeline that reads along."""
    return text.replace("##", "#&#35;")


def _legal(text: str) -> str:
    """Leave out what XML cannot hold."""
    return _ILLEGAL.sub("", text)
