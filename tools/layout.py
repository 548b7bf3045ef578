"""A small kit to lay out office documents in WordprocessingML: named styles, fixed tables, headers and footers.

Lengths are in twips (1/20 point; 567 to the centimetre) as the format counts them. The styles carry Chinese names,
so that a department changes fonts and sizes in Word by changing a style.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape

from formflow.documents.package import pack, write_members

PAGE = (11906, 16838)
"""A4."""

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHADE = "F2F2F2"

# id, name, fonts (east Asian), half-points, exact line in twips, paragraph properties, run properties
_STYLES: tuple[tuple[str, str, str, int, int, str, str], ...] = (
    ("org", "单位名称", "宋体", 30, 400, '<w:jc w:val="center"/>', ""),
    ("title", "文书标题", "宋体", 40, 580, '<w:jc w:val="center"/>', '<w:b/><w:spacing w:val="40"/>'),
    ("meta", "文书信息行", "宋体", 20, 380, "", ""),
    ("label", "表格栏目", "黑体", 21, 280, '<w:jc w:val="center"/>', ""),
    ("value", "表格内容", "宋体", 21, 280, "", ""),
    # Every character of one font, so that boxes are of one size wherever they stand.
    ("boxes", "表格选项", "宋体", 20, 280, "", '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'),
    ("small", "表格小字", "宋体", 18, 240, "", ""),
    ("tiny", "核对条款", "宋体", 16, 205, "", ""),
    ("tinycentre", "核对结论", "宋体", 16, 205, '<w:jc w:val="center"/>', ""),
    ("smallhead", "表格小栏目", "宋体", 18, 240, '<w:keepNext/><w:jc w:val="center"/>', ""),
    ("smallcentre", "表格小字居中", "宋体", 18, 240, '<w:jc w:val="center"/>', ""),
    (
        "section",
        "表格分节",
        "黑体",
        21,
        270,
        '<w:keepNext/><w:jc w:val="center"/>',
        '<w:spacing w:val="60"/>',
    ),
    ("sign", "签字行", "宋体", 21, 360, '<w:jc w:val="right"/>', ""),
    ("note", "注释", "宋体", 18, 280, "", ""),
    ("number", "函件编号", "仿宋", 24, 440, '<w:jc w:val="center"/>', ""),
    ("to", "函件抬头", "仿宋", 28, 500, "", ""),
    (
        "body",
        "函件正文",
        "仿宋",
        28,
        500,
        '<w:ind w:firstLineChars="200" w:firstLine="560"/><w:jc w:val="both"/>',
        "",
    ),
    (
        "heading",
        "函件小标题",
        "黑体",
        28,
        500,
        '<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="560"/>',
        "",
    ),
    ("from", "函件落款", "仿宋", 28, 500, '<w:keepLines/><w:ind w:right="560"/><w:jc w:val="right"/>', ""),
    (
        "lead",
        "函件列表引语",
        "仿宋",
        24,
        400,
        '<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="480"/>',
        "",
    ),
    ("listed", "函件列表", "仿宋", 19, 280, '<w:ind w:left="480"/>', ""),
    ("end", "表后", "宋体", 2, 20, "", ""),
    ("header", "页眉", "宋体", 18, 260, "", '<w:color w:val="404040"/>'),
    ("footer", "页脚", "宋体", 18, 260, "", '<w:color w:val="404040"/>'),
)


def styles() -> str:
    """styles.xml: the styles above and their defaults."""
    written = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_ordered(paragraph, line, exact=id not in ("sign", "header"))}</w:pPr>'
        f'<w:rPr>{"" if "<w:rFonts" in run else f"""<w:rFonts w:eastAsia="{font}"/>"""}{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for id, name, font, size, line, paragraph, run in _STYLES
    )
    return (
        f"{_HEAD}<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"'
        ' w:hint="eastAsia"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:snapToGrid w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr></w:style>{written}</w:styles>"
    )


def _ordered(paragraph: str, line: int, *, exact: bool) -> str:
    """Paragraph properties in schema order: keepNext, keepLines, spacing, ind, jc.

    A line that is not exact grows with the picture of a signature or a code.
    """
    keeps = "".join(tag for tag in ("<w:keepNext/>", "<w:keepLines/>") if tag in paragraph)
    rest = paragraph.replace("<w:keepNext/>", "").replace("<w:keepLines/>", "")
    return f'{keeps}<w:spacing w:line="{line}" w:lineRule="{"exact" if exact else "atLeast"}"/>{rest}'


def p(
    text: str = "",
    style: str = "value",
    *,
    tabs: Sequence[tuple[str, int]] = (),
    before: int = 0,
    after: int = 0,
    keep: bool = False,
) -> str:
    """A paragraph; `\\t` is a tab, `\\n` a line break. `tabs` are (left|center|right, position)."""
    properties = f'<w:pStyle w:val="{style}"/>' + ("<w:keepNext/>" if keep else "")
    if tabs:
        stops = "".join(f'<w:tab w:val="{kind}" w:pos="{position}"/>' for kind, position in tabs)
        properties += f"<w:tabs>{stops}</w:tabs>"
    if before or after:
        properties += f'<w:spacing w:before="{before}" w:after="{after}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_runs(text)}</w:p>"


def _runs(text: str) -> str:
    """Runs of a text; `<PAGE>` and `<NUMPAGES>` become fields."""
    if not text:
        return ""
    xml = escape(text)
    for name in ("PAGE", "NUMPAGES"):
        fielded = f'</w:t></w:r><w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        xml = xml.replace(f"&lt;{name}&gt;", fielded + '<w:r><w:t xml:space="preserve">')
    start = '<w:t xml:space="preserve">'
    xml = xml.replace("\t", f"</w:t><w:tab/>{start}").replace("\n", f"</w:t><w:br/>{start}")
    return f"<w:r>{start}{xml}</w:t></w:r>".replace(f"{start}</w:t>", "").replace("<w:r></w:r>", "")


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    Attributes:
        width: In twips; cells of a row add up to the table's width.
        content: Paragraphs (XML), or a text in `style`.
    """

    width: int
    content: str
    style: str = "value"
    shade: bool = False
    top: bool = False

    def paragraphs(self) -> str:
        return self.content if self.content.startswith("<w:p>") else p(self.content, self.style)


