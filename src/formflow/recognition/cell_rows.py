"""Find the rows of text inside a cell by the ink alone: the page is level, so blank lines of pixels part the rows.

A text detector errs where characters stand wide apart or rows close together. Inside a cell there is nothing but text,
so its ink gives the rows exactly (ADR 17).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from formflow.recognition.parameters import PAGE
from formflow.recognition.pieces import Piece, at_gaps, tightened
from formflow.recognition.raster import Pixels, pixels
from formflow.recognition.rulings.grid import Area
from formflow.recognition.runs import runs


def row_height(areas: Iterable[Area], ink: Pixels) -> float:
    """Median height in pixels of a row of characters in the cells of a page; 0 if no cell has one."""
    lowest, highest = pixels(PAGE.min_row_mm), pixels(PAGE.max_row_mm)
    heights = []
    for area in areas:
        left, top, right, bottom = _inner(area)
        patch = ink[top:bottom, left:right] > 0
        for start, end in runs(patch.any(axis=1)):
            high = end - start
            # A run much wider than high is a row of characters; a single sign may be of any height.
            if lowest <= high <= highest and _width(patch[start:end]) >= 1.5 * high:
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
    for start, end in _rows(patch, usual or float(pixels(PAGE.min_row_mm))):
        row = tightened((left, top + start, right, top + end), ink)
        parts = at_gaps(row, ink) if row is not None else []
        pieces += [Piece(part) for part in parts if not _is_edge(part, (left, top, right, bottom))]
    return pieces


def _inner(area: Area) -> Area:
    """A cell without the margin in which its ruling lies."""
    left, top, right, bottom = area
    margin = PAGE.margin_px
    return left + margin, top + margin, right - margin, bottom - margin


def _width(rows: Pixels) -> int:
    columns = np.flatnonzero(rows.any(axis=0))
    return int(columns[-1] - columns[0] + 1) if len(columns) else 0


def _rows(patch: Pixels, usual: float) -> list[tuple[int, int]]:
    """Begin and end of each row of text."""
    rows: list[tuple[int, int]] = []
    for start, end in _gathered(runs(patch.any(axis=1)), usual):
        rows.extend((start + a, start + b) for a, b in _split(patch[start:end], usual))
    return [(a, b) for a, b in rows if int(patch[a:b].sum()) >= PAGE.min_row_area_px]


def _gathered(runs: Sequence[tuple[int, int]], usual: float) -> list[tuple[int, int]]:
    """Runs of inked lines with the parts of one row joined: the strokes of 二, the dots of a colon."""
    part = PAGE.part_in_heights * usual
    rows: list[tuple[int, int]] = []
    for start, end in runs:
        if rows:
            before, after = rows[-1][1] - rows[-1][0], end - start
            whole, gap = end - rows[-1][0], start - rows[-1][1]
            low = min(before, after) < part and gap < part
            if whole <= PAGE.whole_in_heights * usual and (low or whole < 0.8 * usual or gap <= 2):
                rows[-1] = (rows[-1][0], end)
                continue
        rows.append((start, end))
    return rows


def _split(patch: Pixels, usual: float) -> list[tuple[int, int]]:
    """A run too tall for one row, cut at its faintest lines; a row in larger type has no such lines and stays whole."""
    high = patch.shape[0]
    if high < PAGE.tall_in_heights * usual:
        return [(0, high)]
    # Expect as many rows as the height has room for, and look for the faintest line near each expected boundary.
    profile = patch.sum(axis=1).astype(float)
    count = max(2, round(high / (PAGE.whole_in_heights * usual)))
    pitch = high / count
    cuts = []
    for number in range(1, count):
        low, top = max(1, int((number - 0.3) * pitch)), min(high - 1, int((number + 0.3) * pitch) + 1)
        at = low + int(profile[low:top].argmin())
        beside = [profile[max(0, at - int(pitch)) : at], profile[at + 1 : at + 1 + int(pitch)]]
        full = sorted(float(np.percentile(side, 60)) for side in beside if side.size)
        # The fainter neighbour may be a lone bracket, which has little ink; then the fuller one is the measure.
        if profile[at] > max(PAGE.valley_share * full[0], PAGE.thin_share * full[-1]):
            return [(0, high)]
        cuts.append(at)
    return list(pairwise([0, *cuts, high]))


def _is_edge(piece: Area, inner: Area) -> bool:
    """Whether a piece is the rest of a ruling: thin, and at the cell's edge."""
    thin = min(piece[2] - piece[0], piece[3] - piece[1]) <= 5
    beside = (
        piece[0] <= inner[0] + 2
        or piece[1] <= inner[1] + 2
        or piece[2] >= inner[2] - 2
        or piece[3] >= inner[3] - 2
    )
    return thin and beside
