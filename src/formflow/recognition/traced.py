"""Upright rulings of which a coarse fax left dots, told by the rows above and below that have them whole.

A stretch between two level rulings is drawn where ink stands exactly at the place of the ruling, all the way down and
with nothing close beside it; fewer dots do where most other rows have the ruling. A text that runs across that place
has ink on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from formflow.recognition.raster import DPI, Pixels
from formflow.recognition.ruling import Ruling, Rulings

_Stretch = tuple[int, int]
"""Top and bottom of a field."""
_SAME_ROW = 6
_MEETS = round(0.08 * DPI)
_DRIFT = round(0.045 * DPI)
"""How far a ruling strays sideways from the top of a table to its bottom."""
_STRAY, _NARROW, _CLEAR = 3, 2, 9
"""Pixels: between two rows, from its middle to its edge, and to where other ink may stand."""
_PARTS, _LEAST_PART = 6, 0.08
"""Parts of a stretch that are looked at each by itself, and the share of one that its dots cover."""
_ALONE, _IN_COLUMN = (0.2, 5), (0.05, 1)
"""Share of a stretch, and parts of it, that dots must cover: by themselves, and where most of the column is drawn."""
_MOST, _FRAME = 0.5, 2
"""Share of a column, and of a row without its frame at both ends, that must be drawn."""
_CROSSED = 0.04
"""Share of a stretch along which a text may run across it."""
_SHORTEST, _LONGEST = round(0.08 * DPI), 3 * DPI


def traced(rulings: Rulings, ink: Pixels) -> Rulings:
    """The rulings of a fax with the stretches that only dots are left of, and their dots in the mask."""
    columns = [(column, _stretches(column, rulings.lying)) for column in _columns(rulings.standing)]
    drawn: list[_Stretch] = []
    dotted: list[tuple[Ruling, Pixels]] = []
    for column, stretches in columns:
        drawn += [stretch for stretch in stretches if _is_drawn(stretch, column)]
        bare = [stretch for stretch in stretches if not _is_drawn(stretch, column)]
        dots = _all_dotted(ink, column, bare, _ALONE)
        if len(stretches) - len(bare) + len(dots) >= _MOST * len(stretches):
            dots = _all_dotted(ink, column, bare, _IN_COLUMN)
        dotted += dots
    # A row that most rulings pass by is merged: what looks like dots in it are characters.
    everywhere = [stretch for _, stretches in columns for stretch in stretches]
    told = [*drawn, *((line.start, line.end) for line, _ in dotted)]
    found = [
        (line, dots)
        for line, dots in dotted
        if _count(told, line) - _FRAME >= _MOST * (_count(everywhere, line) - _FRAME)
    ]
    if not found:
        return rulings
    mask = rulings.mask.copy()
    for line, dots in found:
        left = round(line.at) - _NARROW - 1
        mask[line.start : line.end, left : left + dots.shape[1]][dots] = 255
    standing = sorted([*rulings.standing, *(line for line, _ in found)], key=lambda line: line.start)
    return Rulings(rulings.lying, tuple(standing), mask, rulings.streaks)


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
    return [(top, bottom) for top, bottom in pairwise(levels) if _SHORTEST <= bottom - top <= _LONGEST]


def _count(stretches: Sequence[_Stretch], line: Ruling) -> int:
    """How many of the stretches lie in the line's row."""
    return sum(max(abs(top - line.start), abs(bottom - line.end)) <= _SAME_ROW for top, bottom in stretches)


def _is_drawn(stretch: _Stretch, column: Sequence[Ruling]) -> bool:
    middle = sum(stretch) / 2
    return any(line.start <= middle <= line.end for line in column)


def _all_dotted(
    ink: Pixels, column: Sequence[Ruling], stretches: Sequence[_Stretch], bar: tuple[float, int]
) -> list[tuple[Ruling, Pixels]]:
    told = (_dotted(ink, column, stretch, bar) for stretch in stretches)
    return [stretch for stretch in told if stretch is not None]


def _dotted(
    ink: Pixels, column: Sequence[Ruling], stretch: _Stretch, bar: tuple[float, int]
) -> tuple[Ruling, Pixels] | None:
    """The ruling that the dots between two level ones are left of, with their pixels; None where they are none.

    Args:
        bar: Share of the stretch, and parts of it, that the dots cover at least.
    """
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
    if share < bar[0] or full < bar[1]:
        return None
    there, before, behind = _beside(ink, place, start, end)
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
