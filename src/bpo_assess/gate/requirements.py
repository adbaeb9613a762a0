"""What a caller demands of an assessment; each broken demand is a finding at the place that explains it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.scoring import Index, QuestionScore
from bpo_assess.assessment.verdict import Reason, Subject
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.decision import UNDETERMINED

CANDIDACY = "candidacy"


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a caller demands; nothing where absent.

    A score, a share or a risk is held to the demand at the worst end of its range, so that leaving a question
    open never opens the gate. The verdict is the one on what is known; `firm` demands more.
    """

    verdict: str | None = None
    """The verdict at least, by its id."""
    scores: tuple[tuple[str, Decimal], ...] = field(default=())
    """The least candidacy or index of an axis, 0 to 100, by its id."""
    risk: str | None = None
    """The highest residual risk that may be, by its level."""
    coverage: Decimal | None = None
    """The least share of the method's weight that is known, 0 to 1."""
    evidence: Decimal | None = None
    """The least share of the answered weight that has evidence, 0 to 1."""
    firm: bool = False
    """Whether no open answer may change the verdict."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The rules that are broken where a demand is, in their order."""
        asked = {
            "BPO501": self.verdict,
            **{_SCORE_CODES.get(name, "BPO503"): name for name, _ in self.scores},
            "BPO504": self.risk,
            "BPO505": self.coverage is not None,
            "BPO506": self.evidence is not None,
            "BPO507": self.firm,
        }
        return tuple(sorted(code for code, demand in asked.items() if demand))

    @property
    def any(self) -> bool:
        """Whether anything is demanded."""
        return bool(self.codes)


_SCORE_CODES = {CANDIDACY: "BPO502"}
"""Every other score is that of an axis."""


def broken(demands: Requirements, assessment: Assessment) -> Iterator[Diagnostic]:
    """Yield every demand that an assessment does not meet."""
    if demands.verdict is not None:
        yield from _verdict(demands.verdict, assessment)
    for name, least in demands.scores:
        yield from _score(name, least, assessment)
    if demands.risk is not None:
        yield from _risks(demands.risk, assessment)
    yield from _shares(demands, assessment)
    if demands.firm and not assessment.ruling.firm:
        ruling = assessment.ruling
        text = f"the verdict is not firm: {ruling.worst.id} at worst, {ruling.best.id} at best"
        asked = ", ".join(f"`{key}`" for key in ruling.decisive)
        yield _finding("BPO507", text, _answer(ruling.decisive), "", note=f"decided by {asked}")


def not_in_method(demands: Requirements, assessment: Assessment) -> str | None:
    """Name a demand that the method knows nothing of, if there is one."""
    method = assessment.questionnaire
    verdicts = [verdict.id for verdict in method.decision.verdicts]
    axes = [axis.id for axis in method.axes]
    levels = method.risk_matrix.levels if method.risk_matrix else ()
    if demands.verdict is not None and demands.verdict not in verdicts:
        return f"`{demands.verdict}` is no verdict of `{method.id}`: it has {', '.join(verdicts)}"
    for name, _ in demands.scores:
        if name not in {CANDIDACY, *axes}:
            return f"`{method.id}` has no axis `{name}`: it has {', '.join(axes)}"
    if demands.risk is not None and demands.risk not in levels:
        known = ", ".join(levels) or "none"
        return f"`{demands.risk}` is no risk level of `{method.id}`: it has {known}"
    return None


def _finding(
    code: str, message: str, path: KeyPath, subject: str, *, note: str | None = None
) -> Diagnostic:
    return Diagnostic(
        code, Severity.ERROR, message, note=note, path=path, subject=subject or "verdict"
    )


# The verdict


def _verdict(least: str, assessment: Assessment) -> Iterator[Diagnostic]:
    order = [verdict.id for verdict in assessment.questionnaire.decision.verdicts]
    found = assessment.ruling.id
    if found != UNDETERMINED and order.index(found) >= order.index(least):
        return
    holding = [
        reason
        for reason in assessment.ruling.reasons
        if reason.verdict == UNDETERMINED or order.index(reason.verdict) < order.index(least)
    ]
    named = ", ".join(_named(reason) for reason in holding[:_NAMED])
    more = f" and {len(holding) - _NAMED} more" if len(holding) > _NAMED else ""
    path = _explains(holding[0], assessment) if holding else ()
    text = f"the verdict is {found}, at least {least} is required"
    yield _finding("BPO501", text, path, "", note=f"held by {named}{more}" if named else None)


_NAMED = 5
"""How many reasons a finding names; the report has them all."""


def _named(reason: Reason) -> str:
    if reason.parts:
        return " with ".join(map(_named, reason.parts))
    actual = "" if reason.actual is None else f" ({reason.actual})"
    return f"`{reason.subject}`{actual}"


