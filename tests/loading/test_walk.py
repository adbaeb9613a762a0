"""Where descriptions are looked for: what is named, and folders as far as `.gitignore` lets one see."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpo_assess.diagnostics import Severity
from bpo_assess.documents import MAX_BYTES
from bpo_assess.loading.walk import LARGEST_IGNORE_FILE, Found, find, is_ours


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder that belongs to no repository."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def put(*paths: str, text: str = "") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")


def search(*names: str, left_out: Sequence[str] = (), seen_from: str = ".") -> Found:
    return find(names, lambda _: (seen_from, left_out))


def paths(*names: str, left_out: Sequence[str] = (), seen_from: str = ".") -> list[str]:
    found = search(*names, left_out=left_out, seen_from=seen_from)
    assert found.problems == []
    return [candidate.path for candidate in found.candidates]


# What is named


def test_a_named_file_is_taken_whatever_it_is_and_even_if_it_is_ignored() -> None:
    put("notes.txt", "drafts/x.yaml")
    put(".gitignore", text="*\n")
    found = search("notes.txt", "drafts/x.yaml", "missing.yaml", "-", left_out=["drafts/"])
    assert [(candidate.path, candidate.named) for candidate in found.candidates] == [
        ("notes.txt", True),
        ("drafts/x.yaml", True),
        ("missing.yaml", True),
        ("-", True),
    ]


def test_a_named_folder_is_walked_even_if_it_is_ignored() -> None:
    put("build/x.yaml", ".git/HEAD")
    put(".gitignore", text="build/\n")
    assert paths("build") == ["build/x.yaml"]
    assert paths(".") == []


def test_a_file_is_taken_once_however_it_is_named() -> None:
    put("a/x.yaml", "a/b/y.yaml")
    Path("link.yaml").symlink_to("a/x.yaml")
    Path("there").symlink_to("a")
    absolute = str(Path.cwd() / "a" / "x.yaml")
    others = ["./a/x.yaml", "a/../a/x.yaml", "a//x.yaml", "link.yaml", "there/x.yaml", absolute]
    assert paths("a/x.yaml", *others) == ["a/x.yaml"]
    assert paths("link.yaml", "a/x.yaml") == ["link.yaml"]
    assert paths("a", *others, ".", "a/b", "there") == ["a/b/y.yaml", "a/x.yaml"]


def test_standard_input_is_no_file_of_that_name() -> None:
    put("-")
    assert paths("-", "./-", "-") == ["-", "./-"]


def test_a_file_that_is_found_and_named_counts_as_named() -> None:
    put("x.yaml", "y.yaml")
    found = search(".", "./x.yaml")
    assert [(one.path, one.named) for one in found.candidates] == [
        ("x.yaml", True),
        ("y.yaml", False),
    ]


def test_the_way_up_from_a_link_leads_to_where_the_link_leads() -> None:
    put("x.yaml", "far/x.yaml", "far/away/y.yaml")
    put("far/.gitignore", text="y.yaml\n")
    Path("link").symlink_to("far/away")
    assert paths("link/..") == ["link/../x.yaml"]
    assert Path("link/../x.yaml").samefile("far/x.yaml")
    assert paths("link/../x.yaml", "x.yaml") == ["link/../x.yaml", "x.yaml"]


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000, "a/" * 3000, "\udcff.yaml"])
def test_a_name_that_can_be_no_file_is_left_to_the_reader(name: str) -> None:
    assert paths(name, name) == [name]


# Folders


def test_folders_are_walked_in_the_order_of_names() -> None:
    put("b/x.yaml", "a.yaml", "b.yaml", "a/z.yaml", "a/b/c.yml", "C.YAML", "a/README.md", "é.yaml")
    expected = [
        *("C.YAML", "a/README.md", "a/b/c.yml", "a/z.yaml", "a.yaml"),
        *("b/x.yaml", "b.yaml", "é.yaml"),
    ]
    assert paths(".") == expected
    assert paths("../here/") == [f"../here/{path}" for path in expected]


def test_the_order_does_not_depend_on_the_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*(f"{folder}/{name}.yaml" for folder in "cab" for name in "zxy"))
    expected, scandir = paths("."), os.scandir

    class Reversed:
        def __init__(self, folder: str) -> None:
            with scandir(folder) as listing:
                self.entries = sorted(listing, key=lambda item: item.name, reverse=True)

        def __enter__(self) -> Iterable[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Reversed)
    assert paths(".") == expected


def test_a_folder_is_named_without_detours() -> None:
    put("a/b/x.yaml")
    assert paths("./a//b/../b/") == ["a/b/x.yaml"]
    assert paths(str(Path.cwd() / "a" / ".." / "a")) == [str(Path.cwd() / "a/b/x.yaml")]


def test_only_yaml_and_markdown_is_looked_at() -> None:
    put("x.yaml", "x.yml", "x.md", "x.markdown", "x.json", "x.yaml.bak", "yaml", "x.txt", "x.mdx")
    assert paths(".") == ["x.markdown", "x.md", "x.yaml", "x.yml"]


def test_what_tools_keep_for_themselves_is_passed_over_and_other_hidden_folders_are_not() -> None:
    put(".git/x.yaml", ".hg/x.yaml", ".svn/x.yaml", ".github/x.yaml", ".x.yaml")
    assert paths(".") == [".github/x.yaml", ".x.yaml"]


@pytest.mark.parametrize(
    "name", [b"with space.yaml", b"new\nline.yaml", b"\xff\xfe.yaml", b"-x.yaml", b"[a].yaml"]
)
def test_a_name_may_hold_what_a_file_system_allows(here: Path, name: bytes) -> None:
    folder = os.fsencode(here) + b"/-f \xff"
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/" + name)).touch()
    expected = os.fsdecode(b"-f \xff/" + name)
    assert paths(".") == [expected]
    assert Path(expected).is_file()
    put(".gitignore", text="*.yaml\n")
    assert paths(".") == []


def test_links_in_folders_are_not_followed_but_counted(tmp_path: Path) -> None:
    put("a/x.yaml", "ignored.txt", str(tmp_path / "outside.yaml"))
    Path("file.yaml").symlink_to("a/x.yaml")
    Path("folder").symlink_to("a")
    Path("up").symlink_to("..")
    Path("outside.md").symlink_to(tmp_path / "outside.yaml")
    Path("dangling.yml").symlink_to("nowhere")
    Path("loop.yaml").symlink_to("loop.yaml")
    Path("loop").symlink_to("loop")
    Path("text").symlink_to("ignored.txt")
    Path("build").symlink_to("a")
    put(".gitignore", text="build\n")
    found = search(".", "a", ".")
    assert [candidate.path for candidate in found.candidates] == ["a/x.yaml"]
    assert found.links == len(
        ["file.yaml", "folder", "up", "outside.md", "dangling.yml", "loop.yaml"]
    )
    assert found.problems == []


def test_pipes_and_sockets_are_not_opened() -> None:
    put("x.yaml")
    os.mkfifo("pipe.yaml")
    os.mkfifo(".gitignore")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.yaml")
        assert paths(".") == ["x.yaml"]


def test_a_tree_may_be_deeper_than_the_stack(here: Path) -> None:
    deep = "/".join(["d"] * 1500)
    for depth in range(1, 1501):
        Path(deep[: depth * 2 - 1]).mkdir()
    put(f"{deep}/x.yaml")
    try:
        assert paths(".") == [f"{deep}/x.yaml"]
    finally:
        _remove(here / "d")


def test_a_folder_that_lies_too_deep_is_a_problem(here: Path) -> None:
    put("x.yaml")
    name = "d" * 250
    for _ in range(20):
        Path(name).mkdir()
        os.chdir(name)
    os.chdir(here)
    try:
        found = search(".")
        assert [candidate.path for candidate in found.candidates] == ["x.yaml"]
        assert [problem.code for problem in found.problems] == ["BPO101"]
        assert "name too long" in found.problems[0].message
    finally:
        _remove(here / name)


def _remove(folder: Path) -> None:
    """Remove a tree that is too deep for recursion."""
    start = Path.cwd()
    os.chdir(folder.parent)
    name, depth = folder.name, 0
    while Path(name).is_dir():
        os.chdir(name)
        depth += 1
    for file in Path().iterdir():
        file.unlink()
    for _ in range(depth):
        os.chdir("..")
        Path(name).rmdir()
    os.chdir(start)


def test_a_folder_that_cannot_be_looked_into_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    put("a/x.yaml", "closed/y.yaml", "z.yaml")
    scandir = os.scandir

    def refuse(folder: str) -> object:
        if folder == "closed":
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = search(".", "closed")
    assert [candidate.path for candidate in found.candidates] == ["a/x.yaml", "z.yaml"]
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.file) == ("BPO101", Severity.ERROR, "closed")
    assert problem.message == "the folder cannot be looked into: reading it is not permitted"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="to root everything is permitted"
)
def test_permissions_are_asked_of_the_system() -> None:
    put("closed/y.yaml", "z.yaml")
    Path("closed").chmod(0)
    try:
        found = search(".")
    finally:
        Path("closed").chmod(0o700)
    assert [candidate.path for candidate in found.candidates] == ["z.yaml"]
    assert [problem.file for problem in found.problems] == ["closed"]


# What is ignored


def test_the_nearest_gitignore_decides_and_an_ignored_folder_is_not_entered() -> None:
    put("a/x.yaml", "a/b/x.yaml", "a/b/y.yaml", "build/x.yaml", "x.yaml")
    put(".gitignore", text="x.yaml\nbuild/\n")
    put("a/b/.gitignore", text="!x.yaml\n/y.yaml\n")
    put("build/.gitignore", text="!x.yaml\n")
    assert paths(".") == ["a/b/x.yaml"]


def test_what_stands_above_the_start_counts_up_to_the_root_of_the_repository(here: Path) -> None:
    put("x.yaml", text="")
    put(".gitignore", text="*.yaml\n")
    put("root/.gitignore", text="/a/b/x.yaml\nz.yaml\n")
    put("root/a/.gitignore", text="b/y.yaml\n!z.yaml\n")
    put(*(f"root/a/b/{name}.yaml" for name in "wxyz"), "root/.git/HEAD")
    expected = ["root/a/b/w.yaml", "root/a/b/z.yaml"]
    assert paths("root") == paths("root/a") == paths("root/a/b") == expected
    os.chdir("root/a/b")
    assert paths(".") == ["w.yaml", "z.yaml"]
    os.chdir(here)
    Path("link").symlink_to("root/a/b")
    assert paths("link") == ["link/w.yaml", "link/z.yaml"]


def test_without_a_repository_nothing_above_the_start_counts() -> None:
    put("a/x.yaml")
    put(".gitignore", text="*.yaml\n")
    assert paths("a") == ["a/x.yaml"]
    assert paths(".") == []


def test_a_repository_within_another_goes_by_its_own_rules() -> None:
    put("x.yaml", "sub/x.yaml", "sub/y.yaml", "sub/deep/x.yaml", "gone/.git", "gone/y.yaml")
    put(".git/HEAD")
    put(".gitignore", text="x.yaml\ngone/\n")
    put("sub/.git", text="gitdir: ../.git/modules/sub\n")
    put(".git/modules/sub/info/exclude", text="/y.yaml\n")
    assert paths(".") == paths("sub") == ["sub/deep/x.yaml", "sub/x.yaml"]
    assert paths("sub/deep") == ["sub/deep/x.yaml"]


def test_what_a_repository_excludes_for_itself_counts_least() -> None:
    put("x.yaml", "y.yaml", "a/x.yaml")
    put(".git/info/exclude", text="*.yaml\n")
    put(".gitignore", text="!/x.yaml\n")
    assert paths(".") == ["x.yaml"]
    put("a/.gitignore", text="!x.yaml\n")
    assert paths("a") == ["a/x.yaml"]


@pytest.mark.parametrize("text", ["", "gitdir:", "gitdir: \0", "gitdir: nowhere", "gitdir: /"])
def test_a_pointer_that_leads_nowhere_is_no_fault(text: str) -> None:
    put("x.yaml", "y.yaml")
    put(".git", text=text)
    put(".gitignore", text="x.yaml\n")
    assert paths(".") == ["y.yaml"]


def test_a_gitignore_that_is_a_link_or_a_folder_is_passed_over_as_git_does() -> None:
    put("a/x.yaml", "b/x.yaml", "b/.gitignore/x.yaml")
    put("patterns", text="*.yaml\n")
    Path("a/.gitignore").symlink_to("../patterns")
    assert paths(".") == ["a/x.yaml", "b/.gitignore/x.yaml", "b/x.yaml"]


def test_a_gitignore_that_cannot_be_used_is_a_problem() -> None:
    put("large/x.yaml", "wild/x.yaml", ".git/HEAD", "deep/down/x.yaml")
    put("large/.gitignore", text="x.yaml\n" * (LARGEST_IGNORE_FILE // 7 + 1))
    put("wild/.gitignore", text="\n".join(f"*{number}*.yaml" for number in range(10_000)))
    put("deep/.gitignore", text="[" * 100_000)
    found = search(".")
    assert {one.path for one in found.candidates} == {
        f"{one}/x.yaml" for one in ("large", "wild", "deep/down")
    }
    assert {(one.code, one.severity) for one in found.problems} == {("BPO101", Severity.ERROR)}
    assert {problem.file for problem in found.problems} == {
        *("large/.gitignore", "wild/.gitignore", "deep/.gitignore")
    }
    os.chdir("deep/down")
    assert [problem.file for problem in search(".").problems] == ["../.gitignore"]


def test_what_is_configured_as_left_out_comes_before_gitignore(here: Path) -> None:
    put("a/x.yaml", "a/y.yaml", "a/b/x.yaml", "b/x.yaml", "z.yaml")
    put(".gitignore", text="z.yaml\n")
    left_out = ["/a/x.yaml", "b/", "!z.yaml"]
    assert paths(".", left_out=left_out) == ["a/y.yaml", "z.yaml"]
    os.chdir("a")
    assert paths(".", left_out=left_out, seen_from="..") == ["y.yaml"]
    os.chdir(here)
    Path("link").symlink_to("a")
    assert paths("link", left_out=left_out, seen_from=".") == ["link/y.yaml"]


def test_patterns_of_names_count_outside_the_folder_they_are_seen_from() -> None:
    put("../there/x.yaml", "../there/x.old.yaml")
    assert paths("../there", left_out=["*.old.yaml", "/x.yaml"]) == ["../there/x.yaml"]


# Git's own answers

GIT = shutil.which("git")
_NAMES = st.sampled_from(["a", "b", "c", "a b", "é", "a.yaml", "b.yaml", "x.md"])
_PIECES = st.sampled_from(
    ["a", "b", "*", "**", "/", "?", "[ab]", ".yaml", "*.yaml", "x.md", "/**/"]
)
_LINES = st.builds(
    lambda mark, pieces, end: mark + "".join(pieces) + end,
    st.sampled_from(["", "", "!", "/"]),
    st.lists(_PIECES, min_size=1, max_size=4),
    st.sampled_from(["", "", "/"]),
)
_TREES = st.dictionaries(
    st.lists(_NAMES, min_size=1, max_size=4).map("/".join),
    st.one_of(st.none(), st.lists(_LINES, max_size=4).map("\n".join)),
    min_size=4,
    max_size=16,
)


@pytest.mark.skipif(GIT is None, reason="there is no Git to ask")
@given(tree=_TREES, above=st.lists(_LINES, max_size=3), own=st.lists(_LINES, max_size=2))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=settings().max_examples // 2,
)
def test_git_sees_the_same_files(
    here: Path, tree: dict[str, str | None], above: list[str], own: list[str]
) -> None:
    root = here / "root"
    shutil.rmtree(root, ignore_errors=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    git = str(GIT)
    subprocess.run([git, "init", "-q", str(root)], check=True, env=env, timeout=60)
    put("root/.gitignore", text="\n".join(above))
    put("root/.git/info/exclude", text="\n".join(own))
    for path, ignored in tree.items():
        file = root / path / ".gitignore" if ignored is not None else root / path
        if not any(folder.is_file() for folder in (file, *file.parents)) and not file.is_dir():
            put(str(file), text=ignored or "")
    done = subprocess.run(
        [git, "ls-files", "--others", "--exclude-standard", "-z"],
        capture_output=True,
        check=True,
        cwd=root,
        env=env,
        timeout=60,
    )
    seen = {f"root/{path}" for path in os.fsdecode(done.stdout).split("\0") if path}
    assert set(paths("root")) == {path for path in seen if path.endswith((".yaml", ".md"))}


@pytest.mark.skipif(GIT is None, reason="there is no Git to ask")
def test_a_worktree_excludes_what_its_repository_excludes(here: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (
        ["init", "-q", "main"],
        ["-C", "main", *who, "commit", "-q", "--allow-empty", "-m", "x"],
        ["-C", "main", "worktree", "add", "-q", "../other"],
    ):
        subprocess.run([str(GIT), *arguments], check=True, env=env, timeout=60, cwd=here)
    put("main/.git/info/exclude", text="x.yaml\n")
    put("other/x.yaml", "other/y.yaml")
    assert paths("other") == ["other/y.yaml"]


# What is ours


@pytest.mark.parametrize(
    "text",
    [
        "format: bpo-assess/process/v1\n",
        "id: x\nname: X\nformat: bpo-assess/process/v1",
        "id: x\r\nformat: bpo-assess/process/v1\r\nname: X\r\n",
        "\ufeffformat: bpo-assess/process/v1\n",
        "# a comment\n\n--- # another\n%x\nformat: bpo-assess/process/v1\n",
        "'format': 'bpo-assess/process/v1'\n",
        '"format"  :  "bpo-assess/process/v1"\n',
        "format:\n  bpo-assess/process/v1\n",
        "  id: x\n  format: bpo-assess/process/v1\n",
        "   format: bpo-assess/process/v1\nid: [\n",
        '{"id": "x", "format": "bpo-assess/process/v1"}\n',
        '{\n  "id": "x",\n  "format": "bpo-assess/process/v1"\n}\n',
        "{format: bpo-assess/process/v1}",
        "--- {format: bpo-assess/process/v1}",
        "format: bpo-assess/process/v1: broken [\n",
        "format: bpo-assess/proces/v1\n",
        "format: bpo-assess/process\n",
        "format: bpo-assess/\n",
        "format: bpo-assess\n",
        "format: bpo-asess/process/v1\n",
        "format: BPO_Assess/Process/v1\n",
        "Format: bpo-assess/process/v1\n",
        '"form\\x61t": bpo-assess/process/v1\n',
        'format: "bpo\\x2dassess/process/v1"\n',
        'format: "\\u0062po-assess/process/v1"\n',
        'format: "bpo-\\\n  assess/process/v1"\n',
        "? format\n: bpo-assess/process/v1\n",
        "format: >-\n  bpo-assess/process/v1\n",
        "format: |-\n  bpo-assess/process/v1\n",
        "format: # which\n  bpo-assess/process/v1\n",
        "{ # a comment\n format: bpo-assess/process/v1}\n",
        "{id: x, # a comment\n format: bpo-assess/process/v1}\n",
        "{? format : bpo-assess/process/v1}\n",
        "{id: x," + " " * 300 + "format: bpo-assess/process/v1}\n",
        "# a comment\u2028format: bpo-assess/process/v1\n",
        "# a comment\u0085format: bpo-assess/process/v1\n",
        'about: "a\nformat: bpo-assess/config/v1"\nformat: bpo-assess/process/v1\n',
        "{about: ', format: bpo-assess/check/v1', format: bpo-assess/process/v1}\n",
    ],
)
def test_a_file_that_means_to_be_a_description_is_ours(text: str) -> None:
    assert is_ours(text.encode(), "x.yaml")
    assert is_ours(text.removeprefix("\ufeff").encode("utf-16"), "x.yml")
    assert is_ours(f"---\n{text.removeprefix(chr(0xFEFF))}\n---\n# X\n".encode(), "x.md")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n# format: bpo-assess/process/v1\n",
        "format: other/process/v1\n",
        "# format: bpo-assess/process/v1\nformat: openapi\n",
        "format: bpo-assess/questionnaire/v1\n",
        "format: bpo-assess/functions/v1\n",
        "format: bpo-assess/acceptances/v1\n",
        "format: bpo-assess/assessment/v1\n",
        "format: bpo-assess/check/v1\n",
        "format: bpo-assess/config/v1\n",
        "format: bpo-assess/baseline/v2\n",
        "jobs:\n  format: bpo-assess/process/v1\n",
        "run: |\n  cat <<X\n  format: bpo-assess/process/v1\n  X\n",
        "my-format: bpo-assess/process/v1\n",
        "formats: bpo-assess/process/v1\n",
        "x: {format: bpo-assess/process/v1}\n",
        "text: 'format: bpo-assess/process/v1'\n",
        "name: bpo-assess\n",
        "format: bpo-assessment-tool\n",
        "about: |\n  format: bpo-assess/process/v1\nformat: openapi\n",
        'path: "C:\\users"\nformat: openapi\n',
        "[bpo-assess/process/v1]\n",
        "format: [bpo-assess/process/v1]\n",
    ],
)
def test_another_file_is_passed_over(text: str) -> None:
    assert not is_ours(text.encode(), "x.yaml")
    assert not is_ours(f"---\n{text}\n---\n# X\n".encode(), "x.md")


@pytest.mark.parametrize(
    "text",
    [
        "format: bpo-assess/process/v1\n",
        "# X\n\n---\nformat: bpo-assess/process/v1\n---\n",
        "---\ntitle: X\n---\nformat: bpo-assess/process/v1\n",
        "---\ntitle: X\n...\nformat: bpo-assess/process/v1\n---\n",
        "    ---\nformat: bpo-assess/process/v1\n---\n",
    ],
)
def test_a_markdown_document_without_our_front_matter_is_passed_over(text: str) -> None:
    assert not is_ours(text.encode(), "x.md")


def test_a_file_that_is_too_large_is_known_by_what_can_be_read_of_it() -> None:
    rest = b"x" * MAX_BYTES
    assert is_ours(b"format: bpo-assess/process/v1\n" + rest, "x.yaml")
    assert is_ours(b"---\nformat: bpo-assess/process/v1\n---\n" + rest, "x.md")
    assert not is_ours(b"# X\n```yaml\nformat: bpo-assess/process/v1\n```\n" + rest, "x.md")


@pytest.mark.parametrize(
    "raw",
    [
        b"#\n" * 2_000_000,
        b"{" + b",format:x" * 500_000,
        b"x: " + b"format: bpo-assess/a " * 200_000,
        (b"format" + b" " * 100_000) * 40,
        b" " * 2_000_000 + b"x: y\n" + b" format: bpo-assess\n" * 100_000,
        b"---\n" + b"-- \n" * 1_000_000,
    ],
)
def test_no_file_takes_long_to_tell(raw: bytes) -> None:
    assert not is_ours(raw, "x.yaml")
    assert not is_ours(raw, "x.md")
