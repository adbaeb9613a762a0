"""`weights`: weights that several people can agree on, from comparisons in pairs."""

import os
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from bpo_assess.cli import options
from bpo_assess.cli.boundary import BROKEN_REQUIREMENT
from bpo_assess.cli.output import emit, refusing, say, wrong_usage
from bpo_assess.cli.pages import FORMATS as PAGES
from bpo_assess.cli.pages import columns, deliver, format_by, refuse_overwriting
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE

if TYPE_CHECKING:
    from bpo_assess.analysis.pairwise import Excess, Weighing
    from bpo_assess.loading.comparisons import LoadedComparisons

QUESTIONNAIRE = "questionnaire"

FORMATS = {**PAGES, ".yaml": QUESTIONNAIRE, ".yml": QUESTIONNAIRE}
"""Formats by the suffix of the file to write."""

LEAST_WITHIN, MOST_WITHIN = Decimal("0.01"), Decimal(50)
"""How exactly weights may be asked to be written down, in percent."""

MOST_DOUBTS = 5
"""Judges who may be misspelt that are named in a note."""


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
        str,
        typer.Option(
            "--within",
            metavar="PERCENT",
            help="How far rounding may move the quotient of two weights that are written down, "
            f"{LEAST_WITHIN} to {MOST_WITHIN}.",
        ),
    ] = "0.1",
    max_ratio: Annotated[
        str | None,
        typer.Option(
            "--max-ratio",
            metavar="N",
            help="End with 1, and write no questionnaire, where the consistency ratio of all judges "
            "together, or of one of them, is above N; 0.1 is usual.",
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="The id of the questionnaire that is written."),
    ] = None,
    version: Annotated[
        str, typer.Option("--as-version", metavar="VERSION", help="Its version.")
    ] = "1.0.0",
    width: options.Width = None,
) -> None:
    """Work out weights from comparisons in pairs, and see whether the judgements fit together.

    With -o agreed.yaml a questionnaire is written that extends the one compared and changes its weights.
    """
    output = None if output == "-" else output
    chosen = format_by(report_format, output, FORMATS)
    _check_names(key, version)
    exactness, allowed = _exactness(within), _allowed(max_ratio)
    loaded, weighing = _weighed(file, questionnaire, by, join, exactness)
    excesses = () if allowed is None else weighing.beyond(allowed)
    if chosen != QUESTIONNAIRE:
        refuse_overwriting(output, [file, loaded.base])
        deliver(_report(loaded, weighing, chosen, columns(width, output)), output)
    elif not excesses:
        text = _overlay(loaded, weighing, key, version, output)
        emit(text) if output is None else _save(text, output, [file, loaded.base])
        _warn(weighing)
    _doubt(loaded)
    if allowed is not None and excesses:
        _shut(excesses, allowed, chosen)


def _report(loaded: "LoadedComparisons", weighing: "Weighing", chosen: str, width: int) -> str:
    from bpo_assess.reports.analysis import pairwise as pages
    from bpo_assess.reports.analysis.pairwise_json import json_page

    if chosen == "json":
        return json_page(weighing, loaded.method.document.sha256)
    if chosen == "markdown":
        return pages.markdown_page(weighing)
    return pages.text_page(weighing, width)


def _overlay(
    loaded: "LoadedComparisons",
    weighing: "Weighing",
    key: str | None,
    version: str,
    output: str | None,
) -> str:
    from bpo_assess.reports.analysis.overlay import overlay

    if key == weighing.questionnaire.id:
        wrong_usage(f"`{key}` is the id of the questionnaire itself", "name another")
    base = _base(loaded.base, output)
    return overlay(weighing, base, key or f"{weighing.questionnaire.id}-weighed", version)


def _number(text: str) -> Decimal | None:
    """Read a number given on the command line; None where it is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _exactness(text: str) -> Decimal:
    found = _number(text)
    if found is None or not LEAST_WITHIN <= found <= MOST_WITHIN:
        wrong_usage(
            f"--within {text} is no percentage from {LEAST_WITHIN} to {MOST_WITHIN}",
            "such as 0.1, or 5 for rounder numbers",
        )
    return found


def _allowed(text: str | None) -> Decimal | None:
    if text is None:
        return None
    found = _number(text)
    if found is None or found < 0:
        wrong_usage(f"--max-ratio {text} is no consistency ratio", "0.1 is usual")
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
    within: Decimal,
) -> "tuple[LoadedComparisons, Weighing]":
    from fractions import Fraction

    from bpo_assess.analysis.pairwise import Weighing, weigh
    from bpo_assess.loading.comparisons import read_comparisons

    with refusing("no weights were worked out."):
        loaded = read_comparisons(file, questionnaire)
    method = loaded.method.questionnaire
    found = weigh(method, loaded.file)
    return loaded, Weighing(method, found, by, join, Fraction(within) / 100)


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


def _save(text: str, output: str, inputs: list[str]) -> None:
    from bpo_assess.reports.writing import write_file

    refuse_overwriting(output, inputs)
    _spare_what_others_wrote(output)
    with refusing("nothing was written."):
        write_file(output, [text])
    say(f"{output} written")
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


def _warn(weighing: "Weighing") -> None:
    """Say beside a questionnaire what the report would have shown."""
    from bpo_assess.reports.analysis.pairwise.contradictions import notes

    for note in notes(weighing):
        say(note)


def _doubt(loaded: "LoadedComparisons") -> None:
    """Say which judges may be misspelt."""
    doubtful = loaded.doubtful
    if doubtful:
        known = [f"`{key}` (did you mean `{guess}`?)" for key, guess in doubtful[:MOST_DOUBTS]]
        more = len(doubtful) - len(known)
        listed = ", ".join([*known, *([f"and {more} more"] if more else [])])
        number = "1 judge is" if len(doubtful) == 1 else f"{len(doubtful)} judges are"
        say(
            f"note: {number} named only once: {listed}; with a list of `judges`, misspelt ones are found"
        )


def _shut(excesses: "Sequence[Excess]", allowed: Decimal, chosen: str) -> NoReturn:
    from bpo_assess.reports.analysis.pairwise.contradictions import excess_text

    for excess in excesses:
        say(f"--max-ratio: {excess_text(excess, allowed)}")
    if chosen == QUESTIONNAIRE:
        say("No questionnaire was written.")
    raise typer.Exit(BROKEN_REQUIREMENT)
