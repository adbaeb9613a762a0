"""The examples of the rules: what is shown as wrong breaks the rule, what is shown as right does not."""

import re

import pytest
from typer.main import get_command

from bpo_assess.cli.app import app
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.diagnostics.rule import Example, Rule
from rule_examples import LOOKS, problems_in

TRIED = [entry for entry in RULES.values() if entry.example_of in LOOKS]

FITS_NO_FILE = {Example.COMMAND, Example.FILES, Example.TEMPLATE}
"""Kinds of examples that no single file of the program's own kinds can be made of."""


@pytest.mark.parametrize("entry", TRIED, ids=lambda entry: entry.code)
def test_what_is_shown_as_wrong_breaks_the_rule(entry: Rule) -> None:
    assert entry.code in {problem.code for problem in problems_in(entry.code, entry.wrong)}


@pytest.mark.parametrize("entry", TRIED, ids=lambda entry: entry.code)
def test_what_is_shown_as_right_does_not(entry: Rule) -> None:
    assert entry.code not in {problem.code for problem in problems_in(entry.code, entry.right)}


UNUSABLE = ("BPO1", "BPO20", "BPO21", "BPO220", "BPO30")


@pytest.mark.parametrize(
    "entry",
    [entry for entry in TRIED if not entry.code.startswith(UNUSABLE)],
    ids=lambda entry: entry.code,
)
def test_a_finding_about_a_usable_file_is_shown_in_a_usable_file(entry: Rule) -> None:
    for text in (entry.wrong, entry.right):
        codes = {problem.code for problem in problems_in(entry.code, text)}
        assert not {code for code in codes if code.startswith(UNUSABLE)}


@pytest.mark.parametrize("entry", TRIED, ids=lambda entry: entry.code)
def test_what_is_shown_as_right_can_be_used(entry: Rule) -> None:
    codes = {problem.code for problem in problems_in(entry.code, entry.right)}
    assert not {code for code in codes if code.startswith(UNUSABLE) and not RULES[code].acceptable}


def test_most_rules_are_shown_by_a_file_that_is_tried() -> None:
    assert {entry.example_of for entry in RULES.values()} == FITS_NO_FILE | set(LOOKS)
    assert len(TRIED) > len(RULES) * 3 / 4


TYPED = [entry for entry in RULES.values() if entry.example_of is Example.COMMAND]


@pytest.mark.parametrize("entry", TYPED, ids=lambda entry: entry.code)
def test_a_terminal_shows_what_is_typed_behind_a_dollar_sign(entry: Rule) -> None:
    for text in (entry.wrong, entry.right):
        assert text.startswith("$ ")


@pytest.mark.parametrize("entry", TYPED, ids=lambda entry: entry.code)
def test_what_is_typed_is_a_command_with_options_that_it_has(entry: Rule) -> None:
    commands = getattr(get_command(app), "commands", {})
    for line in re.findall(r"^\$ bpo-assess (.*)$", f"{entry.wrong}\n{entry.right}", re.MULTILINE):
        name, *rest = line.split()
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert {word for word in rest if word.startswith("-")} <= known
