"""A file as it was at a Git revision: found, followed, refused, and nothing of the repository run."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from bpo_assess.diagnostics import Diagnostic, InputError
from bpo_assess.loading.read import draft
from bpo_assess.loading.revisions import PastFile, method_at, read_at

AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
TEXT = "format: bpo-assess/process/v1\nid: pay\nname: Pay\n" + "".join(
    f"# line {number} of a description\n" for number in range(20)
)


def git(folder: Path, *arguments: str) -> str:
    """Run Git as a user of the scratch repository would."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-C", str(folder), *AUTHOR, *arguments],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
        env=kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "a change") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--no-verify", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with one description in a folder, of two versions."""
    root = tmp_path_factory.mktemp("revisions") / "a repository"
    (root / "processes").mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    file = root / "processes" / "pay.yaml"
    file.write_bytes(TEXT.encode())
    commit(root, "first")
    git(root, "tag", "v1")
    file.write_bytes(TEXT.replace("name: Pay", "name: Payroll").encode())
    commit(root)
    return root


@pytest.fixture
def repository(two_versions: Path, tmp_path: Path) -> Path:
    return shutil.copytree(two_versions, tmp_path / "a repository")


def refused(name: Path | str, revision: str) -> Diagnostic:
    with pytest.raises(InputError) as caught:
        read_at(str(name), revision)
    (problem,) = caught.value.diagnostics
    return problem


@pytest.mark.parametrize("revision", ["HEAD~1", "v1", "main^", "main@{1}", "HEAD^{/first}"])
def test_a_file_is_read_as_it_was(repository: Path, revision: str) -> None:
    found = read_at(str(repository / "processes" / "pay.yaml"), revision)
    commit_then = git(repository, "rev-parse", "v1")
    assert found == PastFile(TEXT.encode(), "processes/pay.yaml", commit_then, renamed=False)


def test_a_revision_can_be_a_shortened_hash(repository: Path) -> None:
    short = git(repository, "rev-parse", "--short", "v1")
    assert read_at(str(repository / "processes" / "pay.yaml"), short).raw == TEXT.encode()


