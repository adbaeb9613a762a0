"""The full report, chapter by chapter, before any markup: verdict first, evidence next, method last."""

from collections.abc import Callable, Iterable, Iterator

from bpo_assess import __version__
from bpo_assess.assessment.advice import DealCondition
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.assessment.scoring import Index, QuestionScore
from bpo_assess.model.process import Evidence
from bpo_assess.model.risk import MATRIX_SIDE
from bpo_assess.reports import charts, prose, wording
from bpo_assess.reports.blocks import (
    Block,
    Bullet,
    Bullets,
    Chapter,
    Code,
    Column,
    Console,
    Extras,
    Heading,
    MapCell,
    Paragraph,
    Phrase,
    Remark,
    Report,
    RiskMap,
    Several,
    Share,
    Span,
    Strong,
    Table,
    Verdict,
    bullets,
)

Blocks = Iterator[Block]


def report(assessment: Assessment, form: str, extras: Extras | None = None) -> Report:
    """Put the report together for a format; chapters with nothing to say are left out.

    What analyses found is told by whoever has asked them: reports know no analysis.
    """
    extras = extras or {}
    filled = [
        (key, title, blocks)
        for key, title, chapter in _CHAPTERS
        if (blocks := tuple(chapter(assessment)) if chapter else _asked_for(extras, key))
    ]
    chapters = [
        Chapter(key, f"{number} {title}", title, blocks)
        for number, (key, title, blocks) in enumerate(filled, start=1)
    ]
    appendices = [
        Chapter(key, f"Appendix {letter}: {title}", title, tuple(chapter(assessment)))
        for letter, (key, title, chapter) in zip("ABC", _APPENDICES, strict=True)
    ]
    again = _reproduce(
        assessment, prose.command(assessment, form, [e.option for e in extras.values()])
    )
    last = Chapter("reproduce", "Appendix D: Reproduce", "Reproduce", again)
    return Report(
        title=assessment.process.name,
        facts=tuple(_facts(assessment)),
        opening=tuple(_opening(assessment)),
        chapters=(*chapters, *appendices, last),
    )


def _asked_for(extras: Extras, key: str) -> tuple[Block, ...]:
    return extras[key].blocks if key in extras else ()


# Small parts


def _columns(*names: str, right: Iterable[int] = ()) -> tuple[Column, ...]:
    figures = set(right)
    return tuple(Column(name, place in figures) for place, name in enumerate(names))


def _several(parts: Iterable[Phrase]) -> Several:
    return Several(tuple(parts))


def _evidence(evidence: Iterable[Evidence] | None) -> Several:
    return _several(evidence or ())


# Head


def _facts(assessment: Assessment) -> Iterator[tuple[str, Phrase]]:
    process, method = assessment.process, assessment.questionnaire
    yield "Process", (f"{process.name} (", Code(process.id), ")")
    for name, value in (
        ("Owner", process.owner),
        ("Organisation", process.organisation),
        ("Status", process.status),
        ("Version of the description", process.version),
        ("Reviewed", process.reviewed),
        ("Next review", process.next_review),
        ("Assessed as of", assessment.as_of),
    ):
        if value:
            yield name, str(value)
    yield "Questionnaire", (f"{method.title} (", Code(f"{method.id} {method.version}"), ")")


def _opening(assessment: Assessment) -> Blocks:
    if assessment.process.description:
        yield Paragraph(assessment.process.description)
    for line in (wording.what_if_line(assessment), wording.left_aside_line(assessment)):
        if line:
            yield Remark(line)


# Chapters


def _recommendation(assessment: Assessment) -> Blocks:
    stance = wording.stance(assessment)
    scores = assessment.scorecard
    named = [(score.axis.title, score.index) for score in scores.axes]
    yield Verdict(
        stance=stance.value if stance else "undetermined",
        title=wording.verdict_title(assessment),
        certainty=wording.certainty_word(assessment),
        summary=wording.verdict_summary(assessment),
        indices=tuple(
            (title, wording.points(index.value), wording.span(index))
            for title, index in (*named, ("Candidacy", scores.candidacy))
        ),
        standing=prose.standing(assessment),
        explained=wording.certainty(assessment),
    )
    for verdict, reasons in wording.reasons_by_verdict(assessment):
        what = "Reasons" if verdict == assessment.ruling.id else "Also found"
        yield Heading(f"{what}: {wording.title_of_verdict(assessment, verdict)}")
        yield bullets([wording.reason_text(assessment, reason) for reason in reasons])


