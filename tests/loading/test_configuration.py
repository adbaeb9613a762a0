"""What is configured: which file counts, what its values mean, and what is refused, at its place."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess import __version__
from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.configuration import Configurations, Given, listed_values
from bpo_assess.loading.configuration.toml import MOST_BYTES, read_toml
from bpo_assess.model.configuration import KEYS
from bpo_assess.reports.problems import frames

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository, and go there."""
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "processes" / "payroll").mkdir(parents=True)
    monkeypatch.chdir(root)
    return root


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def configured(
    options: Mapping[str, Given | None] | None = None,
    environment: Mapping[str, str] | None = None,
    chosen: str | None = None,
    *,
    isolated: bool = False,
) -> Configurations:
    return Configurations(
        options or {}, environment or {}, chosen, isolated=isolated, clock=lambda: TODAY
    )


def settings(folder: str = ".") -> Settings:
    return configured().settings(folder)


def shown(
    folder: str = ".", configurations: Configurations | None = None
) -> dict[str, tuple[str, str]]:
    values = (configurations or configured()).values(folder)
    return {name: (text, origin) for name, text, _, origin in listed_values(values)}


def problems(folder: str = ".", **given: Any) -> tuple[Diagnostic, ...]:
    with pytest.raises(InputError) as refused:
        configured(**given).values(folder)
    return refused.value.diagnostics


def places(folder: str = ".") -> list[str]:
    """List what is wrong as an editor would jump to it."""
    found = []
    for problem in problems(folder):
        where = f"{problem.span.line}:{problem.span.column}" if problem.span else "-"
        found.append(f"{problem.file}:{where} {problem.message}")
    return found


# Which file counts


def test_without_a_file_everything_has_its_default() -> None:
    assert settings() == Settings()
    assert {origin for _, origin in shown().values()} == {"default"}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("bpo-assess.toml", ""),
        (".bpo-assess.toml", ""),
        ("pyproject.toml", "[tool.bpo-assess]\n"),
    ],
)
def test_each_of_three_files_is_found_from_the_folder_upwards(name: str, table: str) -> None:
    write(name, f"{table}min-readiness = 60\n")
    found = settings("processes/payroll")
    assert found.demands.scores == (("readiness", Decimal(60)),)
    assert found.root == "."


def test_the_nearest_file_counts_alone() -> None:
    write("bpo-assess.toml", 'require = "outsource"\nfirm = true\n')
    write("processes/bpo-assess.toml", 'max-risk = "low"\n')
    assert settings().demands.verdict == "outsource"
    below = settings("processes/payroll")
    assert (below.demands.verdict, below.demands.firm, below.demands.risk) == (None, False, "low")


def test_in_one_folder_our_own_file_comes_before_the_hidden_and_the_shared_one() -> None:
    write("pyproject.toml", "[tool.bpo-assess]\nmin-readiness = 1\n")
    assert shown()["min-readiness"][0] == "1"
    write(".bpo-assess.toml", "min-readiness = 2\n")
    assert shown()["min-readiness"][0] == "2"
    write("bpo-assess.toml", "min-readiness = 3\n")
    assert shown()["min-readiness"][0] == "3"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tool = 3\n",
        "[tool.other]\nline = 1\n",
        "[tool]\n",
        "[project]\nname = 'bpo-assess'\n",
        "this is no TOML",
        "x = [\n",
    ],
)
def test_a_shared_file_without_our_table_is_passed_over(text: str) -> None:
    write("bpo-assess.toml", "firm = true\n")
    write("processes/pyproject.toml", text)
    assert settings("processes").demands.firm


def test_a_shared_file_that_is_no_text_is_passed_over_unless_it_names_us() -> None:
    shared = write("pyproject.toml", "")
    shared.write_bytes(b"\xff\xfe")
    assert settings() == Settings()
    shared.write_bytes(b"\xff\xfe[tool.bpo-assess]")
    assert [problem.code for problem in problems()] == ["BPO102"]


def test_a_broken_shared_file_that_may_configure_us_is_refused() -> None:
    write("pyproject.toml", "[tool.bpo-assess]\nrequire = outsource\n")
    assert places() == [
        "pyproject.toml:2:11 the file is not valid TOML: this is no value; text stands in quotes"
    ]


