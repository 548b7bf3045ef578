"""Tables of print without upright rulings: rows from level rulings or from the white between lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from formflow.model import Box
from formflow.pages.unruled import Medium, UnruledTable, Word, WordRow, table_at
from formflow.readers.pdf.field_rows import Place, split
from formflow.readers.pdf.lines import TextLine
from formflow.readers.pdf.ruled_tables import Ruled

_PRINT = Medium(
    heading=re.compile(r"[^：:。；☐☑□_]{1,12}"), furthest_in_heights=4.0, least_strip=0.8, margin=4.0
)
_LEAST_ROWS = 2
_ROW_GAP = 0.45
"""Heights of a line of white that part two rows, where the lines of one row stand closer."""
_FULL = 0.6

Entry = TextLine | list[list[Place]]


def set_tables(entries: Sequence[Entry], level: Sequence[Box]) -> list[Entry | Ruled]:
    """The entries of a page with runs of aligned lines made into tables.

    Args:
        level: Level rulings from top to bottom.
    """
    found: list[Entry | Ruled] = []
    rows = [_row(entry) for entry in entries]
    at = 0
    while at < len(entries):
        run = table_at(rows, at, _PRINT)
        if run is None or sum(2 * len(row.pieces) > run.columns for row in run.rows[1:]) < _LEAST_ROWS:
            found.append(entries[at])
            at += 1
            continue
        lines = [entry for entry in entries[at : at + len(run.rows)] if isinstance(entry, TextLine)]
        found.append(_table(run, lines, level))
        at += len(run.rows)
    return found


def _row(entry: Entry) -> WordRow | None:
    if not isinstance(entry, TextLine) or not all(item.upright for item in entry.items):
        return None
    pieces = [Word(place.left, place.items[-1].x1, place.text) for place in split(entry)]
    return WordRow(pieces, [item for item in entry.items if not item.text.isspace()], entry.box)


def _table(run: UnruledTable, lines: Sequence[TextLine], level: Sequence[Box]) -> Ruled:
    bounds = run.bounds
    rules = [box[1] for box in level if box[0] < bounds[-1] and box[2] > bounds[0]]
    bands = _bands(run, lines, rules)
    edges = run.ys(bands, 1.0)
    # Rows set so tight that they overlap still come one after the other.
    for number in range(1, len(edges)):
        edges[number] = max(edges[number], edges[number - 1] + 4.0)
    table = Ruled(
        ((left, top, right, bottom) for top, bottom in pairwise(edges) for left, right in pairwise(bounds)),
        drawn=False,
    )
    for band, (top, bottom) in zip(bands, pairwise(edges), strict=True):
        for item in (item for index in band for item in lines[index].items):
            column = run.column(item)
            frame = table.at((bounds[column] + bounds[column + 1]) / 2, (top + bottom) / 2)
            if frame is not None:
                frame.items.append(item)
    return table


def _bands(run: UnruledTable, lines: Sequence[TextLine], rules: Sequence[float]) -> list[list[int]]:
    """Which lines make up which row of the table; the header is a row of its own."""
    filled = [run.filled(row.parts) for row in run.rows]
    gaps = [(b.box[1] - a.box[3]) / a.height for a, b in pairwise(run.rows)]
    ruled = [any(a.middle < y < b.middle for y in rules) for a, b in pairwise(lines)]
    by_rule = sum(ruled) >= 3 and sum(ruled) * 4 >= len(gaps)
    by_gap = max(gaps) > _ROW_GAP and min(gaps) < _ROW_GAP - 0.15
    full = [len(columns) >= _FULL * run.columns for columns in filled]
    bands = [[0]]
    for number in range(1, len(lines)):
        if by_rule:
            new = ruled[number - 1]
        else:
            new = (gaps[number - 1] > _ROW_GAP) if by_gap else (0 in filled[number])
            new = new or (full[number] and any(full[index] for index in bands[-1]))
        if new or number == 1:
            bands.append([number])
        else:
            bands[-1].append(number)
    return bands
