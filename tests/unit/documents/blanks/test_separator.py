"""The separator page that is printed: the same every time, and known by its words as well as by its symbol."""

from __future__ import annotations

import io

import pytest

from formflow.documents.blanks.separator import separator_pdf
from formflow.limits import Limits
from formflow.pages.separators import SEPARATOR_CODE, is_separator
from formflow.readers.pdf.document import read_pdf


def test_the_page_is_the_same_bytes_every_time():
    assert separator_pdf() == separator_pdf()


def test_the_page_is_known_by_its_words():
    (part,) = read_pdf(separator_pdf(), Limits())

    assert is_separator(part)


def test_the_symbol_on_the_page_says_that_it_parts_papers():
    zxingcpp = pytest.importorskip("zxingcpp")
    import pypdfium2

    document = pypdfium2.PdfDocument(io.BytesIO(separator_pdf()))
    picture = document[0].render(scale=2, grayscale=True).to_numpy()
    document.close()

    assert [SEPARATOR_CODE] == [symbol.text for symbol in zxingcpp.read_barcodes(picture)]
