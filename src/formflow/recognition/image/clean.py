"""A level page made ready: even light, no specks, no stamps over the text."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from formflow.recognition.raster import DPI, Pixels, Raster

_SPECK = 5
"""Pixels up to which a blot that stands alone is noise; a printed point has three by three."""
_ALONE = 10
_DOTS = 3
"""Pixels by which dots that are one stroke are joined."""
_POINT, _NEAR = 3, 3
"""Pixels of a speck that no printed point is as small as, and how near another blot it belongs to lies."""
_DARKEST_GREY, _LIGHTEST_GREY, _LAYER = 60, 205, 32
"""Greys between black type and paper, and how much darker than a grey layer the type on it is."""
_LARGEST_SEAL = round(2.6 * DPI)
"""Width and height of the largest company seal, with its ink spread."""
_SHADING = 0.8
"""Share of its frame that a shaded cell fills, and no seal does."""
_TIP = 8
"""Length in pixels of what is narrower than a seal's ring at the points of its star."""
_STREAK_WIDTH, _WIDEST = 6, 0.9
"""Most pixels that a streak is wide, and the share of its rows that tell how wide it is."""
_BANDS = 40
_ALONG, _RULED, _DOTTED = round(0.3 * DPI) | 1, 0.97, 0.9
"""Length in pixels, more than a character's, along which a streak is looked at; share of it that is inked where a ruling
lies under the streak, and most of a streak's own: one that is drawn through shows none.
"""
_STAMP = round(0.45 * DPI)
"""Least width and height of a stamp, in pixels: no written character is so large."""


def evened(raster: Raster) -> Pixels:
    """The grey page with paper at white, whatever light and shade lay on it."""
    grey = raster.grey
    if raster.medium.bilevel:
        return unspecked(grey)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 11), (0, 0), 5)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    paper = np.maximum(paper, 40)
    return cv2.divide(grey, paper, scale=245.0)


def unstreaked(raster: Raster) -> Raster:
    """A fax without the upright streaks that dirt on the sender's glass draws from end to end.

    To be done before the page is straightened: a streak is exactly upright, and no form reaches both ends.
    """
    if not raster.medium.bilevel:
        return raster
    ink = (raster.grey < 140).astype(np.uint8)
    thin = ink & ~cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _STREAK_WIDTH + 1), np.uint8))
    wide = cv2.dilate(thin, np.ones((1, 3), np.uint8))
    bands = np.array_split(np.arange(ink.shape[0]), _BANDS)
    coverage = np.stack([wide[band].mean(axis=0) for band in bands])
    through = (coverage > 0.1).sum(axis=0)
    # The ruling of a table that lies across the sheet is as long and as straight, but ends before the paper does.
    to_the_edges = (coverage[0] > 0.1) & (coverage[-1] > 0.1)
    columns = np.flatnonzero(to_the_edges & (through >= _BANDS - 2) & (coverage.mean(axis=0) > 0.2))
    if len(columns) == 0 or len(columns) > 60:
        return raster
    grey = raster.grey.copy()
    near = np.unique(np.clip(columns[:, None] + np.arange(-2, 3), 0, grey.shape[1] - 1))
    for group in np.split(near, np.flatnonzero(np.diff(near) > 1) + 1):
        around = slice(max(int(group[0]) - _STREAK_WIDTH, 0), int(group[-1]) + _STREAK_WIDTH + 1)
        own = _own_width(ink[:, around])
        # What is wider is a stroke of a character that the streak touches.
        strokes = cv2.morphologyEx(ink[:, around], cv2.MORPH_OPEN, np.ones((1, own + 1), np.uint8)) > 0
        inside = slice(int(group[0]) - around.start, int(group[-1]) + 1 - around.start)
        alone = (ink[:, around] & ~strokes)[:, inside]
        dirt = (cv2.dilate(alone, np.ones((1, 3), np.uint8)) > 0) & ~strokes[:, inside]
        dirt[_ruled(thin[:, group].any(axis=1))] = False
        grey[:, group[0] : group[-1] + 1][dirt] = 255
    return replace(raster, grey=grey)


def _own_width(ink: Pixels) -> int:
    """How wide a streak is, in pixels: as it is where the paper is blank, above and below all that is printed."""
    edge = len(ink) // _BANDS
    wide = ink[[*range(edge), *range(len(ink) - edge, len(ink))]].sum(axis=1)
    seen = wide[wide > 0]
    return min(round(float(np.quantile(seen, _WIDEST))), _STREAK_WIDTH) if len(seen) else _STREAK_WIDTH


def _ruled(streak: Pixels) -> Pixels:
    """In which rows of pixels a ruling lies under a streak: it has no gaps, and the streak has some outside of it."""
    edge = len(streak) // _BANDS
    if max(streak[:edge].mean(), streak[-edge:].mean()) > _DOTTED:
        return np.zeros(len(streak), bool)
    share = cv2.blur(streak.astype(np.float32)[:, None], (1, _ALONG), borderType=cv2.BORDER_CONSTANT)
    whole = (share >= _RULED).astype(np.uint8)
    return cv2.dilate(whole, np.ones((_ALONG, 1), np.uint8))[:, 0] > 0


