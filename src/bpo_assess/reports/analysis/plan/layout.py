"""A plan for people: a question, its answer, then the work, as plain text or with boxes to tick."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from bpo_assess.analysis.plan.result import Bar, Kind, Plan, Planning, Work
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.assessment.scoring import Index
from bpo_assess.model.decision import Condition, QuestionCondition, simple_conditions
from bpo_assess.model.questionnaire import Question
from bpo_assess.reports import wording
from bpo_assess.reports.analysis import pages
from bpo_assess.reports.blocks import (
    Bullet,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Phrase,
    Several,
    Strong,
    Table,
    bullets,
)
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

EFFORT = (
    "Effort is counted in units of the questionnaire: what it states for raising a question by a level, "
    "1 where it states nothing. Finding out an answer, proving one, and putting a control in place with "
    "evidence take 1 each. What nobody knows is reckoned as if the work began at level 0; once it is "
    "found out, less may be left to do."
)

GATES = "First: what decides alone"

PERSON, DAY = "Owner: ", "by: "

BLANK = "__________"

Blocks = Iterator[Heading | Paragraph | Bullets | Table]


# Words for every format


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work in words."""

    title: str
    effort: str
    texts: tuple[str, ...]
    """What to do, when it is done, and what proves it."""
    place: str
    """The heading that it stands under."""


def units(effort: Fraction) -> str:
    """Write an effort."""
    return f"{plain(effort)} {'unit' if effort == 1 else 'units'} of effort"


def question(planning: Planning) -> str:
    """Ask what the plan answers."""
    if planning.target is None:
        return f"What is the best that {units(planning.budget or Fraction())} can reach?"
    return f'What does it take to get to "{planning.target.title}"?'


def answer(planning: Planning) -> list[str]:
    """Answer it in a few sentences."""
    if planning.plan is None:
        return list(_no(planning))
    today, reached = (
        wording.verdict_title(planning.before),
        wording.verdict_title(planning.plan.after),
    )
    if not planning.plan.works:
        return [_nothing(planning, today)]
    pieces = wording.count(len(planning.plan.works), "piece of work", "pieces of work")
    moved = f'from "{today}" to "{reached}"'
    if planning.before.ruling.id == planning.plan.after.ruling.id:
        moved = f'within "{today}" to a higher candidacy'
    first = f"{units(planning.plan.effort)}, in {pieces}, lead {moved}."
    return [first, _proof(planning), _afterwards(planning.plan)]


def _afterwards(plan: Plan) -> str:
    certain = wording.certainty(plan.after)
    return f"That verdict would be {certain[0].lower()}{certain[1:]}"


def _no(planning: Planning) -> Iterator[str]:
    yield "It cannot be reached, whatever is done."
    if planning.reachable is None:
        yield "Nor can any other verdict that is better than today's."
    else:
        yield f'The best that can be reached is "{planning.reachable.title}".'


def _nothing(planning: Planning, today: str) -> str:
    if planning.target is not None:
        return f'Nothing: the verdict is "{today}".'
    return f'Nothing that it can change betters the verdict, which is "{today}", or the candidacy.'


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


def piece(assessment: Assessment, work: Work) -> Piece:
    """Put a piece of work into words."""
    place = GATES if work.gate else wording.step_title(assessment, work.step)
    about = _on_control if work.kind is Kind.CONTROL else _on_question
    name = f"{title(assessment, work)}: {movement(work)}"
    return Piece(name, plain(work.effort), tuple(about(assessment, work)), place)


def title(assessment: Assessment, work: Work) -> str:
    """Name what a piece of work is about."""
    if work.kind is not Kind.CONTROL:
        return assessment.questionnaire.questions[work.subject].title
    risks = [
        risk.title
        for risk in assessment.questionnaire.risks
        if any(control.id == work.subject for control in risk.controls)
    ]
    return f'Control "{work.subject}" against {wording.listing(risks)}'


def movement(work: Work) -> str:
    """Say what becomes of it, such as `level 1 to 3`."""
    match work.kind:
        case Kind.RAISE:
            return f"level {work.start} to {work.end}"
        case Kind.FIND_OUT:
            return f"find out, level {work.end} is needed" if work.end else "find out"
        case Kind.PROVE:
            return f"prove level {work.end}"
        case Kind.CONTROL:
            return "put in place"


