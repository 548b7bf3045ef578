"""Tables without rulings: words that stand below each other under a row of short headings.

The steps are those of the reader of PDF text (`readers.pdf_aligned`): a row of three headings or more opens strips
of white, and rows belong to the table as long as a strip is left between any two columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from formflow.recognition.pieces import Piece
from formflow.recognition.raster import DPI
from formflow.recognition.rulings.grid import Area, Grid, GridCell
from formflow.recognition.unruled.bands import LABELLED, are_aligned

_LEAST_COLUMNS = 3
_LONGEST_HEADING = 12
_FURTHEST = 2.2
"""Heights of a row of white after which a table has ended."""
_WRAPPED = 0.5
"""Heights of a row of white below which a row goes on in the one above."""
_STRIP = round(0.04 * DPI)
_MARGIN = 6
_NUMBERING = re.compile(r"^(?:\d{1,2}\s*[、.．]|[①-⑳])\s*\*?")
_MARKS = frozenset("：:。；，,☐☑□■_()（）")


@dataclass(slots=True)
class Run:
    """The rows of a table without rulings, and where its columns part."""

    rows: list[list[Piece]]
    bounds: list[float]

    def grid(self) -> Grid:
        """The table as one that had its rulings."""
        bands = self._bands()
        tops = [min(piece.area[1] for row in band for piece in row) for band in bands]
        bottoms = [max(piece.area[3] for row in band for piece in row) for band in bands]
        ys = [
            tops[0] - _MARGIN,
            *((a + b) // 2 for a, b in zip(bottoms, tops[1:], strict=False)),
            bottoms[-1] + _MARGIN,
        ]
        xs = [round(bound) for bound in self.bounds]
        cells = tuple(
            GridCell(row, column, 1, 1, (left, top, right, bottom))
            for row, (top, bottom) in enumerate(pairwise(ys))
            for column, (left, right) in enumerate(pairwise(xs))
        )
        area: Area = (xs[0], ys[0], xs[-1], ys[-1])
        return Grid(len(ys) - 1, len(xs) - 1, cells, area)

    def is_filled(self) -> bool:
        """Whether the first row below the headings fills most columns; a value beside its label leaves them blank."""
        bottom = max(piece.area[3] for piece in self.rows[1])
        first = [piece for row in self.rows[1:] for piece in row if piece.area[1] < bottom]
        columns = len(self.bounds) - 1
        return 2 * sum(self._in(column, first) for column in range(columns)) > columns

    def _bands(self) -> list[list[list[Piece]]]:
        """Rows that only wrapped go with the row above; the headings are a row of their own."""
        bands = [[self.rows[0]]]
        for above, row in pairwise(self.rows):
            gap = min(p.area[1] for p in row) - max(p.area[3] for p in above)
            high = max(p.height for p in row)
            wrapped = (
                len(bands) > 1
                and gap < _WRAPPED * high
                and len(row) < len(self.bounds) - 1
                and not self._in(0, row)
            )
            if wrapped:
                bands[-1].append(row)
            else:
                bands.append([row])
        return bands

    def _in(self, column: int, row: Sequence[Piece]) -> bool:
        return any(self.bounds[column] <= (p.area[0] + p.area[2]) / 2 < self.bounds[column + 1] for p in row)


def runs_of(rows: Sequence[Sequence[Piece]]) -> list[Run]:
    """The tables without rulings among the rows of text outside tables, from top to bottom."""
    found = []
    at = 0
    while at < len(rows):
        run = _run(rows, at)
        if run is not None:
            found.append(run)
            at += len(run.rows)
        else:
            at += 1
    return found


def _run(rows: Sequence[Sequence[Piece]], at: int) -> Run | None:
    header = list(rows[at])
    if len(header) < _LEAST_COLUMNS or not all(_is_heading(piece) for piece in header):
        return None
    strips = [(a.area[2], b.area[0]) for a, b in pairwise(header)]
    run: list[list[Piece]] = [header]
    for row in rows[at + 1 :]:
        gap = min(piece.area[1] for piece in row) - max(piece.area[3] for piece in run[-1])
        high = max(piece.height for piece in run[-1])
        if gap > _FURTHEST * high or any(LABELLED.match(piece.spelled.text) for piece in row):
            break
        if len(row) == 1 and gap >= _WRAPPED * high and not _is_below_one(row[0], run, high):
            break  # A heading over other rows.
        left = [_left_white(strip, row) for strip in strips]
        if any(right - start < _STRIP for start, right in left):
            break
        strips = left
        run.append(list(row))
    if len(run) < 2 or max(len(row) for row in run[1:]) < 2:
        return None
    edges = [piece.area for row in run for piece in row]
    inner = [(a + b) / 2 for a, b in strips]
    found = Run(run, [min(e[0] for e in edges) - _MARGIN, *inner, max(e[2] for e in edges) + _MARGIN])
    return found if found.is_filled() else None


def _is_heading(piece: Piece) -> bool:
    text = _NUMBERING.sub("", piece.spelled.text.strip())
    return 0 < len(text) <= _LONGEST_HEADING and not text[0].isdigit() and not _MARKS & set(text)


def _is_below_one(piece: Piece, run: Sequence[Sequence[Piece]], high: float) -> bool:
    return any(are_aligned(piece.area, other.area, high) for row in run for other in row)


def _left_white(strip: tuple[int, int], row: Sequence[Piece]) -> tuple[int, int]:
    """The widest part of a strip of white that a row leaves."""
    parts = [strip]
    for piece in row:
        left, _, right, _ = piece.area
        parts = [
            part
            for start, end in parts
            for part in ((start, min(end, left)), (max(start, right), end))
            if part[1] > part[0]
        ]
    return max(parts, key=lambda part: part[1] - part[0], default=(0, 0))
