"""Reports as text, for tests."""

import io
from collections.abc import Sequence

from bpo_assess.analysis.sensitivity import Sensitivity, sensitivity
from bpo_assess.analysis.sensitivity.assessors import Voice
from bpo_assess.assessment.result import Assessment
from bpo_assess.cli.sensitivity import drawn
from bpo_assess.reports import FORMATS, Color, Page


def rendered(
    assessment: Assessment,
    form: str,
    width: int = 80,
    *,
    encoding: str = "utf-8",
    color: Color = "never",
    sensitivities: Sequence[Sensitivity] = (),
) -> str:
    """Render one assessment as a stream of an encoding and a width would get it."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    return FORMATS[form].render([assessment], Page(stream, width, color, sensitivities))


def looked_at(assessment: Assessment) -> Sensitivity:
    """Find how sure a verdict is, with few weightings drawn."""
    return drawn(sensitivity([Voice("", assessment)]), 200)
