"""What moved between two assessments, for people: plain text for a terminal, and Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.cause import Cause, Shift, ShiftKind
from bpo_assess.analysis.comparison import (
    Comparison,
    Drop,
    MovedAnswer,
    MovedControl,
    MovedIndex,
    MovedRisk,
    Worth,
)
from bpo_assess.analysis.fact_changes import MovedEntry, MovedMeasure, MovedValue
from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.changes import Change, Effect
from bpo_assess.assessment.measures import MEASURES, Reading, read_off
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.rounding import half_up, plain
from bpo_assess.assessment.verdict import Reason
from bpo_assess.reports import wording
from bpo_assess.reports.analysis import pages
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.blocks import (
    Bullet,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Phrase,
    Strong,
    Table,
)
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

STANDARD_INPUT = "-"
"""How a description is named that came by standard input."""

LONGEST_LIST = 40
"""Entries of a list that a page shows; the JSON has them all."""

LONGEST_VALUE = 40
"""Characters up to which an old and a new value are printed; longer ones are only reworded."""

LONGEST_NAME = 60
"""Characters of the name of an entry that are printed."""

NOTHING_MOVED = (
    "Nothing moved: verdict, figures, answers, facts, risks and reasons are what they were."
)

FIRST_THE_METHOD = (
    "The method comes first: its part is what it changes about the old answers by itself. The part of "
    "the answers and facts is what they change after that, by the new method."
)

HOW_POINTS = (
    "Points are what the candidacy gains or loses as the answers change one after the other, from the "
    "first to the last and from the last to the first, and of these two the mean; so they add up."
)


MEANINGS = {
    Effect.BREAKING: "by which an old answer is read as something that was not said",
    Effect.LOSSY: "by which some old answers no longer count",
    Effect.SAFE: "by which old answers mean what they meant",
}


Blocks = Iterator[Block]


def text(comparison: Comparison, width: int) -> str:
    """Write a comparison as plain text of so many columns."""
    return pages.text([Heading(_title(comparison)), *_blocks(comparison)], width)


def markdown(comparison: Comparison) -> str:
    """Write a comparison as Markdown."""
    title = escape(one_line(_title(comparison)))
    return f"# {title}\n\n{pages.markdown(_blocks(comparison)).rstrip()}\n"


# Head


def _title(comparison: Comparison) -> str:
    return f"What moved: {comparison.now.process.name}"


def _facts(comparison: Comparison) -> Iterator[str]:
    then, now = comparison.then, comparison.now
    yield f"Then: {_source(then)}, judged by {method_name(then)}"
    yield f"Now: {_source(now)}, judged by {method_name(now)}"
    if then.process.id != now.process.id:
        yield f"These are two processes: {then.process.id} and {now.process.id}."
    if now.as_of is not None:
        yield f"As of {now.as_of}"
    if assumed := wording.what_if_line(now):
        yield assumed


def _source(assessment: Assessment) -> str:
    source = assessment.process_source
    if source is None:
        return assessment.process.id
    return "standard input" if source.name == STANDARD_INPUT else source.name


def method_name(assessment: Assessment) -> str:
    """Name a method with its version."""
    return f"{assessment.questionnaire.id} {assessment.questionnaire.version}"


def _blocks(comparison: Comparison) -> Blocks:
    yield _bullets(list(_facts(comparison)))
    yield Heading("Did the verdict move?")
    yield from _verdict(comparison)
    if comparison.nothing_moved:
        yield Heading("What else moved?")
        yield Paragraph(NOTHING_MOVED)
        return
    yield Heading("By how much did the figures move?")
    yield from _figures(comparison)
    if not comparison.same_method:
        yield Heading("What did the method do, and what the answers?")
        yield from _method(comparison)
    yield Heading("Which answers moved?")
    yield from _answers(comparison)
    yield Heading("Which facts moved?")
    yield from _fact_blocks(comparison)
    yield Heading("Which risks and controls moved?")
    yield from _risks(comparison)
    yield Heading("Which reasons came, and which went?")
    yield from _reasons(comparison)


def _bullets(entries: Sequence[str]) -> Bullets:
    return Bullets(tuple(map(Bullet, entries)))


def _listed(entries: Sequence[str]) -> Bullets:
    """List what fits a page, and say how much more there is."""
    more = len(entries) - LONGEST_LIST
    return _bullets(entries if more <= 0 else [*entries[:LONGEST_LIST], f"and {more} more"])


# The verdict


def _verdict(comparison: Comparison) -> Blocks:
    then, now = comparison.then, comparison.now
    before, after = _ruled(then), _ruled(now)
    if comparison.cause is None:
        if before == after:
            yield Paragraph(f"No. It is {before}, then and now.")
        else:
            yield Paragraph(f"No, but how sure it is: {before} then, {after} now.")
        return
    yield Paragraph(f"Yes: from {before} to {after}.")
    yield from _cause(comparison, comparison.cause)


def _ruled(assessment: Assessment) -> str:
    certain = wording.certainty_word(assessment)
    return f'"{wording.verdict_title(assessment)}"' + (f" ({certain})" if certain else "")


def _cause(comparison: Comparison, cause: Cause) -> Blocks:
    number, size = wording.count(cause.shifts, "change"), len(cause.smallest)
    shown = cause.alone or cause.smallest
    listed = [shift_text(comparison, shift) for shift in shown]
    if not cause.tried:
        yield Paragraph(f"There are {number}, too many to try which of them moved it.")
        return
    if len(shown) == 1:
        yield Paragraph(f"Of {number}, one would have been enough by itself: {listed[0]}.")
    elif cause.alone:
        yield Paragraph(f"Of {number}, any one of these would have been enough by itself:")
    elif cause.proven:
        yield Paragraph(
            f"Of {number}, none would have been enough by itself. It takes {size} together, and these "
            "are enough:"
        )
    else:
        yield Paragraph(
            f"Of {number}, none would have been enough by itself, and there are too many sets of them to "
            f"try each. These {size} are enough together, and none of them can be spared; a smaller set "
            "may exist:"
        )
    if len(shown) > 1:
        yield _listed(listed)
    if len(cause.alone) <= 1:
        yield from _beyond(comparison, cause)


def _beyond(comparison: Comparison, cause: Cause) -> Blocks:
    """Say where the smallest set would have moved the verdict further than all changes together."""
    if cause.gives is not None and cause.gives.id != comparison.now.ruling.id:
        what = "it" if len(cause.smallest) == 1 else "they"
        yield Paragraph(
            f'Alone {what} would have given "{cause.gives.title}"; the other changes keep it from that.'
        )


def shift_text(comparison: Comparison, shift: Shift) -> str:
    """Name a change that may have moved the verdict."""
    match shift.kind:
        case ShiftKind.METHOD:
            return (
                f"the method, from {method_name(comparison.then)} to {method_name(comparison.now)}"
            )
        case ShiftKind.ANSWER:
            return _answer_shift(comparison, shift.subject)
        case ShiftKind.CONTROL:
            counts = any(c.id == shift.subject for c in comparison.now.process.controls)
            moved = next((m for m in comparison.controls if m.control.id == shift.subject), None)
            if moved is not None:
                return _control(moved)
            return f"control {shift.subject}: {'stated' if counts else 'not stated'} now"
        case ShiftKind.STEPS:
            some = any(step.stays for step in comparison.now.process.steps)
            return f"{'some steps stay' if some else 'no step stays'} now"


def _answer_shift(comparison: Comparison, key: str) -> str:
    moved = next((entry for entry in comparison.answers if entry.now.question.id == key), None)
    if moved is None:
        return comparison.then.questionnaire.questions[key].title
    levels = f"{level(moved.then)} to {level(moved.now)}"
    remark = "; ".join(remarks(moved)) if moved.then.level == moved.now.level else ""
    return f"{moved.now.question.title}: {remark or levels}"


# Figures


def signed(value: Decimal | Fraction | None, places: int = 1) -> str:
    """Write a difference with its sign; nought has none."""
    if value is None:
        return wording.NOTHING
    rounded = half_up(abs(Fraction(value)), places)
    sign = "" if not rounded else "+" if value > 0 else "-"
    return f"{sign}{rounded:f}"


def _figures(comparison: Comparison) -> Blocks:
    index = comparison.candidacy
    if index.points is None:
        yield Paragraph("A candidacy is not known at both ends, so no difference can be given.")
    elif not index.points:
        yield Paragraph(
            f"The candidacy is {wording.points(index.now)} then and now, on what is known."
        )
    else:
        verb = "rose" if index.points > 0 else "fell"
        yield Paragraph(
            f"The candidacy {verb} by {abs(index.points)} points, from {wording.points(index.then)} to "
            f"{wording.points(index.now)}, on what is known."
        )
    rows = [_index(index, strong=True)]
    for axis in comparison.axes:
        rows.append(_index(axis.index, strong=True))
        rows += [_index(part) for part in axis.dimensions]
    cards = comparison.then.scorecard, comparison.now.scorecard
    known, proven = (
        [wording.percent(card.candidacy.coverage) for card in cards],
        [wording.percent(card.evidence_share) for card in cards],
    )
    rows += [("Known", *known, ""), ("With evidence", *proven, "")]
    yield _table("Figures", ("", "Then", "Now", "Points"), rows)


def _table(title: str, header: Sequence[str], rows: Sequence[tuple[Phrase, ...]]) -> Table:
    """Set figures below a header; the first column names what they are about."""
    first, *others = header
    columns = (Column(first), *(Column(name, right=True) for name in others))
    return Table(title, columns, tuple(rows))


def _index(index: MovedIndex, *, strong: bool = False) -> tuple[Phrase, ...]:
    figures = wording.points(index.then), wording.points(index.now), signed(index.points)
    return (Strong(index.title) if strong else f"- {index.title}", *figures)


def _method(comparison: Comparison) -> Blocks:
    then, now, rescored = comparison.then, comparison.now, comparison.rescored
    if method_name(then) == method_name(now):
        yield Paragraph(f"Both are called {method_name(now)}, and differ all the same.")
    yield Paragraph(
        f"By the method of now, the answers of then would have had the verdict {_ruled(rescored)}, and a "
        f"candidacy of {wording.points(rescored.scorecard.candidacy.value)}."
    )
    values = [one.scorecard.candidacy.value for one in (then, rescored, now)]
    if None not in values:
        yield Paragraph(FIRST_THE_METHOD)
        yield _parts([value for value in values if value is not None])
    else:
        yield Paragraph("A candidacy is not known everywhere, so the difference cannot be split.")
    for effect, meaning in MEANINGS.items():
        found = _grouped(change for change in comparison.method_changes if change.effect is effect)
        if found:
            yield Paragraph(f"{effect.capitalize()} changes of the method, {meaning}:")
            yield _listed(found)


def _grouped(found: Iterable[Change]) -> list[str]:
    """Name what was changed in the same way together."""
    subjects: dict[str, list[str]] = {}
    for change in found:
        subjects.setdefault(change.text, []).append(change.subject)
    return [f"{said}: {', '.join(keys)}" for said, keys in subjects.items()]


def _parts(values: Sequence[Decimal]) -> Table:
    then, between, now = values
    return _table(
        "Parts",
        ("", "Points"),
        (
            ("The method", signed(between - then)),
            ("The answers and facts", signed(now - between)),
            ("Together", signed(now - then)),
        ),
    )


# Answers and facts


def level(response: Response) -> str:
    """Write the level that counts, else the state."""
    return str(response.state) if response.level is None else str(response.level)


def remarks(moved: MovedAnswer) -> Iterator[str]:
    """Say what moved beside the level: what it rests on, claims above the facts, evidence."""
    then, now = moved.then, moved.now
    if now.assumed:
        yield "assumed"
        return
    if now.is_lowered:
        yield f"claims {now.claimed_level}, the facts support {now.fact_level}"
    elif then.is_lowered:
        yield f"claimed {then.claimed_level} then, when the facts supported {then.fact_level}"
    if then.origin is not now.origin and then.origin is not None and now.origin is not None:
        yield f"rests on {wording.ORIGINS[now.origin]} now, then on {wording.ORIGINS[then.origin]}"
    elif then.origin is None and now.origin is not None and not now.is_lowered:
        yield f"rests on {wording.ORIGINS[now.origin]}"
    if then.level is not None and now.level is not None and then.evidenced != now.evidenced:
        yield "evidence is stated now" if now.evidenced else "no evidence is stated any more"


def _answers(comparison: Comparison) -> Blocks:
    moved = comparison.answers
    if not moved:
        yield Paragraph("None.")
        return
    if comparison.by_answers is None or moved[0].points is None:
        yield Paragraph(
            f"{wording.count(len(moved), 'answer')} moved; no points can be given to each."
        )
    else:
        yield Paragraph(
            f"{wording.count(len(moved), 'answer')} moved; together they make "
            f"{signed(comparison.by_answers, 2)} points before rounding. {HOW_POINTS}"
        )
    rows = [_answer(entry) for entry in moved[:LONGEST_LIST]]
    if len(moved) > LONGEST_LIST:
        rows.append((f"and {len(moved) - LONGEST_LIST} more", "", "", ""))
    yield _table("Answers", ("Question", "Then", "Now", "Points"), rows)


def _answer(moved: MovedAnswer) -> tuple[Phrase, ...]:
    beside = "; ".join(remarks(moved))
    title = f"{moved.now.question.title} ({beside})" if beside else moved.now.question.title
    return title, level(moved.then), level(moved.now), signed(moved.points, 2)


def _fact_blocks(comparison: Comparison) -> Blocks:
    listed = [
        *map(_measure, comparison.measures),
        *map(_entry, comparison.entries),
    ]
    yield _listed(listed) if listed else Paragraph("None.")


def _measure(moved: MovedMeasure) -> str:
    ends = f"{_reading(moved, moved.then)} then, {_reading(moved, moved.now)} now"
    counts = MEASURES[moved.measure].counts
    return f"{counts[0].upper()}{counts[1:]}: {ends}"


def _reading(moved: MovedMeasure, reading: Reading | None) -> str:
    if reading is None:
        return "nothing stated"
    return read_off(moved.measure, reading).removeprefix(f"{MEASURES[moved.measure].counts}: ")


def _entry(moved: MovedEntry) -> str:
    words = moved.section.replace("_", " ")
    where = (
        words[0].upper() + words[1:] + (f", {_short(moved.name)}" if moved.name is not None else "")
    )
    single = moved.name is None and [value.key for value in moved.values] == [moved.section]
    if not moved.values:
        return f"{where}: {moved.movement}"
    if single:
        return f"{where}: {_value(moved.values[0])}"
    return f"{where}: {'; '.join(f'{v.key}: {_value(v)}' for v in moved.values)}"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}..."


def _value(moved: MovedValue) -> str:
    then, now = moved.then, moved.now
    if then is None:
        short = now is not None and len(now) <= LONGEST_VALUE
        return f"{now}, not stated then" if short else "stated now, not then"
    if now is None:
        return f"{then}, no longer stated" if len(then) <= LONGEST_VALUE else "no longer stated"
    if max(len(then), len(now)) > LONGEST_VALUE:
        return "reworded"
    return f"{then}, now {now}"


# Risks and reasons


def _risks(comparison: Comparison) -> Blocks:
    if not comparison.risks and not comparison.controls:
        yield Paragraph("None.")
        return
    if comparison.risks:
        yield Paragraph(
            "What is left of each risk with the controls in place, and its likelihood and impact from 1 "
            "to 5."
        )
        yield _table("Risks", ("Risk", "Then", "Now"), list(map(_risk, comparison.risks)))
    if comparison.controls:
        yield _listed([f"{_control(moved)}{_effect(moved)}" for moved in comparison.controls])


def _risk(moved: MovedRisk) -> tuple[Phrase, ...]:
    known = moved.now or moved.then
    title = known.risk.title if known else ""
    return title, _residual(moved.then), _residual(moved.now)


def _residual(risk: RiskAssessment | None) -> str:
    if risk is None:
        return "not in the method"
    known = risk.known
    if known.residual is None:
        return "not known"
    place = wording.two_places(known.residual_likelihood), wording.two_places(known.residual_impact)
    return f"{known.residual} ({' x '.join(place)})"


def _control(moved: MovedControl) -> str:
    return f"control {moved.control.id}: {moved.then} then, {moved.now} now"


def _effect(moved: MovedControl) -> str:
    if moved.now is Worth.COUNTS:
        return "; it lowers a risk now"
    return "; it no longer lowers a risk" if moved.then is Worth.COUNTS else ""


def _reasons(comparison: Comparison) -> Blocks:
    came = [_reason("Came", comparison.now, place) for place in comparison.came]
    went = [_reason("Went", comparison.then, place) for place in comparison.went]
    yield _listed([*came, *went]) if came or went else Paragraph("None.")


def _reason(word: str, assessment: Assessment, reason: Reason) -> str:
    title = wording.title_of_verdict(assessment, reason.verdict)
    return f'{word}, for "{title}": {wording.reason_text(assessment, reason)}'


# The gate


def drop_text(comparison: Comparison, found: Drop, allowed: Decimal) -> str:
    """Say in one line what is worse than a gate allows."""
    index, parts = comparison.candidacy, []
    if found.points is not None:
        parts.append(
            f"the candidacy fell by {found.points} points, from {index.then} to {index.now}, "
            f"{plain(allowed)} are allowed"
        )
    if found.lost:
        parts.append(f"the candidacy was {index.then} and is not known any more")
    if found.verdict:
        then, now = comparison.then, comparison.now
        parts.append(f"the verdict went from {_ruled(then)} to {_ruled(now)}")
    return one_line("; ".join(parts))
