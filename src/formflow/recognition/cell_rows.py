"""Rows of text inside a cell, told by the ink: the page is level, so rows are parted by blank lines of pixels.

A detector takes characters that stand wide apart, or rows that stand close, for what they are not; inside a cell
nothing else is there to be told from text, and the ink says it exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from formflow.recognition.pieces import Piece, at_gaps, tightened
from formflow.recognition.raster import DPI, Pixels
from formflow.recognition.rulings.grid import Area

_MARGIN = 3
_LEAST_HIGH, _MOST_HIGH = round(0.05 * DPI), round(0.3 * DPI)
_LOW, _ONE, _TALL = 0.34, 1.15, 1.4
"""Heights, in those of a row: of a part of a row, of a whole one at most, of more than one at least."""
_VALLEY = 0.4
"""Ink of the line of pixels between two rows that touch, against that of the rows."""
_THIN = 0.15
_SPECK = 12


def row_height(areas: Iterable[Area], ink: Pixels) -> float:
    """Height of a row of characters on the page, in pixels; 0 where no cell tells."""
    heights = []
    for area in areas:
        left, top, right, bottom = _inner(area)
        patch = ink[top:bottom, left:right] > 0
        for start, end in _runs(patch.any(axis=1)):
            high = end - start
            if _LEAST_HIGH <= high <= _MOST_HIGH and _width(patch[start:end]) >= 1.5 * high:
                heights.append(high)
    return float(np.median(heights)) if heights else 0.0


def pieces_by_ink(area: Area, ink: Pixels, usual: float) -> list[Piece]:
    """The pieces of text of a cell, row by row.

    Args:
        ink: The page's ink without rulings.
        usual: Height of a row of characters (see `row_height`).
    """
    left, top, right, bottom = _inner(area)
    if right - left < 6 or bottom - top < 6:
        return []
    patch = ink[top:bottom, left:right] > 0
    pieces = []
    for start, end in _rows(patch, usual or float(_LEAST_HIGH)):
        row = tightened((left, top + start, right, top + end), ink)
        parts = at_gaps(row, ink) if row is not None else []
        pieces += [Piece(part) for part in parts if not _is_edge(part, (left, top, right, bottom))]
    return pieces


def _inner(area: Area) -> Area:
    left, top, right, bottom = area
    return left + _MARGIN, top + _MARGIN, right - _MARGIN, bottom - _MARGIN


def _runs(filled: Pixels) -> list[tuple[int, int]]:
    """Begin and end of each stretch that is filled."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _width(rows: Pixels) -> int:
    columns = np.flatnonzero(rows.any(axis=0))
    return int(columns[-1] - columns[0] + 1) if len(columns) else 0


def _rows(patch: Pixels, usual: float) -> list[tuple[int, int]]:
    """Begin and end of each row of text."""
    rows: list[tuple[int, int]] = []
    for start, end in _gathered(_runs(patch.any(axis=1)), usual):
        rows.extend((start + a, start + b) for a, b in _split(patch[start:end], usual))
    return [(a, b) for a, b in rows if int(patch[a:b].sum()) >= _SPECK]


def _gathered(runs: Sequence[tuple[int, int]], usual: float) -> list[tuple[int, int]]:
    """Runs of filled lines with the parts of one row together: the strokes of 二, the dots of a colon."""
    rows: list[tuple[int, int]] = []
    for start, end in runs:
        if rows:
            before, after = rows[-1][1] - rows[-1][0], end - start
            whole, gap = end - rows[-1][0], start - rows[-1][1]
            low = min(before, after) < _LOW * usual and gap < _LOW * usual
            if whole <= _ONE * usual and (low or whole < 0.8 * usual or gap <= 2):
                rows[-1] = (rows[-1][0], end)
                continue
        rows.append((start, end))
    return rows


def _split(patch: Pixels, usual: float) -> list[tuple[int, int]]:
    """A run too tall for one row cut at its thinnest lines; a larger type has none and stays whole."""
    high = patch.shape[0]
    if high < _TALL * usual:
        return [(0, high)]
    profile = patch.sum(axis=1).astype(float)
    count = max(2, round(high / (1.15 * usual)))
    pitch = high / count
    cuts = []
    for number in range(1, count):
        low, top = max(1, int((number - 0.3) * pitch)), min(high - 1, int((number + 0.3) * pitch) + 1)
        at = low + int(profile[low:top].argmin())
        beside = [profile[max(0, at - int(pitch)) : at], profile[at + 1 : at + 1 + int(pitch)]]
        full = sorted(float(np.percentile(side, 60)) for side in beside if side.size)
        # A lone bracket fills its row thinly; it may touch the bracket below.
        if profile[at] > max(_VALLEY * full[0], _THIN * full[-1]):
            return [(0, high)]
        cuts.append(at)
    return list(pairwise([0, *cuts, high]))


def _is_edge(piece: Area, inner: Area) -> bool:
    """Whether a piece is what is left of a ruling at the cell's edge: long, thin and beside it."""
    thin = min(piece[2] - piece[0], piece[3] - piece[1]) <= 5
    beside = (
        piece[0] <= inner[0] + 2
        or piece[1] <= inner[1] + 2
        or piece[2] >= inner[2] - 2
        or piece[3] >= inner[3] - 2
    )
    return thin and beside
