"""Many papers in one scan: each is a record of its own, and what its pages leave open is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.pages import document, page, table

from formflow.extraction.extract import extract
from formflow.forms.layout import blank_version
from formflow.forms.load import load_forms
from formflow.values.blankcode import BlankCode

FORMS = load_forms(Path(__file__).parents[3] / "schemas")
COMPLAINT = [
    ("客户名称", "华南实业有限公司", "联系人", "李明"),
    ("投诉日期", "2026年3月5日", "产品", "甲醇"),
]
REST = [("投诉内容", "包装破损", "记录人", "王五"), ("索赔金额", "3000元", "处理措施", "换货")]
COLUMNS = ("序号", "*访问客户", "*地点", "时间", "*目的", "洽谈内容", "方式")


def _code(form, page=1, pages=1):
    kind = FORMS[form].layouts[0]
    return BlankCode(
        form=form,
        version=blank_version(FORMS[form], kind),
        rendition="pdf",
        kind=kind,
        page=page,
        pages=pages,
    )


def _plan(number, place, name):
    """Page `place` of a visit plan of 2 pages; the first one names the salesperson, every one a customer."""
    head = [table(number, [("* 日期", "2026-03-05", "* 姓名", name)], 110.0)] if place == 1 else []
    rows = [COLUMNS, (str(place), f"{name}的客户{place}", "深圳", "上午", "拜访", "价格", "车")]
    return page(number, "业务去向表", *head, table(number, rows, 200.0), code=_code("visit_plan", place, 2))


def _read(*parts):
    return extract(document(*parts), FORMS)


def _plans(*parts):
    """Salesperson, customers and doubts of each visit plan."""
    return [
        (
            candidate.readings["salesperson"].text if "salesperson" in candidate.readings else None,
            [row["customer"].text for row in candidate.rows.get("rows", ())],
            [doubt.code for doubt in candidate.doubts],
        )
        for candidate in _read(*parts)
    ]


def test_a_page_without_a_title_goes_on_with_the_form_before_it():
    (candidate,) = _read(page(1, "客户投诉记录", table(1, COMPLAINT)), page(2, table(2, REST)))

    assert "王五" == candidate.readings["recorder"].text


def test_behind_a_separator_nothing_goes_on():
    candidates = _read(
        page(1, "客户投诉记录", table(1, COMPLAINT)), page(2, "分隔页"), page(3, table(3, REST))
    )

    assert [False] == [
        "recorder" in candidate.readings for candidate in candidates if "customer_name" in candidate.readings
    ]
    assert not any(
        "分隔" in reading.text for candidate in candidates for reading in candidate.readings.values()
    )


def test_a_title_begins_a_new_record():
    one, other = (page(n, "客户投诉记录", table(n, [*COMPLAINT, *REST])) for n in (1, 2))

    assert ["complaint", "complaint"] == [candidate.form for candidate in _read(one, other)]


def test_a_separator_page_alone_is_no_record():
    assert () == _read(page(1, "分隔页 Separator"), page(2, code="SEPARATOR"))


def test_pages_are_put_in_order_by_their_codes():
    assert [("李明", ["李明的客户1", "李明的客户2"], [])] == _plans(_plan(1, 2, "李明"), _plan(2, 1, "李明"))


def test_copies_behind_each_other_are_records_of_their_own():
    pages = [_plan(1, 1, "李明"), _plan(2, 2, "李明"), _plan(3, 1, "王五"), _plan(4, 2, "王五")]

    assert [
        ("李明", ["李明的客户1", "李明的客户2"], []),
        ("王五", ["王五的客户1", "王五的客户2"], []),
    ] == _plans(*pages)


def test_copies_whose_pages_are_mixed_are_asked_about():
    pages = [_plan(1, 1, "李明"), _plan(2, 1, "王五"), _plan(3, 2, "李明"), _plan(4, 2, "王五")]

    assert [
        ("李明", ["李明的客户1", "李明的客户2"], ["pages-mixed"]),
        ("王五", ["王五的客户1", "王五的客户2"], ["pages-mixed"]),
    ] == _plans(*pages)


def test_a_separator_between_copies_leaves_no_doubt():
    pages = [
        _plan(1, 2, "李明"),
        _plan(2, 1, "李明"),
        page(3, "分隔页"),
        _plan(4, 1, "王五"),
        _plan(5, 2, "王五"),
    ]

    assert [[], []] == [doubts for _, _, doubts in _plans(*pages)]


def test_a_page_that_is_missing_is_asked_about():
    assert [("李明", ["李明的客户1"], ["page-missing"])] == _plans(_plan(1, 1, "李明"))


def test_a_lone_second_page_is_not_added_to_the_form_before_it():
    told = _plans(_plan(1, 1, "李明"), page(2, "分隔页"), _plan(3, 2, "王五"))

    assert [
        ("李明", ["李明的客户1"], ["page-missing"]),
        (None, ["王五的客户2"], ["page-missing"]),
    ] == told


def test_a_page_scanned_twice_is_read_once():
    told = _plans(_plan(1, 1, "李明"), _plan(2, 1, "李明"), _plan(3, 2, "李明"))

    assert [("李明", ["李明的客户1", "李明的客户2"], ["page-doubled"])] == told


def test_a_form_without_a_code_behind_one_with_a_code_is_its_own():
    foreign = page(2, "客户投诉记录", table(2, [*COMPLAINT, *REST]))
    ours = page(
        1,
        "传真查阅申请单",
        table(1, [("申请人", "张三", "部门", "销售部"), ("传真编号", "收传〔2026〕1号", "查阅事由", "核对")]),
        code=_code("fax_access"),
    )

    assert ["fax_access", "complaint"] == [candidate.form for candidate in _read(ours, foreign)]


def test_the_back_of_a_page_with_a_code_stays_with_it():
    plan = [_plan(1, 1, "李明"), page(2, "另附路线图"), _plan(3, 2, "李明")]

    assert [("李明", ["李明的客户1", "李明的客户2"], [])] == _plans(*plan)


def test_printed_numbers_restore_the_order_where_there_is_no_code():
    first = page(2, "客户投诉记录", table(2, COMPLAINT), foot="第 1 页 共 2 页")
    second = page(1, table(1, REST), foot="第 2 页 共 2 页")
    (candidate,) = _read(second, first)

    assert ({"page 2", "page 1"}, ()) == (
        {reading.source.part for reading in candidate.readings.values()},
        candidate.doubts,
    )


def test_pages_of_printed_copies_that_are_mixed_are_asked_about():
    pages = [
        page(1, "客户投诉记录", table(1, COMPLAINT), foot="第 1 页 共 2 页"),
        page(
            2,
            "客户投诉记录",
            table(2, [("客户名称", "佛山化工厂", "联系人", "赵六")]),
            foot="第 1 页 共 2 页",
        ),
        page(3, table(3, REST), foot="第 2 页 共 2 页"),
        page(4, table(4, [("投诉内容", "短缺", "记录人", "钱七")]), foot="第 2 页 共 2 页"),
    ]
    crossed = [
        candidate
        for candidate in _read(*pages)
        if len({reading.source.part for reading in candidate.readings.values()}) > 1
    ]

    assert crossed
    assert all("pages-mixed" in [doubt.code for doubt in candidate.doubts] for candidate in crossed)


def test_numbers_of_a_print_run_of_many_forms_miss_no_page():
    pages = [
        page(n, "客户投诉记录", table(n, [*COMPLAINT, *REST]), foot=f"第 {n + 1} 页 共 9 页") for n in (1, 2)
    ]

    assert [(), ()] == [candidate.doubts for candidate in _read(*pages)]


@pytest.mark.parametrize(
    ("foot", "expected"), [("第 1 页 共 2 页", ["page-missing"]), ("第 1 页 共 1 页", [])]
)
def test_a_printed_number_tells_a_missing_page(foot, expected):
    (candidate,) = _read(page(1, "客户投诉记录", table(1, [*COMPLAINT, *REST]), foot=foot))

    assert expected == [doubt.code for doubt in candidate.doubts]
