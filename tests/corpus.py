"""The corpus of broken files, and what the program has to say about each."""

from pathlib import Path

from bpo_assess.diagnostics import Diagnostic, InputError
from bpo_assess.loading.read import pair, read_draft, read_questionnaire

INVALID = Path(__file__).parent / "invalid"
METHOD = INVALID / "method.questionnaire.yaml"

BROKEN = sorted(path for path in INVALID.glob("*.yaml") if path != METHOD)


def problems_of(path: Path) -> list[Diagnostic]:
    """Read a file as the program would, and collect what it has to say."""
    try:
        if path.name.endswith(".questionnaire.yaml"):
            read_questionnaire(str(path))
            return []
        return pair(read_draft(str(path)), read_questionnaire(str(METHOD)))
    except InputError as error:
        return list(error.diagnostics)