def test_the_name_may_be_relative_and_lead_through_a_link(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(repository / "processes")
    monkeypatch.chdir(tmp_path)
    assert read_at("link/pay.yaml", "v1").path == "processes/pay.yaml"
    monkeypatch.chdir(repository / "processes")
    assert read_at("pay.yaml", "v1").raw == TEXT.encode()


def test_what_is_not_committed_does_not_matter(repository: Path) -> None:
    file = repository / "processes" / "pay.yaml"
    file.unlink()
    assert read_at(str(file), "HEAD").raw.startswith(b"format")


def test_a_renamed_file_is_followed_to_its_earlier_name(repository: Path) -> None:
    git(repository, "mv", "processes/pay.yaml", "payroll.yaml")
    commit(repository)
    found = read_at(str(repository / "payroll.yaml"), "v1")
    assert (found.path, found.renamed, found.raw) == ("processes/pay.yaml", True, TEXT.encode())


@pytest.mark.parametrize("name", ["-rf.yaml", "a:b.yaml", "*.yaml", "ü [x].yaml", "a\nb.yaml"])
def test_odd_names_are_only_names(repository: Path, name: str) -> None:
    (repository / name).write_text(TEXT, encoding="utf-8")
    commit(repository)
    assert read_at(str(repository / name), "HEAD").path == name
    assert "no such file" in refused(repository / name, "v1").message


def test_a_file_that_did_not_exist_then_is_refused(repository: Path) -> None:
    (repository / "new.yaml").write_text("format: bpo-assess/process/v1\n", encoding="utf-8")
    commit(repository)
    problem = refused(repository / "new.yaml", "v1")
    assert (problem.code, problem.message) == (
        "BPO101",
        "there was no such file at revision `v1`",
    )


@pytest.mark.parametrize(
    "revision", ["v2", "HEAD~9", "v1:processes", "v1..HEAD", "", "HEAD^{tree}"]
)
def test_what_is_no_revision_is_refused(repository: Path, revision: str) -> None:
    problem = refused(repository / "processes" / "pay.yaml", revision)
    assert problem.code == "BPO101"
    assert "revision" in problem.message


@pytest.mark.parametrize("revision", ["--all", "-h", "--output=made", "-"])
def test_a_revision_cannot_be_an_option(repository: Path, revision: str) -> None:
    problem = refused(repository / "processes" / "pay.yaml", revision)
    assert problem.message == f"`{revision}` is no revision"
    assert not (repository / "processes" / "made").exists()


def test_a_file_in_no_repository_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    file = tmp_path / "pay.yaml"
    file.write_text(TEXT, encoding="utf-8")
    assert refused(file, "HEAD").message == "this file lies in no Git repository"


def test_a_folder_and_a_link_of_then_are_refused(repository: Path) -> None:
    (repository / "link.yaml").symlink_to("/etc/passwd")
    (repository / "was-folder").mkdir()
    (repository / "was-folder" / "a.yaml").write_text(TEXT, encoding="utf-8")
    commit(repository)
    assert "symbolic link" in refused(repository / "link.yaml", "HEAD").message
    assert "folder" in refused(repository / "was-folder", "HEAD").message


def test_a_file_that_was_too_large_is_refused_without_being_read(repository: Path) -> None:
    (repository / "large.yaml").write_bytes(b"# much\n" * 1_000_000)
    commit(repository)
    assert refused(repository / "large.yaml", "HEAD").code == "BPO109"


def test_without_git_the_reason_is_said(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    problem = refused(repository / "processes" / "pay.yaml", "HEAD")
    assert "Git is not installed" in problem.message


def test_a_shallow_clone_says_what_is_missing(repository: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(shallow))
    problem = refused(shallow / "processes" / "pay.yaml", "HEAD~1")
    assert "no revision" in problem.message
    assert "shallow" in (problem.hint or "")


def test_variables_that_lead_to_another_repository_are_passed_over(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert read_at(str(repository / "processes" / "pay.yaml"), "v1").raw == TEXT.encode()


# Nothing of the repository runs


@pytest.fixture
def trap(repository: Path, tmp_path: Path) -> Path:
    """Let every part of the repository that could start a program leave a mark."""
    mark = tmp_path / "mark"
    script = tmp_path / "trap"
    script.write_text(f'#!/bin/sh\ntouch "{mark}"\ncat "$1" 2>/dev/null\n', encoding="utf-8")
    script.chmod(0o755)
    (repository / ".gitattributes").write_text("*.yaml filter=evil diff=evil\n", encoding="utf-8")
    (repository / "processes" / "new.yaml").write_text(TEXT, encoding="utf-8")
    git(repository, "rm", "-q", "processes/pay.yaml")
    commit(repository)
    hooks = repository / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        (hooks / hook).write_bytes(script.read_bytes())
        (hooks / hook).chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "core.alternateRefsCommand",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "pager.ls-tree",
        "pager.diff-tree",
        "credential.helper",
    ):
        git(repository, "config", key, str(script))
    for command in ("cat-file", "ls-tree", "rev-parse", "diff-tree"):
        git(repository, "config", f"alias.{command}", f"!{script}")
    return mark


def test_nothing_that_a_repository_configures_is_run(repository: Path, trap: Path) -> None:
    found = read_at(str(repository / "processes" / "new.yaml"), "v1")
    assert (found.raw, found.renamed) == (TEXT.encode(), True)
    assert not trap.exists()
    with suppress(subprocess.CalledProcessError):
        git(repository, "status")
    assert trap.exists()  # it would have been, by an ordinary command


def test_nothing_is_fetched_that_a_clone_lacks(repository: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    blob = git(repository, "rev-parse", "v1:processes/pay.yaml")
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for key, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::touch {mark}"),
        ("protocol.ext.allow", "always"),
        ("protocol.allow", "always"),
    ):
        git(repository, "config", key, value)
    problem = refused(repository / "processes" / "pay.yaml", "v1")
    assert "this clone does not hold" in problem.message
    assert not mark.exists()
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "cat-file", "blob", blob)
    assert mark.exists()  # it would have been, by an ordinary command


# The method as it was


METHOD = """\
format: bpo-assess/questionnaire/v1
id: own
version: "1.0"
title: Own
extends: screening
"""


def test_a_method_that_is_a_file_is_read_as_it_was_then(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    method = repository / "own.yaml"
    method.write_text(METHOD, encoding="utf-8")
    then = commit(repository)
    method.write_text(METHOD.replace("1.0", "1.1"), encoding="utf-8")
    loaded = draft(TEXT.encode(), "pay.yaml")
    assert method_at(loaded, "own.yaml", then).questionnaire.version == "1.0"
    assert method_at(loaded, "own.yaml", then).lineage[0] == "screening"
    assert method_at(loaded, "own.yaml", "v1").questionnaire.version == "1.1"


def test_a_method_extends_files_as_they_were_then(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    base, own = repository / "base.yaml", repository / "own.yaml"
    base.write_text(METHOD.replace("id: own", "id: base") + "language: en\n", encoding="utf-8")
    own.write_text(METHOD.replace("screening", "./base.yaml"), encoding="utf-8")
    then = commit(repository)
    base.write_text("broken: [", encoding="utf-8")
    found = method_at(draft(TEXT.encode(), "pay.yaml"), "./own.yaml", then)
    assert found.lineage[:2] == ("base", "screening")


def test_a_shipped_method_is_what_it_is_today(repository: Path) -> None:
    loaded = draft((TEXT + "questionnaire: screening\n").encode(), "pay.yaml")
    assert method_at(loaded, None, "v1").questionnaire.id == "screening"
    assert method_at(loaded, "readiness", "v1").questionnaire.id == "readiness"
    assert repository.is_dir()
