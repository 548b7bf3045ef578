"""Load images and scanned PDF pages as rasters; their sizes are checked before anything is decoded."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from formflow.errors import ReadError
from formflow.recognition.image.parameters import IMAGE
from formflow.recognition.image.tiff import tiff_pages
from formflow.recognition.raster import DPI, Medium, Raster

MAX_PIXELS = 100_000_000
"""Pixels of one page before it is decoded: A3 at 600 dots to the inch has 70 million."""

_DEPTHS = (255.0, 1023.0, 4095.0, 16_383.0, 65_535.0)
"""White in 8, 10, 12, 14 and 16 bits."""
_A4_LONG = 11.69
"""Longer side of A4 in inches."""
_FAX_WIDTHS = (range(1690, 1780), range(2020, 2070), range(2410, 2450))
"""Pixels of a fax's row on A4, B4 and A3 paper: 1728, 2048 and 2432 (ITU-T T.4), give or take a margin cut off."""
_FAX_ACROSS, _FAX_FINE, _FAX_COARSE = 204.0, 196.0, 98.0
"""Dots to the inch of a fax across, and down in fine and in standard resolution (ITU-T T.4)."""
_MOMENT = re.compile(r"(\d{4})[:.-](\d\d)[:.-](\d\d)[ T](\d\d):(\d\d)(?::\d\d)?")
_FORMATS = ("TIFF", "PNG", "JPEG", "BMP", "GIF", "WEBP")
"""Formats that are opened; a phone's MPO is a JPEG with another picture behind it."""


def image_pages(data: bytes, *, max_pages: int) -> int:
    """Number of pages of an image file; the size of every page is checked, none is decoded.

    Raises:
        ReadError: `too-large`, `corrupt`, `unsupported`.
    """
    # Count in the bytes first: the library visits every page in full, which takes minutes if there are many.
    if tiff_pages(data, most=max_pages) > max_pages:
        raise ReadError("too-large", f"more than {max_pages} pages")
    with _opened(data) as image:
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
        if count > max_pages:
            raise ReadError("too-large", f"{count} pages")
        for number in range(count):
            if count > 1:
                image.seek(number)
            _check(*image.size)
        return count


def image_page(data: bytes, number: int) -> Raster:
    """One page of an image file, counted from 0; raises as `image_pages`."""
    with _opened(data) as image:
        if number:
            image.seek(number)
        return _raster(image)


def fax_tags(data: bytes) -> tuple[str, str]:
    """Sender and time of receipt that a fax server wrote into a TIFF; empty where it did not.

    HylaFAX gives the sending machine's identification as the image's description and the receipt as its date.
    """
    if data[:2] not in (b"II", b"MM"):
        return "", ""
    with _opened(data) as image:
        tags = getattr(image, "tag_v2", {})
        moment = _MOMENT.fullmatch(str(tags.get(306, "")).strip("\0 "))
        time = "{}-{}-{}T{}:{}".format(*moment.groups()) if moment else ""
        return str(tags.get(270, "")).strip("\0 ")[:80], time


def pdf_page(data: bytes, number: int) -> Raster:
    """One page of a PDF as pdfium draws it, counted from 0.

    Raises:
        ReadError: `too-large`, `corrupt`, `encrypted`.
    """
    import pypdfium2  # for PDFs only

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "corrupt"
        raise ReadError(code, str(error)) from error
    try:
        document.init_forms()  # Draw what is typed into fields as well.
        page = document[number]
        medium, greys = _pdf_medium(page)
        width, height = page.get_size()
        if not width or not height:
            raise ReadError("corrupt", f"page {number + 1} has no size")
        scale = min(DPI / 72.0, IMAGE.max_loaded_px / max(width, height))
        bitmap = page.render(scale=scale, may_draw_forms=True)
        raster = replace(_from_pillow(bitmap.to_pil(), medium, known_size=True), greys=greys)
        page.close()
        return raster
    finally:
        document.close()


def _pdf_medium(page: Any) -> tuple[Medium, bool]:
    """How the page was scanned and whether with greys, judged by the coarsest of its pictures.

    Raises:
        ReadError: `too-large`: one of the pictures.
    """
    from pypdfium2 import raw  # for PDFs only

    fax = coarse = greys = bilevel = False
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        metadata = found.get_metadata()
        _check(metadata.width, metadata.height)
        if metadata.bits_per_pixel != 1:
            greys = True
        elif _is_fax(metadata.width):
            coarse = coarse or _is_coarse(metadata.horizontal_dpi, metadata.vertical_dpi)
            fax = True
        bilevel = bilevel or metadata.bits_per_pixel == 1
    if not fax:
        return Medium.SCAN, greys or not bilevel
    return Medium.FAX_STANDARD if coarse else Medium.FAX_FINE, False


def _is_fax(width: int) -> bool:
    return any(width in widths for widths in _FAX_WIDTHS)


