"""Amounts of money in yuan, in digits, with units, in capitals, or in two of these side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from formflow.messages import Bilingual
from formflow.messages import values as messages
from formflow.values.doubt import Doubt, doubt
from formflow.values.empty import is_empty
from formflow.values.folding import dashed, narrow
from formflow.values.numerals import NUMERAL, parse_numeral

CENT = Decimal("0.01")

_SCALES = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "万亿": 10**12,
}  # fmt: skip
_COINS = {
    "元": Decimal(1),
    "圆": Decimal(1),
    "圓": Decimal(1),
    "块": Decimal(1),
    "角": Decimal("0.1"),
    "分": Decimal("0.01"),
}
_PLAIN = re.compile(r"¥?([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(\.[0-9]{1,2})?元?")
_FOREIGN = re.compile(
    r"\$|€|£|₩|₽|(?<![a-z])(?:usd|us|hkd|eur|gbp|jpy|krw|aud|cad|twd|sgd)(?![a-z])|美元|美金|美圆|欧元|英镑|港元|港币|港幣|日元|日圆|日币"
    r"|韩元|韩币|卢布|澳元|加元|台币|新币|瑞郎|泰铢",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"约|大概|左右|上下|以上|以下|以内|以外|不超|超过|不低于|不高于|不少于|不多于|至少|至多|最多|最少|最高|最低|起|多|余|近|将|几|数|许|到|至|~|≈|≥|≤|>|<|\+"
    r"|[0-9千百万亿元]\s*-+\s*[0-9¥一二三四五六七八九十]|或|/[0-9]|[0-9]\s*/"
)
_NEGATIVE = re.compile(r"(?:^|[¥元:])\s*-\s*[0-9¥]|负|^\((?=[^)]*[0-9])[^()]*\)$|▲|△|红字")
_PERIOD = re.compile(
    r"(?:/|每|一)\s*个?(?P<unit>月|年|季度|季|周|天|日|次|单|吨|件|人|批|票|kg|t(?![a-z]))|(?P<average>月|年|日)均",
    re.IGNORECASE,
)
_CAPITAL_WHOLE = rf"(?:(?P<whole>[{NUMERAL}]{{1,30}})\s*[元圆圓块](?:钱)?)?"
_CAPITAL = re.compile(
    rf"{_CAPITAL_WHOLE}\s*零?(?:(?P<jiao>[零〇一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖])\s*角)?"
    rf"\s*零?(?:(?P<fen>[零〇一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖])\s*分)?\s*[整正]?"
)
_NUMERAL_ONLY = re.compile(rf"[{NUMERAL}]{{1,30}}[整正]?")
_NUMBER = r"(?:[0-9][0-9,]*(?:\.[0-9,.]*[0-9])?|\.[0-9]+)"
_TERM = re.compile(
    rf"(?P<sign>¥?)\s*(?P<number>{_NUMBER})\s*(?P<scale>万亿|[十百千]?[万亿]|[百千十])?\s*(?P<coin>[元圆圓块角分])?钱?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SIMPLE = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_LABEL_UNIT = re.compile(
    r"(亿|千万|百万|十万|万|千|百)\s*元|[(\[/:]\s*(?:人民币)?\s*(万|亿|千万|百万)\s*(?:[)\]/]|$)"
)
_HARMLESS = re.compile(
    r"[\s()\[\]【】:;,.。、*#]+|人民币|rmb|cny|¥|元|圆|整|正|大写|小写|合计|总计|共计|总额|金额|共|计|即|折合|含税价?|税前|为|是|的",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[\u4e00-\u9fff()/ ]{1,14}:\s*")
_LONGEST = 15
_SURELY_YUAN = 10_000
"""A whole number from here on under a label in 万元 is more likely to be yuan: asked, never scaled."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """One amount found; `scaled`: it names its own unit, so the label's does not apply."""

    value: Decimal
    scaled: bool
    symbol: bool = False
    capital: bool = False


def read_money(text: str, *, label: str = "") -> Decimal | Doubt | None:
    """The amount in yuan with two places; None where only the printed unit or symbol is there.

    Args:
        label: The label it stands under: its unit (`金额（万元）`) holds where the text names none, its
            period (`元/月`) must be the text's own.
    """
    if not label and (plain := _PLAIN.fullmatch(text)):
        return Decimal(plain[1].replace(",", "") + (plain[2] or "")).quantize(CENT)
    if is_empty(text):
        return None
    written = dashed(narrow(text)).strip().replace("円", "日元").replace("￥", "¥").replace("_", " ")
    if len(written) > 100:
        return _unreadable(text)
    written = re.sub(r"(?<=[0-9])\s*([,.])\s*(?=[0-9])", r"\1", _LABEL.sub("", written))
    heading = narrow(label)
    if not _HARMLESS.sub("", re.sub("[万千百亿]", "", written)):
        return None
    if wrong := _objection(written, heading, text):
        return wrong
    found = _amounts(written, text)
    if isinstance(found, Doubt):
        return found
    return _settle(found, heading, text)


def _objection(written: str, heading: str, text: str) -> Doubt | None:
    """What keeps the text from being one exact amount in yuan, whatever its number is."""
    if _FOREIGN.search(written) or _FOREIGN.search(heading):
        return doubt("foreign-currency", text, messages.OTHER_CURRENCY())
    for match in _PERIOD.finditer(written):
        unit = match["unit"] or match["average"]
        if not (unit == "月" and ("年" not in heading or "月" in heading)) and unit not in heading:
            return doubt("other-period", text, messages.AMOUNT_PER_UNIT(unit=unit))
    bare = _PERIOD.sub("", written)
    if _NEGATIVE.search(bare):
        return doubt("negative-amount", text, messages.NEGATIVE_AMOUNT())
    if _ABOUT.search(bare):
        return doubt("not-exact", text, messages.INEXACT_AMOUNT())
    return None


