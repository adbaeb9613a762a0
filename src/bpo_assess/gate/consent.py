"""What a team has agreed to live with: acceptances with an end, and a baseline of what was there before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bpo_assess.diagnostics import Diagnostic, Severity
from bpo_assess.gate.finding import Acceptance, CheckedFile, Finding, Status, identified

EXPIRING_DAYS = 30
"""From how many days before its end an acceptance is pointed out."""

LONGEST_DAYS = 366
"""How far ahead an acceptance may reach, in days, where nothing else is configured: a year."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What applies to the files of one configuration."""

    acceptances: tuple[Acceptance, ...] = ()
    baseline: Mapping[str, str] = field(default_factory=dict)
    """The process of every finding that was there before, by its fingerprint."""
    as_of: date | None = None
    longest_days: int = LONGEST_DAYS
    comments: bool = True
    """Whether acceptances in the descriptions themselves count."""


@dataclass(slots=True)
class Use:
    """What of a consent was needed, collected over many files."""

    accepted: set[Acceptance] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    processes: set[str] = field(default_factory=set)


def settle(file: CheckedFile, consent: Consent, use: Use) -> CheckedFile:
    """Tell of every finding of a file how it stands; what makes a file unusable cannot be accepted."""
    if file.process is not None:
        use.processes.add(file.process)
    if not file.usable:
        return file
    comments = file.comments if consent.comments else ()
    offered = [item for item in (*comments, *consent.acceptances) if _may_hold(item, consent)]
    findings = [_settled(finding, offered, consent, use) for finding in file.findings]
    about_comments = _about(comments, consent, use, everywhere=True)
    added = identified(about_comments, file.process or file.uri)
    return (
        replace(file, findings=(*findings, *added))
        if offered or added or consent.baseline
        else file
    )


def _may_hold(acceptance: Acceptance, consent: Consent) -> bool:
    return consent.as_of is not None and not _too_long(acceptance, consent)


def _too_long(acceptance: Acceptance, consent: Consent) -> bool:
    days = (acceptance.until - consent.as_of).days if consent.as_of else 0
    return days > consent.longest_days


def _settled(
    finding: Finding, offered: Iterable[Acceptance], consent: Consent, use: Use
) -> Finding:
    for acceptance in offered:
        if not matches(acceptance, finding):
            continue
        use.accepted.add(acceptance)
        if consent.as_of is not None and acceptance.until >= consent.as_of:
            return replace(finding, status=Status.ACCEPTED, acceptance=acceptance)
        ended = f"accepted by {acceptance.owner} until {acceptance.until}, which has passed"
        finding = finding.with_note(ended)
    if finding.fingerprint in consent.baseline:
        use.known.add(finding.fingerprint)
        return replace(finding, status=Status.KNOWN)
    return finding


def matches(acceptance: Acceptance, finding: Finding) -> bool:
    """Tell whether an acceptance is about a finding."""
    if acceptance.rule != finding.diagnostic.code:
        return False
    if acceptance.inline:
        span = finding.diagnostic.span
        return span is not None and span.line in acceptance.lines
    subject = acceptance.subject
    if subject.endswith("*"):
        return finding.name.startswith(subject[:-1])
    return subject in {finding.process, finding.name}


# What is odd about the agreements themselves


def doubts(consent: Consent, use: Use, *, everywhere: bool) -> Iterator[Diagnostic]:
    """Yield what is wrong with acceptances and baseline, once every file has been settled.

    What no finding needed is only called superfluous where its process was checked, or where everything was.
    """
    yield from _about(consent.acceptances, consent, use, everywhere=everywhere)
    gone = [
        key
        for key, process in consent.baseline.items()
        if key not in use.known and (everywhere or process in use.processes)
    ]
    if gone:
        some = f"{len(gone)} finding{'' if len(gone) == 1 else 's'}"
        text = f"{some} of the baseline no longer occur{'s' if len(gone) == 1 else ''}"
        hint = "write it again with --write-baseline"
        yield Diagnostic("BPO516", Severity.NOTE, text, hint=hint)


def _about(
    acceptances: Iterable[Acceptance], consent: Consent, use: Use, *, everywhere: bool
) -> Iterator[Diagnostic]:
    for item in acceptances:
        named = f"the acceptance of {item.rule} for `{item.subject}`"
        if consent.as_of is None:
            text = f"{named} does not count, because no day of assessment is given"
            yield _at(item, "BPO514", Severity.WARNING, text, "add --as-of YYYY-MM-DD")
        elif _too_long(item, consent):
            text = f"{named} reaches further than {consent.longest_days} days ahead"
            yield _at(
                item, "BPO515", Severity.ERROR, text, "name an earlier day, and review it then"
            )
        elif item not in use.accepted:
            if everywhere or _was_checked(item, use.processes):
                text = f"{named} accepts nothing that was found"
                yield _at(item, "BPO511", Severity.ERROR, text, "take it out")
        elif 0 <= (days := (item.until - consent.as_of).days) <= EXPIRING_DAYS:
            text = f"{named} ends in {days} day{'' if days == 1 else 's'}, on {item.until}"
            yield _at(item, "BPO512", Severity.NOTE, text, "mend it, or decide anew")


def _was_checked(acceptance: Acceptance, processes: set[str]) -> bool:
    return acceptance.subject.partition("/")[0] in processes


def _at(item: Acceptance, code: str, severity: Severity, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        code,
        severity,
        message,
        hint=hint,
        file=item.file,
        span=item.span,
        excerpt=item.excerpt,
        subject=f"{item.rule}/{item.subject}",
    )
