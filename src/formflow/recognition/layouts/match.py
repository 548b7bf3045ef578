"""Find the known layout that a filled page is on: the empty page of a form, laid exactly over the filled one.

Features (AKAZE at 110 dots to the inch) are matched and a homography fitted to them (MAGSAC). The proof that the
layout is the right one is its ruling: nearly all of its lines must lie within 0.6 mm of the page's, and every line of
either needs its partner. The number of inliers proves nothing: the same form with one row more has most of them.

Source:
    AKAZE: Alcantarilla et al. 2013. MAGSAC++: Barath et al. 2020, as OpenCV's USAC has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cv2
import numpy as np

from formflow.recognition.layers import Prepared, prepare
from formflow.recognition.layouts.parameters import LAYOUTS
from formflow.recognition.raster import DPI, Pixels, Raster, pixels
from formflow.recognition.rulings.detect import Ruling
from formflow.recognition.rulings.grid import Area, Grid


@dataclass
class KnownPage:
    """One page of a layout.

    Attributes:
        form: Id of the form.
        name: Name of the layout.
        number: Page of the layout, from 0.
        blank: The empty page, level and upright.
        texts: The printed text of a cell, by the cell's area on the empty page.
        boxes: Areas of the checkboxes in these texts; none if the file did not give them.
    """

    form: str
    name: str
    number: int
    blank: Raster
    texts: dict[Area, str] = field(default_factory=dict)
    boxes: Sequence[Area] = ()

    @cached_property
    def prepared(self) -> Prepared:
        return prepare(self.blank)

    @cached_property
    def features(self) -> tuple[Pixels, Pixels]:
        return features_of(self.blank.grey)

    @cached_property
    def drawn(self) -> Pixels:
        """Distance of every pixel from the empty page's ruling, in pixels."""
        return _distance(self.prepared)


@dataclass(frozen=True, slots=True)
class Match:
    """A page that is on a layout.

    Attributes:
        flat: The page, warped so that it lies exactly over the empty one.
        proof: Share of the layout's ruling that lies beside the page's.
    """

    known: KnownPage
    flat: Raster
    proof: float


def features_of(grey: Pixels) -> tuple[Pixels, Pixels]:
    """Places (in pixels of the page) and descriptors of a page's features."""
    scale = LAYOUTS.match_dpi / DPI
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    akaze: Any = cv2.AKAZE_create(threshold=0.0015)  # type: ignore[attr-defined,unused-ignore]
    points, descriptors = akaze.detectAndCompute(small, None)
    if descriptors is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, 61), np.uint8)
    return np.array([point.pt for point in points], np.float32) / scale, descriptors


def find_layout(page: Prepared, known: Sequence[KnownPage]) -> Match | None:
    """The layout that a page is on, with the page laid over it; None if no layout is proved."""
    if not known or not page.grids:
        return None
    features = features_of(page.flat.grey)
    best: Match | None = None
    for candidate in _likely(page, known)[: LAYOUTS.max_tried_count]:
        match = _registered(page, features, candidate)
        if match is not None and (best is None or match.proof > best.proof):
            best = match
        if best is not None and best.proof >= LAYOUTS.certain_proof_share:
            break
    return best


def _likely(page: Prepared, known: Sequence[KnownPage]) -> list[KnownPage]:
    """The layouts, those first that have about as many cells; matching refuses a wrong one in a hundredth of a second."""
    own = sum(len(grid.cells) for grid in page.grids)
    return sorted(known, key=lambda one: abs(own - sum(len(grid.cells) for grid in one.prepared.grids)))


def _registered(page: Prepared, features: tuple[Pixels, Pixels], known: KnownPage) -> Match | None:
    """The page laid over a layout; None if the features or the rulings do not fit."""
    least = LAYOUTS.min_inliers_count
    places, descriptors = features
    there, wanted = known.features
    if len(descriptors) < least or len(wanted) < least:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(descriptors, wanted, k=2)
    # Lowe's ratio test: keep a match only if the second-best one is clearly worse.
    ratio = LAYOUTS.feature_ratio_share
    good = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < ratio * pair[1].distance]
    if len(good) < least:
        return None
    source = np.array([places[pair.queryIdx] for pair in good], np.float32)
    target = np.array([there[pair.trainIdx] for pair in good], np.float32)
    warp, inliers = cv2.findHomography(source, target, cv2.USAC_MAGSAC, 3.0, maxIters=5000, confidence=0.999)
    if warp is None or int(inliers.sum()) < least or not _is_plain(warp, page.flat.size):
        return None
    flat = _laid(page.flat, warp, known.blank.size)
    laid = prepare(flat)
    proof = _proof(known.prepared, known.drawn, laid)
    return Match(known, flat, proof) if proof >= LAYOUTS.min_proof_share else None


