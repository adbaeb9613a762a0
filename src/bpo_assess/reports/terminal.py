"""The assessment on a terminal: one panel with the recommendation, then headings and plain tables.

Four layouts: from 100 columns with ranges and all columns, from 72 without the count of answers, from 48
without weights, below that without bars. Text from files is only ever shown as text.
"""

import shlex
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bpo_assess.assessment.advice import Fit, Strength
from bpo_assess.assessment.result import Assessment, Source
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.rounding import plain
from bpo_assess.assessment.scoring import Index, QuestionScore
from bpo_assess.diagnostics import Severity
from bpo_assess.model.decision import Stance
from bpo_assess.model.risk import MATRIX_SIDE
from bpo_assess.reports import Color, wording
from bpo_assess.reports.blocks import Bullets, Extras, Paragraph, Phrase, Strong
from bpo_assess.reports.symbols import ASCII, UNICODE, Symbols

WIDEST = 100
"""Columns beyond which lines of text grow too long to read."""

PIPE_WIDTH = 80
WIDE, MEDIUM, NARROW = 100, 72, 48
SHOWN_REASONS = 12
SHOWN_RISKS = 3
SHOWN_CONTRIBUTIONS = 5
SHOWN_FINDINGS = 20

VERDICT_STYLES = {
    Stance.AGAINST: "bold red",
    Stance.LATER: "bold yellow",
    Stance.CONDITIONAL: "bold yellow",
    Stance.FAVOUR: "bold cyan",
    None: "bold",
}


def make_console(file: TextIO, width: int | None, color: Color) -> Console:
    """Make a console that takes no text for markup, as wide as is good to read."""
    console = Console(
        file=file,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        force_terminal={"auto": None, "always": True, "never": False}[color],
        no_color=True if color == "never" else None,
        color_system=None if color == "never" else "auto",
    )
    console.width = min(console.width, WIDEST) if width is None else min(width, WIDEST)
    return console


def render(
    assessments: Sequence[Assessment], console: Console, extras: Sequence[Extras] = ()
) -> None:
    """Print assessments, one after the other, each with what was asked for besides."""
    symbols = _symbols(console)
    for place, (assessment, asked) in enumerate(zip_longest(assessments, extras)):
        if place:
            console.print()
            console.print(Text(("─" if symbols is UNICODE else "-") * console.width, style="dim"))
            console.print()
        _Report(assessment, console, symbols, asked or {}).show()


def _phrase(phrase: Phrase) -> Text:
    """Write a phrase on one line; what stands out is bold."""
    text = Text()
    for part in phrase if isinstance(phrase, tuple) else (phrase,):
        said, style = (part.text, "bold") if isinstance(part, Strong) else (str(part), "")
        text.append(" ".join(said.split()), style=style)
        text.append("  ")
    text.rstrip()
    return text


def _symbols(console: Console) -> Symbols:
    """Choose signs that the encoding of the stream can write."""
    try:
        "".join(str(value) for value in (UNICODE.filled, UNICODE.up, UNICODE.later)).encode(
            console.encoding
        )
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


