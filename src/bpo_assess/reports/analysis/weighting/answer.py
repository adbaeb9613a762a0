"""The answer in a few sentences: whether another weighting says the opposite, which one, and how often."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from bpo_assess.analysis.sensitivity.weighting import Weighting
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.decision import UNDETERMINED
from bpo_assess.reports import wording
from bpo_assess.reports.analysis.weighting import exact
from bpo_assess.reports.analysis.weighting.drawn import ENOUGH
from bpo_assess.reports.analysis.weighting.phrases import RARE, capital, how_often
from bpo_assess.reports.analysis.weighting.together import bearable

if TYPE_CHECKING:
    from bpo_assess.analysis.sensitivity.stochastic import Acceptabilities

MOST, MANY, SOME = 0.5, 0.1, 0.01
"""Shares of drawn weightings with another verdict from which the answer is another one."""

ALIKE, CLOSE = Fraction(1, 2), Fraction(1, 10)
"""Changes of all weights at once: what bears the first bears every similar weighting; the other is small."""


def closed(assessment: Assessment, found: Weighting) -> str:
    """Answer where no weight matters; nothing where some do."""
    if not any(response.is_known for response in assessment.responses.values()):
        return "Nothing can be said of that yet: no question is answered."
    if not exact.stands(found):
        return ""
    title = wording.verdict_title(assessment)
    why = "" if assessment.ruling.verdict else ", because too little is known"
    return f"No: whatever the weights, the verdict is {title}{why}.{_one_at_a_time(found)}"


def opening(assessment: Assessment, found: Weighting) -> str:
    """Answer by what was drawn; where that is too little, by what is known of all weightings."""
    if not is_drawn(found):
        return by_exact(assessment, found)
    counted = _Counted(
        assessment, _count(found.drawn[0]), _count(found.drawn[-1]), found.drawn[0].sampling.draws
    )
    return " ".join(
        sentence for sentence in (_main(counted, found), counted.never, counted.open) if sentence
    )


def is_drawn(found: Weighting) -> bool:
    """Tell whether enough was drawn to answer by."""
    return bool(found.drawn) and all(one.sampling.draws >= ENOUGH for one in found.drawn)


def _count(drawn: "Acceptabilities") -> Mapping[str, int]:
    return {entry.verdict: entry.count for entry in drawn.verdicts if entry.count}


# Without draws


def by_exact(assessment: Assessment, found: Weighting) -> str:
    """Answer by the changes that are known to lead to another verdict."""
    title = wording.verdict_title(assessment)
    bears = bearable(assessment, found)
    if assessment.ruling.verdict is None:
        return f"As it is, too little is known for a verdict ({title}). {bears}".strip()
    if exact.is_alone(found):
        return f"{_no_other(found)} {bears}".strip()
    nearest = exact.least(found, undetermined=False)
    if nearest is None:
        return "Hardly: only if a weight that is stated as 0 were given some."
    size = exact.size(nearest)
    word = "Not a similar one" if size >= ALIKE else "A similar one might"
    return f"{'Yes' if size < CLOSE else word}. {bears}"


def _no_other(found: Weighting) -> str:
    return f"No: no weighting leads to another verdict.{_one_at_a_time(found)}"


def _one_at_a_time(found: Weighting) -> str:
    return " Weights of 0 were looked at one at a time." if exact.has_noughts(found) else ""


# With draws


@dataclass(frozen=True, slots=True)
class _Counted:
    """How often each verdict was drawn, near the stated weights and from anywhere."""

    assessment: Assessment
    near: Mapping[str, int]
    anywhere: Mapping[str, int]
    draws: int

    def others(self, counts: Mapping[str, int]) -> Mapping[str, int]:
        """Keep the verdicts that are other ones, the most frequent first."""
        now = {self.assessment.ruling.id, UNDETERMINED}
        found = {key: count for key, count in counts.items() if key not in now}
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))

    @property
    def never(self) -> str:
        """Name every verdict that was never drawn; nothing where no other was drawn at all."""
        if not self.others(self.near) and not self.others(self.anywhere):
            return ""
        drawn = self.near.keys() | self.anywhere.keys()
        names = [
            verdict.title
            for verdict in self.assessment.questionnaire.decision.verdicts
            if verdict.id not in drawn
        ]
        return f"None drawn says {wording.listing(names, 'or')}." if names else ""

    @property
    def open(self) -> str:
        """Say how often the verdict is left open, where there is one."""
        near, anywhere = self.near.get(UNDETERMINED, 0), self.anywhere.get(UNDETERMINED, 0)
        if self.assessment.ruling.verdict is None or not (near or anywhere):
            return ""
        title = wording.title_of_verdict(self.assessment, UNDETERMINED)
        places = [("near the stated one", near), ("from anywhere", anywhere)]
        found = [(where, count, *how_often(count, self.draws)) for where, count in places if count]
        said = [
            f"{how} {'drawn' if count < RARE else 'of those drawn'} {where}"
            for where, count, how, _ in found
        ]
        comes = "come" if len(found) > 1 or found[0][-1] else "comes"
        text = f"{wording.listing(said)} {comes} to {title}"
        return f"{capital(text)}: too little is then known, which is no other verdict."

    def says(self, counts: Mapping[str, int]) -> str:
        """Write how often each other verdict was drawn: `1 in 4 says Not yet`."""
        parts = []
        for key, count in self.others(counts).items():
            how, plural = how_often(count, self.draws)
            title = wording.title_of_verdict(self.assessment, key)
            parts.append(f"{how} {'say' if plural else 'says'} {title}")
        return wording.listing(parts) if parts else ""

    def says_again(self, counts: Mapping[str, int], before: Mapping[str, int]) -> str:
        """Write how often each was drawn; of the only one, which was named before, without its name."""
        others = self.others(counts)
        if len(others) == 1 and others.keys() == self.others(before).keys():
            (count,) = others.values()
            return how_often(count, self.draws)[0]
        return self.says(counts)


def _main(counted: _Counted, found: Weighting) -> str:
    """Say what was drawn, after a word that sums it up."""
    assessment = counted.assessment
    verdict = assessment.ruling.verdict
    title = wording.verdict_title(assessment)
    if verdict and exact.is_alone(found):
        return _no_other(found)
    text = _drawn(counted, "another verdict" if verdict else "a verdict")
    if verdict is None:
        return f"As it is, too little is known for a verdict ({title}): {text}."
    return f"{_word(counted, found)}: {text}."


def _drawn(counted: _Counted, what: str) -> str:
    near = counted.says(counted.near)
    anywhere = counted.says_again(counted.anywhere, counted.near)
    if not near and not anywhere:
        return (
            f"none of the {2 * counted.draws:,} weightings drawn, near the stated one or from anywhere, "
            f"gives {what}"
        )
    if not near:
        return (
            f"none of the {counted.draws:,} weightings drawn near the stated one gives {what}; "
            f"of those drawn from anywhere {anywhere}"
        )
    return (
        f"of the weightings drawn near the stated one {near}; of those drawn from anywhere "
        f"{anywhere or 'none'}"
    )


def _word(counted: _Counted, found: Weighting) -> str:
    """Sum up how much one has to reckon with another verdict."""
    near = sum(counted.others(counted.near).values()) / counted.draws
    anywhere = sum(counted.others(counted.anywhere).values()) / counted.draws
    if near >= MOST:
        return "Yes"
    if near >= MANY:
        return "Quite possibly"
    if near >= SOME:
        return "A similar one might"
    nearest = exact.least(found, undetermined=False)
    spread = found.drawn[0].sampling.spread
    if near or (nearest is not None and exact.size(nearest) < spread):
        return "Hardly a similar one"
    return "Not a similar one" if anywhere >= SOME else "Hardly"
