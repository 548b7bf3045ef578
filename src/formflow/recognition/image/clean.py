"""Clean a page: even its light, remove streaks and specks, bleach the stamps and seals over its text."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from formflow.recognition.image.parameters import IMAGE
from formflow.recognition.raster import Pixels, Raster, pixels


def evened(raster: Raster) -> Pixels:
    """The grey page with its paper at white, whatever light and shade lay on it."""
    grey = raster.grey
    if raster.medium.bilevel:
        return unspecked(grey)
    # How light the paper is in each place: a closing removes all strokes, a median and a blur smooth what is left.
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 11), (0, 0), 5)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    paper = np.maximum(paper, 40)
    return cv2.divide(grey, paper, scale=245.0)


def unstreaked(raster: Raster) -> Raster:
    """A fax without the upright streaks that dirt on the sender's glass draws from end to end.

    Call it before the page is straightened: a streak is exactly upright, and no form reaches both ends of the sheet.
    """
    if not raster.medium.bilevel:
        return raster
    widest, count = IMAGE.max_streak_px, IMAGE.bands_count
    ink = (raster.grey < IMAGE.fax_ink_grey).astype(np.uint8)
    thin = ink & ~cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, widest + 1), np.uint8))
    wide = cv2.dilate(thin, np.ones((1, 3), np.uint8))
    # A streak shows in nearly every band of the page, the first and the last among them.
    bands = np.array_split(np.arange(ink.shape[0]), count)
    coverage = np.stack([wide[band].mean(axis=0) for band in bands])
    through = (coverage > 0.1).sum(axis=0)
    # The ruling of a table that lies sideways is as long and as straight, but ends before the paper does.
    to_the_edges = (coverage[0] > 0.1) & (coverage[-1] > 0.1)
    columns = np.flatnonzero(to_the_edges & (through >= count - 2) & (coverage.mean(axis=0) > 0.2))
    if len(columns) == 0 or len(columns) > 60:
        return raster
    grey = raster.grey.copy()
    near = np.unique(np.clip(columns[:, None] + np.arange(-2, 3), 0, grey.shape[1] - 1))
    for group in np.split(near, np.flatnonzero(np.diff(near) > 1) + 1):
        around = slice(max(int(group[0]) - widest, 0), int(group[-1]) + widest + 1)
        own = _own_width(ink[:, around])
        # Ink that is wider than the streak is a stroke of a character that the streak touches.
        strokes = cv2.morphologyEx(ink[:, around], cv2.MORPH_OPEN, np.ones((1, own + 1), np.uint8)) > 0
        inside = slice(int(group[0]) - around.start, int(group[-1]) + 1 - around.start)
        alone = (ink[:, around] & ~strokes)[:, inside]
        dirt = (cv2.dilate(alone, np.ones((1, 3), np.uint8)) > 0) & ~strokes[:, inside]
        dirt[_ruled(thin[:, group].any(axis=1))] = False
        grey[:, group[0] : group[-1] + 1][dirt] = 255
    return replace(raster, grey=grey)


def _own_width(ink: Pixels) -> int:
    """Width of a streak in pixels, taken where nothing is printed: at the top and the foot of the sheet."""
    widest, edge = IMAGE.max_streak_px, len(ink) // IMAGE.bands_count
    wide = ink[[*range(edge), *range(len(ink) - edge, len(ink))]].sum(axis=1)
    seen = wide[wide > 0]
    return min(round(float(np.quantile(seen, IMAGE.streak_width_share))), widest) if len(seen) else widest


def _ruled(streak: Pixels) -> Pixels:
    """In which rows of pixels a ruling lies under a streak: a ruling has no gaps, a streak has some."""
    edge, along = len(streak) // IMAGE.bands_count, pixels(IMAGE.streak_along_mm) | 1
    if max(streak[:edge].mean(), streak[-edge:].mean()) > IMAGE.max_streak_inked_share:
        return np.zeros(len(streak), bool)
    share = cv2.blur(streak.astype(np.float32)[:, None], (1, along), borderType=cv2.BORDER_CONSTANT)
    whole = (share >= IMAGE.ruled_share).astype(np.uint8)
    return cv2.dilate(whole, np.ones((along, 1), np.uint8))[:, 0] > 0


def unspecked(grey: Pixels) -> Pixels:
    """A bilevel page without the specks that stand alone; the smaller a speck, the nearer other ink may be."""
    ink = (grey < IMAGE.fax_ink_grey).astype(np.uint8)
    # A fax draws grey as dots: a row of dots is a stroke, however small each dot is. So join dots before measuring.
    bridge: Pixels = np.ones((1, IMAGE.dot_gap_px), np.uint8)
    count, labels = cv2.connectedComponents(cv2.dilate(ink, bridge), connectivity=8)
    if count < 2:
        return grey
    sizes = np.bincount(labels[ink > 0], minlength=count)
    cleaned = grey.copy()
    for size, reach in (
        (IMAGE.speck_area_px, IMAGE.speck_clear_px),
        (IMAGE.point_area_px, IMAGE.point_clear_px),
    ):
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
    """Mask of the ink, 0 and 255, with thin light rulings."""
    if bilevel:
        return ((even < IMAGE.bilevel_ink_grey) * 255).astype(np.uint8)
    soft = cv2.GaussianBlur(even, (3, 3), 0)
    # A local threshold finds light rulings; inside wide dark areas it finds nothing, so dark pixels are added.
    local = cv2.adaptiveThreshold(
        soft,
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        IMAGE.ink_window_px,
        IMAGE.ink_step_grey,
    )
    dark = (soft < IMAGE.dark_ink_grey).astype(np.uint8) * 255
    not_paper = ((soft < IMAGE.lightest_ink_grey) * 255).astype(np.uint8)
    return cv2.bitwise_or(cv2.bitwise_and(local, not_paper), dark)


def red_stamps(colour: Pixels | None) -> Pixels | None:
    """Mask of the red stamps, 0 and 255; None on a page without colour or without a stamp."""
    if colour is None:
        return None
    blue, green, red = (colour[:, :, channel].astype(np.int16) for channel in range(3))
    stronger = red - np.maximum(blue, green) > IMAGE.min_red_step_grey
    reddish = (stronger & (red > IMAGE.min_red_grey)).astype(np.uint8)
    joined = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, _bridge())
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    mask, least = np.zeros(reddish.shape, np.uint8), pixels(IMAGE.min_stamp_mm)
    for number in range(1, count):
        _, _, width, height, _ = stats[number]
        if min(width, height) >= least:
            mask[(labels == number) & (reddish > 0)] = 255
    return mask if mask.any() else None


def _bridge() -> Pixels:
    """Joins the parts of a stamp by a morphological closing."""
    return np.ones((IMAGE.stamp_gap_px, IMAGE.stamp_gap_px), np.uint8)


def without_grey_areas(even: Pixels) -> tuple[Pixels, Pixels | None]:
    """A page with its wide grey areas bleached: seals that were scanned in grey, and the shading of cells.

    Whatever is darker than the grey stays: the text under a seal.

    Returns:
        The page, and a mask of the seals, 0 and 255; None where there is none.
    """
    grey = ((even > IMAGE.darkest_seal_grey) & (even < IMAGE.lightest_seal_grey)).astype(np.uint8)
    # The edges of black strokes are grey too, but only a pixel or two wide; an opening removes them.
    broad = cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    joined = cv2.morphologyEx(broad, cv2.MORPH_CLOSE, _bridge())
    narrow = cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    mask = np.zeros(grey.shape, np.uint8)
    bleached, tip = even, IMAGE.star_tip_px
    for number in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[number])
        if min(width, height) < pixels(IMAGE.min_stamp_mm):
            continue
        place = slice(max(y - tip, 0), y + height + tip), slice(max(x - tip, 0), x + width + tip)
        own = labels[place] == number
        share = float(own.sum()) / (width * height)
        if max(width, height) > pixels(IMAGE.max_seal_mm) and share < IMAGE.shading_share:
            continue  # A table whose rulings a bad copy blurred to grey.
        level = float(np.median(even[place][own & (broad[place] > 0)]))
        around = cv2.dilate(_with_tips(own.astype(np.uint8), narrow[place]), np.ones((5, 5), np.uint8)) > 0
        light = around & (even[place] > level - IMAGE.type_on_seal_grey)
        if bleached is even:
            bleached = even.copy()
        bleached[place][light] = 250
        if share < IMAGE.shading_share:
            mask[place][own & (broad[place] > 0)] = 255
    return bleached, mask if mask.any() else None


def _with_tips(seal: Pixels, narrow: Pixels) -> Pixels:
    """A seal grown by the points of its star, which alone are too narrow to be known from the edge of a stroke."""
    for _ in range(IMAGE.star_tip_px):
        seal = cv2.bitwise_or(seal, cv2.bitwise_and(cv2.dilate(seal, np.ones((3, 3), np.uint8)), narrow))
    return seal


def without_stamps(raster: Raster, stamps: Pixels | None) -> Raster:
    """The page with its red stamps bleached: in the red channel red ink is as light as paper, and black stays black."""
    if stamps is None or raster.colour is None:
        return raster
    grey = raster.grey.copy()
    area = cv2.dilate(stamps, np.ones((5, 5), np.uint8)) > 0
    grey[area] = np.maximum(grey, raster.colour[:, :, 2])[area]
    return replace(raster, grey=grey)
