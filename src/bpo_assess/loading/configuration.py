"""What a team has configured: found from the checked file upwards, and where each value comes from.

Options come before the environment (`BPO_ASSESS_...`), that before the nearest file, that before defaults.
Files are not merged: the nearest `bpo-assess.toml`, `.bpo-assess.toml` or `pyproject.toml` with a table
`[tool.bpo-assess]` counts alone.
"""

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

from pathspec import GitIgnoreSpec

from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.documents import stretch
from bpo_assess.gate.consent import LONGEST_DAYS
from bpo_assess.gate.requirements import Requirements
from bpo_assess.gate.settings import Settings
from bpo_assess.loading.catalogue import is_path
from bpo_assess.loading.explain import did_you_mean
from bpo_assess.loading.files import read_text
from bpo_assess.model.parts import DATE_PATTERN

OWN_FILES = ("bpo-assess.toml", ".bpo-assess.toml")
SHARED_FILE = "pyproject.toml"
PREFIX = "BPO_ASSESS_"
TODAY = "today"

Reader = Callable[[Any, Path], Any]
"""Reads a value that was written in a folder; raises ValueError where it is none."""


@dataclass(frozen=True, slots=True)
class Key:
    """Something that can be configured."""

    name: str
    takes: str
    """What it takes, in words."""
    read: Reader
    default: Any = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and where it comes from."""

    value: Any
    origin: str


Values = Mapping[str, Value]
"""A value for every key, by its name."""


# The values


def _share(raw: Any, _: Path) -> Decimal:
    """Read a share from 0 to 1, or a percentage."""
    text = str(raw).strip()
    number = _number(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    return _within(number, Decimal(1))


def _score(raw: Any, _: Path) -> Decimal:
    return _within(_number(str(raw)), Decimal(100))


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError from None


def _within(number: Decimal, most: Decimal) -> Decimal:
    if not number.is_finite() or not 0 <= number <= most:
        raise ValueError
    return number


def _text(raw: Any, _: Path) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError
    return raw


def _flag(raw: Any, _: Path) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    if isinstance(raw, bool):
        return raw
    try:
        return known[str(raw).lower()]
    except KeyError:
        raise ValueError from None


def _day(raw: Any, _: Path) -> date:
    if raw == TODAY:
        return datetime.now().astimezone().date()
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if not isinstance(raw, str) or not DATE_PATTERN.fullmatch(raw):
        raise ValueError
    return date.fromisoformat(raw)


def _severity(raw: Any, _: Path) -> Severity:
    return Severity(raw)


def _listed(raw: Any, _: Path) -> tuple[str, ...]:
    entries = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise ValueError
    return tuple(entry.strip() for entry in entries if entry.strip())


def _patterns(raw: Any, folder: Path) -> tuple[str, ...]:
    lines = _listed(raw, folder)
    GitIgnoreSpec.from_lines(lines)
    return lines


def _rules(raw: Any, folder: Path) -> frozenset[str]:
    codes = frozenset(code.upper() for code in _listed(raw, folder))
    if any(code not in RULES or not RULES[code].acceptable for code in codes):
        raise ValueError
    return codes


def _path(raw: Any, folder: Path) -> str:
    return os.path.normpath(folder / _text(raw, folder))


def _method(raw: Any, folder: Path) -> str:
    name = _text(raw, folder)
    if not is_path(name):
        return name
    seen = os.path.normpath(folder / name)
    return seen if is_path(seen) else f"./{seen}"


def _days(raw: Any, _: Path) -> int:
    days = int(str(raw))
    if days < 1:
        raise ValueError
    return days


_SCORE_TAKES = "a score from 0 to 100"
_SHARE_TAKES = "a share from 0 to 1, or a percentage such as 80%"

KEYS = {
    key.name: key
    for key in (
        Key("questionnaire", "the id or the path of a questionnaire", _method),
        Key("as-of", "a day, written as YYYY-MM-DD, or today", _day),
        Key("require", "the id of a verdict", _text),
        Key("min-candidacy", _SCORE_TAKES, _score),
        Key("min-suitability", _SCORE_TAKES, _score),
        Key("min-readiness", _SCORE_TAKES, _score),
        Key("max-risk", "a risk level", _text),
        Key("min-coverage", _SHARE_TAKES, _share),
        Key("min-evidence", _SHARE_TAKES, _share),
        Key("firm", "true or false", _flag, default=False),
        Key("fail-on", "error, warning or note", _severity, default=Severity.ERROR),
        Key("ignore", "codes of rules that can be accepted, such as BPO413", _rules, frozenset()),
        Key("exclude", "patterns as in .gitignore", _patterns, ()),
        Key("acceptances", "the path of a file of acceptances", _path),
        Key("baseline", "the path of a baseline", _path),
        Key("max-acceptance-days", "a number of days, 1 or more", _days, LONGEST_DAYS),
    )
}

_LEAST = "min-"


def settings_of(values: Values, root: Path | None) -> Settings:
    """Turn values into what a check goes by."""
    found = {name: value.value for name, value in values.items()}
    scores = [
        (name.removeprefix(_LEAST), found[name])
        for name, key in KEYS.items()
        if key.read is _score and found[name] is not None
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
        as_of=found["as-of"],
        demands=demands,
        fail_on=found["fail-on"],
        ignore=found["ignore"],
        exclude=found["exclude"],
        exclude_from=str(root or Path()),
        acceptances=found["acceptances"],
        baseline=found["baseline"],
        longest_days=found["max-acceptance-days"],
        root=str(root) if root else None,
    )


# Where they come from


class Configurations:
    """The settings for every folder, each configuration read once."""

    def __init__(
        self,
        options: Mapping[str, str | bool],
        environment: Mapping[str, str],
        chosen: str | None = None,
        *,
        isolated: bool = False,
    ) -> None:
        """Take what was given on the command line; raise InputError where it cannot be meant."""
        self._over = {**_environment(environment), **_options(options)}
        self._isolated = isolated
        self._by_file: dict[Path | None, Values] = {}
        self._by_folder: dict[str, Path | None] = {}
        self._settings: dict[Path | None, Settings] = {}
        self._chosen = Path(chosen) if chosen is not None else None
        if self._chosen is not None:
            self._values(self._chosen)

    def values(self, folder: str) -> Values:
        """Give every value for the files of a folder, with its origin."""
        return self._values(self._file_for(folder))

    def settings(self, folder: str) -> Settings:
        """Give what the files of a folder are checked by."""
        file = self._file_for(folder)
        if file not in self._settings:
            self._settings[file] = settings_of(self._values(file), file.parent if file else None)
        return self._settings[file]

    def _file_for(self, folder: str) -> Path | None:
        if self._chosen is not None or self._isolated:
            return self._chosen
        if folder not in self._by_folder:
            self._by_folder[folder] = _nearest(Path(folder))
        return self._by_folder[folder]

    def _values(self, file: Path | None) -> Values:
        if file not in self._by_file:
            defaults = {name: Value(key.default, "default") for name, key in KEYS.items()}
            own = _from_file(file) if file else {}
            self._by_file[file] = {**defaults, **own, **self._over}
        return self._by_file[file]


def _nearest(folder: Path) -> Path | None:
    """Find the nearest configuration, up to the root of the repository or the home folder."""
    place = Path(os.path.realpath(folder))
    home = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111  never raises
    for above in (place, *place.parents):
        for name in OWN_FILES:
            if (above / name).is_file():
                return _seen(above / name)
        shared = above / SHARED_FILE
        if shared.is_file() and _table(shared, str(_seen(shared))) is not None:
            return _seen(shared)
        if (above / ".git").exists() or above == home:
            return None
    return None


def _seen(path: Path) -> Path:
    """Name a file as it is seen from here, so that no path of this machine is printed."""
    return Path(os.path.relpath(path))


def _table(path: Path, shown: str) -> tuple[dict[str, Any], str] | None:
    """Read our table of a file, and its text; None for a shared file that has none."""
    text = read_text(str(path))
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _not_toml(error, text, shown)
    if path.name != SHARED_FILE:
        return data, text
    table = data.get("tool", {}).get("bpo-assess")
    return (table, text) if isinstance(table, dict) else None


_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


def _not_toml(error: tomllib.TOMLDecodeError, text: str, shown: str) -> NoReturn:
    message = str(error)
    place = _PLACE.search(message)
    offset = len(text.rstrip())
    if place:
        lines = text.splitlines(keepends=True)
        offset = sum(map(len, lines[: int(place[1]) - 1])) + int(place[2]) - 1
    said = _PLACE.sub("", message).removesuffix(" (at end of document)")
    _refuse(f"not valid TOML: {said[:1].lower()}{said[1:]}", shown, text, offset)


def _from_file(path: Path) -> dict[str, Value]:
    found = _table(path, str(path))
    table, text = found or ({}, "")
    values = {}
    for name, raw in table.items():
        key, place = KEYS.get(name), _place_of(name, text, shared=path.name == SHARED_FILE)
        if key is None:
            hint = did_you_mean(name, KEYS) or f"known are {', '.join(KEYS)}"
            _refuse(f"`{name}` is no key of the configuration", str(path), text, place, hint)
        try:
            value = key.read(raw, path.parent)
        except ValueError:
            _refuse(f"`{name}` takes {key.takes}", str(path), text, place)
        line = text.count("\n", 0, place) + 1
        values[name] = Value(value, f"{path.as_posix()}:{line}")
    return values


def _place_of(name: str, text: str, *, shared: bool) -> int:
    """Find where a key stands; the table's own line where it is written in an unusual way."""
    table = re.search(r"^\s*\[\s*tool\s*\.\s*\"?bpo-assess\"?\s*\]", text, re.MULTILINE)
    start = table.end() if shared and table else 0
    key = re.compile(rf"^[ \t]*[\"']?({re.escape(name)})[\"']?\s*=", re.MULTILINE)
    found = key.search(text, start)
    return found.start(1) if found else (table.start() if table else 0)


