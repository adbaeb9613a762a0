"""The page of all rules, and the page of one: written from the rules, complete and up to date."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bpo_assess.diagnostics.codes import GROUPS, RULES
from bpo_assess.diagnostics.rule import Rule
from bpo_assess.reports.knowledge import code_page
from bpo_assess.reports.rules_page import rule_help, rules_page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_up_to_date(update_golden: bool) -> None:
    if update_golden:
        PAGE.write_text(rules_page(), encoding="utf-8", newline="\n")
    stale = "rewrite it: pytest tests/diagnostics --update-golden"
    assert PAGE.read_text(encoding="utf-8") == rules_page(), stale


def test_every_link_of_the_contents_leads_to_a_section() -> None:
    page = rules_page()
    links = re.findall(r"\]\(#(\w+)\)", page)
    assert links == re.findall(r'<a id="(\w+)"></a>', page) == [code.lower() for code in RULES]


def test_the_page_has_a_heading_for_every_group_and_rule() -> None:
    tokens = MarkdownIt("commonmark").parse(rules_page())
    opened = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    headings = [tokens[at + 1].content for at in opened]
    wanted = ["Rules", "Contents"]
    for title, rules in GROUPS.items():
        wanted += [title, *(f"{entry.code} {entry.name}" for entry in rules)]
    assert headings == wanted


@pytest.mark.parametrize("entry", RULES.values(), ids=lambda entry: entry.code)
def test_the_help_of_a_rule_keeps_its_examples_as_they_are(entry: Rule) -> None:
    tokens = MarkdownIt("commonmark").parse(rule_help(entry))
    fences = [token.content for token in tokens if token.type == "fence"]
    assert fences == [f"{entry.wrong}\n", f"{entry.right}\n"]
    assert not [token for token in tokens if token.type == "html_block"]


@pytest.mark.parametrize("entry", RULES.values(), ids=lambda entry: entry.code)
def test_the_page_of_a_code_says_all_there_is_to_a_rule(entry: Rule) -> None:
    page = code_page(entry)
    folded = " ".join(page.split())
    for text in (entry.what, entry.why, entry.fix, entry.wrong, entry.right):
        assert " ".join(text.split()) in folded
    assert page.startswith(f"{entry.code} {entry.name} ({entry.severity})\n")
    assert ("A team can accept it" in page) == entry.acceptable
    assert ("cannot be accepted" in page) != entry.acceptable