@pytest.mark.parametrize("mark", ["folder", "file"])
def test_the_search_ends_at_the_root_of_the_repository(repository: Path, mark: str) -> None:
    write("../bpo-assess.toml", "firm = true\n")
    assert not settings("processes").demands.firm
    (repository / ".git").rmdir()
    assert settings("processes").demands.firm
    if mark == "file":
        (repository / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
        assert not settings("processes").demands.firm


def test_the_search_ends_at_the_home_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / ".git").rmdir()
    write("../bpo-assess.toml", "firm = true\n")
    monkeypatch.setenv("HOME", str(repository))
    assert not settings("processes").demands.firm
    write("bpo-assess.toml", "min-readiness = 1\n")
    assert settings("processes").demands.scores


def test_a_linked_folder_is_configured_by_where_it_is_linked_into(tmp_path: Path) -> None:
    write("bpo-assess.toml", "min-readiness = 1\n")
    write("../elsewhere/bpo-assess.toml", "min-readiness = 2\n")
    write("../elsewhere/payroll/a.yaml", "")
    Path("linked").symlink_to(tmp_path / "elsewhere" / "payroll")
    assert shown("linked")["min-readiness"] == ("1", "bpo-assess.toml:1")


def test_a_configuration_that_leads_nowhere_is_refused_and_a_folder_is_none() -> None:
    write("bpo-assess.toml", "firm = true\n")
    Path("processes/.bpo-assess.toml").mkdir()
    assert settings("processes").demands.firm
    Path("processes/bpo-assess.toml").symlink_to("missing.toml")
    assert places("processes") == ["processes/bpo-assess.toml:- there is no such file"]


def test_a_configuration_that_is_a_link_out_of_the_repository_shows_nothing_of_it() -> None:
    write("../secret.toml", "password: hunter2\n")
    write(".git/config", "password: hunter2\n")
    for target in ("../secret.toml", ".git/config"):
        Path("bpo-assess.toml").symlink_to(target)
        said = "".join(frames(problems()))
        assert "leads out of the repository" in said
        assert "hunter2" not in said
        Path("bpo-assess.toml").unlink()


def test_each_file_is_read_once() -> None:
    path = write("bpo-assess.toml", "min-readiness = 1\n")
    found = configured()
    before = found.settings("processes")
    path.unlink()
    assert found.settings("processes/payroll") is found.settings("processes") is before


# Options, environment, the file that is named


def test_options_come_before_the_environment_and_that_before_files() -> None:
    write("bpo-assess.toml", 'require = "a"\nmax-risk = "b"\nfail-on = "note"\n')
    found = configured(
        {"require": "option", "max-risk": None},
        {"BPO_ASSESS_REQUIRE": "env", "BPO_ASSESS_MAX_RISK": "env", "BPO_ASSESS_FIRM": ""},
    )
    rows = shown(configurations=found)
    assert rows["require"] == ("option", "--require")
    assert rows["max-risk"] == ("env", "BPO_ASSESS_MAX_RISK")
    assert rows["fail-on"] == ("note", "bpo-assess.toml:3")
    assert rows["firm"] == ("false", "default")


def test_every_key_but_those_about_files_has_a_variable() -> None:
    given = {
        "QUESTIONNAIRE": "screening",
        "AS_OF": "2026-11-01",
        "REQUIRE": "x",
        "MIN_CANDIDACY": "70",
        "MIN_SUITABILITY": "71.5",
        "MIN_READINESS": "72",
        "MAX_RISK": "low",
        "MIN_COVERAGE": "80%",
        "MIN_EVIDENCE": "0.5",
        "FIRM": "1",
        "FAIL_ON": "warning",
        "IGNORE": "BPO413, bpo414",
        "EXCLUDE": "old/,*.draft.yaml",
        "ACCEPTANCES": "acc.yaml",
        "BASELINE": "base.json",
        "MAX_ACCEPTANCE_DAYS": "90",
    }
    found = configured(environment={f"BPO_ASSESS_{name}": text for name, text in given.items()})
    assert {name for name, (_, origin) in shown(configurations=found).items()
            if origin == "default"} == {"extend", "requires-version"}  # fmt: skip
    read = found.settings(".")
    assert read.as_of == date(2026, 11, 1)
    assert dict(read.demands.scores) == {
        "candidacy": Decimal(70),
        "suitability": Decimal("71.5"),
        "readiness": Decimal(72),
    }
    assert (read.demands.coverage, read.demands.evidence) == (Decimal("0.8"), Decimal("0.5"))
    assert read.demands.firm
    assert read.fail_on is Severity.WARNING
    assert read.ignore == {"BPO413", "BPO414"}
    assert read.exclude == ("old/", "*.draft.yaml")
    assert read.longest_days == 90


