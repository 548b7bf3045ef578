"""Make tables of rulings: rulings that meet are one table, and two fields with no ruling between them are one cell.

The steps are those of pdfplumber's table finder (edges, crossings, cells), made tolerant of paper: a ruling may be
broken, may end before the one it meets, and may lie a pixel or two beside its continuation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formflow.recognition.raster import pixels
from formflow.recognition.rulings.detect import Ruling, Rulings
from formflow.recognition.rulings.parameters import RULINGS

Area = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


def within(area: Area, other: Area, share: float = 0.5) -> bool:
    """Whether at least that share of the first area lies in the second."""
    width = min(area[2], other[2]) - max(area[0], other[0])
    height = min(area[3], other[3]) - max(area[1], other[1])
    size = (area[2] - area[0]) * (area[3] - area[1])
    return width > 0 and height > 0 and width * height >= share * size


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its place in the grid, its spans, its area between the rulings."""

    row: int
    column: int
    row_span: int
    column_span: int
    area: Area


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells in row-major order, and the rulings that make it."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    area: Area
    lying: tuple[Ruling, ...] = ()
    standing: tuple[Ruling, ...] = ()


def grids_of(rulings: Rulings) -> list[Grid]:
    """The tables of a page from top to bottom."""
    found = []
    for lying, standing in _networks(rulings.lying, rulings.standing):
        grid = _grid(lying, standing)
        if grid is not None:
            found.append(grid)
    return _outermost(sorted(found, key=lambda grid: (grid.area[1], grid.area[0])))


