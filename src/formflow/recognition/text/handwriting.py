"""Print or pen: type stands on its line, written characters dance about it.

Measured on the middles of Chinese characters along a line: in print they leave it by one or two hundredths of
their height, by hand by four and more, and each by itself: a step in a line of print moves all that follows it. One
line proves little, a page's lines together do; and where a page was filled in by hand, every value on it is for a
person to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from formflow.recognition.pieces import Piece
from formflow.recognition.raster import Pixels

_FLAT = frozenset("一二三口日曰丿丶")
_LEAST_GLYPHS = 4
_DANCING, _WRITTEN = 0.03, 0.045
"""Unrest of a line that is perhaps written, and of one that surely is."""
_LONG = 8
"""Characters of a line that proves much: in eight of them chance hardly dances so."""
_UNEVEN = 0.1
"""Distance of the highest from the lowest middle of a written name, in heights: 0.08 at most in print."""
_COLONS = frozenset(":：")
_LEAST_LINES, _SURE_LINES, _LEAST_SHARE = 2, 3, 0.1
"""Lines, and share of a page's lines, that dance on a page filled in by hand."""
_FEW, _STRONG = 10, 0.035
"""Lines of a page on which a long one is enough, and the unrest that one at least has where none is long."""
_NORMAL = 1.4826 / 1.5**0.5
"""From the median distance to the mean of two neighbours to the standard deviation of each."""


def written_by_hand(pieces: Iterable[Piece], ink: Pixels) -> bool:
    """Whether a page's lines of text look written: several of them, or a long one for certain."""
    lines = [[middle for _, middle in _middles(piece, ink)] for piece in pieces]
    moved = [(_unrest(middles), len(middles)) for middles in lines if len(middles) >= _LEAST_GLYPHS]
    dancing = sum(value >= _DANCING for value, _ in moved)
    many = dancing >= _LEAST_LINES and dancing >= _LEAST_SHARE * len(moved)
    if any(value >= _WRITTEN and count >= _LONG for value, count in moved):
        # One among many is two pieces of print that were read as one, or lies under a fax's specks.
        return many or dancing >= _SURE_LINES or len(moved) < _FEW
    return many and max(value for value, _ in moved) >= _STRONG


def is_written(piece: Piece, ink: Pixels) -> bool:
    """Whether one line, by itself, can only be written: all of it, or the name behind its caption."""
    value = unrest(piece, ink)
    return (value is not None and value >= _WRITTEN) or _is_written_name(piece, ink)


def _is_written_name(piece: Piece, ink: Pixels) -> bool:
    """Whether two to four characters that end a line stand so unevenly as no printer sets them.

    Signatures stand behind a printed caption, and are too few characters for `unrest`.
    """
    glyphs = piece.spelled.glyphs
    start = max((n + 1 for n, glyph in enumerate(glyphs) if glyph.text in _COLONS), default=0)
    if not 2 <= len(glyphs) - start <= 4:
        return False
    middles = [middle for n, middle in _middles(piece, ink) if n >= start]
    if len(middles) < 2 or len(middles) < len(glyphs) - start:
        return False
    _, y, height = np.array(middles).T
    return float((y.max() - y.min()) / np.median(height)) >= _UNEVEN


def unrest(piece: Piece, ink: Pixels) -> float | None:
    """How far characters' middles lie off their line and off their neighbours', in heights of a character.

    None for too few of them.
    """
    middles = [middle for _, middle in _middles(piece, ink)]
    return _unrest(middles) if len(middles) >= _LEAST_GLYPHS else None


def _unrest(middles: Sequence[tuple[float, float, int]]) -> float:
    x, y, height = np.array(middles).T
    off = y - np.polyval(np.polyfit(x, y, 1), x)
    beside = np.median(np.abs(y[1:-1] - (y[:-2] + y[2:]) / 2)) * _NORMAL
    return float(min(off.std(), beside) / np.median(height))


def _middles(piece: Piece, ink: Pixels) -> Iterator[tuple[int, tuple[float, float, int]]]:
    """Number of each Chinese character that is not flat, with its place, the middle of its ink and its height."""
    glyphs = piece.spelled.glyphs
    left, top, right, bottom = piece.area
    places = [piece.x_of(glyph) for glyph in glyphs]
    cuts = [left, *((a + b) / 2 for a, b in pairwise(places)), right]
    for number, glyph in enumerate(glyphs):
        if not "\u4e00" <= glyph.text <= "\u9fff" or glyph.text in _FLAT:
            continue
        rows = (ink[top:bottom, int(cuts[number]) : int(cuts[number + 1]) + 1] > 0).sum(axis=1)
        total = rows.cumsum()
        if not len(total) or total[-1] < 20:
            continue
        # The outermost hundredths of the ink are specks as often as strokes.
        low, high = (int(np.searchsorted(total, share * total[-1])) for share in (0.02, 0.98))
        yield number, (places[number], (low + high) / 2, high - low + 1)
