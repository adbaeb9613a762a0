"""Wrong usage is said in plain words, whatever library reads the options."""

import pytest

from bpo_assess.cli.boundary import run
from bpo_assess.cli.usage import in_plain_words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("compare a b -f svg", "'svg' is not one of 'text', 'markdown', 'json'"),
        ("weights a --by feeling", "'feeling' is not one of 'eigenvector', 'geometric'"),
        ("weights a --join forces", "'forces' is not one of 'judgements', 'priorities'"),
        ("weights a -f svg", "'svg' is not one of 'text', 'markdown', 'json', 'questionnaire'"),
        ("score a --width 3", "20"),
        ("score a --width 401", "40"),
        ("score a --width wide", "a whole number is expected"),
        ("schema no-kind", "'no-kind' is not one of 'process'"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_in_plain_words(
    capsys: pytest.CaptureFixture[str], arguments: str, said: str
) -> None:
    assert run(arguments.split()) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert "Value error" not in printed.err
    assert "Input should" not in printed.err


@pytest.mark.parametrize(
    ("message", "plain"),
    [
        ("Value error, 'x' is not one of 'a'.", "'x' is not one of 'a'."),
        ("Input should be greater than or equal to 0.01", "at least 0.01 is expected"),
        ("Input should be less than or equal to 50", "at most 50 is expected"),
        ("Input should be a finite number", "a number is expected"),
        (
            "Input should be a valid number, unable to parse string as a number",
            "a number is expected",
        ),
        (
            "Input should be a valid integer, got a number with a fractional part",
            "a whole number is expected",
        ),
        ("3 is not in the range x>=20.", "3 is not in the range x>=20."),
    ],
)
def test_what_a_library_says_of_values_is_said_in_plain_words(message: str, plain: str) -> None:
    assert in_plain_words(message) == plain
