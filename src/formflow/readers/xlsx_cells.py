"""The XML of a sheet to the cells that are written in it, in one pass."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from formflow.errors import ReadError
from formflow.readers.grid import Range, column_number, span
from formflow.readers.limits import Limits
from formflow.readers.package import Element, R, refuse_declarations, transitional
from formflow.readers.xlsx_dates import date_parts, show_date
from formflow.readers.xlsx_numbers import show_general, show_number

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _C, _V, _F, _IS = S + "row", S + "c", S + "v", S + "f", S + "is"
_COL, _MERGE, _DRAWING, _FORMAT = S + "col", S + "mergeCell", S + "drawing", S + "sheetFormatPr"
_T, _RUN, _RUN_PROPERTIES, _STRIKE = S + "t", S + "r", S + "rPr", S + "strike"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
# Rows that hold formatted cells only; dropped before parsing where a sheet has been inflated with them.
_EMPTY_ROWS = re.compile(
    rb'<row\b(?=[^>]*\br=")(?![^>]*\bhidden="[1t])[^>]*+(?:(?<=/)>|(?<!/)>(?:<c\b[^>]*+(?<=/)>)*+</row>)\s*+'
)
_INFLATED_BYTES = 1024 * 1024
_ROWS_BETWEEN_LOOKS = 1024
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in one cell: text as a person sees it, native value, and what is wrong with it."""

    text: str
    value: Any = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What all sheets of a workbook share.

    Attributes:
        strings: The shared strings.
        formats: Number format by style index.
        struck: Style indices whose font is struck out.
        epoch1904: Serial numbers count from 1904.
    """

    strings: Sequence[str]
    formats: Sequence[str]
    struck: frozenset[int]
    epoch1904: bool


@dataclass(slots=True)
class Sheet:
    """A sheet as written: cells by row and column from 0, merged ranges, what is hidden, its drawing."""

    cells: dict[tuple[int, int], Written] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shown_rows: set[int] | None = None
    drawing: str = ""


def read_sheet(data: bytes, name: str, book: Book, limits: Limits) -> Sheet:
    """The cells of a sheet that hold something; rows and columns that are only formatted cost nothing.

    Raises:
        ReadError: `corrupt`, `too-large` or `timeout`.
    """
    refuse_declarations(data, name)
    if len(data) > _INFLATED_BYTES:
        data = _EMPTY_ROWS.sub(b"", data)
    deadline = time.monotonic() + limits.seconds
    sheet = Sheet()
    reader = _CellReader(book)
    row_number = rows = 0
    events = etree.iterparse(
        io.BytesIO(transitional(data)),
        events=("end",),
        tag=(_ROW, _COL, _MERGE, _DRAWING, _FORMAT),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            tag = element.tag
            if tag == _ROW:
                row_number = _number(element.get("r"), row_number + 1)
                if row_number > _MAX_ROW:
                    raise ReadError("corrupt", f"{name}: row {row_number}")
                _read_row(element, row_number - 1, sheet, reader)
                rows += 1
                if rows % _ROWS_BETWEEN_LOOKS == 0 and time.monotonic() > deadline:
                    raise ReadError("timeout", f"{name}: row {row_number} after {limits.seconds} s")
                if len(sheet.cells) > limits.max_cells:
                    raise ReadError("too-large", f"{name}: more than {limits.max_cells} cells")
                _forget(element)
            elif tag == _MERGE:
                found = span(element.get("ref", ""))
                if found is not None:
                    sheet.merges.append(found)
                if len(sheet.merges) > limits.max_merges:
                    raise ReadError("too-large", f"{name}: more than {limits.max_merges} merged ranges")
                _forget(element)
            elif tag == _COL:
                if _is_true(element.get("hidden")) or element.get("width") == "0":
                    first = _number(element.get("min"), 1)
                    last = min(_number(element.get("max"), first), _MAX_COLUMN)
                    sheet.hidden_columns.update(range(max(first - 1, 0), last))
            elif tag == _DRAWING:
                sheet.drawing = element.get(R + "id", "")
            elif _is_true(element.get("zeroHeight")):
                # Rows are hidden unless they say otherwise.
                sheet.shown_rows = set()
    except etree.XMLSyntaxError as error:
        raise ReadError("corrupt", f"{name}: {error}") from error
    return sheet


def _forget(element: Element) -> None:
    """Free what has been read, so that a sheet of a million rows does not stay in memory."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else default


