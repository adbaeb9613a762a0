"""Comparisons from disk: what is read, and what is refused at which place; the schema says the same."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bpo_assess.diagnostics import Diagnostic, InputError
from bpo_assess.documents import parse
from bpo_assess.loading.comparisons import read_comparisons
from bpo_assess.loading.read import read_draft
from bpo_assess.model.comparisons import COMPARISONS_FORMAT, MOST_JUDGES, MOST_PARTS
from bpo_assess.reports.schema import comparisons_schema
from hostile import TEXT
from misshapen import changed, places_in
from shipped import ROOT

CLEANING = str(ROOT / "tests" / "methods" / "cleaning-contract.yaml")
EXAMPLE = ROOT / "examples" / "weights" / "workshop.yaml"

HEAD = """format: bpo-assess/comparisons/v1
questionnaire: screening
"""

SOUND = f"""{HEAD}comparisons:
  - axis: suitability
    judgements:
      - {{this: strategic, counts: 3, times: separability}}
      - {{this: market, counts: 1/3, times: separability}}
      - {{this: economics, counts: 1, times: separability}}
"""


def problems(tmp_path: Path, text: str, chosen: str | None = None) -> list[Diagnostic]:
    path = tmp_path / "comparisons.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        read_comparisons(str(path), chosen)
    except InputError as error:
        for problem in error.diagnostics:
            assert problem.file
            assert "pydantic" not in problem.message.lower()
        return list(error.diagnostics)
    return []


def codes(tmp_path: Path, text: str) -> list[tuple[str, int, int]]:
    found = []
    for problem in problems(tmp_path, text):
        assert problem.span is not None
        found.append((problem.code, problem.span.line, problem.span.column))
    return found


def test_a_sound_file_is_read_with_its_questionnaire(tmp_path: Path) -> None:
    path = tmp_path / "comparisons.yaml"
    path.write_text(SOUND, encoding="utf-8")
    loaded = read_comparisons(str(path))
    assert loaded.base == loaded.method.questionnaire.id == "screening"
    (entry,) = loaded.file.comparisons
    assert [judgement.counts for judgement in entry.judgements] == [3, Fraction(1, 3), 1]


def test_the_example_is_sound() -> None:
    assert len(read_comparisons(str(EXAMPLE)).file.judges) == 3


def test_a_file_that_names_no_questionnaire_is_about_the_default(tmp_path: Path) -> None:
    path = tmp_path / "comparisons.yaml"
    text = SOUND.replace("questionnaire: screening\n", "")
    path.write_text(text, encoding="utf-8")
    assert read_comparisons(str(path)).base == "readiness"
    assert read_comparisons(str(path), "readiness").base == "readiness"


def test_a_questionnaire_is_found_beside_the_file_and_nowhere_else(tmp_path: Path) -> None:
    beside = tmp_path / "own.yaml"
    beside.write_text(Path(CLEANING).read_text(encoding="utf-8"), encoding="utf-8")
    own = SOUND.replace("screening", "./own.yaml")
    assert "BPO305" not in {problem.code for problem in problems(tmp_path, own)}
    for away in ("/etc/passwd.yaml", "../own.yaml", "./none.yaml", "reediness"):
        found = codes(tmp_path, SOUND.replace("screening", away))
        assert found == [("BPO305", 2, 16)], away


def one(line: str) -> str:
    return f"{SOUND}{line}\n"


JUDGED = "      - {this: strategic, counts: %s, times: market}"


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ("0", "BPO207"), ("-3", "BPO207"), ("9.5", "BPO207"), ("10", "BPO207"), ("0.1", "BPO207"),
        ("1e3", "BPO207"), (".nan", "BPO112"), (".inf", "BPO112"), ("-.inf", "BPO112"),
        ("1/10", "BPO204"), ("1/0", "BPO204"), ("0/1", "BPO204"), ("3/", "BPO204"), ("1//3", "BPO204"),
        ('""', "BPO204"), ("true", "BPO204"), ("null", "BPO204"), ("[3]", "BPO204"), ("3:1", "BPO204"),
        ('"3"', "BPO204"), ("much", "BPO204"), ("-1/3", "BPO204"),
        ("\u00b3", "BPO204"), ("\u0663/4", "BPO204"),
    ],
)  # fmt: skip
def test_only_judgements_of_the_scale_are_read(tmp_path: Path, counts: str, code: str) -> None:
    ((found, line, column),) = codes(tmp_path, one(JUDGED % counts))
    assert (found, line, column) == (code, 9, 35)


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ("1", Fraction(1)), ("9", Fraction(9)), ("1/9", Fraction(1, 9)), ("2/3", Fraction(2, 3)),
        ("1 / 3", Fraction(1, 3)), ("2.5", Fraction(5, 2)), ("0.25", Fraction(1, 4)), ("9/1", Fraction(9)),
        ('"1/3"', Fraction(1, 3)), ("0.1112", Fraction(139, 1250)),
    ],
)  # fmt: skip
def test_judgements_are_exact(tmp_path: Path, counts: str, value: Fraction) -> None:
    path = tmp_path / "comparisons.yaml"
    path.write_text(one(JUDGED % counts), encoding="utf-8")
    assert read_comparisons(str(path)).file.comparisons[0].judgements[3].counts == value


def entries(*said: tuple[str, str | None, str], judges: str = "") -> str:
    """Write entries, each of a group, a judge and judgements."""
    text = HEAD + judges + "comparisons:\n"
    for group, by, judgements in said:
        text += f"  - {group}\n" + (f"    by: {by}\n" if by else "")
        text += f"    judgements: [{judgements}]\n"
    return text


ALL = ", ".join(
    f"{{this: strategic, counts: 3, times: {key}}}"
    for key in ("economics", "separability", "market")
)
SUITABILITY = "axis: suitability"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (one("      - {this: stategic, counts: 2, times: market}"), [("BPO213", 9, 16)]),
        (one("      - {this: market, counts: 2, times: exit-plan}"), [("BPO213", 9, 42)]),
        (one("      - {this: market, counts: 2, times: market}"), [("BPO205", 9, 42)]),
        (one("      - {this: market, counts: 2, times: separability}"), [("BPO210", 9, 16)]),
        (one("      - {this: separability, counts: 2, times: market}"), [("BPO210", 9, 16)]),
        (one("      - {this: market, count: 2, times: strategic}"), [("BPO203", 9, 9), ("BPO202", 9, 24)]),
        (SOUND.replace("axis: suit", "axis: sut"), [("BPO213", 4, 11)]),
        (SOUND.replace("axis: suitability", "dimension: suitability"), [("BPO213", 4, 16)]),
        (SOUND.replace("  - axis: suitability\n    judg", "  - judg"), [("BPO203", 4, 5)]),
        (SOUND.replace("axis: suitability", "axis: suitability\n    dimension: market"), [("BPO203", 4, 5)]),
        (SOUND[: SOUND.index("      - {this: market")], [("BPO203", 5, 5)]),
        (entries((SUITABILITY, None, ALL), (SUITABILITY, None, ALL)), [("BPO210", 6, 11)]),
        (entries((SUITABILITY, "a", ALL), (SUITABILITY, "a", ALL)), [("BPO210", 7, 11)]),
        (entries((SUITABILITY, "a", ALL), (SUITABILITY, None, ALL)), [("BPO203", 7, 5)]),
        (entries((SUITABILITY, "b", ALL), judges="judges: [{id: a}]\n"), [("BPO213", 6, 9)]),
        (entries((SUITABILITY, "a", ALL), judges="judges: [{id: a}, {id: a}]\n"), [("BPO210", 3, 24)]),
        (entries((SUITABILITY, "a", ALL), judges="judges: [{id: a, weight: 0}]\n"), [("BPO212", 5, 11)]),
        (entries((SUITABILITY, "a", ALL), judges="judges: [{id: a, weight: -1}]\n"), [("BPO207", 3, 26)]),
        (entries((SUITABILITY, "a", "")), [("BPO207", 6, 17)]),
        (HEAD + "comparisons: []\n", [("BPO207", 3, 14)]),
        (HEAD, [("BPO203", 1, 1)]),
    ],
)  # fmt: skip
def test_what_cannot_give_weights_is_refused_at_its_place(
    tmp_path: Path, text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert codes(tmp_path, text) == expected


def test_all_problems_are_found_in_one_go_and_misspelt_names_are_guessed(tmp_path: Path) -> None:
    text = one("      - {this: stategic, counts: 2, times: marked}")
    text += "      - {this: market, counts: 1, times: market}\n"
    found = problems(tmp_path, text)
    assert [problem.code for problem in found] == ["BPO213", "BPO213", "BPO205"]
    assert [problem.hint for problem in found[:2]] == [
        "did you mean `strategic`?",
        "did you mean `market`?",
    ]


def test_what_is_broken_hides_nothing_that_the_questionnaire_shows_to_be_wrong(
    tmp_path: Path,
) -> None:
    both = "{this: stategic, counts: much, times: market}, {this: market, counts: 12, times: markt}"
    text = entries(
        ("axis: sutability", "a", ALL),
        (SUITABILITY, "b", both),
        (SUITABILITY, "a", "{this: market, count: 3, times: markt}"),
        judges="judges: [{id: a}]\n",
    )
    found = problems(tmp_path, text)
    assert [(problem.code, problem.message) for problem in found if problem.code == "BPO213"] == [
        ("BPO213", "there is no judge `b`"),
        ("BPO213", "`screening` has no axis `sutability`"),
        ("BPO213", "`stategic` is no part of `suitability`"),
        ("BPO213", "`markt` is no part of `suitability`"),
    ]
    assert sorted(p.code for p in found if p.code != "BPO213") == [
        "BPO202", "BPO203", "BPO204", "BPO207",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "odd"),
    [
        (("judges",), [{"id": "a", "weight": -1}]),
        (("judges",), "x y"),
        (("comparisons", 0), "suitability"),
        (("comparisons", 0, "axis"), ["suitability"]),
        (("comparisons", 0, "dimension"), "market"),
        (("comparisons", 0, "by"), []),
        (("comparisons", 0, "judgements"), []),
        (("comparisons", 0, "judgements", 1), "market"),
        (("comparisons", 0, "judgements", 1, "this"), None),
        (("comparisons", 0, "judgements", 1, "counts"), None),
        (("comparisons", 0, "judgements", 1, "counts"), 0),
        (("comparisons",), {"axis": "suitability", "judgements": {"this": "market"}}),
        (("comparisons",), []),
        (("questionnaire",), 3),
        (("format",), "bpo-assess/comparisons/v2"),
        (("surplus",), 1),
    ],
)  # fmt: skip
def test_what_stands_in_for_something_broken_is_no_problem_itself(
    tmp_path: Path, path: tuple[Any, ...], odd: Any
) -> None:
    data = json.loads(json.dumps(DATA))
    *way, last = path
    spot = data
    for key in way:
        spot = spot[key]
    spot[last] = odd
    found = problems(tmp_path, json.dumps(data))
    assert found
    assert "BPO213" not in {problem.code for problem in found}
    assert not [problem for problem in found if "none" in problem.message]
    assert len({(p.code, p.message) for p in found}) == len(found)


def test_an_entry_about_nothing_and_one_about_two_groups_are_told_apart(tmp_path: Path) -> None:
    nothing = SOUND.replace("  - axis: suitability\n    judg", "  - judg")
    (found,) = problems(tmp_path, nothing)
    assert found.message == (
        "`comparisons[1]`: `axis` or `dimension` is missing: name the one whose parts are compared"
    )
    two = SOUND.replace("axis: suitability", "axis: suitability\n    dimension: market")
    (found,) = problems(tmp_path, two)
    assert found.message == (
        "`comparisons[1]`: `axis` and `dimension` both stand here, leave one out"
    )


@pytest.mark.parametrize(
    ("by", "judges", "expected"),
    [
        (["finance", "finance", "finnace"], "", [("finnace", "finance")]),
        (["finance", "finnace"], "", [("finnace", "finance")]),
        (["finnace", "finance", "finance"], "", [("finnace", "finance")]),
        (["finance", "finnace"], "judges: [{id: finance}, {id: finnace}]\n", []),
        (["finance", "finnace", "finance", "finnace"], "", []),
        (["finance", "operations"], "", []),
        (["judge-1", "judge-2", "judge-3"], "", []),
        ([None], "", []),
    ],
)
def test_judges_who_may_be_misspelt_are_told_where_no_list_names_them(
    tmp_path: Path, by: list[str | None], judges: str, expected: list[tuple[str, str]]
) -> None:
    economics = "{this: scale, counts: 3, times: price-realism}"
    said = [
        (group, who, judged)
        for who in dict.fromkeys(by)
        for group, judged in [(SUITABILITY, ALL), ("dimension: economics", economics)][
            : by.count(who)
        ]
    ]
    path = tmp_path / "comparisons.yaml"
    path.write_text(entries(*said, judges=judges), encoding="utf-8")
    assert list(read_comparisons(str(path)).doubtful) == expected


def test_what_is_not_linked_is_named_with_what_it_could_be_compared_with(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, SOUND[: SOUND.index("      - {this: market")])
    assert found.message == "no comparison links `economics` with `strategic`"
    assert found.hint == "compare it with one of strategic, separability"


def test_a_single_entry_without_its_list_is_found_too(tmp_path: Path) -> None:
    text = f"{HEAD}comparisons:\n  axis: suitability\n"
    text += "  judgements: {this: strategic, counts: 1, times: markt}\n"
    assert codes(tmp_path, text) == [("BPO213", 5, 51)]


def test_other_kinds_of_files_are_told_apart(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "format: bpo-assess/process/v1\nid: a\nname: A\n")
    assert found.code == "BPO201"
    assert "a process description, a file of comparisons is expected" in found.message
    with pytest.raises(InputError) as caught:
        read_draft(str(EXAMPLE))
    assert "is a file of comparisons" in caught.value.diagnostics[0].message


def test_more_parts_or_judges_than_can_be_heard_are_refused(tmp_path: Path) -> None:
    method = Path(CLEANING).read_text(encoding="utf-8")
    (tmp_path / "large.yaml").write_text(
        json.dumps(
            {
                "format": "bpo-assess/questionnaire/v1",
                "id": "large",
                "version": "1",
                "title": "Large",
                "extends": "./base.yaml",
                "axes": [
                    {
                        "id": "many",
                        "title": "Many",
                        "dimensions": [
                            {
                                "id": f"d{k}",
                                "title": "D",
                                "weight": 1,
                                "questions": [
                                    {
                                        "id": f"q{k}",
                                        "title": "Q",
                                        "text": "Q",
                                        "anchors": [*"abcde"],
                                    }
                                ],
                            }
                            for k in range(MOST_PARTS + 1)
                        ],
                    }
                ],
            }
        )
    )
    (tmp_path / "base.yaml").write_text(method, encoding="utf-8")
    text = "format: bpo-assess/comparisons/v1\nquestionnaire: ./large.yaml\ncomparisons:\n"
    text += "  - axis: many\n    judgements: {this: d0, counts: 1, times: d1}\n"
    assert [code for code, _, _ in codes(tmp_path, text)] == ["BPO207"]
    judges = ", ".join(f"{{id: j{k}}}" for k in range(MOST_JUDGES + 1))
    text = entries((SUITABILITY, "j0", ALL), judges=f"judges: [{judges}]\n")
    assert [code for code, _, _ in codes(tmp_path, text)] == ["BPO207"]


def test_a_hostile_name_is_no_more_than_a_name(tmp_path: Path) -> None:
    judges = f"judges: [{{id: a, name: {json.dumps(TEXT)}}}]\n"
    assert problems(tmp_path, entries((SUITABILITY, "a", ALL), judges=judges)) == []
    for key in ("this", "times", "by", "axis"):
        data = json.loads(json.dumps(DATA))
        spot = data["comparisons"][0]
        if key in {"this", "times"}:
            spot = spot["judgements"][0]
        spot[key] = TEXT
        (found,) = problems(tmp_path, json.dumps(data))
        assert found.code == "BPO209"
        assert "\x1b" not in found.message


# The schema and the loader agree

DATA: dict[str, Any] = {
    "format": COMPARISONS_FORMAT,
    "questionnaire": "screening",
    "judges": [{"id": "a", "name": "A", "weight": 2}],
    "comparisons": [
        {
            "axis": "suitability",
            "by": "a",
            "judgements": [
                {"this": "strategic", "counts": 3, "times": "separability"},
                {"this": "market", "counts": "1/3", "times": "separability"},
                {"this": "economics", "counts": 0.5, "times": "separability"},
            ],
        }
    ],
}

ODD: list[Any] = [
    None, True, 0, 1, 3, 9, 10, -1, 2.5, 0.05, "", " ", "x y", "a", "1/3", "1/10", "3", "9/9", [], ["x"], {},
    {"id": "a"}, {"this": "strategic", "counts": 2, "times": "market"}, "screening", COMPARISONS_FORMAT,
]  # fmt: skip

BEYOND = {"BPO205", "BPO210", "BPO212", "BPO213", "BPO305"}
"""What a schema cannot see: references, what stands twice, and sums."""

VALIDATOR = Draft7Validator(comparisons_schema())


@given(
    st.sampled_from([*places_in(DATA)]),
    st.sampled_from(["replace", "remove", "add"]),
    st.sampled_from(ODD),
)
def test_a_file_with_one_change_is_accepted_by_both_or_by_neither(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[Any, ...], how: str, odd: Any
) -> None:
    data = changed(DATA, path, how, odd)
    found = problems(tmp_path_factory.mktemp("changed"), json.dumps(data))
    seen = [problem for problem in found if problem.code not in BEYOND and not linking(problem)]
    if seen or not found:
        assert bool([*VALIDATOR.iter_errors(data)]) == bool(seen), found


def linking(problem: Diagnostic) -> bool:
    """Tell what is said of several entries together, which a schema does not see."""
    return problem.code == "BPO203" and ("links" in problem.message or "several" in problem.message)


def test_the_schema_is_sound_and_takes_the_example() -> None:
    Draft7Validator.check_schema(comparisons_schema())
    data = parse(EXAMPLE.read_bytes(), EXAMPLE.name).data
    assert [*VALIDATOR.iter_errors(plain(data))] == []


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return float(value) if isinstance(value, Decimal) else value
