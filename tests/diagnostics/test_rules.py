"""The rules as texts: codes, names and words that hold to the same habits, and severities that are true."""

import ast
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path

import pytest

from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.codes import GROUPS, RULES, rule
from bpo_assess.diagnostics.rule import Rule
from corpus import BROKEN, problems_of
from rule_examples import problems_in_wrong_examples

SOURCES = sorted((Path(__file__).parents[2] / "src").rglob("*.py"))

every_rule = pytest.mark.parametrize("entry", RULES.values(), ids=lambda entry: entry.code)


def test_codes_and_names_are_given_once() -> None:
    entries = list(chain.from_iterable(GROUPS.values()))
    assert len({entry.code for entry in entries}) == len(entries)
    assert len({entry.name for entry in entries}) == len(entries)


def test_rules_stand_in_the_order_of_their_codes() -> None:
    assert all(earlier < later for earlier, later in pairwise(RULES))


def test_the_rules_of_a_group_share_their_hundred() -> None:
    hundreds = [{entry.code[:4] for entry in entries} for entries in GROUPS.values()]
    assert all(len(hundred) == 1 for hundred in hundreds)


def test_a_rule_is_found_by_its_code_and_nothing_by_another() -> None:
    assert rule("BPO411") is RULES["BPO411"]
    assert rule("BPO999") is None


@every_rule
def test_a_code_has_three_digits_and_a_name_hyphens(entry: Rule) -> None:
    assert re.fullmatch(r"BPO[1-5]\d\d", entry.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name)


CURE = re.compile(
    r"^(add|avoid|check|correct|define|fix|name|require|set|state|use|write)-|\bshould\b"
)


@every_rule
def test_a_name_states_the_problem_and_not_the_cure(entry: Rule) -> None:
    assert not CURE.search(entry.name)


AMERICAN = re.compile(
    r"\b(\w*color\w*|behavior|center|favor|labor|catalog|analyze|\w+(gan|ogn|l|r|or)iz(e|es|ed|ing|ation))\b",
    re.IGNORECASE,
)
SPEAKERS = re.compile(r"\b(we|our|ours|us|I|my)\b")


@every_rule
@pytest.mark.parametrize("part", ["what", "why", "fix"])
def test_a_text_is_made_of_british_sentences_that_nobody_in_particular_says(
    entry: Rule, part: str
) -> None:
    text = getattr(entry, part)
    assert not text[0].islower()
    assert text.endswith(".")
    assert not text.endswith("..")
    assert "  " not in text
    assert not SPEAKERS.search(text)
    assert not AMERICAN.search(text)


@every_rule
def test_an_example_fits_a_page_and_differs_from_its_correction(entry: Rule) -> None:
    for text in (entry.wrong, entry.right):
        assert text == text.strip("\n")
        assert max(map(len, text.split("\n"))) <= 78
    assert entry.wrong != entry.right


@every_rule
def test_what_keeps_a_file_from_being_assessed_cannot_be_accepted(entry: Rule) -> None:
    if entry.code < "BPO4" and entry.severity is Severity.ERROR:
        assert not entry.acceptable


def emitted() -> Iterator[tuple[str, str, str]]:
    """Find every problem that the code makes with a code and a severity that stand there."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Diagnostic":
                continue
            given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            given |= dict(zip(("code", "severity"), node.args, strict=False))
            code, severity = given.get("code"), given.get("severity")
            if isinstance(code, ast.Constant) and isinstance(severity, ast.Attribute):
                yield path.name, str(code.value), severity.attr.lower()


def may_have(code: str) -> set[str]:
    entry = RULES[code]
    return {entry.severity.value} | ({entry.at_times.value} if entry.at_times else set())


def test_a_problem_is_as_grave_as_its_rule_says() -> None:
    made = set(emitted())
    assert len(made) > 30
    assert {
        (path, code, severity) for path, code, severity in made if severity not in may_have(code)
    } == set()


def test_what_is_found_in_broken_files_is_as_grave_as_its_rule_says() -> None:
    problems = chain.from_iterable(map(problems_of, BROKEN))
    found = {(p.code, p.severity.value) for p in problems}
    found |= {(p.code, p.severity.value) for p in problems_in_wrong_examples()}
    assert len(found) > 60
    assert {(code, severity) for code, severity in found if severity not in may_have(code)} == set()


def test_a_rule_with_two_severities_has_both() -> None:
    problems = chain.from_iterable(map(problems_of, BROKEN))
    found = {(p.code, p.severity) for p in problems}
    for entry in RULES.values():
        if entry.at_times:
            assert {(entry.code, entry.severity), (entry.code, entry.at_times)} <= found


def test_every_rule_is_broken_by_something_and_every_code_has_a_rule() -> None:
    code = re.compile(r"\bBPO\d{3}\b")
    elsewhere = [path for path in SOURCES if path.parent.name != "diagnostics"]
    named = {found for path in elsewhere for found in code.findall(path.read_text("utf-8"))}
    assert named == set(RULES)
