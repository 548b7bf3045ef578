"""Native spreadsheet values, honoured where they say more than the text that a cell shows."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from formflow.model import Reading
from formflow.values.money import read_money

EXACT = 10**15
"""Spreadsheets keep 15 digits; a longer number has lost its end."""

PLAUSIBLE_YEARS = (1950, 2100)

_SCALED = re.compile(r"[百千万亿]")
_SCIENTIFIC = re.compile(r"\d[eE][+-]?\d")


def native_day(reading: Reading) -> date | datetime | None:
    """The cell's day, or day and time to the minute; None where it is no day or one that `is_odd`.

    Midnight stands for a day without a time, since a sheet knows no other way to write it.
    """
    value = reading.value
    if not isinstance(value, date) or is_odd(reading):
        return None
    if not isinstance(value, datetime):
        return value
    # A sheet keeps times as binary fractions of a day: 14:30 may come as 14:29:59.999.
    value = (value.replace(tzinfo=None) + timedelta(milliseconds=500)).replace(second=0, microsecond=0)
    return value.date() if value.time() == time() else value


def is_odd(reading: Reading) -> bool:
    """Whether the cell's day is none that a form would bear: 2026 in a cell for dates shows as 1905-07-18."""
    return (
        isinstance(reading.value, date) and not PLAUSIBLE_YEARS[0] <= reading.value.year <= PLAUSIBLE_YEARS[1]
    )


def native_serial(reading: Reading) -> float | None:
    """A number in a cell for a day, which its format does not show as one; not a compact 20260305."""
    value = reading.value
    return float(value) if _is_number(value) and 1 <= value < 2_958_466 else None


def native_integer(reading: Reading) -> int | None:
    """The cell's whole number."""
    value = reading.value
    return int(value) if _is_number(value) and value == int(value) and abs(value) < EXACT else None


def money_text(reading: Reading) -> str:
    """What to read an amount from: the exact number of the cell, unless its format adds a unit to it.

    A format may also divide by a unit for show only (12345 as `1.2万元`): then shown and exact number are about
    the same, and the exact one is meant.
    """
    if not _is_number(reading.value):
        return reading.text
    if _SCALED.search(reading.text):
        shown = read_money(reading.text)
        exact = Decimal(str(reading.value))
        if not isinstance(shown, Decimal) or not exact / 2 <= shown <= exact * 2:
            return reading.text
    return plain(reading.value)


def digits_text(reading: Reading) -> str:
    """What to read a code, a phone or a text from: as shown, but never `1.38E+10` for 13800138000."""
    value = reading.value
    if not _is_number(value) or not (_SCIENTIFIC.search(reading.text) or not reading.text.strip()):
        return reading.text
    return plain(value)


def lost_digits(reading: Reading) -> bool:
    """Whether a code was kept as a number too long for a sheet, so that its last digits are gone."""
    return _is_number(reading.value) and abs(reading.value) >= EXACT


def plain(value: Any) -> str:
    """A number in plain digits: 3.0 as `3`, 0.1 as `0.1`."""
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return f"{exact:f}".removesuffix(".0")


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
