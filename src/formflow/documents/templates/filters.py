"""The filters that a template may use, each by an English and a Chinese name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace as changed
from datetime import datetime
from typing import Any

from jinja2 import Undefined
from jinja2.filters import FILTERS as JINJA

from formflow.documents.templates.display import Shown, as_datetime, as_decimal, show_date, show_money
from formflow.documents.templates.problem import Unfillable
from formflow.messages import templates as messages
from formflow.values.numerals import to_capital

_DIGITS = "〇一二三四五六七八九"
_SHORT_PHONE = 7
_LONGEST = 1_000_000
"""Characters that joining and replacing may make of a text, so that a chain of them cannot fill the memory."""


def capital(amount: Any) -> str:
    """`12000.00` → `人民币壹万贰仟元整`; anything that is no amount as it is."""
    found = as_decimal(_plain(amount))
    return _text(amount) if found is None else to_capital(found)


def chinese_date(value: Any) -> str:
    """`2026-03-05` → `2026年3月5日`, without the time of day."""
    found = as_datetime(_plain(value))
    if found is None:
        return _text(value)
    return show_date(found.date() if isinstance(found, datetime) else found)


def formal_date(value: Any) -> str:
    """`2026-03-05` → `二〇二六年三月五日`, as official letters are dated."""
    found = as_datetime(_plain(value))
    if found is None:
        return _text(value)
    year = "".join(_DIGITS[int(digit)] for digit in str(found.year))
    return f"{year}年{_small(found.month)}月{_small(found.day)}日"


def money(value: Any) -> str:
    """`12000.00` → `¥12,000.00`."""
    return _text(value) if as_decimal(_plain(value)) is None else show_money(_plain(value))


def mask(phone: Any) -> str:
    """`13800138000` → `138****8000`: the four digits before the last four, of each number."""
    return "、".join(_masked(part) for part in _text(phone).split("、"))


def optional(value: Any, otherwise: str = "") -> Any:
    """Allows a name that is not there: prints `otherwise` in its place, and for a blank too."""
    if isinstance(value, Undefined) or value is None or value == "":
        return otherwise
    return otherwise if isinstance(value, Shown) and not value.text else value


def sentence(value: Any) -> str:
    """The text with a full stop at its end, and only one."""
    text = _text(value).strip()
    return text if not text or text[-1] in "。！？；…" else f"{text.rstrip('.,，、')}。"


def one_line(value: Any) -> str:
    return " ".join(_text(value).split())


def lines(value: Any) -> list[Any]:
    """The lines of a text, without blank ones; one empty line where there is nothing. Rich text stays whole."""
    if hasattr(value, "runs"):
        return [value]
    return [line for line in _text(value).splitlines() if line.strip()] or [""]


def join(values: Iterable[Any], separator: str = "") -> str:
    return _bounded(separator.join(_text(value) for value in values))


def replace(value: Any, old: str, new: str) -> str:
    return _bounded(_text(value).replace(old, new))


def default(value: Any, otherwise: Any = "", blank_too: bool = False) -> Any:
    """Jinja's `default`: stands in for a name that is not there, with `true` for anything empty too."""
    return otherwise if isinstance(value, Undefined) or (blank_too and not value) else value


def same(value: Any) -> Any:
    """`|e`: every value is escaped anyhow, once."""
    return value


def number(kind: str) -> Callable[..., Any]:
    """Jinja's `float` or `int` of what a value is, not of how it is printed: Jinja makes 0 of `¥12,000.00`."""

    def convert(value: Any, *others: Any, **named: Any) -> Any:
        return JINJA[kind](_plain(value), *others, **named)

    return convert


def as_text(value: Any) -> str:
    return _text(value)


def wide(picture: Any, millimetres: float) -> Any:
    """A picture at another width."""
    return (
        changed(picture, width_mm=float(millimetres), height_mm=0.0)
        if hasattr(picture, "width_mm")
        else picture
    )


def at(picture: Any, left: float, top: float) -> Any:
    """A picture that stands fixed on the page, millimetres from its left and top, and moves no text."""
    return changed(picture, at_mm=(float(left), float(top))) if hasattr(picture, "at_mm") else picture


def items(group: Any) -> list[tuple[str, Any]]:
    """The names and values of a group, for `{% for name, value in group|items %}`."""
    return list(group.items()) if isinstance(group, Mapping) else []


def times(count: int, factor: int) -> int:
    """For `{% hm %}`: the columns that a merged cell covers."""
    return count * factor


def length(values: Any) -> int:
    return len(values.text) if isinstance(values, Shown) else len(values)


def first(values: Any) -> Any:
    return next(iter(values), None)


def last(values: Any) -> Any:
    return next(reversed(values), None)


FILTERS: dict[str, Callable[..., Any]] = {
    "capital": capital,
    "大写金额": capital,
    "date": chinese_date,
    "年月日": chinese_date,
    "formal_date": formal_date,
    "大写日期": formal_date,
    "money": money,
    "金额": money,
    "mask": mask,
    "脱敏": mask,
    "optional": optional,
    "可空": optional,
    "sentence": sentence,
    "成句": sentence,
    "one_line": one_line,
    "lines": lines,
    "join": join,
    "times": times,
    "length": length,
    "count": length,
    "first": first,
    "last": last,
    "replace": replace,
    "default": default,
    "d": default,
    "e": same,
    "escape": same,
    "string": as_text,
    "items": items,
    "float": number("float"),
    "int": number("int"),
    "wide": wide,
    "宽": wide,
    "at": at,
    "位置": at,
    **{
        name: JINJA[name]
        for name in (
            "abs capitalize dictsort list lower map max min reject rejectattr reverse round select"
            " selectattr sort sum title trim truncate unique upper wordcount"
        ).split()
    },
}
"""By name. Of Jinja's own only those that can neither reach into an object nor make much of little."""

NEVER = frozenset(("random", "safe"))
"""Filters of Jinja that no engine takes: the same values give the same document, and values are escaped."""


def _bounded(text: str) -> str:
    if len(text) > _LONGEST:
        raise Unfillable(messages.TEXT_TOO_LONG(most=_LONGEST))
    return text


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Shown) else value


def _text(value: Any) -> str:
    if isinstance(value, Undefined):
        return str(value)  # raises: the name is unknown
    return "" if value is None else str(value)


def _masked(phone: str) -> str:
    places = [i for i, character in enumerate(phone) if character.isdigit()]
    # The digits of an extension (转8001) are not the number's own.
    if "转" in phone:
        places = [i for i in places if i < phone.index("转")]
    if len(places) < _SHORT_PHONE:
        return phone
    hidden = set(places[-8:-4])
    return "".join("*" if i in hidden else character for i, character in enumerate(phone))


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
        _DIGITS[ones] if ones else ""
    )
