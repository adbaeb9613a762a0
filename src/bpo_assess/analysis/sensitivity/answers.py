"""Which single answer would change the verdict, and how far each can move the candidacy."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bpo_assess.analysis.sensitivity.trial import Trial
from bpo_assess.assessment import rounding
from bpo_assess.assessment.answers import Response
from bpo_assess.assessment.standing import Case, Standing
from bpo_assess.model.decision import Verdict
from bpo_assess.model.parts import LEVELS, MAX_LEVEL
from bpo_assess.model.questionnaire import Axis, Question


@dataclass(frozen=True, slots=True)
class Flip:
    """A change of one answer by one level that gives another verdict."""

    question: Question
    level: int
    to: int
    verdict: Verdict | None
    """The verdict then; None is undetermined."""
    supported: int | None = None
    """The highest level that the facts of the description support; None where they say nothing."""

    @property
    def is_beyond_facts(self) -> bool:
        """Whether the level counts only once the description says more than it does."""
        return self.to > self.level and self.supported is not None and self.to > self.supported


@dataclass(frozen=True, slots=True)
class Stand:
    """The candidacy and the axis of a question with one answer to it; both as printed, in points."""

    level: int
    candidacy: Decimal | None
    axis: Decimal | None
    exact: Fraction | None
    """The candidacy before rounding."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What one answer can do to the candidacy."""

    response: Response
    axis: Axis
    at_worst: Stand
    """At level 0."""
    now: Decimal | None
    """The candidacy with the answer as it is, as printed; None where nothing is answered."""
    down: Stand | None
    """One level down; None at level 0 and where nothing is answered."""
    up: Stand | None
    """One level up; None at level 4 and where nothing is answered."""
    at_best: Stand
    """At level 4."""
    swing: Fraction | None
    """Points of candidacy between level 0 and level 4; None where there is no candidacy."""

    @property
    def question(self) -> Question:
        """The question."""
        return self.response.question


@dataclass(frozen=True, slots=True)
class Answers:
    """What single answers can do."""

    flips: tuple[Flip, ...]
    """In the order of the questionnaire, down before up."""
    bars: tuple[Bar, ...]
    """Every question that enters the candidacy, the largest swing first."""


def answers_of(trial: Trial) -> Answers:
    """Try every answered question one level down and up, and every question at its ends."""
    bars = sorted(_bars(trial), key=lambda bar: -(bar.swing or 0))
    return Answers(tuple(_flips(trial)), tuple(bars))


def _flips(trial: Trial) -> Iterator[Flip]:
    now = trial.judgement.ruling.verdict
    for key, response in trial.judgement.responses.items():
        if response.level is None:
            continue
        for level in (response.level - 1, response.level + 1):
            if level not in LEVELS:
                continue
            verdict = trial.decided(trial.with_levels({key: level}))
            if verdict != now:
                yield Flip(response.question, response.level, level, verdict, _supported(response))


def _supported(response: Response) -> int | None:
    return None if response.assumed else response.fact_level


def _bars(trial: Trial) -> Iterator[Bar]:
    for axis in trial.judgement.questionnaire.axes:
        for question in (part for dimension in axis.dimensions for part in dimension.questions):
            if trial.outlook.bench.share(question.id):
                yield _bar(trial, axis, trial.judgement.responses[question.id])


def _bar(trial: Trial, axis: Axis, response: Response) -> Bar:
    bench, known, key = trial.outlook.bench, trial.outlook.known.case, response.question.id

    def at(level: int) -> Stand:
        return _stand(bench.stand(_with(known, key, level)), axis, level)

    worst, best, level = at(0), at(MAX_LEVEL), response.level
    swing = None
    if best.exact is not None and worst.exact is not None:
        swing = best.exact - worst.exact
    return Bar(
        response,
        axis,
        worst,
        None if level is None else trial.outlook.known.candidacy,
        None if not level else at(level - 1),
        None if level is None or level == MAX_LEVEL else at(level + 1),
        best,
        swing,
    )


def _with(case: Case, key: str, level: int) -> Case:
    return Case({**case.levels, key: level}, case.open - {key}, case.evidenced)


def _stand(standing: Standing, axis: Axis, level: int) -> Stand:
    exact = standing.exact_candidacy
    return Stand(
        level,
        None if exact is None else rounding.index(exact),
        standing.axes[axis.id],
        exact,
    )