def _networks(
    lying: Sequence[Ruling], standing: Sequence[Ruling]
) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Groups of rulings that meet each other, level and upright ones."""
    reach = pixels(RULINGS.meet_mm)
    parent = list(range(len(lying) + len(standing)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for i, level in enumerate(lying):
        for j, upright in enumerate(standing):
            if (
                level.start - reach <= upright.at <= level.end + reach
                and upright.start - reach <= level.at <= upright.end + reach
            ):
                parent[root(i)] = root(len(lying) + j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, level in enumerate(lying):
        groups.setdefault(root(i), ([], []))[0].append(level)
    for j, upright in enumerate(standing):
        groups.setdefault(root(len(lying) + j), ([], []))[1].append(upright)
    for across, down in groups.values():
        if len(across) >= 2 and down:
            yield across, down


def _grid(lying: list[Ruling], standing: list[Ruling]) -> Grid | None:
    reach = pixels(RULINGS.meet_mm)
    standing = [line for line in standing if _is_ruling(line, lying)]
    lying = [line for line in lying if _is_ruling(line, standing)]
    if len(lying) < 2 or not standing:
        return None
    left, right = min(line.start for line in lying), max(line.end for line in lying)
    top, bottom = min(line.start for line in standing), max(line.end for line in standing)
    ys, levels = clustered(lying)
    xs, uprights = clustered(standing)
    # A table may have no frame at its sides; its level rulings say how far it goes.
    if xs and xs[0] - left > 2 * reach:
        xs, uprights = [left, *xs], [[Ruling(left, top, bottom, 1)], *uprights]
    if xs and right - xs[-1] > 2 * reach:
        xs, uprights = [*xs, right], [*uprights, [Ruling(right, top, bottom, 1)]]
    if len(ys) < 2 or len(xs) < 2:
        return None
    cells = tuple(_cells(xs, ys, levels, uprights))
    if not cells:
        return None
    area = (round(xs[0]), round(ys[0]), round(xs[-1]), round(ys[-1]))
    return Grid(len(ys) - 1, len(xs) - 1, cells, area, tuple(lying), tuple(standing))


def _is_ruling(line: Ruling, others: Sequence[Ruling]) -> bool:
    """True if the line ends at another ruling; strokes of characters do not."""
    reach, off = pixels(RULINGS.meet_mm), pixels(RULINGS.same_place_mm)
    met = [
        other
        for other in others
        if other.start - reach <= line.at <= other.end + reach
        and line.start - reach <= other.at <= line.end + reach
    ]
    at_ends = sum(any(abs(other.at - end) <= off for other in met) for end in (line.start, line.end))
    # A table may be open at its sides: then two rulings hold a long line that runs on past both.
    crossed = sum(line.start + reach < other.at < line.end - reach for other in met)
    long = line.length > pixels(RULINGS.min_alone_mm) and line.solid > RULINGS.through_share
    return at_ends == 2 or (long and (at_ends == 1 or crossed == 2)) or len(met) > 2


def clustered(lines: Sequence[Ruling]) -> tuple[list[float], list[list[Ruling]]]:
    """Places of lines that stand at one place, weighted by length, and the lines at each."""
    groups: list[list[Ruling]] = []
    for line in sorted(lines, key=lambda line: line.at):
        if groups and line.at - _place(groups[-1]) <= pixels(RULINGS.same_place_mm):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_place(group) for group in groups], groups


def _place(group: Sequence[Ruling]) -> float:
    return sum(line.at * line.length for line in group) / sum(line.length for line in group)


def _drawn(lines: Sequence[Ruling], start: float, end: float) -> float:
    """Share of the stretch that the lines cover."""
    start, end = start + 2, end - 2
    covered, reached = 0.0, start
    for line in sorted(lines, key=lambda line: line.start):
        low, high = max(line.start, reached), min(line.end, end)
        if high > low:
            covered += high - low
            reached = high
    return covered / max(end - start, 1.0)


def _cells(
    xs: Sequence[float],
    ys: Sequence[float],
    levels: Sequence[Sequence[Ruling]],
    uprights: Sequence[Sequence[Ruling]],
) -> Iterator[GridCell]:
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    closed = [0] * (rows * columns)
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            over = _drawn(levels[row], xs[column], xs[column + 1]) >= RULINGS.parted_share
            left = _drawn(uprights[column], ys[row], ys[row + 1]) >= RULINGS.parted_share
            under = _drawn(levels[row + 1], xs[column], xs[column + 1]) >= RULINGS.parted_share
            right = _drawn(uprights[column + 1], ys[row], ys[row + 1]) >= RULINGS.parted_share
            closed[here] = over + left + under + right
            if row and not over:
                parent[root(here)] = root(here - columns)
            if column and not left:
                parent[root(here)] = root(here - 1)
    yield from _rectangles(xs, ys, [root(number) for number in range(rows * columns)], closed)


def _rectangles(
    xs: Sequence[float], ys: Sequence[float], owner: list[int], closed: Sequence[int]
) -> Iterator[GridCell]:
    """Fields of one owner as rectangles; one that is no rectangle takes in what lies between its corners."""
    columns = len(xs) - 1
    while True:
        extents: dict[int, tuple[int, int, int, int]] = {}
        for number, name in enumerate(owner):
            row, column = divmod(number, columns)
            a, b, c, d = extents.get(name, (row, column, row, column))
            extents[name] = (min(a, row), min(b, column), max(c, row), max(d, column))
        changed = False
        for name, (a, b, c, d) in extents.items():
            for row in range(a, c + 1):
                for column in range(b, d + 1):
                    other = owner[row * columns + column]
                    if other != name:
                        owner[:] = [name if value == other else value for value in owner]
                        changed = True
            if changed:
                break
        if not changed:
            break
    for name, (a, b, c, d) in sorted(extents.items(), key=lambda item: item[1][:2]):
        if not any(closed[number] >= 2 for number, value in enumerate(owner) if value == name):
            continue
        area = (round(xs[b]), round(ys[a]), round(xs[d + 1]), round(ys[c + 1]))
        if min(area[2] - area[0], area[3] - area[1]) < pixels(RULINGS.min_field_mm):
            continue
        yield GridCell(a, b, c - a + 1, d - b + 1, area)


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """Tables that do not lie inside another."""
    reach = pixels(RULINGS.meet_mm)
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: -_size(grid.area)):
        left, top, right, bottom = grid.area
        if not any(
            a - reach <= left and b - reach <= top and right <= c + reach and bottom <= d + reach
            for a, b, c, d in (other.area for other in kept)
        ):
            kept.append(grid)
    return sorted(kept, key=lambda grid: (grid.area[1], grid.area[0]))


def _size(area: Area) -> int:
    return (area[2] - area[0]) * (area[3] - area[1])
