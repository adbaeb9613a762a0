"""What the patterns of `.gitignore` mean: as Git documents it, as Git answers, and quickly."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.loading.ignore import (
    _CLASSES,
    LONGEST_PATH,
    MOST_WILD_BYTES,
    IgnorePatterns,
    read_ignore_file,
    read_patterns,
)


def verdict(patterns: bytes | str, path: str) -> bool | None:
    """Ask for the verdict on a path; that of a folder ends with a slash."""
    raw = patterns.encode() if isinstance(patterns, str) else patterns
    name = os.fsencode(path.removesuffix("/"))
    return read_ignore_file(raw).verdict(name, is_folder=path.endswith("/"))


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        ("plan.yaml", "plan.yaml|a/plan.yaml|a/b/plan.yaml|plan.yaml/", "plan.yml|xplan.yaml|a"),
        ("/plan.yaml", "plan.yaml", "a/plan.yaml"),
        ("a/plan.yaml", "a/plan.yaml", "plan.yaml|b/a/plan.yaml"),
        ("drafts/", "drafts/|a/drafts/", "drafts|a/drafts"),
        ("/drafts/", "drafts/", "drafts|a/drafts/"),
        ("a/drafts/", "a/drafts/", "a/drafts|drafts/|b/a/drafts/"),
        ("*.yaml", "x.yaml|.yaml|a/b/x.yaml", "x.yml|x.yaml.bak"),
        ("*", "x|a/x|.x|a/", ""),
        ("a*c*e", "ace|abcde|accee|x/abcde", "abcdef|acx|a/c/e"),
        ("a/*", "a/b|a/b/", "a|a/b/c"),
        ("a/*/c", "a/b/c", "a/c|a/b/b/c"),
        ("?.yaml", "x.yaml|a/x.yaml", "xy.yaml|.yaml"),
        ("a?b/c", "axb/c", "a/b/c"),
        ("**/a", "a|x/a|x/y/a", "xa"),
        ("a/**", "a/b|a/b/c", "a|b/a/c"),
        ("a/**/b", "a/b|a/x/b|a/x/y/b", "ab|x/a/b|a/xb"),
        ("**", "a|a/b", ""),
        ("**/a/**/b*", "a/b|x/a/y/z/bc", "x/b|a"),
        ("a**b/c", "ab/c|axb/c", "a/b/c"),
        ("[a]**/b", "ax/b|axx/b", "a/x/b|b"),
        ("/***/b", "b|x/b|x/y/b", "xb"),
        ("docs**/plans", "docs/plans|docsplans|docsx/y/plans", "plans|doc/plans"),
        ("[ab].md", "a.md|b.md", "c.md|ab.md"),
        ("[!ab].md", "c.md", "a.md|b.md"),
        ("[^ab].md", "c.md", "a.md"),
        ("[a-c]", "a|b|c", "d|-"),
        ("[c-a]", "c", "a|b|-"),
        ("[]-]", "]|-", "a"),
        ("[!]]", "a", "]"),
        (r"[a\]]", "a|]", "b"),
        (r"[\a-\c]", "b", "-"),
        ("[a-]", "a|-", "b"),
        ("[[:digit:]x]", "1|x", "a|:"),
        ("[![:alpha:]]", "1|-", "a|Z"),
        ("[[:upper:][:digit:]-]", "A|0|-", "a"),
        ("[[:x]", "[|:|x", "a"),
        ("a[/]b", "", "a/b|ab"),
        ("a[!x]b/c", "ayb/c", "a/b/c|axb/c"),
        (r"\#x", "#x", r"\#x|x"),
        ("#x", "", "#x|x"),
        (r"\!x", "!x", "x"),
        (r"a\*", "a*", "ab"),
        (r"a\b", "ab", r"a\b"),
        ("a  ", "a", "a |a  "),
        (r"a\ ", "a ", r"a|a\ "),
        (r"a\  ", "a ", "a|a  "),
        (r"a\\ ", "a\\", "a |a"),
        ("a\t", "a\t", "a"),
        (" a", " a", "a"),
        ("a\r\n", "a", "a\r"),
        ("a\r\r\n", "a\r", "a"),
        ("\ufeffa", "a", "\ufeffa"),
        ("a\0b", "a", "b|ab"),
        ("?", "e", "é"),
        ("??", "é|ee", "e"),
        ("É", "É", "é"),
        ("caf?", "café"[:3] + "x", "CAFx"),
    ],
)
def test_a_pattern_fits_what_git_says_it_fits(pattern: str, fitting: str, others: str) -> None:
    assert [path for path in fitting.split("|") if path and not verdict(pattern, path)] == []
    assert [path for path in others.split("|") if path and verdict(pattern, path)] == []


@pytest.mark.parametrize(
    "pattern", ["[", "[a", "[a-", "[[:alpha:]", "[[:word:]]", "a\\", "/", "//", "!", "a//", "./a"]
)
def test_a_pattern_that_can_match_nothing_is_passed_over_in_a_file(pattern: str) -> None:
    paths = ["a", "[", "[a", "a\\", "!", "w", "[:", "x/a"]
    assert {verdict(f"{pattern}\n*.old\n", path) for path in paths} == {None}
    assert verdict(f"{pattern}\n*.old\n", "a.old") is True


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "[",
            "[a",
            "x[/]y",
            "[[:word:]]",
            "a\\",
            "/",
            "!",
            "a//b",
            "./a",
            "../a",
            "a/..",
            "#a",
            "",
        ),
        "a" * LONGEST_PATH + "a*",
    ],
)
def test_a_pattern_that_can_match_nothing_is_refused_where_it_was_configured(pattern: str) -> None:
    read_patterns(["a"])
    with pytest.raises(ValueError, match="match nothing"):
        read_patterns(["a", pattern])


def test_the_last_pattern_that_fits_decides() -> None:
    patterns = "*.yaml\n!keep*.yaml\nkeep-not.yaml\nplan\n!plan/\n"
    assert verdict(patterns, "x.yaml") is True
    assert verdict(patterns, "keep-this.yaml") is False
    assert verdict(patterns, "keep-not.yaml") is True
    assert verdict(patterns, "x.txt") is None
    assert verdict(patterns, "plan") is True
    assert verdict(patterns, "plan/") is False


def test_a_pattern_that_stands_twice_counts_where_it_stands_last() -> None:
    assert verdict("a*b\n!a*\na*b\n", "axb") is True
    assert verdict("a*b\na*b\n!a*\n", "axb") is False


def test_names_are_bytes() -> None:
    assert read_ignore_file(b"\xff*").verdict(b"\xff\xfe", is_folder=False) is True
    assert read_patterns(["\udcff*"]).verdict(b"\xff\xfe", is_folder=False) is True


HOSTILE = {
    "stars": (b"*a" * 120 + b"b", b"a" * 255),
    "stars and marks": (b"*?a" * 80 + b"b", b"a" * 255),
    "stars and sets": (b"*[ab]" * 80 + b"c", b"ab" * 120),
    "folders": (b"**/a*" * 200 + b"/b", b"/".join([b"aaaa"] * 800) + b"/c"),
    "anchored folders": (b"/a/**" * 200 + b"/b", b"/".join([b"a"] * 2000) + b"/c"),
    "folders with stars": (b"**/*a*" * 200 + b"b", b"/".join([b"aaaa"] * 800) + b"/c"),
    "escaped slashes": (rb"a/**\/" * 500 + b"b", b"/".join([b"a"] * 2000)),
    "only folders": (b"**/" * 10_000 + b"x", b"/".join([b"a"] * 2000)),
    "a long way": (b"**/" + b"a*/" * 1000 + b"b", b"/".join([b"a"] * 2000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_pattern_takes_long(name: str) -> None:
    pattern, path = HOSTILE[name]
    assert read_ignore_file(pattern).verdict(path, is_folder=False) is None


@pytest.mark.parametrize("line", [b"*a" * 500_000, b"[" * 1_000_000, b"**/" * 300_000])
def test_patterns_that_are_too_long_to_be_tried_on_every_file_are_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="wildcards"):
        read_ignore_file(line)


def test_names_do_not_count_as_patterns_with_wildcards() -> None:
    names = b"\n".join(b"name-%d\n*.%d" % (number, number) for number in range(5000))
    assert len(names) > MOST_WILD_BYTES
    assert verdict(names, "name-4999") is True
    assert verdict(names, "x.4999") is True
    assert verdict(names, "x.5000") is None


# Git's own answers

GIT = shutil.which("git")
Asked = Callable[[bytes], dict[str, bool]]

_PIECES = st.sampled_from(
    [
        *("a", "b", "c", "ab", "*", "*", "**", "***", "?", "/", "/", "/", "//", "-", ".", "é", " "),
        *("**/", "/**", "/**/", "/*", "[ab]", "[!a]", "[^b]", "[a-c]", "[--a]", "[a-]", "[]a]"),
        *("[[:alpha:]]", "[[:nothing:]]", "[/]", "[a/b]", "[é]", "[", "]", "[a-", "[[:", "!", "#"),
        *(r"\a", r"\*", r"\/", r"\ ", "\\", "\r", "\t"),
    ]
)
_LINES = st.builds(
    lambda mark, pieces, end: mark + "".join(pieces) + end,
    st.sampled_from(["", "", "", "!", "/"]),
    st.lists(_PIECES, min_size=1, max_size=7),
    st.sampled_from(["", "", "/", " "]),
)
_FILES = st.builds(
    lambda lines, newline: newline.join(lines).encode(),
    st.lists(_LINES, min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n"]),
)
_NAMES = ["a", "b", "c", "ab", "abc", "ba", "1", "*", "a b", "a ", "-", "]", "é", "#a", "!a", ".a"]


def asking(root: Path) -> Callable[[bytes, list[str]], dict[str, bool]]:
    """Make a repository, whose Git then tells which paths a `.gitignore` ignores."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    git = str(GIT)
    subprocess.run([git, "init", "-q", str(root)], check=True, env=env, timeout=60)

    def ask(raw: bytes, paths: list[str]) -> dict[str, bool]:
        (root / ".gitignore").write_bytes(raw)
        done = subprocess.run(
            [git, "check-ignore", "-v", "-n", "-z", "--no-index", "--stdin"],
            input=os.fsencode("\0".join(path.removesuffix("/") for path in paths)),
            capture_output=True,
            check=False,
            cwd=root,
            env=env,
            timeout=60,
        )
        patterns = done.stdout.split(b"\0")[2:-1:4]
        said = [bool(pattern) and not pattern.startswith(b"!") for pattern in patterns]
        return dict(zip(paths, said, strict=True))

    return ask


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Make a tree, and ask Git which of its paths a `.gitignore` ignores."""
    root = tmp_path_factory.mktemp("asked")
    ask = asking(root)
    for step, name in enumerate(_NAMES):
        for inner in {_NAMES[(step * 5 + shift) % len(_NAMES)] for shift in range(4)}:
            (root / name / inner).mkdir(parents=True)
            (root / name / inner / name).touch()
        (root / f"{name}+").touch()
    paths = [
        path.relative_to(root).as_posix() + "/" * path.is_dir()
        for path in sorted(root.rglob("*"))
        if ".git" not in path.relative_to(root).parts
    ]
    return lambda raw: ask(raw, paths)


def ignored(patterns: IgnorePatterns, path: str) -> bool:
    """Tell whether a path or a folder above it is ignored."""
    parts = path.rstrip("/").split("/")
    above = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
    return any(
        patterns.verdict(os.fsencode(way), is_folder=is_folder)
        for way, is_folder in [*((way, True) for way in above), ("/".join(parts), path[-1] == "/")]
    )


@pytest.mark.skipif(GIT is None, reason="there is no Git to ask")
@given(raw=_FILES)
def test_git_gives_the_same_answers(asked: Asked, raw: bytes) -> None:
    patterns = read_ignore_file(raw)
    answers = asked(raw)
    assert {path: ignored(patterns, path) for path in answers} == answers


@pytest.mark.skipif(GIT is None, reason="there is no Git to ask")
@pytest.mark.parametrize("name", sorted(_CLASSES))
def test_git_knows_the_same_classes(tmp_path: Path, name: bytes) -> None:
    ask = asking(tmp_path)
    names = [b"-" + bytes([byte]) for byte in range(1, 256) if byte != ord("/")]
    raw = b"-[[:" + name + b":]]"
    answers = ask(raw, [os.fsdecode(each) for each in names])
    assert {path: ignored(read_ignore_file(raw), path) for path in answers} == answers
