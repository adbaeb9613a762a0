"""A plan for machines: `bpo-assess/plan/v1`.

Points run from 0 to 100, levels from 0 to 4; effort is in units of the questionnaire. Nothing is known
where a value is null. Keys may be added; none is renamed or removed.
"""

import sys
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import Field

from bpo_assess import __version__
from bpo_assess.analysis.plan.result import Bar, Kind, Plan, Planning, Work
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.scoring import Index
from bpo_assess.model.decision import Verdict
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.plan import answer, bar_text, needed_for, piece
from bpo_assess.reports.contract import ProcessObject, QuestionnaireObject, Tool
from bpo_assess.reports.json import assessment_object
from bpo_assess.reports.writing import json_text

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

PLAN_FORMAT: Final = "bpo-assess/plan/v1"

Number = int | float


class NamedVerdict(TypedDict):
    """A verdict."""

    id: str
    """Its id, `undetermined` where there is none."""
    title: str
    """What reports call it."""


WorkObject = TypedDict(
    "WorkObject",
    {
        "kind": Annotated[
            Literal["raise", "find-out", "prove", "control"], Field(description="What it is.")
        ],
        "subject": Annotated[str, Field(description="The id of the question or the control.")],
        "title": Annotated[str, Field(description="What it is about, and what becomes of it.")],
        "from": Annotated[int | None, Field(description="The level today.")],
        "to": Annotated[int | None, Field(description="The level to reach; null for a control.")],
        "effort": Annotated[Number, Field(description="What it takes.")],
        "gate": Annotated[bool, Field(description="Whether the question can decide alone.")],
        "step": Annotated[str | None, Field(description="The step of the course it belongs to.")],
        "needs_evidence": Annotated[bool, Field(description="Whether evidence has to be stated.")],
        "needs_description": Annotated[
            bool, Field(description="Whether the facts of the description must support it, too.")
        ],
        "must_turn_out": Annotated[
            bool, Field(description="Whether no work can raise it, so that it must come out so.")
        ],
        "narrows_scope": Annotated[
            bool, Field(description="Whether what is left has to be assessed again.")
        ],
        "needed_for": Annotated[list[str], Field(description="What would be without it alone.")],
        "texts": Annotated[list[str], Field(description="What to do, and what proves it.")],
        "owner": Annotated[None, Field(description="To be filled in.")],
    },
)
"""A piece of work."""


class HurdleObject(TypedDict):
    """Something that stands in the way."""

    verdict: str
    """The verdict that it holds."""
    text: str
    """What it is."""
    alone: bool
    """Whether it stands in the way by itself; else together with the others."""


class StandingObject(TypedDict):
    """Where the process stands, today or afterwards."""

    verdict: str
    """The id of the verdict."""
    title: str
    """What reports call it."""
    firm: bool
    """Whether no answer to an open question can change it."""
    candidacy: Number | None
    """The candidacy."""
    evidence_share: Number | None
    """The share, 0 to 1, of what is answered that has evidence."""
    axes: dict[str, Number | None]
    """The index of each axis."""
    dimensions: dict[str, Number | None]
    """The index of each dimension."""


class PlanObject(TypedDict):
    """A plan of the same effort."""

    effort: Number
    """What it takes."""
    actions: list[WorkObject]
    """The work."""
    after: StandingObject
    """Where the process stands then."""


class PlanningObject(TypedDict):
    """What was asked for, and what was found."""

    format: Literal["bpo-assess/plan/v1"]
    """What kind of file this is."""
    tool: Tool
    """The program that made it."""
    process: ProcessObject
    """What it is for."""
    questionnaire: QuestionnaireObject
    """The method by which it is judged."""
    as_of: str | None
    """The day for which dates were weighed."""
    what_if: dict[str, int | None]
    """Answers that were assumed with --set; null is unknown."""
    target: NamedVerdict | None
    """The verdict to reach; null with a budget."""
    budget: Number | None
    """The effort that was allowed; null with a target."""
    firm_asked: bool
    """Whether the verdict had to stand whatever stays open."""
    reached: bool
    """Whether there is a plan."""
    proven: bool
    """Whether it is proven that no plan is better."""
    answer: list[str]
    """The outcome in sentences."""
    effort: Number | None
    """What the plan takes."""
    actions: list[WorkObject]
    """The work, in the order in which to do it."""
    before: StandingObject
    """Where the process stands today."""
    after: StandingObject | None
    """Where it stands once the work is done."""
    alternatives: list[PlanObject]
    """Other plans of the same effort."""
    bars: list[HurdleObject]
    """What stands in the way, where there is no plan."""
    reachable: NamedVerdict | None
    """The best verdict that can be reached, where the target cannot."""


