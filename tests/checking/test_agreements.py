"""Whole checks of files that a team lives with: acceptances, comments and baselines from disk."""

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bpo_assess.checking.agreements import Agreements
from bpo_assess.checking.many_files import Outcome, check
from bpo_assess.checking.planning import Request
from bpo_assess.diagnostics import InputError
from bpo_assess.gate.finding import Finding, Status
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.configuration import Configurations

DAY = "2026-11-01"
GIVEN = 'until=2027-01-31 owner=cfo reason="the pilot comes first"'


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository, and go there."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, *lines: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((*lines, "")), encoding="utf-8")


def describe(
    process: str, *steps: str, folder: str = ".", file: str | None = None, answers: str = "{}"
) -> None:
    """Write a description in which no step says what it needs (BPO413); it says all else."""
    write(
        f"{folder}/{file or process}.yaml",
        "format: bpo-assess/process/v1",
        f"id: {process}",
        "name: A process",
        f"answers: {answers}",
        "steps:",
        *(
            f"  - {{name: {name}, role: Clerk, outputs: [slip], instructions: Manual 7}}{comment}"
            for name, _, comment in (step.partition(" #") for step in steps)
            for comment in [f" #{comment}" if comment else ""]
        ),
    )


def accept(subject: str, rule: str = "BPO413", until: str = "2027-05-31") -> str:
    return (
        f"  - {{rule: {rule}, subject: '{subject}', owner: cfo, until: {until}, "
        "reason: The pilot comes first.}"
    )


def acceptances(*entries: str, name: str = "accepted.yaml") -> None:
    write(name, "format: bpo-assess/acceptances/v1", "acceptances:", *entries)


def checked(*names: str, accept: bool = True, learn: bool = False, **options: Any) -> Outcome:
    """Check, leaving BPO427 and notes about reviews aside: the descriptions answer nothing."""
    given: dict[str, Any] = {"as-of": DAY, "ignore": "BPO427,BPO420,BPO426", "fail-on": "warning"}
    given |= {key.replace("_", "-"): value for key, value in options.items()}
    request = Request(
        names or (".",),
        Configurations(given, {}),
        accept=accept,
        write_baseline=learn,
        cache=False,
        workers=1,
    )
    outcome = check(request, lambda _, __: None)
    if learn:
        for path, text in outcome.baselines.items():
            Path(path).write_text(text, encoding="utf-8")
    return outcome


def findings(outcome: Outcome) -> list[Finding]:
    return list(itertools.chain.from_iterable(file.findings for file in outcome.run.files))


def told(outcome: Outcome, *statuses: Status) -> list[str]:
    """List the rules and subjects of what was found."""
    return [
        f"{finding.diagnostic.code} {finding.name}"
        for finding in findings(outcome)
        if finding.status in (statuses or (Status.OPEN,))
    ]


def code(outcome: Outcome) -> int:
    return outcome.run.tally.code


# Acceptances


def test_an_accepted_finding_keeps_no_gate_closed_until_its_day_has_passed() -> None:
    describe("payroll", "Pay")
    assert told(checked()) == ["BPO413 payroll/steps/pay"]
    acceptances(accept("payroll/steps/pay", until="2026-12-31"))
    options: dict[str, Any] = {"acceptances": "accepted.yaml"}
    during = checked(**options)
    assert (code(during), told(during)) == (0, [])
    assert told(during, Status.ACCEPTED) == ["BPO413 payroll/steps/pay"]
    after = checked(**options | {"as_of": "2027-01-01"})
    assert (code(after), told(after)) == (1, ["BPO413 payroll/steps/pay"])
    (finding,) = findings(after)
    assert finding.diagnostic.note == "accepted by cfo until 2026-12-31, which has passed"


def test_an_acceptance_of_nothing_closes_the_gate_and_is_shown_in_its_file() -> None:
    describe("payroll", "Pay")
    acceptances(accept("payroll"), accept("payrol"))
    outcome = checked(acceptances="accepted.yaml")
    assert (code(outcome), told(outcome)) == (1, ["BPO511 accepted.yaml/BPO413/payrol"])
    file = list(outcome.run.files)[-1]
    assert (file.name, file.describes, file.usable) == ("accepted.yaml", False, True)
    (finding,) = file.findings
    assert finding.diagnostic.span is not None
    assert finding.diagnostic.span.line == 4
    assert outcome.run.tally.files == 1


