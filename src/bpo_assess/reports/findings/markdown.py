"""Findings as Markdown, for summaries of jobs and comments on pull requests: the gate first, then why."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.gate.finding import CheckedFile, Finding, Standing, Status
from bpo_assess.gate.outcome import HOLDS
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.wording import closing, open_findings, placed
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line, place
from bpo_assess.reports.wording import NOTHING

LARGEST = 1_000_000
"""The most bytes of a report: GitHub drops a summary of more than 1 MiB as a whole."""

PROCESSES, OTHERS, ACCEPTED = 200, 100, 200
"""How many entries are listed; what keeps the gate closed is listed as far as it fits."""

LONGEST, LONGEST_CELL = 1000, 200
"""How many characters of a text are shown in a list, and in a cell of a table."""

_TABLE_SHARE = 4
"""The table of processes takes no more than this part of the room, as the findings matter more."""

_BETWEEN = 2000
"""Bytes that headings, heads of tables, and words about what is left out can take together."""


@dataclass(slots=True)
class _Entries:
    """The first entries of a chapter, as many as could fit; the others are only counted."""

    most: int = LARGEST
    kept: list[str] = field(default_factory=list)
    total: int = 0
    size: int = 0

    def add(self, write: Callable[..., str], *about: object) -> None:
        """Count an entry, and write it while there may be room for it."""
        if len(self.kept) == self.total and self.total < self.most and self.size < LARGEST:
            self.kept.append(write(*about))
            self.size += len(self.kept[-1])
        self.total += 1

    def fitting(self, room: int, most: int = LARGEST) -> list[str]:
        """Give the entries for which there is room, in bytes."""
        fit = []
        for entry in self.kept[:most]:
            room -= _bytes(entry)
            if room < 0:
                break
            fit.append(entry)
        return fit


@dataclass(slots=True)
class _Chapters:
    """What is listed, collected in one go through the files."""

    closed: _Entries = field(default_factory=lambda: _Entries(PROCESSES))
    opened: _Entries = field(default_factory=lambda: _Entries(PROCESSES))
    closing: _Entries = field(default_factory=_Entries)
    others: _Entries = field(default_factory=lambda: _Entries(OTHERS))
    accepted: _Entries = field(default_factory=lambda: _Entries(ACCEPTED))

    def add(self, file: CheckedFile, *, assessed: bool) -> None:
        """List a file and its findings."""
        if file.describes:
            holds = file.usable and not file.failing
            (self.opened if holds else self.closed).add(_process, file, assessed)
        for finding in open_findings(file):
            if file.fails(finding):
                self.closing.add(_in_full, file, finding)
            else:
                self.others.add(_in_short, file, finding)
        for finding in file.findings:
            if finding.status is Status.ACCEPTED:
                self.accepted.add(_acceptance, finding)


def render(run: Run, _: Style) -> Iterator[str]:
    """Say whether the gate is open, list the processes, then findings, those that keep it closed in full."""
    state = "open" if run.tally.code == HOLDS else "closed"
    said = _text(" ".join(closing(run)), LONGEST)
    head = f"## bpo-assess: the gate is {state}\n\n{said}\n"
    yield head
    assessed = any(file.standing for file in run.files)
    chapters = _Chapters()
    for file in run.files:
        chapters.add(file, assessed=assessed)
    room = LARGEST - _BETWEEN - _bytes(head)
    for write in (_processes(assessed=assessed), _closing, _others, _accepted):
        text = write(chapters, room)
        room -= _bytes(text)
        yield text


# Chapters


_Chapter = Callable[[_Chapters, int], str]


def _processes(*, assessed: bool) -> _Chapter:
    columns = ["Process", "File", *(["Verdict", "Candidacy"] if assessed else [])]
    head = _table_head([*columns, "Known"], ["Errors", "Warnings", "Notes"], ["Gate"])

    def chapter(chapters: _Chapters, room: int) -> str:
        closed = chapters.closed.fitting(room // _TABLE_SHARE)
        left = room // _TABLE_SHARE - sum(map(_bytes, closed))
        opened = chapters.opened.fitting(left, PROCESSES - len(closed))
        if len(closed) < chapters.closed.total:
            opened = []
        more = chapters.closed.total + chapters.opened.total - len(closed) - len(opened)
        unseen = chapters.closed.total - len(closed)
        verb = "keeps" if unseen == 1 else "keep"
        aside = f", {unseen:,} of which {verb} the gate closed" if unseen else ""
        return _chapter("Processes", head, [*closed, *opened], more, aside)

    return chapter


def _closing(chapters: _Chapters, room: int) -> str:
    return _listed("What keeps the gate closed", (), chapters.closing, room)


def _others(chapters: _Chapters, room: int) -> str:
    return _listed("Other findings", (), chapters.others, room)


def _accepted(chapters: _Chapters, room: int) -> str:
    head = _table_head(["Rule", "Subject", "What was found", "Owner", "Until", "Reason"])
    return _listed("Accepted", head, chapters.accepted, room)


def _listed(title: str, head: Sequence[str], entries: _Entries, room: int) -> str:
    fit = entries.fitting(room)
    return _chapter(title, head, fit, entries.total - len(fit))


def _chapter(
    title: str, head: Sequence[str], entries: Sequence[str], more: int, aside: str = ""
) -> str:
    """Lay out a chapter; without entries there is none, unless some had no room."""
    if not entries and not more:
        return ""
    lines = ["", f"### {title}", ""]
    if entries:
        lines += [*head, *entries]
    if more:
        lines += [*([""] if entries else []), f"And {more:,} more{aside}."]
    return "\n".join(lines) + "\n"


def _table_head(
    left: Sequence[str], right: Sequence[str] = (), last: Sequence[str] = ()
) -> list[str]:
    rules = [*(["---"] * len(left)), *(["---:"] * len(right)), *(["---"] * len(last))]
    return [_row([*left, *right, *last]), _row(rules)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


# Entries


def _process(file: CheckedFile, assessed: bool) -> str:
    found = [finding.diagnostic.severity for finding in open_findings(file)]
    title = file.title or file.process
    return _row(
        [
            _text(title, LONGEST_CELL) if title else NOTHING,
            _code_cell(file.uri),
            *(_standing(file.standing) if assessed else ()),
            _known(file),
            *(str(found.count(severity)) for severity in _COLUMNS),
            _gate(file),
        ]
    )


_COLUMNS = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def _standing(standing: Standing | None) -> tuple[str, str]:
    if standing is None:
        return NOTHING, NOTHING
    certainty = "firm" if standing.firm else "provisional"
    return f"{_text(standing.verdict, LONGEST_CELL)}, {certainty}", _candidacy(standing)


def _candidacy(standing: Standing) -> str:
    value = standing.candidacy or NOTHING
    if standing.low is None or standing.low == standing.high:
        return value
    return f"{value} ({standing.low} to {standing.high})"


def _known(file: CheckedFile) -> str:
    if not file.applicable:
        return NOTHING
    # No percentage: that of `--min-coverage` goes by weight, and two for one thing would be one too many.
    return f"{file.answered} of {file.applicable}"


def _gate(file: CheckedFile) -> str:
    if not file.usable:
        return "**closed**, could not be used"
    return "**closed**" if file.failing else "open"


def _in_full(file: CheckedFile, finding: Finding) -> str:
    problem = finding.diagnostic
    rule = RULES.get(problem.code)
    named = f" ({rule.name})" if rule else ""
    lines = [
        f"- {_place(file, finding)} {problem.severity} **{_text(problem.code, LONGEST_CELL)}**"
        f"{named}: {_phrase(problem.message)}"
    ]
    for word, text in (("Note", problem.note), ("Help", problem.hint)):
        if text:
            lines.append(f"  - {word}: {_phrase(text)}")
    return "\n".join(map(str.rstrip, lines))


def _in_short(file: CheckedFile, finding: Finding) -> str:
    problem = finding.diagnostic
    code = _text(problem.code, LONGEST_CELL)
    said = f"{problem.severity} {code}: {_phrase(problem.message)}"
    return f"- {_place(file, finding)} {said}".rstrip()


def _place(file: CheckedFile, finding: Finding) -> str:
    return _code(_cut(place(placed(finding, file.uri)), LONGEST))


def _acceptance(finding: Finding) -> str:
    agreed = finding.acceptance
    said = (
        (agreed.owner, str(agreed.until), _reason(agreed.reason, agreed.ticket)) if agreed else ()
    )
    found = finding.diagnostic
    cells = [found.code, finding.name, found.message, *(said or (NOTHING,) * 3)]
    return _row(_text(cell, LONGEST_CELL) for cell in cells)


def _reason(reason: str, ticket: str | None) -> str:
    return f"{_cut(reason, LONGEST_CELL)} ({ticket})" if ticket else reason


# Texts


_ACTIVE = re.compile(
    r"(?<=[@#!~%$&])(?=\w)|(?<=GH-)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=:)(?=[\w+-]+:)",
    re.IGNORECASE,
)
"""Where a text becomes a mention, a reference, a link or an emoji on platforms, although it is escaped."""

_PARTED, _PARTING = "\u200b", "&#8203;"
"""A space without width takes such words apart; it is written so that it can be seen in the source."""


def _text(text: str, most: int) -> str:
    """Write a text, within a table as well, so that nothing in it is markup, and nobody is called."""
    parted = _ACTIVE.sub(_PARTED, _cut(text, most))
    return escape(parted).replace(_PARTED, _PARTING)


def _cut(text: str, most: int) -> str:
    shown = one_line(text)
    return shown if len(shown) <= most else f"{shown[: most - 3]}..."


def _phrase(text: str) -> str:
    """Write a sentence in which names stand in backticks; where they do not come in pairs, as it is."""
    parts = _cut(text, LONGEST).split("`")
    if len(parts) % 2 == 0 or not all(part.strip() for part in parts[1::2]):
        return _text(text, LONGEST)
    return "".join(_code(part) if place % 2 else _within(part) for place, part in enumerate(parts))


def _within(text: str) -> str:
    """Write a part of a sentence, with the spaces at its ends."""
    return _text(f"x{text}x", LONGEST + 2)[1:-1]


def _code(text: str) -> str:
    """Show a text as code, outside of tables, whatever backticks are in it."""
    joined = " ".join(text.split())
    if not joined:
        return NOTHING
    fence = "`" * (max(map(len, re.findall(r"`+", joined)), default=0) + 1)
    pad = " " if "`" in joined else ""
    return f"{fence}{pad}{joined}{pad}{fence}"


def _code_cell(text: str) -> str:
    """Show a text as code in a table; readers do not agree on what a backslash before a bar is there."""
    shown = _cut(text, LONGEST_CELL)
    return _text(shown, LONGEST_CELL) if re.search(r"[|\\]", shown) else _code(shown)


def _bytes(text: str) -> int:
    """Count the bytes of an entry and the end of its line."""
    return len(text.encode()) + 1
