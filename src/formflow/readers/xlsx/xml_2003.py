"""Excel 2003 XML (SpreadsheetML), which exports of older systems still are, usually under the name .xls."""

from __future__ import annotations

from datetime import datetime, time

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Part, PartKind
from formflow.readers.packages.ooxml import Element, parse_xml
from formflow.readers.xlsx.cells import Written
from formflow.readers.xlsx.layout import lay_out
from formflow.readers.xlsx.numbers import EXACT, show_number
from formflow.readers.xlsx.sheet import Sheet

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_CODES = {"Percent": "0.00%", "Standard": "#,##0.00", "Fixed": "0.00"}
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384


def read_sheet_xml(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """The visible sheets that hold something.

    Raises:
        ReadError: `corrupt`, `too-large`; `unsupported` for XML that is no workbook.
    """
    root = parse_xml(data, "workbook")
    if root.tag != _SS + "Workbook":
        raise ReadError("unsupported", f"XML: {root.tag}")
    codes = {
        style.get(_SS + "ID", ""): number.get(_SS + "Format", "")
        for style in root.iterfind(f"{_SS}Styles/{_SS}Style")
        if (number := style.find(_SS + "NumberFormat")) is not None
    }
    parts = []
    for position, worksheet in enumerate(root.iterfind(_SS + "Worksheet")):
        visible = worksheet.findtext(f"{_X}WorksheetOptions/{_X}Visible", "")
        table = worksheet.find(_SS + "Table")
        if table is None or visible in ("SheetHidden", "SheetVeryHidden"):
            continue
        name = worksheet.get(_SS + "Name") or f"Sheet{position + 1}"
        laid = lay_out(_sheet(table, codes, limits), name, {}, limits)
        if laid is not None:
            parts.append(Part(name=name, kind=PartKind.SHEET, blocks=(laid,)))
    return tuple(parts)


def _sheet(table: Element, codes: dict[str, str], limits: Limits) -> Sheet:
    sheet = Sheet()
    column = 0
    for entry in table.iterfind(_SS + "Column"):
        column = _index(entry, column)
        span = _number(entry.get(_SS + "Span"))
        if entry.get(_SS + "Hidden") == "1":
            sheet.hidden_columns.update(range(column, min(column + span, _MAX_COLUMN) + 1))
        column += span + 1
    row = 0
    for line in table.iterfind(_SS + "Row"):
        row = _index(line, row)
        if row >= _MAX_ROW:
            raise ReadError("corrupt", f"row {row + 1}")
        if line.get(_SS + "Hidden") == "1":
            sheet.hidden_rows.add(row)
        _row(line, row, sheet, codes)
        if len(sheet.cells) > limits.max_cells or len(sheet.merges) > limits.max_merges:
            raise ReadError("too-large", f"more than {limits.max_cells} cells")
        row += 1 + _number(line.get(_SS + "Span"))
    return sheet


def _row(line: Element, row: int, sheet: Sheet, codes: dict[str, str]) -> None:
    column = 0
    for cell in line.iterfind(_SS + "Cell"):
        column = _index(cell, column)
        if column >= _MAX_COLUMN:
            raise ReadError("corrupt", f"column {column + 1}")
        across, down = _number(cell.get(_SS + "MergeAcross")), _number(cell.get(_SS + "MergeDown"))
        if across or down:
            sheet.merges.append((row, column, row + down, column + across))
        data = cell.find(_SS + "Data")
        if data is not None and (written := _written(data, codes.get(cell.get(_SS + "StyleID", ""), ""))):
            sheet.cells[row, column] = written
        column += across + 1


def _written(data: Element, code: str) -> Written | None:
    text = "".join(data.itertext())
    kind = data.get(_SS + "Type", "String")
    if not text:
        return None
    if kind == "Error":
        return Written("", None, "error-value")
    if kind == "Boolean":
        return Written("TRUE" if text == "1" else "FALSE", text == "1")
    if kind == "DateTime":
        return _moment(text)
    if kind == "Number":
        try:
            value = float(text)
        except ValueError:
            return Written(text)
        number = int(value) if value.is_integer() and abs(value) < EXACT else value
        problem = "precision-lost" if abs(value) >= EXACT else ""
        return Written(show_number(number, _CODES.get(code, code if "0" in code else "")), number, problem)
    return Written(text.replace("\r\n", "\n"))


def _moment(text: str) -> Written:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return Written(text)
    if found.date().isoformat() == "1899-12-31":  # a time of day
        return Written(f"{found:%H:%M}", found.time())
    if found.time() == time():
        return Written(found.date().isoformat(), found.date())
    return Written(f"{found:%Y-%m-%d %H:%M}", found)


def _index(element: Element, following: int) -> int:
    """Where a row, column or cell lies, from 0: after the last one unless it says so."""
    number = _number(element.get(_SS + "Index"))
    return number - 1 if number else following


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