@pytest.mark.parametrize(
    ("variable", "guess"),
    [
        ("BPO_ASSESS_MIN_CANDIDCAY", "did you mean `BPO_ASSESS_MIN_CANDIDACY`?"),
        ("BPO_ASSESS_CONFIG_FILE", None),
        ("BPO_ASSESS_", None),
    ],
)
def test_a_misspelt_variable_is_refused(variable: str, guess: str | None) -> None:
    (problem,) = problems(environment={variable: "1", "BPO_OTHER": "1"})
    assert variable in problem.message
    assert problem.hint is not None
    assert problem.hint == guess or (guess is None and "known are" in problem.hint)


def test_everything_wrong_with_what_is_given_is_said_in_one_go() -> None:
    found = problems(
        environment={"BPO_ASSESS_FIRM": "maybe", "BPO_ASSESS_AS_OF": "2026-02-30"},
        options={"min-candidacy": "101", "ignore": ["BPO999"], "fail-on": "fatal"},
    )
    assert [problem.message for problem in found] == [
        "BPO_ASSESS_AS_OF takes a day, written as YYYY-MM-DD, or today, not `2026-02-30`",
        "BPO_ASSESS_FIRM takes true or false, not `maybe`",
        "--min-candidacy takes a score from 0 to 100, not `101`",
        "--ignore takes a list of codes of rules that can be accepted, such as BPO413, not `BPO999`",
        "--fail-on takes error, warning or note, not `fatal`",
    ]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("min-candidacy", "many"),
        ("min-candidacy", "9" * 10_000),
        ("min-coverage", "1e-999999999"),
        ("min-coverage", "80"),
        ("max-acceptance-days", "0.5"),
        ("firm", "maybe"),
        ("exclude", True),
        ("exclude", ["!"]),
        ("ignore", ""),
        ("require", " \n "),
    ],
)
def test_an_option_that_cannot_be_meant_is_refused_in_one_short_line(
    name: str, given: Given
) -> None:
    (problem,) = problems(options={name: given})
    assert problem.message.startswith(f"--{name} takes {KEYS[name].kind}, not `")
    assert len(problem.message) < 200


def test_lists_on_the_command_line_replace_those_of_files() -> None:
    write("processes/bpo-assess.toml", 'ignore = ["BPO413"]\nexclude = ["old/"]\n')
    given = {"ignore": ["bpo414,BPO420"], "exclude": ["a,b", "c"]}
    found = configured(given).settings("processes")
    assert found.ignore == {"BPO414", "BPO420"}
    assert (found.exclude, found.exclude_from) == (("a,b", "c"), ".")


def test_the_file_that_is_named_counts_and_no_other() -> None:
    write("bpo-assess.toml", "firm = true\n")
    write("ci/strict.toml", "min-readiness = 70\n")
    found = configured(chosen="ci/strict.toml")
    rows = shown("processes", found)
    assert rows["min-readiness"] == ("70", "ci/strict.toml:1")
    assert rows["firm"] == ("false", "default")
    assert found.settings("processes").root == "ci"


def test_a_named_file_that_is_missing_or_has_no_table_is_refused() -> None:
    write("strict.toml", "")
    (missing,) = problems(chosen="strit.toml")
    assert (missing.code, missing.file) == ("BPO101", "strit.toml")
    assert missing.hint == "did you mean `strict.toml`?"
    write("pyproject.toml", "[tool.bpo-asess]\n")
    (tableless,) = problems(chosen="pyproject.toml")
    assert tableless.message == "the file has no table [tool.bpo-assess]"


def test_isolated_leaves_files_aside_and_nothing_else() -> None:
    write("bpo-assess.toml", 'firm = true\nrequire = "x"\n')
    found = configured({"max-risk": "low"}, {"BPO_ASSESS_REQUIRE": "y"}, isolated=True)
    demands = found.settings(".").demands
    assert (demands.firm, demands.verdict, demands.risk) == (False, "y", "low")
    (both,) = problems(chosen="bpo-assess.toml", isolated=True)
    assert "--isolated" in both.message


