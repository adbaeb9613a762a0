"""Reports as text, for tests."""

import io

from bpo_assess.assessment.result import Assessment
from bpo_assess.reports import FORMATS, Color, Page


def rendered(
    assessment: Assessment,
    form: str,
    width: int = 80,
    *,
    encoding: str = "utf-8",
    color: Color = "never",
) -> str:
    """Render one assessment as a stream of an encoding and a width would get it."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    return FORMATS[form].render([assessment], Page(stream, width, color))
