"""Rulings of which a coarse fax left pieces or dots, restored from the rest of their row or column.

A stretch between two crossing rulings counts as drawn where dots of ink lie exactly at its place all along, nothing
stands close beside it, and most of its row or column is drawn. The last condition is needed because ink between two
characters of a text that runs across looks like such dots too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formflow.recognition.raster import Pixels, pixels
from formflow.recognition.rulings.detect import Ruling, Rulings, joined
from formflow.recognition.rulings.grid import clustered
from formflow.recognition.rulings.parameters import RULINGS

_Stretch = tuple[int, int]
"""Top and bottom of a field."""
_FRAME = 2
"""Stretches of a row that belong to the frame of its table, at its two ends."""


@dataclass(frozen=True, slots=True)
class _Remains:
    """The ink where a stretch of a ruling should be.

    Attributes:
        line: The ruling that it may be the rest of.
        parts: How many parts of the stretch have some of it.
        written: Share of the stretch along which ink stands close beside it, on the side that has less.
        crossed: Share of the stretch along which ink stands there and on both sides.
    """

    line: Ruling
    parts: int
    written: float
    crossed: float


@dataclass(frozen=True, slots=True)
class _DottedRuling:
    """Thresholds above which a dotted line counts as a ruling.

    Attributes:
        share: Least share of the stretch that the dots cover.
        parts: Least number of its parts that have dots.
        written: Largest share of the stretch along which ink may stand close on both sides.
    """

    share: float
    parts: int
    written: float

    def accepts(self, found: _Remains) -> bool:
        enough = found.line.solid >= self.share and found.parts >= self.parts
        return enough and found.written <= self.written and found.crossed <= RULINGS.max_written_share


def restored(rulings: Rulings, ink: Pixels) -> Rulings:
    """The rulings of a fax with the stretches that only dots are left of."""
    level_bar = _DottedRuling(RULINGS.min_dots_level_share, RULINGS.parts_count, 1.0)
    level = _lost(rulings.lying, rulings.standing, ink.T, level_bar, level_bar)
    lying = joined([*rulings.lying, *(found.line for found in level)]) if level else rulings.lying
    alone = _DottedRuling(
        RULINGS.min_dots_alone_share, RULINGS.min_parts_alone_count, RULINGS.max_written_share
    )
    in_column = _DottedRuling(RULINGS.min_dots_in_column_share, 1, RULINGS.max_written_share)
    upright = _lost(rulings.standing, lying, ink, alone, in_column)
    if not level and not upright:
        return rulings
    standing = sorted([*rulings.standing, *(found.line for found in upright)], key=lambda line: line.start)
    return Rulings(tuple(lying), tuple(standing), rulings.streaks)


def _lost(
    lines: Sequence[Ruling],
    crossing: Sequence[Ruling],
    ink: Pixels,
    alone: _DottedRuling,
    in_column: _DottedRuling,
) -> list[_Remains]:
    """What is left of the lost stretches of upright rulings; for level rulings pass the ink transposed.

    Args:
        alone: What a stretch must meet to count for its column.
        in_column: What it must meet once most of its column is drawn.
    """
    most = RULINGS.most_share
    columns = [(column, _stretches(column, crossing)) for column in clustered(lines)[1]]
    drawn: list[_Stretch] = []
    dotted: list[_Remains] = []
    for column, stretches in columns:
        whole = [stretch for stretch in stretches if _is_drawn(stretch, column)]
        drawn += whole
        left = [_remains(ink, column, stretch) for stretch in stretches if stretch not in whole]
        if len(whole) + sum(map(alone.accepts, left)) >= most * len(stretches):
            dotted += filter(in_column.accepts, left)
    # The row is asked as well. A row that most rulings do not cross is merged, and a row that none crosses lies between
    # two tables: what looks like dots in either is a text.
    everywhere = [stretch for _, stretches in columns for stretch in stretches]
    shown = [*drawn, *((found.line.start, found.line.end) for found in dotted)]
    return [
        found
        for found in dotted
        if _count(drawn, found.line)
        and _count(shown, found.line) - _FRAME >= most * (_count(everywhere, found.line) - _FRAME)
    ]


def _stretches(column: Sequence[Ruling], lying: Sequence[Ruling]) -> list[_Stretch]:
    """Top and bottom of the fields beside a column's rulings, from one level ruling to the next."""
    at = float(np.median([line.at for line in column]))
    meet, shortest = pixels(RULINGS.meet_mm), pixels(RULINGS.min_field_mm)
    levels = sorted(round(line.at) for line in lying if line.start - meet <= at <= line.end + meet)
    return [(top, bottom) for top, bottom in pairwise(levels) if bottom - top >= shortest]


