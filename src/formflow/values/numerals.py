"""Whole numbers, in digits and in Chinese numerals, small (三十二) and capital (叁拾贰)."""

from __future__ import annotations

import re
from decimal import Decimal

from formflow.messages import values as messages
from formflow.values.doubt import Doubt, doubt
from formflow.values.folding import dashed, narrow

_SMALL = "零一二三四五六七八九"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_CANONICAL = str.maketrans(
    "〇○◯Oo０壹弌贰貳弍两兩叁參叄弎肆伍陆陸柒捌玖拾佰陌仟阡萬億",
    "零零零零零零一一二二二二二三三三三四五六六七八九十百百千千万亿",
) | {ord("廿"): "二十", ord("卄"): "二十", ord("卅"): "三十", ord("卌"): "四十"}
_SECTION = re.compile(
    r"零?(?:([一二三四五六七八九])千)?零?(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?"
    r"零?([一二三四五六七八九])?"
)
NUMERAL = "零〇○一二三四五六七八九十百千万亿两廿卄卅卌壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟萬億"
"""Every character a Chinese numeral is made of, as the inside of a regular expression's brackets."""
LONGEST = 15
"""Digits; what is longer is not a count or an amount."""


def parse_numeral(text: str) -> int | None:
    """The number that a Chinese numeral writes, or None where it writes none for certain.

    Spoken short forms that leave out the last unit (一万五, 三千五) and pairs that may be a range
    (三五) are None. A row of three digits or more, or one with a zero, is read digit by digit (二〇二六).
    """
    if not text or len(text) > 40:
        return None
    numeral = text.translate(_CANONICAL)
    if not any(unit in numeral for unit in "十百千万亿"):
        return _row_of_digits(numeral)
    if numeral.count("亿") > 1:
        return None
    high, hundred_million, low = numeral.rpartition("亿")
    if not hundred_million:
        return _below_hundred_million(low, follows=False)
    upper = _below_hundred_million(high, follows=False)
    lower = _below_hundred_million(low, follows=True)
    return None if not upper or lower is None else upper * 10**8 + lower


def _row_of_digits(numeral: str) -> int | None:
    if any(character not in _SMALL for character in numeral) or len(numeral) > LONGEST:
        return None
    if len(numeral) == 2 and "零" not in numeral:
        return None
    return int("".join(str(_SMALL.index(character)) for character in numeral))


def _below_hundred_million(numeral: str, *, follows: bool) -> int | None:
    if numeral.count("万") > 1:
        return None
    high, ten_thousand, low = numeral.rpartition("万")
    if not ten_thousand:
        return _section(low, follows=follows)
    upper = _section(high, follows=follows)
    lower = _section(low, follows=True)
    return None if upper is None or not high or lower is None else upper * 10_000 + lower


def _section(numeral: str, *, follows: bool) -> int | None:
    """Four places at most; `follows`: a higher unit stands before it."""
    if not numeral:
        return 0 if follows else None
    match = _SECTION.fullmatch(numeral)
    if (
        match is None
        or "零零" in numeral
        or "零十" in numeral
        or (len(numeral) > 1 and numeral.endswith("零"))
    ):
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    before_ones = numeral[-2:-1]
    if ones and before_ones not in ("零", "十") and (before_ones or follows):
        return None
    return (
        _digit(thousands) * 1000
        + _digit(hundreds) * 100
        + (_digit(tens) if tens else 1 if ten else 0) * 10
        + _digit(ones)
    )


def _digit(character: str | None) -> int:
    return _SMALL.index(character) if character else 0


