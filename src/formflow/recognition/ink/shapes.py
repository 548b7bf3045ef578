"""Ink that is no ordinary character: pen strokes of a signature, a dash or ditto marks alone in a cell."""

from __future__ import annotations

import cv2
import numpy as np

from formflow.recognition.raster import DPI, Pixels
from formflow.recognition.rulings.grid import Area

_WIDE, _HIGH = round(0.36 * DPI), round(0.13 * DPI)
_VERY_WIDE = round(0.6 * DPI)
_THIN, _LOOSE = 0.2, 0.34
"""Share of its frame that a pen stroke fills; characters grown together fill more."""
_LINE, _ONE = 6, 1.2
"""Rows of pixels in which a line to write on lies, and width of a character in its heights."""
_CROSSINGS = 1.8
"""Strokes that a column of a pen line cuts on the average; characters have three and more."""
_FLAT = 0.3
_LONGEST_DASH = 2.6
"""Length of a dash, in heights of a row of characters; a longer stroke is a line to write on."""
_LEANS = 0.22
"""Lean of a slash, sideways for each pixel of its height; an upright 1 has none and an italic one a serif."""
_STRAY = 0.06
_STROKE_READ = frozenset({"1", "l", "I", "|", "/", "丨", "丿", "J", "!", "i", "7", "］", "]", "）", ")"})
_SPECK_SHARE = 0.08
_SHORT = 0.55
"""Height of a ditto mark's strokes, in that of a row of characters; higher ones must lean. A digit has 0.7 and more."""
_NO_DITTO = frozenset("一-—–~·.,、，。:：;；'‘’`")
"""Small signs that are not ditto marks though they are as high as one."""


def scribbles(ink: Pixels) -> list[tuple[Area, Pixels]]:
    """Pen strokes too wide and too thin for a character, with their pixels: signatures, flourishes, rings."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number])
        if width < _WIDE or height < _HIGH:
            continue
        fill = area / (width * height)
        shape = labels[y : y + height, x : x + width] == number
        loose = width >= _VERY_WIDE and fill < _LOOSE and _crossings(shape) <= _CROSSINGS
        if (fill < _THIN or loose) and not _is_on_a_line(shape):
            found.append(((x, y, x + width, y + height), labels == number))
    return found


def _is_on_a_line(shape: Pixels) -> bool:
    """Whether a shape is one character that has grown together with the line that it was written on."""
    high, wide = shape.shape
    above = np.flatnonzero(shape[:-_LINE].any(axis=0))
    if not len(above) or high > _WIDE:
        return False
    # Beside the character there is the line alone, as straight as one is drawn.
    return above[-1] - above[0] < min(_ONE * high, 0.5 * wide) and bool(shape[-_LINE:].any(axis=0).all())


def _crossings(shape: Pixels) -> float:
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
    """Whether ink is one straight stroke that leans to the right."""
    ys, xs = np.nonzero(ink)
    if len(xs) < 8:
        return False
    middles = np.array([xs[ys == y].mean() for y in np.unique(ys)])
    rows = np.unique(ys).astype(float)
    lean, start = np.polyfit(rows, middles, 1)
    stray = float(np.abs(middles - (lean * rows + start)).max())
    return bool(lean <= -_LEANS and stray <= max(1.5, _STRAY * ink.shape[0]))


def small_mark(ink: Pixels, area: Area, usual: float, read: str) -> str:
    """What a lone small mark is: `—` for a flat stroke, `_` for a line to write on, `〃` for two short strokes.

    Args:
        usual: Height of a row of characters on the page.
        read: What the recogniser makes of it.
    Returns:
        Nothing where it is none of these.
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
        if int(stats[number, cv2.CC_STAT_AREA]) >= max(4, _SPECK_SHARE * total)
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
    if high <= 0.45 * usual and wide >= 0.4 * usual and high <= _FLAT * wide:
        flat = all(blot[cv2.CC_STAT_HEIGHT] <= 0.25 * usual for blot in blots)
        covered = sum(int(blot[cv2.CC_STAT_WIDTH]) for blot in blots) >= 0.7 * wide
        if flat and covered:
            return "—" if wide <= _LONGEST_DASH * usual else "_" * max(4, round(2 * wide / usual))
    if wide > 0.95 * usual or high < 0.12 * usual:
        return ""
    heights = [int(blot[cv2.CC_STAT_HEIGHT]) for blot in blots]
    short = max(heights) <= _SHORT * usual or all(_leans(labels == number) for number in numbers)
    if len(blots) == 2 and short and min(heights) >= 0.6 * max(heights):
        widths = [int(blot[cv2.CC_STAT_WIDTH]) for blot in blots]
        # A ditto mark is two strokes beside each other; a colon is two below each other, and nearly round.
        apart = abs(int(blots[0][cv2.CC_STAT_LEFT]) - int(blots[1][cv2.CC_STAT_LEFT])) >= 0.1 * usual
        if apart and max(widths) <= 1.1 * max(heights):
            return "〃"
    # Small ones have grown together.
    small = 0.15 * usual <= high <= 0.52 * usual and 0.2 * usual <= wide <= 0.75 * usual
    return "〃" if small and read.strip() not in _NO_DITTO else ""
