"""Recognise ink that is no ordinary character: pen strokes of a signature; a slash, dash or ditto mark alone in a cell."""

from __future__ import annotations

import cv2
import numpy as np

from formflow.recognition.ink.parameters import INK
from formflow.recognition.parameters import PAGE
from formflow.recognition.raster import Pixels, pixels
from formflow.recognition.rulings.grid import Area

_STROKE_READ = frozenset({"1", "l", "I", "|", "/", "丨", "丿", "J", "!", "i", "7", "］", "]", "）", ")"})
"""What a lone straight stroke is read as."""
_NO_DITTO = frozenset("一-—–~·.,、，。:：;；'‘’`")
"""Small signs that are not ditto marks though they are as high as one."""


def scribbles(ink: Pixels) -> list[tuple[Area, Pixels]]:
    """Pen strokes too wide and too thin for a character, with their pixels: signatures, flourishes, rings."""
    wide, high, very_wide = (
        pixels(mm) for mm in (INK.min_stroke_width_mm, INK.min_stroke_height_mm, INK.min_loose_width_mm)
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number])
        if width < wide or height < high:
            continue
        fill = area / (width * height)
        shape = labels[y : y + height, x : x + width] == number
        loose = (
            width >= very_wide and fill < INK.max_loose_share and _crossings(shape) <= INK.max_crossings_count
        )
        if (fill < INK.max_stroke_share or loose) and not _is_on_a_line(shape):
            found.append(((x, y, x + width, y + height), labels == number))
    return found


def _is_on_a_line(shape: Pixels) -> bool:
    """Whether a shape is one character that touches the line under it."""
    line, one = PAGE.max_underline_px, INK.max_character_in_heights
    high, wide = shape.shape
    above = np.flatnonzero(shape[:-line].any(axis=0))
    if not len(above) or high > pixels(INK.min_stroke_width_mm):
        return False
    # Above the line there is one character only, and the line has no gap.
    return above[-1] - above[0] < min(one * high, 0.5 * wide) and bool(shape[-line:].any(axis=0).all())


def _crossings(shape: Pixels) -> float:
    """Mean number of strokes that a column of pixels cuts."""
    padded = np.vstack([np.zeros((1, shape.shape[1]), bool), shape])
    return float((np.diff(padded.astype(np.int8), axis=0) == 1).sum(axis=0).mean())


def is_slash(ink: Pixels, area: Area, read: str) -> bool:
    """Whether an area's ink is one straight stroke that leans to the right: `/`, which is often read as 1."""
    if read.strip() not in _STROKE_READ:
        return False
    left, top, right, bottom = area
    high = bottom - top
    return high >= 8 and right - left <= 1.2 * high and _leans(ink[top:bottom, left:right])


def _leans(ink: Pixels) -> bool:
    """Whether ink is one straight stroke that leans to the right, by a line fitted to the middles of its rows."""
    ys, xs = np.nonzero(ink)
    if len(xs) < 8:
        return False
    middles = np.array([xs[ys == y].mean() for y in np.unique(ys)])
    rows = np.unique(ys).astype(float)
    lean, start = np.polyfit(rows, middles, 1)
    stray = float(np.abs(middles - (lean * rows + start)).max())
    return bool(lean <= -INK.min_lean_slope and stray <= max(1.5, INK.straight_share * ink.shape[0]))


def small_mark(ink: Pixels, area: Area, usual: float, read: str) -> str:
    """The sign that a lone small blot of ink is: `—` a flat stroke, `_` a line to write on, `〃` two short strokes.

    Args:
        usual: Height of a row of characters on the page.
        read: What the recogniser read.
    Returns:
        The sign; empty if it is none of these.
    """
    left, top, right, bottom = area
    wide, high = right - left, bottom - top
    if not usual or high > 0.7 * usual:
        return ""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink[top:bottom, left:right], connectivity=8)
    total = int(stats[1:, cv2.CC_STAT_AREA].sum())
    numbers = [
        number
        for number in range(1, count)
        if int(stats[number, cv2.CC_STAT_AREA]) >= max(4, INK.speck_share * total)
    ]
    blots = [stats[number] for number in numbers]
    if not blots:
        return ""
    wide = max(int(b[cv2.CC_STAT_LEFT] + b[cv2.CC_STAT_WIDTH]) for b in blots) - min(
        int(b[cv2.CC_STAT_LEFT]) for b in blots
    )
    high = max(int(b[cv2.CC_STAT_TOP] + b[cv2.CC_STAT_HEIGHT]) for b in blots) - min(
        int(b[cv2.CC_STAT_TOP]) for b in blots
    )
    if high <= 0.45 * usual and wide >= 0.4 * usual and high <= INK.max_dash_height_share * wide:
        flat = all(blot[cv2.CC_STAT_HEIGHT] <= 0.25 * usual for blot in blots)
        covered = sum(int(blot[cv2.CC_STAT_WIDTH]) for blot in blots) >= 0.7 * wide
        if flat and covered:
            return "—" if wide <= INK.max_dash_in_heights * usual else "_" * max(4, round(2 * wide / usual))
    if wide > 0.95 * usual or high < 0.12 * usual:
        return ""
    heights = [int(blot[cv2.CC_STAT_HEIGHT]) for blot in blots]
    short = max(heights) <= INK.max_ditto_in_heights * usual or all(
        _leans(labels == number) for number in numbers
    )
    if len(blots) == 2 and short and min(heights) >= 0.6 * max(heights):
        widths = [int(blot[cv2.CC_STAT_WIDTH]) for blot in blots]
        # Ditto marks are two strokes side by side; a colon is two dots one above the other.
        apart = abs(int(blots[0][cv2.CC_STAT_LEFT]) - int(blots[1][cv2.CC_STAT_LEFT])) >= 0.1 * usual
        if apart and max(widths) <= 1.1 * max(heights):
            return "〃"
    # Small ditto marks have grown together to one blot.
    small = 0.15 * usual <= high <= 0.52 * usual and 0.2 * usual <= wide <= 0.75 * usual
    return "〃" if small and read.strip() not in _NO_DITTO else ""