_PLAIN = re.compile(r"[0-9]{1,15}")
_LABEL = re.compile(r"^(?:[\u4e00-\u9fff]{1,6}\s*:\s*)")
_UNIT = r"(?:页纸|页码|页|頁|张|份|件|个|人|次|天|日|名|条|项|本|套|年度|年|个月|月|位|家|pages?|pp?\.?)"
_WORD = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.0{{1,2}})?|[0-9]{{1,15}}(?:\.0{{1,2}})?|[{NUMERAL}]{{1,20}})"
_ONE = re.compile(
    rf"(?:总共|共计|合计|总计|共有|共|计|总)?({_WORD})(?:\(({_WORD})\))?{_UNIT}?(?:整|正)?(?:\(含[^()]{{1,8}}\))?[。.]?",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"第{_WORD}[页张][,、;/]?(?:总共|共计|共)({_WORD})[页张]|共({_WORD})[页张][,、;/]?第{_WORD}[页张]"
)
_UNIT_ONLY = re.compile(
    rf"(?:第{_UNIT})?[,、;/]?(?:共|共计|合计|总共)?{_UNIT}?[,、;/]?(?:第{_UNIT})?", re.IGNORECASE
)

_PARTED_DIGITS = re.compile(r"[0-9]\s+[0-9]")


def read_integer(text: str) -> int | Doubt | None:
    """A count: `3`, `３页`, `共3页`, `叁`, `十二`, `3.0`; None where only the unit is printed.

    `第3页 共5页` is 5. Fractions, ranges, negatives and two numbers that differ are a Doubt.
    """
    if _PLAIN.fullmatch(text):
        return int(text)
    spaced = _LABEL.sub("", dashed(narrow(text)).strip())
    if _PARTED_DIGITS.search(spaced):  # 3 4: one number with a gap, or two?
        return _not_whole(text)
    written = "".join(spaced.split()).replace("_", "")
    if _UNIT_ONLY.fullmatch(written):
        return None
    if match := _OF.fullmatch(written):
        return _whole(match[1] or match[2], text)
    match = _ONE.fullmatch(written)
    if match is None:
        return _not_whole(text)
    count = _whole(match[1], text)
    if match[2] and not isinstance(count, Doubt) and count != _whole(match[2], text):
        return doubt("numbers-disagree", text, messages.NUMBERS_DISAGREE())
    return count


def _whole(word: str, text: str) -> int | Doubt:
    if word[0].isdigit() and word.isascii():
        return int(word.partition(".")[0].replace(",", ""))
    number = parse_numeral(word)
    return _not_whole(text) if number is None else number


def _not_whole(text: str) -> Doubt:
    return doubt("not-a-whole-number", text, messages.NO_WHOLE_NUMBER())


def to_capital(amount: Decimal) -> str:
    """An amount in yuan as banks write it: 3000 → `人民币叁仟元整`, 1409.50 → `人民币壹仟肆佰零玖元伍角整`.

    Raises:
        ValueError: More than two decimals, not finite, or 10 quadrillion yuan and more.
    Source:
        中国人民银行《支付结算办法》附一「正确填写票据和结算凭证的基本规定」.
    """
    if not amount.is_finite() or abs(amount) >= 10**16:
        raise ValueError(f"{amount} cannot be written in capitals; expected less than 10^16 yuan")
    cents = abs(amount) * 100
    if cents != int(cents):
        raise ValueError(f"{amount} has more than two decimals; round it to 0.01 yuan first")
    yuan, rest = divmod(int(cents), 100)
    jiao, fen = divmod(rest, 10)
    words = "人民币" + ("负" if amount < 0 else "")
    if yuan or not rest:
        words += _capital_whole(yuan) + "元"
    if not rest:
        return words + "整"
    if jiao:
        words += _CAPITAL[jiao] + "角"
    elif yuan:
        words += "零"
    return words + (_CAPITAL[fen] + "分" if fen else "整")


def _capital_whole(number: int) -> str:
    if number == 0:
        return "零"
    sections: list[int] = []
    while number:
        number, section = divmod(number, 10_000)
        sections.append(section)
    words = ""
    gap = False
    for place in range(len(sections) - 1, -1, -1):
        section = sections[place]
        if not section:
            gap = bool(words)
            continue
        if words and (gap or section < 1000):
            words += "零"
        words += _capital_section(section) + ("", "万", "亿", "万")[place]
        if place == 3 and not sections[2]:
            words += "亿"
        gap = False
    return words


def _capital_section(number: int) -> str:
    words = ""
    gap = False
    for place, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if gap and words else "") + _CAPITAL[digit] + unit
            gap = False
        else:
            gap = True
    return words
