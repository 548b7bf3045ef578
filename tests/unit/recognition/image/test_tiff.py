"""Pages of a TIFF, counted without reading them."""

from __future__ import annotations

import io
import struct
import time

import pytest
from PIL import Image

from formflow.errors import ReadError
from formflow.recognition.image.load import image_pages
from formflow.recognition.image.tiff import tiff_pages


def chain(pages: int, order: str = "<") -> bytes:
    """A TIFF of so many pages of one pixel each."""
    tags = ((256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, 1))
    size = 2 + 12 * len(tags) + 4
    out = [(b"II" if order == "<" else b"MM") + struct.pack(order + "HL", 42, 16), bytes(8)]
    for page in range(pages):
        out.append(struct.pack(order + "H", len(tags)))
        for tag, value in tags:
            out.append(struct.pack(order + "HHLHH", tag, 3, 1, value, 0))
        out.append(struct.pack(order + "L", 16 + (page + 1) * size if page + 1 < pages else 0))
    return b"".join(out)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("pages", [1, 3, 300])
def test_pages_are_counted(pages, order):
    assert pages == tiff_pages(chain(pages, order), most=300)


def test_what_the_library_writes_is_counted_alike():
    out = io.BytesIO()
    Image.new("1", (40, 40)).save(out, "TIFF", save_all=True, append_images=[Image.new("1", (40, 40))] * 4)

    assert (5, 5) == (tiff_pages(out.getvalue(), most=300), image_pages(out.getvalue(), max_pages=300))


def test_a_hundred_thousand_pages_are_too_many_at_once():
    data = chain(100_000)
    begun = time.process_time()
    with pytest.raises(ReadError) as refused:
        image_pages(data, max_pages=300)

    assert "too-large" == refused.value.code
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize("data", [b"", b"II*\0", chain(3)[:60], b"\xff\xd8\xff" + bytes(50)])
def test_what_is_no_tiff_or_leads_out_of_its_bytes_is_left_to_the_reader(data):
    assert tiff_pages(data, most=300) <= 1


def test_a_chain_that_bites_its_tail_ends():
    data = bytearray(chain(2))
    data[-4:] = struct.pack("<L", 16)

    assert 2 == tiff_pages(bytes(data), most=300)