@dataclass(slots=True)
class Table:
    """A fixed table whose rows may be cut differently; the grid is found from all the cuts."""

    width: int
    rows: list[tuple[tuple[Cell, ...], int, bool]] = field(default_factory=list)
    whole: bool = False
    """It is not cut by the end of a page."""

    def row(self, *cells: Cell, height: int = 425, repeat: bool = False) -> Table:
        """Add a row of at least that height; `repeat` prints it again on each page, unless the table stays in one piece."""
        total = sum(cell.width for cell in cells)
        if total != self.width:
            raise ValueError(f"cells add up to {total}, not {self.width}: {[cell.content for cell in cells]}")
        self.rows.append((cells, height, repeat))
        return self

    def tag(self, tag: str) -> Table:
        """A row that only holds a row tag, such as `{%tr for x in y %}`."""
        return self.row(Cell(self.width, tag), height=0)

    def section(self, text: str) -> Table:
        return self.row(Cell(self.width, text, "section", shade=True), height=350)

    def xml(self) -> str:
        cuts = sorted({at for cells, _, _ in self.rows for at in _edges(cells)})
        grid = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in pairwise(cuts))
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="{8 if outer else 4}" w:space="0" w:color="000000"/>'
            for side, outer in (
                *((side, True) for side in ("top", "left", "bottom", "right")),
                *((side, False) for side in ("insideH", "insideV")),
            )
        )
        margins = "".join(
            f'<w:{side} w:w="{width}" w:type="dxa"/>'
            for side, width in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
        )
        written = [_row(cells, height, repeat, cuts) for cells, height, repeat in self.rows]
        if self.whole:
            written[:-1] = [_kept(row) for row in written[:-1]]
        rows = "".join(written)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{self.width}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )


def _kept(row: str) -> str:
    """A row whose paragraphs all stay with what follows."""
    return re.sub(r'(<w:pPr><w:pStyle w:val="[^"]*"/>)(?:<w:keepNext/>)?', r"\1<w:keepNext/>", row)


def _edges(cells: Sequence[Cell]) -> list[int]:
    edges = [0]
    for cell in cells:
        edges.append(edges[-1] + cell.width)
    return edges


def _row(cells: Sequence[Cell], height: int, repeat: bool, cuts: list[int]) -> str:
    edges = _edges(cells)
    written = ""
    for cell, left, right in zip(cells, edges, edges[1:], strict=False):
        span = cuts.index(right) - cuts.index(left)
        properties = f'<w:tcW w:w="{cell.width}" w:type="dxa"/>'
        properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>' if cell.shade else ""
        properties += f'<w:vAlign w:val="{"top" if cell.top else "center"}"/>'
        written += f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.paragraphs()}</w:tc>"
    row = "<w:cantSplit/>" + (f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "")
    return f"<w:tr><w:trPr>{row}{'<w:tblHeader/>' if repeat else ''}</w:trPr>{written}</w:tr>"


@dataclass(frozen=True, slots=True)
class Page:
    """An A4 page: margins (top, right, bottom, left) and what its header and footer hold.

    `first` is the first page's header where that is another.
    """

    margins: tuple[int, int, int, int]
    header: str
    footer: str
    first: str = ""

    @property
    def width(self) -> int:
        """Width between the margins."""
        return PAGE[0] - self.margins[1] - self.margins[3]


def document(page: Page, title: str, *blocks: str) -> bytes:
    """A .docx package of these blocks, the same bytes each time."""
    top, right, bottom, left = page.margins
    first = (
        '<w:headerReference w:type="first" r:id="rId5"/><w:footerReference w:type="first" r:id="rId4"/>'
        if page.first
        else ""
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        f"{first}"
        f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}"'
        f' w:left="{left}" w:header="567" w:footer="510" w:gutter="0"/>{"<w:titlePg/>" if page.first else ""}</w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": _content_types(headers=2 if page.first else 1),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title),
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("header", "header1.xml"),
            ("footer", "footer1.xml"),
            *([("header", "header2.xml")] if page.first else []),
        ),
        "word/styles.xml": styles(),
        "word/settings.xml": _settings(),
        "word/document.xml": f"{_HEAD}<w:document {_NS}><w:body>{''.join(blocks)}{section}</w:body></w:document>",
        "word/header1.xml": f"{_HEAD}<w:hdr {_NS}>{page.header}</w:hdr>",
        "word/footer1.xml": f"{_HEAD}<w:ftr {_NS}>{page.footer}</w:ftr>",
    }
    if page.first:
        parts["word/header2.xml"] = f"{_HEAD}<w:hdr {_NS}>{page.first}</w:hdr>"
    return write_members(pack(name, content.encode("utf-8"), level=9) for name, content in parts.items())


def _content_types(headers: int) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = (
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        *((f"header{number}", "header") for number in range(1, headers + 1)),
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>'
        for name, kind in (*kinds, ("footer1", "footer"))
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    package = "http://schemas.openxmlformats.org/package/2006/relationships/"
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{package if "/" in kind else office}{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'


def _core(title: str) -> str:
    return (
        f"{_HEAD}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>formflow</dc:creator></cp:coreProperties>"
    )


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings {_NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting'
        ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
