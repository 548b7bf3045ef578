"""Rulings that a bad copy lost, found by the text: rows of a list that have run together in one of its columns.

Where two fields one above the other have become one, each still holds its own text in its own middle. A field that
was merged on purpose holds one text in the middle of all its rows. Where one of two fields that ran together is empty,
the other's text stands in the middle of its own row; since some people merge fields so, that is only doubted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from formflow.recognition.parameters import PAGE
from formflow.recognition.raster import Pixels
from formflow.recognition.rulings.grid import Area, Grid, GridCell
from formflow.recognition.rulings.parameters import RULINGS
from formflow.recognition.runs import runs


def with_missing_rulings(grid: Grid, ink: Pixels, high: float) -> Grid:
    """The table with its run-together fields parted again.

    Args:
        ink: The page's ink without rulings.
        high: Height of a row of characters on the page.
    """
    if not high:
        return grid
    tops = _tops(grid)
    cells: list[GridCell] = []
    for cell in grid.cells:
        cells.extend(_parted(cell, tops, ink, high) if cell.row_span > 1 else [cell])
    return grid if len(cells) == len(grid.cells) else replace(grid, cells=tuple(sorted(cells, key=_order)))


def doubtful_fields(grid: Grid, ink: Pixels, high: float) -> frozenset[Area]:
    """The fields over several rows whose only text stands in the middle of one of the rows.

    Args:
        ink: The page's ink without rulings.
        high: Height of a row of characters on the page.
    """
    tops = _tops(grid)
    return frozenset(
        cell.area
        for cell in grid.cells
        if high and cell.row_span > 1 and _stands_in_one_row(cell, tops, ink, high)
    )


def _stands_in_one_row(cell: GridCell, tops: dict[int, int], ink: Pixels, high: float) -> bool:
    edges, texts = _edges(cell, tops), _texts_of(cell, ink, high)
    if len(texts) != 1:
        return False
    [text] = texts
    return not _is_central(text, edges[0], edges[-1]) and any(
        _is_central(text, low, up) for low, up in pairwise(edges) if low < up
    )


def _is_central(text: tuple[int, int], low: int, up: int) -> bool:
    """Whether a text lies within a field from `low` to `up`, in its middle."""
    off = abs((text[0] + text[1]) - (low + up)) / 2
    return (
        low < text[0] and text[1] < up and off <= max(RULINGS.off_middle_share * (up - low), PAGE.margin_px)
    )


def _order(cell: GridCell) -> tuple[int, int]:
    return cell.row, cell.column


def _tops(grid: Grid) -> dict[int, int]:
    """The top of each row in which a field begins."""
    tops: dict[int, int] = {}
    for cell in grid.cells:
        tops[cell.row] = min(tops.get(cell.row, cell.area[1]), cell.area[1])
    return tops


def _rows(cell: GridCell, tops: dict[int, int]) -> list[int]:
    """The rows of a cell in which a field begins, in this column or another."""
    return [row for row in range(cell.row, cell.row + cell.row_span) if row == cell.row or row in tops]


def _edges(cell: GridCell, tops: dict[int, int]) -> list[int]:
    """Where the rows of a cell begin, and where the last ends."""
    return [cell.area[1], *(tops[row] for row in _rows(cell, tops)[1:]), cell.area[3]]


def _parted(cell: GridCell, tops: dict[int, int], ink: Pixels, high: float) -> list[GridCell]:
    """A cell cut between two rows of which each has one text in its own middle."""
    left, _, right, _ = cell.area
    rows, edges, texts = _rows(cell, tops), _edges(cell, tops), _texts_of(cell, ink, high)
    if len(texts) < 2 or any(low >= up for low, up in pairwise(edges)):
        return [cell]
    in_middle = {}
    for number, (low, up) in enumerate(pairwise(edges)):
        own = [text for text in texts if low <= (text[0] + text[1]) / 2 < up]
        in_middle[number] = len(own) == 1 and _is_central(own[0], low, up)
    cuts = [number for number in range(1, len(rows)) if in_middle[number - 1] and in_middle[number]]
    if not cuts:
        return [cell]
    starts = [0, *cuts, len(rows)]
    parts = []
    for start, end in pairwise(starts):
        last = rows[end] if end < len(rows) else cell.row + cell.row_span
        area: Area = (left, edges[start], right, edges[end])
        parts.append(replace(cell, row=rows[start], row_span=last - rows[start], area=area))
    return parts


def _texts_of(cell: GridCell, ink: Pixels, high: float) -> Sequence[tuple[int, int]]:
    """Begin and end of each text in a field: rows of ink with little white between them."""
    edge = PAGE.margin_px
    left, top, right, bottom = cell.area
    patch = ink[top + edge : bottom - edge, left + edge : right - edge] > 0
    found = runs(patch.any(axis=1), RULINGS.blank_in_heights * high)
    return [
        (top + edge + start, top + edge + end)
        for start, end in found
        if int(patch[start:end].sum()) >= PAGE.min_row_area_px
    ]
