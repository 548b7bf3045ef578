"""What a page break does to a table's rows and merged cells: those that it cut are put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from formflow.model import Cell, DoubtReason, Source, doubted, together
from formflow.pages.split_rows import Row, Verdict, verdict
from formflow.pages.split_texts import joined

_NEAR = 40
"""Rows before the break that show a table's habits; its whole length would be looked at again with every page."""


class Setting(Protocol):
    """What print tells of texts and cells beyond what they say, each known by its source."""

    def is_open(self, cell: Source) -> bool:
        """Whether a side of the cell's border is not drawn, as where a page break cuts a merged cell."""

    def joined(self, upper: Cell, lower: Cell) -> str:
        """The text of two cells that a page break parted, by the room that the upper one left."""


def over_break(
    cells: Sequence[Cell], rest: Sequence[Cell], rows: int, more: int, setting: Setting | None
) -> tuple[list[Cell], list[Cell], int]:
    """The cells on both sides of a break with what it cut put together, and whether that is a row of the rest."""
    last = {cell.column: cell for cell in cells if cell.row + cell.row_span == rows}
    first = {cell.column: cell for cell in rest if cell.row == 0}
    both_open = {
        column
        for column in last.keys() & first.keys()
        if setting and setting.is_open(last[column].source) and setting.is_open(first[column].source)
    }
    merged = {
        column
        for column, cell in first.items()
        if not cell.text.strip() and (cell.row_span > 1 or column in both_open)
    }
    upper, lower = rows_of(cells, max(0, rows - _NEAR), rows), rows_of(rest, 0, more)
    found = verdict(
        [*upper[:-1], _without(upper[-1], merged)], [_without(row, merged) for row in lower[:1]] + lower[1:]
    )
    if found is Verdict.CUT and first.keys() <= last.keys():
        whole = {id(last[column]): _whole(last[column], cell, 1, setting) for column, cell in first.items()}
        rest = [cell for cell in rest if cell.row > 0]
        return [whole.get(id(cell), cell) for cell in cells], list(rest), 1
    longer: dict[int, Cell] = {}
    goes_on = set()
    for column in (both_open | merged) & last.keys():
        if last[column].column_span != first[column].column_span:
            continue
        if column in both_open:
            longer[id(last[column])] = _whole(last[column], first[column], 0, setting)
        elif _is_merged_often(column, (*cells, *rest)):
            longer[id(last[column])] = _doubted(_whole(last[column], first[column], 0, setting))
        else:
            continue
        goes_on.add(column)
    cells = [longer.get(id(cell), cell) for cell in cells]
    rest = [cell for cell in rest if cell.row > 0 or cell.column not in goes_on]
    if found is not Verdict.WHOLE:
        cells = [_doubted(cell) if cell.row == rows - 1 else cell for cell in cells]
        rest = [_doubted(cell) if cell.row == 0 else cell for cell in rest]
    return cells, rest, 0


def rows_of(cells: Sequence[Cell], start: int, stop: int) -> list[Row]:
    """The texts of some rows, merged cells in every row that they reach into."""
    made: list[dict[int, str]] = [{} for _ in range(start, stop)]
    for cell in cells:
        for row in range(max(cell.row, start), min(cell.row + cell.row_span, stop)):
            made[row - start][cell.column] = cell.text
    return list(made)


def _without(row: Row, columns: Collection[int]) -> Row:
    return {column: text for column, text in row.items() if column not in columns}


def _is_merged_often(column: int, cells: Sequence[Cell]) -> bool:
    """Whether a text for several rows stands in the column, so that a blank for several goes on with one."""
    return any(cell.column == column and cell.row_span > 1 and cell.text.strip() for cell in cells)


def _whole(cell: Cell, half: Cell, shared: int, setting: Setting | None) -> Cell:
    """A cell with what the page break cut off it; it lies where its text begins.

    Args:
        shared: Rows that both have, which are one.
    """
    both = bool(cell.text.strip() and half.text.strip())
    whole = replace(
        cell,
        text=setting.joined(cell, half) if setting and both else joined(cell.text, half.text),
        confidence=min(cell.confidence, half.confidence),
        character_confidence=(),
        doubts=together(cell.doubts, half.doubts),
        source=cell.source if cell.text.strip() or not half.text.strip() else half.source,
        row_span=cell.row_span + half.row_span - shared,
        pictures=(*cell.pictures, *half.pictures),
        problem=cell.problem or half.problem,
    )
    # No pixel tells whether a blank stood at the break.
    return _doubted(whole) if both and setting is None else whole


def _doubted(cell: Cell) -> Cell:
    return doubted(cell, DoubtReason.SPLIT_ROW) if cell.text.strip() else cell
