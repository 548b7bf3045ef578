"""What stands filled in and no field took is told: at the field it may belong to, else as a note."""

from __future__ import annotations

import pytest

from formflow.extraction.extract import extract
from formflow.model import Severity

HEAD = ["客户名称", "华南实业有限公司", "申请日期", "2026-3-5"]
STORY = ["开拓经过", ("拜访三次", 3)]


def told(document, forms, *blocks):
    (record, *_) = extract(document("新客户开发申请表", *blocks), forms)
    return (
        {doubt.field for doubt in record.doubts if doubt.severity is Severity.RETURN},
        [text.text for text in record.unclaimed],
    )


def test_a_form_that_is_read_whole_leaves_nothing(document, forms):
    assert (set(), []) == told(document, forms, [HEAD, STORY])


@pytest.mark.parametrize("caption", ["对接人姓名", "联 系 员"])
def test_a_value_under_an_unknown_label_is_asked_about_at_the_missing_field_it_fits(document, forms, caption):
    fields, texts = told(document, forms, [HEAD, STORY, [caption, "王小明", "产品", "甲醇"]])

    assert "contact" in fields
    assert ["王小明"] == texts


def test_a_text_before_a_known_label_in_its_cell_is_told(document, forms):
    fields, texts = told(document, forms, [HEAD, [("开 拓 过 程：\n拜访三次\n联系人：李明", 4)]])

    assert "story" in fields
    assert ["拜访三次"] == texts


def test_lines_behind_an_open_label_are_asked_about_at_its_field(document, forms):
    fields, texts = told(document, forms, [HEAD, [("开拓经过：\n李明：初访\n王五：送样", 4)]])

    assert "story" in fields
    assert texts[0].endswith("初访")


def test_a_second_value_beside_the_first_is_asked_about(document, forms):
    fields, texts = told(document, forms, [HEAD, STORY, ["产品", ("甲醇", 2), "乙醇"]])

    assert {"product"} == fields
    assert ["乙醇"] == texts


def test_values_in_the_column_of_a_label_are_asked_about_at_its_field(document, forms):
    fields, _ = told(
        document,
        forms,
        [HEAD, STORY, ["评审工时", "产品", "评审效率", "等级"], ["16", "甲醇", "0.44", "7级"]],
    )

    assert "product" in fields


def test_a_label_without_room_is_asked_about_where_text_stands_behind_the_table(document, forms):
    fields, _ = told(document, forms, [HEAD, STORY, [("联系人", 2), "李明", "产品"]], "甲醇")

    assert {"product"} == fields


def test_a_value_that_holds_a_signature_waits(document, forms):
    fields, _ = told(document, forms, [HEAD, ["开拓经过", ("拜访三次\n    复核：何伟", 3)]])

    assert {"story"} == fields


def test_what_another_party_has_on_the_form_is_a_note(document, forms):
    fields, texts = told(document, forms, [HEAD, STORY, ["回访联系人", "吴小姐", "产品", "甲醇"]])

    assert (set(), ["吴小姐"]) == (fields, texts)


@pytest.mark.parametrize(
    "print_",
    [
        "注：1、此表一式两份，由内勤存档。",
        "南方石化化工销售有限公司",
        "本人承诺以上内容属实。",
        "第 1 页 共 1 页",
        "二、客户信息",
        "审核人：          年   月   日",
        "□同意  □不同意",
        "（盖章）",
    ],
)
def test_the_print_of_a_form_is_not_told(document, forms, print_):
    assert (set(), []) == told(document, forms, print_, [HEAD, STORY], print_)


def test_who_made_the_form_is_a_note_at_its_foot(document, forms):
    fields, texts = told(document, forms, [HEAD, STORY], "制表：任若兰        审核：唐子轩")

    assert (set(), ["任若兰", "唐子轩"]) == (fields, texts)


def test_columns_of_a_log_that_no_field_takes_are_told_row_by_row_and_numbers_of_rows_are_not(
    document, forms
):
    header = ["序号", "发送时间", "发往单位", "主题", "页数", "签阅"]
    rows = [
        ["1", "2026-3-5", "甲公司", "通知", "2", "李明"],
        ["2", "2026-3-6", "乙公司", "函", "1", ""],
        ["3", "2026-3-7", "丙公司", "函", "1", "王五"],
    ]

    records = extract(document("发函登记表", [header, *rows]), forms)

    assert [["李明"], [], ["王五"]] == [[text.text for text in record.unclaimed] for record in records]
    assert all(doubt.severity is Severity.NOTE for record in records for doubt in record.doubts)


def test_a_required_column_under_an_unknown_heading_is_asked_about_in_every_row(document, forms):
    header = ["发送时间", "发往单位", "文件题名", "页数", "片区"]

    records = extract(
        document(
            "发函登记表",
            [header, ["2026-3-5", "甲公司", "通知", "2", "粤西"], ["2026-3-6", "乙公司", "函", "1", "粤东"]],
        ),
        forms,
    )

    assert [{"subject"}, {"subject"}] == [{doubt.field for doubt in record.doubts} for record in records]


def test_a_page_from_which_nothing_was_read_is_an_attachment(document, forms):
    (record,) = extract(
        document(表=["新客户开发申请表", [HEAD, STORY]], 附件=[["品名", "数量"], ["甲醇", "12吨"]]),
        forms,
    )

    assert () == record.unclaimed


@pytest.mark.parametrize(
    ("caption", "value", "field"),
    [("经办员", "王小明", "contact"), ("成交日", "2026/5/13", "first_trade_on")],
)
def test_a_value_below_an_unknown_label_in_a_row_of_labels_is_asked_about(
    document, forms, caption, value, field
):
    labels = ["客户名称", "申请日期", "产品", caption]

    fields, texts = told(document, forms, [labels, ["华南实业有限公司", "2026-3-5", "甲醇", value]], [STORY])

    assert field in fields
    assert [value] == texts


def test_a_text_below_an_unknown_caption_that_fills_its_row_is_told(document, forms):
    _, texts = told(document, forms, [HEAD, STORY, [("走访小结", 4)], [("先后四次登门，3月初达成一致。", 4)]])

    assert ["先后四次登门，3月初达成一致。"] == texts


def test_an_unknown_label_beside_a_group_s_caption_down_the_side_is_told_with_its_value(document, forms):
    _, texts = told(
        document,
        forms,
        [HEAD, [("客\n户\n情\n况", 1, 2), "开拓经过", ("拜访三次", 2)], ["经销区域", ("粤西", 2)]],
    )

    assert ["粤西"] == texts


@pytest.mark.parametrize("value", ["共3页", "20250310", "3/5"])
def test_what_reads_like_the_number_of_a_page_or_a_row_is_told_where_a_caption_stands_before_it(
    document, forms, value
):
    _, texts = told(document, forms, [HEAD, STORY, ["附件合计", (value, 3)]])

    assert [value] == texts
