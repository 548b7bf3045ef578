"""Where things show: from a PDF's coordinates to points from the top-left corner of the page as it is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1

from formflow.errors import ReadError
from formflow.model import Box

_LETTER: Box = (0.0, 0.0, 612.0, 792.0)
_LARGEST = 144_000.0
"""Points: fifty metres. The format allows 200 inches, with a user unit more; a form is none of these."""

_Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """The shown part of a page (its crop box, turned as the page is turned).

    Attributes:
        width, height: In points.
        page_height: Of the whole page, its media box.
        crop: Left and top of the shown part on the whole page.
    """

    width: float
    height: float
    page_height: float
    crop: tuple[float, float]
    _matrix: _Matrix

    def drawn(self, box: Sequence[float]) -> Box:
        """A box of pdfminer's drawing: left, bottom, right, top from the media box's lower left corner."""
        x, y = self.crop
        return (box[0] - x, self.page_height - box[3] - y, box[2] - x, self.page_height - box[1] - y)

    def placed(self, rectangle: Any) -> Box | None:
        """A rectangle of the file's own coordinates, such as an annotation's; None for what is none."""
        corners = numbers(rectangle)
        if corners is None:
            return None
        box = _turned(corners, self._matrix, self.page_height)
        x, y = self.crop
        return (box[0] - x, box[1] - y, box[2] - x, box[3] - y)


def view_of(raw: PDFPage) -> View:
    """The view of a page; a page without an area that could be shown is taken as a letter sheet.

    Raises:
        ReadError: `too-large` for a page of kilometres.
    """
    media = numbers(raw.mediabox) or _LETTER
    x0, x1, y0, y1 = (
        min(media[0], media[2]),
        max(media[0], media[2]),
        min(media[1], media[3]),
        max(media[1], media[3]),
    )
    if not (x1 > x0 and y1 > y0):
        x0, y0, x1, y1 = _LETTER
    if max(x1 - x0, y1 - y0) > _LARGEST:
        raise ReadError("too-large", f"a page of {x1 - x0:.0f} by {y1 - y0:.0f} points")
    raw.mediabox = (x0, y0, x1, y1)
    turns: dict[int, _Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    matrix = turns.get(raw.rotate, (1, 0, 0, 1, -x0, -y0))
    height = x1 - x0 if raw.rotate in (90, 270) else y1 - y0
    whole = _turned((x0, y0, x1, y1), matrix, height)
    crop = numbers(raw.cropbox)
    seen = whole if crop is None else _overlap(_turned(crop, matrix, height), whole)
    return View(
        width=seen[2] - seen[0],
        height=seen[3] - seen[1],
        page_height=height,
        crop=(seen[0], seen[1]),
        _matrix=matrix,
    )


def numbers(rectangle: Any) -> Box | None:
    """The four numbers of a PDF rectangle."""
    entries = resolve1(rectangle)
    if not isinstance(entries, (list, tuple)) or len(entries) != 4:
        return None
    found = [resolve1(entry) for entry in entries]
    if not all(isinstance(entry, (int, float)) and math.isfinite(entry) for entry in found):
        return None
    return (float(found[0]), float(found[1]), float(found[2]), float(found[3]))


def _turned(box: Box, matrix: _Matrix, height: float) -> Box:
    a, b, c, d, e, f = matrix
    xs = sorted(a * x + c * y + e for x, y in ((box[0], box[1]), (box[2], box[3])))
    ys = sorted(height - (b * x + d * y + f) for x, y in ((box[0], box[1]), (box[2], box[3])))
    return (xs[0], ys[0], xs[1], ys[1])


def _overlap(box: Box, other: Box) -> Box:
    found = (max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3]))
    return found if found[0] < found[2] and found[1] < found[3] else other
