"""Where lines of text stand: by the detector outside tables, by the ink alone where only the direction matters.

The detector's cost is the page's area, and inside tables the ink tells better. So tables are blanked and the strips
that hold nothing are left out before it looks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from formflow.recognition.engine import Recogniser
from formflow.recognition.raster import DPI, Pixels
from formflow.recognition.rulings.grid import Area

_FIND = 0.5
"""Size of the page in which lines are looked for: half its resolution tells where a line stands."""
_SIDES = 1600
_STEPS = (128, 256, 512, 832, 1216, 1600)
"""Sides of what the detector sees, few, since the runtime keeps a plan for every shape; multiples of 32."""
_DARK = 170
_APART, _AROUND = round(0.16 * DPI), round(0.1 * DPI)
"""Blank rows that part two strips, and what of them is left around each."""
_LIKELY, _LIKELY_ENOUGH, _LEAST_BLOT, _GROWTH = 0.3, 0.5, 3, 1.6
_GAP = round(0.075 * DPI)
"""Blank between two characters of a line at most, where no detector is asked."""
_NEARBY, _LEAST_SIGN, _CLOSE = 5.0, 0.55, 0.3
"""In heights of a line: how far from it stands a character of the same line, its least width and height, and the white
in it.
"""
_AS_HIGH, _BESIDE, _LEAST_INK = 0.65, 0.7, 0.12
"""Heights of two characters of one line against each other, share of the lower that stands beside the higher, and share
of its frame that a character fills.
"""
_LEAST_LINE, _LONGEST_LINE = 2.5, 18.0
"""Lengths of a line in its heights: below the first a line shows no direction, beyond the second it is two."""


def find_lines(grey: Pixels, recogniser: Recogniser, taken: Sequence[Area] = ()) -> list[Area]:
    """Boxes of the lines of text on a level page, from top to bottom.

    Args:
        grey: The page's text (see `taken.Prepared`).
        taken: Areas in which none is looked for.
    """
    height, width = grey.shape
    bare = grey.copy() if taken else grey
    for left, top, right, bottom in taken:
        bare[max(top, 0) : bottom, max(left, 0) : right] = 255
    strips = _strips(bare)
    if not strips:
        return []
    packed = np.concatenate([bare[start:end] for start, end in strips])
    scale = min(_FIND, _SIDES / max(packed.shape))
    small = cv2.resize(packed, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    high, wide = (next(step for step in _STEPS if side <= step) for side in small.shape)
    canvas: Pixels = np.full((1, 3, high, wide), 1.0, np.float32)
    canvas[0, :, : small.shape[0], : small.shape[1]] = small.astype(np.float32) / 127.5 - 1.0
    likely = recogniser.likely_lines(canvas)[: small.shape[0], : small.shape[1]]
    found = []
    at = 0
    places = list[tuple[int, int]]()
    for start, end in strips:
        places.append((at, start))
        at += end - start
    for a, b, c, d in _blots(likely):
        first, origin = max(place for place in places if place[0] <= max((b + d) / 2 / scale, 0))
        left, top = max(math.floor(a / scale), 0), max(math.floor(b / scale) - first + origin, 0)
        right, bottom = min(math.ceil(c / scale), width), min(math.ceil(d / scale) - first + origin, height)
        if right - left >= 4 and bottom - top >= 4:
            found.append((left, top, right, bottom))
    return sorted(found, key=lambda box: (box[1], box[0]))


def missed_characters(lines: Sequence[Area], ink: Pixels, taken: Sequence[Area], usual: float) -> list[Area]:
    """Characters by themselves in the rows of lines that were found: the detector passes over some of a spaced title.

    Args:
        lines: Boxes of the ink of the lines that were found.
        ink: The page's ink without rulings.
        taken: Areas in which no line was looked for.
        usual: Height of a row as found (see `lines.usual_height`).
    """
    if not lines or not usual:
        return []
    bare = ink.copy()
    for left, top, right, bottom in (*taken, *lines):
        bare[max(top, 0) : bottom, max(left, 0) : right] = 0
    if not bare.any():
        return []
    gap = round(_CLOSE * usual) | 1
    joined = cv2.morphologyEx(bare, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    large = np.flatnonzero(
        np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= _LEAST_SIGN * usual
    )
    signs: list[Area] = []
    for x, y, wide, high, _ in stats[large[large > 0]].tolist():
        if (bare[y : y + high, x : x + wide] > 0).mean() >= _LEAST_INK:
            signs.append((x, y, x + wide, y + high))
    found: list[Area] = []
    row = list(lines)
    while row:
        here = [sign for sign in signs if any(_goes_on(line, sign) for line in row)]
        signs = [sign for sign in signs if sign not in here]
        found += here
        row = here
    return found


def _goes_on(line: Area, sign: Area) -> bool:
    """Whether a character may be the next or the one before of a line."""
    heights = sorted((line[3] - line[1], sign[3] - sign[1]))
    beside = min(line[3], sign[3]) - max(line[1], sign[1])
    apart = max(line[0], sign[0]) - min(line[2], sign[2])
    alike = heights[0] >= _AS_HIGH * heights[1] and beside >= _BESIDE * heights[0]
    return alike and apart <= _NEARBY * heights[1] and sign[2] - sign[0] <= 2 * heights[1]


def _strips(grey: Pixels) -> list[tuple[int, int]]:
    """Begin and end of the strips of a page that hold ink; near ones are one."""
    inked = np.flatnonzero((grey < _DARK).any(axis=1))
    if not len(inked):
        return []
    breaks = np.flatnonzero(np.diff(inked) > _APART)
    starts = [inked[0], *(inked[at + 1] for at in breaks)]
    ends = [*(inked[at] for at in breaks), inked[-1]]
    height = grey.shape[0]
    return [
        (max(int(start) - _AROUND // 2, 0), min(int(end) + _AROUND // 2 + 1, height))
        for start, end in zip(starts, ends, strict=True)
    ]


def _blots(likely: Pixels) -> Iterator[tuple[float, float, float, float]]:
    """Boxes of the blots of a map of how likely a pixel belongs to the middle of a line.

    The network is taught the lines shrunk; they are made larger by the same measure (DB, Liao et al. 2020).
    """
    mask = (likely > _LIKELY).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sums = np.bincount(labels.ravel(), weights=likely.ravel(), minlength=count)
    for number in range(1, count):
        x, y, wide, high, area = (int(value) for value in stats[number])
        if min(wide, high) < _LEAST_BLOT or sums[number] / area < _LIKELY_ENOUGH:
            continue
        grown = wide * high * _GROWTH / (2 * (wide + high))
        yield x - grown, y - grown, x + wide + grown, y + high + grown


def lines_by_ink(ink: Pixels) -> list[Area]:
    """Rows of characters that stand close to each other, whatever else the page holds."""
    small = cv2.resize(ink, None, fx=_FIND, fy=_FIND, interpolation=cv2.INTER_AREA)
    joined = cv2.morphologyEx(
        ((small > 0) * 255).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, round(_GAP * _FIND)), np.uint8)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    x, y, wide, high = (stats[1:, :4] / _FIND).T
    area = stats[1:, 4] / _FIND**2
    least, most = round(0.05 * DPI), round(0.3 * DPI)
    good = (high >= least) & (high <= most) & (wide >= _LEAST_LINE * high) & (wide <= _LONGEST_LINE * high)
    good &= area >= 0.3 * wide * high
    return [
        (int(a), int(b), int(a + w), int(b + h))
        for a, b, w, h in zip(x[good], y[good], wide[good], high[good], strict=True)
    ]
