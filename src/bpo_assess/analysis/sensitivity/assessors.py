"""Several people's answers about one process: where they differ, and whether that matters.

For each question the levels that count are compared, after facts have lowered claims. The median is the
lower one of an even number of levels; who gave no level is left out of it. At the worst of the spread each
question has the lowest level that anybody gave, with evidence only where each of those who gave it has
some; at the best the highest, with any. A better answer never gives a worse verdict, so every mixture of
the answers lies between these two. What nobody answered stays open throughout, so every mixture leaves the
same questions open; each is judged as `score` judges, and may be undetermined.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from bpo_assess.analysis.sensitivity.trial import Outcome, Trial, trial_of
from bpo_assess.assessment import assess
from bpo_assess.assessment.answers import Response, Responses, State
from bpo_assess.assessment.result import Assessment, Judgement
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.model.process import Answer
from bpo_assess.model.questionnaire import Question

FAR = 2
"""Levels between two people from which they disagree, rather than read a level differently."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One person, and the assessment by that person's answers."""

    person: str
    assessment: Assessment
    named: bool = False
    """Whether the file names the person, rather than being one person's."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What everybody says to one question, in the order of the voices."""

    question: Question
    said: tuple[Response, ...]

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels that were given."""
        return tuple(response.level for response in self.said if response.level is not None)

    @property
    def width(self) -> int:
        """The levels between the lowest and the highest."""
        return max(self.levels) - min(self.levels) if self.levels else 0

    @property
    def median(self) -> int | None:
        """The lower median of the levels."""
        return median_low(self.levels) if self.levels else None

    @property
    def is_far(self) -> bool:
        """Whether two people are two levels or more apart."""
        return self.width >= FAR

    @property
    def is_contested(self) -> bool:
        """Whether some say that the question does not apply and others give a level."""
        states = {response.state for response in self.said}
        return {State.NOT_APPLICABLE, State.ANSWERED} <= states

    @property
    def is_disputed(self) -> bool:
        """Whether two people contradict each other."""
        return bool(self.width) or self.is_contested


@dataclass(frozen=True, slots=True)
class Assessors:
    """What the people say, each and together."""

    voices: tuple[Voice, ...]
    spreads: tuple[Spread, ...]
    """Every question, in the order of the questionnaire."""
    median: Assessment
    """The assessment of the median answers."""
    worst: Outcome
    """What comes out if everybody who gave the lowest level is right."""
    best: Outcome
    """What comes out if everybody who gave the highest level is right."""
    between: bool
    """Whether some mixture between the two may come to another verdict than both."""
    open: int
    """Questions that nobody answered."""
    deciding: frozenset[str]
    """Questions on which the disagreement alone changes the verdict of the median."""

    @property
    def matters(self) -> bool:
        """Whether it can change the verdict who is right."""
        return self.decides or self.between or bool(self.silent)

    @property
    def decides(self) -> bool:
        """Whether another verdict follows, depending on who is right."""
        return self.worst.id != self.best.id or bool(self.deciding)

    @property
    def silent(self) -> tuple[Voice, ...]:
        """Those who come to a verdict that no mixture has, because they leave open what others answer."""
        if self.decides or self.between:
            return ()
        rulings = {UNDETERMINED, self.best.id}
        return tuple(voice for voice in self.voices if voice.assessment.ruling.id not in rulings)

    @property
    def disagreements(self) -> tuple[Spread, ...]:
        """The questions on which people differ, the widest spread first."""
        differing = [entry for entry in self.spreads if entry.is_disputed]
        return tuple(sorted(differing, key=lambda entry: -entry.width))


def voices_of(assessment: Assessment, name: str) -> tuple[Voice, ...]:
    """Take one file apart: a voice for every person in it, or one by the name of the file.

    A person's answers stand above `answers`, which hold where that person says nothing.
    """
    process = assessment.process
    if not process.answers_by:
        return (Voice(name, assessment),)
    return tuple(
        Voice(person, _again(assessment, {**process.answers, **answers}), named=True)
        for person, answers in process.answers_by.items()
    )


def _again(assessment: Assessment, answers: Mapping[str, Answer]) -> Assessment:
    """Assess the same process with other answers."""
    process = assessment.process.model_copy(update={"answers": answers, "answers_by": {}})
    found = assess(process, assessment.questionnaire, assessment.as_of, assessment.what_if)
    return replace(
        found,
        findings=(),
        process_source=assessment.process_source,
        questionnaire_source=assessment.questionnaire_source,
    )


def assessors_of(voices: Sequence[Voice]) -> Assessors:
    """Compare what several people say about one process; facts and controls are those of the first."""
    spreads = _spreads([voice.assessment.responses for voice in voices])
    first = voices[0].assessment
    median = _median(first, spreads)
    low, high = (_trial(first, _extreme(spreads, best=best)) for best in (False, True))
    worst, best = (trial.outcome(trial.outlook.known.case) for trial in (low, high))
    return Assessors(
        voices=tuple(voices),
        spreads=spreads,
        median=median,
        worst=worst,
        best=best,
        between=worst.verdict is best.verdict is None and _may_settle(low, high),
        open=len(low.opened),
        deciding=frozenset(_deciding(median, spreads)),
    )


def _may_settle(low: Trial, high: Trial) -> bool:
    """Tell whether a mixture between two that are undetermined may be none.

    Its own ends lie between theirs; they can be one verdict only where theirs leave room for it.
    """
    _, highest_of_low = low.ends(low.outlook.known.case)
    lowest_of_high, _ = high.ends(high.outlook.known.case)
    return highest_of_low <= lowest_of_high


def _deciding(median: Assessment, spreads: Iterable[Spread]) -> Iterator[str]:
    """Yield the questions whose lowest or highest answer, or one that it does not apply, decides alone."""
    for spread in spreads:
        if not spread.is_disputed:
            continue
        key = spread.question.id
        variants = [_extreme([spread], best=best)[key] for best in (False, True)]
        variants += [said for said in spread.said if said.state is State.NOT_APPLICABLE][:1]
        for response in variants:
            trial = _trial(median, {**median.responses, key: response})
            if trial.outcome(trial.outlook.known.case).id != median.ruling.id:
                yield key
                break


def _spreads(sets: Sequence[Responses]) -> tuple[Spread, ...]:
    return tuple(
        Spread(response.question, tuple(responses[key] for responses in sets))
        for key, response in sets[0].items()
    )


def _trial(judgement: Judgement, responses: Responses) -> Trial:
    """Take up a judgement with other answers."""
    return trial_of(replace(judgement, responses=responses))


def _extreme(spreads: Iterable[Spread], *, best: bool) -> Responses:
    mixed = {}
    for spread in spreads:
        key = spread.question.id
        given = [response for response in spread.said if response.level is not None]
        if not given:
            mixed[key] = _without_level(spread)
            continue
        proven = (any if best else all)(response.evidenced for response in given)
        level = (max if best else min)(spread.levels)
        mixed[key] = replace(given[0], level=level, evidenced=proven)
    return mixed


def _without_level(spread: Spread) -> Response:
    """Take what stands for a question to which nobody gave a level: open where anybody leaves it open."""
    return next((said for said in spread.said if said.is_open), spread.said[0])


def _median(first: Assessment, spreads: Iterable[Spread]) -> Assessment:
    chosen = {spread.question.id: _middle(spread) for spread in spreads}
    return _again(first, {key: answer for key, answer in chosen.items() if answer is not None})


def _middle(spread: Spread) -> Answer | None:
    """Take the answer of somebody who gave the median level, one with evidence where there is one."""
    level = spread.median
    if level is None:
        return _without_level(spread).answer
    same = [response for response in spread.said if response.level == level]
    same.sort(key=lambda response: not response.evidenced)
    return same[0].answer
