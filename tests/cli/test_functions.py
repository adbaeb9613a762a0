"""`bpo-assess functions`: the catalogue, to choose from and to read."""

import pytest

from bpo_assess.loading.read import read_functions
from bpo_assess.model.functions import Function
from running import run
from shipped import method_of

CATALOGUE = read_functions()
IDS = [function.id for function in CATALOGUE.functions]


def test_thirty_nine_functions_are_known_each_once() -> None:
    assert len(IDS) == len(set(IDS)) == 39


@pytest.mark.parametrize("function", CATALOGUE.functions, ids=lambda function: function.id)
def test_a_function_says_what_it_touches_and_how_it_is_measured(function: Function) -> None:
    assert function.data
    assert function.rules
    assert len(function.kpis) >= 4
    assert set(function.typical) <= set(method_of("readiness").questions)
    for kpi in function.kpis:
        assert (kpi.usual is None) == (kpi.source is None)
        assert kpi.source is None or kpi.source in CATALOGUE.sources


def test_every_source_is_cited() -> None:
    cited = {kpi.source for function in CATALOGUE.functions for kpi in function.kpis if kpi.source}
    assert cited == set(CATALOGUE.sources)


@pytest.mark.parametrize(
    ("options", "some", "none"),
    [
        ((), "payroll", "nothing-like-it"),
        (("--kind", "kpo"), "legal-process", "payroll"),
        (("--office", "front"), "telemarketing", "payroll"),
        (("--search", "hipaa"), "medical-transcription", "payroll"),
        (("--kind", "KPO", "--search", "privilege"), "legal-process", "tax"),
    ],
)
def test_the_list_can_be_narrowed(options: tuple[str, ...], some: str, none: str) -> None:
    done = run("functions", *options)
    assert done.code == 0, done.err
    listed = {line.split()[0] for line in done.out.split("\n") if line.strip()}
    assert some in listed
    assert none not in listed


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_pages_keep_to_the_width(width: int) -> None:
    for arguments in (("functions",), ("functions", "payroll"), ("functions", "legal-process")):
        done = run(*arguments, env={"COLUMNS": str(width)})
        assert max(map(len, done.out.split("\n"))) <= max(width, 60)


def test_a_page_cites_the_source_of_a_usual_value() -> None:
    out = run("functions", "accounts-payable").out
    assert "[1] APQC" in out
    assert "Cost per invoice" in out


def test_a_misspelt_function_is_guessed_and_an_empty_list_says_so() -> None:
    done = run("functions", "payrol")
    assert done.code == 2
    assert "did you mean `payroll`" in done.err
    assert "No function is like that" in run("functions", "--search", "zeppelin").out


def test_the_catalogue_is_no_questionnaire() -> None:
    listed = run("questionnaire", "list").out.split("\n")
    assert not [line for line in listed if line.startswith("functions")]
    assert run("questionnaire", "show", "functions").code == 2
