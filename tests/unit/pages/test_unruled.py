"""Tables without upright rulings, whatever the unit of their boxes."""

from __future__ import annotations

import re

import pytest

from formflow.pages.unruled import Medium, Word, WordRow, table_at

_MEDIUM = Medium(
    heading=re.compile(r"[^：]{1,12}"),
    furthest_in_heights=2.0,
    least_strip=5.0,
    margin=4.0,
    ends_at_headings=True,
)


def _row(top, *texts, at=(0, 100, 200)):
    """A row of texts of 10 units a character, 10 high."""
    words = [Word(x, x + 10 * len(text), text) for x, text in zip(at, texts, strict=False) if text]
    return WordRow(words, words, (words[0].x0, top, words[-1].x1, top + 10.0))


_ROWS = [_row(0, "序号", "客户", "事由"), _row(20, "1", "华南实业", "送样"), _row(40, "2", "", "签约")]


def _count(*below, medium=_MEDIUM):
    """How many rows the table of three rows has with those below it."""
    table = table_at([*_ROWS, *below], 0, medium)
    return len(table.rows) if table else 0


def test_columns_part_in_the_middle_of_the_white_that_all_rows_leave():
    table = table_at(_ROWS, 0, _MEDIUM)

    assert [-4.0, 60.0, 170.0, 224.0] == table.bounds
    assert [{0, 1, 2}, {0, 1, 2}, {0, 2}] == [table.filled(row.parts) for row in table.rows]


def test_of_two_strips_of_white_the_one_that_leaves_fewer_cells_blank_parts_the_columns():
    aside = [_row(20, "甲", "乙", at=(0, 50)), _row(40, "丙", "丁", at=(0, 50))]
    table = table_at([_row(0, "名称", "数量", "价", at=(0, 100, 200)), *aside], 0, _MEDIUM)

    assert [{0, 1}, {0, 1}] == [table.filled(row.parts) for row in table.rows[1:]]


@pytest.mark.parametrize(
    "headings",
    [("序号", "客户"), ("序号", "客户", "事由：")],
    ids=["two", "a label"],
)
def test_other_rows_begin_no_table(headings):
    assert table_at([_row(0, *headings), *_ROWS[1:]], 0, _MEDIUM) is None


@pytest.mark.parametrize(
    ("row", "rows"),
    [
        (_row(60, "3", "粤海", "回访"), 4),
        (_row(70, "3", "粤海", "回访"), 4),
        (_row(71, "3", "粤海", "回访"), 3),
        (_row(60, "3", "备注：无", ""), 3),
        (_row(60, "以上各项均已说明完毕特此记录", ""), 3),
        (_row(60, "小计", at=(70,)), 3),
        (None, 3),
    ],
    ids=[
        "next",
        "two heights below",
        "further below",
        "label",
        "through the white",
        "below no column",
        "no words",
    ],
)
def test_a_table_ends(row, rows):
    assert rows == _count(row)


def test_rows_part_halfway_between_bands():
    table = table_at(_ROWS, 0, _MEDIUM)

    assert [-1.0, 15.0, 51.0] == table.ys([[0], [1, 2]], 1.0)
