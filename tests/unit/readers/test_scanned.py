"""Which pages need recognition, and what a file is once they have been recognised."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pikepdf
import pytest

pytest.importorskip("PIL")

from PIL import Image
from tests.support.pages import page, table

from formflow.documents.blanks.make import make_blank
from formflow.extraction.extract import extract
from formflow.forms.load import load_forms
from formflow.limits import Limits
from formflow.model import Line, Part, Source
from formflow.readers.read import read_bytes
from formflow.readers.scanned import VERSION, NeedsRecognition, in_order
from formflow.values.blankcode import BlankCode

FORMS = load_forms(Path(__file__).parents[3] / "schemas")


def _tiff(pages):
    out = io.BytesIO()
    images = [Image.new("1", (200, 300), 1) for _ in range(pages)]
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    return out.getvalue()


def _part(number, code=None, text="x"):
    place = Source(part=f"page {number}", ref="line 1")
    blocks = (Line(text=text, source=place),) if text else ()
    return Part(name=place.part, kind="page", blocks=blocks, codes=(str(code),) if code else ())


def _code(page, pages, form="complaint"):
    return BlankCode(form=form, version="0a1b2c3d", rendition="pdf", kind="record", page=page, pages=pages)


def test_an_image_says_which_pages_need_recognition():
    with pytest.raises(NeedsRecognition) as needed:
        read_bytes(_tiff(3), "a.tif", Limits())

    assert ((0, 1, 2), "no-text") == (needed.value.pages, needed.value.code)


def test_the_need_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(NeedsRecognition((1, 4), "two pages", in_part=True)))

    assert ((1, 4), "two pages", True) == (error.pages, error.detail, error.in_part)


def test_recognised_pages_make_the_document():
    document = read_bytes(_tiff(2), "a.tif", Limits(), {0: _part(1), 1: _part(2)})

    assert (VERSION, "image/tiff", ["page 1", "page 2"]) == (
        document.reader,
        document.media_type,
        [part.name for part in document.parts],
    )


def test_the_blank_backs_of_a_duplex_scan_are_dropped():
    parts = [_part(1), _part(2, text=""), _part(3), _part(4, text="")]

    assert ["page 1", "page 3"] == [part.name for part in in_order(parts)]


def test_shuffled_pages_of_a_blank_are_put_in_order_by_their_codes():
    parts = [
        _part(1, _code(2, 3)),
        _part(2, _code(3, 3)),
        _part(3, _code(1, 3)),
        _part(4, _code(1, 1, "fax_out")),
    ]

    assert ["page 3", "page 1", "page 2", "page 4"] == [part.name for part in in_order(parts)]


def test_two_copies_of_a_blank_stay_two():
    parts = [_part(1, _code(1, 2)), _part(2, _code(2, 2)), _part(3, _code(1, 2)), _part(4, _code(2, 2))]

    assert ["page 1", "page 2", "page 3", "page 4"] == [part.name for part in in_order(parts)]


def test_a_separator_stays_in_its_place_and_keeps_papers_apart():
    parts = [_part(1, _code(1, 2)), _part(2, text="分隔页"), _part(3, _code(2, 2)), _part(4, text="")]

    assert ["page 1", "page 2", "page 3"] == [part.name for part in in_order(parts)]


def test_a_page_scanned_twice_stands_behind_its_paper():
    parts = [_part(1, _code(1, 2)), _part(2, _code(1, 2)), _part(3, _code(2, 2))]

    assert ["page 1", "page 3", "page 2"] == [part.name for part in in_order(parts)]


def test_tables_of_different_papers_are_not_joined():
    rows = [["序号", "客户", "地点"], ["1", "华南实业", "深圳"]]
    upper = page(1, table(1, rows, 700.0), code=_code(1, 1))
    lower = page(2, table(2, rows, 60.0), code=_code(1, 1, "fax_out"))

    assert [2, 2] == [part.blocks[0].rows for part in in_order([upper, lower])]


def test_a_table_goes_on_over_a_blank_back():
    rows = [["序号", "客户", "地点"], ["1", "华南实业", "深圳"]]
    parts = [page(1, table(1, rows, 700.0)), page(2), page(3, table(3, [["2", "岭南化工", "佛山"]], 60.0))]

    assert 3 == in_order(parts)[0].blocks[0].rows


def test_pages_of_a_digital_file_are_put_in_order_too():
    form = FORMS["visit_plan"]
    rows = [
        {"customer": f"{n}号厂", "place": "深圳", "purpose": "拜访", "topic": "价格", "method": "乘车"}
        for n in range(12)
    ]
    made = make_blank(form, "pdf", records=[{"date": "2026-03-05", "salesperson": "李明", "rows": rows}])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.pages.reverse()
        out = io.BytesIO()
        pdf.save(out)
    document = read_bytes(out.getvalue(), "a.pdf", Limits())
    (candidate,) = extract(document, FORMS)

    assert ["page 2", "page 1"] == [part.name for part in document.parts]
    assert [f"{n}号厂" for n in range(12)] == [row["customer"].text for row in candidate.rows["rows"]]
