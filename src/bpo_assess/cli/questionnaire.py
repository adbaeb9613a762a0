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


@app.command("new", cls=Command, short_help="Write a questionnaire to start from.")
def new(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The file to write; - writes to standard output.")
    ],
) -> None:
    """Write a small and complete questionnaire, commented, to start from; never overwrites."""
    from bpo_assess.cli.output import say
    from bpo_assess.loading.catalogue import template
    from bpo_assess.reports.starter import questionnaire_starter
    from bpo_assess.reports.writing import write_new_file

    with refusing("nothing was written."):
        text = questionnaire_starter(template(), file)
        if file == "-":
            emit(text)
            return
        write_new_file(file, text)
    say(
        f"{file} written. Next: change it part by part, and run\n  bpo-assess questionnaire check {file}"
    )


@app.command(
    "diff", cls=Command, short_help="Say what changed, and whether old answers still count."
)
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The questionnaire before the change.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The questionnaire after it.")],
) -> None:
    """Say of every change whether old answers stay comparable: safe, lossy or breaking."""
    from bpo_assess.assessment.changes import changes
    from bpo_assess.loading.read import read_questionnaire
    from bpo_assess.reports.changes import changes_page

    with refusing("cannot be compared."):
        before, after = (read_questionnaire(name).questionnaire for name in (old, new))
    emit(changes_page(before, after, changes(before, after)))
