"""Pages as a Word document."""

from __future__ import annotations

import io
import itertools
import random
import struct
import zlib
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Cm

from .page import WIDTH, Box, Cell, Content, Control, Grid, Line, Page, Para, Picture, Tab, Text

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = (
    f'xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TWIPS = 9600


class WordFile:
    """One document being written; fonts and sizes are drawn for the file."""

    def __init__(self, rng: Random) -> None:
        self.document = docx.Document()
        self.font = rng.choice(["宋体", "仿宋", "微软雅黑", "仿宋_GB2312", "楷体"])
        self.size = rng.choice([9, 10, 10.5, 10.5, 12])
        self.ids = itertools.count(101)
        self.rng = rng
        self.split = rng.random() < 0.3
        self.whole_rows = rng.random() < 0.85
        self.sdt_outside = rng.random() < 0.5
        self.spacing = 20
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)

    def write(self, pages: list[Page], path: Path) -> None:
        body = self.document.element.body
        for element in list(body):
            if not element.tag.endswith("}sectPr"):
                body.remove(element)
        end = body[-1]
        break_pages = self.rng.random() < 0.7
        section = self.document.sections[0]
        if pages[0].landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        if pages[0].header:
            section.header.paragraphs[0].text = pages[0].header
        if pages[0].footer:
            section.footer.paragraphs[0].text = pages[0].footer
        for number, page in enumerate(pages):
            if number:
                xml = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' if break_pages else "<w:p/>"
                end.addprevious(self._parse(xml))
            self._page(page, end, landscape=pages[0].landscape)
        self.document.save(str(path))

    def _page(self, page: Page, end: object, *, landscape: bool) -> None:
        width = 14000 if landscape else _TWIPS
        previous: Para | Grid | None = None
        for block in page.blocks:
            if isinstance(block, Grid) and isinstance(previous, Grid):
                end.addprevious(self._parse("<w:p/>"))  # type: ignore[attr-defined]
            xml = self._grid(block, width) if isinstance(block, Grid) else self._para_block(block)
            end.addprevious(self._parse(xml))  # type: ignore[attr-defined]
            previous = block

    def _parse(self, xml: str) -> object:
        head, _, tail = xml.partition(">")
        closed = head.endswith("/")
        return parse_xml(f"{head[:-1] if closed else head} {_NS}{'/' if closed else ''}>{tail}")

    def _para_block(self, block: Para) -> str:
        if block.frame:
            return self._frame(block)
        return self._paragraph_of(block.content, block.align, bold=block.bold, size=block.size)

    def _paragraph_of(
        self, content: Content, align: str, *, bold: bool = False, size: float | None = None
    ) -> str:
        """One paragraph; the content's lines are parted by breaks."""
        runs = "<w:r><w:br/></w:r>".join(self._line(line, bold, size) for line in content)
        return f"<w:p>{self._ppr(align)}{runs}</w:p>"

    def _ppr(self, align: str) -> str:
        return f'<w:pPr><w:spacing w:before="{self.spacing}" w:after="{self.spacing}"/><w:jc w:val="{align}"/></w:pPr>'

    def _rpr(
        self,
        *,
        bold: bool = False,
        underline: bool = False,
        size: float | None = None,
        placeholder: bool = False,
        pen: bool = False,
    ) -> str:
        return (
            "<w:rPr>"
            + ('<w:rStyle w:val="PlaceholderText"/>' if placeholder else "")
            + f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}" w:eastAsia="{self.font}"/>'
            + ("<w:b/>" if bold else "")
            + ('<w:color w:val="FEFEFE"/>' if pen else "")
            + f'<w:sz w:val="{int((size or self.size) * 2)}"/>'
            + ('<w:u w:val="single"/>' if underline else "")
            + "</w:rPr>"
        )

    def _run(self, text: str, **how: object) -> str:
        shown = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(t)}</w:t>' if t else "" for t in text.split("\n")
        )
        return f"<w:r>{self._rpr(**how)}{shown}</w:r>"  # type: ignore[arg-type]

    def _line(self, line: Line, bold: bool = False, size: float | None = None) -> str:
        out = []
        for item in line:
            match item:
                case Text(text=text):
                    pieces = [text]
                    if self.split and len(text) > 3:
                        cut = self.rng.randint(1, len(text) - 1)
                        pieces = [text[:cut], text[cut:]]
                    out += [
                        self._run(
                            p, bold=bold or item.bold, underline=item.underline, size=size, pen=item.pen
                        )
                        for p in pieces
                        if p
                    ]
                case Tab():
                    out.append("<w:r><w:tab/></w:r>")
                case Box():
                    out.append(self._box(item))
                case Control():
                    out.append(self._control(item))
                case Picture():
                    out.append(self._picture(item))
        return "".join(out)

    def _box(self, box: Box) -> str:
        number = next(self.ids)
        if box.style == "w14":
            on = int(box.on)
            glyph = "☒" if box.on else "☐"
            return (
                f'<w:sdt><w:sdtPr><w:id w:val="{number}"/><w14:checkbox><w14:checked w14:val="{on}"/>'
                '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
                f"</w14:checkbox></w:sdtPr><w:sdtContent>{self._run(glyph)}</w:sdtContent></w:sdt>"
            )
        if box.style == "legacy":
            state = '<w:default w:val="0"/>' + ("<w:checked/>" if box.on else "")
            return (
                f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Check{number}"/><w:enabled/><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
                '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
        font, on_code, off_code = (
            ("Wingdings 2", "F052", "F0A3") if box.style == "sym2" else ("Wingdings", "F0FE", "F0A8")
        )
        return f'<w:r><w:sym w:font="{font}" w:char="{on_code if box.on else off_code}"/></w:r>'

    def _control(self, control: Control) -> str:
        return f"<w:sdt>{self._sdt_properties(control)}<w:sdtContent>{self._run(control.text or control.placeholder, placeholder=not control.text)}</w:sdtContent></w:sdt>"

    def _sdt_properties(self, control: Control) -> str:
        number = next(self.ids)
        kinds = {
            "date": '<w:date><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/></w:date>',
            "dropdown": "<w:dropDownList>"
            + "".join(
                f"<w:listItem w:displayText={quoteattr(o)} w:value={quoteattr(o)}/>" for o in control.options
            )
            + "</w:dropDownList>",
        }
        empty = "" if control.text else "<w:showingPlcHdr/>"
        return f'<w:sdtPr><w:id w:val="{number}"/>{empty}{kinds.get(control.kind, "<w:text/>")}</w:sdtPr>'

    def _picture(self, picture: Picture) -> str:
        run = self.document.add_paragraph().add_run()
        run.add_picture(io.BytesIO(scribble(picture.seed)), width=Cm(2))
        paragraph = run._r.getparent()
        paragraph.getparent().remove(paragraph)
        from lxml import etree

        return etree.tostring(run._r, encoding="unicode")

    def _frame(self, block: Para) -> str:
        inner = self._paragraph_of(block.content, "left", bold=block.bold, size=block.size)
        number = next(self.ids)
        drawing = (
            f'<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="5400000" cy="420000"/><wp:wrapTopAndBottom/><wp:docPr id="{number}" name="文本框 {number}"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
            '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="420000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
            f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        )
        fallback = f'<w:pict><v:shape style="width:425pt;height:33pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>'
        return f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r></w:p>'

    def _grid(self, grid: Grid, total: int) -> str:
        edges = grid.edges()
        span = max(edges[-1], 1)
        rows: list[str] = []
        held: dict[int, list[tuple[int, Cell]]] = {}
        placed: dict[int, list[tuple[int, Cell, bool]]] = {}
        for number, left, cell in grid.places():
            placed.setdefault(number, []).append((left, cell, False))
            for below in range(number + 1, number + cell.rows):
                held.setdefault(below, []).append((left, cell))
        for number in range(len(grid.rows)):
            cells = placed.get(number, []) + [(left, cell, True) for left, cell in held.get(number, [])]
            out = []
            for left, cell, continued in sorted(cells, key=lambda c: c[0]):
                columns = edges.index(left + cell.width) - edges.index(left)
                out.append(self._cell(cell, columns, cell.width * total // span, continued))
            header = "<w:cantSplit/>" if self.whole_rows else ""
            least = max((c.height for _, c, held_over in cells if not held_over), default=0)
            header += f'<w:trHeight w:val="{least}"/>' if least else ""
            header += "<w:tblHeader/>" if number < grid.header_rows else ""
            header = f"<w:trPr>{header}</w:trPr>" if header else ""
            rows.append(f"<w:tr>{header}{''.join(out)}</w:tr>")
        columns = "".join(
            f'<w:gridCol w:w="{(b - a) * total // span}"/>' for a, b in itertools.pairwise(edges)
        )
        style = '<w:tblStyle w:val="TableGrid"/>' if grid.border else ""
        return f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'

    def _cell_control(self, properties: str, paragraphs: str) -> str:
        """A control around the cell, or around the paragraphs in it."""
        head = self._sdt_properties(Control("x"))
        if self.sdt_outside:
            return f"<w:sdt>{head}<w:sdtContent><w:tc>{properties}{paragraphs}</w:tc></w:sdtContent></w:sdt>"
        return f"<w:tc>{properties}<w:sdt>{head}<w:sdtContent>{paragraphs}</w:sdtContent></w:sdt></w:tc>"

    def _cell(self, cell: Cell, columns: int, width: int, continued: bool) -> str:
        merge = "" if cell.rows == 1 else "<w:vMerge/>" if continued else '<w:vMerge w:val="restart"/>'
        grid_span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid_span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        if continued:
            return f"<w:tc>{properties}<w:p/></w:tc>"
        if cell.inner is not None:
            return f"<w:tc>{properties}{self._grid(cell.inner, width - 240)}<w:p/></w:tc>"
        content = cell.content
        if len(content) > 1 and self.rng.random() < 0.6:
            paragraphs = "".join(self._paragraph_of((line,), cell.align, bold=cell.bold) for line in content)
        else:
            paragraphs = self._paragraph_of(content, cell.align, bold=cell.bold)
        if cell.sdt:
            return self._cell_control(properties, paragraphs)
        return f"<w:tc>{properties}{paragraphs}</w:tc>"


def scribble(seed: int) -> bytes:
    """A small PNG of a pen stroke: the picture of a signature."""
    width, height = 120, 40
    rng = random.Random(seed)
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    x, y = 4.0, height / 2
    slope = 0.0
    while x < width - 4:
        slope = max(-2.5, min(2.5, slope + rng.uniform(-0.9, 0.9)))
        y = min(height - 3, max(2, y + slope))
        for dx, dy in ((0, 0), (1, 0), (0, 1)):
            rows[int(y) + dy][int(x) + dx] = 30
        x += 0.5
    data = zlib.compress(b"".join(b"\0" + bytes(r) for r in rows))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def write_word(pages: list[Page], path: Path, rng: Random) -> None:
    WordFile(rng).write(pages, path)


__all__ = ["WIDTH", "WordFile", "scribble", "write_word"]
