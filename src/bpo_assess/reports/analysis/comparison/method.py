"""What of the difference the method did, and what changed in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.comparison import Comparison
from bpo_assess.assessment.changes import Change, Effect
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import half_up
from bpo_assess.model.questionnaire import Dimension, Question, Questionnaire
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.comparison.phrases import (
    Blocks,
    listed,
    method_name,
    ruled,
    signed,
    table,
)
from bpo_assess.reports.blocks import Paragraph, Table

FIRST_THE_METHOD = (
    "The method comes first: its part is what it changes about the old answers by itself. The part of "
    "the answers and facts is what they change after that, by the new method."
)

MEANINGS = {
    Effect.BREAKING: "Changes by which an old answer is read as something that was not said",
    Effect.LOSSY: "Changes by which some old answers no longer count",
    Effect.SAFE: "Changes that leave the meaning of answers alone (they can move the verdict)",
}

TEXTS = frozenset(
    ["about", "asks", "clause", "clauses", "evidence", "language", "notes", "sources", "summary", "text",
     "title", "why"]
)  # fmt: skip
"""Fields that are read and not reckoned with."""

WORDS = {
    "delivery": "delivery models",
    "held_by": "conditions",
    "impact_drivers": "impact drivers",
    "risk_matrix": "risk matrix",
}
"""Names of fields that are none in English."""

PARTS = frozenset({"question", "dimension", "risk", "control", "verdict"})
"""What can be added or removed."""

WHOLES = frozenset({"questionnaire", "decision"})
"""Subjects of changes that are no part among others."""

MOST_NAMED = 5
"""Parts that are named where the same was done to many."""

Titles = Mapping[str, str]
"""What a part is called, by its id."""

WEIGHT = "weight"


def method(comparison: Comparison) -> Blocks:
    """Say what the change of the method alone did, and what changed in it."""
    then, now, rescored = comparison.then, comparison.now, comparison.rescored
    if method_name(then) == method_name(now):
        yield Paragraph(f"Both are called {method_name(now)}, and differ all the same.")
    yield Paragraph(
        f"Judged by the new method, the old answers would have had the verdict {ruled(rescored)} and "
        f"{_candidacy(rescored)}."
    )
    values = [one.scorecard.candidacy.value for one in (then, rescored, now)]
    if None not in values and not comparison.answers:
        points = comparison.candidacy.points
        whole = f"The whole difference, {signed(points)} points, is the part of the method."
        yield Paragraph(whole if points else "It moves no point of the candidacy.")
    elif None not in values:
        yield Paragraph(FIRST_THE_METHOD)
        yield _parts([value for value in values if value is not None])
    else:
        yield Paragraph("A candidacy is not known everywhere, so the difference cannot be split.")
    weights = list(_reweighed(then.questionnaire, now.questionnaire))
    for effect, meaning in MEANINGS.items():
        found = [change for change in comparison.method_changes if change.effect is effect]
        if found:
            yield Paragraph(f"{meaning}:")
            titles = _titles(then.questionnaire, now.questionnaire)
            safe = effect is Effect.SAFE
            yield listed(_safe(found, weights, titles) if safe else _grouped(found, titles))


def _candidacy(assessment: Assessment) -> str:
    value = assessment.scorecard.candidacy.value
    return "no candidacy" if value is None else f"a candidacy of {wording.points(value)}"


def _parts(values: Sequence[Decimal]) -> Table:
    then, between, now = values
    return table(
        "Parts",
        ("", "Points"),
        (
            ("The method", signed(between - then)),
            ("The answers and facts", signed(now - between)),
            ("Together", signed(now - then)),
        ),
    )


def _titles(old: Questionnaire, new: Questionnaire) -> Titles:
    """Give the titles of what can change, as it is called now; a control has none."""
    titles: dict[str, str] = {}
    for one in (old, new):
        titles |= {verdict.id: verdict.title for verdict in one.decision.verdicts}
        titles |= {risk.id: risk.title for risk in one.risks}
        titles |= {key: part.title for key, part in one.dimensions.items()}
        titles |= {key: question.title for key, question in one.questions.items()}
    return titles


def _grouped(found: Iterable[Change], titles: Titles) -> list[str]:
    """Name what was changed in the same way together."""
    subjects: dict[tuple[str, str], list[str]] = {}
    wholes: dict[tuple[str, str], list[str]] = {}
    for change in found:
        field, _, how = change.text.partition(" ")
        if change.subject in WHOLES:
            wholes.setdefault((change.subject, how), []).append(WORDS.get(field, field))
        else:
            named = titles.get(change.subject, change.subject)
            subjects.setdefault((field, how), []).append(named)
    return [
        *(_in_short(*said, named) for said, named in subjects.items()),
        *(f"{wording.listing(fields)} {how}" for (_, how), fields in wholes.items()),
    ]


def _in_short(field: str, how: str, named: Sequence[str]) -> str:
    """Say what was done, and name the first of those to which it was done."""
    more = len(named) - MOST_NAMED
    shown = [*named[:MOST_NAMED], f"and {more} more"] if more > 0 else named
    if field in PARTS and how in {"added", "removed"}:
        return f"{wording.count(len(named), field)} {how}: {', '.join(shown)}"
    return f"{WORDS.get(field, field)} {how}: {', '.join(shown)}"


def _safe(found: Sequence[Change], weights: Sequence["_Reweighed"], titles: Titles) -> list[str]:
    """Write weights as shares, and count the texts."""
    weighed = {key for group in weights for key in group.keys}
    texts = [change for change in found if _field(change) in TEXTS]
    rest = [
        change
        for change in found
        if _field(change) not in TEXTS
        and not (_field(change) == WEIGHT and change.subject in weighed)
    ]
    said = [*(group.text for group in weights), *_grouped(rest, titles)]
    if texts:
        said.append(f"{wording.count(len(texts), 'text')} reworded")
    return said


def _field(change: Change) -> str:
    return change.text.partition(" ")[0]


# Weights


Part = Dimension | Question


@dataclass(frozen=True, slots=True)
class _Reweighed:
    """An axis or a dimension in which weights were changed."""

    keys: frozenset[str]
    """The parts whose stated weight is another."""
    text: str


def _reweighed(old: Questionnaire, new: Questionnaire) -> Iterator[_Reweighed]:
    """Set the weights of the parts of each axis and each dimension side by side."""
    before, after = _groups(old), _groups(new)
    for key, (title, parts) in after.items():
        was = {part.id: part for part in before[key][1]} if key in before else {}
        changed = {
            part.id for part in parts if part.id in was and part.weight != was[part.id].weight
        }
        if changed:
            shares = _shares([*was.values()]), _shares(parts)
            moved = [
                f"{part.title} {_percent(shares[0][part.id])} to {_percent(shares[1][part.id])}"
                for part in parts
                if part.id in was and _percent(shares[0][part.id]) != _percent(shares[1][part.id])
            ]
            said = ", ".join(moved) or "other numbers, and the same shares"
            yield _Reweighed(frozenset(changed), f"weights of {title}: {said}")


def _groups(questionnaire: Questionnaire) -> dict[tuple[str, str], tuple[str, Sequence[Part]]]:
    found: dict[tuple[str, str], tuple[str, Sequence[Part]]] = {}
    for axis in questionnaire.axes:
        found["axis", axis.id] = axis.title, axis.dimensions
        for part in axis.dimensions:
            found["dimension", part.id] = part.title, part.questions
    return found


def _shares(parts: Sequence[Part]) -> dict[str, Fraction]:
    whole = sum((Fraction(part.weight) for part in parts), Fraction()) or 1
    return {part.id: Fraction(part.weight) / whole for part in parts}


def _percent(share: Fraction) -> str:
    return f"{half_up(100 * share, 1):.1f} %"
