"""Rows and merged cells of a printed table that a page break went through."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from formflow.pages.split_rows import Row, Verdict, headings, verdict
from formflow.readers.pdf.ruled_tables import Frame, Ruled, nearest

SAME_SIDE = 4.0
"""Points within which two upright rulings of two pages are the same."""
_NEAR = 40
"""Rows before the break that show a table's habits; its whole length would be looked at again with every page."""
_TOP = 6
"""Rows in which a table's headings stand."""


@dataclass(frozen=True, slots=True)
class Break:
    """What lies at the break between two pages of a table.

    Attributes:
        headings: Rows at the top of the lower page that only repeat the table's.
        verdict: What the row below them is.
        goes_on: By the identity of a cell of that row: the cell of the page before of which it is a part.
    """

    headings: int
    verdict: Verdict
    goes_on: dict[int, Frame] = field(default_factory=dict)


def look(upper: Ruled, lower: Ruled) -> Break:
    """What lies at the break; cells that nobody can be sure of are doubted."""
    shift = upper.xs[0] - lower.xs[0]
    xs = max(upper.xs, [x + shift for x in lower.xs], key=len)
    above = _grid(
        upper, xs, 0.0, [*range(min(_TOP, upper.rows)), *range(max(0, upper.rows - _NEAR), upper.rows)]
    )
    below = _grid(lower, xs, shift, range(lower.rows))
    head = headings(_texts(above[:_TOP]), _texts(below))
    if head == lower.rows or any(frame.row < head < frame.row + frame.row_span for frame in lower.frames):
        head = 0
    last, first = above[-1], below[head]
    own = {column: frame for column, frame in first.items() if frame.row == head}
    merged = {
        column
        for column, frame in own.items()
        if frame.is_empty
        and (frame.row_span > 1 or (frame.is_open and column in last and last[column].is_open))
    }
    found = verdict(
        [*_texts(above[-_NEAR:-1]), _text(last, merged)], [_text(first, merged), *_texts(below[head + 1 :])]
    )
    if found is Verdict.CUT:
        return Break(head, found, {id(frame): last[column] for column, frame in own.items()})
    goes_on: dict[int, Frame] = {}
    for column, frame in own.items():
        part = last.get(column)
        if part is None or not _same(part, frame, shift):
            continue
        if frame.is_open and part.is_open:
            goes_on[id(frame)] = part
        elif column in merged and _is_merged_often(column, (*above, *below)):
            part.is_split = True
            goes_on[id(frame)] = part
    if found is Verdict.UNSURE:
        for frame in (*last.values(), *own.values()):
            if frame.row_span == 1 or frame.row == head:
                frame.is_split = True
    return Break(head, found, goes_on)


def _grid(table: Ruled, xs: Sequence[float], shift: float, rows: Collection[int]) -> list[dict[int, Frame]]:
    """The cells that reach into each of the rows, by the column in which they begin."""
    return [
        {nearest(xs, frame.box[0] + shift): frame for frame in table.in_row(row)} for row in sorted(set(rows))
    ]


def _texts(rows: Sequence[dict[int, Frame]]) -> list[Row]:
    return [_text(row) for row in rows]


def _text(row: dict[int, Frame], without: Collection[int] = ()) -> Row:
    return {column: frame.text() for column, frame in row.items() if column not in without}


def _same(one: Frame, other: Frame, shift: float) -> bool:
    """Whether two cells of two pages lie in the same columns."""
    left, right = other.box[0] + shift, other.box[2] + shift
    return abs(one.box[0] - left) <= SAME_SIDE and abs(one.box[2] - right) <= SAME_SIDE


def _is_merged_often(column: int, rows: Sequence[dict[int, Frame]]) -> bool:
    """Whether a text for several rows stands in the column, so that a blank for several goes on with one."""
    return any(column in row and row[column].row_span > 1 and not row[column].is_empty for row in rows)
