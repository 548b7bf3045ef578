"""Tables without rulings: a row of short headings and what stands below each."""

from __future__ import annotations

import pytest

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.pieces import Piece
from formflow.recognition.rulings.grid import within
from formflow.recognition.unruled.tables import runs_of

_HIGH, _PITCH = 30, 60
_COLUMNS = (100, 500, 900)


def _piece(text, left, top, width=None):
    glyphs = tuple(Glyph(sign, 0.5, 1.0) for sign in text)
    return Piece((left, top, left + (width or 28 * len(text)), top + _HIGH), Spelled(glyphs))


def _row(top, *texts):
    """A row with a text at each of the columns; None leaves one free."""
    return [_piece(text, left, top) for text, left in zip(texts, _COLUMNS, strict=False) if text]


_HEADINGS = ("日期", "客户名称", "事由")


def _table(top=100, headings=_HEADINGS):
    return [
        _row(top, *headings),
        _row(top + _PITCH, "3月5日", "华南实业", "送样"),
        _row(top + 2 * _PITCH, "3月6日", "岭南化工", "签约"),
    ]


def _texts(rows):
    """The tables' texts, cell by cell."""
    found = []
    for run in runs_of(rows):
        pieces = [piece for row in run.rows for piece in row]
        grid = run.grid()
        made = [[""] * grid.columns for _ in range(grid.rows)]
        for cell in grid.cells:
            made[cell.row][cell.column] = "".join(
                piece.spelled.text for piece in pieces if within(piece.area, cell.area)
            )
        found.append(made)
    return found


def test_rows_below_three_headings_are_a_table():
    assert [
        [["日期", "客户名称", "事由"], ["3月5日", "华南实业", "送样"], ["3月6日", "岭南化工", "签约"]]
    ] == _texts(_table())


@pytest.mark.parametrize(
    "headings",
    [
        ("日期", "客户名称", None),
        ("日期", "客户名称", "2026"),
        ("日期：", "客户名称", "事由"),
        ("日期", "客户名称", "这一列的标题长达十三个字了呀"),
        ("日期", "□客户", "事由"),
    ],
    ids=["two", "a number", "a label with a colon", "too long", "a box"],
)
def test_a_row_that_is_no_row_of_headings_begins_no_table(headings):
    assert [] == _texts(_table(headings=headings))


def test_headings_may_be_numbered_and_starred():
    [[headings, *_]] = _texts(_table(headings=("1、日期", "②*客户名称", "3.事由")))

    assert ["1、日期", "②*客户名称", "3.事由"] == headings


def test_headings_with_nothing_below_them_are_no_table():
    assert [] == _texts([_row(100, *_HEADINGS), _row(600, "3月5日", "华南实业", "送样")])


def test_words_below_one_heading_only_are_no_table():
    assert [] == _texts([_row(100, *_HEADINGS), _row(160, None, "华南实业"), _row(220, None, "岭南化工")])


@pytest.mark.parametrize(("gap", "rows"), [(66, 4), (67, 3)])
def test_a_table_ends_where_more_than_two_rows_are_white(gap, rows):
    below = _row(100 + 2 * _PITCH + _HIGH + gap, "3月9日", "粤海塑料", "回访")

    assert [rows] == [len(made) for made in _texts([*_table(), below])]


def test_a_labelled_line_ends_the_table():
    foot = _row(100 + 3 * _PITCH, "制表人：李明", None, "3月9日")

    assert [3] == [len(made) for made in _texts([*_table(), foot])]


def test_a_line_that_runs_through_the_white_between_columns_ends_the_table():
    through = [_piece("以上各项均已向部门负责人说明", 100, 100 + 3 * _PITCH, 780)]

    assert [3] == [len(made) for made in _texts([*_table(), through])]


def test_a_row_that_only_wrapped_belongs_to_the_row_above():
    rows = [_row(100, *_HEADINGS), _row(160, "3月5日", "华南实业", "送样"), _row(204, None, "有限公司")]

    assert [[list(_HEADINGS), ["3月5日", "华南实业有限公司", "送样"]]] == _texts(rows)


def test_a_close_row_with_its_own_first_value_is_a_row():
    rows = [_row(100, *_HEADINGS), _row(160, "3月5日", "华南实业", "送样"), _row(204, "3月6日", "岭南化工")]

    assert [3] == [len(made) for made in _texts(rows)]


def test_a_row_without_a_first_value_that_stands_apart_is_a_row():
    rows = [_row(100, *_HEADINGS), _row(160, "3月5日", "华南实业", "送样"), _row(206, None, "岭南化工", None)]

    assert ["", "岭南化工", ""] == _texts(rows)[0][2]


def test_the_headings_are_a_row_of_their_own_though_the_first_row_stands_close():
    rows = [
        _row(100, *_HEADINGS),
        _row(140, None, "华南实业", "送样"),
        _row(200, "3月6日", "岭南化工", "签约"),
    ]

    assert [list(_HEADINGS), ["", "华南实业", "送样"]] == _texts(rows)[0][:2]


def test_a_wide_value_moves_the_boundary_of_its_column():
    wide = [_piece("3月7日上午九点三十分整点", 100, 280), _piece("粤海塑料", 500, 280)]

    [made] = _texts([*_table(), wide])

    assert ["3月7日上午九点三十分整点", "粤海塑料", ""] == made[3]


def test_two_tables_below_each_other_are_two():
    assert [3, 3] == [len(made) for made in _texts([*_table(100), *_table(600)])]


def test_labels_with_values_beside_them_are_no_table():
    rows = [
        _row(100, "申请人", "叶勇", "区域"),
        _row(160, "客户名称"),
        _row(220, "联系电话"),
        _row(280, "单位地址", "岭南化工"),
    ]

    assert [] == _texts(rows)


def test_a_heading_below_no_column_ends_the_table():
    heading = [_piece("客户信息", 600, 100 + 3 * _PITCH)]

    assert [3] == [len(made) for made in _texts([*_table(), heading])]
