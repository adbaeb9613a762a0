"""Acceptances and baselines from disk: what a team lives with for a while, and what was there before."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from operator import attrgetter
from typing import Any

from bpo_assess.diagnostics import Diagnostic, InputError, KeyPath, Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.documents import parse, visible
from bpo_assess.gate.consent import Remembered
from bpo_assess.gate.finding import Acceptance
from bpo_assess.loading.explain import did_you_mean, locate
from bpo_assess.loading.files import read_bytes
from bpo_assess.loading.read import validated
from bpo_assess.model.acceptance import ACCEPTANCES_FORMAT, AcceptanceEntry, AcceptanceFile

BASELINE_FORMAT = "bpo-assess/baseline/v1"

LARGEST_BASELINE = 50_000_000
"""How large a baseline may be, in bytes: enough for a quarter of a million findings."""

MOST_VALUES = 2_000_000
"""How many commas and brackets a baseline has at most; in memory each may take a hundred bytes and more."""


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


def read_baseline(name: str) -> dict[str, Remembered]:
    """Read what was there before, by fingerprint; raise InputError where the file is no baseline.

    An entry whose fingerprint is not that of its rule, process and subject was changed by hand, and nobody
    can tell what it is to stand for: the file is refused. A merge may leave two entries of one fingerprint;
    the stricter counts.
    """
    raw = _baseline_bytes(name)
    try:
        entries = _entries(json.loads(raw))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _refused(name, "this is no baseline") from None
    changed = next((entry for entry, stated in entries if entry.fingerprint != stated), None)
    if changed is not None:
        text = f"the entry of {changed.rule} for `{changed.process}` was changed by hand"
        raise _refused(name, visible(text))
    return _each_once((entry for entry, _ in entries), stricter=True)


def _baseline_bytes(name: str) -> bytes:
    """Read a baseline: it holds an entry for each of many findings, and may be larger than a description."""
    raw = read_bytes(name, LARGEST_BASELINE)
    if len(raw) > LARGEST_BASELINE:
        raise _refused(name, f"the file has more than {LARGEST_BASELINE // 10**6} MB")
    if raw.count(b",") > MOST_VALUES or raw.count(b"{") > MOST_VALUES:
        raise _refused(name, "the file holds more than any baseline does")
    return raw


def _entries(data: Any) -> list[tuple[Remembered, str]]:
    """Take the entries of a baseline, each with the fingerprint that it states."""
    if data["format"] != BASELINE_FORMAT:
        raise ValueError
    return [_entry(entry) for entry in data["findings"]]


def _entry(data: dict[str, Any]) -> tuple[Remembered, str]:
    ordinal, reached = data.get("ordinal", 0), data.get("reached")
    texts = rule, process, subject = data["rule"], data["process"], data["subject"]
    if {*map(type, texts)} != {str} or type(ordinal) is not int or ordinal < 0:
        raise TypeError
    if reached is not None and not _REACHED.fullmatch(reached):
        raise ValueError
    met = None if reached is None else Decimal(reached)
    return Remembered(rule, process, subject, ordinal, met), data["fingerprint"]


_REACHED = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)


def _each_once(entries: Iterable[Remembered], *, stricter: bool) -> dict[str, Remembered]:
    """Keep one entry of each fingerprint: that with which most becomes worse, or least."""
    kept: dict[str, Remembered] = {}
    for entry in entries:
        before = kept.get(entry.fingerprint)
        if before is None or (_strictness(entry) > _strictness(before)) == stricter:
            kept[entry.fingerprint] = entry
    return kept


def _strictness(entry: Remembered) -> Decimal:
    return Decimal("-Infinity") if entry.reached is None else entry.reached


def _refused(name: str, message: str) -> InputError:
    hint = "delete it, and write it again with --write-baseline"
    return InputError(Diagnostic("BPO201", Severity.ERROR, message, hint=hint, file=name))


def baseline_text(entries: Iterable[Remembered]) -> str:
    """Write a baseline: an entry a line, so that two versions can be compared and merged.

    Of findings that cannot be told apart, such as those of two descriptions of one id, the worst is written.
    """
    ordered = sorted(
        _each_once(entries, stricter=False).values(),
        key=attrgetter("process", "rule", "subject", "ordinal"),
    )
    lines = ",\n".join(f"    {json.dumps(_written(entry))}" for entry in ordered)
    findings = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "format": "{BASELINE_FORMAT}",\n  "findings": {findings}\n}}\n'


def _written(entry: Remembered) -> dict[str, Any]:
    return {
        "process": entry.process,
        "rule": entry.rule,
        "subject": entry.subject,
        **({"ordinal": entry.ordinal} if entry.ordinal else {}),
        **({"reached": str(entry.reached)} if entry.reached is not None else {}),
        "fingerprint": entry.fingerprint,
    }
