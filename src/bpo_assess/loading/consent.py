"""Acceptances and baselines from disk: what a team lives with for a while, and what was there before."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bpo_assess.diagnostics import Diagnostic, InputError, KeyPath, Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.documents import parse
from bpo_assess.gate.finding import Acceptance, Finding, Status
from bpo_assess.loading.explain import did_you_mean, locate
from bpo_assess.loading.files import read_bytes, read_text
from bpo_assess.loading.read import validated
from bpo_assess.model.acceptance import ACCEPTANCES_FORMAT, AcceptanceEntry, AcceptanceFile

BASELINE_FORMAT = "bpo-assess/baseline/v1"


def read_acceptances(name: str) -> tuple[Acceptance, ...]:
    """Read a file of acceptances; raise InputError where it cannot be used."""
    document = parse(read_bytes(name), name)
    entries = validated(document, AcceptanceFile, ACCEPTANCES_FORMAT).acceptances
    problems: list[Diagnostic] = []
    found = []
    for place, entry in enumerate(entries):
        path = ("acceptances", place, "rule")
        problems += [locate(problem, document) for problem in unacceptable(entry.rule, path)]
        span = document.span(path)
        found.append(acceptance(entry, file=name, span=span, excerpt=document.excerpt(span)))
    if problems:
        raise InputError(*problems)
    return tuple(found)


def acceptance(entry: AcceptanceEntry, **where: Any) -> Acceptance:
    """Take an entry as a decision, and where it is written."""
    return Acceptance(
        entry.rule,
        entry.subject,
        entry.reason,
        entry.owner,
        entry.until,
        entry.ticket,
        **where,
    )


def unacceptable(code: str, path: KeyPath = ()) -> Iterator[Diagnostic]:
    """Say what keeps a rule from being accepted, if anything does."""
    rule = RULES.get(code)
    if rule is None:
        hint = did_you_mean(code, RULES)
        yield Diagnostic("BPO213", Severity.ERROR, f"there is no rule `{code}`", hint, path=path)
    elif not rule.acceptable:
        text = f"{code} ({rule.name}) cannot be accepted"
        hint = f"mend it; bpo-assess explain {code}"
        yield Diagnostic("BPO205", Severity.ERROR, text, hint, path=path)


# Baselines


def read_baseline(name: str) -> dict[str, str]:
    """Read what was there before: the process of every finding by its fingerprint."""
    text = read_text(name)
    try:
        data = json.loads(text)
        own = {BASELINE_FORMAT: data["findings"]}[data["format"]]
        return {str(entry["fingerprint"]): str(entry["process"]) for entry in own}
    except (ValueError, KeyError, TypeError, RecursionError):
        problem = Diagnostic(
            "BPO201",
            Severity.ERROR,
            f"{name} is no baseline",
            hint="write it with --write-baseline",
            file=name,
        )
        raise InputError(problem) from None


def baseline_text(findings: Iterable[Finding]) -> str:
    """Write down what is open now, to be known from here on."""
    entries = sorted(
        (
            {
                "fingerprint": finding.fingerprint,
                "process": finding.process,
                "rule": finding.diagnostic.code,
                "subject": finding.subject,
            }
            for finding in findings
            if finding.status is not Status.ACCEPTED and _may_be_known(finding)
        ),
        key=lambda entry: (entry["process"], entry["rule"], entry["subject"], entry["fingerprint"]),
    )
    return json.dumps({"format": BASELINE_FORMAT, "findings": entries}, indent=2) + "\n"


def _may_be_known(finding: Finding) -> bool:
    rule = RULES.get(finding.diagnostic.code)
    return rule is not None and rule.acceptable
