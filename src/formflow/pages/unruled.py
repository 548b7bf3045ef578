"""Tables without upright rulings: columns from the white between words, in print and on paper.

A row of three short headings or more begins such a table; it goes on as long as a strip of white is left between any
two of them. What begins with a label and a colon is not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from formflow.model import Box

_LEAST_COLUMNS = 3
_LABELLED = re.compile(r"\D{1,14}[：:]")
_APART, _ALIGNED = 0.5, 0.5
"""Heights of a row: white above a row that did not only wrap; what edges or middles may differ that stand below each other.
"""

Strip = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Medium:
    """What differs between print and paper; lengths are in the unit of the boxes.

    Attributes:
        heading: What a heading looks like.
        furthest_in_heights: White after which a table has ended, in heights of a row.
        least_strip: White that parts two columns.
        margin: What is added around a table.
        ends_at_headings: A text by itself that stands below no column ends a table.
    """

    heading: re.Pattern[str]
    furthest_in_heights: float
    least_strip: float
    margin: float
    ends_at_headings: bool = False


class Extent(Protocol):
    """From where to where something stands in its row."""

    @property
    def x0(self) -> float: ...
    @property
    def x1(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Word:
    """A text and where it stands in its row."""

    x0: float
    x1: float
    text: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of text.

    Attributes:
        pieces: Its texts parted by wide gaps, from left to right.
        parts: The smallest parts that are known of it: glyphs in print, pieces on paper.
        box: Around them.
    """

    pieces: Sequence[Word]
    parts: Sequence[Extent]
    box: Box

    @property
    def height(self) -> float:
        return max(self.box[3] - self.box[1], 1.0)


@dataclass(frozen=True, slots=True)
class UnruledTable:
    """Rows that make a table, the headings first.

    Attributes:
        bounds: Where its columns begin, and where the last one ends.
    """

    rows: Sequence[WordRow]
    bounds: Sequence[float]

    @property
    def columns(self) -> int:
        return len(self.bounds) - 1

    def column(self, part: Extent) -> int:
        """The column that the middle of a part lies in."""
        middle = (part.x0 + part.x1) / 2
        return max(0, min(sum(bound <= middle for bound in self.bounds) - 1, self.columns - 1))

    def filled(self, parts: Iterable[Extent]) -> frozenset[int]:
        """The columns in which some parts lie."""
        return frozenset(map(self.column, parts))

    def ys(self, bands: Sequence[Sequence[int]], margin: float) -> list[float]:
        """Where the table's rows part, halfway between the bands of rows of text that make them up.

        Args:
            bands: Indices of rows of text, each row of the table.
            margin: What is added above the first and below the last.
        """
        tops = [min(self.rows[index].box[1] for index in band) for band in bands]
        ends = [max(self.rows[index].box[3] for index in band) for band in bands]
        between = [(end + top) / 2 for end, top in zip(ends, tops[1:], strict=False)]
        return [tops[0] - margin, *between, ends[-1] + margin]


def table_at(rows: Sequence[WordRow | None], start: int, medium: Medium) -> UnruledTable | None:
    """The table whose headings are the row at that index; None where no table begins there.

    Args:
        rows: From top to bottom; None for what cannot lie in a table.
    """
    headings = rows[start]
    if headings is None or len(headings.pieces) < _LEAST_COLUMNS:
        return None
    if not all(medium.heading.fullmatch(piece.text.strip()) for piece in headings.pieces):
        return None
    strips = [[(before.x1, after.x0)] for before, after in pairwise(headings.pieces)]
    found = [headings]
    for row in rows[start + 1 :]:
        if row is None or _ends(found, row, medium):
            break
        left = [_left_white(strip, row.parts, medium.least_strip) for strip in strips]
        if not all(left):
            break
        strips = left
        found.append(row)
    return UnruledTable(found, _bounds(found, strips, medium.margin)) if len(found) > 1 else None


def _are_aligned(a: Extent, b: Extent, high: float) -> bool:
    """Whether two texts stand below each other by their left edges or their middles."""
    return min(abs(a.x0 - b.x0), abs(a.x0 + a.x1 - b.x0 - b.x1) / 2) <= _ALIGNED * high


def _ends(above: Sequence[WordRow], row: WordRow, medium: Medium) -> bool:
    """Whether a row ends a table: it stands far below, begins with a label, or is a heading over other rows."""
    high = above[-1].height
    gap = row.box[1] - above[-1].box[3]
    if gap > medium.furthest_in_heights * high or any(_LABELLED.match(piece.text) for piece in row.pieces):
        return True
    return (
        medium.ends_at_headings
        and len(row.pieces) == 1
        and gap >= _APART * high
        and not any(_are_aligned(row.pieces[0], piece, high) for other in above for piece in other.pieces)
    )


def _left_white(strips: Sequence[Strip], parts: Iterable[Extent], least: float) -> list[Strip]:
    """What some parts leave white of some strips."""
    for part in parts:
        strips = [
            (left, right)
            for start, end in strips
            for left, right in ((start, min(end, part.x0)), (max(start, part.x1), end))
            if right - left >= least
        ]
    return list(dict.fromkeys(strips))


def _bounds(rows: Sequence[WordRow], strips: Sequence[Sequence[Strip]], margin: float) -> list[float]:
    """Where columns part: of several strips, the one that leaves the fewest cells blank on either side."""
    middles = [[(part.x0 + part.x1) / 2 for part in row.parts] for row in rows]
    bounds = [min(row.box[0] for row in rows) - margin]
    for between, following in zip(strips, rows[0].pieces[1:], strict=True):

        def filled(strip: Strip, end: float = following.x1, start: float = bounds[-1]) -> tuple[int, float]:
            cut = (strip[0] + strip[1]) / 2
            both = sum(
                any(start < x < cut for x in row) and any(cut < x < end for x in row) for row in middles
            )
            return both, strip[1] - strip[0]

        best = max(between, key=filled)
        bounds.append((best[0] + best[1]) / 2)
    return [*bounds, max(row.box[2] for row in rows) + margin]
