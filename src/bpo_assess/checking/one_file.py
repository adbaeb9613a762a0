"""The check of one file: what is wrong with it, and whether it meets what is demanded."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from bpo_assess.assessment import examine, judge
from bpo_assess.assessment.result import Judgement
from bpo_assess.diagnostics import Diagnostic, InputError, Severity, Span, sort_key
from bpo_assess.documents import Document, visible
from bpo_assess.gate.broken import broken, misfit
from bpo_assess.gate.finding import CheckedFile, Standing, identified
from bpo_assess.gate.requirements import Requirements
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.comments import comments
from bpo_assess.loading.evidence import doubts_about_files, references, root_of
from bpo_assess.loading.explain import as_written, did_you_mean, locate
from bpo_assess.loading.functions import KnownFunctions
from bpo_assess.loading.methods import Methods
from bpo_assess.loading.read import LoadedProcess, LoadedQuestionnaire, draft, pair
from bpo_assess.model.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Where:
    """How a file is called: to open it, to show it, and from the root of its repository."""

    path: str
    """As it was named, or found; what standard input stands for, where that is said."""
    name: str
    uri: str
    real: str
    """Without links and detours on the way to it."""

    @property
    def folder(self) -> str:
        """The folder that its evidence is seen from."""
        return os.path.dirname(self.path)  # noqa: PTH120  many files: strings are quick


def where(path: str) -> Where:
    """Name a file for people and for machines, without telling where on this machine it lies."""
    folder, last = os.path.split(path)
    shown, below, real = _seen(folder)
    return Where(path, visible(shown + last), visible(below + last), real + last)


@cache
def _seen(folder: str) -> tuple[str, str, str]:
    """Name a folder as seen from here, from the root of its repository, and without links."""
    shown = folder
    if os.path.isabs(folder):  # noqa: PTH117
        here = os.path.relpath(folder)
        shown = folder if here.startswith(os.pardir) else here
    real = os.path.realpath(folder)
    below = os.path.relpath(real, _base(real))
    return _before_name(shown), _before_name(below), os.path.join(real, "")  # noqa: PTH118


def _base(folder: str) -> str:
    """Find what machines see a folder from: the root of its repository, else where the program runs."""
    root = root_of(folder)
    here = os.path.realpath(os.curdir)
    is_repository = os.path.lexists(os.path.join(root, ".git"))  # noqa: PTH118
    if is_repository or os.path.commonpath([folder, here]) != here:
        return root
    return here


def _before_name(folder: str) -> str:
    if folder in {"", os.curdir}:
        return ""
    return folder.replace(os.sep, "/").removesuffix("/") + "/"


Named = tuple[str, str | None]
"""A file that a description names, and the fingerprint that it states of it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file, and what besides its bytes the outcome rests on."""

    file: CheckedFile
    evidence: tuple[Named, ...] = ()
    """The files that it names, each once."""
    dated: bool = False
    """Whether the day of assessment can matter."""


_DATE = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Checker:
    """Checks files by the same settings."""

    def __init__(self, settings: Settings, *, standings: bool = False) -> None:
        """Take the settings, and whether every file is to be assessed even if nothing is demanded.

        Raises InputError where the chosen questionnaire cannot be used.
        """
        self._settings = settings
        self._methods = Methods(settings.questionnaire)
        self._functions = KnownFunctions()
        self._assesses = standings or settings.demands.any

    @property
    def method(self) -> str | None:
        """The fingerprint of the chosen questionnaire."""
        return self._methods.sha256

    def check(self, raw: bytes, place: Where) -> Checked:
        """Find what is wrong with the bytes of a file."""
        try:
            loaded = draft(raw, place.path)
            method = self._methods.of(loaded)
            _refuse_misfit(self._settings.demands, method.questionnaire)
            notes = pair(loaded, method)
            file = self._checked(loaded, method, notes, place)
        except InputError as error:
            return Checked(unusable(place, error.diagnostics))
        named = dict.fromkeys((item.name, item.sha256) for item in references(loaded.process))
        return Checked(file, tuple(named), _DATE.search(raw) is not None)

    def _checked(
        self,
        loaded: LoadedProcess,
        method: LoadedQuestionnaire,
        notes: Iterable[Diagnostic],
        place: Where,
    ) -> CheckedFile:
        process, questionnaire, day = loaded.process, method.questionnaire, self._settings.as_of
        function, unknown = self._functions.of(loaded)
        examined = examine(process, questionnaire, day, function)
        demands = self._settings.demands
        outcome = judge(examined, decisive=demands.firm) if self._assesses else None
        accepted, misread = comments(loaded.document, process.id)
        unplaced = (
            *examined.findings,
            *doubts_about_files(process, place.folder),
            *(broken(demands, outcome) if outcome else ()),
        )
        placed = (_located(finding, loaded.document) for finding in unplaced)
        responses = examined.responses.values()
        known = sum(response.is_known for response in responses)
        return CheckedFile(
            name=place.name,
            uri=place.uri,
            process=process.id,
            title=process.name,
            method=f"{questionnaire.id} {questionnaire.version}",
            answered=known,
            applicable=known + sum(response.is_open for response in responses),
            standing=standing(outcome) if outcome else None,
            id_place=_place_of_id(loaded.document),
            demanded=demands.codes,
            fail_on=self._settings.fail_on,
            findings=identified(
                self._kept([*placed, *notes, *unknown, *misread]), process.id, loaded.document.data
            ),
            comments=tuple(accepted),
        )

    def _kept(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Leave out what is ignored, and order the rest by its place in the file."""
        kept = (problem for problem in found if problem.code not in self._settings.ignore)
        return sorted((replace(problem, file=None) for problem in kept), key=sort_key)


def _refuse_misfit(demands: Requirements, method: Questionnaire) -> None:
    """Raise InputError for a demand that the method knows nothing of: it could never be met."""
    wrong = misfit(demands, method)
    if wrong is not None:
        text = f"`{wrong.name}` is no {wrong.what} of `{method.id}`"
        known = f"it has {', '.join(wrong.known)}" if wrong.known else "it has none"
        hint = did_you_mean(wrong.name, wrong.known)
        raise InputError(Diagnostic(MISFIT, Severity.ERROR, text, hint=hint, note=known))


MISFIT = "BPO521"
"""The rule that a demand breaks which cannot be meant."""


def _located(finding: Diagnostic, document: Document) -> Diagnostic:
    """Find the place of a finding; an entry of a list may stand alone in the file, without the list."""
    entry = any(isinstance(part, int) for part in finding.path)
    path = as_written(finding.path, document.data) if entry else finding.path
    return replace(locate(replace(finding, path=path), document), path=finding.path)


def _place_of_id(document: Document) -> tuple[Span, tuple[tuple[int, str], ...]]:
    span = document.span(("id",))
    return span, document.excerpt(span)


def unusable(place: Where, problems: Iterable[Diagnostic]) -> CheckedFile:
    """Describe a file that cannot be assessed."""
    own = [
        replace(problem, file=None) if problem.file == place.path else problem
        for problem in problems
    ]
    found = identified(sorted(own, key=sort_key), place.uri)
    return CheckedFile(place.name, place.uri, usable=False, findings=found)


def standing(outcome: Judgement) -> Standing:
    """Take what a table shows of an assessment."""
    index = outcome.scorecard.candidacy
    value, low, high = (
        None if number is None else str(number) for number in (index.value, index.low, index.high)
    )
    return Standing(outcome.ruling.id, outcome.ruling.firm, value, low, high)
