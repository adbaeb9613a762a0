"""The house: who may import whom, what starts quickly, and what the code may not know."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter import cli as import_linter

from shipped import EXAMPLES, ROOT, method_of

SOURCES = sorted((ROOT / "src" / "bpo_assess").rglob("*.py"))
HEAVY = {"yaml", "numpy", "highspy", "rich.console", "bpo_assess.model.process"}


def test_every_floor_knows_only_the_floors_below() -> None:
    assert (
        import_linter.lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0
    )


def imported_by(*arguments: str) -> set[str]:
    """Run the program in a fresh process and return the modules that it imported."""
    script = (
        "import sys; from bpo_assess.cli.boundary import run; import io, contextlib\n"
        f"with contextlib.redirect_stdout(io.StringIO()): code = run({list(arguments)!r})\n"
        "print('\\n'.join(sys.modules)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        *(
            [command, "--help"]
            for command in (
                "score",
                "check",
                "explain",
                "plan",
                "compare",
                "sensitivity",
                "weights",
            )
        ),
    ],
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    loaded = imported_by(*arguments)
    assert not loaded & HEAVY


def test_a_report_for_machines_imports_nothing_that_draws() -> None:
    loaded = imported_by("score", f"examples/{EXAMPLES[0]}", "-f", "json")
    assert not {name for name in loaded if name.split(".")[0] == "rich"}
    assert not {"bpo_assess.reports.terminal", "bpo_assess.reports.markdown"} & loaded


def test_the_version_imports_next_to_nothing() -> None:
    script = "import sys; sys.argv = ['bpo-assess', '--version']\n"
    script += "from bpo_assess.__main__ import main\n"
    script += "try: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert not {"typer", "rich", "pydantic", "yaml"} & set(done.stderr.split())


def texts_in(path: Path) -> set[str]:
    """Collect the string constants of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


def test_the_code_knows_no_id_of_the_shipped_method() -> None:
    method = method_of("readiness")
    ids = {*method.questions, *method.dimensions, *(axis.id for axis in method.axes)}
    ids |= {risk.id for risk in method.risks}
    ids |= {control.id for risk in method.risks for control in risk.controls}
    ids |= {verdict.id for verdict in method.decision.verdicts}
    ids |= {part.id for part in method.alternatives} | {part.id for part in method.delivery}
    ids |= {part.id for part in method.benefits}
    ordinary = {"data", "kpis", "roles", "market", "people", "cost", "scale"}
    ids -= ordinary
    known = {
        (path.relative_to(ROOT).as_posix(), text)
        for path in SOURCES
        for text in texts_in(path) & ids
    }
    assert known == {("src/bpo_assess/loading/__init__.py", "readiness")}


def test_no_module_grows_beyond_what_a_reader_takes_in() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").split("\n"))
        for path in SOURCES
    }
    del long["src/bpo_assess/diagnostics/codes.py"]  # a table of texts, one entry a code
    assert {name: lines for name, lines in long.items() if lines > 650} == {}
