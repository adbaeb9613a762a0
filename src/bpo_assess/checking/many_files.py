"""The check of many files: found, shared out, settled with what a team lives with, and counted."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bpo_assess.checking.agreements import Agreements
from bpo_assess.checking.cache import Cache, Seen, look
from bpo_assess.checking.one_file import MISFIT, Checker, unusable, where
from bpo_assess.checking.sharing import Task, check_file, shared
from bpo_assess.checking.spool import Spool
from bpo_assess.diagnostics import Diagnostic, InputError, Severity, sort_key
from bpo_assess.gate.finding import CheckedFile, identified
from bpo_assess.gate.outcome import UNUSABLE, Tally
from bpo_assess.gate.run import Run
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.configuration import Configurations
from bpo_assess.loading.files import STANDARD_INPUT, read_bytes
from bpo_assess.loading.walk import find, is_ours

Advance = Callable[[int, int], None]
"""Told how many files are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be checked, and how."""

    names: Sequence[str]
    configurations: Configurations
    standard_input: str | None = None
    """The name under which standard input is shown, and from which its evidence is seen."""
    standings: bool = False
    """Whether every process is assessed even where nothing is demanded of it."""
    accept: bool = True
    """Whether acceptances and the baseline count."""
    write_baseline: bool = False
    cache: bool = True
    workers: int = 0
    """How many processes share the work; nought takes as many as pay."""
    above: str = ""
    """The way from the folder in which a CI system works down to the repository."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check that has ended."""

    run: Run
    baselines: Mapping[str, str]
    """The text of every baseline that is to be written, by its path; none where something is unusable."""
    inputs: Collection[str]
    """Everything that was read, by its real path: no report may take its place."""


@dataclass(slots=True)
class _Plan:
    """Which files are checked, and by what."""

    tasks: list[Task] = field(default_factory=list)
    checkers: dict[Settings, Checker] = field(default_factory=dict)
    broken: dict[str, CheckedFile] = field(default_factory=dict)
    """Configurations and questionnaires that cannot be used, and folders that cannot be looked into."""
    unchecked: int = 0
    others: int = 0
    links: int = 0


def check(request: Request, advance: Advance) -> Outcome:
    """Check files and folders; raise InputError where what was asked for cannot be meant."""
    plan = _planned(request)
    agreements = Agreements(
        plan.checkers, request.names, accept=request.accept, learn=request.write_baseline
    )
    spool, tally, ids = Spool(), Tally(), dict[str, str]()
    others, inputs = plan.others, set(_inputs(plan))
    refused: set[str] = set()
    for number, (task, checked) in enumerate(_results(plan, request), 1):
        if checked is None:
            others += 1
        elif _repeats(checked, refused):
            plan.unchecked += 1
        else:
            inputs.add(os.path.realpath(task.place.real) if task.named else task.place.real)
            file = agreements.settle(_told_apart(checked, ids, task.settings), task.settings)
            tally.add(file)
            spool.add(file)
        advance(number, len(plan.tasks))
    for file in (
        *plan.broken.values(),
        *agreements.files(complete=not plan.unchecked and not plan.broken),
    ):
        tally.add(file)
        spool.add(file)
    tally.unchecked = plan.unchecked
    days = {settings.as_of for settings in plan.checkers}
    day = days.pop() if len(days) == 1 else None
    run = Run(spool, tally, others, plan.links, day, request.above)
    baselines = agreements.baselines() if tally.code != UNUSABLE else {}
    return Outcome(run, baselines, inputs)


# What is to be checked


def _planned(request: Request) -> _Plan:
    plan = _Plan()
    found = find(request.names, lambda folder: _excluded(request.configurations, folder))
    plan.links = found.links
    for problem in found.problems:
        _note_broken(plan, InputError(problem), problem.file or "")
    for candidate in found.candidates:
        source = candidate.path
        place = where(source if source != STANDARD_INPUT else request.standard_input or source)
        try:
            settings = request.configurations.settings(place.folder)
            if settings not in plan.checkers:
                plan.checkers[settings] = Checker(settings, standings=request.standings)
        except InputError as error:
            _note_broken(plan, error, place.path)
            describes = candidate.named or _says_so(source)
            plan.unchecked += describes
            plan.others += not describes
        else:
            plan.tasks.append(Task(place, settings, candidate.named, source))
    return plan


def _says_so(path: str) -> bool:
    """Tell whether a file says that it is a description."""
    try:
        return is_ours(read_bytes(path), path)
    except InputError:
        return True


def _excluded(configurations: Configurations, folder: str) -> tuple[str, Sequence[str]]:
    try:
        settings = configurations.settings(folder)
    except InputError:
        return ".", ()  # it is reported with the files that go by it
    return settings.exclude_from, settings.exclude


def _note_broken(plan: _Plan, error: InputError, otherwise: str) -> None:
    """Remember once what cannot be used; it is reported under its own name."""
    name = next((problem.file for problem in error.diagnostics if problem.file), otherwise)
    if name not in plan.broken:
        place = where(name)
        problems = [replace(p, file=place.path) if p.file == name else p for p in error.diagnostics]
        plan.broken[name] = replace(unusable(place, problems), describes=False)


def _inputs(plan: _Plan) -> Iterator[str]:
    """Yield the files that a check rests on beside the descriptions."""
    for name in plan.broken:
        yield os.path.realpath(name)
    for settings in plan.checkers:
        for path in (settings.questionnaire, settings.acceptances, settings.baseline):
            if path is not None:
                yield os.path.realpath(path)


# What comes of it


Caches = Mapping[Settings, Cache]


def _results(plan: _Plan, request: Request) -> Iterator[tuple[Task, CheckedFile | None]]:
    """Yield what comes of every task in their order: remembered from an earlier run, or found now."""
    caches = _caches(plan, request)
    looks = [_look(task, caches) for task in plan.tasks]
    fresh = [task for task, found in zip(plan.tasks, looks, strict=True) if not found.counts]
    with shared(fresh, plan.checkers, request.workers) as results:
        for task, found in zip(plan.tasks, looks, strict=True):
            if found.counts:
                yield task, _remembered(task, caches, plan.checkers)
                continue
            done = next(results)
            if done is not None and found.seen is not None:
                caches[task.settings].keep(found.seen, done.sha256, done.checked)
            yield task, done.checked.file if done else None
    for cache in caches.values():
        cache.close()


@dataclass(frozen=True, slots=True)
class _Look:
    """A file from outside, and whether what is remembered of it still counts."""

    seen: Seen | None = None
    counts: bool = False


def _caches(plan: _Plan, request: Request) -> Caches:
    if not request.cache or STANDARD_INPUT in request.names:
        return {}
    return {
        settings: Cache(settings, checker.method, standings=request.standings)
        for settings, checker in plan.checkers.items()
    }


def _look(task: Task, caches: Caches) -> _Look:
    cache = caches.get(task.settings)
    seen = look(task.place.real) if cache else None
    return _Look(seen, counts=bool(cache and seen and cache.find(seen)))


def _remembered(
    task: Task, caches: Caches, checkers: Mapping[Settings, Checker]
) -> CheckedFile | None:
    file = caches[task.settings].take(task.place.real)
    if file is not None:
        return replace(file, name=task.place.name, uri=task.place.uri)
    done = check_file(task, checkers[task.settings])
    return done.checked.file if done else None


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
