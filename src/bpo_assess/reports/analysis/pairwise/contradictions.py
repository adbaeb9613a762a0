"""Judgements that contradict each other: what is said before anybody uses the weights that follow."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bpo_assess.analysis.pairwise import ACCEPTED, Excess, Opinion, Weighed, Weighing
from bpo_assess.assessment.rounding import half_up, plain
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.pairwise.names import judge_name, line
from bpo_assess.reports.problems import one_line

USUAL = f"up to {half_up(ACCEPTED, 2):.2f} is usual"


def warning(weighed: Weighed) -> str:
    """Warn of the weights of a group, and name the judges who contradict themselves."""
    return (
        f"These judgements contradict each other (consistency ratio {weighed.joint.consistency.ratio}; "
        f"{USUAL}): do not use these weights before that is mended.{_whose(weighed)}"
    )


def _whose(weighed: Weighed) -> str:
    if [one.voice.judge for one in weighed.opinions] == [None]:
        return ""
    counted = [one for one in weighed.at_odds if one.voice.weight]
    if not counted:
        return " What each judge says fits together by itself."
    whose = wording.listing(
        f"{judge_name(one.voice)} ({one.solution.consistency.ratio})" for one in counted
    )
    return f" Begin with those of {whose}."


def notes(weighing: Weighing) -> Iterator[str]:
    """Say in a line for each group what whoever reads no report has to know of its judgements."""
    for weighed in weighing.groups:
        if weighed.contradicts:
            text = warning(weighed)
            yield one_line(f"warning: {line(weighed.group.title)}: {text[0].lower()}{text[1:]}")
        elif weighed.at_odds:
            yield one_line(
                f"note: the judgements of {line(weighed.group.title)} do not all fit together: those of "
                f"{_at_odds(weighed.at_odds)}; the report without -o says which"
            )


def _at_odds(found: Sequence[Opinion]) -> str:
    """Name those who contradict themselves, and how much."""
    ratios = [f"ratio {one.solution.consistency.ratio}" for one in found]
    names = [judge_name(one.voice) for one in found]
    if len(found) == 1:
        return f"{names[0]} contradict each other ({ratios[0]}; {USUAL})"
    whose = wording.listing(f"{name} ({ratio})" for name, ratio in zip(names, ratios, strict=True))
    return f"{whose} contradict each other ({USUAL})"


def excess_text(excess: Excess, allowed: Decimal) -> str:
    """Say in one line which consistency ratios are above what a gate allows."""
    said = [str(excess.joint)] if excess.joint is not None else []
    if len(excess.group.entries) > 1:
        said = [f"{ratio} (all judges together)" for ratio in said]
        said += [f"{ratio} ({judge_name(voice)})" for voice, ratio in excess.alone]
    return one_line(
        f"the judgements of {line(excess.group.title)} contradict each other by a ratio of "
        f"{wording.listing(said)}, at most {plain(allowed)} is allowed"
    )
