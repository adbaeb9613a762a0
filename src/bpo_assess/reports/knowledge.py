"""The knowledge as plain text: codes of problems, the parts of a method, and whole methods."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from bpo_assess.assessment.measures import MEASURES
from bpo_assess.assessment.method import prepare
from bpo_assess.assessment.rounding import plain
from bpo_assess.diagnostics.rule import Rule
from bpo_assess.model.decision import (
    Alternative,
    Benefit,
    DeliveryModel,
    Verdict,
    simple_conditions,
)
from bpo_assess.model.questionnaire import Axis, Dimension, Question, Questionnaire, Rung
from bpo_assess.model.risk import Control, Risk
from bpo_assess.reports import wording
from bpo_assess.reports.rules_page import SEEN_IN, how_it_counts

WIDTH = 80

Lines = Iterator[str]


def code_page(rule: Rule) -> str:
    """Explain a code: what is wrong, why it matters, an example, how to mend it, and how it counts."""

    def lines() -> Lines:
        yield f"{rule.code} {rule.name} ({rule.severity})"
        yield ""
        yield from _wrapped(rule.what)
        yield from _wrapped(rule.why)
        yield f"\nWrong, {SEEN_IN[rule.example_of]}:\n"
        yield textwrap.indent(rule.wrong, "  ")
        yield "\nRight:\n"
        yield textwrap.indent(rule.right, "  ")
        yield ""
        yield from _wrapped(f"To mend it: {rule.fix}")
        yield from _wrapped(how_it_counts(rule))

    return _page(lines())


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _wrapped(text: str | None, indent: str = "", first: str | None = None) -> Lines:
    if text:
        yield from textwrap.wrap(
            " ".join(text.split()),
            WIDTH,
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


# Parts of a method


def known_subjects(questionnaire: Questionnaire) -> list[str]:
    """List every id of a method that can be explained."""
    return list(_subjects(questionnaire))


def subject_page(questionnaire: Questionnaire, subject: str) -> str | None:
    """Explain a part of a method by its id; nothing where there is no such part."""
    found = _subjects(questionnaire).get(subject)
    return None if found is None else _page(found())


def _subjects(questionnaire: Questionnaire) -> Mapping[str, Callable[[], Lines]]:
    """Find the page of each id; where several parts share one, the first kind listed wins."""
    method = questionnaire
    controls = [control for risk in method.risks for control in risk.controls]
    beside: list[Alternative | DeliveryModel | Benefit] = [
        *method.alternatives,
        *method.delivery,
        *method.benefits,
    ]
    pages: dict[str, Callable[[], Lines]] = {}
    for found in (
        {part.id: partial(_question, method, part) for part in method.questions.values()},
        {part.id: partial(_risk, method, part) for part in method.risks},
        {part.id: partial(_dimension, method, part) for part in method.dimensions.values()},
        {part.id: partial(_axis, method, part) for part in method.axes},
        {part.id: partial(_verdict, method, part) for part in method.decision.verdicts},
        {part.id: partial(_control, method, part) for part in controls},
        {key: partial(_source, method, key) for key in method.sources},
        {part.id: partial(_titled, part.title, part.id, part.text) for part in beside},
    ):
        pages = {**found, **pages}
    return pages


def _titled(title: str, key: str, text: str | None) -> Lines:
    yield f"{title} ({key})"
    if text:
        yield ""
        yield from _wrapped(text)


def _question(questionnaire: Questionnaire, question: Question) -> Lines:
    yield from _titled(question.title, question.id, question.text)
    yield ""
    for level, anchor in enumerate(question.anchors):
        yield from _wrapped(anchor, "     ", f"  {level}  ")
    if question.why:
        yield "\nWhy it counts"
        yield from _wrapped(question.why, "  ")
    yield from _list("Evidence that would prove it", question.evidence)
    if question.action:
        yield "\nWhat raises it"
        step = wording.title_of_step(questionnaire, question.action.step)
        yield from _wrapped(
            f"{step}: {question.action.text}" if step else question.action.text, "  "
        )
    if question.clause:
        yield "\nClause"
        yield from _wrapped(question.clause, "  ")
    if question.measure:
        yield f"\nFacts that propose a level: {MEASURES[question.measure.of].counts}"
        for rung in question.measure.levels:
            yield f"  level {rung.level}: {_rung(rung)}"
    yield from _list("How it counts", _uses(questionnaire, question))
    yield from _list("Sources", [questionnaire.sources[key] for key in question.sources])


def _list(title: str, entries: Iterable[str]) -> Lines:
    texts = list(entries)
    if texts:
        yield f"\n{title}"
        for text in texts:
            yield from _wrapped(text, "    ", "  - ")


def _rung(rung: Rung) -> str:
    bounds = [
        f"{word} {plain(value)}"
        for word, value in (
            ("above", rung.above),
            ("at least", rung.at_least),
            ("at most", rung.at_most),
        )
        if value is not None
    ]
    also = [f"and {MEASURES[bound.measure].counts}" for bound in rung.also]
    return ", ".join([*bounds, *also]) or "whatever is stated"


def _uses(questionnaire: Questionnaire, question: Question) -> Lines:
    """Say where a question counts: its dimension, the decision, the risks."""
    dimension = next(
        part for part in questionnaire.dimensions.values() if question in part.questions
    )
    yield f"Weight {plain(question.weight)} in {dimension.title} ({dimension.id})"
    if question.id in prepare(questionnaire).gates:
        yield "A gate: it can decide alone, and no average makes up for it"
    for verdict in questionnaire.decision.verdicts:
        for condition in verdict.held_by:
            named = [getattr(simple, "question", None) for simple in simple_conditions(condition)]
            if question.id in named:
                yield f"Holds {verdict.title}: {wording.rule_text(questionnaire, condition)}"
    for risk in questionnaire.risks:
        if question.id in risk.drivers:
            yield f"Drives the likelihood of the risk {risk.title} ({risk.id})"
        if question.id in risk.impact_drivers:
            yield f"Drives the impact of the risk {risk.title} ({risk.id})"
    yield (
        "May be set aside as not applicable, with a reason"
        if question.not_applicable
        else ("Applies to every process")
    )


def _risk(questionnaire: Questionnaire, risk: Risk) -> Lines:
    yield from _titled(risk.title, risk.id, risk.text)
    for title, drivers in (
        ("What makes it likely", risk.drivers),
        ("What makes it hurt", risk.impact_drivers),
    ):
        total = sum(drivers.values())
        yield from _list(
            f"{title} (low answers raise it)",
            (
                f"{plain(100 * weight / total)} % {questionnaire.questions[key].title} ({key})"
                for key, weight in drivers.items()
            ),
        )
    yield from _list(
        "Controls",
        (f"{control.text} {_effect(control)}" for control in risk.controls),
    )
    yield from _list("Clauses", risk.clauses)
    yield from _list(
        "Published figures",
        (f"{figure.text} ({questionnaire.sources[figure.source]})" for figure in risk.published),
    )
    yield from _list("Sources", [questionnaire.sources[key] for key in risk.sources])


def _effect(control: Control) -> str:
    basis = f", basis: {control.basis}" if control.basis else ""
    return f"({control.id}: {control.acts_on} x {plain(control.factor)}{basis})"


def _control(questionnaire: Questionnaire, control: Control) -> Lines:
    yield from _titled("Control", control.id, control.text)
    uses = [
        f"{risk.title} ({risk.id}): {part.acts_on} x {plain(part.factor)}"
        for risk in questionnaire.risks
        for part in risk.controls
        if part.id == control.id
    ]
    yield from _list("Risks that it lowers, once it is in place with evidence", uses)


def _source(questionnaire: Questionnaire, key: str) -> Lines:
    yield from _titled("Source", key, questionnaire.sources[key])
    yield from _list(
        "Cited by",
        [q.title for q in questionnaire.questions.values() if key in q.sources]
        + [risk.title for risk in questionnaire.risks if key in risk.sources],
    )


def _dimension(questionnaire: Questionnaire, dimension: Dimension) -> Lines:
    yield from _titled(dimension.title, dimension.id, dimension.asks)
    yield from _list(
        f"Questions (weight of the dimension {plain(dimension.weight)})",
        (f"{q.title} ({q.id}), weight {plain(q.weight)}" for q in dimension.questions),
    )
    yield from _list("Holds", _held_by_index(questionnaire, dimension.id))


def _held_by_index(questionnaire: Questionnaire, subject: str) -> Lines:
    for verdict in questionnaire.decision.verdicts:
        for condition in verdict.held_by:
            named = [getattr(simple, "subject", None) for simple in simple_conditions(condition)]
            if subject in named:
                yield f"{verdict.title}: {wording.rule_text(questionnaire, condition)}"


def _axis(questionnaire: Questionnaire, axis: Axis) -> Lines:
    yield from _titled(axis.title, axis.id, axis.asks)
    yield from _list(
        "Dimensions",
        (f"{d.title} ({d.id}), weight {plain(d.weight)}" for d in axis.dimensions),
    )
    yield from _list("Holds", _held_by_index(questionnaire, axis.id))


def _verdict(questionnaire: Questionnaire, verdict: Verdict) -> Lines:
    yield from _titled(verdict.title, verdict.id, verdict.summary)
    if not verdict.held_by:
        yield from _list("Given when", ["nothing holds a less favourable verdict"])
        return
    yield from _list(
        "Held by any of",
        (
            wording.rule_text(questionnaire, condition)
            + (f". {condition.because}" if condition.because else "")
            for condition in verdict.held_by
        ),
    )


# Whole methods


def catalogue_page(questionnaires: Iterable[Questionnaire]) -> str:
    """List methods: id, version, title, and what they ask."""

    def lines() -> Lines:
        for method in questionnaires:
            yield f"{method.id} {method.version}  {method.title}"
            asked = wording.count(len(method.questions), "question")
            dimensions = wording.count(len(method.dimensions), "dimension")
            risks = wording.count(len(method.risks), "risk")
            verdicts = wording.count(len(method.decision.verdicts), "verdict")
            yield f"  {asked} in {dimensions}, {risks}, {verdicts}"
            yield from _wrapped(method.about, "  ")

    return _page(lines())


def questionnaire_page(method: Questionnaire) -> str:
    """Show a whole method: axes, dimensions, questions, risks, and what holds each verdict."""

    def lines() -> Lines:
        yield f"{method.title} ({method.id} {method.version})"
        if method.about:
            yield ""
            yield from _wrapped(method.about)
        gates = prepare(method).gates
        for axis in method.axes:
            yield f"\n{axis.title.upper()}"
            yield from _wrapped(axis.asks)
            for dimension in axis.dimensions:
                yield f"\n{dimension.title} (weight {plain(dimension.weight)})"
                for question in dimension.questions:
                    marks = [f"weight {plain(question.weight)}"]
                    marks += ["gate"] if question.id in gates else []
                    marks += ["facts"] if question.measure else []
                    yield from _wrapped(
                        f"{question.id} ({', '.join(marks)}): {question.text}", "    ", "  "
                    )
        if method.risks:
            yield "\nRISKS\n"
            for risk in method.risks:
                yield from _wrapped(f"{risk.id}: {risk.title}", "    ", "  ")
        yield "\nVERDICTS, the first that anything holds"
        for verdict in method.decision.verdicts:
            yield f"\n{verdict.title} ({verdict.id})"
            for condition in verdict.held_by:
                yield from _wrapped(wording.rule_text(method, condition), "    ", "  - ")
        limit = wording.percent(method.decision.undetermined.below_coverage)
        yield f"\n{method.decision.undetermined.title}"
        yield from _wrapped(f"less than {limit} known, and worst and best differ", "    ", "  - ")
        yield "\nbpo-assess explain ID says more about each part."

    return _page(lines())
