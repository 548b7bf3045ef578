"""Tables of recognised pages without rulings: words that stand below each other under a row of short headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from formflow.pages.unruled import Medium, UnruledTable, Word, WordRow, table_at
from formflow.recognition.pieces import Piece
from formflow.recognition.raster import DPI
from formflow.recognition.rulings.grid import Area, Grid, GridCell
from formflow.recognition.unruled.bands import around

_MARKS = "：:。；，,☐☑□■_()（）"
_PAPER = Medium(
    # A heading may be numbered and starred.
    heading=re.compile(rf"(?:(?:\d{{1,2}}\s*[、.．]|[①-⑳])\s*\*?)?[^\d{_MARKS}][^{_MARKS}]{{0,11}}"),
    furthest_in_heights=2.2,
    least_strip=round(0.04 * DPI),
    margin=6,
    ends_at_headings=True,
)
_WRAPPED = 0.5
"""Heights of a row of white below which a row goes on in the one above."""


@dataclass(slots=True)
class Run:
    """The rows of a table without rulings, and where its columns part."""

    rows: list[list[Piece]]
    table: UnruledTable

    def grid(self) -> Grid:
        """The table as one that had its rulings."""
        ys = [int(y) for y in self.table.ys(self._bands(), _PAPER.margin)]
        xs = [round(bound) for bound in self.table.bounds]
        cells = tuple(
            GridCell(row, column, 1, 1, (left, top, right, bottom))
            for row, (top, bottom) in enumerate(pairwise(ys))
            for column, (left, right) in enumerate(pairwise(xs))
        )
        area: Area = (xs[0], ys[0], xs[-1], ys[-1])
        return Grid(len(ys) - 1, len(xs) - 1, cells, area)

    def is_filled(self) -> bool:
        """Whether the first row below the headings fills most columns; a value beside its label leaves them blank."""
        bottom = self.table.rows[1].box[3]
        first = [piece for row in self.rows[1:] for piece in row if piece.area[1] < bottom]
        return 2 * len(self.table.filled(map(_word, first))) > self.table.columns

    def _bands(self) -> list[list[int]]:
        """Rows that only wrapped go with the row above; the headings are a row of their own."""
        bands = [[0]]
        for number, (above, row) in enumerate(pairwise(self.table.rows), start=1):
            wrapped = (
                number > 1
                and row.box[1] - above.box[3] < _WRAPPED * max(piece.height for piece in self.rows[number])
                and len(row.pieces) < self.table.columns
                and 0 not in self.table.filled(row.pieces)
            )
            if wrapped:
                bands[-1].append(number)
            else:
                bands.append([number])
        return bands


def runs_of(rows: Sequence[Sequence[Piece]]) -> list[Run]:
    """The tables without rulings among the rows of text outside tables, from top to bottom."""
    found = []
    at = 0
    words = [_row(row) for row in rows]
    while at < len(rows):
        table = table_at(words, at, _PAPER)
        run = table and Run([list(row) for row in rows[at : at + len(table.rows)]], table)
        if run and max(len(row) for row in run.rows[1:]) > 1 and run.is_filled():
            found.append(run)
            at += len(run.rows)
        else:
            at += 1
    return found


def _row(row: Sequence[Piece]) -> WordRow:
    words = list(map(_word, row))
    return WordRow(words, words, around(row))


def _word(piece: Piece) -> Word:
    return Word(piece.area[0], piece.area[2], piece.spelled.text)
