"""Made-up records of any form, value by value of its field types."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from formflow.forms.spec import Field, FieldType, Form

from .papers import AREAS, company, person

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_TEXTS = (
    "经老客户介绍，三次上门拜访后试样。",
    "客户反映到货 12 桶有渗漏；现场拍照。",
    "价格<5%以内可谈 & 月底前签约",
    "约 9:30 到店，陈列：2 个端架",
    "HT-2026/031（补）",
    "第1项、第2项均已完成",
    "联系人：王五 电话：另附",
)
_LONG = "一、情况：客户为新建厂，月用量约3吨。\n二、过程：2026年2月拜访，3月试样；经多次沟通，同意先小批量采购，再视质量情况签年度合同。\n三、结果：已下首单。"


def record_of(
    form: Form, dice: random.Random, *, none: bool = False, head: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A record with most fields filled; `none` lets some be a written 无; `head` gives values instead."""
    values = _values(form.fields, dice, none=none)
    return {item.id: values[item.id] for item in form.fields if item.id in values} | (head or {})


def _values(fields: Iterable[Field], dice: random.Random, *, none: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for item in fields:
        if not item.required and dice.random() < 0.15:
            continue
        if none and not item.required and item.type is not FieldType.ROWS and dice.random() < 0.2:
            values[item.id] = None
        else:
            values[item.id] = value_of(item, dice, none=none)
    return values


def value_of(item: Field, dice: random.Random, *, none: bool = False) -> Any:
    """A value of the field's type in the JSON contract's form."""
    day = date(2026, 1, 1) + timedelta(days=dice.randrange(300))
    match item.type:
        case FieldType.DATE:
            return day.isoformat()
        case FieldType.DATETIME:
            if dice.random() < 0.3:
                return day.isoformat()
            return f"{day.isoformat()}T{dice.randrange(7, 20):02}:{dice.randrange(0, 60, 5):02}"
        case FieldType.MONEY:
            return f"{dice.randrange(100, 9_000_000)}.{dice.choice(('00', '50', '05'))}"
        case FieldType.INTEGER:
            return 2026 if item.id == "year" else dice.randrange(1, 90)
        case FieldType.QUANTITY:
            return {
                "amount": dice.choice(("12.5", "3", "0.75", "120")),
                "unit": dice.choice(("吨", "桶", "公斤")),
            }
        case FieldType.PHONE:
            return dice.choice(
                ("0755-26881234", "13800138000", "0757-86123456转801", "13900139000、020-87654321")
            )
        case FieldType.USCC:
            return _uscc(dice)
        case FieldType.PERSON:
            return person(dice)
        case FieldType.ORGANISATION:
            return company(dice, dice.randrange(1, 99))
        case FieldType.CHOICE:
            return dice.choice(list(item.options))
        case FieldType.CHOICES:
            ids = list(item.options)
            chosen = set(dice.sample(ids, dice.randrange(1, len(ids) + 1)))
            return [id for id in ids if id in chosen]
        case FieldType.SIGNATURE:
            signed = dice.random() < 0.8
            return {"present": True, "name": person(dice), "date": day.isoformat() if signed else None}
        case FieldType.ROWS:
            return [_values(item.fields, dice, none=none) for _ in range(dice.randrange(1, 5))]
    return _text(item, dice)


def _text(item: Field, dice: random.Random) -> str:
    if item.id == "area":
        return dice.choice(AREAS)
    if item.id.endswith("_no"):
        return f"{dice.choice(('XSB', 'A', 'HT'))}-{dice.randrange(2020, 2027)}-{dice.randrange(1, 999):03}"
    return _LONG if dice.random() < 0.1 else dice.choice(_TEXTS)


def _uscc(dice: random.Random) -> str:
    body = "91440300" + "".join(dice.choice(_USCC) for _ in range(9))
    total = sum(_USCC.index(c) * weight for c, weight in zip(body, _WEIGHTS, strict=True))
    return body + _USCC[(31 - total % 31) % 31]
