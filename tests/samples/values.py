"""How one value is written on a form, beside what it means in the contract's normal form."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random

from .page import Content, plain

ABSENT = object()
"""The truth of a blank, a placeholder or unticked options: the key is missing."""

_SMALL = "〇一二三四五六七八九"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True)
class Value:
    content: Content
    truth: object = ABSENT
    native: object = None
    number_format: str = "General"


def blank() -> Value:
    return Value(((),))


def wide(text: str) -> str:
    """Full-width digits and signs."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def small(number: int) -> str:
    """1..31 in small Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _SMALL[tens] + "十") + (_SMALL[ones] if ones else "")


def write_date(rng: Random, day: date, *, styles: int = 16) -> str:
    y, m, d = day.year, day.month, day.day
    return [
        f"{y}年{m}月{d}日",
        f"{y}年{m:02}月{d:02}日",
        f"{y}-{m:02}-{d:02}",
        f"{y}.{m}.{d}",
        f"{y}/{m}/{d}",
        f"{y}-{m}-{d}",
        f"{y}.{m:02}.{d:02}",
        f"{y}年{m}月{d}号",
        f"{y % 100}-{m}-{d}",
        f"{y}{m:02}{d:02}",
        f"{y} 年 {m} 月 {d} 日",
        wide(f"{y}") + "年" + wide(f"{m}") + "月" + wide(f"{d}") + "日",
        "".join(_SMALL[int(c)] for c in str(y)) + f"年{small(m)}月{small(d)}日",
        f"{y}/{m:02}/{d:02}",
        f"{y % 100}.{m:02}.{d:02}",
        f"{y}．{m}．{d}",
    ][rng.randrange(styles)]


def write_month_day(rng: Random, day: date, style: int) -> str:
    m, d = day.month, day.day
    return [f"{m}月{d}日", f"{m}.{d}", f"{m}/{d}", f"{m:02}-{d:02}", f"{m}月{d}号"][style]


def write_clock(rng: Random, hour: int, minute: int) -> str:
    half = "上午" if hour < 12 else "下午"
    twelve = hour if hour <= 12 else hour - 12
    return rng.choice(
        [
            f" {hour}:{minute:02}",
            f" {hour:02}:{minute:02}",
            f"{hour}时{minute:02}分",
            f" {hour}时{minute:02}分",
            f" {hour}：{minute:02}",
            f" {hour}点{minute:02}分" if minute else f" {hour}点",
            f"{half}{twelve}:{minute:02}",
            f" {half}{twelve}时{minute}分" if minute else f" {half}{twelve}时",
            f" {half}{twelve}点半"
            if minute == 30
            else f" {half}{twelve}点{minute:02}分"
            if minute
            else f"{half}{twelve}点",
        ]
    )


def join_clock(written: str, time: str) -> str:
    """A date and a time of day; two digits never touch."""
    return written + time if written[-1] in "日号" or not time[0].isdigit() else f"{written} {time}"


def clock(rng: Random) -> tuple[int, int]:
    return rng.choice([8, 9, 10, 11, 13, 14, 15, 16, 17]), rng.choice([0, 5, 10, 15, 20, 30, 30, 40, 45, 55])


def capitals(amount: Decimal) -> str:
    """Capitals of an amount below 100 million yuan, with 整 or 角分."""
    whole, cents = divmod(int(amount * 100), 100)
    text = _section(whole // 10000, "万") + _section(whole % 10000, "", after=whole >= 10000)
    text = (text or "零") + "元"
    if not cents:
        return text + "整"
    jiao, fen = divmod(cents, 10)
    return text + (_CAPITAL[jiao] + "角" if jiao else "零") + (_CAPITAL[fen] + "分" if fen else "整")


def _section(number: int, unit: str, *, after: bool = False) -> str:
    if not number:
        return ""
    text, gap = "", after and number < 1000
    for power, sign in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if gap else "") + _CAPITAL[digit] + sign
            gap = False
        elif text and number:
            gap = True
    return text + unit


def amount(rng: Random, *, least: int = 1, most: int = 900) -> Decimal:
    """Round, as amounts on forms mostly are, now and then to the cent."""
    value = Decimal(rng.randint(least, most)) * rng.choice([100, 100, 500, 1000, 1000])
    return value + Decimal(rng.randint(1, 99999)) / 100 if rng.random() < 0.12 else value


def write_money(rng: Random, value: Decimal, unit: str) -> str:
    """The amount (in yuan) as written beside a label with this unit: '', 元, 元/月 or 万元."""
    if unit == "万元":
        wan = f"{(value / 10000).normalize():f}"
        return rng.choice([wan, wan, wan, f"{wan}万元", f"{wan}万", wide(wan)])
    exact = value == value.to_integral_value()
    digits = f"{value:.2f}" if not exact or rng.random() < 0.3 else f"{value:.0f}"
    grouped = f"{Decimal(digits):,}"
    if unit:
        return rng.choice([digits, grouped, grouped, f"¥{grouped}", wide(digits), f"{grouped}元"])
    forms = [
        digits + "元",
        grouped + "元",
        f"¥{grouped}",
        f"￥{grouped}",
        "￥" + wide(digits),
        f"人民币{grouped}元",
        f"RMB {grouped}",
        capitals(value),
        f"人民币{capitals(value)}",
        f"{capitals(value)}（¥{value:,.2f}）",
        f"人民币（大写）{capitals(value)}  ￥{value:.2f}",
        f"小写：¥{value:.2f}  大写：{capitals(value)}",
        f"{digits} 元",
    ]
    if value % 100 == 0:
        forms += [f"{(value / 10000).normalize():f}万元", f"{(value / 10000).normalize():f}万"]
    if value % 1000 == 0 and value < 10000:
        forms.append(f"{value // 1000}千元")
    return rng.choice(forms)


def write_phone(rng: Random) -> tuple[str, str]:
    """(as written, truth)."""
    text = _one_phone(rng)
    if rng.random() < 0.12:
        text += rng.choice(["、", "；", "; ", "，"]) + _one_phone(rng)
    truth = "".join(unicodedata.normalize("NFKC", text).split()).replace(";", "、").replace(",", "、")
    return text, truth


def _one_phone(rng: Random) -> str:
    if rng.random() < 0.45:
        number = rng.choice(["134", "139", "150", "158", "186", "188", "199"]) + f"{rng.randrange(10**8):08}"
        return rng.choice(
            [
                number,
                number,
                f"{number[:3]} {number[3:7]} {number[7:]}",
                f"{number[:3]}-{number[3:7]}-{number[7:]}",
                wide(number),
            ]
        )
    return landline(rng) + (f"转{rng.randint(100, 8999)}" if rng.random() < 0.15 else "")


def landline(rng: Random) -> str:
    code = rng.choice(["0756", "0760", "0769", "0771", "0591", "025", "0532", "028", "0898"])
    number = f"{rng.randint(2, 8)}{rng.randrange(10**6):06}" + (
        "" if code in {"0771", "0898", "0756"} else str(rng.randrange(10))
    )
    return rng.choice(
        [
            f"{code}-{number}",
            f"{code}-{number}",
            f"({code}){number}",
            f"（{code}）{number}",
            f"{code} - {number}",
            wide(f"{code}-{number}"),
            number,
            f"{code}{number}",
            f"{code}－{number}",
        ]
    )


def uscc(rng: Random, prefix: str = "") -> str:
    """A credit code whose check character is right (GB 32100-2015)."""
    body = prefix or rng.choice(["91", "91", "91", "92", "12", "N1", "Y1"]) + str(
        rng.choice([440400, 450100, 350200, 320100, 370200])
    )
    body += "".join(rng.choice(_USCC) for _ in range(17 - len(body)))
    total = sum(_USCC.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return body + _USCC[(31 - total % 31) % 31]


def write_uscc(rng: Random, code: str) -> str:
    return rng.choice(
        [
            code,
            code,
            code,
            code.lower(),
            wide(code),
            f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:16]} {code[16:]}",
        ]
    )


def write_integer(rng: Random, number: int, unit: str = "页") -> str:
    return rng.choice(
        [f"{number}"] * 4
        + [
            f"{number}{unit}",
            f"共{number}{unit}",
            wide(str(number)),
            f"{number} {unit}",
            small(number) + unit,
            _CAPITAL[number] if number < 10 else str(number),
        ]
    )


def write_person(rng: Random, name: str) -> str:
    return (
        f"{name[0]}{rng.choice([' ', '　', '  '])}{name[1]}"
        if len(name) == 2 and rng.random() < 0.25
        else name
    )


def write_organisation(rng: Random, name: str) -> str:
    narrow = name.replace("（", "(").replace("）", ")")
    return (
        rng.choice([name, name, narrow, narrow.replace("(", " (").replace(")", ") ")])
        if narrow != name
        else name
    )


def quantity(rng: Random) -> tuple[str, dict[str, str]]:
    unit = rng.choice(["吨", "吨", "吨", "桶", "袋", "件", "公斤", "箱", "t", "kg"])
    number = (
        f"{rng.randint(1, 600)}"
        if rng.random() < 0.6 or unit in "桶袋件箱"
        else f"{rng.randint(1, 90)}.{rng.randint(1, 9)}"
    )
    truth = {"amount": number, "unit": {"t": "吨", "kg": "公斤"}.get(unit, unit)}
    return rng.choice(
        [f"{number}{unit}", f"{number} {unit}", wide(number) + unit, f"{Decimal(number):,}{unit}"]
    ), truth


def excel_native(rng: Random, when: date | datetime) -> tuple[object, str]:
    """A real Excel date and one of the number formats offices use."""
    if isinstance(when, datetime):
        return when, rng.choice(
            ["yyyy-mm-dd hh:mm", 'yyyy"年"m"月"d"日" h"时"mm"分"', "yyyy/m/d h:mm", "m/d/yy h:mm"]
        )
    return datetime(when.year, when.month, when.day), rng.choice(
        [
            "yyyy-mm-dd",
            'yyyy"年"m"月"d"日"',
            "yyyy/m/d",
            "mm-dd-yy",
            "yyyy.mm.dd",
            '[$-804]yyyy"年"m"月"d"日";@',
            "d-mmm-yy",
            'm"月"d"日"',
        ]
    )


def text(written: str, truth: object = ABSENT) -> Value:
    """A value whose truth is the text itself unless given."""
    return Value(plain(written), written if truth is ABSENT else truth)
