"""An assessment taken up again, so that other answers can be tried on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from bpo_assess.assessment import rounding
from bpo_assess.assessment.method import prepare
from bpo_assess.assessment.result import Judgement
from bpo_assess.assessment.standing import Case, Outlook, stand
from bpo_assess.assessment.verdict import ground_of, ruled
from bpo_assess.model.decision import UNDETERMINED, Verdict
from bpo_assess.model.parts import MAX_LEVEL


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `score` says of a case."""

    verdict: Verdict | None
    """None is undetermined."""
    firm: bool
    """Whether no answer to an open question can change it."""

    @property
    def id(self) -> str:
        """The id of the verdict, `undetermined` where there is none."""
        return self.verdict.id if self.verdict else UNDETERMINED


@dataclass(frozen=True)
class Trial:
    """A judgement's three standpoints, and the verdicts in their order."""

    judgement: Judgement
    outlook: Outlook

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every verdict, least favourable first; the place of one is its rank."""
        return self.judgement.questionnaire.decision.verdicts

    @cached_property
    def opened(self) -> tuple[str, ...]:
        """The open questions, in the order of the method."""
        opened = self.outlook.known.case.open
        return tuple(key for key in self.judgement.responses if key in opened)

    def rank(self, case: Case) -> int:
        """Find the place of the verdict on a case, whatever share of the method is known."""
        ground = replace(ground_of(self.outlook), standing=self.outlook.bench.stand(case))
        return self.verdicts.index(ruled(ground))

    def with_levels(self, levels: Mapping[str, int]) -> Case:
        """Assume levels, as a what-if does: evidence stays as it is, and an open question gets none."""
        known = self.outlook.known.case
        return Case({**known.levels, **levels}, known.open - levels.keys(), known.evidenced)

    def decided(self, case: Case) -> Verdict | None:
        """Decide on a case as `score` does; None is undetermined."""
        if self._too_little(case):
            worst, best = self.ends(case)
            if worst != best:
                return None
        return self.verdicts[self.rank(case)]

    def outcome(self, case: Case) -> Outcome:
        """Decide on a case as `score` does, and tell whether that is firm."""
        worst, best = self.ends(case)
        if worst == best:
            return Outcome(self.verdicts[worst], firm=True)
        return Outcome(
            None if self._too_little(case) else self.verdicts[self.rank(case)], firm=False
        )

    def ends(self, case: Case) -> tuple[int, int]:
        """Find the ranks with every open question of a case at its worst, and at its best."""
        worst = {**case.levels, **dict.fromkeys(case.open, 0)}
        best = {**case.levels, **dict.fromkeys(case.open, MAX_LEVEL)}
        return (
            self.rank(Case(worst, case.open, case.evidenced)),
            self.rank(Case(best, frozenset(), case.evidenced | case.open)),
        )

    def _too_little(self, case: Case) -> bool:
        return (
            self.coverage(case) < self.judgement.questionnaire.decision.undetermined.below_coverage
        )

    def coverage(self, case: Case) -> Decimal:
        """Compute the share of the candidacy weight that is known, as printed."""
        shares = self.outlook.bench.shares
        known = (share for key, share in shares.items() if case.levels[key] is not None)
        return rounding.share(sum(known, Fraction()))


def trial_of(judgement: Judgement) -> Trial:
    """Take up a judgement again."""
    method = prepare(judgement.questionnaire)
    return Trial(judgement, stand(method, judgement.process, judgement.responses))
