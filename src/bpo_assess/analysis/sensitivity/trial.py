"""An assessment taken up again, so that other answers can be tried on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from bpo_assess.assessment.method import prepare
from bpo_assess.assessment.result import Judgement
from bpo_assess.assessment.standing import Case, Outlook, Standing, stand
from bpo_assess.assessment.verdict import ground_of, ruled
from bpo_assess.model.decision import Verdict


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

    def decided(self, levels: Mapping[str, int]) -> Verdict | None:
        """Decide as it was decided, with other levels of answered questions; None is undetermined."""

        def rank(standing: Standing) -> int:
            case = standing.case
            return self.rank(replace(case, levels={**case.levels, **levels}))

        if self._too_little and rank(self.outlook.worst) != rank(self.outlook.best):
            return None
        return self.verdicts[rank(self.outlook.known)]

    @property
    def _too_little(self) -> bool:
        share = self.judgement.scorecard.candidacy.coverage or Decimal(0)
        return share < self.judgement.questionnaire.decision.undetermined.below_coverage


def trial_of(judgement: Judgement) -> Trial:
    """Take up a judgement again."""
    method = prepare(judgement.questionnaire)
    return Trial(judgement, stand(method, judgement.process, judgement.responses))
