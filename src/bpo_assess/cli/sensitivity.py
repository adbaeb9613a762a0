"""`sensitivity`: how sure a verdict is, and what would change it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_assess.cli import options
from bpo_assess.cli.output import unique, wrong_usage
from bpo_assess.cli.pages import FORMATS as PAGES
from bpo_assess.cli.pages import columns, deliver, format_by, refuse_overwriting
from bpo_assess.cli.progress import progress

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity import Sensitivity
    from bpo_assess.analysis.sensitivity.assessors import Voice
    from bpo_assess.analysis.sensitivity.ranking import Ranking
    from bpo_assess.assessment.result import Assessment

NOTHING_DONE = "nothing was looked at."

MOST_DRAWS = 100_000
"""More would only narrow the ranges of the shares, and take memory beyond measure."""

LEAST_SPREAD = 0.001

DRAWS, SPREAD, SEED = 10_000, 0.3, 1
"""How weights are drawn where nothing is said."""

FORMATS = {**PAGES, ".svg": "svg"}
"""Formats by the suffix of the file to write."""


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
    output: options.Output = None,
    questionnaire: options.Questionnaire = None,
    assume: options.Assume = None,
    as_of: options.AsOf = None,
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
    width: options.Width = None,
) -> None:
    """Say how sure a verdict is: what is open, how near it is, and which answers would change it."""
    from bpo_assess.cli.assessing import assess_all, shown_name

    names, output = unique(files), None if output == "-" else output
    chosen = format_by(report_format, output, FORMATS)
    if not LEAST_SPREAD <= spread < 1:
        wrong_usage(
            f"--spread {spread:g} is no spread",
            f"a share from {LEAST_SPREAD:g} to below 1, such as 0.3",
        )
    refuse_overwriting(output, [*names, questionnaire or ""])
    assessments = assess_all(names, questionnaire, assume or [], as_of, NOTHING_DONE)
    groups = _grouped(list(zip(map(shown_name, names), assessments, strict=True)))
    if chosen == "svg" and len(groups) > 1:
        wrong_usage("a drawing shows one process", "name the files of one process at a time")
    drawing = (0 if chosen == "svg" else draws, spread, seed)
    found = _looked_at(groups, drawing)
    order = _ranked(found, drawing)
    deliver(_rendered(found, order, chosen, columns(width, output)), output)


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


def _ranked(
    found: "Sequence[Sensitivity]", drawing: tuple[int, float, int]
) -> "list[Ranking] | None":
    """Rank several processes under drawn weights; None where there is nothing to rank, or no draws."""
    draws, spread, seed = drawing
    if len(found) == 1 or not draws:
        return None
    from bpo_assess.analysis.sensitivity.drawing import Distribution, Sampling
    from bpo_assess.analysis.sensitivity.ranking import ranking
    from bpo_assess.analysis.sensitivity.weighing import outlook_of

    method = found[0].assessment.questionnaire
    if any(one.assessment.questionnaire != method for one in found):
        return []
    outlooks = [outlook_of(one.assessment) for one in found]
    return [ranking(outlooks, Sampling(each, spread, draws, seed)) for each in Distribution]


def _rendered(
    found: "Sequence[Sensitivity]", order: "Sequence[Ranking] | None", chosen: str, width: int
) -> str:
    from bpo_assess.reports.analysis import ranking, sensitivity_json, tornado
    from bpo_assess.reports.analysis import sensitivity as pages

    if chosen == "json":
        return sensitivity_json.render(found, order or ())
    if chosen == "svg":
        return tornado.svg(found[0])
    assessments = [one.assessment for one in found]
    last = () if order is None else tuple(ranking.blocks(assessments, order))
    return pages.markdown(found, last) if chosen == "markdown" else pages.text(found, width, last)
