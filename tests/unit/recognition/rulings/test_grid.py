"""Tables and their cells from rulings that are given, not drawn."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

from formflow.recognition.rulings.detect import Ruling, Rulings
from formflow.recognition.rulings.grid import grids_of, within


@pytest.mark.parametrize(
    ("area", "share", "expected"),
    [
        ((0, 0, 10, 10), 0.5, True),
        ((5, 0, 15, 10), 0.5, True),
        ((6, 0, 16, 10), 0.5, False),
        ((6, 0, 16, 10), 0.4, True),
        ((5, 5, 15, 15), 0.5, False),
        ((10, 0, 20, 10), 0.0, False),
        ((-50, -50, 50, 50), 0.5, False),
    ],
)
def test_an_area_lies_in_another_with_the_share_of_it_that_is_asked(area, share, expected):
    assert expected is within(area, (0, 0, 10, 10), share)


def _lying(*places, start=100, end=900):
    return tuple(Ruling(at, start, end, 3) for at in places)


def _standing(*places, start=100, end=340):
    return tuple(Ruling(at, start, end, 3) for at in places)


def _cells(lying, standing):
    return [
        [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]
        for grid in grids_of(Rulings(lying, standing))
    ]


_LEVELS = (100, 180, 260, 340)


def test_a_table_without_a_frame_at_its_sides_goes_as_far_as_its_level_rulings():
    [cells] = _cells(_lying(*_LEVELS), _standing(300, 500, 700))

    assert [(row, column, 1, 1) for row in range(3) for column in range(4)] == cells


@pytest.mark.parametrize(("short_of", "rows"), [(18, 3), (19, 2)])
def test_a_ruling_may_end_a_little_before_the_one_it_meets(short_of, rows):
    lying = (*_lying(100, 260, 340), Ruling(180, 100 + short_of, 900 - short_of, 3))

    [cells] = _cells(lying, _standing(100, 500, 900))

    assert 2 * rows == len(cells)


@pytest.mark.parametrize(("drawn", "columns"), [(88, 1), (92, 2)])
def test_a_field_is_parted_from_its_neighbour_where_nearly_half_of_the_side_is_drawn(drawn, columns):
    standing = (*_standing(100, 900, end=700), Ruling(500, 100, 300 + drawn, 3))

    [cells] = _cells(_lying(100, 300, 500, 700), standing)

    assert columns == sum(row == 1 for row, *_ in cells)


def test_a_field_that_is_no_rectangle_takes_in_what_lies_between_its_corners():
    # The second row's left field has lost its upper side, the first row's right one its left side.
    lying = (*_lying(100, 260, 340), Ruling(180, 500, 900, 3))
    standing = (*_standing(100, 900), Ruling(500, 180, 340, 3))

    [cells] = _cells(lying, standing)

    assert [(0, 0, 2, 2), (2, 0, 1, 1), (2, 1, 1, 1)] == cells


@pytest.mark.parametrize(
    ("apart", "rows"), [(9, [0, 1, 2]), (12, [0, 2, 3]), (24, [0, 1, 2, 3])], ids=["one", "a sliver", "a row"]
)
def test_rulings_that_stand_some_pixels_apart_are_one_and_a_sliver_between_two_is_no_cell(apart, rows):
    [cells] = _cells((*_lying(*_LEVELS), Ruling(180 + apart, 100, 900, 3)), _standing(100, 900))

    assert [(row, 0, 1, 1) for row in rows] == cells


@pytest.mark.parametrize(("short_of", "rows"), [(9, 3), (10, 2)])
def test_a_ruling_that_meets_two_others_only_meets_them_at_its_ends(short_of, rows):
    lying = (*_lying(100, 260, 340), Ruling(180, 100 + short_of, 900 - short_of, 3))

    [cells] = _cells(lying, _standing(100, 900))

    assert rows == len(cells)


@pytest.mark.parametrize(("long", "columns"), [(155, 1), (165, 2)])
def test_a_line_that_ends_at_one_ruling_is_a_ruling_where_it_is_longer_than_a_character(long, columns):
    standing = (*_standing(100, 900, end=700), Ruling(500, 100, 100 + long, 3))

    [cells] = _cells(_lying(100, 300, 500, 700), standing)

    assert columns == sum(row == 0 for row, *_ in cells)


def test_a_table_inside_a_cell_of_another_is_none_of_its_own():
    outer = _lying(*_LEVELS), _standing(100, 900)
    inner = _lying(200, 220, 240, start=300, end=600), _standing(300, 600, start=200, end=240)

    assert [3] == [len(cells) for cells in _cells(outer[0] + inner[0], outer[1] + inner[1])]


def test_tables_beside_each_other_are_two_from_left_to_right():
    left = _lying(100, 180), _standing(100, 400, end=180)
    right = _lying(100, 180, 260, start=1000, end=1400), _standing(1000, 1400, end=260)

    grids = grids_of(Rulings((*right[0], *left[0]), (*right[1], *left[1])))

    assert [(100, 1), (1000, 2)] == [(grid.area[0], grid.rows) for grid in grids]


def test_a_stroke_that_meets_no_ruling_at_its_ends_is_no_part_of_the_table():
    stroke = Ruling(300, 115, 165, 3)

    [cells] = _cells(_lying(*_LEVELS), (*_standing(100, 900), stroke))

    assert 3 == len(cells)
