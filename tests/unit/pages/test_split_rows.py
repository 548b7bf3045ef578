"""Whether the first row behind a page break is a row or the rest of the one before: both mistakes are silent."""

from __future__ import annotations

import pytest

from formflow.pages.split_rows import Verdict, begins_again, headings, verdict

HEAD = ("序号", "收文日期", "来文单位", "文号", "事由", "页数", "签收人")
ROWS = [
    ("1", "2025-03-01", "重庆市供电局", "HT-2025541", "关于变更开户行的说明", "1", "秦俊杰"),
    ("2", "2025-03-02", "天津市盛世贸易经营部", "", "对账函", "5页", "汤立新"),
    ("3", "2025-03-04", "合肥市利德物流有限公司", "HT-2025182", "关于延期付款的申请", "15", "余磊"),
    ("4", "2025-03-05", "西安市供电局", "/", "授权委托书", "9", "黎永强"),
    ("5", "2025-03-05", "南京恒泰化工有限公司", "HT-2025183", "对账函", "2", "郝勇"),
]
UPPER = ("6", "2025-03-", "重庆市祥瑞环保科", "HT-", "授权委托书", "2", "朱晨曦")
REST = ("", "06", "技有限公司", "2025046", "", "", "")
NEXT = ("7", "2025-03-08", "岳阳市生态环境局", "", "授权委托书", "1", "朱芳")


def table(*rows, without=()):
    """Rows by column, but for some columns."""
    return [{n: text for n, text in enumerate(row) if n not in without} for row in rows]


def found(upper, *below, without=(), above=(HEAD, *ROWS)):
    return verdict(table(*above, upper, without=without), table(*below, without=without))


# --- A list whose rows are numbered -------------------------------------------------------------


def test_the_row_without_a_number_between_two_that_follow_each_other_is_a_half():
    assert Verdict.CUT is found(UPPER, REST, NEXT)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (UPPER, NEXT),
        (UPPER, ("", "", "", "", "", "", "")),
        (UPPER, ("", "合计", "", "", "", "34", "")),
        (("", "", "", "", "本页合计", "34", ""), NEXT),
    ],
    ids=["numbered", "blank", "a sum", "below a sum"],
)
def test_a_row_with_its_own_number_or_a_sum_is_no_half(upper, lower):
    assert Verdict.WHOLE is found(upper, lower, NEXT)


def test_a_number_in_the_middle_of_its_cell_may_stand_behind_the_break():
    upper = ("", "2025-03-", "重庆市祥瑞环保科", "HT-", "授权委", "", "")
    lower = ("6", "06", "技有限公司", "2025046", "托书", "2", "朱晨曦")

    assert Verdict.CUT is found(upper, lower, NEXT)


@pytest.mark.parametrize(
    ("upper", "lower", "following"),
    [
        (UPPER, REST, ("9", *NEXT[1:])),
        (UPPER, ("", *NEXT[1:]), NEXT),
        (("", *NEXT[1:]), ("6", *NEXT[1:]), NEXT),
        (UPPER, ("", "2025-03-06", "", "", "", "3", ""), NEXT),
    ],
    ids=[
        "numbers leave one out",
        "complete",
        "a complete row whose number was forgotten",
        "a day of its own",
    ],
)
def test_what_the_numbers_do_not_prove_is_for_a_person(upper, lower, following):
    assert Verdict.UNSURE is found(upper, lower, following)


def test_a_number_that_fell_into_two_numbers_is_a_half_where_another_text_goes_on():
    upper = ("6", "2025-03-", "成都市商务局", "HT-1", "授权委托书", "十", "朱芳")

    assert Verdict.CUT is found(upper, ("", "06", "", "", "", "二页", ""), NEXT)


def test_a_half_at_the_end_of_the_list_lacks_much_or_goes_on():
    whole = ("6", "2025-03-06", "成都市商务局", "HT-1", "关于延期", "1", "朱芳")

    assert Verdict.CUT is found(UPPER, REST)
    assert Verdict.CUT is found(whole, ("", "", "", "", "付款的申请", "", ""))
    assert Verdict.UNSURE is found(whole, ("", "", "成都市", "", "付款的申请", "", "朱芳"))


def test_a_misread_number_does_not_hide_the_others():
    above = (HEAD, *ROWS[:2], ("8", *ROWS[2][1:]), *ROWS[3:])

    assert Verdict.CUT is found(UPPER, REST, NEXT, ("8", *NEXT[1:]), ("9", *NEXT[1:]), above=above)


