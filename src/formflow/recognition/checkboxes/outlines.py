"""Checkboxes by their outline, and whether the middle of each is inked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from formflow.recognition.raster import DPI, Pixels

_LEAST, _MOST = round(0.06 * DPI), round(0.24 * DPI)
_CLOSED = 0.85
"""Share of each side that is drawn; a tick or a bad copy takes some of it."""
_STILL_CLOSED = 0.7
_OFF = 4
"""Pixels by which a box may lie off the place that its layout has it at."""
_FILLED, _RING, _RING_INK = 0.74, 0.45, 0.62
"""Share of its frame that a disc fills; nearest ink to a ring's middle, in its radius; a ring's share of ink."""
_CORNER = 1.2
"""Distance from a figure's middle, in half its width, that the corners of a square have and no ring."""
_ASIDE, _ASIDE_ROUND = 0.24, 0.34
"""What is not the middle on each side, as a share of the width: the corners of a ring's larger middle are the ring."""
_CORNERS = 0.1
"""Share of a frame's width at each of its corners that a ring leaves blank."""
EMPTY, TICKED = 0.12, 0.24
"""Share of ink in the middle of a box up to which it is empty, and from which it is ticked."""


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn checkbox in pixels.

    Attributes:
        dark: Share of ink in its middle.
        blot: The whole blot of ink that it belongs to: a tick may reach out of the box.
    """

    left: int
    top: int
    right: int
    bottom: int
    dark: float
    blot: tuple[int, int, int, int]

    @property
    def area(self) -> tuple[int, int, int, int]:
        """Where it lies."""
        return self.left, self.top, self.right, self.bottom

    @property
    def ticked(self) -> bool | None:
        """Whether it is ticked; None where a person must look."""
        if self.dark <= EMPTY:
            return False
        return True if self.dark >= TICKED else None


def boxes_of(ink: Pixels, rulings: Pixels) -> list[Box]:
    """Squares whose four sides are drawn and circles, of the size of a character, apart from the rulings.

    A 口 is such a square too; the caller knows what stands around it.
    """
    drawn = cv2.bitwise_and(ink, cv2.bitwise_not(rulings))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
    found: list[Box] = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number])
        # A tick may reach far out of its box.
        if min(width, height) < _LEAST or max(width, height) > 3 * _MOST or area < 2.5 * _LEAST:
            continue
        shape = labels[y : y + height, x : x + width] == number
        is_round = _is_round(shape)
        square = (0, 0, width, height) if is_round else _square(shape.astype(np.uint8))
        if square is not None:
            left, top, right, bottom = square
            place = (x + left, y + top, x + right, y + bottom)
            dark = _darkness(ink, place, _ASIDE_ROUND if is_round and not _has_corners(shape) else _ASIDE)
            found.append(Box(*place, dark, (x, y, x + width, y + height)))
    return sorted(found, key=lambda box: (box.top, box.left))


def _square(shape: Pixels) -> tuple[int, int, int, int] | None:
    """The first square within a blot of ink that straight strokes close on all four sides.

    A tick may reach out of the box, and the next character may touch it.
    """
    least = max(_LEAST - 3, round(0.5 * min(*shape.shape, _MOST)))
    upright = cv2.morphologyEx(shape, cv2.MORPH_OPEN, np.ones((least, 1), np.uint8))
    columns = _runs(upright.any(axis=0))[:8]
    for number, (left, _) in enumerate(columns):
        for _, right in reversed(columns[number:]):
            width = right - left
            if not _LEAST <= width <= _MOST:
                continue
            level = cv2.morphologyEx(
                shape[:, left:right].copy(),
                cv2.MORPH_OPEN,
                np.ones((1, max(3, round(0.6 * width))), np.uint8),
            )
            rows = _runs(level.any(axis=1))
            for top, bottom in {(rows[0][0], rows[-1][1]), (rows[0][0], rows[:2][-1][1])} if rows else ():
                high_enough = 0.8 * width <= bottom - top <= 1.25 * width
                if high_enough and _sides(shape, left, top, right, bottom) >= _CLOSED:
                    return left, top, right, bottom
    return None


def _is_round(shape: Pixels) -> bool:
    """Whether a blot is a circle, or a disc or a square that is filled: radio buttons and their like."""
    height, width = shape.shape
    if not (_LEAST <= min(width, height) and max(width, height) <= _MOST):
        return False
    if abs(width - height) > max(2, 0.12 * max(width, height)):
        return False
    share = float(shape.mean())
    if share >= _FILLED:
        return True
    radii = _radii(shape)
    # A ring has all its ink at one distance from its middle, all the way round.
    if float(radii.min()) < _RING or share > _RING_INK:
        return False
    ys, xs = np.nonzero(shape)
    turns = np.histogram(np.arctan2(ys - height / 2, xs - width / 2), bins=16, range=(-np.pi, np.pi))[0]
    return bool((turns > 0).all())


def _radii(shape: Pixels) -> Pixels:
    """How far each pixel of a blot lies from the middle of its frame, in half its width and height."""
    height, width = shape.shape
    ys, xs = np.nonzero(shape)
    return np.hypot((xs + 0.5 - width / 2) / (width / 2), (ys + 0.5 - height / 2) / (height / 2))


def _has_corners(shape: Pixels) -> bool:
    """Whether a closed figure is a square and no ring."""
    return float(_radii(shape).max()) > _CORNER


def _runs(filled: Pixels) -> list[tuple[int, int]]:
    """Begin and end of each stretch that is filled."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def on_page(ink: Pixels, box: Box, printed: Pixels) -> Box | None:
    """A box that a known layout has, where and as dark as it is on the page; None where it is not drawn there.

    The page may lie some pixels off, and beside its place the box's own sides would count as ink in its middle.

    Args:
        printed: The ink of the layout's empty page, which tells a ring from a square.
    """
    left, top, right, bottom = box.area
    outline = printed[top:bottom, left:right] > 0
    ring = _is_ring(outline)
    # A thin ring is hardly drawn by the same pixels twice.
    there = cv2.dilate(ink, np.ones((3, 3), np.uint8)) if ring else ink
    drawn: dict[tuple[int, int], float] = {}
    for x in range(-_OFF, _OFF + 1):
        for y in range(-_OFF, _OFF + 1):
            if min(left + x, top + y) < 0:
                continue
            place = left + x, top + y, right + x, bottom + y
            drawn[x, y] = _quarters(there, outline, *place) if ring else _sides(ink, *place)
    best = max(drawn.values(), default=0.0)
    if best < _STILL_CLOSED:
        return None
    across, down = (
        np.mean([place for place, share in drawn.items() if share == best], axis=0).round().astype(int)
    )
    place = left + int(across), top + int(down), right + int(across), bottom + int(down)
    dark = _darkness(ink, place, _ASIDE_ROUND if ring else _ASIDE)
    return replace(box, left=place[0], top=place[1], right=place[2], bottom=place[3], dark=dark)


