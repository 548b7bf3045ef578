"""Blanks as Word forms: a fixed table with content controls in it, and all else locked.

Rows and columns have the sizes of the layout, so that the print is the PDF's within what a printer shifts; a row
grows where more is typed than fits. Every control has the field's id for its tag (see `forms.controlnames`), cannot
be deleted, and prints as blank paper, or as 年 月 日, until it is filled in. Styles, fonts and protection are those of
`base.docx`, which `tools/make_blank_base.py` writes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import count, pairwise
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Emu, Twips
from docx.text.paragraph import Paragraph

from formflow.documents.blanks.docx_controls import Controls, field, run
from formflow.documents.blanks.fill import NOTHING, Filling
from formflow.documents.qr import QUIET, picture, symbol
from formflow.documents.word import element, fixed, saved
from formflow.forms.controlnames import LOG, ControlName, marker_name
from formflow.forms.layout import Area, Blank, Cell, Page, Row
from formflow.forms.layout.measure import PAD
from formflow.forms.spec import FieldType
from formflow.values.blankcode import BlankCode

_TWIP = 20
_EMU = 12700
_LONG_SIZE = 9.0
_TIGHT = 40
"""Margin of a cell that needs its room, in twips."""
_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def blank_docx(blank: Blank, filled: Filling = NOTHING) -> bytes:
    """The blank as a Word form; the same bytes for the same form and filling."""
    document = Document(io.BytesIO(files("formflow.documents.blanks").joinpath("base.docx").read_bytes()))
    document.core_properties.title = blank.form.title
    document.core_properties.subject = f"{blank.form.id} {blank.version}"
    writer = _Writer(document, blank, filled)
    for page in blank.pages:
        writer.write(page)
    return saved(document)


class _Writer:
    """Writes the pages of one blank."""

    def __init__(self, document: Any, blank: Blank, filled: Filling) -> None:
        self._document = document
        self._blank = blank
        self._filled = filled
        self._controls = Controls(count(1))

    def write(self, page: Page) -> None:
        """A page: its head, its tables, the notes below, and its section with its footer."""
        self._head(page)
        bottom = max(area.box[3] for area in page.print if area.kind not in ("below", "footer"))
        for table in _tables(page.rows):
            # Two tables without a paragraph between them would be one.
            _spacer(self._document.add_paragraph(), max(table[0].top - bottom, 1.0))
            self._document.element.body.sectPr.addprevious(self._table(table, page))
            bottom = table[-1].top + table[-1].height
        for area in page.print:
            if area.kind == "below":
                self._line(area, area.box[1] - bottom)
                bottom = area.box[3]
        self._section(page)
        if page.number == page.of:
            _spacer(self._document.add_paragraph(), 1)
        else:
            self._document.add_section()
            # The paragraph that holds the section that ends.
            _spacer(Paragraph(self._document.element.body.sectPr.getprevious(), self._document), 1)

    def _section(self, page: Page) -> None:
        """The page's own section: its size, and in its footer the marker at the left and the page number as fields."""
        section = self._document.sections[-1]
        section.page_width, section.page_height = _length(page.width), _length(page.height)
        section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = _length(_left(page))
        section.top_margin, section.bottom_margin = _length(page.qr[1]), _length(28)
        section.header_distance, section.footer_distance, section.gutter = Twips(284), _length(15), Twips(0)
        section.footer.is_linked_to_previous = False
        line = section.footer.paragraphs[0]
        line.paragraph_format.line_spacing = 1.0
        line.paragraph_format.tab_stops.add_tab_stop(
            _length(page.width / 2 - _left(page)), WD_TAB_ALIGNMENT.CENTER
        )
        marker, told = (area for area in page.print if area.kind == "footer")
        name = marker_name(self._blank.form.id)
        # A page may have become two in Word, so the numbers are fields.
        line._p.extend(
            (
                self._controls.fixed(name, "表单与版式", marker.text),
                run("\t第 ", told.size),
                field("PAGE", page.number, told.size),
                run(" 页　共 ", told.size),
                field("NUMPAGES", page.of, told.size),
                run(" 页", told.size),
            )
        )

    # --- The head of a page ---

    def _head(self, page: Page) -> None:
        """Title and notes as lines of their own; the symbol beside them is bound to the page."""
        above = page.qr[1]
        for number, area in enumerate(a for a in page.print if a.kind not in ("below", "footer")):
            line = self._line(area, area.box[1] - above)
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if number == 0:
                self._symbol(line, page)
            above = area.box[3]

    def _line(self, area: Area, gap: float) -> Paragraph:
        """A printed line, so far below what stands above it."""
        line: Paragraph = self._document.add_paragraph()
        line.paragraph_format.space_before = _length(max(gap, 0))
        line.paragraph_format.line_spacing = _length(area.box[3] - area.box[1])
        line._p.append(run(area.text, area.size, face="黑体" if area.kind == "title" else "宋体"))
        return line

    def _symbol(self, line: Paragraph, page: Page) -> None:
        """The symbol, as large as the layout says; its quiet zone lies outside."""
        blank = self._blank
        code = str(
            BlankCode(
                form=blank.form.id,
                version=blank.version,
                rendition="docx",
                kind=blank.kind,
                page=page.number,
                pages=page.of,
            )
        )
        size = page.qr[2] - page.qr[0]
        quiet = QUIET * size / len(symbol(code))
        wide = Emu(round((size + 2 * quiet) * _EMU))
        inline = line.add_run().add_picture(io.BytesIO(picture(code)), wide, wide)._inline
        inline.docPr.set("descr", code)
        left, top = (round(at * _EMU) - round(quiet * _EMU) for at in page.qr[:2])
        inline.getparent().replace(inline, fixed(inline, left, top, behind=True))

    # --- Tables ---

    def _table(self, rows: Sequence[Row], page: Page) -> Any:
        edges = sorted({_twips(edge) for row in rows for cell in row.cells for edge in cell.box[0::2]})
        border = {"val": "single", "sz": 4, "space": 0, "color": "000000"}
        margins = {"top": 0, "left": _twips(PAD), "bottom": 0, "right": _twips(PAD)}
        properties = element(
            "tblPr",
            element("tblW", w=edges[-1] - edges[0], type="dxa"),
            element("tblBorders", *(element(side, **border) for side in _SIDES)),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=wide, type="dxa") for side, wide in margins.items())),
        )
        grid = element("tblGrid", *(element("gridCol", w=b - a) for a, b in pairwise(edges)))
        return element("tbl", properties, grid, *(self._row(row, edges, page) for row in rows))

    def _row(self, row: Row, edges: Sequence[int], page: Page) -> Any:
        height = element("trHeight", val=_twips(row.height), hRule="atLeast")
        cells = (self._cell(cell, edges, page) for cell in row.cells)
        return element("tr", element("trPr", element("cantSplit"), height), *cells)

    def _cell(self, cell: Cell, edges: Sequence[int], page: Page) -> Any:
        left, right = _twips(cell.box[0]), _twips(cell.box[2])
        span = edges.index(right) - edges.index(left)
        properties = element("tcPr", element("tcW", w=right - left, type="dxa"))
        if span > 1:
            properties.append(element("gridSpan", val=span))
        if cell.kind != "value" or cell.row is not None:
            close = (element(side, w=_TIGHT, type="dxa") for side in ("left", "right"))
            properties.append(element("tcMar", *close))
        top = cell.kind == "value" and cell.tall and cell.row is None
        properties.append(element("vAlign", val="top" if top else "center"))
        return element("tc", properties, *self._content(cell, page))

    def _content(self, cell: Cell, page: Page) -> list[Any]:
        """The paragraphs of a cell."""
        if cell.kind != "value" or cell.spec is None:
            return [_paragraph(element("jc", val="center"), run(cell.text, cell.size))]
        item = cell.spec
        name = ControlName(item.id, "" if cell.row is None else page.rows_field or LOG)
        typed = self._filled.of(item, cell.row)
        long = cell.tall and cell.row is None
        before = element("spacing", before=20, line=232, lineRule="exact") if long else None
        if cell.inner and item.type in _OPTIONS:
            content = self._controls.options(item, name, typed, cell.size)
        elif cell.inner:
            opinion = next((area for area in cell.inner if area.kind == "opinion"), None)
            at = next(area.box[0] for area in cell.inner if area.text == "日期：")
            tab = element("tab", val="left", pos=_twips(at - cell.box[0] - PAD))
            signed = _paragraph(element("tabs", tab), *self._controls.signature(item, name, typed, cell.size))
            if opinion is None:
                return [signed]
            # The opinion's line is as high as its room, and grows where more is said.
            room = element("spacing", line=_twips(opinion.box[3] - cell.box[1]), lineRule="atLeast")
            return [_paragraph(room, self._controls.opinion(item, name, cell.size)), signed]
        elif item.type in _OPTIONS:
            content = [self._controls.list(item, name, typed, cell.size)]
        else:
            # Small, in close lines, so that five of them fit the row as it is.
            size = min(cell.size, _LONG_SIZE) if long else cell.size
            content = [self._controls.value(item, name, typed, size, wide=cell.width)]
        return [_paragraph(before, *content)]


def _tables(rows: Sequence[Row]) -> Iterable[list[Row]]:
    """Runs of rows that touch."""
    tables: list[list[Row]] = []
    for row in rows:
        if tables and row.top - tables[-1][-1].top - tables[-1][-1].height < 1:
            tables[-1].append(row)
        else:
            tables.append([row])
    return tables


def _twips(points: float) -> int:
    return round(points * _TWIP)


def _length(points: float) -> Twips:
    return Twips(_twips(points))


def _left(page: Page) -> float:
    return page.rows[0].cells[0].box[0]


def _paragraph(look: Any, *content: Any) -> Any:
    return element("p", element("pPr", *([] if look is None else [look])), *content)


def _spacer(paragraph: Paragraph, height: float) -> None:
    """Let an empty paragraph be so high."""
    paragraph.paragraph_format.line_spacing = _length(max(height, 1))
    mark = element("rPr", element("sz", val=2))
    paragraph._p.get_or_add_pPr().insert_element_before(mark, "w:sectPr", "w:pPrChange")