def test_where_a_part_is_checked_only_that_part_can_have_superfluous_acceptances() -> None:
    describe("payroll", "Pay", folder="a")
    describe("travel", "Book", folder="b")
    acceptances(accept("payroll"), accept("travel"), accept("travel/steps/gone"), accept("x*"))
    options: dict[str, Any] = {"acceptances": "accepted.yaml"}
    assert told(checked("a", **options)) == []
    assert told(checked("b/travel.yaml", **options)) == [
        "BPO511 accepted.yaml/BPO413/travel/steps/gone"
    ]
    assert told(checked("a", "b", **options)) == ["BPO511 accepted.yaml/BPO413/travel/steps/gone"]
    assert told(checked(".", **options)) == [
        "BPO511 accepted.yaml/BPO413/travel/steps/gone",
        "BPO511 accepted.yaml/BPO413/x*",
    ]


def test_everything_is_checked_where_the_folder_of_the_configuration_is() -> None:
    describe("payroll", folder="team")
    write("team/bpo-assess.toml", 'acceptances = "accepted.yaml"')
    acceptances(accept("gone"), name="team/accepted.yaml")
    for names in (["team"], ["."], [str(Path.cwd())]):
        assert told(checked(*names)) == ["BPO511 team/accepted.yaml/BPO413/gone"]
    assert told(checked("team/payroll.yaml")) == []


def test_a_file_that_cannot_be_read_makes_no_acceptance_superfluous() -> None:
    describe("payroll", "Pay")
    write("broken.yaml", "format: bpo-assess/process/v1", "id: [")
    acceptances(accept("payroll"), accept("broken"))
    outcome = checked(acceptances="accepted.yaml")
    assert code(outcome) == 2
    assert [each.partition(" ")[0] for each in told(outcome)] == ["BPO103"]


def test_an_acceptance_of_a_demand_that_is_not_made_now_is_not_superfluous() -> None:
    describe("payroll")
    acceptances(accept("payroll/verdict", rule="BPO501"))
    options: dict[str, Any] = {"acceptances": "accepted.yaml"}
    assert told(checked(**options)) == []
    demanded = checked(require="outsource", **options)
    assert (code(demanded), told(demanded, Status.ACCEPTED)) == (0, ["BPO501 payroll/verdict"])


def test_an_acceptance_of_a_rule_that_is_ignored_is_not_superfluous() -> None:
    describe("payroll")
    acceptances(accept("payroll"))
    options: dict[str, Any] = {"acceptances": "accepted.yaml"}
    assert told(checked(**options)) == ["BPO511 accepted.yaml/BPO413/payroll"]
    assert told(checked(ignore="BPO413,BPO420,BPO427", **options)) == []


def test_without_a_day_no_acceptance_counts() -> None:
    describe("payroll", f"Pay # bpo-assess: accept[BPO413] {GIVEN}")
    acceptances(accept("payroll"), accept("gone"))
    outcome = checked(acceptances="accepted.yaml", as_of=None)
    assert told(outcome) == [
        "BPO413 payroll/steps/pay",
        "BPO514 payroll/acceptances",
        "BPO514 accepted.yaml/acceptances",
    ]


def test_for_an_auditor_no_acceptance_counts_and_none_is_read() -> None:
    describe(
        "payroll",
        f"Pay # bpo-assess: accept[BPO413] {GIVEN}",
        "Enter # bpo-assess: accept[BPO413]",
    )
    write("accepted.yaml", "this is nothing: [")
    write("baseline.json", "nor this")
    outcome = checked(accept=False, acceptances="accepted.yaml", baseline="baseline.json")
    assert (code(outcome), told(outcome)) == (
        1,
        ["BPO413 payroll/steps/pay", "BPO413 payroll/steps/enter"],
    )


def test_acceptances_that_cannot_be_read_are_never_a_pass() -> None:
    describe("payroll")
    acceptances(accept("payroll", rule="BPO511"))
    unreadable: tuple[dict[str, Any], ...] = (
        {"acceptances": "accepted.yaml"},
        {"acceptances": "none.yaml"},
        {"baseline": "none.json"},
    )
    for options in unreadable:
        outcome = checked(**options)
        assert code(outcome) == 2
        assert outcome.run.tally.files == 1


