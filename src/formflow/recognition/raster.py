"""A page as pixels, at one resolution for everything that follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

Pixels = Any
"""A numpy array of bytes, rows first; numpy is imported with the first page, not at the start of the program."""

DPI = 200
"""Pixels to the inch of every page that is recognised: those of a fine fax, and enough for 9 point type."""

POINTS = 72.0 / DPI
"""Points of one pixel."""


def pixels(millimetres: float) -> int:
    """Pixels of a length on the paper, rounded."""
    return round(millimetres / 25.4 * DPI)


class Medium(StrEnum):
    """How a page reached us; a fax proves less than a scan."""

    SCAN = "scan"
    PHOTO = "photo"
    FAX_FINE = "fax-fine"
    FAX_STANDARD = "fax-standard"

    @property
    def bilevel(self) -> bool:
        return self in (Medium.FAX_FINE, Medium.FAX_STANDARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """A page's pixels.

    Attributes:
        grey: Height × width, 0 black to 255 white.
        colour: Height × width × 3 in blue, green, red; None where the page has no colour.
        medium: How it reached us.
        greys: It was stored with greys; without them a pen's ink and a seal's look the same.
        known_size: The resolution is known, so the page's size in inches is real.
        warp: Homography from the pixels of the page as loaded to these; None where they are the same.
        loaded: Width and height of the page as loaded; None where that is this one.
    """

    grey: Pixels
    colour: Pixels | None
    medium: Medium
    greys: bool = True
    known_size: bool = True
    warp: Pixels | None = None
    loaded: tuple[int, int] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.grey.shape[1]), int(self.grey.shape[0])

    def moved(self, warp: Pixels, *, grey: Pixels, colour: Pixels | None) -> Raster:
        """The page after one more warp, with the warped pixels."""
        whole = warp if self.warp is None else warp @ self.warp
        return replace(self, grey=grey, colour=colour, warp=whole, loaded=self.loaded or self.size)

    def frame(self) -> tuple[float, ...]:
        """Homography, row by row, from points of the page as loaded to points of this one."""
        if self.warp is None:
            return ()
        first = points_of_pixel(self.loaded or self.size, known=self.known_size)
        (a, b, c), (d, e, f), (g, h, i) = self.warp.tolist()
        scale = POINTS / first
        values = (a * scale, b * scale, c * POINTS, d * scale, e * scale, f * POINTS, g / first, h / first, i)
        return tuple(round(value / i, 9) for value in values)


def points_of_pixel(size: tuple[int, int], *, known: bool) -> float:
    """Points of a pixel of a page as loaded; a page of unknown resolution is taken for A4."""
    return POINTS if known else 841.89 / max(size)
