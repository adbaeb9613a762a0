"""`bpo-assess compare`: two descriptions, or one at two revisions; reports, and the gate for CI."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from markdown_it import MarkdownIt
from pydantic import TypeAdapter

from bpo_assess.analysis.comparison import Comparison, compare
from bpo_assess.analysis.comparison.facts import APART
from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.cli.boundary import run as run_here
from bpo_assess.model.parts import Part
from bpo_assess.model.process import ProcessDescription
from bpo_assess.reports.analysis import comparison as pages
from bpo_assess.reports.analysis import comparison_json
from bpo_assess.reports.analysis.comparison.contract import ComparisonObject
from bpo_assess.reports.analysis.comparison.facts import SECTIONS
from builders import axis, decision, dimension, judged, method, process, question, verdict
from hostile import TEXT, hostile_method
from running import ROOT, Outcome, run
from shipped import example, method_of

RENDERER = MarkdownIt("gfm-like", {"linkify": False})

HEAD = "format: bpo-assess/process/v1\nid: pay\nname: Payroll\nquestionnaire: screening\n"
THEN = HEAD + "staff_fte: 4\nanswers:\n  exit-plan: 1\n  protocol-documented: unknown\n"
NOW = HEAD + "staff_fte: 40\nanswers:\n  exit-plan: 3\n  protocol-documented: 2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "then.yaml").write_text(THEN, encoding="utf-8")
    (tmp_path / "now.yaml").write_text(NOW, encoding="utf-8")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(
        ["git", "-C", str(folder), *author, *arguments],  # noqa: S607
        check=True,
        capture_output=True,
        env=kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )


@pytest.fixture
def repository(folder: Path) -> Path:
    """Commit the earlier state of `pay.yaml`, and leave the later one in the folder."""
    git(folder, "init", "-q", "-b", "main")
    (folder / "pay.yaml").write_text(THEN, encoding="utf-8")
    git(folder, "add", "pay.yaml")
    git(folder, "commit", "-q", "-m", "first")
    (folder / "pay.yaml").write_text(NOW, encoding="utf-8")
    return folder


def in_folder(folder: Path, *arguments: str, given: str = "") -> Outcome:
    return run("compare", *arguments, cwd=folder, given=given)


def moved(done: Outcome) -> Any:
    """Read the JSON of a run, and hold it to its contract."""
    assert done.err == ""
    found = json.loads(done.out)
    TypeAdapter(ComparisonObject).validate_python(found, strict=True)
    return found


# Two files


def test_what_moved_between_two_files_is_told(folder: Path) -> None:
    done = in_folder(folder, "then.yaml", "now.yaml")
    assert done.code == 0
    assert done.err == ""
    assert "What moved: Payroll" in done.out
    assert "Then: then.yaml, judged by screening" in done.out
    for heading in (
        "Did the verdict move?",
        "By how much did the figures move?",
        "Which answers moved?",
        "Which facts moved?",
        "Which reasons came, and which went?",
        "What else moved?",
    ):
        assert f"\n{heading}\n---" in done.out
    assert "Full-time equivalents: 4 then, 40 now" in done.out


def test_as_json_every_state_and_origin_is_there(folder: Path) -> None:
    found = moved(in_folder(folder, "then.yaml", "now.yaml", "-f", "json"))
    answers = {answer["question"]: answer for answer in found["answers"]}
    assert answers["exit-plan"]["then"]["level"] == 1
    assert answers["exit-plan"]["now"] == {
        "state": "answered",
        "level": 3,
        "claimed_level": 3,
        "fact_level": None,
        "origin": "answer",
        "evidenced": False,
    }
    assert answers["protocol-documented"]["then"]["state"] == "unknown"
    assert answers["scale"]["now"]["origin"] == "fact"
    assert found["facts"]["measures"][0]["id"] == "full-time-equivalents"


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    one, other = (
        run(
            "compare", "then.yaml", "now.yaml", "-f", form, cwd=folder, env={"PYTHONHASHSEED": seed}
        )
        for form, seed in (("markdown", "1"), ("markdown", "2"))
    )
    assert one == other


def test_one_of_the_two_may_come_by_standard_input(folder: Path) -> None:
    done = in_folder(folder, "-", "now.yaml", given=THEN)
    assert "Then: standard input, judged by screening" in done.out
    assert in_folder(folder, "then.yaml", "-", given=NOW).code == 0


def test_a_file_is_written_in_the_format_of_its_suffix(folder: Path) -> None:
    done = in_folder(folder, "then.yaml", "now.yaml", "-o", "moved.md")
    assert (done.code, done.out, done.err) == (0, "", "moved.md written\n")
    assert (folder / "moved.md").read_text(encoding="utf-8").startswith("# What moved: Payroll\n")


def test_an_assumption_is_made_of_the_later_one_and_said(folder: Path) -> None:
    done = in_folder(folder, "now.yaml", "now.yaml", "--set", "exit-plan=4")
    assert "What if: exit-plan = 4." in done.out
    assert re.search(r"\(assumed\) +3 +4 ", done.out)


def test_another_method_for_the_earlier_one_splits_the_difference(folder: Path) -> None:
    arguments = ("--old-questionnaire", "screening", "-q", "readiness")
    found = moved(in_folder(folder, "then.yaml", "now.yaml", "-f", "json", *arguments))
    assert found["then"]["questionnaire"]["id"] == "screening"
    assert found["now"]["questionnaire"]["id"] == "readiness"
    assert found["method"]["changed"]
    text = in_folder(folder, "then.yaml", "now.yaml", *arguments).out
    assert "What did the method do, and what the answers?" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["now.yaml"], "nothing to be compared with"),
        (["now.yaml", "then.yaml", "--since", "HEAD"], "--since compares one file with itself"),
        (["now.yaml", "--since", "--all"], "no revision"),
        (["-", "-"], "only one of the two"),
        (["-", "--since", "HEAD"], "standard input has no earlier revision"),
        (["then.yaml", "now.yaml", "-f", "text", "-o", "now.yaml"], "is an input"),
        (["then.yaml", "now.yaml", "-o", "moved.doc"], "not clear from its name"),
        (["then.yaml", "now.yaml", "--fail-on-drop", "much"], "no number of points"),
        (["then.yaml", "now.yaml", "--fail-on-drop", "-1"], "no number of points"),
        (["then.yaml", "now.yaml", "--fail-on-drop", "nan"], "no number of points"),
        (["then.yaml", "now.yaml", "--fail-on-drop", "1e9"], "no number of points"),
        (["then.yaml", "now.yaml", "--set", "exit-plan=9"], "is no level"),
    ],
)
def test_wrong_usage_ends_with_2(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(folder)
    code = run_here(["compare", *arguments])
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert said in printed.err


def test_a_broken_file_is_shown_at_its_line_and_nothing_is_compared(folder: Path) -> None:
    (folder / "then.yaml").write_text(THEN.replace("exit-plan: 1", "exit-plan: 7"))
    done = in_folder(folder, "then.yaml", "now.yaml")
    assert (done.code, done.out) == (2, "")
    assert "then.yaml:7:" in done.err
    assert "nothing was compared" in done.err


# One file at two revisions


def test_a_file_is_compared_with_itself_at_a_revision(repository: Path) -> None:
    done = in_folder(repository, "pay.yaml", "--since", "HEAD")
    assert (done.code, done.err) == (0, "")
    assert "Then: HEAD:pay.yaml, judged by screening" in done.out
    two_files = in_folder(repository, "then.yaml", "now.yaml")
    assert done.out.split("\n")[5:] == two_files.out.split("\n")[5:]


def test_a_file_that_was_renamed_is_followed_and_it_is_said(repository: Path) -> None:
    git(repository, "mv", "pay.yaml", "payroll.yaml")
    git(repository, "commit", "-q", "-m", "another name")
    done = in_folder(repository, "payroll.yaml", "--since", "HEAD~1")
    assert done.code == 0
    assert done.err == "payroll.yaml was called pay.yaml at HEAD~1\n"
    assert "Then: HEAD~1:pay.yaml" in done.out


def test_a_rename_that_is_not_committed_is_not_followed_and_it_is_said_what_helps(
    repository: Path,
) -> None:
    git(repository, "mv", "pay.yaml", "payroll.yaml")
    done = in_folder(repository, "payroll.yaml", "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "under this name it is not committed" in done.err
    assert "commit the rename first: a renamed file is then followed" in done.err
    git(repository, "commit", "-q", "-m", "another name")
    assert in_folder(repository, "payroll.yaml", "--since", "HEAD~1").code == 0


def test_a_file_that_came_later_is_not_said_to_be_renamed(repository: Path) -> None:
    (repository / "later.yaml").write_text(HEAD, encoding="utf-8")
    git(repository, "add", "later.yaml")
    git(repository, "commit", "-q", "-m", "later")
    done = in_folder(repository, "later.yaml", "--since", "HEAD~1")
    assert done.code == 2
    assert "choose a later revision" in done.err
    assert "commit" not in done.err


def test_a_revision_that_does_not_exist_is_an_input_that_cannot_be_used(repository: Path) -> None:
    done = in_folder(repository, "pay.yaml", "--since", "v9")
    assert (done.code, done.out) == (2, "")
    assert "error[BPO101]: the repository of this file has no revision `v9`" in done.err


def test_a_description_that_was_broken_then_is_shown_at_its_line_of_then(repository: Path) -> None:
    (repository / "pay.yaml").write_text(THEN + "  exit-plan: 2\n", encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "broken")
    (repository / "pay.yaml").write_text(NOW, encoding="utf-8")
    done = in_folder(repository, "pay.yaml", "--since", "HEAD")
    assert done.code == 2
    assert "HEAD:pay.yaml:9:" in done.err


def test_the_method_of_then_is_read_at_the_revision(repository: Path) -> None:
    own = repository / "own.yaml"
    text = (
        "format: bpo-assess/questionnaire/v1\nid: own\ntitle: Own\nextends: screening\n"
        'version: "1.0"\n'
    )
    own.write_text(text, encoding="utf-8")
    git(repository, "add", "own.yaml")
    git(repository, "commit", "-q", "-m", "method")
    own.write_text(text.replace("1.0", "1.1"), encoding="utf-8")
    arguments = ("pay.yaml", "--since", "HEAD", "-q", "own.yaml", "-f", "json")
    found = moved(in_folder(repository, *arguments))
    versions = [found[end]["questionnaire"]["version"] for end in ("then", "now")]
    assert versions == ["1.0", "1.1"]


# The gate


def test_the_gate_is_open_where_nothing_fell(folder: Path) -> None:
    done = in_folder(folder, "then.yaml", "then.yaml", "--fail-on-drop", "0")
    assert (done.code, done.err) == (0, "")


def test_the_gate_is_closed_by_a_drop_and_the_report_is_written_all_the_same(folder: Path) -> None:
    high, low = (HEAD + f"answers:\n  exit-plan: {level}\n  scale: 4\n" for level in (4, 0))
    (folder / "high.yaml").write_text(high, encoding="utf-8")
    (folder / "low.yaml").write_text(low, encoding="utf-8")
    found = moved(in_folder(folder, "high.yaml", "low.yaml", "-f", "json"))
    points = -found["candidacy"]["points"]
    assert points > 0
    shut = in_folder(folder, "high.yaml", "low.yaml", "--fail-on-drop", str(points - 1))
    assert shut.code == 1
    assert shut.err.startswith(f"--fail-on-drop: the candidacy fell by {points} points, from ")
    assert "Did the verdict move?" in shut.out
    assert f", {points - 1:g} are allowed" in shut.err
    none = in_folder(folder, "high.yaml", "low.yaml", "--fail-on-drop", "0")
    assert ", none allowed" in none.err
    assert ", 1 is allowed" in in_folder(folder, "high.yaml", "low.yaml", "--fail-on-drop", "1").err
    opened = in_folder(folder, "high.yaml", "low.yaml", "--fail-on-drop", str(points))
    assert (opened.code, opened.err) == (0, "")


# The pages


def small(version: str = "1.0") -> Any:
    return method(
        axis("x", dimension("d", 1, question("a"), question("b"), question("c"))),
        decided=decision(
            verdict(
                "wait", "later", {"question": "a", "at_most": 0}, {"question": "b", "at_most": 0}
            ),
            verdict("go", "favour"),
        ),
        version=version,
    )


def said(found: Comparison) -> str:
    """Write a page on one line."""
    return " ".join(pages.text(found, 80).split())


def test_one_change_that_did_it_is_named_in_a_sentence() -> None:
    found = compare(judged(small(), a=0, b=2, c=2), judged(small(), a=1, b=3, c=2))
    assert 'Yes: from "wait" (firm) to "go" (firm).' in said(found)
    assert "Of 2 changes, one would have been enough by itself: a: 0 to 1." in said(found)


def test_changes_that_did_it_together_are_listed() -> None:
    found = compare(judged(small(), a=0, b=0, c=2), judged(small(), a=1, b=3, c=3))
    assert (
        "Of 3 changes, none would have been enough by itself. It takes 2 together, and these are "
        "enough: - b: 0 to 3 - a: 0 to 1"
    ) in said(found)


def test_an_answer_that_claims_more_than_the_facts_is_told() -> None:
    readiness = method_of("readiness")
    then = assess(process({"scale": 3}), readiness)
    found = compare(then, assess(process({"scale": 3}, staff_fte=4), readiness))
    assert "(claims 3, the facts support 1;" in said(found)


def test_a_fact_is_said_once_and_in_words() -> None:
    readiness = method_of("readiness")
    kpis = [{"id": "cost-per-slip", "name": "Cost", "baseline": level} for level in ("4", "3")]
    steps = [{"name": "Check", "on_site": on_site} for on_site in (True, False)]
    lid = {"id": "should-cost-model", "status": "planned"}
    then, now = (
        assess(
            process(
                staff_fte=staff,
                volume={"amount": 100, "variation_percent": staff},
                kpis=[kpi],
                steps=[step],
                controls=[lid | control],
            ),
            readiness,
        )
        for staff, kpi, step, control in zip(
            (17, 12), kpis, steps, ({}, {"status": "in-place"}), strict=True
        )
    )
    page = pages.text(compare(then, now), 80)
    facts = page[page.index("Which facts moved?") : page.index("Which risks and controls moved?")]
    assert facts.split("\n")[3:-2] == [
        "- Volume: variation in percent 17 then, 12 now",
        "- Full-time equivalents: 17 then, 12 now",
        "- Step Check: on site yes then, no now",
        "- KPI cost-per-slip: baseline 4 then, 3 now",
    ]
    assert "control should-cost-model: planned then, in place without evidence now" in page


def test_every_section_of_a_description_has_a_name() -> None:
    single = [
        part
        for field in ProcessDescription.model_fields.values()
        for part in get_args(field.annotation)
        if get_origin(field.annotation) is not tuple
        and isinstance(part, type)
        and issubclass(part, Part)
    ]
    lists = {
        key
        for part in single
        for key, field in part.model_fields.items()
        if get_origin(field.annotation) is tuple
    }
    assert lists == {"hidden_costs"}
    assert {*SECTIONS} == {*ProcessDescription.model_fields} - {*APART} | lists


def test_changed_weights_are_told_as_shares_and_changed_texts_are_only_counted() -> None:
    weights = ({"a": 1, "b": 1}, {"a": 30, "b": 10})
    old, new = (
        method(
            axis("x", dimension("d", 1, *(question(key, weight=w) for key, w in each.items()))),
            decided=decision(verdict("wait", "later"), verdict("go", "favour")),
            version=version,
            title=f"Version {version}",
            about=f"It is version {version}.",
        )
        for each, version in zip(weights, ("1.0", "1.1"), strict=True)
    )
    page = said(compare(judged(old, a=1, b=2), judged(new, a=1, b=2)))
    assert (
        "Changes that leave the meaning of answers alone (they can move the verdict): - weights of d: a "
        "50.0 % to 75.0 %, b 50.0 % to 25.0 % - 2 texts reworded What else moved?"
    ) in page


def test_weights_of_other_numbers_and_the_same_shares_are_said_to_be_that() -> None:
    old, new = (
        method(
            axis("x", dimension("d", 1, question("a", weight=w), question("b", weight=2 * w))),
            decided=decision(verdict("wait", "later"), verdict("go", "favour")),
            version=version,
        )
        for w, version in ((1, "1.0"), (10, "1.1"))
    )
    page = said(compare(judged(old, a=1, b=2), judged(new, a=1, b=2)))
    assert "- weights of d: other numbers, and the same shares What else moved?" in page


def test_a_change_of_texts_alone_is_a_number_of_texts() -> None:
    old, new = (
        method(
            axis("x", dimension("d", 1, question("a", why=why))),
            decided=decision(verdict("wait", "later"), verdict("go", "favour")),
        )
        for why in ("It counts.", "It counts much.")
    )
    page = said(compare(judged(old, a=1), judged(new, a=1)))
    assert "(they can move the verdict): - 1 text reworded What else moved?" in page


def test_nothing_moved_is_one_sentence() -> None:
    one = example("pricing-analysis.yaml")
    assert pages.text(compare(one, one), 80).endswith(
        "\nWhat moved?\n-----------\n\n"
        "Nothing: verdict, figures, answers, facts, risks and reasons are what they were.\n"
    )


def test_a_verdict_that_is_only_surer_is_said_to_be_that() -> None:
    found = compare(judged(small(), a=2, b=1), judged(small(), a=2, b=1, c=2))
    assert '"go" (firm), then and now.' in said(found)
    open_then = judged(small(), b=1, c=1)
    assert not open_then.ruling.firm
    found = compare(open_then, judged(small(), a=2, b=1, c=1))
    assert 'No; only how sure it is: "go" was provisional and is firm now.' in said(found)


def test_a_verdict_that_is_only_called_otherwise_is_said_to_be_that() -> None:
    old, new = small(), small("1.1")
    verdicts = [
        each.model_copy(update={"title": f"{each.title} on"}) for each in new.decision.verdicts
    ]
    renamed = new.model_copy(
        update={"decision": new.decision.model_copy(update={"verdicts": tuple(verdicts)})}
    )
    found = compare(judged(old, a=2, b=1, c=1), judged(renamed, a=2, b=1, c=1))
    assert 'No; only what the method calls it: "go" (firm) then, "go on" (firm) now.' in said(found)


def test_sections_in_which_nothing_moved_are_one_sentence() -> None:
    old, new = small(), small("1.1")
    page = said(compare(judged(old, a=1, b=2, c=2), judged(new, a=1, b=2, c=2)))
    assert page.endswith(
        "What else moved? ---------------- No answer, fact, risk, control or reason moved."
    )
    page = said(compare(judged(small(), a=1, b=2, c=2), judged(small(), a=1, b=3, c=2)))
    assert "Which answers moved?" in page
    assert page.endswith("No fact, risk, control or reason moved.")
    for heading in ("Which facts moved?", "Which risks and controls moved?", "Which reasons"):
        assert heading not in page


def test_what_the_new_method_makes_of_the_old_answers_is_one_sentence() -> None:
    readiness, screening = method_of("readiness"), method_of("screening")
    payroll = example("payroll.yaml").process
    page = said(compare(assess(payroll, readiness), assess(payroll, screening)))
    assert (
        'Judged by the new method, the old answers would have had the verdict "Outsource with '
        'conditions" (firm) and a candidacy of 79.2. The whole difference, +1.8 points, is the part of '
        "the method."
    ) in page


def test_an_unknown_candidacy_is_not_written_as_a_figure() -> None:
    found = compare(judged(small()), judged(small("1.1"), a=2))
    assert '"Undetermined" and no candidacy.' in said(found)


def test_what_was_done_to_many_parts_is_counted_and_some_are_named() -> None:
    readiness, screening = method_of("readiness"), method_of("screening")
    payroll = example("payroll.yaml").process
    page = said(compare(assess(payroll, readiness), assess(payroll, screening)))
    gone = [key for key in readiness.questions if key not in screening.questions]
    first = ", ".join(readiness.questions[key].title for key in sorted(gone)[:5])
    assert f"- {len(gone)} questions removed: {first}, and {len(gone) - 5} more " in page
    assert re.search(r"- 12 controls removed: (\S+, ){5}and 7 more -", page)
    assert "- 4 risks removed: Data breach, Hidden and rising cost, " in page
    assert "- benefits, alternatives and delivery models changed -" in page
    assert gone[0] not in page


def test_two_processes_are_set_side_by_side_by_what_they_share() -> None:
    found = compare(example("payroll.yaml"), example("pricing-analysis.yaml"))
    page = said(found)
    assert page.startswith("How they differ: Payroll and Pricing analysis for project quotations -")
    assert "- Then: Payroll (" in page
    assert "- Now: Pricing analysis for project quotations (" in page
    for heading in ("Do the verdicts differ?", "Which answers differ?", "Which reasons differ?"):
        assert heading in page
    assert 'Yes: "Outsource with conditions" (firm) then, "Keep in-house" (firm) now.' in page
    assert "The candidacy of the second is lower by 17.0 points: 77.4 and 60.4" in page
    assert "- Full-time equivalents: 17 then, 9 now" in page
    assert "Steps with real instructions: 8 of 8, 100 % then; 6 of 7, 85.71 % now" in page
    assert "KPIs with a baseline" not in page, "all of 5 and all of 3 are both all"
    for own in ("reworded", "In scope", "Owner", "Step ", "KPI ", "Document "):
        assert own not in page
    assert "What each of two processes has of its own is left out" in page
    assert "moved" not in page


def test_two_processes_of_one_verdict_have_it_both() -> None:
    found = compare(example("payroll.yaml"), example("group-accounting.yaml"))
    assert 'No. Both are "Outsource with conditions" (firm).' in said(found)


def test_what_rests_on_other_grounds_or_has_other_evidence_is_said_then_and_now() -> None:
    readiness = method_of("readiness")
    bare, shown = (
        process({"exit-plan": {"level": 2, **more}}) for more in ({}, {"evidence": "A."})
    )
    page = said(compare(assess(bare, readiness), assess(shown, readiness)))
    assert "(no evidence then, some now) 2 2" in page
    page = said(compare(assess(shown, readiness), assess(bare, readiness)))
    assert "(evidence then, none now) 2 2" in page
    asked, read = process({"scale": 1}), process(staff_fte=4)
    page = pages.text(compare(assess(asked, readiness), assess(read, readiness)), 120)
    assert "(rests on the answer then, the facts now; no evidence then, some now) " in page
    page = said(compare(assess(process(), readiness), assess(asked, readiness)))
    assert "Scale for provider interest not answered 1 " in page


def test_values_that_came_or_went_are_said_then_and_now() -> None:
    readiness = method_of("readiness")
    ends = [process(owner="Ann"), process(owner="Bo"), process(), process(owner="x" * 41)]
    ann, other, nobody, long = (assess(each, readiness) for each in ends)
    assert "- Owner: Ann then, Bo now" in said(compare(ann, other))
    assert "- Owner: Ann then, not stated now" in said(compare(ann, nobody))
    assert "- Owner: not stated then, Ann now" in said(compare(nobody, ann))
    assert "- Owner: stated then, not stated now" in said(compare(long, nobody))
    assert "- Owner: reworded" in said(compare(ann, long))


def test_a_page_is_as_wide_as_is_asked(folder: Path) -> None:
    wide = in_folder(folder, "then.yaml", "now.yaml", "--width", "120").out
    narrow = in_folder(folder, "then.yaml", "now.yaml", "--width", "40").out
    assert max(map(len, narrow.split("\n"))) <= 40 < max(map(len, wide.split("\n"))) <= 120
    assert in_folder(folder, "then.yaml", "now.yaml", "--width", "39").code == 2


def test_no_line_is_wider_than_the_screen() -> None:
    found = compare(example("content-moderation.yaml"), example("payroll.yaml"))
    for width in (40, 80, 100):
        assert max(map(len, pages.text(found, width).split("\n"))) <= width


@pytest.mark.parametrize("other", ["payroll.yaml", "supplier-onboarding.yaml"])
def test_markdown_has_sound_tables_and_headings(other: str) -> None:
    text = pages.markdown(compare(example("content-moderation.yaml"), example(other)))
    tables = [line for line in text.split("\n") if line.startswith("|")]
    assert sum(token.type == "tr_open" for token in RENDERER.parse(text)) == len(tables) - sum(
        line.startswith("| --- ") for line in tables
    )
    assert "\n\n\n" not in text
    assert "None" not in re.sub(r"^None\.$", "", text, flags=re.MULTILINE)
    assert text.endswith("\n")


def strange(level: int, extra: str = "") -> Assessment:
    """Assess a description and a method whose every text tries to become something else."""
    text = TEXT + extra
    steps = [{"name": text, "role": text, "stays": True}, {"name": f"::error::{text}"}]
    kpis = [{"name": text, "unit": extra or "hours"}]
    more = {"owner": text, "regulations": [text], "steps": steps, "kpis": kpis}
    answers = {"exit-plan": {"level": level, "note": text, "evidence": text}}
    return assess(process(answers, name=text, **more), hostile_method())


@pytest.fixture(scope="module")
def hostile_comparison() -> Comparison:
    return compare(strange(0), strange(4, "more"))


def test_hostile_text_stays_text_in_a_terminal(hostile_comparison: Comparison) -> None:
    for width in (40, 80):
        text = pages.text(hostile_comparison, width)
        assert all(character.isprintable() for character in text.replace("\n", ""))
        assert not re.search(r"^\s*::", text, re.MULTILINE)
        assert "##[" not in text


def test_hostile_text_stays_text_in_markdown(hostile_comparison: Comparison) -> None:
    text = pages.markdown(hostile_comparison)
    flat = [part for token in RENDERER.parse(text) for part in (token, *(token.children or []))]
    kinds = {token.type for token in flat}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "s_open", "hr", "fence"}
    assert "<script" not in RENDERER.render(text)
    assert not re.search(r"^\s*::", text, re.MULTILINE)


def test_hostile_text_stays_text_in_json(hostile_comparison: Comparison) -> None:
    text = comparison_json.render(hostile_comparison)
    TypeAdapter(ComparisonObject).validate_python(json.loads(text), strict=True)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_names_of_files_and_revisions_are_only_text(repository: Path) -> None:
    name = "::error::\x1b[31m[a](b).yaml"
    (repository / name).write_text(NOW, encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "odd")
    for form in ("text", "markdown", "json"):
        done = in_folder(repository, name, "--since", "HEAD", "-f", form)
        assert done.code == 0
        assert "\x1b" not in done.out
        assert not re.search(r"^\s*::", done.out, re.MULTILINE)


# The page of the guide


def test_the_guide_shows_what_the_program_says() -> None:
    guide = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```console\n\$ bpo-assess (compare .*)\n((?:.*\n)*?)```", guide)
    arguments, output = shown
    done = run(*arguments.split(), env={"COLUMNS": "80"})
    assert done.code == 0
    assert done.out.startswith(output.rstrip().removesuffix("[...]").rstrip())
