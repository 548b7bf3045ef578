"""Days and times of day, however an office writes them."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from formflow.messages import Bilingual
from formflow.messages import values as messages
from formflow.values.clock import find_times
from formflow.values.days import FIRST_YEAR, LAST_YEAR, MASK, find_days, find_short_days, not_a_date
from formflow.values.doubt import Doubt, doubt
from formflow.values.empty import is_empty
from formflow.values.folding import dashed, narrow

_PLAIN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_WEEKDAY = re.compile(
    r"(?:星期|礼拜|禮拜|周|週)\s*(?P<cn>[一二三四五六日天])"
    r"|(?<![a-z])(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?(?![a-z])\.?",
    re.IGNORECASE,
)
_WEEKDAYS = {"cn": "一二三四五六日", "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
_LABEL = re.compile(r"^\s*(?!.{0,12}[不未约前止改暂])[\u4e00-\u9fff()、/ ]{1,14}\s*:")
_HARMLESS = re.compile(
    r"[\s()\[\]【】〔〕,;:。.、_'\x1f]+|公元|(?:签字|签名|填表|收文|发文|申请|登记)?(?:日期|时间)"
    r"|(?:已|于)*(?:交回|收回|归还|退回|收到|发出|发送|寄出|交付|移交|签收|送达|归档|上交|提交|填表|填写|结案)?|date|time|t",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(r"(?:上午|下午|早上|中午|晚上|am|pm)", re.IGNORECASE)
_COMPACT_TIME = re.compile(
    rf"(?<={MASK})t?([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?(?![0-9])", re.IGNORECASE
)
_COMPACT = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))([0-9]{4}(?:[0-9]{2})?)(?![0-9])"
)
_MASKS = re.compile(f"{MASK}+")
_SERIAL = re.compile(r"[34567][0-9]{4}(?:\.[0-9]+)?")
_RANGE = re.compile(rf"{MASK}\s*(?:日|号)?\s*(?:-+|~|至|到|—)\s*(?:[0-9]|{MASK})")


def read_date(text: str, *, year: int | None = None) -> date | Doubt | None:
    """The one day that the text writes; a time of day beside it is let go.

    Args:
        year: The year of days written without one, from the form's header; None: they are a Doubt.
    Returns:
        None where only the printed blanks (`年  月  日`) are there.
    """
    found = read_datetime(text, year=year)
    return found.date() if isinstance(found, datetime) else found


def read_datetime(text: str, *, year: int | None = None) -> datetime | date | Doubt | None:
    """The day with its time of day where one is written, else the bare day.

    Midnight to the second (`2026-03-05 00:00:00`, `2026/3/5 0:00`) is how spreadsheets write a bare day.
    The result has no time zone: it is what the clock on the wall showed.
    """
    if plain := _PLAIN.fullmatch(text):
        whole, _ = find_days(text, year)
        return whole[0].day if whole else not_a_date(plain[0])
    if is_empty(text):
        return None
    written = dashed(narrow(text)).strip()
    if len(written) > 120:
        return not_a_date(text)
    if _SERIAL.fullmatch(written):
        return _serial_text(text, float(written))
    day, rest = _one_day(written, year)
    if isinstance(day, Doubt):
        return day
    times, rest = find_times(rest)
    moments = list(dict.fromkeys(times))
    if len(moments) > 1:
        return doubt("two-times", text, messages.SEVERAL_TIMES())
    if _RANGE.search(rest):
        return _not_one(text)
    if _residue(_HALF_DAY.sub("", rest)):
        return not_a_date(text)
    if wrong := _weekday_disagrees(written, day):
        return wrong
    if not moments:
        return day
    moment = moments[0]
    if isinstance(moment, Doubt):
        return moment
    return day if moment == time() else datetime.combine(day, moment)


def find_day(text: str, year: int | None) -> tuple[date | Doubt | None, str]:
    """The day inside a longer text such as an opinion, and the text with one `MASK` where each day stood.

    Times of day are taken out too. The day is None where no day is written.
    """
    places, rest = find_days(text, year)
    if not places:
        _, without_times = find_times(text)
        places, rest = find_short_days(without_times, year)
    _, rest = find_times(rest)
    return (_agree([place.day for place in places], text) if places else None), _MASKS.sub(MASK, rest)


def _one_day(written: str, year: int | None) -> tuple[date | Doubt, str]:
    written = _COMPACT.sub(r"\1T\2", written)
    places, rest = find_days(written, year)
    if places:
        rest = _expand_compact_time(rest)
    else:
        # 9:00 must not be looked at when 3.5 is sought, nor 14.30 be taken for a day after one was found.
        moments, rest = find_times(written)
        places, rest = find_short_days(rest, year)
        if not places and moments:
            return doubt("day-missing", written, messages.TIME_WITHOUT_DATE()), rest
        rest = written[: places[0].start] + MASK + written[places[-1].end :] if places else written
    if not places:
        return not_a_date(written), rest
    return _agree([place.day for place in places], written), rest


def _expand_compact_time(rest: str) -> str:
    return _COMPACT_TIME.sub(lambda m: f" {m[1]}:{m[2]}" + (f":{m[3]}" if m[3] else ""), rest)


def _agree(days: list[date | Doubt], text: str) -> date | Doubt:
    doubts = [day for day in days if isinstance(day, Doubt)]
    if doubts:
        return doubts[0]
    return days[0] if len(set(days)) == 1 else _not_one(text)


def _not_one(text: str) -> Doubt:
    return doubt("two-dates", text, messages.SEVERAL_DATES())


def _residue(rest: str) -> str:
    return _HARMLESS.sub("", _WEEKDAY.sub("", _LABEL.sub("", rest)))


def _weekday_disagrees(written: str, day: date) -> Doubt | None:
    for match in _WEEKDAY.finditer(written):
        if match["cn"]:
            index = _WEEKDAYS["cn"].index("日" if match["cn"] == "天" else match["cn"])
        else:
            index = _WEEKDAYS["en"].index(match["en"].lower())
        if index != day.weekday():
            right = _WEEKDAYS["cn"][day.weekday()]
            return doubt(
                "weekday-disagrees",
                written,
                messages.OTHER_WEEKDAY(day=day.isoformat(), weekday=Bilingual(right, "")),
            )
    return None


def _serial_text(text: str, serial: float) -> Doubt:
    day = read_excel_date(serial)
    shown = "" if isinstance(day, Doubt) else day.isoformat()
    return doubt("serial-number", text, messages.LOOKS_LIKE_SERIAL(shown=shown))


def read_excel_date(serial: float, *, epoch1904: bool = False) -> date | datetime | Doubt:
    """The day, or day and time, of a spreadsheet's serial number.

    Args:
        serial: Days since the workbook's epoch, the time of day as a fraction; rounded to the second.
        epoch1904: The workbook counts from 1904-01-01 (`date1904`); else from 1900, which takes 1900
            for a leap year, so that serial 60 is a day that never was.
    Source:
        ECMA-376 Part 1, 18.17.4 Dates and Times.
    """
    if (
        not math.isfinite(serial)
        or not 0 <= serial < 2_958_466
        or (not epoch1904 and (serial < 1 or 60 <= serial < 61))
    ):
        return _no_serial(serial)
    start = date(1904, 1, 1) if epoch1904 else date(1899, 12, 31) if serial < 60 else date(1899, 12, 30)
    moment = datetime.combine(start, time()) + timedelta(seconds=round(serial * 86_400))
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return _no_serial(serial)
    return moment.date() if moment.time() == time() else moment


def _no_serial(serial: float) -> Doubt:
    return doubt("impossible-date", f"{serial:g}", messages.NO_SERIAL())
