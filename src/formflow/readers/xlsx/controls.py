"""Form controls that lie over the cells of a sheet: checkboxes, radio buttons and drop-down lists.

Excel keeps each twice: as a VML shape (caption, place, state) and as a control with properties (state). The
properties win, as they do in Excel. ActiveX controls keep their state in a binary stream and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from formflow.errors import ReadError
from formflow.readers.cell_names import Range, position, span
from formflow.readers.packages.ooxml import Element, Package, R, Relationship, refuse_declarations
from formflow.readers.packages.symbols import TICKED, UNTICKED
from formflow.readers.xlsx.cells import S, Written
from formflow.readers.xlsx.sheet import Sheet

_V = "{urn:schemas-microsoft-com:vml}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_PROPERTIES = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}formControlPr"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_BOXES = frozenset(("checkbox", "radio"))
_LISTS = frozenset(("drop", "list"))
_NUMBER = re.compile(r"(\d+)$")
_EMU_PER_PIXEL = 9525
_HALF_ROW = 10
"""Pixels: half the height of a usual row, since the sheet's own heights are not read."""
_MAX_SHAPES = 5_000


@dataclass(frozen=True, slots=True)
class _Placed:
    """A control where it lies.

    Attributes:
        kind: `checkbox`, `radio`, `drop` or `list`.
        anchor: Column, pixels into it, row, pixels into it of the top-left corner; then of the other.
        linked: The cell that repeats its state.
        items: The range that holds the items of a list; `chosen` counts from 1.
    """

    kind: str
    anchor: tuple[int, ...]
    caption: str = ""
    ticked: bool = False
    linked: str = ""
    items: str = ""
    chosen: int = 0


def lay_over(
    package: Package, sheet: Sheet, links: Mapping[str, Relationship], captions: Mapping[str, str]
) -> None:
    """Write what the controls of a sheet show into the cells they lie over.

    Args:
        links: Relationships of the sheet.
        captions: Text of the drawing's shapes by shape number, for controls without a VML shape.
    """
    placed: dict[str, _Placed] = {}
    legacy = links.get(sheet.legacy)
    if legacy is not None and legacy.target in package:
        placed = _shapes(package.read(legacy.target), legacy.target)
    for control in sheet.controls:
        number = control.get("shapeId", "")
        link = links.get(control.get(R + "id", ""))
        if link is None or link.kind != "ctrlProp" or link.target not in package:
            continue
        properties = package.xml(link.target)
        if properties.tag == _PROPERTIES:
            known = placed.get(number) or _anchored(control, properties, captions.get(number, ""))
            if known is not None:
                placed[number] = _with_state(known, properties)
    covers = _Covers(sheet)
    for one in sorted(placed.values(), key=lambda one: (one.anchor[2], one.anchor[0], one.anchor[1])):
        _write(one, sheet, covers)


def _shapes(data: bytes, name: str) -> dict[str, _Placed]:
    """The controls of a VML drawing by shape number; VML may hold unclosed tags, which programs forgive."""
    try:
        refuse_declarations(data, name)
    except ReadError:
        return {}
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    found: dict[str, _Placed] = {}
    for shape in () if root is None else root.iter(_V + "shape"):
        number = _NUMBER.search(shape.get("id", ""))
        told = shape.find(_X + "ClientData")
        kind = "" if told is None else told.get("ObjectType", "").lower()
        if number is None or kind not in _BOXES | _LISTS or len(found) >= _MAX_SHAPES:
            continue
        anchor = tuple(int(part) for part in re.findall(r"-?\d{1,7}", told.findtext(_X + "Anchor", "")))
        if len(anchor) != 8:
            continue
        box = shape.find(_V + "textbox")
        chosen = told.findtext(_X + "Sel", "").strip()
        found[number[1]] = _Placed(
            kind,
            anchor,
            "" if box is None else " ".join("".join(box.itertext()).split()),
            ticked=told.findtext(_X + "Checked", "").strip() == "1",
            linked=told.findtext(_X + "FmlaLink", "").strip(),
            items=told.findtext(_X + "FmlaRange", "").strip(),
            chosen=int(chosen) if chosen.isdecimal() else 0,
        )
    return found


