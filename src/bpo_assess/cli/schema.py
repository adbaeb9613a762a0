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
            "weights",
        ],
        typer.Argument(
            metavar="KIND",
            help="process, questionnaire, configuration, acceptances or comparisons: the files that people "
            "write; assessment, check or weights: the JSON of score, check and weights.",
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
    import json

    from bpo_assess.loading.read import read_functions, read_questionnaire
    from bpo_assess.reports import schema as schemas

    with refusing("cannot be used."):
        match kind:
            case "process":
                method = read_questionnaire(questionnaire)
                found = schemas.process_schema(
                    method.questionnaire, read_functions(), method.left_out
                )
            case "questionnaire":
                found = schemas.questionnaire_schema()
            case "configuration":
                found = schemas.configuration_schema()
            case "acceptances":
                found = schemas.acceptances_schema()
            case "comparisons":
                found = schemas.comparisons_schema()
            case "assessment":
                found = schemas.assessment_schema()
            case "check":
                from bpo_assess.reports.findings.contract import check_schema

                found = check_schema()
            case "weights":
                from bpo_assess.reports.analysis.pairwise_json import weights_schema

                found = weights_schema()
    emit(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
