"""Tables of recognised pages that run over pages, and rows that a page break cut in two.

Paper has no links between pages, so the ruling tells: the next page begins with a table of the same columns where
the page before ended with one. A row that was cut is put together where the list's own numbering shows it, and
nothing of it passes unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.model import Block, Cell, Line, Part, Table

_SAME = 5.0
"""Points within which two upright rulings of two pages are the same."""
_LOW, _HIGH, _FOOT = 0.55, 0.35, 0.9
"""Shares of a page's height: a table that goes on ends below the first and begins again above the second; what
stands below the third is a footer."""
_CUT = 0.7
"""Confidence that a value keeps at most when a page break went through it: below what passes unseen."""


def join_tables(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The pages, each table with the rows that go on on the following pages; cells keep their own page as source."""
    made = list(parts)
    home: int | None = None
    for number in range(1, len(made)):
        upper_page = made[number - 1] if home is None else made[home]
        lower_page = made[number]
        upper = _last_table(upper_page, made[number - 1])
        lower = _first_table(lower_page)
        owner = number - 1 if home is None else home
        if upper is None or lower is None or (both := _joined(upper, lower)) is None:
            home = None
            continue
        made[owner] = _with(upper_page, upper, both)
        made[number] = _with(lower_page, lower, None)
        home = owner if all(_is_foot(block, made[number]) for block in made[number].blocks) else None
    return tuple(made)


def _with(page: Part, table: Table, other: Table | None) -> Part:
    """The page with another table in the table's place, or with none."""
    blocks: list[Block] = []
    for block in page.blocks:
        if block is not table:
            blocks.append(block)
        elif other is not None:
            blocks.append(other)
    return replace(page, blocks=tuple(blocks))


def _last_table(page: Part, bottom: Part) -> Table | None:
    """The table that a page ends with.

    Args:
        bottom: The page on which its last row lies, which may be a later one.
    """
    for block in reversed(page.blocks):
        if isinstance(block, Table):
            ends = [
                cell.source.box[3]
                for cell in block.cells
                if cell.source.box and cell.source.part == bottom.name
            ]
            return block if bottom.size and ends and max(ends) > _LOW * bottom.size[1] else None
        if not _is_foot(block, page):
            return None
    return None


def _first_table(page: Part) -> Table | None:
    for block in page.blocks:
        if isinstance(block, Table):
            box = block.source.box
            return block if page.size and box and box[1] < _HIGH * page.size[1] else None
        return None
    return None


def _is_foot(block: Block, page: Part) -> bool:
    box = block.source.box
    return (
        isinstance(block, Line)
        and page.size is not None
        and box is not None
        and box[1] > _FOOT * page.size[1]
    )


def _joined(upper: Table, lower: Table) -> Table | None:
    """One table of both; None where their columns are not the same."""
    above, below = _edges(upper), _edges(lower)
    if len(above) < 3 or len(below) < 3:
        return None
    shift = above[0] - below[0]
    below = [edge + shift for edge in below]
    fewer, more = sorted((above, below), key=len)
    if abs(above[-1] - below[-1]) > _SAME or any(min(abs(edge - x) for x in more) > _SAME for edge in fewer):
        return None
    cells = _placed(upper, more, 0.0)
    rest = [replace(cell, row=cell.row + upper.rows) for cell in _placed(lower, more, shift)]
    rows = upper.rows + lower.rows
    if pairs := _halves(cells, rest, upper.rows):
        cells = [_whole(cell, pairs[id(cell)]) if id(cell) in pairs else cell for cell in cells]
        rest = [replace(cell, row=cell.row - 1) for cell in rest if cell.row > upper.rows]
        rows -= 1
    return replace(upper, rows=rows, columns=len(more) - 1, cells=(*cells, *rest))


def _edges(table: Table) -> list[float]:
    """Where the table's upright rulings stand, in points from the page's left."""
    found: list[float] = []
    for edge in sorted(
        x for cell in table.cells if cell.source.box for x in (cell.source.box[0], cell.source.box[2])
    ):
        if not found or edge - found[-1] > _SAME:
            found.append(edge)
    return found


def _placed(table: Table, edges: Sequence[float], shift: float) -> list[Cell]:
    """The table's cells in the columns between these edges."""

    def nearest(x: float) -> int:
        return min(range(len(edges)), key=lambda number: abs(edges[number] - x))

    made = []
    for cell in table.cells:
        if cell.source.box is None:
            continue
        left = nearest(cell.source.box[0] + shift)
        right = max(nearest(cell.source.box[2] + shift), left + 1)
        made.append(replace(cell, column=left, column_span=right - left))
    return made


def _halves(cells: Sequence[Cell], rest: Sequence[Cell], break_at: int) -> dict[int, Cell]:
    """The cells of the last row with what follows of each after the break; empty where no row was cut.

    The rows above are numbered in their first column, and the first one below is not.
    """
    first = {cell.column: cell for cell in rest if cell.row == break_at}
    last = {cell.column: cell for cell in cells if cell.row + cell.row_span == break_at}
    numbers = [cell.text for cell in cells if cell.column == 0 and cell.text.strip().isdecimal()]
    number, follows = last.get(0), first.get(0)
    if number is None or follows is None or follows.text.strip() or len(numbers) < 2:
        return {}
    if not number.text.strip().isdecimal() or not any(cell.text.strip() for cell in first.values()):
        return {}
    if first.keys() != last.keys():
        return {}
    return {id(last[column]): cell for column, cell in first.items() if cell.text.strip()}


def _whole(cell: Cell, half: Cell) -> Cell:
    text = f"{cell.text}{half.text}" if cell.text.strip() else half.text
    return replace(cell, text=text, confidence=min(cell.confidence, half.confidence, _CUT))
