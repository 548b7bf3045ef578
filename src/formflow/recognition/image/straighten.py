"""Make a photographed or crooked page flat and level; `orientation` turns it upright afterwards.

The page is cut out of its surroundings if its edge shows. Then the slopes of rulings and lines of text are measured
over the page: a slope that changes from one side to the other is a keystone, and one warp removes slope and keystone.
Source of the idea: vanishing points of the two families of parallel lines (Hartley, Zisserman, 2.7).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from formflow.recognition.image.parameters import IMAGE
from formflow.recognition.image.photo import page_corners
from formflow.recognition.raster import DPI, Medium, Pixels, Raster, pixels

_A4 = (210 / 25.4 * DPI, 297 / 25.4 * DPI)
"""Width and height of A4 in pixels."""


def straighten(raster: Raster) -> Raster:
    """The page flat, level and at the working resolution; still perhaps turned by a quarter or a half."""
    corners = None if raster.medium.bilevel else page_corners(raster.grey)
    if corners is not None:
        raster = _cut_out(raster, corners)
    elif not raster.known_size:
        raster = _fit(raster)
    warp = _levelling(raster.grey, stepped=raster.medium.bilevel)
    if warp is None:
        return raster
    # A second measurement corrects the error that a strong lean causes in the first. Both are applied as one warp, so
    # that strokes are blurred once.
    rough = cv2.warpPerspective(raster.grey, warp, raster.size, borderValue=_paper(raster.grey))
    rest = _levelling(rough, stepped=raster.medium.bilevel)
    return _warped(raster, warp if rest is None else rest @ warp, raster.size)


def _fit(raster: Raster) -> Raster:
    """A page of unknown size scaled to the height of A4."""
    width, height = raster.size
    scale = _A4[1] / max(width, height)
    if abs(scale - 1) < 0.02:
        return raster
    size = (round(width * scale), round(height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    colour = None if raster.colour is None else cv2.resize(raster.colour, size, interpolation=method)
    grey = cv2.resize(raster.grey, size, interpolation=method)
    return raster.moved(np.diag([size[0] / width, size[1] / height, 1.0]), grey=grey, colour=colour)


def _warped(raster: Raster, warp: Pixels, size: tuple[int, int]) -> Raster:
    def bend(pixels: Pixels, fill: Any) -> Pixels:
        return cv2.warpPerspective(pixels, warp, size, flags=cv2.INTER_CUBIC, borderValue=fill)

    grey = bend(raster.grey, _paper(raster.grey))
    colour = None if raster.colour is None else bend(raster.colour, (255.0, 255.0, 255.0))
    return raster.moved(warp, grey=grey, colour=colour)


def _cut_out(raster: Raster, corners: Pixels) -> Raster:
    """The page inside the corners as a sheet by itself, in the shape of A4 if it nearly has that."""
    a, b, c, d = corners
    wide = (np.hypot(*(b - a)) + np.hypot(*(c - d))) / 2
    high = (np.hypot(*(d - a)) + np.hypot(*(c - b))) / 2
    shape = max(wide, high) / max(min(wide, high), 1.0)
    long_side, short_side = _A4[1], _A4[0] if 1.2 < shape < 1.65 else _A4[1] / shape
    size = (long_side, short_side) if wide > high else (short_side, long_side)
    width, height = round(size[0]), round(size[1])
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    warp = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    # The warp samples single pixels; blur first what it shrinks, or thin strokes would break.
    shrink = max(wide / width, high / height)
    if shrink > 1.4:
        blurred = cv2.GaussianBlur(raster.grey, (0, 0), 0.35 * shrink)
        raster = replace(raster, grey=blurred)
    return replace(_warped(raster, warp, (width, height)), medium=Medium.PHOTO)


def _paper(grey: Pixels) -> float:
    """How light the paper is."""
    return float(np.percentile(grey[::8, ::8], 80))


# --- Slope and keystone -----------------------------------------------------------------------


def _levelling(grey: Pixels, *, stepped: bool) -> Pixels | None:
    """The warp that levels rulings and lines of text; None where they are level.

    Args:
        stepped: A leaning line is a stair of level treads, as on a fax.
    """
    height, width = grey.shape
    if stepped:
        ink = ((grey < IMAGE.fax_ink_grey) * 255).astype(np.uint8)
        lean_across, lean_down = _stair(ink), _stair(ink.T.copy())
    else:
        flat, steep = _slopes(grey)
        lean_across, lean_down = _lean(flat, height), _lean(steep, width)
    if lean_across is None and lean_down is None:
        lying, told = _profile_slope(grey)
        # A page that lies on its side has its rows of text upright: x grows where y did, turned by a quarter.
        standing, told_upright = _profile_slope(np.rot90(grey))
        angle = lying if told >= told_upright else standing
        lean_across, lean_down = (angle, 0.0), (-angle, 0.0)
    if lean_across is None:
        assert lean_down is not None  # noqa: S101 - one of the two is known here
        lean_across = (-lean_down[0], 0.0)
    if lean_down is None:
        lean_down = (-lean_across[0], 0.0)
    # Each lean is (slope in the middle of the page, change of the slope for each pixel).
    middle_x, middle_y = width / 2, height / 2
    worst = max(
        abs(lean_across[0]) + abs(lean_across[1]) * middle_y,
        abs(lean_down[0]) + abs(lean_down[1]) * middle_x,
    )
    if worst < IMAGE.min_lean_slope:
        return None
    source, target = [], []
    for x in (0.0, float(width)):
        for y in (0.0, float(height)):
            across = lean_across[0] + lean_across[1] * (y - middle_y)
            down = lean_down[0] + lean_down[1] * (x - middle_x)
            target.append((x, y))
            source.append((x + down * (y - middle_y), y + across * (x - middle_x)))
    return cv2.getPerspectiveTransform(np.array(source, np.float32), np.array(target, np.float32))


def _slopes(grey: Pixels) -> tuple[Pixels, Pixels]:
    """Straight strokes as rows of (place, slope, length): level ones by height, upright ones by distance from the left.

    Source:
        LSD, a line segment detector (Grompone von Gioi et al. 2012).
    """
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (3, 3), 0)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(small)[0]
    if found is None:
        return np.zeros((0, 3)), np.zeros((0, 3))
    lines = found.reshape(-1, 4) * 2.0
    dx, dy = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    length = np.hypot(dx, dy)
    long_enough = length > pixels(IMAGE.min_stroke_mm)
    height, width = grey.shape
    x, y = (lines[:, 0] + lines[:, 2]) / 2, (lines[:, 1] + lines[:, 3]) / 2
    # Leave out the edge of the paper and of the glass.
    inner = (x > 0.012 * width) & (x < 0.988 * width) & (y > 0.008 * height) & (y < 0.992 * height)
    lying = long_enough & inner & (np.abs(dy) < IMAGE.max_lean_slope * np.abs(dx))
    standing = long_enough & inner & (np.abs(dx) < IMAGE.max_lean_slope * np.abs(dy))
    flat = np.stack([y[lying], dy[lying] / dx[lying], length[lying]], axis=1)
    steep = np.stack([x[standing], dx[standing] / dy[standing], length[standing]], axis=1)
    return flat, steep


def _stair(ink: Pixels) -> tuple[float, float] | None:
    """Slope of the longest level lines by Hough's transform, which steps do not disturb; None without any."""
    treads = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, IMAGE.min_fax_tread_px), np.uint8))
    least = round(0.22 * ink.shape[1])
    level = np.pi / 2
    around, found = level, None
    # Every angle costs time, so search coarsely over all of them, then finely around the best.
    for step, reach in ((0.004, IMAGE.max_lean_slope), (0.0005, 0.01)):
        found = cv2.HoughLines(
            treads, 1 if step < 0.001 else 4, step, least, min_theta=around - reach, max_theta=around + reach
        )
        if found is None:
            return None
        around = float(np.median(found.reshape(-1, 2)[:15, 1]))
    return float(-1.0 / np.tan(around)), 0.0


