"""Find signatures on lines outside tables: ink beside a text such as `签字：` of which no character was read.

`shapes.scribbles` has found the pen strokes that are one piece; a fax breaks a stroke into pieces, which are found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np

from formflow.recognition.ink.parameters import INK
from formflow.recognition.layers import Prepared
from formflow.recognition.pieces import Piece, usual_height
from formflow.recognition.raster import Pixels
from formflow.recognition.rulings.grid import Area, within


def ink_beside(rows: Sequence[Sequence[Piece]], page: Prepared) -> dict[int, list[tuple[Area, str]]]:
    """The pen strokes of each line outside tables, by the `id` of its first piece: their areas and kinds.

    A stroke over two lines belongs to the one in whose band most of it lies. Pieces of strokes are of kind `unknown`,
    because they may be a seal's as well.
    """
    found: dict[int, list[tuple[Area, str]]] = {}
    bands = [(row, _band(row)) for row in rows]
    for area, kind in page.strokes:
        if kind == "seal" or any(within(area, grid.area) for grid in page.grids):
            continue
        shares = [(_overlap(area, band), number) for number, (_, band) in enumerate(bands)]
        share, number = max(shares, default=(0.0, 0))
        if share >= INK.in_band_share:
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
    """Top and bottom of the band in which a pen writes on a line."""
    high = _height(row)
    top, bottom = min(piece.area[1] for piece in row), max(piece.area[3] for piece in row)
    return round(top - INK.above_in_heights * high), round(bottom + INK.below_in_heights * high)


def _height(row: Sequence[Piece]) -> float:
    return float(np.median([piece.height for piece in row]))


def _overlap(area: Area, band: tuple[int, int]) -> float:
    """Share of an area's height that lies in a band."""
    common = min(area[3], band[1]) - max(area[1], band[0])
    return common / max(area[3] - area[1], 1)


def _without(ink: Pixels, areas: Iterable[Area]) -> Pixels:
    """The ink outside of some areas and of their edges."""
    kept, edge = ink.copy(), INK.edge_px
    for left, top, right, bottom in areas:
        kept[max(top - edge, 0) : bottom + edge, max(left - edge, 0) : right + edge] = 0
    return kept


def _read_area(piece: Piece, high: float) -> Area:
    """The part of a piece's area that its characters cover; a stroke behind them may be in the area too."""
    left, top, right, bottom = piece.area
    glyphs = piece.spelled.glyphs
    if not glyphs:
        return piece.area
    reach = INK.reach_in_heights * high
    first, last = piece.x_of(glyphs[0]) - reach, piece.x_of(glyphs[-1]) + reach
    return max(left, round(first)), top, min(right, round(last)), bottom


def _pieces(row: Sequence[Area], band: tuple[int, int], high: float, unread: Pixels) -> Iterator[Area]:
    """Areas of the pieces of strokes in the wide blanks between a line's texts."""
    aside = INK.aside_in_heights * high
    bridge: Pixels = np.ones((INK.joined_px, INK.joined_px), np.uint8)
    top, bottom = max(band[0], 0), band[1]
    for before, after in pairwise(row):
        left, right = round(before[2] + aside), round(after[0] - aside)
        if right - left < INK.min_room_in_heights * high:
            continue
        patch = cv2.morphologyEx(unread[top:bottom, left:right], cv2.MORPH_CLOSE, bridge)
        count, _, stats, _ = cv2.connectedComponentsWithStats(patch, connectivity=8)
        for x, y, wide, tall, _ in stats[1:count]:
            if max(wide, tall) >= INK.min_signature_in_heights * high:
                yield left + int(x), top + int(y), left + int(x + wide), top + int(y + tall)
