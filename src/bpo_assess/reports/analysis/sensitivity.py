"""How sure a verdict is, for people: a question, its answer in a sentence, then the figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.sensitivity import Sensitivity
from bpo_assess.analysis.sensitivity.answers import Flip
from bpo_assess.analysis.sensitivity.assessors import Assessors, Spread
from bpo_assess.analysis.sensitivity.thresholds import Threshold
from bpo_assess.analysis.sensitivity.unknowns import Deciding, Proof, Told, Unknown
from bpo_assess.assessment import rounding
from bpo_assess.assessment.answers import Response, State
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import half_up, plain
from bpo_assess.assessment.verdict import Reason, Relation, Subject
from bpo_assess.model.decision import Verdict
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.reports import wording
from bpo_assess.reports.analysis import pages, tornado, weighting
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.blocks import Bullet, Bullets, Column, Heading, Paragraph, Strong, Table
from bpo_assess.reports.markdown import escape
from bpo_assess.reports.problems import one_line

ASKED, NEAREST, DIFFERING = 10, 8, 15
"""How many questions to ask, conditions and disagreements a page lists; the JSON has all."""

LISTED_SETS, LISTED_ANSWERS = 3, 8
"""How many sets that decide, and answers of one, a page spells out."""

Blocks = Iterator[Block]


def text(found: Sequence[Sensitivity], width: int) -> str:
    """Write pages as plain text of so many columns."""
    rule = "\n" + "=" * width + "\n\n"
    return rule.join(pages.text([*_opening(one), *blocks(one)], width) for one in found)


def markdown(found: Sequence[Sensitivity]) -> str:
    """Write pages as Markdown."""
    return "\n---\n\n".join(map(_markdown, found))


def _markdown(found: Sensitivity) -> str:
    title, *opening = _opening(found)
    head = f"# {escape(one_line(title.text))}\n\n" if isinstance(title, Heading) else ""
    return head + pages.markdown([*opening, *blocks(found)]).rstrip() + "\n"


def blocks(found: Sensitivity) -> Blocks:
    """Answer every question about how sure the verdict is; a chapter of its own, without a title."""
    yield from _unknowns(found)
    yield from weighting.blocks(found.assessment, found.weighting)
    yield from _thresholds(found)
    yield from _answers(found)
    if found.assessors and len(found.assessors.voices) > 1:
        yield from _assessors(found.assessors)


def _opening(found: Sensitivity) -> Blocks:
    assessment = found.assessment
    yield Heading(f"How sure is the verdict? {assessment.process.name}")
    title = Strong(wording.verdict_title(assessment))
    candidacy = wording.points(assessment.scorecard.candidacy.value)
    named = (title, ". ") if assessment.ruling.verdict else ()
    yield Paragraph((*named, wording.certainty(assessment)))
    yield Paragraph(f"Candidacy {candidacy} of 100; {wording.known_line(assessment)}.")
    if found.assessors and len(found.assessors.voices) > 1:
        number = len(found.assessors.voices)
        yield Paragraph(
            f"All of this looks at the median of what {number} assessors answered; of two middle "
            "levels the lower. Facts and controls are those of the first file."
        )
    elif found.assessors:
        yield Paragraph(f"By the answers of {found.assessors.voices[0].person}.")
    if line := wording.what_if_line(assessment):
        yield Paragraph(line)


# Unknowns


def _unknowns(found: Sensitivity) -> Blocks:
    unknowns = found.unknowns
    yield Heading("What is still open, and does it matter?")
    yield Paragraph(_open_sentence(found))
    if unknowns.order:
        columns = (
            Column("Ask first"),
            Column("Weight", right=True),
            Column("If it is 0"),
            Column("If it is 4"),
        )
        rows = tuple(map(_asked, unknowns.order[:ASKED]))
        yield Table("The order in which to ask", columns, rows)
        yield Paragraph(
            "Weight is the share of the candidacy. The verdicts are those with the other open "
            "questions left open; a firm one stands whatever they say."
            + _rest(len(unknowns.order) - ASKED, "question", "can matter")
        )
    if unknowns.deciding:
        yield Paragraph("What would settle it, whatever the other open questions say:")
        yield Bullets(tuple(map(_deciding, unknowns.deciding)))


def _rest(number: int, noun: str, what: str) -> str:
    return f" {wording.count(number, f'more {noun}')} {what}." if number > 0 else ""


def _open_sentence(found: Sensitivity) -> str:
    unknowns = found.unknowns
    if not unknowns.opened:
        return "No: every question that applies is answered."
    opened = f"{wording.count(unknowns.opened, 'question')} {_be(unknowns.opened)} open"
    if len(unknowns.possible) == 1 and not unknowns.undecided:
        return f"No: {opened}, and no answer changes the verdict."
    text = f"Yes: {opened}, and these verdicts are possible: {_titles(unknowns.possible)}."
    if unknowns.undecided:
        text += f" The search ended before it was clear about {_titles(unknowns.undecided)}."
    return f"{text} Ask first: {unknowns.order[0].question.title}." if unknowns.order else text


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _titles(verdicts: Sequence[Verdict]) -> str:
    return wording.listing(verdict.title for verdict in verdicts)


def _asked(unknown: Unknown) -> tuple[str, ...]:
    firm = {entry.level for entry in unknown.settles}
    return (
        unknown.question.title,
        wording.percent(rounding.share(unknown.weight)),
        unknown.at_worst.title + (", firm" if 0 in firm else ""),
        unknown.at_best.title + (", firm" if MAX_LEVEL in firm else ""),
    )


def _deciding(entry: Deciding) -> Bullet:
    title = Strong(entry.verdict.title)
    if not entry.sets:
        why = "no answers do" if entry.exact else "none found before the search ended"
        return Bullet((title, f": {why}."))
    size = len(entry.sets[0])
    if size == 1:
        texts = [_told(one[0]) for one in entry.sets]
        more = _more(entry.number - len(texts), "answer")
        word = "this answer" if entry.number == 1 else "any one of these answers"
        return Bullet((title, f": {word}: {'; '.join(texts)}{more}."))
    shown = entry.sets[: LISTED_SETS if size <= LISTED_ANSWERS else 1]
    more = _more(entry.number - len(shown), "set")
    return Bullet(
        (title, f": {size} answers together{_proven(entry, size)}{more}."),
        tuple(_set_text(one) for one in shown),
    )


def _more(number: int, noun: str) -> str:
    return f"; and {wording.count(number, f'other {noun}')}" if number > 0 else ""


def _proven(entry: Deciding, size: int) -> str:
    if entry.exact or entry.at_least == size:
        return ", no fewer"
    return f" (fewer may do, but not fewer than {entry.at_least})" if entry.at_least > 1 else ""


def _set_text(one: Sequence[Told]) -> str:
    texts = [_told(told) for told in one[:LISTED_ANSWERS]]
    more = f"; and {len(one) - LISTED_ANSWERS} more" if len(one) > LISTED_ANSWERS else ""
    return "; ".join(texts) + more


def _told(told: Told) -> str:
    proof = {Proof.ANY: "", Proof.WITH: " with evidence", Proof.WITHOUT: " without evidence"}
    return f"{told.question.title} {_levels(told.low, told.high)}{proof[told.proof]}"


def _levels(low: int, high: int) -> str:
    if low == high:
        return f"at {low}"
    if (low, high) == (0, MAX_LEVEL):
        return "at any level"
    if high == MAX_LEVEL:
        return f"at {low} or more"
    return f"at {high} or less" if not low else f"at {low} to {high}"


# Thresholds


def _thresholds(found: Sensitivity) -> Blocks:
    measured = [entry for entry in found.thresholds if entry.distance is not None]
    deciding = [entry for entry in measured if entry.tipped.id != found.known.id]
    others = [entry for entry in measured if entry.tipped.id == found.known.id]
    yield Heading("How near is it?")
    yield Paragraph(_near_sentence(found, measured, deciding))
    for title, last, entries in (
        ("Limits that decide", "Verdict beyond it", deciding),
        ("Limits that change nothing alone", "Verdict it guards", others),
    ):
        if entries:
            columns = (Column(title), Column("Margin", right=True), Column(last))
            rows = tuple(_threshold(found, entry) for entry in entries[:NEAREST])
            yield Table(title, columns, rows)
            if len(entries) > NEAREST:
                yield Paragraph(_rest(len(entries) - NEAREST, "limit", "further away").strip())
    if measured:
        yield Paragraph(
            "Nearest first: a level, and a step of likelihood or impact, count as 25 points. A limit "
            "decides if the verdict is another once that condition alone says the opposite."
        )


def _near_sentence(
    found: Sensitivity, measured: Sequence[Threshold], deciding: Sequence[Threshold]
) -> str:
    if not measured:
        return "No condition of the decision has a figure that can be measured."
    if not deciding:
        nearest = measured[0]
        return (
            "No single limit decides: whichever one condition said the opposite, the verdict would "
            f"stay. The nearest is {_condition(found.assessment, nearest)} ({_margin(nearest)})."
        )
    nearest = deciding[0]
    return (
        f"The nearest limit that decides is {_condition(found.assessment, nearest)} "
        f"({_margin(nearest)}); beyond it the verdict is {nearest.tipped.title}."
    )


def _threshold(found: Sensitivity, entry: Threshold) -> tuple[str, ...]:
    joined = " (with others)" if entry.joined else ""
    last = entry.verdict if entry.tipped.id == found.known.id else entry.tipped
    return f"{_condition(found.assessment, entry)}{joined}", _margin(entry), last.title


def condition_title(assessment: Assessment, entry: Threshold) -> str:
    """Name what a condition is about."""
    if entry.relation is Relation.NOT_KNOWN:
        return "Open gates" if entry.subject == "gates" else "Open questions the decision names"
    reason = Reason(entry.subject, entry.kind, entry.subject, entry.relation)
    return wording.title_of(assessment, reason)


def _condition(assessment: Assessment, entry: Threshold) -> str:
    title, actual, limit = condition_title(assessment, entry), entry.actual, entry.limit
    match entry.kind:
        case Subject.QUESTION if isinstance(actual, int) and isinstance(limit, int):
            return f"{title}: level {actual}, {limit + 1} needed"
        case Subject.RISK:
            return f"{title}: {actual}, less than {limit} needed"
        case Subject.EVIDENCE if isinstance(actual, Decimal) and isinstance(limit, Decimal):
            return f"{title}: {wording.percent(actual)}, {plain(100 * limit)} % needed"
        case _:
            return f"{title}: {actual}, {plain(Decimal(limit or 0))} needed"


def _margin(entry: Threshold) -> str:
    """Say how far a condition is from tipping, on which side, in its own unit."""
    margin = entry.margin or Decimal(0)
    side = "short" if entry.holds else "clear"
    if entry.kind is Subject.RISK:
        levels = int(-margin if entry.holds else margin + 1)
        nearest = half_up(Fraction(entry.change or 0), 2)
        return f"{levels} {'over' if entry.holds else 'below'}, {nearest:.2f} to the border"
    if entry.kind is Subject.QUESTION:
        return f"{wording.count(abs(int(margin)), 'level')} {side}" if margin else "just reached"
    unit = "pp" if entry.kind is Subject.EVIDENCE else "points"
    return f"{plain(abs(margin))} {unit} {side}" if margin else "just reached"


# Answers


def _answers(found: Sensitivity) -> Blocks:
    answers = found.answers
    yield Heading("Which single answer would change it?")
    yield Paragraph(_flip_sentence(found, answers.flips))
    if answers.flips:
        columns = (
            Column("Answer"),
            Column("From", right=True),
            Column("To", right=True),
            Column("Verdict then"),
        )
        rows = tuple(_flip(found, flip) for flip in answers.flips)
        yield Table("Changes of one level that change the verdict", columns, rows)
    known = tornado.moving(answers.bars)
    if not known:
        yield Paragraph(tornado.NO_BARS)
        return
    first = known[0]
    swing = wording.two_places(first.swing)
    yield Paragraph(
        f"The candidacy hangs most on {first.question.title}: {swing} points between level 0 and "
        "level 4."
    )
    yield tornado.bars(found)


def _flip_sentence(found: Sensitivity, flips: Sequence[Flip]) -> str:
    if not any(response.is_known for response in found.assessment.responses.values()):
        return "None: nothing is answered yet."
    if not flips:
        return "None: no answer, moved by one level up or down, changes the verdict."
    number = len({flip.question.id for flip in flips})
    noun = "One answer" if number == 1 else f"{number} answers"
    return f"{noun}, moved by one level, would change the verdict."


def _flip(found: Sensitivity, flip: Flip) -> tuple[str, ...]:
    stuck = flip.to > flip.level and flip.question.is_fixed_at(flip.level)
    fixed = " (nobody can raise it)" if stuck else ""
    undetermined = found.assessment.questionnaire.decision.undetermined.title
    then = flip.verdict.title if flip.verdict else undetermined
    return (f"{flip.question.title}{fixed}", str(flip.level), str(flip.to), then)


# Assessors


def _assessors(assessors: Assessors) -> Blocks:
    yield Heading("Do the assessors agree?")
    yield Paragraph(_agreement(assessors))
    columns = (Column("Assessor"), Column("Verdict"), Column("Candidacy", right=True))
    rows = [
        *((voice.person, *_outcome(voice.assessment)) for voice in assessors.voices),
        ("Median", *_outcome(assessors.median)),
    ]
    yield Table("The verdict of each", columns, tuple(rows), frozenset([len(rows) - 1]))
    yield Paragraph(
        f"Where everybody's lowest level is right: {assessors.worst.title}. Where everybody's "
        f"highest is: {assessors.best.title}. Every mixture lies between the two."
    )
    differing = [e for e in assessors.disagreements if e.is_far or e.is_contested]
    near = len(assessors.disagreements) - len(differing)
    if differing:
        spread = (Column("Question"), Column("Spread", right=True), Column("Who says what"))
        entries = tuple(_spread(assessors, entry) for entry in differing[:DIFFERING])
        yield Table("Two levels or more apart", spread, entries)
    beyond = _rest(len(differing) - DIFFERING, "question", "are as far apart")
    if near or beyond:
        one = f"On {wording.count(near, 'question')} they are one level apart." if near else ""
        yield Paragraph(f"{one}{beyond}".strip())


def _outcome(assessment: Assessment) -> tuple[str, str]:
    word = wording.certainty_word(assessment)
    title = wording.verdict_title(assessment)
    return f"{title}, {word}" if word else title, wording.points(
        assessment.scorecard.candidacy.value
    )


def _agreement(assessors: Assessors) -> str:
    if not assessors.disagreements and not assessors.matters:
        return "Yes: wherever several of them give a level, it is the same."
    far = sum(entry.is_far for entry in assessors.disagreements)
    apart = "nowhere are they two levels apart"
    if far:
        apart = f"on {wording.count(far, 'question')} they are two levels or more apart"
    if not assessors.matters:
        return (
            f"Not everywhere, but it does not matter to the verdict: {apart}, and whatever mixture "
            f"of their answers is right, it is {assessors.best.title}."
        )
    return f"No, and it matters to the verdict: {apart}, and who is right decides."


def _spread(assessors: Assessors, entry: Spread) -> tuple[str, ...]:
    said = [
        f"{voice.person} {_level(response)}"
        for voice, response in zip(assessors.voices, entry.said, strict=True)
    ]
    return entry.question.title, str(entry.width), ", ".join(said)


def _level(response: Response) -> str:
    if response.level is not None:
        return str(response.level)
    return "does not apply" if response.state is State.NOT_APPLICABLE else "open"
