"""Find what the recogniser passed over or read twice, by the places of its characters.

The recogniser is as certain of 丁苯橡胶季度报价 as of the whole title: no character shows that 二 is missing, but the ink
between two characters does.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from formflow.recognition.engine import Glyph
from formflow.recognition.pieces import Piece
from formflow.recognition.raster import Pixels
from formflow.recognition.text.parameters import TEXT


def misses_a_character(piece: Piece, ink: Pixels) -> bool:
    """Whether a character of a piece was passed over, or one was read twice."""
    return any(
        _is_twice(piece, before, after) or _is_something_between(piece, ink, before, after)
        for before, after in pairwise(piece.spelled.glyphs)
    )


def _is_twice(piece: Piece, before: Glyph, after: Glyph) -> bool:
    near = piece.x_of(after) - piece.x_of(before) < TEXT.twice_in_heights * piece.height
    return near and before.text == after.text and _is_chinese(before)


def _is_something_between(piece: Piece, ink: Pixels, before: Glyph, after: Glyph) -> bool:
    high = piece.height
    # The places of punctuation marks are not known, and neither is the width of a letter.
    if not (_is_chinese(before) or _is_chinese(after)) or not (_is_known(before) and _is_known(after)):
        return False
    start = piece.x_of(before) + _width(before) * high / 2
    end = piece.x_of(after) - _width(after) * high / 2
    if end - start < TEXT.min_room_in_heights * high:
        return False
    _, top, _, bottom = piece.area
    edge, least = TEXT.room_edge_in_heights * high, TEXT.min_missed_in_heights * high
    patch = ink[top:bottom, round(start + edge) : round(end - edge)] > 0
    rows, columns = np.flatnonzero(patch.any(axis=1)), np.flatnonzero(patch.any(axis=0))
    return len(columns) >= least and bool(rows[-1] - rows[0] >= least)


def _is_chinese(glyph: Glyph) -> bool:
    return "\u3400" <= glyph.text <= "\u9fff"


def _is_known(glyph: Glyph) -> bool:
    """Whether the width of a sign is known."""
    return _is_chinese(glyph) or (glyph.text.isascii() and glyph.text.isdigit())


def _width(glyph: Glyph) -> float:
    """Width of a sign in heights of its row."""
    return 1.0 if _is_chinese(glyph) else TEXT.digit_in_heights
