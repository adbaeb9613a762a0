"""`weights`: weights that several people can agree on, from comparisons in pairs."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_assess.cli.output import emit, refusing, say, wrong_usage
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE

if TYPE_CHECKING:
    from bpo_assess.analysis.pairwise import Weighing
    from bpo_assess.loading.comparisons import LoadedComparisons

NARROWEST, WIDEST = 40, 100

FORMATS = {
    "text": (".txt",),
    "markdown": (".md", ".markdown"),
    "json": (".json",),
    "questionnaire": (".yaml", ".yml"),
}


def weights(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The comparisons; - reads standard input.")
    ],
    questionnaire: Annotated[
        str | None,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="ID_OR_PATH",
            help=f"The method whose weights are sought; else the file's, else {DEFAULT_QUESTIONNAIRE}.",
        ),
    ] = None,
    report_format: Annotated[
        Literal["text", "markdown", "json", "questionnaire"] | None,
        typer.Option(
            "--format",
            "-f",
            help="A report, or the questionnaire with the new weights; else by the suffix of --output, "
            "else text.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to a file, such as agreed.yaml or report.md; - is standard output.",
        ),
    ] = None,
    by: Annotated[
        Literal["eigenvector", "geometric"],
        typer.Option("--by", help="How weights follow from judgements."),
    ] = "eigenvector",
    join: Annotated[
        Literal["judgements", "priorities"],
        typer.Option("--join", help="What of several judges is averaged: judgements, or weights."),
    ] = "judgements",
    within: Annotated[
        float,
        typer.Option(
            "--within",
            metavar="PERCENT",
            min=0.01,
            max=50,
            help="How far rounding may move the quotient of two weights that are written down.",
        ),
    ] = 0.1,
    key: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="The id of the questionnaire that is written."),
    ] = None,
    version: Annotated[
        str, typer.Option("--as-version", metavar="VERSION", help="Its version.")
    ] = "1.0.0",
) -> None:
    """Work out weights from comparisons in pairs, and see whether the judgements fit together.

    With -o agreed.yaml a questionnaire is written that extends the one compared and changes its weights.
    """
    output = None if output == "-" else output
    chosen = _format(report_format, output)
    _check_names(key, version)
    loaded, weighing = _weighed(file, questionnaire, by, join, within)
    match chosen:
        case "markdown":
            from bpo_assess.reports.analysis.pairwise import markdown_page

            text = markdown_page(weighing)
        case "json":
            from bpo_assess.reports.analysis.pairwise_json import json_page

            text = json_page(weighing, loaded.method.document.sha256)
        case "questionnaire":
            from bpo_assess.reports.analysis.overlay import overlay

            if key == weighing.questionnaire.id:
                wrong_usage(f"`{key}` is the id of the questionnaire itself", "name another")
            base = _base(loaded.base, output)
            text = overlay(weighing, base, key or f"{weighing.questionnaire.id}-weighed", version)
        case _:
            from bpo_assess.reports.analysis.pairwise import WIDTH, text_page

            columns = shutil.get_terminal_size().columns
            width = WIDTH if output else max(NARROWEST, min(columns, WIDEST))
            text = text_page(weighing, width)
    if output is None:
        emit(text)
    else:
        _save(text, output, chosen, [file, loaded.base])
    _warn(weighing, chosen)


def _format(name: str | None, output: str | None) -> str:
    if name is not None:
        return name
    if output is None:
        return "text"
    lowered = output.lower()
    found = next((key for key, suffixes in FORMATS.items() if lowered.endswith(suffixes)), None)
    if found is None:
        known = ", ".join(suffix for suffixes in FORMATS.values() for suffix in suffixes)
        wrong_usage(
            f"the format of `{output}` is not clear from its name",
            f"end it in {known}, or add --format",
        )
    return found


def _check_names(key: str | None, version: str) -> None:
    """Refuse an id and a version that no questionnaire may have."""
    import re

    from bpo_assess.model.parts import ID_PATTERN

    if key is not None and not ID_PATTERN.fullmatch(key):
        wrong_usage(f"`{key}` is no id", "use lower-case letters, digits and hyphens")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+){0,2}", version):
        wrong_usage(f"`{version}` is no version", "write one to three numbers, such as 1.0")


def _weighed(
    file: str,
    questionnaire: str | None,
    by: Literal["eigenvector", "geometric"],
    join: Literal["judgements", "priorities"],
    within: float,
) -> "tuple[LoadedComparisons, Weighing]":
    from fractions import Fraction

    from bpo_assess.analysis.pairwise import Weighing, weigh
    from bpo_assess.loading.comparisons import read_comparisons

    with refusing("no weights were worked out."):
        loaded = read_comparisons(file, questionnaire)
    method = loaded.method.questionnaire
    found = weigh(method, loaded.file)
    return loaded, Weighing(method, found, by, join, Fraction(str(within)) / 100)


def _base(base: str, output: str | None) -> str:
    """Name the questionnaire as the one that is written beside it means it."""
    from bpo_assess.loading.catalogue import is_path

    if not is_path(base):
        return base
    folder = os.path.dirname(os.path.abspath(output or base))  # noqa: PTH100, PTH120
    try:  # links are left as they are: the reader of the file that is written follows them as well
        path = Path(os.path.abspath(base)).relative_to(folder)  # noqa: PTH100
    except ValueError:
        wrong_usage(
            f"`{output}` lies outside the folder of `{base}`, which it is to extend",
            "write it into that folder",
        )
    return f"./{path.as_posix()}"


def _save(text: str, output: str, chosen: str, inputs: list[str]) -> None:
    from bpo_assess.reports.writing import is_same_file, write_file

    if any(name != "-" and is_same_file(output, name) for name in inputs):
        wrong_usage(f"`{output}` is an input; it is never replaced", "name another file")
    if chosen == "questionnaire":
        _spare_what_others_wrote(output)
    with refusing("nothing was written."):
        write_file(output, [text])
    say(f"{output} written")
    if chosen == "questionnaire":
        say(f"  next: bpo-assess questionnaire check {_as_path(output)}")


def _as_path(name: str) -> str:
    return name if os.path.dirname(name) else f"./{name}"  # noqa: PTH120  a path would lose the ./


def _spare_what_others_wrote(output: str) -> None:
    """Replace a questionnaire only where this command has written it."""
    from bpo_assess.diagnostics import InputError
    from bpo_assess.loading.files import read_bytes
    from bpo_assess.reports.analysis.overlay import MARK

    if not Path(output).is_file():
        return
    try:
        ours = read_bytes(output).startswith(MARK.encode())
    except InputError:
        ours = False
    if not ours:
        wrong_usage(f"`{output}` exists, and was not written by this command", "name another file")


def _warn(weighing: "Weighing", chosen: str) -> None:
    """Say beside a questionnaire what the report would have shown."""
    if chosen != "questionnaire":
        return
    for weighed in weighing.groups:
        ratios = [opinion.solution.consistency for opinion in weighed.opinions]
        failing = [found.ratio for found in ratios if not found.passes and found.ratio is not None]
        if failing:
            say(
                f"note: judgements of `{weighed.group.id}` do not fit together (consistency ratio "
                f"{max(failing):.3f}); the report without -o says which"
            )
