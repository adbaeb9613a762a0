"""`check`: read and validate files, and report every problem at its place."""

from typing import Annotated

import typer

from bpo_assess.cli.output import day, emit, refuse, refusing, unique
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Process descriptions; - reads standard input."),
    ],
    questionnaire: Annotated[
        str | None,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="ID_OR_PATH",
            help=f"The method to check against; else the file's, else {DEFAULT_QUESTIONNAIRE}.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The day by which reviews are overdue."),
    ] = None,
) -> None:
    """Check that process descriptions can be assessed: exit 0 if so, 2 if not."""
    from bpo_assess.cli.assessing import examiner
    from bpo_assess.diagnostics import Diagnostic, InputError
    from bpo_assess.reports.problems import checked_line, frames

    with refusing("nothing was checked."):
        examine_file = examiner(questionnaire, day(as_of))
    problems: list[Diagnostic] = []
    for name in unique(files):
        try:
            examined = examine_file(name)
        except InputError as error:
            problems += error.diagnostics
            continue
        for frame in frames(examined.findings):
            emit(f"{frame}\n")
        emit(checked_line(name, examined))
    if problems:
        refuse(problems, "cannot be assessed.")
