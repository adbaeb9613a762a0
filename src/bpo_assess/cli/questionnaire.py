"""`questionnaire`: the methods that can be judged by, readable."""

from typing import Annotated

import typer

from bpo_assess.cli.boundary import BROKEN_REQUIREMENT
from bpo_assess.cli.help import Command
from bpo_assess.cli.output import emit, refusing
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE

app = typer.Typer(
    help="List and show questionnaires: the methods that processes are judged by.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command("list", cls=Command)
def list_() -> None:
    """List the shipped questionnaires."""
    from bpo_assess.loading.catalogue import shipped_ids
    from bpo_assess.loading.read import read_questionnaire
    from bpo_assess.reports.knowledge import catalogue_page

    with refusing("cannot be used."):
        emit(catalogue_page([read_questionnaire(key).questionnaire for key in shipped_ids()]))


@app.command("show", cls=Command, short_help="Show a questionnaire in full.")
def show(
    name: Annotated[
        str, typer.Argument(metavar="ID_OR_PATH", help="A shipped questionnaire, or a file.")
    ] = DEFAULT_QUESTIONNAIRE,
) -> None:
    """Show a questionnaire: questions, weights, risks, and what holds each verdict."""
    from bpo_assess.loading.read import read_questionnaire
    from bpo_assess.reports.knowledge import questionnaire_page

    with refusing("cannot be used."):
        emit(questionnaire_page(read_questionnaire(name).questionnaire))


@app.command("check", cls=Command, short_help="Find what is wrong or odd in a questionnaire.")
def check(
    name: Annotated[
        str, typer.Argument(metavar="ID_OR_PATH", help="A shipped questionnaire, or a file.")
    ] = DEFAULT_QUESTIONNAIRE,
) -> None:
    """Check a questionnaire and run its cases: exit 0 if all hold, 1 if a case fails, 2 if it is unusable."""
    from bpo_assess.cli.output import say
    from bpo_assess.diagnostics import Severity
    from bpo_assess.loading.explain import locate
    from bpo_assess.loading.read import read_questionnaire
    from bpo_assess.loading.soundness import doubts
    from bpo_assess.reports.problems import frames, sound_line

    with refusing("cannot be used."):
        loaded = read_questionnaire(name)
    found = [locate(doubt, loaded.document) for doubt in doubts(loaded.questionnaire)]
    for frame in frames(found):
        say(frame)
    emit(sound_line(loaded.questionnaire, found))
    if any(doubt.severity is Severity.ERROR for doubt in found):
        raise typer.Exit(BROKEN_REQUIREMENT)
