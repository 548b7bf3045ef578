"""Amounts of goods with their unit (12.5吨, 43 袋)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from formflow.messages import values as messages
from formflow.values.doubt import Doubt, doubt
from formflow.values.empty import is_empty
from formflow.values.folding import dashed, narrow
from formflow.values.numerals import NUMERAL, parse_numeral

_SAME_UNIT = {
    "t": "吨", "ton": "吨", "tons": "吨", "mt": "吨", "公吨": "吨", "kg": "公斤", "kgs": "公斤", "千克": "公斤", "g": "克",
    "l": "L", "ml": "mL", "m2": "m²", "m3": "m³", "㎡": "m²", "㎥": "m³", "㎏": "公斤", "ℓ": "L", "m²": "m²", "m³": "m³",
}  # fmt: skip
_CHINESE_UNITS = (
    "公吨 公斤 千克 毫升 立方米 平方米 立方 平方 托盘 槽车 罐车 车皮 公里 千米 批次 吨 克 斤 升 方 米 桶 袋 件 箱 瓶 罐 包 个 只 台 套 支 "
    "条 根 块 片 张 卷 捆 车 节 柜 批 次 托 盘 份 盒 筒 打 对 双 壶 听 扎 板 提 篓 坛 枚 颗 粒 组 把 本 册 吨袋 吨桶 户 辆 船 车次"
)
_UNITS = sorted(
    (*_CHINESE_UNITS.split(), *_SAME_UNIT, "pcs", "pc", "bags?", "drums?", "sets?", "cm", "mm", "km", "m"),
    key=len,
    reverse=True,
)
_UNIT = (
    rf"(?P<unit>{'|'.join(unit if unit.endswith('?') else re.escape(unit) for unit in _UNITS)})(?![a-z0-9²³])"
)
_NUMBER = (
    rf"(?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]{{1,15}}(?:\.[0-9]+)?|[{NUMERAL}]{{1,20}}?)"
)
_QUANTITY = re.compile(
    rf"(?:共计|合计|总计|共|计)?{_NUMBER}(?P<scale>万|千(?!克|米)|百)?(?:{_UNIT})?整?", re.IGNORECASE
)
_ONLY_UNIT = re.compile(_UNIT, re.IGNORECASE)
_LABEL = re.compile(r"^[\u4e00-\u9fff]{1,8}\s*:")
_LABEL_UNIT = re.compile(rf"[(\[/:](?:单位:)?{_UNIT}[)\]]?$", re.IGNORECASE)
_SCALES = {"万": 10_000, "千": 1000, "百": 100}
LONGEST_FRACTION = 9


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of goods.

    Attributes:
        amount: Decimal in plain digits without superfluous zeros (`12.5`).
        unit: As written, but for t → 吨 and kg, 千克 → 公斤.
    """

    amount: str
    unit: str


def read_quantity(text: str, *, label: str = "") -> Quantity | Doubt | None:
    """The amount and its unit; None where only the printed unit is there.

    Args:
        label: The label it stands under; its unit in brackets (`数量（吨）`) holds where the text has none.
    """
    if is_empty(text):
        return None
    written = "".join(_LABEL.sub("", dashed(narrow(text))).split()).replace("_", "").rstrip("。.")
    if _ONLY_UNIT.fullmatch(written):
        return None
    match = _QUANTITY.fullmatch(written)
    number = _number(match["number"]) if match else None
    if match is None or number is None:
        return doubt("not-a-quantity", text, messages.NO_QUANTITY())
    unit = match["unit"]
    if unit is None and (heading := _LABEL_UNIT.search("".join(narrow(label).split()).rstrip(":"))):
        unit = heading["unit"]
    if unit is None:
        return doubt("unit-missing", text, messages.QUANTITY_WITHOUT_UNIT())
    amount = number * _SCALES.get(match["scale"] or "", 1)
    return Quantity(f"{amount.normalize():f}", _SAME_UNIT.get(unit.lower(), unit))


def _number(word: str) -> Decimal | None:
    if word[0] in "0123456789":
        if len(word.partition(".")[2]) > LONGEST_FRACTION:
            return None
        return Decimal(word.replace(",", ""))
    whole = parse_numeral(word)
    return None if whole is None else Decimal(whole)
