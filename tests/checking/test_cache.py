"""What is remembered between runs: it saves work where nothing changed, and is never trusted further."""

import os
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from bpo_assess.checking import many_files
from bpo_assess.checking.one_file import Checked, Checker, Where
from bpo_assess.checking.planning import Request
from bpo_assess.gate.finding import CheckedFile
from bpo_assess.loading.configuration import Configurations
from bpo_assess.loading.evidence import doubt

HEAD = "format: bpo-assess/process/v1\nid: {id}\nname: {id}\nreviewed: 2026-10-01\n"
PROVEN = "answers: {{exit-plan: {{level: 3, evidence: {{path: plan.md, sha256: {sha}}}}}}}\n"


@dataclass
class Folder:
    """A folder that is checked again and again, and how many files were looked into the last time."""

    path: Path
    looked_into: list[str]

    def check(self, *, cache: bool = True, **options: str) -> list[CheckedFile]:
        self.looked_into.clear()
        given: Mapping[str, str] = {name.replace("_", "-"): text for name, text in options.items()}
        request = Request(["."], Configurations(given, {}), cache=cache, workers=1)
        return list(many_files.check(request, lambda *_: None).run.files)

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    place = tmp_path / "repository"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    looked_into: list[str] = []
    check = Checker.check

    def counted(self: Checker, raw: bytes, where: Where) -> Checked:
        looked_into.append(where.name)
        return check(self, raw, where)

    monkeypatch.setattr(Checker, "check", counted)
    found = Folder(place, looked_into)
    for name in ("claims", "payroll"):
        found.write(f"{name}.yaml", HEAD.format(id=name))
    return found


def base(folder: Folder) -> Path:
    return next((folder.path.parent / "cache" / "bpo-assess").glob("*.sqlite"))


def codes(files: list[CheckedFile], name: str) -> set[str]:
    return {f.diagnostic.code for file in files if file.name == name for f in file.findings}


def test_unchanged_files_are_not_looked_into_again(folder: Folder) -> None:
    first = folder.check(as_of="2026-11-01", min_candidacy="70")
    assert folder.looked_into == ["claims.yaml", "payroll.yaml"]
    assert folder.check(as_of="2026-11-01", min_candidacy="70") == first
    assert folder.looked_into == []


def test_a_file_is_known_by_its_content_where_its_times_changed(folder: Folder) -> None:
    first = folder.check()
    os.utime(folder.path / "claims.yaml", (1, 1))
    assert folder.check() == first
    assert folder.looked_into == []


def test_a_file_is_looked_into_again_once_it_changed(folder: Folder) -> None:
    folder.check()
    folder.write("claims.yaml", HEAD.format(id="klaims"))
    assert [file.process for file in folder.check()] == ["klaims", "payroll"]
    assert folder.looked_into == ["claims.yaml"]


def test_a_change_of_the_same_size_within_the_same_moment_is_seen(folder: Folder) -> None:
    folder.check()
    path = folder.path / "claims.yaml"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    folder.write("claims.yaml", HEAD.format(id="clamis"))
    os.utime(path, ns=times)
    assert folder.check()[0].process == "clamis"


def test_the_day_matters_to_a_file_that_holds_dates_and_to_no_other(folder: Folder) -> None:
    folder.write("undated.yaml", "format: bpo-assess/process/v1\nid: undated\nname: Undated\n")
    folder.check(as_of="2026-11-01")
    later = folder.check(as_of="2029-11-01")
    assert folder.looked_into == ["claims.yaml", "payroll.yaml"]
    assert "BPO406" in codes(later, "claims.yaml")


def test_other_requirements_are_another_memory(folder: Folder) -> None:
    assert "BPO502" not in codes(folder.check(), "claims.yaml")
    assert "BPO502" in codes(folder.check(min_candidacy="70"), "claims.yaml")
    assert "BPO502" not in codes(folder.check(), "claims.yaml")
    assert folder.looked_into == []


def test_a_changed_questionnaire_is_another_memory(folder: Folder) -> None:
    method = Path(__file__).parents[1] / "methods" / "cleaning-contract.yaml"
    text = method.read_text(encoding="utf-8")
    folder.write("method.yaml", text)
    folder.check(questionnaire="./method.yaml")
    folder.check(questionnaire="./method.yaml")
    assert folder.looked_into == []
    folder.write("method.yaml", text + "# another word\n")
    folder.check(questionnaire="./method.yaml")
    assert folder.looked_into == ["claims.yaml", "payroll.yaml"]