def _anchored(control: Element, properties: Element, caption: str) -> _Placed | None:
    """A control without a VML shape, from its own anchor."""
    kind = properties.get("objectType", "").lower()
    anchor = next(control.iter(S + "anchor"), None)
    if anchor is None or kind not in _BOXES | _LISTS:
        return None
    numbers = []
    for corner in ("from", "to"):
        for name in ("col", "colOff", "row", "rowOff"):
            text = anchor.findtext(f"{S}{corner}/{_XDR}{name}", "0").strip()
            if not text.lstrip("-").isdecimal():
                return None
            numbers.append(int(text) // (_EMU_PER_PIXEL if name.endswith("Off") else 1))
    return _Placed(kind, tuple(numbers), caption)


def _with_state(placed: _Placed, properties: Element) -> _Placed:
    chosen = properties.get("sel", "")
    return replace(
        placed,
        ticked=properties.get("checked", "").lower() == "checked",
        linked=properties.get("fmlaLink", placed.linked),
        items=properties.get("fmlaRange", placed.items),
        chosen=int(chosen) if chosen.isdecimal() else placed.chosen,
    )


class _Covers:
    """The corner of the merged range over a position."""

    def __init__(self, sheet: Sheet) -> None:
        self._merges = sheet.merges

    def corner(self, at: tuple[int, int]) -> tuple[int, int]:
        for top, left, bottom, right in self._merges:
            if top <= at[0] <= bottom and left <= at[1] <= right:
                return top, left
        return at


def _write(placed: _Placed, sheet: Sheet, covers: _Covers) -> None:
    at = covers.corner(_place(placed, sheet, covers))
    linked = position(placed.linked)
    if linked is not None:
        # It repeats the state of the control, for formulas; it is nothing that anybody wrote.
        sheet.cells.pop(linked, None)
    if placed.kind in _LISTS:
        text = _chosen(placed, sheet)
    else:
        text = (TICKED if placed.ticked else UNTICKED) + placed.caption
    known = sheet.cells.get(at)
    if known is None or not known.text:
        sheet.cells[at] = Written(text)
    elif placed.caption or placed.kind in _LISTS:
        sheet.cells[at] = Written(f"{known.text}  {text}", problem=known.problem)
    else:
        # A bare box beside the words of the cell.
        sheet.cells[at] = Written(text + known.text, problem=known.problem)


def _place(placed: _Placed, sheet: Sheet, covers: _Covers) -> tuple[int, int]:
    """The cell that a control was put in: where it begins, unless it only juts out into that."""
    left, _, top, down, right, _, bottom, _ = placed.anchor
    row = (top + bottom) // 2 if bottom > top + 1 else top + (bottom > top and down > _HALF_ROW)
    row, column = max(row, 0), max(left, 0)
    first = sheet.cells.get(covers.corner((row, column)))
    beside = covers.corner((row, column + 1))
    if placed.caption and right > left and first is not None and first.text[:1] not in (TICKED, UNTICKED):
        following = sheet.cells.get(beside)
        if following is None or following.text[:1] in (TICKED, UNTICKED):
            return beside
    return row, column


def _chosen(placed: _Placed, sheet: Sheet) -> str:
    """The chosen item of a list, where its items stand on the same sheet."""
    items: Range | None = span(placed.items.rpartition("!")[2])
    if items is None or placed.chosen < 1:
        return ""
    top, left, bottom, right = items
    across = right - left + 1
    row, column = divmod(placed.chosen - 1, across)
    item = sheet.cells.get((top + row, left + column)) if top + row <= bottom else None
    return "" if item is None else item.text
