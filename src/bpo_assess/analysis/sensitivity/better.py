"""What holds a process at its verdict: everything that has to be met before a better one follows.

It is looked for on what is known, whatever share that is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bpo_assess.analysis.sensitivity.thresholds import Threshold, each_risk, near
from bpo_assess.analysis.sensitivity.trial import Trial
from bpo_assess.assessment.verdict import Ground, ground_of, holds, ruled
from bpo_assess.model.decision import AllOf, AnyOf, Condition, Verdict


@dataclass(frozen=True, slots=True)
class Choice:
    """Ways of which one is enough; each is all that has to be met on it."""

    ways: tuple[tuple["Need", ...], ...]


Need = Threshold | Choice
"""A limit that has to be met, or a choice between several."""


@dataclass(frozen=True, slots=True)
class Better:
    """The next better verdict, and what must all be met for it."""

    verdict: Verdict | None
    """The verdict if nothing held the process where it is; None where there is no better one."""
    needs: tuple[Need, ...]
    """Everything that must be met."""


def better_of(trial: Trial) -> Better:
    """Find what holds a process at its verdict, and what follows once nothing does."""
    ground = ground_of(trial.outlook)
    now = ruled(ground)
    if now.id == trial.verdicts[-1].id:
        return Better(None, ())
    needs = (need for condition in now.held_by for need in _needs(condition, ground, now))
    return Better(_beyond(ground, now), _once(needs))


def _beyond(ground: Ground, now: Verdict) -> Verdict:
    """Find the verdict where nothing holds the process at the one that it has."""
    *restrictive, free = ground.method.questionnaire.decision.verdicts
    above = restrictive[restrictive.index(now) + 1 :]
    held = (verdict for verdict in above if any(holds(c, ground) for c in verdict.held_by))
    return next(held, free)


def _needs(condition: Condition, ground: Ground, now: Verdict) -> Iterator[Need]:
    """Yield all that must be met so that a condition holds no longer; nothing where it does not hold."""
    if not holds(condition, ground):
        return
    match condition:
        case AnyOf():
            for part in condition.any:
                yield from _needs(part, ground, now)
        case AllOf():
            ways = dict.fromkeys(_once(_needs(part, ground, now)) for part in condition.all)
            if len(ways) == 1:
                yield from next(iter(ways))
            else:
                yield Choice(tuple(ways))
        case _:
            for simple in each_risk(condition, ground):
                if holds(simple, ground):
                    yield replace(near(simple, ground, now), holds=True)


def _once(needs: Iterable[Need]) -> tuple[Need, ...]:
    return tuple(dict.fromkeys(needs))
