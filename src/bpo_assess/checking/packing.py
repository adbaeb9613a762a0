"""Checked files as bytes and back: what is kept between passes and between runs is data, never code."""

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from bpo_assess.diagnostics import Diagnostic, Severity, Span
from bpo_assess.gate.finding import Acceptance, CheckedFile, Finding, Standing, Status


def _values_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(entry.name for entry in fields(kind)))


_file, _finding, _diagnostic, _span, _acceptance, _standing = map(
    _values_of, (CheckedFile, Finding, Diagnostic, Span, Acceptance, Standing)
)
_PARTS: dict[type, Callable[[Any], Any]] = {
    CheckedFile: _file,
    Finding: _finding,
    Diagnostic: _diagnostic,
    Span: _span,
    Acceptance: _acceptance,
    Standing: _standing,
    Decimal: str,
    date: date.isoformat,
}


def pack(file: CheckedFile) -> bytes:
    """Write a checked file as JSON: every value in the order of its fields."""
    return json.dumps(_plain(file), ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        return list(map(_plain, value))
    part = _PARTS.get(kind)
    if part is None:
        return value
    taken = part(value)
    return list(map(_plain, taken)) if type(taken) is tuple else taken


def unpack(raw: bytes) -> CheckedFile:
    """Read a checked file back; raise ValueError, TypeError or KeyError where the bytes are none."""
    values = dict(zip(_NAMES, json.loads(raw), strict=True))
    values["standing"] = _maybe(Standing, values["standing"])
    values["id_place"] = _id_place(values["id_place"])
    values["demanded"] = tuple(values["demanded"])
    values["fail_on"] = Severity(values["fail_on"])
    values["findings"] = tuple(map(_read_finding, values["findings"]))
    values["comments"] = tuple(map(_read_acceptance, values["comments"]))
    return CheckedFile(**values)


_NAMES = [entry.name for entry in fields(CheckedFile)]


def _maybe(kind: Callable[..., Any], values: list[Any] | None) -> Any:
    return None if values is None else kind(*values)


def _id_place(values: list[Any] | None) -> tuple[Span, tuple[tuple[int, str], ...]] | None:
    return None if values is None else (Span(*values[0]), _lines(values[1]))


def _lines(values: Iterable[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple((number, text) for number, text in values)


def _read_finding(values: list[Any]) -> Finding:
    diagnostic, process, subject, ordinal, status, accepted = values
    acceptance = None if accepted is None else _read_acceptance(accepted)
    return Finding(
        _read_diagnostic(*diagnostic), process, subject, ordinal, Status(status), acceptance
    )


def _read_diagnostic(  # noqa: PLR0913, PLR0917  the fields of a diagnostic, in their order
    code: str,
    severity: str,
    message: str,
    hint: str | None,
    note: str | None,
    file: str | None,
    path: list[str | int],
    span: list[int] | None,
    label: str | None,
    excerpt: list[tuple[int, str]],
    subject: str | None,
    reached: str | None,
) -> Diagnostic:
    return Diagnostic(
        code,
        Severity(severity),
        message,
        hint,
        note,
        file,
        tuple(path),
        _maybe(Span, span),
        label,
        _lines(excerpt),
        subject,
        None if reached is None else Decimal(reached),
    )


def _read_acceptance(values: list[Any]) -> Acceptance:
    rule, subject, reason, owner, until, ticket, file, span, excerpt, lines = values
    return Acceptance(
        rule,
        subject,
        reason,
        owner,
        date.fromisoformat(until),
        ticket,
        file,
        _maybe(Span, span),
        _lines(excerpt),
        tuple(lines),
    )
