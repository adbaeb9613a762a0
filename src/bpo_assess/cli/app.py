"""The application: its commands in the order in which people meet them."""

import typer

from bpo_assess.cli import (
    check,
    compare,
    config,
    explain,
    functions,
    new,
    plan,
    questionnaire,
    schema,
    score,
    sensitivity,
    weights,
)
from bpo_assess.cli.help import Command

EPILOG = """\b
Examples:
  bpo-assess new invoices.yaml
  bpo-assess check invoices.yaml
  bpo-assess score invoices.yaml
  bpo-assess score invoices.yaml -o invoices.md
  bpo-assess explain commodity-sameness

Exit codes: 0 done (whatever the verdict), 1 the gate of check is closed, compare --fail-on-drop or weights
--max-ratio is broken, or a case of a questionnaire fails, 2 wrong usage or input that cannot be used, 3 a
fault in the program, 130 stopped with Ctrl-C.
"""

app = typer.Typer(
    name="bpo-assess",
    help="Should this business process be outsourced? Score it, see why, and hand over the report.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, asked: bool) -> None:
    if asked:
        from bpo_assess import __version__

        typer.echo(f"bpo-assess {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: bool = typer.Option(
        False,
        "--version",
        "-V",
        help="Show the version.",
        is_eager=True,
        callback=lambda value: _version(asked=value),
    ),
) -> None:
    """Answer what stands before any command."""


app.command("new", cls=Command, short_help="Write a process description to fill in.")(new.new)
app.command("score", cls=Command, short_help="Assess processes and report.")(score.score)
app.command("check", cls=Command, short_help="Find every mistake and gap; a gate for CI.")(
    check.check
)
app.command("plan", cls=Command, short_help="The least work that reaches a better verdict.")(
    plan.plan
)
app.command("compare", cls=Command, short_help="What moved between two assessments, and why.")(
    compare.compare
)
app.command(
    "sensitivity", cls=Command, short_help="How sure the verdict is, and what would change it."
)(sensitivity.sensitivity)
app.command("weights", cls=Command, short_help="Agree on weights by comparing in pairs.")(
    weights.weights
)
app.command("explain", cls=Command, short_help="Explain a code, a question, a risk or a control.")(
    explain.explain
)
app.command("functions", cls=Command, short_help="What is typical of common functions.")(
    functions.functions
)
app.command("schema", cls=Command, short_help="JSON Schemas, for editors.")(schema.schema)
app.add_typer(
    questionnaire.app, name="questionnaire", short_help="List, show and check the methods."
)
app.add_typer(config.app, name="config", short_help="What check goes by, and where it was said.")
