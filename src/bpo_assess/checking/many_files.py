"""The check of many files: found, shared out, settled with what a team lives with, and counted."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from bpo_assess.checking.agreements import Agreements
from bpo_assess.checking.cache import Cache
from bpo_assess.checking.one_file import MISFIT
from bpo_assess.checking.packing import unpack
from bpo_assess.checking.planning import Plan, Request, inputs_of, planned
from bpo_assess.checking.sharing import Task, shared
from bpo_assess.checking.spool import Entries, Spool
from bpo_assess.diagnostics import Diagnostic, Severity, sort_key
from bpo_assess.gate.finding import CheckedFile, identified
from bpo_assess.gate.outcome import UNUSABLE, Tally
from bpo_assess.gate.run import Run
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.files import STANDARD_INPUT

Advance = Callable[[int, int], None]
"""Told how many files are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check that has ended."""

    run: Run
    baselines: Mapping[str, str]
    """The text of every baseline that is to be written, by its path; none where something is unusable."""
    taken: frozenset[str]
    """The files to be written that were read as well: no report may take the place of an input."""


def check(request: Request, advance: Advance) -> Outcome:
    """Check files and folders; raise InputError where what was asked for cannot be meant."""
    plan = planned(request)
    agreements = Agreements(
        plan.checkers, request.names, accept=request.accept, learn=request.write_baseline
    )
    spool, tally = Spool(), Tally(unchecked=plan.unchecked)
    others, taken = plan.others, request.outputs & set(inputs_of(plan))
    refused, ids = set[str](), dict[str, str]()
    for number, (task, found) in enumerate(_results(plan, request), 1):
        if found is None:
            others += 1
        elif _repeats(found.file, refused):
            tally.unchecked += 1
        else:
            told = _told_apart(found.file, ids, task.settings)
            file = agreements.settle(told, task.settings)
            tally.add(file)
            spool.add(file, found.packed if file is found.file else None)
            if request.outputs:
                taken |= request.outputs & set(_rests_on(task, found))
        advance(number, len(plan.tasks))
    complete = not tally.unchecked and not plan.broken
    for file in (*plan.broken.values(), *agreements.files(complete=complete)):
        tally.add(file)
        spool.add(file)
    days = {settings.as_of for settings in plan.checkers}
    day = days.pop() if len(days) == 1 else None
    run = Run(
        files=spool,
        tally=tally,
        others=others,
        links=plan.links,
        ignored=plan.ignored,
        as_of=day,
        accepts=request.accept,
        above=request.above,
    )
    return Outcome(run, agreements.baselines() if tally.code != UNUSABLE else {}, taken)


# What comes of every file


@dataclass(frozen=True, slots=True)
class _Found:
    """A checked file, in the bytes that it was packed into already, if it was."""

    file: CheckedFile
    packed: bytes | None = None
    evidence: tuple[str, ...] = ()
    """The names of the files of evidence, where reports are to be written to files."""


def _rests_on(task: Task, found: _Found) -> Iterator[str]:
    """Yield the real paths of a description and of its evidence."""
    yield os.path.realpath(task.place.real)
    with suppress(ValueError):  # a name may be none of a file
        for name in found.evidence:
            yield os.path.realpath(os.path.join(task.place.folder, name))  # noqa: PTH118


Caches = Mapping[Settings, Cache]


def _results(plan: Plan, request: Request) -> Iterator[tuple[Task, _Found | None]]:
    """Yield what comes of every task in their order: remembered from an earlier run, or found now."""
    caches = _caches(plan, request)
    remembered, known = _remembered(plan, caches)
    fresh = [task for task, counts in zip(plan.tasks, known, strict=True) if not counts]
    entries = iter(remembered)
    with shared(fresh, plan.checkers, request.workers) as results:
        for task, counts in zip(plan.tasks, known, strict=True):
            if counts:
                cache = caches[task.settings]
                evidence = cache.evidence(task.place.real) if request.outputs else ()
                yield task, replace(_as_named(next(entries), task), evidence=evidence)
                continue
            done = next(results)
            if done is not None and done.seen is not None and caches:
                caches[task.settings].keep(done.seen, done.sha256, done.checked)
            named = tuple(name for name, _ in done.checked.evidence) if done else ()
            yield task, _Found(done.checked.file, evidence=named) if done else None
    for cache in caches.values():
        cache.close()


def _caches(plan: Plan, request: Request) -> Caches:
    if not request.cache or STANDARD_INPUT in request.names:
        return {}
    return {
        settings: Cache(settings, checker.method, standings=request.standings)
        for settings, checker in plan.checkers.items()
    }


def _remembered(plan: Plan, caches: Caches) -> tuple[Entries, bytearray]:
    """Collect what is remembered and still counts, and of which tasks it is."""
    entries, known = Entries(), bytearray()
    for task in plan.tasks:
        packed = caches[task.settings].find(task.place.real) if caches else None
        known.append(packed is not None)
        if packed is not None:
            entries.add(packed)
    return entries, known


def _as_named(packed: bytes, task: Task) -> _Found:
    """Call a file as it is called now; it may have been called otherwise from another folder."""
    file, place = unpack(packed), task.place
    if (file.name, file.uri) == (place.name, place.uri):
        return _Found(file, packed)
    return _Found(replace(file, name=place.name, uri=place.uri))


def _repeats(file: CheckedFile, refused: set[str]) -> bool:
    """Tell whether a file was refused for a demand that cannot be meant, and that was said already."""
    said = [finding.diagnostic.message for finding in file.findings] if not file.usable else []
    misfits = [finding for finding in file.findings if finding.diagnostic.code == MISFIT]
    if not said or not misfits:
        return False
    repeats = refused.issuperset(said)
    refused.update(said)
    return repeats


def _told_apart(file: CheckedFile, ids: dict[str, str], settings: Settings) -> CheckedFile:
    """Point at a second description of one id, at its id."""
    if file.process is None or file.id_place is None:
        return file
    first = ids.setdefault(file.process, file.name)
    if first == file.name or SAME_ID in settings.ignore:
        return file
    span, excerpt = file.id_place
    text = f"`{first}` has the id `{file.process}` as well"
    hint = "give each description an id of its own"
    twice = Diagnostic(
        SAME_ID, Severity.ERROR, text, hint, path=("id",), span=span, excerpt=excerpt
    )
    found = (*file.findings, *identified([twice], file.process))
    return replace(file, findings=tuple(sorted(found, key=lambda item: sort_key(item.diagnostic))))


SAME_ID = "BPO429"
