"""Ruled tables of a page: boxes between rulings to a grid of cells, and what lies in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from formflow.model import Box, Cell, Picture, Source, Table
from formflow.readers.pdf_text import Item, cluster, join_lines

# Rulings nearer than this are the two edges of one line.
_SAME_RULING = 3.0


@dataclass(slots=True, eq=False)
class Frame:
    """A cell before its text is known: place in the grid from 0, box on the page, and what lies in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    items: list[Item] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    problem: str = ""


class Ruled:
    """One ruled table."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        boxes = list(boxes)
        self._xs = rulings(x for box in boxes for x in (box[0], box[2]))
        self._ys = rulings(y for box in boxes for y in (box[1], box[3]))
        self.rows, self.columns = len(self._ys) - 1, len(self._xs) - 1
        self.frames: list[Frame] = []
        self._owner: dict[tuple[int, int], Frame] = {}
        for box in sorted(boxes, key=lambda box: (box[1], box[0])):
            self._add(box)
        self.box: Box = (self._xs[0], self._ys[0], self._xs[-1], self._ys[-1])

    def _add(self, box: Box) -> None:
        left, right = nearest(self._xs, box[0]), nearest(self._xs, box[2])
        top, bottom = nearest(self._ys, box[1]), nearest(self._ys, box[3])
        places = [(row, column) for row in range(top, bottom) for column in range(left, right)]
        if not places or any(place in self._owner for place in places):
            return
        frame = Frame(top, left, bottom - top, right - left, box)
        self.frames.append(frame)
        for place in places:
            self._owner[place] = frame

    def at(self, x: float, y: float) -> Frame | None:
        """The cell around a point of the page."""
        row, column = bisect_right(self._ys, y) - 1, bisect_right(self._xs, x) - 1
        return self._owner.get((row, column))

    def table(self, source: Source, confidence: float) -> Table:
        """The table with the text of all that was put into its cells."""
        cells = []
        for frame in sorted(self.frames, key=lambda frame: (frame.row, frame.column)):
            place = Source(
                part=source.part,
                ref=f"{source.ref} R{frame.row + 1}C{frame.column + 1}",
                box=_rounded(frame.box),
            )
            cells.append(
                Cell(
                    row=frame.row,
                    column=frame.column,
                    text=join_lines(cluster(frame.items), frame.box[0], frame.box[2]).strip("\n"),
                    source=place,
                    row_span=frame.row_span,
                    column_span=frame.column_span,
                    confidence=confidence,
                    pictures=tuple(frame.pictures),
                    problem=frame.problem,
                )
            )
        return Table(rows=self.rows, columns=self.columns, cells=tuple(cells), source=source)


def rulings(places: Iterable[float]) -> list[float]:
    """The distinct places of rulings, those that are one line drawn with two edges taken as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME_RULING:
            found.append(place)
    return found


def nearest(places: Sequence[float], place: float) -> int:
    """The index of the ruling that a place belongs to."""
    at = bisect_right(places, place)
    if at == 0:
        return 0
    if at == len(places) or place - places[at - 1] <= places[at] - place:
        return at - 1
    return at


def _rounded(box: Box) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
