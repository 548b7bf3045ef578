"""What the recogniser passed over or read twice, told by where its characters stand.

It is as sure of 丁苯橡胶季度报价 as it would be of the whole: no character shows that 二 is missing, but the paper does.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from formflow.recognition.engine import Glyph
from formflow.recognition.pieces import Piece
from formflow.recognition.raster import Pixels

_HALF = 0.55
"""Width of a digit, in heights of the row; of a Chinese character it is the height itself."""
_LEAST_ROOM, _EDGE = 0.35, 0.1
"""Room for a character between two others, and white on either side of one, in heights of the row."""
_LEAST_SIGN = 0.25
"""Width and height of a sign at least, in heights of the row: a line to write on is lower, a speck smaller."""
_TWICE = 0.6
"""Distance of two equal characters, in heights of the row, below which they are one."""


def misses_a_character(piece: Piece, ink: Pixels) -> bool:
    """Whether a piece's characters are fewer than stand there, or one of them was read twice."""
    return any(
        _is_twice(piece, before, after) or _is_something_between(piece, ink, before, after)
        for before, after in pairwise(piece.spelled.glyphs)
    )


def _is_twice(piece: Piece, before: Glyph, after: Glyph) -> bool:
    near = piece.x_of(after) - piece.x_of(before) < _TWICE * piece.height
    return near and before.text == after.text and _is_chinese(before)


def _is_something_between(piece: Piece, ink: Pixels, before: Glyph, after: Glyph) -> bool:
    high = piece.height
    # Where marks of punctuation stand nobody knows, nor how wide a letter is.
    if not (_is_chinese(before) or _is_chinese(after)) or not (_is_known(before) and _is_known(after)):
        return False
    start = piece.x_of(before) + _width(before) * high / 2
    end = piece.x_of(after) - _width(after) * high / 2
    if end - start < _LEAST_ROOM * high:
        return False
    _, top, _, bottom = piece.area
    patch = ink[top:bottom, round(start + _EDGE * high) : round(end - _EDGE * high)] > 0
    least = _LEAST_SIGN * high
    rows, columns = np.flatnonzero(patch.any(axis=1)), np.flatnonzero(patch.any(axis=0))
    return len(columns) >= least and bool(rows[-1] - rows[0] >= least)


def _is_chinese(glyph: Glyph) -> bool:
    return "\u3400" <= glyph.text <= "\u9fff"


def _is_known(glyph: Glyph) -> bool:
    """Whether it is known how wide a sign is."""
    return _is_chinese(glyph) or (glyph.text.isascii() and glyph.text.isdigit())


def _width(glyph: Glyph) -> float:
    return 1.0 if _is_chinese(glyph) else _HALF
