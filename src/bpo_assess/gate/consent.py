"""What a team has agreed to live with: acceptances with an end, and a baseline of what was there before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from typing import TypeVar

from bpo_assess.diagnostics import Diagnostic, Severity, sort_key
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.documents import visible
from bpo_assess.gate.finding import (
    Acceptance,
    CheckedFile,
    Finding,
    Status,
    fingerprint,
    identified,
)

EXPIRING_DAYS = 30
"""From how many days before its end an acceptance is pointed out."""

LONGEST_DAYS = 366
"""How far ahead an acceptance may reach, in days, where nothing else is configured: a year."""


MOST_SUBJECTS = 1_000
"""Among how many findings of a rule the one is looked for that a misspelt acceptance may mean."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A finding as a baseline keeps it."""

    rule: str
    process: str
    subject: str
    ordinal: int = 0
    reached: Decimal | None = None
    """For a demand that is met in part: how far it was met then."""

    @property
    def fingerprint(self) -> str:
        """The name of the finding that it stands for."""
        return fingerprint(self.rule, self.process, self.subject, self.ordinal)

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding is no worse than it was then."""
        now = finding.diagnostic.reached
        return self.reached is None or (now is not None and now >= self.reached)


Agreed = tuple[str | None, str, str]
"""What an acceptance is about, and where it stands: its file, rule and subject."""


class Offers:
    """The acceptances of a file that may hold on a day, found by what they are about."""

    def __init__(self, acceptances: Iterable[Acceptance], day: date) -> None:
        """Take them; of several about the same, the one that holds counts, else the one that ended last."""
        self._by_name: dict[tuple[str, str], Acceptance] = {}
        self._by_beginning: dict[tuple[str, str], Acceptance] = {}
        self._lengths: dict[str, list[int]] = {}
        self._rules = set[str]()
        for item in acceptances:
            self._rules.add(item.rule)
            name = item.subject.removesuffix("*")
            place = self._by_name if name == item.subject else self._by_beginning
            _keep(place, (item.rule, name), item, day)
        for rule, name in sorted(self._by_beginning, key=lambda key: -len(key[1])):
            lengths = self._lengths.setdefault(rule, [])
            if lengths[-1:] != [len(name)]:
                lengths.append(len(name))

    def note(self, finding: Finding, subjects: dict[str, list[str]]) -> None:
        """Note the name of a finding that none of them is about, though some are about its rule."""
        rule = finding.diagnostic.code
        if rule in self._rules:
            known = subjects.setdefault(rule, [])
            if len(known) < MOST_SUBJECTS:
                known.append(finding.name)

    def about(self, finding: Finding) -> Iterator[Acceptance]:
        """Yield what is about a finding: the closest name first, then the longest beginning."""
        rule = finding.diagnostic.code
        name: str | None = finding.name
        while name is not None:
            if found := self._by_name.get((rule, name)):
                yield found
            name = name.rpartition("/")[0] or None
        for length in self._lengths.get(rule, ()):
            beginning = finding.name[:length]
            if len(beginning) == length and (found := self._by_beginning.get((rule, beginning))):
                yield found


Place = TypeVar("Place")


def _keep(
    kept: dict[tuple[str, Place], Acceptance], key: tuple[str, Place], item: Acceptance, day: date
) -> None:
    before = kept.get(key)
    if before is None or (before.until < day and before.until < item.until):
        kept[key] = item


@dataclass(frozen=True)
class Consent:
    """What applies to the files of one configuration."""

    acceptances: tuple[Acceptance, ...] = ()
    baseline: Mapping[str, Remembered] = field(default_factory=dict)
    """What was there before, by its fingerprint."""
    as_of: date | None = None
    longest_days: int = LONGEST_DAYS
    comments: bool = True
    """Whether acceptances in the descriptions themselves count."""
    learning: bool = False
    """Whether what is found and not accepted is known from here on."""

    @cached_property
    def offers(self) -> Offers | None:
        """Those of the acceptances that may hold; nothing where there is none."""
        may_hold = [item for item in self.acceptances if self.may_hold(item)]
        return Offers(may_hold, self.as_of) if self.as_of and may_hold else None

    def may_hold(self, acceptance: Acceptance) -> bool:
        """Tell whether an acceptance can count at all, even if it has ended."""
        return self.as_of is not None and not self.too_long(acceptance)

    def too_long(self, acceptance: Acceptance) -> bool:
        """Tell whether an acceptance reaches further ahead than allowed."""
        return self.as_of is not None and (acceptance.until - self.as_of).days > self.longest_days


@dataclass(slots=True)
class Use:
    """What of the agreements was needed, collected over many files."""

    accepted: set[Agreed] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    """Fingerprints of the baseline that occur, even where they are worse or accepted."""
    processes: set[str] = field(default_factory=set)
    """The processes whose descriptions were checked."""
    subjects: dict[str, list[str]] = field(default_factory=dict)
    """By the rules of acceptances: what was found and nobody has accepted, as far as it is looked for."""
    blind: bool = False
    """Whether a file could not be assessed, so that nobody knows of which process."""


def settle(
    file: CheckedFile, consent: Consent, use: Use, unseen: frozenset[str] = frozenset()
) -> CheckedFile:
    """Tell of every finding of a file how it stands; what makes a file unusable cannot be accepted.

    Of rules that were not looked at, no acceptance in the file is called superfluous.
    """
    if not file.usable:
        use.blind = True
        return file
    if file.process is not None:
        use.processes.add(file.process)
    if not consent.comments:
        return _without(MALFORMED, file)
    if not (file.comments or consent.offers or consent.baseline or consent.learning):
        return file
    by_line = _by_line(file.comments, consent)
    used: set[Agreed] = set()
    findings = []
    for finding in file.findings:
        span = finding.diagnostic.span
        inline = by_line.get((finding.diagnostic.code, span.line)) if span else None
        if inline:
            used.update(_agreed(inline, line) for line in inline.lines)
        offered = list(consent.offers.about(finding)) if consent.offers else []
        use.accepted.update(map(_agreed, offered))
        if consent.offers and not offered:
            consent.offers.note(finding, use.subjects)
        findings.append(_settled(finding, [*([inline] if inline else []), *offered], consent, use))
    odd = _about(
        file.comments,
        consent,
        lambda item: (
            item.rule not in unseen and not any(_agreed(item, line) in used for line in item.lines)
        ),
    )
    findings += identified(odd, file.process or file.uri)
    findings.sort(key=lambda finding: sort_key(finding.diagnostic))
    return replace(file, findings=tuple(findings))


MALFORMED = "BPO513"
"""The rule of comments that should accept something and cannot be read."""


def _without(code: str, file: CheckedFile) -> CheckedFile:
    kept = tuple(finding for finding in file.findings if finding.diagnostic.code != code)
    return replace(file, findings=kept) if len(kept) < len(file.findings) else file


def _by_line(comments: Iterable[Acceptance], consent: Consent) -> dict[tuple[str, int], Acceptance]:
    """Find the comments that may hold by rule and by the line that they are about."""
    found: dict[tuple[str, int], Acceptance] = {}
    for item in comments:
        if consent.as_of is not None and consent.may_hold(item):
            for line in item.lines:
                _keep(found, (item.rule, line), item, consent.as_of)
    return found


def _agreed(item: Acceptance, line: int | None = None) -> Agreed:
    return item.file, item.rule, item.subject if line is None else str(line)


def _settled(
    finding: Finding, offered: Sequence[Acceptance], consent: Consent, use: Use
) -> Finding:
    before = consent.baseline.get(finding.fingerprint) if consent.baseline else None
    if before is not None:
        use.known.add(before.fingerprint)
    day = consent.as_of
    if offered and day is not None:
        holding = next((item for item in offered if item.until >= day), None)
        if holding is not None:
            return replace(finding, status=Status.ACCEPTED, acceptance=holding)
        last = max(offered, key=lambda item: item.until)
        ended = f"accepted by {last.owner} until {last.until}, which has passed"
        finding = finding.with_note(ended)
    if not _may_be_known(finding.diagnostic.code):
        return finding
    if consent.learning:
        return replace(finding, status=Status.KNOWN)
    if before is None:
        return finding
    if before.covers(finding):
        return replace(finding, status=Status.KNOWN)
    return finding.with_note("it stands in the baseline, and has become worse since")


# What is odd about the agreements themselves


def doubts(
    consent: Consent, use: Use, *, everywhere: bool, unseen: frozenset[str] = frozenset()
) -> Iterator[Diagnostic]:
    """Yield what is wrong with acceptances and baseline, once every file has been settled.

    What no finding needed is only called superfluous where its process was checked, or where everything was,
    and only of rules that were looked at.
    """
    everywhere = everywhere and not use.blind

    def superfluous(item: Acceptance) -> bool:
        process = item.subject.partition("/")[0]
        checked = everywhere or process in use.processes
        return checked and item.rule not in unseen and _agreed(item) not in use.accepted

    for found in _about(consent.acceptances, consent, superfluous):
        yield _with_nearest(found, use) if found.code == ORPHANED else found
    if not consent.learning:
        gone = [
            before
            for key, before in consent.baseline.items()
            if key not in use.known
            and before.rule not in unseen
            and (everywhere or before.process in use.processes)
        ]
        yield from _gone(gone)


def _gone(entries: Sequence[Remembered]) -> Iterator[Diagnostic]:
    if not entries:
        return
    one = len(entries) == 1
    text = f"{len(entries)} finding{'' if one else 's'} of the baseline no longer occur{'s' if one else ''}"
    named = ", ".join(f"{entry.rule} of `{_place(entry)}`" for entry in entries[:_NAMED])
    more = f" and {len(entries) - _NAMED} more" if len(entries) > _NAMED else ""
    hint = "write it again with --write-baseline"
    yield Diagnostic("BPO516", Severity.NOTE, text, hint=hint, note=visible(named) + more)


_NAMED = 5
"""How many entries a finding names."""


def _place(entry: Remembered) -> str:
    return f"{entry.process}/{entry.subject}" if entry.subject else entry.process


def _about(
    acceptances: Sequence[Acceptance],
    consent: Consent,
    superfluous: Callable[[Acceptance], bool],
) -> Iterator[Diagnostic]:
    if consent.as_of is None:
        yield from _undated(acceptances)
        return
    for item in acceptances:
        named = f"the acceptance of {item.rule} for `{item.subject}`"
        days = (item.until - consent.as_of).days
        if consent.too_long(item):
            text = f"{named} reaches further than {consent.longest_days} days ahead"
            hint = "name an earlier day, and review it then"
            yield _at(item, "BPO515", Severity.ERROR, text, hint)
        elif superfluous(item):
            text = f"{named} accepts nothing that was found"
            inline = "take it out; it is about its own line, or the one right below it"
            hint = inline if item.inline else "take it out"
            yield _at(item, ORPHANED, Severity.ERROR, text, hint)
        elif 0 <= days <= EXPIRING_DAYS:
            text = f"{named} ends in {days} day{'' if days == 1 else 's'}, on {item.until}"
            yield _at(item, "BPO512", Severity.NOTE, text, "mend it, or decide anew")


ORPHANED = "BPO511"


def _with_nearest(orphan: Diagnostic, use: Use) -> Diagnostic:
    """Suggest what a misspelt acceptance may mean: most that accept nothing are."""
    rule, _, subject = (orphan.subject or "").partition("/")
    found = use.subjects.get(rule, ())
    known = dict.fromkeys(part for name in found for part in _beginnings(name))
    near = get_close_matches(subject, known, n=1)
    return replace(orphan, hint=f"did you mean `{near[0]}`? Else take it out") if near else orphan


def _beginnings(name: str) -> Iterator[str]:
    """Yield a name, what it is part of, and so on up to its process."""
    while name:
        yield name
        name = name.rpartition("/")[0]


def _undated(acceptances: Sequence[Acceptance]) -> Iterator[Diagnostic]:
    if not acceptances:
        return
    one = len(acceptances) == 1
    many = "1 acceptance does" if one else f"{len(acceptances)} acceptances do"
    text = f"{many} not count, because no day of assessment is given"
    found = _at(acceptances[0], "BPO514", Severity.WARNING, text, "add --as-of YYYY-MM-DD")
    yield replace(found, subject="acceptances")


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


# What is written down as known


def remembered(findings: Iterable[Finding]) -> Iterator[Remembered]:
    """Yield what a baseline is to hold of findings: all that may be known and is not accepted."""
    for finding in findings:
        if finding.status is not Status.ACCEPTED and _may_be_known(finding.diagnostic.code):
            yield Remembered(
                finding.diagnostic.code,
                finding.process,
                finding.subject,
                finding.ordinal,
                finding.diagnostic.reached,
            )


def _may_be_known(code: str) -> bool:
    rule = RULES.get(code)
    return rule is not None and rule.acceptable
