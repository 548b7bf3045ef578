"""Which pages need recognition, and what a file is once they have been recognised."""

from __future__ import annotations

import io
import pickle

import pytest

pytest.importorskip("PIL")

from PIL import Image

from formflow.model import Control, Line, Part, Source
from formflow.readers.limits import Limits
from formflow.readers.read import read_bytes
from formflow.readers.scan import VERSION, NeedsRecognition, in_order
from formflow.values.blankcode import BlankCode


def _tiff(pages):
    out = io.BytesIO()
    images = [Image.new("1", (200, 300), 1) for _ in range(pages)]
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    return out.getvalue()


def _part(number, code=None, text="x"):
    place = Source(part=f"page {number}", ref="line 1")
    blocks = (Line(text=text, source=place),) if text else ()
    controls = (Control(name="", title="", kind="code", value=str(code), source=place),) if code else ()
    return Part(name=place.part, kind="page", blocks=blocks, controls=controls)


def _code(page, pages, form="complaint"):
    return BlankCode(form=form, version="0a1b2c3d", rendition="pdf", kind="record", page=page, pages=pages)


def test_an_image_says_which_pages_need_recognition():
    with pytest.raises(NeedsRecognition) as needed:
        read_bytes(_tiff(3), "a.tif", Limits())

    assert ((0, 1, 2), "no-text") == (needed.value.pages, needed.value.code)


def test_the_need_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(NeedsRecognition((1, 4), "two pages")))

    assert ((1, 4), "two pages") == (error.pages, error.detail)


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
