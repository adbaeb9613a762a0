"""The assessment as Markdown: the client's report, fit to be committed and read as a diff."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bpo_assess import __version__
from bpo_assess.assessment.advice import DealCondition
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.assessment.scoring import Index, QuestionScore
from bpo_assess.model.process import Evidence
from bpo_assess.model.risk import MATRIX_SIDE
from bpo_assess.reports import prose, wording

Lines = Iterator[str]


def render(assessments: Sequence[Assessment]) -> str:
    """Render one report, or several with a rule between them."""
    return "\n---\n\n".join(_report(assessment) for assessment in assessments)


def _report(assessment: Assessment) -> str:
    lines = [f"# Sourcing assessment: {escape(assessment.process.name)}", ""]
    lines += _head(assessment)
    chapters = [(title, list(chapter(assessment))) for title, chapter in _CHAPTERS]
    number = 0
    for title, body in chapters:
        if body:
            number += 1
            lines += [f"## {number} {title}", "", *body]
    for letter, (title, chapter) in zip("ABCD", _APPENDICES, strict=True):
        lines += [f"## Appendix {letter}: {title}", "", *chapter(assessment)]
    return "\n".join(lines).rstrip() + "\n"


# Text


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_BLOCK_START = re.compile(r"^(\d+)([.)])|^([-+=:])")


def escape(text: str) -> str:
    """Write a text so that nothing in it is markup, on one line."""
    joined = " ".join(str(text).split())
    escaped = _SPECIAL.sub(r"\\\1", joined)
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def _table(
    header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()
) -> Lines:
    """Lay out a table; cells are already escaped."""
    numeric = set(right)
    yield f"| {' | '.join(header)} |"
    yield "|" + "|".join(" ---: " if i in numeric else " --- " for i in range(len(header))) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _bullets(texts: Iterable[str]) -> Lines:
    yield from (f"- {text}" for text in texts)
    yield ""


def _paragraph(text: str) -> Lines:
    yield escape(text)
    yield ""


def _code(text: str) -> str:
    """Show a text as code, whatever backticks are in it."""
    joined = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", joined)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in joined else ""
    return f"{fence}{pad}{joined}{pad}{fence}".replace("|", "\\|")


# Head


def _head(assessment: Assessment) -> Lines:
    process = assessment.process
    rows = [
        ("Process", f"{escape(process.name)} ({_code(process.id)})"),
        ("Owner", process.owner and escape(process.owner)),
        ("Organisation", process.organisation and escape(process.organisation)),
        ("Status", process.status and escape(process.status)),
        ("Version of the description", process.version and escape(process.version)),
        ("Reviewed", process.reviewed and str(process.reviewed)),
        ("Next review", process.next_review and str(process.next_review)),
        ("Assessed as of", assessment.as_of and str(assessment.as_of)),
        ("Questionnaire", _method_name(assessment)),
    ]
    yield from _table(["", ""], [(name, value) for name, value in rows if value])
    if process.description:
        yield from _paragraph(process.description)
    if line := wording.what_if_line(assessment):
        yield f"> {escape(line)}"
        yield ""


def _method_name(assessment: Assessment) -> str:
    method = assessment.questionnaire
    return f"{escape(method.title)} ({_code(f'{method.id} {method.version}')})"


# Chapters


def _recommendation(assessment: Assessment) -> Lines:
    candidacy = assessment.scorecard.candidacy
    word = wording.certainty_word(assessment)
    title = escape(wording.verdict_title(assessment))
    yield f"**{title}**{f', {word}' if word else ''}."
    yield ""
    yield from _paragraph(wording.verdict_summary(assessment))
    span = wording.span(candidacy)
    yield (
        f"Candidacy **{wording.points(candidacy.value)}** of 100"
        f"{f' ({span})' if span else ''}; {prose.standing(assessment)}"
    )
    yield ""
    yield from _paragraph(wording.certainty(assessment).replace("`", '"'))
    for verdict, reasons in wording.reasons_by_verdict(assessment):
        held = verdict == assessment.ruling.id
        name = escape(wording.title_of_verdict(assessment, verdict))
        yield f"**{'Reasons' if held else 'Also found'}** (*{name}*):"
        yield ""
        yield from _bullets(escape(wording.reason_text(assessment, reason)) for reason in reasons)


def _questions_first(assessment: Assessment) -> Lines:
    decisive = assessment.ruling.decisive
    if not decisive:
        return
    yield from _paragraph(prose.DECISIVE)
    rows = []
    for key in decisive:
        question = assessment.questionnaire.questions[key]
        state = wording.STATES[assessment.responses[key].state]
        evidence = "; ".join(map(escape, question.evidence))
        rows.append((escape(question.text), _code(key), escape(state), evidence))
    yield from _table(["Question", "Id", "State", "Where the answer can be found"], rows)


def _scorecard(assessment: Assessment) -> Lines:
    yield from _paragraph(prose.SCORECARD)
    rows: list[Sequence[str]] = []
    for score in assessment.scorecard.axes:
        cells = _index_cells(assessment, score.index)
        rows.append((f"**{escape(score.axis.title)}**", "", *cells))
        total = sum(part.dimension.weight for part in score.dimensions)
        for part in score.dimensions:
            weight = f"{plain(100 * part.dimension.weight / total)} %" if total else ""
            cells = _index_cells(assessment, part.index)
            rows.append((escape(part.dimension.title), weight, *cells))
    candidacy = assessment.scorecard.candidacy
    rows.append(("**Candidacy**", "", *_index_cells(assessment, candidacy)))
    header = ["Dimension", "Weight", "Index", "", "Range", "Known"]
    yield from _table(header, rows, right=(1, 2, 4, 5))


def _index_cells(assessment: Assessment, index: Index) -> tuple[str, str, str, str]:
    found = wording.band(assessment, index.value)
    word = escape(found[0]) if found else ""
    return wording.points(index.value), word, wording.span(index), wording.percent(index.coverage)


def _gates(assessment: Assessment) -> Lines:
    gates = prose.gates(assessment)
    if not gates:
        return
    yield from _paragraph(prose.gates_text(assessment))
    rows = []
    for gate in gates:
        response = gate.response
        answer = response.answer
        evidence = "; ".join(map(_place, answer.evidence)) if answer else ""
        by = escape(answer.by) if answer and answer.by else ""
        level = wording.level_text(response) if response.level is not None else ""
        rows.append((escape(response.question.title), gate.state, level, evidence, by))
    yield from _table(["Gate", "State", "Level", "Evidence", "Answered by"], rows, right=(2,))


def _place(evidence: Evidence) -> str:
    title = f"{escape(evidence.title)}: " if evidence.title else ""
    dated = f" ({evidence.dated})" if evidence.dated else ""
    return f"{title}{_code(evidence.place)}{dated}"


def _drivers(assessment: Assessment) -> Lines:
    if assessment.scorecard.exact_candidacy is None:
        return
    yield from _paragraph(prose.contributions(assessment))
    for title, column, scores in (
        ("What speaks for it", "Points", wording.speaks_for(assessment, prose.CONTRIBUTIONS)),
        (
            "What speaks against it",
            "Points kept from it",
            wording.speaks_against(assessment, prose.CONTRIBUTIONS),
        ),
    ):
        if scores:
            yield f"**{title}**"
            yield ""
            added = column == "Points"
            rows = [_contribution_row(score, added=added) for score in scores]
            yield from _table(["Question", "Answer", "Level", column], rows, right=(2, 3))


def _contribution_row(score: QuestionScore, *, added: bool) -> Sequence[str]:
    exact = score.contribution if added else score.forgone
    response = score.response
    return (
        escape(response.question.title),
        escape(wording.answer_text(response)),
        wording.level_text(response),
        wording.two_places(exact),
    )


def _options(assessment: Assessment) -> Lines:
    advice = assessment.advice
    if advice.benefits:
        yield "**Expected benefits**"
        yield ""
        rows = []
        for benefit in advice.benefits:
            basis = "; ".join(map(escape, wording.benefit_basis(assessment, benefit)))
            text = escape(benefit.text or "")
            rows.append((escape(benefit.title), wording.STRENGTHS[benefit.strength], text, basis))
        yield from _table(["Benefit", "Expected", "Meaning", "Rests on"], rows)
    if advice.alternatives:
        yield "**Alternatives that the answers speak for**"
        yield ""
        yield from _bullets(
            f"**{escape(entry.title)}.** {escape(entry.text)} "
            f"({'; '.join(escape(wording.statement(assessment, r)) for r in entry.reasons)})"
            for entry in advice.alternatives
        )
    if advice.delivery:
        yield from _delivery(assessment)


def _delivery(assessment: Assessment) -> Lines:
    yield "**Delivery models**"
    yield ""
    rows = []
    for model in assessment.advice.delivery:
        reasons = [escape(wording.statement(assessment, reason)) for reason in model.reasons]
        opened = (
            wording.titles_of_questions(assessment, model.open_questions)
            if model.open_questions
            else ""
        )
        title = (
            f"{escape(model.title)}: {escape(model.text)}" if model.text else escape(model.title)
        )
        rows.append((title, wording.FITS[model.fit], "; ".join(reasons), escape(opened)))
    yield from _table(["Model", "Fit", "Because", "Open, and could rule it out"], rows)
    notes = [model for model in assessment.advice.delivery if model.note]
    for model in notes:
        yield from _paragraph(f"{model.title}: {model.note}")


def _risks(assessment: Assessment) -> Lines:
    matrix = assessment.questionnaire.risk_matrix
    if matrix is None or not assessment.risks:
        return
    yield from _paragraph(prose.RISKS)
    yield from _heat_map(assessment)
    yield from _register(assessment)
    for entry in wording.ranked(assessment):
        yield from _risk(assessment, entry)


def _heat_map(assessment: Assessment) -> Lines:
    matrix = assessment.questionnaire.risk_matrix
    assert matrix is not None  # noqa: S101  for the type checker: the caller has looked
    cells = wording.risk_cells(assessment)
    rows = []
    for likelihood in range(MATRIX_SIDE, 0, -1):
        row = [f"**{likelihood}**"]
        for impact in range(1, MATRIX_SIDE + 1):
            numbers = cells.get((likelihood, impact), [])
            level = escape(matrix.level(likelihood, impact))
            row.append(f"{level}: **{', '.join(map(str, numbers))}**" if numbers else level)
        rows.append(row)
    header = ["Likelihood / impact", *map(str, range(1, MATRIX_SIDE + 1))]
    yield from _table(header, rows)


def _register(assessment: Assessment) -> Lines:
    rows = []
    for entry in wording.ranked(assessment):
        known = entry.risk.known
        rows.append(
            (
                str(entry.number),
                escape(entry.risk.risk.title),
                wording.two_places(known.residual_likelihood),
                wording.two_places(known.residual_impact),
                known.inherent or wording.NOTHING,
                escape(wording.level_range(entry.risk)),
                known.planned_residual or wording.NOTHING,
            )
        )
    header = ["No.", "Risk", "Likelihood", "Impact", "Inherent", "Residual", "Planned"]
    yield from _table(header, rows, right=(0, 2, 3))


def _risk(assessment: Assessment, entry: wording.NumberedRisk) -> Lines:
    risk = entry.risk
    yield f"### {entry.number} {escape(risk.risk.title)}: {risk.known.residual or 'not rated'}"
    yield ""
    if risk.risk.text:
        yield from _paragraph(risk.risk.text)
    yield from _bullets(
        (
            f"Likely because of: {escape(wording.main_drivers(risk.drivers, 5))}.",
            f"Hurts because of: {escape(wording.main_drivers(risk.impact_drivers, 5))}.",
        )
    )
    if risk.controls:
        rows = [
            (
                escape(stated.control.text),
                f"{stated.control.acts_on.value} x {plain(stated.control.factor)}",
                stated.control.basis.value if stated.control.basis else "",
                prose.control_state(stated),
                "; ".join(map(_place, stated.evidence)),
            )
            for stated in risk.controls
        ]
        yield from _table(["Control", "Effect", "Basis", "State", "Evidence"], rows)
    if risk.risk.clauses:
        yield "Clauses:"
        yield ""
        yield from _bullets(map(escape, risk.risk.clauses))
    sources = assessment.questionnaire.sources
    for figure in risk.risk.published:
        yield f"> {escape(figure.text)} ({escape(sources[figure.source])})"
        yield ""


def _work(assessment: Assessment) -> Lines:
    actions = assessment.advice.actions
    if not actions:
        return
    yield from _paragraph(prose.WORK)
    rows = [
        (
            escape(wording.step_title(assessment, wording.step_of(action))),
            escape(action.question.title),
            wording.movement(action),
            escape(wording.action_text(action)),
            "; ".join(map(escape, action.question.evidence)),
        )
        for action in actions
    ]
    yield from _table(["Step", "Gap", "Level", "What to do", "Evidence of it"], rows)


def _conditions(assessment: Assessment) -> Lines:
    conditions = assessment.advice.conditions
    if not conditions:
        return
    yield from _paragraph(prose.CONDITIONS)
    step: object = assessment
    for condition in conditions:
        if condition.step != step:
            step = condition.step
            yield f"### {escape(wording.step_title(assessment, condition.step))}"
            yield ""
        yield from _condition(assessment, condition)


def _condition(assessment: Assessment, condition: DealCondition) -> Lines:
    title = escape(wording.condition_title(assessment, condition))
    yield f"- **{title}.** {escape(wording.condition_text(assessment, condition))}"
    yield from (f"  - Clause: {escape(clause)}" for clause in condition.clauses)
    yield ""


def _measures_of_success(assessment: Assessment) -> Lines:
    kpis = assessment.process.kpis
    if not kpis:
        return
    yield from _paragraph(prose.KPIS)
    rows = [
        tuple(
            escape(value or wording.NOTHING)
            for value in (
                kpi.name,
                kpi.unit,
                kpi.baseline,
                kpi.target,
                kpi.measured,
                kpi.source,
                kpi.owner,
            )
        )
        for kpi in kpis
    ]
    yield from _table(["KPI", "Unit", "Baseline", "Target", "Measured", "Source", "Owner"], rows)


def _findings(assessment: Assessment) -> Lines:
    if not assessment.findings:
        return
    rows = [
        (
            finding.code,
            finding.severity.value,
            str(finding.span.line) if finding.span else "",
            escape(f"{finding.message}{f'; {finding.note}' if finding.note else ''}"),
            escape(finding.hint or ""),
        )
        for finding in assessment.findings
    ]
    yield from _table(
        ["Code", "Severity", "Line", "What was noticed", "What helps"], rows, right=(2,)
    )


_CHAPTERS = (
    ("Recommendation", _recommendation),
    ("Questions to answer first", _questions_first),
    ("Scorecard", _scorecard),
    ("Gates", _gates),
    ("What drives the result", _drivers),
    ("Benefits, alternatives and delivery", _options),
    ("Risks", _risks),
    ("Work before signature", _work),
    ("Conditions of the deal", _conditions),
    ("After go-live: how success is measured", _measures_of_success),
    ("About the input", _findings),
)


# Appendices


def _answers(assessment: Assessment) -> Lines:
    for score in assessment.scorecard.dimensions:
        yield f"### {escape(score.dimension.title)}"
        yield ""
        rows = [_answer_row(entry) for entry in score.questions]
        header = [
            "Question",
            "Level",
            "Answer",
            "Weight",
            "Points",
            "Rests on",
            "Evidence, note, by",
        ]
        yield from _table(header, rows, right=(1, 3, 4))


def _answer_row(score: QuestionScore) -> Sequence[str]:
    response = score.response
    answer = response.answer
    places = [_place(item) for item in answer.evidence] if answer else []
    level = str(response.level) if response.level is not None else wording.NOTHING
    return (
        f"{escape(response.question.text)} {_code(response.question.id)}",
        level,
        escape(wording.answer_text(response)),
        plain(response.question.weight),
        wording.two_places(score.contribution),
        "; ".join(map(escape, prose.basis(score))),
        "; ".join([*places, *map(escape, prose.remarks(score))]),
    )


def _method(assessment: Assessment) -> Lines:
    questionnaire = assessment.questionnaire
    if questionnaire.about:
        yield from _paragraph(questionnaire.about)
    yield from _bullets(prose.METHOD)
    for verdict in questionnaire.decision.verdicts:
        yield f"**{escape(verdict.title)}** ({_code(verdict.id)}) " + (
            "is held by any of:" if verdict.held_by else "is what remains."
        )
        yield ""
        if verdict.held_by:
            yield from _bullets(
                escape(wording.rule_text(questionnaire, c)) for c in verdict.held_by
            )
    for note in questionnaire.notes:
        source = f" ({escape(questionnaire.sources[note.source])})" if note.source else ""
        yield f"**{escape(note.title)}.** {escape(note.text)}{source}"
        yield ""


def _limits(assessment: Assessment) -> Lines:
    yield from _bullets(prose.limits(assessment))


def _reproduce(assessment: Assessment) -> Lines:
    source, method = assessment.process_source, assessment.questionnaire_source
    yield "The same input gives the same bytes:"
    yield ""
    yield from ("```console", prose.command(assessment, "markdown"), "```", "")
    rows = [("bpo-assess", f"version {__version__}", "")]
    for what, origin in (("Process description", source), ("Questionnaire", method)):
        if origin:
            rows.append((what, _code(origin.name), _code(f"sha256 {origin.sha256}")))
    yield from _table(["", "", ""], rows)


_APPENDICES = (
    ("All answers", _answers),
    ("Method", _method),
    ("Assumptions and limits", _limits),
    ("Reproduce", _reproduce),
)
