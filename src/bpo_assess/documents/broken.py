"""YAML that cannot be parsed, in our words, and where the reader should look."""

import re

import yaml

from bpo_assess.diagnostics import Diagnostic, Severity
from bpo_assess.documents.text import SHIFT, Place, visible

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)


def syntax(error: yaml.YAMLError, text: str) -> tuple[Place, Diagnostic]:
    """Say what is wrong with YAML that cannot be parsed, where the reader should look."""
    if conflict := _CONFLICT.search(text):
        hint = "decide which side to keep, and take the lines with <<<<<<<, ======= and >>>>>>> out"
        return _broken("the file holds a merge conflict", conflict.start(), 7, hint)
    if not isinstance(error, yaml.MarkedYAMLError):
        offset = int(getattr(error, "position", 0) or 0)
        return _broken("a control character stands in the text", offset, 1, "delete it")
    problem, context = str(error.problem or ""), str(error.context or "")
    mark = error.problem_mark or error.context_mark
    at = mark.index if mark else 0
    opened = error.context_mark.index if error.context_mark else at
    return _explained(problem, context, at, opened, text)


def _explained(
    problem: str, context: str, at: int, opened: int, text: str
) -> tuple[Place, Diagnostic]:
    line_start = text.rfind("\n", 0, at) + 1
    indent = text[line_start : at + 1]
    if "\t" in indent and not indent.strip():
        return _broken("a tab indents this line", at, 1, "indent with spaces")
    if "mapping values are not allowed" in problem:
        return _misplaced_colon(at, line_start, text)
    if "quoted scalar" in context:
        return _misquoted(at, opened, text)
    if "flow" in context:
        hint = "check the commas, and that each bracket is closed"
        return _broken("a bracket opens here and is not closed as expected", opened, 1, hint)
    if "simple key" in context or "could not find expected ':'" in problem:
        return _broken("this line has no `: ` after its key", opened, _rest(text, opened), _COLON)
    if "cannot start any token" in problem:
        hint = "put the text in quotes"
        return _broken(f"text cannot begin with `{text[at : at + 1]}`", at, 1, hint)
    if text[at : at + 1] == ":":
        return _broken("this line has no key before its colon", at, 1, _COLON)
    if "block mapping" in context or "block collection" in context:
        hint = "entries that belong together begin in the same column"
        return _broken(
            "the indentation of this line fits nothing above it", at, _rest(text, at), hint
        )
    return _broken(f"not valid YAML: {problem or context}", at, 1, None)


_GLUED = re.compile(r"\s*(?:- )?[^\s#'\"]+:[^\s/]")


def _misquoted(at: int, opened: int, text: str) -> tuple[Place, Diagnostic]:
    if text[at : at + 1] == "\\":
        hint = "use single quotes, or write the backslash twice"
        return _broken("a backslash in double quotes begins an escape", at, 2, hint)
    return _broken("a quotation mark is never closed", opened, 1, "close it, or leave it out")


def _misplaced_colon(at: int, line_start: int, text: str) -> tuple[Place, Diagnostic]:
    """Tell a second colon on a line from a wrong indentation and from `key:value` on the line above."""
    if ": " in text[line_start:at]:
        hint = 'put text that holds ": " in quotes'
        return _broken("a second `: ` stands on this line", at, 1, hint)
    above = text[:line_start].rstrip()
    above_start = above.rfind("\n") + 1
    if _GLUED.match(above, above_start) and ": " not in above[above_start:]:
        return _broken("no space follows the colon", above_start, len(above) - above_start, _COLON)
    hint = "entries that belong together begin in the same column"
    message = "this line is indented further than what stands above it allows"
    return _broken(message, line_start, _rest(text, line_start), hint)


_COLON = "write `key: value`, with a space after the colon"


def _rest(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return (len(text) if end < 0 else end) - offset


def _broken(message: str, offset: int, length: int, hint: str | None) -> tuple[Place, Diagnostic]:
    place = offset << SHIFT | max(1, length)
    return place, Diagnostic("BPO103", Severity.ERROR, visible(message), hint=hint)
