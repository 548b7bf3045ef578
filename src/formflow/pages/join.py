"""Tables of recognised pages that run over pages, and rows that a page break cut in two.

Paper has no links between pages, so the ruling tells: the next page begins with a table of the same columns where
the page before ended with one. A row that was cut is put together where that is certain (see `cut_rows`); a value
with text on both pages, and every value where it is not certain, never passes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from formflow.model import Block, Cell, DoubtReason, Line, Part, Table, doubted, together
from formflow.pages.split_rows import DOUBTED, Row, Verdict, begins_again, begins_with_rows, headings, verdict
from formflow.pages.split_texts import joined

_SAME = 5.0
"""Points within which two upright rulings of two pages are the same."""
_LONG = re.compile(r"\d{3,}")
_NUMBERS, _SAME_LINE, _SAME_HEIGHT = re.compile(r"(?<!\d)\d{1,2}(?!\d)"), 80.0, 14.0
"""How far two texts are alike that are one printed head, and points between their heights: no two pages lie alike."""
_LOW, _HIGH, _FOOT = 0.55, 0.35, 0.9
"""Shares of a page's height: a table that goes on ends below the first and begins again above the second; what
stands below the third is a footer."""


def join_tables(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The pages, each table with the rows that go on on the following pages; cells keep their own page as source."""
    made = list(parts)
    heads = _repeated_heads(parts)
    # Where all lines above a table come again, as a title does, each page may be a form of its own.
    opened = [_has_own_head(page, heads) for page in parts]
    home: int | None = None
    for number in range(1, len(made)):
        upper_page = made[number - 1] if home is None else made[home]
        lower_page = made[number]
        upper = _last_table(upper_page, made[number - 1])
        lower = _first_table(lower_page, heads)
        owner = number - 1 if home is None else home
        known = any(opened[:number]) or (lower is not None and lower is lower_page.blocks[0])
        # A form in sections has several tables, of which the last is not the first.
        listed = known or len(list(upper_page.tables)) == 1
        if not (upper and lower and listed) or (both := _joined(upper, lower, known=known)) is None:
            home = None
            continue
        made[owner] = _with(upper_page, upper, both)
        made[number] = _with(lower_page, lower, None)
        others = [block for block in made[number].blocks if id(block) not in heads]
        home = owner if all(_is_foot(one, made[number]) or _is_within(one, lower) for one in others) else None
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
    below: list[Block] = []
    for block in reversed(page.blocks):
        if isinstance(block, Table):
            ends = [
                cell.source.box[3]
                for cell in block.cells
                if cell.source.box and cell.source.part == bottom.name
            ]
            if not bottom.size or not ends or max(ends) <= _LOW * bottom.size[1]:
                return None
            # What lies within the table, as a stamp's words do, does not end it.
            ended = any(not _is_foot(line, page) and not _is_within(line, block) for line in below)
            return None if ended else block
        below.append(block)
    return None


def _first_table(page: Part, heads: Container[int]) -> Table | None:
    """The table that a page begins with, below what its office prints at the head of its paper."""
    for block in page.blocks:
        if isinstance(block, Table):
            box = block.source.box
            return block if page.size and box and box[1] < _HIGH * page.size[1] else None
        if id(block) not in heads:
            return None
    return None


def _has_own_head(page: Part, heads: Container[int]) -> bool:
    """Whether a line stands above a page's first table that no page beside it has."""
    for block in page.blocks:
        if isinstance(block, Table):
            return False
        if id(block) not in heads:
            return True
    return False


def _repeated_heads(pages: Sequence[Part]) -> set[int]:
    """The lines, by `id`, in the upper part of a page that stand at the same height of the one before or after too."""
    lines = [
        [block for block in page.blocks if isinstance(block, Line) and _is_high(block, page)]
        for page in pages
    ]
    found: set[int] = set()
    for upper, lower in pairwise(lines):
        for one in upper:
            for other in lower:
                if _is_the_same(one, other):
                    found |= {id(one), id(other)}
    return found


def _is_high(line: Line, page: Part) -> bool:
    box = line.source.box
    return page.size is not None and box is not None and box[3] < _HIGH * page.size[1]


def _is_the_same(one: Line, other: Line) -> bool:
    """Whether two lines are one that is printed on every page, as far as pixels tell."""
    a, b = one.source.box, other.source.box
    near = a is not None and b is not None and abs(a[1] - b[1]) <= _SAME_HEIGHT
    first, second = (_NUMBERS.sub("0", line.text) for line in (one, other))
    # A number of its own makes it a line of its own: that of the form.
    return near and ratio(first, second) >= _SAME_LINE and _LONG.findall(first) == _LONG.findall(second)


def _is_within(block: Block, table: Table) -> bool:
    """Whether a line begins between a table's top and its bottom: a stamp's words, a bit of a ruling."""
    box, frame = block.source.box, table.source.box
    return box is not None and frame is not None and frame[1] <= box[1] < frame[3]


def _is_foot(block: Block, page: Part) -> bool:
    box = block.source.box
    return (
        isinstance(block, Line)
        and page.size is not None
        and box is not None
        and box[1] > _FOOT * page.size[1]
    )


def _texts(table: Table) -> Mapping[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text.strip() for cell in table.cells}