def _on_control(assessment: Assessment, work: Work) -> Iterator[str]:
    controls = (control for risk in assessment.questionnaire.risks for control in risk.controls)
    yield wording.sentence(next(c.text for c in controls if c.id == work.subject))
    yield "Done when: the description states it as in place, with evidence."


def _on_question(assessment: Assessment, work: Work) -> Iterator[str]:
    asked = assessment.questionnaire.questions[work.subject]
    if work.kind is Kind.FIND_OUT:
        yield from _finding_out(asked, work)
    elif work.kind is Kind.RAISE:
        if asked.action:
            yield wording.sentence(asked.action.text)
        yield f"Done when: {wording.sentence(asked.anchors[work.end or 0])}"
    if work.describes:
        facts = wording.facts_text(assessment.responses[work.subject])
        yield f"Complete the description too, whose facts do not support that yet: {facts}."
    if work.kind is Kind.PROVE:
        yield f"Claimed: {wording.sentence(asked.anchors[work.end or 0])}"
    if work.proves:
        proofs = "; or ".join(asked.evidence) or "where the proof can be found"
        yield f"Needs evidence, stated with the answer: {wording.sentence(proofs)}"
    elif asked.evidence and work.kind is not Kind.PROVE:
        yield f"What would prove it: {wording.sentence('; or '.join(asked.evidence))}"


def _finding_out(asked: Question, work: Work) -> Iterator[str]:
    """Say what to find out, what is enough, and what to do if it is less."""
    yield f"Find out and answer: {asked.text}"
    if not work.end:
        return
    yield f"Enough is level {work.end} or better: {wording.sentence(asked.anchors[work.end])}"
    if work.hoped is not None:
        yield (
            f"At least level {work.hoped} must come out: no work leads there from below, "
            "and without it this plan does not hold."
        )
    if work.end != work.hoped and asked.action:
        yield f"If it is less: {wording.sentence(asked.action.text)}"


# What stands around the work


def _opening(planning: Planning) -> Blocks:
    for text in answer(planning):
        yield Paragraph(text)
    if line := wording.what_if_line(planning.before):
        yield Paragraph(line)
    if planning.bars:
        yield Heading(bars_title(planning))
        if not all(bar.alone for bar in planning.bars):
            yield Paragraph("They cannot all be avoided; without any one of them the others could.")
        yield Bullets(tuple(Bullet(bar_text(planning, bar)) for bar in planning.bars))


def _closing(planning: Planning, plan: Plan) -> Blocks:
    yield Heading("What is the score afterwards?")
    yield _scores(planning.before, plan.after)
    if planning.alternatives:
        yield Heading("What else would do, for the same effort?")
        yield Bullets(
            tuple(Bullet(swap(planning.before, plan, other)) for other in planning.alternatives)
        )
    yield Heading("How is effort counted?")
    yield Paragraph(EFFORT)


def _scores(before: Assessment, after: Assessment) -> Table:
    rows = [("Candidacy", before.scorecard.candidacy, after.scorecard.candidacy)]
    for one, other in zip(before.scorecard.axes, after.scorecard.axes, strict=True):
        rows.append((one.axis.title, one.index, other.index))
        rows += [
            (part.dimension.title, part.index, moved.index)
            for part, moved in zip(one.dimensions, other.dimensions, strict=True)
            if part.index.value != moved.index.value
        ]
    columns = (
        Column("Of 100 points"),
        Column("today", right=True),
        Column("afterwards", right=True),
    )
    return Table("The score afterwards", columns, tuple(_score(*row) for row in rows))


def _score(name: str, before: Index, after: Index) -> tuple[str, str, str]:
    return name, wording.points(before.value), wording.points(after.value)


def swap(before: Assessment, plan: Plan, other: Plan) -> str:
    """Say what an alternative leaves out and what it does in its place."""
    left = [work for work in plan.works if work not in other.works]
    added = [work for work in other.works if work not in plan.works]
    named = [
        wording.listing(_short(before, work) for work in works) for works in (left, added) if works
    ]
    if not left or not added:
        return wording.sentence(("Without " if left else "With ") + named[0])
    return wording.sentence(f"Instead of {named[0]}: {named[1]}")


def _short(before: Assessment, work: Work) -> str:
    return f"{title(before, work)} ({movement(work)})"