def _is_ring(outline: Pixels) -> bool:
    """Whether a box's outline leaves the corners of its frame blank."""
    corner = max(2, round(_CORNERS * min(outline.shape)))
    top, bottom = outline[:corner], outline[-corner:]
    return not any(
        part.any() for part in (top[:, :corner], top[:, -corner:], bottom[:, :corner], bottom[:, -corner:])
    )


def _quarters(ink: Pixels, outline: Pixels, left: int, top: int, right: int, bottom: int) -> float:
    """Share that is drawn of the quarter of an outline of which least is."""
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
    """Share that is drawn of the side of a square of which least is."""
    band = max(2, round(0.14 * (right - left)))
    sides = (
        shape[top : top + band, left:right].any(axis=0),
        shape[bottom - band : bottom, left:right].any(axis=0),
        shape[top:bottom, left : left + band].any(axis=1),
        shape[top:bottom, right - band : right].any(axis=1),
    )
    return min(float(side.mean()) if side.size else 0.0 for side in sides)


def _darkness(ink: Pixels, square: tuple[int, int, int, int], aside: float = _ASIDE) -> float:
    left, top, right, bottom = square
    margin = round(aside * (right - left))
    middle = ink[top + margin : bottom - margin, left + margin : right - margin]
    return float((middle > 0).mean()) if middle.size else 0.0
