"""Find the page inside a photo: the four edges of a bright page on a darker ground."""

from __future__ import annotations

import cv2
import numpy as np

from formflow.recognition.image.parameters import IMAGE
from formflow.recognition.raster import Pixels


def page_corners(grey: Pixels) -> Pixels | None:
    """The four corners of a bright page on a darker ground: top left, top right, bottom right, bottom left.

    None where no such page shows: a flatbed scan, or a photo that is all page.
    """
    height, width = grey.shape
    scale = IMAGE.photo_view_px / max(width, height)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # A closing and a median remove text and rulings; paper and ground are left.
    small = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), 7)
    frame = np.concatenate(
        [small[:6].ravel(), small[-6:].ravel(), small[:, :6].ravel(), small[:, -6:].ravel()]
    )
    ground = float(np.median(frame))
    found: tuple[float, Pixels] | None = None
    # No single threshold parts paper from ground in every photo; the outline most like four straight sides wins.
    otsu, _ = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    for level in (otsu, otsu - 12, otsu + 12, ground + 20, ground + 35):
        mask = (small > level).astype(np.uint8) * 255
        mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
        quad = _quad_of(mask, small)
        if quad is None:
            continue
        corners, fit = quad
        if found is None or fit > found[0]:
            found = (fit, corners)
    if found is None or found[0] < IMAGE.min_outline_share or not _stands_out(small, found[1]):
        return None
    return found[1] / scale


def _quad_of(mask: Pixels, small: Pixels) -> tuple[Pixels, float] | None:
    """The four corners of the mask's largest part, and the share of it and the four-sided figure that they have in common."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    area = cv2.contourArea(outline)
    height, width = mask.shape
    if not IMAGE.min_photo_page_share < area / (height * width) < IMAGE.max_photo_page_share:
        return None
    hull = cv2.convexHull(outline)
    round_length = cv2.arcLength(hull, True)
    # Simplify the outline (Douglas, Peucker 1973) until four corners are left.
    for share in (0.01, 0.02, 0.03, 0.05):
        rough = cv2.approxPolyDP(hull, share * round_length, True)
        if len(rough) == 4:
            break
    else:
        return None
    corners = _ordered(_sharpened(small, rough.reshape(4, 2).astype(np.float64)))
    quad_area = cv2.contourArea(corners)
    if not quad_area:
        return None
    drawn = cv2.fillConvexPoly(np.zeros_like(mask), np.round(corners).astype(np.int32), 255)
    filled = cv2.drawContours(np.zeros_like(mask), [outline], -1, 255, -1)
    both, either = cv2.countNonZero(drawn & filled), cv2.countNonZero(drawn | filled)
    return corners, both / max(either, 1)


def _sharpened(small: Pixels, rough: Pixels) -> Pixels:
    """Sharper corners: where lines cross that are fitted to the edge of the paper along the outline's four sides."""
    pixels = small.astype(np.float32)
    centre = rough.mean(axis=0)
    lines = []
    for k in range(4):
        a, b = rough[k], rough[(k + 1) % 4]
        length = float(np.hypot(*(b - a))) or 1.0
        direction = (b - a) / length
        outward = np.array([direction[1], -direction[0]])
        if outward @ ((a + b) / 2 - centre) < 0:
            outward = -outward
        edge = _edge_points(pixels, a, direction, outward, length)
        if len(edge) < 12:
            return rough.astype(np.float32)
        line = _fitted(edge)
        lines.append(line)
    corners = []
    for k in range(4):
        (p, d), (q, e) = lines[k - 1], lines[k]
        system = np.array([[d[0], -e[0]], [d[1], -e[1]]])
        if abs(np.linalg.det(system)) < 1e-3:
            return rough.astype(np.float32)
        corners.append(p + d * np.linalg.solve(system, q - p)[0])
    return np.array(corners, np.float32)


def _edge_points(pixels: Pixels, start: Pixels, direction: Pixels, outward: Pixels, length: float) -> Pixels:
    """At sixty places along a side, the point where brightness drops most from the inside to the outside."""
    reach = np.arange(-IMAGE.edge_search_px, IMAGE.edge_search_px + 1)
    along = np.linspace(0.04, 0.96, 60) * length
    places = start + along[:, None, None] * direction + reach[None, :, None] * outward
    height, width = pixels.shape
    x = np.clip(np.round(places[:, :, 0]).astype(int), 0, width - 1)
    y = np.clip(np.round(places[:, :, 1]).astype(int), 0, height - 1)
    profile = pixels[y, x]
    # The drop over six pixels; its middle is the edge. Points with hardly any drop are left out.
    drop = profile[:, :-6] - profile[:, 6:]
    best = drop.argmax(axis=1)
    found = places[np.arange(len(along)), best + 3]
    return found[drop.max(axis=1) > 8]


def _fitted(points: Pixels) -> tuple[Pixels, Pixels]:
    """A point and the direction of the line that most of the points lie on."""
    # Fit, drop the points far from the line, fit again: a finger or a fold must not bend the edge.
    kept = points.astype(np.float32)
    for _ in range(4):
        vx, vy, x0, y0 = cv2.fitLine(kept, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        off = np.abs((points - (x0, y0)) @ np.array([-vy, vx]))
        near = points[off <= max(2.0, float(np.median(off)) * 2)]
        if len(near) < 10:
            break
        kept = near.astype(np.float32)
    return np.array([x0, y0]), np.array([vx, vy])


def _ordered(corners: Pixels) -> Pixels:
    """The corners clockwise, beginning with the one nearest the top left."""
    centre = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0])
    turned = corners[np.argsort(angles)]
    first = int(np.argmin(turned.sum(axis=1)))
    return np.roll(turned, -first, axis=0).astype(np.float32)


def _stands_out(small: Pixels, corners: Pixels) -> bool:
    """Whether the ground is darker than the page, by the medians a little inside and outside of the outline."""
    page = cv2.fillConvexPoly(np.zeros_like(small), np.round(corners).astype(np.int32), 1)
    inside = cv2.erode(page, np.ones((25, 25), np.uint8)).astype(bool)
    outside = cv2.dilate(page, np.ones((9, 9), np.uint8)) == 0
    if inside.sum() < 1000 or outside.sum() < 400:
        return False
    return float(np.median(small[inside])) - float(np.median(small[outside])) > IMAGE.min_ground_contrast_grey
