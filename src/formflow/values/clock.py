"""Where times of day stand in a text (14:30, 下午2点半, 2:30 PM, 14时30分)."""

from __future__ import annotations

import re
from datetime import time

from formflow.messages import values as messages
from formflow.values.days import MASK
from formflow.values.doubt import Doubt, doubt
from formflow.values.numerals import parse_numeral

_PERIODS = {
    "dawn": ("凌晨",),
    "morning": ("上午", "早上", "早晨", "清晨", "清早", "早"),
    "noon": ("中午", "正午", "午间"),
    "afternoon": ("下午", "午后", "傍晚"),
    "evening": ("晚上", "晚间", "夜间", "夜里", "夜晚", "深夜", "晚"),
}
_PERIOD_OF = {word: period for period, words in _PERIODS.items() for word in words}
_PERIOD = r"(?P<period>{})?\s*".format(
    "|".join(r"\s*".join(word) for word in sorted(_PERIOD_OF, key=len, reverse=True))
)
_AM_PM = r"(?:(?P<{}>[ap])\.?\s*m\b\.?)?"
_NUMBER = "0-9零〇一二三四五六七八九十廿两"
_CLOCK = re.compile(
    rf"{_PERIOD}{_AM_PM.format('before')}\s*(?<![0-9.:])(?P<h>[0-9]{{1,2}})\s*:\s*(?P<m>[0-9]{{2}})(?![0-9])"
    rf"(?:\s*:\s*(?P<s>[0-9]{{2}})(?![0-9])(?:\.[0-9]{{1,6}})?)?(?:\+0?8:?00|\s*分)?\s*{_AM_PM.format('after')}",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    # The 6 of `9/6 9点` belongs to the day: only digits that no stroke leads up to may stand apart.
    rf"{_PERIOD}(?<![{_NUMBER}.:])(?P<h>[0-9]{{2}}|(?<![-/])[0-9]\s+[0-9]|[0-9]|[零〇一二三四五六七八九十廿两]{{1,3}})\s*(?P<word>时|時|点钟|點鐘|点|點)\s*"
    rf"(?:(?P<part>半|整|一刻|三刻)|(?P<m>[0-9]\s*[0-9]|[0-9]|[零〇一二三四五六七八九十廿]{{1,4}})\s*(?P<unit>分)?(?![{_NUMBER}:])"
    rf"(?:\s*(?P<s>[0-9]{{1,2}})\s*秒)?)?",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(
    rf"{_PERIOD}(?<![0-9.:])(?P<h>[0-9]{{1,2}})\s*(?P<after>[ap])\.?\s*m\b\.?", re.IGNORECASE
)
_PARTS = {"半": 30, "整": 0, "一刻": 15, "三刻": 45}
_EARLY_SPOKEN = range(1, 6)


def find_times(text: str) -> tuple[list[time | Doubt], str]:
    """The times of day in the text, and the text with them masked."""
    times: list[time | Doubt] = []
    for pattern in (_CLOCK, _SPOKEN, _HOUR_ONLY):
        times.extend(_read(match) for match in pattern.finditer(text))
        text = pattern.sub(lambda match: MASK * len(match[0]), text)
    return times, text


def _read(match: re.Match[str]) -> time | Doubt:
    found = match.groupdict()
    hour, minute = _number(found["h"]), 0
    if found.get("part"):
        minute = _PARTS[found["part"]]
    elif found.get("m"):
        minute = _number(found["m"])
        # 9点5 may be five past or ten to: only 9点05 and 9点5分 are certain.
        if "word" in found and not found["unit"] and len("".join(found["m"].split())) == 1:
            return _unclear(match[0])
    second = int(found["s"]) if found.get("s") else 0
    period = _PERIOD_OF["".join(found["period"].split())] if found["period"] else ""
    letter = (found.get("before") or found.get("after") or "").lower()
    if letter and period and (letter == "a") != (period in ("dawn", "morning")):
        return _unclear(match[0])
    if (
        not period
        and not letter
        and "word" in found
        and found["word"] not in "时時"
        and hour in _EARLY_SPOKEN
    ):
        # Spoken hours run to twelve: 两点半 is most likely the afternoon, but nobody wrote so.
        return _unclear(match[0])
    settled = _settle(hour, period or {"a": "am", "p": "pm"}.get(letter, ""))
    if settled is None or minute > 59 or second > 59:
        return _unclear(match[0])
    return time(settled, minute, second)


def _number(word: str) -> int:
    """The number, or 99 where the word is none: no hour and no minute."""
    digits = "".join(word.split())
    if digits.isdigit() and digits.isascii():
        return int(digits)
    number = parse_numeral(digits)
    return 99 if number is None else number


def _settle(hour: int, period: str) -> int | None:
    """The hour from 0 to 23, or None where hour and part of the day do not go together."""
    if hour > 23:
        return None
    if period in ("afternoon", "pm"):
        return None if hour == 0 else hour if hour >= 12 else hour + 12
    if period == "noon":
        return hour if 11 <= hour <= 14 else hour + 12 if hour in (1, 2) else None
    if period == "evening":
        return hour if hour >= 17 else hour + 12 if 5 <= hour <= 11 else None
    if period == "am":
        return 0 if hour == 12 else hour if hour < 12 else None
    if period == "morning":
        return hour if hour < 12 else None
    if period == "dawn":
        return hour if hour <= 6 else None
    return hour


def _unclear(written: str) -> Doubt:
    return doubt("not-a-time", written, messages.NO_TIME())
