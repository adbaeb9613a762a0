"""A client report by the consultant's own template: Jinja2 in a sandbox, fed with the JSON contract.

`assessment` is the object of `bpo-assess/assessment/v1`, `assessments` the list of all. Text of files becomes
no markup: in HTML templates it is escaped as HTML, in Markdown templates as Markdown. A template reads no
other file, calls nothing of the program, and changes nothing.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bpo_assess import __version__
from bpo_assess.assessment.result import Assessment
from bpo_assess.diagnostics import Diagnostic, InputError, Severity, Span
from bpo_assess.reports.json import scored_objects
from bpo_assess.reports.markdown import escape

if TYPE_CHECKING:
    from bpo_assess.reports.analysis.scored import ExtraObjects

HTML = (".html", ".htm")
MARKDOWN = (".md", ".markdown")
SUFFIXES = (*HTML, *MARKDOWN)

MOST_CHARACTERS = 20_000_000
"""How long a report may grow before the template is taken to be at fault."""

LONGEST_REPEAT = 100_000
"""How often a text may be repeated by `*`, and the largest exponent of `**`."""

_AROUND = 1
"""Lines shown before and after the one at fault."""


def render(
    assessments: Sequence[Assessment],
    name: str,
    text: str,
    extras: Sequence["ExtraObjects"] = (),
) -> str:
    """Fill a template; raise InputError, with the line, where it cannot be filled."""
    environment = _environment(name)
    try:
        template = environment.from_string(text)
        objects = scored_objects(assessments, extras)
        return _filled(template, {"assessment": objects[0], "assessments": objects})
    except TemplateSyntaxError as error:
        raise _broken(name, text, error.message or "it cannot be read", error.lineno) from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise _broken(name, text, _reason(error), _line_of(error)) from None
    except RecursionError as error:
        raise _broken(name, text, "it calls itself without end", _line_of(error)) from None


def _filled(template: Template, variables: dict[str, Any]) -> str:
    parts, length = [], 0
    for part in template.generate(variables):
        parts.append(part)
        length += len(part)
        if length > MOST_CHARACTERS:
            message = f"the report grows beyond {MOST_CHARACTERS:,} characters"
            raise SecurityError(message)
    return "".join(parts).rstrip("\n") + "\n"


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja2, which also keeps a single expression from filling the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse repetitions and powers that nobody needs in a report."""
        numbers = [value for value in (left, right) if isinstance(value, int)]
        repeats = operator == "**" or len(numbers) == 1
        if repeats and any(abs(number) > LONGEST_REPEAT for number in numbers):
            message = f"`{operator}` with a number above {LONGEST_REPEAT:,}"
            raise SecurityError(message)
        return super().call_binop(context, operator, left, right)


def _environment(name: str) -> _Sandbox:
    is_html = _suffix(name) in HTML
    environment = _Sandbox(
        autoescape=is_html,
        finalize=None if is_html else _as_markdown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["version"] = __version__
    return environment


def _suffix(name: str) -> str:
    """Tell what a template makes: `report.md.j2` makes what `report.md` does."""
    return PurePath(re.sub(r"\.(j2|jinja2?)$", "", name.lower())).suffix


def makes_report(name: str) -> bool:
    """Tell whether a name says that the template makes HTML or Markdown."""
    return _suffix(name) in SUFFIXES


def _as_markdown(value: Any) -> Any:
    """Write text so that nothing in it is markup; `safe` lets it pass, nothing known prints nothing."""
    if value is None:
        return ""
    return escape(value) if isinstance(value, str) and not isinstance(value, Markup) else value


# What is wrong with a template


def _broken(name: str, text: str, message: str, line: int | None) -> InputError:
    lines = text.split("\n")
    number = min(max(line or 1, 1), len(lines))
    shown = lines[number - 1]
    start = len(shown) - len(shown.lstrip()) + 1
    around = range(max(number - _AROUND, 1), min(number + _AROUND, len(lines)) + 1)
    return InputError(
        Diagnostic(
            "BPO308",
            Severity.ERROR,
            f"the template cannot be filled: {message}",
            hint="bpo-assess schema assessment lists what a template can use",
            file=name,
            span=Span(number, start, number, len(shown) + 1),
            excerpt=tuple((place, lines[place - 1]) for place in around),
        )
    )


_WORDS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"'dict object' has no attribute '(.+)'", lambda m: f"there is no `{m[1]}` here"),
    (r"'(.+)' is undefined", lambda m: f"there is no `{m[1]}`"),
    (r"'None' has no attribute '(.+)'", lambda m: f"`{m[1]}` of something that is null"),
    (r"list object has no element (.+)", lambda m: f"the list has no entry {m[1]}"),
)


def _reason(error: Exception) -> str:
    """Say what went wrong without the words of the engine, where they are known."""
    said = str(error)
    found = ((re.fullmatch(pattern, said), words) for pattern, words in _WORDS)
    if isinstance(error, SecurityError) and "unsafe" in said:
        return "it reaches for what the sandbox does not allow"
    return next((words(match) for match, words in found if match), said or "a value does not fit")


def _line_of(error: BaseException) -> int | None:
    """Find the line of the template in which an error arose."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            frames.append(trace.tb_lineno)
        trace = trace.tb_next
    return frames[-1] if frames else None
