"""The catalogue of functions as plain text: a list to choose from, and a page for each."""

import textwrap
from collections.abc import Iterator, Sequence

from bpo_assess.model.functions import Function, FunctionCatalogue, Sector
from bpo_assess.model.parts import MAX_LEVEL

WIDTH = 80


def functions_list(functions: Sequence[Function], width: int = WIDTH) -> str:
    """List functions, one a line where the width allows it; those of some industries only are marked."""
    if not functions:
        return "No function is like that. bpo-assess functions lists them all.\n"
    longest = max(len(function.id) for function in functions)
    lines = []
    for function in functions:
        marked = "  vertical" if function.sector is Sector.VERTICAL else ""
        rest = f"{function.kind}  {function.office:<5}  {function.title}{marked}"
        line = f"{function.id:<{longest}}  {rest}"
        lines += [line] if len(line) <= width else [function.id, f"  {rest}"]
    number = f"{len(functions)} function{'' if len(functions) == 1 else 's'}"
    lines += ["", f"{number}. bpo-assess functions ID says more."]
    return "\n".join(lines) + "\n"


def function_page(function: Function, catalogue: FunctionCatalogue, width: int = WIDTH) -> str:
    """Show one function: what it is, which data and rules it touches, and how it is measured."""
    return "\n".join(_page(function, catalogue, width)).rstrip() + "\n"


def _page(function: Function, catalogue: FunctionCatalogue, width: int) -> Iterator[str]:
    yield f"{function.title} ({function.id})"
    yield f"{function.kind}, {function.office} office, {function.sector}"
    for key, level in function.typical.items():
        text = f"Typically {key} is {level} of {MAX_LEVEL}; your own answer decides"
        yield from textwrap.wrap(text, width, subsequent_indent="  ")
    if function.data:
        yield ""
        yield from textwrap.wrap(f"Data: {function.data}", width, subsequent_indent="  ")
    if function.rules:
        yield ""
        yield "Rules to look at"
        for rule in function.rules:
            yield from textwrap.wrap(rule, width, initial_indent="  - ", subsequent_indent="    ")
    yield ""
    yield "Usual KPIs"
    cited: dict[str, int] = {}
    for kpi in function.kpis:
        text = f"{kpi.name} ({kpi.unit}, better {kpi.direction})"
        if kpi.usual and kpi.source:
            text += f": {kpi.usual} [{cited.setdefault(kpi.source, len(cited) + 1)}]"
        yield from textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ")
    if cited:
        yield ""
    for key, number in cited.items():
        source = f"[{number}] {catalogue.sources.get(key, key)}"
        yield from textwrap.wrap(source, width, subsequent_indent="    ")
