"""`new`: write a starter process description."""

from typing import Annotated

import typer

from bpo_assess.cli.output import emit, refusing, say
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE


def new(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The file to write; - writes to standard output.")
    ],
    questionnaire: Annotated[
        str,
        typer.Option(
            "--questionnaire", "-q", metavar="ID_OR_PATH", help="The method whose questions to ask."
        ),
    ] = DEFAULT_QUESTIONNAIRE,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="NAME", help="Name of the process; else from the file's name."
        ),
    ] = None,
) -> None:
    """Write a starter process description: every section and every question, commented."""
    from bpo_assess.loading.read import read_questionnaire
    from bpo_assess.reports.starter import starter
    from bpo_assess.reports.writing import write_new_file

    with refusing("nothing was written."):
        text = starter(read_questionnaire(questionnaire).questionnaire, file, name)
        if file == "-":
            emit(text)
            return
        write_new_file(file, text)
    say(
        f"{file} written. Next: fill in what you know, then run\n"
        f"  bpo-assess check {file}\n  bpo-assess score {file}"
    )