# What values mean


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("min-coverage = 0.8", "0.8"),
        ("min-coverage = 0.800", "0.800"),
        ('min-coverage = "80%"', "0.8"),
        ('min-coverage = "99.5 %"', "0.995"),
        ("min-coverage = 8e-1", "0.8"),
        ("min-coverage = 1", "1"),
        ("min-candidacy = 0", "0"),
        ("min-candidacy = 0e-9", "0"),
        ("min-candidacy = 1e2", "100"),
        ("min-candidacy = 66.6", "66.6"),
        ("as-of = 2026-11-01", "2026-11-01"),
        ('as-of = "2026-11-01"', "2026-11-01"),
        ('as-of = "today"', "today"),
        ("firm = true", "true"),
        ('fail-on = "note"', "note"),
        ('ignore = ["BPO414", "BPO413"]', "BPO413, BPO414"),
        ('exclude = ["b/", "a/"]', "b/, a/"),
        ("exclude = []", "-"),
        ("max-acceptance-days = 90", "90"),
        ('questionnaire = "screening"', "screening"),
        ('requires-version = ">=0"', ">=0"),
        ("'firm' = false", "false"),
        ('"fi\\u0072m" = false', "false"),
    ],
)
def test_a_value_is_what_was_written(line: str, value: str) -> None:
    write("bpo-assess.toml", f"\n{line}\n")
    counted = {name: row for name, row in shown().items() if row[1] != "default"}
    assert list(counted.values()) == [(value, "bpo-assess.toml:2")]


def test_a_number_is_exact() -> None:
    write("bpo-assess.toml", "min-coverage = 0.8\n")
    assert settings().demands.coverage == Decimal("0.8")


@pytest.mark.parametrize(
    "line",
    [
        "min-candidacy = 101",
        "min-candidacy = -1",
        "min-candidacy = true",
        'min-candidacy = "70"',
        "min-candidacy = nan",
        "min-candidacy = inf",
        "min-candidacy = 1e999999999999999999999",
        f"min-candidacy = 0.{'1' * 100}",
        "min-candidacy = [70]",
        "min-coverage = 80",
        'min-coverage = "0.8"',
        'min-coverage = "101%"',
        "min-coverage = 1e-999999999",
        'firm = "true"',
        "firm = 1",
        'fail-on = "fatal"',
        "fail-on = 1",
        "as-of = 2026-11-01T10:00:00",
        "as-of = 2026-11-01 10:00:00Z",
        "as-of = 10:00:00",
        'as-of = "2026-02-30"',
        'as-of = "tomorrow"',
        "as-of = 2026",
        'ignore = "BPO413"',
        'ignore = ["bpo413"]',
        'ignore = ["BPO101"]',
        'ignore = ["BPO999"]',
        "ignore = [413]",
        'exclude = "old/"',
        'exclude = [""]',
        'exclude = [["old"]]',
        'acceptances = ""',
        'acceptances = "a\\u0000b"',
        "acceptances = 1",
        'questionnaire = " "',
        "require = 1",
        "max-acceptance-days = 0",
        "max-acceptance-days = 1.5",
        "max-acceptance-days = 40000",
        "max-acceptance-days = true",
        'requires-version = "0.4"',
        'extend = "base.yaml"',
        'require = {verdict = "x"}',
        "require.verdict = 1",
    ],
)
def test_what_a_key_cannot_take_is_refused_at_the_value(line: str) -> None:
    write("bpo-assess.toml", f"# ours\n  {line}\n")
    name = re.split(r"[ .]", line)[0]
    column = 3 if line.startswith("require.") else line.index("= ") + 5
    (place,) = places()
    assert place == f"bpo-assess.toml:2:{column} `{name}` takes {KEYS[name].kind}"


def test_a_pattern_that_means_nothing_is_refused() -> None:
    write("bpo-assess.toml", 'exclude = ["!"]\n')
    assert places() == ["bpo-assess.toml:1:11 `exclude` takes a list of patterns as in .gitignore"]


def test_paths_are_seen_from_the_folder_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(
        "processes/bpo-assess.toml",
        'acceptances = "acc.yaml"\nbaseline = "../base.json"\nquestionnaire = "method.yaml"\n'
        'exclude = ["old/"]\n',
    )
    found = settings("processes/payroll")
    assert (found.acceptances, found.baseline) == ("processes/acc.yaml", "base.json")
    assert found.questionnaire == "processes/method.yaml"
    assert (found.exclude_from, found.root) == ("processes", "processes")
    monkeypatch.chdir("processes/payroll")
    found = settings()
    assert (found.acceptances, found.baseline) == ("../acc.yaml", "../../base.json")
    assert (found.questionnaire, found.exclude_from) == ("../method.yaml", "..")
    assert shown()["baseline"] == ("../../base.json", "../bpo-assess.toml:2")


