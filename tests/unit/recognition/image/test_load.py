"""What is opened, at which size, and what is refused before a pixel is decoded."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from formflow.errors import ReadError
from formflow.recognition.image.load import fax_tags, image_page, image_pages
from formflow.recognition.raster import Medium


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def test_an_image_of_nine_hundred_million_pixels_is_refused_by_its_header():
    with pytest.raises(ReadError) as refused:
        image_pages(_png_header(30_000, 30_000), max_pages=10)

    assert "too-large" == refused.value.code


def test_a_standard_fax_is_stretched_to_square_pixels():
    fax = Image.new("1", (1728, 1146), 1)

    raster = image_page(_saved(fax, "TIFF", compression="group3", dpi=(204, 98)), 0)

    assert (Medium.FAX_STANDARD, (1694, 2339)) == (raster.medium, raster.size)


def test_every_page_of_a_tiff_counts():
    fax = [Image.new("1", (1728, 2292), 1) for _ in range(3)]
    data = _saved(fax[0], "TIFF", save_all=True, append_images=fax[1:], compression="group4", dpi=(204, 196))

    assert 3 == image_pages(data, max_pages=10)


def test_more_pages_than_allowed_are_refused():
    fax = [Image.new("1", (100, 100), 1) for _ in range(3)]
    data = _saved(fax[0], "TIFF", save_all=True, append_images=fax[1:])

    with pytest.raises(ReadError) as refused:
        image_pages(data, max_pages=2)

    assert "too-large" == refused.value.code


def test_the_turn_that_a_camera_notes_is_carried_out():
    exif = Image.Exif()
    exif[274] = 6
    photo = Image.new("RGB", (400, 200), "white")

    raster = image_page(_saved(photo, "JPEG", exif=exif, dpi=(100, 100)), 0)

    assert raster.size[0] < raster.size[1]


def test_a_fax_server_tells_sender_and_time_in_the_tags_of_the_tiff():
    fax = Image.new("1", (1728, 1146), 1)
    data = _saved(fax, "TIFF", tiffinfo={270: "+86 755 26881234", 306: "2026:03:05 14:30:00"})

    assert ("+86 755 26881234", "2026-03-05T14:30") == fax_tags(data)


def test_a_truncated_image_is_corrupt():
    data = _saved(Image.new("RGB", (800, 800), "white"), "JPEG")[:200]

    with pytest.raises(ReadError) as refused:
        image_page(data, 0)

    assert "corrupt" == refused.value.code


def _page(dtype: type, white: float) -> Image.Image:
    import numpy as np

    values = np.full((60, 40), white, dtype)
    values[10:20, 5:30] = 0
    return Image.fromarray(values)


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (_page("uint16", 65_535), "PNG"),
        (_page("uint16", 65_535), "TIFF"),
        (_page("uint16", 4_095), "TIFF"),
        (_page("int32", 65_535), "TIFF"),
        (_page("float32", 1.0), "TIFF"),
        (_page("uint8", 255).convert("1"), "PNG"),
        (_page("uint8", 255).convert("P"), "PNG"),
        (_page("uint8", 255).convert("CMYK"), "TIFF"),
        (_page("uint8", 255).convert("CMYK"), "JPEG"),
        (_page("uint8", 255).convert("LA"), "PNG"),
    ],
)
def test_ink_is_dark_and_paper_white_whatever_the_depth(image, kind):
    grey = image_page(_saved(image, kind), 0).grey
    high, wide = grey.shape

    assert grey[high * 15 // 60, wide * 15 // 40] < 20
    assert grey[high * 45 // 60, wide * 15 // 40] > 235


@pytest.mark.parametrize(
    ("image", "options"),
    [
        (_page("uint8", 7), {"transparency": 7}),
        (_page("uint8", 7).convert("RGB"), {"transparency": (7, 7, 7)}),
        (_page("uint8", 7).convert("P"), {"transparency": 7}),
    ],
)
def test_what_is_clear_shows_the_paper(image, options):
    grey = image_page(_saved(image, "PNG", **options), 0).grey
    high, wide = grey.shape

    assert (grey[high // 4, wide // 3] < 20, grey[high * 3 // 4, wide // 3]) == (True, 255)


def test_a_phone_s_photograph_with_a_second_one_behind_it_is_opened():
    photograph = _page("uint8", 255).convert("RGB")

    assert image_pages(_saved(photograph, "MPO", save_all=True, append_images=[photograph]), max_pages=9) == 1
