"""What comes of a plan: the score afterwards, how little is to spare, and what else would do."""

from collections.abc import Iterator
from decimal import Decimal

from bpo_assess.analysis.plan.result import Kind, Plan, Planning, Work
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.assessment.scoring import Index
from bpo_assess.model.decision import Condition, IndexCondition, simple_conditions
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.plan.pieces import movement, title
from bpo_assess.reports.blocks import Bullet, Bullets, Column, Heading, Paragraph, Table

LITTLE = Decimal(1)
"""Points above a limit below which a plan is said to leave little to spare."""

EFFORT = (
    "Units compare pieces of work with one another; they are not days. Raising a question takes what the "
    "questionnaire states for each level, 1 where it states nothing. Finding out an answer, proving one, "
    "and putting a control in place with evidence take 1 each. What nobody knows is reckoned as if the "
    "work began at level 0; once it is found out, less may be left to do."
)

Blocks = Iterator[Heading | Paragraph | Bullets | Table]


def closing(planning: Planning, plan: Plan) -> Blocks:
    """Say what the score is afterwards, what else would do, and how effort is counted."""
    yield Heading("What is the score afterwards?")
    if line := spare(plan.after):
        yield Paragraph(line)
    yield _scores(planning.before, plan.after)
    if _falls(planning.before, plan.after):
        yield Paragraph(
            "Some figures fall: a question that is open today is left out of the score; once answered it "
            "counts, here at the lowest level that is enough."
        )
    if planning.alternatives:
        yield Heading("What else would do, for the same effort?")
        yield Bullets(
            tuple(Bullet(swap(planning.before, plan, other)) for other in planning.alternatives)
        )
    yield Heading("How is effort counted?")
    yield Paragraph(EFFORT)


def spare(after: Assessment) -> str | None:
    """Name the indices that would barely reach what the verdict needs."""
    if after.ruling.verdict is None:
        return None
    verdicts = after.questionnaire.decision.verdicts
    lesser = verdicts[: verdicts.index(after.ruling.verdict)]
    found: dict[str, tuple[str, str]] = {}
    for condition in (part for verdict in lesser for part in verdict.held_by):
        found |= dict(_barely(after, condition))
    if not found:
        return None
    if len(found) == 1:
        name, figures = next(iter(found.values()))
        return f"Of the indices, {name} has little to spare: {figures}."
    listed = "; ".join(f"{name} {figures}" for name, figures in found.values())
    return f"Of the indices, these have little to spare: {listed}."


def _barely(after: Assessment, condition: Condition) -> Iterator[tuple[str, tuple[str, str]]]:
    for simple in simple_conditions(condition):
        if not isinstance(simple, IndexCondition) or simple.below is None:
            continue
        name, index = _index_of(after, simple)
        limit = Decimal(simple.below)
        if index.value is not None and limit <= index.value < limit + LITTLE:
            figures = f"{wording.points(index.value)}, {plain(limit)} or more is needed"
            yield simple.subject, (name, figures)


def _index_of(after: Assessment, condition: IndexCondition) -> tuple[str, Index]:
    for axis in after.scorecard.axes:
        if condition.axis == axis.axis.id:
            return axis.axis.title, axis.index
    part = next(p for p in after.scorecard.dimensions if p.dimension.id == condition.dimension)
    return part.dimension.title, part.index


def _pairs(before: Assessment, after: Assessment) -> Iterator[tuple[str, Index, Index, bool]]:
    """Yield every index with its name, today and afterwards, and whether it is a dimension's."""
    yield "Candidacy", before.scorecard.candidacy, after.scorecard.candidacy, False
    for one, other in zip(before.scorecard.axes, after.scorecard.axes, strict=True):
        yield one.axis.title, one.index, other.index, False
        for part, moved in zip(one.dimensions, other.dimensions, strict=True):
            yield part.dimension.title, part.index, moved.index, True


def _falls(before: Assessment, after: Assessment) -> bool:
    values = [(today.value, then.value) for _, today, then, _ in _pairs(before, after)]
    return any(today is not None and then is not None and then < today for today, then in values)


def _scores(before: Assessment, after: Assessment) -> Table:
    rows = tuple(
        (name, wording.points(today.value), wording.points(then.value))
        for name, today, then, is_part in _pairs(before, after)
        if not is_part or today.value != then.value
    )
    columns = (
        Column("Of 100 points"),
        Column("Today", right=True),
        Column("Afterwards", right=True),
    )
    return Table("The score afterwards", columns, rows)


def swap(before: Assessment, plan: Plan, other: Plan) -> str:
    """Say what an alternative leaves out and what it does in its place."""
    ours, theirs = (tuple(map(_done, one.works)) for one in (plan, other))
    left = [work for work, key in zip(plan.works, ours, strict=True) if key not in theirs]
    added = [work for work, key in zip(other.works, theirs, strict=True) if key not in ours]
    named = [
        wording.listing(_short(before, work) for work in works) for works in (left, added) if works
    ]
    if not left or not added:
        return wording.sentence(("Without " if left else "With ") + named[0])
    return wording.sentence(f"Instead of {named[0]}: {named[1]}")


def _done(work: Work) -> tuple[object, ...]:
    """Give what makes a piece of work the same in two plans."""
    return work.kind, work.subject, work.start, work.end, work.proves


def _short(before: Assessment, work: Work) -> str:
    if work.kind is Kind.CONTROL:
        return f'"{title(before, work)}"'
    return f'"{title(before, work)}" ({movement(work)})'