# --- A list without numbers ---------------------------------------------------------------------


def test_without_numbers_halves_need_a_text_that_goes_on():
    assert Verdict.CUT is found(UPPER, REST, NEXT, without=[0])
    upper, rest = (
        ("", "2025-03-06", "重庆市供电", "HT-1", "授权委托书", "2", "朱芳"),
        ("", "", "局二", "", "的", "", ""),
    )
    assert Verdict.UNSURE is found(upper, rest, without=[0])


def test_without_numbers_what_fills_hardly_a_cell_above_a_whole_row_is_a_rest():
    upper = ("", "2025-03-06", "成都市商务局", "", "关于延期", "1", "朱芳")
    rest = ("", "", "", "", "付款的申请", "", "")

    assert Verdict.CUT is found(upper, rest, NEXT, without=[0])
    assert Verdict.UNSURE is found(upper, rest, without=[0])


@pytest.mark.parametrize(
    "lower",
    [
        NEXT,
        ("", "2025-03-08", "", "", "", "", ""),
        ("", "2025-03-08", "岳阳市生态环境局", "", "授权委托书", "3", ""),
        ("", "", "岳阳市生态环境局", "", "授权委托书", "3", ""),
    ],
    ids=["complete", "begun", "not handed over yet", "without its day"],
)
def test_without_numbers_a_row_with_a_day_or_a_count_of_its_own_is_never_a_half(lower):
    upper = ("", "2025-03-06", "成都市商务局", "", "关于延期付款的申请", "1", "朱芳")

    assert Verdict.WHOLE is found(upper, lower, NEXT, without=[0])


def test_headings_at_the_foot_of_a_page_are_no_half():
    assert Verdict.WHOLE is found(HEAD, ("", "", *ROWS[0][2:]), above=())
    assert Verdict.WHOLE is found(HEAD, ("", "", *ROWS[0][2:]), without=[0])


# --- Few columns, and other cells ---------------------------------------------------------------


def test_a_text_below_its_label_goes_on_where_no_label_follows():
    form = [("客户名称", "华南实业"), ("联系人", "李明"), ("开拓经过", "客户于三月")]

    assert Verdict.CUT is found(form[2], ("", "来访两次"), above=form[:2])
    assert Verdict.WHOLE is found(form[2], ("评价", "来访两次"), above=form[:2])


def test_a_narrow_list_that_leaves_repeated_cells_blank_is_for_a_person():
    rows = [("3月1日", "华南实业"), ("", "岭南化工"), ("3月2日", "粤海塑料")]

    assert Verdict.UNSURE is found(rows[2], ("", "湛江润滑"), above=rows[:2])


def test_a_remark_across_the_table_is_a_row_of_its_own():
    assert Verdict.WHOLE is verdict(table(HEAD, *ROWS, UPPER), [{0: "注：本页登记完毕。"}])


def test_a_row_that_lost_a_ruling_on_one_side_of_the_break_is_for_a_person():
    assert Verdict.UNSURE is verdict(table(HEAD, *ROWS, UPPER), table(REST, NEXT, without=[5]))


# --- Repeated headings --------------------------------------------------------------------------


def test_headings_that_a_page_repeats_are_counted_though_one_was_misread():
    above = table(("收传真登记簿",), HEAD, *ROWS)

    assert 1 == headings(above, table(("序号", "收文曰期", *HEAD[2:]), REST))
    assert 2 == headings(above, table(("收传真登记簿",), HEAD, REST))


def test_rows_that_read_the_same_are_no_headings():
    assert 0 == headings(table(HEAD, *ROWS), table(HEAD[:3], *ROWS))
    assert 0 == headings(table(HEAD, *ROWS), table(*ROWS))


def _column(*texts, at=0):
    return {(row, at): text for row, text in enumerate(texts)}


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        (_column("编号", "日期", "客户", "电话"), _column("编号", "日期", "客户", "电话"), True),
        (_column("序号", "1", "2", "3", "4"), _column("序号", "1", "2", "3", "4"), True),
        (_column("序号", "1", "2", "3", "4"), _column("序号", "13", "14", "15"), False),
        (
            _column("片区", "华南", "华南", "华南", "华南"),
            _column("片区", "华南", "华南", "华南", "华南"),
            False,
        ),
    ],
    ids=["the same labels", "numbers from one on", "numbers that go on", "one text again and again"],
)
def test_a_table_that_begins_as_the_one_before_is_another_copy(upper, lower, expected):
    assert expected is begins_again(upper, lower)
