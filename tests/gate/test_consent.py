"""How findings stand with a team: accepted, known or open, and what is odd about what was agreed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_assess.diagnostics import Diagnostic, Severity, Span
from bpo_assess.gate.consent import (
    LONGEST_DAYS,
    Consent,
    Remembered,
    Use,
    doubts,
    remembered,
    settle,
)
from bpo_assess.gate.finding import Acceptance, CheckedFile, Finding, Status, identified
from bpo_assess.gate.outcome import tally

DAY = date(2026, 11, 1)


def found(
    subject: str = "steps/pay", code: str = "BPO413", line: int = 7, **more: object
) -> Diagnostic:
    return Diagnostic(
        code,
        Severity.ERROR,
        "something is missing",
        span=Span(line, 1, line, 2),
        subject=subject,
        **more,  # type: ignore[arg-type]
    )


def described(*problems: Diagnostic, process: str = "payroll", **more: object) -> CheckedFile:
    return CheckedFile(
        f"{process}.yaml",
        f"{process}.yaml",
        process=process,
        findings=identified(problems, process),
        **more,  # type: ignore[arg-type]
    )


def accepted(
    subject: str = "payroll", rule: str = "BPO413", until: date = date(2027, 5, 31), **more: object
) -> Acceptance:
    where = {"file": "acceptances.yaml", "span": Span(3, 11, 3, 17)} | more
    return Acceptance(rule, subject, "until the pilot", "cfo", until, **where)  # type: ignore[arg-type]


def inline(line: int = 7, rule: str = "BPO413", until: date = date(2027, 5, 31)) -> Acceptance:
    return accepted("payroll", rule, until, file=None, lines=(line,), span=Span(line, 9, line, 40))


def agreed(*acceptances: Acceptance, **more: object) -> Consent:
    return Consent(acceptances, as_of=DAY, **more)  # type: ignore[arg-type]


def settled(file: CheckedFile, consent: Consent, use: Use | None = None) -> tuple[Finding, ...]:
    return settle(file, consent, use or Use()).findings


def statuses(findings: Iterable[Finding]) -> list[Status]:
    return [finding.status for finding in findings]


def odd(
    consent: Consent, *files: CheckedFile, everywhere: bool = True, unseen: Sequence[str] = ()
) -> list[tuple[str, str]]:
    use = Use()
    for file in files:
        settle(file, consent, use)
    rules = frozenset(unseen)
    return [
        (item.code, item.message)
        for item in doubts(consent, use, everywhere=everywhere, unseen=rules)
    ]


# What an acceptance is about


@pytest.mark.parametrize(
    ("subject", "holds"),
    [
        ("payroll", True),
        ("payroll/steps", True),
        ("payroll/steps/enter", True),
        ("payroll/steps/enter/instructions", True),
        ("payroll/steps/enter/instructions/more", False),
        ("payroll/steps/ent", False),
        ("payroll/steps/enter/inst", False),
        ("pay", False),
        ("payroll-france", False),
        ("steps/enter/instructions", False),
        ("*", True),
        ("pay*", True),
        ("payroll*", True),
        ("payroll/steps/*", True),
        ("payroll/steps/ent*", True),
        ("payroll/*/enter", False),
        ("payroll/steps/enter/instructions*", True),
        ("payroll/steps/enter/instructions/*", False),
        ("other*", False),
        ("payroll/", False),
        ("", False),
    ],
)
def test_an_acceptance_covers_its_subject_and_what_is_part_of_it(subject: str, holds: bool) -> None:
    file = described(found("steps/enter/instructions"))
    expected = Status.ACCEPTED if holds else Status.OPEN
    assert statuses(settled(file, agreed(accepted(subject)))) == [expected]


def test_an_acceptance_is_about_one_rule() -> None:
    file = described(found(), found(code="BPO414"))
    assert statuses(settled(file, agreed(accepted()))) == [Status.ACCEPTED, Status.OPEN]


def test_of_several_acceptances_the_closest_that_holds_counts_and_none_is_superfluous() -> None:
    ended = accepted("payroll/steps/pay", until=date(2026, 10, 1))
    wide, close = accepted("pay*"), accepted("payroll/steps")
    consent = agreed(wide, ended, close)
    (finding,) = settled(described(found()), consent)
    assert finding.acceptance == close
    assert finding.diagnostic.note is None
    assert not odd(consent, described(found()))


names = st.text(st.sampled_from("ab/*-"), min_size=1, max_size=6)


@given(st.lists(names, max_size=8), st.lists(names, min_size=1, max_size=4))
def test_a_finding_is_accepted_exactly_where_a_subject_or_a_beginning_fits(
    subjects: list[str], places: list[str]
) -> None:
    def fits(subject: str, name: str) -> bool:
        if subject.endswith("*"):
            return name.startswith(subject[:-1])
        return name == subject or name.startswith(f"{subject}/")

    consent = agreed(*map(accepted, subjects))
    findings = settled(described(*map(found, places), process="a"), consent)
    for finding in findings:
        expected = any(fits(subject, finding.name) for subject in subjects)
        assert (finding.status is Status.ACCEPTED) == expected
    orphans = sum(
        code == "BPO511" for code, _ in odd(consent, described(*map(found, places), process="a"))
    )
    assert orphans == sum(
        not any(fits(subject, finding.name) for finding in findings) for subject in subjects
    )


# Their end


def test_an_acceptance_holds_on_its_last_day_and_not_on_the_next() -> None:
    file = described(found())
    assert statuses(settled(file, agreed(accepted(until=DAY)))) == [Status.ACCEPTED]
    (finding,) = settled(file, agreed(accepted(until=DAY - timedelta(1))))
    assert finding.status is Status.OPEN
    assert finding.diagnostic.note == "accepted by cfo until 2026-10-31, which has passed"


def test_of_several_that_have_ended_the_last_is_named() -> None:
    ends = [date(2026, 3, 1), date(2026, 10, 1), date(2026, 5, 1)]
    consent = agreed(*(accepted(until=end) for end in ends), inline(until=date(2026, 2, 1)))
    (finding,) = settled(described(found()), consent)
    assert finding.diagnostic.note == "accepted by cfo until 2026-10-01, which has passed"


def test_one_that_has_ended_and_accepts_nothing_is_superfluous() -> None:
    consent = agreed(accepted(until=DAY - timedelta(1)))
    assert [code for code, _ in odd(consent, described())] == ["BPO511"]
    assert not odd(consent, described(found()))


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (0, "the acceptance of BPO413 for `payroll` ends in 0 days, on 2026-11-01"),
        (1, "the acceptance of BPO413 for `payroll` ends in 1 day, on 2026-11-02"),
        (30, "the acceptance of BPO413 for `payroll` ends in 30 days, on 2026-12-01"),
        (31, None),
    ],
)
def test_an_acceptance_that_ends_within_thirty_days_is_noted(
    days: int, message: str | None
) -> None:
    consent = agreed(accepted(until=DAY + timedelta(days)))
    expected = [("BPO512", message)] if message else []
    assert odd(consent, described(found())) == expected


@pytest.mark.parametrize(("days", "holds"), [(LONGEST_DAYS, True), (LONGEST_DAYS + 1, False)])
def test_an_acceptance_reaches_at_most_a_year_ahead(days: int, holds: bool) -> None:
    consent = agreed(accepted(until=DAY + timedelta(days)))
    (finding,) = settled(described(found()), consent)
    assert (finding.status is Status.ACCEPTED) == holds
    assert [code for code, _ in odd(consent, described(found()))] == ([] if holds else ["BPO515"])


def test_how_far_ahead_can_be_configured() -> None:
    far = accepted(until=date(2030, 1, 1))
    assert statuses(settled(described(found()), agreed(far, longest_days=4000))) == ["accepted"]
    near = accepted(until=DAY + timedelta(8))
    assert statuses(settled(described(found()), agreed(near, longest_days=7))) == ["open"]


def test_without_a_day_of_assessment_no_acceptance_counts_and_that_is_said_once() -> None:
    consent = Consent((accepted(), accepted("other")))
    assert statuses(settled(described(found()), consent)) == [Status.OPEN]
    assert odd(consent, described(found())) == [
        ("BPO514", "2 acceptances do not count, because no day of assessment is given")
    ]
    file = described(found(), comments=(inline(),))
    assert [
        (item.diagnostic.code, item.diagnostic.message, item.status)
        for item in settled(file, Consent())
    ] == [
        ("BPO413", "something is missing", Status.OPEN),
        ("BPO514", "1 acceptance does not count, because no day of assessment is given", "open"),
    ]


# What is superfluous


def test_what_accepts_nothing_is_an_error_at_its_place() -> None:
    consent = agreed(accepted("payroll/steps/gone"))
    use = Use()
    settle(described(found()), consent, use)
    (item,) = doubts(consent, use, everywhere=False)
    assert (item.code, item.severity, item.file) == (
        "BPO511",
        Severity.ERROR,
        "acceptances.yaml",
    )
    assert item.span == Span(3, 11, 3, 17)


@pytest.mark.parametrize("subject", ["other", "other/steps", "pay*", "*"])
def test_of_what_was_not_checked_nothing_is_called_superfluous(subject: str) -> None:
    consent = agreed(accepted(subject))
    assert not odd(consent, described(), everywhere=False)
    assert [code for code, _ in odd(consent, described())] == ["BPO511"]


def test_a_beginning_within_a_checked_process_can_be_superfluous() -> None:
    consent = agreed(accepted("payroll/steps/*"))
    assert [code for code, _ in odd(consent, described(), everywhere=False)] == ["BPO511"]


def test_where_a_file_cannot_be_assessed_nobody_knows_what_else_is_superfluous() -> None:
    broken = CheckedFile("x.yaml", "x.yaml", usable=False)
    known = Remembered("BPO413", "other", "steps/pay")
    consent = agreed(accepted("other"), baseline={known.fingerprint: known})
    assert not odd(consent, broken)
    assert not odd(consent, broken, described())
    assert [code for code, _ in odd(consent, described())] == ["BPO511", "BPO516"]


def test_of_rules_that_are_not_looked_at_nothing_is_called_superfluous() -> None:
    known = Remembered("BPO412", "payroll", "steps/pay")
    consent = agreed(accepted(), baseline={known.fingerprint: known})
    assert not odd(consent, described(), unseen=["BPO413", "BPO412"])
    file = described(comments=(inline(),))
    assert not settle(file, consent, Use(), frozenset({"BPO413"})).findings


# Comments


def test_a_comment_accepts_what_stands_on_its_line() -> None:
    file = described(found(line=7), found("steps/enter", line=8), comments=(inline(7),))
    assert statuses(settled(file, agreed())) == [Status.ACCEPTED, Status.OPEN]


def test_a_comment_that_accepts_nothing_is_told_in_its_file_in_the_order_of_lines() -> None:
    file = described(found(line=7), found("steps/enter", line=9), comments=(inline(8), inline(9)))
    findings = settled(file, agreed())
    assert [
        (f.diagnostic.code, f.diagnostic.span and f.diagnostic.span.line) for f in findings
    ] == [
        ("BPO413", 7),
        ("BPO511", 8),
        ("BPO413", 9),
    ]
    assert statuses(findings) == [Status.OPEN, Status.OPEN, Status.ACCEPTED]


def test_a_comment_comes_before_the_file_of_acceptances() -> None:
    comment = inline()
    (finding,) = settled(described(found(), comments=(comment,)), agreed(accepted()))
    assert finding.acceptance == comment


def test_two_files_of_one_id_do_not_lend_each_other_their_comments() -> None:
    use = Use()
    settle(described(found(), comments=(inline(),)), agreed(), use)
    assert [f.diagnostic.code for f in settled(described(comments=(inline(),)), agreed(), use)] == [
        "BPO511"
    ]


def test_what_is_odd_about_agreements_cannot_itself_be_accepted() -> None:
    odd_ones = described(found(code="BPO511"), found(code="BPO513", subject="comments"))
    consent = agreed(accepted("*"), learning=True)
    assert statuses(settled(odd_ones, consent)) == [Status.OPEN, Status.OPEN]
    assert not list(remembered(odd_ones.findings))


def test_for_an_auditor_nothing_counts_and_no_comment_is_read() -> None:
    file = described(found(), found("comments", "BPO513"), comments=(inline(), inline(20)))
    findings = settled(file, Consent(comments=False))
    assert [(f.diagnostic.code, f.status) for f in findings] == [("BPO413", Status.OPEN)]


def test_what_makes_a_file_unusable_is_never_accepted() -> None:
    file = CheckedFile(
        "x.yaml", "x.yaml", usable=False, findings=identified([found(code="BPO103")], "x.yaml")
    )
    known = Remembered("BPO103", "x.yaml", "steps/pay")
    consent = agreed(accepted("*", "BPO103"), baseline={known.fingerprint: known})
    assert settle(file, consent, Use()) == file
    assert tally([file]).code == 2


def test_acceptances_open_the_gate_and_change_nothing_else() -> None:
    file = described(found(), answered=3, applicable=5)
    before, after = tally([file]), tally([settle(file, agreed(accepted()), Use())])
    assert (before.code, before.errors, before.accepted) == (1, 1, 0)
    assert (after.code, after.errors, after.accepted) == (0, 0, 1)
    assert (after.answered, after.applicable) == (before.answered, before.applicable)


# The baseline


def baseline(*files: CheckedFile) -> dict[str, Remembered]:
    entries = [entry for file in files for entry in remembered(file.findings)]
    return {entry.fingerprint: entry for entry in entries}


def test_what_stands_in_the_baseline_is_known_whatever_its_line() -> None:
    consent = agreed(baseline=baseline(described(found(line=7))))
    moved = described(found(line=90), found("steps/new", line=91))
    assert statuses(settled(moved, consent)) == [Status.KNOWN, Status.OPEN]


@pytest.mark.parametrize(
    ("now", "status"), [("40.0", "known"), ("40.1", "known"), ("39.9", "open"), (None, "open")]
)
def test_a_demand_that_is_met_less_than_before_is_open_again(now: str | None, status: str) -> None:
    consent = agreed(
        baseline=baseline(described(found("candidacy", "BPO502", reached=Decimal(40))))
    )
    reached = None if now is None else Decimal(now)
    (finding,) = settled(described(found("candidacy", "BPO502", reached=reached)), consent)
    assert finding.status == status
    worse = "it stands in the baseline, and has become worse since"
    assert finding.diagnostic.note == (worse if status == "open" else None)


def test_more_findings_about_one_subject_than_before_are_open() -> None:
    consent = agreed(baseline=baseline(described(found(), found())))
    assert statuses(settled(described(found(), found(), found()), consent)) == [
        Status.KNOWN,
        Status.KNOWN,
        Status.OPEN,
    ]


def test_what_was_mended_is_noted_and_named() -> None:
    consent = agreed(baseline=baseline(described(*(found(f"steps/{n}") for n in range(7)))))
    use = Use()
    settle(described(found("steps/0")), consent, use)
    (item,) = doubts(consent, use, everywhere=False)
    assert (item.code, item.severity) == ("BPO516", Severity.NOTE)
    assert item.message == "6 findings of the baseline no longer occur"
    assert item.note is not None
    assert item.note.startswith("BPO413 of `payroll/steps/1`, BPO413 of `payroll/steps/2`")
    assert item.note.endswith(" and 1 more")


def test_names_of_a_baseline_cannot_act_on_a_screen() -> None:
    known = Remembered("BPO\x1b[31m", "pay\u202eroll", "")
    consent = agreed(baseline={known.fingerprint: known})
    (item,) = doubts(consent, Use(), everywhere=True)
    assert item.note == "BPO\\x1b[31m of `pay\\u202eroll`"


def test_what_is_worse_or_accepted_still_occurs() -> None:
    before = baseline(described(found("candidacy", "BPO502", reached=Decimal(40)), found()))
    consent = agreed(accepted(), baseline=before)
    now = described(found("candidacy", "BPO502", reached=Decimal(10)), found())
    assert statuses(settled(now, consent)) == [Status.ACCEPTED, Status.OPEN]
    assert not odd(consent, now)


def test_an_acceptance_that_has_ended_leaves_a_finding_as_the_baseline_has_it() -> None:
    before = baseline(described(found()))
    consent = agreed(accepted(until=date(2026, 1, 1)), baseline=before)
    assert statuses(settled(described(found()), consent)) == [Status.KNOWN]


def test_while_a_baseline_is_written_nothing_of_the_old_one_is_missed() -> None:
    consent = agreed(baseline=baseline(described(found())), learning=True)
    assert not odd(consent, described())
    assert statuses(settled(described(found("steps/new")), consent)) == [Status.KNOWN]


def test_what_is_accepted_is_not_written_down_as_known() -> None:
    file = described(found(), found(code="BPO412"))
    findings = settled(file, agreed(accepted(), learning=True))
    assert [entry.rule for entry in remembered(findings)] == ["BPO412"]


def test_a_baseline_that_is_just_written_leaves_nothing_open() -> None:
    file = described(found(), found(), found(code="BPO501", subject="verdict", reached=Decimal(-1)))
    consent = agreed(baseline=baseline(file))
    assert statuses(settled(file, consent)) == [Status.KNOWN] * 3
    assert not odd(consent, file)


def test_entries_may_move_in_their_list_without_becoming_new() -> None:
    problems = [
        replace(found(line=place), subject=None, path=("steps", place, "name"))
        for place in range(3)
    ]
    steps = [{"id": "pay", "name": "Pay!"}, {"name": "Enter the hours"}, {"name": "Close"}]
    turned = {"steps": steps[::-1]}
    before = identified(problems, "payroll", {"steps": steps})
    after = identified(problems, "payroll", turned)
    assert [finding.subject for finding in before] == [
        "steps/pay",
        "steps/enter-the-hours",
        "steps/close",
    ]
    assert {f.fingerprint for f in before} == {f.fingerprint for f in after}


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("//", "steps/--"),
        ("*", "steps/*"),
        ("a/b*", "steps/a-b"),
        ("\u652f\u6255", "steps/\u652f\u6255"),
        ("x" * 3, "steps/xxx"),
        ("", "steps/1"),
    ],
)
def test_no_name_makes_a_place_of_more_parts_than_it_has(name: str, subject: str) -> None:
    problem = replace(found(), subject=None, path=("steps", 0, "name"))
    (finding,) = identified([problem], "payroll", {"steps": [{"name": name}]})
    assert finding.subject == subject


def test_many_acceptances_and_many_findings_are_brought_together_by_name() -> None:
    acceptances = [
        *(accepted(f"payroll/steps/s{n}") for n in range(500)),
        *(accepted(f"payroll/steps/t{n}*") for n in range(500)),
        *(accepted("*") for _ in range(1000)),
    ]
    problems = [found(f"steps/{'st'[n % 2]}{n}/more") for n in range(10_000)]
    consent = agreed(*acceptances)
    findings = settled(described(*problems), consent)
    assert {finding.status for finding in findings} == {Status.ACCEPTED}
    assert len({finding.acceptance for finding in findings}) > 500