def _proven(folder: Folder) -> None:
    plan = folder.write("plan.md", "# The plan\n")
    proof = PROVEN.format(sha=sha256(plan.read_bytes()).hexdigest())
    folder.write("claims.yaml", HEAD.format(id="claims") + proof)


def test_evidence_that_is_gone_is_missed_though_the_description_is_the_same(folder: Folder) -> None:
    _proven(folder)
    assert "BPO421" not in codes(folder.check(), "claims.yaml")
    (folder.path / "plan.md").unlink()
    assert "BPO421" in codes(folder.check(), "claims.yaml")


def test_evidence_that_changed_is_noticed_though_the_description_is_the_same(
    folder: Folder,
) -> None:
    _proven(folder)
    assert "BPO425" not in codes(folder.check(), "claims.yaml")
    folder.write("plan.md", "# The plot\n")
    assert "BPO425" in codes(folder.check(), "claims.yaml")
    assert "BPO425" in codes(folder.check(), "claims.yaml")


def test_evidence_of_old_is_not_read_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    _proven(folder)
    monkeypatch.setattr("bpo_assess.checking.cache.YOUNG_NS", -time.time_ns())
    folder.check()
    read: list[str | None] = []

    def noted(name: str, stated: str | None, place: str) -> str:
        read.append(stated)
        return doubt(name, stated, place)

    monkeypatch.setattr("bpo_assess.checking.cache.doubt", noted)
    folder.check()
    assert read == []


def test_what_cannot_be_assessed_is_not_remembered(folder: Folder) -> None:
    folder.write("claims.yaml", "format: bpo-assess/process/v1\nid: [\n")
    folder.check()
    folder.check()
    assert folder.looked_into == ["claims.yaml"]


def test_a_broken_memory_is_begun_anew(folder: Folder) -> None:
    first = folder.check()
    base(folder).write_bytes(b"no base of anything, and longer than a header would have to be" * 99)
    assert folder.check() == first
    assert folder.looked_into == ["claims.yaml", "payroll.yaml"]
    assert folder.check() == first
    assert folder.looked_into == []


@pytest.mark.parametrize("column", ["packed", "state", "sha256", "day", "evidence", "seal"])
def test_an_entry_that_somebody_changed_is_passed_over(folder: Folder, column: str) -> None:
    first = folder.check(as_of="2026-11-01")
    with sqlite3.connect(base(folder)) as changed:
        changed.execute(f"update entries set {column} = x'7b7d'")  # noqa: S608  a name of our own
    changed.close()
    assert folder.check(as_of="2026-11-01") == first
    assert folder.looked_into == ["claims.yaml", "payroll.yaml"]


def test_entries_of_another_user_are_passed_over(folder: Folder) -> None:
    first = folder.check()
    (base(folder).parent / "key").write_bytes(b"k" * 32)
    assert folder.check() == first
    assert folder.looked_into == ["claims.yaml", "payroll.yaml"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_key_that_others_can_read_is_not_used(folder: Folder) -> None:
    folder.check()
    (base(folder).parent / "key").chmod(0o644)
    folder.check()
    assert folder.looked_into == ["claims.yaml", "payroll.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_key_that_is_a_pipe_keeps_nobody_waiting(folder: Folder) -> None:
    folder.check()
    key = base(folder).parent / "key"
    key.unlink()
    os.mkfifo(key, 0o600)
    folder.check()
    assert len(folder.looked_into) == 2


def test_a_cache_that_cannot_be_made_costs_nothing_but_time(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = folder.check(cache=False)
    blocked = folder.path.parent / "blocked"
    blocked.write_text("a file where a folder would have to be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert folder.check() == first


def test_a_locked_cache_costs_nothing_but_time(folder: Folder) -> None:
    first = folder.check()
    with sqlite3.connect(base(folder)) as other:
        other.execute("begin exclusive")
        assert folder.check() == first
    other.close()


def test_without_a_cache_nothing_is_written(folder: Folder) -> None:
    folder.check(cache=False)
    assert not (folder.path.parent / "cache").exists()


def test_names_that_are_no_text_are_remembered_as_well(folder: Folder) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    try:
        (folder.path / name).write_text(HEAD.format(id="cafe"), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    first = folder.check()
    assert folder.check() == first
    assert folder.looked_into == []
