"""A table as a workbook to print: A4 landscape, one page wide, title and headings on every page, pages told."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from formflow.documents.package import expand, pack, read_members, write_members

_HEADER_ROW = 3
_POINTS = 0.75
"""To a pixel; a column of n characters is 7 n + 5 pixels wide (ECMA-376 part 1, 18.3.1.13)."""
_WIDE, _HIGH = 841.9 - 2 * 36.0, 595.3 - 43.2 - 54.0
"""Points of A4 landscape inside the margins."""
_SMALLEST = 0.62
"""Text of 10 points is not printed smaller than by this."""
_SLACK = 0.95
"""Office programs lay out a little differently; so much of a page is counted on."""
_TITLE_HEIGHT, _HEADER_HEIGHT = 30.0, 30.0
_LINE_HEIGHT = 14.5
"""Points to a line of 10-point text."""
_FEWEST = 3
"""Rows that a last page has at least, where the book has more than a page."""
_MODIFIED = re.compile(
    rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>|<dcterms:created[^>]*>[^<]*</dcterms:created>"
)
_DATE, _MOMENT = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"d"日" h:mm'


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `whole` ones hold short values that are not to be broken over lines."""

    title: str
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is printed.

    Attributes:
        head: One line under the title.
        rows: Texts, numbers, dates, moments and amounts.
        struck: Rows, from 0, that are struck through.
        unstruck: Columns, from 0, that are not, in any row.
    """

    title: str
    head: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    struck: frozenset[int] = frozenset()
    unstruck: frozenset[int] = field(default_factory=frozenset)


def write_book(sheet: Sheet) -> bytes:
    """The workbook; the same bytes for the same sheet."""
    extents = [[_extent(value) for value in row] for row in sheet.rows]
    widths = _widths(sheet, extents)
    heights = [_height(row, many, widths) for row, many in zip(sheet.rows, extents, strict=True)]
    book = Workbook()
    # The width of a column is counted in digits of this font: one that every office program has, or has the like of.
    book._named_styles["Normal"].font = Font(name="Arial", size=10)
    target = book.active
    target.title = "登记簿"
    _write_head(target, sheet, widths)
    looks: dict[Any, Any] = {}
    for index, (row, height) in enumerate(zip(sheet.rows, heights, strict=True)):
        _write_row(target, index, row, sheet, looks)
        target.row_dimensions[_HEADER_ROW + 1 + index].height = height
    _set_up_print(target, widths, heights)
    return saved(book)


def saved(book: Any) -> bytes:
    """The file of a workbook, which depends on what stands in it only: openpyxl writes the hour of saving in two places."""
    out = io.BytesIO()
    book.save(out)
    members = read_members(out.getvalue())
    return write_members(
        pack(m.name, _MODIFIED.sub(b"", expand(m))) if m.name == "docProps/core.xml" else m for m in members
    )


def write_headings(target: Any, row: int, titles: Sequence[str], widths: Sequence[float]) -> None:
    """A row of headings, each column as wide as said, in characters."""
    for number, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        cell = target.cell(row, number, title)
        cell.font = Font(name="黑体", size=10)
        cell.fill = PatternFill("solid", fgColor="F2F2F2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = borders()
        target.column_dimensions[get_column_letter(number)].width = width


def set_up_page(target: Any, repeated: str) -> None:
    """A4 landscape, one page wide, the rows of `repeated` (`1:3`) on every page, pages told."""
    target.page_setup.paperSize = target.PAPERSIZE_A4
    target.page_setup.orientation = target.ORIENTATION_LANDSCAPE
    # One page wide whatever the fonts of the machine. Excel sets its own page ends then; LibreOffice keeps these.
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.print_title_rows = repeated
    target.print_options.horizontalCentered = True
    target.oddFooter.center.text = "第 &P 页　共 &N 页"


def _widths(sheet: Sheet, extents: Sequence[Sequence[float]]) -> list[float]:
    """Widths in characters: room for every value where the page has it, else texts take two lines, three, …"""
    room = (_WIDE / _SMALLEST * _SLACK / _POINTS - 5 * len(sheet.columns)) / 7
    widths: list[float] = []
    for lines in range(1, 40):
        widths = []
        for index, column in enumerate(sheet.columns):
            title = _extent(column.title)
            least = max(math.ceil(title / 2 / 1.7) * 1.7 + 1.8, 6.0 if column.whole else 9.0)
            longest = max((row[index] for row in extents), default=0.0)
            # Lines are not filled to their end, since words and numbers are not cut.
            needed = longest + 1.8 if column.whole or lines == 1 else longest / lines * 1.1 + 3.2
            widths.append(max(min(needed, 70.0), least))
        if sum(widths) <= room:
            break
    spare = room / 1.35 - sum(widths)
    if spare > 0:
        # A book of few narrow columns fills the page: its texts get what is left.
        flowing = [i for i, column in enumerate(sheet.columns) if not column.whole] or [len(widths) - 1]
        for index in flowing:
            widths[index] += min(spare / len(flowing), 14.0)
    return [round(width, 2) for width in widths]


def _extent(value: Any) -> float:
    """How many characters wide a value prints: a Chinese character of 10 points takes 1.7 of them."""
    if isinstance(value, date):
        return 18.5 if isinstance(value, datetime) and (value.hour or value.minute) else 13.5
    if isinstance(value, Decimal):
        return len(f"{value:,.2f}") * 1.1
    return max(sum(1.7 if ord(c) > 0x2E7F else 1.05 for c in line) for line in str(value).split("\n"))


def _height(row: Sequence[Any], extents: Sequence[float], widths: Sequence[float]) -> float:
    """Points of a row: as many lines as its tallest value takes."""
    tallest = 1
    for value, extent, width in zip(row, extents, widths, strict=True):
        if isinstance(value, str) and value:
            if "\n" in value:
                lines = sum(
                    max(math.ceil(_extent(line) / max(width - 1.5, 1)), 1) for line in value.split("\n")
                )
            else:
                lines = max(math.ceil(extent / max(width - 1.5, 1)), 1)
            tallest = max(tallest, lines)
    return max(tallest * _LINE_HEIGHT + 4, 20)


def _write_head(target: Any, sheet: Sheet, widths: Sequence[float]) -> None:
    for row, text, font, side in (
        (1, sheet.title, Font(name="宋体", size=16, bold=True), "center"),
        (2, sheet.head, Font(name="宋体", size=10), "left"),
    ):
        cell = target.cell(row, 1)
        put_text(cell, text)
        cell.font = font
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=row == 2)
        target.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(widths))
    target.row_dimensions[1].height = _TITLE_HEIGHT
    target.row_dimensions[2].height = _head_height(sheet.head, widths)
    target.row_dimensions[_HEADER_ROW].height = _HEADER_HEIGHT
    write_headings(target, _HEADER_ROW, [column.title for column in sheet.columns], widths)


def _head_height(text: str, widths: Sequence[float]) -> float:
    return max(math.ceil(_extent(text) / max(sum(widths) - 2, 1)), 1) * _LINE_HEIGHT + 5.5


def _write_row(target: Any, index: int, row: Sequence[Any], sheet: Sheet, looks: dict[Any, Any]) -> None:
    """Write a row; cells that look alike share their looks, which is most of what a cell costs."""
    void = index in sheet.struck
    for number, value in enumerate(row):
        cell = target.cell(_HEADER_ROW + 1 + index, number + 1)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        struck = void and number not in sheet.unstruck
        format = _format(value)
        side = (
            "right" if isinstance(value, Decimal) else "center" if isinstance(value, int | date) else "left"
        )
        key = (struck, format, side)
        if key not in looks:
            _dress(cell, struck, format, side)
            looks[key] = cell._style
        else:
            cell._style = copy(looks[key])


def put_text(cell: Any, text: str) -> None:
    """Write a text that stays one, whatever it begins with, without what a workbook cannot hold."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    cell.data_type = "s" if cell.value else "n"


