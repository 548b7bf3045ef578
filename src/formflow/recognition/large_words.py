"""Words as tall as a thumb on an otherwise bare page, read from afar.

Recognition is made for the letters of a form. The one word on an office's separator page may be five times as large,
on coloured paper, white on dark or lying sideways, and is then taken for drawings, or for lines that stand upright.
So a page on which nearly nothing was read, and on which large strokes are, is looked at again, made small.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from formflow.model import Line, Part, Source
from formflow.pages.separators import is_separator

if TYPE_CHECKING:
    from formflow.recognition.engine import Recogniser
    from formflow.recognition.raster import Pixels, Raster

_SPARSE = 8
"""Characters up to which a page may hold one large word that was not read."""
_DISTANCES = (0.3, 0.2)
"""To what share of its size the page is made small, one after the other until it says that it is a separator."""
_LARGE, _LARGEST = 70, 700
"""Pixels of a large stroke, at 200 to the inch."""
_LEAST, _MOST = 3, 80
"""How many of them a word has: fewer are the holes of a punch."""
_DARKER = 60
_WHITE = 250


def from_afar(part: Part, data: bytes, number: int, recogniser: Recogniser) -> Part:
    """The page as the separator that it is, where that is told by a large word; else the page as it was recognised.

    Args:
        part: What was recognised of the page.
        data: The bytes of its file.
        number: The page's number in it, from 0.
    """
    if not _is_sparse(part) or is_separator(part):
        return part
    from formflow.recognition.image.load import image_page, pdf_page
    from formflow.recognition.page import recognise_page

    raster = pdf_page(data, number) if b"%PDF-" in data[:1024] else image_page(data, number)
    grey = _dark_on_white(raster.grey)
    if not _holds_large_strokes(grey):
        return part
    for share in _DISTANCES:
        seen = recognise_page(_small(raster, grey, share), recogniser, part.name)
        if is_separator(seen):
            source = Source(part=part.name, ref="line 1", medium=raster.medium.value)
            lines = tuple(replace(line, source=source) for line in seen.blocks if isinstance(line, Line))
            return replace(part, blocks=lines, pictures=())
    return part


def _is_sparse(part: Part) -> bool:
    if part.controls or any(cell.text.strip() for table in part.tables for cell in table.cells):
        return False
    return sum(len(line.text) for line in part.lines) <= _SPARSE


def _dark_on_white(grey: Pixels) -> Pixels:
    """The page with its paper white and what is on it dark, whatever their colours."""
    import numpy as np

    paper = int(np.median(grey))
    if np.count_nonzero(grey > paper + _DARKER) > np.count_nonzero(grey < paper - _DARKER):
        grey, paper = 255 - grey, 255 - paper
    return np.clip(grey.astype(np.float32) * (_WHITE / max(paper, 1)), 0, 255).astype(np.uint8)


def _holds_large_strokes(grey: Pixels) -> bool:
    import cv2
    import numpy as np

    ink = (cv2.GaussianBlur(grey, (0, 0), 2) < _WHITE - _DARKER).astype(np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(ink)
    longer = np.maximum(found[1:, cv2.CC_STAT_WIDTH], found[1:, cv2.CC_STAT_HEIGHT])
    return bool(_LEAST <= ((longer > _LARGE) & (longer < _LARGEST)).sum() <= _MOST)


def _small(raster: Raster, grey: Pixels, share: float) -> Raster:
    """The page in the middle of an empty one of the same size."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    page = np.full_like(grey, _WHITE)
    top, left = ((whole - part) // 2 for whole, part in zip(page.shape, small.shape, strict=True))
    page[top : top + small.shape[0], left : left + small.shape[1]] = small
    return replace(raster, grey=page, colour=None)
