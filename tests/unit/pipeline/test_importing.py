"""The list of past transactions is read whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from formflow.errors import UsageError
from formflow.pipeline.importing import read_trades

HEAD = ("客户名称", "统一社会信用代码", "日期", "金额", "类型")


def book(tmp_path, *rows, head=HEAD, above=()):
    path = tmp_path / "history.xlsx"
    workbook = Workbook()
    for row in (*above, head, *rows):
        workbook.active.append(row)
    workbook.save(path)
    return path


def test_samples_are_marked_and_days_and_amounts_typed(tmp_path):
    path = book(
        tmp_path,
        ("甲有限公司", None, date(2023, 3, 5), 1200, "销售"),
        ("乙有限公司", None, "2024年5月6日", "1.2万元", "样品"),
    )
    found = read_trades(path)

    assert [(date(2023, 3, 5), "1200.00", False), (date(2024, 5, 6), "12000.00", True)] == [
        (trade.on, trade.amount, trade.sample) for trade in found.trades
    ]
    assert (date(2023, 3, 5), date(2024, 5, 6)) == (found.first, found.last)


def test_the_heading_may_stand_below_a_title(tmp_path):
    path = book(tmp_path, ("甲有限公司", None, date(2023, 3, 5), 1, "销售"), above=(("2023年往来",),))

    assert 1 == len(read_trades(path).trades)


@pytest.mark.parametrize(
    "row",
    [
        ("甲有限公司", None, "三月五日", 1, "销售"),
        ("", None, date(2023, 3, 5), 1, "销售"),
        ("甲有限公司", "91440300", date(2023, 3, 5), 1, "销售"),
        ("甲有限公司", None, date(2023, 3, 5), "若干", "销售"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_whole_list_and_is_named(tmp_path, row):
    path = book(tmp_path, ("乙有限公司", None, date(2023, 3, 5), 1, "销售"), row)
    with pytest.raises(UsageError, match="3"):
        read_trades(path)


def test_a_file_without_such_a_list_says_what_was_expected(tmp_path):
    with pytest.raises(UsageError, match="客户名称"):
        read_trades(book(tmp_path, ("a", "b"), head=("x", "y")))
