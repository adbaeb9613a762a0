"""What teams live with, brought together with what is found: acceptances and baselines of a whole check."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from bpo_assess.checking.one_file import unusable, where
from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.gate.consent import Consent, Remembered, Use, doubts, remembered, settle
from bpo_assess.gate.finding import CheckedFile, identified
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.consent import baseline_text, read_acceptances, read_baseline

Content = TypeVar("Content")

Key = tuple[str | None, str | None, date | None, int]
"""What two configurations must share to share what they live with."""


@dataclass(slots=True)
class _Agreement:
    """The acceptances and the baseline of one or several configurations."""

    consent: Consent
    settings: Settings
    learned: list[Remembered] = field(default_factory=list)

    @property
    def paths(self) -> Iterator[str]:
        """The files that it is written in."""
        return filter(None, (self.settings.acceptances, self.settings.baseline))


@dataclass(slots=True)
class _Scope:
    """What a file of acceptances or a baseline is held against, whichever configurations name it."""

    everywhere: bool = True
    """Whether all was checked that it can be about."""
    unseen: frozenset[str] | None = None
    """The rules that none of them looks at."""

    def widen(self, settings: Settings, names: Sequence[str]) -> None:
        """Take in one more configuration that names the file."""
        self.everywhere &= _covers(names, settings.root)
        self.unseen = settings.unseen if self.unseen is None else self.unseen & settings.unseen


class Agreements:
    """Settles files with what their teams live with."""

    def __init__(
        self, settings: Iterable[Settings], names: Sequence[str], *, accept: bool, learn: bool
    ) -> None:
        """Read what each configuration names; what cannot be read is told as a file that cannot be used.

        Raises InputError where a baseline is to be written and none is named.
        """
        self._by_key: dict[Key, _Agreement] = {}
        self._scopes: defaultdict[str, _Scope] = defaultdict(_Scope)
        self._use = Use()
        self._broken: dict[str, CheckedFile] = {}
        self._accept = accept
        for each in settings:
            if learn and each.baseline is None:
                raise InputError(_NO_BASELINE)
            key = _key(each)
            if key not in self._by_key:
                consent = self._consent(each, learn=learn) if accept else Consent(comments=False)
                self._by_key[key] = _Agreement(consent, each)
            for path in self._by_key[key].paths:
                self._scopes[path].widen(each, names)

    def settle(self, file: CheckedFile, settings: Settings) -> CheckedFile:
        """Tell of every finding of a file how it stands."""
        agreement = self._by_key[_key(settings)]
        settled = settle(file, agreement.consent, self._use, settings.unseen)
        if agreement.consent.learning and file.usable:
            agreement.learned += remembered(settled.findings)
        return settled

    def files(self, *, complete: bool = True) -> Iterator[CheckedFile]:
        """Yield what is wrong with the agreements themselves, once every file has been settled.

        Where not all that was found could be looked at, nobody knows what is superfluous elsewhere.
        """
        yield from self._broken.values()
        if not self._accept:
            return
        told: dict[str, tuple[Settings, dict[Diagnostic, None]]] = {}
        for agreement in self._by_key.values():
            scopes = [self._scopes[path] for path in agreement.paths]
            everywhere = complete and all(scope.everywhere for scope in scopes)
            unseen = frozenset[str]().union(*(scope.unseen or () for scope in scopes))
            for item in doubts(agreement.consent, self._use, everywhere=everywhere, unseen=unseen):
                name = item.file or agreement.settings.baseline or ""
                told.setdefault(name, (agreement.settings, {}))[1][item] = None
        for name, (settings, problems) in told.items():
            yield _about(name, problems, settings)

    def baselines(self) -> dict[str, str]:
        """Give the text of every baseline that is to be written, by its path.

        What was known of descriptions that were not checked now, or of rules that were not looked at, stays
        known.
        """
        entries: dict[str, list[Remembered]] = {}
        for agreement in self._by_key.values():
            path = agreement.settings.baseline
            if not agreement.consent.learning or path is None:
                continue
            if path not in entries:
                before = agreement.consent.baseline.values()
                entries[path] = [each for each in before if self._stays(each, self._scopes[path])]
            entries[path] += agreement.learned
        return {path: baseline_text(found) for path, found in entries.items()}

    def _stays(self, entry: Remembered, scope: _Scope) -> bool:
        if entry.process in self._use.processes:
            return entry.rule in (scope.unseen or ())
        return not scope.everywhere

    def _consent(self, settings: Settings, *, learn: bool) -> Consent:
        return Consent(
            acceptances=self._read(settings.acceptances, read_acceptances, ()),
            baseline=self._baseline(settings.baseline, learn=learn),
            as_of=settings.as_of,
            longest_days=settings.longest_days,
            learning=learn,
        )

    def _baseline(self, path: str | None, *, learn: bool) -> dict[str, Remembered]:
        if path is None or os.path.lexists(path):
            return self._read(path, read_baseline, {})
        if not learn:
            text, hint = "there is no baseline yet", "write it with --write-baseline"
            problem = Diagnostic("BPO101", Severity.ERROR, text, hint=hint, file=path)
            self._broken[path] = replace(unusable(where(path), [problem]), describes=False)
        return {}

    def _read(
        self, path: str | None, read: Callable[[str], Content], otherwise: Content
    ) -> Content:
        if path is None:
            return otherwise
        try:
            return read(path)
        except InputError as error:
            broken = unusable(where(path), error.diagnostics)
            self._broken[path] = replace(broken, describes=False)
            return otherwise


def _key(settings: Settings) -> Key:
    return settings.acceptances, settings.baseline, settings.as_of, settings.longest_days


def _covers(names: Sequence[str], root: str | None) -> bool:
    """Tell whether a folder is among those that are checked, or lies within one."""
    place = os.path.realpath(root or os.curdir)
    folders = (os.path.realpath(name) for name in names if os.path.isdir(name))  # noqa: PTH112
    return any(
        place == folder or place.startswith(os.path.join(folder, ""))  # noqa: PTH118
        for folder in folders
    )


def _about(name: str, problems: Iterable[Diagnostic], settings: Settings) -> CheckedFile:
    """Describe a file of acceptances, or a baseline, by what is wrong with it."""
    place = where(name)
    own = [replace(problem, file=None) for problem in problems]
    found = identified(own, place.uri)
    return CheckedFile(
        place.name, place.uri, describes=False, fail_on=settings.fail_on, findings=found
    )


_NO_BASELINE = Diagnostic(
    "BPO306",
    Severity.ERROR,
    "there is no name for the baseline that is to be written",
    hint="name it with --baseline FILE, or configure `baseline`",
)
