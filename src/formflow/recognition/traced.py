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
from formflow.recognition.ruling import Ruling, Rulings, joined

_Stretch = tuple[int, int]
"""Top and bottom of a field."""
_Found = tuple[Ruling, Pixels]
"""A stretch of a ruling, and its pixels in a band of `2 * _NARROW + 3` around it."""
_SAME_ROW = 6
_SHORT_OF, _MEETS = round(0.02 * DPI), round(0.08 * DPI)
"""How far a ruling may end before one that it meets, and how far it is taken to reach one that it crosses."""
_DRIFT = round(0.045 * DPI)
"""How far a ruling strays sideways from the top of a table to its bottom."""
_STRAY, _NARROW, _CLEAR = 3, 2, 9
"""Pixels: between two rows, from its middle to its edge, and to where other ink may stand."""
_PARTS, _LEAST_PART = 6, 0.08
"""Parts of a stretch that are looked at each by itself, and the share of one that its dots cover."""
_MOST, _FRAME = 0.5, 2
"""Share of a column, and of a row without its frame at both ends, that must be drawn."""
_CROSSED = 0.04
"""Share of a stretch along which a text may run across it."""
_SHORTEST = round(0.08 * DPI)


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


_ALONE, _IN_COLUMN, _LEVEL = _Bar(0.2, 5, 0.06), _Bar(0.05, 1, 0.06), _Bar(0.6, 6, 1.0)
"""Bars of an upright ruling that speaks for its column, and where most of that is drawn, and of a level one: rows of
text lie level too, and cells that were merged over rows have text where the ruling would be.
"""


def traced(rulings: Rulings, ink: Pixels) -> Rulings:
    """The rulings of a fax with the stretches that only pieces are left of, and those in the mask."""
    level = _lost(rulings.lying, rulings.standing, ink.T, _LEVEL, _LEVEL)
    lying = joined([*rulings.lying, *(line for line, _ in level)]) if level else rulings.lying
    upright = _lost(rulings.standing, lying, ink, _ALONE, _IN_COLUMN)
    if not level and not upright:
        return rulings
    mask = rulings.mask.copy()
    for across, found in ((mask.T, level), (mask, upright)):
        for line, dots in found:
            left = round(line.at) - _NARROW - 1
            across[line.start : line.end, left : left + dots.shape[1]][dots] = 255
    standing = sorted([*rulings.standing, *(line for line, _ in upright)], key=lambda line: line.start)
    return Rulings(tuple(lying), tuple(standing), mask, rulings.streaks)


def _lost(
    lines: Sequence[Ruling], crossing: Sequence[Ruling], ink: Pixels, alone: _Bar, in_column: _Bar
) -> list[_Found]:
    """The stretches of upright rulings that were lost, with what is left of them; of level ones in turned ink."""
    columns = [(column, _stretches(column, crossing)) for column in _columns(lines)]
    drawn: list[_Stretch] = []
    dotted: list[_Found] = []
    for column, stretches in columns:
        drawn += [stretch for stretch in stretches if _is_drawn(stretch, column)]
        bare = [stretch for stretch in stretches if not _is_drawn(stretch, column)]
        told = len(stretches) - len(bare) + len(_all_dotted(ink, column, bare, alone))
        if bare and told >= _MOST * len(stretches):
            dotted += _all_dotted(ink, column, bare, in_column)
    # A row that most rulings pass by is merged, what none has lies between two tables: what looks like dots in either
    # are characters.
    everywhere = [stretch for _, stretches in columns for stretch in stretches]
    shown = [*drawn, *((line.start, line.end) for line, _ in dotted)]
    return [
        (line, dots)
        for line, dots in dotted
        if _count(drawn, line) and _count(shown, line) - _FRAME >= _MOST * (_count(everywhere, line) - _FRAME)
    ]


def _columns(standing: Sequence[Ruling]) -> list[list[Ruling]]:
    """The upright rulings that stand below each other."""
    columns: list[list[Ruling]] = []
    for line in sorted(standing, key=lambda line: line.at):
        if columns and line.at - columns[-1][-1].at <= _DRIFT:
            columns[-1].append(line)
        else:
            columns.append([line])
    return columns


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


def _all_dotted(
    ink: Pixels, column: Sequence[Ruling], stretches: Sequence[_Stretch], bar: _Bar
) -> list[_Found]:
    told = (_dotted(ink, column, stretch, bar) for stretch in stretches)
    return [stretch for stretch in told if stretch is not None]


def _dotted(ink: Pixels, column: Sequence[Ruling], stretch: _Stretch, bar: _Bar) -> _Found | None:
    """The ruling that the dots between two level ones are left of, with their pixels; None where they are none."""
    top, bottom = stretch
    at = round(min(column, key=lambda line: max(line.start - bottom, top - line.end)).at)
    start, end = top + _NARROW + 1, bottom - _NARROW
    share, place, full = 0.0, at, 0
    for near in sorted(range(at - _STRAY, at + _STRAY + 1), key=lambda near: abs(near - at)):
        if not _CLEAR <= near < ink.shape[1] - _CLEAR:
            continue
        rows = _narrow(ink, near, start, end)
        if float(rows.mean()) > share:
            share, place = float(rows.mean()), near
            full = sum(float(part.mean()) >= _LEAST_PART for part in np.array_split(rows, _PARTS))
    if share < bar.share or full < bar.parts:
        return None
    there, before, behind = _beside(ink, place, start, end)
    if min(float(before.mean()), float(behind.mean())) > bar.written:
        return None
    if float((there & before & behind).mean()) > _CROSSED:
        return None
    dots = ink[top:bottom, place - _NARROW - 1 : place + _NARROW + 2] > 0
    dots[start - top : end - top][before & behind] = False
    return Ruling(place, top, bottom, 2 * _NARROW - 1, share), dots


def _narrow(ink: Pixels, at: int, start: int, end: int) -> Pixels:
    """In which rows ink stands at a place, and none close beside it on one side at least."""
    there, before, behind = _beside(ink, at, start, end)
    return there & ~(before & behind)


def _beside(ink: Pixels, at: int, start: int, end: int) -> tuple[Pixels, Pixels, Pixels]:
    """In which rows ink stands at a place, close before it, and close behind it."""
    return (
        ink[start:end, at - _NARROW : at + _NARROW + 1].any(axis=1),
        ink[start:end, at - _CLEAR : at - _NARROW - 1].any(axis=1),
        ink[start:end, at + _NARROW + 2 : at + _CLEAR + 1].any(axis=1),
    )
