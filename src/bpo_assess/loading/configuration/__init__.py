"""What a team has configured: found from the checked file upwards, and where each value comes from.

Options come before the environment (`BPO_ASSESS_...`), that before the file that is named, else the nearest
one, that before defaults. Files are not merged: the nearest `bpo-assess.toml`, `.bpo-assess.toml` or
`pyproject.toml` with a table `[tool.bpo-assess]` counts alone, but for what it extends by its own word.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.gate.requirements import Requirements
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.configuration.files import Nearest, Value, Values, from_file, seen
from bpo_assess.loading.configuration.toml import said
from bpo_assess.loading.configuration.values import Given, plain, read_given, written
from bpo_assess.loading.explain import closest
from bpo_assess.model.configuration import KEYS, TODAY, Kind

__all__ = ["Configurations", "Given", "Value", "Values", "listed_values", "settings_of"]

PREFIX = "BPO_ASSESS_"

_BARE = Settings()
_DEFAULTS: Mapping[str, Any] = {
    **dict.fromkeys(KEYS),
    "firm": _BARE.demands.firm,
    "fail-on": _BARE.fail_on,
    "ignore": _BARE.ignore,
    "exclude": _BARE.exclude,
    "max-acceptance-days": _BARE.longest_days,
}


def _clock() -> date:
    return datetime.now().astimezone().date()


class Configurations:
    """The settings for every folder, each configuration read once."""

    def __init__(
        self,
        options: Mapping[str, Given | None],
        environment: Mapping[str, str],
        chosen: str | None = None,
        *,
        isolated: bool = False,
        clock: Callable[[], date] = _clock,
    ) -> None:
        """Take what was given on the command line; raise InputError where it cannot be meant.

        Options are named by their keys; those that were not given are None. Isolated, no file counts.
        """
        self._over = _given(options, environment)
        if isolated and chosen is not None:
            _refuse("--isolated leaves every configuration aside, --config names one")
        self._isolated = isolated
        self._nearest = Nearest()
        self._by_file: dict[Path | None, Values] = {}
        self._settings: dict[Path | None, Settings] = {}
        self._clock = clock
        self._today: date | None = None
        self._chosen = seen(Path(chosen)) if chosen is not None else None
        if self._chosen is not None:
            self._values(self._chosen)

    def values(self, folder: str) -> Values:
        """Give every value for the files of a folder; raise InputError where it cannot be known."""
        return self._values(self._file_for(folder))

    def settings(self, folder: str) -> Settings:
        """Give what the files of a folder are checked by; raise InputError where it cannot be known."""
        file = self._file_for(folder)
        if file not in self._settings:
            values = self._values(file)
            if values["as-of"].value == TODAY:
                self._today = self._today or self._clock()
            root = file.parent if file else None
            self._settings[file] = settings_of(values, root, self._today)
        return self._settings[file]

    def _file_for(self, folder: str) -> Path | None:
        if self._chosen is not None or self._isolated:
            return self._chosen
        return self._nearest.of(folder)

    def _values(self, file: Path | None) -> Values:
        if file not in self._by_file:
            defaults = {name: Value(_DEFAULTS[name], "default") for name in KEYS}
            own = from_file(file) if file else {}
            self._by_file[file] = {**defaults, **own, **self._over}
        return self._by_file[file]


def settings_of(values: Values, root: Path | None, today: date | None = None) -> Settings:
    """Turn values into what a check goes by; `today` is the day that is meant by it."""
    found = {name: value.value for name, value in values.items()}
    scores = [
        (name.removeprefix("min-"), found[name])
        for name, key in KEYS.items()
        if key.kind is Kind.SCORE and found[name] is not None
    ]
    demands = Requirements(
        verdict=found["require"],
        scores=tuple(scores),
        risk=found["max-risk"],
        coverage=found["min-coverage"],
        evidence=found["min-evidence"],
        firm=found["firm"],
    )
    return Settings(
        questionnaire=found["questionnaire"],
        as_of=today if found["as-of"] == TODAY else found["as-of"],
        demands=demands,
        fail_on=found["fail-on"],
        ignore=found["ignore"],
        exclude=found["exclude"],
        exclude_from=str(values["exclude"].folder),
        acceptances=found["acceptances"],
        baseline=found["baseline"],
        longest_days=found["max-acceptance-days"],
        root=str(root) if root else None,
    )


def listed_values(values: Values) -> Iterator[tuple[str, str, Any, str]]:
    """List every key with its value as people write it and as JSON has it, and its origin."""
    for name in KEYS:
        value = values[name]
        yield name, written(value.value), plain(value.value), value.origin


# What is given beside files


def _given(options: Mapping[str, Given | None], environment: Mapping[str, str]) -> dict[str, Value]:
    """Read what was given; raise InputError with everything that cannot be meant."""
    values: dict[str, Value] = {}
    problems: list[Diagnostic] = []
    offered: list[tuple[str, Given, str]] = []
    for variable, text in sorted(environment.items()):
        if not variable.startswith(PREFIX) or not text:
            continue
        if variable in _VARIABLES:
            offered.append((_VARIABLES[variable], text, variable))
        else:
            problems.append(_unknown(variable))
    offered += [(name, given, f"--{name}") for name, given in options.items() if given is not None]
    for name, given, origin in offered:
        try:
            values[name] = Value(read_given(KEYS[name].kind, given), origin)
        except ValueError:
            raw = given if isinstance(given, str | bool) else ",".join(given)
            text = f"{origin} takes {KEYS[name].kind}, not `{said(str(raw))}`"
            problems.append(_problem(text))
    if problems:
        raise InputError(*problems)
    return values


def _unknown(variable: str) -> Diagnostic:
    """Refuse a variable that nobody knows: a misspelt demand would never be made."""
    near = closest(
        variable.removeprefix(PREFIX), [name.removeprefix(PREFIX) for name in _VARIABLES]
    )
    hint = f"did you mean `{PREFIX}{near}`?" if near else f"known are {', '.join(_VARIABLES)}"
    return _problem(f"{said(variable)} is no variable of bpo-assess", hint)


_VARIABLES = {
    PREFIX + name.upper().replace("-", "_"): name
    for name, key in KEYS.items()
    if not key.in_files_only
}


def _problem(message: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic("BPO521", Severity.ERROR, message, hint=hint)


def _refuse(message: str) -> None:
    raise InputError(_problem(message))
