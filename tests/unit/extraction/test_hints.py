"""Which form a file is said to be, and how it is laid out, beside what stands on it."""

from __future__ import annotations

import pytest

from formflow.extraction.extract import extract
from formflow.model import Severity

HEAD = ["客户名称", "华南实业有限公司", "申请日期", "2026-3-5"]


def told(records):
    return [
        (record.form, [doubt.code for doubt in record.doubts if doubt.field is None]) for record in records
    ]


def test_a_form_that_a_person_names_is_read_whatever_title_it_bears_and_asked_about(document, forms):
    file = document("业务去向表", [HEAD, ["开拓经过", ("拜访三次", 3)]])

    assert [("application", ["title-differs"])] == told(
        extract(file, forms, hint="application", ordered=True)
    )


def test_a_form_without_title_needs_one_label_where_a_person_names_it(document, forms):
    file = document([["客户名称", "华南实业有限公司"], [("开拓经过\n拜访三次", 2)]])

    (record,) = extract(file, forms, hint="application", ordered=True)

    assert "拜访三次" == record.readings["story"].text
    assert () == extract(file, forms, hint="application")


@pytest.mark.parametrize(("ordered", "weight"), [(True, Severity.RETURN), (False, Severity.NOTE)])
def test_another_form_than_was_said_is_told(document, forms, ordered, weight):
    file = document("新客户开发申请表", [HEAD])

    (record,) = extract(file, forms, hint="fax", ordered=ordered)

    assert ("application", [("title-differs", weight)]) == (
        record.form,
        [(doubt.code, doubt.severity) for doubt in record.doubts if doubt.code == "title-differs"],
    )


def test_a_list_of_a_form_of_one_record_is_a_record_a_row_and_each_is_asked_about(document, forms):
    header = ["序号", "申请日期", "客户名称", "联系人", "开拓经过"]
    rows = [["1", "2026-3-5", "甲公司", "李明", "拜访"], ["2", "2026-3-6", "乙公司", "王五", "来电"]]

    records = extract(document("新客户开发申请表", [header, *rows]), forms)

    assert [("application", ["list-of-records"])] * 2 == told(records)
    assert ["甲公司", "乙公司"] == [record.readings["customer_name"].text for record in records]
    assert [None, None] == [record.row for record in records]


def test_entries_of_a_log_that_stand_side_by_side_are_records(document, forms):
    from dataclasses import replace

    log = {"fax": replace(forms["fax"], layouts=("log",))}
    file = document(
        "发函登记表",
        [
            ["序号", "1", "2"],
            ["发送时间", "3-5", "3-6"],
            ["发往单位", "甲公司", "乙公司"],
            ["主题", "通知", "函"],
            ["页数", "2", "1"],
        ],
    )

    assert ["甲公司", "乙公司"] == [record.readings["recipient_org"].text for record in extract(file, log)]
