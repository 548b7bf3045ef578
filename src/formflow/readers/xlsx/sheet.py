"""The XML of a sheet to the cells that are written in it and what lies around them, in one pass."""

from __future__ import annotations

import io
import re
import time
from dataclasses import dataclass, field

from lxml import etree

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.cell_names import Range, column_number, span
from formflow.readers.packages.ooxml import XML_BOUNDS, Element, R, refuse_declarations, transitional
from formflow.readers.xlsx.cells import Book, CellReader, S, Written

_ROW, _C = S + "row", S + "c"
_COL, _MERGE, _DRAWING, _FORMAT = S + "col", S + "mergeCell", S + "drawing", S + "sheetFormatPr"
_LEGACY, _CONTROL, _FILTER, _CRITERION = (
    S + "legacyDrawing",
    S + "control",
    S + "autoFilter",
    S + "filterColumn",
)
_VIEW = S + "sheetView"
_BACKINGS = frozenset((S + "conditionalFormatting", S + "tableParts", S + "picture"))
"""What may put a colour behind cells that have no fill of their own."""
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
# Rows that hold formatted cells only; dropped before parsing where a sheet has been inflated with them.
_EMPTY_ROWS = re.compile(
    rb'<row\b(?=[^>]*\br=")(?![^>]*\bhidden="[1t])[^>]*+(?:(?<=/)>|(?<!/)>(?:<c\b[^>]*+(?<=/)>)*+</row>)\s*+'
)
_INFLATED_BYTES = 1024 * 1024
_ROWS_BETWEEN_LOOKS = 1024
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384
_MAX_CONTROLS = 5_000
_LEAST_SEEN = 0.1


@dataclass(slots=True)
class Sheet:
    """A sheet as written: cells by row and column from 0, merged ranges, what is hidden, what lies over it.

    Attributes:
        drawing, legacy: Relationship ids of its drawing and of its VML drawing.
        controls: `control` elements: form controls and ActiveX.
        filtered: Range of a filter that is set, or None.
        white: Places of white text without a fill; it is no content unless the sheet is `backed`.
        backed: Something may put a colour behind cells: a table's style, a conditional format, a picture.
        zeros: Whether zeros show.
    """

    cells: dict[tuple[int, int], Written] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shown_rows: set[int] | None = None
    drawing: str = ""
    legacy: str = ""
    controls: list[Element] = field(default_factory=list)
    filtered: Range | None = None
    white: set[tuple[int, int]] = field(default_factory=set)
    backed: bool = False
    zeros: bool = True


def read_sheet(data: bytes, name: str, book: Book, limits: Limits) -> Sheet:
    """The cells of a sheet that hold something; rows and columns that are only formatted cost nothing.

    Raises:
        ReadError: `corrupt`, `too-large` or `timeout`.
    """
    refuse_declarations(data, name)
    if len(data) > _INFLATED_BYTES:
        data = _EMPTY_ROWS.sub(b"", data)
    deadline = time.process_time() + limits.seconds
    sheet = Sheet()
    rows = _Rows(sheet, CellReader(book), book.white)
    number = count = 0
    events = etree.iterparse(
        io.BytesIO(transitional(data)),
        events=("end",),
        tag=(_ROW, _COL, _MERGE, _DRAWING, _FORMAT, _LEGACY, _CONTROL, _FILTER, _VIEW, *_BACKINGS),
        **XML_BOUNDS,
    )
    try:
        for _, element in events:
            tag = element.tag
            if tag == _ROW:
                number = _number(element.get("r"), number + 1)
                if number > _MAX_ROW:
                    raise ReadError("corrupt", f"{name}: row {number}")
                rows.read(element, number - 1)
                count += 1
                if count % _ROWS_BETWEEN_LOOKS == 0 and time.process_time() > deadline:
                    raise ReadError("timeout", f"{name}: row {number} after {limits.seconds} s")
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
            else:
                _note(element, tag, sheet)
    except etree.XMLSyntaxError as error:
        raise ReadError("corrupt", f"{name}: {error}") from error
    if not sheet.backed:
        for at in sheet.white:
            sheet.cells.pop(at, None)
    return sheet


def _note(element: Element, tag: str, sheet: Sheet) -> None:
    """Keep what stands before or after the rows."""
    if tag == _COL:
        if _is_true(element.get("hidden")) or _is_flat(element.get("width")):
            first = _number(element.get("min"), 1)
            last = min(_number(element.get("max"), first), _MAX_COLUMN)
            sheet.hidden_columns.update(range(max(first - 1, 0), last))
    elif tag == _DRAWING:
        sheet.drawing = element.get(R + "id", "")
    elif tag == _LEGACY:
        sheet.legacy = element.get(R + "id", "")
    elif tag == _CONTROL:
        if len(sheet.controls) < _MAX_CONTROLS:
            sheet.controls.append(element)
    elif tag == _FILTER:
        if element.find(_CRITERION) is not None:
            sheet.filtered = span(element.get("ref", ""))
    elif tag in _BACKINGS:
        sheet.backed = True
    elif tag == _VIEW:
        sheet.zeros = element.get("showZeros", "1") not in ("0", "false")
    elif _is_true(element.get("zeroHeight")):
        # Rows are hidden unless they say otherwise.
        sheet.shown_rows = set()


def _forget(element: Element) -> None:
    """Free what has been read, so that a sheet of a million rows does not stay in memory."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else default


def _is_flat(text: str | None) -> bool:
    """Whether a height in points or a width in characters is that of a line nobody sees."""
    try:
        return text is not None and float(text) < _LEAST_SEEN
    except ValueError:
        return False


def _is_true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _is_zero(written: Written) -> bool:
    return written.value == 0 and not isinstance(written.value, bool)


class _Rows:
    """Reads the rows of one sheet into it."""

    def __init__(self, sheet: Sheet, reader: CellReader, white: frozenset[int]) -> None:
        self._white = frozenset(map(str, white))
        self._sheet = sheet
        self._reader = reader
        self._columns: dict[str, int] = {}

    def read(self, row: Element, number: int) -> None:
        sheet = self._sheet
        if _is_true(row.get("hidden")) or _is_flat(row.get("ht")):
            sheet.hidden_rows.add(number)
            return
        if sheet.shown_rows is not None:
            sheet.shown_rows.add(number)
        cells, read, white = sheet.cells, self._reader.read, self._white
        column = -1
        for cell in row.iterchildren(_C):
            reference = cell.get("r")
            column = column + 1 if reference is None else self._column(reference, column + 1)
            if column >= _MAX_COLUMN:
                continue
            written = read(cell)
            if written is not None and (sheet.zeros or not _is_zero(written)):
                cells[number, column] = written
                if white and cell.get("s") in white:
                    sheet.white.add((number, column))

    def _column(self, reference: str, following: int) -> int:
        """The column of a reference; the one after the cell before where there is none in it."""
        letters = reference.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            found = _LETTERS.match(letters)
            if found is None:
                return following
            known = self._columns[letters] = column_number(found[0])
        return known
