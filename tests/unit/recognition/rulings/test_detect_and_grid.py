"""Rulings and the cells between them, on paper that is worse than a drawing."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import cv2, np, page, ruled

from formflow.recognition.layers import prepare
from formflow.recognition.raster import Medium, Raster
from formflow.recognition.rulings.detect import rulings_of
from formflow.recognition.rulings.grid import grids_of

XS, YS = (200, 500, 900, 1400), (300, 380, 460, 540)


def _cells(picture, *, bilevel=False):
    ink = ((picture < 128) * 255).astype(np.uint8)
    return [
        [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]
        for grid in grids_of(rulings_of(ink, bilevel=bilevel))
    ]


def test_a_full_grid_gives_every_cell():
    [cells] = _cells(ruled(page(), XS, YS))

    assert [(r, c, 1, 1) for r in range(3) for c in range(3)] == cells


def test_a_side_that_is_not_drawn_makes_one_cell_of_two():
    [cells] = _cells(ruled(page(), XS, YS, without=((1, 1),)))

    assert (1, 1, 1, 2) in cells


@pytest.mark.parametrize("gap", [10, 40])
def test_a_broken_ruling_still_parts_its_cells(gap):
    picture = ruled(page(), XS, YS)
    picture[370:390, 600 : 600 + gap] = 255

    [cells] = _cells(picture)

    assert 9 == len(cells)


def test_a_fax_that_lost_long_parts_of_a_ruling_still_has_its_cells():
    picture = ruled(page(), XS, YS)
    for start in (300, 720, 1050):
        picture[375:386, start : start + 150] = 255

    [cells] = _cells(picture, bilevel=True)

    assert 9 == len(cells)


def test_a_merged_cell_of_a_fax_is_no_loss():
    [cells] = _cells(ruled(page(), XS, YS, without=((1, 0),)), bilevel=True)

    assert (1, 0, 1, 2) in cells


def test_a_bold_row_of_dashes_is_no_table():
    picture = page()
    for x in range(200, 1400, 60):
        cv2.line(picture, (x, 400), (x + 25, 400), 0, 4)

    assert [] == _cells(picture)


def test_two_tables_below_each_other_are_two():
    picture = ruled(ruled(page(), XS, YS), XS, (900, 980, 1060))

    assert [9, 6] == [len(cells) for cells in _cells(picture)]


def test_the_first_stroke_of_a_character_close_to_a_ruling_is_kept():
    picture = ruled(page(), XS, YS)
    # An upright stroke such as that of 同, three pixels of paper from the side of its cell.
    cv2.line(picture, (506, 400), (506, 436), 0, 1)
    prepared = prepare(Raster(grey=picture, colour=None, medium=Medium.SCAN))

    assert prepared.ink[402:434, 505:508].any(axis=1).all()
    assert not prepared.ink[402:434, 498:503].any()
