"""Rulings that a coarse fax left dots of are drawn again where the rest of their column says so."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import np

from formflow.recognition.rulings.detect import Ruling, rulings_of
from formflow.recognition.rulings.erase import ruling_pixels
from formflow.recognition.rulings.restore import restored

XS, YS = (100, 260, 420, 580, 740), (100, 180, 260, 340, 420, 500)
_DOTS = (0, 12, 24, 36, 48, 60, 72)


def _ink():
    """A list of four columns and five rows, as ink."""
    ink = np.zeros((700, 900), np.uint8)
    for y in YS:
        ink[y - 1 : y + 2, XS[0] - 1 : XS[-1] + 2] = 255
    for x in XS:
        ink[YS[0] - 1 : YS[-1] + 2, x - 1 : x + 2] = 255
    return ink


def _dotted(ink, x, top, bottom, dots=_DOTS, high=3):
    """The ruling at a place with nothing but dots left of it between two level ones."""
    ink[top + 2 : bottom - 1, x - 2 : x + 3] = 0
    for dot in dots:
        ink[top + 4 + dot : top + 4 + dot + high, x - 1 : x + 1] = 255
    return ink


def _text(ink, left, right, top, bottom):
    """Strokes as a row of characters has them."""
    for x in range(left, right, 6):
        ink[top:bottom, x : x + 3] = 255
    ink[(top + bottom) // 2, left:right] = 255
    return ink


def _stretches(ink, at):
    lines = restored(rulings_of(ink, bilevel=True), ink).standing
    return sorted((round(line.start, -1), round(line.end, -1)) for line in lines if abs(line.at - at) < 5)


def _covers(ink, at, top, bottom):
    return any(start <= top and bottom <= end for start, end in _stretches(ink, at))


def test_a_ruling_that_dots_are_left_of_is_drawn_where_the_column_has_it_above_and_below():
    assert _covers(_dotted(_ink(), 420, 260, 340), 420, 260, 340)


def test_its_dots_are_no_text():
    ink = _dotted(_ink(), 420, 260, 340)

    assert not (ink & ~ruling_pixels(ink, (), restored(rulings_of(ink, bilevel=True), ink).standing))[
        262:338, 417:423
    ].any()


@pytest.mark.parametrize(("dots", "expected"), [((0, 6), True), ((), False)], ids=["a stub", "nothing"])
def test_where_most_of_the_column_is_drawn_a_stub_is_enough_and_nothing_is_not(dots, expected):
    assert expected is _covers(_dotted(_ink(), 420, 260, 340, dots), 420, 260, 340)


def test_a_text_that_runs_across_is_no_ruling():
    ink = _text(_dotted(_ink(), 420, 260, 340, ()), 380, 470, 285, 315)

    assert not _covers(ink, 420, 260, 340)


def test_what_stands_between_two_characters_is_no_ruling():
    ink = _text(_text(_dotted(_ink(), 420, 260, 340), 380, 416, 285, 315), 425, 460, 285, 315)

    assert not _covers(ink, 420, 260, 340)


def test_a_text_close_to_it_on_one_side_does_not_hide_it():
    ink = _text(_dotted(_ink(), 420, 260, 340), 350, 416, 285, 315)

    assert _covers(ink, 420, 260, 340)


def test_a_column_that_most_rows_do_without_has_no_dots():
    ink = _ink()
    ink[102:419, 415:425] = 0

    assert not _covers(_dotted(ink, 420, 260, 340), 420, 260, 340)


def test_in_a_row_that_most_rulings_pass_by_dots_are_characters():
    ink = _ink()
    for x in XS[1:-1]:
        ink[102:179, x - 2 : x + 3] = 0

    assert not _covers(_dotted(ink, 420, 100, 180), 420, 100, 180)


def test_between_two_tables_stands_no_ruling():
    ink = _ink()
    ink[263:338, 90:750] = 0
    for x in XS:
        _dotted(ink, x, 260, 340)

    assert not any(_covers(ink, x, 260, 340) for x in XS)


def test_a_ruling_may_stray_by_a_few_pixels():
    ink = _ink()
    ink[262:339, 415:425] = 0
    for dot in _DOTS:
        ink[264 + dot : 267 + dot, 422:424] = 255

    assert _covers(ink, 420, 260, 340)


def _lying(ink, at):
    lines = restored(rulings_of(ink, bilevel=True), ink).lying
    return [(round(line.start, -1), round(line.end, -1)) for line in lines if abs(line.at - at) < 5]


def test_the_lost_end_of_a_level_ruling_is_drawn_as_far_as_pieces_of_it_go():
    ink = _ink()
    ink[258:263, 102:259] = 0
    for start in range(104, 256, 24):
        ink[259:262, start : start + 20] = 255

    assert [(100, 740)] == _lying(ink, 260)


def test_a_level_ruling_ends_where_a_cell_was_merged_over_rows():
    ink = _ink()
    ink[258:263, 102:259] = 0

    assert [(260, 740)] == _lying(_text(ink, 130, 230, 245, 275), 260)


def test_a_page_that_lost_nothing_comes_back_as_it_is():
    ink = _ink()
    rulings = rulings_of(ink, bilevel=True)

    assert rulings is restored(rulings, ink)
    assert all(isinstance(line, Ruling) for line in rulings.standing)


def test_a_decimal_point_within_a_text_is_no_stub_of_a_ruling():
    ink = _dotted(_ink(), 420, 260, 340, ())
    ink = _text(_text(ink, 340, 416, 285, 315), 430, 500, 285, 315)
    ink[308:315, 419:424] = 255

    assert not _covers(ink, 420, 260, 340)
