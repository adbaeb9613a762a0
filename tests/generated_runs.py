"""Checks of many files, drawn at random and made by hand, for what must hold of every report about them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from bpo_assess.diagnostics import Severity, Span
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.gate.finding import Acceptance, CheckedFile, Finding, Standing, Status, identified
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import FORMATS, Style
from checked import checked, problem, run_of

HOSTILE = (
    "]]> <b>&amp;</b> & \" ' \x00\x07\x1b[31m \x85\x9f \ud83d \udc80 \U0001f600 \u2028\u202e \ufffe \uffff "
    "[click](http://x.example) [here](1) \\](2) {0} %0A ::error::no ###[x] ##vso[task.x]y\r\n\tEnd"
)
"""Everything that could become something else, or that a format cannot hold."""

ACCEPTANCE = Acceptance(
    "BPO412",
    "payroll/*",
    "the pilot comes first",
    "a.smith",
    date(2027, 1, 31),
    ticket="OPS-7",
    file="acceptances.yaml",
    span=Span(4, 5, 4, 11),
)


def accepted(finding: Finding, **changed: Any) -> Finding:
    decided = replace(ACCEPTANCE, rule=finding.diagnostic.code, **changed)
    return replace(finding, status=Status.ACCEPTED, acceptance=decided)


def known(finding: Finding) -> Finding:
    return replace(finding, status=Status.KNOWN)


def finding(code: str = "BPO412", process: str = "payroll", **given: Any) -> Finding:
    return next(iter(identified([problem(code, **given)], process)))


def written(name: str, run: Run, style: Style | None = None) -> str:
    """Render a check, and make sure that the text can be written to a file."""
    text = "".join(FORMATS[name].render(run, style or Style()))
    assert text.encode().decode() == text
    assert not {line for line in text.split("\n") if "##[" in line or "##vso[" in line}
    assert not {line for line in text.split("\n") if line.lstrip().startswith("::")}
    return text


class ReadAgain:
    """Files that can be gone through again, and neither counted nor indexed."""

    def __init__(self, *files: CheckedFile) -> None:
        self.files = files

    def __iter__(self) -> Iterator[CheckedFile]:
        return iter(self.files)


texts = st.one_of(
    st.sampled_from(["step `Enter` lacks instructions", HOSTILE, "", "\x0b"]),
    st.text(st.characters(), max_size=12),  # half characters included
)
_lines = st.integers(1, 9)
spans = st.builds(
    lambda line, column, lines, length: Span(line, column, line + lines, column + length),
    _lines,
    _lines,
    st.integers(0, 2),
    st.integers(0, 4),
)


@st.composite
def findings(draw: st.DrawFn, process: str) -> tuple[Finding, ...]:
    problems = [
        problem(
            draw(st.sampled_from([*RULES, "BPO999"])),
            draw(texts),
            severity=draw(st.sampled_from(Severity)),
            span=draw(st.none() | spans),
            note=draw(st.none() | texts),
            hint=draw(st.none() | texts),
            file=draw(st.sampled_from([None, None, "methods/own.yaml", "/srv/own.yaml", "../o"])),
            subject=draw(st.none() | st.sampled_from(["answers/exit-plan", HOSTILE])),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    inline = st.fixed_dictionaries({"lines": st.just((3,)), "file": st.none()})
    return tuple(
        draw(
            st.sampled_from([found, known(found)])
            | st.builds(lambda changed, found=found: accepted(found, **changed), inline)
            | st.builds(lambda text, found=found: accepted(found, reason=text, owner=text), texts)
        )
        for found in identified(problems, process)
    )


@st.composite
def files(draw: st.DrawFn) -> CheckedFile:
    uri = draw(st.sampled_from(["a.yaml", "b c/d#1%.yaml", "-", "", ".", f"x/{HOSTILE}.yaml"]))
    process = draw(st.none() | st.sampled_from(["payroll", "claims"]) | texts)
    number = st.none() | st.sampled_from(["0.0", "61.5", "100.0"])
    standing = st.builds(Standing, texts, st.booleans(), number, number, number)
    return checked(
        uri,
        process=process,
        title=draw(st.none() | texts),
        describes=draw(st.booleans()),
        usable=draw(st.booleans()),
        standing=draw(st.none() | standing),
        demanded=draw(st.sampled_from([(), ("BPO501", "BPO502")])),
        fail_on=draw(st.sampled_from(Severity)),
        findings=draw(findings(process or uri)),
    )


@st.composite
def runs(draw: st.DrawFn) -> Run:
    drawn = draw(st.lists(files(), max_size=4))
    counted = run_of(*drawn).tally
    counted.unchecked = draw(st.sampled_from([0, 0, 3]))
    return Run(
        ReadAgain(*drawn),
        counted,
        others=draw(st.integers(0, 9)),
        links=draw(st.integers(0, 9)),
        as_of=draw(st.none() | st.just(date(2026, 11, 2))),
    )
