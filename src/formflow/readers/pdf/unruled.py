"""Tables without upright rulings: columns from the white between words, rows from lines or level rulings.

A header of three short words or more begins such a table; it goes on as long as a strip of white is left between
any two of them. What begins with a label and a colon is not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from formflow.model import Box
from formflow.readers.pdf.field_rows import Place, split
from formflow.readers.pdf.lines import Item, TextLine, render
from formflow.readers.pdf.ruled_tables import Ruled

_LEAST_COLUMNS = 3
_LONGEST_LABEL = 12
_LEAST_ROWS = 2
_FURTHEST = 4.0
"""Heights of a line of white after which a table has ended."""
_STRIP = 0.8
"""Points of white that part two columns."""
_ROW_GAP = 0.45
"""Heights of a line of white that part two rows, where the lines of one row stand closer."""
_FULL = 0.6
_LABELLED = re.compile(r"\D{1,12}[：:]")

Entry = TextLine | list[list[Place]]
Strip = tuple[float, float]


@dataclass(slots=True)
class _Run:
    """The lines of a table to come, and the strips of white that are left between its headers."""

    lines: list[TextLine]
    headers: list[Strip]
    strips: list[list[Strip]]
    bounds: list[float] = field(default_factory=list)


def set_tables(entries: Sequence[Entry], level: Sequence[Box]) -> list[Entry | Ruled]:
    """The entries of a page with runs of aligned lines made into tables.

    Args:
        level: Level rulings from top to bottom.
    """
    found: list[Entry | Ruled] = []
    at = 0
    while at < len(entries):
        run = _run(entries, at)
        if run is None:
            found.append(entries[at])
            at += 1
            continue
        found.append(_table(run, level))
        at += len(run.lines)
    return found


def _run(entries: Sequence[Entry], at: int) -> _Run | None:
    """The lines of the table whose header is at that index."""
    header = entries[at]
    if not isinstance(header, TextLine) or not all(item.upright for item in header.items):
        return None
    pieces = split(header)
    if len(pieces) < _LEAST_COLUMNS or not all(_is_header(piece) for piece in pieces):
        return None
    headers = [(piece.left, piece.items[-1].x1) for piece in pieces]
    run = _Run([header], headers, [[(before[1], after[0])] for before, after in pairwise(headers)])
    full = 0
    for line in entries[at + 1 :]:
        if not isinstance(line, TextLine) or not all(item.upright for item in line.items):
            break
        height = max(run.lines[-1].box[3] - run.lines[-1].box[1], 1.0)
        if line.box[1] - run.lines[-1].box[3] > _FURTHEST * height or _LABELLED.match(
            render(line.items).strip()
        ):
            break
        strips = [_left_white(strip, line.items) for strip in run.strips]
        if not all(strips):
            break
        run.lines.append(line)
        run.strips = strips
        full += len(split(line)) * 2 > len(headers)
    if full < _LEAST_ROWS:
        return None
    run.bounds = _bounds(run)
    return run


def _is_header(piece: Place) -> bool:
    text = piece.text.strip()
    return 0 < len(text) <= _LONGEST_LABEL and not any(mark in text for mark in "：:。；☐☑□_")


def _left_white(strips: Sequence[Strip], items: Sequence[Item]) -> list[Strip]:
    """What a line leaves white of some strips."""
    for item in items:
        if not item.text.isspace():
            strips = [
                part
                for left, right in strips
                for part in ((left, min(right, item.x0)), (max(left, item.x1), right))
                if part[1] - part[0] >= _STRIP
            ]
    return list(dict.fromkeys(strips))


def _bounds(run: _Run) -> list[float]:
    """Where columns part: of several strips, the one that leaves the fewest cells blank on either side."""
    middles = [[(item.x0 + item.x1) / 2 for item in line.items if item.text.strip()] for line in run.lines]
    bounds = [min(line.box[0] for line in run.lines) - 4.0]
    for strips, following in zip(run.strips, run.headers[1:], strict=True):

        def filled(strip: Strip, end: float = following[1], start: float = bounds[-1]) -> tuple[int, float]:
            cut = (strip[0] + strip[1]) / 2
            both = sum(
                any(start < x < cut for x in line) and any(cut < x < end for x in line) for line in middles
            )
            return both, strip[1] - strip[0]

        best = max(strips, key=filled)
        bounds.append((best[0] + best[1]) / 2)
    bounds.append(max(line.box[2] for line in run.lines) + 4.0)
    return bounds


def _table(run: _Run, level: Sequence[Box]) -> Ruled:
    bounds = run.bounds
    rules = [box[1] for box in level if box[0] < bounds[-1] and box[2] > bounds[0]]
    columns = [[_column(bounds, item) for item in line.items if item.text.strip()] for line in run.lines]
    bands = _bands(run.lines, [frozenset(line) for line in columns], len(bounds) - 1, rules)
    heights = [min(run.lines[index].box[1] for index in band) for band in bands]
    ends = [max(run.lines[index].box[3] for index in band) for band in bands]
    edges = [
        heights[0] - 1.0,
        *((end + top) / 2 for end, top in zip(ends, heights[1:], strict=False)),
        ends[-1] + 1.0,
    ]
    # Rows set so tight that they overlap still come one after the other.
    for number in range(1, len(edges)):
        edges[number] = max(edges[number], edges[number - 1] + 4.0)
    table = Ruled(
        ((left, top, right, bottom) for top, bottom in pairwise(edges) for left, right in pairwise(bounds)),
        drawn=False,
    )
    for number, band in enumerate(bands):
        for index in band:
            for item in run.lines[index].items:
                middle = (bounds[c := _column(bounds, item)] + bounds[c + 1]) / 2
                frame = table.at(middle, (edges[number] + edges[number + 1]) / 2)
                if frame is not None:
                    frame.items.append(item)
    return table


def _column(bounds: Sequence[float], item: Item) -> int:
    middle = (item.x0 + item.x1) / 2
    return max(0, min(sum(bound <= middle for bound in bounds) - 1, len(bounds) - 2))


def _bands(
    lines: Sequence[TextLine], filled: Sequence[frozenset[int]], columns: int, rules: Sequence[float]
) -> list[list[int]]:
    """Which lines make up which row of the table; the header is a row of its own."""
    gaps = [(b.box[1] - a.box[3]) / max(a.box[3] - a.box[1], 1.0) for a, b in pairwise(lines)]
    ruled = [any(a.middle < y < b.middle for y in rules) for a, b in pairwise(lines)]
    by_rule = sum(ruled) >= 3 and sum(ruled) * 4 >= len(gaps)
    by_gap = max(gaps) > _ROW_GAP and min(gaps) < _ROW_GAP - 0.15
    bands = [[0]]
    for number in range(1, len(lines)):
        here = filled[number]
        if by_rule:
            new = ruled[number - 1]
        else:
            full = len(here) >= _FULL * columns
            met = any(len(filled[index]) >= _FULL * columns for index in bands[-1])
            new = (gaps[number - 1] > _ROW_GAP) if by_gap else (0 in here)
            new = new or (full and met)
        if new or number == 1:
            bands.append([number])
        else:
            bands[-1].append(number)
    return bands
