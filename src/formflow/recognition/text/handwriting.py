"""Tell handwriting from print: the baseline of handwritten characters varies.

It is measured on the middles of the Chinese characters of a line. In print they deviate from it by one or two
hundredths of their height, in handwriting by four and more, each character by itself (a step in a line of print moves
all that follows). One line proves little, a page's lines together do; and every value on a page that was filled in by
hand is for a person to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from formflow.recognition.pieces import Piece
from formflow.recognition.raster import Pixels
from formflow.recognition.text.parameters import TEXT

_FLAT = frozenset("一二三口日曰丿丶")
"""Characters whose ink does not lie in the middle of their line, or is too low to measure."""
_COLONS = frozenset(":：")
_NORMAL = 1.4826 / 1.5**0.5
"""Makes a standard deviation of the median distance from the mean of two neighbours, for normal errors."""


def written_by_hand(pieces: Iterable[Piece], ink: Pixels) -> bool:
    """Whether a page was filled in by hand: several of its lines vary, or a long one varies much."""
    lines = [[middle for _, middle in _middles(piece, ink)] for piece in pieces]
    measured = [
        (_deviation(middles), len(middles)) for middles in lines if len(middles) >= TEXT.min_glyphs_count
    ]
    likely = sum(value >= TEXT.likely_handwritten_in_heights for value, _ in measured)
    many = likely >= TEXT.min_lines_count and likely >= TEXT.min_lines_share * len(measured)
    if any(
        value >= TEXT.handwritten_in_heights and count >= TEXT.long_line_count for value, count in measured
    ):
        # One such line among many is two pieces of print that were read as one, or lies under a fax's specks.
        return many or likely >= TEXT.sure_lines_count or len(measured) < TEXT.few_lines_count
    return many and max(value for value, _ in measured) >= TEXT.strong_in_heights


def is_written(piece: Piece, ink: Pixels) -> bool:
    """Whether a single line is surely handwritten: all of it, or the name behind its caption."""
    value = baseline_deviation(piece, ink)
    return (value is not None and value >= TEXT.handwritten_in_heights) or _is_written_name(piece, ink)


def _is_written_name(piece: Piece, ink: Pixels) -> bool:
    """Whether the two to four characters that end a line stand more unevenly than print.

    A signature stands behind a printed caption and has too few characters for `baseline_deviation`.
    """
    glyphs = piece.spelled.glyphs
    start = max((n + 1 for n, glyph in enumerate(glyphs) if glyph.text in _COLONS), default=0)
    if not 2 <= len(glyphs) - start <= 4:
        return False
    middles = [middle for n, middle in _middles(piece, ink) if n >= start]
    if len(middles) < 2 or len(middles) < len(glyphs) - start:
        return False
    _, y, height = np.array(middles).T
    return float((y.max() - y.min()) / np.median(height)) >= TEXT.uneven_name_in_heights


def baseline_deviation(piece: Piece, ink: Pixels) -> float | None:
    """Standard deviation of characters' middles from their line, in heights of a character; None for too few of them.

    The smaller of two estimates counts: from a line fitted through all, and from each character's neighbours, which a
    step in a line of print does not disturb.
    """
    middles = [middle for _, middle in _middles(piece, ink)]
    return _deviation(middles) if len(middles) >= TEXT.min_glyphs_count else None


def _deviation(middles: Sequence[tuple[float, float, int]]) -> float:
    x, y, height = np.array(middles).T
    off = y - np.polyval(np.polyfit(x, y, 1), x)
    beside = np.median(np.abs(y[1:-1] - (y[:-2] + y[2:]) / 2)) * _NORMAL
    return float(min(off.std(), beside) / np.median(height))


def _middles(piece: Piece, ink: Pixels) -> Iterator[tuple[int, tuple[float, float, int]]]:
    """Index of each Chinese character that is not flat, with its place, the middle of its ink and its height."""
    glyphs = piece.spelled.glyphs
    left, top, right, bottom = piece.area
    places = [piece.x_of(glyph) for glyph in glyphs]
    cuts = [left, *((a + b) / 2 for a, b in pairwise(places)), right]
    for number, glyph in enumerate(glyphs):
        if not "\u4e00" <= glyph.text <= "\u9fff" or glyph.text in _FLAT:
            continue
        rows = (ink[top:bottom, int(cuts[number]) : int(cuts[number + 1]) + 1] > 0).sum(axis=1)
        total = rows.cumsum()
        if not len(total) or total[-1] < TEXT.min_glyph_area_px:
            continue
        # Leave out the outermost hundredths of the ink, which are specks as often as strokes.
        low, high = (int(np.searchsorted(total, share * total[-1])) for share in (0.02, 0.98))
        yield number, (places[number], (low + high) / 2, high - low + 1)