def _count(stretches: Sequence[_Stretch], line: Ruling) -> int:
    """How many of the stretches lie in the line's row."""
    off = pixels(RULINGS.same_row_mm)
    return sum(max(abs(top - line.start), abs(bottom - line.end)) <= off for top, bottom in stretches)


def _is_drawn(stretch: _Stretch, column: Sequence[Ruling]) -> bool:
    top, bottom = stretch
    short = pixels(RULINGS.drift_mm)
    return any(line.start <= top + short and bottom - short <= line.end for line in column)


def _remains(ink: Pixels, column: Sequence[Ruling], stretch: _Stretch) -> _Remains:
    """The ink between two level rulings at the place of a column's ruling, or a few pixels beside it."""
    narrow, clear, stray = (pixels(mm) for mm in (RULINGS.half_width_mm, RULINGS.clear_mm, RULINGS.stray_mm))
    top, bottom = stretch
    at = round(min(column, key=lambda line: max(line.start - bottom, top - line.end)).at)
    start, end = top + narrow + 1, bottom - narrow
    share, place, parts = 0.0, at, 0
    # Of the places near the column's the one with most dots; of equal ones the nearest.
    for near in sorted(range(at - stray, at + stray + 1), key=lambda near: abs(near - at)):
        if not clear <= near < ink.shape[1] - clear:
            continue
        rows = _dots(ink, near, start, end)
        if float(rows.mean()) > share:
            share, place = float(rows.mean()), near
            pieces = np.array_split(rows, RULINGS.parts_count)
            parts = sum(float(part.mean()) >= RULINGS.min_part_share for part in pieces)
    if not parts:
        return _Remains(Ruling(at, top, bottom, 1, 0.0), 0, 0.0, 0.0)
    there, before, behind = _beside(ink, place, start, end, clear)
    return _Remains(
        line=Ruling(place, top, bottom, 2 * narrow - 1, share),
        parts=parts,
        written=min(float(before.mean()), float(behind.mean())),
        crossed=float((there & before & behind).mean()),
    )


def _dots(ink: Pixels, at: int, start: int, end: int) -> Pixels:
    """In which rows of pixels a dot of a ruling stands at a place.

    Ink there is no dot if ink stands close on both sides, or a text on both sides: in a cell that was merged over the
    ruling a decimal point may stand where the ruling would be.
    """
    there, before, behind = _beside(ink, at, start, end, pixels(RULINGS.clear_mm))
    _, text_before, text_behind = _beside(ink, at, start, end, pixels(RULINGS.word_mm))
    return there & ~(before & behind) & ~(text_before & text_behind)


def _beside(ink: Pixels, at: int, start: int, end: int, beyond: int) -> tuple[Pixels, Pixels, Pixels]:
    """In which rows of pixels ink stands at a place, before it, and behind it as far as `beyond` pixels."""
    narrow = pixels(RULINGS.half_width_mm)
    return (
        ink[start:end, at - narrow : at + narrow + 1].any(axis=1),
        ink[start:end, max(at - beyond, 0) : at - narrow - 1].any(axis=1),
        ink[start:end, at + narrow + 2 : at + beyond + 1].any(axis=1),
    )
