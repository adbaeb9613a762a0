"""Random methods and answers, for what must hold whatever people write."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from bpo_assess.assessment.method import prepare
from bpo_assess.model.process import ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire
from builders import (
    MATRIX,
    RISK_LEVELS,
    axis,
    decision,
    dimension,
    method,
    process,
    question,
    verdict,
)

STANCES = ("against", "later", "conditional", "favour")
levels = st.integers(0, 4)


@dataclass(frozen=True)
class Shape:
    """A method as plain data, so that a test can change it before it is read."""

    axes: list[dict[str, Any]]
    risks: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
    below_coverage: float

    def method(self) -> Questionnaire:
        return method(
            *self.axes,
            decided=decision(*self.verdicts, below_coverage=self.below_coverage),
            risks=self.risks,
            risk_matrix=MATRIX,
        )

    @property
    def questions(self) -> list[str]:
        return [q["id"] for a in self.axes for d in a["dimensions"] for q in d["questions"]]

    @property
    def controls(self) -> list[str]:
        return [c["id"] for risk in self.risks for c in risk["controls"]]


@st.composite
def weights(draw: st.DrawFn, size: int) -> list[int]:
    """Draw weights of which at least one is positive."""
    drawn = draw(st.lists(st.integers(0, 7), min_size=size, max_size=size))
    return drawn if any(drawn) else [1, *drawn[1:]]


@st.composite
def axes(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    number = 0
    for a in range(draw(st.integers(1, 3))):
        sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
        dimensions = []
        for d, (size, weight) in enumerate(zip(sizes, draw(weights(len(sizes))), strict=True)):
            questions = []
            for question_weight in draw(weights(size)):
                may = draw(st.booleans())
                questions.append(question(f"q{number}", weight=question_weight, not_applicable=may))
                number += 1
            dimensions.append(dimension(f"d{a}-{d}", weight, *questions))
        found.append(axis(f"a{a}", *dimensions))
    return found


@st.composite
def risks(draw: st.DrawFn, questions: list[str]) -> list[dict[str, Any]]:
    found = []
    for r in range(draw(st.integers(0, 3))):
        drivers, impact = (
            draw(st.lists(st.sampled_from(questions), min_size=1, max_size=4, unique=True))
            for _ in range(2)
        )
        controls = [
            {
                "id": f"c{r}-{c}",
                "text": "A control.",
                "acts_on": draw(st.sampled_from(["likelihood", "impact"])),
                "factor": draw(st.sampled_from([0, 0.25, 0.6, 0.7, 0.95, 1])),
            }
            for c in range(draw(st.integers(0, 3)))
        ]
        found.append(
            {
                "id": f"r{r}",
                "title": f"Risk {r}",
                "drivers": dict(zip(drivers, draw(weights(len(drivers))), strict=True)),
                "impact_drivers": dict(zip(impact, draw(weights(len(impact))), strict=True)),
                "controls": controls,
            }
        )
    return found


def conditions(found: list[dict[str, Any]], with_risks: bool) -> st.SearchStrategy[dict[str, Any]]:
    """Draw monotone conditions over the parts of a method."""
    questions = [q["id"] for a in found for d in a["dimensions"] for q in d["questions"]]
    dimensions = [d["id"] for a in found for d in a["dimensions"]]
    limits = st.integers(1, 99)
    simple = [
        st.builds(
            lambda key, limit: {"question": key, "at_most": limit},
            st.sampled_from(questions),
            st.integers(0, 3),
        ),
        st.builds(
            lambda key, x: {"dimension": key, "below": x}, st.sampled_from(dimensions), limits
        ),
        st.builds(
            lambda key, x: {"axis": key, "below": x},
            st.sampled_from([a["id"] for a in found]),
            limits,
        ),
        st.builds(lambda x: {"evidence_share": {"below": x / 100}}, limits),
        st.sampled_from([{"unknown": "gates"}, {"unknown": "named"}]),
    ]
    if with_risks:
        severe = st.sampled_from(RISK_LEVELS[1:])
        simple.append(st.builds(lambda level: {"risk": "any", "at_least": level}, severe))
    return st.recursive(
        st.one_of(simple),
        lambda inner: st.builds(
            lambda word, parts: {word: parts},
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        max_leaves=4,
    )


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    found = draw(axes())
    questions = [q["id"] for a in found for d in a["dimensions"] for q in d["questions"]]
    drawn_risks = draw(risks(questions))
    stances = sorted(
        draw(st.lists(st.sampled_from(STANCES), min_size=2, max_size=5)), key=STANCES.index
    )
    verdicts = [
        verdict(
            f"v{i}",
            stance,
            *(
                draw(st.lists(conditions(found, bool(drawn_risks)), max_size=4))
                if i < len(stances) - 1
                else []
            ),
        )
        for i, stance in enumerate(stances)
    ]
    shape = Shape(found, drawn_risks, verdicts, draw(st.sampled_from([0, 0.25, 0.5, 0.75])))
    gates = prepare(shape.method()).gates
    for a in found:
        for d in a["dimensions"]:
            for q in d["questions"]:
                q["not_applicable"] = q["not_applicable"] and q["id"] not in gates
    return shape


@dataclass(frozen=True)
class Given:
    """A method, answers to it, and the controls that are stated."""

    shape: Shape
    answers: dict[str, Any]
    controls: list[dict[str, Any]]

    def process(self, **changed: Any) -> ProcessDescription:
        return process(self.answers | changed, controls=self.controls)


@st.composite
def given_cases(draw: st.DrawFn) -> Given:
    shape = draw(shapes())
    may_be_set_aside = {
        q["id"]: q["not_applicable"]
        for a in shape.axes
        for d in a["dimensions"]
        for q in d["questions"]
    }
    answers: dict[str, Any] = {}
    for key, may in may_be_set_aside.items():
        options: list[st.SearchStrategy[Any]] = [
            levels.map(lambda level: {"level": level}),
            levels.map(lambda level: {"level": level, "evidence": "proof.md"}),
            st.just("unknown"),
            st.none(),
        ]
        if may:
            options.append(st.just({"not_applicable": "there is none"}))
        answers[key] = draw(st.one_of(options))
    controls = [
        {"id": key, "status": status, **({"evidence": "proof.md"} if proven else {})}
        for key in shape.controls
        if (status := draw(st.sampled_from([None, "planned", "in-place"])))
        for proven in [draw(st.booleans())]
    ]
    return Given(shape, answers, controls)
