"""Cut out the place on a page that a value was read from, upright, for a reviewer."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from formflow.errors import ReadError
from formflow.model import Box, Part
from formflow.recognition.image.load import image_page, pdf_page
from formflow.recognition.raster import DPI, POINTS, points_of_pixel

_MARGIN = 6.0
"""Points shown around the place."""


def crop(data: bytes, part: Part, box: Box) -> bytes:
    """A PNG of a place on a page, cut from the original.

    Args:
        data: The original: an image file or a PDF.
        part: The page, as it was recognised.
        box: The place, in points of the part.
    Raises:
        ReadError: The page cannot be loaded.
    """
    number = int(part.name.removeprefix("page ")) - 1 if part.name.startswith("page ") else 0
    raster = pdf_page(data, number) if b"%PDF-" in data[:1024] else image_page(data, number)
    first = points_of_pixel(raster.size, known=raster.known_size)
    frame = np.array(part.frame or (1, 0, 0, 0, 1, 0, 0, 0, 1), float).reshape(3, 3)
    left, top, right, bottom = box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN
    size = (max(1, round((right - left) / POINTS)), max(1, round((bottom - top) / POINTS)))
    if size[0] * size[1] > (20 * DPI) ** 2:
        raise ReadError("too-large", f"a crop of {size[0]} × {size[1]} pixels")
    moved = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], float)
    warp = np.diag([1 / POINTS, 1 / POINTS, 1]) @ moved @ frame @ np.diag([first, first, 1])
    source = raster.grey if raster.colour is None else raster.colour[:, :, ::-1].copy()
    white = (255.0,) * (1 if raster.colour is None else 3)
    cut = cv2.warpPerspective(source, warp, size, flags=cv2.INTER_CUBIC, borderValue=white)
    out = io.BytesIO()
    Image.fromarray(cut).save(out, "PNG")
    return out.getvalue()
