"""Excel workbooks (.xlsx, .xlsm) to the neutral Document's parts.

The XML is read directly: of what openpyxl builds (styles, drawings, validations) a reader needs the number
formats only, and openpyxl neither tells a formula without a result nor survives an inflated sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

from formflow.collector import paused
from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Block, Control, ControlKind, Line, Part, PartKind, Source, Table
from formflow.readers.cell_names import Range, cell_name, span
from formflow.readers.packages.ooxml import Element, Package, R, Relationship
from formflow.readers.xlsx.cells import Book, S, Written, rich_text
from formflow.readers.xlsx.controls import lay_over
from formflow.readers.xlsx.drawings import Drawing, read_drawing
from formflow.readers.xlsx.layout import lay_out
from formflow.readers.xlsx.sheet import Sheet, read_sheet
from formflow.readers.xlsx.styles import CellStyles, read_styles

_MOST_COMPARED = 1_000_000
"""Merged cells times shapes of a sheet: no form has that many."""


@paused()
def read_xlsx(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """The visible sheets that hold something, each one part with one table.

    Raises:
        ReadError: `corrupt`, `encrypted` or `too-large`.
    """
    package = Package(data, limits)
    main = package.main_part()
    workbook = package.xml(main)
    if workbook.tag != S + "workbook":
        raise ReadError("corrupt", f"{main}: not a workbook")
    links = package.relationships(main)
    book = _book(package, workbook, links)
    names = _defined_names(workbook)
    parts = []
    for position, entry in enumerate(workbook.iterfind(f"{S}sheets/{S}sheet")):
        link = links.get(entry.get(R + "id", ""))
        if link is None or link.kind != "worksheet" or entry.get("state", "visible") != "visible":
            continue
        title = entry.get("name", "") or f"Sheet{position + 1}"
        sheet = read_sheet(package.read(link.target), link.target, book, limits)
        part = _part(package, sheet, link.target, title, names.get(title, ()), limits)
        if part is not None:
            parts.append(part)
    return tuple(parts)


def _book(package: Package, workbook: Element, links: Mapping[str, Relationship]) -> Book:
    by_kind = {link.kind: link.target for link in links.values() if link.target in package}
    strings: list[str] = []
    if "sharedStrings" in by_kind:
        strings = [rich_text(item) for item in package.xml(by_kind["sharedStrings"]).iterfind(S + "si")]
    styles = CellStyles()
    if "styles" in by_kind:
        bags = by_kind.get("FeaturePropertyBag")
        styles = read_styles(package.xml(by_kind["styles"]), package.xml(bags) if bags else None)
    properties = workbook.find(S + "workbookPr")
    epoch1904 = properties is not None and properties.get("date1904") in ("1", "true", "on")
    return Book(
        strings=strings,
        formats=styles.formats,
        struck=styles.struck,
        white=styles.white,
        boxes=styles.boxes,
        epoch1904=epoch1904,
        pictures="richValueRel" in by_kind,
    )


def _defined_names(workbook: Element) -> dict[str, list[tuple[str, str]]]:
    """Names that mean a place, with their reference, by sheet title."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in workbook.iterfind(f"{S}definedNames/{S}definedName"):
        name = entry.get("name", "")
        sheet, mark, reference = (entry.text or "").rpartition("!")
        if not mark or name.startswith("_xl") or entry.get("hidden") in ("1", "true"):
            continue
        title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        found.setdefault(title, []).append((name, reference))
    return found


def _part(
    package: Package,
    sheet: Sheet,
    target: str,
    title: str,
    names: list[tuple[str, str]] | tuple[()],
    limits: Limits,
) -> Part | None:
    drawing = Drawing()
    if sheet.drawing or sheet.legacy or sheet.controls:
        links = package.relationships(target)
        if link := links.get(sheet.drawing):
            drawing = read_drawing(package, link.target, title)
        if sheet.legacy or sheet.controls:
            lay_over(package, sheet, links, drawing.captions)
    lines = _over_cells(sheet, drawing.lines)
    table = lay_out(sheet, title, drawing.pictures, limits)
    if table is None and not lines:
        return None
    first = min((row for row, _ in sheet.cells), default=0)
    blocks: list[Block] = [line for row, line in lines if row <= first]
    if table is not None:
        blocks.append(table)
    blocks.extend(line for row, line in lines if row > first)
    controls = () if table is None else _controls(table, sheet, names)
    return Part(
        name=title,
        kind=PartKind.SHEET,
        blocks=tuple(blocks),
        controls=controls,
        filtered=_filtered(package, sheet, target),
    )


def _over_cells(sheet: Sheet, shapes: list[tuple[Range, Line]]) -> list[tuple[int, Line]]:
    """The text of shapes by the row they lie in; a shape within an empty cell among others is what the cell holds."""
    if not sheet.cells or len(sheet.merges) * len(shapes) > _MOST_COMPARED:
        return [((area[0] + area[2]) // 2, line) for area, line in shapes]
    rows, columns = zip(*sheet.cells, strict=True)
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    lines = []
    for (first_row, first_column, last_row, last_column), line in shapes:
        corner, end = (
            next((merge[:2] for merge in sheet.merges if _covers(merge, at)), at)
            for at in ((first_row, first_column), (last_row, last_column))
        )
        among = top <= corner[0] <= bottom and left <= corner[1] <= right
        if corner == end and among and corner not in sheet.cells:
            sheet.cells[corner] = Written(line.text)
        else:
            lines.append(((first_row + last_row) // 2, line))
    return lines


def _covers(area: Range, at: tuple[int, int]) -> bool:
    return area[0] <= at[0] <= area[2] and area[1] <= at[1] <= area[3]


def _filtered(package: Package, sheet: Sheet, target: str) -> int:
    """How many rows a filter hides, be it the sheet's own or that of a table on it."""
    if not sheet.hidden_rows:
        return 0
    ranges = [sheet.filtered]
    for link in package.relationships(target).values():
        if link.kind == "table" and link.target in package:
            filters = package.xml(link.target).iterfind(S + "autoFilter")
            ranges += [
                span(one.get("ref", "")) for one in filters if one.find(S + "filterColumn") is not None
            ]
    return sum(
        any(area is not None and area[0] < row <= area[2] for area in ranges) for row in sheet.hidden_rows
    )


def _controls(table: Table, sheet: Sheet, names: list[tuple[str, str]] | tuple[()]) -> tuple[Control, ...]:
    """The defined names that mean one cell, merged or not, with what the cell shows."""
    if not names:
        return ()
    texts = {cell.source.ref: cell.text for cell in table.cells}
    merges = set(sheet.merges)
    controls = []
    for name, reference in names:
        area = span(reference)
        if area is None or (area[:2] != area[2:] and area not in merges):
            continue
        ref = cell_name(area[0], area[1])
        controls.append(
            Control(
                name=name,
                title="",
                kind=ControlKind.TEXT,
                value=texts.get(ref, ""),
                source=Source(part=table.source.part, ref=ref),
            )
        )
    return tuple(controls)
