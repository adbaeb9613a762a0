"""Acceptances that stand as comments in a description: where they count, and what is wrong with them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.checking.one_file import Checker, where
from bpo_assess.diagnostics import InputError, Severity
from bpo_assess.documents import parse
from bpo_assess.gate.finding import Acceptance
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.comments import comments

GIVEN = 'until=2027-01-31 owner=cfo reason="the pilot comes first"'
COMMENT = f"# bpo-assess: accept[BPO413] {GIVEN}"


def read(text: str) -> tuple[list[Acceptance], list[str]]:
    found, problems = comments(parse(text.encode(), "a.yaml"), "payroll")
    for problem in problems:
        assert (problem.code, problem.severity) == ("BPO513", Severity.ERROR)
        assert problem.span is not None
        assert problem.excerpt
    return found, [p.message.removeprefix("this comment accepts nothing: ") for p in problems]


def about(text: str) -> list[tuple[str, int]]:
    """Tell which rules are accepted on which lines; nothing may be wrong."""
    found, problems = read(text)
    assert not problems
    return [(item.rule, line) for item in found for line in item.lines]


def refused(text: str) -> str:
    found, (problem,) = read(text)
    assert not found
    return problem


# Where they count


def test_a_comment_says_who_accepts_what_why_and_until_when() -> None:
    (item,), _ = read(f"a: 1\nb: 2 {COMMENT} ticket=FIN-12\n")
    assert item.rule == "BPO413"
    assert item.subject == "payroll"
    assert item.reason == "the pilot comes first"
    assert item.owner == "cfo"
    assert item.until == date(2027, 1, 31)
    assert item.ticket == "FIN-12"
    assert item.span is not None
    assert (item.span.line, item.span.column) == (2, 6)
    assert item.span.end_column == 6 + len(f"{COMMENT} ticket=FIN-12")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a: 1 {COMMENT}\n", 1),
        (f"a: 1\t{COMMENT}\n", 1),
        (f"{COMMENT}\na: 1\n", 2),
        (f"a:\n  {COMMENT}\n  b: 1\n", 3),
        (f"{COMMENT}\n# more about it\n  # and more\na: 1\n", 4),
        (f"# why\n{COMMENT}\na: 1\n", 3),
        (f"a: 1\r\n{COMMENT}\r\n# more\r\nb: 2\r\n", 4),
        (f"a: 1 {COMMENT}\r\nb: 2\r\n", 1),
        (f"a: 1\n{COMMENT}", 3),
        (f"a: |  {COMMENT}\n  text\n", 1),
        (f"a: >- {COMMENT}\n  text\n", 1),
        (f"a: |\n  text\n{COMMENT}\nb: 1\n", 4),
        (f"a: 'x # y' {COMMENT}\n", 1),
        (f"'a # b': 1 {COMMENT}\n", 1),
        (f"a: 'x # bpo-assess: accept[BPO413]' {COMMENT}\n", 1),
        (f"a: [x, {COMMENT}\n  y]\n", 1),
        (f"a: \u4f60\U0001f600 {COMMENT}\n", 1),
        (f"\ufeffa: 1 {COMMENT}\n", 1),
        (f"a: 1 #bpo-assess:accept[BPO413] {GIVEN}\n", 1),
    ],
)
def test_a_comment_is_about_its_own_line_or_the_first_below_that_is_none(
    text: str, line: int
) -> None:
    assert about(text) == [("BPO413", line)]


@pytest.mark.parametrize(
    "text",
    [
        f"a: '{COMMENT.replace(chr(34), chr(32))}'\n",
        "a: \"x # bpo-assess: accept[BPO413] until=2027-01-31 owner=a reason='long enough'\"\n",
        f"a: |\n  {COMMENT}\n  text\n",
        f"a: |\n  text\n\n  {COMMENT}\nb: 1\n",
        f"a: >\n  x {COMMENT}\n",
        f"a: 'x\n  {COMMENT}\n  y'\n",
        "'a # bpo-assess: accept[BPO413]': 1\n",
        "a: x#bpo-assess:accept[BPO413]\n",
        f"a: 1 # {COMMENT}\n",
        f"a: 1 # not any more: {COMMENT}\n",
        "# see bpo-assess: accept[BPO413]\na: 1\n",
        "# bpo-assess: see the handbook\na: 1\n",
        "a: 1 # about bpo-assess\n",
    ],
)
def test_text_and_other_comments_accept_nothing(text: str) -> None:
    assert read(text) == ([], [])


def test_several_comments_in_a_row_are_about_the_same_line() -> None:
    other = COMMENT.replace("BPO413", "BPO414")
    assert about(f"{COMMENT}\n{other}\na: 1 {COMMENT}\n") == [
        ("BPO413", 3),
        ("BPO414", 3),
        ("BPO413", 3),
    ]


def test_one_comment_accepts_several_rules_each_once() -> None:
    text = f"a: 1 # bpo-assess: accept[ BPO413 , BPO412,BPO413,] {GIVEN}"
    assert about(text) == [("BPO413", 1), ("BPO412", 1)]


def test_in_a_markdown_document_comments_have_their_true_line() -> None:
    text = (
        "---\nformat: bpo-assess/process/v1\nid: payroll\nname: Payroll\n"
        f"steps:\n  - name: Pay {COMMENT}\n---\n\n{COMMENT}\n"
    )
    settings = Settings(questionnaire="readiness")
    file = Checker(settings).check(text.encode(), where("payroll.md")).file
    (item,) = file.comments
    assert item.lines == (6,)
    assert item.excerpt[1] == (6, f"  - name: Pay {COMMENT}")
    assert 6 in {
        finding.diagnostic.span.line
        for finding in file.findings
        if finding.diagnostic.code == "BPO413" and finding.diagnostic.span
    }


# What they say


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ('reason="it\'s the pilot"', "it's the pilot"),
        ("reason='the \"pilot\" first'", 'the "pilot" first'),
        ("reason=\"'quoted' to its ends'\"", "'quoted' to its ends'"),
        ('reason="a # b = c ] d: e"', "a # b = c ] d: e"),
        ("reason=oneverylongword", "oneverylongword"),
        ('reason="bidi \u202e and bell"', "bidi \\u202e and bell"),
    ],
)
def test_a_reason_is_kept_as_it_is_written(written: str, reason: str) -> None:
    found, problems = read(
        f"a: 1 # bpo-assess: accept[BPO413] {written} until=2027-01-31 owner=cfo\n"
    )
    assert not problems
    assert [item.reason for item in found] == [reason]


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("accept", "no rule is named"),
        ("accept BPO413", "no rule is named"),
        ("accept[]", "no rule is named"),
        ("accept[ , ]", "no rule is named"),
        ("accept[BPO413", "no rule is named"),
        (f"accept[BPO999] {GIVEN}", "there is no rule `BPO999`"),
        (f"accept[bpo413] {GIVEN}", "there is no rule `bpo413`"),
        (f"accept[BPO103] {GIVEN}", "BPO103 (not-yaml) cannot be accepted"),
        (f"accept[BPO511] {GIVEN}", "BPO511 (acceptance-orphaned) cannot be accepted"),
        ("accept[BPO413]", "`reason` is missing"),
        ("accept[BPO413] until=2027-01-31 owner=cfo", "`reason` is missing"),
        (
            'accept[BPO413] until=2027-01-31 reason="long enough, this"',
            "`owner` is missing",
        ),
        ('accept[BPO413] owner=cfo reason="long enough, this"', "`until` is missing"),
        (
            'accept[BPO413] until=2027-01-31 owner=cfo reason="too short"',
            "the reason has less than 10 characters",
        ),
        (
            'accept[BPO413] until=2027-01-31 owner=cfo reason="            "',
            "`reason` is empty",
        ),
        (f"accept[BPO413] {GIVEN.replace('2027-01-31', 'soon')}", "`until`: a date is expected"),
        (f"accept[BPO413] {GIVEN.replace('01-31', '02-30')}", "`until`: `2027-02-30` is no day"),
        (f"accept[BPO413] {GIVEN} untill=x", "there is no `untill`, did you mean `until`?"),
        (
            f"accept[BPO413] {GIVEN} rule=BPO103",
            "there is no `rule`, known are until, owner, reason, ticket",
        ),
        (f"accept[BPO413] {GIVEN} subject=other", "there is no `subject`"),
        (f"accept[BPO413] {GIVEN} owner=b", "`owner` is given twice"),
        (f"accept[BPO413] {GIVEN} and more", "`and more` is not understood"),
        (r'accept[BPO413] reason="say \"no\" to it"', r"`no\" to it"),
        ('accept[BPO413] reason="never closed', '`reason="never closed` is not understood'),
        ("accept[BPO413] reason=\u201cthe pilot\u201d", "`pilot\u201d` is not understood"),
        (f"ignore[BPO413] {GIVEN}", "`ignore` is not understood, only `accept`"),
        (f"Accept[BPO413] {GIVEN}", "`Accept` is not understood, only `accept`"),
    ],
)
def test_what_cannot_be_read_accepts_nothing_and_is_told(comment: str, problem: str) -> None:
    assert refused(f"a: 1\n# bpo-assess: {comment}\nb: 2\n").startswith(problem)


def test_what_is_sound_in_a_comment_counts_beside_what_is_not() -> None:
    found, problems = read(f"a: 1 # bpo-assess: accept[BPO413, BPO999] {GIVEN}\n")
    assert [item.rule for item in found] == ["BPO413"]
    assert len(problems) == 1


def test_of_very_many_broken_comments_a_hundred_are_told() -> None:
    _, problems = read("a: 1\n" + "# bpo-assess: accept\n" * 300)
    assert len(problems) == 100
    codes = ",".join(f"BPO{n}" for n in range(1000, 9000))
    _, problems = read(f"a: 1 # bpo-assess: accept[{codes}] {GIVEN}\n")
    assert len(problems) == 100


def test_what_is_told_shows_no_more_than_a_reader_needs() -> None:
    assert len(refused(f"a: 1 # bpo-assess: accept[{'B' * 10_000}] {GIVEN}\n")) < 100
    assert len(refused(f"a: 1 # bpo-assess: accept[BPO413] {'x' * 10_000}=1\n")) < 120


def test_a_file_of_very_many_comments_is_read_line_by_line() -> None:
    others = "".join(f"  - name: 'step # {n}' # bpo-assess: x\n" for n in range(10_000))
    many = "".join(f"  - name: 'step # {n}' {COMMENT}\n" for n in range(1_000))
    found = about(f"steps:\n{others}{many}")
    assert found == [("BPO413", line) for line in range(10_002, 11_002)]
    above = "".join(f"{COMMENT}\n" for _ in range(1_000))
    assert set(about(f"{above}a: 1\n")) == {("BPO413", 1_001)}


def test_of_very_many_acceptances_the_first_count_and_the_others_are_refused() -> None:
    found, problems = read("a: 1\n" + f"{COMMENT}\n" * 5_000)
    assert len(found) == 1_000
    assert problems == ["only the first 1,000 acceptances in the comments of a file count"]


parts = st.sampled_from(
    [
        *("# ", "#", "bpo-assess:", " accept", "[BPO413]", "[", "]", '"', "'", "until=", "reason="),
        *("a: ", "b: |\n  ", "\n", "\r\n", "\t", "  ", "- ", GIVEN, COMMENT, "\u2028", "\x85", ","),
    ]
)


@given(st.lists(parts | st.text(max_size=5), max_size=30).map("".join))
def test_whatever_stands_in_a_file_a_comment_is_read_or_refused_at_its_place(text: str) -> None:
    try:
        document = parse(text.encode("utf-8", "replace"), "a.yaml")
    except InputError:
        return
    found, problems = comments(document, "payroll")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for span in (*(item.span for item in found), *(item.span for item in problems)):
        assert span is not None
        assert lines[span.line - 1].lstrip("\ufeff")[span.column - 1 :].startswith("#")
    assert all(item.lines[0] >= item.span.line for item in found if item.span)
