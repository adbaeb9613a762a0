"""The smallest set of improvements that reaches a verdict, found as an integer program, exactly."""

from bpo_assess.analysis.plan.finding import best_within, next_better, plan_to
from bpo_assess.analysis.plan.result import Bar, Kind, Plan, Planning, Work
from bpo_assess.analysis.plan.solving import GaveUp

__all__ = [
    "Bar",
    "GaveUp",
    "Kind",
    "Plan",
    "Planning",
    "Work",
    "best_within",
    "next_better",
    "plan_to",
]
