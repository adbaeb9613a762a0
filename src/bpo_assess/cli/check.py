"""`check`: the gate for repositories of process descriptions."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_assess.cli.boundary import BROKEN_REQUIREMENT
from bpo_assess.cli.output import emit_all, has_color, refusing, say, unique, wrong_usage
from bpo_assess.cli.progress import progress
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE

if TYPE_CHECKING:
    from bpo_assess.checking.many_files import Outcome
    from bpo_assess.checking.planning import Request
    from bpo_assess.reports.findings import Format, Style

FormatName = Literal["text", "concise", "json", "github", "sarif", "junit", "gitlab", "markdown"]

BASIS, DEMANDS = "What is checked, and how", "What is demanded"
CONSENT, REPORTS = "Living with findings", "Reports"
"""The titles under which the help lists the options."""

SUMMARY = "GITHUB_STEP_SUMMARY"
WORKSPACE = "GITHUB_WORKSPACE"

WITH_STANDINGS = {"json", "markdown"}
"""Formats that say of every process what it is assessed to be."""

MACHINES = {"json", "sarif", "junit", "gitlab"}
"""Formats that are UTF-8, whatever the terminal is."""


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Descriptions, or folders; - reads standard input."),
    ],
    questionnaire: Annotated[
        str | None,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="ID_OR_PATH",
            rich_help_panel=BASIS,
            help=f"The method to check against; else the file's, else {DEFAULT_QUESTIONNAIRE}.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            rich_help_panel=BASIS,
            help="The day by which reviews, evidence and acceptances are judged, or today.",
        ),
    ] = None,
    require: Annotated[
        str | None,
        typer.Option(
            "--require",
            metavar="VERDICT",
            rich_help_panel=DEMANDS,
            help="The verdict must be this or a better one.",
        ),
    ] = None,
    min_candidacy: Annotated[
        str | None,
        typer.Option(
            "--min-candidacy",
            metavar="N",
            rich_help_panel=DEMANDS,
            help="The least candidacy, 0 to 100.",
        ),
    ] = None,
    min_suitability: Annotated[
        str | None,
        typer.Option(
            "--min-suitability",
            metavar="N",
            rich_help_panel=DEMANDS,
            help="The least suitability, 0 to 100.",
        ),
    ] = None,
    min_readiness: Annotated[
        str | None,
        typer.Option(
            "--min-readiness",
            metavar="N",
            rich_help_panel=DEMANDS,
            help="The least readiness, 0 to 100.",
        ),
    ] = None,
    max_risk: Annotated[
        str | None,
        typer.Option(
            "--max-risk",
            metavar="LEVEL",
            rich_help_panel=DEMANDS,
            help="The highest risk allowed, with its controls in place.",
        ),
    ] = None,
    min_coverage: Annotated[
        str | None,
        typer.Option(
            "--min-coverage",
            metavar="SHARE",
            rich_help_panel=DEMANDS,
            help="The least share that is known: 0.9 or 90%.",
        ),
    ] = None,
    min_evidence: Annotated[
        str | None,
        typer.Option(
            "--min-evidence",
            metavar="SHARE",
            rich_help_panel=DEMANDS,
            help="The least share of what is known that has evidence.",
        ),
    ] = None,
    *,
    firm: Annotated[
        bool | None,
        typer.Option(
            "--firm/--no-firm",
            rich_help_panel=DEMANDS,
            help="No open answer may be able to change the verdict.",
        ),
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "note"] | None,
        typer.Option(
            "--fail-on",
            rich_help_panel=DEMANDS,
            help="The least severity that closes the gate; else error.",
        ),
    ] = None,
    exit_zero: Annotated[
        bool,
        typer.Option(
            "--exit-zero",
            rich_help_panel=DEMANDS,
            help="Exit with 0 even if the gate is closed; 2 stays 2.",
        ),
    ] = False,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="CODE",
            rich_help_panel=BASIS,
            help="A rule not to look at, such as BPO408. Repeatable.",
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude",
            metavar="PATTERN",
            rich_help_panel=BASIS,
            help="What to pass over in folders, as in .gitignore. Repeatable.",
        ),
    ] = None,
    acceptances: Annotated[
        str | None,
        typer.Option(
            "--acceptances",
            metavar="FILE",
            rich_help_panel=CONSENT,
            help="The file of accepted findings: who, why, until when.",
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            rich_help_panel=CONSENT,
            help="The file of findings that were there before.",
        ),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline",
            rich_help_panel=CONSENT,
            help="Write the baseline file: what is found now is known from here on.",
        ),
    ] = False,
    no_accept: Annotated[
        bool,
        typer.Option(
            "--no-accept",
            rich_help_panel=CONSENT,
            help="For auditors: no acceptance and no baseline counts.",
        ),
    ] = False,
    output_format: Annotated[
        FormatName | None,
        typer.Option(
            "--format",
            "-f",
            rich_help_panel=REPORTS,
            help="The report; else by the ending of --output, else text.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            rich_help_panel=REPORTS,
            help="Write the report to a file.",
        ),
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also",
            metavar="FORMAT=FILE",
            rich_help_panel=REPORTS,
            help="One more report, such as sarif=check.sarif. Repeatable.",
        ),
    ] = None,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary", rich_help_panel=REPORTS, help=f"Add a Markdown report to ${SUMMARY}."
        ),
    ] = False,
    sarif_accepted: Annotated[
        Literal["mark", "omit"],
        typer.Option(
            "--sarif-accepted",
            rich_help_panel=REPORTS,
            help="Accepted findings in SARIF: suppressed, or left out.",
        ),
    ] = "mark",
    color: Annotated[
        Literal["auto", "always", "never"],
        typer.Option("--color", rich_help_panel=REPORTS, help="Colours in text."),
    ] = "auto",
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            "--stdin-filename",
            metavar="PATH",
            rich_help_panel=BASIS,
            help="The file that standard input stands for.",
        ),
    ] = None,
    config: Annotated[
        str | None,
        typer.Option(
            "--config",
            metavar="FILE",
            rich_help_panel=BASIS,
            help="The configuration to go by, and not the nearest.",
        ),
    ] = None,
    isolated: Annotated[
        bool,
        typer.Option(
            "--isolated",
            rich_help_panel=BASIS,
            help="No configuration file counts; options and the environment do.",
        ),
    ] = False,
    cache: Annotated[
        bool,
        typer.Option(
            "--cache/--no-cache", help="Remember what was found in files that do not change."
        ),
    ] = True,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            metavar="N",
            min=0,
            max=64,
            help="How many processors share the work; 0 takes as many as pay.",
        ),
    ] = 0,
) -> None:
    """Check process descriptions: exit 0 if the gate is open, 1 if it is closed, 2 if it cannot be told.

    Folders are searched for YAML and Markdown files that say `format: bpo-assess/process/v1`, as far as
    .gitignore lets them be seen. Requirements, acceptances and what is ignored can be configured in
    bpo-assess.toml or pyproject.toml; `bpo-assess config show` says what counts.
    """
    from bpo_assess.checking.planning import Request
    from bpo_assess.loading.configuration import Configurations
    from bpo_assess.reports.findings import Style

    names = unique(paths)
    reports = _reports(output_format, output, also or [], summary=summary)
    _refuse_senseless(names, stdin_filename, reports)
    if write_baseline and no_accept:
        wrong_usage("--no-accept leaves the baseline aside", "leave out --write-baseline, or it")
    options: Mapping[str, str | bool | Sequence[str] | None] = {
        "questionnaire": questionnaire,
        "as-of": as_of,
        "require": require,
        "min-candidacy": min_candidacy,
        "min-suitability": min_suitability,
        "min-readiness": min_readiness,
        "max-risk": max_risk,
        "min-coverage": min_coverage,
        "min-evidence": min_evidence,
        "firm": firm,
        "fail-on": fail_on,
        "ignore": ignore and ",".join(ignore),
        "exclude": exclude,
        "acceptances": acceptances,
        "baseline": baseline,
    }
    with refusing("nothing was checked."):
        configurations = Configurations(options, os.environ, config, isolated=isolated)
        request = Request(
            names=names,
            configurations=configurations,
            standard_input=stdin_filename,
            standings=any(report.format.name in WITH_STANDINGS for report in reports),
            accept=not no_accept,
            write_baseline=write_baseline,
            cache=cache,
            workers=workers,
            outputs=frozenset(os.path.realpath(entry.file) for entry in reports if entry.file),
            above=_way_down(),
        )
        outcome = _checked(request)
    with refusing("a report or a baseline is missing."):
        _deliver(outcome, reports, Style(color=has_color(color), accepted=sarif_accepted))
        _write_baselines(outcome, asked=write_baseline)
    _end(outcome, names, exit_zero=exit_zero)


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was asked for: in which format, and where it goes."""

    format: "Format"
    file: str | None = None
    """The file that it is written to; standard output where there is none."""
    added: bool = False
    """Whether it is added to what the file holds."""