def _explains(reason: Reason, assessment: Assessment) -> KeyPath:
    """Find the place in a description that explains a reason best."""
    match reason.kind:
        case Subject.QUESTION:
            return ("answers", reason.subject)
        case Subject.SEVERAL:
            return _explains(reason.parts[0], assessment)
        case Subject.FACT:
            return ("steps",)
        case Subject.RISK:
            return _risk_place(next(r for r in assessment.risks if r.risk.id == reason.subject))
        case Subject.EVIDENCE:
            return _unproven(assessment)
        case Subject.COVERAGE:
            return _open(assessment)
        case Subject.DIMENSION | Subject.AXIS:
            return _weakest(_part(reason.subject, assessment))


def _answer(keys: Iterable[str]) -> KeyPath:
    key = next(iter(keys), None)
    return ("answers", key) if key else ("answers",)


# Scores, shares and risks


def _score(name: str, least: Decimal, assessment: Assessment) -> Iterator[Diagnostic]:
    index = _index(name, assessment)
    if index.low is not None and index.low >= least:
        return
    text = f"{name} is {_range(index)}, {_plain(least)} or more is required"
    code = _SCORE_CODES.get(name, "BPO503")
    yield _finding(code, text, _weakest(_part(name, assessment)), name)


def _index(name: str, assessment: Assessment) -> Index:
    axes = {axis.axis.id: axis.index for axis in assessment.scorecard.axes}
    return axes.get(name, assessment.scorecard.candidacy)


def _range(index: Index) -> str:
    if index.value is None:
        return "not known"
    if index.low == index.value:
        return f"{index.value}"
    return f"{index.value} on what is known and {index.low} at worst"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _shares(demands: Requirements, assessment: Assessment) -> Iterator[Diagnostic]:
    card = assessment.scorecard
    for code, name, what, share, least, path in (
        (
            "BPO505",
            "coverage",
            "of the method is known",
            card.candidacy.coverage,
            demands.coverage,
            _open(assessment),
        ),
        (
            "BPO506",
            "evidence",
            "of what was answered has evidence",
            card.evidence_share,
            demands.evidence,
            _unproven(assessment),
        ),
    ):
        if least is not None and (share is None or share < least):
            known = f"{_percent(share)} {what}" if share is not None else f"nothing {what}"
            yield _finding(code, f"{known}, {_percent(least)} or more is required", path, name)


def _percent(share: Decimal) -> str:
    return f"{_plain(share * 100)} %"


def _risks(highest: str, assessment: Assessment) -> Iterator[Diagnostic]:
    matrix = assessment.questionnaire.risk_matrix
    order = matrix.levels if matrix else ()
    for risk in assessment.risks:
        worst = risk.worst.residual
        if worst is None or order.index(worst) <= order.index(highest):
            continue
        known = risk.known.residual
        said = worst if known == worst else f"{known or 'not known'}, and {worst} at worst"
        text = f"the risk `{risk.risk.id}` is {said}, {highest} or less is required"
        yield _finding("BPO504", text, _risk_place(risk), f"risks/{risk.risk.id}")


# Places


def _risk_place(risk: RiskAssessment) -> KeyPath:
    return _answer(driver.question.id for driver in (*risk.drivers, *risk.impact_drivers))


def _part(name: str, assessment: Assessment) -> list[QuestionScore]:
    """List the scores that an axis or dimension is made of; of anything else, all."""
    card = assessment.scorecard
    parts = [part for axis in card.axes if axis.axis.id == name for part in axis.dimensions]
    parts = parts or [part for part in card.dimensions if part.dimension.id == name]
    return [score for part in parts or card.dimensions for score in part.questions]


def _weakest(scores: list[QuestionScore]) -> KeyPath:
    """Find the answer that keeps most from an index at its worst: an open one keeps all it weighs."""
    lacking = sorted(scores, key=_kept)
    return _answer(score.response.question.id for score in lacking if _kept(score))


def _kept(score: QuestionScore) -> Fraction:
    if score.response.is_open:
        return -100 * score.weight_share
    return -(score.forgone or Fraction(0))


def _open(assessment: Assessment) -> KeyPath:
    return _heaviest(score for score in assessment.scorecard.questions if score.response.is_open)


def _unproven(assessment: Assessment) -> KeyPath:
    return _heaviest(
        score
        for score in assessment.scorecard.questions
        if score.response.is_known and not score.response.evidenced
    )


def _heaviest(scores: Iterable[QuestionScore]) -> KeyPath:
    ordered = sorted(scores, key=lambda score: -score.weight_share)
    return _answer(score.response.question.id for score in ordered)