def test_a_path_that_is_given_is_seen_from_here() -> None:
    write("processes/bpo-assess.toml", 'baseline = "base.json"\n')
    found = configured({"acceptances": "acc.yaml"}).settings("processes")
    assert (found.acceptances, found.baseline) == ("acc.yaml", "processes/base.json")


def test_the_clock_is_read_once_and_only_for_today() -> None:
    write("processes/bpo-assess.toml", 'as-of = "today"\n')
    write("other/bpo-assess.toml", 'as-of = "today"\nfirm = true\n')
    days = iter([TODAY])
    found = Configurations({}, {}, clock=lambda: next(days))
    assert found.settings(".").as_of is None
    assert found.settings("processes").as_of == TODAY
    assert found.settings("other").as_of == TODAY
    assert shown("other", found)["as-of"][0] == "today"


# What is refused, and where


def test_an_unknown_key_is_refused_with_the_one_that_is_meant() -> None:
    write("pyproject.toml", "[project]\n\n[tool.bpo-assess]\nfirm = true\n  min_candidacy = 70\n")
    (problem,) = problems()
    assert places() == ["pyproject.toml:5:3 `min_candidacy` is no key of the configuration"]
    assert problem.hint == "did you mean `min-candidacy`?"


def test_all_problems_of_a_file_are_said_in_one_go_each_at_its_place() -> None:
    write(
        "pyproject.toml",
        "[tool.other]\nfirm = 1\n[tool]\n"
        'bpo-assess = { frim = true, "min-coverage" = 2, ignore = [\n'
        '  "BPO413", # known\n'
        '  "BPO999" ] , \'fail\' = """\n"x""""" }\n'
        "[tool.another.bpo-assess]\nfirm = 1\n",
    )
    assert places() == [
        "pyproject.toml:4:16 `frim` is no key of the configuration",
        "pyproject.toml:4:46 `min-coverage` takes a share from 0 to 1, or a percentage such as 80%",
        "pyproject.toml:4:58 `ignore` takes a list of codes of rules that can be accepted, such as BPO413",
        "pyproject.toml:6:16 `fail` is no key of the configuration",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[tool.bpo-assess]\n[tool.bpo-assess.check]\nfirm = true\n", "2:18 `check` is no key"),
        ("[tool.bpo-assess]\ncheck.firm = true\n", "2:1 `check` is no key"),
        ("[tool]\nbpo-assess.chek = 1\n", "2:12 `chek` is no key"),
        ("[tool.\"bpo-assess\"]\n'chek' = 1\n", "2:1 `chek` is no key"),
        ("[ tool . 'bpo-assess' ]\nchek=1", "2:1 `chek` is no key"),
        ("tool.bpo-assess.chek = 1\n", "1:17 `chek` is no key"),
        ('x = """\n[tool.bpo-assess]\nchek = 1\n"""\n[tool.bpo-assess]\nchek = 1\n', "6:1 `chek`"),
        ("x = '''[tool.bpo-assess]''''\n[tool.bpo-assess]\nchek = 1\n", "3:1 `chek` is no key"),
        ("[[tool.bpo-assess]]\nfirm = true\n", "1:8 [tool.bpo-assess] is one table"),
        ("[tool]\nbpo-assess = 3\n", "2:1 [tool.bpo-assess] is one table"),
        ("[tool.bpo-assess]\n[tool.bpo-assess]\n", "2:17 the file is not valid TOML: the same"),
        ("[tool.bpo-assess]\nfirm = true\nfirm = true\n", "3:12 the file is not valid TOML: the"),
        ("[tool.bpo-assess]\r\nchek = 1\r\n", "2:1 `chek` is no key"),
        ("\ufeff[tool.bpo-assess]\nchek = 1\n", "2:1 `chek` is no key"),
    ],
)
def test_a_key_is_found_however_it_is_written(text: str, place: str) -> None:
    Path("pyproject.toml").write_bytes(text.encode())
    (found,) = places()
    assert found.startswith(f"pyproject.toml:{place}")


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("pyproject.toml", "[tool.bpo-assess.check]\nfirm = true", "[tool.bpo-assess] itself"),
        ("bpo-assess.toml", "[check]\nfirm = true", "the keys stand at the top"),
        ("bpo-assess.toml", "[tool.bpo-assess]\nfirm = true", "is for pyproject.toml"),
    ],
)
def test_keys_in_a_table_too_many_are_told_where_they_belong(
    name: str, text: str, hint: str
) -> None:
    write(name, text)
    (problem,) = problems()
    assert hint in str(problem.hint)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("firm = tru", "1:8 the file is not valid TOML: this is no value; text stands in quotes"),
        ("firm true", "1:6 the file is not valid TOML: `=` is expected behind a key"),
        ("a = 1 b = 2", "1:7 the file is not valid TOML: a line should end behind its value"),
        ("a = [1\nb = 2", "2:1 the file is not valid TOML: a bracket is opened, and not"),
        ('a = "b', "1:7 the file is not valid TOML: a quotation mark is opened, and never"),
        ('a = "C:\\dir"', "1:10 the file is not valid TOML: a backslash in double quotes"),
        ("as-of = 2026-02-30", "1:9 the file is not valid TOML: there is no such day or time"),
        ("[a", "1:3 the file is not valid TOML: a bracket is opened"),
        ("a = 1\na.b = 2", "2:8 the file is not valid TOML: the same name is given twice"),
        ("a = {b = 1}\na.c = 2", "2:8 the file is not valid TOML: this belongs to something that"),
        ("= 1", "1:1 the file is not valid TOML: a key or a table is expected"),
        ("a = 1\x1b", "1:6 the file is not valid TOML: "),
    ],
)
def test_broken_toml_is_explained_in_our_words(text: str, place: str) -> None:
    write("bpo-assess.toml", text)
    (found,) = places()
    assert found.startswith(f"bpo-assess.toml:{place}")
    assert "(at " not in found


