"""What a page's content paints with, and over: colours as light, areas that cover and clip (ISO 32000-1, 8.5 and 11).

Coordinates are pdfminer's: points from the page's lower left corner as it is turned.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pdfminer.pdfinterp import PDFGraphicState

from formflow.model import Box

PAPER = 1.0
"""The light of what nobody has painted on."""

_CHORDS = 4
_MAX_POINTS = 2_000
_SAME = 0.02
"""Points that a side of a rectangle may be off its axis by."""

Point = tuple[float, float]


class Paint(PDFGraphicState):
    """pdfminer's graphics state with what it leaves out.

    Attributes:
        alpha, stroke_alpha: How much of what lies below is hidden by a fill and by a stroke, from 0 to 1.
        blends, masked: A blend mode, a soft mask has a say in what shows.
    """

    def __init__(self) -> None:
        super().__init__()
        self.alpha = self.stroke_alpha = 1.0
        self.blends = self.masked = False

    @property
    def plain(self) -> bool:
        """Whether colours show as they are."""
        return not (self.blends or self.masked)

    def copy(self) -> Paint:
        made = Paint.__new__(Paint)
        made.__dict__.update(self.__dict__)
        return made


class Region:
    """An area: a rectangle, or the inside of some polygons.

    Args:
        box: Around it.
        polygons: Its outlines; none for a rectangle.
        even_odd: What several outlines go around twice is outside.
    """

    __slots__ = ("_even_odd", "_polygons", "box")

    def __init__(self, box: Box, polygons: Sequence[Sequence[Point]] = (), *, even_odd: bool = False) -> None:
        self.box = box
        self._polygons = polygons
        self._even_odd = even_odd

    @property
    def is_box(self) -> bool:
        """Whether it is a rectangle."""
        return not self._polygons

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        box = self.box
        if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
            return False
        if not self._polygons:
            return True
        winding = 0
        for polygon in self._polygons:
            before_x, before_y = polygon[-1]
            for point_x, point_y in polygon:
                if (before_y <= y) != (point_y <= y):
                    across = before_x + (y - before_y) * (point_x - before_x) / (point_y - before_y)
                    if across > x:
                        winding += 1 if point_y > before_y else -1
                before_x, before_y = point_x, point_y
        return winding % 2 != 0 if self._even_odd else winding != 0

    def contains(self, box: Box) -> bool:
        """Whether a whole box surely lies in it."""
        own = self.box
        return (
            not self._polygons
            and own[0] <= box[0]
            and own[1] <= box[1]
            and box[2] <= own[2]
            and box[3] <= own[3]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """An area that was painted over.

    Attributes:
        order: How many glyphs were drawn before it.
        clips: What it is cut to.
        light: Of its colour; None where it is not one colour, or not known.
        sure: It hides what lies below, whatever that is.
    """

    order: int
    region: Region
    clips: tuple[Region, ...]
    light: float | None
    sure: bool

    def holds(self, x: float, y: float) -> bool:
        """Whether it was painted at a point."""
        return self.region.holds(x, y) and all(clip.holds(x, y) for clip in self.clips)

    def contains(self, box: Box) -> bool:
        """Whether it was surely painted all over a box."""
        return self.region.contains(box) and all(clip.contains(box) for clip in self.clips)


def region_of(path: Sequence[Any], matrix: Any, *, even_odd: bool) -> Region | None:
    """The inside of a path; None for one that has none. One with too many points is taken for the box around it."""
    polygons = [polygon for polygon in _polygons(path, matrix) if len(polygon) > 2]
    if not polygons:
        return None
    points = [point for polygon in polygons for point in polygon]
    box = box_around(points)
    if len(polygons) == 1 and _is_rectangle(points, box):
        return Region(box)
    return Region(box, polygons if len(points) <= _MAX_POINTS else (), even_odd=even_odd)


def rectangle(box: Sequence[float], matrix: Any) -> Region:
    """A rectangle of a form's own coordinates."""
    x0, y0, x1, y1 = box
    path = (("m", x0, y0), ("l", x1, y0), ("l", x1, y1), ("l", x0, y1))
    return region_of(path, matrix, even_odd=False) or Region((0.0, 0.0, 0.0, 0.0))


def box_around(points: Sequence[Point]) -> Box:
    """The box around some points, one at least."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def common(box: Box, other: Box) -> Box:
    """What two boxes have in common; one of no size where that is nothing."""
    x0, y0 = max(box[0], other[0]), max(box[1], other[1])
    return x0, y0, max(x0, min(box[2], other[2])), max(y0, min(box[3], other[3]))


def _polygons(path: Sequence[Any], matrix: Any) -> Iterator[list[Point]]:
    a, b, c, d, e, f = matrix
    polygon: list[Point] = []
    for operator, *numbers in path:
        if operator == "m":
            yield polygon
            polygon = []
        points = [
            (a * x + c * y + e, b * x + d * y + f) for x, y in zip(numbers[::2], numbers[1::2], strict=False)
        ]
        if operator in "cvy" and polygon and len(points) > 1:
            polygon.extend(_curve(operator, polygon[-1], points))
        else:
            polygon.extend(points)
    yield polygon


def _curve(operator: str, start: Point, points: Sequence[Point]) -> Iterator[Point]:
    """A Bézier curve as a few chords."""
    one, two, end = {
        "c": points,
        "v": (start, *points),
        "y": (*points, points[-1]),
    }[operator][:3]
    for step in range(1, _CHORDS + 1):
        t = step / _CHORDS
        u = 1 - t
        weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        yield (
            sum(w * p[0] for w, p in zip(weights, (start, one, two, end), strict=True)),
            sum(w * p[1] for w, p in zip(weights, (start, one, two, end), strict=True)),
        )


def _is_rectangle(points: Sequence[Point], box: Box) -> bool:
    if not 4 <= len(points) <= 5:
        return False
    corners = set()
    for x, y in points:
        left, right = abs(x - box[0]) <= _SAME, abs(x - box[2]) <= _SAME
        low, high = abs(y - box[1]) <= _SAME, abs(y - box[3]) <= _SAME
        if not ((left or right) and (low or high)):
            return False
        corners.add((right and not left, high and not low))
    return len(corners) == 4


@lru_cache(maxsize=1024)
def light_of(colour: Any, space: str) -> float | None:
    """The relative luminance of a colour (WCAG 2), 0 for black and 1 for paper; None where that cannot be told.

    Args:
        colour: As pdfminer keeps it: a number, three or four of them, or what is no plain colour.
        space: Name of its colour space.
    """
    parts: Sequence[Any] = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts) or space in ("Indexed", "Pattern"):
        return None
    if space in ("Separation", "DeviceN"):
        return (
            None if any(parts) else PAPER
        )  # no ink at all is paper; what an ink looks like is not told here
    shares = [min(max(float(part), 0.0), 1.0) for part in parts]
    if space == "Lab":
        return float(((max(parts[0], 0.0) + 16) / 116) ** 3)
    if len(shares) == 4:
        shares = [(1 - share) * (1 - shares[3]) for share in shares[:3]]
    if len(shares) == 1:
        shares *= 3
    red, green, blue = (math.pow(share, 2.2) for share in shares[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(light: float, other: float) -> float:
    """The contrast of two lights, from 1 (none) to 21 (WCAG 2)."""
    return (max(light, other) + 0.05) / (min(light, other) + 0.05)
