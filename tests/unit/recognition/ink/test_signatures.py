"""Ink on a line outside tables that is no character of it: somebody signed there."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

from tests.unit.recognition.conftest import np

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.ink.signatures import ink_beside
from formflow.recognition.layers import Prepared
from formflow.recognition.pieces import Piece, framed
from formflow.recognition.raster import Medium, Raster

_SIDE = 30


def _piece(ink, text, left, top, *, tail=0):
    """A piece of squares; `tail` pixels more belong to it of which nothing was read."""
    for number in range(len(text)):
        x = left + 36 * number
        ink[top : top + _SIDE, x : x + _SIDE] = 255
    area = (left, top, left + 36 * len(text) - 6 + tail, top + _SIDE)
    a, _, c, _ = framed(area)
    places = [(left + 36 * number + _SIDE / 2 - a) / (c - a) for number in range(len(text))]
    glyphs = (Glyph(sign, place, 0.99) for sign, place in zip(text, places, strict=True))
    return Piece(area, Spelled(tuple(glyphs)))


def _page(ink, strokes=()):
    return Prepared(
        flat=Raster(grey=255 - ink, colour=None, medium=Medium.FAX_FINE),
        text=255 - ink,
        ink=ink,
        drawn=ink,
        soiled=np.zeros_like(ink),
        rulings=None,
        grids=(),
        loose=(),
        boxes=(),
        strokes=strokes,
    )


def _found(draw=None, *, tail=0, strokes=()):
    """The kinds of ink on each of two lines with a blank to sign in."""
    ink = np.zeros((400, 900), np.uint8)
    rows = [
        [_piece(ink, "签字：", 60, top, tail=tail), _piece(ink, "日期：", 500, top)] for top in (100, 200)
    ]
    if draw is not None:
        top, bottom, left, right = draw
        ink[top:bottom, left:right] = 255
    found = ink_beside(rows, _page(ink, strokes))
    return [[kind for _, kind in found.get(id(row[0]), [])] for row in rows]


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        ((105, 108, 250, 330), [["unknown"], []]),
        ((190, 230, 300, 304), [[], ["unknown"]]),
        ((105, 108, 250, 265), [[], []]),
        ((150, 153, 250, 330), [[], []]),
        (None, [[], []]),
    ],
    ids=["a stroke", "an upright one", "a speck", "between the lines", "nothing"],
)
def test_ink_in_the_blank_of_a_line_is_its_own(draw, expected):
    assert expected == _found(draw)


def test_a_stroke_that_came_into_the_area_of_the_text_before_it_was_not_read_either():
    assert [["unknown"], []] == _found((105, 108, 250, 330), tail=190)


@pytest.mark.parametrize(
    ("stroke", "expected"),
    [
        (((250, 95, 350, 135), "ink"), [["ink"], []]),
        (((250, 160, 350, 235), "ink"), [[], ["ink"]]),
        (((250, 95, 350, 135), "seal"), [[], []]),
        (((250, 300, 350, 340), "ink"), [[], []]),
    ],
    ids=["on the first", "nearer to the second", "a seal", "below both"],
)
def test_a_stroke_that_was_found_before_belongs_to_the_line_it_lies_over(stroke, expected):
    assert expected == _found(strokes=[stroke])


def test_a_page_without_lines_has_no_ink_beside_them():
    assert {} == ink_beside([], _page(np.zeros((100, 100), np.uint8), [((1, 1, 50, 50), "ink")]))