def unspecked(grey: Pixels) -> Pixels:
    """A bilevel page without the blots that stand alone; the smaller, the less far from others they may be."""
    ink = (grey < 140).astype(np.uint8)
    # A fax draws grey in dots: a row of them is a stroke, however small each is.
    count, labels = cv2.connectedComponents(cv2.dilate(ink, np.ones((1, _DOTS), np.uint8)), connectivity=8)
    if count < 2:
        return grey
    sizes = np.bincount(labels[ink > 0], minlength=count)
    cleaned = grey.copy()
    for size, reach in ((_SPECK, _ALONE), (_POINT, _NEAR)):
        small = sizes <= size
        small[0] = False
        specks = small[labels] & (ink > 0)
        rest = (ink.astype(bool) & ~specks).astype(np.uint8)
        near = cv2.dilate(rest, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)).astype(bool)
        lone = specks & ~near
        lone = cv2.dilate(lone.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
        cleaned[lone & ~near] = 255
    return cleaned


def ink_of(even: Pixels, *, bilevel: bool) -> Pixels:
    """What is drawn, as a mask of 0 and 255, thin light rulings included."""
    if bilevel:
        return ((even < 150) * 255).astype(np.uint8)
    soft = cv2.GaussianBlur(even, (3, 3), 0)
    drawn = cv2.adaptiveThreshold(soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14)
    dark = (soft < 110).astype(np.uint8) * 255
    return cv2.bitwise_or(cv2.bitwise_and(drawn, ((soft < 215) * 255).astype(np.uint8)), dark)


def red_stamps(colour: Pixels | None) -> Pixels | None:
    """Where red stamps lie, as a mask of 0 and 255; None on a page without colour or without a stamp."""
    if colour is None:
        return None
    blue, green, red = (colour[:, :, channel].astype(np.int16) for channel in range(3))
    reddish = ((red - np.maximum(blue, green) > 35) & (red > 90)).astype(np.uint8)
    joined = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    mask = np.zeros(reddish.shape, np.uint8)
    for number in range(1, count):
        _, _, width, height, _ = stats[number]
        if width >= _STAMP and height >= _STAMP:
            mask[(labels == number) & (reddish > 0)] = 255
    return mask if mask.any() else None


def shaded(even: Pixels) -> tuple[Pixels, Pixels | None]:
    """An even page without what is printed on it in grey over a wide area: a red seal that was scanned in grey, a
    cell's shading; and where the seals were, as a mask of 0 and 255, None where none was.

    What is darker than the grey stays: the text under a seal.
    """
    grey = ((even > _DARKEST_GREY) & (even < _LIGHTEST_GREY)).astype(np.uint8)
    # The edges of black strokes are grey too, but only a pixel or two wide.
    broad = cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    joined = cv2.morphologyEx(broad, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    narrow = cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    mask = np.zeros(grey.shape, np.uint8)
    bleached = even
    for number in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[number])
        if width < _STAMP or height < _STAMP:
            continue
        place = (
            slice(max(y - _TIP, 0), y + height + _TIP),
            slice(max(x - _TIP, 0), x + width + _TIP),
        )
        own = labels[place] == number
        share = float(own.sum()) / (width * height)
        if max(width, height) > _LARGEST_SEAL and share < _SHADING:
            continue  # a table whose rulings a bad copy blurred to grey
        level = float(np.median(even[place][own & (broad[place] > 0)]))
        around = cv2.dilate(_with_tips(own.astype(np.uint8), narrow[place]), np.ones((5, 5), np.uint8)) > 0
        light = around & (even[place] > level - _LAYER)
        if bleached is even:
            bleached = even.copy()
        bleached[place][light] = 250
        if share < _SHADING:
            mask[place][own & (broad[place] > 0)] = 255
    return bleached, mask if mask.any() else None


def _with_tips(seal: Pixels, narrow: Pixels) -> Pixels:
    """A seal with the points of its star, which are too narrow to be told from the edge of a stroke by themselves."""
    for _ in range(_TIP):
        seal = cv2.bitwise_or(seal, cv2.bitwise_and(cv2.dilate(seal, np.ones((3, 3), np.uint8)), narrow))
    return seal


def without_stamps(raster: Raster, stamps: Pixels | None) -> Raster:
    """The page with its stamps bleached: in red light red ink is paper, and black stays black."""
    if stamps is None or raster.colour is None:
        return raster
    grey = raster.grey.copy()
    area = cv2.dilate(stamps, np.ones((5, 5), np.uint8)) > 0
    grey[area] = np.maximum(grey, raster.colour[:, :, 2])[area]
    return replace(raster, grey=grey)
