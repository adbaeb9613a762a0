"""Whether the verdict moved, and which changes moved it."""

from decimal import Decimal

from bpo_assess.analysis.comparison import Cause, Comparison, Drop, Shift, ShiftKind
from bpo_assess.assessment.rounding import plain
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.comparison.phrases import (
    Blocks,
    both,
    control_text,
    level,
    listed,
    method_name,
    remarks,
    ruled,
)
from bpo_assess.reports.blocks import Paragraph
from bpo_assess.reports.problems import one_line


def verdict(comparison: Comparison) -> Blocks:
    """Say whether the verdict moved, and why."""
    then, now = comparison.then, comparison.now
    if comparison.cause is None:
        yield Paragraph(_unmoved(comparison))
        return
    moved = f"from {ruled(then)} to {ruled(now)}"
    yield Paragraph(f"Yes: {moved if comparison.same_process else both(ruled(then), ruled(now))}.")
    yield from _cause(comparison, comparison.cause)


def _unmoved(comparison: Comparison) -> str:
    """Say that the verdict is the same, and whether it is as sure and called the same."""
    then, now, one = comparison.then, comparison.now, comparison.same_process
    title, called = wording.verdict_title(then), wording.verdict_title(now)
    if ruled(then) == ruled(now):
        return f"No. It is {ruled(now)}, then and now." if one else f"No. Both are {ruled(now)}."
    if title != called:
        return f"No; only what the method calls it: {both(ruled(then), ruled(now))}."
    before, after = wording.certainty_word(then), wording.certainty_word(now)
    sure = f"was {before} and is {after} now" if one else f"is {both(before, after)}"
    return f'No; only how sure it is: "{called}" {sure}.'


def _cause(comparison: Comparison, cause: Cause) -> Blocks:
    one = comparison.same_process
    number = wording.count(cause.shifts, "change" if one else "difference")
    if not cause.tried:
        did = "moved it" if one else "make the verdict"
        yield Paragraph(f"There are {number}, too many to try which of them {did}.")
        return
    shown = [shift_text(comparison, shift) for shift in cause.alone or cause.smallest]
    if len(shown) == 1:
        yield Paragraph(f"Of {number}, one would have been enough by itself: {shown[0]}.")
    else:
        yield Paragraph(f"Of {number}, {_enough(cause)}:")
        yield listed(shown)
    if len(cause.alone) <= 1:
        yield from _beyond(comparison, cause)


def _enough(cause: Cause) -> str:
    """Say which of several changes are enough, as far as is proven."""
    size = len(cause.smallest)
    if cause.alone:
        return "any one of these would have been enough by itself"
    if cause.proven:
        return (
            f"none would have been enough by itself. It takes {size} together, and these are enough"
        )
    return (
        "none would have been enough by itself, and there are too many sets of them to try each. "
        f"These {size} are enough together, and none of them can be spared; a smaller set may exist"
    )


def _beyond(comparison: Comparison, cause: Cause) -> Blocks:
    """Say where the smallest set would have moved the verdict further than all changes together."""
    if cause.gives is not None and cause.gives.id != comparison.now.ruling.id:
        what = "it" if len(cause.smallest) == 1 else "they"
        yield Paragraph(
            f'Alone {what} would have given "{cause.gives.title}"; the others keep it from that.'
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
                return control_text(moved)
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


# The gate


def drop_text(comparison: Comparison, found: Drop, allowed: Decimal) -> str:
    """Say in one line what is worse than a gate allows."""
    index, parts = comparison.candidacy, []
    if found.points is not None:
        parts.append(
            f"the candidacy fell by {found.points} points, from {index.then} to {index.now}, "
            f"{_points_allowed(allowed)}"
        )
    if found.lost:
        parts.append(f"the candidacy was {index.then} and is not known any more")
    if found.verdict:
        then, now = comparison.then, comparison.now
        parts.append(f"the verdict went from {ruled(then)} to {ruled(now)}")
    return one_line("; ".join(parts))


def _points_allowed(allowed: Decimal) -> str:
    if not allowed:
        return "none allowed"
    return f"{plain(allowed)} {'is' if allowed == 1 else 'are'} allowed"