def _lean(strokes: Pixels, extent: int) -> tuple[float, float] | None:
    """Slope in the middle of the page and its change per pixel; None where too little is drawn."""
    if len(strokes) < 3 or strokes[:, 2].sum() < 0.6 * extent:
        return None
    place, slope, weight = strokes[:, 0] - extent / 2, strokes[:, 1], strokes[:, 2]
    centre = _weighted_median(slope, weight)
    spread = _weighted_median(np.abs(slope - centre), weight)
    near = np.abs(slope - centre) < max(4 * spread, 0.012)
    place, slope, weight = place[near], slope[near], weight[near]
    if len(place) < 3 or weight.sum() < 0.5 * extent:
        return None
    if len(place) < 6 or np.ptp(place) < 0.25 * extent:
        return float(_weighted_median(slope, weight)), 0.0
    # A line through the slopes by least squares, reweighted so that outliers count little.
    for _ in range(3):
        change, middle = np.polyfit(place, slope, 1, w=np.sqrt(weight))
        left = np.abs(slope - (middle + change * place))
        weight = weight / (1 + (left / 0.002) ** 2)
    if abs(change) * extent > 0.25:
        return float(centre), 0.0
    return float(middle), float(change)


def _weighted_median(values: Pixels, weights: Pixels) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def _profile_slope(grey: Pixels) -> tuple[float, float]:
    """The slope at which rows of ink differ most from the white between them, and how much; for pages without rulings."""
    scale = 800 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(small, 31).astype(np.int16)
    ink = np.clip(paper - small - 12, 0, 80).astype(np.float32)
    height, width = ink.shape
    if ink.sum() < 80 * 50:
        return 0.0, 0.0

    def sharpness(slope: float) -> float:
        shear = np.array([[1, 0, 0], [-slope, 1, slope * width / 2]], np.float32)
        rows = cv2.warpAffine(ink, shear, (width, height)).sum(axis=1)
        return float((np.diff(rows) ** 2).sum())

    best = max((step / 100 for step in range(-14, 15)), key=sharpness)
    for fine in (0.0025, 0.0006):
        best = max((best + step * fine for step in range(-4, 5)), key=sharpness)
    return best, sharpness(best)
