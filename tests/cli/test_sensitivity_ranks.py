"""`sensitivity` of several processes: which of them comes first, and whether weights decide that."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from running import run

METHOD = """\
format: bpo-assess/questionnaire/v1
id: two
version: "1.0"
title: Two
axes:
  - id: fit
    title: Fit
    dimensions:
      - id: cost
        title: Cost
        weight: 3
        questions: [{questions[0]}]
      - id: care
        title: Care
        weight: 1
        questions: [{questions[1]}]
decision:
  undetermined: {{title: Open, below_coverage: 0, summary: Too little is known.}}
  verdicts:
    - {{id: keep, title: Keep, stance: against, summary: Keep it., held_by: [{{question: save, at_most: 0}}]}}
    - {{id: go, title: Go, stance: favour, summary: Let it go.}}
"""
QUESTION = "{{id: {key}, title: {key}, text: 'What about {key}?', anchors: [none, little, half, most, all]}}"


@pytest.fixture
def method(tmp_path: Path) -> Path:
    path = tmp_path / "two.yaml"
    questions = [QUESTION.format(key=key) for key in ("save", "heed")]
    path.write_text(METHOD.format(questions=questions), encoding="utf-8")
    return path


def described(folder: Path, name: str, answers: Mapping[str, int]) -> Path:
    path = folder / f"{name}.yaml"
    head = {"format": "bpo-assess/process/v1", "id": name, "name": name.capitalize()}
    path.write_text(json.dumps(head | {"answers": answers}), encoding="utf-8")
    return path


def text_of(*arguments: str | Path) -> str:
    done = run("sensitivity", *arguments)
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def test_who_is_better_throughout_comes_first_under_every_weighting(
    method: Path, tmp_path: Path
) -> None:
    good = described(tmp_path, "good", {"save": 4, "heed": 3})
    bad = described(tmp_path, "bad", {"save": 2, "heed": 2})
    said = text_of(bad, good, "-q", method)
    assert (
        "Which of them comes first? -------------------------- Good, under every weighting" in said
    )
    assert "A rank is no verdict" in said


def test_where_weights_decide_the_page_says_so_and_how_often(method: Path, tmp_path: Path) -> None:
    """With the weight w of cost: 100 w against 100 (1 - w), so the first wins from 1/2 on."""
    thrift = described(tmp_path, "thrift", {"save": 4, "heed": 0})
    heedful = described(tmp_path, "heedful", {"save": 0, "heed": 4})
    even = described(tmp_path, "even", {"save": 2, "heed": 2})
    found: Any = json.loads(
        run("sensitivity", thrift, heedful, even, "-q", method, "-f", "json").out
    )
    near, anywhere = zip(*(each["ranks"] for each in found), strict=True)
    assert [each["distribution"] for each in (near[0], anywhere[0])] == ["around", "uniform"]
    assert [sum(each["counts"]) for each in anywhere] == [10_000] * 3
    assert anywhere[0]["first"] == pytest.approx(0.5, abs=0.02)
    assert anywhere[1]["first"] == pytest.approx(0.5, abs=0.02)
    assert anywhere[2]["counts"][1] == 10_000
    assert anywhere[2]["mean"] == 2
    assert anywhere[2]["central"] == []
    assert near[0]["first"] > 0.95
    heavy = {each["key"]: each["weight"] for each in anywhere[0]["central"]}
    assert heavy["cost"] == pytest.approx(0.75, abs=0.01)
    said = text_of(thrift, heedful, even, "-q", method, "--width", "120")
    assert "Thrift: no other has a higher candidacy in" in said
    assert "Heedful: Keep 25.0" in said


def test_where_nobody_is_first_often_the_page_says_that_it_depends(
    method: Path, tmp_path: Path
) -> None:
    one = described(tmp_path, "one", {"save": 2, "heed": 3})
    other = described(tmp_path, "other", {"save": 3, "heed": 0})
    said = text_of(one, other, "-q", method)
    assert "That depends on the weights. " in said


def test_of_which_nothing_is_known_is_not_ranked(method: Path, tmp_path: Path) -> None:
    known = described(tmp_path, "known", {"save": 3, "heed": 3})
    empty = described(tmp_path, "empty", {})
    said = text_of(known, empty, "-q", method)
    assert "Known is the only one with a candidacy." in said
    assert "Without a candidacy, and so without a rank: Empty." in said
    found: Any = json.loads(run("sensitivity", known, empty, "-q", method, "-f", "json").out)
    assert found[1]["ranks"][0]["counts"] == []
    assert found[1]["ranks"][0]["mean"] is None


def test_processes_of_different_methods_are_not_ranked(tmp_path: Path) -> None:
    own = described(tmp_path, "own", {"exit-plan": 2})
    screened = json.loads(own.read_text(encoding="utf-8")) | {"questionnaire": {"id": "screening"}}
    own.write_text(json.dumps(screened), encoding="utf-8")
    said = text_of(own, "examples/data-entry.yaml", "--draws", "100")
    assert "judged by different questionnaires, so their candidacies do not compare: add -q" in said


def test_one_process_or_no_draws_are_not_ranked(method: Path, tmp_path: Path) -> None:
    one = described(tmp_path, "one", {"save": 2, "heed": 3})
    other = described(tmp_path, "other", {"save": 3, "heed": 0})
    assert "Which of them comes first?" not in text_of(one, "-q", method)
    assert "Which of them comes first?" not in text_of(one, other, "-q", method, "--draws", "0")
    found: Any = json.loads(run("sensitivity", one, "-q", method, "-f", "json").out)
    assert found["ranks"] is None


def test_markdown_ends_with_the_order(method: Path, tmp_path: Path) -> None:
    one = described(tmp_path, "one", {"save": 2, "heed": 3})
    other = described(tmp_path, "other", {"save": 3, "heed": 0})
    page = run("sensitivity", one, other, "-q", method, "-f", "markdown").out
    last = page.split("\n---\n\n")[-1]
    assert last.startswith("## Which of them comes first?\n\nThat depends on the weights.")
    assert "| Process, and its verdict | Candidacy | First, near | First, anywhere |" in last
