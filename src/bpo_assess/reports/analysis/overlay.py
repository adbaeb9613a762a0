"""A questionnaire that extends another by nothing but weights."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bpo_assess.analysis.pairwise import Weighing, changed
from bpo_assess.assessment.rounding import plain
from bpo_assess.model.comparisons import Kind
from bpo_assess.model.questionnaire import Axis, Dimension, Question
from bpo_assess.reports.analysis.pairwise import METHOD_NAMES

MARK = "# Weights from comparisons in pairs, written by bpo-assess weights."
"""The first line, by which the program knows a file that it may replace."""

Lines = Iterator[str]


def overlay(weighing: Weighing, base: str, key: str, version: str) -> str:
    """Write what differs from the questionnaire that is extended: the weights that change."""
    method = weighing.questionnaire
    within = plain(100 * weighing.within)
    lines = [
        MARK,
        f"# By the {METHOD_NAMES[weighing.method]}; each quotient of two weights holds within {within} %.",
        *_warnings(weighing),
        "format: bpo-assess/questionnaire/v1",
        f"id: {quoted(key)}",
        f"version: {quoted(version)}",
        f"title: {quoted(f'{_line(method.title)}, weights by comparison')}",
        f"extends: {quoted(base)}",
        *_axes(weighing),
    ]
    return "\n".join(lines) + "\n"


def _warnings(weighing: Weighing) -> Lines:
    for weighed in weighing.groups:
        if weighed.contradicts:
            yield (
                f"# Not to be used yet: the judgements of {weighed.group.id} contradict each other "
                f"(consistency ratio {weighed.joint.consistency.ratio})."
            )


def _axes(weighing: Weighing) -> Lines:
    weights: dict[tuple[Kind, str], Mapping[str, Decimal]] = {
        (weighed.group.kind, weighed.group.id): changed(weighed.group, weighing.weights(weighed))
        for weighed in weighing.groups
    }
    nothing: Mapping[str, Decimal] = {}
    found = [
        line
        for axis in weighing.questionnaire.axes
        for line in _axis(
            axis,
            weights.get(("axis", axis.id), nothing),
            {part.id: weights.get(("dimension", part.id), nothing) for part in axis.dimensions},
        )
    ]
    if found:
        yield from ("axes:", *found)
    else:
        yield "# The weights stay as they are."


def _axis(
    axis: Axis, weights: Mapping[str, Decimal], below: Mapping[str, Mapping[str, Decimal]]
) -> Lines:
    inside = [
        line
        for part in axis.dimensions
        if part.id in weights or below[part.id]
        for line in _dimension(part, weights, below[part.id])
    ]
    if inside:
        yield from (f"  - id: {quoted(axis.id)}", "    dimensions:", *inside)


def _dimension(
    part: Dimension, weights: Mapping[str, Decimal], below: Mapping[str, Decimal]
) -> Lines:
    yield from _weight(part, weights, "      ")
    if below:
        yield "        questions:"
        for question in part.questions:
            if question.id in below:
                yield from _weight(question, below, "          ")


def _weight(part: Dimension | Question, weights: Mapping[str, Decimal], indent: str) -> Lines:
    yield f"{indent}- id: {quoted(part.id)}"
    if part.id in weights:
        yield f"{indent}  weight: {weights[part.id]:f}"


def _line(text: str) -> str:
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Write a text so that YAML reads it as the text that it is."""
    return f'"{"".join(map(_sign, text))}"'


def _sign(sign: str) -> str:
    if sign in {'"', "\\"}:
        return f"\\{sign}"
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"
