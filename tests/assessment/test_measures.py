"""Facts propose levels: every measure, at its cut points, by the shipped questionnaire."""

from datetime import date
from typing import Any

import pytest

from bpo_assess.assessment import assess
from builders import process
from shipped import method_of

DAY = date(2026, 11, 1)


def level_of(key: str, **stated: Any) -> int | None:
    """The level of a question that nobody answered, by the facts alone."""
    response = assess(process({}, **stated), method_of("readiness"), DAY).responses[key]
    assert response.evidenced == (response.level is not None)
    return response.level


def steps(good: int, of: int, **entry: Any) -> list[dict[str, Any]]:
    return [{"name": f"s{n}", **(entry if n < good else {})} for n in range(of)]


@pytest.mark.parametrize(
    ("good", "level"), [(0, 0), (1, 1), (3, 1), (4, 2), (7, 2), (8, 3), (9, 3), (10, 3)]
)
def test_share_of_steps_with_instructions(good: int, level: int) -> None:
    assert level_of("protocol-documented", steps=steps(good, 10, instructions="Do it so.")) == level


@pytest.mark.parametrize("unit", ["%", "#", "EUR", "days"])
def test_a_sign_can_be_a_unit(unit: str) -> None:
    assert level_of("kpi-defined", kpis=kpis(4, 4, **COMPLETE | {"unit": unit})) == 3


def test_all_steps_with_instructions_and_systems_are_the_best() -> None:
    full = steps(10, 10, instructions="Do it so.", systems=["ledger"])
    assert level_of("protocol-documented", steps=full) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "TODO",
        "tbd",
        "TBD.",
        "step 1 placeholder",
        "{{ instructions }}",
        "n/a",
        "-",
        "...",
    ],
)
def test_a_placeholder_is_no_instruction(text: str) -> None:
    assert level_of("protocol-documented", steps=[{"name": "s", "instructions": text}]) == 0


@pytest.mark.parametrize(("good", "level"), [(0, 0), (4, 1), (5, 2), (7, 2), (8, 3), (10, 3)])
def test_share_of_steps_with_one_accountable_role(good: int, level: int) -> None:
    assert level_of("task-split", steps=steps(good, 10, role="Clerk")) == level


def test_two_accountable_roles_are_none() -> None:
    assert level_of("task-split", steps=[{"name": "s", "role": ["Clerk", "Lead"]}]) == 0
    assert (
        level_of(
            "task-split", steps=[{"name": "s", "role": ["Clerk", "Lead"], "accountable": "Lead"}]
        )
        == 3
    )


def test_accountable_and_stay_or_go_in_every_step_is_the_best() -> None:
    assert level_of("task-split", steps=steps(3, 3, role="Clerk", stays=False)) == 4


@pytest.mark.parametrize(("good", "level"), [(0, 0), (3, 1), (4, 2), (8, 3), (10, 4)])
def test_share_of_steps_with_inputs_and_outputs(good: int, level: int) -> None:
    entry = {"inputs": ["form"], "outputs": ["record"]}
    assert level_of("inputs-outputs", steps=steps(good, 10, **entry)) == level


def exceptions(*entries: dict[str, Any]) -> list[dict[str, Any]]:
    named = [{"name": f"e{n}", **entry} for n, entry in enumerate(entries)]
    return [{"name": "s", "exceptions": named}]


RULED: dict[str, Any] = {"rule": "Send it back."}
OWNED: dict[str, Any] = RULED | {"owner": "Lead"}


@pytest.mark.parametrize(
    ("entries", "level"),
    [
        ([{}, {}], 2),
        ([RULED, RULED, RULED, RULED, {}], 3),
        ([RULED, RULED, RULED, {}], 2),
        ([RULED, RULED], 3),
        ([OWNED, OWNED], 4),
        ([RULED | {"share_percent": 8}, {"share_percent": 2}], 3),
        ([RULED | {"share_percent": 8}, {}], 2),
    ],
)
def test_exceptions_by_share_of_volume_else_by_number(
    entries: list[dict[str, Any]], level: int
) -> None:
    assert level_of("exceptions-documented", steps=exceptions(*entries)) == level


def kpis(good: int, of: int, **entry: Any) -> list[dict[str, Any]]:
    return [{"name": f"k{n}", **(entry if n < good else {})} for n in range(of)]


COMPLETE = {"formula": "a / b", "unit": "%", "source": "log"}


@pytest.mark.parametrize(("good", "level"), [(0, 1), (1, 2), (3, 2), (4, 3), (5, 3)])
def test_number_of_complete_kpis(good: int, level: int) -> None:
    assert level_of("kpi-defined", kpis=kpis(good, 6, **COMPLETE)) == level


def test_five_kpis_with_owner_and_direction_are_the_best() -> None:
    assert level_of("kpi-defined", kpis=kpis(5, 6, **COMPLETE, owner="Lead", direction="up")) == 4


@pytest.mark.parametrize(("good", "level"), [(0, 0), (1, 2), (4, 2), (5, 3), (9, 3), (10, 4)])
def test_share_of_kpis_with_a_baseline(good: int, level: int) -> None:
    assert level_of("kpi-baselined", kpis=kpis(good, 10, baseline=91)) == level


