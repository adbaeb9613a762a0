"""A questionnaire that extends another: what it takes over and leaves out, and where mistakes are shown."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bpo_assess.assessment import assess
from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.loading.read import LoadedQuestionnaire, pair, read_draft, read_questionnaire
from builders import process
from shipped import EXAMPLES, ROOT, method_of

BASE = Path(__file__).parents[1] / "methods" / "cleaning-contract.yaml"
HEAD = 'format: bpo-assess/questionnaire/v1\nid: mine\nversion: "1.0"\ntitle: Mine\nextends: ./base.yaml\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(BASE, tmp_path / "base.yaml")
    return tmp_path


def derived(folder: Path, text: str) -> LoadedQuestionnaire:
    path = folder / "mine.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return read_questionnaire(str(path))


def refused(folder: Path, text: str) -> Diagnostic:
    with pytest.raises(InputError) as caught:
        derived(folder, text)
    return caught.value.diagnostics[0]


def test_without_changes_it_is_the_same_method_under_another_name(folder: Path) -> None:
    mine = derived(folder, "").questionnaire
    base = read_questionnaire(str(BASE)).questionnaire
    assert mine.id == "mine"
    assert mine.axes == base.axes
    assert mine.risks == base.risks
    assert mine.decision == base.decision


def test_a_part_is_overridden_by_its_id_and_only_where_it_says_so(folder: Path) -> None:
    text = """
axes:
  - id: supply
    dimensions: [{id: bidders, questions: [{id: local-bidders, title: Bidders nearby}]}]
  - id: need
    dimensions: [{id: areas, weight: 9}]
"""
    mine = derived(folder, text).questionnaire
    assert [axis.id for axis in mine.axes] == ["need", "supply", "house"]
    assert mine.dimensions["areas"].weight == 9
    assert mine.questions["local-bidders"].title == "Bidders nearby"
    assert mine.questions["local-bidders"].anchors[0] == "None"


def test_a_new_part_is_added_at_the_end(folder: Path) -> None:
    text = """
risks:
  - {id: mould, title: Mould, text: It grows., drivers: {inspector: 1}, impact_drivers: {area-list: 1}}
"""
    assert [risk.id for risk in derived(folder, text).questionnaire.risks][-1] == "mould"


def test_what_has_no_ids_is_replaced_as_a_whole(folder: Path) -> None:
    mine = derived(folder, "bands: [{word: fine, at_least: 0}]\n").questionnaire
    assert [band.word for band in mine.bands] == ["fine"]


def test_only_keeps_the_named_questions_and_what_they_carry(folder: Path) -> None:
    loaded = derived(folder, "only: [area-list, visible-result, inspector, local-bidders]\n")
    mine = loaded.questionnaire
    assert set(mine.questions) == {"area-list", "visible-result", "inspector", "local-bidders"}
    assert "staff" not in mine.dimensions
    assert [risk.id for risk in mine.risks] == ["dirty-wards"]
    assert mine.delivery[0].ruled_out_by == ()
    assert loaded.left_out == {"access-hours", "own-cleaners", "longer-term"}


def test_a_condition_that_holds_only_together_with_what_is_left_out_goes(folder: Path) -> None:
    verdicts = """
decision:
  verdicts:
    - id: tender-later
      held_by:
        - all: [{question: inspector, at_most: 1}, {question: access-hours, at_most: 1}]
        - any: [{question: inspector, at_most: 0}, {question: access-hours, at_most: 0}]
"""
    derived(folder, verdicts)
    (folder / "mine.yaml").rename(folder / "middle.yaml")
    head = HEAD.replace("id: mine", "id: last").replace("base.yaml", "middle.yaml")
    path = folder / "last.yaml"
    path.write_text(head + "only: [inspector, local-bidders, area-list]\n", encoding="utf-8")
    later = read_questionnaire(str(path)).questionnaire.decision.verdicts[1]
    assert len(later.held_by) == 1
    assert read_questionnaire(str(path)).lineage == ("mine", "cleaning-contract")


def test_answers_to_what_is_left_out_are_noted_together_and_no_error(folder: Path) -> None:
    method = derived(folder, "only: [area-list, inspector, local-bidders]\n")
    path = folder / "p.yaml"
    path.write_text(
        "format: bpo-assess/process/v1\nid: p\nname: P\n"
        "controls: [{id: longer-term, status: planned}]\n"
        "answers: {area-list: 3, access-hours: 2, own-cleaners: 1, visible-result: 2}\n",
        encoding="utf-8",
    )
    (note,) = pair(read_draft(str(path)), method)
    assert (note.code, note.severity) == ("BPO301", Severity.NOTE)
    assert "3 of the questions" in note.message


@pytest.mark.parametrize(
    ("text", "code", "file", "line"),
    [
        ("only: [area-lst]\n", "BPO213", "mine.yaml", 6),
        ("only: area-list\n", "BPO204", "mine.yaml", 6),
        (
            "axes: [{id: need, dimensions: [{id: areas, weight: heavy}]}]\n",
            "BPO204",
            "mine.yaml",
            6,
        ),
        ("risk_matrix: {levels: [fine, watch]}\n", "BPO213", "base.yaml", 117),
        ("axes:\n  - id: house\n    titel: House\n", "BPO202", "mine.yaml", 8),
    ],
)
def test_a_mistake_is_shown_in_the_file_in_which_it_stands(
    text: str, code: str, file: str, line: int, folder: Path
) -> None:
    problem = refused(folder, text)
    assert problem.code == code
    assert Path(str(problem.file)).name == file
    assert problem.span is not None
    assert problem.span.line == line


MORE = """\
decision:
  verdicts:
    - id: {verdict}
      also_held_by:
        - {{question: {question}, at_most: 3}}