def _amounts(written: str, text: str) -> list[_Amount] | Doubt:
    """Every amount in the text; a Doubt where a number is malformed or words are left over."""
    found: list[_Amount] = []
    rest = _PERIOD.sub(" ", written)
    run: list[re.Match[str]] = []
    pieces: list[str] = []
    end = 0
    for term in _TERM.finditer(rest):
        between = rest[end : term.start()]
        if run and (
            between.strip() or term["sign"] or (run[-1]["scale"] is None and run[-1]["coin"] is None)
        ):
            pieces.append("\n")
            amount = _sum(run, text)
            if isinstance(amount, Doubt):
                return amount
            found.append(amount)
            run = []
        pieces.append(between)
        run.append(term)
        end = term.end()
    if run:
        amount = _sum(run, text)
        if isinstance(amount, Doubt):
            return amount
        found.append(amount)
    pieces.append("\n" + rest[end:] if run else rest[end:])
    for clause in re.split(
        r"[\n()\[\]【】:;,。¥]|大写|小写|人民币|合计|共计|即|rmb|cny", "".join(pieces), flags=re.IGNORECASE
    ):
        word = "".join(clause.split())
        if not word or not _HARMLESS.sub("", word):
            continue
        capital = _capital(word)
        if capital is None:
            return _unreadable(text)
        found.append(capital)
    return found or _unreadable(text)


def _sum(run: list[re.Match[str]], text: str) -> _Amount | Doubt:
    """One amount of the terms 1亿, 2000万元; each must be smaller than the unit before it."""
    total, smallest = Decimal(0), None
    for term in run:
        number = _number(term["number"], text, alone=len(run) == 1 and not term["scale"])
        if isinstance(number, Doubt):
            return number
        unit = _SCALES[term["scale"] or ""] * _COINS.get(term["coin"] or "", Decimal(1))
        if smallest is not None and (number * unit >= smallest or not (term["scale"] or term["coin"])):
            return _unreadable(text)
        total, smallest = total + number * unit, unit
    scaled = any(term["scale"] or term["coin"] for term in run)
    return _Amount(total, scaled=scaled, symbol=bool(run[0]["sign"]))


def _number(written: str, text: str, *, alone: bool) -> Decimal | Doubt:
    if _GROUPED.fullmatch(written):
        digits = written.replace(",", "")
    elif _SIMPLE.fullmatch(written):
        digits = written
    else:
        return doubt("malformed-number", text, messages.MISPLACED_SEPARATORS())
    whole, _, decimals = digits.partition(".")
    if len(whole) > _LONGEST or len(decimals) > 24:
        return _unreadable(text)
    if alone and len(decimals) == 3 and decimals == "000" and 1 <= len(whole) <= 3 and int(whole):
        # 3.000 is three yuan here and three thousand elsewhere.
        return doubt("malformed-number", text, messages.POINT_OR_THOUSANDS())
    number = Decimal(digits)
    if len(digits) >= 16 and len(decimals) >= 9:
        # A spreadsheet's binary fraction: 27.3 comes as 27.299999999999997.
        near = number.quantize(Decimal("0.000001"))
        if abs(number - near) < Decimal("1e-9") * max(Decimal(1), number):
            return near
    return number


def _capital(word: str) -> _Amount | None:
    match = _CAPITAL.fullmatch(word)
    if match and any(match.groups()):
        whole = parse_numeral(match["whole"]) if match["whole"] else 0
        if whole is None:
            return None
        jiao, fen = (parse_numeral(match[part]) if match[part] else 0 for part in ("jiao", "fen"))
        return _Amount(
            Decimal(whole) + Decimal(jiao or 0) / 10 + Decimal(fen or 0) / 100, scaled=True, capital=True
        )
    if _NUMERAL_ONLY.fullmatch(word):
        number = parse_numeral(word.rstrip("整正"))
        if number is not None:
            units = any(unit in word for unit in "千仟百佰万萬亿億十拾")
            return _Amount(Decimal(number), scaled=units, capital=True)
    return None


def _settle(found: list[_Amount], heading: str, text: str) -> Decimal | Doubt:
    unit = _LABEL_UNIT.search(heading)
    scale = _SCALES[unit[1] or unit[2]] if unit else 1
    values: list[Decimal] = []
    for amount in found:
        value = amount.value
        if scale > 1 and not amount.scaled:
            if amount.symbol or (value >= _SURELY_YUAN and scale >= _SURELY_YUAN):
                return doubt(
                    "unit-unclear",
                    text,
                    messages.UNCLEAR_UNIT(unit=Bilingual(unit[0].strip("([/: )]") if unit else "", "")),
                )
            value *= scale
        values.append(value)
    if len(set(values)) > 1:
        if any(amount.capital for amount in found) and not all(amount.capital for amount in found):
            return doubt("amount-disagrees", text, messages.DIGITS_AND_CAPITALS_DISAGREE())
        return doubt("two-amounts", text, messages.SEVERAL_AMOUNTS())
    value = values[0]
    if value >= 10**_LONGEST:
        return _unreadable(text)
    cents = value.quantize(CENT)
    if cents != value:
        return doubt("too-many-decimals", text, messages.FRACTIONS_OF_CENT())
    return cents


def _unreadable(text: str) -> Doubt:
    return doubt("not-an-amount", text, messages.NO_AMOUNT())
