"""Blanks as Word forms: a fixed table with content controls in it, and all else locked.

Rows and columns have the sizes of the layout, so that the print is the PDF's within what a printer shifts; a row
grows where more is typed than fits. Every control has the field's id for its tag (see `forms.controlnames`), cannot
be deleted, and prints as blank paper, or as 年 月 日, until it is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise
from xml.sax.saxutils import quoteattr

from formflow.documents.blanks import docx_parts as parts
from formflow.documents.blanks.docx_controls import Controls, field, run
from formflow.documents.blanks.fill import NOTHING, Filling
from formflow.documents.package import pack, write_members
from formflow.documents.qr import QUIET, picture, symbol
from formflow.forms.controlnames import LOG, ControlName, marker_name
from formflow.forms.layout import Area, Blank, Cell, Page, Row
from formflow.forms.layout.measure import PAD
from formflow.forms.spec import FieldType
from formflow.values.blankcode import BlankCode

_TWIP = 20
_EMU = 12700
_LONG_SIZE = 9.0
_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})


def blank_docx(blank: Blank, filled: Filling = NOTHING) -> bytes:
    """The blank as a Word form; the same bytes for the same form and filling."""
    writer = _Writer(blank, filled)
    body = "".join(writer.pages())
    pages = range(1, len(blank.pages) + 1)
    members = [
        ("[Content_Types].xml", parts.content_types(pages)),
        ("_rels/.rels", parts.PACKAGE_RELATIONS),
        ("docProps/core.xml", parts.core(blank.form.title, f"{blank.form.id} {blank.version}")),
        (
            "word/document.xml",
            f"{parts.HEAD}<w:document {parts.NAMESPACES}><w:body>{body}</w:body></w:document>",
        ),
        ("word/_rels/document.xml.rels", parts.relations(pages)),
        ("word/styles.xml", parts.STYLES),
        ("word/settings.xml", parts.SETTINGS),
        ("word/fontTable.xml", parts.FONTS),
    ]
    members += [(f"word/footer{page.number}.xml", writer.footer(page)) for page in blank.pages]
    packed = [pack(name, text.encode("utf-8")) for name, text in members]
    packed += [pack(f"word/media/qr{page.number}.png", picture(_code(blank, page))) for page in blank.pages]
    return write_members(packed)


def _code(blank: Blank, page: Page) -> str:
    return str(
        BlankCode(
            form=blank.form.id,
            version=blank.version,
            rendition="docx",
            kind=blank.kind,
            page=page.number,
            pages=page.of,
        )
    )


class _Writer:
    """Writes the pages of one blank."""

    def __init__(self, blank: Blank, filled: Filling) -> None:
        self._blank = blank
        self._filled = filled
        self._ids = count(1)
        self._controls = Controls(self._ids)

    def pages(self) -> Iterator[str]:
        for page in self._blank.pages:
            yield self._head(page)
            bottom = max(area.box[3] for area in page.print if area.kind not in ("below", "footer"))
            for table in _tables(page.rows):
                # Two tables without a paragraph between them would be one.
                yield _spacer(max(table[0].top - bottom, 1.0))
                yield self._table(table, page)
                bottom = table[-1].top + table[-1].height
            for area in page.print:
                if area.kind == "below":
                    yield _note(area, area.box[1] - bottom)
                    bottom = area.box[3]
            yield _section(page, last=page.number == page.of)

    def footer(self, page: Page) -> str:
        """Marker at the left, page number in the middle, as fields: a page may have become two."""
        told = [area for area in page.print if area.kind == "footer"]
        control = self._controls.fixed(marker_name(self._blank.form.id), "表单与版式", told[0].text)
        size = told[1].size
        middle = _twips(page.width / 2 - _left(page))
        content = (
            f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="center" w:pos="{middle}"/></w:tabs>'
            f'<w:spacing w:line="240" w:lineRule="auto"/></w:pPr>{control}<w:r><w:tab/></w:r>'
            f"{run('第 ', size)}{field('PAGE', page.number, size)}{run(' 页　共 ', size)}"
            f"{field('NUMPAGES', page.of, size)}{run(' 页', size)}</w:p>"
        )
        return f"{parts.HEAD}<w:ftr {parts.NAMESPACES}>{content}</w:ftr>"

    # --- The head of a page ---

    def _head(self, page: Page) -> str:
        """Title and notes as lines of their own; the symbol beside them is bound to the page."""
        lines = [area for area in page.print if area.kind not in ("below", "footer")]
        above = page.qr[1]
        shown: list[str] = []
        for area in lines:
            extra = self._picture(page) if not shown else ""
            shown.append(_line(area, above, extra))
            above = area.box[3]
        return "".join(shown)

    def _picture(self, page: Page) -> str:
        """The symbol, as large as the layout says; its quiet zone lies outside."""
        code = _code(self._blank, page)
        size = page.qr[2] - page.qr[0]
        quiet = QUIET * size / len(symbol(code))
        extent = round((size + 2 * quiet) * _EMU)
        right = round(quiet * _EMU)
        return parts.anchored(
            relation=f"qr{page.number}",
            id=next(self._ids),
            name=f"QR {page.number}",
            description=code,
            extent=extent,
            left=round(page.qr[0] * _EMU) - right,
            top=round(page.qr[1] * _EMU) - right,
        )

    # --- Tables ---

    def _table(self, rows: Sequence[Row], page: Page) -> str:
        edges = sorted({_twips(edge) for row in rows for cell in row.cells for edge in cell.box[0::2]})
        grid = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in pairwise(edges))
        lines = "".join(self._row(row, edges, page) for row in rows)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1] - edges[0]}" w:type="dxa"/>{parts.BORDERS}'
            f'<w:tblLayout w:type="fixed"/>{parts.margins(_twips(PAD))}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
        )

    def _row(self, row: Row, edges: Sequence[int], page: Page) -> str:
        cells = "".join(self._cell(cell, edges, page) for cell in row.cells)
        return (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(row.height)}" w:hRule="atLeast"/>'
            f"</w:trPr>{cells}</w:tr>"
        )

    def _cell(self, cell: Cell, edges: Sequence[int], page: Page) -> str:
        left, right = _twips(cell.box[0]), _twips(cell.box[2])
        span = edges.index(right) - edges.index(left)
        spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        top = cell.kind == "value" and cell.tall and cell.row is None
        tight = cell.kind != "value" or cell.row is not None
        close = parts.cell_margins(40) if tight else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{right - left}" w:type="dxa"/>{spanned}{close}'
            f'<w:vAlign w:val="{"top" if top else "center"}"/></w:tcPr>{self._content(cell, page)}</w:tc>'
        )

    def _content(self, cell: Cell, page: Page) -> str:
        if cell.kind != "value" or cell.spec is None:
            return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run(cell.text, cell.size)}</w:p>'
        item = cell.spec
        table = ""
        if cell.row is not None:
            table = page.rows_field or LOG
        name = ControlName(item.id, table)
        typed = self._filled.of(item, cell.row)
        long = cell.tall and cell.row is None
        before = '<w:spacing w:before="20" w:line="232" w:lineRule="exact"/>' if long else ""
        if cell.inner and item.type in _OPTIONS:
            content = self._controls.options(item, name, typed, cell.size)
        elif cell.inner:
            opinion = next((area for area in cell.inner if area.kind == "opinion"), None)
            at = next(area.box[0] for area in cell.inner if area.text == "日期：")
            tab = f'<w:tabs><w:tab w:val="left" w:pos="{_twips(at - cell.box[0] - PAD)}"/></w:tabs>'
            content, before = self._controls.signature(item, name, typed, cell.size), tab
            if opinion is not None:
                room = _twips(opinion.box[3] - cell.box[1])
                said = self._controls.opinion(item, name, cell.size)
                # The opinion's line is as high as its room, and grows where more is said.
                shown = f'<w:p><w:pPr><w:spacing w:line="{room}" w:lineRule="atLeast"/></w:pPr>{said}</w:p>'
                return f"{shown}<w:p><w:pPr>{before}</w:pPr>{content}</w:p>"
        elif item.type in _OPTIONS:
            content = self._controls.list(item, name, typed, cell.size)
        else:
            # Small, in close lines, so that five of them fit the row as it is.
            size = min(cell.size, _LONG_SIZE) if long else cell.size
            content = self._controls.value(item, name, typed, size, wide=cell.width)
        return f"<w:p><w:pPr>{before}</w:pPr>{content}</w:p>"


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


def _left(page: Page) -> float:
    return page.rows[0].cells[0].box[0]


def _spacer(height: float) -> str:
    return f"<w:p>{_exact(height)}</w:p>"


def _exact(height: float) -> str:
    line = max(_twips(height), 20)
    return f'<w:pPr><w:spacing w:line="{line}" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr>'


def _line(area: Area, above: float, extra: str) -> str:
    spacing = (
        f'<w:spacing w:before="{_twips(max(area.box[1] - above, 0))}" '
        f'w:line="{_twips(area.box[3] - area.box[1])}" w:lineRule="exact"/>'
    )
    face = "黑体" if area.kind == "title" else "宋体"
    text = run(area.text, area.size, face=face)
    return f'<w:p><w:pPr>{spacing}<w:jc w:val="center"/></w:pPr>{extra}{text}</w:p>'


def _note(area: Area, gap: float) -> str:
    spacing = (
        f'<w:spacing w:before="{_twips(max(gap, 0))}" w:line="{_twips(area.box[3] - area.box[1])}" '
        'w:lineRule="exact"/>'
    )
    return f"<w:p><w:pPr>{spacing}</w:pPr>{run(area.text, area.size)}</w:p>"


def _section(page: Page, *, last: bool) -> str:
    """The end of a page: its own section, for its own footer."""
    wide = page.width > page.height
    side = _twips(_left(page))
    properties = (
        f'<w:sectPr><w:footerReference w:type="default" r:id={quoteattr(f"footer{page.number}")}/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{_twips(page.width)}" w:h="{_twips(page.height)}"'
        f"{' w:orient=' + quoteattr('landscape') if wide else ''}/>"
        f'<w:pgMar w:top="{_twips(page.qr[1])}" w:right="{side}" w:bottom="{_twips(28)}" w:left="{side}" '
        f'w:header="284" w:footer="{_twips(15)}" w:gutter="0"/></w:sectPr>'
    )
    if last:
        return _spacer(1) + properties
    inner = _exact(1).removeprefix("<w:pPr>").removesuffix("</w:pPr>")
    spacing, _, fonts = inner.partition("<w:rPr>")
    return f"<w:p><w:pPr>{spacing}<w:rPr>{fonts}{properties}</w:pPr></w:p>"