# A chapter of a report


def chapter(planning: Planning) -> Blocks:
    """Write a plan as a chapter: the answer, the work as a table with room for owners, the outcome."""
    yield Heading(question(planning))
    yield from _opening(planning)
    plan = planning.plan
    if plan is None or not plan.works:
        return
    columns = (
        Column("Work"),
        Column("When"),
        Column("Effort", right=True),
        Column("What to do, and what proves it"),
        Column("Owner, and by when"),
    )
    pieces = [piece(planning.before, work) for work in plan.works]
    rows = tuple(_row(number, entry) for number, entry in enumerate(pieces, start=1))
    yield Table("The work, in order", columns, rows)
    yield from _closing(planning, plan)


def _row(number: int, entry: Piece) -> tuple[Phrase, ...]:
    return f"{number}. {entry.title}", entry.place, entry.effort, Several(entry.texts), BLANK


def brief(planning: Planning) -> Iterator[Paragraph | Bullets]:
    """Write what a screen shows of a plan: question, answer, and each piece of work in a line."""
    yield Paragraph((Strong(question(planning)), " ".join(answer(planning))))
    if planning.bars:
        yield bullets([bar_text(planning, bar) for bar in planning.bars])
    if planning.plan and planning.plan.works:
        pieces = [piece(planning.before, work) for work in planning.plan.works]
        yield bullets([f"{entry.title} [{entry.effort}]" for entry in pieces])


# Formats


def text(planning: Planning, width: int) -> str:
    """Write a plan as plain text of so many columns."""
    head = [Heading(f"{question(planning)} {planning.before.process.name}"), *_opening(planning)]
    page = pages.text(head, width)
    plan = planning.plan
    if plan is None or not plan.works:
        return page
    for place, pieces in _by_place(planning.before, plan):
        page += "\n" + pages.text([Heading(place)], width)
        for number, entry in pieces:
            page += "\n" + "".join(f"{line}\n" for line in _entry(number, entry, width))
    return page + "\n" + pages.text(_closing(planning, plan), width)


def _entry(number: int, entry: Piece, width: int) -> Iterator[str]:
    mark = f"{number:>3}. "
    pad = " " * len(mark)
    yield from pages.wrapped(f"{entry.title} [{entry.effort}]", width, mark, pad)
    for said in entry.texts:
        yield from pages.wrapped(said, width, pad)
    yield f"{pad}{PERSON}{BLANK} {DAY}{BLANK}"


def _by_place(assessment: Assessment, plan: Plan) -> Iterator[tuple[str, list[tuple[int, Piece]]]]:
    numbered = enumerate((piece(assessment, work) for work in plan.works), start=1)
    for place, entries in groupby(numbered, key=lambda entry: entry[1].place):
        yield place, list(entries)


def markdown(planning: Planning) -> str:
    """Write a plan as a Markdown work plan, with a box to tick for each piece of work."""
    process, method = planning.before.process, planning.before.questionnaire
    lines = [f"# Work plan: {_safe(process.name)}", ""]
    if process.owner:
        lines += [f"Owner of the process: {_safe(process.owner)}", ""]
    named = f"{method.title} {method.version}"
    day = f", as of {planning.before.as_of}" if planning.before.as_of else ""
    lines += [f"Judged by: {_safe(named)}{day}", "", f"## {_safe(question(planning))}", ""]
    page = "\n".join(lines) + "\n" + pages.markdown(_opening(planning)).rstrip() + "\n"
    plan = planning.plan
    if plan is None or not plan.works:
        return page
    for place, pieces in _by_place(planning.before, plan):
        page += f"\n## {_safe(place)}\n\n" + "".join(_box(*entry) for entry in pieces)
    return page + "\n" + pages.markdown(_closing(planning, plan)).rstrip() + "\n"


def _box(number: int, entry: Piece) -> str:
    blank = BLANK.replace("_", "\\_")
    lines = [f"- [ ] **{number}. {_safe(entry.title)}** (effort {entry.effort})"]
    lines += [f"  - {_safe(said)}" for said in entry.texts]
    lines.append(f"  - {PERSON}{blank} {DAY}{blank}")
    return "".join(f"{line}\n" for line in lines)


def _safe(said: str) -> str:
    return escape(one_line(said))
