"""What the formats for machines share: documents written piece by piece, places, and words."""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bpo_assess.diagnostics import Diagnostic, Span
from bpo_assess.documents.text import visible
from bpo_assess.gate.finding import Acceptance, CheckedFile, Finding
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings.contract import CountsObject

# Documents


def filled(frame: object, entries: Iterable[object]) -> Iterator[str]:
    """Write a document piece by piece: its last list, empty in the frame, gets an entry a line."""
    head, _, tail = _safe(json.dumps(frame, ensure_ascii=False, indent=2)).rpartition("[]")
    last = head.rpartition("\n")[2]
    margin = "\n" + " " * (len(last) - len(last.lstrip()))
    yield f"{head}["
    between = ""
    for entry in entries:
        yield f"{between}{margin}  {_line(entry)}"
        between = ","
    yield f"{margin}]{tail}\n" if between else f"]{tail}\n"


def _line(value: object) -> str:
    # Without an indent, the encoder in C does it.
    return _safe(json.dumps(value, ensure_ascii=False, allow_nan=False))


_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def _safe(text: str) -> str:
    """Escape what acts on a screen or on a pipeline that reads along.

    Half a character, which no file can hold, becomes its name.
    """
    text = text.replace("##", "#\\u0023")
    return text if text.isprintable() else _UNSEEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\\\u{code:04x}" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"  # noqa: PLR2004


# Places


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch within one line; the end is exclusive."""

    line: int
    column: int
    end_column: int


START = Place(1, 1, 2)
"""Stands for a whole file."""


def place_of(span: Span | None, excerpt: Iterable[tuple[int, str]]) -> Place:
    """Take the first line of a stretch: machines show a single line best."""
    if span is None:
        return START
    end = span.end_column
    if span.end_line != span.line:
        end = len(dict(excerpt).get(span.line, "")) + 1
    return Place(span.line, span.column, max(end, span.column + 1))


def place_in(file: CheckedFile, problem: Diagnostic) -> Place:
    """Find the place in a file at which a problem is shown, be its cause in another file."""
    return START if elsewhere(file, problem) else place_of(problem.span, problem.excerpt)


def elsewhere(file: CheckedFile, problem: Diagnostic) -> str | None:
    """Name the other file, such as a questionnaire, in which the cause of a problem stands."""
    other = problem.file
    if other is None or other in {file.name, file.uri}:
        return None
    return visible(without_folders_of_this_machine(other))


def without_folders_of_this_machine(name: str) -> str:
    """Keep of an absolute path only its end: where it lies differs between machines."""
    return posixpath.basename(_slashed(name)) if _is_absolute(name) else name


def path_below(name: str | None) -> str | None:
    """Take a name for the path of a file in the repository, unless it leads out of it."""
    if name is None or _is_absolute(name):
        return None
    path = posixpath.normpath(_slashed(name))
    return None if path.split("/")[0] == ".." else visible(path)


def _is_absolute(name: str) -> bool:
    return re.match(r"/|[A-Za-z]:/", _slashed(name)) is not None


def _slashed(name: str) -> str:
    return name.replace("\\", "/")


def path_of(file: CheckedFile) -> str:
    """Name a file from the root of its repository; what is none gets a name that can stand for one."""
    if file.uri in _STANDARD_INPUT:
        return "standard-input"
    return visible(file.uri.removeprefix("./")) or "."


_STANDARD_INPUT = frozenset({"-", "<stdin>"})


def address(path: str) -> str:
    """Write a relative path as a URI reference."""
    return quote(visible(path), safe="/")


# Words


def sentence(text: str) -> str:
    """Let a text end like a sentence, on one line."""
    line = one_line(text)
    return line if line.endswith((".", "!", "?")) else f"{line}."


def one_line(text: str) -> str:
    """Write a text on one line, with nothing in it that acts on a screen."""
    return " ".join(visible(text).split())


def cause(file: CheckedFile, problem: Diagnostic) -> str | None:
    """Say in which other file the cause of a problem stands."""
    other = elsewhere(file, problem)
    if other is None:
        return None
    span = problem.span
    return f"in {other}:{span.line}:{span.column}" if span else f"in {other}"


def title_of(file: CheckedFile, finding: Finding) -> str:
    """Say what is wrong, in short."""
    problem = finding.diagnostic
    where = cause(file, problem)
    message = one_line(problem.message)
    return f"{message} ({where})" if where else message


def details(finding: Finding) -> Iterator[str]:
    """Say what else there is to say, line by line."""
    problem = finding.diagnostic
    for word, text in (("Note", problem.note), ("Help", problem.hint)):
        if text:
            yield f"{word}: {one_line(text)}"


def decision(acceptance: Acceptance) -> str:
    """Say who accepted, until when, and why."""
    ticket = f" ({one_line(acceptance.ticket)})" if acceptance.ticket else ""
    return (
        f"accepted by {one_line(acceptance.owner)} until {acceptance.until}: "
        f"{one_line(acceptance.reason)}{ticket}"
    )


KNOWN = "known: it stands in the baseline"


# Numbers


def counts(run: Run) -> CountsObject:
    """Collect what all files together come to."""
    tally = run.tally
    return {
        "files": tally.files,
        "unusable": tally.unusable,
        "unchecked": tally.unchecked,
        "failing": tally.failing,
        "errors": tally.errors,
        "warnings": tally.warnings,
        "notes": tally.notes,
        "accepted": tally.accepted,
        "known": tally.known,
        "answered": tally.answered,
        "applicable": tally.applicable,
        "others": run.others,
        "links": run.links,
        "ignored": run.ignored,
    }


def incomplete(run: Run) -> str | None:
    """Say why the gate could not be told, as far as no finding says so."""
    some = run.tally.unchecked
    if some:
        described = "1 description was" if some == 1 else f"{some} descriptions were"
        return f"{described} not checked, because a file that is needed cannot be used"
    return None if run.tally.files else "no process description was found"


Object = dict[str, Any]
"""An object of a format that others have laid down."""
