"""What the open questions can still do to the verdict: which remain possible, and what decides.

Every answer to an open question is tried: each level with evidence and without, and that nobody finds
out, which counts as at the worst. A better answer never gives a worse verdict, so a box of answers whose
two ends give one verdict need not be opened.

So much for what can come once all is asked. What one answer does today is what `score` says with it; while
too little is known that may be that the verdict is undetermined.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from bpo_assess.analysis.sensitivity.trial import Trial
from bpo_assess.analysis.sensitivity.unknowns.deciding import deciding
from bpo_assess.analysis.sensitivity.unknowns.possible import is_possible
from bpo_assess.analysis.sensitivity.unknowns.replies import (
    BEST,
    NO_ANSWER,
    Trying,
    answered,
)
from bpo_assess.analysis.sensitivity.unknowns.result import (
    Deciding,
    Proof,
    Settling,
    Told,
    Unknown,
    Unknowns,
)
from bpo_assess.model.parts import LEVELS, MAX_LEVEL

__all__ = ["Deciding", "Proof", "Settling", "Told", "Unknown", "Unknowns", "unknowns_of"]


def unknowns_of(trial: Trial) -> Unknowns:
    """Find what the open questions can still do."""
    ruling, opened = trial.judgement.ruling, trial.opened
    worst, best = (trial.verdicts.index(verdict) for verdict in (ruling.worst, ruling.best))
    if worst == best:
        return Unknowns(len(opened), (ruling.worst,), (), (), ())
    trying = Trying(trial)
    settles = {key: tuple(_settles(trying, key)) for key in trying.tried}
    undecided = _undecided(trying, range(worst + 1, best))
    possible = sorted(trying.seen)
    found = tuple(deciding(trying, rank, worst, best) for rank in possible)
    return Unknowns(
        opened=len(opened),
        possible=tuple(trial.verdicts[rank] for rank in possible),
        undecided=tuple(trial.verdicts[rank] for rank in undecided if rank not in possible),
        order=tuple(
            _unknown(trial, key, settles.get(key, ())) for key in _order(trial, settles, found)
        ),
        deciding=found,
    )


def _undecided(trying: Trying, between: Sequence[int]) -> list[int]:
    """List the ranks of which it cannot be told in time whether any answers lead there."""
    return [
        rank for rank in between if rank not in trying.seen and is_possible(trying, rank) is None
    ]


def _order(
    trial: Trial, settles: Mapping[str, Sequence[Settling]], deciding: Sequence[Deciding]
) -> list[str]:
    """Order the questions: those that settle it alone, those that move it, those that decide with others."""
    decisive = trial.judgement.ruling.decisive
    together = {told.question.id for found in deciding for one in found.sets for told in one}
    beside = sorted(together.difference(decisive), key=trial.opened.index)
    beside.sort(key=lambda key: -trial.outlook.bench.share(key))
    return sorted([*decisive, *beside], key=lambda key: not settles.get(key))


def _unknown(trial: Trial, key: str, settles: tuple[Settling, ...]) -> Unknown:
    now = trial.judgement.ruling
    worst, best = (trial.outcome(trial.with_levels({key: level})) for level in (0, MAX_LEVEL))
    proven = trial.outcome(answered(trial.outlook.known.case, {key: BEST}))
    return Unknown(
        question=trial.judgement.questionnaire.questions[key],
        weight=trial.outlook.bench.shares.get(key, Fraction()),
        at_worst=worst,
        at_best=best,
        proven=proven,
        settles=settles,
        alone=bool(settles) or any(end.firm or end.id != now.id for end in (worst, best, proven)),
    )


def _settles(trying: Trying, key: str) -> Iterator[Settling]:
    """Yield the levels of a question that make the verdict firm alone."""
    for level in LEVELS:
        low = trying.rank({key: (level, False)}, NO_ANSWER)
        if low == trying.rank({key: (level, True)}, BEST):
            yield Settling(level, trying.trial.verdicts[low])