def _questions_first(assessment: Assessment) -> Blocks:
    decisive = assessment.ruling.decisive
    if not decisive:
        return
    yield Paragraph(prose.DECISIVE)
    questions = [assessment.questionnaire.questions[key] for key in decisive]
    yield Table(
        "Questions to answer first",
        _columns("Question", "Id", "State", "Where the answer can be found"),
        tuple(
            (
                question.text,
                Code(question.id),
                wording.STATES[assessment.responses[question.id].state],
                _several(question.evidence),
            )
            for question in questions
        ),
    )


def _scorecard(assessment: Assessment) -> Blocks:
    yield Paragraph(prose.SCORECARD)
    if chart := charts.quadrant(assessment):
        yield chart
    rows: list[tuple[Phrase, ...]] = []
    totals = set()
    for score in assessment.scorecard.axes:
        totals.add(len(rows))
        rows.append((score.axis.title, "", *_index_cells(assessment, score.index)))
        total = sum(part.dimension.weight for part in score.dimensions)
        for part in score.dimensions:
            weight = f"{plain(100 * part.dimension.weight / total)} %" if total else ""
            cells = _index_cells(assessment, part.index)
            rows.append((part.dimension.title, weight, *cells))
    totals.add(len(rows))
    rows.append(("Candidacy", "", *_index_cells(assessment, assessment.scorecard.candidacy)))
    columns = (
        Column("Dimension"),
        Column("Weight", right=True),
        Column("Index", right=True),
        Column("", drawn=True),
        Column("In words"),
        Column("Range", right=True),
        Column("Known", right=True),
    )
    yield Table("Scorecard", columns, tuple(rows), frozenset(totals))


def _index_cells(assessment: Assessment, index: Index) -> tuple[Phrase, ...]:
    found = wording.band(assessment, index.value)
    drawn: Phrase = ""
    if index.low is not None and index.high is not None:
        value = None if index.value is None else float(index.value)
        drawn = Span(value, float(index.low), float(index.high))
    return (
        wording.points(index.value),
        drawn,
        found[0] if found else "",
        wording.span(index),
        wording.percent(index.coverage),
    )


def _gates(assessment: Assessment) -> Blocks:
    gates = prose.gates(assessment)
    if not gates:
        return
    yield Paragraph(prose.gates_text(assessment))
    rows: list[tuple[Phrase, ...]] = []
    for gate in gates:
        response = gate.response
        answer = response.answer
        level = wording.level_text(response) if response.level is not None else ""
        evidence = _evidence(answer.evidence if answer else None)
        by = answer.by if answer and answer.by else ""
        rows.append((response.question.title, gate.state, level, evidence, by))
    columns = _columns("Gate", "State", "Level", "Evidence", "Answered by", right=(2,))
    yield Table("Gates", columns, tuple(rows))


def _drivers(assessment: Assessment) -> Blocks:
    chart = charts.contributions(assessment)
    if chart is None:
        return
    yield Paragraph(prose.contributions(assessment))
    yield chart
    speaking = (
        ("What speaks for it", "Points", wording.speaks_for, True),
        ("What speaks against it", "Points kept from it", wording.speaks_against, False),
    )
    for title, column, choose, favourable in speaking:
        scores = choose(assessment, prose.CONTRIBUTIONS)
        columns = (
            *_columns("Question", "Answer", "Level", column, right=(2, 3)),
            Column("", drawn=True),
        )
        rows = tuple(_speaking_row(scores[0], score, favourable=favourable) for score in scores)
        if rows:
            yield Table(title, columns, rows, titled=True)


def _speaking_row(
    first: QuestionScore, score: QuestionScore, *, favourable: bool
) -> tuple[Phrase, ...]:
    points = score.contribution if favourable else score.forgone
    most = first.contribution if favourable else first.forgone
    response = score.response
    return (
        response.question.title,
        wording.answer_text(response),
        wording.level_text(response),
        wording.two_places(points),
        Share(float(points / most), favourable) if points and most else "",
    )


def _options(assessment: Assessment) -> Blocks:
    advice = assessment.advice
    if advice.benefits:
        rows = tuple(
            (
                benefit.title,
                wording.STRENGTHS[benefit.strength],
                benefit.text or "",
                _several(wording.benefit_basis(assessment, benefit)),
            )
            for benefit in advice.benefits
        )
        columns = _columns("Benefit", "Expected", "Meaning", "Rests on")
        yield Table("Expected benefits", columns, rows, titled=True)
    if advice.alternatives:
        yield Heading("Alternatives that the answers speak for")
        yield bullets(
            [
                (
                    Strong(f"{entry.title}."),
                    f" {entry.text} ("
                    + "; ".join(wording.statement(assessment, reason) for reason in entry.reasons)
                    + ")",
                )
                for entry in advice.alternatives
            ]
        )
    if advice.delivery:
        yield from _delivery(assessment)


