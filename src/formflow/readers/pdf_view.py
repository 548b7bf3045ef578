"""Where things show: from a PDF's coordinates to points from the top-left corner of the page as it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page

from formflow.model import Box

_Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """The shown part of a page (its crop box, turned as the page is turned).

    Attributes:
        width, height: In points.
        left, top: The shown page's corner in pdfplumber's coordinates, which count from the media box.
    """

    width: float
    height: float
    left: float
    top: float
    _matrix: _Matrix
    _page_height: float
    _crop: tuple[float, float]

    def shown(self, box: Sequence[float]) -> Box:
        """A box of pdfplumber's (x0, top, x1, bottom)."""
        return (box[0] - self.left, box[1] - self.top, box[2] - self.left, box[3] - self.top)

    def placed(self, rectangle: Any) -> Box | None:
        """A rectangle of the file's own coordinates, such as an annotation's; None for what is none."""
        corners = numbers(rectangle)
        if corners is None:
            return None
        box = _turned(corners, self._matrix, self._page_height)
        x, y = self._crop
        return (box[0] - x, box[1] - y, box[2] - x, box[3] - y)


def view_of(page: Page) -> View:
    """The view of a page of pdfplumber's."""
    raw = page.page_obj
    x0, y0, x1, y1 = (float(place) for place in raw.mediabox)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    turns: dict[int, _Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    matrix = turns.get(raw.rotate, (1, 0, 0, 1, -x0, -y0))
    height = x1 - x0 if raw.rotate in (90, 270) else y1 - y0
    media = _turned((x0, y0, x1, y1), matrix, height)
    crop = numbers(raw.cropbox)
    seen = media if crop is None else _overlap(_turned(crop, matrix, height), media)
    return View(
        width=seen[2] - seen[0],
        height=seen[3] - seen[1],
        left=float(page.bbox[0]) + seen[0],
        top=float(page.bbox[1]) + seen[1],
        _matrix=matrix,
        _page_height=height,
        _crop=(seen[0], seen[1]),
    )


def numbers(rectangle: Any) -> Box | None:
    """The four numbers of a PDF rectangle."""
    entries = resolve1(rectangle)
    if not isinstance(entries, (list, tuple)) or len(entries) != 4:
        return None
    found = [resolve1(entry) for entry in entries]
    if not all(isinstance(entry, (int, float)) for entry in found):
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