@pytest.mark.parametrize(("good", "level"), [(0, 0), (4, 1), (5, 2), (9, 2), (10, 3)])
def test_share_of_kpis_with_a_target(good: int, level: int) -> None:
    assert level_of("targets-set", kpis=kpis(good, 10, target=97)) == level


def test_targets_with_baseline_and_frequency_are_the_best() -> None:
    assert level_of("targets-set", kpis=kpis(2, 2, target=97, baseline=91, measured="monthly")) == 4


@pytest.mark.parametrize(("good", "level"), [(0, 0), (4, 1), (5, 2), (10, 3)])
def test_share_of_kpis_with_frequency_and_source(good: int, level: int) -> None:
    assert (
        level_of("kpi-measurable", kpis=kpis(good, 10, measured="monthly", source="log")) == level
    )


@pytest.mark.parametrize(
    ("people", "level"),
    [(0, 0), (2.9, 0), (3, 1), (9.9, 1), (10, 2), (49, 2), (50, 3), (99.5, 3), (100, 4)],
)
def test_full_time_equivalents(people: float, level: int) -> None:
    assert level_of("scale", staff_fte=people) == level


@pytest.mark.parametrize(
    ("percent", "level"), [(51, 1), (50, 2), (26, 2), (25, 3), (11, 3), (10, 4), (0, 4)]
)
def test_variation_of_the_volume(percent: int, level: int) -> None:
    assert (
        level_of(
            "volume-predictability", volume={"amount": 1, "unit": "x", "variation_percent": percent}
        )
        == level
    )


@pytest.mark.parametrize(
    ("reviewed", "level"),
    [
        ("2026-10-31", 4),
        ("2026-05-01", 4),
        ("2026-04-30", 3),
        ("2025-11-01", 3),
        ("2025-10-31", 2),
        ("2024-11-01", 2),
        ("2024-10-31", 1),
        ("2026-11-02", None),
    ],
)
def test_age_of_the_review_in_months(reviewed: str, level: int | None) -> None:
    assert level_of("documentation-currency", reviewed=reviewed) == level


def test_the_oldest_review_counts_and_without_a_day_none_does() -> None:
    stated: dict[str, Any] = {
        "reviewed": "2026-10-01",
        "documents": [{"title": "Handbook", "path": "h.md", "reviewed": "2025-06-01"}],
    }
    assert level_of("documentation-currency", **stated) == 2
    undated = assess(process({}, **stated), method_of("readiness")).responses
    assert undated["documentation-currency"].level is None


@pytest.mark.parametrize(
    ("kinds", "level"),
    [
        (["public"], 4),
        (["confidential", "public"], 3),
        (["personal", "confidential"], 2),
        (["financial-account"], 1),
        (["public", "special-category"], 0),
    ],
)
def test_the_most_sensitive_data_counts(kinds: list[str], level: int) -> None:
    assert level_of("data-sensitivity", data=[{"class": kind} for kind in kinds]) == level


CATEGORIES = [
    "search-and-selection", "transition", "severance-and-retention", "productivity-and-culture",
    "process-and-tools", "governance", "change-requests", "fx-and-indexation", "exit-and-retender",
    "taxes-and-duties",
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "level"), [(1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (8, 3), (9, 4), (10, 4)]
)
def test_categories_of_hidden_cost(number: int, level: int) -> None:
    costs = [{"category": key, "percent": 1} for key in CATEGORIES[:number]]
    assert level_of("hidden-cost-coverage", business_case={"hidden_costs": costs}) == level


def test_a_category_without_a_figure_does_not_count() -> None:
    costs = [{"category": CATEGORIES[0]}, {"category": CATEGORIES[1], "amount": 5}]
    assert level_of("hidden-cost-coverage", business_case={"hidden_costs": costs}) == 1


def test_a_named_owner_supports_any_level() -> None:
    assert level_of("process-owner", owner="Head of Finance") == 4
    assert level_of("process-owner") is None
    assert level_of("process-owner", owner="TBD") is None


@pytest.mark.parametrize(
    ("key", "empty"),
    [
        ("protocol-documented", {"steps": []}),
        ("kpi-defined", {"kpis": []}),
        ("data-sensitivity", {"data": []}),
    ],
)
def test_an_empty_list_proposes_nothing(key: str, empty: dict[str, Any]) -> None:
    assert level_of(key, **empty) is None


def answered(answer: Any, **stated: Any) -> tuple[int | None, str | None]:
    found = assess(process({"scale": answer}, **stated), method_of("readiness")).responses["scale"]
    return found.level, found.origin


def test_a_claim_above_the_facts_is_lowered_and_one_below_stands() -> None:
    assert answered(4, staff_fte=12) == (2, "both")
    assert answered(1, staff_fte=12) == (1, "both")
    assert answered(3) == (3, "answer")


def test_an_explicit_unknown_stays_whatever_the_facts_say() -> None:
    assert answered("unknown", staff_fte=12) == (None, None)
