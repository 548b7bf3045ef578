"""Blanks as PDF forms (ISO 32000-1, 12.7): rulings and labels on the page, fields over the places to write in.

What shows in a field is drawn here and not left to the viewer, in a font that the file embeds. An empty field for a
day shows 年 月 日, which prints for the pen and goes as soon as somebody types.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from formflow.documents.blanks.face import RESOURCE, font, lines_of, set_text, width_of
from formflow.documents.blanks.fields import Fields
from formflow.documents.blanks.fill import NOTHING, Filling
from formflow.documents.qr import symbol
from formflow.forms.layout import Area, Blank, Page
from formflow.forms.layout.measure import MM, PAD
from formflow.model import Box
from formflow.values.blankcode import BlankCode

_RULE = 0.6


def blank_pdf(blank: Blank, filled: Filling = NOTHING) -> bytes:
    """The blank as a PDF form; the same bytes for the same form and filling."""
    pdf = Pdf.new()
    face = font(pdf)
    fields = Fields(pdf, face)
    for page in blank.pages:
        pdf.add_blank_page(page_size=(page.width, page.height))
        made = pdf.pages[-1]
        made.obj["/Resources"] = Dictionary(
            Font=Dictionary({f"/{RESOURCE}": face}),
            XObject=Dictionary(QR=pdf.make_indirect(symbol_image(pdf, _code(blank, page)))),
        )
        made.obj["/Contents"] = Stream(pdf, "\n".join(_drawn(page)).encode("ascii"))
        made.obj["/Tabs"] = Name.R
        fields.on_page(made.obj, page, blank, filled)
    pdf.Root["/AcroForm"] = fields.form()
    pdf.Root["/Lang"] = String("zh-CN")
    pdf.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = blank.form.title
    pdf.docinfo["/Subject"] = f"{blank.form.id} {blank.version}"
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _drawn(page: Page) -> Iterable[str]:
    """The operators of a page's own content."""
    yield f"{_RULE} w 0 G 0 g"
    for row in page.rows:
        for cell in row.cells:
            left, top, right, bottom = cell.box
            yield f"{left:.2f} {page.height - bottom:.2f} {right - left:.2f} {bottom - top:.2f} re S"
    for area in page.areas:
        if area.kind == "option":
            left, top, right, bottom = area.box
            yield f"{left:.2f} {page.height - bottom:.2f} {right - left:.2f} {bottom - top:.2f} re S"
            room = (right + 1.2 * MM, top - 10, page.width, bottom + 10)
            yield _text(area, room, page.height, align="left")
        elif area.text:
            yield _printed(area, page)
    left, top, right, bottom = page.qr
    yield f"q {right - left:.3f} 0 0 {bottom - top:.3f} {left:.3f} {page.height - bottom:.3f} cm /QR Do Q"


def _printed(area: Area, page: Page) -> str:
    if area.kind == "footer" and area.box[0] < page.qr[0] / 4 and page.number == 1:
        return ""  # The first page's marker is a field.
    if area.kind == "title":
        # Noto has no bold face here: the outlines are stroked as well.
        return f"q 2 Tr 0.5 w {_text(area, area.box, page.height)} Q"
    left, top, right, bottom = area.box
    if area.kind == "below":
        return _text(area, (left, top, right + 1, bottom), page.height, align="left")
    if area.kind in ("note", "title"):
        return _text(area, (left, top, right + 1, bottom), page.height)
    align = "left" if area.kind == "footer" and left < page.qr[0] / 4 else "centre"
    return _text(area, (left + PAD / 2, top, right - PAD / 2, bottom), page.height, align=align)


def _text(area: Area, box: Box, height: float, *, align: str = "centre") -> str:
    left, top, right, bottom = box
    size = area.size
    lines = lines_of(area.text, size, right - left)
    while len(lines) * size * 1.25 > bottom - top and size > 6:
        size -= 0.5
        lines = lines_of(area.text, size, right - left)
    if area.kind in ("label", "column") and len(lines) > 1:
        lines = _evened(area.text, size, right - left, len(lines))
    return set_text(lines, (left, height - bottom, right, height - top), size, align=align)


def _evened(text: str, size: float, room: float, count: int) -> list[str]:
    """The same number of lines with as equal widths as may be, so that no character stands alone."""
    for narrowed in range(1, 20):
        lines = lines_of(text, size, room * (1 - 0.04 * narrowed))
        if len(lines) > count:
            return lines_of(text, size, room * (1 - 0.04 * (narrowed - 1)))
        if width_of(lines[-1], size) >= 0.7 * width_of(lines[0], size):
            return lines
    return lines_of(text, size, room)


def _code(blank: Blank, page: Page) -> str:
    return str(
        BlankCode(
            form=blank.form.id,
            version=blank.version,
            rendition="pdf",
            kind=blank.kind,
            page=page.number,
            pages=page.of,
        )
    )


def symbol_image(pdf: Pdf, text: str) -> Stream:
    """The symbol as a picture of one bit a module: as sharp as drawn squares, and no rulings to a table finder."""
    modules = symbol(text)
    size = len(modules)
    rows = (int("".join("01"[dark] for dark in row).ljust(-(-size // 8) * 8, "0"), 2) for row in modules)
    data = b"".join(row.to_bytes(-(-size // 8), "big") for row in rows)
    return Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size,
        Height=size,
        BitsPerComponent=1,
        ColorSpace=Name.DeviceGray,
        Decode=Array([1, 0]),
    )
