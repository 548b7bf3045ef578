"""Date formats of spreadsheets (ECMA-376 part 1, 18.8.30–31): what of a moment shows, and which moment it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from formflow.readers.xlsx.numbers import GENERAL, LITERAL, SCIENTIFIC, Number, show_general, split_sections

# Formats that a file uses by number without spelling them out, Chinese ones included (27–36, 50–58).
BUILT_IN: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_MINUTES = re.compile(r"h+[^ymd]*?m+|m+[^ymdh]*?s+")
_LAST_SERIAL = 2_958_466
_EPOCH_1900 = datetime.fromisoformat("1899-12-30")
_EPOCH_1904 = datetime.fromisoformat("1904-01-01")


@dataclass(frozen=True, slots=True)
class DateParts:
    """Which parts of a moment a format shows."""

    year: bool
    month: bool
    day: bool
    clock: bool
    elapsed: bool


@lru_cache(maxsize=512)
def date_parts(code: str) -> DateParts | None:
    """What a format shows of a moment; None for a format of numbers or text."""
    if code == GENERAL or not code:
        return None
    first = split_sections(code)[0]
    elapsed = _ELAPSED.search(first) is not None
    bare = SCIENTIFIC.sub("", LITERAL.sub(" ", first)).lower().replace("general", "")
    clock = elapsed or "h" in bare or "s" in bare
    months = _MINUTES.sub(" ", bare)
    # `e` is the year in Chinese formats, `aaa` the day of the week; a/p belong to AM/PM.
    year = "y" in bare or "e" in bare
    day = "d" in bare or "aaa" in bare
    month = "m" in months and not (clock and not (year or day) and "月" not in first)
    if not (clock or year or month or day):
        return None
    return DateParts(year, month, day, clock, elapsed)


def moment(serial: Number, *, epoch1904: bool) -> datetime | None:
    """The moment of a serial number to the second; None outside what spreadsheets know.

    The 1900 system counts a 29 February 1900 that never was, so serials before it lie a day later.
    """
    if not 0 <= serial < _LAST_SERIAL:
        return None
    base = _EPOCH_1904 if epoch1904 else _EPOCH_1900
    if not epoch1904 and serial < 60:
        serial += 1
    return base + timedelta(seconds=round(serial * 86400))


def show_date(
    serial: Number, parts: DateParts, *, epoch1904: bool
) -> tuple[str, date | datetime | time | None]:
    """Text and native value of a serial number under a date format.

    Midnight is taken as a bare date, since a spreadsheet has no other way to write one. A format without
    the day shows a month or a year.
    """
    if parts.elapsed:
        minutes = round(serial * 1440)
        return f"{minutes // 60}:{minutes % 60:02}", None
    found = moment(serial, epoch1904=epoch1904)
    if found is None:
        return show_general(serial), None
    clock = _clock(found)
    if parts.clock and not (parts.year or parts.month or parts.day):
        return clock, found.time() if serial < 1 else found
    if not parts.clock or clock == "00:00":
        day = found.date()
        if parts.day or (parts.month and not parts.year):
            return day.isoformat(), day
        # The first of a month under a format without days stands for the month: nobody wrote a day.
        return day.strftime("%Y-%m" if parts.month else "%Y"), None if day.day == 1 else day
    return f"{found.date().isoformat()} {clock}", found


def _clock(found: datetime) -> str:
    return found.time().isoformat("seconds" if found.second else "minutes")
