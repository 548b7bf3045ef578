"""A sheet as written to a table as seen: used range, merged cells, hidden rows and columns left out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence

from formflow.bulk import maker
from formflow.limits import Limits
from formflow.model import Cell, Picture, Source, Table
from formflow.readers.cell_names import Range, cell_name, column_letters
from formflow.readers.xlsx.cells import Written
from formflow.readers.xlsx.sheet import Sheet

# A merged range larger than this does not widen the used range: somebody merged whole rows or columns.
_WIDE, _HIGH = 64, 256
_EMPTY = Written("")
_SINGLE = (1, 1)
_cell, _source = maker(Cell), maker(Source)


def lay_out(sheet: Sheet, part: str, pictures: Mapping[tuple[int, int], int], limits: Limits) -> Table | None:
    """The one table of a sheet, relative to its used range; None for an empty sheet.

    A used range of more positions than allowed (a stray note a million rows down) keeps only its written
    cells, with the empty rows and columns between them closed up.
    """
    hidden = _Hidden(sheet)
    anchors = _Merges(sheet.merges, hidden)
    written: Mapping[tuple[int, int], Written] = sheet.cells
    filled: Collection[tuple[int, int]] = {*written, *pictures} if pictures else written.keys()
    if hidden.any:
        written = {anchors.visible(at): cell for at, cell in sheet.cells.items()}
        filled = {at for at in (*written, *pictures) if not hidden.covers(at)}
    if not filled:
        return None
    top, left, bottom, right = _used(filled, sheet.merges)
    rows = [row for row in range(top, bottom + 1) if not hidden.row(row)]
    columns = [column for column in range(left, right + 1) if not hidden.column(column)]
    sparse = len(rows) * len(columns) > limits.max_cells
    if sparse:
        rows = sorted({row for row, _ in filled})
        columns = sorted({column for _, column in filled})
    spans, covered = anchors.spans(rows, columns, sparse=sparse, budget=2 * limits.max_cells)
    drawn: dict[tuple[int, int], int] = {}
    for at, count in pictures.items():
        corner = covered.get(at, at)
        drawn[corner] = drawn.get(corner, 0) + count
    letters = [column_letters(column) for column in columns]
    cells = []
    held = _by_row(filled, columns) if sparse else {}
    everywhere = list(enumerate(columns))
    # By position and with one look-up a cell: a large sheet has a hundred thousand of them.
    for number, row in enumerate(rows):
        digits = str(row + 1)
        for place, column in held[row] if sparse else everywhere:
            at = (row, column)
            if at in covered:
                continue
            cell = written.get(at, _EMPTY)
            source = _source(part, letters[place] + digits)
            row_span, column_span = spans.get(at, _SINGLE)
            count = drawn.get(at, 0) + cell.picture
            shown = (Picture(source=source),) * count if count else ()
            cells.append(
                _cell(
                    number,
                    place,
                    cell.text,
                    source,
                    row_span,
                    column_span,
                    cell.value,
                    1.0,
                    (),
                    (),
                    shown,
                    cell.problem,
                )
            )
    source = Source(part=part, ref=f"{cell_name(rows[0], columns[0])}:{cell_name(rows[-1], columns[-1])}")
    return Table(rows=len(rows), columns=len(columns), cells=tuple(cells), source=source)


def _by_row(filled: Iterable[tuple[int, int]], columns: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Place among the columns and column of what is filled, by row."""
    places = {column: place for place, column in enumerate(columns)}
    held: dict[int, list[tuple[int, int]]] = {}
    for row, column in sorted(filled):
        held.setdefault(row, []).append((places[column], column))
    return held


def _used(filled: Collection[tuple[int, int]], merges: Sequence[Range]) -> Range:
    """The box around what is filled, with the merged (blank) cells that lie in it or touch it."""
    rows, columns = {row for row, _ in filled}, {column for _, column in filled}
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    last_row, last_column = bottom, right
    for first_row, first_column, end_row, end_column in merges:
        near = top <= first_row <= bottom + 1 and left <= first_column <= right + 1
        if near and end_column - first_column < _WIDE and end_row - first_row < _HIGH:
            last_row, last_column = max(last_row, end_row), max(last_column, end_column)
    return top, left, last_row, last_column


class _Hidden:
    """Which rows and columns do not show."""

    def __init__(self, sheet: Sheet) -> None:
        self._rows = sheet.hidden_rows
        self._only = sheet.shown_rows
        self._columns = sheet.hidden_columns

    def row(self, row: int) -> bool:
        return row in self._rows or (self._only is not None and row not in self._only)

    def column(self, column: int) -> bool:
        return column in self._columns

    def covers(self, at: tuple[int, int]) -> bool:
        return self.row(at[0]) or self.column(at[1])

    @property
    def any(self) -> bool:
        return bool(self._rows or self._columns or self._only is not None)


class _Merges:
    """Merged ranges: where their text shows, and what they cover."""

    def __init__(self, merges: Sequence[Range], hidden: _Hidden) -> None:
        self._merges = merges
        self._moved: dict[tuple[int, int], tuple[int, int]] = {}
        if hidden.any:
            # The text of a merged cell shows in what is visible of it, even where its corner is hidden.
            for first_row, first_column, last_row, last_column in merges:
                corner = (first_row, first_column)
                if hidden.covers(corner):
                    row = next((r for r in range(first_row, last_row + 1) if not hidden.row(r)), first_row)
                    column = next(
                        (c for c in range(first_column, last_column + 1) if not hidden.column(c)),
                        first_column,
                    )
                    self._moved[corner] = (row, column)

    def visible(self, at: tuple[int, int]) -> tuple[int, int]:
        return self._moved.get(at, at)

    def spans(
        self, rows: Sequence[int], columns: Sequence[int], *, sparse: bool, budget: int
    ) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[tuple[int, int], tuple[int, int]]]:
        """Spans by corner, and the corner by position covered, both cut to the rows and columns that show.

        A range that overlaps an earlier one is not honoured: programs drop it when they open the file.
        """
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        covered: dict[tuple[int, int], tuple[int, int]] = {}
        for first_row, first_column, last_row, last_column in self._merges:
            held_rows = rows[bisect_left(rows, first_row) : bisect_right(rows, last_row)]
            held_columns = columns[bisect_left(columns, first_column) : bisect_right(columns, last_column)]
            area = len(held_rows) * len(held_columns)
            if area < 2 or area > budget or (sparse and area > _WIDE):
                continue
            corner = (held_rows[0], held_columns[0])
            if corner in spans or corner in covered:
                continue
            # What is looked at counts, not what is kept: ranges that overlap would be looked at in vain again
            # and again.
            budget -= area
            places = {(row, column) for row in held_rows for column in held_columns}
            if not covered.keys().isdisjoint(places):
                continue
            spans[corner] = (len(held_rows), len(held_columns))
            places.discard(corner)
            covered.update(dict.fromkeys(places, corner))
        return spans, covered