def _is_true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _read_row(row: Element, number: int, sheet: Sheet, reader: _CellReader) -> None:
    if _is_true(row.get("hidden")) or (row.get("ht") == "0"):
        sheet.hidden_rows.add(number)
        return
    if sheet.shown_rows is not None:
        sheet.shown_rows.add(number)
    column = -1
    for cell in row:
        if cell.tag != _C:
            continue
        reference = cell.get("r")
        letters = _LETTERS.match(reference) if reference else None
        column = column_number(letters[0]) if letters else column + 1
        if not len(cell) or column >= _MAX_COLUMN:
            continue
        written = reader.read(cell)
        if written is not None:
            sheet.cells[number, column] = written


class _CellReader:
    """Cells of one workbook to what a person sees in them."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def read(self, cell: Element) -> Written | None:
        kind = cell.get("t", "n")
        style = _number(cell.get("s"), 0)
        raw: str | None = None
        formula = False
        inline: Element | None = None
        for child in cell:
            tag = child.tag
            if tag == _V:
                raw = child.text
            elif tag == _F:
                formula = True
            elif tag == _IS:
                inline = child
        if style in self._book.struck:
            return None
        if kind == "inlineStr" and inline is not None:
            return _text(rich_text(inline))
        if raw is None:
            # An empty result is a text; nothing at all is a formula that nobody has calculated.
            return Written("", problem="no-cached-value") if formula and kind != "str" else None
        return self._typed(raw, kind, style)

    def _typed(self, raw: str, kind: str, style: int) -> Written | None:
        book = self._book
        if kind == "s":
            index = _number(raw.strip(), -1)
            return _text(book.strings[index]) if 0 <= index < len(book.strings) else None
        if kind in ("str", "inlineStr"):
            return _text(unescape(raw))
        if kind == "b":
            truth = raw.strip() == "1"
            return Written("TRUE" if truth else "FALSE", truth)
        if kind == "e":
            return Written(raw, problem="error-value")
        code = book.formats[style] if style < len(book.formats) else ""
        if kind == "d":
            return _iso(raw)
        return self._numeric(raw.strip(), code)

    def _numeric(self, raw: str, code: str) -> Written | None:
        try:
            value: int | float = int(raw) if raw.lstrip("-").isdecimal() else float(raw)
        except ValueError:
            return _text(raw)
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            value = int(value)
        parts = date_parts(code)
        if parts is None:
            text = show_number(value, code)
            return Written(text, value) if text else None
        if value < 0:
            return Written(show_general(value), value)
        text, native = show_date(value, parts, epoch1904=self._book.epoch1904)
        return Written(text, native)


def _text(text: str) -> Written | None:
    return Written(text) if text and not text.isspace() else None


def _iso(raw: str) -> Written:
    try:
        found = datetime.fromisoformat(raw.strip())
    except ValueError:
        return Written(raw)
    if not (found.hour or found.minute or found.second):
        return Written(found.date().isoformat(), found.date())
    return Written(f"{found:%Y-%m-%d %H:%M}" + (f":{found:%S}" if found.second else ""), found)


def rich_text(item: Element) -> str:
    """A string item without phonetic guides and struck-out runs."""
    pieces = []
    for child in item:
        if child.tag == _T:
            pieces.append(child.text or "")
        elif child.tag == _RUN:
            properties = child.find(_RUN_PROPERTIES)
            if properties is not None:
                struck = properties.find(_STRIKE)
                if struck is not None and struck.get("val", "1") not in ("0", "false"):
                    continue
            pieces.extend(part.text or "" for part in child.iterfind(_T))
    return unescape("".join(pieces))


def unescape(text: str) -> str:
    """Undo the `_x000D_` notation and bring line ends to `\\n`."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