"""


def test_conditions_are_added_to_those_of_the_base(folder: Path) -> None:
    base = read_questionnaire(str(folder / "base.yaml")).questionnaire
    first, question = base.decision.verdicts[0], next(iter(base.questions))
    text = MORE.format(verdict=first.id, question=question)
    found = derived(folder, text).questionnaire.decision.verdicts[0].held_by
    assert found[:-1] == first.held_by
    assert found[-1].model_dump(exclude_none=True) == {"question": question, "at_most": 3}


def test_what_is_added_is_wrong_at_its_own_place(folder: Path) -> None:
    base = read_questionnaire(str(folder / "base.yaml")).questionnaire
    with pytest.raises(InputError) as caught:
        derived(folder, MORE.format(verdict=base.decision.verdicts[0].id, question="nothing"))
    (problem,) = caught.value.diagnostics
    assert problem.code == "BPO213"
    assert problem.file == str(folder / "mine.yaml")
    assert problem.excerpt
    assert "nothing" in dict(problem.excerpt)[problem.span.line if problem.span else 0]


def test_nothing_can_be_added_to_a_list_that_is_not_there(folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        derived(folder, "also_hold_by: [x]\n")
    assert caught.value.diagnostics[0].code == "BPO202"


@pytest.mark.parametrize(
    "name", ["/etc/passwd.yaml", "../base.yaml", "sub/../../x.yaml", "nobody", "gone.yaml"]
)
def test_nothing_outside_its_own_folder_is_read(name: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(HEAD.replace("./base.yaml", name), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_questionnaire(str(path))
    (problem,) = caught.value.diagnostics
    assert problem.code == "BPO305"
    assert problem.file == str(path)
    assert problem.path == ("extends",)


def test_a_circle_is_an_error(folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(HEAD.replace("base.yaml", "mine.yaml"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_questionnaire(str(path))
    assert caught.value.diagnostics[0].code == "BPO305"


def test_the_fingerprint_covers_what_is_extended(folder: Path) -> None:
    before = derived(folder, "").document.sha256
    text = (folder / "base.yaml").read_text(encoding="utf-8")
    (folder / "base.yaml").write_text(f"{text}# changed\n", encoding="utf-8")
    assert derived(folder, "").document.sha256 != before


SCREENING = 26


def test_screening_asks_twenty_six_of_the_same_questions() -> None:
    screening, readiness = method_of("screening"), method_of("readiness")
    assert len(screening.questions) == SCREENING
    for key, question in screening.questions.items():
        assert question == readiness.questions[key]
    assert {risk.id for risk in screening.risks} <= {risk.id for risk in readiness.risks}
    assert [verdict.id for verdict in screening.decision.verdicts] == [
        verdict.id for verdict in readiness.decision.verdicts
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_serves_screening_as_it_is(name: str) -> None:
    draft = read_draft(str(ROOT / "examples" / name))
    found = pair(draft, read_questionnaire("screening"))
    assert {problem.severity for problem in found} <= {Severity.NOTE}
    assert len(found) <= 2


def best(**changed: Any) -> str:
    method = method_of("screening")
    answers = {key: {"level": 4, "evidence": "proof.md"} for key in method.questions}
    return assess(process(answers | changed), method).ruling.id


def test_screening_decides_by_the_same_gates() -> None:
    assert best() == "outsource"
    assert best(**{"protocol-documented": 1}) == "not-yet"
    assert best(**{"inherent-retention": 0}) == "keep-in-house"
    assert best(**{"exit-plan": 1}) == "outsource-with-conditions"
