"""Problems as code frames: what is wrong, where it stands, and how to mend it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import combining, east_asian_width

from bpo_assess.diagnostics import MOST_PROBLEMS, Diagnostic, Severity, sort_key
from bpo_assess.documents.text import visible
from bpo_assess.model.questionnaire import Questionnaire

SHOWN_PER_FILE = 20
LINE_LIMIT = 160
"""How many characters of a line are shown."""

_CUT = "..."
_BEFORE, _SEEN = 40, 40
"""Of a line that is cut: how much is shown before a place, and how much of the place there must be."""

_COLORS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.NOTE: "\x1b[1;36m",
}
_NO_COLOR = "\x1b[0m"

_BREAK = re.compile(r"[ \t]*\n\s*")
_COMMAND = re.compile(r"(?<=#)#(?=(?:vso)?\[)")
"""What makes a line a command to a pipeline that reads it, wherever in the line it stands."""


def frames(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Render problems in the order of files and lines, at most 20 a file, then how many more."""
    ordered = sorted(diagnostics, key=sort_key)
    for name in dict.fromkeys(diagnostic.file for diagnostic in ordered):
        of_file = [diagnostic for diagnostic in ordered if diagnostic.file == name]
        for diagnostic in of_file[:SHOWN_PER_FILE]:
            yield frame(diagnostic)
        if len(of_file) > SHOWN_PER_FILE:
            yield f"and {len(of_file) - SHOWN_PER_FILE} more in {shown_name(str(name))}\n"


def frame(diagnostic: Diagnostic, *, aside: str = "", color: bool = False) -> str:
    """Render one problem as a code frame, with a remark beside its place."""
    kind = colored(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity, color=color)
    lines = [f"{kind}: {one_line(diagnostic.message)}"]
    margin = max((len(str(number)) for number, _ in diagnostic.excerpt), default=1)
    if diagnostic.file is not None:
        remark = f"  {colored(f'({aside})', diagnostic.severity, color=color)}" if aside else ""
        lines.append(f"{' ' * margin}--> {place(diagnostic)}{remark}")
    if diagnostic.excerpt and diagnostic.span is not None:
        lines += _excerpt(diagnostic, margin, color=color)
    for word, text in (("note", diagnostic.note), ("help", diagnostic.hint)):
        if text:
            lines.append(f"{' ' * margin} = {word}: {one_line(text)}")
    return "\n".join(lines) + "\n"


def place(diagnostic: Diagnostic) -> str:
    """Write file:line:column, as much of it as is known."""
    span, name = diagnostic.span, shown_name(str(diagnostic.file))
    return f"{name}:{span.line}:{span.column}" if span else name


def colored(text: str, severity: Severity, *, color: bool) -> str:
    """Give a text the colour of a severity, where there are colours; a word says the same without."""
    return f"{_COLORS[severity]}{text}{_NO_COLOR}" if color else text


def one_line(text: str) -> str:
    """Write a text on one line that neither a terminal nor a pipeline takes for a command."""
    if not text.isprintable():
        text = _BREAK.sub(" ", visible(text))
    return _COMMAND.sub(r"\\x23", text) if "##" in text else text


def shown_name(name: str) -> str:
    """Write the name of a file, which may begin a line: pipelines take lines with `::` for commands."""
    shown = one_line(name)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def _excerpt(diagnostic: Diagnostic, margin: int, *, color: bool) -> list[str]:
    span = diagnostic.span
    assert span is not None  # noqa: S101  for the type checker: callers have looked
    blank = f"{' ' * margin} |"
    lines = [blank]
    for number, text in diagnostic.excerpt:
        skipped = _skipped(diagnostic, text) if number == span.line else 0
        lines.append(f"{number:>{margin}} | {one_line(_window(text, skipped))}".rstrip())
        if number == span.line and span.column <= len(text) + 1:
            lines.append(f"{blank} {_caret(diagnostic, text, skipped, color=color)}".rstrip())
    lines.append(blank)
    return lines


def _skipped(diagnostic: Diagnostic, text: str) -> int:
    """Say how much of a long line is left out at its beginning, so that the place can be seen."""
    span = diagnostic.span
    assert span is not None  # noqa: S101  for the type checker: callers have looked
    end = span.end_column if span.end_line == span.line else len(text)
    if min(end, span.column + _SEEN) <= LINE_LIMIT:
        return 0
    return span.column - 1 - _BEFORE


def _window(text: str, skipped: int) -> str:
    shown = text[skipped : skipped + LINE_LIMIT]
    return f"{_CUT if skipped else ''}{shown}{_CUT if len(text) > skipped + LINE_LIMIT else ''}"


def _caret(diagnostic: Diagnostic, text: str, skipped: int, *, color: bool) -> str:
    span = diagnostic.span
    assert span is not None  # noqa: S101  for the type checker: callers have looked
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    under = text[start : min(max(end, start), skipped + LINE_LIMIT)].rstrip()
    before = f"{_CUT if skipped else ''}{text[skipped:start]}"
    if text.isascii() and "\t" not in text:
        indent, width = " " * len(before), len(under)
    else:
        indent = "".join("\t" if char == "\t" else " " * _cells(char) for char in before)
        width = sum(map(_cells, under))
    marks = "^" * max(1, width)
    said = f"{marks} {one_line(diagnostic.label or '')}".rstrip()
    return f"{indent}{colored(said, diagnostic.severity, color=color)}"


def _cells(char: str) -> int:
    """Count the terminal cells that a character takes."""
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1


def closing_line(diagnostics: Sequence[Diagnostic], consequence: str) -> str:
    """Say how many problems there are, in which files, and what follows."""
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    names = list(dict.fromkeys(d.file for d in errors if d.file is not None))
    subject = shown_name(names[0]) if len(names) == 1 else f"{len(names)} files" if names else ""
    count = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
    if any(many >= MOST_PROBLEMS for many in Counter(d.file for d in errors).values()):
        count += " or more"
    return f"{subject}: {count}, {consequence}" if subject else f"{count}, {consequence}"


def sound_line(questionnaire: Questionnaire, doubts: Sequence[Diagnostic]) -> str:
    """Say in one line how a questionnaire stands: its cases, and what is odd about it."""
    errors = sum(doubt.severity is Severity.ERROR for doubt in doubts)
    number = len(questionnaire.cases)
    cases = "no cases" if not number else f"{number} case{'' if number == 1 else 's'}"
    verdict = (
        f"{cases}, {errors} broken expectation{'' if errors == 1 else 's'}" if errors else cases
    )
    odd = len(doubts) - errors
    noticed = f", {odd} doubt{'' if odd == 1 else 's'}" if odd else ""
    return f"{questionnaire.id} {questionnaire.version}: valid, {verdict}{noticed}\n"
