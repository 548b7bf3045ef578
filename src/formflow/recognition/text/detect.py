"""Find lines of text: by the detector outside tables, by the ink alone where only the direction matters.

The detector's cost grows with the area that it sees, and inside tables the ink is the better guide. So tables are
blanked, and the strips of the page that hold nothing are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from formflow.recognition.engine import Recogniser
from formflow.recognition.parameters import PAGE
from formflow.recognition.raster import Pixels, pixels
from formflow.recognition.rulings.grid import Area
from formflow.recognition.runs import runs
from formflow.recognition.text.parameters import TEXT

_SIDES = 1600
_STEPS = (128, 256, 512, 832, 1216, 1600)
"""Sides of what the detector sees: multiples of 32, and few, because the runtime keeps a plan for every shape."""


def find_lines(grey: Pixels, recogniser: Recogniser, excluded: Sequence[Area] = ()) -> list[Area]:
    """Boxes of the lines of text on a level page, from top to bottom.

    Args:
        grey: The page's text (see `layers.Prepared`).
        excluded: Areas in which no line is looked for.
    """
    height, width = grey.shape
    bare = grey.copy() if excluded else grey
    for left, top, right, bottom in excluded:
        bare[max(top, 0) : bottom, max(left, 0) : right] = 255
    strips = _strips(bare)
    if not strips:
        return []
    # Put the strips together without the white between them, and shrink them for the detector.
    packed = np.concatenate([bare[start:end] for start, end in strips])
    scale = min(TEXT.detection_scale_share, _SIDES / max(packed.shape))
    small = cv2.resize(packed, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    high, wide = (next(step for step in _STEPS if side <= step) for side in small.shape)
    canvas: Pixels = np.full((1, 3, high, wide), 1.0, np.float32)
    canvas[0, :, : small.shape[0], : small.shape[1]] = small.astype(np.float32) / 127.5 - 1.0
    likely = recogniser.likely_lines(canvas)[: small.shape[0], : small.shape[1]]
    # `places`: where each strip begins in the packed picture, and where on the page.
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


def missed_characters(
    lines: Sequence[Area], ink: Pixels, excluded: Sequence[Area], usual: float
) -> list[Area]:
    """Lone characters beside the lines that were found: the detector passes over some of a title that is set wide.

    Args:
        lines: Boxes of the ink of the lines that were found.
        ink: The page's ink without rulings.
        excluded: Areas in which no line was looked for.
        usual: Height of a row as found (see `pieces.usual_height`).
    """
    if not lines or not usual:
        return []
    bare = ink.copy()
    for left, top, right, bottom in (*excluded, *lines):
        bare[max(top, 0) : bottom, max(left, 0) : right] = 0
    if not bare.any():
        return []
    gap = round(TEXT.sign_gap_in_heights * usual) | 1
    joined = cv2.morphologyEx(bare, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    large = np.flatnonzero(
        np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
        >= TEXT.min_sign_in_heights * usual
    )
    signs: list[Area] = []
    for x, y, wide, high, _ in stats[large[large > 0]].tolist():
        if (bare[y : y + high, x : x + wide] > 0).mean() >= TEXT.min_sign_ink_share:
            signs.append((x, y, x + wide, y + high))
    # A character found continues its line, so look again beside it, until none is added.
    found: list[Area] = []
    row = list(lines)
    while row:
        here = [sign for sign in signs if any(_goes_on(line, sign) for line in row)]
        signs = [sign for sign in signs if sign not in here]
        found += here
        row = here
    return found


def _goes_on(line: Area, sign: Area) -> bool:
    """Whether a character may continue a line on either side."""
    heights = sorted((line[3] - line[1], sign[3] - sign[1]))
    beside = min(line[3], sign[3]) - max(line[1], sign[1])
    apart = max(line[0], sign[0]) - min(line[2], sign[2])
    alike = heights[0] >= TEXT.same_height_share * heights[1] and beside >= TEXT.beside_share * heights[0]
    return alike and apart <= TEXT.same_line_in_heights * heights[1] and sign[2] - sign[0] <= 2 * heights[1]


def _strips(grey: Pixels) -> list[tuple[int, int]]:
    """Begin and end of the strips of a page that hold ink, with some white around them."""
    margin = pixels(TEXT.strip_margin_mm) // 2
    inked = (grey < TEXT.ink_grey).any(axis=1)
    return [
        (max(start - margin, 0), min(end + margin, len(grey)))
        for start, end in runs(inked, pixels(TEXT.strip_gap_mm))
    ]


def _blots(likely: Pixels) -> Iterator[tuple[float, float, float, float]]:
    """Boxes of the lines in a map of probabilities that a pixel belongs to the middle of a line.

    The network was taught the lines shrunk, so they are grown by the same measure.

    Source:
        DB: Liao et al. 2020, Real-time scene text detection with differentiable binarization.
    """
    mask = (likely > TEXT.likely_confidence).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sums = np.bincount(labels.ravel(), weights=likely.ravel(), minlength=count)
    for number in range(1, count):
        x, y, wide, high, area = (int(value) for value in stats[number])
        if min(wide, high) < TEXT.min_blot_px or sums[number] / area < TEXT.likely_line_confidence:
            continue
        grown = wide * high * TEXT.line_growth_ratio / (2 * (wide + high))
        yield x - grown, y - grown, x + wide + grown, y + high + grown


def lines_by_ink(ink: Pixels) -> list[Area]:
    """Rows of characters that stand close to each other, found by closing the gaps between them."""
    scale = TEXT.detection_scale_share
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    gap: Pixels = np.ones((1, round(pixels(TEXT.character_gap_mm) * scale)), np.uint8)
    joined = cv2.morphologyEx(((small > 0) * 255).astype(np.uint8), cv2.MORPH_CLOSE, gap)
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    x, y, wide, high = (stats[1:, :4] / scale).T
    area = stats[1:, 4] / scale**2
    good = (high >= pixels(PAGE.min_row_mm)) & (high <= pixels(PAGE.max_row_mm))
    good &= (wide >= TEXT.min_line_in_heights * high) & (wide <= TEXT.max_line_in_heights * high)
    good &= area >= 0.3 * wide * high
    return [
        (int(a), int(b), int(a + w), int(b + h))
        for a, b, w, h in zip(x[good], y[good], wide[good], high[good], strict=True)
    ]
