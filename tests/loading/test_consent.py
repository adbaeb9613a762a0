"""Acceptances and baselines from disk: what is read, what is refused, and what is written."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.diagnostics import InputError
from bpo_assess.gate.consent import Remembered
from bpo_assess.loading.consent import (
    BASELINE_FORMAT,
    baseline_text,
    read_acceptances,
    read_baseline,
)

SOUND = {
    "rule": "BPO413",
    "subject": "payroll",
    "reason": "The hours arrive by letter until May.",
    "owner": "Head of payroll",
    "until": "2027-05-31",
}


def acceptances(tmp_path: Path, *entries: dict[str, Any]) -> str:
    path = tmp_path / "acceptances.yaml"
    data = {"format": "bpo-assess/acceptances/v1", "acceptances": list(entries)}
    path.write_text(json.dumps(data, indent=2), encoding="utf-8")
    return str(path)


def refusals(tmp_path: Path, **changed: Any) -> list[tuple[str, str]]:
    entry = {key: value for key, value in (SOUND | changed).items() if value is not None}
    with pytest.raises(InputError) as caught:
        read_acceptances(acceptances(tmp_path, entry))
    for problem in caught.value.diagnostics:
        assert problem.span is not None
        assert problem.excerpt
    return [(problem.code, problem.message) for problem in caught.value.diagnostics]


# Acceptances


def test_an_acceptance_says_who_accepts_what_why_and_until_when(tmp_path: Path) -> None:
    name = acceptances(tmp_path, SOUND | {"ticket": "FIN-12"})
    (item,) = read_acceptances(name)
    assert (item.rule, item.subject, item.owner) == ("BPO413", "payroll", "Head of payroll")
    assert (item.until, item.ticket, item.file) == (date(2027, 5, 31), "FIN-12", name)
    assert not item.inline
    assert item.span is not None
    assert item.excerpt[1][0] == item.span.line


def test_a_file_may_accept_nothing(tmp_path: Path) -> None:
    assert read_acceptances(acceptances(tmp_path)) == ()


@pytest.mark.parametrize("missing", SOUND)
def test_everything_but_the_ticket_must_be_said(tmp_path: Path, missing: str) -> None:
    assert refusals(tmp_path, **{missing: None}) == [("BPO203", f"`{missing}` is missing")]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": "too short"}, "BPO211"),
        ({"reason": " " * 20}, "BPO211"),
        ({"until": "soon"}, "BPO208"),
        ({"until": "2027-02-30"}, "BPO208"),
        ({"owner": ""}, "BPO211"),
        ({"note": "more"}, "BPO202"),
        ({"rule": "BPO999"}, "BPO213"),
        ({"rule": "BPO103"}, "BPO205"),
        ({"rule": "BPO301"}, "BPO205"),
        *(({"rule": f"BPO51{n}"}, "BPO205") for n in range(1, 7)),
    ],
)
def test_what_is_no_decision_is_refused_at_its_place(
    tmp_path: Path, changed: dict[str, Any], code: str
) -> None:
    assert [found for found, _ in refusals(tmp_path, **changed)] == [code]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_acceptances(
            acceptances(tmp_path, SOUND | {"rule": "BPO999"}, SOUND, SOUND | {"rule": "BPO511"})
        )
    assert [problem.code for problem in caught.value.diagnostics] == ["BPO213", "BPO205"]


def test_two_descriptions_of_one_id_can_be_accepted(tmp_path: Path) -> None:
    (item,) = read_acceptances(acceptances(tmp_path, SOUND | {"rule": "BPO429"}))
    assert item.rule == "BPO429"


# Baselines


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


texts = st.text(max_size=12)
entries = st.builds(
    Remembered,
    texts,
    texts,
    texts,
    st.integers(0, 3),
    st.none() | st.decimals(-3, 100, places=1).filter(lambda n: not n.is_signed() or n),
)


def distinct(drawn: list[Remembered]) -> dict[str, Remembered]:
    return {entry.fingerprint: entry for entry in drawn}


@given(st.lists(entries), st.randoms(use_true_random=False))
def test_what_is_written_is_read_back_whatever_its_order(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Remembered], shuffler: Any
) -> None:
    known = distinct(drawn)
    text = baseline_text(known.values())
    shuffled = list(known.values())
    shuffler.shuffle(shuffled)
    assert baseline_text(shuffled) == text
    assert text.isascii()
    assert read_baseline(written(tmp_path_factory.mktemp("b"), text)) == known


def test_a_baseline_is_an_entry_a_line_in_order_without_dates() -> None:
    text = baseline_text(
        [
            Remembered("BPO502", "b", "candidacy", 0, Decimal("40.5")),
            Remembered("BPO413", "b", "steps/pay", 1),
            Remembered("BPO413", "b", "steps/pay"),
            Remembered("BPO413", "a", ""),
        ]
    )
    assert [line.partition(', "fingerprint"')[0] for line in text.splitlines()] == [
        "{",
        '  "format": "bpo-assess/baseline/v1",',
        '  "findings": [',
        '    {"process": "a", "rule": "BPO413", "subject": ""',
        '    {"process": "b", "rule": "BPO413", "subject": "steps/pay"',
        '    {"process": "b", "rule": "BPO413", "subject": "steps/pay", "ordinal": 1',
        '    {"process": "b", "rule": "BPO502", "subject": "candidacy", "reached": "40.5"',
        "  ]",
        "}",
    ]


def test_an_empty_baseline_can_be_read(tmp_path: Path) -> None:
    assert read_baseline(written(tmp_path, baseline_text([]))) == {}


def test_of_findings_that_cannot_be_told_apart_the_worst_is_written() -> None:
    forty, sixty = (
        Remembered("BPO502", "a", "candidacy", 0, Decimal(reached)) for reached in (40, 60)
    )
    assert baseline_text([forty, sixty]) == baseline_text([sixty, forty]) == baseline_text([forty])


def test_of_two_entries_that_a_merge_has_left_the_stricter_counts(tmp_path: Path) -> None:
    forty, sixty = (
        Remembered("BPO502", "a", "candidacy", 0, Decimal(reached)) for reached in (40, 60)
    )
    lines = [baseline_text([entry]).splitlines()[3] for entry in (forty, sixty)]
    for order in (lines, lines[::-1]):
        text = f'{{"format": "{BASELINE_FORMAT}", "findings": [{",".join(order)}]}}'
        assert list(read_baseline(written(tmp_path, text)).values()) == [sixty]


ENTRY = json.loads(baseline_text([Remembered("BPO413", "a", "steps/pay")]))["findings"][0]


@pytest.mark.parametrize(
    "changed",
    [
        {"rule": "BPO412"},
        {"process": "b"},
        {"subject": "steps/*"},
        {"ordinal": 1},
        {"fingerprint": "0" * 32},
        {"fingerprint": None},
    ],
)
def test_a_baseline_that_was_changed_by_hand_is_refused(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    text = json.dumps({"format": BASELINE_FORMAT, "findings": [ENTRY | changed]})
    with pytest.raises(InputError, match="was changed by hand") as caught:
        read_baseline(written(tmp_path, text))
    assert [problem.code for problem in caught.value.diagnostics] == ["BPO201"]


@pytest.mark.parametrize(
    "findings",
    [
        None,
        "x",
        {"a": 1},
        [1],
        ["x"],
        [[]],
        [None],
        [{}],
        *(
            [ENTRY | changed]
            for changed in (
                {"rule": None},
                {"process": 1},
                {"subject": ["a"]},
                {"ordinal": -1},
                {"ordinal": True},
                {"ordinal": 1.0},
                {"ordinal": "1"},
                {"reached": 40},
                {"reached": "NaN"},
                {"reached": "sNaN"},
                {"reached": "Infinity"},
                {"reached": "1e9"},
                {"reached": "9" * 5000},
                {"reached": ""},
                {"reached": "\u0664"},
            )
        ),
    ],
)
def test_what_is_no_list_of_findings_is_no_baseline(tmp_path: Path, findings: Any) -> None:
    text = json.dumps({"format": BASELINE_FORMAT, "findings": findings})
    with pytest.raises(InputError, match="this is no baseline"):
        read_baseline(written(tmp_path, text))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"format": "bpo-assess/baseline/v2", "findings": []}',
        b'{"format": "bpo-assess/baseline/v1"}',
        b'{"format": "bpo-assess/baseline/v1", "findings": [' + b"[" * 100_000,
        b"\xff\xfe\x00",
        b'{"format": "bpo-assess/baseline/v1", "findings": ["\xe9"]}',
    ],
)
def test_other_files_are_no_baseline(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(raw)
    with pytest.raises(InputError, match="this is no baseline"):
        read_baseline(str(path))


@pytest.mark.parametrize("value", [b"{},", b"1,", b'{"a":'])
def test_a_baseline_that_would_fill_the_memory_is_refused_before_it_is_read(
    tmp_path: Path, value: bytes
) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(b'{"format": "bpo-assess/baseline/v1", "findings": [' + value * 2_000_001)
    with pytest.raises(InputError, match="holds more than any baseline does"):
        read_baseline(str(path))


def test_a_baseline_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_baseline(str(tmp_path / "none.json"))


def test_names_in_a_refused_baseline_cannot_act_on_a_screen(tmp_path: Path) -> None:
    entry = ENTRY | {"process": "a\x1b[31m\u202eb"}
    text = json.dumps({"format": BASELINE_FORMAT, "findings": [entry]})
    with pytest.raises(InputError) as caught:
        read_baseline(written(tmp_path, text))
    assert caught.value.diagnostics[0].message == (
        "the entry of BPO413 for `a\\x1b[31m\\u202eb` was changed by hand"
    )


def test_what_was_written_is_read_however_many_findings_there_are(tmp_path: Path) -> None:
    many = [Remembered("BPO413", f"process-{n}", "steps/" + "x" * 400) for n in range(12_000)]
    text = baseline_text(many)
    assert len(text) > 5_000_000
    assert len(read_baseline(written(tmp_path, text))) == len(many)
