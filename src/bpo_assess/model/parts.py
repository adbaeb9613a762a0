"""The small types that process descriptions and questionnaires share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictBool,
)
from pydantic_core import CoreSchema, PydanticCustomError

ID_PATTERN = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
WHOLE_ID = f"^{ID_PATTERN.pattern}$"
DATE_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}")

VISIBLE = r"\S"
"""What a text must hold to say anything."""

MAX_LEVEL = 4
"""The best level of a question; levels run from 0 to this, and this speaks for outsourcing now."""

Level = int
"""A level of a question: a whole number from 0 to 4."""

LEVELS = range(MAX_LEVEL + 1)


class Part(BaseModel):
    """A frozen part of a file in which unknown keys are errors."""

    # Deferred: each kind of file is built once, as a whole, when the first of it is read.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


JsonSchema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading(BeforeValidator):
    """Reads what people may write for a value, and tells a JSON Schema what that is."""

    written: Callable[[JsonSchema], JsonSchema] = lambda schema: schema
    """From the schema of the value itself to the schema of what may be written."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        """Describe what may be written."""
        return self.written(handler(core_schema))


def stated(key: str) -> JsonSchema:
    """Describe mappings in which a key says something."""
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def exactly_one(*keys: str) -> JsonSchema:
    """Describe mappings in which exactly one of several keys says something."""
    return {"oneOf": [stated(key) for key in keys]}


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


def _or_number(schema: JsonSchema) -> JsonSchema:
    return schema | {"type": ["string", "number"]}


def _identifying(schema: JsonSchema) -> JsonSchema:
    return _or_number(schema) | {"pattern": WHOLE_ID, "minimum": 0}


def _numeric(schema: JsonSchema) -> JsonSchema:
    """Keep the limits; what pydantic says of decimal numbers in text is not allowed here."""
    limits = {key: value for key, value in schema.items() if key not in {"anyOf", "type"}}
    for option in schema.get("anyOf", []):
        if option.get("type") == "number":
            limits |= option
    return limits | {"type": "number"}


def _daily(_: JsonSchema) -> JsonSchema:
    return {"type": "string", "format": "date", "pattern": f"^{DATE_PATTERN.pattern}$"}


def _one_or_many(schema: JsonSchema) -> JsonSchema:
    """Allow nothing, and an entry without its list, where the list may be that short."""
    shortest = schema.get("minItems", 0)
    alone = [schema["items"]] if shortest <= 1 else []
    nothing = [{"type": "null"}] if not shortest else []
    return {"anyOf": [schema, *alone, *nothing]}


as_written = Reading(_text, written=_or_number)

Text = Annotated[str, as_written]
"""Text; a number stands for itself as written."""

NonEmpty = Annotated[str, Field(pattern=VISIBLE), as_written]
"""Text with at least one visible character."""

Identifier = Annotated[str, Reading(_identifier, written=_identifying)]
"""A stable name: lower-case letters, digits, hyphens, dots, underscores."""

Number = Annotated[Decimal, Reading(_number, written=_numeric)]
"""An exact number, never a float."""

Amount = Annotated[Decimal, Field(ge=0), Reading(_number, written=_numeric)]
"""An exact number that is not negative."""

Flag = StrictBool

Day = Annotated[date, Reading(_date, written=_daily)]
"""A day of the calendar, written YYYY-MM-DD."""

listed = Reading(_listed, written=_one_or_many)

Texts = Annotated[tuple[Text, ...], listed]
"""A list of texts; a single text is a list of one."""

StrictLevel = Annotated[int, Reading(_level, written=lambda _: {"enum": [*LEVELS]})]
"""A level, 0 to 4; a boolean or a fraction is an error."""
