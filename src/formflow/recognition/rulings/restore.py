"""Rulings of which a coarse fax left pieces or dots, told by the rest of their row or column.

A stretch between two rulings that cross it is drawn where ink stands exactly at its place all along, with nothing close
beside it, and where most of its row or column has it: between two characters of a text that runs across, ink stands
like that too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formflow.recognition.raster import DPI, Pixels
from formflow.recognition.rulings.detect import Ruling, Rulings, joined
from formflow.recognition.rulings.grid import clustered

_Stretch = tuple[int, int]
"""Top and bottom of a field."""
_SAME_ROW = 6
_SHORT_OF, _MEETS = round(0.02 * DPI), round(0.08 * DPI)
"""How far a ruling may end before one that it meets, and how far it is taken to reach one that it crosses."""
_STRAY, _NARROW, _CLEAR, _WORD = 3, 2, 9, round(0.15 * DPI)
"""Pixels: between two rows, from its middle to its edge, to where other ink may stand, and to where the characters of a
text stand on both sides of one of theirs."""
_PARTS, _LEAST_PART = 6, 0.08
"""Parts of a stretch that are looked at each by itself, and the share of one that its dots cover."""
_MOST, _FRAME = 0.5, 2
"""Share of a column, and of a row without its frame at both ends, that must be drawn."""
_CROSSED = 0.04
"""Share of a stretch along which a text may run across it."""
_SHORTEST = round(0.08 * DPI)


@dataclass(frozen=True, slots=True)
class _Remains:
    """What stands where a stretch of a ruling should.

    Attributes:
        line: The ruling that it may be the rest of.
        parts: Of the stretch that have some of it.
        written: Share of the stretch along which ink stands close beside it, on the side that has less.
        crossed: Share of the stretch along which ink stands there and on both sides.
    """

    line: Ruling
    parts: int
    written: float
    crossed: float


@dataclass(frozen=True, slots=True)
class _Bar:
    """What is asked of dots to be a ruling.

    Attributes:
        share: Of the stretch that they cover at least.
        parts: Of it that each must have some.
        written: Share of the stretch along which ink may stand close on either side, where it does on both: what lies
            between two characters is none.
    """

    share: float
    parts: int
    written: float

    def met(self, found: _Remains) -> bool:
        """Whether what was found is a ruling."""
        enough = found.line.solid >= self.share and found.parts >= self.parts
        return enough and found.written <= self.written and found.crossed <= _CROSSED


_ALONE, _IN_COLUMN, _LEVEL = _Bar(0.2, 5, 0.06), _Bar(0.05, 1, 0.06), _Bar(0.6, 6, 1.0)
"""Bars of an upright ruling that speaks for its column, and where most of that is drawn, and of a level one: rows of
text lie level too, and cells that were merged over rows have text where the ruling would be.
"""


def traced(rulings: Rulings, ink: Pixels) -> Rulings:
    """The rulings of a fax with the stretches that only pieces are left of."""
    level = _lost(rulings.lying, rulings.standing, ink.T, _LEVEL, _LEVEL)
    lying = joined([*rulings.lying, *(found.line for found in level)]) if level else rulings.lying
    upright = _lost(rulings.standing, lying, ink, _ALONE, _IN_COLUMN)
    if not level and not upright:
        return rulings
    standing = sorted([*rulings.standing, *(found.line for found in upright)], key=lambda line: line.start)
    return Rulings(tuple(lying), tuple(standing), rulings.streaks)


def _lost(
    lines: Sequence[Ruling], crossing: Sequence[Ruling], ink: Pixels, alone: _Bar, in_column: _Bar
) -> list[_Remains]:
    """What is left of the stretches of upright rulings that were lost; of level ones in turned ink."""
    columns = [(column, _stretches(column, crossing)) for column in clustered(lines)[1]]
    drawn: list[_Stretch] = []
    dotted: list[_Remains] = []
    for column, stretches in columns:
        whole = [stretch for stretch in stretches if _is_drawn(stretch, column)]
        drawn += whole
        left = [_remains(ink, column, stretch) for stretch in stretches if stretch not in whole]
        if len(whole) + sum(map(alone.met, left)) >= _MOST * len(stretches):
            dotted += filter(in_column.met, left)
    # A row that most rulings pass by is merged, what none has lies between two tables: what looks like dots in either
    # are characters.
    everywhere = [stretch for _, stretches in columns for stretch in stretches]
    shown = [*drawn, *((found.line.start, found.line.end) for found in dotted)]
    return [
        found
        for found in dotted
        if _count(drawn, found.line)
        and _count(shown, found.line) - _FRAME >= _MOST * (_count(everywhere, found.line) - _FRAME)
    ]


def _stretches(column: Sequence[Ruling], lying: Sequence[Ruling]) -> list[_Stretch]:
    """Top and bottom of the fields beside a column's rulings, from one level ruling to the next."""
    at = float(np.median([line.at for line in column]))
    levels = sorted(round(line.at) for line in lying if line.start - _MEETS <= at <= line.end + _MEETS)
    return [(top, bottom) for top, bottom in pairwise(levels) if bottom - top >= _SHORTEST]


