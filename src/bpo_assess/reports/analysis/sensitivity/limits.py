"""A limit in words: what is asked, how far it is, and what would be beyond it."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.sensitivity.thresholds import Threshold, ToBorder
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.assessment.verdict import Reason, Relation, Subject
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.sensitivity.phrases import levels, quoted


def title_of(assessment: Assessment, entry: Threshold) -> str:
    """Name what a limit is about."""
    if entry.relation is Relation.NOT_KNOWN:
        return (
            "Open gates" if entry.subject == "gates" else "Open questions that the decision names"
        )
    reason = Reason(entry.subject, entry.kind, entry.subject, entry.relation)
    return wording.title_of(assessment, reason)


def limit_text(assessment: Assessment, entry: Threshold) -> str:
    """Say where it stands and what is needed: `Governance: 57.1; at least 50 needed`."""
    return f"{title_of(assessment, entry)}: {_stand(assessment, entry)}"


def _stand(assessment: Assessment, entry: Threshold) -> str:
    actual, limit = entry.actual, entry.limit
    match entry.kind:
        case Subject.QUESTION if entry.relation is Relation.NOT_KNOWN:
            return f"{actual}; none may be open"
        case Subject.QUESTION if isinstance(limit, int):
            return f"level {actual}; at least {limit + 1} needed"
        case Subject.RISK:
            return f"{actual}; less than {limit} needed"
        case Subject.FACT:
            return f"{wording.retained_steps(assessment)}; none may stay"
        case Subject.EVIDENCE if isinstance(actual, Decimal) and isinstance(limit, Decimal):
            return f"{wording.percent(actual)}; at least {plain(100 * limit)} % needed"
        case _:
            return f"{actual}; at least {plain(Decimal(limit or 0))} needed"


def ask(assessment: Assessment, entry: Threshold) -> str:
    """Name a limit in a sentence."""
    return quoted(title_of(assessment, entry))


def crossing(entry: Threshold) -> str:
    """Say where it stands and from where on another verdict follows: `it stands at 57.1; below 50`."""
    actual, limit = entry.actual, entry.limit
    match entry.kind:
        case Subject.QUESTION:
            return f"it stands at level {actual}; at {limit}{' or less' if limit else ''}"
        case Subject.RISK:
            return f"it is {actual}; from {limit} on"
        case Subject.EVIDENCE if isinstance(actual, Decimal) and isinstance(limit, Decimal):
            return f"it stands at {wording.percent(actual)}; below {plain(100 * limit)} %"
        case _:
            return f"it stands at {actual}; below {plain(Decimal(limit or 0))}"


# How far it is


def margin(entry: Threshold) -> str:
    """Say how far a limit is, on which side of it, in its own unit."""
    if entry.margin is None:
        return "every step has to go" if entry.kind is Subject.FACT else _missing(entry)
    size = abs(entry.margin)
    if entry.kind is Subject.RISK:
        return _risk_margin(entry, int(size if entry.holds else size + 1))
    if not size:
        return "just reached"
    return f"{_amount(entry, size)} {'short' if entry.holds else 'to spare'}"


def _missing(entry: Threshold) -> str:
    if entry.relation is Relation.NOT_KNOWN and isinstance(entry.actual, int):
        return f"{wording.count(entry.actual, 'answer')} missing"
    return "answers missing"


def _amount(entry: Threshold, size: Decimal) -> str:
    match entry.kind:
        case Subject.QUESTION:
            return levels(int(size))
        case Subject.EVIDENCE:
            return f"{plain(size)} percentage point{'' if size == 1 else 's'}"
        case _:
            return f"{plain(size)} point{'' if size == 1 else 's'}"


def _risk_margin(entry: Threshold, size: int) -> str:
    side = "too high" if entry.holds else "below the limit"
    ways = list(_ways(entry.border, falls=entry.holds)) if entry.border else []
    return f"{levels(size)} {side}" + (f"; {', or '.join(ways)}" if ways else "")


def _ways(border: ToBorder, *, falls: bool) -> Iterator[str]:
    """Yield the ways to the border, the shortest first: both sides together only where that is shorter."""
    alone = [
        (distance, _way(name, at, distance, falls=falls))
        for name, at, distance in (
            ("likelihood", border.at.likelihood, border.likelihood),
            ("impact", border.at.impact, border.impact),
        )
        if distance is not None
    ]
    alone.sort(key=lambda way: way[0])
    both = border.nearest
    if both and all(both.likelihood + both.impact < distance for distance, _ in alone):
        likelihood = _way("likelihood", border.at.likelihood, both.likelihood, falls=falls)
        yield f"{likelihood} and {_way('impact', border.at.impact, both.impact, falls=falls)}"
    yield from (text for _, text in alone)


def _way(name: str, at: Fraction, distance: Fraction, *, falls: bool) -> str:
    now, border = wording.two_places(at), at - distance if falls else at + distance
    if not falls:
        return f"{name} {now} rising to {wording.two_places(border)}"
    if not distance:
        return f"any fall of {name} ({now}, exactly on the border)"
    return f"{name} {now} falling below {wording.two_places(border)}"


# What would have to be done


def step(assessment: Assessment, entry: Threshold) -> str:
    """Say in short what has to move, and how far: `"Governance" 2.9 points up`."""
    title = quoted(title_of(assessment, entry))
    size = abs(entry.margin or Decimal(0))
    match entry.kind:
        case Subject.QUESTION if entry.relation is Relation.NOT_KNOWN:
            return _answered(entry)
        case Subject.QUESTION:
            return f"{title} {_amount(entry, size)} up{_stuck(assessment, entry)}"
        case Subject.RISK:
            return f"{title} {levels(int(size))} down"
        case Subject.FACT:
            return "no step that stays"
        case Subject.EVIDENCE:
            return f"evidence for {_amount(entry, size)} more"
        case _:
            return f"{title} {_amount(entry, size)} up"


def _answered(entry: Threshold) -> str:
    gates = entry.subject == "gates"
    noun = f"open {'gate' if gates else 'question'}"
    which = f"the {noun}" if entry.actual == 1 else f"the {entry.actual} {noun}s"
    return f"{which} answered" if gates else f"{which} answered that the decision names"


def _stuck(assessment: Assessment, entry: Threshold) -> str:
    level = entry.actual
    question = assessment.questionnaire.questions[entry.subject]
    return (
        " (nobody can raise it)" if isinstance(level, int) and question.is_fixed_at(level) else ""
    )