def _is_plain(warp: Pixels, size: tuple[int, int]) -> bool:
    """Whether a warp is the small difference of two prints of one form: a shift, little scale, hardly any turn."""
    width, height = size
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float32)
    a, b, c, d = cv2.perspectiveTransform(corners, warp)[0]
    across = (float(np.hypot(*(b - a))) / width, float(np.hypot(*(c - d))) / width)
    down = (float(np.hypot(*(d - a))) / height, float(np.hypot(*(c - b))) / height)
    sides = (*across, *down)
    return 0.85 < min(sides) and max(sides) < 1.18 and max(sides) / min(sides) < 1.06


def _laid(raster: Raster, warp: Pixels, size: tuple[int, int]) -> Raster:
    grey = cv2.warpPerspective(raster.grey, warp, size, flags=cv2.INTER_CUBIC, borderValue=(255.0,))
    colour = raster.colour
    if colour is not None:
        colour = cv2.warpPerspective(colour, warp, size, flags=cv2.INTER_CUBIC, borderValue=(255.0,) * 3)
    return raster.moved(warp, grey=grey, colour=colour)


def _distance(page: Prepared) -> Pixels:
    """Distance of every pixel from a page's rulings, in pixels."""
    drawn = np.full(page.text.shape, 255, np.uint8)
    for lying, standing in ((grid.lying, grid.standing) for grid in page.grids):
        for line in lying:
            cv2.line(drawn, (line.start, round(line.at)), (line.end, round(line.at)), 0, 1)
        for line in standing:
            cv2.line(drawn, (round(line.at), line.start), (round(line.at), line.end), 0, 1)
    return cv2.distanceTransform(drawn, cv2.DIST_L2, 5)


def _proof(blank: Prepared, drawn: Pixels, page: Prepared) -> float:
    """Share of the layout's ruling beside the page's; 0 if a line of either has no partner."""
    theirs = _shares(blank.grids, _distance(page), cv2.distanceTransform(255 - page.drawn, cv2.DIST_L2, 5))
    ours = _shares(page.grids, drawn)
    if not theirs or not ours:
        return 0.0
    long = pixels(LAYOUTS.min_each_mm)
    if any(share < LAYOUTS.min_each_share for share, length in (*theirs, *ours) if length > long):
        return 0.0
    return sum(share * length for share, length in theirs) / sum(length for _, length in theirs)


def _shares(
    grids: Sequence[Grid], distance: Pixels, from_ink: Pixels | None = None
) -> list[tuple[float, int]]:
    """The share of every ruling that lies near the other page's rulings, and its length.

    Args:
        distance: Distance of every pixel from the other page's rulings.
        from_ink: Distance from the other page's ink, which shows rulings that were not found.
    """
    found = []
    for grid in grids:
        for lines, lying in ((grid.lying, True), (grid.standing, False)):
            for line in lines:
                share = _share(line, distance, lying=lying)
                if share < LAYOUTS.min_each_share and from_ink is not None:
                    inked = _share(line, from_ink, lying=lying)
                    share = inked if inked >= LAYOUTS.inked_share else share
                found.append((share, line.length))
    return found


def _share(line: Ruling, distance: Pixels, *, lying: bool) -> float:
    """Share of a ruling that lies near the other page's, looked at on every second pixel of it."""
    height, width = distance.shape
    along = np.arange(max(line.start, 0), min(line.end, width if lying else height), 2)
    at = round(line.at)
    if not 0 <= at < (height if lying else width) or len(along) == 0:
        return 0.0
    near = distance[at, along] if lying else distance[along, at]
    return float((near <= LAYOUTS.near_mm / 25.4 * DPI).mean())