class _Report:
    """One assessment on one console."""

    def __init__(
        self, assessment: Assessment, console: Console, symbols: Symbols, extras: Extras
    ) -> None:
        self.assessment = assessment
        self.extras = extras
        self.console = console
        self.width = console.width
        self.symbols = symbols

    def show(self) -> None:
        """Print every section that has something to say."""
        self._head()
        self._recommendation()
        self._decisive()
        self._reasons()
        self._scorecard()
        self._contributions()
        self._extra("sensitivity", "How sure is the verdict?")
        self._risks()
        self._work()
        self._extra("plan", "The way to a better verdict")
        self._conditions()
        self._benefits()
        self._alternatives()
        self._delivery()
        self._findings()
        self._next()

    # Blocks

    def _print(self, content: RenderableType) -> None:
        self.console.print(content)

    def _heading(self, title: str, beside: str = "") -> None:
        text = Text(f"\n{title}", style="bold")
        if beside:
            text.append(f"  {beside}", style="not bold dim")
        self._print(text)

    def _paragraph(self, text: str | Text, indent: int = 1, style: str = "") -> None:
        content = Text(text, style=style) if isinstance(text, str) else text
        self._print(Padding(content, (0, 0, 0, indent)))

    def _item(self, sign: str, text: str | Text, indent: int = 1, style: str = "") -> None:
        """Print a sign and a text that keeps to its right."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column()
        grid.add_row(Text(sign, style=style), Text(text) if isinstance(text, str) else text)
        self._print(Padding(grid, (0, 0, 0, indent)))

    def _table(self) -> Table:
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
        table.show_header = True
        return table

    # Sections

    def _head(self) -> None:
        assessment, process = self.assessment, self.assessment.process
        title = Text(process.name, style="bold")
        title.append(f"  ({process.id}{f', {process.owner}' if process.owner else ''})", "not bold")
        self._print(title)
        source = assessment.process_source
        method = assessment.questionnaire
        parts = [source.name] if source and source.name != "-" else []
        parts.append(f"questionnaire {method.id} {method.version}")
        if assessment.as_of is not None:
            parts.append(f"as of {assessment.as_of}")
        self._print(Text(", ".join(parts), style="dim"))
        self._print(Text(wording.known_line(assessment), style="dim"))
        for line in (wording.what_if_line(assessment), wording.left_aside_line(assessment)):
            if line:
                self._print(Text(line, style="yellow"))
        self._print("")

    def _recommendation(self) -> None:
        assessment = self.assessment
        stance = wording.stance(assessment)
        lines: list[RenderableType] = [self._verdict_line(stance), Text("")]
        lines.append(self._axes_table())
        lines.append(Text(""))
        lines.append(Text(" ".join(wording.verdict_summary(assessment).split())))
        lines.append(Text(wording.certainty(assessment)))
        border = box.ROUNDED if self.symbols is UNICODE else box.ASCII
        style = VERDICT_STYLES[stance].replace("bold", "").strip() or "none"
        self._print(
            Panel(
                Group(*lines),
                title=Text("Recommendation"),
                title_align="left",
                box=border,
                border_style=style,
                width=self.width,
            )
        )

    def _verdict_line(self, stance: Stance | None) -> Text:
        assessment = self.assessment
        signs = {
            Stance.AGAINST: self.symbols.against,
            Stance.LATER: self.symbols.later,
            Stance.CONDITIONAL: self.symbols.later,
            Stance.FAVOUR: self.symbols.favour,
            None: self.symbols.undetermined,
        }
        line = Text(
            f"{signs[stance]} {wording.verdict_title(assessment).upper()}",
            style=VERDICT_STYLES[stance],
        )
        if word := wording.certainty_word(assessment):
            line.append(f", {word}", style="not bold")
        return line

    def _axes_table(self) -> Table:
        """Set out the axes and the candidacy, each with number, bar, word and range."""
        grid = Table.grid(padding=(0, 2 if self.width >= NARROW else 1, 0, 0))
        for _ in range(2):
            grid.add_column(no_wrap=True)
        grid.add_column(no_wrap=self.width >= NARROW)
        grid.columns[1].justify = "right"
        card = self.assessment.scorecard
        rows = [(score.axis.title, score.index) for score in card.axes]
        for title, index in [*rows, ("Candidacy", card.candidacy)]:
            grid.add_row(Text(title), Text(wording.points(index.value)), self._gauge(index))
        return grid

    def _gauge(self, index: Index) -> Text:
        text = Text()
        if self.width >= NARROW:
            text += self._bar(index.value, 14 if self.width >= MEDIUM else 8)
            text.append(" ")
        text += self._word(index.value)
        if span := wording.span(index):
            text.append(f" ({span})" if self.width >= MEDIUM else f" {span}", style="dim")
        return text

    def _bar(self, value: Decimal | None, cells: int) -> Text:
        filled = 0 if value is None else int(value * cells / 100 + Decimal("0.5"))
        text = Text(self.symbols.filled * filled, style=self._band_style(value))
        text.append(self.symbols.empty * (cells - filled), style="dim")
        return text

    def _word(self, value: Decimal | None) -> Text:
        found = wording.band(self.assessment, value)
        if found is None:
            return Text("not known" if value is None else "", style="dim")
        width = max(len(entry.word) for entry in self.assessment.questionnaire.bands)
        return Text(f"{found[0]:<{width}}", style=self._band_style(value))

    def _band_style(self, value: Decimal | None) -> str:
        found = wording.band(self.assessment, value)
        if found is None:
            return ""
        _, rank, of = found
        return "cyan" if rank == 0 else "red" if rank == of - 1 else "yellow"

    def _decisive(self) -> None:
        decisive = self.assessment.ruling.decisive
        if not decisive:
            return
        questions = self.assessment.questionnaire.questions
        shown = decisive[:SHOWN_REASONS]
        self._heading(
            "Ask first", "open questions that can change the verdict, most decisive first"
        )
        for place, key in enumerate(shown, start=1):
            text = Text(questions[key].text)
            text.append(f"  {key}", style="dim")
            self._item(f"{place:>2}", text)
        self._more(len(decisive) - len(shown))

    def _extra(self, key: str, title: str) -> None:
        """Print what was asked for in short; all of it is elsewhere."""
        if key not in self.extras:
            return
        self._heading(title, "all of it is in -f markdown")
        for block in self.extras[key].brief:
            if isinstance(block, Paragraph):
                self._paragraph(_phrase(block.phrase))
            elif isinstance(block, Bullets):
                for entry in block.entries:
                    self._item(self.symbols.bullet, _phrase(entry.phrase))

    def _more(self, number: int) -> None:
        if number > 0:
            self._paragraph(f"and {number} more, all in -f markdown", style="dim")

    def _reasons(self) -> None:
        groups = wording.reasons_by_verdict(self.assessment)
        if not groups:
            return
        self._heading("Reasons")
        for verdict, reasons in groups:
            title = wording.title_of_verdict(self.assessment, verdict)
            if verdict == self.assessment.ruling.id:
                self._paragraph(f"{title}:", style="italic")
                for reason in reasons[:SHOWN_REASONS]:
                    self._item(self.symbols.bullet, wording.reason_text(self.assessment, reason))
                self._more(len(reasons) - SHOWN_REASONS)
            elif self.assessment.ruling.verdict is not None:
                self._other_reasons(title, [wording.title_of(self.assessment, r) for r in reasons])

    def _other_reasons(self, title: str, subjects: Sequence[str]) -> None:
        """Name what speaks for a verdict other than the result, without its figures."""
        unique = list(dict.fromkeys(subjects))
        text = Text(f"{title}: ", style="italic")
        text.append("; ".join(unique[:SHOWN_REASONS]), style="not italic")
        if len(unique) > SHOWN_REASONS:
            text.append(f"; and {len(unique) - SHOWN_REASONS} more", style="not italic")
        self._paragraph(text)

    def _scorecard(self) -> None:
        self._heading("Scorecard", "0 to 100, 100 speaks for outsourcing now")
        table = self._table()
        table.add_column("Dimension", min_width=12)
        if self.width >= MEDIUM:
            table.add_column("Weight", justify="right", no_wrap=True, min_width=6)
        table.add_column("Score", justify="right", no_wrap=True, min_width=5)
        if self.width >= NARROW:
            table.add_column("", no_wrap=True, min_width=8)
        table.add_column("", no_wrap=True, min_width=6)
        if self._has_ranges:
            table.add_column("Range", no_wrap=True, min_width=13)
        if self.width >= WIDE:
            table.add_column("Known", justify="right", no_wrap=True, min_width=7)
        for score in self.assessment.scorecard.axes:
            self._row(table, score.axis.title, "", score.index, "", style="bold")
            total = sum(part.dimension.weight for part in score.dimensions)
            for part in score.dimensions:
                weight = f"{plain(100 * part.dimension.weight / total)} %" if total else ""
                known = _known(part.questions)
                self._row(table, f"  {part.dimension.title}", weight, part.index, known)
        self._print(Padding(table, (0, 0, 0, 1)))

    @property
    def _has_ranges(self) -> bool:
        """Tell whether a column for ranges has anything to show, and room."""
        card = self.assessment.scorecard
        indices = [*(axis.index for axis in card.axes), *(part.index for part in card.dimensions)]
        return self.width >= MEDIUM and any(wording.span(index) for index in indices)

    @property
    def _has_risk_ranges(self) -> bool:
        return self.width >= WIDE and any(map(_residual_range, self.assessment.risks))

    def _row(
        self, table: Table, title: str, weight: str, index: Index, known: str, style: str = ""
    ) -> None:
        cells: list[RenderableType] = [Text(title, style=style)]
        if self.width >= MEDIUM:
            cells.append(Text(weight))
        cells.append(Text(wording.points(index.value), style=style))
        if self.width >= NARROW:
            cells.append(self._bar(index.value, 14 if self.width >= WIDE else 8))
        cells.append(self._word(index.value))
        if self._has_ranges:
            cells.append(Text(wording.span(index), style="dim"))
        if self.width >= WIDE:
            cells.append(Text(known))
        table.add_row(*cells)

    def _contributions(self) -> None:
        shown = SHOWN_CONTRIBUTIONS
        speaking = wording.speaks_for(self.assessment, shown)
        against = wording.speaks_against(self.assessment, shown)
        if speaking:
            self._heading("What speaks for it", "points of candidacy that the answer adds")
            self._ledger(self.symbols.up, "cyan", "+", [(q, q.contribution) for q in speaking])
        if against:
            self._heading("What speaks against it", "points that the answer keeps from it")
            self._ledger(self.symbols.down, "red", "-", [(q, q.forgone) for q in against])

    def _ledger(
        self, sign: str, style: str, plus: str, entries: Iterable[tuple[QuestionScore, object]]
    ) -> None:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(no_wrap=True, justify="right", min_width=5)
        grid.add_column()
        for score, exact in entries:
            figure = wording.two_places(exact)  # type: ignore[arg-type]
            text = Text(score.response.question.title)
            if self.width >= MEDIUM:
                text.append(f": {wording.answer_text(score.response)}", style="dim")
            grid.add_row(Text(sign, style=style), Text(f"{plus}{figure}"), text)
        self._print(Padding(grid, (0, 0, 0, 1)))

    def _risks(self) -> None:
        matrix = self.assessment.questionnaire.risk_matrix
        if matrix is None or not self.assessment.risks:
            return
        if all(risk.known.residual is None for risk in self.assessment.risks):
            self._heading("Risks")
            self._paragraph(wording.NO_RISK_KNOWN)
            return
        self._heading("Risks", "with the controls in place; likelihood and impact 1 to 5")
        self._heat_map()
        self._print("")
        self._risk_table()
        for entry in wording.ranked(self.assessment)[:SHOWN_RISKS]:
            if entry.risk.known.residual is not None:
                self._risk_details(entry)

    def _heat_map(self) -> None:
        matrix = self.assessment.questionnaire.risk_matrix
        assert matrix is not None  # noqa: S101  for the type checker: the caller has looked
        cells = wording.risk_cells(self.assessment)
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
        narrow = self.width < NARROW
        table.add_column("L" if narrow else "Likelihood", justify="right", no_wrap=True)
        width = 5 if narrow else 9
        for impact in range(1, MATRIX_SIDE + 1):
            label = str(impact) if impact < MATRIX_SIDE else f"{impact} I"
            if not narrow and impact == 1:
                label = "Impact 1"
            table.add_column(
                label if narrow or impact == 1 else str(impact), width=width, justify="left"
            )
        for likelihood in range(MATRIX_SIDE, 0, -1):
            row = [Text(str(likelihood))]
            for impact in range(1, MATRIX_SIDE + 1):
                level = matrix.level(likelihood, impact)
                numbers = cells.get((likelihood, impact), [])
                shown = " ".join(map(str, numbers)) if numbers else _initial(level)
                style = self._risk_style(level)
                row.append(Text(shown, style=f"bold {style}" if numbers else f"dim {style}"))
            table.add_row(*row)
        self._print(Padding(table, (0, 0, 0, 1)))
        legend = ", ".join(f"{_initial(level)} {level}" for level in matrix.levels)
        self._paragraph(f"Empty cells: {legend}. Numbers are the risks below.", style="dim")

    def _risk_style(self, level: str | None) -> str:
        """Colour a level by its place among the method's levels; the words carry it without."""
        matrix = self.assessment.questionnaire.risk_matrix
        if matrix is None or level is None:
            return ""
        place, worst = matrix.levels.index(level), len(matrix.levels) - 1
        return {worst: "red", worst - 1: "yellow", 0: "cyan"}.get(place, "")

    def _risk_table(self) -> None:
        table = self._table()
        table.add_column("", justify="right", no_wrap=True, min_width=2)
        table.add_column("Risk", min_width=12)
        if self.width >= MEDIUM:
            table.add_column("L", justify="right", no_wrap=True, min_width=4)
            table.add_column("I", justify="right", no_wrap=True, min_width=4)
        if self.width >= NARROW:
            table.add_column("Inherent", no_wrap=True, min_width=8)
        table.add_column("Residual", no_wrap=self.width >= NARROW, min_width=8)
        if self._has_risk_ranges:
            table.add_column("Range", no_wrap=True)
        if self.width >= WIDE:
            table.add_column("Planned", no_wrap=True, min_width=8)
        for entry in wording.ranked(self.assessment):
            known = entry.risk.known
            row = [Text(str(entry.number)), Text(entry.risk.risk.title)]
            if self.width >= MEDIUM:
                row.append(Text(wording.two_places(known.residual_likelihood)))
                row.append(Text(wording.two_places(known.residual_impact)))
            if self.width >= NARROW:
                row.append(self._level(known.inherent))
            row.append(self._level(known.residual))
            if self._has_risk_ranges:
                row.append(Text(_residual_range(entry.risk), style="dim"))
            if self.width >= WIDE:
                row.append(self._level(known.planned_residual))
            table.add_row(*row)
        self._print(Padding(table, (0, 0, 0, 1)))

    def _level(self, level: str | None) -> Text:
        return Text(level or wording.NOTHING, style=self._risk_style(level))

    def _risk_details(self, entry: wording.NumberedRisk) -> None:
        risk = entry.risk
        title = Text(f"\n {entry.number} {risk.risk.title}", style="bold")
        title.append(
            f"  {wording.level_range(risk)}",
            style=f"not bold {self._risk_style(risk.known.residual)}",
        )
        self._print(title)
        if risk.risk.text:
            self._paragraph(" ".join(risk.risk.text.split()), 3)
        self._paragraph(f"Likely because of: {wording.main_drivers(risk.drivers)}.", 3)
        self._paragraph(f"Hurts because of: {wording.main_drivers(risk.impact_drivers)}.", 3)
        for control in risk.controls:
            state = control.status.value if control.status else "open"
            state = (
                "in place"
                if control.counts
                else f"{state}, not proven"
                if state == "in-place"
                else state
            )
            self._item(
                self.symbols.bullet,
                f"Control ({state}): {' '.join(control.control.text.split())}",
                3,
            )
        for clause in risk.risk.clauses[:1]:
            self._item(self.symbols.bullet, f"Clause: {' '.join(clause.split())}", 3)

    def _work(self) -> None:
        actions = self.assessment.advice.actions
        if not actions:
            return
        self._heading("Work to do", "before anything is signed, in the order of the steps")
        step: object = self
        for action in actions:
            if wording.step_of(action) != step:
                step = wording.step_of(action)
                title = wording.step_title(self.assessment, wording.step_of(action))
                self._paragraph(title, style="italic")
            text = Text(f"{action.question.title} ({wording.movement(action)})", style="bold")
            text.append(f"  {' '.join(wording.action_text(action).split())}", style="not bold")
            self._item(self.symbols.bullet, text, 2)

    def _conditions(self) -> None:
        conditions = self.assessment.advice.conditions
        if not conditions:
            return
        beside = "to settle in the deal, in the order of the steps; clauses are in -f markdown"
        self._heading("Conditions", beside)
        step: object = self
        for condition in conditions:
            if condition.step != step:
                step = condition.step
                self._paragraph(wording.step_title(self.assessment, condition.step), style="italic")
            text = Text(wording.condition_title(self.assessment, condition), style="bold")
            body = " ".join(wording.condition_text(self.assessment, condition).split())
            text.append(f"  {body}", style="not bold")
            self._item(self.symbols.bullet, text, 2)

    def _benefits(self) -> None:
        benefits = self.assessment.advice.benefits
        if not benefits:
            return
        self._heading("Expected benefits")
        styles = {Strength.STRONG: "cyan", Strength.SOME: "yellow", Strength.DOUBTFUL: "dim"}
        table = self._three_columns()
        for benefit in benefits:
            basis = "; ".join(wording.benefit_basis(self.assessment, benefit))
            word = Text(wording.STRENGTHS[benefit.strength], style=styles[benefit.strength])
            self._three(table, benefit.title, word, basis)
        self._print(Padding(table, (0, 0, 0, 1)))

    def _three_columns(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(min_width=10)
        table.add_column(no_wrap=True)
        if self.width >= MEDIUM:
            table.add_column()
        return table

    def _three(self, table: Table, title: str, word: Text, basis: str) -> None:
        cells = [Text(title), word]
        if self.width >= MEDIUM:
            cells.append(Text(basis, style="dim"))
        table.add_row(*cells)

    def _alternatives(self) -> None:
        alternatives = self.assessment.advice.alternatives
        if not alternatives:
            return
        self._heading("Alternatives", "other courses that the answers speak for")
        for alternative in alternatives:
            text = Text(f"{alternative.title}. ", style="bold")
            text.append(" ".join(alternative.text.split()), style="not bold")
            reasons = (wording.statement(self.assessment, r) for r in alternative.reasons)
            text.append(f" ({'; '.join(reasons)})", style="not bold dim")
            self._item(self.symbols.bullet, text)

    def _delivery(self) -> None:
        models = self.assessment.advice.delivery
        if not models:
            return
        self._heading("Delivery models")
        styles = {Fit.FAVOURED: "cyan", Fit.POSSIBLE: "", Fit.RULED_OUT: "red"}
        table = self._three_columns()
        for model in models:
            parts = [wording.statement(self.assessment, reason) for reason in model.reasons]
            if model.open_questions:
                names = wording.titles_of_questions(self.assessment, model.open_questions)
                parts.append(f"could be ruled out by: {names}")
            word = Text(wording.FITS[model.fit], style=styles[model.fit])
            self._three(table, model.title, word, "; ".join(parts))
        self._print(Padding(table, (0, 0, 0, 1)))

    def _findings(self) -> None:
        findings = self.assessment.findings
        if not findings:
            return
        self._heading("About the input", "bpo-assess explain CODE says more")
        styles = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
        for finding in findings[:SHOWN_FINDINGS]:
            place = f"line {finding.span.line}: " if finding.span else ""
            text = Text(f"{place}{finding.message}")
            if finding.note:
                text.append(f"; {finding.note}")
            self._item(finding.code, text, style=styles[finding.severity])
        self._more(len(findings) - SHOWN_FINDINGS)

    def _next(self) -> None:
        name = self._named(self.assessment.process_source, "FILE")
        method = wording.method_option(self.assessment)
        self._heading("Next")
        if subject := self._worth_explaining():
            self._command(f"explain {subject}{method}")
        self._command(f"check {name}{method}")
        self._command(f"score {name}{method} -o report.md")

    def _command(self, arguments: str) -> None:
        self._print(Text(f" bpo-assess {arguments}", overflow="fold"))

    def _named(self, source: Source | None, otherwise: str) -> str:
        return shlex.quote(source.name) if source and source.name != "-" else otherwise

    def _worth_explaining(self) -> str | None:
        """Pick the question to read up first: the most decisive one, or the first reason's."""
        ruling = self.assessment.ruling
        if ruling.decisive:
            return ruling.decisive[0]
        subjects = [part.subject for reason in ruling.reasons for part in reason.parts or (reason,)]
        return next((s for s in subjects if s in self.assessment.questionnaire.questions), None)


def _residual_range(risk: RiskAssessment) -> str:
    best, worst = risk.best.residual, risk.worst.residual
    return f"{best} to {worst}" if best != worst else ""


def _initial(level: str) -> str:
    return level[:1]


def _known(questions: Sequence[QuestionScore]) -> str:
    applicable = [q for q in questions if q.response.is_known or q.response.is_open]
    return f"{sum(q.response.is_known for q in applicable)}/{len(applicable)}"
