"""How sure is the verdict? Every sentence of the page, and that it says no more than is true."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from bpo_assess.analysis.sensitivity import Sensitivity, sensitivity
from bpo_assess.analysis.sensitivity.assessors import Voice
from bpo_assess.assessment import assess
from bpo_assess.model.questionnaire import Questionnaire
from bpo_assess.reports.analysis import pages
from bpo_assess.reports.analysis.pages import Block
from bpo_assess.reports.analysis.sensitivity import blocks, opening
from bpo_assess.reports.blocks import Bullets, Column, Heading, Paragraph, Strong, Table
from builders import MATRIX, axis, decision, dimension, method, process, question
from builders import verdict as plain_verdict
from shipped import example

OPEN = "What is still open, and does it matter?"
NEAR = "How near is another verdict?"
SINGLE = "Which single answer would change it?"
AGREE = "Do the assessors agree?"


def verdict(title: str, stance: str, *held: dict[str, Any]) -> dict[str, Any]:
    return plain_verdict(title.lower(), stance, *held) | {"title": title}


def asking(
    *held: dict[str, Any],
    terms: tuple[dict[str, Any], ...] = (),
    below_coverage: float = 0,
    **more: Any,
) -> Questionnaire:
    questions = [
        question(key, title=key.upper(), not_applicable=key == "d", fixed=key == "c")
        for key in "abcd"
    ]
    return method(
        axis("x", dimension("first", 1, *questions[:2]), dimension("second", 1, *questions[2:])),
        decided=decision(
            verdict("Wait", "later", *held),
            *([verdict("Terms", "conditional", *terms)] if terms else []),
            verdict("Go", "favour"),
            below_coverage=below_coverage,
        ),
        **more,
    )


def looked(questionnaire: Questionnaire, *sets: dict[str, Any], **answers: Any) -> Sensitivity:
    """Look at one set of answers, or at those of several people: Ann, Bob and Cem."""
    voices = [
        Voice(name, assess(process(one), questionnaire), named=bool(sets))
        for name, one in zip(("Ann", "Bob", "Cem"), sets or (answers,), strict=False)
    ]
    return sensitivity(voices)


def said(found: Sensitivity, asked: str) -> str:
    """Give the sentence below a question."""
    for heading, below in pairwise(blocks(found)):
        if isinstance(heading, Heading) and heading.text == asked and isinstance(below, Paragraph):
            return str(below.phrase)
    raise LookupError(asked)


def opened(found: Sensitivity) -> list[str]:
    return ["".join(_plain(block)) for block in opening.blocks(found)]


def _plain(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield block.text
    if isinstance(block, Paragraph):
        parts = block.phrase if isinstance(block.phrase, tuple) else (block.phrase,)
        yield from (part.text if isinstance(part, Strong) else str(part) for part in parts)


def table(found: Sensitivity, title: str) -> list[tuple[Any, ...]]:
    """Give the rows of a table; none where the page has no such table."""
    return [
        row
        for block in blocks(found)
        if isinstance(block, Table) and block.title == title
        for row in block.rows
    ]


def at_most(key: str, limit: int = 1) -> dict[str, Any]:
    return {"question": key, "at_most": limit}


GATED = asking(at_most("a"), at_most("b"))
KNOWN = {"a": 4, "b": 4, "c": 4, "d": 4}


# What is still open


def test_nothing_is_open() -> None:
    assert said(looked(GATED, **KNOWN), OPEN) == "No: every question that applies is answered."


def test_what_is_open_may_not_matter() -> None:
    found = looked(GATED, a=0, b=4, c=4)
    assert said(found, OPEN) == "No: 1 question is open, and no answer changes the verdict."


def test_what_is_open_may_matter() -> None:
    assert said(looked(GATED, a=4, c=4, d=4), OPEN) == (
        'Yes: 1 question is open, and once it is answered the verdict can be Wait or Go. Ask first about "B".'
    )


def test_what_can_come_is_told_apart_from_what_is_today() -> None:
    few = asking(at_most("a"), {"axis": "x", "below": 60}, below_coverage=0.5)
    found = looked(few, d=4)
    assert said(found, OPEN) == (
        "Yes: 3 questions are open. Today the verdict is Undetermined, because 25 % of the weight is known "
        "and 50 % is needed; once they are answered it can be Wait or Go. "
        'Ask first about "A".'
    )
    assert table(found, "Ask first") == [
        ("A", "25 %", "Wait, firm", "Go", "alone"),
        ("B", "25 %", "Wait", "Go", "alone"),
        ("C", "25 %", "Wait", "Go", "alone"),
    ]


def test_one_answer_may_leave_it_undetermined() -> None:
    few = asking(at_most("a"), {"axis": "x", "below": 60}, below_coverage=0.9)
    rows = {row[0]: row[2:] for row in table(looked(few, d=4), "Ask first")}
    assert rows["A"] == ("Wait, firm", "Undetermined", "alone")
    assert rows["B"] == ("Undetermined", "Undetermined", "with others")


def test_evidence_for_the_best_answer_is_told_where_it_makes_another_verdict() -> None:
    proof = asking({"evidence_share": {"below": 0.2}})
    found = looked(proof, a=4, b=4, c=4)
    assert table(found, "Ask first") == [
        ("D", "25 %", "Wait, firm", "Wait, firm (with evidence: Go, firm)", "alone")
    ]


def test_what_ends_the_doubt_is_no_advice() -> None:
    found = looked(asking(at_most("a"), at_most("b", 2)), c=4, d=4)
    assert _entries(found) == [
        "Wait: any one of these answers: A: no better than 1; B: no better than 2.",
        "Go: 2 answers together, no fewer:",
    ]
    (listed,) = [block for block in blocks(found) if isinstance(block, Bullets)]
    assert listed.entries[1].below == ("A: 2 or better; B: 3 or better",)
    assert "What would end the doubt (not what to aim for):" in _paragraphs(found)


def test_one_answer_that_ends_the_doubt_is_told_at_its_level() -> None:
    found = looked(GATED, a=4, c=4, d=4)
    assert _entries(found) == ["Wait: B no better than 1.", "Go: B at 2 or better."]


def test_several_sets_are_told_to_be_enough_each() -> None:
    found = looked(asking({"all": [at_most("a"), at_most("b")]}, at_most("c")), d=4)
    assert "Go: 2 answers together, no fewer; any one of these sets does:" in _entries(found)


def test_what_is_firm_is_explained_where_several_questions_are_open() -> None:
    note = (
        "Each row: the verdict with this one answer, the rest as today. "
        '"Firm": it stands whatever else is answered. Weight is the share of the candidacy.'
    )
    assert note in _paragraphs(looked(GATED, c=4, d=4))
    one = looked(GATED, a=4, c=4, d=4)
    assert note.replace('"Firm": it stands whatever else is answered. ', "") in _paragraphs(one)


def _paragraphs(found: Sensitivity) -> list[str]:
    return [str(block.phrase) for block in blocks(found) if isinstance(block, Paragraph)]


def _entries(found: Sensitivity) -> list[str]:
    """Give what ends the doubt, without the sets."""
    return [
        "".join(part.text if isinstance(part, Strong) else str(part) for part in entry.phrase)
        for block in blocks(found)
        if isinstance(block, Bullets)
        for entry in block.entries
        if isinstance(entry.phrase, tuple)
    ]


# How near


def test_nothing_is_near_where_nothing_is_answered() -> None:
    assert said(looked(GATED), NEAR) == "Nothing is answered, so nothing can be near."


def test_what_makes_it_worse_and_what_makes_it_better() -> None:
    both = asking(at_most("a"), terms=({"dimension": "first", "below": 80}, at_most("c", 2)))
    found = looked(both, a=3, b=2, c=1, d=4)
    assert said(found, NEAR) == (
        'The nearest limit is "A": it stands at level 3; at 1 or less the verdict is '
        'Wait. To get better, to Go, all of these must be met: "first" 17.5 points up; '
        '"C" two levels up (nobody can raise it).'
    )
    assert table(found, "Limits that alone would make it worse") == [
        ("A: level 3; at least 2 needed", "one level to spare", "Wait")
    ]
    assert table(found, "What must all be met for Go") == [
        ("first: 62.5; at least 80 needed", "17.5 points short"),
        ("C: level 1; at least 3 needed", "two levels short"),
    ]


def test_one_thing_may_be_all_that_must_be_met() -> None:
    assert said(looked(GATED, a=1, b=4, c=4, d=4), NEAR) == (
        "It cannot get worse: no verdict is less favourable. To get better, to Go, this must be met: "
        '"A" one level up.'
    )


def test_nothing_holds_back_the_best_verdict() -> None:
    assert said(looked(GATED, **KNOWN), NEAR) == (
        'The nearest limit is "A": it stands at level 4; at 1 or less the verdict is '
        "Wait. It cannot get better: nothing holds it back."
    )


def test_no_single_limit_may_make_it_worse() -> None:
    together = asking({"all": [at_most("a"), at_most("b")]})
    found = looked(together, **KNOWN)
    assert said(found, NEAR).startswith(
        "No single limit makes it worse: whichever one is crossed, the verdict stays. "
    )
    assert table(found, "Limits that another limit covers (alone they change nothing)") == [
        (
            "A: level 4; at least 2 needed (only together with another)",
            "two levels to spare",
            "Wait",
        ),
        (
            "B: level 4; at least 2 needed (only together with another)",
            "two levels to spare",
            "Wait",
        ),
    ]


def test_a_limit_of_several_that_count_together_is_no_less_a_limit_alone() -> None:
    together = asking({"all": [at_most("a"), at_most("b")]})
    assert table(looked(together, a=3, b=1, c=4, d=4), "Limits that alone would make it worse") == [
        ("A: level 3; at least 2 needed", "one level to spare", "Wait")
    ]


def test_more_than_a_sentence_holds_is_listed_below() -> None:
    many = asking(*map(at_most, "abcd"), {"dimension": "first", "below": 50})
    assert said(looked(many, a=1, b=1, c=1, d=1), NEAR).endswith("; and one more, listed below.")


def test_a_choice_is_told_as_one() -> None:
    found = looked(asking({"all": [at_most("a"), at_most("b")]}), a=1, b=0, c=4, d=4)
    assert said(found, NEAR).endswith(
        'this must be met: either "A" one level up or "B" two levels up.'
    )
    assert table(found, "What must all be met for Go") == [
        (
            "Either A: level 1; at least 2 needed; or B: level 0; at least 2 needed",
            "one level short; or two levels short",
        )
    ]


def test_what_is_known_is_looked_at_where_there_is_no_verdict() -> None:
    few = asking(at_most("a"), {"axis": "x", "below": 50}, below_coverage=0.9)
    assert said(looked(few, d=4), NEAR).startswith(
        "Too little is known for a verdict; by what is known it would be Go. "
    )


def test_shares_are_told_in_percentage_points() -> None:
    found = looked(
        asking({"evidence_share": {"below": 0.26}}),
        **KNOWN | {"a": {"level": 4, "evidence": "x.md"}},
    )
    assert said(found, NEAR).endswith("this must be met: evidence for 1 percentage point more.")
    assert table(found, "What must all be met for Go") == [
        ("Evidence: 25 %; at least 26 % needed", "1 percentage point short")
    ]


def test_evidence_that_is_just_enough_is_just_reached() -> None:
    found = looked(
        asking({"evidence_share": {"below": 0.25}}),
        **KNOWN | {"a": {"level": 4, "evidence": "x.md"}},
    )
    assert "it stands at 25 %; below 25 % the verdict is Wait." in said(found, NEAR)
    (row,) = table(found, "Limits that alone would make it worse")
    assert row[1] == "just reached"


def test_what_is_not_answered_must_be_answered() -> None:
    found = looked(asking(at_most("a"), {"unknown": "gates"}), b=4, c=4, d=4)
    assert said(found, NEAR).endswith("this must be met: the open gate answered.")
    assert table(found, "What must all be met for Go") == [
        ("Open gates: 1; none may be open", "1 answer missing")
    ]
    two = looked(asking(at_most("a"), at_most("b"), {"unknown": "gates"}), c=4, d=4)
    assert said(two, NEAR).endswith("this must be met: the 2 open gates answered.")
    assert table(two, "What must all be met for Go") == [
        ("Open gates: 2; none may be open", "2 answers missing")
    ]
    named = looked(asking(at_most("a"), {"unknown": "named"}), b=4, c=4, d=4)
    assert said(named, NEAR).endswith(
        "this must be met: the open question answered that the decision names."
    )


def risky(limit: str, terms: str = "") -> Questionnaire:
    risk = {"id": "r", "title": "Leak", "drivers": {"a": 1, "b": 1}, "impact_drivers": {"d": 1}}
    return asking(
        {"risk": "any", "at_least": limit},
        terms=({"risk": "any", "at_least": terms},) if terms else (),
        risks=[risk],
        risk_matrix=MATRIX,
    )


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # Likelihood 3.5 and impact 3, which is moderate with likelihood 3 and high with 4.
        (
            (1, 2, 2),
            "one level too high; any fall of likelihood (3.50, exactly on the border), "
            "or impact 3.00 falling below 2.50",
        ),
        # Likelihood 5 and impact 5 are critical: both have to fall, or one a long way.
        (
            (0, 0, 0),
            "two levels too high; likelihood 5.00 falling below 2.50 and impact 5.00 falling below 4.50, "
            "or likelihood 5.00 falling below 1.50, or impact 5.00 falling below 1.50",
        ),
    ],
)
def test_a_risk_that_is_too_high_says_what_has_to_fall(
    answers: tuple[int, int, int], expected: str
) -> None:
    a, b, d = answers
    found = looked(risky("high"), a=a, b=b, c=4, d=d)
    assert table(found, "What must all be met for Go") == [
        (f"Leak: {'high' if d else 'critical'}; less than high needed", expected)
    ]


def test_a_risk_below_its_limit_says_what_has_to_rise() -> None:
    found = looked(risky("high"), a=1, b=4, c=4, d=2)
    assert "it is moderate; from high on the verdict is Wait." in said(found, NEAR)
    assert table(found, "Limits that alone would make it worse") == [
        (
            "Leak: moderate; less than high needed",
            "one level below the limit; impact 3.00 rising to 3.50, or likelihood 2.50 rising to 3.50",
            "Wait",
        )
    ]


# Which single answer


def test_no_answer_may_change_it() -> None:
    assert said(looked(GATED, **KNOWN), SINGLE) == (
        "None of the answers given: moved by one level up or down, none changes the verdict."
    )
    assert said(looked(asking()), SINGLE) == "None: nothing is answered yet."


def test_an_open_question_may_change_it_alone_where_no_answer_does() -> None:
    assert said(looked(GATED, b=4, c=4, d=4), SINGLE) == (
        "None of the answers given: moved by one level up or down, none changes the verdict. "
        'The open question "A" can (see above).'
    )
    assert said(looked(GATED, c=4, d=4), SINGLE).endswith(
        "changes the verdict. Of the open questions 2 can (see above)."
    )
    assert said(looked(GATED, a=2, c=4, d=4), SINGLE) == (
        'One: "A". From level 2 to 1 the verdict is Wait. The open question "B" can as well (see above).'
    )


def test_an_open_question_that_only_makes_the_verdict_firm_changes_nothing() -> None:
    found = looked(asking({"all": [at_most("a"), at_most("b")]}), c=4, d=4)
    assert all(unknown.alone for unknown in found.unknowns.order)
    assert "see above" not in said(found, SINGLE)


def test_one_answer_may_change_it() -> None:
    assert (
        said(looked(GATED, a=2, b=4, c=4, d=4), SINGLE)
        == 'One: "A". From level 2 to 1 the verdict is Wait.'
    )


def test_an_answer_that_nobody_can_raise_says_so() -> None:
    found = looked(asking(at_most("c")), a=4, b=4, c=1, d=4)
    assert (
        said(found, SINGLE)
        == 'One: "C". From level 1 to 2 the verdict is Go, but nobody can raise it.'
    )
    assert table(found, "Changes of one level that change the verdict") == [
        ("C (nobody can raise it)", "1", "2", "Go")
    ]


def test_an_answer_that_the_facts_do_not_support_says_so() -> None:
    found = sensitivity([Voice("", example("master-data-maintenance.yaml"))])
    assert said(found, SINGLE).endswith(", but the description has to be completed first.")


def test_several_answers_may_change_it() -> None:
    assert said(looked(GATED, a=2, b=2, c=4, d=4), SINGLE) == (
        '2 answers, each moved by one level, would change the verdict: "A" and "B".'
    )
    many = asking(*map(at_most, "abcd"))
    assert said(looked(many, a=2, b=2, c=2, d=2), SINGLE) == (
        "4 answers, each moved by one level, would change the verdict."
    )


def test_one_answer_may_change_it_both_ways() -> None:
    found = looked(asking(at_most("a"), terms=(at_most("a", 2),)), a=2, b=4, c=4, d=4)
    assert said(found, SINGLE) == 'One: "A", moved by one level up or down.'


def test_the_candidacy_is_not_said_to_hang_on_what_makes_it() -> None:
    two = method(
        axis("x", dimension("f", 1, question("a"))),
        axis("y", dimension("g", 1, question("b"))),
        decided=decision(verdict("Wait", "later", at_most("a")), verdict("Go", "favour")),
    )
    found = looked(two, a=3)
    texts = [block.phrase for block in blocks(found) if isinstance(block, Paragraph)]
    assert "There is no candidacy yet; any one of these answers would give one." in texts
    assert "There is no candidacy yet; 1 of 2 questions known (50 % of the weight)." in opened(
        found
    )


# Do the assessors agree?


def test_the_assessors_come_first_where_there_are_several() -> None:
    several = looked(GATED, {"a": 1}, {"a": 2})
    assert [b.text for b in blocks(several) if isinstance(b, Heading)][:2] == [AGREE, OPEN]
    assert AGREE not in [b.text for b in blocks(looked(GATED, a=1)) if isinstance(b, Heading)]


def test_a_verdict_is_not_firm_where_it_depends_on_who_is_right() -> None:
    found = looked(GATED, KNOWN, KNOWN | {"a": 1})
    assert opened(found)[1] == (
        "Wait by the cautious middle; Ann's answers say Go. It is not firm: it depends on who is right."
    )
    assert said(found, AGREE) == (
        "No, and who is right decides: with everybody's lowest levels it is Wait, with everybody's highest "
        'Go. Settle "A" first.'
    )


def test_a_verdict_is_firm_where_it_does_not_matter_who_is_right() -> None:
    found = looked(GATED, KNOWN, KNOWN | {"a": 2})
    assert opened(found)[1] == (
        "Go by the cautious middle, as by the answers of each assessor. "
        "Firm: every question that applies is answered."
    )
    assert said(found, AGREE) == (
        "Not everywhere, but it does not matter to the verdict: whatever mixture of their answers is right, "
        "it is Go."
    )


def test_what_to_settle_is_named_and_what_not() -> None:
    found = looked(GATED, {"a": 1, "b": 4, "c": 0, "d": 0}, {"a": 4, "b": 4, "c": 1, "d": 4})
    assert said(found, AGREE).endswith(
        'Settle "A" first; the other two (1 of them one level apart) do not matter alone.'
    )
    assert table(found, "Where they differ") == [
        ("A", "yes", "3", "Ann 1, Bob 4"),
        ("D", "no", "4", "Ann 0, Bob 4"),
    ]
    texts = [str(block.phrase) for block in blocks(found) if isinstance(block, Paragraph)]
    assert "On 1 question they are one level apart, which changes nothing alone." in texts


def test_the_other_one_is_told_in_the_singular() -> None:
    near = looked(GATED, {"a": 1, "b": 4}, {"a": 4, "b": 3})
    assert said(near, AGREE).endswith(
        'Settle "A" first; the other one (one level apart) does not matter alone.'
    )
    both = looked(GATED, {"a": 1, "b": 4, "c": 4}, {"a": 4, "b": 3, "c": 3})
    assert said(both, AGREE).endswith("the other two (all one level apart) do not matter alone.")
    found = looked(GATED, {"a": 1, "b": 4, "c": 0}, {"a": 4, "b": 4, "c": 4})
    assert said(found, AGREE).endswith('Settle "A" first; the other one does not matter alone.')


def test_none_may_decide_alone_and_all_together() -> None:
    together = asking({"all": [at_most("a"), at_most("b")]})
    found = looked(together, {"a": 1, "b": 4}, {"a": 4, "b": 1}, {"a": 4, "b": 4})
    assert said(found, AGREE).endswith("None of the disagreements decides alone; together they do.")
    assert opened(found)[1].startswith(
        "Go by the cautious middle, as by the answers of each assessor. "
    )
    assert "Firm" not in opened(found)[1]


def test_nobody_knows_enough_whoever_is_right() -> None:
    few = asking(at_most("a"), below_coverage=0.5)
    found = looked(few, {"b": 1}, {"b": 4})
    assert said(found, AGREE) == (
        "Not everywhere, but it does not matter yet: whoever is right, the verdict is Undetermined, because "
        "nobody has answered 3 of 4 questions."
    )
    assert opened(found)[1] == (
        "Undetermined by the cautious middle, as by the answers of each assessor. "
        'With 3 questions open, anything from "Wait" to "Go" is still possible.'
    )


def test_who_leaves_open_what_others_answer_is_told_apart_from_who_disagrees() -> None:
    found = looked(GATED, {"a": 1, "b": 2}, {"b": 2})
    assert said(found, AGREE) == (
        "Where they answer, it does not matter who is right: put together, their answers say Wait. "
        "Bob comes to another verdict only by leaving open what others answer."
    )


def test_all_may_agree() -> None:
    found = looked(GATED, KNOWN, KNOWN)
    assert said(found, AGREE) == "Yes: wherever several of them give a level, it is the same."


def test_evidence_may_decide_where_levels_agree() -> None:
    proof = asking({"evidence_share": {"below": 0.25}})
    found = looked(proof, KNOWN | {"a": {"level": 4, "evidence": "x.md"}}, KNOWN)
    assert said(found, AGREE).endswith("They give the same levels, but not the same evidence.")


def test_whether_a_question_applies_may_decide() -> None:
    found = looked(
        asking({"dimension": "second", "below": 60}),
        {"a": 4, "b": 4, "c": 4, "d": {"not_applicable": "there is none"}},
        {"a": 4, "b": 4, "c": 4, "d": 0},
    )
    assert said(found, AGREE) == (
        'No, and who is right decides: whichever levels are right it is Wait, but not if "D" does not apply. '
        'Settle "D" first.'
    )
    (row,) = table(found, "Where they differ")
    assert row[2:] == ("whether it applies", "Ann does not apply, Bob 0")
    note = "Where some say that a question does not apply, the levels of the others count."
    assert note in [str(block.phrase) for block in blocks(found) if isinstance(block, Paragraph)]


def test_how_far_apart_they_are_and_whether_it_applies_are_told_together() -> None:
    away: dict[str, Any] = {"d": {"not_applicable": "there is none"}}
    found = looked(GATED, KNOWN | away, KNOWN | {"d": 0}, KNOWN | {"d": 3})
    (row,) = table(found, "Where they differ")
    assert row[2] == "3, and whether it applies"


def test_a_mixture_may_come_to_another_verdict_than_both_ends() -> None:
    together = {"all": [at_most("a"), at_most("b")]}
    between = method(
        axis("x", dimension("d", 1, question("a"), question("b", weight=9))),
        decided=decision(
            verdict("No", "against", together),
            verdict("Wait", "later", at_most("a", 2), at_most("b")),
            verdict("Go", "favour"),
        ),
    )
    assert said(looked(between, {"a": 0}, {"a": 4}), AGREE) == (
        "Not everywhere, and it may matter: with everybody's lowest levels as with everybody's highest the "
        "verdict is Undetermined, but a mixture of them may come to another."
    )
    assert said(looked(between, {"a": 0}, {"a": 2}, {"a": 4}), AGREE).startswith(
        "No, and who is right decides: with everybody's lowest levels as with everybody's highest it is "
        "Undetermined, but not in between. "
    )


def filed(*paths: str, levels: tuple[int, ...] = (4, 1)) -> Sensitivity:
    """Look at answers that lie in files of their own."""
    return sensitivity(
        [
            Voice(path, assess(process(KNOWN | {"a": level}), GATED))
            for path, level in zip(paths, levels, strict=True)
        ]
    )


def test_who_has_no_name_goes_by_that_of_the_file() -> None:
    found = filed("examples/pay-ann.yaml", "examples/pay-bob.yaml")
    assert "; pay-ann's answers say Go. " in opened(found)[1]
    rows = table(found, "The verdict by the answers of each")
    assert [row[0] for row in rows[:2]] == ["pay-ann", "pay-bob"]
    assert table(found, "Where they differ")[0][3] == "pay-ann 4, pay-bob 1"


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    rows = table(filed("ann/pay.yaml", "bob/pay.yaml"), "The verdict by the answers of each")
    assert [row[0] for row in rows[:2]] == ["ann/pay.yaml", "bob/pay.yaml"]


def test_whose_facts_count_is_said_only_where_several_files_state_some() -> None:
    facts = "Facts and controls are those of the first file."
    assert opened(filed("a.yaml", "b.yaml"))[-1].endswith(facts)
    assert facts not in opened(looked(GATED, KNOWN, KNOWN))[-1]


def test_many_who_say_the_same_are_counted() -> None:
    questionnaire = asking(at_most("a"))
    voices = [
        Voice(f"p{place}", assess(process(KNOWN | {"a": level}), questionnaire), named=True)
        for place, level in enumerate([1, 1, 1, 1, 1, 4, 4, 4, 4])
    ]
    assert "; the answers of 4 assessors say Go. " in opened(sensitivity(voices))[1]


def test_each_has_a_row_and_so_have_the_ends() -> None:
    found = looked(GATED, KNOWN, {"a": 1, "b": 4})
    rows = table(found, "The verdict by the answers of each")
    assert [row[:2] for row in rows] == [
        ("Ann", "Go"),
        ("Bob", "Wait"),
        ("Cautious middle", "Wait"),
        ("Everybody's lowest levels", "Wait"),
        ("Everybody's highest levels", "Go"),
    ]


# Where there is little room


def test_a_table_that_is_written_as_a_list_keeps_what_heads_it() -> None:
    found = looked(GATED, a=2, b=2, c=4, d=4)
    narrow = pages.text(blocks(found), 40).split("\n")
    place = narrow.index("Limits that alone would make it worse:")
    assert narrow[place + 1 : place + 4] == [
        "- A: level 2; at least 2 needed",
        "  How near: just reached",
        "  Verdict beyond it: Wait",
    ]
    untitled = Table(
        "Not shown", (Column("What there is"), Column("More")), (("x" * 30, "y" * 30),)
    )
    assert pages.text([untitled], 36).split("\n")[:2] == ["What there is:", f"- {'x' * 30}"]
    nameless = Table("Not shown", (Column(""), Column("More")), (("x" * 30, "y" * 30),))
    assert pages.text([nameless], 36).startswith("- x")


def test_cells_are_wrapped_before_a_table_becomes_a_list() -> None:
    title = "Outsource with conditions"
    columns = Column("Question"), Column("If it is 0"), Column("If it is 4"), Column("Matters")
    rows = (("Exit, step-in and continuity", title, title, "with others"),)
    written = pages.text([Table("Ask", columns, rows, titled=True)], 73).split("\n")
    assert written[0] == "Ask"
    assert [line.split("  ")[0].strip() for line in written[2:4]] == [
        "Exit, step-in and",
        "continuity",
    ]
    assert max(map(len, written)) <= 73
    assert pages.text([Table("Ask", columns, rows, titled=True)], 66).startswith("Ask:\n- Exit")


def test_a_verdict_that_holds_only_on_what_is_known_is_not_called_firm() -> None:
    """With `odds` open the risk has no level; answered, harm alone makes it high, whatever the odds."""
    rows = [["low"] * 4 + ["high"]] * 5
    questionnaire = method(
        axis("a", dimension("d", 1, question("harm"), question("odds"))),
        decided=decision(
            plain_verdict("wait", "later", {"risk": "any", "at_least": "high"}),
            plain_verdict("go", "favour"),
        ),
        risks=[
            {"id": "leak", "title": "Leak", "drivers": {"odds": 1}, "impact_drivers": {"harm": 1}}
        ],
        risk_matrix={"levels": ["low", "high"], "rows": rows},
    )
    assessment = assess(process({"harm": 0}), questionnaire)
    found = sensitivity([Voice("", assessment)])
    said = " ".join(pages.text([*opening.blocks(found), *blocks(found)], 400).split())
    assert "Firm" not in said
    assert 'whatever the answers to the one open question, it will be "wait"' in said
    assert (
        "Yes: 1 question is open, and whatever the answers, once it is answered the verdict is wait: "
        "today's holds only on what is known."
    ) in said
