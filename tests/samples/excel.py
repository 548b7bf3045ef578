"""Pages as a workbook: one sheet a page, or several stacked on one sheet."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.worksheet.worksheet import Worksheet

from .page import WIDTH, Cell, Content, Grid, Page, Para, Picture, flatten
from .word import scribble

_THIN = Border(*[Side(style="thin")] * 4)


def write_excel(pages: list[Page], path: Path, rng: Random) -> None:
    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.sheet_state = page.state
        _page(page, sheet, rng)
    book.active = next(i for i, p in enumerate(pages) if p.state == "visible")
    book.save(path)


def _page(page: Page, sheet: Worksheet, rng: Random) -> None:
    down, right = page.offset
    edges = sorted({e for b in page.blocks if isinstance(b, Grid) for e in b.edges()}) or [0, 12, WIDTH]
    scale = (135 if page.landscape else 94) / edges[-1]
    for index in range(len(edges) - 1):
        letter = get_column_letter(right + index + 1)
        sheet.column_dimensions[letter].width = max(2.5, (edges[index + 1] - edges[index]) * scale)
    row = down + 1
    for block in page.blocks:
        if isinstance(block, Para):
            _row_of(block, sheet, row, right, len(edges) - 1)
            row += 1
            continue
        row = _grid(block, sheet, row, right, edges, scale)
    for where, text in page.comments.items():
        sheet[where].comment = Comment(text, "内勤")
    if page.footer:
        sheet.oddFooter.center.text = page.footer
    sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _row_of(block: Para, sheet: Worksheet, row: int, right: int, columns: int) -> None:
    cell = sheet.cell(row, right + 1)
    _write(cell, block.content)
    _ink(block.content, sheet, cell)
    cell.font = Font(name="宋体", size=block.size, bold=block.bold)
    cell.alignment = Alignment(horizontal=block.align, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=right + 1, end_column=right + columns)
    lines = sum(1 + len("".join(getattr(i, "text", "") for i in line)) // 45 for line in block.content)
    sheet.row_dimensions[row].height = max(16, 15 * lines, block.size * 1.6)


def _grid(grid: Grid, sheet: Worksheet, top: int, right: int, edges: list[int], scale: float) -> int:
    rows: dict[int, int] = {}
    row = top
    for number in range(len(grid.rows)):
        rows[number] = row
        row += 1
    heights: dict[int, int] = {}
    for number, left, cell in grid.places():
        first = right + 1 + edges.index(left)
        last = right + edges.index(left + cell.width)
        target = sheet.cell(rows[number], first)
        _fill(cell, target)
        end = rows[number + cell.rows - 1]
        for r in range(rows[number], end + 1):
            for c in range(first, last + 1):
                sheet.cell(r, c).border = _THIN if grid.border else Border()
        if first != last or end != rows[number]:
            sheet.merge_cells(start_row=rows[number], end_row=end, start_column=first, end_column=last)
        _ink(cell.content, sheet, target)
        lines = sum(
            1 + len(line) // max(2, int(cell.width * scale / 2)) for line in flatten(cell.content).split("\n")
        )
        if cell.rows == 1:
            heights[rows[number]] = max(heights.get(rows[number], 20), 15 * lines + 4, cell.height // 20)
    for number, height in heights.items():
        sheet.row_dimensions[number].height = min(height, 400)
    for number in grid.hidden:
        sheet.row_dimensions[rows[number]].hidden = True
    return row


def _fill(cell: Cell, target: SheetCell) -> None:
    if cell.native is not None:
        target.value = cell.native
        target.number_format = cell.number_format
    else:
        _write(target, cell.content)
    target.font = Font(name="宋体", size=cell.size, bold=cell.bold)
    target.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=True)


def _write(target: SheetCell, content: Content) -> None:
    text = flatten(content)
    if text:
        target.value = text
        target.data_type = "s"


def _ink(content: Content, sheet: Worksheet, target: SheetCell) -> None:
    """Signature pictures where the text before them ends."""
    for number, line in enumerate(content):
        for index, item in enumerate(line):
            if not isinstance(item, Picture):
                continue
            image = Image(io.BytesIO(scribble(item.seed)))
            image.width, image.height = 80, 24
            column, pixels = target.column, 15 * len(flatten((line[:index],)))
            while pixels > 7 * sheet.column_dimensions[get_column_letter(column)].width:
                pixels -= int(7 * sheet.column_dimensions[get_column_letter(column)].width)
                column += 1
            marker = AnchorMarker(
                column - 1, pixels_to_EMU(pixels), target.row - 1, pixels_to_EMU(18 * number + 2)
            )
            image.anchor = OneCellAnchor(marker, XDRPositiveSize2D(pixels_to_EMU(80), pixels_to_EMU(24)))
            sheet.add_image(image)
