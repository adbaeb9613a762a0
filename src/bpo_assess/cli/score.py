"""`score`: assess process descriptions and report."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_assess.cli import options
from bpo_assess.cli.output import emit, refusing, say, unique, wrong_usage
from bpo_assess.cli.pages import refuse_overwriting
from bpo_assess.cli.progress import progress

if TYPE_CHECKING:
    from bpo_assess.analysis.plan.result import Planning
    from bpo_assess.analysis.sensitivity import Sensitivity
    from bpo_assess.assessment.result import Assessment
    from bpo_assess.reports import Analyses, Format, Page

NARROWEST = 20


def score(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Process descriptions; - reads standard input."),
    ],
    report_format: Annotated[
        Literal["terminal", "markdown", "json", "html"] | None,
        typer.Option(
            "--format",
            "-f",
            help="Format of the report; else by the suffix of --output, else terminal.",
        ),
    ] = None,
    output: options.Output = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template",
            metavar="FILE",
            help="Your own report: a Jinja2 template that makes Markdown (.md) or HTML (.html).",
        ),
    ] = None,
    questionnaire: options.Questionnaire = None,
    assume: options.Assume = None,
    as_of: options.AsOf = None,
    sensitivity: Annotated[
        bool,
        typer.Option(
            "--sensitivity",
            help="Add a chapter: how sure the verdict is, and what would change it.",
        ),
    ] = False,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            metavar="VERDICT",
            help="Add a chapter: the least work that reaches it; next is the next better verdict.",
        ),
    ] = None,
    width: Annotated[
        int | None,
        typer.Option(
            "--width", metavar="N", min=NARROWEST, max=400, help="Columns of the terminal report."
        ),
    ] = None,
    color: Annotated[
        Literal["auto", "always", "never"],
        typer.Option("--color", help="Colours in the terminal report."),
    ] = "auto",
) -> None:
    """Assess process descriptions: scores, risks, a verdict, and what to do."""
    from bpo_assess.cli.assessing import assess_all
    from bpo_assess.reports import Page

    names, output = unique(files), None if output == "-" else output
    chosen = _own(template, report_format) if template else _format(report_format, output)
    refuse_overwriting(output, [*names, questionnaire or "", template or ""])
    assessments = assess_all(names, questionnaire, assume or [], as_of, "nothing was scored.")
    looked_at = _looked_at(assessments, plan, sensitivity=sensitivity)
    if output is None:
        with refusing("no report written."):
            text = chosen.render(assessments, Page(sys.stdout, width, color, looked_at))
        emit(text)
    else:
        _save(chosen, assessments, output, width, looked_at)


def _format(name: str | None, output: str | None) -> "Format":
    from bpo_assess.reports import FORMATS, format_of

    if name is not None:
        return FORMATS[name]
    if output is None:
        return FORMATS["terminal"]
    found = format_of(output)
    if found is None:
        known = ", ".join(suffix for entry in FORMATS.values() for suffix in entry.suffixes)
        wrong_usage(
            f"the format of `{output}` is not clear from its name",
            f"end it in {known}, or add --format",
        )
    return found


def _own(template: str, report_format: str | None) -> "Format":
    """Make a format of a consultant's own template."""
    from bpo_assess.loading.files import read_text
    from bpo_assess.reports import Format
    from bpo_assess.reports.own_template import SUFFIXES, makes_report, render

    if report_format is not None:
        wrong_usage("--template is a format of its own", "leave out --format")
    if not makes_report(template):
        wrong_usage(
            f"`{template}` does not say what it makes",
            f"end its name in {', '.join(SUFFIXES)}, with .j2 behind it if you like",
        )
    with refusing("nothing was scored."):
        text = read_text(template)

    def render_own(assessments: "Sequence[Assessment]", page: "Page") -> str:
        return render(assessments, template, text, page.objects())

    return Format(template, SUFFIXES, render_own)


def _save(
    chosen: "Format",
    assessments: "Sequence[Assessment]",
    output: str,
    width: int | None,
    looked_at: "Sequence[Analyses]",
) -> None:
    import io

    from bpo_assess.reports import FORMATS, Page, format_of
    from bpo_assess.reports.writing import write_file

    page = Page(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), width, "never", looked_at)
    with refusing("no report written."):
        write_file(output, [chosen.render(assessments, page)])
    by_name = format_of(output)
    if chosen.name not in FORMATS:
        say(f"{output} written from {chosen.name}")
    elif by_name and by_name.name != chosen.name:
        say(f"{output} written as {chosen.name}")
    else:
        say(f"{output} written")


def _looked_at(
    assessments: "Sequence[Assessment]", plan: str | None, *, sensitivity: bool
) -> "list[Analyses]":
    """Look at what was asked for besides; only those who ask import what that takes."""
    from bpo_assess.reports import Analyses

    if not sensitivity and plan is None:
        return []
    found = []
    with progress("looked at") as advance:
        for number, assessment in enumerate(assessments, 1):
            found.append(
                Analyses(
                    _sureness(assessment) if sensitivity else None,
                    _way(assessment, plan) if plan is not None else None,
                )
            )
            advance(number, len(assessments))
    return found


def _sureness(assessment: "Assessment") -> "Sensitivity":
    from bpo_assess.analysis.sensitivity import sensitivity
    from bpo_assess.analysis.sensitivity.assessors import Voice
    from bpo_assess.cli.sensitivity import drawn

    return drawn(sensitivity([Voice(assessment.process.id, assessment)]))


def _way(assessment: "Assessment", to: str) -> "Planning":
    from bpo_assess.cli.plan import plan_for

    return plan_for(assessment, to, "--plan")
