"""What changed between two questionnaires, and whether old answers can still be compared.

Safe: old answers mean what they meant and still count, though the outcome may move. Lossy: some old
answers no longer count. Breaking: an old answer would now be read as something that was not said.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bpo_assess.model.decision import Verdict
from bpo_assess.model.parts import LEVELS, Part
from bpo_assess.model.questionnaire import Dimension, Question, Questionnaire
from bpo_assess.model.risk import Risk

Kind = TypeVar("Kind", bound=Part)
Named = TypeVar("Named", Risk, Verdict)
Differ = Callable[[str, Kind, Kind], Iterator["Change"]]

LONGEST_VALUE = 30
"""Characters up to which an old and a new value are printed; longer ones only changed."""


class Effect(StrEnum):
    """What a change does to answers that were given before it."""

    BREAKING = "breaking"
    LOSSY = "lossy"
    SAFE = "safe"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what it does to old answers, of what it is a change, and what was done."""

    effect: Effect
    subject: str
    text: str


def changes(old: Questionnaire, new: Questionnaire) -> list[Change]:
    """List every change from one questionnaire to another, the most serious first."""
    found = [*_questions(old, new), *_risks(old, new), *_rest(old, new)]
    order = list(Effect)
    return sorted(found, key=lambda change: (order.index(change.effect), change.subject))


def next_version(version: str, found: Iterable[Change]) -> str:
    """Say which version changes of this kind ask for, at the least."""
    numbers = [int(part) for part in version.split(".")]
    numbers += [0] * (3 - len(numbers))
    effects = {change.effect for change in found}
    if not effects:
        return version
    if effects & {Effect.BREAKING, Effect.LOSSY}:
        return f"{numbers[0] + 1}.0.0"
    return f"{numbers[0]}.{numbers[1] + 1}.0"


def _by_id(parts: Iterable[Named]) -> dict[str, Named]:
    return {part.id: part for part in parts}


def _compared(
    what: str,
    old: Mapping[str, Kind],
    new: Mapping[str, Kind],
    removed: Effect,
    differing: Differ[Kind],
) -> Iterator[Change]:
    """Compare parts by their ids: those that went, those that came, and those that differ."""
    for key in old:
        if key not in new:
            yield Change(removed, key, f"{what} removed")
    for key in new:
        if key in old:
            yield from differing(key, old[key], new[key])
        else:
            yield Change(Effect.SAFE, key, f"{what} added")


def _questions(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    yield from _compared("question", old.questions, new.questions, Effect.LOSSY, _question)
    before, after = _homes(old), _homes(new)
    for key in before.keys() & after.keys():
        if before[key] != after[key]:
            yield Change(Effect.SAFE, key, f"moved from {before[key]} to {after[key]}")


def _homes(questionnaire: Questionnaire) -> dict[str, str]:
    """Tell which dimension each question stands in."""
    dimensions = questionnaire.dimensions.values()
    return {question.id: part.id for part in dimensions for question in part.questions}


def _question(key: str, old: Question, new: Question) -> Iterator[Change]:
    for level in LEVELS:
        if old.anchors[level] != new.anchors[level]:
            said = f"level {level} said `{old.anchors[level]}`, now `{new.anchors[level]}`"
            yield Change(Effect.BREAKING, key, said)
    if old.text != new.text:
        yield Change(Effect.BREAKING, key, f"it asked `{old.text}`, now `{new.text}`")
    if old.not_applicable and not new.not_applicable:
        yield Change(Effect.LOSSY, key, "it can no longer be set aside as not applicable")
    yield from _fields(key, old, new, apart={"anchors", "text", "not_applicable"})


def _risks(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    yield from _compared("risk", _by_id(old.risks), _by_id(new.risks), Effect.SAFE, _fields)
    before, after = (
        {control.id for risk in one.risks for control in risk.controls} for one in (old, new)
    )
    for key in before - after:
        yield Change(Effect.LOSSY, key, "control removed")


def _rest(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    yield from _compared("dimension", old.dimensions, new.dimensions, Effect.SAFE, _dimension)
    verdicts = _by_id(old.decision.verdicts), _by_id(new.decision.verdicts)
    yield from _compared("verdict", *verdicts, Effect.SAFE, _fields)
    yield from _fields("decision", old.decision, new.decision, apart={"verdicts"})
    apart = {"format", "id", "version", "axes", "risks", "decision", "cases"}
    yield from _fields("questionnaire", old, new, apart=apart)


def _dimension(key: str, old: Dimension, new: Dimension) -> Iterator[Change]:
    yield from _fields(key, old, new, apart={"questions"})


def _fields(
    key: str, old: Part, new: Part, apart: AbstractSet[str] = frozenset()
) -> Iterator[Change]:
    """Name the fields that differ; a short one with its old and its new value."""
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name not in apart and before != after:
            short = all(len(str(value)) <= LONGEST_VALUE for value in (before, after))
            how = f"{before} to {after}" if short else "changed"
            yield Change(Effect.SAFE, key, f"{name} {how}")
