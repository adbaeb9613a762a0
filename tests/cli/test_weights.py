"""`bpo-assess weights`: from judgements to weights that can be agreed on and written down."""

import json
import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from bpo_assess.documents import visible
from bpo_assess.loading.read import read_questionnaire
from bpo_assess.reports.analysis.pairwise_json import weights_schema
from hostile import TEXT
from running import run
from shipped import ROOT

EXAMPLE = "examples/weights/workshop.yaml"
CLEANING = ROOT / "tests" / "methods" / "cleaning-contract.yaml"
NAMES = ("strategic", "economics", "separability", "market")


def file_of(folder: Path, *said: tuple[str, Any, str], **more: Any) -> Path:
    """Write comparisons of the four parts of one axis."""
    judgements = [{"this": this, "counts": counts, "times": times} for this, counts, times in said]
    path = folder / "comparisons.yaml"
    data = {
        "format": "bpo-assess/comparisons/v1",
        "comparisons": [{"axis": "suitability", "judgements": judgements}],
        **more,
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def chain(*counts: Any) -> list[tuple[str, Any, str]]:
    return [*zip(NAMES, counts, NAMES[1:], strict=False)]


# Reports


def test_the_report_answers_the_questions_that_judges_ask() -> None:
    done = run("weights", EXAMPLE)
    assert (done.code, done.err) == (0, "")
    for heading in (
        "How much should each part of Suitability weigh?",
        "Do the judgements fit together?",
        "Where do the judges disagree?",
        "And now?",
        "How was this worked out?",
    ):
        assert f"\n{heading}\n" in done.out
    assert "convention" in done.out
    assert "Saaty" in done.out
    assert done.out == run("weights", EXAMPLE).out


def test_judgements_that_do_not_fit_are_named_with_what_would_mend_them(tmp_path: Path) -> None:
    turned = [*chain(2, 2, 2), ("strategic", 4, "separability"), ("economics", 4, "market")]
    fits = " ".join(
        run("weights", file_of(tmp_path, *turned, ("strategic", 8, "market"))).out.split()
    )
    assert "Yes, the consistency ratio is 0.000" in fits
    assert "Worth another look" not in fits
    path = file_of(tmp_path, *turned, ("strategic", "1/8", "market"))
    broken = " ".join(run("weights", path).out.split())
    assert "Not yet, the consistency ratio is" in broken
    assert (
        "Strategic differentiation counts 1/8 times Market; by the other judgements it would count 8 "
        "times. With 8, the ratio falls from"
    ) in broken


def heard(folder: Path, **said: list[tuple[str, Any, str]]) -> Path:
    """Write what several judges say of the four parts of one axis; no list names the judges."""
    entries = [
        {
            "axis": "suitability",
            "by": by.replace("_", "-"),
            "judgements": [{"this": a, "counts": n, "times": b} for a, n, b in judged],
        }
        for by, judged in said.items()
    ]
    path = folder / "heard.yaml"
    data = {"format": "bpo-assess/comparisons/v1", "comparisons": entries}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


ROUND = [
    ("strategic", 9, "economics"),
    ("economics", 9, "separability"),
    ("separability", 9, "strategic"),
    ("market", 1, "strategic"),
]
"""Three preferences in a circle, as strong as can be."""


def test_weights_of_judgements_that_contradict_each_other_are_warned_of_first(
    tmp_path: Path,
) -> None:
    path = heard(tmp_path, ann=ROUND, bob=chain(1, 1, 1))
    page = " ".join(run("weights", path).out.split())
    assert (
        "- These judgements contradict each other (consistency ratio 0.666; up to 0.10 "
        "is usual): do not use these weights before that is mended. Begin with those of ann (7.588). By the "
        "judgements of 2 judges, Economics would weigh most"
    ) in page
    assert "First talk again about the judgements that contradict each other. Then: With -o" in page
    assert "All together no (ratio 0.666); those of ann do not either." in page
    alone = " ".join(run("weights", file_of(tmp_path, *ROUND)).out.split())
    assert "before that is mended. By the judgements, " in alone
    fitting = run("weights", heard(tmp_path, ann=chain(2, 2, 2), bob=chain(1, 1, 1))).out
    assert "contradict each other" not in fitting


def test_what_lies_beyond_the_scale_is_not_said_as_a_judgement(tmp_path: Path) -> None:
    page = " ".join(run("weights", file_of(tmp_path, *ROUND)).out.split())
    assert "by the other judgements it would count at least 9 times less. With 1/9," in page
    assert "by the other judgements it would count at least 9 times more. With 9," in page
    assert "81" not in page


def test_a_questionnaire_of_judgements_that_contradict_each_other_says_so(tmp_path: Path) -> None:
    path, agreed = heard(tmp_path, ann=ROUND, bob=chain(1, 1, 1)), tmp_path / "agreed.yaml"
    done = run("weights", path, "-o", agreed)
    assert done.code == 0
    assert (
        "warning: Suitability: these judgements contradict each other (consistency ratio 0.666; up to "
        "0.10 is usual): do not use these weights before that is mended. Begin with those of ann (7.588)."
    ) in done.err
    assert (
        "# Not to be used yet: the judgements of suitability contradict each other (consistency ratio "
        "0.666)."
    ) in agreed.read_text(encoding="utf-8")
    assert run("questionnaire", "check", agreed).code == 0


def test_the_gate_is_shut_by_a_ratio_above_what_is_allowed(tmp_path: Path) -> None:
    path = heard(tmp_path, ann=ROUND, bob=chain(1, 1, 1))
    shut = run("weights", path, "--max-ratio", "0.1")
    assert shut.code == 1
    assert "How was this worked out?" in shut.out
    assert shut.err == (
        "--max-ratio: the judgements of Suitability contradict each other by a ratio of 0.666 (all judges "
        "together) and 7.588 (ann), at most 0.1 is allowed\n"
    )
    one = run("weights", path, "--max-ratio", "0.666")
    assert (one.code, "by a ratio of 7.588 (ann), at most" in one.err) == (1, True)
    assert run("weights", path, "--max-ratio", "7.588").code == 0
    alone = run("weights", file_of(tmp_path, *ROUND), "--max-ratio", "0.1")
    assert (alone.code, "by a ratio of 7.588, at most 0.1" in alone.err) == (1, True)


def test_a_gate_that_is_shut_leaves_no_questionnaire_behind(tmp_path: Path) -> None:
    path, agreed = heard(tmp_path, ann=ROUND, bob=chain(1, 1, 1)), tmp_path / "agreed.yaml"
    done = run("weights", path, "-o", agreed, "--max-ratio", "0.1")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("No questionnaire was written.\n")
    assert not agreed.exists()
    fits = heard(tmp_path, ann=chain(2, 2, 2))
    assert run("weights", fits, "-o", agreed, "--max-ratio", "0").code == 0
    assert agreed.exists()


def test_judges_that_are_not_counted_do_not_shut_the_gate(tmp_path: Path) -> None:
    path = heard(tmp_path, ann=ROUND, bob=chain(1, 1, 1))
    data = json.loads(path.read_text(encoding="utf-8"))
    data["judges"] = [{"id": "ann", "weight": 0}, {"id": "bob"}]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert run("weights", path, "--max-ratio", "0.1").code == 0


def test_judges_who_may_be_misspelt_are_asked_about(tmp_path: Path) -> None:
    done = run("weights", heard(tmp_path, finance=chain(1, 1, 1), finnace=chain(2, 2, 2)))
    assert done.code == 0
    assert done.err == (
        "note: 1 judge is named only once: `finnace` (did you mean `finance`?); with a list of `judges`, "
        "misspelt ones are found\n"
    )
    said = {f"{start}inance": chain(1, 1, 1) for start in ("f", "g", "h", "k", "l", "m", "n", "p")}
    many = run("weights", heard(tmp_path, **said)).err
    assert many.startswith(
        "note: 7 judges are named only once: `ginance` (did you mean `finance`?), "
    )
    assert ", and 2 more; with a list" in many


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_pages_keep_to_the_width(width: int) -> None:
    out = run("weights", EXAMPLE, env={"COLUMNS": str(width)}).out
    assert max(map(len, out.split("\n"))) <= width
    assert not re.search(r"^\s*%", out, re.MULTILINE)


def test_the_json_is_what_its_schema_says_and_says_what_the_page_says() -> None:
    done = run("weights", EXAMPLE, "-f", "json")
    found = json.loads(done.out)
    schema = weights_schema()
    Draft7Validator.check_schema(schema)
    assert [*Draft7Validator(schema).iter_errors(found)] == []
    assert json.loads(run("schema", "weights").out) == schema
    suitability = found["groups"][0]
    assert [part["id"] for part in suitability["parts"]] == list(NAMES)
    assert abs(sum(part["share"] for part in suitability["parts"]) - 1) < 1e-5
    page = run("weights", EXAMPLE).out
    for part in suitability["parts"]:
        assert f"{100 * part['share']:.1f} %" in page


def test_options_choose_how_weights_follow_and_how_judges_are_joined() -> None:
    found = {}
    for by in ("eigenvector", "geometric"):
        for join in ("judgements", "priorities"):
            done = run("weights", EXAMPLE, "-f", "json", "--by", by, "--join", join)
            group = json.loads(done.out)["groups"][0]
            for part in group["parts"]:
                assert part["share"] == part[join][by]
            found[by, join] = [part["share"] for part in group["parts"]]
    assert found["geometric", "judgements"] == found["geometric", "priorities"]
    assert found["eigenvector", "judgements"] != found["eigenvector", "priorities"]


def test_a_report_is_written_by_its_suffix(tmp_path: Path) -> None:
    for suffix, start in ((".md", "# Weights"), (".txt", "Weights by"), (".json", "{\n")):
        path = tmp_path / f"report{suffix}"
        done = run("weights", EXAMPLE, "-o", path)
        assert (done.code, done.out) == (0, "")
        assert path.read_text(encoding="utf-8").startswith(start)
    done = run("weights", EXAMPLE, "-o", tmp_path / "report.docx")
    assert done.code == 2
    assert ".yaml" in done.err


def test_standard_input_is_read() -> None:
    text = (ROOT / EXAMPLE).read_text(encoding="utf-8")
    assert run("weights", "-", given=text).out == run("weights", EXAMPLE).out


def test_a_check_of_a_folder_passes_comparisons_and_their_reports_over(tmp_path: Path) -> None:
    (tmp_path / "comparisons.yaml").write_bytes((ROOT / EXAMPLE).read_bytes())
    (tmp_path / "process.yaml").write_bytes((ROOT / "examples" / "data-entry.yaml").read_bytes())
    assert run("weights", EXAMPLE, "-f", "json", "-o", tmp_path / "report.yaml").code == 0
    done = run("check", tmp_path, "--isolated")
    assert "BPO201" not in done.out + done.err
    assert "2 other files were passed over" in done.out


def test_the_guide_shows_a_file_that_can_be_used(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "weights.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "comparisons.yaml"
    path.write_text(block, encoding="utf-8")
    done = run("weights", path)
    assert (done.code, done.err) == (0, "")


# The questionnaire that is written


def test_the_questionnaire_passes_its_check_and_has_the_weights(tmp_path: Path) -> None:
    comparisons, agreed = file_of(tmp_path, *chain(2, 2, "3/2")), tmp_path / "agreed.yaml"
    done = run("weights", comparisons, "-o", agreed, "--id", "agreed-method", "--as-version", "2.1")
    assert (done.code, done.out) == (0, "")
    checked = run("questionnaire", "check", agreed)
    assert (checked.code, checked.err) == (0, "")
    method = read_questionnaire(str(agreed)).questionnaire
    assert (method.id, method.version) == ("agreed-method", "2.1")
    weights = [Fraction(method.dimensions[name].weight) for name in NAMES]
    for (a, b), stated in zip(pairwise(weights), (2.0, 2.0, 1.5), strict=True):
        assert abs(float(a / b) / stated - 1) <= 0.001
    base = read_questionnaire("readiness").questionnaire
    assert method.questions == base.questions
    scored = run("score", "examples/data-entry.yaml", "-q", agreed, "-f", "json")
    assert json.loads(scored.out)["questionnaire"]["id"] == "agreed-method"


def test_weights_that_do_not_change_are_not_written(tmp_path: Path) -> None:
    agreed = tmp_path / "agreed.yaml"
    said = chain("7/6", "3/2", "4/3")
    assert run("weights", file_of(tmp_path, *said), "-o", agreed).code == 0
    text = agreed.read_text(encoding="utf-8")
    assert "weight:" not in text
    assert run("questionnaire", "check", agreed).code == 0


def test_rounding_is_as_exact_as_is_asked(tmp_path: Path) -> None:
    comparisons = file_of(tmp_path, *chain(3, "7/5", "5/4"))
    coarse, fine = (
        run("weights", comparisons, "-f", "questionnaire", "--within", within).out
        for within in ("10", "0.01")
    )
    assert re.findall(r"weight: (\S+)", coarse) == ["57", "19", "14", "11"]
    assert "within 10 %" in coarse
    assert all(len(weight) > 4 for weight in re.findall(r"weight: (\S+)", fine))


def test_a_file_that_others_wrote_is_never_replaced(tmp_path: Path) -> None:
    comparisons = file_of(tmp_path, *chain(2, 2, 2))
    theirs = tmp_path / "method.yaml"
    theirs.write_text("format: bpo-assess/questionnaire/v1\n", encoding="utf-8")
    for output in (theirs, comparisons):
        before = output.read_bytes()
        done = run("weights", comparisons, "-o", output)
        assert (done.code, done.out) == (2, "")
        assert output.read_bytes() == before
    ours = tmp_path / "agreed.yaml"
    for _ in range(2):
        assert run("weights", comparisons, "-o", ours).code == 0


def test_a_method_of_ones_own_is_extended_beside_it(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_bytes(CLEANING.read_bytes())
    method = read_questionnaire(str(CLEANING)).questionnaire
    group = next(axis for axis in method.axes if len(axis.dimensions) > 1)
    ids = [part.id for part in group.dimensions if part.weight]
    said = [{"this": ids[0], "counts": 9, "times": key} for key in ids[1:]]
    comparisons = tmp_path / "comparisons.yaml"
    data = {
        "format": "bpo-assess/comparisons/v1",
        "questionnaire": "./own.yaml",
        "comparisons": {"axis": group.id, "judgements": said},
    }
    comparisons.write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "below").mkdir()
    done = run("weights", comparisons, "-o", tmp_path / "agreed.yaml")
    assert done.code == 0, done.err
    assert 'extends: "./own.yaml"' in (tmp_path / "agreed.yaml").read_text(encoding="utf-8")
    assert run("questionnaire", "check", tmp_path / "agreed.yaml").code == 0
    away = run("weights", comparisons, "-o", tmp_path / "below" / "agreed.yaml")
    assert away.code == 2
    assert not (tmp_path / "below" / "agreed.yaml").exists()
    assert run("weights", "comparisons.yaml", "-f", "questionnaire", cwd=tmp_path).code == 0


def test_what_does_not_fit_is_said_beside_the_questionnaire() -> None:
    done = run("weights", EXAMPLE, "-f", "questionnaire")
    assert done.code == 0
    assert done.err == (
        "note: the judgements of Suitability do not all fit together: those of Head of finance contradict "
        "each other (ratio 0.217; up to 0.10 is usual); the report without -o says which\n"
    )


def test_several_who_contradict_themselves_are_named_with_their_ratios(tmp_path: Path) -> None:
    turned = [*chain(2, 2, 2), ("strategic", 1, "separability"), ("economics", 1, "market")]
    path = heard(tmp_path, ann=ROUND, bob=chain(1, 1, 1), cy=ROUND, dee=turned)
    data = json.loads(path.read_text(encoding="utf-8"))
    weights = {"ann": 0, "bob": 1, "cy": 0, "dee": 0.5}
    data["judges"] = [{"id": key, "weight": weight} for key, weight in weights.items()]
    path.write_text(json.dumps(data), encoding="utf-8")
    done = run("weights", path, "-f", "questionnaire")
    assert (
        "those of ann (ratio 7.588), cy (ratio 7.588) and dee (ratio 0.138) contradict each other (up to "
        "0.10 is usual); the report"
    ) in done.err
    page = " ".join(run("weights", path).out.split())
    assert re.search(
        r"All together yes \(ratio 0\.0\d\d\); those of ann, cy and dee do not\.", page
    )
    assert re.search(r"- ann \(not counted\): [\d.]+ - bob: [\d.]+ - cy \(not", page)
    assert re.search(r"- dee \(counts 0\.5 times\): [\d.]+", page)


def test_the_fit_of_each_judge_is_a_line_of_a_table() -> None:
    page = run("weights", EXAMPLE, "--width", "80").out
    assert "All together yes (ratio 0.012); those of Head of finance do not.\n" in page
    assert "Consistency (a ratio up to 0.10 is usual)\nJudgements of " in page
    assert re.search(r"\nHead of finance +not yet  0\.217  6 of 6 +4\.585 +0\.709\n", page)
    assert re.search(r"\nSponsor on the board +yes  0\.011  4 of 6 +4\.010 +-\n", page)
    assert "- Sponsor on the board (counts twice): 14.3\n" in page


def test_columns_and_names_are_written_as_people_write_them() -> None:
    page = run("weights", EXAMPLE, "--width", "100").out
    assert re.search(r"\nPart +Now +Agreed +By geometric mean +Mean of weights\n", page)
    by = run("weights", EXAMPLE, "--by", "geometric", "--join", "priorities").out
    assert re.search(r"\nPart +Now +Agreed +By eigenvector +Mean of judgements\n", by)
    assert "Ágoston" in page
    assert "Aguarón" in page


def test_a_page_is_as_wide_as_is_asked() -> None:
    wide, narrow = (run("weights", EXAMPLE, "--width", width).out for width in ("120", "40"))
    assert max(map(len, narrow.split("\n"))) <= 40
    assert 100 < max(map(len, wide.split("\n"))) <= 120
    assert run("weights", EXAMPLE, "--width", "39").code == 2


# What cannot be used


def test_problems_are_shown_at_their_place_and_nothing_is_written(tmp_path: Path) -> None:
    comparisons = file_of(tmp_path, *chain(2, 2, 12))
    done = run("weights", comparisons, "-o", tmp_path / "agreed.yaml")
    assert (done.code, done.out) == (2, "")
    assert re.search(r"comparisons\.yaml:1:\d+", done.err)
    assert "BPO207" in done.err
    assert not (tmp_path / "agreed.yaml").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--id", "No id"],
        ["--id", 'x"\n'],
        ["--id", "readiness"],
        ["--as-version", "one"],
        ["--as-version", "1.0\n"],
        ["--within", "0"],
        ["--within", "nan"],
        ["--within", "inf"],
        ["--within", "50.1"],
        ["--within", "much"],
        ["--max-ratio", "-0.1"],
        ["--max-ratio", "nan"],
        ["--max-ratio", "much"],
        ["--by", "feeling"],
        ["--join", "forces"],
        ["-f", "svg"],
        ["-q", "none"],
        ["-o", "/"],
    ],
)
def test_options_that_cannot_be_meant_are_refused(options: list[str]) -> None:
    done = run("weights", EXAMPLE, "-f", "questionnaire", *options)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert "Value error" not in done.err
    assert "Input should" not in done.err


