"""`functions`: what is typical of the work that companies hand to providers."""

import shutil
from typing import Annotated, Literal

import typer

from bpo_assess.cli.output import emit, refusing, wrong_usage


def functions(
    name: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="The function to show; without it they are listed."),
    ] = None,
    kind: Annotated[
        Literal["BPO", "KPO", "ITO"] | None,
        typer.Option("--kind", case_sensitive=False, help="Only functions of this kind."),
    ] = None,
    office: Annotated[
        Literal["front", "back"] | None,
        typer.Option("--office", help="Only work that customers meet, or do not."),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="TEXT", help="Only functions that mention this text."),
    ] = None,
) -> None:
    """List common functions, or show one: its data, its rules and its usual KPIs."""
    from bpo_assess.loading.explain import did_you_mean
    from bpo_assess.loading.read import read_functions
    from bpo_assess.reports.functions import function_page, functions_list

    with refusing("cannot be used."):
        catalogue = read_functions()
    width = min(shutil.get_terminal_size().columns, 100)
    known = {function.id: function for function in catalogue.functions}
    if name is None:
        chosen = [
            function
            for function in catalogue.functions
            if kind in {None, function.kind.value}
            and office in {None, function.office.value}
            and (search is None or search.lower() in function.model_dump_json().lower())
        ]
        emit(functions_list(chosen, width))
    elif name in known:
        emit(function_page(known[name], catalogue, width))
    else:
        guess = did_you_mean(name, known) or "bpo-assess functions lists them"
        wrong_usage(f"there is no function `{name}`", guess)