def _refuse(message: str, shown: str, text: str, offset: int, hint: str | None = None) -> NoReturn:
    word = re.compile(r"[\w.-]+").match(text, offset)
    span, excerpt = stretch(text, offset, len(word[0]) if word else 1)
    raise InputError(
        Diagnostic(
            "BPO521",
            Severity.ERROR,
            message,
            hint=hint,
            file=Path(shown).as_posix(),
            span=span,
            excerpt=excerpt,
        )
    )


def _environment(environment: Mapping[str, str]) -> dict[str, Value]:
    known = {PREFIX + name.upper().replace("-", "_"): name for name in KEYS}
    return {
        known[variable]: _given(known[variable], raw, variable)
        for variable, raw in environment.items()
        if variable in known and raw
    }


def _options(options: Mapping[str, str | bool]) -> dict[str, Value]:
    return {name: _given(name, raw, f"--{name}") for name, raw in options.items()}


def _given(name: str, raw: str | bool, origin: str) -> Value:
    key = KEYS[name]
    try:
        return Value(key.read(raw, Path()), origin)
    except ValueError:
        problem = f"{origin} takes {key.takes}, not `{raw}`"
        raise InputError(Diagnostic("BPO521", Severity.ERROR, problem)) from None


def shown_values(values: Values) -> Iterator[tuple[str, str, str]]:
    """List every key with its value as people would write it, and its origin."""
    for name in KEYS:
        yield name, _written(values[name].value), values[name].origin


def _written(value: Any) -> str:
    if value in (None, frozenset(), ()):
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(value) if isinstance(value, frozenset) else value)
    return str(value)
