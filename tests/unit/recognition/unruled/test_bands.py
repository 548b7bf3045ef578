"""Rows of a form without rulings: all lines of a label before its value, all lines of a value behind its label."""

from __future__ import annotations

import pytest

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.pieces import Piece
from formflow.recognition.unruled.bands import bands_of

_HIGH = 30


def piece(text, left, top):
    """A text with characters as wide as they are high."""
    glyphs = tuple(Glyph(sign, 0.5, 1.0) for sign in text)
    return Piece((left, top, left + _HIGH * len(text), top + _HIGH), Spelled(glyphs))


def row(top, *texts):
    """A row of texts, each with its left edge."""
    return [piece(text, left, top) for left, text in texts]


def _read(*rows):
    """The bands' texts, with `/` between the lines of a stack, and whether each is doubtful."""
    return [
        ([" / ".join(one.spelled.text for one in stack) for stack in band.stacks], band.doubtful)
        for band in bands_of(rows, _HIGH)
    ]


_ABOVE = row(100, (100, "客户名称"), (320, "华南实业"))


def test_a_value_between_the_lines_of_its_label_stands_behind_them():
    wrapped = [row(200, (100, "首次发货")), row(225, (320, "3月5日")), row(250, (130, "日期"))]

    assert [
        (["客户名称", "华南实业"], False),
        (["首次发货 / 日期", "3月5日"], True),
    ] == _read(_ABOVE, *wrapped)


def test_a_label_between_the_lines_of_its_value_stands_before_them():
    wrapped = [row(200, (320, "广东省广州市天河区")), row(225, (100, "地址")), row(250, (320, "华景路二号"))]

    assert [(["地址", "广东省广州市天河区 / 华景路二号"], True)] == _read(*wrapped)


def test_both_labels_of_a_row_may_wrap():
    rows = [
        row(200, (100, "首次发货"), (600, "首次交易")),
        row(225, (320, "3月5日"), (820, "880")),
        row(250, (130, "日期"), (630, "金额")),
    ]

    assert [(["首次发货 / 日期", "3月5日", "首次交易 / 金额", "880"], True)] == _read(*rows)


def test_rows_whose_labels_and_values_both_stand_below_others_are_rows_though_they_touch():
    assert [False, False] == [doubt for _, doubt in _read(_ABOVE, row(125, (100, "电话"), (320, "020-8888")))]


def test_two_labels_below_each_other_are_two_rows_beside_a_caption():
    rows = [row(200, (300, "投诉人：李明")), row(222, (100, "情况")), row(245, (300, "片区：华南"))]

    assert [["投诉人：李明"], ["情况"], ["片区：华南"]] == [texts for texts, _ in _read(*rows)]


def test_a_row_that_stands_apart_is_a_row():
    rows = [row(200, (100, "首次发货")), row(228, (320, "3月5日"))]

    assert [["首次发货"], ["3月5日"]] == [texts for texts, _ in _read(*rows)]


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (140, [(["客户名称", "华南实业 / 有限公司"], True), (["开票名称", "岭南化工"], False)]),
        (190, [(["客户名称", "华南实业"], False), (["开票名称", "有限公司 / 岭南化工"], True)]),
        (165, [(["客户名称", "华南实业 / 有限公司"], True), (["开票名称", "岭南化工"], True)]),
    ],
    ids=["above", "below", "between"],
)
def test_a_line_of_a_value_goes_to_the_nearer_one_and_both_wait_where_none_is(top, expected):
    below = row(230, (100, "开票名称"), (320, "岭南化工"))

    assert expected == _read(_ABOVE, row(top, (320, "有限公司")), below)


@pytest.mark.parametrize(
    "line",
    [row(140, (600, "产品情况")), row(140, (320, "电话：020")), row(170, (320, "有限公司"))],
    ids=["elsewhere", "a label", "far below"],
)
def test_other_lines_below_a_value_are_no_part_of_it(line):
    assert [(["客户名称", "华南实业"], False), ([line[0].spelled.text], False)] == _read(_ABOVE, line)


@pytest.mark.parametrize(("value", "expected"), [("金", True), ("1", True), ("金磊", False), ("12", False)])
def test_a_character_alone_behind_a_label_is_doubtful(value, expected):
    assert [expected] == [doubt for _, doubt in _read(row(200, (100, "登记人"), (320, value)))]


@pytest.mark.parametrize("top", [165, 235])
def test_a_title_beside_a_label_with_its_value_is_no_line_of_it(top):
    line = row(200, (60, "编号：7"), (320, "日期：3月5日"))
    rows = sorted([line, row(top, (320, "客户投诉处理单"))], key=lambda pieces: pieces[0].area[1])

    assert [([one.spelled.text for one in pieces], False) for pieces in rows] == _read(*rows)


def test_no_rows_make_no_bands():
    assert [] == _read()


@pytest.mark.parametrize(
    ("below", "left", "doubtful"),
    [
        ("南片区", 100, True),
        ("三、发送情况", 100, False),
        ("回执：已收到", 100, False),
        ("南片区", 400, False),
    ],
    ids=["no label", "a numbered heading", "a label", "not at the left"],
)
def test_the_last_value_of_a_row_up_to_the_right_edge_may_have_wrapped(below, left, doubtful):
    full = row(200, (100, "经办人：萧芳"), (400, "部门：营销部"), (700, "片区：赣"))

    assert doubtful == _read(full, row(240, (left, below)))[0][1]


def test_a_row_that_leaves_room_at_its_end_has_not_wrapped():
    full = row(200, (100, "经办人：萧芳"), (400, "部门：营销部"))
    wide = row(160, (100, "发函登记表"), (700, "表号：一二三"))

    assert not any(doubtful for _, doubtful in _read(wide, full, row(240, (100, "南片区"))))
