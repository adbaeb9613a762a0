"""`config`: what `check` goes by, and where it was said."""

from typing import Annotated, Literal

import typer

from bpo_assess.cli.help import Command
from bpo_assess.cli.output import emit, refusing

app = typer.Typer(
    help="Show what check goes by: requirements, acceptances, what is left aside.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def group() -> None:
    """Keep `show` a command of its own, beside those to come."""


@app.command("show", cls=Command, short_help="Show each value, and where it comes from.")
def show(
    path: Annotated[
        str,
        typer.Argument(metavar="PATH", help="The folder, or a file in it, that is asked about."),
    ] = ".",
    chosen: Annotated[
        str | None,
        typer.Option(
            "--config", metavar="FILE", help="This configuration, and not the nearest one."
        ),
    ] = None,
    *,
    isolated: Annotated[
        bool,
        typer.Option(
            "--isolated", help="No configuration file; options and the environment still count."
        ),
    ] = False,
    output_format: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="For people, or for programs.")
    ] = "text",
) -> None:
    """Show each value that counts for the files of a folder, and where it comes from.

    The environment (BPO_ASSESS_REQUIRE, BPO_ASSESS_FAIL_ON and so on) comes before --config, and that
    before the nearest bpo-assess.toml, .bpo-assess.toml or pyproject.toml with [tool.bpo-assess], looked
    for from the folder upwards to the root of the repository.
    """
    import os

    from bpo_assess.loading.configuration import Configurations, listed_values
    from bpo_assess.reports.writing import json_text

    with refusing("nothing was shown."):
        configurations = Configurations({}, os.environ, chosen, isolated=isolated)
        rows = list(listed_values(configurations.values(_folder(path))))
    if output_format == "json":
        values = [{"key": key, "value": value, "origin": origin} for key, _, value, origin in rows]
        found = {"format": "bpo-assess/config/v1", "values": values}
        emit(json_text(found))
        return
    emit(_aligned([(key, shown, origin) for key, shown, _, origin in rows]))


def _folder(path: str) -> str:
    """Give the folder that is asked about; raise InputError where there is no such file."""
    from pathlib import Path

    from bpo_assess.diagnostics import Diagnostic, InputError, Severity
    from bpo_assess.documents.text import visible

    place = Path(path)
    if place.is_dir():
        return path
    if not place.exists():
        message = "there is no such file or folder"
        raise InputError(Diagnostic("BPO101", Severity.ERROR, message, file=visible(path)))
    return str(place.parent)


_WIDEST = 40
"""How wide a column of values is at most; a longer value pushes its origin to the right."""


def _aligned(rows: list[tuple[str, str, str]]) -> str:
    from bpo_assess.documents.text import visible

    shown = [(key, " ".join(visible(value).split()), origin) for key, value, origin in rows]
    first = max(len(key) for key, _, _ in shown)
    second = min(_WIDEST, max(len(value) for _, value, _ in shown))
    return "".join(f"{key:<{first}}  {value:<{second}}  {origin}\n" for key, value, origin in shown)
