"""The Markdown report as a renderer reads it."""

import re
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hostile import hostile
from rendering import rendered
from shipped import EXAMPLES, example

RENDERER = MarkdownIt("gfm-like", {"linkify": False})


def tokens(text: str) -> list[Token]:
    flat = []
    for token in RENDERER.parse(text):
        flat += [token, *(token.children or [])]
    return flat


def headings(text: str) -> list[int]:
    return [int(token.tag[1]) for token in RENDERER.parse(text) if token.type == "heading_open"]


def table_rows(text: str) -> list[list[int]]:
    """Count the cells of each row of each table as they stand in the source."""
    tables: list[list[int]] = []
    inside = False
    for line in text.split("\n"):
        if line.startswith("|"):
            if not inside:
                tables.append([])
            tables[-1].append(len(re.findall(r"(?<!\\)\|", line)) - 1)
        inside = line.startswith("|")
    return tables


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_go_down_one_step_at_a_time(name: str) -> None:
    found = headings(rendered(example(name), "markdown"))
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(name: str) -> None:
    text = rendered(example(name), "markdown")
    assert all(len(set(rows)) == 1 for rows in table_rows(text))
    rendered_tables = sum(token.type == "table_open" for token in RENDERER.parse(text))
    assert rendered_tables == len(table_rows(text))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_report_can_be_committed(name: str) -> None:
    text = rendered(example(name), "markdown")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    assert "None" not in text


def test_text_of_files_becomes_no_markup() -> None:
    text = rendered(hostile(), "markdown")
    kinds = {token.type for token in tokens(text)}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "s_open", "hr"}
    shown = RENDERER.render(text)
    assert "<script" not in shown
    assert "alert(1)" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert not re.search(r"^(::|# Heading)", text, re.MULTILINE)
    assert all(len(set(rows)) == 1 for rows in table_rows(text))


def test_the_appendix_lists_every_question_with_its_points() -> None:
    assessment = example("pricing-analysis.yaml")
    text = rendered(assessment, "markdown")
    appendix = text.split("## Appendix A")[1].split("## Appendix B")[0]
    for key in assessment.questionnaire.questions:
        assert f"`{key}`" in appendix


def test_the_command_that_reproduces_the_report_is_in_it() -> None:
    text = rendered(example("pricing-analysis.yaml"), "markdown")
    assert "bpo-assess score examples/pricing-analysis.yaml --as-of 2026-11-01 -f markdown" in text
