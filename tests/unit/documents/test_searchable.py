"""A scan becomes a PDF whose text is found where it stands, without touching its pixels."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest

pytest.importorskip("img2pdf")
np = pytest.importorskip("numpy")

from PIL import Image  # noqa: E402

from formflow.documents.searchable import searchable_image, searchable_pdf  # noqa: E402
from formflow.model import Document, Line, Part, Source  # noqa: E402

_AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


def _document(*, frame=()):
    place = Source(part="page 1", ref="line 1", box=(72.0, 72.0, 272.0, 92.0), medium="scan")
    part = Part(
        name="page 1",
        kind="page",
        blocks=(Line(text="客户名称 ABC-12", source=place),),
        size=(595.44, 842.04),
        frame=frame,
    )
    return Document(digest="0", media_type="image/jpeg", name="a.jpg", reader="scan/1", parts=(part,))


def _jpeg():
    out = io.BytesIO()
    Image.fromarray(np.full((2339, 1654), 250, np.uint8)).save(out, "JPEG", dpi=(200, 200))
    return out.getvalue()


def _text_at(data):
    import pypdfium2

    page = pypdfium2.PdfDocument(data)[0]
    words = page.get_textpage()
    return words.get_text_range(), words.get_charbox(0, loose=True), page.get_height()


def test_the_text_is_found_where_it_stands():
    text, (left, bottom, _, top), height = _text_at(searchable_image(_jpeg(), _document(), at=_AT))

    assert "客户名称 ABC-12" == text
    assert (72.0, height - 92.0, height - 72.0) == pytest.approx((left, bottom, top), abs=3)


def test_a_turned_page_has_its_text_turned():
    # The level page is the file's page after a quarter turn: what reads across there goes up the sheet here.
    frame = (0.0, -1.0, 842.04, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    with pikepdf.open(io.BytesIO(searchable_image(_jpeg(), _document(frame=frame), at=_AT))) as pdf:
        operands = next(
            operands
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "Tm"
        )

    along_x, along_y = (float(value) for value in operands[:2])

    assert abs(along_x) < 1e-3 < along_y


def test_the_pixels_go_in_without_a_second_compression():
    jpeg = _jpeg()
    with pikepdf.open(io.BytesIO(searchable_image(jpeg, _document(), at=_AT))) as pdf:
        [image] = pdf.pages[0].get_images().values()
        kept = bytes(image.read_raw_bytes())

    assert kept in jpeg or kept == jpeg


def test_it_is_declared_pdf_a_2b_with_what_that_needs():
    with pikepdf.open(io.BytesIO(searchable_image(_jpeg(), _document(), at=_AT))) as pdf:
        told = bytes(pdf.Root.Metadata.read_bytes())
        intents = len(pdf.Root.OutputIntents)
        fonts = pdf.pages[0].obj.Resources.Font.FormflowText.DescendantFonts[0]
        embedded = "/FontFile2" in fonts.FontDescriptor

    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B" in told
    assert (1, True) == (intents, embedded)


def test_the_same_scan_gives_the_same_bytes():
    first, second = (searchable_image(_jpeg(), _document(), at=_AT) for _ in range(2))

    assert first == second


def test_its_identifier_is_of_its_content_and_not_of_the_clock():
    with pikepdf.open(io.BytesIO(searchable_image(_jpeg(), _document(), at=_AT))) as pdf:
        permanent, changing = (bytes(part) for part in pdf.trailer.ID)

    assert permanent == changing


def test_a_scanned_pdf_keeps_its_pages():
    out = io.BytesIO()
    Image.open(io.BytesIO(_jpeg())).save(out, "PDF", resolution=200)
    text, _, _ = _text_at(searchable_pdf(out.getvalue(), _document()))

    assert "客户名称 ABC-12" == text
