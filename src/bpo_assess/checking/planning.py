"""What is to be checked: which files, by which settings, and what stands in the way."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bpo_assess.checking.one_file import Checker, unusable, where
from bpo_assess.checking.sharing import Task
from bpo_assess.diagnostics import InputError
from bpo_assess.gate.finding import CheckedFile
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.configuration import Configurations
from bpo_assess.loading.files import STANDARD_INPUT, read_bytes
from bpo_assess.loading.walk import find, is_ours


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
    outputs: frozenset[str] = frozenset()
    """The real paths of files that are to be written."""
    above: str = ""
    """The way from the folder in which a CI system works down to the repository."""


@dataclass(slots=True)
class Plan:
    """Which files are checked, and by what."""

    tasks: list[Task] = field(default_factory=list)
    checkers: dict[Settings, Checker] = field(default_factory=dict)
    broken: dict[str, CheckedFile] = field(default_factory=dict)
    """Configurations and questionnaires that cannot be used, and folders that cannot be looked into."""
    unchecked: int = 0
    others: int = 0
    links: int = 0
    ignored: int = 0


def planned(request: Request) -> Plan:
    """Look for the files that are asked for, and settle by what each of them is checked."""
    plan = Plan()
    found = find(request.names, lambda folder: _excluded(request.configurations, folder))
    plan.links, plan.ignored = found.links, found.ignored
    for problem in found.problems:
        _note_broken(plan, InputError(problem), problem.file or "")
    for candidate in found.candidates:
        source = candidate.path
        path = source if source != STANDARD_INPUT else request.standard_input or source
        try:
            settings = request.configurations.settings(os.path.dirname(path))  # noqa: PTH120
            if settings not in plan.checkers:
                plan.checkers[settings] = Checker(settings, standings=request.standings)
        except InputError as error:
            _note_broken(plan, error, path)
            describes = candidate.named or _says_so(source)
            plan.unchecked += describes
            plan.others += not describes
        else:
            plan.tasks.append(Task(path, settings, candidate.named, source))
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


def _note_broken(plan: Plan, error: InputError, otherwise: str) -> None:
    """Remember once what cannot be used; it is reported under its own name."""
    name = next((problem.file for problem in error.diagnostics if problem.file), otherwise)
    if name not in plan.broken:
        place = where(name)
        problems = [replace(p, file=place.path) if p.file == name else p for p in error.diagnostics]
        plan.broken[name] = replace(unusable(place, problems), describes=False)


def inputs_of(plan: Plan) -> Iterator[str]:
    """Yield the files that a check rests on beside the descriptions."""
    for name in plan.broken:
        yield os.path.realpath(name)
    for settings in plan.checkers:
        for path in (settings.questionnaire, settings.acceptances, settings.baseline):
            if path is not None:
                yield os.path.realpath(path)
