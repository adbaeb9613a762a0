"""Acceptances that stand as comments in a description, on the line that they are about or above it."""

import re
from collections.abc import Iterator

from pydantic import ValidationError

from bpo_assess.diagnostics import Diagnostic, Severity
from bpo_assess.documents import Document, stretch, visible
from bpo_assess.gate.finding import Acceptance
from bpo_assess.loading.consent import acceptance, unacceptable
from bpo_assess.loading.explain import explain
from bpo_assess.model.acceptance import AcceptanceEntry

_COMMENT = re.compile(
    r"(?:^|(?<=\s))#[ \t]*bpo-assess:[ \t]*accept\b(?P<rest>[^\r\n]*)", re.MULTILINE
)
_RULES = re.compile(r"\s*\[(?P<rules>[^\]]*)\]")
_PAIR = re.compile(r"\s*([a-z]+)=(\"[^\"]*\"|'[^']*'|[^\s\"']+)")


def comments(document: Document, process: str) -> tuple[list[Acceptance], list[Diagnostic]]:
    """Find the acceptances in the comments of a description, and what is wrong with them."""
    found: list[Acceptance] = []
    problems: list[Diagnostic] = []
    if "bpo-assess:" not in document.text:
        return found, problems
    for match in _COMMENT.finditer(document.text):
        if document.is_content(match.start()):
            continue
        span, excerpt = stretch(document.text, match.start(), match.end() - match.start())
        where = {"span": span, "excerpt": excerpt, "lines": _lines_about(document, span.line)}
        for item in _read(match["rest"], process):
            if isinstance(item, AcceptanceEntry):
                found.append(acceptance(item, **where))
                continue
            problem = Diagnostic(
                "BPO513",
                Severity.ERROR,
                f"this comment accepts nothing: {item}",
                hint='write accept[CODE] until=YYYY-MM-DD owner=WHO reason="WHY"',
                span=span,
                excerpt=excerpt,
                subject="comments",
            )
            problems.append(problem)
    return found, problems


def _read(rest: str, process: str) -> Iterator[AcceptanceEntry | str]:
    """Read what stands behind `accept`: an entry for each rule, or what is wrong."""
    rules = _RULES.match(rest)
    codes = [code.strip() for code in rules["rules"].split(",") if code.strip()] if rules else []
    if rules is None or not codes:
        yield "no rule is named"
        return
    given: dict[str, str] = {}
    place = rules.end()
    while pair := _PAIR.match(rest, place):
        given[pair[1]] = visible(pair[2].strip("\"'"))
        place = pair.end()
    if left := rest[place:].strip():
        yield f"`{visible(left[:40])}` is not understood"
        return
    for code in codes:
        yield _entry({"rule": visible(code), "subject": process, **given})


def _entry(data: dict[str, str]) -> AcceptanceEntry | str:
    try:
        entry = AcceptanceEntry.model_validate(data)
    except ValidationError as error:
        place = Document("", "", "", data, 1)
        return explain(error, AcceptanceEntry, place)[0].message
    problem = next(unacceptable(entry.rule), None)
    return problem.message if problem else entry


def _lines_about(document: Document, line: int) -> tuple[int, ...]:
    """List the lines that a comment is about: its own, or the first below that is no comment."""
    lines = re.split(r"\r\n|\n|\r", document.text)
    if not lines[line - 1].lstrip().startswith("#"):
        return (line,)
    below = line
    while below < len(lines) and lines[below].lstrip().startswith("#"):
        below += 1
    return (below + 1,)