def render(planning: Planning) -> str:
    """Render a plan as an object."""
    value = planning_object(planning)
    return json_text(value)


def planning_object(planning: Planning) -> PlanningObject:
    """Build the object of a plan; its keys keep their order."""
    before, plan = planning.before, planning.plan
    assessed = assessment_object(before)
    return {
        "format": PLAN_FORMAT,
        "tool": {"name": "bpo-assess", "version": __version__},
        "process": assessed["process"],
        "questionnaire": assessed["questionnaire"],
        "as_of": assessed["as_of"],
        "what_if": assessed["what_if"],
        "target": _verdict(planning.target),
        "budget": None if planning.budget is None else _effort(planning.budget),
        "firm_asked": planning.firm,
        "reached": plan is not None,
        "proven": planning.proven,
        "answer": answer(planning),
        "effort": _effort(plan.effort) if plan else None,
        "actions": _actions(planning, plan) if plan else [],
        "before": _standing(before),
        "after": _standing(plan.after) if plan else None,
        "alternatives": [
            {
                "effort": _effort(other.effort),
                "actions": _actions(planning, other),
                "after": _standing(other.after),
            }
            for other in planning.alternatives
        ],
        "bars": [_bar(planning, bar) for bar in planning.bars],
        "reachable": _verdict(planning.reachable),
    }


def _effort(effort: Fraction) -> Number:
    return int(effort) if effort.denominator == 1 else float(effort)


def _number(value: Decimal | None) -> Number | None:
    return None if value is None else float(value)


def _value(index: Index) -> Number | None:
    return _number(index.value)


def _verdict(verdict: Verdict | None) -> NamedVerdict | None:
    return {"id": verdict.id, "title": verdict.title} if verdict else None


def _actions(planning: Planning, plan: Plan) -> list[WorkObject]:
    return [_action(planning, work) for work in plan.works]


def _action(planning: Planning, work: Work) -> WorkObject:
    said = piece(planning, work)
    return {
        "kind": _KINDS[work.kind],
        "subject": work.subject,
        "title": said.title,
        "from": work.start,
        "to": work.end,
        "effort": _effort(work.effort),
        "gate": work.gate,
        "step": work.step,
        "needs_evidence": work.proves,
        "needs_description": work.describes,
        "must_turn_out": work.hoped is not None,
        "narrows_scope": work.narrows,
        "needed_for": needed_for(planning, work),
        "texts": list(said.texts),
        "owner": None,
    }


_KINDS: dict[Kind, Literal["raise", "find-out", "prove", "control"]] = {
    Kind.RAISE: "raise",
    Kind.FIND_OUT: "find-out",
    Kind.PROVE: "prove",
    Kind.CONTROL: "control",
}


def _bar(planning: Planning, bar: Bar) -> HurdleObject:
    return {"verdict": bar.verdict, "text": bar_text(planning, bar), "alone": bar.alone}


def _standing(assessment: Assessment) -> StandingObject:
    scorecard = assessment.scorecard
    return {
        "verdict": assessment.ruling.id,
        "title": wording.verdict_title(assessment),
        "firm": assessment.ruling.firm,
        "candidacy": _value(scorecard.candidacy),
        "evidence_share": _number(scorecard.evidence_share),
        "axes": {score.axis.id: _value(score.index) for score in scorecard.axes},
        "dimensions": {part.dimension.id: _value(part.index) for part in scorecard.dimensions},
    }
