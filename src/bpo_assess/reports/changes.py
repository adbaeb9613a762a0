"""The changes between two questionnaires as plain text."""

import textwrap
from collections.abc import Iterator, Sequence

from bpo_assess.assessment.changes import Change, Effect, next_version
from bpo_assess.model.questionnaire import Questionnaire

WIDTH = 80

MEANINGS = {
    Effect.BREAKING: "an old answer would be read as something that was not said",
    Effect.LOSSY: "some old answers no longer count",
    Effect.SAFE: "old answers mean what they meant; the outcome may move",
}


def changes_page(old: Questionnaire, new: Questionnaire, found: Sequence[Change]) -> str:
    """Write what changed between two questionnaires, and which version that asks for."""
    lines = [f"{old.id} {old.version} to {new.id} {new.version}", *_groups(found), ""]
    if found:
        lines.append(f"These changes ask for version {next_version(old.version, found)} or later.")
    else:
        lines.append("Nothing changed that answers or outcomes depend on.")
    return "\n".join(lines) + "\n"


def _groups(found: Sequence[Change]) -> Iterator[str]:
    for effect, meaning in MEANINGS.items():
        of_kind = [change for change in found if change.effect is effect]
        if of_kind:
            yield ""
            yield f"{effect.value.capitalize()}: {meaning}"
        for change in of_kind:
            text = f"{change.subject}: {change.text}"
            yield from textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
