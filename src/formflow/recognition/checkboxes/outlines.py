"""Find checkboxes by their outline, and measure how much of the middle of each is inked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from formflow.recognition.checkboxes.parameters import CHECKBOXES
from formflow.recognition.raster import Pixels, pixels
from formflow.recognition.runs import runs


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn checkbox in pixels.

    Attributes:
        dark: Share of ink in its middle.
        blot: Frame of the whole blot of ink that it belongs to: a tick may reach out of the box.
    """

    left: int
    top: int
    right: int
    bottom: int
    dark: float
    blot: tuple[int, int, int, int]

    @property
    def area(self) -> tuple[int, int, int, int]:
        """Its left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def ticked(self) -> bool | None:
        """Whether it is ticked; None where a person must look."""
        if self.dark <= CHECKBOXES.empty_dark_share:
            return False
        return True if self.dark >= CHECKBOXES.ticked_dark_share else None


def boxes_of(ink: Pixels, rulings: Pixels) -> list[Box]:
    """Squares with four drawn sides and circles, of the size of a character, that are no part of a ruling.

    A 口 is such a square too; the caller knows what stands around it.
    """
    least, most = _sizes()
    drawn = cv2.bitwise_and(ink, cv2.bitwise_not(rulings))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
    found: list[Box] = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number])
        # A blot may be much larger than its box: a tick reaches far out of it.
        if min(width, height) < least or max(width, height) > 3 * most or area < 2.5 * least:
            continue
        shape = labels[y : y + height, x : x + width] == number
        is_round = _is_round(shape)
        square = (0, 0, width, height) if is_round else _square(shape.astype(np.uint8))
        if square is not None:
            left, top, right, bottom = square
            place = (x + left, y + top, x + right, y + bottom)
            dark = _darkness(ink, place, ring=is_round and not _has_corners(shape))
            found.append(Box(*place, dark, (x, y, x + width, y + height)))
    return sorted(found, key=lambda box: (box.top, box.left))


def _sizes() -> tuple[int, int]:
    """Least and greatest side of a box in pixels."""
    return pixels(CHECKBOXES.min_side_mm), pixels(CHECKBOXES.max_side_mm)


def _square(shape: Pixels) -> tuple[int, int, int, int] | None:
    """The first square within a blot of ink that straight strokes close on all four sides.

    A tick may reach out of the box, and the next character may touch it.
    """
    smallest, largest = _sizes()
    least = max(smallest - 3, round(0.5 * min(*shape.shape, largest)))
    # Upright strokes are candidates for its left and right sides; between two of them level strokes for the others.
    upright = cv2.morphologyEx(shape, cv2.MORPH_OPEN, np.ones((least, 1), np.uint8))
    columns = runs(upright.any(axis=0))[:8]
    for number, (left, _) in enumerate(columns):
        for _, right in reversed(columns[number:]):
            width = right - left
            if not smallest <= width <= largest:
                continue
            level = cv2.morphologyEx(
                shape[:, left:right].copy(),
                cv2.MORPH_OPEN,
                np.ones((1, max(3, round(0.6 * width))), np.uint8),
            )
            rows = runs(level.any(axis=1))
            # Below the box there may be a further level stroke, so try the outermost strokes and the first two.
            for top, bottom in {(rows[0][0], rows[-1][1]), (rows[0][0], rows[:2][-1][1])} if rows else ():
                high_enough = 0.8 * width <= bottom - top <= 1.25 * width
                if high_enough and _sides(shape, left, top, right, bottom) >= CHECKBOXES.drawn_side_share:
                    return left, top, right, bottom
    return None


def _is_round(shape: Pixels) -> bool:
    """Whether a blot is a ring, a disc or a filled square: radio buttons and the like."""
    height, width = shape.shape
    least, most = _sizes()
    if not (least <= min(width, height) and max(width, height) <= most):
        return False
    if abs(width - height) > max(2, CHECKBOXES.max_uneven_share * max(width, height)):
        return False
    share = float(shape.mean())
    if share >= CHECKBOXES.disc_share:
        return True
    radii = _radii(shape)
    # All the ink of a ring is far from its middle, and it goes all the way round.
    if float(radii.min()) < CHECKBOXES.ring_radius_share or share > CHECKBOXES.max_ring_share:
        return False
    ys, xs = np.nonzero(shape)
    turns = np.histogram(np.arctan2(ys - height / 2, xs - width / 2), bins=16, range=(-np.pi, np.pi))[0]
    return bool((turns > 0).all())


def _radii(shape: Pixels) -> Pixels:
    """Distance of each pixel of a blot from the middle of its frame, in half its width and height."""
    height, width = shape.shape
    ys, xs = np.nonzero(shape)
    return np.hypot((xs + 0.5 - width / 2) / (width / 2), (ys + 0.5 - height / 2) / (height / 2))


def _has_corners(shape: Pixels) -> bool:
    """Whether a closed figure is a square and no ring."""
    return float(_radii(shape).max()) > CHECKBOXES.corner_radius_share


def on_page(ink: Pixels, box: Box, printed: Pixels) -> Box | None:
    """A box of a known layout as it is on the page; None if it is not drawn there.

    The page may lie some pixels off, so the box is searched around its place; otherwise its own sides would count as
    ink in its middle.

    Args:
        printed: The ink of the layout's empty page, which tells a ring from a square.
    """
    left, top, right, bottom = box.area
    outline = printed[top:bottom, left:right] > 0
    ring, off = _is_ring(outline), CHECKBOXES.known_off_px
    # A thin ring is rarely drawn by the same pixels twice, so its ink is widened by one.
    there = cv2.dilate(ink, np.ones((3, 3), np.uint8)) if ring else ink
    drawn: dict[tuple[int, int], float] = {}
    for x in range(-off, off + 1):
        for y in range(-off, off + 1):
            if min(left + x, top + y) < 0:
                continue
            place = left + x, top + y, right + x, bottom + y
            drawn[x, y] = _quarters(there, outline, *place) if ring else _sides(ink, *place)
    best = max(drawn.values(), default=0.0)
    if best < CHECKBOXES.drawn_known_share:
        return None
    # Of several places that fit equally well, take their middle.
    across, down = (
        np.mean([place for place, share in drawn.items() if share == best], axis=0).round().astype(int)
    )
    place = left + int(across), top + int(down), right + int(across), bottom + int(down)
    dark = _darkness(ink, place, ring=ring)
    return replace(box, left=place[0], top=place[1], right=place[2], bottom=place[3], dark=dark)


def _is_ring(outline: Pixels) -> bool:
    """Whether a box's outline leaves the corners of its frame blank."""
    corner = max(2, round(CHECKBOXES.corner_share * min(outline.shape)))
    top, bottom = outline[:corner], outline[-corner:]
    return not any(
        part.any() for part in (top[:, :corner], top[:, -corner:], bottom[:, :corner], bottom[:, -corner:])
    )


