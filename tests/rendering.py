"""Reports as text, for tests."""

import io

from bpo_assess.analysis.sensitivity import sensitivity
from bpo_assess.analysis.sensitivity.assessors import Voice
from bpo_assess.assessment.result import Assessment
from bpo_assess.cli.plan import NEXT, plan_for
from bpo_assess.cli.sensitivity import drawn
from bpo_assess.reports import FORMATS, Analyses, Color, Page


def rendered(
    assessment: Assessment,
    form: str,
    width: int = 80,
    *,
    encoding: str = "utf-8",
    color: Color = "never",
    analyses: Analyses | None = None,
) -> str:
    """Render one assessment as a stream of an encoding and a width would get it."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    page = Page(stream, width, color, [analyses] if analyses else ())
    return FORMATS[form].render([assessment], page)


def looked_at(assessment: Assessment) -> Analyses:
    """Find how sure a verdict is, with few weightings drawn, and the way to the next better one."""
    return Analyses(
        drawn(sensitivity([Voice("", assessment)]), 200), plan_for(assessment, NEXT, "--plan")
    )
