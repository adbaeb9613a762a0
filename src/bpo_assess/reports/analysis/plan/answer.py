"""What a plan answers, in a few sentences, and what stands in the way of it."""

from collections.abc import Iterator
from fractions import Fraction

from bpo_assess.analysis.plan.result import Bar, Kind, Plan, Planning, Work
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.assessment.verdict import Ruling
from bpo_assess.model.decision import Condition, QuestionCondition, simple_conditions
from bpo_assess.reports import wording


def units(effort: Fraction) -> str:
    """Write an effort."""
    return f"{plain(effort)} {'unit' if effort == 1 else 'units'} of effort"


def question(planning: Planning) -> str:
    """Ask what the plan answers."""
    if planning.target is None:
        return f"What is the best that {units(planning.budget or Fraction())} can reach?"
    opened = any(response.is_open for response in planning.before.responses.values())
    firmly = ", whatever stays open" if planning.firm and opened else ""
    better = " or better" if _is_better(planning) else ""
    return f'What does it take to get to "{planning.target.title}"{better}{firmly}?'


def _is_better(planning: Planning) -> bool:
    """Tell whether the work leads to more than was asked for."""
    plan = planning.plan
    return bool(
        plan and plan.works and planning.target and plan.after.ruling.id != planning.target.id
    )


def answer(planning: Planning) -> list[str]:
    """Answer it in a few sentences, the outcome first."""
    plan = planning.plan
    if plan is None:
        return list(_no(planning))
    if not plan.works:
        return [_nothing(planning)]
    found = [_outcome(planning, plan), _proof(planning)]
    return [*found, *_narrowing(planning.before, plan), *_open_then(plan)]


def _outcome(planning: Planning, plan: Plan) -> str:
    before, after = planning.before, plan.after
    pieces = wording.count(len(plan.works), "piece of work", "pieces of work")
    done, one = f"{units(plan.effort)}, in {pieces},", plan.effort == 1
    today, reached = map(wording.verdict_title, (before, after))
    if before.ruling.id != after.ruling.id:
        known = ", as far as is known then" if is_open_below(after.ruling) else ""
        return f'{done} {"leads" if one else "lead"} from "{today}" to "{reached}"{known}.'
    if planning.firm:
        return f'{done} {"makes" if one else "make"} the verdict "{today}" firm.'
    values = [one.scorecard.candidacy.value for one in (before, after)]
    moved = " to ".join(wording.points(value) for value in values)
    return f'{done} {"raises" if one else "raise"} the candidacy from {moved}; the verdict stays "{today}".'


def is_open_below(ruling: Ruling) -> bool:
    """Tell whether open answers can still lead to a lesser verdict."""
    return ruling.verdict is not None and ruling.worst.id != ruling.verdict.id


def _narrowing(before: Assessment, plan: Plan) -> Iterator[str]:
    """Say where work takes something out of the scope, or may have to."""
    if surely := [work.subject for work in plan.works if work.narrows]:
        yield (
            f"Part of that takes work out of the scope ({wording.titles_of_questions(before, surely)}): "
            "what is left is another process, to be described and assessed again."
        )
    if perhaps := [work.subject for work in plan.works if _may_narrow(before, work)]:
        yield (
            f"Part of that may take work out of the scope ({wording.titles_of_questions(before, perhaps)}), "
            "where less comes out than is needed: what is left would be another process, to be described "
            "and assessed again."
        )


def _may_narrow(before: Assessment, work: Work) -> bool:
    if work.kind is not Kind.FIND_OUT or not work.end or work.end == work.hoped:
        return False
    action = before.questionnaire.questions[work.subject].action
    return action is not None and action.narrows


def _open_then(plan: Plan) -> Iterator[str]:
    """Say what the answers that stay open can still do."""
    ruling = plan.after.ruling
    opened = sum(response.is_open for response in plan.after.responses.values())
    if not opened or ruling.verdict is None:
        return
    stay = f"{wording.count(opened, 'question')} {'stays' if opened == 1 else 'stay'} open"
    they = "it" if opened == 1 else "they"
    if ruling.firm:
        yield f"{stay}; {they} cannot change that verdict."
    elif is_open_below(ruling):
        yield (
            f'{stay}; {they} can still lead anywhere from "{ruling.worst.title}" to '
            f'"{ruling.best.title}".'
        )
    else:
        yield f'{stay}; {they} can only make it better, up to "{ruling.best.title}".'


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
    allowed = planning.budget or Fraction()
    if before.ruling.verdict is None:
        return (
            f"{units(allowed)} {'is' if allowed == 1 else 'are'} not enough for a verdict that lets the work "
            "go. Find out first what is open: as long as nobody knows, the worst is assumed."
        )
    return f'Nothing: neither the verdict, "{today}", nor the candidacy gets better with it.'


def _proof(planning: Planning) -> str:
    if not planning.proven:
        return "The search was ended early: there may be a better plan."
    if planning.target is not None:
        return "Proven: nothing less would do."
    return (
        f"Proven: no other use of {units(planning.budget or Fraction())} reaches a better verdict, or a "
        "higher candidacy with this one."
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
