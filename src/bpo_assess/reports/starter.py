"""A starter process description: every section explained, every question with its anchors."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import PurePath

from bpo_assess.model.questionnaire import Question, Questionnaire

WIDTH = 96

_SECTIONS = """
# The work in a few sentences, and who answers for it. Every line that begins with # is a comment;
# delete the # (and the one space after it) to use what it says. Only format, id and name are needed:
# whatever is missing counts as unknown, never as good.
# description: What the process does, for whom, from what to what.
# owner: Head of ...                # the accountable owner, a role or a name
# function: accounts-payable        # what kind of work it is
# organisation: ...
# status: draft
# version: "1"
# reviewed: 2026-01-31              # YYYY-MM-DD; counts when score is run with --as-of
# next_review: 2027-01-31
# in_scope: [what belongs to it]
# out_of_scope: [what does not]

# How much work, by how many people, at what cost.
# volume: {amount: 4000, unit: invoices, per: month, variation_percent: 15, peak: "year end"}
# staff_fte: 12.5                   # full-time equivalents who do it today
# annual_cost: {amount: 800000, currency: EUR}
# locations: [...]
# languages: [...]

# With what, under which rules.
# systems:
#   - {name: ..., access: named accounts}
# data:       # class: public, confidential, personal, financial-account, special-category
#   - {class: personal, what: names and addresses of customers}
# regulations: [...]
# documents:
#   - {title: Handbook, path: handbook.md, reviewed: 2026-01-31}

# The steps, one entry each. What is stated here is checked against what is answered below.
# steps:
#   - id: receive
#     name: Receive the order
#     role: Clerk                   # who does it
#     accountable: Team lead        # who answers for it (the role when left out); exactly one
#     stays: false                  # true where the step stays with the company
#     on_site: false
#     inputs: [order]
#     outputs: [registered order]
#     systems: [...]
#     instructions: How it is done, in words, or the path of the document that says so.
#     exceptions:
#       - {name: Order incomplete, rule: Return it the same day, owner: Team lead, share_percent: 5}

# How success is measured, before anything is signed.
# kpis:
#   - id: on-time
#     name: Orders handled on time
#     formula: orders handled within two days / orders received
#     unit: "%"
#     direction: up                 # up or down: which way is better
#     baseline: 91
#     target: 97
#     measured: monthly
#     source: order log
#     owner: Team lead
""".strip("\n")


def starter(questionnaire: Questionnaire, file: str, name: str | None = None) -> str:
    """Write a starter process description for a questionnaire; it can be scored as it stands."""
    stem = _stem(file)
    title = " ".join((name or stem.replace("-", " ").capitalize()).split())
    key = _id(name) if file == "-" and name else _id(stem)
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    lines = [
        "# A process description for bpo-assess. Fill in what you know, then run",
        f"#   bpo-assess score {file if file != '-' else 'FILE'}",
        "format: bpo-assess/process/v1",
        f"id: {key}",
        f'name: "{quoted}"',
        "",
        _SECTIONS,
        "",
        *_controls(questionnaire),
        *_money(),
        f'questionnaire: {{id: {questionnaire.id}, version: "{questionnaire.version}"}}',
        "",
        *_answers(questionnaire),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _stem(file: str) -> str:
    name = PurePath(file).name if file != "-" else "my-process"
    return re.sub(r"(\.bpo)?\.(yaml|yml)$", "", name)


def _id(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "my-process"


def _controls(questionnaire: Questionnaire) -> Iterator[str]:
    known = list(dict.fromkeys(c.id for risk in questionnaire.risks for c in risk.controls))
    if not known:
        return
    yield "# Controls against risks. One counts when it is `in-place` and has `evidence`, a path or URL;"
    yield "# `planned` shows what it would bring. bpo-assess explain ID says what each one is."
    yield "# controls:"
    for key in known:
        yield f"#   - {{id: {key}, status: planned}}"
    yield ""


def _money() -> Iterator[str]:
    yield "# Costs beside the price that the business case reckons with, in percent of it or as an amount."
    yield "# business_case:"
    yield "#   hidden_costs:"
    yield "#     - {category: search-and-selection, percent: 1}"
    yield "#     - {category: transition, percent: 3}"
    yield ""


def _answers(questionnaire: Questionnaire) -> Iterator[str]:
    yield "# The answers: the number of the line that describes today best, or unknown where nobody knows."
    yield "# With evidence:   question-id: {level: 2, evidence: path-or-URL, note: why, by: who}"
    yield '# Does not apply:  question-id: {not_applicable: "the reason"}, where the question allows it'
    yield "# Several people answer: answers_by: {NAME: {question-id: 2}}, or one file each with the same id;"
    yield "#                        bpo-assess sensitivity says where they differ and whether it matters."
    yield "answers:"
    for dimension in questionnaire.dimensions.values():
        yield ""
        yield f"  # {dimension.title}"
        for question in dimension.questions:
            yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    yield ""
    yield from _comment(question.text)
    for level, anchor in enumerate(question.anchors):
        yield from _comment(anchor, f"{level}  ")
    if question.not_applicable:
        yield from _comment("may be not applicable")
    yield f"  # {question.id}:"


def _comment(text: str, mark: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=f"  #   {mark}",
        subsequent_indent=f"  #   {' ' * len(mark)}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def questionnaire_starter(template: str, file: str) -> str:
    """Name the questionnaire that new ones start from after its file."""
    key = _id(_stem(file)) if file != "-" else "my-method"
    named = template.replace("id: my-method\n", f"id: {key}\n", 1)
    return named.replace("questionnaire check FILE\n", f"questionnaire check {file}\n", 1)