def _count(stretches: Sequence[_Stretch], line: Ruling) -> int:
    """How many of the stretches lie in the line's row."""
    return sum(max(abs(top - line.start), abs(bottom - line.end)) <= _SAME_ROW for top, bottom in stretches)


def _is_drawn(stretch: _Stretch, column: Sequence[Ruling]) -> bool:
    top, bottom = stretch
    return any(line.start <= top + _SHORT_OF and bottom - _SHORT_OF <= line.end for line in column)


def _remains(ink: Pixels, column: Sequence[Ruling], stretch: _Stretch) -> _Remains:
    """What stands between two level rulings at the place of a column's ruling, or within some pixels of it."""
    top, bottom = stretch
    at = round(min(column, key=lambda line: max(line.start - bottom, top - line.end)).at)
    start, end = top + _NARROW + 1, bottom - _NARROW
    share, place, parts = 0.0, at, 0
    for near in sorted(range(at - _STRAY, at + _STRAY + 1), key=lambda near: abs(near - at)):
        if not _CLEAR <= near < ink.shape[1] - _CLEAR:
            continue
        rows = _narrow(ink, near, start, end)
        if float(rows.mean()) > share:
            share, place = float(rows.mean()), near
            parts = sum(float(part.mean()) >= _LEAST_PART for part in np.array_split(rows, _PARTS))
    if not parts:
        return _Remains(Ruling(at, top, bottom, 1, 0.0), 0, 0.0, 0.0)
    there, before, behind = _beside(ink, place, start, end)
    return _Remains(
        line=Ruling(place, top, bottom, 2 * _NARROW - 1, share),
        parts=parts,
        written=min(float(before.mean()), float(behind.mean())),
        crossed=float((there & before & behind).mean()),
    )


def _narrow(ink: Pixels, at: int, start: int, end: int) -> Pixels:
    """In which rows ink stands at a place, none close beside it on one side at least, and no text on both sides.

    In a cell that was merged over the ruling a decimal point may stand where the ruling would be.
    """
    there, before, behind = _beside(ink, at, start, end)
    _, text_before, text_behind = _beside(ink, at, start, end, _WORD)
    return there & ~(before & behind) & ~(text_before & text_behind)


def _beside(
    ink: Pixels, at: int, start: int, end: int, beyond: int = _CLEAR
) -> tuple[Pixels, Pixels, Pixels]:
    """In which rows ink stands at a place, close before it, and close behind it."""
    return (
        ink[start:end, at - _NARROW : at + _NARROW + 1].any(axis=1),
        ink[start:end, max(at - beyond, 0) : at - _NARROW - 1].any(axis=1),
        ink[start:end, at + _NARROW + 2 : at + beyond + 1].any(axis=1),
    )
