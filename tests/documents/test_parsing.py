"""YAML text into plain data with places: what is read, what is refused, and where everything stands."""

from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.diagnostics import Diagnostic, InputError
from bpo_assess.documents import Document, parse, visible


def read(text: str) -> Document:
    return parse(text.encode(), "t.yaml")


def refused(text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(InputError) as caught:
        parse(text.encode() if isinstance(text, str) else text, "t.yaml")
    return [
        (p.code, p.span.line if p.span else None, p.span.column if p.span else None)
        for p in caught.value.diagnostics
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("2.50", Decimal("2.50")),
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("014", "014"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2026-11-01", "2026-11-01"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("a b", "a b"),
        ("=", "="),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, value: Any) -> None:
    data = read(f"key: {written}\n").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value) or isinstance(data["key"], Decimal)


def test_a_decimal_is_exact_and_keeps_its_notation() -> None:
    figure = read("a: 0.10\n").data["a"]
    assert figure == Decimal("0.1")
    assert str(figure) == "0.10"


def test_text_over_several_lines_is_folded_or_kept() -> None:
    assert read("a: >-\n  one\n  two\nb: |\n  one\n  two\n").data == {
        "a": "one two",
        "b": "one\ntwo\n",
    }


def test_a_list_and_a_mapping_may_stand_in_brackets() -> None:
    assert read("a: [1, {b: c}]\n").data == {"a": [1, {"b": "c"}]}


def spot(document: Document, *path: str | int, key: bool = False) -> str:
    """The text that a place points to."""
    span = document.span(path, key=key)
    return document.text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


SAMPLE = """\
name: Payroll
steps:
  - name: Collect
    inputs: [form, "a list"]
  - name: \u4f60\u597d \U0001f600 pay
kpis: {a: 1, b: two words}
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("name",), "Payroll"),
        (("steps", 0, "name"), "Collect"),
        (("steps", 0, "inputs", 1), '"a list"'),
        (("steps", 1, "name"), "\u4f60\u597d \U0001f600 pay"),
        (("kpis", "b"), "two words"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_place_points_to_the_very_text(
    path: tuple[str | int, ...], text: str, newline: str, mark: str
) -> None:
    document = parse((mark + SAMPLE.replace("\n", newline)).encode(), "t.yaml")
    plain = read(SAMPLE)
    assert document.data == plain.data
    assert document.span(path) == plain.span(path)
    assert spot(plain, *path) == text
    assert spot(plain, *path, key=True) in {text, path[-1]}


def test_what_is_missing_is_placed_at_what_it_belongs_in() -> None:
    document = read(SAMPLE)
    assert document.span(("steps", 0, "role")).line == 3
    assert document.span(("owner",)).line == 1


def test_an_excerpt_is_the_line_and_its_neighbours() -> None:
    document = read(SAMPLE)
    assert [number for number, _ in document.excerpt(document.span(("steps", 0, "name")))] == [
        2,
        3,
        4,
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2\na: 3\n", [("BPO104", 3, 1)]),
        ("a: &x 1\nb: *x\n", [("BPO105", 1, 4), ("BPO105", 2, 4)]),
        ("a: !!python/object/apply:os.system [x]\n", [("BPO106", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("BPO107", 2, 1)]),
        ("", [("BPO110", None, None)]),
        ("# nothing\n", [("BPO110", None, None)]),
        ("1: a\n", [("BPO111", 1, 1)]),
        ("true: a\n", [("BPO111", 1, 1)]),
        ("a: .nan\n", [("BPO112", 1, 4)]),
        ("a: [1\n", [("BPO103", 1, 4)]),
        ("a:\n\t- 1\n", [("BPO103", 2, 1)]),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    assert refused(text) == found


def test_every_duplicate_is_reported_in_one_run() -> None:
    assert refused("a: 1\na: 2\nb: {c: 1, c: 2}\nb: 3\n") == [
        ("BPO104", 2, 1),
        ("BPO104", 3, 11),
        ("BPO104", 4, 1),
    ]


def test_a_small_file_cannot_grow_large() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [*{b}, *{b}]\n" for b, c in zip("abcdef", "bcdefg", strict=True)
    )
    assert {code for code, _, _ in refused(bomb)} == {"BPO105"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_has_a_limit_far_below_what_would_break(opening: str) -> None:
    assert refused("k:\n  " + opening * 5000 + "x\n")[0][0] in {"BPO108", "BPO103"}


def test_a_long_line_is_read_and_a_file_that_is_too_large_is_not() -> None:
    assert len(read(f"a: {'x' * 100_000}\n").data["a"]) == 100_000
    with pytest.raises(InputError) as caught:
        parse(b"a: " + b"x" * 50, "t.yaml", max_bytes=40)
    assert caught.value.diagnostics[0].code == "BPO109"


def test_a_file_may_not_hold_more_values_than_anybody_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bpo_assess.documents.MAX_EVENTS", 100)
    assert len(read("a: [" + "1, " * 80 + "1]\n").data["a"]) == 81
    assert refused("a: [" + "1, " * 200 + "1]\n") == [("BPO114", 1, 287)]


def test_a_place_in_a_very_long_line_is_found_and_little_of_the_line_is_shown() -> None:
    document = read("a: [" + "x, " * 100_000 + "end]\n")
    span = document.span(("a", 100_000))
    assert (span.line, span.column, span.end_column) == (1, 300_005, 300_008)
    assert [len(line) for _, line in document.excerpt(span)] == [1_000]


@pytest.mark.parametrize(
    "raw", ["a: \u00fc".encode("latin-1"), "a: 1".encode("utf-16"), b"\xff\xfe\x00"]
)
def test_bytes_that_are_no_utf_8_are_refused(raw: bytes) -> None:
    assert refused(raw)[0][0] in {"BPO102", "BPO113"}


def test_signs_that_could_act_on_a_screen_are_made_visible() -> None:
    assert visible("a\x1b[31m\u202eb") == "a\\x1b[31m\\u202eb"
    assert visible("caf\u00e9 \u4f60\u597d") == "caf\u00e9 \u4f60\u597d"


scalars = st.one_of(
    st.booleans(),
    st.none(),
    st.integers(-(10**12), 10**12),
    st.from_regex(r"[A-Za-z][A-Za-z ,.'#&*!%-]{0,20}[a-z]", fullmatch=True),
)
keys = st.from_regex(r"[a-z][a-z-]{0,8}[a-z]", fullmatch=True).filter(
    lambda text: yaml.safe_load(text) == text
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(keys, trees, min_size=1, max_size=4), st.booleans())
def test_plain_data_survives_writing_and_reading(data: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True)
    assert read(text).data == data


def outcome(raw: bytes) -> Document | tuple[Diagnostic, ...]:
    try:
        return parse(raw, "t.yaml")
    except InputError as error:
        return tuple(error.diagnostics)


@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_data_or_a_problem(raw: bytes) -> None:
    assert outcome(raw)


@given(st.text(alphabet="ab:-? []{},&*!|>'\"%@#\n\t\r\u00fc0.1~<=", max_size=60))
def test_no_text_ends_in_anything_but_data_or_a_problem_within_it(text: str) -> None:
    found = outcome(text.encode())
    if isinstance(found, Document):
        assert found.excerpt(found.span(()))
        return
    lines = text.count("\n") + text.count("\r") + 2
    assert all(1 <= problem.span.line <= lines for problem in found if problem.span)