# Extending


def test_a_configuration_takes_over_what_it_extends_and_its_own_keys_win() -> None:
    write("../repository/base.toml", 'firm = true\nmin-readiness = 1\nbaseline = "base.json"\n')
    write("shared/team.toml", 'extend = "../base.toml"\nmin-readiness = 2\nexclude = ["old/"]\n')
    write("processes/bpo-assess.toml", 'extend = "../shared/team.toml"\nmin-candidacy = 3\n')
    rows = shown("processes/payroll")
    assert rows["extend"] == ("shared/team.toml", "processes/bpo-assess.toml:1")
    assert rows["min-candidacy"] == ("3", "processes/bpo-assess.toml:2")
    assert rows["min-readiness"] == ("2", "shared/team.toml:2")
    assert rows["firm"] == ("true", "base.toml:1")
    assert rows["baseline"] == ("base.json", "base.toml:3")
    found = settings("processes/payroll")
    assert (found.exclude_from, found.root) == ("shared", "processes")


def test_a_shared_file_can_be_extended() -> None:
    write("pyproject.toml", "[tool.bpo-assess]\nfirm = true\n")
    write("processes/bpo-assess.toml", 'extend = "../pyproject.toml"\n')
    assert shown("processes")["firm"] == ("true", "pyproject.toml:2")
    write("pyproject.toml", "[tool.other]\n")
    assert places("processes") == [
        "processes/bpo-assess.toml:1:10 `extend` leads to pyproject.toml, which has no table "
        "[tool.bpo-assess]"
    ]


@pytest.mark.parametrize(
    ("base", "why"),
    [
        ("missing.toml", "missing.toml, and there is no such file"),
        ("bpo-assess.toml", "bpo-assess.toml, which is this file itself"),
        ("./processes/../bpo-assess.toml", "bpo-assess.toml, which is this file itself"),
        ("../outside.toml", "../outside.toml, which lies outside the repository, or is linked to"),
        ("link.toml", "link.toml, which lies outside the repository, or is linked to"),
        ("config.toml", "config.toml, which lies outside the repository, or is linked to another"),
        ("processes.toml", "processes.toml, and there is no such file"),
    ],
)
def test_what_cannot_be_extended_is_refused_at_its_line(base: str, why: str) -> None:
    write("../outside.toml", "hunter2")
    write(".git/config", "hunter2")
    Path("link.toml").symlink_to("../outside.toml")
    Path("config.toml").symlink_to(".git/config")
    Path("processes.toml").symlink_to("processes")
    write("bpo-assess.toml", f'firm = true\nextend = "{base}"\n')
    (found,) = places()
    assert found.startswith(f"bpo-assess.toml:2:10 `extend` leads to {why}")
    assert "hunter2" not in "".join(frames(problems()))