def test_an_acceptance_never_changes_what_a_process_is_assessed_to_be() -> None:
    describe("payroll", "Pay")
    demands: dict[str, Any] = {"require": "outsource", "min_candidacy": "50"}
    (before,) = checked(**demands).run.files
    acceptances(accept("payroll", "BPO501"), accept("payroll", "BPO502"), accept("payroll"))
    after = next(iter(checked(acceptances="accepted.yaml", **demands).run.files))
    assert before.standing is not None
    assert before.standing == after.standing
    assert [f.diagnostic for f in before.findings] == [f.diagnostic for f in after.findings]


def test_several_assessors_may_each_describe_one_process_where_that_is_accepted() -> None:
    describe("payroll", file="ann")
    describe("payroll", file="bob")
    assert told(checked()) == ["BPO429 payroll/id"]
    acceptances(accept("payroll/id", rule="BPO429"))
    assert code(checked(acceptances="accepted.yaml")) == 0
    assert code(checked(ignore="BPO429,BPO420,BPO427")) == 0


def test_configurations_that_share_their_acceptances_share_what_they_are_needed_for() -> None:
    describe("payroll", "Pay", folder="a")
    describe("travel", "Book", folder="b")
    write("bpo-assess.toml", 'acceptances = "accepted.yaml"')
    write("b/bpo-assess.toml", 'extend = "../bpo-assess.toml"', "max-acceptance-days = 300")
    acceptances(accept("payroll"), accept("travel"), accept("gone"))
    assert told(checked()) == ["BPO511 accepted.yaml/BPO413/gone"]


# Comments


def test_a_comment_accepts_on_its_line_and_its_flaws_are_told_there() -> None:
    describe(
        "payroll",
        f"Pay # bpo-assess: accept[BPO413] {GIVEN}",
        f"Enter # bpo-assess: accept[BPO412] {GIVEN}",
        "Close # bpo-assess: accept[BPO413] until=2027-01-31",
    )
    outcome = checked()
    assert told(outcome, Status.ACCEPTED) == ["BPO413 payroll/steps/pay"]
    places = [
        (f.diagnostic.code, f.diagnostic.span.line)
        for f in findings(outcome)
        if f.status is Status.OPEN and f.diagnostic.span
    ]
    assert places == [("BPO413", 7), ("BPO511", 7), ("BPO413", 8), ("BPO513", 8)]


# The baseline


BASELINE: dict[str, Any] = {"baseline": "baseline.json"}


def entries() -> list[str]:
    data = json.loads(Path("baseline.json").read_text(encoding="utf-8"))
    return [f"{entry['rule']} {entry['process']}/{entry['subject']}" for entry in data["findings"]]


def test_what_is_in_the_baseline_is_known_and_what_is_new_is_open() -> None:
    describe("payroll", "Pay")
    assert told(checked(learn=True, **BASELINE)) == []
    describe("payroll", "Enter", "Close", "Pay")
    outcome = checked(**BASELINE)
    assert told(outcome, Status.KNOWN) == ["BPO413 payroll/steps/pay"]
    assert told(outcome) == ["BPO413 payroll/steps/enter", "BPO413 payroll/steps/close"]


def test_a_demand_that_is_met_less_than_when_the_baseline_was_written_is_open_again() -> None:
    options: dict[str, Any] = BASELINE | {"min_coverage": "0.9"}
    describe("payroll", answers="{exit-plan: 2, audit-rights: 2}")
    checked(learn=True, **options)
    assert told(checked(**options)) == []
    describe("payroll", answers="{exit-plan: 2, audit-rights: 2, net-benefit: 2}")
    assert told(checked(**options)) == []
    describe("payroll", answers="{exit-plan: 2}")
    assert told(checked(**options)) == ["BPO505 payroll/coverage"]


def test_a_written_baseline_is_the_same_whatever_was_there_and_in_whatever_order() -> None:
    describe("payroll", "Pay", folder="a")
    describe("travel", "Book", folder="b")
    first = checked("a", "b", learn=True, **BASELINE).baselines
    assert checked("b", "a", learn=True, **BASELINE).baselines == first
    assert checked(".", learn=True, **BASELINE).baselines == first


