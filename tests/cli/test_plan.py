"""`plan`: what it prints, what it refuses, and that a plan carried out leads where it says."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from bpo_assess.analysis.plan.finding import plan_to
from bpo_assess.reports.analysis import plan as pages
from hostile import hostile
from running import ROOT, run
from shipped import method_of

PRICING = "examples/pricing-analysis.yaml"

HEAD = {"format": "bpo-assess/process/v1", "id": "short", "name": "Short"}


def planned(*arguments: str | Path) -> dict[str, Any]:
    done = run("plan", *arguments, "-f", "json")
    assert done.code == 0, done.err
    value: dict[str, Any] = json.loads(done.out)
    return value


def weak_spots() -> dict[str, Any]:
    """Answer everything with 3 and proof, but for what the shipped case of a critical risk says."""
    answers: dict[str, Any] = {
        key: {"level": 3, "evidence": "proof.md"} for key in method_of("readiness").questions
    }
    weak = {
        "data-sensitivity": 0,
        "security-controls": 0,
        "system-access": 1,
        "supplier-assurance": 0,
        "independent-verification": 0,
    }
    return answers | weak | {"kpi-defined": "unknown"}


def carried_out(process: dict[str, Any], actions: list[dict[str, Any]]) -> dict[str, Any]:
    """Write the actions of a plan into a description, as somebody would who has done the work."""
    answers, controls = dict(process["answers"]), []
    for action in actions:
        key = action["subject"]
        if action["kind"] == "control":
            controls.append({"id": key, "status": "in-place", "evidence": "proof.md"})
            continue
        stated = answers[key] if isinstance(answers[key], dict) else {}
        proof = {"evidence": "proof.md"} if action["needs_evidence"] else {}
        answers[key] = stated | proof | {"level": action["to"]}
    return process | {"answers": answers, "controls": controls}


@pytest.mark.parametrize("target", ["outsource-with-conditions", "outsource"])
def test_a_plan_carried_out_gives_the_verdict_and_the_score_that_it_says(
    tmp_path: Path, target: str
) -> None:
    process = HEAD | {"answers": weak_spots()}
    before, after = tmp_path / "before.yaml", tmp_path / "after.yaml"
    before.write_text(json.dumps(process), encoding="utf-8")
    plan = planned(before, "--to", target)
    assert plan["reached"]
    assert plan["proven"]
    after.write_text(json.dumps(carried_out(process, plan["actions"])), encoding="utf-8")
    score = json.loads(run("score", after, "-f", "json").out)
    assert score["verdict"]["id"] == plan["after"]["verdict"] == target
    assert score["verdict"]["firm"] == plan["after"]["firm"]
    assert score["candidacy"]["value"] == plan["after"]["candidacy"]
    assert score["evidence_share"] == plan["after"]["evidence_share"]
    for axis in score["axes"]:
        assert axis["value"] == plan["after"]["axes"][axis["id"]]
    assert sum(action["effort"] for action in plan["actions"]) == plan["effort"]


def test_a_legal_bar_that_nobody_can_move_is_named(tmp_path: Path) -> None:
    method = tmp_path / "method.yaml"
    method.write_text(
        json.dumps(
            {
                "format": "bpo-assess/questionnaire/v1",
                "id": "barred",
                "version": "1.0",
                "title": "Barred",
                "extends": "screening",
                "axes": _fixed("regulatory-permissibility"),
            }
        ),
        encoding="utf-8",
    )
    assumed = "--set", "regulatory-permissibility=0"
    done = run("plan", PRICING, "-q", method, *assumed, "--to", "outsource")
    assert done.code == 0, done.err
    said = " ".join(done.out.split())
    assert "It cannot be reached, whatever is done." in said
    assert "No work can raise Permitted by law from level 0." in said
    plan = planned(PRICING, "-q", method, *assumed)
    assert not plan["reached"]
    assert [bar["verdict"] for bar in plan["bars"]] == ["keep-in-house"]
    assert plan["bars"][0]["alone"]


def _fixed(question: str) -> list[dict[str, Any]]:
    """Override one question of a shipped method, at its place."""
    for axis in method_of("screening").axes:
        for dimension in axis.dimensions:
            if any(part.id == question for part in dimension.questions):
                asked = {"id": question, "fixed": True}
                return [{"id": axis.id, "dimensions": [{"id": dimension.id, "questions": [asked]}]}]
    raise AssertionError(question)


def test_a_budget_says_what_it_reaches() -> None:
    plan = planned(PRICING, "--budget", "4")
    assert plan["budget"] == 4
    assert plan["effort"] <= 4
    assert plan["target"] is None
    assert plan["after"]["verdict"] == "outsource-with-conditions"


def test_a_firm_plan_leaves_no_less_than_it_promises() -> None:
    known = planned(
        "examples/supplier-onboarding.yaml", "-q", "screening", "--to", "outsource-with-conditions"
    )
    firm = planned(
        "examples/supplier-onboarding.yaml",
        "-q",
        "screening",
        "--to",
        "outsource-with-conditions",
        "--firm",
    )
    assert not known["after"]["firm"]
    assert firm["effort"] > known["effort"]
    assert "anywhere from" not in " ".join(
        firm["answer"]
    ) or '"Outsource with conditions" to' in " ".join(firm["answer"])


def test_the_same_file_gives_the_same_plan() -> None:
    first, second = (run("plan", PRICING, "--to", "outsource") for _ in range(2))
    assert first.code == 0
    assert first.out == second.out


def test_nothing_but_the_plan_goes_to_standard_output() -> None:
    done = run("plan", PRICING)
    assert done.code == 0
    assert done.out.startswith("What does it take to get to")
    assert done.err == ""


def test_a_work_plan_has_a_box_for_each_piece_of_work(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    done = run("plan", PRICING, "--to", "outsource", "-o", path)
    assert done.code == 0
    assert done.out == ""
    page = path.read_text(encoding="utf-8")
    actions = planned(PRICING, "--to", "outsource")["actions"]
    assert page.count("- [ ] ") == len(actions) > 3
    assert page.count("Owner: ") == len(actions)


def test_hostile_text_stays_text() -> None:
    before = hostile()
    verdicts = before.questionnaire.decision.verdicts
    found = plan_to(before, verdicts[1], alternatives=0)
    page = MarkdownIt("commonmark").parse(pages.markdown(found))
    inline = [part for token in page for part in token.children or []]
    assert not {part.type for part in inline} & {"link_open", "image", "html_inline", "em_open"}
    assert len([token for token in page if token.type == "heading_open" and token.tag == "h1"]) == 1
    assert "\x1b" not in pages.text(found, 80)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "outsorce"], "did you mean `outsource`"),
        (["--budget", "much"], "that is no effort"),
        (["--budget", "-1"], "that is no effort"),
        (["--budget", "nan"], "that is no effort"),
        (["--to", "outsource", "--budget", "3"], "give one of them"),
        (["--firm", "--budget", "3"], "--firm goes with a verdict to reach"),
        (["--budget", "99999999"], "a number up to 999999"),
        (["-o", "plan.docx"], "is not clear from its name"),
        (["-f", "text", "-o", PRICING], "is an input"),
        (["--set", "exit-plan=9"], "is no level"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], says: str) -> None:
    done = run("plan", PRICING, *arguments)
    assert done.code == 2
    assert says in done.err
    assert done.out == ""


def test_a_file_that_is_not_there_is_refused() -> None:
    done = run("plan", "nowhere.yaml")
    assert done.code == 2
    assert "nothing was planned." in done.err


@pytest.mark.parametrize(
    "arguments", [["score", PRICING, "-f", "json"], ["check", PRICING], ["plan", "--help"]]
)
def test_only_a_plan_imports_the_solver(arguments: list[str]) -> None:
    script = (
        "import sys, io, contextlib; from bpo_assess.cli.boundary import run\n"
        f"with contextlib.redirect_stdout(io.StringIO()): run({arguments!r})\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not {"highspy", "numpy", "bpo_assess.analysis.plan"} & set(done.stdout.split())
