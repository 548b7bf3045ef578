"""How much room texts and fields need on paper, in points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from formflow.forms.layout.model import Area
from formflow.forms.spec import Field, FieldType
from formflow.model import Box

MM = 72 / 25.4
PAD = 1.8 * MM
"""Between a ruling and what stands in its cell."""
SQUARE = 3.6 * MM
TEXT_SIZE = 10.5
"""五号, the size of office forms."""
LINE = 7.0 * MM
SIGNED_LINE = 8.0 * MM
"""Height of the line to sign on, below an opinion."""
_CAPTION_GAP, _OPTION_GAP = 1.2 * MM, 4.0 * MM
_REMARK = 12.0 * MM
_LATIN = 0.56
_LONGEST_HINT = 10

# Words by which a label asks for sentences, and for more than half a line. A definition has no sizes.
_TALL = re.compile(
    r"经过|评价|支持|内容|情况|描述|说明|要求|诉求|原因|措施|建议|结论|认定|目标|计划|反馈|结果|意见|分析|过程|总结"
)
_SHORT = re.compile(r"(?:编号|号码|号|日期|时间|人|部门|单位|方式|周期|金额|数量|页数)$")
_WIDE = re.compile(r"地址|主题|标题|摘要|事由|目的|备注|依据|材料|名称|用途|附件")
_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})

COLUMN_WIDTHS = {
    FieldType.DATE: 24.0,
    FieldType.DATETIME: 30.0,
    FieldType.PERSON: 20.0,
    FieldType.ORGANISATION: 40.0,
    FieldType.MONEY: 24.0,
    FieldType.INTEGER: 13.0,
    FieldType.QUANTITY: 20.0,
    FieldType.PHONE: 30.0,
    FieldType.USCC: 38.0,
    FieldType.SIGNATURE: 28.0,
}
"""Relative widths of columns by type; texts and options by their words."""


def text_width(text: str, size: float) -> float:
    """Width of a text in points; a Chinese character is as wide as its size."""
    return sum(size if ord(c) > 0x2E7F or c in "（），：；“”—…〔〕□☐☑" else _LATIN * size for c in text)


def fitting(text: str, room: float, largest: float, least: float) -> float:
    """The size at which a text fits the room on one line, between two bounds."""
    width = text_width(text, largest)
    return largest if width <= room else max(round(largest * room / width - 0.05, 1), least)


def is_tall(item: Field) -> bool:
    """Whether sentences are meant to go into the field."""
    words = item.type is FieldType.TEXT and not _SHORT.search(item.label)
    return words and bool(_TALL.search(item.label))


def is_wide(item: Field) -> bool:
    """Whether the field wants a line of its own."""
    if item.type in (FieldType.ORGANISATION, FieldType.SIGNATURE):
        return True
    return is_tall(item) or (item.type is FieldType.TEXT and bool(_WIDE.search(item.label)))


def column_weight(item: Field) -> float:
    """How wide a column is beside others."""
    if item.type in _OPTIONS:
        return max(18.0, 3.7 * len(options_hint(item)))
    if item.type is FieldType.TEXT:
        return 42.0 if is_tall(item) or item.label in ("主题", "事由", "标题") else 24.0
    return COLUMN_WIDTHS[item.type]


def options_hint(item: Field) -> str:
    """The options as the heading of a column prints them, `（C1/C2）`; empty where they are too many."""
    hint = "/".join(texts[0] for texts in item.options.values())
    return f"（{hint}）" if 0 < len(hint) <= _LONGEST_HINT else ""


def options_height(item: Field, width: float) -> float:
    """Height of a cell of that width that holds the field's options."""
    return max(_lines(item, width), 1) * LINE + 2.5 * MM


def options_fit(item: Field, width: float) -> bool:
    """Whether all options stand in one line of a cell of that width."""
    return _lines(item, width) == 1


def place_options(item: Field, box: Box, size: float = TEXT_SIZE) -> tuple[Area, ...]:
    """The squares of a field's options in its cell, with their captions, and the room left for a remark."""
    left, top, right, bottom = box
    lines = _lines(item, right - left)
    height = (bottom - top) / lines
    x, line = left + PAD, 0
    areas: list[Area] = []
    for option, texts in item.options.items():
        wide = SQUARE + _CAPTION_GAP + text_width(texts[0], size)
        if x + wide > right - PAD and x > left + PAD:
            x, line = left + PAD, line + 1
        middle = top + (line + 0.5) * height
        square = (x, middle - SQUARE / 2, x + SQUARE, middle + SQUARE / 2)
        areas.append(Area(kind="option", box=square, text=texts[0], size=size, field=item.id, option=option))
        x += wide + _OPTION_GAP
    if x + _REMARK > right - PAD:
        x, line = left + PAD, line + 1
    top_of_line = top + line * height
    room = (x, top_of_line + 1.2 * MM, right - PAD / 2, top_of_line + height - 1.2 * MM)
    return (*areas, Area(kind="remark", box=room, size=size, field=item.id))


def _lines(item: Field, width: float) -> int:
    x, line = PAD, 1
    for texts in item.options.values():
        wide = SQUARE + _CAPTION_GAP + text_width(texts[0], TEXT_SIZE)
        if x + wide > width - PAD and x > PAD:
            x, line = PAD, line + 1
        x += wide + _OPTION_GAP
    return line + (x + _REMARK > width - PAD)


def place_signature(
    item: Field, box: Box, size: float = TEXT_SIZE, *, opinion: bool = False
) -> tuple[Area, ...]:
    """`签字：` with its room, and `日期：` with its room, side by side; where asked, room for an opinion above them."""
    left, top, right, bottom = box
    if opinion:
        line = bottom - SIGNED_LINE
        room = (left + PAD / 2, top + 0.8 * MM, right - PAD / 2, line)
        above = Area(kind="opinion", box=room, size=size, field=item.id)
        return (above, *place_signature(item, (left, line, right, bottom), size))
    middle = left + (right - left) * 0.56
    inset = 1.0 * MM
    caption = text_width("签字：", size)
    return (
        Area(kind="note", box=(left + PAD, top, left + PAD + caption, bottom), text="签字：", size=size),
        Area(
            kind="signature",
            box=(left + PAD + caption + inset, top + inset, middle - PAD, bottom - inset),
            size=size,
            field=item.id,
        ),
        Area(kind="note", box=(middle, top, middle + caption, bottom), text="日期：", size=size),
        Area(
            kind="signed_on",
            box=(middle + caption + inset, top + inset, right - inset, bottom - inset),
            size=size,
            field=item.id,
        ),
    )


def shares(weights: Sequence[float], total: float) -> list[float]:
    """The total divided by weight, to whole twentieths of a point as Word counts."""
    whole = sum(weights)
    widths = [round(20 * total * weight / whole) / 20 for weight in weights]
    widths[-1] += total - sum(widths)
    return widths