# What is asked for


def _reports(
    name: str | None, output: str | None, also: Sequence[str], *, summary: bool
) -> list[Report]:
    """Read which reports go where; the one on standard output, or in its place, comes first."""
    from bpo_assess.reports.findings import FORMATS, format_of

    output = None if output == "-" else output
    by_name = format_of(output) if output else None
    if output and not name and by_name is None:
        known = ", ".join(suffix for entry in FORMATS.values() for suffix in entry.suffixes)
        hint = f"end it in {known}, or add --format"
        wrong_usage(f"the format of `{output}` is not clear from its name", hint)
    reports = [Report(FORMATS[name] if name else by_name or FORMATS["text"], output)]
    reports += [_further(text) for text in also]
    if summary:
        file = os.environ.get(SUMMARY)
        if not file:
            wrong_usage(
                f"--summary: {SUMMARY} names no file", "it is for GitHub Actions, which sets it"
            )
        reports.append(Report(FORMATS["markdown"], file, added=True))
    return reports


def _further(text: str) -> Report:
    from bpo_assess.loading.explain import did_you_mean
    from bpo_assess.reports.findings import FORMATS

    name, equals, file = text.partition("=")
    if not equals or file in {"", "-"}:
        wrong_usage(f"--also {text} names no file", "write --also FORMAT=FILE")
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) or f"known are {', '.join(FORMATS)}"
        wrong_usage(f"--also {text}: there is no format `{name}`", hint)
    return Report(FORMATS[name], file)


