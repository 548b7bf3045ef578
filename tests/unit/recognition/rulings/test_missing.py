"""Rows of a list that ran together in a column are parted where each still holds its own text."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import np

from formflow.recognition.rulings.grid import Grid, GridCell
from formflow.recognition.rulings.missing import doubtful_fields, with_missing_rulings

_HIGH, _ROW = 24, 60
_TOP = 100


def _grid(rows=3):
    """A column of cells, and beside it one in which all rows ran together."""
    bottom = _TOP + rows * _ROW
    single = [
        GridCell(row, 0, 1, 1, (100, _TOP + row * _ROW, 300, _TOP + (row + 1) * _ROW)) for row in range(rows)
    ]
    cells = sorted(
        [*single, GridCell(0, 1, rows, 1, (300, _TOP, 600, bottom))], key=lambda c: (c.row, c.column)
    )
    return Grid(rows, 2, tuple(cells), (100, _TOP, 600, bottom))


def _ink(*middles):
    """Texts in the second column, by the middle of each."""
    ink = np.zeros((500, 700), np.uint8)
    for middle in middles:
        ink[middle - _HIGH // 2 : middle + _HIGH // 2, 320:520] = 255
    return ink


def _parts(ink, rows=3):
    made = with_missing_rulings(_grid(rows), ink, _HIGH)
    return [(cell.row, cell.row_span, cell.area[1], cell.area[3]) for cell in made.cells if cell.column == 1]


def test_rows_with_a_text_each_in_its_own_middle_are_parted():
    assert [(0, 1, 100, 160), (1, 1, 160, 220), (2, 1, 220, 280)] == _parts(_ink(130, 190, 250))


def test_a_field_merged_on_purpose_holds_one_text_in_the_middle_of_all_its_rows():
    assert [(0, 3, 100, 280)] == _parts(_ink(190))


@pytest.mark.parametrize(("off", "parts"), [(12, 2), (14, 1)])
def test_a_text_that_does_not_stand_in_the_middle_of_its_row_parts_nothing(off, parts):
    assert parts == len(_parts(_ink(130 + off, 190 + off), rows=2))


def test_only_the_rows_that_hold_their_own_text_are_parted():
    assert [(0, 1, 100, 160), (1, 2, 160, 280)] == _parts(_ink(130, 190))


def test_lines_of_one_text_that_stand_close_are_one_text():
    ink = _ink()
    for top in (150, 188):
        ink[top : top + _HIGH, 320:520] = 255

    assert [(0, 2, 100, 220)] == _parts(ink, rows=2)


def test_two_texts_in_one_row_are_not_told_apart():
    assert [(0, 3, 100, 280)] == _parts(_ink(110, 150, 190))


def test_a_few_pixels_of_dirt_are_no_text():
    ink = _ink(130)
    ink[188:191, 400:403] = 255

    assert [(0, 2, 100, 220)] == _parts(ink, rows=2)


def test_the_cells_of_a_parted_table_stand_in_order():
    made = with_missing_rulings(_grid(), _ink(130, 190, 250), _HIGH)

    assert [(row, column) for row in range(3) for column in range(2)] == [
        (cell.row, cell.column) for cell in made.cells
    ]


def test_a_page_that_tells_no_height_of_a_row_is_left_as_it_is():
    grid = _grid()

    assert grid is with_missing_rulings(grid, _ink(130, 190, 250), 0.0)


@pytest.mark.parametrize(
    ("middles", "expected"),
    [((130,), True), ((190,), True), ((160,), False), ((130, 190), False), ((), False), ((112,), False)],
    ids=[
        "in the first row",
        "in the second",
        "in the middle of both",
        "two texts",
        "blank",
        "close to the top",
    ],
)
def test_a_text_in_the_middle_of_one_of_its_field_s_rows_may_be_that_row_s_alone(middles, expected):
    assert expected == bool(doubtful_fields(_grid(2), _ink(*middles), _HIGH))
