"""Blanks as Excel forms: named cells, lists and checks where something is filled in, and all else locked.

A record's sheet has the layout's columns, merged where its rows differ. A log is one table without merged cells,
with a hundred rows, which widens the fields of its header to whole columns. Checks warn and do not forbid, so that
无 can be written anywhere.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from formflow.documents.blanks.fill import NOTHING, Filling
from formflow.documents.blanks.xlsx_cells import Pen, Place
from formflow.documents.package import expand, pack, read_members, write_members
from formflow.documents.qr import picture, symbol
from formflow.forms.controlnames import marker_name, sheet_name
from formflow.forms.layout import Area, Blank, Cell, Page, Row
from formflow.forms.layout.measure import MM
from formflow.forms.spec import FieldType
from formflow.model import Box
from formflow.values.blankcode import BlankCode

LOG_ROWS = 100
_PIXEL = 96 / 72
_FACE, _FACE_SIZE, _DIGIT = "宋体", 11, 8
"""The workbook's own font and how many pixels its digits are wide, by which programs count the width of columns."""
_EMU = 12700
_SYMBOL = 23.5 * MM
"""Larger than the layout's: where 宋体 is missing, columns turn out wider and the sheet is shrunk to the paper."""
_SHEET = "表单"


def blank_xlsx(blank: Blank, filled: Filling = NOTHING) -> bytes:
    """The blank as a workbook; the same bytes for the same form and filling."""
    book = Workbook()
    sheet = book.active
    sheet.title = _SHEET
    book._named_styles["Normal"].font = Font(name=_FACE, size=_FACE_SIZE)
    book._fonts[0] = Font(name=_FACE, size=_FACE_SIZE)
    writer = _Writer(blank, filled, book, sheet)
    writer.write()
    out = io.BytesIO()
    book.save(out)
    # The hour of saving stands in the properties; a blank's bytes depend on its form only.
    members = read_members(out.getvalue())
    return write_members(
        pack(m.name, _timeless(expand(m))) if m.name == "docProps/core.xml" else m for m in members
    )


def _timeless(properties: bytes) -> bytes:
    return re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", properties)


