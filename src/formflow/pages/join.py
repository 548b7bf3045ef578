"""Tables that run over pages, printed or recognised, and rows that a page break cut in two.

Pages have no links between them, so the ruling tells: the next page begins with a table of the same columns where
the page before ended with one. A row that was cut is put together where that is certain (see `split_rows`); where it is
not, no value of it passes unseen, and on paper none with text on both pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from formflow.model import Block, Cell, Line, Part, Table
from formflow.pages.grid import nearest, rulings
from formflow.pages.page_break import Setting, over_break, rows_of
from formflow.pages.split_rows import begins_again, begins_with_rows, headings

_SAME = 5.0
"""Points within which two upright rulings of two pages are the same."""
_LONG = re.compile(r"\d{3,}")
_NUMBERS, _SAME_LINE, _SAME_HEIGHT = re.compile(r"(?<!\d)\d{1,2}(?!\d)"), 80.0, 14.0
"""How far two texts are alike that are one printed head, and points between their heights: no two pages lie alike."""
_PAGE_NUMBER = re.compile(
    r"[\s\-—–·.]*(?:第?\s*\d+\s*页?|page\s*\d+)(?:\s*[/,，、共of]+\s*(?:共|第)?\s*\d+\s*页?)?[\s\-—–·.]*",
    re.IGNORECASE,
)
_LOW, _HIGH, _FOOT = 0.55, 0.35, 0.9
"""Shares of a page's height: a table that goes on ends below the first and begins again above the second; what
stands below the third is a footer."""
_SPILT = 24.0
"""Points from a table up to what one of its cells has no room for."""
_TOP = 6
"""Rows in which a table's headings stand."""


def join_tables(parts: Sequence[Part], setting: Setting | None = None) -> tuple[Part, ...]:
    """The pages, each table with the rows that go on on the following pages; cells keep their own page as source.

    Args:
        setting: How the pages were printed; None for recognised ones.
    """
    made = list(parts)
    repeated = _repeated(parts)
    # Where all lines above a table come again, as a title does, each page may be a form of its own.
    opened = [_has_own_head(page, repeated) for page in parts]
    home: int | None = None
    for number in range(1, len(made)):
        owner = number - 1 if home is None else home
        upper_page, lower_page = made[owner], made[number]
        upper = _last_table(upper_page, made[number - 1], repeated)
        top = _first_table(lower_page, repeated)
        known = any(opened[:number]) or (top is not None and not top.headed)
        # A form in sections has several tables, of which the last is not the first.
        listed = known or len(list(upper_page.tables)) == 1
        both = _joined(upper, top.table, setting, known=known) if upper and top and listed else None
        if upper is None or top is None or both is None:
            home = None
            continue
        made[owner] = _with(upper_page, {id(upper): both})
        made[number] = rest = _with(lower_page, dict.fromkeys(top.taken))
        home = owner if all(_is_beside(block, rest, top.table, repeated) for block in rest.blocks) else None
    return tuple(made)


def _with(page: Part, others: Mapping[int, Block | None]) -> Part:
    """The page with other blocks, or none, in the place of some, which are told by `id`."""
    blocks = (others.get(id(block), block) for block in page.blocks)
    return replace(page, blocks=tuple(block for block in blocks if block is not None))


def _last_table(page: Part, bottom: Part, repeated: Container[int]) -> Table | None:
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
            return block if all(_is_beside(line, page, block, repeated) for line in below) else None
        below.append(block)
    return None


@dataclass(frozen=True, slots=True)
class _Top:
    """What a page begins with: its table, `id` of the blocks that are or belong into it, whether a head stands above."""

    table: Table
    taken: Collection[int]
    headed: bool


def _first_table(page: Part, repeated: Container[int]) -> _Top | None:
    """The table that a page begins with, below what its office prints at the head of its paper."""
    above: list[Line] = []
    headed = False
    for block in page.blocks:
        if isinstance(block, Table):
            box = block.source.box
            if not page.size or not box or box[1] >= _HIGH * page.size[1]:
                return None
            table = _with_spilt(block, above)
            return None if table is None else _Top(table, {id(block), *map(id, above)}, headed)
        if _is_page_number(block):
            continue
        if id(block) in repeated:
            headed = True
        else:
            above.append(block)
    return None


def _with_spilt(table: Table, above: Sequence[Line]) -> Table | None:
    """The table with the lines above it in blank cells of its first row, which have no room for them; None where one
    belongs into no cell.

    A merged cell that a page break cut has its text in the middle of all its rows, which may lie off the page.
    """
    cells = list(table.cells)
    for line in above:
        place = next((n for n, cell in enumerate(cells) if _is_spilt_from(cell, line)), None)
        if place is None:
            return None
        sure = min(line.confidence, cells[place].confidence)
        cells[place] = replace(
            cells[place],
            text=line.text,
            confidence=sure,
            character_confidence=line.character_confidence,
            doubts=line.doubts,
        )
    return replace(table, cells=tuple(cells)) if above else table


