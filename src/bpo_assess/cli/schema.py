"""`schema`: JSON Schemas for editors and validators."""

from typing import Annotated, Literal

import typer

from bpo_assess.cli.output import emit, refusing
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE


def schema(
    kind: Annotated[
        Literal[
            "process",
            "questionnaire",
            "configuration",
            "acceptances",
            "comparisons",
            "assessment",
            "check",
            "sensitivity",
            "plan",
            "comparison",
            "weights",
        ],
        typer.Argument(
            metavar="KIND",
            help="process, questionnaire, configuration, acceptances or comparisons: the files that people "
            "write; assessment, check, sensitivity, plan, comparison or weights: the JSON of score, check, "
            "sensitivity, plan, compare and weights.",
        ),
    ],
    questionnaire: Annotated[
        str,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="ID_OR_PATH",
            help="For process: the method whose questions may be answered.",
        ),
    ] = DEFAULT_QUESTIONNAIRE,
) -> None:
    """Print the JSON Schema (draft-07) of a kind of file, for editors and validators.

    An editor that knows it offers keys and levels with their meaning, and marks mistakes while one writes.
    """
    from bpo_assess.reports.writing import json_text

    with refusing("cannot be used."):
        found = _described(kind, questionnaire)
    emit(json_text(found))


def _described(kind: str, questionnaire: str) -> object:
    match kind:
        case "process":
            from bpo_assess.loading.read import read_functions, read_questionnaire
            from bpo_assess.reports.schema import process_schema

            method = read_questionnaire(questionnaire)
            return process_schema(method.questionnaire, read_functions(), method.left_out)
        case "check":
            from bpo_assess.reports.findings.contract import check_schema

            return check_schema()
        case "weights":
            from bpo_assess.reports.analysis.pairwise_json import weights_schema

            return weights_schema()
        case _:
            from bpo_assess.reports.schema import BY_KIND

            return BY_KIND[kind]()
