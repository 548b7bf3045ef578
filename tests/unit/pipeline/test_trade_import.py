"""The list of past transactions: good rows are taken, every bad one is named."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from formflow.errors import UsageError
from formflow.pipeline.trade_import import read_trades

TODAY = date(2026, 3, 5)
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
    found = read_trades(path, today=TODAY)

    assert [(date(2023, 3, 5), "1200.00", False), (date(2024, 5, 6), "12000.00", True)] == [
        (trade.on, trade.amount, trade.sample) for trade in found.trades
    ]
    assert (date(2023, 3, 5), date(2024, 5, 6)) == (found.first, found.last)


def test_the_heading_may_stand_below_a_title(tmp_path):
    path = book(tmp_path, ("甲有限公司", None, date(2023, 3, 5), 1, "销售"), above=(("2023年往来",),))

    assert 1 == len(read_trades(path, today=TODAY).trades)


GOOD = ("乙有限公司", None, date(2023, 3, 5), 1, "销售")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("甲有限公司", None, "三月五日", 1, "销售"), "日期“三月五日”无法辨认"),
        (("甲有限公司", None, date(2062, 3, 5), 1, "销售"), "无法辨认"),
    ],
)
def test_a_row_without_a_day_is_named_and_kept_as_unread(tmp_path, row, said):
    found = read_trades(book(tmp_path, GOOD, row), today=TODAY)

    assert ["乙有限公司"] == [trade.name for trade in found.trades]
    assert [("甲有限公司", "Sheet A3")] == [(one.name, one.place) for one in found.unread]
    assert said in found.problems[0].said.chinese
    assert date(2023, 3, 5) == found.last


def test_a_row_that_names_nobody_is_named_and_left_out(tmp_path):
    found = read_trades(book(tmp_path, GOOD, ("", None, date(2024, 3, 5), 1, "销售")), today=TODAY)

    assert (1, 0, ["Sheet A3"]) == (
        len(found.trades),
        len(found.unread),
        [one.place for one in found.problems],
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("甲有限公司", "91440300", date(2024, 3, 5), 1, "销售"), "without the code"),
        (("甲有限公司", None, date(2024, 3, 5), "若干", "销售"), "without the amount"),
    ],
)
def test_a_wrong_code_or_amount_is_named_and_the_transaction_taken(tmp_path, row, said):
    found = read_trades(book(tmp_path, GOOD, row), today=TODAY)

    assert ["乙有限公司", "甲有限公司"] == [trade.name for trade in found.trades]
    assert said in found.problems[0].said.english


def test_a_list_of_which_no_row_can_be_read_is_refused_with_an_example(tmp_path):
    with pytest.raises(UsageError, match="no transaction in the list can be read, such as"):
        read_trades(book(tmp_path, ("甲有限公司", None, "三月五日", 1, "销售")), today=TODAY)


def test_a_file_without_such_a_list_says_what_was_expected(tmp_path):
    with pytest.raises(UsageError, match="客户名称"):
        read_trades(book(tmp_path, ("a", "b"), head=("x", "y")), today=TODAY)
