"""Many papers in one scan: each is a record of its own, and what its pages leave open is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.pages import document, page, table

from formflow.extraction.extract import extract
from formflow.forms.layout import blank_version
from formflow.forms.load import load_forms
from formflow.model import Table
from formflow.values.blankcode import BlankCode

FORMS = load_forms(Path(__file__).parents[4] / "schemas")
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


# --- Pages of which nothing was read -----------------------------------------------------------

FAXES = ("序号", "日期", "发件单位", "主题", "页数", "备注")
FAX = ("1", "2026-03-05", "甲公司", "通知", "2", "")
OTHER = ("3", "2026-03-07", "丙公司", "询价", "1")


def _on_screen(part):
    """A page as a printed file has it."""

    def digital(item):
        return replace(item, source=replace(item.source, medium=""))

    blocks = [
        replace(digital(block), cells=tuple(map(digital, block.cells)))
        if isinstance(block, Table)
        else digital(block)
        for block in part.blocks
    ]
    return replace(part, blocks=tuple(blocks))


def _doubts(*pages):
    return [[doubt.code for doubt in candidate.doubts] for candidate in _read(*pages)]


@pytest.mark.parametrize("made", [lambda part: part, _on_screen], ids=["scanned", "printed"])
def test_a_page_of_a_list_that_gave_no_record_is_told_with_the_row_before_it(made):
    log = page(1, "收传真登记表", table(1, [FAXES, FAX, ("2", *FAX[1:])], 100.0))
    rest = page(2, "存根", table(2, [OTHER, ("4", *OTHER[1:])]))

    assert [[], ["page-unread"]] == _doubts(made(log), made(rest))


@pytest.mark.parametrize(
    ("made", "expected"),
    [(lambda part: part, [["page-unread"]]), (_on_screen, [[]])],
    ids=["scanned", "printed"],
)
def test_a_list_behind_a_form_is_told_on_paper_and_in_a_file_an_attachment(made, expected):
    form = page(1, "客户投诉记录", table(1, [*COMPLAINT, *REST]))

    assert expected == _doubts(made(form), made(page(2, "附件", table(2, [OTHER]))))


@pytest.mark.parametrize(
    "blocks",
    [
        ["填写说明：一式两份，由内勤存档。"],
        ["存根", table(2, [("", "", "", "", ""), ("", "", "", "", "")])],
        [
            "存根",
            table(2, [("客户名称", "联系人", "投诉日期", "产品1"), ("客户名称", "联系人", "电话", "产品")]),
        ],
        ["客户投诉记录", table(2, [("1", "客户名称", "请写全称"), ("2", "联系人", "（必填）")])],
    ],
    ids=["prose", "blank rows", "labels", "an empty copy"],
)
def test_a_page_without_entries_is_not_told(blocks):
    told = _doubts(page(1, "客户投诉记录", table(1, [*COMPLAINT, *REST])), page(2, *blocks))

    assert [] == [code for codes in told for code in codes]
