"""Column types and text forms that read the same on every database."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import String, TypeDecorator
from sqlalchemy.engine import Dialect

from formflow.model import Json

_OFFSET = 28
"""Where the offset begins in the text of a moment: after `2026-03-01T07:30:00.000000Z `."""


def moment_text(value: datetime) -> str:
    """A moment as it is stored: UTC first, so that text sorts as time does, then the clock's own offset.

    The offset is kept because rules count days, and the day of a receipt is the office's day, whatever zone
    the machine that reads it back stands in.

    Raises:
        ValueError: The moment has no time zone.
    """
    offset = value.utcoffset()
    if offset is None:
        raise ValueError(f"a moment needs a time zone: {value!r}")
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    hours, minutes = divmod(abs(minutes), 60)
    utc = value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{utc}Z {sign}{hours:02}:{minutes:02}"


def read_moment(text: str) -> datetime:
    """The moment that `moment_text` wrote, on its own clock."""
    utc = datetime.fromisoformat(text[: _OFFSET - 2]).replace(tzinfo=UTC)
    sign = -1 if text[_OFFSET] == "-" else 1
    minutes = int(text[_OFFSET + 1 : _OFFSET + 3]) * 60 + int(text[_OFFSET + 4 :])
    return utc.astimezone(timezone(timedelta(minutes=sign * minutes)))


class Moment(TypeDecorator[datetime]):
    """A timezone-aware datetime as text (see `moment_text`)."""

    impl = String(34)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else read_moment(value)


def canonical(value: Json) -> str:
    """JSON with one spelling for one value: keys sorted, no blanks, Chinese as it is."""
    return storable(_ENCODER.encode(value))


def storable(text: str) -> str:
    """Text that every database can hold.

    A file name that is not UTF-8 reaches Python with its bytes escaped as lone surrogates; on disks that
    were filled from Chinese Windows those bytes are GB 18030. NUL, which PostgreSQL refuses, becomes U+FFFD.
    """
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return text.encode("utf-8", "surrogateescape").decode("gb18030")
        except UnicodeError:
            return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text


def searchable(value: Json) -> str:
    """Every text in a value, folded (NFKC, case, no blanks), one a line: what a search looks through."""
    return "\n".join(fold(leaf) for leaf in _leaves(value))


def fold(text: str) -> str:
    """Text as a search compares it: NFKC, case folded, blanks dropped."""
    return "".join(unicodedata.normalize("NFKC", storable(text)).casefold().split())


def _leaves(value: Json) -> list[str]:
    if isinstance(value, Mapping):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in _leaves(item)]
    return [] if value is None or isinstance(value, bool) else [str(value)]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not part of the JSON contract: {value!r}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
"""Made once: `json.dumps` with these arguments makes one a call."""
