"""Native spreadsheet values as JSON and back: text and numbers as they are, the others with a tag."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any


def dump_native(value: Any) -> Any:
    """A value of a cell as JSON; a kind that is not foreseen as its text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["duration", value.days, value.seconds, value.microseconds]
    if isinstance(value, Decimal):
        return ["decimal", str(value)]
    return str(value)


def load_native(item: Any) -> Any:
    """The value that `dump_native` wrote."""
    if not isinstance(item, list):
        return item
    tag, *rest = item
    match tag:
        case "datetime":
            return datetime.fromisoformat(rest[0])
        case "date":
            return date.fromisoformat(rest[0])
        case "time":
            return time.fromisoformat(rest[0])
        case "duration":
            return timedelta(*rest)
        case _:
            return Decimal(rest[0])
