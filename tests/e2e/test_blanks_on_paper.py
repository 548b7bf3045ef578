"""Blanks filled in, printed and scanned: what was filled in is read, or a person is asked; never another value."""

from __future__ import annotations

import io
from itertools import zip_longest
from typing import Any

import pytest

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")

import numpy as np
from tests.e2e.test_blanks_round_trip import FORMS, _short, bare, made_up

from formflow.documents.blanks.make import make_blank
from formflow.extraction.extract import extract
from formflow.forms.schema import validate
from formflow.limits import Limits
from formflow.readers.read import read_bytes

PAPERS = [("complaint", "record"), ("fax_out", "record"), ("project", "record"), ("fax_in", "log")]
DPI = 200
MOST = 0.9
"""Share of the values that are read exactly."""


def scanned(pdf: bytes) -> bytes:
    """The PDF's pages printed, laid slightly crooked on the glass and scanned in grey, as a TIFF."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    pages = []
    for number, page in enumerate(document):
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
        picture = picture.rotate(
            -0.6 if number % 2 else 0.6, fillcolor=255, resample=Image.Resampling.BICUBIC
        )
        grain = np.random.default_rng(number).normal(0, 8, picture.size[::-1])
        pages.append(Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)))
    document.close()
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(DPI, DPI), compression="tiff_lzw")
    return out.getvalue()


@pytest.fixture(scope="module")
def recogniser():
    from formflow.recognition.engine import Recogniser

    return Recogniser()


def _read(data: bytes, recogniser) -> list[tuple[dict[str, Any], set[str | None]]]:
    """Values of each record, and the fields that a person is asked about."""
    from formflow.recognition.image.load import image_pages
    from formflow.recognition.page import recognise_file_page

    count = image_pages(data, max_pages=50)
    parts = {number: recognise_file_page(data, number, recogniser) for number in range(count)}
    read = []
    for candidate in extract(read_bytes(data, "paper.tif", Limits(), parts), FORMS):
        record, findings = validate(candidate, FORMS[candidate.form])
        read.append((dict(record.values), {finding.field for finding in findings}))
    return read


@pytest.mark.slow
@pytest.mark.parametrize(("id", "kind"), PAPERS, ids=[f"{id}-{kind}" for id, kind in PAPERS])
def test_a_blank_that_was_printed_and_scanned_is_read_or_asked_about(id, kind, recogniser):
    form = FORMS[id]
    records = [_short(form, record) for record in made_up(form, kind, 7)]
    read = _read(scanned(make_blank(form, "pdf", kind=kind, records=records)), recogniser)
    silent, exact, total = [], 0, 0
    for number, (record, (values, asked)) in enumerate(zip_longest(records, read, fillvalue=({}, set()))):
        for name in sorted(record.keys() | values.keys()):
            wanted, got = bare(record.get(name)), bare(values.get(name))
            total += 1
            exact += wanted == got
            if wanted != got and name not in asked:
                silent.append((number, name, wanted, got))

    assert [] == silent
    assert len(records) == len(read)
    assert exact >= MOST * total