def _is_spilt_from(cell: Cell, line: Line) -> bool:
    box, own = line.source.box, cell.source.box
    if cell.row or cell.text.strip() or box is None or own is None:
        return False
    return own[0] - 1 <= box[0] and box[2] <= own[2] + 1 and own[1] - _SPILT <= box[1]


def _has_own_head(page: Part, repeated: Container[int]) -> bool:
    """Whether a line stands above a page's first table that no page beside it has."""
    for block in page.blocks:
        if isinstance(block, Table):
            return False
        if id(block) not in repeated and not _is_page_number(block):
            return True
    return False


def _repeated(pages: Sequence[Part]) -> set[int]:
    """The lines, by `id`, that stand at the same height of the page before or after too: what an office prints on each."""
    found: set[int] = set()
    for upper, lower in pairwise(pages):
        for one in upper.lines:
            for other in lower.lines:
                if _is_the_same(one, other, upper):
                    found |= {id(one), id(other)}
    return found


def _is_the_same(one: Line, other: Line, page: Part) -> bool:
    """Whether two lines are one that is printed on every page, as far as pixels tell; further down nothing may differ."""
    a, b = one.source.box, other.source.box
    if a is None or b is None or not page.size or abs(a[1] - b[1]) > _SAME_HEIGHT:
        return False
    first, second = (_NUMBERS.sub("0", line.text) for line in (one, other))
    if a[3] >= _HIGH * page.size[1]:
        return first == second
    # A number of its own makes it a line of its own: that of the form.
    return ratio(first, second) >= _SAME_LINE and _LONG.findall(first) == _LONG.findall(second)


def _is_page_number(block: Block) -> bool:
    return isinstance(block, Line) and _PAGE_NUMBER.fullmatch(block.text.strip()) is not None


def _is_beside(block: Block, page: Part, table: Table, repeated: Container[int]) -> bool:
    """Whether a block does not end a table: what every page bears, a footer, a stamp's words over the table."""
    if not isinstance(block, Line):
        return False
    if id(block) in repeated or _is_page_number(block):
        return True
    box, frame = block.source.box, table.source.box
    if box is None:
        return False
    foot = page.size is not None and box[1] > _FOOT * page.size[1]
    return foot or (frame is not None and box[1] < frame[3])


def _texts(table: Table) -> Mapping[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text.strip() for cell in table.cells}


def _joined(upper: Table, lower: Table, setting: Setting | None, *, known: bool) -> Table | None:
    """One table of both; None where their columns are not the same.

    Args:
        known: Where the form begins is known, and it is not on the lower one's page.
    """
    above, below = _edges(upper), _edges(lower)
    if len(above) < 2 or len(below) < 2:
        return None
    shift = above[0] - below[0]
    below = [edge + shift for edge in below]
    fewer, more = sorted((above, below), key=len)
    if abs(above[-1] - below[-1]) > _SAME or any(abs(more[nearest(more, x)] - x) > _SAME for x in fewer):
        return None
    if begins_again(_texts(upper), _texts(lower)):
        return None
    if not known and not begins_with_rows(_texts(upper), _texts(lower)):
        return None
    cells, rest = _placed(upper, more, 0.0), _placed(lower, more, shift)
    first = rows_of(cells, 0, min(upper.rows, _TOP))
    again = rows_of(rest, 0, lower.rows)
    head = headings(first, again)
    if head == lower.rows or any(cell.row < head < cell.row + cell.row_span for cell in rest):
        head = 0
    repeated = [cell for cell in rest if cell.row < head]
    own = [replace(cell, row=cell.row - head) for cell in rest if cell.row >= head]
    cells, lowered, cut = over_break(cells, own, upper.rows, lower.rows - head, setting)
    if len(lowered) == len(own) and not all(row in first for row in again[:head]):
        # Nothing reaches over them, and what was misread in the first headings may be legible in these.
        lowered = [*repeated, *(replace(cell, row=cell.row + head) for cell in lowered)]
        head = 0
    lowered = [replace(cell, row=cell.row + upper.rows - cut) for cell in lowered]
    rows = upper.rows + lower.rows - head - cut
    return replace(upper, rows=rows, columns=len(more) - 1, cells=(*cells, *lowered))


def _edges(table: Table) -> list[float]:
    """Where the table's upright rulings stand, in points from the page's left."""
    return rulings(
        x for cell in table.cells if cell.source.box for x in (cell.source.box[0], cell.source.box[2])
    )


def _placed(table: Table, edges: Sequence[float], shift: float) -> list[Cell]:
    """The table's cells in the columns between these edges."""
    made = []
    for cell in table.cells:
        if cell.source.box is None:
            continue
        left = nearest(edges, cell.source.box[0] + shift)
        span = max(nearest(edges, cell.source.box[2] + shift) - left, 1)
        same = (left, span) == (cell.column, cell.column_span)
        made.append(cell if same else replace(cell, column=left, column_span=span))
    return made