def _format(value: Any) -> str:
    if isinstance(value, Decimal):
        return "#,##0.00"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return _MOMENT
    return _DATE if isinstance(value, date) else "General"


def _dress(cell: Any, struck: bool, format: str, side: str) -> None:
    cell.font = Font(name="宋体", size=10, strike=struck, color="808080" if struck else "000000")
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    cell.border = borders()
    cell.number_format = format


def borders() -> Any:
    """Thin lines round a cell."""
    side = Side(style="thin", color="000000")
    return Border(left=side, right=side, top=side, bottom=side)


def _set_up_print(target: Any, widths: Sequence[float], heights: Sequence[float]) -> None:
    set_up_page(target, f"1:{_HEADER_ROW}")
    scale = min(1.0, _WIDE / (sum(7 * width + 5 for width in widths) * _POINTS))
    head = _TITLE_HEIGHT + target.row_dimensions[2].height + _HEADER_HEIGHT
    for row in page_ends(heights, _HIGH * _SLACK / scale - head):
        target.row_breaks.append(Break(id=_HEADER_ROW + row))
    target.freeze_panes = f"B{_HEADER_ROW + 1}"
    last = get_column_letter(len(widths))
    target.auto_filter.ref = f"A{_HEADER_ROW}:{last}{_HEADER_ROW + len(heights)}"
    target.print_area = f"A1:{last}{_HEADER_ROW + len(heights)}"
    margins = target.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.6, 0.75, 0.35


def page_ends(heights: Sequence[float], room: float) -> list[int]:
    """After how many rows each page but the last ends.

    Args:
        heights: Points of every row.
        room: Points that a page has for rows.
    """
    ends: list[int] = []
    filled = 0.0
    for index, height in enumerate(heights):
        if filled and filled + height > room:
            ends.append(index)
            filled = 0.0
        filled += height
    if ends:
        before = ends[-2] if len(ends) > 1 else 0
        wanted = len(heights) - _FEWEST
        # The page before gives rows away, and keeps as many itself.
        if ends[-1] > wanted >= before + _FEWEST and sum(heights[wanted:]) <= room:
            ends[-1] = wanted
    return ends