def _delivery(assessment: Assessment) -> Blocks:
    rows: list[tuple[Phrase, ...]] = []
    for model in assessment.advice.delivery:
        opened = model.open_questions
        rows.append(
            (
                f"{model.title}: {model.text}" if model.text else model.title,
                wording.FITS[model.fit],
                _several(wording.statement(assessment, reason) for reason in model.reasons),
                wording.titles_of_questions(assessment, opened) if opened else "",
            )
        )
    columns = _columns("Model", "Fit", "Because", "Open, and could rule it out")
    yield Table("Delivery models", columns, tuple(rows), titled=True)
    for model in assessment.advice.delivery:
        if model.note:
            yield Paragraph(f"{model.title}: {model.note}")


def _risks(assessment: Assessment) -> Blocks:
    if assessment.questionnaire.risk_matrix is None or not assessment.risks:
        return
    yield Paragraph(prose.RISKS)
    yield _map(assessment)
    rows: list[tuple[Phrase, ...]] = []
    for entry in wording.ranked(assessment):
        known = entry.risk.known
        rows.append(
            (
                str(entry.number),
                entry.risk.risk.title,
                wording.two_places(known.residual_likelihood),
                wording.two_places(known.residual_impact),
                known.inherent or wording.NOTHING,
                wording.level_range(entry.risk),
                known.planned_residual or wording.NOTHING,
            )
        )
    names = ("No.", "Risk", "Likelihood", "Impact", "Inherent", "Residual", "Planned")
    yield Table("Register of risks, worst first", _columns(*names, right=(0, 2, 3)), tuple(rows))
    for entry in wording.ranked(assessment):
        yield from _risk(assessment, entry)


def _map(assessment: Assessment) -> RiskMap:
    matrix = assessment.questionnaire.risk_matrix
    assert matrix is not None  # noqa: S101  for the type checker: the caller has looked
    cells = wording.risk_cells(assessment)
    rows = tuple(
        (
            likelihood,
            tuple(
                MapCell(
                    matrix.level(likelihood, impact), tuple(cells.get((likelihood, impact), []))
                )
                for impact in range(1, MATRIX_SIDE + 1)
            ),
        )
        for likelihood in range(MATRIX_SIDE, 0, -1)
    )
    title = "Risks with the controls in place, by number: likelihood upward, impact across"
    return RiskMap(title, matrix.levels, rows)


def _risk(assessment: Assessment, entry: wording.NumberedRisk) -> Blocks:
    assessed = entry.risk
    risk = assessed.risk
    level = assessed.known.residual or "not rated"
    yield Heading(f"{entry.number} {risk.title}: {level}", f"risk-{entry.number}")
    if risk.text:
        yield Paragraph(risk.text)
    yield bullets(
        [
            f"Likely because of: {wording.main_drivers(assessed.drivers, 5)}.",
            f"Hurts because of: {wording.main_drivers(assessed.impact_drivers, 5)}.",
        ]
    )
    if assessed.controls:
        rows = tuple(
            (
                stated.control.text,
                f"{stated.control.acts_on.value} x {plain(stated.control.factor)}",
                stated.control.basis.value if stated.control.basis else "",
                prose.control_state(stated),
                _evidence(stated.evidence),
            )
            for stated in assessed.controls
        )
        columns = _columns("Control", "Effect", "Basis", "State", "Evidence")
        yield Table(f"Controls against: {risk.title}", columns, rows)
    if risk.clauses:
        yield Paragraph("Clauses:")
        yield bullets(risk.clauses)
    for figure in risk.published:
        yield Remark(f"{figure.text} ({assessment.questionnaire.sources[figure.source]})")


def _work(assessment: Assessment) -> Blocks:
    if not assessment.advice.actions:
        return
    yield Paragraph(prose.WORK)
    rows = tuple(
        (
            wording.step_title(assessment, wording.step_of(action)),
            action.question.title,
            wording.movement(action),
            wording.action_text(action),
            _several(action.question.evidence),
        )
        for action in assessment.advice.actions
    )
    columns = _columns("Step", "Gap", "Level", "What to do", "Evidence of it")
    yield Table("Work before signature", columns, rows)


def _conditions(assessment: Assessment) -> Blocks:
    conditions = assessment.advice.conditions
    if not conditions:
        return
    yield Paragraph(prose.CONDITIONS)
    for step in dict.fromkeys(condition.step for condition in conditions):
        yield Heading(wording.step_title(assessment, step))
        belonging = (condition for condition in conditions if condition.step == step)
        yield Bullets(tuple(_condition(assessment, condition) for condition in belonging))


