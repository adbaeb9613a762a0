"""The shipped examples as assessments, each judged once per run."""

from contextlib import chdir
from datetime import date
from functools import cache
from pathlib import Path

from bpo_assess.assessment.result import Assessment
from bpo_assess.cli.assessing import assessor
from bpo_assess.loading.read import read_questionnaire
from bpo_assess.model.questionnaire import Questionnaire

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 1)
"""The day for which the examples are written."""

EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.yaml"))


@cache
def method_of(name: str) -> Questionnaire:
    return read_questionnaire(name).questionnaire


@cache
def example(name: str) -> Assessment:
    """Assess an example as `bpo-assess score examples/NAME --as-of 2026-11-01` does."""
    with chdir(ROOT):
        return assessor(None, (), DAY)(f"examples/{name}")
