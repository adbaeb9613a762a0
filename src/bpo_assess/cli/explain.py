"""`explain`: what a code, a question, a risk or another part of the method means."""

from typing import Annotated

import typer

from bpo_assess.cli.output import emit, refusing, wrong_usage
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE


def explain(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="CODE|ID",
            help="A rule, such as BPO206, or the id of a question, dimension, risk, control or verdict.",
        ),
    ],
    questionnaire: Annotated[
        str,
        typer.Option("--questionnaire", "-q", metavar="ID_OR_PATH", help="The method to look in."),
    ] = DEFAULT_QUESTIONNAIRE,
) -> None:
    """Explain a code of an error, or a part of the method: why it counts, its levels, its sources."""
    from bpo_assess.diagnostics.codes import rule
    from bpo_assess.reports.knowledge import code_page, known_subjects, subject_page

    found = rule(subject)
    if found is not None:
        emit(code_page(found))
        return
    from bpo_assess.loading.explain import did_you_mean
    from bpo_assess.loading.read import read_questionnaire

    with refusing("cannot be used."):
        method = read_questionnaire(questionnaire).questionnaire
    page = subject_page(method, subject)
    if page is None:
        wrong_usage(
            f"`{subject}` is neither a code nor a part of `{method.id}`",
            did_you_mean(subject, known_subjects(method))
            or f"bpo-assess questionnaire show {questionnaire} lists its parts",
        )
    emit(page)
