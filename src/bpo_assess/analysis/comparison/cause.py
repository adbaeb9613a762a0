"""Which changes between two assessments moved the verdict: a smallest set of them that is enough.

What is tried is OLD with some of the changes made: each time the whole decision, at the same exactness.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import comb

from bpo_assess.analysis.comparison.rescoring import carried
from bpo_assess.assessment import rounding
from bpo_assess.assessment.answers import Response, Responses, resolve
from bpo_assess.assessment.method import Method, prepare
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.standing import Outlook, controls_of, stand
from bpo_assess.assessment.verdict import ground_of, ruled
from bpo_assess.model.decision import FactCondition, Stance, Verdict, simple_conditions

WORK = 200_000
"""How many answers are looked at in all while sets of changes are tried: sets times questions."""


class ShiftKind(StrEnum):
    """What kind of change may have moved the verdict."""

    METHOD = "method"
    ANSWER = "answer"
    CONTROL = "control"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Shift:
    """One change that the decision can see: the method, one answer, one control, or whether steps stay."""

    kind: ShiftKind
    subject: str = ""
    """The id of the question or the control."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Which changes, made alone to OLD, are enough: they give NEW's verdict, or go beyond it the same way."""

    smallest: tuple[Shift, ...]
    proven: bool
    """Whether no set of fewer changes is enough."""
    alone: tuple[Shift, ...]
    """Each change that would do by itself."""
    shifts: int
    """How many changes there are."""
    gives: Verdict | None = None
    """The verdict of the smallest set; None where it is undetermined."""
    tried: bool = True
    """Whether sets were tried; where there are too many changes, `smallest` holds all of them."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A method, and what counts by it in OLD and in NEW."""

    method: Method
    then: Responses
    now: Responses


class Mixture:
    """OLD with some of the changes made that lead to NEW; questions named first are tried first."""

    def __init__(
        self,
        then: Assessment,
        now: Assessment,
        rescored: Assessment,
        first: Sequence[str],
    ) -> None:
        self._then, self._now = then.process, now.process
        self._ends = then.ruling.verdict, now.ruling.verdict
        self._order = order_of(now)
        self._new = _Side(prepare(now.questionnaire), rescored.responses, now.responses)
        self._old = self._new if rescored is then else _by_old_method(then, now)
        order = dict.fromkeys([*first, *self._old.then, *self._new.then])
        sides = (self._old, self._new)
        self.shifts: tuple[Shift, ...] = (
            *([Shift(ShiftKind.METHOD)] if rescored is not then else []),
            *(Shift(ShiftKind.ANSWER, key) for key in order if any(_counts(s, key) for s in sides)),
            *(Shift(ShiftKind.CONTROL, key) for key in _proven_apart(then, now)),
            *([Shift(ShiftKind.STEPS)] if _steps_apart(then, now) else []),
        )

    @property
    def questions(self) -> int:
        """How many answers one verdict looks at."""
        return max(1, len(self._old.then), len(self._new.then))

    def is_enough(self, made: Iterable[Shift]) -> bool:
        """Tell whether some of the changes move OLD's verdict as far as NEW's, or further the same way."""
        found, (then, now) = self.verdict(made), self._ends
        if found is None or now is None:
            return found is now
        if then is None or found.id == now.id:
            return found.id == now.id
        if more_favourable(now, then, self._order):
            return more_favourable(found, now, self._order)
        return more_favourable(then, now, self._order) and more_favourable(now, found, self._order)

    def verdict(self, made: Iterable[Shift]) -> Verdict | None:
        """Judge OLD with some of the changes made."""
        subjects: dict[ShiftKind, set[str]] = {kind: set() for kind in ShiftKind}
        for shift in made:
            subjects[shift.kind].add(shift.subject)
        side = self._new if subjects[ShiftKind.METHOD] else self._old
        changed = subjects[ShiftKind.ANSWER]
        responses = {
            key: side.now[key] if key in changed else response
            for key, response in side.then.items()
        }
        stated = subjects[ShiftKind.CONTROL]
        controls = (
            *(control for control in self._then.controls if control.id not in stated),
            *(control for control in self._now.controls if control.id in stated),
        )
        steps = (self._now if subjects[ShiftKind.STEPS] else self._then).steps
        process = self._then.model_copy(update={"controls": controls, "steps": steps})
        return verdict_of(stand(side.method, process, responses))


