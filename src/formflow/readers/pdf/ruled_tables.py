"""Tables of a page: boxes to a grid of cells, and what lies in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from formflow.model import Box, Cell, DoubtReason, Doubts, Picture, Source, Table
from formflow.pages.split_rows import DOUBTED
from formflow.readers.pdf.drawn import UNREADABLE
from formflow.readers.pdf.lines import Item, cluster
from formflow.readers.pdf.wrap import join_lines, usual_padding

# Rulings nearer than this are the two edges of one line.
_SAME_RULING = 3.0
_DOUBTFUL = 0.3
"""Confidence of a text with glyphs whose meaning is not known."""


@dataclass(slots=True, eq=False)
class Frame:
    """A cell before its text is known: place in the grid from 0, box on the page, and what lies in it.

    Attributes:
        is_open: A line of its border is not drawn, as where a page break cuts a merged cell.
        page, page_box: Where it lies if not on the table's first page.
        is_split: A page break may have cut its row.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    items: list[Item] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    problem: str = ""
    is_open: bool = False
    page: str = ""
    page_box: Box | None = None
    is_split: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.pictures and not any(item.text.strip() for item in self.items)

    @property
    def gap(self) -> float | None:
        """White between the left edge and the foremost glyph in points; None without text on the page."""
        places = [item.x0 for item in self.items if item.upright and not item.field and item.text.strip()]
        return min(places) - self.box[0] if places else None

    def text(self, padding: float | None = None) -> str:
        """What lies in it, line by line; `padding` as of `join_lines`."""
        return join_lines(cluster(self.items), self.box[0], self.box[2], padding).strip("\n")


class Ruled:
    """One table that is made of boxes.

    Args:
        boxes: Its cells.
        opened: Those of them whose border is not drawn whole.
        drawn: The edges of its columns are on the page, so that what is kept free at them tells something.
    """

    def __init__(self, boxes: Iterable[Box], opened: Sequence[Box] = (), *, drawn: bool = True) -> None:
        boxes = list(boxes)
        self.xs = rulings(x for box in boxes for x in (box[0], box[2]))
        self.ys = rulings(y for box in boxes for y in (box[1], box[3]))
        self.rows, self.columns = len(self.ys) - 1, len(self.xs) - 1
        self.frames: list[Frame] = []
        self._owner: dict[tuple[int, int], Frame] = {}
        self._opened = frozenset(opened)
        self._drawn = drawn
        for box in sorted(boxes, key=lambda box: (box[1], box[0])):
            self._add(box)
        self.box: Box = (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def _add(self, box: Box) -> None:
        left, right = nearest(self.xs, box[0]), nearest(self.xs, box[2])
        top, bottom = nearest(self.ys, box[1]), nearest(self.ys, box[3])
        places = [(row, column) for row in range(top, bottom) for column in range(left, right)]
        if not places or any(place in self._owner for place in places):
            return
        frame = Frame(top, left, bottom - top, right - left, box, is_open=box in self._opened)
        self.frames.append(frame)
        for place in places:
            self._owner[place] = frame

    def at(self, x: float, y: float) -> Frame | None:
        """The cell around a point of the page."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self._owner.get((row, column))

    def in_row(self, row: int) -> list[Frame]:
        """The cells that reach into a row, from left to right, each once."""
        found = (self._owner.get((row, column)) for column in range(self.columns))
        return list(dict.fromkeys(frame for frame in found if frame is not None))

    def table(self, source: Source, confidence: float) -> Table:
        """The table with the text of all that was put into its cells."""
        cells = []
        gaps = (frame.gap for frame in self.frames if self._drawn)
        padding = usual_padding(gap for gap in gaps if gap is not None)
        for frame in sorted(self.frames, key=lambda frame: (frame.row, frame.column)):
            text = frame.text(padding)
            doubts = doubts_about(text, frame.items, (DoubtReason.SPLIT_ROW,) if frame.is_split else ())
            cells.append(
                Cell(
                    row=frame.row,
                    column=frame.column,
                    text=text,
                    source=Source(
                        part=frame.page or source.part,
                        ref=f"{source.ref} R{frame.row + 1}C{frame.column + 1}",
                        box=rounded(frame.page_box or frame.box),
                    ),
                    row_span=frame.row_span,
                    column_span=frame.column_span,
                    confidence=trust(doubts, confidence),
                    pictures=tuple(frame.pictures),
                    problem=frame.problem,
                    doubts=doubts,
                )
            )
        return Table(rows=self.rows, columns=self.columns, cells=tuple(cells), source=source)


def doubts_about(text: str, items: Iterable[Item], known: Doubts = ()) -> Doubts:
    """Why a person looks at a text: people may see it as another one, or what its glyphs mean is not known."""
    doubts = known
    if any(item.doubtful for item in items):
        doubts = (*doubts, DoubtReason.PRINTED_OVER)
    return (*doubts, DoubtReason.UNKNOWN_GLYPHS) if UNREADABLE in text else doubts


def trust(doubts: Doubts, confidence: float) -> float:
    """The confidence of a text that is doubted."""
    most = _DOUBTFUL if DoubtReason.UNKNOWN_GLYPHS in doubts else DOUBTED
    return min(confidence, most) if doubts else confidence


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


def rounded(box: Box) -> Box:
    """A box to a hundredth of a point."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
