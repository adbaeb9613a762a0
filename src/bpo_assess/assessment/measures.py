"""Named measures: what the stated facts of a process description amount to, as one number each.

A section that is absent yields no reading, so it proposes no level: saying nothing is not saying
"none". What stands there only as a placeholder does not count.
"""

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeVar

from bpo_assess.assessment.rounding import plain
from bpo_assess.model.process import (
    DataClass,
    Kpi,
    ProcessDescription,
    ProcessException,
    Step,
)
from bpo_assess.model.questionnaire import Bound, MeasureUse, Rung

Unit = Literal["percent", "count", "number", "class"]

Entry = TypeVar("Entry")

_EDGES = string.punctuation + string.whitespace

_FILLER = "-_.,;:!?*/()[]{}<>~|=\"'`\u2013\u2014\u2026" + string.whitespace
"""Characters that say nothing by themselves, unlike a unit such as % or #."""

_PLACEHOLDER = re.compile(
    r"to be (done|defined|determined|confirmed|written|completed)"
    r"|tbd|tbc|tba|todo|fixme|x{3,}|n/?a|none|nil|pending"
    r"|(todo|tbd|tbc|fixme)\b.*|placeholder\b.*|(\S+ ){0,4}placeholder|lorem ipsum\b.*",
    re.IGNORECASE | re.DOTALL,
)


BRIEF = 200
"""Characters up to which it is remembered whether a text says something: most are asked about often."""


def is_stated(text: str | None) -> bool:
    """Tell whether a text says something: neither empty nor a placeholder such as TBD or {{ }}."""
    if text is None:
        return False
    return _is_stated_briefly(text) if len(text) <= BRIEF else _is_stated(text)


def _is_stated(text: str) -> bool:
    if "{{" in text and "}}" in text:
        return False
    return bool(text.strip(_FILLER)) and not _PLACEHOLDER.fullmatch(text.strip(_EDGES))


_is_stated_briefly = lru_cache(maxsize=1 << 12)(_is_stated)


