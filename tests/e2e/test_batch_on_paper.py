"""One batch through the scanner: two copies of a form, shuffled, on both sides of a separator, with blank backs."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")

import numpy as np
import pikepdf
from tests.e2e.test_blanks_round_trip import FORMS

from formflow.documents.blanks.face import RESOURCE, font, set_text
from formflow.documents.blanks.make import make_blank
from formflow.documents.blanks.separator import separator_pdf
from formflow.extraction.extract import extract
from formflow.forms.layout.blank import A4
from formflow.limits import Limits
from formflow.pages.separators import is_separator
from formflow.readers.read import read_bytes
from formflow.recognition.large_words import with_large_word

DPI = 150
NAMES = ("李明", "王强")


def _plan(name):
    rows = [
        {
            "customer": f"{name}化工{n}厂",
            "place": "深圳",
            "purpose": "拜访",
            "topic": "价格",
            "method": "乘车",
        }
        for n in range(1, 12)
    ]
    return {"date": "2026-03-05", "salesperson": name, "rows": rows}


def _printed(pdf):
    """The pages as the scanner sees them, grey and grainy."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    pages = []
    for number, page in enumerate(document):
        grey = np.asarray(page.render(scale=DPI / 72, grayscale=True).to_pil(), dtype=float)
        grain = np.random.default_rng(number).normal(0, 6, grey.shape)
        pages.append(Image.fromarray(np.clip(grey + grain, 0, 255).astype(np.uint8)))
    document.close()
    return pages


@pytest.fixture(scope="module")
def batch():
    """Second page, back, first page, back; separator, back; first page, second page."""
    from PIL import Image

    one, other = (_printed(make_blank(FORMS["visit_plan"], "pdf", records=[_plan(name)])) for name in NAMES)
    (sheet,) = _printed(separator_pdf())
    rng = np.random.default_rng(9)
    back = Image.fromarray(np.clip(rng.normal(246, 4, one[0].size[::-1]), 0, 255).astype(np.uint8))
    pages = [one[1], back, one[0], back, sheet, back, other[0], other[1]]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(DPI, DPI), compression="tiff_lzw")
    return out.getvalue()


@pytest.fixture(scope="module")
def recogniser():
    from formflow.recognition.engine import Recogniser

    return Recogniser()


@pytest.fixture(scope="module")
def document(batch, recogniser):
    from formflow.recognition.page import recognise_file_page

    parts = {number: recognise_file_page(batch, number, recogniser) for number in range(8)}
    return read_bytes(batch, "batch.tif", Limits(), parts)


@pytest.mark.slow
def test_blank_backs_are_dropped_and_pages_put_in_order(document):
    assert ["page 3", "page 1", "page 5", "page 7", "page 8"] == [part.name for part in document.parts]


@pytest.mark.slow
def test_each_copy_is_one_record_with_all_its_rows_and_no_doubt_about_its_pages(document):
    candidates = extract(document, FORMS)

    assert [("visit_plan", name, [f"{name}化工{n}厂" for n in range(1, 12)], ()) for name in NAMES] == [
        (
            candidate.form,
            candidate.readings["salesperson"].text,
            [row["customer"].text for row in candidate.rows["rows"]],
            candidate.doubts,
        )
        for candidate in candidates
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("word", "size", "turn"), [("分隔页", 90.0, 0), ("文件分隔", 60.0, 90)])
def test_one_large_word_on_coloured_paper_is_a_separator(word, size, turn, recogniser):
    from formflow.recognition.page import recognise_file_page

    sheet = _coloured(word, size, turn)
    part = with_large_word(recognise_file_page(sheet, 0, recogniser), sheet, 0, recogniser)

    assert is_separator(part)


def _coloured(word, size, turn):
    """A sheet of green paper with one word."""
    import pypdfium2

    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=A4)
    page = pdf.pages[0]
    page.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary({f"/{RESOURCE}": font(pdf)}))
    shown = set_text([word], (0, 400, A4[0], 500), size, align="centre")
    drawn = f"0.5 0.85 0.5 rg 0 0 {A4[0]} {A4[1]} re f 0 g {shown}"
    page.obj["/Contents"] = pikepdf.Stream(pdf, drawn.encode("ascii"))
    out = io.BytesIO()
    pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    picture = document[0].render(scale=DPI / 72).to_pil().rotate(turn, expand=True)
    document.close()
    out = io.BytesIO()
    picture.save(out, "TIFF", dpi=(DPI, DPI), compression="tiff_lzw")
    return out.getvalue()