@pytest.mark.parametrize("key", ["acceptances", "baseline", "questionnaire"])
@pytest.mark.parametrize("path", ["../outside.yaml", "link.yaml", "config.yaml"])
def test_no_configuration_makes_a_file_be_read_that_lies_elsewhere(key: str, path: str) -> None:
    write("../outside.yaml", "hunter2")
    write(".git/config", "hunter2")
    Path("link.yaml").symlink_to("../outside.yaml")
    Path("config.yaml").symlink_to(".git/config")
    write("bpo-assess.toml", f'firm = true\n{key} = "{path}"\n')
    (found,) = places()
    assert f"`{key}` leads to " in found
    assert "which lies outside the repository, or is linked to another kind of file" in found


def test_from_outside_a_repository_its_configuration_means_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("bpo-assess.toml", 'questionnaire = "screening"\nacceptances = "acceptances.yaml"\n')
    monkeypatch.chdir(tmp_path)
    assert shown("repository")["questionnaire"] == ("screening", "repository/bpo-assess.toml:1")


def test_files_that_extend_each_other_in_a_circle_are_refused() -> None:
    write("bpo-assess.toml", 'extend = "a.toml"\n')
    write("a.toml", '\nextend = "b.toml"\n')
    write("b.toml", 'extend = "bpo-assess.toml"\n')
    assert places() == ["b.toml:1:10 `extend` leads to bpo-assess.toml, which is extended by it"]


def test_a_chain_without_end_is_refused() -> None:
    write("bpo-assess.toml", 'extend = "0.toml"\n')
    for number in range(40):
        write(f"{number}.toml", f'extend = "{number + 1}.toml"\n')
    (found,) = places()
    assert "at most 20 files can extend each other" in found


def test_problems_of_all_files_of_a_chain_are_said_in_one_go() -> None:
    write("bpo-assess.toml", 'frim = 1\nextend = "base.toml"\n')
    write("base.toml", "min-readiness = 101\nx = 1\n")
    assert places() == [
        "bpo-assess.toml:1:1 `frim` is no key of the configuration",
        "base.toml:1:17 `min-readiness` takes a score from 0 to 100",
        "base.toml:2:1 `x` is no key of the configuration",
    ]


# Versions


def test_another_version_is_refused_before_anything_that_it_may_know() -> None:
    write("bpo-assess.toml", 'some-day = 1\nrequires-version = ">=999"\n')
    (problem,) = problems()
    assert places() == ["bpo-assess.toml:2:20 this configuration requires bpo-assess >=999"]
    assert __version__ in str(problem.hint)


@pytest.mark.parametrize("versions", [f">={__version__}", f"=={__version__}", ">=0,<999"])
def test_this_version_is_accepted(versions: str) -> None:
    write("bpo-assess.toml", f'requires-version = "{versions}"\n')
    assert shown()["requires-version"] == (versions, "bpo-assess.toml:1")


# Hostile files


HOSTILE = "\x1b]0;owned\x07\x1b[31m\u202e\n::error::no\x9b"
ESCAPED = '"' + "".join(f"\\u{ord(char):04x}" for char in HOSTILE) + '"'
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|^::", re.MULTILINE)


@pytest.mark.parametrize(
    "text",
    [
        f"{ESCAPED} = 1\n",
        f"[{ESCAPED}]\nx = 1\n",
        f"extend = {ESCAPED}\n",
        f'extend = "{HOSTILE!r}.toml"\n'.replace("\\x", "\\u00"),
        f"firm = {ESCAPED}\n",
        f"{HOSTILE} = 1\n",
        f"firm = '{HOSTILE}'\n",
        f"# {HOSTILE}\n",
    ],
)
def test_no_text_of_a_file_acts_on_a_screen(text: str) -> None:
    write("bpo-assess.toml", text)
    found = problems()
    assert found
    for problem in found:
        assert not UNSAFE.search(problem.message + str(problem.hint) + str(problem.file))
        assert "\n" not in problem.message
        assert not UNSAFE.search("".join(frames([problem])))


def test_no_name_of_a_folder_acts_on_a_screen() -> None:
    write("a\x1b[31m/bpo-assess.toml", "frim = 1\n")
    (problem,) = problems("a\x1b[31m")
    assert problem.file == "a\\x1b[31m/bpo-assess.toml"
    Path("a\x1b[31m/.bpo-assess.toml").symlink_to("bpo-asses\x1b.toml")
    Path("a\x1b[31m/bpo-assess.toml").rename("a\x1b[31m/bpo-assess\x1b.toml")
    (missing,) = problems("a\x1b[31m")
    assert missing.file == "a\\x1b[31m/.bpo-assess.toml"
    assert not UNSAFE.search("".join(frames([missing])))
    write("a\x1b[31m/bpo-assess.toml", "firm = true\n")
    assert shown("a\x1b[31m")["firm"] == ("true", "a\\x1b[31m/bpo-assess.toml:1")


