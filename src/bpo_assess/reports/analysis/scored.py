"""An assessment for machines with what was asked for besides: how sure it is, and the way to a better one."""

import sys
from typing import TYPE_CHECKING, NotRequired

from bpo_assess.reports.analysis.plan_json import PlanningObject, planning_object
from bpo_assess.reports.analysis.sensitivity_json import SensitivityObject, sensitivity_object
from bpo_assess.reports.contract import AssessmentObject

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

if TYPE_CHECKING:
    from bpo_assess.reports import Analyses


class ExtraObjects(TypedDict):
    """What was asked for besides."""

    sensitivity: NotRequired[SensitivityObject]
    """How sure the verdict is; only there with --sensitivity."""
    plan: NotRequired[PlanningObject]
    """The least work that reaches a better verdict; only there with --plan."""


class ScoredObject(AssessmentObject, ExtraObjects):
    """An assessment as `score` prints it."""


def extra_objects(analyses: "Analyses") -> ExtraObjects:
    """Build the objects of what was asked for."""
    found: ExtraObjects = {}
    if analyses.sensitivity:
        found["sensitivity"] = sensitivity_object(analyses.sensitivity)
    if analyses.plan:
        found["plan"] = planning_object(analyses.plan)
    return found