class _Writer:
    """Writes one sheet."""

    def __init__(self, blank: Blank, filled: Filling, book: Any, sheet: Any) -> None:
        self._blank = blank
        self._log = blank.kind == "log"
        self._sheet = sheet
        self._left = blank.pages[0].rows[0].cells[0].box[0]
        self._edges = self._columns()
        self._pen = Pen(blank, filled, book, sheet, _SHEET)
        self._row = 0

    def write(self) -> None:
        """Fill the sheet from the top down."""
        for number, (left, right) in enumerate(pairwise(self._edges), start=1):
            width = (right - left) * _PIXEL / _DIGIT
            self._sheet.column_dimensions[get_column_letter(number)].width = round(width, 3)
        for page in self._blank.pages[:1] if self._log else self._blank.pages:
            self._head(page)
            bottom = page.rows[0].top
            for row in page.rows:
                if row.top - bottom > 1:
                    self._space(row.top - bottom)
                if self._log and row.cells[0].row is not None:
                    break
                self._ruled(row)
                bottom = row.top + row.height
            if self._log:
                self._entries(page.rows[-1])
            bottom = page.rows[-1].top + page.rows[-1].height
            for area in page.print:
                if area.kind == "below":
                    self._next(area.box[3] - bottom)
                    bottom = area.box[3]
                    self._pen.print(
                        Place(self._row, 1, self._row, len(self._edges) - 1), area.text, area.size, "below"
                    )
            self._foot(page)
            if page.number < page.of and not self._log:
                self._sheet.row_breaks.append(Break(id=self._row))
        self._pen.finish()
        self._set_up(self._blank.pages[0])

    # --- Rows ---

    def _columns(self) -> list[float]:
        rows = [row for page in self._blank.pages for row in page.rows]
        if self._log:
            table = next(row for row in rows if row.cells[0].kind == "column")
            return [table.cells[0].box[0], *(cell.box[2] for cell in table.cells)]
        edges = {round(edge, 2) for row in rows for cell in row.cells for edge in cell.box[0::2]}
        for row in rows:
            for cell in _split(row.cells):
                edges.update(round(edge, 2) for edge in cell.box[0::2])
        kept: list[float] = []
        for edge in sorted(edges):
            if not kept or edge - kept[-1] > 1:
                kept.append(edge)
        return kept

    def _head(self, page: Page) -> None:
        above = page.qr[1]
        self._picture(page)
        for area in page.print:
            if area.kind in ("below", "footer"):
                continue
            self._next(area.box[3] - above)
            self._pen.print(
                Place(self._row, 1, self._row, len(self._edges) - 1), area.text, area.size, area.kind
            )
            above = area.box[3]
        self._space(page.rows[0].top - above)

    def _ruled(self, row: Row) -> None:
        opinion = next((a for cell in row.cells for a in cell.inner if a.kind == "opinion"), None)
        if opinion is not None:
            self._approved(row, opinion)
            return
        self._next(max(row.height, self._pen.height(row.cells)))
        cells = _split(row.cells)
        for cell, (first, last) in zip(cells, self._spans(cells), strict=True):
            place = Place(self._row, first, self._row, last)
            if cell.kind == "value" and cell.spec is not None:
                self._pen.value(place, cell)
            else:
                self._pen.label(place, cell)

    def _approved(self, row: Row, opinion: Area) -> None:
        """An approver's cell in two rows: the opinion, and below it the line to sign on; the label stands beside both."""
        label, value = row.cells
        left, top, right, bottom = value.box
        line = opinion.box[3]
        signed = replace(value, box=(left, line, right, bottom), inner=value.inner[1:])
        above = self._row + 1
        self._next(line - top)
        self._next(bottom - line)
        cells = [label, *_split((signed,))]
        spans = self._spans(cells)
        self._pen.label(Place(above, spans[0][0], self._row, spans[0][1]), label)
        self._pen.opinion(Place(above, spans[1][0], above, spans[-1][1]), value)
        for cell, (first, last) in zip(cells[1:], spans[1:], strict=True):
            place = Place(self._row, first, self._row, last)
            (self._pen.value if cell.kind == "value" else self._pen.label)(place, cell)

    def _entries(self, row: Row) -> None:
        """The rows of a log, all alike, each column with one name and one check."""
        first = self._row + 1
        for number in range(max(LOG_ROWS, self._pen.entries)):
            cells = tuple(
                replace(cell, row=number, text=str(number + 1) if cell.kind == "number" else "")
                for cell in row.cells
            )
            self._ruled(Row(cells=cells))
        for column, cell in enumerate(row.cells, start=1):
            if cell.spec is not None:
                self._pen.column(Place(first, column, self._row, column), cell.spec)
        self._sheet.freeze_panes = self._sheet.cell(first, 3)
        self._sheet.print_title_rows = f"{first - 1}:{first - 1}"

    def _foot(self, page: Page) -> None:
        self._space(3)
        self._next(12)
        # In the first column alone, where the table above has its ordinals: it is no row of the table.
        place = Place(self._row, 1, self._row, 1)
        told = next(area for area in page.print if area.kind == "footer")
        self._pen.print(place, told.text, 8.0, "footer")
        if page.number == 1:
            self._pen.name(sheet_name(marker_name(self._blank.form.id)), place)

    def _spans(self, cells: Sequence[Cell]) -> list[tuple[int, int]]:
        """First and last column of each cell, from 1; edges that are no column's go to the nearest."""
        edges = [cell.box[2] for cell in cells]
        spans, start = [], 0
        for number, edge in enumerate(edges):
            least, most = start + 1, len(self._edges) - (len(edges) - number)
            near = min(range(least, most + 1), key=lambda at: abs(self._edges[at] - edge))
            spans.append((start + 1, near))
            start = near
        return spans

    def _next(self, height: float) -> None:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = round(height, 2)

    def _space(self, height: float) -> None:
        if height >= 1:
            self._next(height)

    # --- The page ---

    def _picture(self, page: Page) -> None:
        code = BlankCode(
            form=self._blank.form.id,
            version=self._blank.version,
            rendition="xlsx",
            kind=self._blank.kind,
            page=page.number,
            pages=page.of,
        )
        image = Image(io.BytesIO(picture(str(code), quiet=0)))
        side = max(_SYMBOL, len(symbol(str(code))) * 0.8 * MM)
        left = page.qr[2] - side
        # Bound to its column, which another program may make wider or narrower than Excel does.
        column = max(at for at, edge in enumerate(self._edges[:-1]) if edge <= left)
        marker = AnchorMarker(col=column, colOff=round((left - self._edges[column]) * _EMU), row=self._row)
        extent = round(side * _EMU)
        image.anchor = OneCellAnchor(_from=marker, ext=XDRPositiveSize2D(extent, extent))
        self._sheet.add_image(image)

    def _set_up(self, page: Page) -> None:
        sheet = self._sheet
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        wide = page.width > page.height
        sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE if wide else sheet.ORIENTATION_PORTRAIT
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0 if self._log else page.of
        last = get_column_letter(len(self._edges) - 1)
        sheet.print_area = f"A1:{last}{self._row}"
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = self._left / 72 * 0.9
        margins.top, margins.bottom = page.qr[1] / 72, 0.5
        margins.header = margins.footer = 0.25
        if self._log:
            # The head stands on the first page alone; the others say whose they are.
            sheet.HeaderFooter.differentFirst = True
            sheet.oddHeader.center.text = f"{self._blank.form.title}（续页）"
            sheet.firstFooter.center.text, sheet.firstFooter.center.size = "第 &P 页　共 &N 页", 9
        sheet.oddFooter.center.text = "第 &P 页　共 &N 页"
        sheet.oddFooter.center.size = 9
        sheet.sheet_view.showGridLines = False
        sheet.protection.sheet = True
        # A protected sheet still lets rows be made taller.
        sheet.protection.formatRows = False


def _split(cells: Sequence[Cell]) -> list[Cell]:
    """A signature's cell as four: caption, name, caption, day; all others as they are."""
    found: list[Cell] = []
    for cell in cells:
        if cell.spec is None or cell.spec.type is not FieldType.SIGNATURE or not cell.inner:
            found.append(cell)
            continue
        left, top, right, bottom = cell.box
        signing = [area for area in cell.inner if area.kind != "opinion"]
        name, second, day = signing[1:4]
        cuts = (left, name.box[0], second.box[0], day.box[0], right)
        boxes: list[Box] = [(a, top, b, bottom) for a, b in pairwise(cuts)]
        found.append(replace(cell, kind="label", box=boxes[0], text="签字：", inner=()))
        found.append(replace(cell, box=boxes[1], inner=(name,)))
        found.append(replace(cell, kind="label", box=boxes[2], text="日期：", inner=()))
        found.append(replace(cell, box=boxes[3], inner=(day,)))
    return found
