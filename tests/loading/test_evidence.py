"""The files that a description names: there, within its repository, not empty, and still the same."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from bpo_assess.loading.evidence import doubts_about_files
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
    assert paths == [("documents", 1), ("steps", 0, "instructions")]
