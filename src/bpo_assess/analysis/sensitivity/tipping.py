"""Which verdict follows if one simple condition of the decision said the opposite and nothing else did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bpo_assess.analysis.sensitivity.trial import Trial
from bpo_assess.assessment.verdict import Ground, holds
from bpo_assess.model.decision import ANY_RISK, AllOf, AnyOf, Condition, RiskCondition, Verdict


@dataclass(frozen=True, slots=True)
class Leaf:
    """A simple condition and where it stands in the decision."""

    condition: Condition
    path: tuple[int, ...]
    """The place of its verdict, its place there, and within each condition that it is a part of."""

    @property
    def joined(self) -> bool:
        """Whether it stands in a condition together with others."""
        _, _, *within = self.path
        return bool(within)


def leaves(verdicts: Sequence[Verdict]) -> Iterator[Leaf]:
    """Yield every simple condition of a decision."""
    for rank, verdict in enumerate(verdicts):
        for place, condition in enumerate(verdict.held_by):
            yield from _within(condition, (rank, place))


def _within(condition: Condition, path: tuple[int, ...]) -> Iterator[Leaf]:
    match condition:
        case AllOf():
            parts = condition.all
        case AnyOf():
            parts = condition.any
        case _:
            yield Leaf(condition, path)
            return
    for place, part in enumerate(parts):
        yield from _within(part, (*path, place))


def tipped(trial: Trial, ground: Ground, leaf: Leaf, simple: Condition) -> Verdict:
    """Find the verdict if one simple condition, of one risk where it is on any, said the opposite."""
    *restrictive, free = trial.verdicts
    for rank, verdict in enumerate(restrictive):
        for place, condition in enumerate(verdict.held_by):
            if _holds_with(condition, (rank, place), ground, leaf, simple):
                return verdict
    return free


def _holds_with(
    condition: Condition, path: tuple[int, ...], ground: Ground, leaf: Leaf, simple: Condition
) -> bool:
    """Tell whether a condition holds while one within it says the opposite."""
    if path == leaf.path:
        return not holds(simple, ground) or _another_risk(condition, ground, simple)
    inside = path == leaf.path[: len(path)]
    match condition:
        case AllOf() if inside:
            return all(
                _holds_with(part, (*path, place), ground, leaf, simple)
                for place, part in enumerate(condition.all)
            )
        case AnyOf() if inside:
            return any(
                _holds_with(part, (*path, place), ground, leaf, simple)
                for place, part in enumerate(condition.any)
            )
        case _:
            return holds(condition, ground)


def _another_risk(condition: Condition, ground: Ground, simple: Condition) -> bool:
    """Tell whether a condition on any risk holds for another risk than the one that is looked at."""
    if not isinstance(condition, RiskCondition) or condition.risk != ANY_RISK:
        return False
    assert isinstance(simple, RiskCondition)  # noqa: S101  for the type checker: it is one of them
    others = {key: risk for key, risk in ground.standing.risks.items() if key != simple.risk}
    return holds(condition, replace(ground, standing=replace(ground.standing, risks=others)))