def _refuse_senseless(
    names: Sequence[str], stands_for: str | None, reports: Sequence[Report]
) -> None:
    if "-" in names and len(names) > 1:
        wrong_usage(
            "- reads standard input, and stands alone", "check the other files by themselves"
        )
    if stands_for is not None and "-" not in names:
        wrong_usage("--stdin-filename says what standard input stands for", "name - as the path")
    files = [os.path.realpath(report.file) for report in reports if report.file]
    if len(set(files)) < len(files):
        wrong_usage("two reports would go to one file", "name another")


def _way_down() -> str:
    """Give the way from the folder in which GitHub works down to the repository, where it is not the same."""
    from bpo_assess.loading.evidence import root_of

    workspace = os.environ.get(WORKSPACE)
    if not workspace:
        return ""
    below = os.path.relpath(root_of(""), os.path.realpath(workspace))
    return (
        ""
        if below == os.curdir or below.startswith(os.pardir)
        else f"{below}/".replace(os.sep, "/")
    )


# What comes of it


def _checked(request: "Request") -> "Outcome":
    from bpo_assess.checking.many_files import check as check_all

    with progress("checked") as advance:
        return check_all(request, advance)


def _deliver(outcome: "Outcome", reports: Sequence[Report], style: "Style") -> None:
    """Write every report; those to files first, so that a reader who goes away costs none of them."""
    from bpo_assess.loading.walk import is_kept
    from bpo_assess.reports.problems import shown_name
    from bpo_assess.reports.writing import add_to_file, write_file

    for report in reports:
        place = os.path.realpath(report.file) if report.file else None
        if report.file and place and (place in outcome.taken or is_kept(place)):
            wrong_usage(
                f"`{shown_name(report.file)}` is an input; a report never replaces it",
                "name another file",
            )
    for report in sorted(reports, key=lambda entry: entry.file is None):
        own = style if report.file is None else replace(style, color=False)
        pieces = report.format.render(outcome.run, own)
        if report.file is None:
            emit_all(pieces, as_utf8=report.format.name in MACHINES)
        elif report.added:
            add_to_file(report.file, pieces)
        else:
            write_file(report.file, pieces)
            say(f"{shown_name(report.file)} written")


def _write_baselines(outcome: "Outcome", *, asked: bool) -> None:
    from bpo_assess.reports.problems import shown_name
    from bpo_assess.reports.writing import write_file

    if asked and not outcome.baselines:
        say("no baseline written: first everything has to be fit for an assessment")
    for file, text in outcome.baselines.items():
        write_file(file, [text])
        say(f"{shown_name(file)} written: what was found is known from here on")


def _end(outcome: "Outcome", names: Sequence[str], *, exit_zero: bool) -> None:
    """End with what the gate says."""
    from bpo_assess.reports.problems import shown_name

    run, code = outcome.run, outcome.run.tally.code
    if not run.tally.files and not run.tally.unusable:
        where = ", ".join(map(shown_name, names))
        say(
            f"error: there is nothing to check in {where}\n"
            "  help: a description is a YAML file, or the head of a Markdown file, that says "
            "`format: bpo-assess/process/v1`"
        )
    raise typer.Exit(0 if exit_zero and code == BROKEN_REQUIREMENT else code)
