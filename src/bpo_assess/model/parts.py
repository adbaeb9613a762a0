"""The small types that process descriptions and questionnaires share."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool
from pydantic_core import PydanticCustomError

ID_PATTERN = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
DATE_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}")

MAX_LEVEL = 4
"""The best level of a question; levels run from 0 to this, and this speaks for outsourcing now."""

Level = int
"""A level of a question: a whole number from 0 to 4."""

LEVELS = range(MAX_LEVEL + 1)


class Part(BaseModel):
    """A frozen part of a file in which unknown keys are errors."""

    # Deferred: each kind of file is built once, as a whole, when the first of it is read.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def _text(value: Any) -> Any:
    """Keep a free figure as it is written: `version: 1.0` means the text "1.0"."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    return value


def _identifier(value: Any) -> Any:
    value = _text(value)
    if isinstance(value, str) and not ID_PATTERN.fullmatch(value):
        raise PydanticCustomError(
            "BPO209",
            "`{value}` is not an id: use lower-case letters, digits and hyphens",
            {"value": value},
        )
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("BPO204", "a number is expected")
    return Decimal(value)


def _date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and DATE_PATTERN.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError(
                "BPO208", "`{value}` is no day of the calendar", {"value": value}
            ) from None
    raise PydanticCustomError("BPO208", "a date is expected, written as YYYY-MM-DD")


def _listed(value: Any) -> Any:
    """Read nothing as no entry, and a single entry as a list of one."""
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _level(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or value not in LEVELS:
        raise PydanticCustomError("BPO206", "a level is a whole number from 0 to 4")
    return value


Text = Annotated[str, BeforeValidator(_text)]
"""Text; a number stands for itself as written."""

NonEmpty = Annotated[str, BeforeValidator(_text), Field(pattern=r"\S")]
"""Text with at least one visible character."""

Identifier = Annotated[str, BeforeValidator(_identifier)]
"""A stable name: lower-case letters, digits, hyphens, dots, underscores."""

Number = Annotated[Decimal, BeforeValidator(_number)]
"""An exact number, never a float."""

Amount = Annotated[Decimal, BeforeValidator(_number), Field(ge=0)]
"""An exact number that is not negative."""

Flag = StrictBool

Day = Annotated[date, BeforeValidator(_date)]
"""A day of the calendar, written YYYY-MM-DD."""

Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
"""A list of texts; a single text is a list of one."""

StrictLevel = Annotated[int, BeforeValidator(_level)]
"""A level, 0 to 4; a boolean or a fraction is an error."""

listed = BeforeValidator(_listed)
