"""Files built in code: the smallest packages and pages that show one thing each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from formflow.model import Cell, Document, Line, Table
from formflow.readers.read import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": R,
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def _links(entries: Mapping[str, tuple[str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'
        for key, (kind, target) in entries.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def _zip(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """A zip of the members given, under the name given."""

    def build(members: Mapping[str, str | bytes], name: str = "a.docx") -> Path:
        return _zip(tmp_path / name, members)

    return build


@pytest.fixture
def docx(tmp_path: Path) -> Callable[..., Document]:
    """Read a Word document with this body; other parts by kind, as (relationship kind, root element, content)."""

    def build(
        body: str, *others: tuple[str, str, str], wrap: Callable[[str], str] = lambda xml: xml
    ) -> Document:
        links: dict[str, tuple[str, str]] = {}
        members: dict[str, str | bytes] = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _links({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": wrap(f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"),
        }
        for number, (kind, root, content) in enumerate(others, start=1):
            links[f"rId{number}"] = (kind, f"{kind}{number}.xml")
            members[f"word/{kind}{number}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
        members["word/_rels/document.xml.rels"] = _links(links)
        return read(_zip(tmp_path / "a.docx", members))

    return build


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Document]:
    """Read a workbook of one sheet with these children of `worksheet`; `book` goes into the workbook.

    `links` belong to the sheet, `book_links` to the workbook; `members` are added to the package.
    """

    def build(
        sheet: str,
        *,
        formats: tuple[str, ...] = (),
        book: str = "",
        properties: str = "",
        strings: str = "",
        fonts: str = "<font/>",
        drawing: str = "",
        state: str = "visible",
        links: Mapping[str, tuple[str, str]] | None = None,
        members: Mapping[str, str | bytes] | None = None,
        book_links: Mapping[str, tuple[str, str]] | None = None,
    ) -> Document:
        codes = "".join(
            f'<numFmt numFmtId="{164 + n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
            for n, code in enumerate(formats)
        )
        styles = "".join(f'<xf numFmtId="{164 + n}" fontId="0"/>' for n in range(len(formats)))
        made: dict[str, str | bytes] = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _links({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{properties}<sheets>'
            f'<sheet name="表1" sheetId="1" r:id="rId1" state="{state}"/></sheets>{book}</workbook>',
            "xl/_rels/workbook.xml.rels": _links(
                {
                    "rId1": ("worksheet", "worksheets/sheet1.xml"),
                    "rId2": ("styles", "styles.xml"),
                    "rId3": ("sharedStrings", "sharedStrings.xml"),
                    **(book_links or {}),
                }
            ),
            "xl/styles.xml": f'<styleSheet xmlns="{S}"><numFmts>{codes}</numFmts><fonts>{fonts}</fonts>'
            f'<cellXfs><xf numFmtId="0" fontId="0"/>{styles}<xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}" xmlns:r="{R}">{sheet}</worksheet>',
        }
        beside = dict(links or {})
        if drawing:
            beside["rId1"] = ("drawing", "../drawings/d1.xml")
            made["xl/drawings/d1.xml"] = drawing
        if beside:
            made["xl/worksheets/_rels/sheet1.xml.rels"] = _links(beside)
        return read(_zip(tmp_path / "a.xlsx", {**made, **(members or {})}))

    return build


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., Document]:
    """Read a PDF of one page 400 × 400 with these drawing operators (`F` is Helvetica) and form fields."""

    def build(
        content: str,
        *,
        fields: tuple[Mapping[str, object], ...] = (),
        annotations: tuple[Mapping[str, object], ...] = (),
        rotate: int = 0,
        pages: int = 1,
        crop: tuple[int, int, int, int] | None = None,
        circular: bool = False,
        **saving: object,
    ) -> Document:
        document = pikepdf.new()
        for _ in range(pages):
            page = document.add_blank_page(page_size=(400, 400))
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            page.Contents = document.make_stream(content.encode())
            if rotate:
                page.Rotate = rotate
            if crop:
                page.CropBox = pikepdf.Array(list(crop))
            page.Annots = pikepdf.Array()
            for field in fields:
                widget = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Widget, **field}
                page.Annots.append(document.make_indirect(pikepdf.Dictionary(widget)))
            for annotation in annotations:
                page.Annots.append(
                    document.make_indirect(pikepdf.Dictionary({"/Type": pikepdf.Name.Annot, **annotation}))
                )
        if fields:
            document.Root.AcroForm = document.make_indirect(
                pikepdf.Dictionary(Fields=pikepdf.Array(list(document.pages[0].Annots)))
            )
        if circular:
            (widget,) = document.pages[0].Annots
            del widget.Type
            parent = document.make_indirect(widget.Parent)
            parent.Kids, widget.Parent, widget.P = pikepdf.Array([widget]), parent, document.pages[0].obj
        buffer = io.BytesIO()
        document.save(buffer, **saving)
        path = tmp_path / "a.pdf"
        path.write_bytes(buffer.getvalue())
        return read(path)

    return build


@pytest.fixture
def text_of() -> Callable[[Document], list[str]]:
    """The texts of all lines and, row by row, of all cells."""

    def texts(document: Document) -> list[str]:
        found = []
        for part in document.parts:
            for block in part.blocks:
                found.extend([block.text] if isinstance(block, Line) else [cell.text for cell in block.cells])
        return found

    return texts


@pytest.fixture
def only_table() -> Callable[[Document], Table]:
    """The single table of a document."""

    def table(document: Document) -> Table:
        (found,) = (block for part in document.parts for block in part.blocks if isinstance(block, Table))
        return found

    return table


@pytest.fixture
def shape() -> Callable[[Table], list[tuple[int, int, int, int, str]]]:
    """Row, column, row span, column span and text of every cell."""

    def rows(table: Table) -> list[tuple[int, int, int, int, str]]:
        return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]

    return rows


@pytest.fixture
def first_cell(only_table: Callable[[Document], Table]) -> Callable[[Document], Cell]:
    """The first cell of the single table."""
    return lambda document: only_table(document).cells[0]
