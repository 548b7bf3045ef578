"""Where days of the calendar stand in a text, in every order and script that offices use.

Every function here sees text that `narrow` and `dashed` have folded. A place that looks like a day
but is none, or could be two, is found too, with the Doubt it raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from formflow.messages import values as messages
from formflow.values.doubt import Doubt, doubt
from formflow.values.numerals import parse_numeral

MASK = "\x1f"
"""Stands where something was recognised and taken out of the text."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
_NEWEST_SHORT_YEAR = 49
_OLDEST_SURE_SHORT_YEAR = 20

_DIGITS = "〇○零Oo一二三四五六七八九壹贰貳叁參叄肆伍陆陸柒捌玖"
_NUMBERS = _DIGITS + "十拾廿卅"
_YEAR_DIGIT = {
    c: d
    for d, cs in enumerate(
        ("0〇○零Oo", "1一壹", "2二贰貳", "3三叁參叄", "4四肆", "5五伍", "6六陆陸", "7七柒", "8八捌", "9九玖")
    )
    for c in cs
}
_SEP = r"[-./\\。、·,_]"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_MARKED_YEAR = rf"(?P<y>[0-9{_DIGITS}](?:\s*[0-9{_DIGITS}]){{1,3}})\s*年\s*"
_MARKED_MONTH = rf"(?P<m>[0-9]\s*[0-9]|[0-9]|元|[{_NUMBERS}](?:\s*[{_NUMBERS}]){{0,2}})\s*月\s*份?\s*"
_MARKED_DAY = (
    rf"(?P<d>(?:[0-9]\s*[0-9]|[0-9]|[{_NUMBERS}](?:\s*[{_NUMBERS}]){{0,3}})(?=\s*[日号號])|"
    rf"[0-9]{{1,2}}(?![0-9:])|[{_NUMBERS}]{{1,4}}(?![时點点]))(?:\s*[日号號])?"
)
_TIME_FOLLOWS = r"(?=[0-9]{2}:[0-9]{2})"
_DAY_DIGITS = rf"(?:[0-9]{{2}}{_TIME_FOLLOWS}|[0-9]{{1,2}}(?![0-9:]))"


@dataclass(frozen=True, slots=True)
class Place:
    """A day in a text; `start` and `end` count characters."""

    start: int
    end: int
    day: date | Doubt


def find_days(text: str, year: int | None) -> tuple[list[Place], str]:
    """The days that stand with their year or with 月, and the text with them masked.

    Args:
        year: The year that a day written without one belongs to; None makes such a day a Doubt.
    """
    return _find(text, year, _STYLES)


def find_short_days(text: str, year: int | None) -> tuple[list[Place], str]:
    """Days written as month and day alone (3.5, 3-5, 3/5), and the text with them masked."""
    return _find(text, year, _SHORT_STYLES)


_Reader = Callable[[re.Match[str], int | None], date | Doubt]
_Style = tuple[str, re.Pattern[str], _Reader]
"""Characters of which a text must hold one for the style to be worth trying, the style, its reader."""


def _find(text: str, year: int | None, styles: tuple[_Style, ...]) -> tuple[list[Place], str]:
    places: list[Place] = []
    for needed, pattern, read in styles:
        if not any(character in text for character in needed):
            continue
        places.extend(Place(m.start(), m.end(), read(m, year)) for m in pattern.finditer(text))
        text = pattern.sub(lambda match: MASK * len(match[0]), text)
    return sorted(places, key=lambda place: place.start), text


