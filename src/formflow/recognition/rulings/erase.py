"""Rulings taken off a page, and of the characters beside them nothing.

Excel sets text so close to the ruling that a stroke meets it. What is the ruling's own is told along its length: its
columns are inked in nearly every row of pixels, those that a stroke reaches in a few of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from formflow.recognition.raster import DPI, Pixels
from formflow.recognition.rulings.detect import Ruling

_WAVERS = 5
"""Pixels by which a ruling may stray from its middle."""
_ALONG = round(0.3 * DPI) | 1
"""Length in pixels over which a ruling is looked at: well over the height of a line of text."""
_OWN = 0.7
"""Share of the rows of pixels in which a ruling's own column is inked, of those in which its middle is."""
_LEFT = 0.5
"""What is left of a ruling where it is still there, of the share of its length that is drawn."""
_ASIDE = 0.02
"""What a column loses against the others for each pixel that it lies off the ruling's mean place."""
_REMAINS = 11
"""Most pixels across of what is left where a seal crossed a ruling."""
_SPECK = 3
"""Most pixels across of what is left at the edge of a rough ruling and is no stroke."""


def ruling_pixels(ink: Pixels, lying: Sequence[Ruling], standing: Sequence[Ruling]) -> Pixels:
    """Where rulings lie, with the grey pixels at their edges and without what meets them, as a mask."""
    mask = np.zeros_like(ink)
    for line in standing:
        _add(mask, ink, line)
    for line in lying:
        _add(mask.T, ink.T, line)
    return mask


def streak_pixels(ink: Pixels, streaks: Sequence[Ruling]) -> Pixels:
    """The pixels of streaks, less those where a character crosses them."""
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
    """Bits of ink where a seal that was bleached lay over a ruling: neither is theirs, nor a character's.

    Args:
        rulings: Mask of what `ruling_pixels` takes off.
        seals: Mask of where seals lay.
    """
    left = cv2.bitwise_and(ink, cv2.bitwise_not(rulings))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(left, connectivity=8)
    sealed = _touched(labels, cv2.dilate(seals, np.ones((_REMAINS, _REMAINS), np.uint8)), count)
    beside = _touched(labels, cv2.dilate(rulings, np.ones((3, 3), np.uint8)), count)
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= _REMAINS
    return np.where((sealed & beside & small)[labels], 255, 0).astype(np.uint8)


def _touched(labels: Pixels, mask: Pixels, count: int) -> Pixels:
    """Which components of a page have a pixel in a mask; the ground has none."""
    found: Pixels = np.zeros(count, bool)
    found[np.unique(labels[mask > 0])] = True
    found[0] = False
    return found


def _add(mask: Pixels, ink: Pixels, line: Ruling) -> None:
    """Add the own pixels of an upright line."""
    reach = line.thickness / 2 + _WAVERS
    rows = slice(max(line.start - 3, 0), line.end + 3)
    columns = slice(max(int(line.at - reach), 0), int(line.at + reach) + 1)
    strip = np.ascontiguousarray(ink[rows, columns])
    own = _own(strip, line.solid)
    near = cv2.dilate(own, np.ones((1, 3), np.uint8))
    # The grey of its edge, but where a stroke goes on from there.
    edge = cv2.dilate(near, np.ones((1, 3), np.uint8))
    beyond = cv2.bitwise_and(strip, cv2.bitwise_not(near))
    stroke = cv2.dilate(beyond, np.ones((1, 3), np.uint8))
    mask[rows, columns] |= cv2.bitwise_or(near, cv2.bitwise_and(edge, cv2.bitwise_not(stroke)))
    mask[rows, columns] |= _specks(beyond, near)


def _own(strip: Pixels, solid: float) -> Pixels:
    """The columns that are inked along the whole of a strip, as far as each row of pixels tells with those around it."""
    share = cv2.blur((strip > 0).astype(np.float32), (1, _ALONG), borderType=cv2.BORDER_CONSTANT)
    most = share.max(axis=1, keepdims=True)
    # Where a fax broke the ruling, what is inked there is none of it.
    own = (share >= _OWN * most) & (most >= _LEFT * solid)
    # Bold type near by is inked nearly as densely; but some white lies between it and the ruling.
    aside = np.abs(np.arange(strip.shape[1]) - strip.shape[1] // 2)
    middle = np.argmax(share - _ASIDE * aside, axis=1)[:, None]
    white = np.cumsum(~own, axis=1)
    own &= white == np.take_along_axis(white, middle, axis=1)
    return np.where(own, 255, 0).astype(np.uint8)


def _specks(beyond: Pixels, near: Pixels) -> Pixels:
    """What is too small for a stroke at a ruling's edge: the ruling itself is rough there."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(beyond, connectivity=8)
    left, wide, high = (stats[:, k] for k in (cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    # What reaches the end of the strip goes on behind it.
    small = (wide < _SPECK) & (high <= _SPECK) & (left > 0) & (left + wide < beyond.shape[1])
    small &= _touched(labels, cv2.dilate(near, np.ones((3, 3), np.uint8)), count)
    return np.where(small[labels], 255, 0).astype(np.uint8)
