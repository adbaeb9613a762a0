"""Options that mean the same in every command that has them."""

from typing import Annotated

import typer

from bpo_assess.cli.pages import NARROWEST
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE

WIDEST = 400
"""Columns that can be asked for at the most."""

Questionnaire = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        "-q",
        metavar="ID_OR_PATH",
        help=f"The method to judge by; else the file's, else {DEFAULT_QUESTIONNAIRE}.",
    ),
]

Assume = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="QUESTION=LEVEL", help="What if this answer were another? Repeatable."
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="The day of the assessment; without it no date is weighed."
    ),
]

Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the report to a file; - is standard output.",
    ),
]

Width = Annotated[
    int | None,
    typer.Option("--width", metavar="N", min=NARROWEST, max=WIDEST, help="Columns of the text."),
]