def any_stated(texts: Iterable[str]) -> bool:
    """Tell whether at least one of several texts says something."""
    return any(is_stated(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure reads off a process description."""

    value: Fraction
    unit: Unit
    matching: int | None = None
    """How many entries match, where the value is a share of entries or a count."""
    total: int | None = None
    """Of how many entries."""


Take = Callable[[ProcessDescription, date | None], Reading | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name in questionnaires, what it counts, and the function that takes it."""

    id: str
    counts: str
    unit: Unit
    take: Take


def _share(entries: Sequence[Entry], matches: Callable[[Entry], bool]) -> Reading | None:
    """Read the percentage of entries that match; nothing where there are no entries."""
    if not entries:
        return None
    matching = sum(map(matches, entries))
    return Reading(Fraction(100 * matching, len(entries)), "percent", matching, len(entries))


def _count(entries: Sequence[Entry], matches: Callable[[Entry], bool]) -> Reading | None:
    if not entries:
        return None
    matching = sum(map(matches, entries))
    return Reading(Fraction(matching), "count", matching, len(entries))


def _number(value: Decimal | None) -> Reading | None:
    return None if value is None else Reading(Fraction(value), "number")


def _of_steps(matches: Callable[[Step], bool]) -> Take:
    return lambda process, _: _share(process.steps, matches)


def _of_kpis(matches: Callable[[Kpi], bool]) -> Take:
    return lambda process, _: _share(process.kpis, matches)


def _kpi_count(matches: Callable[[Kpi], bool]) -> Take:
    return lambda process, _: _count(process.kpis, matches)


def is_instructed(step: Step) -> bool:
    """Tell whether a step says how it is done."""
    return is_stated(step.instructions)


def has_one_accountable(step: Step) -> bool:
    """Tell whether exactly one role answers for a step; the doer does where nobody else is named."""
    return len([role for role in step.accountable or step.role if is_stated(role)]) == 1


def has_rule(exception: ProcessException) -> bool:
    """Tell whether an exception says how it is handled."""
    return is_stated(exception.rule)


def _has_rule_and_owner(exception: ProcessException) -> bool:
    return has_rule(exception) and is_stated(exception.owner)


def _of_exceptions(matches: Callable[[ProcessException], bool]) -> Take:
    """Weigh exceptions by their share of the volume where every one states it, else count them."""

    def take(process: ProcessDescription, _: date | None) -> Reading | None:
        exceptions = [exception for step in process.steps for exception in step.exceptions]
        reading = _share(exceptions, matches)
        shares = [exception.share_percent for exception in exceptions]
        if reading is None or any(share is None for share in shares) or not any(shares):
            return reading
        known = [
            (Fraction(share or 0), matches(e)) for share, e in zip(shares, exceptions, strict=True)
        ]
        value = (
            100 * sum(share for share, match in known if match) / sum(share for share, _ in known)
        )
        return Reading(Fraction(value), "percent", reading.matching, reading.total)

    return take


def is_complete(kpi: Kpi) -> bool:
    """Tell whether a KPI can be computed by somebody else: formula, unit and source."""
    return is_stated(kpi.formula) and is_stated(kpi.unit) and is_stated(kpi.source)


def _is_measured(kpi: Kpi) -> bool:
    return is_stated(kpi.measured) and is_stated(kpi.source)


def _has_target(kpi: Kpi) -> bool:
    return is_stated(kpi.target)


def _has_baseline(kpi: Kpi) -> bool:
    return is_stated(kpi.baseline)


def _volume_variation(process: ProcessDescription, _: date | None) -> Reading | None:
    return _number(process.volume.variation_percent) if process.volume else None


def reviews(process: ProcessDescription) -> list[date]:
    """List the days on which the process or one of its documents is said to have been reviewed."""
    stated = [process.reviewed, *(document.reviewed for document in process.documents)]
    return [day for day in stated if day is not None]


def _months_between(earlier: date, later: date) -> Fraction:
    """Count months, a part of a month as its share of 31 days, so that whole months are whole."""
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months + Fraction(later.day - earlier.day, 31)


def _months_since_review(process: ProcessDescription, as_of: date | None) -> Reading | None:
    """Age the oldest stated review; a review that lies after the day of the assessment is none."""
    past = [day for day in reviews(process) if as_of is not None and day <= as_of]
    if as_of is None or not past:
        return None
    return Reading(_months_between(min(past), as_of), "number")


def _most_sensitive_data(process: ProcessDescription, _: date | None) -> Reading | None:
    ranks = [list(DataClass).index(item.data_class) for item in process.data]
    return Reading(Fraction(max(ranks)), "class") if ranks else None


def _hidden_cost_categories(process: ProcessDescription, _: date | None) -> Reading | None:
    costs = process.business_case.hidden_costs if process.business_case else ()
    if not costs:
        return None
    priced = {cost.category for cost in costs if (cost.percent, cost.amount) != (None, None)}
    return Reading(Fraction(len(priced)), "count", len(priced))


def _owner_named(process: ProcessDescription, _: date | None) -> Reading | None:
    return Reading(Fraction(1), "count", 1) if is_stated(process.owner) else None


MEASURES: Mapping[str, Measure] = {
    measure.id: measure
    for measure in (
        Measure(
            "steps-with-instructions",
            "steps with real instructions",
            "percent",
            _of_steps(is_instructed),
        ),
        Measure(
            "steps-with-systems",
            "steps that name their systems",
            "percent",
            _of_steps(lambda step: any_stated(step.systems)),
        ),
        Measure(
            "steps-with-one-accountable",
            "steps with exactly one accountable role",
            "percent",
            _of_steps(has_one_accountable),
        ),
        Measure(
            "steps-with-stay-or-go",
            "steps that say whether they stay or go",
            "percent",
            _of_steps(lambda step: step.stays is not None),
        ),
        Measure(
            "steps-with-inputs-and-outputs",
            "steps with inputs and outputs",
            "percent",
            _of_steps(lambda step: any_stated(step.inputs) and any_stated(step.outputs)),
        ),
        Measure(
            "exceptions-with-rule", "exceptions with a rule", "percent", _of_exceptions(has_rule)
        ),
        Measure(
            "exceptions-with-rule-and-owner",
            "exceptions with rule and owner",
            "percent",
            _of_exceptions(_has_rule_and_owner),
        ),
        Measure(
            "kpis-complete",
            "KPIs with formula, unit and source",
            "count",
            _kpi_count(is_complete),
        ),
        Measure(
            "kpis-complete-with-owner-and-direction",
            "KPIs with formula, unit, source, owner and direction",
            "count",
            _kpi_count(
                lambda kpi: is_complete(kpi) and is_stated(kpi.owner) and kpi.direction is not None
            ),
        ),
        Measure("kpis-with-baseline", "KPIs with a baseline", "percent", _of_kpis(_has_baseline)),
        Measure("kpis-with-target", "KPIs with a target", "percent", _of_kpis(_has_target)),
        Measure(
            "kpis-with-target-baseline-and-frequency",
            "KPIs with target, baseline and frequency",
            "percent",
            _of_kpis(
                lambda kpi: _has_target(kpi) and _has_baseline(kpi) and is_stated(kpi.measured)
            ),
        ),
        Measure(
            "kpis-with-frequency-and-source",
            "KPIs with frequency and source",
            "percent",
            _of_kpis(_is_measured),
        ),
        Measure(
            "kpis-with-frequency-source-and-owner",
            "KPIs with frequency, source and owner",
            "percent",
            _of_kpis(lambda kpi: _is_measured(kpi) and is_stated(kpi.owner)),
        ),
        Measure(
            "full-time-equivalents",
            "full-time equivalents",
            "number",
            lambda process, _: _number(process.staff_fte),
        ),
        Measure(
            "volume-variation",
            "percent by which the volume varies, either way",
            "number",
            _volume_variation,
        ),
        Measure(
            "months-since-review",
            "full months since the oldest stated review",
            "number",
            _months_since_review,
        ),
        Measure(
            "most-sensitive-data",
            "rank of the most sensitive data class, from 0 (public) to 4 (special-category)",
            "class",
            _most_sensitive_data,
        ),
        Measure(
            "hidden-cost-categories",
            "hidden-cost categories with a figure in the business case",
            "count",
            _hidden_cost_categories,
        ),
        Measure("owner-named", "owners named", "count", _owner_named),
    )
}
"""Every measure by the name that questionnaires use."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The level that the stated facts support, and the readings it rests on."""

    level: int
    measure: str
    reading: Reading
    unmet: str | None = None
    """The further measure that keeps the level from being higher, where only that is missing."""


def _holds(bound: Rung | Bound, value: Fraction) -> bool:
    return (
        (bound.above is None or value > Fraction(bound.above))
        and (bound.at_least is None or value >= Fraction(bound.at_least))
        and (bound.at_most is None or value <= Fraction(bound.at_most))
    )


def _unmet(rung: Rung, process: ProcessDescription, as_of: date | None) -> str | None:
    """Name the first further bound of a rung that the facts do not reach."""
    for bound in rung.also:
        reading = MEASURES[bound.measure].take(process, as_of)
        if reading is None or not _holds(bound, reading.value):
            return bound.measure
    return None


def propose(use: MeasureUse, process: ProcessDescription, as_of: date | None) -> Proposal | None:
    """Propose the highest level whose bounds all hold; nothing where the facts are not stated."""
    reading = MEASURES[use.of].take(process, as_of)
    if reading is None:
        return None
    missed = None
    for rung in sorted(use.levels, key=lambda rung: rung.level, reverse=True):
        if not _holds(rung, reading.value):
            continue
        unmet = _unmet(rung, process, as_of)
        if unmet is None:
            return Proposal(rung.level, use.of, reading, missed)
        missed = missed or unmet
    return Proposal(0, use.of, reading, missed)


def read_off(measure: str, reading: Reading) -> str:
    """Write what a measure read, such as `steps with real instructions: 8 of 9, 88.89 %`."""
    counts = MEASURES[measure].counts
    if reading.unit == "percent":
        return f"{counts}: {reading.matching} of {reading.total}, {plain(reading.value)} %"
    if reading.total is not None:
        return f"{counts}: {reading.matching} of {reading.total}"
    return f"{counts}: {plain(reading.value)}"
