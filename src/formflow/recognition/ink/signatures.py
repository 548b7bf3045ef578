"""Ink beside the text of a line outside tables: somebody signed where `签字：` is printed, and no character was read of it.

A pen's stroke that is one piece was found before (`shapes.scribbles`); a fax breaks it into pieces that nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np

from formflow.recognition.layers import Prepared
from formflow.recognition.pieces import Piece, usual_height
from formflow.recognition.raster import Pixels
from formflow.recognition.rulings.grid import Area, within

_ABOVE, _BELOW = 0.8, 0.3
"""How far a pen reaches over its line and under it, in heights of the line's text."""
_ASIDE, _ROOM = 0.3, 2.0
"""White beside a text, and width of a blank that is there to sign in, in heights of the text."""
_REACH = 0.9
"""How far a character reaches from its place, in heights of a row."""
_LEAST = 0.8
"""Width or height of what a pen wrote, in heights of the text."""
_JOINED, _EDGE = 5, 2
"""Pixels over which the pieces of a broken stroke are joined, and by which a text's own ink may lie around its area."""
_MOST = 0.5
"""Share of a stroke's height that lies in its line's band."""


def ink_beside(rows: Sequence[Sequence[Piece]], page: Prepared) -> dict[int, list[tuple[Area, str]]]:
    """The pen strokes of each line outside tables, by the `id` of its first piece: where they lie and of what kind.

    What lies over two lines is the nearer one's. Pieces of strokes are `unknown`: they may be a seal's as well.
    """
    found: dict[int, list[tuple[Area, str]]] = {}
    bands = [(row, _band(row)) for row in rows]
    for area, kind in page.strokes:
        if kind == "seal" or any(within(area, grid.area) for grid in page.grids):
            continue
        shares = [(_overlap(area, band), number) for number, (_, band) in enumerate(bands)]
        share, number = max(shares, default=(0.0, 0))
        if share >= _MOST:
            found.setdefault(id(rows[number][0]), []).append((area, kind))
    high = usual_height([piece.area for row in rows for piece in row])
    texts = [[_read_area(piece, high) for piece in row] for row in rows]
    read = [area for row in texts for area in row]
    unread = _without(page.ink, [*read, *(grid.area for grid in page.grids)])
    for (row, band), areas in zip(bands, texts, strict=True):
        if id(row[0]) not in found and (own := list(_pieces(areas, band, high, unread))):
            found[id(row[0])] = [(area, "unknown") for area in own]
    return found


def _band(row: Sequence[Piece]) -> tuple[int, int]:
    high = _height(row)
    top, bottom = min(piece.area[1] for piece in row), max(piece.area[3] for piece in row)
    return round(top - _ABOVE * high), round(bottom + _BELOW * high)


def _height(row: Sequence[Piece]) -> float:
    return float(np.median([piece.height for piece in row]))


def _overlap(area: Area, band: tuple[int, int]) -> float:
    common = min(area[3], band[1]) - max(area[1], band[0])
    return common / max(area[3] - area[1], 1)


def _without(ink: Pixels, areas: Iterable[Area]) -> Pixels:
    """The ink outside of some areas and of their edges."""
    kept = ink.copy()
    for left, top, right, bottom in areas:
        kept[max(top - _EDGE, 0) : bottom + _EDGE, max(left - _EDGE, 0) : right + _EDGE] = 0
    return kept


def _read_area(piece: Piece, high: float) -> Area:
    """Where the characters of a piece stand; a stroke behind them may have come into its area."""
    left, top, right, bottom = piece.area
    glyphs = piece.spelled.glyphs
    if not glyphs:
        return piece.area
    first, last = piece.x_of(glyphs[0]) - _REACH * high, piece.x_of(glyphs[-1]) + _REACH * high
    return max(left, round(first)), top, min(right, round(last)), bottom


def _pieces(row: Sequence[Area], band: tuple[int, int], high: float, unread: Pixels) -> Iterator[Area]:
    """Where the pieces of strokes lie in the wide blanks between a line's texts."""
    top, bottom = max(band[0], 0), band[1]
    for before, after in pairwise(row):
        left, right = round(before[2] + _ASIDE * high), round(after[0] - _ASIDE * high)
        if right - left < _ROOM * high:
            continue
        patch = cv2.morphologyEx(
            unread[top:bottom, left:right], cv2.MORPH_CLOSE, np.ones((_JOINED, _JOINED), np.uint8)
        )
        count, _, stats, _ = cv2.connectedComponentsWithStats(patch, connectivity=8)
        for x, y, wide, tall, _ in stats[1:count]:
            if max(wide, tall) >= _LEAST * high:
                yield left + int(x), top + int(y), left + int(x + wide), top + int(y + tall)