def test_writing_keeps_what_was_known_of_descriptions_that_were_not_checked() -> None:
    describe("payroll", "Pay", folder="a")
    describe("travel", "Book", folder="b")
    checked(learn=True, **BASELINE)
    describe("payroll", "Enter", folder="a")
    checked("a", learn=True, **BASELINE)
    assert entries() == ["BPO413 payroll/steps/enter", "BPO413 travel/steps/book"]
    Path("b/travel.yaml").unlink()
    checked(".", learn=True, **BASELINE)
    assert entries() == ["BPO413 payroll/steps/enter"]


def test_writing_keeps_what_was_known_by_rules_that_are_not_looked_at_now() -> None:
    describe("payroll", "Pay")
    checked(learn=True, require="outsource", **BASELINE)
    assert entries() == ["BPO413 payroll/steps/pay", "BPO501 payroll/verdict"]
    checked(learn=True, ignore="BPO413,BPO420,BPO427", **BASELINE)
    assert entries() == ["BPO413 payroll/steps/pay", "BPO501 payroll/verdict"]
    assert told(checked(**BASELINE)) == []


def test_what_no_longer_occurs_is_noted_where_its_process_was_checked() -> None:
    describe("payroll", "Pay", folder="a")
    describe("travel", "Book", folder="b")
    checked(learn=True, **BASELINE)
    describe("payroll", folder="a")
    describe("travel", folder="b")
    (finding,) = findings(checked("a", **BASELINE))
    assert finding.diagnostic.message == "1 finding of the baseline no longer occurs"
    (finding,) = findings(checked(".", **BASELINE))
    assert finding.diagnostic.message == "2 findings of the baseline no longer occur"
    assert (finding.process, finding.diagnostic.code) == ("baseline.json", "BPO516")
    assert findings(checked("a", learn=True, **BASELINE)) == []


def test_no_baseline_is_written_where_something_cannot_be_assessed() -> None:
    describe("payroll", "Pay")
    write("broken.yaml", "format: bpo-assess/process/v1", "id: [")
    outcome = checked(learn=True, **BASELINE)
    assert (code(outcome), outcome.baselines) == (2, {})


def test_a_baseline_that_was_changed_by_hand_is_neither_used_nor_replaced() -> None:
    describe("payroll", "Pay")
    checked(learn=True, **BASELINE)
    path = Path("baseline.json")
    path.write_text(path.read_text().replace("steps/pay", "steps/enter"), encoding="utf-8")
    for learn in (False, True):
        outcome = checked(learn=learn, **BASELINE)
        assert (code(outcome), outcome.baselines) == (2, {})
    assert "steps/enter" in path.read_text(encoding="utf-8")


def test_a_baseline_needs_a_name() -> None:
    describe("payroll")
    with pytest.raises(InputError, match="there is no name for the baseline"):
        checked(learn=True)


def test_configurations_that_share_a_baseline_write_it_together() -> None:
    describe("payroll", "Pay", folder="a")
    describe("travel", "Book", folder="b")
    write("bpo-assess.toml", 'baseline = "baseline.json"')
    write("b/bpo-assess.toml", 'extend = "../bpo-assess.toml"', "max-acceptance-days = 300")
    checked(learn=True)
    assert entries() == ["BPO413 payroll/steps/pay", "BPO413 travel/steps/book"]
    assert findings(checked())
    assert told(checked()) == []
    describe("travel", folder="b")
    (finding,) = (each for each in findings(checked()) if each.status is Status.OPEN)
    assert finding.diagnostic.note == "BPO413 of `travel/steps/book`"


def test_where_not_all_could_be_looked_at_nothing_is_superfluous_elsewhere() -> None:
    acceptances(accept("gone"))
    settings = Settings(as_of=date(2026, 11, 1), acceptances="accepted.yaml")
    agreements = Agreements([settings], ["."], accept=True, learn=False)
    assert list(agreements.files(complete=False)) == []
    (file,) = agreements.files(complete=True)
    assert [finding.diagnostic.code for finding in file.findings] == ["BPO511"]


def test_settings_may_name_what_they_live_with_or_nothing() -> None:
    agreements = Agreements(
        [Settings(), Settings(ignore=frozenset({"BPO413"}))], ["."], accept=True, learn=False
    )
    assert list(agreements.files()) == []
    assert agreements.baselines() == {}
