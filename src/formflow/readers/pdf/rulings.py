"""Rulings of a page to the boxes of its tables, those whose outer lines are not drawn included.

pdfplumber's steps (edges, crossings, cells, tables) find what is closed. A table without lines down its sides,
and a merged cell that a page break cuts open, are closed here first, as the eye does it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pdfminer.layout import LTContainer, LTCurve, LTItem, LTLine, LTPage, LTRect
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils.geometry import filter_edges, obj_to_edges

from formflow.model import Box
from formflow.readers.pdf.coordinates import View
from formflow.readers.pdf.ruled_tables import Ruled

_TOLERANCE = 3.0
_LEAST_LENGTH = 1.0
_SAME_SIDE = 0.1
_LEAST_RULING = 3.0
_MAX_CROSSINGS = 4_000_000
_OVERHANG = 12.0
"""Points that level rulings must reach beyond the outermost upright one to show that a column lies there."""

Edge = dict[str, Any]


class Rulings:
    """The rulings of a page.

    Args:
        layout: Its paths.
        hiding: What was painted over text, in pdfminer's coordinates: its sides part no cells.
    """

    def __init__(self, layout: LTPage, view: View, hiding: Sequence[Box] = ()) -> None:
        self._view = view
        high = view.page_height
        boxes = [(box[0], high - box[3], box[2], high - box[1]) for box in hiding]
        self.edges: list[Edge] = [
            edge for edge in _edges(layout, high) if not any(_is_side(edge, box) for box in boxes)
        ]

    def tables(self) -> list[Ruled]:
        """The ruled tables."""
        upright = filter_edges(self.edges, "v", min_length=_LEAST_LENGTH)
        level = filter_edges(self.edges, "h", min_length=_LEAST_LENGTH)
        if not level or not upright or len(upright) * len(level) > _MAX_CROSSINGS:
            # Nothing ruled; or a drawing, whose every line would be held against every other.
            return []
        edges = [
            edge
            for edge in merge_edges([*upright, *level], *[_TOLERANCE] * 4)
            if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= _LEAST_RULING
        ]
        groups = _groups(edges)
        closing = [line for group in groups for line in _closing(group, edges)]
        if not closing:
            return [Ruled(map(self._shown, group)) for group in groups]
        closed = {tuple(map(round, cell)) for group in groups for cell in group}
        found = _groups(merge_edges([*edges, *closing], *[_TOLERANCE] * 4))
        return [
            Ruled(
                map(self._shown, group),
                [self._shown(cell) for cell in group if tuple(map(round, cell)) not in closed],
            )
            for group in found
        ]

    def level(self) -> list[Box]:
        """Level rulings, one box each, from top to bottom."""
        found = merge_edges(filter_edges(self.edges, "h", min_length=_LEAST_LENGTH), *[_TOLERANCE] * 4)
        boxes = [self._shown((edge["x0"], edge["top"], edge["x1"], edge["bottom"])) for edge in found]
        return sorted(boxes, key=lambda box: box[1])

    def _shown(self, box: Sequence[float]) -> Box:
        x, y = self._view.crop
        return (box[0] - x, box[1] - y, box[2] - x, box[3] - y)


def _edges(layout: Iterable[LTItem], high: float) -> Iterator[Edge]:
    """The sides of the page's paths as pdfplumber has them: lines, then rectangles, then curves."""
    paths = list(_paths(layout))
    for kind, name in ((LTLine, "line"), (LTRect, "rect"), (LTCurve, "curve")):
        for path in paths:
            if type(path) is kind:
                top, bottom = high - path.y1, high - path.y0
                place = {"x0": path.x0, "top": top, "x1": path.x1, "bottom": bottom, "doctop": top}
                size = {"y0": path.y0, "y1": path.y1, "width": path.width, "height": path.height}
                points = [(x, high - y) for x, y in path.pts]
                yield from obj_to_edges({"object_type": name, "pts": points, **place, **size})


def _paths(layout: Iterable[LTItem]) -> Iterator[LTCurve]:
    for item in layout:
        if isinstance(item, LTContainer):
            yield from _paths(item)
        elif isinstance(item, LTCurve):
            yield item


def _is_side(edge: Edge, box: Box) -> bool:
    """Whether an edge is one side of a box."""

    def same(name: str, *places: float) -> bool:
        return any(abs(float(edge[name]) - place) < _SAME_SIDE for place in places)

    if edge["orientation"] == "h":
        return same("x0", box[0]) and same("x1", box[2]) and same("top", box[1], box[3])
    return same("top", box[1]) and same("bottom", box[3]) and same("x0", box[0], box[2])


def _groups(edges: Sequence[Edge]) -> list[list[Box]]:
    crossings = edges_to_intersections(list(edges), _TOLERANCE, _TOLERANCE)
    return list(cells_to_tables(intersections_to_cells(crossings)))


def _closing(group: Sequence[Box], edges: Sequence[Edge]) -> list[Edge]:
    """The outer lines that a table lacks: around all that it covers, where its rulings say there is more."""
    left, right = min(cell[0] for cell in group), max(cell[2] for cell in group)
    top, bottom = min(cell[1] for cell in group), max(cell[3] for cell in group)
    level = [
        edge
        for edge in edges
        if edge["orientation"] == "h"
        and top - _TOLERANCE <= edge["top"] <= bottom + _TOLERANCE
        and edge["x0"] < right
        and edge["x1"] > left
    ]
    missing: list[Edge] = []
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    for side, sign in (("x0", -1), ("x1", 1)):
        outermost = left if sign < 0 else right
        beyond = Counter(round(edge[side]) for edge in level if (edge[side] - outermost) * sign > _OVERHANG)
        for place in sorted(beyond, key=lambda place: place * sign, reverse=True):
            x = next(edge[side] for edge in level if round(edge[side]) == place)
            drawn = any(
                abs(edge["x0"] - x) <= _TOLERANCE
                and min(edge["bottom"], bottom) - max(edge["top"], top) > (bottom - top) / 2
                for edge in upright
            )
            if drawn or (beyond[place] >= 3 and beyond[place] * 2 >= len(level)):
                missing.append(_line(x, top, x, bottom))
                left, right = min(left, x), max(right, x)
                break
    if not missing and _is_full(group, left, top, right, bottom):
        return []
    # Upright rulings that reach both ends say that what is open there is a cell.
    reaching = [edge for edge in upright if left - _TOLERANCE <= edge["x0"] <= right + _TOLERANCE]
    ends = [edge[end] for edge in reaching for end in ("top", "bottom")]
    missing.extend(
        _line(left, y, right, y) for y in (top, bottom) if sum(abs(end - y) <= _TOLERANCE for end in ends) > 1
    )
    return missing


def _is_full(group: Sequence[Box], left: float, top: float, right: float, bottom: float) -> bool:
    """Whether the cells cover the first and the last row from side to side."""
    for index, y in ((1, top), (3, bottom)):
        covered = sum(cell[2] - cell[0] for cell in group if abs(cell[index] - y) <= _TOLERANCE)
        if covered < right - left - 2 * _TOLERANCE:
            return False
    return True


def _line(x0: float, top: float, x1: float, bottom: float) -> Edge:
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "v" if x0 == x1 else "h",
        "object_type": "line",
    }