def test_names_of_judges_who_contradict_themselves_are_only_text(tmp_path: Path) -> None:
    path = heard(tmp_path, a=ROUND, b=chain(1, 1, 1))
    data = json.loads(path.read_text(encoding="utf-8"))
    data["judges"] = [{"id": "a", "name": f"::error::{TEXT}"}, {"id": "b"}]
    path.write_text(json.dumps(data), encoding="utf-8")
    for options in (["-f", "questionnaire"], ["--max-ratio", "0.1"], ["-f", "markdown"]):
        done = run("weights", path, *options)
        assert done.code in {0, 1}
        for text in (done.out, done.err):
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
            assert not re.search(r"^\s*::", text, re.MULTILINE)
            assert "##[" not in text


def test_texts_of_others_never_become_anything_else(tmp_path: Path) -> None:
    judges = [{"id": "a", "name": TEXT}, {"id": "b", "name": f"::error::{TEXT}"}]
    comparisons = file_of(tmp_path, *chain(2, 2, 2), judges=judges)
    data = json.loads(comparisons.read_text(encoding="utf-8"))
    (entry,) = data["comparisons"]
    other = {**entry, "by": "b", "judgements": [{**entry["judgements"][0], "counts": "1/2"}]}
    other["judgements"] += entry["judgements"][1:]
    data["comparisons"] = [{**entry, "by": "a"}, other]
    comparisons.write_text(json.dumps(data), encoding="utf-8")
    for form in ("text", "markdown", "json", "questionnaire"):
        done = run("weights", comparisons, "-f", form)
        assert done.code == 0, done.err
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", done.out)
        assert not re.search(r"^\s*::", done.out, re.MULTILINE)
    found = json.loads(run("weights", comparisons, "-f", "json").out)
    assert found["groups"][0]["judges"][0]["name"] == visible(TEXT)
    html = MarkdownIt("commonmark").render(run("weights", comparisons, "-f", "markdown").out)
    assert not {"script", "a", "img", "b", "pre", "code"} & {*re.findall(r"<(\w+)", html)}
