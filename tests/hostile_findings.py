"""Findings in which every text tries to become something else, and random ones."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from bpo_assess.diagnostics import Diagnostic, Severity, Span
from bpo_assess.gate.finding import Acceptance, CheckedFile, Finding, Standing, Status
from checked import checked
from hostile import TEXT

SPOILT = (
    f"{TEXT}\n::error file=x::no\r\n##[add-mask]x ##vso[task.complete]x %0A::warning::x \x85\u2028\x9b31m"
    " `a|b\\|c` \\| \\\\| @team/all me@x.example www.x.example http://x.example GH-12 org/repo#12 :tada: $x$"
)


def hostile_file(text: str = SPOILT, **given: object) -> CheckedFile:
    """Make a file with an open finding that fails, one that does not, and an accepted one."""
    problem = Diagnostic(
        "BPO501",
        Severity.ERROR,
        text,
        hint=text,
        note=text,
        span=Span(7, 3, 7, 9),
        label=text,
        excerpt=((6, text), (7, text), (8, text)),
    )
    elsewhere = replace(problem, code="BPO412", severity=Severity.WARNING, file=f"{text}.yaml")
    agreed = Acceptance("BPO413", text, text, text, date(2027, 1, 31), text)
    found = (
        Finding(problem, text, text),
        Finding(elsewhere, text, text),
        Finding(problem, text, text, 1, Status.ACCEPTED, agreed),
    )
    standing = Standing(text, False, "61.3", "55.0", "70.1")
    return replace(
        checked(text, process=text, title=text, method=text, standing=standing, findings=found),
        **given,  # type: ignore[arg-type]
    )


texts = st.text(
    st.one_of(st.characters(), st.sampled_from("\n\r\x1b\x85\u2028|`\\:#@<[%&*_~-")), max_size=30
)

_places = st.tuples(st.integers(1, 30), st.integers(1, 30), st.integers(0, 2), st.integers(1, 9))


@st.composite
def problems(draw: st.DrawFn) -> Diagnostic:
    """Draw a problem with or without a place, a note and a hint."""
    place = draw(st.none() | _places)
    span = place and Span(place[0], place[1], place[0] + place[2], place[1] + place[3])
    return Diagnostic(
        draw(st.sampled_from(["BPO103", "BPO412", "BPO501", "BPO999"])),
        draw(st.sampled_from(Severity)),
        draw(texts),
        hint=draw(st.none() | texts),
        note=draw(st.none() | texts),
        file=draw(st.none() | texts),
        span=span,
        excerpt=((span.line, draw(texts)),) if span else (),
    )


@st.composite
def files(draw: st.DrawFn) -> CheckedFile:
    """Draw a checked file with findings of every status."""
    agreed = Acceptance(
        "BPO412", draw(texts), draw(texts), draw(texts), date(2027, 1, 31), draw(st.none() | texts)
    )
    found = [
        Finding(draw(problems()), draw(texts), draw(texts), number, status, agreed)
        for number, status in enumerate(draw(st.lists(st.sampled_from(Status), max_size=25)))
    ]
    return checked(
        draw(texts.filter(bool)),
        process=draw(st.none() | texts),
        title=draw(st.none() | texts),
        usable=draw(st.booleans()),
        describes=draw(st.booleans()),
        answered=draw(st.integers(0, 5)),
        applicable=draw(st.integers(0, 5)),
        standing=draw(st.none() | st.just(Standing("later", True, None, None, None))),
        fail_on=draw(st.sampled_from(Severity)),
        findings=found,
    )