def _condition(assessment: Assessment, condition: DealCondition) -> Bullet:
    title = wording.condition_title(assessment, condition)
    text = wording.condition_text(assessment, condition)
    clauses = tuple(f"Clause: {clause}" for clause in condition.clauses)
    return Bullet((Strong(f"{title}."), f" {text}"), clauses)


def _measures_of_success(assessment: Assessment) -> Blocks:
    kpis = assessment.process.kpis
    if not kpis:
        return
    yield Paragraph(prose.KPIS)
    stated = (
        (kpi.name, kpi.unit, kpi.baseline, kpi.target, kpi.measured, kpi.source, kpi.owner)
        for kpi in kpis
    )
    rows = tuple(tuple(value or wording.NOTHING for value in values) for values in stated)
    names = ("KPI", "Unit", "Baseline", "Target", "Measured", "Source", "Owner")
    yield Table("KPIs", _columns(*names), rows)


def _findings(assessment: Assessment) -> Blocks:
    if not assessment.findings:
        return
    rows = tuple(
        (
            finding.code,
            finding.severity.value,
            str(finding.span.line) if finding.span else "",
            f"{finding.message}{f'; {finding.note}' if finding.note else ''}",
            finding.hint or "",
        )
        for finding in assessment.findings
    )
    columns = _columns("Code", "Severity", "Line", "What was noticed", "What helps", right=(2,))
    yield Table("What was noticed about the input", columns, rows)


# Appendices


def _answers(assessment: Assessment) -> Blocks:
    names = ("Question", "Level", "Answer", "Weight", "Points", "Rests on", "Evidence, note, by")
    for score in assessment.scorecard.dimensions:
        title = score.dimension.title
        yield Heading(title)
        rows = tuple(_answer_row(entry) for entry in score.questions)
        yield Table(f"Answers: {title}", _columns(*names, right=(1, 3, 4)), rows)


def _answer_row(score: QuestionScore) -> tuple[Phrase, ...]:
    response = score.response
    evidence = response.answer.evidence if response.answer else ()
    return (
        (f"{response.question.text} ", Code(response.question.id)),
        str(response.level) if response.level is not None else wording.NOTHING,
        wording.answer_text(response),
        plain(response.question.weight),
        wording.two_places(score.contribution),
        _several(prose.basis(score)),
        _several([*evidence, *prose.remarks(score)]),
    )


def _method(assessment: Assessment) -> Blocks:
    method = assessment.questionnaire
    if method.about:
        yield Paragraph(method.about)
    yield bullets(prose.METHOD)
    for verdict in method.decision.verdicts:
        held = "is held by any of:" if verdict.held_by else "is what remains."
        yield Paragraph((Strong(verdict.title), " (", Code(verdict.id), f") {held}"))
        if verdict.held_by:
            yield bullets([wording.rule_text(method, condition) for condition in verdict.held_by])
    for note in method.notes:
        source = f" ({method.sources[note.source]})" if note.source else ""
        yield Paragraph((Strong(f"{note.title}."), f" {note.text}{source}"))


def _limits(assessment: Assessment) -> Blocks:
    yield bullets(prose.limits(assessment))


def _reproduce(assessment: Assessment, command: str) -> tuple[Block, ...]:
    rows: list[tuple[Phrase, ...]] = [("bpo-assess", f"version {__version__}", "")]
    for what, origin in (
        ("Process description", assessment.process_source),
        ("Questionnaire", assessment.questionnaire_source),
    ):
        if origin:
            rows.append((what, Code(origin.name), Code(f"sha256 {origin.sha256}")))
    return (
        Paragraph("The same input gives the same bytes:"),
        Console(command),
        Table("What it was made from", _columns("Part", "Name", "Fingerprint"), tuple(rows)),
    )


_CHAPTERS: tuple[tuple[str, str, Callable[[Assessment], Blocks] | None], ...] = (
    ("recommendation", "Recommendation", _recommendation),
    ("questions", "Questions to answer first", _questions_first),
    ("scorecard", "Scorecard", _scorecard),
    ("gates", "Gates", _gates),
    ("drivers", "What drives the result", _drivers),
    ("sensitivity", "How sure is the verdict?", None),
    ("options", "Benefits, alternatives and delivery", _options),
    ("risks", "Risks", _risks),
    ("work", "Work before signature", _work),
    ("plan", "The way to a better verdict", None),
    ("conditions", "Conditions of the deal", _conditions),
    ("success", "After go-live: how success is measured", _measures_of_success),
    ("input", "About the input", _findings),
)

_APPENDICES: tuple[tuple[str, str, Callable[[Assessment], Blocks]], ...] = (
    ("answers", "All answers", _answers),
    ("method", "Method", _method),
    ("limits", "Assumptions and limits", _limits),
)
