"""What a plan answers, in a few sentences, and what stands in the way of it."""

from collections.abc import Iterator
from fractions import Fraction

from bpo_assess.analysis.plan.result import Bar, Plan, Planning
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.model.decision import Condition, QuestionCondition, simple_conditions
from bpo_assess.reports import wording


def units(effort: Fraction) -> str:
    """Write an effort."""
    return f"{plain(effort)} {'unit' if effort == 1 else 'units'} of effort"


def question(planning: Planning) -> str:
    """Ask what the plan answers."""
    if planning.target is None:
        return f"What is the best that {units(planning.budget or Fraction())} can reach?"
    firmly = ", whatever stays open" if planning.firm else ""
    return f'What does it take to get to "{planning.target.title}"{firmly}?'


def answer(planning: Planning) -> list[str]:
    """Answer it in a few sentences, the outcome first."""
    plan = planning.plan
    if plan is None:
        return list(_no(planning))
    if not plan.works:
        return [_nothing(planning)]
    found = [
        f"{units(plan.effort)}, in {_pieces(plan)}, lead {_moved(planning, plan)}.",
        _proof(planning),
    ]
    if narrowing := [work.subject for work in plan.works if work.narrows]:
        titles = wording.titles_of_questions(planning.before, narrowing)
        found.append(
            f"Part of that takes work out of the scope ({titles}): what is left is another process, to be "
            "described and assessed again."
        )
    return [*found, *_open_then(plan)]


def _pieces(plan: Plan) -> str:
    return wording.count(len(plan.works), "piece of work", "pieces of work")


def _moved(planning: Planning, plan: Plan) -> str:
    today, reached = map(wording.verdict_title, (planning.before, plan.after))
    if planning.before.ruling.id == plan.after.ruling.id:
        way = "to the same verdict made firm" if planning.firm else "to a higher candidacy"
        return f'within "{today}" {way}'
    known = "" if plan.after.ruling.firm else ", as far as is known then"
    return f'from "{today}" to "{reached}"{known}'


def _open_then(plan: Plan) -> Iterator[str]:
    """Say what the answers that stay open can still do."""
    ruling = plan.after.ruling
    opened = sum(response.is_open for response in plan.after.responses.values())
    if not opened or ruling.verdict is None:
        return
    questions = wording.count(opened, "question")
    stay = f"{questions} {'stays' if opened == 1 else 'stay'} open"
    if ruling.firm:
        yield f"{stay}, which cannot change that verdict."
    else:
        yield (
            f'{stay}, which can still lead anywhere from "{ruling.worst.title}" to '
            f'"{ruling.best.title}".'
        )


def _no(planning: Planning) -> Iterator[str]:
    yield "It cannot be reached, whatever is done."
    if planning.reachable is None:
        yield "Nor can any other verdict that is better than today's."
    else:
        yield f'The best that can be reached is "{planning.reachable.title}".'


def _nothing(planning: Planning) -> str:
    before = planning.before
    today = wording.verdict_title(before)
    if planning.target is not None:
        reached = before.ruling.id == planning.target.id
        return (
            f'Nothing: the verdict is "{today}" already.'
            if reached
            else f'Nothing: the verdict is better already, "{today}".'
        )
    if before.ruling.verdict is None:
        return (
            "Not enough for a verdict that lets the work go: too little is known. Find out first what is "
            "open; what nobody knows is reckoned at its worst."
        )
    return f'Nothing: neither the verdict, "{today}", nor the candidacy gets better with it.'


def _proof(planning: Planning) -> str:
    if not planning.proven:
        return "The search was ended early: there may be a better plan."
    if planning.target is not None:
        return "That is proven to be the least: nothing that takes less would do."
    return (
        "That is proven to be the best: no other use of it reaches a better verdict or more points."
    )


def bars_title(planning: Planning) -> str:
    """Introduce what stands in the way."""
    if all(bar.alone for bar in planning.bars):
        return "What stands in the way?"
    return "What stands in the way, taken together?"


def bar_text(planning: Planning, bar: Bar) -> str:
    """Say what stands in the way and what makes it fast."""
    if bar.condition is None:
        return "Too little would be known for a verdict."
    questionnaire = planning.before.questionnaire
    rule = wording.rule_text(questionnaire, bar.condition)
    title = wording.title_of_verdict(planning.before, bar.verdict)
    because = f" {wording.sentence(bar.condition.because)}" if bar.condition.because else ""
    fast = "".join(f" {said}" for said in _fast(planning.before, bar.condition))
    return f'{rule}: "{title}".{because}{fast}'


def _fast(assessment: Assessment, condition: Condition) -> Iterator[str]:
    """Name the questions of a condition that no work can raise."""
    for simple in simple_conditions(condition):
        if isinstance(simple, QuestionCondition):
            response = assessment.responses[simple.question]
            level = response.level
            if level is not None and response.question.is_fixed_at(level):
                yield f"No work can raise {response.question.title} from level {level}."
