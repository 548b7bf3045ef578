"""Rulings erased from a page without the characters beside them.

Excel sets text so close to a ruling that a stroke meets it. The ruling's own pixels are known along its length: its
columns are inked in nearly every row of pixels, the columns that a stroke reaches in a few of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from formflow.recognition.raster import Pixels, pixels
from formflow.recognition.rulings.detect import Ruling
from formflow.recognition.rulings.parameters import RULINGS


def ruling_pixels(ink: Pixels, lying: Sequence[Ruling], standing: Sequence[Ruling]) -> Pixels:
    """Mask of the rulings, with the grey pixels at their edges and without the strokes that meet them."""
    mask = np.zeros_like(ink)
    for line in standing:
        _add(mask, ink, line)
    for line in lying:
        _add(mask.T, ink.T, line)
    return mask


def streak_pixels(ink: Pixels, streaks: Sequence[Ruling]) -> Pixels:
    """Mask of the streaks, without the places where a character crosses them."""
    mask = np.zeros_like(ink)
    for line in streaks:
        half = int(line.thickness / 2) + 2
        at = round(line.at)
        left, right = max(at - half, 0), at + half + 1
        rows = slice(line.start, line.end)
        beside = ink[rows, max(left - 3, 0) : left].any(axis=1) & ink[rows, right : right + 3].any(axis=1)
        mask[rows, left:right][~beside] = 255
    return mask


def seal_remains(ink: Pixels, rulings: Pixels, seals: Pixels) -> Pixels:
    """Mask of the bits of ink that are left where a bleached seal lay over a ruling.

    Args:
        rulings: Mask of what `ruling_pixels` takes off.
        seals: Mask of where seals lay.
    """
    most = RULINGS.max_seal_remains_px
    left = cv2.bitwise_and(ink, cv2.bitwise_not(rulings))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(left, connectivity=8)
    sealed = _touched(labels, cv2.dilate(seals, np.ones((most, most), np.uint8)), count)
    beside = _touched(labels, cv2.dilate(rulings, np.ones((3, 3), np.uint8)), count)
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= most
    return np.where((sealed & beside & small)[labels], 255, 0).astype(np.uint8)


def _touched(labels: Pixels, mask: Pixels, count: int) -> Pixels:
    """Which components of a page have a pixel in a mask; the background never has."""
    found: Pixels = np.zeros(count, bool)
    found[np.unique(labels[mask > 0])] = True
    found[0] = False
    return found


def _add(mask: Pixels, ink: Pixels, line: Ruling) -> None:
    """Add an upright line's own pixels to the mask."""
    reach = line.thickness / 2 + pixels(RULINGS.wavers_mm)
    rows = slice(max(line.start - 3, 0), line.end + 3)
    columns = slice(max(int(line.at - reach), 0), int(line.at + reach) + 1)
    strip = np.ascontiguousarray(ink[rows, columns])
    own = _own(strip, line.solid)
    near = cv2.dilate(own, np.ones((1, 3), np.uint8))
    # Take the grey pixels at its edge too, except where a stroke goes on from there.
    edge = cv2.dilate(near, np.ones((1, 3), np.uint8))
    beyond = cv2.bitwise_and(strip, cv2.bitwise_not(near))
    stroke = cv2.dilate(beyond, np.ones((1, 3), np.uint8))
    mask[rows, columns] |= cv2.bitwise_or(near, cv2.bitwise_and(edge, cv2.bitwise_not(stroke)))
    mask[rows, columns] |= _specks(beyond, near)


def _own(strip: Pixels, solid: float) -> Pixels:
    """Mask of the ruling's own columns in each row of a strip, judged over the rows around it.

    Args:
        solid: Share of the ruling's length that is inked.
    """
    # How densely each column is inked, over a window much longer than a character is high.
    window = (1, pixels(RULINGS.along_mm) | 1)
    share = cv2.blur((strip > 0).astype(np.float32), window, borderType=cv2.BORDER_CONSTANT)
    most = share.max(axis=1, keepdims=True)
    # Where a fax broke the ruling, no ink belongs to it.
    own = (share >= RULINGS.own_share * most) & (most >= RULINGS.left_share * solid)
    # Bold type near by is inked nearly as densely; but there is white between it and the ruling. So keep only the
    # columns with no white between them and the ruling's middle: `white` counts the white columns from the left.
    aside = np.abs(np.arange(strip.shape[1]) - strip.shape[1] // 2)
    middle = np.argmax(share - RULINGS.aside_share_per_px * aside, axis=1)[:, None]
    white = np.cumsum(~own, axis=1)
    own &= white == np.take_along_axis(white, middle, axis=1)
    return np.where(own, 255, 0).astype(np.uint8)


def _specks(beyond: Pixels, near: Pixels) -> Pixels:
    """Mask of the spots at a ruling's edge that are too small for a stroke: the ruling is rough there."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(beyond, connectivity=8)
    left, wide, high = (stats[:, k] for k in (cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    # A spot that reaches the edge of the strip is part of something larger.
    small = (
        (wide < RULINGS.speck_px) & (high <= RULINGS.speck_px) & (left > 0) & (left + wide < beyond.shape[1])
    )
    small &= _touched(labels, cv2.dilate(near, np.ones((3, 3), np.uint8)), count)
    return np.where(small[labels], 255, 0).astype(np.uint8)