def certain_day(year: int, month: int, day: int, written: str) -> date | Doubt:
    """The day of the calendar, or the Doubt that there is none such."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return doubt("year-unlikely", written, messages.UNLIKELY_YEAR(year=year))
    try:
        return date(year, month, day)
    except ValueError:
        return doubt("impossible-date", written, messages.NOT_IN_CALENDAR())


def _marked(match: re.Match[str], year: int | None) -> date | Doubt:
    digits = "".join(str(_YEAR_DIGIT[c]) for c in "".join(match["y"].split()))
    month, day = _number(match["m"]), _number(match["d"])
    if month is None or day is None or len(digits) == 3:
        return not_a_date(match[0])
    return _full_or_short(digits, month, day, match[0])


def _without_year(match: re.Match[str], year: int | None) -> date | Doubt:
    month, day = _number(match["m"]), _number(match["d"])
    if month is None or day is None:
        return not_a_date(match[0])
    if year is None:
        # A day that no year has is wrong whatever the header says; 2000 is a leap year.
        wrong = certain_day(2000, month, day, match[0])
        return wrong if isinstance(wrong, Doubt) else _no_year(match[0])
    return certain_day(year, month, day, match[0])


def _year_first(match: re.Match[str], year: int | None) -> date | Doubt:
    return certain_day(int(match["y"]), int(match["m"]), int(match["d"]), match[0])


def _year_last(match: re.Match[str], year: int | None) -> date | Doubt:
    """Three short numbers: the year may stand first or last, day and month in either order."""
    a, b, c = match["a"], match["b"], match["c"]
    year_first = (a, b, c)
    day_first, month_first = (c, b, a), (c, a, b)
    if len(c) == 4:
        orders = [day_first, month_first]
    elif len(a) == 2 and int(a) >= _OLDEST_SURE_SHORT_YEAR:
        # 26-3-5: offices here write the year first; with strokes the foreign orders occur too.
        rival = _full_or_short(c, int(b), int(a), match[0])
        foreign = isinstance(rival, date) and len(c) == 2 and (match["s"] == "/" or rival.year == year)
        orders = [year_first, day_first] if foreign else [year_first]
        if year is not None and 2000 + int(a) == year:
            orders = [year_first]
    elif len(c) == 2:
        orders = [day_first, month_first] + ([year_first] if len(a) == 2 else [])
    elif len(a) == 2 and int(a) > 12:
        orders = [year_first]
    else:
        return _unclear_order(match[0])
    found = [_full_or_short(y, int(m), int(d), match[0]) for y, m, d in orders]
    days = {day for day in found if isinstance(day, date)}
    if len(days) > 1:
        return _unclear_order(match[0])
    return days.pop() if days else found[0]


def _english(match: re.Match[str], year: int | None) -> date | Doubt:
    month = _MONTHS.index(match["mon"].lower()[:3]) + 1
    day = int(match["d"])
    if match["y"]:
        return _full_or_short(match["y"], month, day, match[0])
    if year is None:
        return _no_year(match[0])
    return certain_day(year, month, day, match[0])


def _sheet_style(match: re.Match[str], year: int | None) -> date | Doubt:
    """`1-2月-25`: what Excel makes of d-mmm-yy where months are Chinese."""
    if len(match["y"]) == 2 and int(match["y"]) < _OLDEST_SURE_SHORT_YEAR:
        return _unclear_order(match[0])
    return _marked(match, year)


def _no_day(match: re.Match[str], year: int | None) -> date | Doubt:
    return doubt("day-missing", match[0], messages.NO_DAY())


def _full_or_short(year: str, month: int, day: int, written: str) -> date | Doubt:
    if len(year) == 4:
        return certain_day(int(year), month, day, written)
    if len(year) != 2 or int(year) > _NEWEST_SHORT_YEAR:
        return doubt("year-unlikely", written, messages.UNCLEAR_YEAR())
    return certain_day(2000 + int(year), month, day, written)


def _number(written: str) -> int | None:
    word = "".join(written.split())
    if word == "元":
        return 1
    return int(word) if word[0] in "0123456789" and word.isdigit() else parse_numeral(word)


def _no_year(written: str) -> Doubt:
    return doubt("year-missing", written, messages.NO_YEAR())


def _unclear_order(written: str) -> Doubt:
    return doubt("ambiguous-date", written, messages.SEVERAL_DAYS())


def not_a_date(written: str) -> Doubt:
    """The Doubt about text that writes no day."""
    return doubt("not-a-date", written, messages.NO_DATE())


def _style(needed: str, pattern: str, reader: _Reader) -> _Style:
    return needed, re.compile(pattern, re.IGNORECASE), reader


_VOWELS = "aeouAEOU"
_BEFORE = rf"(?<![0-9{_DIGITS}])"
_SHORT_YEAR = r"(?P<y>(?:19|20)[0-9]{2})"
_ORDINAL = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_NUMBER = r"[0-9]{1,2}"
_SHEET_MONTH_YEAR = (
    rf"(?P<m>{_NUMBER}|[{_NUMBERS}]{{1,2}})月-(?P<y>[0-9]{{4}}|[0-9]{{2}})(?![0-9:]|\s*[月日号號])"
)
_STYLES = (
    _style("年", rf"{_BEFORE}{_MARKED_YEAR}{_MARKED_MONTH}{_MARKED_DAY}", _marked),
    _style(
        "月",
        rf"(?<![0-9.])(?P<y>[0-9]{{4}})\s*{_SEP}\s*(?P<m>{_NUMBER})\s*月\s*(?P<d>{_NUMBER})\s*[日号號]",
        _year_first,
    ),
    _style(
        "-./\\。、·,_",
        rf"(?<![0-9.])(?P<y>[0-9]{{4}})\s*(?P<s>{_SEP})\s*(?P<m>{_NUMBER})\s*(?P=s)\s*(?P<d>{_DAY_DIGITS})(?:\s*日)?",
        _year_first,
    ),
    _style(
        " \t",
        rf"(?<![0-9.:]){_SHORT_YEAR}[ \t]+(?P<m>{_NUMBER})[ \t]+(?P<d>{_NUMBER})(?![0-9:.])",
        _year_first,
    ),
    _style("12", rf"(?<![0-9.a-z]){_SHORT_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})(?![0-9])", _year_first),
    _style(
        _VOWELS,
        rf"(?<![0-9.]){_ORDINAL}[\s\-/.,]*(?:of\s+)?{_MONTH}"
        r"(?:[\s\-/.,']*(?P<y>[0-9]{4}|[0-9]{2})(?![0-9:]))?",
        _english,
    ),
    _style(
        _VOWELS,
        rf"(?<![a-z]){_MONTH}\s*{_ORDINAL}(?![0-9:])(?:\s*,?\s*(?P<y>[0-9]{{4}})(?![0-9:]))?",
        _english,
    ),
    _style(
        "-./",
        rf"(?<![0-9./-])(?P<a>{_NUMBER})\s*(?P<s>[-./])\s*(?P<b>{_NUMBER})\s*(?P=s)\s*"
        rf"(?P<c>[0-9]{{4}}(?![0-9:])|{_DAY_DIGITS})",
        _year_last,
    ),
    _style("月", rf"(?<![0-9./-])(?P<d>{_NUMBER})-{_SHEET_MONTH_YEAR}", _sheet_style),
    _style(
        "月",
        rf"(?<![0-9.{_NUMBERS}])(?P<m>{_NUMBER}|元|[{_NUMBERS}]{{1,3}})\s*月\s*{_MARKED_DAY}",
        _without_year,
    ),
    _style("年", rf"{_BEFORE}{_MARKED_YEAR}{_MARKED_MONTH}(?![0-9])", _no_day),
    _style("月", rf"(?<![0-9./{_NUMBERS}-]){_SHEET_MONTH_YEAR}", _no_day),
    _style("-./", r"(?<![0-9./-])(?:19|20)[0-9]{2}\s*[-./]\s*(?:1[0-2]|0?[1-9])(?![0-9./-])", _no_day),
)
_SHORT_STYLES = (
    _style(
        "-./",
        rf"(?<![0-9./\-:])(?P<m>{_NUMBER})\s*[-./]\s*(?P<d>{_NUMBER})(?![0-9:/\-]|\.[0-9])",
        _without_year,
    ),
)
