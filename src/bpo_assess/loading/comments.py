"""Acceptances that stand as comments in a description, on the line that they are about or above it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError
from yaml import ScalarEvent
from yaml._yaml import CParser

from bpo_assess.diagnostics import MOST_PROBLEMS, Diagnostic, Severity, Span
from bpo_assess.documents import Document, visible
from bpo_assess.gate.finding import Acceptance
from bpo_assess.loading.consent import acceptance, unacceptable
from bpo_assess.loading.explain import closest, explain
from bpo_assess.model.acceptance import LEAST_REASON, AcceptanceEntry

MARK = "bpo-assess:"
"""What a comment begins with that is meant for this program."""

_HASH = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
_MEANT = re.compile(rf"#[ \t]*{MARK}[ \t]*(?P<word>accept\b|\w+[ \t]*(?=\[))(?P<rest>[^\r\n]*)")
_RULES = re.compile(r"\s*\[(?P<rules>[^\]]*)\]")
_PAIR = re.compile(r"\s*([a-z]+)=(\"[^\"]*\"|'[^']*'|[^\s\"']+)")
_KEYS = ("until", "owner", "reason", "ticket")
MOST_ACCEPTED = 1_000
"""How many acceptances count in the comments of one file; nobody could read through more."""

_SHOWN = 40
"""How many characters of what is not understood are shown."""


def comments(document: Document, process: str) -> tuple[list[Acceptance], list[Diagnostic]]:
    """Find the acceptances in the comments of a description, and what is wrong with them."""
    found: list[Acceptance] = []
    problems: list[Diagnostic] = []
    if MARK not in document.text:
        return found, problems
    for span, about, match in _meant(_Commented(document.text)):
        excerpt = document.excerpt(span)
        for item in _read(match, process):
            if len(found) == MOST_ACCEPTED:
                problems.append(_too_many(span, excerpt))
                return found, problems
            if isinstance(item, AcceptanceEntry):
                found.append(acceptance(item, span=span, excerpt=excerpt, lines=(about,)))
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
            if len(problems) >= MOST_PROBLEMS:
                return found, problems
    return found, problems


def _too_many(span: Span, excerpt: tuple[tuple[int, str], ...]) -> Diagnostic:
    return Diagnostic(
        "BPO513",
        Severity.ERROR,
        f"only the first {MOST_ACCEPTED:,} acceptances in the comments of a file count",
        hint="mend what was found, or split the file",
        span=span,
        excerpt=excerpt,
        subject="comments",
    )


# Where comments are


@dataclass(frozen=True)
class _Commented:
    """A text as lines, and where in it a `#` begins no comment."""

    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Where every line starts."""
        return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", self.text))]

    @cached_property
    def values(self) -> tuple[list[int], list[int]]:
        """Where quoted texts and blocks begin and end; behind the `|` of a block, a comment may stand."""
        begins, ends = [], []
        parser = CParser(self.text)
        while (event := parser.get_event()) is not None:
            if type(event) is ScalarEvent and event.style:
                begin, end = _index(event.start_mark), _index(event.end_mark)
                if event.style in "|>":
                    line = bisect_right(self.starts, begin)
                    begin = self.starts[line] if line < len(self.starts) else end
                begins.append(begin)
                ends.append(end)
        parser.dispose()
        return begins, ends

    def is_comment(self, offset: int) -> bool:
        """Tell whether the `#` at an offset stands between values."""
        begins, ends = self.values
        before = bisect_right(begins, offset) - 1
        return before < 0 or offset >= ends[before]

    def comment(self, number: int) -> int | None:
        """Find where the comment of a line begins, the lines counted from 0."""
        start, end = self.starts[number], self._end(number)
        hashes = (match.start() for match in _HASH.finditer(self.text, start, end))
        return next(filter(self.is_comment, hashes), None)

    def is_only_comment(self, number: int) -> bool:
        """Tell whether nothing but a comment stands on a line."""
        return self.text[self.starts[number] : self._end(number)].lstrip().startswith("#")

    @cached_property
    def below(self) -> list[int]:
        """For every line, the first below it that is no comment."""
        found = [len(self.starts)] * len(self.starts)
        for number in range(len(self.starts) - 2, -1, -1):
            alone = self.is_only_comment(number + 1)
            found[number] = found[number + 1] if alone else number + 1
        return found

    def _end(self, number: int) -> int:
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)


def _index(mark: Any) -> int:
    return int(mark.index)


def _meant(commented: _Commented) -> Iterator[tuple[Span, int, re.Match[str]]]:
    """Yield the comments that are meant for this program: their place, and the line that they are about."""
    done = -1
    for mark in re.finditer(MARK, commented.text):
        number = bisect_right(commented.starts, mark.start()) - 1
        if number == done:
            continue
        done = number
        offset = commented.comment(number)
        match = _MEANT.match(commented.text, offset) if offset is not None else None
        if match is None:
            continue
        column = match.start() - commented.starts[number] + 1
        width = len(match[0].rstrip())
        alone = commented.is_only_comment(number)
        about = commented.below[number] if alone else number
        yield Span(number + 1, column, number + 1, column + width), about + 1, match


# What they say


def _read(match: re.Match[str], process: str) -> Iterator[AcceptanceEntry | str]:
    """Read what a comment says: an entry for each rule, or what is wrong."""
    word, rest = match["word"].strip(), match["rest"]
    if word != "accept":
        yield f"`{visible(word[:_SHOWN])}` is not understood, only `accept`"
        return
    rules = _RULES.match(rest)
    codes = [code.strip() for code in rules["rules"].split(",") if code.strip()] if rules else []
    if rules is None or not codes:
        yield "no rule is named"
        return
    given = _given(rest, rules.end())
    if isinstance(given, str):
        yield given
        return
    for code in dict.fromkeys(codes):
        yield _entry({"rule": visible(code[:_SHOWN]), "subject": process, **given})


def _given(rest: str, place: int) -> dict[str, str] | str:
    """Read the pairs of key and value, or say what is wrong with them."""
    given: dict[str, str] = {}
    while pair := _PAIR.match(rest, place):
        key, value = pair[1], pair[2]
        if key not in _KEYS:
            near = closest(key[:_SHOWN], _KEYS)
            known = f"did you mean `{near}`?" if near else f"known are {', '.join(_KEYS)}"
            return f"there is no `{key[:_SHOWN]}`, {known}"
        if key in given:
            return f"`{key}` is given twice"
        given[key] = visible(value[1:-1] if value[0] in "\"'" else value)
        place = pair.end()
    left = rest[place:].strip()
    return f"`{visible(left[:_SHOWN])}` is not understood" if left else given


def _entry(data: dict[str, str]) -> AcceptanceEntry | str:
    if 0 < len(data.get("reason", "").strip()) < LEAST_REASON:
        return f"the reason has less than {LEAST_REASON} characters"
    try:
        entry = AcceptanceEntry.model_validate(data)
    except ValidationError as error:
        place = Document("", "", "", data, 1)
        return explain(error, AcceptanceEntry, place)[0].message
    problem = next(unacceptable(entry.rule), None)
    return f"{problem.message}{_hint(problem)}" if problem else entry


def _hint(problem: Diagnostic) -> str:
    return f"; {problem.hint}" if problem.hint else ""