def _is_coarse(across: float, down: float) -> bool:
    """Whether a fax is of standard resolution, which has half the rows of the fine one."""
    return down < IMAGE.coarse_fax_share * across


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    from PIL import Image, UnidentifiedImageError  # of the scan extra

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    Image.init()
    try:
        # Pillow may have been built without one of the formats.
        with Image.open(io.BytesIO(data), formats=[name for name in _FORMATS if name in Image.OPEN]) as image:
            _check(*image.size)
            yield image
    except Image.DecompressionBombError as error:
        raise ReadError("too-large", str(error)) from error
    except UnidentifiedImageError as error:
        # HEIC and AVIF are sound but not read; any other file that came here as an image is damaged.
        code = "unsupported" if data[4:8] == b"ftyp" else "corrupt"
        raise ReadError(code, "an image of a kind that is not read") from error
    except ReadError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ReadError("corrupt", f"{type(error).__name__}: {error}") from error


def _check(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ReadError("too-large", f"{width} × {height} pixels")
    if width < 1 or height < 1:
        raise ReadError("corrupt", "an image without pixels")


def _raster(image: Any) -> Raster:
    from PIL import Image, ImageOps  # of the scan extra

    bilevel = image.mode == "1"
    across, down = _resolutions(image)
    if image.format == "JPEG" and not across:
        image.draft(None, (IMAGE.max_loaded_px, IMAGE.max_loaded_px))
    picture: Any = ImageOps.exif_transpose(image)
    width, height = picture.size
    if picture is not image and (picture.width, picture.height) == (image.height, image.width):
        across, down = down, across
    medium = Medium.SCAN
    if bilevel and _is_fax(width):
        if not across:
            across, down = _FAX_ACROSS, _FAX_COARSE if height < 0.9 * width else _FAX_FINE
        medium = Medium.FAX_STANDARD if _is_coarse(across, down) else Medium.FAX_FINE
    known = bool(across) and _plausible(width / across, height / down)
    if not known:
        across = down = max(width, height) / _A4_LONG
    wide, high = round(width * DPI / across), round(height * DPI / down)
    if not known and max(width, height) > max(wide, high):
        # Perhaps a photo. The page is cut out of it later, so keep all the pixels worth having.
        shrink = min(1.0, IMAGE.max_loaded_px / max(width, height))
        wide, high = round(width * shrink), round(height * shrink)
    picture = _on_paper(picture)
    if (wide, high) != (width, height):
        shrinking = wide * high < width * height
        picture = picture.resize(
            (wide, high), Image.Resampling.BOX if shrinking else Image.Resampling.BICUBIC
        )
    return replace(_from_pillow(picture, medium, known_size=known), greys=not bilevel)


def _on_paper(picture: Any) -> Any:
    """An image in eight bits, grey or coloured, with white paper behind what is transparent."""
    from PIL import Image  # of the scan extra

    if picture.mode.startswith("I") or picture.mode == "F":
        return _in_eight_bits(picture)
    if picture.mode == "1":
        picture = picture.convert("L")
    clear = picture.mode in ("P", "LA", "PA", "La", "RGBa") or "transparency" in picture.info
    if clear:
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def _in_eight_bits(picture: Any) -> Any:
    """Greys of 16 or 32 bits, or fractions, in eight bits; the largest value shows how many bits the scanner used."""
    import numpy as np  # of the scan extra
    from PIL import Image

    values = np.nan_to_num(np.asarray(picture).astype(np.float32))
    largest = float(values.max(initial=0.0))
    depths = (1.0, *_DEPTHS) if picture.mode == "F" else _DEPTHS
    depth = next((depth for depth in depths if largest <= depth), largest)
    return Image.fromarray((values.clip(0.0) * (255.0 / depth)).astype(np.uint8))


def _resolutions(image: Any) -> tuple[float, float]:
    """Pixels to the inch, across and down; zeros where the file does not tell."""
    try:
        across, down = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    if not (40 <= across <= 2400 and 40 <= down <= 2400):
        return 0.0, 0.0
    return across, down


def _plausible(width: float, height: float) -> bool:
    """Whether a page of this many inches has a size that paper has."""
    return IMAGE.min_page_mm <= min(width, height) * 25.4 and max(width, height) * 25.4 <= IMAGE.max_page_mm


def _from_pillow(picture: Any, medium: Medium, *, known_size: bool) -> Raster:
    import cv2  # of the scan extra
    import numpy as np

    if picture.mode == "L":
        return Raster(grey=np.asarray(picture).copy(), colour=None, medium=medium, known_size=known_size)
    pixels = np.asarray(picture.convert("RGB"))[:, :, ::-1]
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    # A page stored in three channels may still be grey. Every fourth pixel is enough to see it.
    some = pixels[::2, ::2]
    spread = some.max(axis=2).astype(np.int16) - some.min(axis=2)
    coloured = float((spread > IMAGE.min_colour_spread_grey).mean()) > IMAGE.min_coloured_share
    return Raster(
        grey=grey,
        colour=np.ascontiguousarray(pixels) if coloured else None,
        medium=medium,
        known_size=known_size,
    )
