"""Pieces of text: how a line falls into them, how they make rows, which gaps are blanks."""

from __future__ import annotations

import pytest

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.pieces import (
    Piece,
    at_gaps,
    blanks,
    cut,
    framed,
    gaps_within,
    pieces_in,
    rows_of,
    tightened,
    usual_height,
)

from .conftest import hollow, np


def _ink(*squares, size=(200, 600)):
    ink = np.zeros(size, np.uint8)
    for square in squares:
        hollow(ink, *square)
    return ink


@pytest.mark.parametrize(("high", "edge"), [(20, 4), (60, 7)])
def test_a_piece_is_framed_by_four_pixels_of_paper_or_an_eighth_of_its_height(high, edge):
    assert (100 - edge, 50 - edge, 200 + edge, 50 + high + edge) == framed((100, 50, 200, 50 + high))


def test_what_lies_outside_the_page_is_paper():
    made = cut(np.zeros((40, 60), np.uint8), (0, 0, 60, 40))

    assert (50, 70) == made.shape
    assert {255} == {int(value) for value in made[0]} | {int(value) for value in made[:, -1]}
    assert 0 == made[5:45, 5:65].max()


def test_an_area_is_tightened_to_its_ink():
    assert (100, 50, 130, 80) == tightened((20, 20, 300, 150), _ink((100, 50, 130, 80)))


@pytest.mark.parametrize(("pixels", "expected"), [(11, None), (12, (100, 50, 112, 51))])
def test_a_few_pixels_are_no_ink(pixels, expected):
    ink = _ink()
    ink[50, 100 : 100 + pixels] = 255

    assert expected == tightened((20, 20, 300, 150), ink)


@pytest.mark.parametrize(("gap", "expected"), [(44, 1), (45, 2)])
def test_a_row_falls_apart_at_a_gap_of_one_and_a_half_of_its_height(gap, expected):
    ink = _ink((50, 50, 80, 80), (80 + gap, 50, 110 + gap, 80))

    assert expected == len(at_gaps((50, 50, 110 + gap, 80), ink))


def _pieces(*boxes, ink, usual=30):
    return [piece.area for piece in pieces_in(boxes, ink, usual=usual)]


def test_two_rows_that_were_found_as_one_line_are_parted():
    ink = _ink(*((x, y, x + 30, y + 30) for x in (50, 90, 130) for y in (50, 86)))

    assert [(50, 50, 160, 80), (50, 86, 160, 116)] == _pieces((40, 40, 170, 125), ink=ink)


def test_the_dot_of_a_sign_goes_with_its_row():
    ink = _ink((50, 50, 80, 80), (50, 86, 80, 116))
    ink[50:54, 100:104] = ink[70:74, 100:104] = 255

    assert [(50, 50, 104, 80), (50, 86, 80, 116)] == _pieces((40, 40, 170, 125), ink=ink)


def test_a_line_found_twice_is_one():
    ink = _ink((50, 50, 80, 80), (90, 50, 120, 80))

    assert [(50, 50, 120, 80)] == _pieces((40, 40, 130, 90), (45, 45, 125, 85), ink=ink)


def test_of_two_lines_found_with_a_character_in_common_the_first_has_it():
    ink = _ink((50, 50, 80, 80), (90, 50, 120, 80), (200, 50, 230, 80))

    assert [(50, 50, 120, 80), (200, 50, 230, 80)] == _pieces((40, 40, 130, 90), (112, 45, 240, 85), ink=ink)


def test_a_box_without_ink_is_no_line():
    assert [] == _pieces((40, 40, 130, 90), ink=_ink())


def _rows(*areas):
    return [[piece.area for piece in row] for row in rows_of([Piece(area) for area in areas])]


def test_pieces_make_rows_from_top_to_bottom_and_from_left_to_right():
    a, b, c = (50, 50, 100, 80), (200, 56, 260, 82), (50, 90, 100, 120)

    assert [[a, b], [c]] == _rows(c, b, a)


@pytest.mark.parametrize(("top", "rows"), [(67, 1), (68, 2)])
def test_pieces_are_in_one_row_where_two_fifths_of_the_lower_one_lie_beside_the_other(top, rows):
    assert rows == len(_rows((50, 50, 100, 80), (200, top, 250, top + 30)))


def test_two_pieces_above_each_other_are_two_rows_though_a_tall_neighbour_reaches_both():
    assert 2 == len(_rows((50, 50, 100, 110), (200, 50, 300, 78), (200, 82, 300, 110)))


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(13, 0), (14, 1), (35, 1), (36, 2), (90, 6)],
    ids="near one still-one two six".split(),
)
def test_a_gap_stands_for_as_many_blanks_as_it_has_room_for(gap, expected):
    assert expected == blanks(gap, 30)


def test_the_usual_height_is_that_of_lines_that_lie():
    assert 30.0 == usual_height([(0, 0, 200, 30), (0, 0, 300, 32), (0, 0, 200, 28), (0, 0, 20, 400)])
    assert 0.0 == usual_height([(0, 0, 20, 400)])


def _spaced(before, after, gap):
    """Two glyphs, 20 pixels high and wide, that far apart."""
    ink = _ink((10, 10, 30, 30), (30 + gap, 10, 50 + gap, 30))
    area = (10, 10, 50 + gap, 30)
    left, _, right, _ = framed(area)
    glyphs = tuple(
        Glyph(text, (middle - left) / (right - left), 0.99)
        for text, middle in ((before, 20), (after, 40 + gap))
    )
    return "".join(glyph.text for glyph in gaps_within(Piece(area, Spelled(glyphs)), ink))


@pytest.mark.parametrize(
    ("before", "after", "gap", "expected"),
    [
        ("号", "对", 12, "号对"),
        ("号", "对", 13, "号 对"),
        ("，", "对", 20, "，对"),
        ("，", "对", 26, "， 对"),
        ("□", "对", 13, "□ 对"),
        ("A", "B", 13, "A B"),
    ],
)
def test_a_mark_of_punctuation_stands_in_white_of_its_own_and_other_signs_do_not(
    before, after, gap, expected
):
    assert expected == _spaced(before, after, gap)
