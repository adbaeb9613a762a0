"""`sensitivity`: how sure a verdict is, and what would change it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_assess.cli.output import day, emit, refuse, refusing, say, unique, wrong_usage
from bpo_assess.cli.progress import progress
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity import Sensitivity
    from bpo_assess.analysis.sensitivity.assessors import Voice
    from bpo_assess.assessment.result import Assessment
    from bpo_assess.diagnostics import Diagnostic

FORMATS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".svg": "svg",
}
"""Formats by the suffix of the file to write."""

NOTHING_DONE = "nothing was looked at."

MOST_DRAWS = 1_000_000

DRAWS, SPREAD, SEED = 10_000, 0.3, 1
"""How weights are drawn where nothing is said."""

NARROWEST, USUAL, WIDEST = 40, 80, 100
"""Columns of the text: at the least, in a file, and at the most where no width is asked for."""


def sensitivity(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Process descriptions; those of one id are several assessors. - reads standard input.",
        ),
    ],
    report_format: Annotated[
        Literal["text", "markdown", "json", "svg"] | None,
        typer.Option(
            "--format",
            "-f",
            help="Format of the report; svg draws the tornado. Else by the suffix of --output, else text.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the report to a file; - is standard output.",
        ),
    ] = None,
    questionnaire: Annotated[
        str | None,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="ID_OR_PATH",
            help=f"The method to judge by; else the file's, else {DEFAULT_QUESTIONNAIRE}.",
        ),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="QUESTION=LEVEL", help="What if this answer were another? Repeatable."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day of the assessment; without it no date is weighed.",
        ),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws",
            metavar="N",
            min=0,
            max=MOST_DRAWS,
            help="Weightings that are drawn at random; 0 draws none.",
        ),
    ] = DRAWS,
    spread: Annotated[
        float,
        typer.Option(
            "--spread",
            metavar="SHARE",
            help="How far drawn weights lie from the stated ones, as a share of them.",
        ),
    ] = SPREAD,
    seed: Annotated[
        int,
        typer.Option("--seed", metavar="N", min=0, max=2**63 - 1, help="Draws others."),
    ] = SEED,
    width: Annotated[
        int | None,
        typer.Option("--width", metavar="N", min=NARROWEST, max=400, help="Columns of the text."),
    ] = None,
) -> None:
    """Say how sure a verdict is: what is open, how near it is, and which answers would change it."""
    names, output = unique(files), None if output == "-" else output
    chosen = _format(report_format, output)
    if not 0 < spread < 1:
        wrong_usage(f"--spread {spread:g} is no spread", "a share between 0 and 1, such as 0.3")
    _refuse_overwriting(output, [*names, questionnaire or ""])
    groups = _grouped(_assess_all(names, questionnaire, assume or [], as_of))
    if chosen == "svg" and len(groups) > 1:
        wrong_usage("a drawing shows one process", "name the files of one process at a time")
    found = _looked_at(groups, (0, spread, seed) if chosen == "svg" else (draws, spread, seed))
    _write(_rendered(found, chosen, _columns(width, output)), output)


def _format(name: str | None, output: str | None) -> str:
    if name is not None or output is None:
        return name or "text"
    found = next((form for end, form in FORMATS.items() if output.lower().endswith(end)), None)
    return found or wrong_usage(
        f"the format of `{output}` is not clear from its name",
        f"end it in {', '.join(FORMATS)}, or add --format",
    )


def _refuse_overwriting(output: str | None, inputs: Sequence[str]) -> None:
    from bpo_assess.reports.writing import is_same_file

    for name in inputs:
        if output is not None and name not in {"", "-"} and is_same_file(output, name):
            wrong_usage(f"`{output}` is an input; a report never replaces it", "name another file")


def _assess_all(
    names: Sequence[str], questionnaire: str | None, assume: Sequence[str], as_of: str | None
) -> "list[tuple[str, Assessment]]":
    """Assess every file, or none: all problems of all files are shown first."""
    from bpo_assess.cli.assessing import assessor, shown_name
    from bpo_assess.diagnostics import InputError

    with refusing(NOTHING_DONE):
        assess_file = assessor(questionnaire, assume, day(as_of))
    found: list[tuple[str, Assessment]] = []
    problems: list[Diagnostic] = []
    for name in names:
        try:
            found.append((shown_name(name), assess_file(name)))
        except InputError as error:
            problems += error.diagnostics
    if problems:
        refuse(problems, NOTHING_DONE)
    return found


def _grouped(found: "Sequence[tuple[str, Assessment]]") -> "list[list[Voice]]":
    """Put together what several people say about one process."""
    from dataclasses import replace

    from bpo_assess.analysis.sensitivity.assessors import voices_of

    groups: dict[str, list[Voice]] = {}
    for name, assessment in found:
        voices = groups.setdefault(assessment.process.id, [])
        _refuse_another_method(voices, name, assessment)
        for voice in voices_of(assessment, name):
            taken = any(voice.person == other.person for other in voices)
            person = f"{voice.person} ({name})" if taken else voice.person
            voices.append(replace(voice, person=person))
    return list(groups.values())


def _refuse_another_method(voices: "Sequence[Voice]", name: str, assessment: "Assessment") -> None:
    method, first = assessment.questionnaire, voices[0].assessment.questionnaire if voices else None
    if first is not None and first != method:
        wrong_usage(
            f"{name} is judged by `{method.id}` {method.version}, another file of "
            f"`{assessment.process.id}` by `{first.id}` {first.version}",
            "judge all by one questionnaire: add -q",
        )


def _looked_at(
    groups: "Sequence[Sequence[Voice]]", drawing: tuple[int, float, int]
) -> "list[Sensitivity]":
    from bpo_assess.analysis.sensitivity import sensitivity as look

    found = []
    with progress("looked at") as advance:
        for number, voices in enumerate(groups, 1):
            found.append(drawn(look(voices), *drawing))
            advance(number, len(groups))
    return found


def drawn(
    found: "Sensitivity", draws: int = DRAWS, spread: float = SPREAD, seed: int = SEED
) -> "Sensitivity":
    """Draw weights, near the stated ones and from anywhere."""
    from dataclasses import replace

    if not draws:
        return found
    from bpo_assess.analysis.sensitivity.drawing import Distribution, Sampling
    from bpo_assess.analysis.sensitivity.stochastic import acceptability
    from bpo_assess.analysis.sensitivity.weighing import outlook_of

    outlook = outlook_of(found.assessment)
    shares = tuple(
        acceptability(outlook, Sampling(distribution, spread, draws, seed))
        for distribution in Distribution
    )
    return replace(found, weighting=replace(found.weighting, drawn=shares))


def _columns(width: int | None, output: str | None) -> int:
    import shutil

    if width is not None:
        return width
    if output is not None:
        return USUAL
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def _rendered(found: "Sequence[Sensitivity]", chosen: str, columns: int) -> str:
    from bpo_assess.reports.analysis import sensitivity as pages
    from bpo_assess.reports.analysis import sensitivity_json, tornado

    if chosen == "json":
        return sensitivity_json.render(found)
    if chosen == "svg":
        return tornado.svg(found[0])
    return pages.markdown(found) if chosen == "markdown" else pages.text(found, columns)


def _write(text: str, output: str | None) -> None:
    from bpo_assess.cli.assessing import shown_name
    from bpo_assess.reports.writing import write_file

    if output is None:
        emit(text)
        return
    with refusing("no report written."):
        write_file(output, [text])
    say(f"{shown_name(output)} written")
