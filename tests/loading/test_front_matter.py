"""Process descriptions at the head of Markdown documents."""

import pytest

from bpo_assess.diagnostics import InputError
from bpo_assess.documents import MAX_BYTES
from bpo_assess.loading.front_matter import front_matter, is_markdown
from bpo_assess.loading.read import draft

DESCRIPTION = "format: bpo-assess/process/v1\nid: payroll\nname: Payroll\n"


@pytest.mark.parametrize("name", ["x.md", "X.MD", "a/b.markdown", "a.b.Markdown", ".md"])
def test_a_markdown_document_is_told_by_its_name(name: str) -> None:
    assert is_markdown(name)


@pytest.mark.parametrize("name", ["x.yaml", "md", "x.md.yaml", "x.mdx", "x.md/y.yaml", ""])
def test_another_name_is_none_of_a_markdown_document(name: str) -> None:
    assert not is_markdown(name)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("---\na: 1\n---\n# X\n", "\na: 1\n"),
        ("---\na: 1\n...\n# X\n", "\na: 1\n"),
        ("---\na: 1\n---", "\na: 1\n"),
        ("--- \t\na: 1\n---  \n", "\na: 1\n"),
        ("\ufeff---\na: 1\n---\n", "\na: 1\n"),
        ("---\r\na: 1\r\n---\r\n# X\r\n", "\na: 1\r\n"),
        ("---\n---\n# X\n", "\n"),
        ("---\na: |\n  ---\n----\n--- x\n---\n", "\na: |\n  ---\n----\n--- x\n"),
        ("---\na: 1\n---\nb\n---\n", "\na: 1\n"),
        ("---\na: 1\n", "\na: 1\n"),
        ("# X\n---\na: 1\n---\n", ""),
        ("\n---\na: 1\n---\n", ""),
        (" ---\na: 1\n---\n", ""),
        ("----\na: 1\n----\n", ""),
        ("--- a: 1\n---\n", ""),
        ("", ""),
    ],
)
def test_front_matter_stands_between_its_lines(document: str, expected: str) -> None:
    assert front_matter(document.encode()).decode() == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_stay_where_they_were(newline: str) -> None:
    text = f"---\n{DESCRIPTION}nmae: x\n---\n# Payroll\n".replace("\n", newline)
    (problem,) = draft(text.encode(), "payroll.md").problems
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (5, 1)


def test_a_description_in_a_document_is_read_like_any_other() -> None:
    loaded = draft(f"---\n{DESCRIPTION}---\n# Payroll\n\n`[x]: {{`\n".encode(), "payroll.md")
    assert (loaded.process.id, loaded.problems) == ("payroll", ())


def test_front_matter_that_does_not_end_is_not_passed_over() -> None:
    with pytest.raises(InputError) as caught:
        draft(f"---\n{DESCRIPTION}\n# Payroll\n\nWe pay: all of us.\nTwice\n".encode(), "x.md")
    assert [one.code for one in caught.value.diagnostics] == ["BPO103"]


def test_a_document_that_is_too_large_is_handed_on_whole_so_that_it_is_refused() -> None:
    raw = b"---\na: 1\n---\n" + b"x" * MAX_BYTES
    assert front_matter(raw) == raw
    with pytest.raises(InputError) as caught:
        draft(raw, "x.md")
    assert [one.code for one in caught.value.diagnostics] == ["BPO109"]
