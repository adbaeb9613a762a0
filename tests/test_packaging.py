"""What is installed: a wheel outside the checkout and an editable install both find their questionnaires."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from running import ROOT, run

pytestmark = pytest.mark.slow

FIXED = {"SOURCE_DATE_EPOCH": "1767225600"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the source distribution, without a build environment of its own."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **FIXED})
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_the_methods_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "bpo_assess/questionnaires/readiness.yaml" in names
    assert "bpo_assess/questionnaires/templates/questionnaire.yaml" in names
    assert "bpo_assess/py.typed" in names
    assert "bpo_assess/reports/templates/report.css" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"bpo_assess"}


def test_the_installed_wheel_scores_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    site = next((tmp_path / "env").glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # The dependencies are those of the running environment: what is tried here is the wheel.
    libraries = Path(sys.executable).parent.parent / site.relative_to(tmp_path / "env")
    process = tmp_path / "p.yaml"
    process.write_text("format: bpo-assess/process/v1\nid: p\nname: P\n", encoding="utf-8")
    script = (
        f"import sys; sys.path[:0] = [{str(site)!r}]; sys.path.append({str(libraries)!r})\n"
        "import bpo_assess; from bpo_assess.__main__ import main\n"
        "assert bpo_assess.__file__.startswith(sys.path[0]), bpo_assess.__file__\n"
        "sys.argv = ['bpo-assess', 'score', 'p.yaml', '-f', 'html']; main()"
    )
    done = subprocess.run(
        [str(tmp_path / "env/bin/python"), "-I", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert "Undetermined" in done.stdout
    assert done.stdout.endswith("</html>\n")


def test_the_editable_install_reads_the_questionnaires_that_people_edit(tmp_path: Path) -> None:
    done = run("questionnaire", "list", cwd=tmp_path)
    assert done.code == 0
    assert "readiness 1.0.0" in done.out
