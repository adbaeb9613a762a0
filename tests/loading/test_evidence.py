"""The files that a description names: there, within its repository, not empty, and still the same."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from bpo_assess.diagnostics import Severity
from bpo_assess.loading import evidence
from bpo_assess.loading.evidence import (
    DEEPEST,
    LONGEST_NAME,
    MOST_FILES,
    doubt,
    doubts_about_files,
    signature,
)
from builders import process


def doubts(folder: Path, *evidence: Any, **stated: Any) -> list[str]:
    described = process({"exit-plan": {"level": 3, "evidence": list(evidence)}}, **stated)
    return [doubt.code for doubt in doubts_about_files(described, str(folder))]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository" / "processes"
    (folder / "plans").mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    (tmp_path / "outside.md").write_text("secret", encoding="utf-8")
    (tmp_path / "repository" / "shared.md").write_text("shared", encoding="utf-8")
    (folder / "plan.md").write_text("the plan", encoding="utf-8")
    (folder / "empty.md").touch()
    (tmp_path / "repository" / ".git" / "config").write_text("token", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("plan.md", None),
        ("../shared.md", None),
        ("none.md", "BPO421"),
        ("plan.md/none.md", "BPO421"),
        ("pl\0an.md", "BPO421"),
        ("../../outside.md", "BPO422"),
        ("/etc/hostname", "BPO422"),
        ("/etc/no-such-file", "BPO422"),
        ("../../no-such-file.md", "BPO422"),
        ("../../no-such-folder/plan.md", "BPO422"),
        ("plans/../../../outside.md", "BPO422"),
        ("C:\\plans\\exit.md", "BPO422"),
        ("c:plan.md", "BPO422"),
        ("\\\\server\\share\\plan.md", "BPO422"),
        ("//server/share/plan.md", "BPO422"),
        ("..\\..\\outside.md", "BPO422"),
        ("plans\\none.md", "BPO421"),
        ("../.git/config", "BPO422"),
        ("../.git", "BPO422"),
        ("../.gitignore", "BPO421"),
        ("./plan.md", None),
        ("~/plan.md", "BPO421"),
        ("y" * LONGEST_NAME, "BPO421"),
        ("./" * DEEPEST + "plan.md", None),
        ("./" * (DEEPEST + 1) + "plan.md", "BPO421"),
        ("../../../../../../../../etc/hostname", "BPO422"),
        ("empty.md", "BPO423"),
        ("plans", "BPO423"),
        ("a-long-name" * 500, "BPO421"),
        ("tbd", None),
    ],
)
def test_a_file_of_evidence_is_there_and_says_something(
    repository: Path, name: str, code: str | None
) -> None:
    assert doubts(repository, {"path": name}) == ([code] if code else [])


def test_an_address_is_not_opened(repository: Path) -> None:
    assert doubts(repository, {"url": "https://intranet.example/plan"}) == []


def test_a_link_out_of_the_repository_is_not_followed(repository: Path) -> None:
    (repository / "link.md").symlink_to(repository.parents[1] / "outside.md")
    (repository / "inside.md").symlink_to("plan.md")
    (repository / "loop.md").symlink_to("loop.md")
    assert doubts(repository, {"path": "link.md"}) == ["BPO422"]
    assert doubts(repository, {"path": "inside.md"}) == []
    assert doubts(repository, {"path": "loop.md"}) == ["BPO421"]


def test_a_file_that_was_changed_since_it_was_named_is_found(repository: Path) -> None:
    named = {"path": "plan.md", "sha256": hashlib.sha256(b"the plan").hexdigest()}
    assert doubts(repository, named) == []
    (repository / "plan.md").write_text("another plan", encoding="utf-8")
    assert doubts(repository, named) == ["BPO425"]


def test_without_a_repository_only_the_folder_itself_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    (tmp_path / "beside.md").write_text("beside", encoding="utf-8")
    assert doubts(folder, {"path": "../beside.md"}) == ["BPO422"]


def test_documents_and_instructions_that_are_files_are_looked_for(repository: Path) -> None:
    step = {"name": "Enter", "instructions": "handbook/none.md"}
    prose = {"name": "Post", "instructions": "See handbook/none.md, section 2."}
    documents = [{"title": "Plan", "path": "plan.md"}, {"title": "None", "path": "none.md"}]
    found = process({}, steps=[step, prose], documents=documents)
    paths = [doubt.path for doubt in doubts_about_files(found, str(repository))]
    assert paths == [("documents", 1, "path"), ("steps", 0, "instructions")]


def test_a_link_says_nothing_of_what_there_is_outside(repository: Path) -> None:
    (repository / "there").symlink_to(repository.parents[1])
    (repository / "nowhere").symlink_to(repository.parents[1] / "no-such-folder")
    for name in ("there/outside.md", "there/none.md", "nowhere/none.md", "there", "nowhere"):
        assert doubts(repository, {"path": name}) == ["BPO422"]
        assert signature(name, str(repository)) == ()


def test_what_is_no_file_is_never_opened(repository: Path) -> None:
    os.mkfifo(repository / "pipe.md")
    (repository / "null.md").symlink_to("/dev/null")
    named = {"sha256": "0" * 64}
    assert doubts(repository, {"path": "pipe.md"} | named) == ["BPO421"]
    assert doubts(repository, {"path": "null.md"} | named) == ["BPO422"]


def test_a_pipe_that_takes_the_place_of_a_file_keeps_nobody_waiting(repository: Path) -> None:
    target = repository / "plan.md"
    seen = target.stat()
    target.unlink()
    os.mkfifo(target)
    with pytest.raises(OSError, match=r"^$"):
        evidence._fingerprint(str(target), seen.st_ino, seen.st_size, seen.st_mtime_ns)


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(repository: Path) -> None:
    target = repository / "plan.md"
    seen = (repository.parents[1] / "outside.md").stat()
    target.unlink()
    target.symlink_to(repository.parents[1] / "outside.md")
    with pytest.raises(OSError, match="symbolic links"):
        evidence._fingerprint(str(target), seen.st_ino, seen.st_size, seen.st_mtime_ns)


def test_a_file_that_is_too_large_to_be_verified_is_said_to_be(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "LARGEST", 4)
    described = process({"a": {"level": 3, "evidence": {"path": "plan.md", "sha256": "0" * 64}}})
    (found,) = doubts_about_files(described, str(repository))
    assert (found.code, found.severity) == ("BPO421", Severity.ERROR)
    assert "cannot be verified" in found.message
    assert doubts(repository, {"path": "plan.md"}) == []


def test_a_file_that_may_not_be_read_is_there_unless_it_has_to_be_verified(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert doubts(repository, {"path": "plan.md"}) == []
    assert doubts(repository, {"path": "plan.md", "sha256": "1" * 64}) == ["BPO421"]


def test_findings_go_by_what_the_file_proves_and_stand_where_it_is_named(repository: Path) -> None:
    control = {"id": "a-control", "status": "in-place", "evidence": ["none.md", "plan.md"]}
    described = process(
        {"exit-plan": {"level": 3, "evidence": ["plan.md", "gone.md"]}},
        controls=[control],
        documents=["lost.md"],
    )
    found = [(d.path, d.subject) for d in doubts_about_files(described, str(repository))]
    assert found == [
        (("answers", "exit-plan", "evidence", 1, "path"), "answers/exit-plan"),
        (("controls", 0, "evidence", 0, "path"), "controls/a-control"),
        (("documents", 0, "path"), "documents/lost.md"),
    ]


def test_what_single_people_name_is_looked_for_as_well(repository: Path) -> None:
    described = process({}, answers_by={"Ann": {"exit-plan": {"level": 2, "evidence": "gone.md"}}})
    found = [(d.path, d.subject) for d in doubts_about_files(described, str(repository))]
    assert found == [
        (("answers_by", "Ann", "exit-plan", "evidence", 0, "path"), "answers_by/Ann/exit-plan")
    ]


def test_a_file_that_is_named_often_is_looked_at_once(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    reach = evidence._reach

    def counting(name: str, folder: str) -> object:
        looked.append(name)
        return reach(name, folder)

    monkeypatch.setattr(evidence, "_reach", counting)
    assert doubts(repository, *["none.md"] * 50) == ["BPO421"] * 50
    assert looked == ["none.md"]


def test_of_very_many_files_the_first_are_looked_at_and_the_others_are_no_pass(
    repository: Path,
) -> None:
    names = [f"./{'/' * (n % 32)}{'./' * (n // 32)}plan.md" for n in range(MOST_FILES + 1)]
    assert len(set(names)) == len(names)
    evidence = [{"path": name} for name in names[:900]]
    described = process(
        {"exit-plan": {"level": 3, "evidence": evidence}},
        documents=[{"path": name} for name in names[900:]],
    )
    (closing,) = doubts_about_files(described, str(repository))
    assert (closing.code, closing.severity) == ("BPO421", Severity.ERROR)
    assert "only the first 1,000" in closing.message


def test_a_signature_stays_while_nothing_changes_and_changes_with_the_file(
    repository: Path,
) -> None:
    folder = str(repository)
    before = signature("plan.md", folder)
    assert before
    assert signature("plan.md", folder) == before
    (repository / "plan.md").write_text("a longer plan", encoding="utf-8")
    assert signature("plan.md", folder) not in {before, None, ()}
    (repository / "plan.md").unlink()
    assert signature("plan.md", folder) is None


def test_a_signature_is_that_of_the_file_that_a_link_leads_to(repository: Path) -> None:
    folder = str(repository)
    (repository / "link.md").symlink_to("plan.md")
    before = signature("link.md", folder)
    assert before == signature("plan.md", folder)
    (repository / "plan.md").write_text("a longer plan", encoding="utf-8")
    assert signature("link.md", folder) != before


@pytest.mark.parametrize("name", ["none.md", "pl\0an.md", "x" * 5000])
def test_what_is_not_there_has_no_signature(repository: Path, name: str) -> None:
    assert signature(name, str(repository)) is None
    assert doubt(name, None, str(repository)) == "BPO421"


def test_what_lies_outside_has_a_signature_that_tells_nothing(repository: Path) -> None:
    for name in ("../../outside.md", "../../none.md", "/etc/hostname"):
        assert signature(name, str(repository)) == ()
        assert doubt(name, None, str(repository)) == "BPO422"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (".", ""),
        ("..", ""),
        ("../", ""),
        ("../..", "BPO422"),
        ("../processes/..", ""),
        ("", ""),
        ("\ud800.md", "BPO421"),
    ],
)
def test_a_name_need_not_look_like_one(repository: Path, name: str, code: str) -> None:
    assert doubt(name, None, str(repository)) == code
