"""Whole reports, kept beside the tests and read as differences when something changes them."""

from pathlib import Path

import pytest

from rendering import rendered
from shipped import EXAMPLES, example

CASES = Path(__file__).parents[1] / "cases"

SUFFIXES = {"terminal": "txt", "markdown": "md", "json": "json", "html": "html"}

GOLDEN = [
    *((name, "terminal", 100) for name in EXAMPLES),
    ("supplier-onboarding.yaml", "terminal", 40),
    ("supplier-onboarding.yaml", "terminal", 60),
    ("pricing-analysis.yaml", "markdown", 80),
    ("supplier-onboarding.yaml", "markdown", 80),
    ("pricing-analysis.yaml", "json", 80),
    ("supplier-onboarding.yaml", "html", 80),
]


@pytest.mark.parametrize(("name", "form", "width"), GOLDEN)
def test_report_is_the_one_on_file(name: str, form: str, width: int, update_golden: bool) -> None:
    text = rendered(example(name), form, width)
    place = f"-{width}" if form == "terminal" else ""
    golden = CASES / f"{name.removesuffix('.yaml')}{place}.{SUFFIXES[form]}"
    if update_golden:
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


def test_no_report_on_file_is_left_over() -> None:
    expected = {
        f"{name.removesuffix('.yaml')}{f'-{width}' if form == 'terminal' else ''}.{SUFFIXES[form]}"
        for name, form, width in GOLDEN
    }
    assert {path.name for path in CASES.iterdir()} == expected
