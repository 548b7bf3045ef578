"""Tables of a page: boxes to a grid of cells, and what lies in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from formflow.model import Box, Cell, DoubtReason, Doubts, Picture, Source, Table
from formflow.pages import split_texts
from formflow.pages.grid import nearest, rulings
from formflow.readers.pdf.drawn import UNREADABLE
from formflow.readers.pdf.lines import Item, TextLine, cluster
from formflow.readers.pdf.wrap import join_lines, usual_padding


@dataclass(slots=True, eq=False)
class Frame:
    """A cell before its text is known: place in the grid from 0, box on the page, and what lies in it.

    Attributes:
        is_open: A line of its border is not drawn, as where a page break cuts a merged cell.
        padding: As of `join_lines`.
        rest: Its lines on the following pages, as if they stood below it.
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
    padding: float | None = None
    rest: list[TextLine] = field(default_factory=list)

    @property
    def gap(self) -> float | None:
        """White between the left edge and the foremost glyph in points; None without text on the page."""
        places = [item.x0 for item in self.items if item.upright and not item.field and item.text.strip()]
        return min(places) - self.box[0] if places else None

    @property
    def text(self) -> str:
        """What lies in it, line by line."""
        lines = [*cluster(self.items), *self.rest]
        return join_lines(lines, self.box[0], self.box[2], self.padding).strip("\n")

    def take(self, lower: Frame) -> None:
        """Add the lines of the cell behind a page break, which may lie a little aside there."""
        shift = self.box[0] - lower.box[0]
        for line in (*cluster(lower.items), *lower.rest):
            items = [replace(item, x0=item.x0 + shift, x1=item.x1 + shift) for item in line.items]
            self.rest.append(TextLine(items, line.middle))


@dataclass(slots=True)
class Printed:
    """How the cells of a file's tables were set, by their sources (see `pages.join.Setting`)."""

    frames: dict[Source, Frame] = field(default_factory=dict)

    def is_open(self, cell: Source) -> bool:
        """Whether a side of a cell's border is not drawn."""
        return cell in self.frames and self.frames[cell].is_open

    def joined(self, upper: Cell, lower: Cell) -> str:
        """The text of two cells that a page break parted."""
        frame, rest = self.frames.get(upper.source), self.frames.get(lower.source)
        if frame is None or rest is None or not rest.text:
            # What stood above its cell was set in none.
            return split_texts.joined(upper.text, lower.text)
        frame.take(rest)
        return frame.text

    def anew(self, table: Table) -> Table:
        """A table that was joined, its texts by the padding of all its cells."""
        frames = [self.frames[cell.source] for cell in table.cells if cell.source in self.frames]
        padding = usual_padding(gap for frame in frames if (gap := frame.gap) is not None)
        return replace(table, cells=tuple(self._anew(cell, padding) for cell in table.cells))

    def _anew(self, cell: Cell, padding: float | None) -> Cell:
        frame = self.frames.get(cell.source)
        if frame is None or frame.padding == padding:
            return cell
        frame.padding = padding
        # Only wraps may change: what stood above its cell is none of the cell's own lines.
        same = "".join(frame.text.split()) == "".join(cell.text.split())
        return replace(cell, text=frame.text) if same else cell


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

    def table(self, source: Source, printed: Printed) -> Table:
        """The table with the text of all that was put into its cells."""
        cells = []
        gaps = (frame.gap for frame in self.frames if self._drawn)
        padding = usual_padding(gap for gap in gaps if gap is not None)
        for frame in sorted(self.frames, key=lambda frame: (frame.row, frame.column)):
            frame.padding = padding
            text = frame.text
            cells.append(
                Cell(
                    row=frame.row,
                    column=frame.column,
                    text=text,
                    source=Source(
                        part=source.part,
                        ref=f"{source.ref} R{frame.row + 1}C{frame.column + 1}",
                        box=rounded(frame.box),
                    ),
                    row_span=frame.row_span,
                    column_span=frame.column_span,
                    pictures=tuple(frame.pictures),
                    problem=frame.problem,
                    doubts=doubts_about(text, frame.items),
                )
            )
            printed.frames[cells[-1].source] = frame
        return Table(rows=self.rows, columns=self.columns, cells=tuple(cells), source=source)


def doubts_about(text: str, items: Iterable[Item], known: Doubts = ()) -> Doubts:
    """Why a person looks at a text: people may see it as another one, or what its glyphs mean is not known."""
    doubts = known
    if any(item.doubtful for item in items):
        doubts = (*doubts, DoubtReason.HARDLY_VISIBLE)
    return (*doubts, DoubtReason.UNKNOWN_GLYPHS) if UNREADABLE in text else doubts


def rounded(box: Box) -> Box:
    """A box to a hundredth of a point."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
