"""Findings as a team lives with them: named by rule, process and subject, never by line."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity, Span

RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
"""How severities compare."""


class Status(StrEnum):
    """How a finding stands with the team."""

    OPEN = "open"
    ACCEPTED = "accepted"
    """Somebody has accepted it, with a reason, until a day."""
    KNOWN = "known"
    """It stands in the baseline: it was there before."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A decision to live with findings for a while."""

    rule: str
    subject: str
    """A process, or a process and a place within it, with all that is part of it; `*` ends an open name."""
    reason: str
    owner: str
    until: date
    """The last day on which it holds."""
    ticket: str | None = None
    file: str | None = None
    span: Span | None = None
    excerpt: tuple[tuple[int, str], ...] = ()
    lines: tuple[int, ...] = ()
    """For one written as a comment: the lines whose findings it is about."""

    @property
    def inline(self) -> bool:
        """Whether it stands as a comment in the description itself."""
        return bool(self.lines)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: what is wrong, what it is about, and how it stands."""

    diagnostic: Diagnostic
    process: str
    """The id of the process; for a file that has none, the file."""
    subject: str
    """What it is about within the process, such as `answers/exit-plan`; nothing for the whole."""
    ordinal: int = 0
    """Counts findings of one rule about one subject."""
    status: Status = Status.OPEN
    acceptance: Acceptance | None = None

    @property
    def name(self) -> str:
        """The process and the subject, as acceptances name them."""
        return f"{self.process}/{self.subject}" if self.subject else self.process

    @property
    def fingerprint(self) -> str:
        """A name that stays while lines move: from rule, process, subject and ordinal."""
        return fingerprint(self.diagnostic.code, self.process, self.subject, self.ordinal)

    def with_note(self, note: str) -> "Finding":
        """Say more about it."""
        notes = "; ".join(filter(None, [self.diagnostic.note, note]))
        return replace(self, diagnostic=replace(self.diagnostic, note=notes))


@dataclass(frozen=True, slots=True)
class Standing:
    """What an assessment came to, for tables of many processes."""

    verdict: str
    firm: bool
    candidacy: str | None
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file after the check."""

    name: str
    """As the user named or would name it."""
    uri: str
    """Its path from the root of its repository."""
    process: str | None = None
    """The id of the process, where the file could be read that far."""
    describes: bool = True
    """Whether it stands for a process; other files have findings too, such as one of acceptances."""
    usable: bool = True
    """Whether it could be assessed, or used as what it is."""
    title: str | None = None
    method: str | None = None
    """The id and version of the questionnaire."""
    answered: int = 0
    applicable: int = 0
    standing: Standing | None = None
    """What it was assessed to be, where that was asked for."""
    id_place: tuple[Span, tuple[tuple[int, str], ...]] | None = None
    """Where the id of the process stands, and the lines around it."""
    demanded: tuple[str, ...] = ()
    """The rules by which the caller's requirements are broken, where they are set."""
    fail_on: Severity = Severity.ERROR
    findings: tuple[Finding, ...] = ()
    comments: tuple[Acceptance, ...] = ()
    """Acceptances that stand in the file itself."""

    def fails(self, finding: Finding) -> bool:
        """Tell whether a finding keeps the gate closed."""
        severity = finding.diagnostic.severity
        return finding.status is Status.OPEN and RANK[severity] >= RANK[self.fail_on]

    @property
    def failing(self) -> bool:
        """Whether any finding keeps the gate closed."""
        return any(map(self.fails, self.findings))


def fingerprint(rule: str, process: str, subject: str, ordinal: int) -> str:
    """Make the name by which a finding is known again: 32 hexadecimal digits."""
    parts = (rule, process, subject, str(ordinal))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def identified(
    diagnostics: Iterable[Diagnostic], process: str, data: Any = None
) -> tuple[Finding, ...]:
    """Name findings by process and subject, in their order."""
    return tuple(
        counted(
            Finding(problem, process, problem.subject or subject_of(problem.path, data))
            for problem in diagnostics
        )
    )


def counted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Count the findings of one rule about one subject."""
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        key = (finding.diagnostic.code, finding.name)
        yield replace(finding, ordinal=seen[key]) if seen[key] else finding
        seen[key] += 1


def subject_of(path: KeyPath, data: Any) -> str:
    """Name a place in a description by ids and names, so that entries may move."""
    parts = []
    for part in path:
        data = _within(data, part)
        if isinstance(part, int):
            named = (data.get("id") or data.get("name")) if isinstance(data, dict) else None
            parts.append(_slug(str(named)) if named else str(part + 1))
        elif part != "name":
            parts.append(part)
    return "/".join(parts)


def _within(data: Any, part: str | int) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-") or text.replace("/", "-")