def _quarters(ink: Pixels, outline: Pixels, left: int, top: int, right: int, bottom: int) -> float:
    """Share that is drawn of an outline's worst quarter."""
    there = ink[top:bottom, left:right] > 0
    if there.shape != outline.shape:
        return 0.0
    height, width = outline.shape
    halves = (
        (slice(0, height // 2), slice(height // 2, height)),
        (slice(0, width // 2), slice(width // 2, width)),
    )
    parts = [(outline[rows, columns], there[rows, columns]) for rows in halves[0] for columns in halves[1]]
    return min(float(found[drawn].mean()) if drawn.any() else 0.0 for drawn, found in parts)


def _sides(shape: Pixels, left: int, top: int, right: int, bottom: int) -> float:
    """Share that is drawn of a square's worst side."""
    band = max(2, round(0.14 * (right - left)))
    sides = (
        shape[top : top + band, left:right].any(axis=0),
        shape[bottom - band : bottom, left:right].any(axis=0),
        shape[top:bottom, left : left + band].any(axis=1),
        shape[top:bottom, right - band : right].any(axis=1),
    )
    return min(float(side.mean()) if side.size else 0.0 for side in sides)


def _darkness(ink: Pixels, square: tuple[int, int, int, int], *, ring: bool) -> float:
    """Share of ink in the middle of a box."""
    aside = CHECKBOXES.aside_ring_share if ring else CHECKBOXES.aside_share
    left, top, right, bottom = square
    margin = round(aside * (right - left))
    middle = ink[top + margin : bottom - margin, left + margin : right - margin]
    return float((middle > 0).mean()) if middle.size else 0.0
