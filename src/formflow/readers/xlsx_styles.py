"""Styles of a workbook: what a cell's number format is, whether it is struck out, whether it is a checkbox."""

from __future__ import annotations

from dataclasses import dataclass

from formflow.readers.package import Element
from formflow.readers.xlsx_cells import S
from formflow.readers.xlsx_dates import BUILT_IN
from formflow.readers.xlsx_numbers import GENERAL

_BAG = "{http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag}"
_COMPLEMENT = _BAG + "xfComplement"
# Longer than any program allows; a longer one is there to keep the patterns busy.
_MAX_FORMAT = 255
_MAX_STEPS = 8


@dataclass(frozen=True, slots=True)
class CellStyles:
    """What matters of the cell formats, by style index.

    Attributes:
        formats: Number format of each.
        struck: Those whose font is struck out.
        boxes: Those that show TRUE and FALSE as a ticked and an empty box.
    """

    formats: tuple[str, ...] = ()
    struck: frozenset[int] = frozenset()
    boxes: frozenset[int] = frozenset()


def read_styles(styles: Element, bags: Element | None) -> CellStyles:
    """The styles part with the feature property bags beside it (Excel 365; None where there are none)."""
    codes = dict(BUILT_IN)
    for entry in styles.iterfind(f"{S}numFmts/{S}numFmt"):
        number = entry.get("numFmtId", "")
        if number.isdecimal():
            # Chinese versions write the general format by its own name.
            codes[int(number)] = entry.get("formatCode", "")[:_MAX_FORMAT].replace("G/通用格式", GENERAL)
    struck_fonts = set()
    for index, font in enumerate(styles.iterfind(f"{S}fonts/{S}font")):
        strike = font.find(S + "strike")
        if strike is not None and strike.get("val", "1") not in ("0", "false"):
            struck_fonts.add(str(index))
    complements = frozenset() if bags is None else _checkboxes(bags)
    formats, struck, boxes = [], set(), set()
    for index, style in enumerate(styles.iterfind(f"{S}cellXfs/{S}xf")):
        number = style.get("numFmtId", "0")
        formats.append(codes.get(int(number), "") if number.isdecimal() else "")
        if style.get("fontId") in struck_fonts:
            struck.add(index)
        if complements and any(mark.get("i") in complements for mark in style.iter(_COMPLEMENT)):
            boxes.add(index)
    return CellStyles(tuple(formats), frozenset(struck), frozenset(boxes))


def _checkboxes(bags: Element) -> frozenset[str]:
    """The numbers of the complements that lead, bag by bag, to a checkbox.

    Source: [MS-XLSX] 2.3.17, feature property bags.
    """
    kinds = [bag.get("type", "") for bag in bags.iterfind(_BAG + "bag")]
    links = [
        [int(link.text) for link in bag.iter(_BAG + "bagId") if (link.text or "").isdecimal()]
        for bag in bags.iterfind(_BAG + "bag")
    ]

    def leads(number: int, steps: int = 0) -> bool:
        if not 0 <= number < len(kinds) or steps > _MAX_STEPS:
            return False
        return kinds[number] == "Checkbox" or any(
            leads(link, steps + 1) for link in links[number][:_MAX_STEPS]
        )

    mapped = next((found for kind, found in zip(kinds, links, strict=True) if kind == "XFComplements"), [])
    return frozenset(str(place) for place, number in enumerate(mapped) if leads(number))
