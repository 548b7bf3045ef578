"""Styles of a workbook: a cell's number format, whether its text shows at all, whether it is a checkbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from formflow.readers.packages.ooxml import Element
from formflow.readers.xlsx.cells import S
from formflow.readers.xlsx.dates import BUILT_IN
from formflow.readers.xlsx.numbers import GENERAL

_BAG = "{http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag}"
_COMPLEMENT = _BAG + "xfComplement"
# Longer than any program allows; a longer one is there to keep the patterns busy.
_MAX_FORMAT = 255
_MAX_STEPS = 8
_WHITE = "white"
_WHITE_INDEXED = frozenset(("1", "9", "65"))
_LARGEST_UNSEEN = 1.5
"""Points: nobody reads letters of that height."""


@dataclass(frozen=True, slots=True)
class CellStyles:
    """What matters of the cell formats, by style index.

    Attributes:
        formats: Number format of each.
        struck: Those whose text nobody sees or somebody took back: struck out, tiny, in the colour of their fill.
        white: Those whose text is white and whose cells have no fill of their own.
        boxes: Those that show TRUE and FALSE as a ticked and an empty box.
    """

    formats: tuple[str, ...] = ()
    struck: frozenset[int] = frozenset()
    white: frozenset[int] = frozenset()
    boxes: frozenset[int] = frozenset()


def read_styles(styles: Element, bags: Element | None) -> CellStyles:
    """The styles part with the feature property bags beside it (Excel 365; None where there are none)."""
    codes = dict(BUILT_IN)
    for entry in styles.iterfind(f"{S}numFmts/{S}numFmt"):
        number = entry.get("numFmtId", "")
        if number.isdecimal():
            # Chinese versions write the general format by its own name.
            codes[int(number)] = entry.get("formatCode", "")[:_MAX_FORMAT].replace("G/通用格式", GENERAL)
    fonts = [_Font(font) for font in styles.iterfind(f"{S}fonts/{S}font")]
    fills = [_fill(fill) for fill in styles.iterfind(f"{S}fills/{S}fill")]
    complements = frozenset() if bags is None else _checkboxes(bags)
    formats, struck, white, boxes = [], set(), set(), set()
    for index, style in enumerate(styles.iterfind(f"{S}cellXfs/{S}xf")):
        number = style.get("numFmtId", "0")
        formats.append(codes.get(int(number), "") if number.isdecimal() else "")
        font, fill = _at(fonts, style.get("fontId")), _at(fills, style.get("fillId"))
        if font is not None and (font.unseen or (fill and fill == font.colour)):
            struck.add(index)
        elif font is not None and font.colour == _WHITE and fill is None:
            white.add(index)
        if complements and any(mark.get("i") in complements for mark in style.iter(_COMPLEMENT)):
            boxes.add(index)
    return CellStyles(tuple(formats), frozenset(struck), frozenset(white), frozenset(boxes))


class _Font:
    """What matters of a font: its colour, and whether its letters are struck out or too small to be seen."""

    def __init__(self, font: Element) -> None:
        strike, size = font.find(S + "strike"), font.find(S + "sz")
        struck = strike is not None and strike.get("val", "1") not in ("0", "false")
        self.unseen = struck or (size is not None and _decimal(size.get("val", "")) <= _LARGEST_UNSEEN)
        self.colour = _colour(font.find(S + "color"))


def _fill(fill: Element) -> str | None:
    """The colour of a solid fill; empty for one that is no single colour, None for no fill."""
    pattern = fill.find(S + "patternFill")
    if pattern is None:
        return "" if len(fill) else None
    kind = pattern.get("patternType", "none")
    if kind != "solid":
        return None if kind == "none" else ""
    return _colour(pattern.find(S + "fgColor"))


def _colour(colour: Element | None) -> str:
    """A colour in one way of writing; empty for none, which is black for text."""
    if colour is None:
        return ""
    if rgb := colour.get("rgb"):
        return _WHITE if rgb.upper().endswith("FFFFFF") else rgb[-6:].upper()
    theme, tint = colour.get("theme", ""), colour.get("tint", "")
    if theme:
        return _WHITE if theme == "0" and _decimal(tint or "0") == 0 else f"theme {theme} {tint}"
    indexed = colour.get("indexed", "")
    return _WHITE if indexed in _WHITE_INDEXED else f"indexed {indexed}" if indexed else ""


def _at(items: list[Any], number: str | None) -> Any:
    return items[int(number)] if number and number.isdecimal() and int(number) < len(items) else None


def _decimal(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1000.0


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