def _joined(upper: Table, lower: Table, *, known: bool) -> Table | None:
    """One table of both; None where their columns are not the same.

    Args:
        known: Where the form begins is known, and it is not on the lower one's page.
    """
    above, below = _edges(upper), _edges(lower)
    if len(above) < 3 or len(below) < 3:
        return None
    shift = above[0] - below[0]
    below = [edge + shift for edge in below]
    fewer, more = sorted((above, below), key=len)
    if abs(above[-1] - below[-1]) > _SAME or any(min(abs(edge - x) for x in more) > _SAME for edge in fewer):
        return None
    if begins_again(_texts(upper), _texts(lower)):
        return None
    if not known and not begins_with_rows(_texts(upper), _texts(lower)):
        return None
    cells, rest = _placed(upper, more, 0.0), _placed(lower, more, shift)
    head = headings(_rows(cells, upper.rows), _rows(rest, lower.rows))
    if any(cell.row < head < cell.row + cell.row_span for cell in rest):
        head = 0
    repeated = [cell for cell in rest if cell.row < head]
    own = [replace(cell, row=cell.row - head) for cell in rest if cell.row >= head]
    cells, lowered, cut = _over_break(cells, own, upper.rows, lower.rows - head)
    if len(lowered) == len(own):
        # Nothing reaches over them, and what was misread in the first headings may be legible in these.
        lowered = [*repeated, *(replace(cell, row=cell.row + head) for cell in lowered)]
        head = 0
    lowered = [replace(cell, row=cell.row + upper.rows - cut) for cell in lowered]
    rows = upper.rows + lower.rows - head - cut
    return replace(upper, rows=rows, columns=len(more) - 1, cells=(*cells, *lowered))


def _over_break(
    cells: Sequence[Cell], rest: Sequence[Cell], rows: int, more: int
) -> tuple[list[Cell], list[Cell], int]:
    """The cells on both sides of a break with what it cut put together, and whether that is a row of the rest."""
    last = {cell.column: cell for cell in cells if cell.row + cell.row_span == rows}
    first = {cell.column: cell for cell in rest if cell.row == 0}
    merged = {column for column, cell in first.items() if cell.row_span > 1 and not cell.text.strip()}
    upper, lower = _rows(cells, rows), _rows(rest, more)
    found = verdict(
        [*upper[:-1], _without(upper[-1], merged)], [_without(row, merged) for row in lower[:1]] + lower[1:]
    )
    if found is Verdict.CUT:
        whole = {id(last[column]): _whole(last[column], cell) for column, cell in first.items()}
        rest = [cell for cell in rest if cell.row > 0]
        return [whole.get(id(cell), cell) for cell in cells], list(rest), 1
    goes_on = {
        column
        for column in merged & last.keys()
        if last[column].column_span == first[column].column_span and _is_merged_often(column, (*cells, *rest))
    }
    longer = {id(last[column]): _carried(last[column], first[column]) for column in goes_on}
    cells = [longer.get(id(cell), cell) for cell in cells]
    rest = [cell for cell in rest if cell.row > 0 or cell.column not in goes_on]
    if found is Verdict.UNSURE:
        cells = [_doubted(cell) if cell.row == rows - 1 else cell for cell in cells]
        rest = [_doubted(cell) if cell.row == 0 else cell for cell in rest]
    return cells, rest, 0


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


def _rows(cells: Sequence[Cell], count: int) -> list[Row]:
    """The texts row by row, merged cells in every row that they reach into."""
    made: list[dict[int, str]] = [{} for _ in range(count)]
    for cell in cells:
        for row in range(cell.row, min(cell.row + cell.row_span, count)):
            made[row][cell.column] = cell.text
    return list(made)


def _without(row: Row, columns: Collection[int]) -> Row:
    return {column: text for column, text in row.items() if column not in columns}


def _is_merged_often(column: int, cells: Sequence[Cell]) -> bool:
    """Whether a text for several rows stands in the column, so that a blank for several goes on with one."""
    return any(cell.column == column and cell.row_span > 1 and cell.text.strip() for cell in cells)


def _whole(cell: Cell, half: Cell) -> Cell:
    """A cell with what the page break cut off it; it lies where its text begins."""
    both = bool(cell.text.strip() and half.text.strip())
    sure = min(cell.confidence, half.confidence, DOUBTED) if both else min(cell.confidence, half.confidence)
    return replace(
        cell,
        text=joined(cell.text, half.text),
        confidence=sure,
        sure=(),
        doubts=together(cell.doubts, half.doubts, (DoubtReason.SPLIT_ROW,) if both else ()),
        source=cell.source if cell.text.strip() or not half.text.strip() else half.source,
        row_span=cell.row_span + half.row_span - 1,
        pictures=(*cell.pictures, *half.pictures),
        problem=cell.problem or half.problem,
    )


def _carried(cell: Cell, below: Cell) -> Cell:
    """A merged cell with the rows that it has behind the break."""
    longer = replace(
        cell, row_span=cell.row_span + below.row_span, confidence=min(cell.confidence, DOUBTED), sure=()
    )
    return doubted(longer, DoubtReason.SPLIT_ROW)


def _doubted(cell: Cell) -> Cell:
    if not cell.text.strip():
        return cell
    return doubted(replace(cell, confidence=min(cell.confidence, DOUBTED), sure=()), DoubtReason.SPLIT_ROW)