def _by_old_method(then: Assessment, now: Assessment) -> _Side:
    questionnaire = then.questionnaire
    process = carried(now.process, questionnaire)
    responses = resolve(questionnaire, process, now.as_of, now.what_if)
    return _Side(prepare(questionnaire), then.responses, responses)


def _counts(side: _Side, key: str) -> bool:
    """Tell whether the decision can see that an answer moved."""
    if key not in side.then:
        return False
    one, other = side.then[key], side.now[key]
    seen = (one.state, one.level, one.evidenced), (other.state, other.level, other.evidenced)
    return seen[0] != seen[1] and not _both_open(one, other)


def _both_open(one: Response, other: Response) -> bool:
    """Tell whether nobody knew then and nobody knows now: asked or not makes no difference."""
    return one.is_open and other.is_open


def _proven_apart(then: Assessment, now: Assessment) -> list[str]:
    """List the controls of either method that count at one end only."""
    known = {control.id for one in (then, now) for r in one.risks for control in r.risk.controls}
    before, after = (controls_of(one.process).in_place for one in (then, now))
    return sorted((before ^ after) & known)


def _steps_apart(then: Assessment, now: Assessment) -> bool:
    """Tell whether steps stay at one end only, and the decision of either method asks for that."""
    asked = any(
        isinstance(simple, FactCondition)
        for one in (then, now)
        for verdict in one.questionnaire.decision.verdicts
        for condition in verdict.held_by
        for simple in simple_conditions(condition)
    )
    before, after = (any(step.stays for step in one.process.steps) for one in (then, now))
    return asked and before != after


def verdict_of(outlook: Outlook) -> Verdict | None:
    """Decide as `decide` does, for the verdict alone; None where it is undetermined."""
    ground = ground_of(outlook)
    levels = outlook.known.case.levels
    shares = outlook.bench.shares.items()
    known = sum((share for key, share in shares if levels[key] is not None), Fraction())
    limit = outlook.method.questionnaire.decision.undetermined.below_coverage
    if rounding.share(known) < limit:
        ends = (replace(ground, standing=end) for end in (outlook.worst, outlook.best))
        if len({ruled(end).id for end in ends}) > 1:
            return None
    return ruled(ground)


def cause_of(mixture: Mixture) -> Cause:
    """Find a smallest set of changes that is enough: exactly where few sets have to be tried.

    Sets are tried by size until the next size would take too many. Then the changes are left out one by
    one for as long as the rest is enough, so that no part of what remains can be spared.
    """
    shifts, most = mixture.shifts, WORK // mixture.questions
    if len(shifts) > most:
        return Cause(shifts, proven=False, alone=(), shifts=len(shifts), tried=False)
    alone = tuple(shift for shift in shifts if mixture.is_enough([shift]))
    tried, size, smallest = len(shifts), 1, alone[:1]
    while not smallest:
        size += 1
        tried += comb(len(shifts), size)
        if tried > most:
            smallest = _spared(mixture)
            break
        sets = combinations(shifts, size)
        smallest = next((chosen for chosen in sets if mixture.is_enough(chosen)), ())
    return Cause(
        smallest,
        proven=len(smallest) <= size,
        alone=alone,
        shifts=len(shifts),
        gives=mixture.verdict(smallest),
    )


def _spared(mixture: Mixture) -> tuple[Shift, ...]:
    """Leave out every change without which the rest is enough, those of fewest points first."""
    kept = list(mixture.shifts)
    before = len(kept) + 1
    while len(kept) < before:
        before = len(kept)
        for shift in reversed(tuple(kept)):
            without = [other for other in kept if other != shift]
            if mixture.is_enough(without):
                kept = without
    return tuple(kept)


def order_of(assessment: Assessment) -> list[str]:
    """List the ids of a method's verdicts, the least favourable first."""
    return [verdict.id for verdict in assessment.questionnaire.decision.verdicts]


def more_favourable(one: Verdict, other: Verdict, order: Sequence[str]) -> bool:
    """Tell whether a verdict speaks more for outsourcing than another; if they say the same, by an order."""
    if one.stance is not other.stance:
        stances = list(Stance)
        return stances.index(one.stance) > stances.index(other.stance)
    if one.id not in order or other.id not in order:
        return False
    return order.index(one.id) > order.index(other.id)
