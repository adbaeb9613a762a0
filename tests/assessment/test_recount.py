"""The program against an auditor's recount of the shipped method, on random answers and on the examples."""

from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from builders import process
from recount import Given, Recount, half_up
from shipped import EXAMPLES, ROOT, example, method_of

METHOD = method_of("readiness")
CONTROLS = sorted({control.id for risk in METHOD.risks for control in risk.controls})


@cache
def plain_method() -> dict[str, Any]:
    text = (ROOT / "questionnaires" / "readiness.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def recount(assessment: Assessment) -> Recount:
    responses = assessment.responses
    controls = {
        stated.control.id for risk in assessment.risks for stated in risk.controls if stated.counts
    }
    return Recount(
        plain_method(),
        Given(
            {key: response.level for key, response in responses.items()},
            {key: response.state.value for key, response in responses.items()},
            frozenset(key for key, response in responses.items() if response.evidenced),
            frozenset(controls),
        ),
    )


def assert_agreed(assessment: Assessment) -> None:
    counted, ruling = recount(assessment), assessment.ruling
    assert ruling.worst.id == counted.verdict(0)
    assert ruling.best.id == counted.verdict(4)
    known = assessment.scorecard.candidacy.coverage
    decided = (known is not None and known * 2 >= 1) or ruling.worst.id == ruling.best.id
    assert ruling.id == (counted.verdict(None) if decided else "undetermined")
    for fill, view in ((None, "known"), (0, "worst"), (4, "best")):
        levels = {risk.risk.id: getattr(risk, view).residual for risk in assessment.risks}
        assert levels == counted.risks(fill)
    for axis in assessment.scorecard.axes:
        for part, index in [
            (axis.axis.id, axis.index),
            *((d.dimension.id, d.index) for d in axis.dimensions),
        ]:
            ends = [counted.indices(fill)[part] for fill in (None, 0, 4)]
            printed = [None if value is None else half_up(value, 1) for value in ends]
            assert [index.value, index.low, index.high] == printed


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_recount(name: str) -> None:
    assert_agreed(example(name))


@st.composite
def answer(draw: st.DrawFn, around: int) -> Any:
    level = min(4, max(0, around + draw(st.sampled_from([-2, -1, 0, 0, 1, 1, 2]))))
    return draw(
        st.sampled_from(
            [
                level,
                {"level": level, "evidence": "proof.md"},
                {"level": level, "evidence": "proof.md"},
            ]
        )
    )


@st.composite
def processes(draw: st.DrawFn) -> Any:
    around = draw(st.integers(0, 4))
    opened = draw(st.sets(st.sampled_from(list(METHOD.questions)), max_size=20))
    answers = {
        key: draw(answer(around)) if key not in opened else draw(st.sampled_from(["unknown", None]))
        for key in METHOD.questions
    }
    stated = draw(st.sets(st.sampled_from(CONTROLS), max_size=8))
    controls = [
        {
            "id": key,
            "status": draw(st.sampled_from(["planned", "in-place"])),
            "evidence": "proof.md",
        }
        for key in sorted(stated)
    ]
    return process(answers, controls=controls)


@given(processes())
def test_random_answers_recount(described: Any) -> None:
    assert_agreed(assess(described, METHOD))
