"""Rows of text in a cell as the ink alone tells them."""

from __future__ import annotations

import pytest

from formflow.recognition.cell_rows import pieces_by_ink, row_height

from .conftest import hollow, np

_HIGH, _PITCH = 30, 36
_CELL = (0, 0, 400, 200)


def _row(ink, top, *, left=20, count=6, high=_HIGH):
    """Hollow squares beside each other: characters whose every row and column holds ink."""
    for number in range(count):
        x = left + _PITCH * number
        hollow(ink, x, top, x + 30, top + high)
    return ink


def _blank():
    return np.zeros((200, 400), np.uint8)


def _spans(ink, usual=_HIGH, area=_CELL):
    return [(piece.area[1], piece.area[3]) for piece in pieces_by_ink(area, ink, usual)]


def test_rows_are_parted_by_a_few_blank_lines_of_pixels():
    ink = _row(_row(_blank(), 20), 56)

    assert [(20, 50), (56, 86)] == _spans(ink)


def _bars(*bars):
    ink = _blank()
    for left, top, right, bottom in bars:
        ink[top:bottom, left:right] = 255
    return ink


@pytest.mark.parametrize(
    ("bars", "expected"),
    [
        (((20, 40, 48, 44), (20, 58, 48, 62)), [(40, 62)]),
        (((20, 40, 26, 46), (20, 55, 26, 61)), [(40, 61)]),
        (((20, 40, 48, 62), (20, 66, 48, 70)), [(40, 70)]),
        (((20, 40, 48, 44), (20, 80, 48, 84)), [(40, 44), (80, 84)]),
        (((20, 40, 48, 70), (20, 74, 48, 78)), [(40, 70), (74, 78)]),
        (((20, 40, 48, 52), (20, 60, 48, 72)), [(40, 52), (60, 72)]),
    ],
    ids=[
        "the strokes of 二",
        "the dots of a colon",
        "the last stroke of 旦",
        "a dash and one below it",
        "a row and a dash below it",
        "two rows of smaller type",
    ],
)
def test_parts_of_one_character_are_one_row_and_what_makes_more_than_a_row_is_two(bars, expected):
    assert expected == _spans(_bars(*bars))


@pytest.mark.parametrize(("wide", "rows"), [(3, 2), (15, 2), (27, 1)])
def test_rows_that_touch_are_cut_where_the_ink_is_thin(wide, rows):
    ink = _row(_row(_blank(), 20, count=8), 56, count=8)
    ink[50:56, 60 : 60 + wide] = 255

    spans = _spans(ink)

    assert rows == len(spans)
    assert (20, 86) == (spans[0][0], spans[-1][1])
    assert all(50 <= edge <= 56 for span in spans for edge in span if edge not in (20, 86))


def test_a_lone_bracket_that_touches_the_row_above_it_is_a_row():
    ink = _row(_blank(), 20, count=8)
    ink[48:90, 24:27] = 255

    assert 2 == len(_spans(ink))


def test_a_larger_type_has_no_thin_line_and_stays_one_row():
    assert [(20, 80)] == _spans(_row(_blank(), 20, high=60))


def test_a_gap_wider_than_one_and_a_half_characters_parts_a_row_into_pieces():
    near = _row(_row(_blank(), 20, count=2), 20, left=20 + 2 * _PITCH + 38, count=2)
    far = _row(_row(_blank(), 20, count=2), 20, left=20 + 2 * _PITCH + 39, count=2)

    assert (1, 2) == (len(pieces_by_ink(_CELL, near, _HIGH)), len(pieces_by_ink(_CELL, far, _HIGH)))


def test_what_a_ruling_left_at_the_cell_s_edge_is_no_text():
    ink = _row(_blank(), 20)
    ink[60:190, 4:7] = 255

    assert [(20, 50)] == _spans(ink)


@pytest.mark.parametrize("area", [(100, 100, 111, 160), (100, 100, 160, 111)])
def test_a_cell_too_small_for_a_character_holds_none(area):
    assert [] == pieces_by_ink(area, np.full((200, 400), 255, np.uint8), _HIGH)


def test_the_height_of_a_row_is_that_of_most_cells_and_one_character_tells_nothing():
    ink = np.zeros((800, 400), np.uint8)
    _row(ink, 20)
    _row(ink, 220, high=32)
    _row(ink, 320, count=1, high=44)
    _row(ink, 420, high=50)
    _row(ink, 520, high=7)
    _row(ink, 620, high=70)
    areas = [(0, top, 400, top + 100) for top in range(0, 800, 100)]

    assert 32.0 == row_height(areas, ink)


def test_cells_without_text_tell_no_height():
    assert 0.0 == row_height([_CELL], _blank())