@pytest.mark.parametrize(
    "text",
    [
        f"min-candidacy = {'9' * 10_000}\n",
        f"min-candidacy = 0x{'f' * 3_900}\n",
        f"min-candidacy = 1.{'9' * 3_900}\n",
        f"{'k' * 10_000} = 1\n",
        f"require = {'[' * 100_000}\n",
        f"require = {'[' * 100}{']' * 100}\n",
        f"require = {'{a=' * 100}1{'}' * 100}\n",
        f"{'a.' * 100_000}a = 1\n",
        f"[{'a.' * 100_000}a]\n",
        'require = "' + "x" * 200_000,
        '"""' * 50_000,
        'a = "' + "\\" * 200_000,
        "x = 1\n" * 40_000,
        "".join(f"x{number} = 1\n" for number in range(20_000)),
        "firm = true\n" + "#" * MOST_BYTES,
    ],
    ids=lambda text: f"{text[:12]!r}-{len(text)}",
)
def test_more_than_can_be_meant_is_refused_shortly(text: str) -> None:
    write("bpo-assess.toml", text)
    found = problems()
    assert 1 <= len(found) <= 100
    for problem in found:
        assert problem.file == "bpo-assess.toml"
        assert len(problem.message) < 200


@pytest.mark.parametrize("name", ["bpo-assess.toml", "pyproject.toml"])
def test_a_file_of_more_than_five_megabytes_is_refused(name: str) -> None:
    write(name, "# nothing\n" * 510_000 + "[tool.bpo-assess]\n")
    assert places() == [f"{name}:- a configuration has at most 0.25 MB, this file has more"]


def test_a_large_shared_file_that_does_not_name_us_is_passed_over() -> None:
    write("pyproject.toml", "# nothing\n" * 100_000)
    assert settings() == Settings()


# Places


VALID = [
    "",
    "a = 1",
    "a = \"x\" # c\nb = 'y'\n\n[t]\n\"q r\" = 2026-01-01 10:00:00\n's.t'.u = 0x1F",
    '[[x]]\na = 1\n[[x]]\nb = [ # c\n 1, [2, 3,],\n {c = 1, d.e = "]"},\n]\n',
    'a = """x " "" \\""" y"""""\nb = \'\'\'it\'\'s\'\'\'\'\nc = """"""\nd = \'\'\'\'\'\'',
    "a.b.c = {}\na.b.d = [ ]\n\t# end",
    'k = "\\\\"\n"\\"" = "#"\n"" = 1',
    "a = inf\nb = -nan\nc = +1_000.5e-3\nd = 07:32:00\r\ne = true",
]


@pytest.mark.parametrize("text", VALID)
def test_every_key_of_a_file_has_a_place(text: str) -> None:
    assert missed(text) == []


CHANGES = st.tuples(
    st.integers(0, 80),
    st.integers(0, 3),
    st.sampled_from([*"\"'[]{}=.,#\\\n a1", '"""', "''", "x=1\n"]),
)


@given(st.lists(st.sampled_from(VALID), min_size=1, max_size=2), st.lists(CHANGES, max_size=3))
def test_every_key_of_any_file_that_is_read_has_a_place(
    texts: list[str], changes: list[tuple[int, int, str]]
) -> None:
    text = "\n".join(texts)
    for at, length, put in changes:
        text = text[:at] + put + text[at + length :]
    try:
        tomllib.loads(text)
    except ValueError:
        with pytest.raises(InputError):
            read_toml(text.encode(), "x.toml")
        return
    assert missed(text) == []


def missed(text: str) -> list[tuple[str, ...]]:
    """List the keys that do not stand at their places."""
    file = read_toml(text.encode(), "x.toml")
    found = []
    for path in paths_in(tomllib.loads(text)):
        start, length = file.keys.get(path, (0, 0))
        word = file.text[start : start + length]
        if not word or tomllib.loads(f"{word} = 1") != {path[-1]: 1}:
            found.append(path)
    return found


def paths_in(data: dict[str, Any], above: tuple[str | int, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in data.items():
        path: tuple[Any, ...] = (*above, key)
        yield path
        if isinstance(value, dict):
            yield from paths_in(value, path)
