"""What a value means that somebody wrote, in a file or on a command line."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.documents import MAX_DIGITS
from bpo_assess.loading.catalogue import is_path
from bpo_assess.loading.ignore import read_patterns
from bpo_assess.model.configuration import MOST_DAYS, MOST_SCORE, PERCENTAGE, TODAY, Kind
from bpo_assess.model.parts import DATE_PATTERN, VISIBLE

Given = str | bool | Sequence[str]
"""What stands on a command line; a list where an option may be repeated."""


def read(kind: Kind, raw: Any, folder: Path) -> Any:
    """Read a value that was written in a folder; raise ValueError where it is none of its kind."""
    return _READERS[kind](raw, folder)


def read_given(kind: Kind, given: Given) -> Any:
    """Read what stands on a command line or in the environment, where everything is text."""
    return read(kind, _meant(kind, given), Path())


def _meant(kind: Kind, given: Given) -> Any:
    """Take a text for what a file would have in its place."""
    if kind is Kind.RULES and not isinstance(given, bool):
        together = given if isinstance(given, str) else ",".join(given)
        return [code.strip().upper() for code in together.split(",")]
    if kind is Kind.PATTERNS and not isinstance(given, bool):
        apart = given.split(",") if isinstance(given, str) else given
        return [pattern.strip() for pattern in apart]
    if not isinstance(given, str):
        return given
    if kind is Kind.FLAG:
        return {"true": True, "1": True, "false": False, "0": False}.get(given.lower())
    is_number = kind in {Kind.SCORE, Kind.DAYS} or (kind is Kind.SHARE and "%" not in given)
    return _decimal(given) if is_number else given


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.strip()) if len(text) <= MAX_DIGITS else Decimal("NaN")
    except InvalidOperation:
        raise ValueError from None


def _text(raw: Any, _: Path = Path()) -> str:
    if not isinstance(raw, str) or not re.search(VISIBLE, raw):
        raise ValueError
    return raw


def _number(raw: Any, most: int) -> Decimal:
    """Read a number from 0 on that can be written down."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise ValueError  # noqa: TRY004  every reader says so
    number = Decimal(raw)
    if not number.is_finite() or not 0 <= number <= most:
        raise ValueError
    if len(number.as_tuple().digits) > MAX_DIGITS or number.adjusted() < -MAX_DIGITS:
        raise ValueError
    return number or Decimal(0)


def _score(raw: Any, _: Path) -> Decimal:
    return _number(raw, MOST_SCORE)


def _share(raw: Any, _: Path) -> Decimal:
    """Read a share from 0 to 1, or a percentage."""
    if not isinstance(raw, str):
        return _number(raw, 1)
    if not re.search(PERCENTAGE, raw):
        raise ValueError
    return Decimal(raw.strip().removesuffix("%").strip()) / 100


def _flag(raw: Any, _: Path) -> bool:
    if not isinstance(raw, bool):
        raise ValueError  # noqa: TRY004  every reader says so
    return raw


def _day(raw: Any, _: Path) -> date | str:
    """Read a day; what day it is `today` is looked up when it is needed."""
    if raw == TODAY:
        return TODAY
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if not isinstance(raw, str) or not DATE_PATTERN.fullmatch(raw):
        raise ValueError
    return date.fromisoformat(raw)


def _severity(raw: Any, _: Path) -> Severity:
    return Severity(_text(raw))


def _listed(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise ValueError  # noqa: TRY004  every reader says so
    return tuple(map(_text, raw))


def _patterns(raw: Any, _: Path) -> tuple[str, ...]:
    lines = _listed(raw)
    read_patterns(lines)
    return lines


def _rules(raw: Any, _: Path) -> frozenset[str]:
    codes = frozenset(_listed(raw))
    if any(code not in RULES or not RULES[code].acceptable for code in codes):
        raise ValueError
    return codes


def _path(raw: Any, folder: Path) -> str:
    """Read a path, and write it as it is seen from here."""
    name = _text(raw)
    if "\0" in name:
        raise ValueError
    return os.path.normpath(folder / name)


def _configuration(raw: Any, folder: Path) -> str:
    path = _path(raw, folder)
    if not path.endswith(".toml"):
        raise ValueError
    return path


def _method(raw: Any, folder: Path) -> str:
    """Read the id of a questionnaire, or a path as it is seen from here, still told from an id."""
    name = _text(raw)
    if not is_path(name):
        return name
    seen = _path(raw, folder)
    return seen if is_path(seen) else f"./{seen}"


def _days(raw: Any, _: Path) -> int:
    days = _number(raw, MOST_DAYS)
    if days < 1 or days != int(days):
        raise ValueError
    return int(days)


def _versions(raw: Any, _: Path) -> str:
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415  slow, and seldom needed

    SpecifierSet(_text(raw))
    return str(raw)


def allows(versions: str, version: str) -> bool:
    """Tell whether a version is one of those that are required."""
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415  slow, and seldom needed

    return SpecifierSet(versions).contains(version, prereleases=True)


_READERS: Mapping[Kind, Callable[[Any, Path], Any]] = {
    Kind.METHOD: _method,
    Kind.DAY: _day,
    Kind.VERDICT: _text,
    Kind.RISK: _text,
    Kind.SCORE: _score,
    Kind.SHARE: _share,
    Kind.FLAG: _flag,
    Kind.SEVERITY: _severity,
    Kind.RULES: _rules,
    Kind.PATTERNS: _patterns,
    Kind.PATH: _path,
    Kind.DAYS: _days,
    Kind.CONFIGURATION: _configuration,
    Kind.VERSIONS: _versions,
}


def written(value: Any) -> str:
    """Write a value as people would write it."""
    if value in (None, frozenset(), ()):
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def plain(value: Any) -> Any:
    """Give a value as JSON has it: a number, a truth value, a text, a list or nothing."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, bool | int) else str(value)
