"""`questionnaire`: the methods that can be judged by, readable."""

from typing import Annotated

import typer

from bpo_assess.cli.boundary import BROKEN_REQUIREMENT, UNUSABLE
from bpo_assess.cli.help import Command
from bpo_assess.cli.output import emit, refusing, unique
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


@app.command("check", cls=Command, short_help="Find what is wrong or odd in questionnaires.")
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID_OR_PATH",
            help=f"Shipped questionnaires, or files; {DEFAULT_QUESTIONNAIRE} where none is named.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check questionnaires and run their cases: 0 if all hold, 1 if a case fails, 2 if one is unusable."""
    code = max(map(_checked, unique(names or [DEFAULT_QUESTIONNAIRE])))
    if code:
        raise typer.Exit(code)


def _checked(name: str) -> int:
    """Check one questionnaire, say what was found, and give the exit code that it deserves."""
    from bpo_assess.cli.output import say
    from bpo_assess.diagnostics import InputError, Severity
    from bpo_assess.loading.explain import locate
    from bpo_assess.loading.read import read_questionnaire
    from bpo_assess.loading.soundness import doubts
    from bpo_assess.reports.problems import closing_line, frames, sound_line

    try:
        loaded = read_questionnaire(name)
    except InputError as error:
        for frame in frames(error.diagnostics):
            say(frame)
        say(closing_line(error.diagnostics, "cannot be used."))
        return UNUSABLE
    found = [locate(doubt, loaded.document) for doubt in doubts(loaded.questionnaire)]
    for frame in frames(found):
        say(frame)
    emit(sound_line(loaded.questionnaire, found))
    is_sound = all(doubt.severity is not Severity.ERROR for doubt in found)
    return 0 if is_sound else BROKEN_REQUIREMENT


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
