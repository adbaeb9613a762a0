"""`compare`: what moved between two assessments, and why."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_assess.cli import options
from bpo_assess.cli.boundary import BROKEN_REQUIREMENT
from bpo_assess.cli.output import day, refusing, say, wrong_usage
from bpo_assess.cli.pages import columns, deliver, format_by, refuse_overwriting
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE

if TYPE_CHECKING:
    from datetime import date

    from bpo_assess.analysis.comparison import Comparison
    from bpo_assess.assessment.result import Assessment

NOTHING_DONE = "nothing was compared."


def compare(
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help="The earlier description; - reads standard input."),
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="NEW", help="The later one; left out with --since."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV",
            help="Compare the one file with itself at a Git revision, such as HEAD~1.",
        ),
    ] = None,
    questionnaire: Annotated[
        str | None,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="ID_OR_PATH",
            help=f"The method to judge both by; else each file's, else {DEFAULT_QUESTIONNAIRE}.",
        ),
    ] = None,
    old_questionnaire: Annotated[
        str | None,
        typer.Option(
            "--old-questionnaire",
            metavar="ID_OR_PATH",
            help="The method to judge OLD by, where it is another than NEW's.",
        ),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="QUESTION=LEVEL",
            help="What if this answer of NEW were another? Repeatable.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day of both assessments; without it no date is weighed.",
        ),
    ] = None,
    fail_on_drop: Annotated[
        str | None,
        typer.Option(
            "--fail-on-drop",
            metavar="N",
            help="End with 1 where the candidacy fell by more than N points, or the verdict is worse.",
        ),
    ] = None,
    report_format: Annotated[
        Literal["text", "markdown", "json"] | None,
        typer.Option(
            "--format",
            "-f",
            help="Format of the report; else by the suffix of --output, else text.",
        ),
    ] = None,
    output: options.Output = None,
    width: options.Width = None,
) -> None:
    """Say what moved between two descriptions of a process, and which changes moved the verdict."""
    from bpo_assess.analysis.comparison import compare as compared

    allowed, output = _allowed(fail_on_drop), None if output == "-" else output
    chosen = format_by(report_format, output)
    later = _later(old, new, since)
    refuse_overwriting(output, [old, later, questionnaire or "", old_questionnaire or ""])
    with refusing(NOTHING_DONE):
        now = _now(later, questionnaire, assume or [], day(as_of))
        then = _then(old, since, questionnaire, old_questionnaire, day(as_of))
    comparison = compared(then, now)
    deliver(_rendered(comparison, chosen, columns(width, output)), output)
    if allowed is not None:
        _gate(comparison, allowed)


def _later(old: str, new: str | None, since: str | None) -> str:
    """Settle which file is the later one; refuse what cannot be meant."""
    if since is None and new is None:
        wrong_usage("one file has nothing to be compared with", "name NEW, or add --since REV")
    if since is not None and new is not None:
        wrong_usage("--since compares one file with itself", "name one file, or leave out --since")
    if since is not None and since.startswith("-"):
        wrong_usage(f"--since {since} is no revision", "such as HEAD~1, main or v1.0")
    if since is not None and old == "-":
        wrong_usage("standard input has no earlier revision", "name a file that Git keeps")
    if "-" in {old, new} and (since is not None or old == new):
        wrong_usage("standard input can be only one of the two", "name a file for the other")
    return old if new is None else new


def _allowed(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 <= found <= 100:  # noqa: PLR2004  the range of an index
        wrong_usage(f"--fail-on-drop {text} is no number of points", "such as 5, or 0 for any drop")
    return found


def _now(
    name: str, questionnaire: str | None, assume: Sequence[str], as_of: "date | None"
) -> "Assessment":
    from bpo_assess.cli.assessing import assessor

    return assessor(questionnaire, assume, as_of)(name)


def _then(
    name: str,
    since: str | None,
    questionnaire: str | None,
    old_questionnaire: str | None,
    as_of: "date | None",
) -> "Assessment":
    """Assess the earlier description; at a revision, by its method as it was then."""
    from dataclasses import replace

    from bpo_assess.assessment import assess
    from bpo_assess.assessment.result import Source
    from bpo_assess.cli.assessing import assessor, shown_name
    from bpo_assess.loading.read import draft, pair, read_questionnaire
    from bpo_assess.loading.revisions import method_at, read_at
    from bpo_assess.reports.problems import one_line

    if since is None:
        return assessor(old_questionnaire or questionnaire, (), as_of)(name)
    past = read_at(name, since)
    shown = one_line(f"{since}:{past.path}")
    if past.renamed:
        say(one_line(f"{shown_name(name)} was called {past.path} at {since}"))
    loaded = draft(past.raw, shown)
    method = (
        read_questionnaire(old_questionnaire)
        if old_questionnaire is not None
        else method_at(loaded, questionnaire, since)
    )
    pair(loaded, method)
    return replace(
        assess(loaded.process, method.questionnaire, as_of),
        process_source=Source(shown, loaded.document.sha256),
        questionnaire_source=Source(shown_name(method.document.name), method.document.sha256),
    )


def _rendered(comparison: "Comparison", chosen: str, width: int) -> str:
    from bpo_assess.reports.analysis import comparison as pages
    from bpo_assess.reports.analysis import comparison_json

    if chosen == "json":
        return comparison_json.render(comparison)
    if chosen == "markdown":
        return pages.markdown(comparison)
    return pages.text(comparison, width)


def _gate(comparison: "Comparison", allowed: Decimal) -> None:
    from bpo_assess.analysis.comparison import drop
    from bpo_assess.reports.analysis.comparison import drop_text

    found = drop(comparison, allowed)
    if found is not None:
        say(f"--fail-on-drop: {drop_text(comparison, found, allowed)}")
        raise typer.Exit(BROKEN_REQUIREMENT)
