"""Tables of Word as grids: spans, merged cells, and columns that only uneven cell edges made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from formflow.errors import ReadError
from formflow.readers.docx import names as n
from formflow.readers.docx.controls import ContentControl, content_control
from formflow.readers.docx.story import Story
from formflow.readers.packages.ooxml import Element, alternate

# Edges nearer than this are the same edge drawn twice by hand (a millimetre, in twentieths of a point).
_SAME_EDGE = 57
_MAX_COLUMNS = 1024


@dataclass(slots=True)
class Place:
    """A cell's place in the grid, from 0, and the content controls that hold the whole cell."""

    element: Element
    row: int
    column: int
    end: int
    merge: str = ""
    row_span: int = 1
    controls: tuple[tuple[Element, ContentControl], ...] = ()

    @property
    def column_span(self) -> int:
        return self.end - self.column


@dataclass(slots=True)
class Grid:
    """The cells of a table that show, in row-major order, and the controls that hold a whole row.

    Attributes:
        prompts: Rows that are nothing but the prompt of the control that holds them.
    """

    rows: int = 0
    columns: int = 0
    places: list[Place] = field(default_factory=list)
    row_controls: list[tuple[int, ContentControl]] = field(default_factory=list)
    prompts: set[int] = field(default_factory=set)


def lay_out(table: Element, story: Story) -> Grid:
    """Where every cell of a `w:tbl` lies. Deleted and hidden rows are left out, merged cells come once.

    Raises:
        ReadError: `too-large` where the file holds more cells than allowed.
    """
    grid = Grid()
    for row, controls in _descend(table, n.TR, ()):
        if not _shows(row):
            continue
        _lay_row(row, grid)
        grid.row_controls.extend((grid.rows, control) for _, control in controls)
        if any(control.placeholder and control.kind for _, control in controls):
            grid.prompts.add(grid.rows)
        story.cells += len(row)
        if story.cells > story.limits.max_cells:
            raise ReadError("too-large", f"more than {story.limits.max_cells} table cells")
        grid.rows += 1
    _join_edges(grid, _edges(table))
    _merge_rows(grid)
    return grid


_Controls = tuple[tuple[Element, ContentControl], ...]


def _descend(parent: Element, wanted: str, controls: _Controls) -> Iterator[tuple[Element, _Controls]]:
    """Rows of a table or cells of a row, through the content controls and markup that may hold them."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child, controls
        elif tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                yield from _descend(content, wanted, (*controls, (child, content_control(child))))
        elif tag in n.THROUGH:
            yield from _descend(child, wanted, controls)
        elif tag == n.ALTERNATE:
            branch = alternate(child)
            if branch is not None:
                yield from _descend(branch, wanted, controls)


def _shows(row: Element) -> bool:
    properties = row.find(n.W + "trPr")
    if properties is None:
        return True
    if properties.find(n.DEL) is not None:
        return False
    hidden = properties.find(n.W + "hidden")
    return hidden is None or not n.is_on(hidden.get(n.VAL))


def _lay_row(row: Element, grid: Grid) -> None:
    column = 0
    properties = row.find(n.W + "trPr")
    if properties is not None:
        column = _number(properties.find(n.W + "gridBefore"), 0)
    for cell, around in _descend(row, n.TC, ()):
        span, merge, joined, deleted = _cell_properties(cell)
        if deleted:
            continue  # The cells behind it move up, as they do once the deletion is accepted.
        end = min(column + span, _MAX_COLUMNS)
        if column >= end:
            raise ReadError("too-large", f"a table of more than {_MAX_COLUMNS} columns")
        if joined and grid.places and grid.places[-1].row == grid.rows:
            grid.places[-1].end = end
        else:
            grid.places.append(Place(cell, grid.rows, column, end, merge, controls=around))
        column = end


def _cell_properties(cell: Element) -> tuple[int, str, bool, bool]:
    """Columns spanned; `restart` or `continue` of a vertical merge; joined to the cell before; deleted (tracked)."""
    properties = cell.find(n.W + "tcPr")
    if properties is None:
        return 1, "", False, False
    merge = properties.find(n.W + "vMerge")
    state = "" if merge is None else merge.get(n.VAL, "continue")
    across = properties.find(n.W + "hMerge")
    joined = across is not None and across.get(n.VAL, "continue") == "continue"
    deleted = properties.find(n.W + "cellDel") is not None
    return max(_number(properties.find(n.W + "gridSpan"), 1), 1), state, joined, deleted


def _number(element: Element | None, default: int) -> int:
    if element is None:
        return default
    text = element.get(n.VAL, "")
    return min(int(text), _MAX_COLUMNS) if text.isascii() and text.isdecimal() else default


def _edges(table: Element) -> list[int]:
    """Where the grid's columns begin, in twentieths of a point; empty where the table does not say."""
    edges = [0]
    declared = table.find(n.W + "tblGrid")
    if declared is None:
        return []
    for column in declared.iterfind(n.W + "gridCol"):
        try:
            edges.append(edges[-1] + max(round(float(column.get(n.W + "w", ""))), 0))
        except (ValueError, OverflowError):
            return []
    return edges


def _join_edges(grid: Grid, edges: list[int]) -> None:
    """Number the columns by the edges that cells have, near ones taken as one."""
    used = sorted({place.column for place in grid.places} | {place.end for place in grid.places})
    if not used:
        return
    known = len(edges) > used[-1]
    kept = {(place.column, place.end) for place in grid.places}
    group = [used[0]]
    number = {used[0]: 0}
    for before, edge in pairwise(used):
        near = known and edges[edge] - edges[before] < _SAME_EDGE
        if near and not any((earlier, edge) in kept for earlier in group):
            group.append(edge)
        else:
            group = [edge]
        number[edge] = number[before] + (len(group) == 1)
    for place in grid.places:
        place.column, place.end = number[place.column], number[place.end]
    grid.columns = number[used[-1]]


def _merge_rows(grid: Grid) -> None:
    """Fold the continuations of vertical merges into the cell they continue."""
    open_merges: dict[int, Place] = {}
    places = []
    for place in grid.places:
        origin = open_merges.get(place.column)
        if place.merge == "continue" and origin is not None and origin.row + origin.row_span == place.row:
            origin.row_span += 1
            continue
        for column in range(place.column, place.end):
            open_merges.pop(column, None)
        if place.merge:
            open_merges[place.column] = place
        places.append(place)
    grid.places = places
