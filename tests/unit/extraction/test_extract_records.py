"""Where a filled form keeps its values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.extraction.extract import extract
from formflow.forms.spec import Field, FieldType, Form, Register
from formflow.model import Line, Mark, Part, Picture, Source

TITLE = "新客户开发申请表"


def texts(candidate) -> dict[str, str]:
    return {id: reading.text for id, reading in candidate.readings.items()}


def only(document, forms) -> dict[str, str]:
    (candidate,) = extract(document, forms)
    return texts(candidate)


def test_a_value_stands_to_the_right_of_its_label(document, forms):
    made = document(TITLE, [["客户名称", ("华南实业", 3)], ["联系人", "李明", "联系电话", "0755-1"]])

    assert only(made, forms) == {"customer_name": "华南实业", "contact": "李明", "phone": "0755-1"}


def test_a_line_to_write_on_under_a_heading_gives_no_neighbour_s_value_away(document, forms):
    rows = [["片区", "华东", "客户名称", "____"], ["职务", "经理", "联系电话", "0755-1"]]

    assert "contact" not in only(document(TITLE, [[("联系人信息", 4)], *rows]), forms)


def test_a_value_stands_below_its_label_where_labels_fill_the_row(document, forms):
    made = document(TITLE, [["客户名称", "联系人", "联系电话"], ["华南实业", "李明", "0755-1"]])

    assert only(made, forms) == {"customer_name": "华南实业", "contact": "李明", "phone": "0755-1"}


def test_a_value_stands_below_a_label_that_fills_its_row(document, forms):
    made = document(TITLE, [["客户名称", "华南实业"], [("开拓经过：", 2)], [("先后拜访三次。", 2)]])

    assert only(made, forms) == {"customer_name": "华南实业", "story": "先后拜访三次。"}


def test_a_value_stands_in_the_cell_of_its_label(document, forms):
    made = document(
        TITLE, [["客户名称：华南实业", "联系人：李明  电话：0755-1"], [("开拓经过：\n先后拜访三次。", 2)]]
    )

    assert only(made, forms) == {
        "customer_name": "华南实业",
        "contact": "李明",
        "phone": "0755-1",
        "story": "先后拜访三次。",
    }


def test_values_stand_on_lines_outside_tables(document, forms):
    made = document(
        "编号：XKH-1     填表日期：2026.3.5",
        TITLE,
        "客户名称：华南实业",
        "开拓经过：",
        "先后拜访三次。",
        "最终达成一致。",
    )

    assert only(made, forms) == {
        "no": "XKH-1",
        "applied_on": "2026.3.5",
        "customer_name": "华南实业",
        "story": "先后拜访三次。\n最终达成一致。",
    }


@pytest.mark.parametrize("gap", ["\t", "    ", "\u3000\u3000"])
def test_labels_without_colons_set_apart_by_gaps_make_a_form(document, forms, gap):
    lines = (["客户名称", "华南实业", "联系人", "李明"], ["开拓经过", "先后拜访三次。"])
    made = document(TITLE, *(gap.join(words) for words in lines))

    assert only(made, forms) == {
        "customer_name": "华南实业",
        "contact": "李明",
        "story": "先后拜访三次。",
    }


def test_a_blank_value_leaves_the_field_out_and_takes_nobody_elses(document, forms):
    made = document(
        TITLE, [["客户名称", "华南实业", "备用电话", "0755-2"], ["联系人", "", "备用联系人", "王强"]]
    )

    assert only(made, forms) == {"customer_name": "华南实业"}


def test_a_group_of_another_party_is_not_read(document, forms):
    made = document(
        TITLE,
        [
            ["我方联系人", "联系人：", "周文静", "电话：", "0759-1"],
            [("客户信息", 1, 2), "客户名称：", ("华南实业", 3)],
            ["联系人：", "李明", "电话：", "请填写"],
        ],
    )

    assert only(made, forms) == {"customer_name": "华南实业", "contact": "李明"}


def test_a_caption_that_is_also_a_label_takes_no_value(document, forms):
    made = document(TITLE, [[("产品", 1, 2), "产品", "纯苯", "电话", "1"], ["客户名称", ("华南实业", 3)]])

    assert only(made, forms) == {"product": "纯苯", "phone": "1", "customer_name": "华南实业"}


def test_a_caption_composes_with_the_labels_of_its_group(document, forms):
    made = document(
        TITLE,
        [
            ["客户名称", ("华南实业", 2), "联系人", "李明"],
            ["首次交易", "日期", "2026-03-05", "金额", "1.2万元"],
        ],
    )

    assert only(made, forms)["first_trade_on"] == "2026-03-05"
    assert only(made, forms)["amount"] == "1.2万元"


def test_a_date_in_three_cells_is_joined(document, forms):
    made = document(TITLE, [["客户名称", ("华南实业", 6)], ["申请日期", "2026", "年", "3", "月", "5", "日"]])

    assert only(made, forms)["applied_on"] == "2026 年 3 月 5 日"


def test_options_in_cells_of_their_own_are_joined(document, forms):
    made = document(TITLE, [["客户名称", ("华南实业", 2)], ["客户类型", "☑企业", "□个人"]])

    assert only(made, forms)["kind"] == "☑企业  □个人"


def test_the_first_of_two_values_is_kept_and_the_difference_is_a_doubt(document, forms):
    made = document(TITLE, [["客户名称", "华南实业"], ["联系人", "李明"], ["联系人", "王强"]])

    (candidate,) = extract(made, forms)

    assert texts(candidate)["contact"] == "李明"
    assert [(d.code, d.field) for d in candidate.doubts] == [("conflict", "contact")]


def test_notes_are_not_read(document, forms):
    made = document(
        TITLE, [["客户名称", "华南实业"], ["联系人", "李明"], [("注：电话：由开发营销员填写。", 2)]]
    )

    assert "phone" not in only(made, forms)


def test_several_forms_in_one_file_are_several_records(document, forms):
    above = "编号：{}     填表日期：2026.3.5"
    made = document(
        above.format(1),
        TITLE,
        [["客户名称", "甲公司"]],
        "电话：111",
        above.format(2),
        TITLE,
        [["客户名称", "乙公司"]],
        "电话：222",
    )

    assert [texts(c) for c in extract(made, forms)] == [
        {"no": "1", "applied_on": "2026.3.5", "customer_name": "甲公司", "phone": "111"},
        {"no": "2", "applied_on": "2026.3.5", "customer_name": "乙公司", "phone": "222"},
    ]


def test_a_form_that_runs_over_pages_with_its_title_on_each_is_one_record(document, forms):
    made = document(
        TITLE,
        [["客户名称", "华南实业"], ["联系人", "李明"]],
        TITLE,
        [["产品", "纯苯"], ["开拓经过", "三次拜访"]],
    )

    assert only(made, forms) == {
        "customer_name": "华南实业",
        "contact": "李明",
        "product": "纯苯",
        "story": "三次拜访",
    }


@pytest.mark.parametrize(
    "blocks",
    [
        ("关于填写《新客户开发申请表》的通知", "各部门：请于月底前交回。"),
        ("新客户开发申请表",),
        ("新客户开发申请表", [["客户名称", ""], ["联系人", ""]]),
        ("会议纪要", [["日期", "2026-03-05"], ["地点", "会议室"]]),
    ],
)
def test_what_is_no_filled_form_gives_no_record(document, forms, blocks):
    assert extract(document(*blocks), forms) == ()


def test_a_form_without_its_title_is_known_by_its_labels(document, forms):
    made = document(
        [["申请日期", "2026-03-05"], ["客户名称", "华南实业"], ["联系人", "李明"], ["开拓经过", "三次拜访"]]
    )

    assert extract(made, forms)[0].form == "application"


def test_a_sheet_of_its_own_is_a_form_of_its_own(document, forms):
    made = document(
        one=[[[TITLE, ""], ["客户名称", "甲公司"], ["联系人", "李明"]]],
        notes=[[["说明", "本表由业务员填写"]]],
        two=[[[TITLE, ""], ["客户名称", "乙公司"], ["联系人", "王强"]]],
    )

    assert [texts(c)["customer_name"] for c in extract(made, forms)] == ["甲公司", "乙公司"]


def test_a_choice_written_as_a_word_that_is_also_a_label_is_a_value(document, forms):
    made = document(TITLE, [["客户名称", ("华南实业", 3)], ["客户类型", "企业", "产品", "纯苯"]])

    assert only(made, forms)["kind"] == "企业"


def test_headings_of_groups_are_neither_values_nor_labels(document, forms):
    made = document(
        TITLE,
        [
            [("一、客户信息", 2)],
            ["客户名称：华南实业", "联系人："],
            [("二、交易信息", 2)],
            ["产品：纯苯", "电话："],
            [("三、开发情况", 2)],
            [("开拓经过：1. 电话回访，得知需求。", 2)],
            [("2. 先后拜访三次，达成一致。", 2)],
            [("四、审批", 2)],
        ],
    )

    assert only(made, forms) == {
        "customer_name": "华南实业",
        "product": "纯苯",
        "story": "1. 电话回访，得知需求。\n2. 先后拜访三次，达成一致。",
    }


def test_a_heading_may_give_its_group_to_somebody_else(document, forms):
    made = document(
        TITLE,
        [["客户名称", "华南实业"]],
        "我方联系人",
        [["联系人", "周文静"], ["电话", "0759-1"]],
        "其他情况",
        [["联系人", "李明"]],
    )

    assert only(made, forms) == {"customer_name": "华南实业", "contact": "李明"}


def test_signatures_in_a_table_of_their_own_are_joined(document, forms):
    made = document(
        TITLE,
        [
            ["客户名称", ("华南实业", 3)],
            ["审批环节", "意见", "签名", "日期"],
            ["批示", "同意。", "潘霞", "2026年11月16日"],
        ],
    )

    assert only(made, forms)["leader"] == "同意。 潘霞 2026年11月16日"


def test_single_labels_over_their_values_a_few_at_a_time_are_one_record(document, forms):
    made = document(
        "发函登记表",
        [
            ["发往单位", "主题", "备注"],
            ["甲公司", "通知", ""],
            ["页数", "片区", "部门"],
            ["2", "华南", "销售部"],
        ],
    )

    (candidate,) = extract(made, forms)

    assert texts(candidate)["department"] == "销售部"


def test_a_signature_goes_on_in_the_lines_below_it(document, forms):
    made = document(TITLE, "客户名称：华南实业    联系人：李明", "批示：同意。", "签字：曹清源", "2026-02-15")

    assert only(made, forms)["leader"] == "同意。\n签字：曹清源\n2026-02-15"


def test_a_blank_second_copy_is_no_record(document, forms):
    rows = [["客户类型", "□企业 □个人"], ["批示", "签字：      日期：    年   月   日"]]
    made = document(
        TITLE,
        [["客户名称", "甲公司"], ["联系人", "李明"], *rows],
        TITLE,
        [["客户名称", ""], ["联系人", "请填写"], *rows],
    )

    assert len(extract(made, forms)) == 1


def test_a_label_that_holds_another_forms_title_begins_no_form(document, forms):
    report = replace(forms["application"], id="report", title="联系", also=(), fields=forms["fax"].fields)
    made = document(TITLE, [["客户名称", "华南实业"], ["联系人", "李明"], ["产品", "纯苯"]])

    (candidate,) = extract(made, {**forms, "report": report})

    assert texts(candidate) == {"customer_name": "华南实业", "contact": "李明", "product": "纯苯"}


def test_a_caption_that_is_a_label_itself_takes_no_caption_below_for_its_value(document, forms):
    made = document(
        "新客户开发申请表",
        [
            [("产品", 1, 2), "客户名称：华南实业"],
            ["申请日期：2026-03-05"],
            [("结案情况", 1, 2), "联系人：李明"],
            ["电话：0755-26881234"],
        ],
    )

    (candidate,) = extract(made, forms)

    assert "product" not in candidate.readings
    assert candidate.readings["contact"].text == "李明"


def test_a_heading_over_labels_is_no_text_of_the_blank_label_before_it(document, forms):
    made = document(
        "新客户开发申请表",
        "申请日期：2026-03-05",
        "客户名称：华南实业    产品：      ",
        "发函方",
        "联系人：李明",
    )
    alone = document("新客户开发申请表", "申请日期：2026-03-05", "产品：        ", "发函方", "联系人：李明")

    assert "product" not in extract(made, forms)[0].readings
    assert "product" not in extract(alone, forms)[0].readings


def test_a_text_below_its_label_is_read_where_it_heads_nothing(document, forms):
    made = document("新客户开发申请表", "申请日期：2026-03-05", "产品：", "丙烯酸树脂", "联系人：李明")

    assert extract(made, forms)[0].readings["product"].text == "丙烯酸树脂"


def test_somebody_elses_label_is_no_value(document, forms):
    made = document(
        "新客户开发申请表",
        [
            ["客户名称", "华南实业", "产品", "备用栏："],
            ["申请日期", "2026-03-05", ("编号：", 2)],
            ["联系人", "李明", ("我方电话：", 2)],
        ],
    )

    (candidate,) = extract(made, forms)

    assert {"product", "no"}.isdisjoint(candidate.readings)


def test_a_picture_beside_the_printed_label_in_one_cell_is_the_signature(document, forms):
    made = document(
        "新客户开发申请表", [["申请日期", "2026-03-05"], ["联系人", "李明"], ["产品：白油", "批示签字："]]
    )
    (part,) = made.parts
    table = part.blocks[1]
    *cells, last = table.cells
    signed = replace(table, cells=(*cells, replace(last, pictures=(Picture(source=last.source),))))

    (candidate,) = extract(replace(made, parts=(replace(part, blocks=(part.blocks[0], signed)),)), forms)

    assert Mark.INK is candidate.readings["leader"].mark


def test_labels_below_labels_are_no_values_though_the_form_knows_them_not(document, forms):
    made = document(
        "新客户开发申请表",
        [["申请日期：2026-03-05", "联系人：李明"], ["产品：", "编号："], ["我方联系人：", "我方电话："]],
    )

    assert {"product", "no"}.isdisjoint(only(made, forms))


def test_options_one_a_line_below_their_label_belong_to_it(document, forms):
    made = document(
        "新客户开发申请表",
        [
            ["申请日期", "2026-03-05"],
            ["联系人", "李明"],
            [("客户类型：○企业", 2)],
            [("●个人", 2)],
            [("○机关", 2)],
        ],
    )

    assert only(made, forms)["kind"] == "○企业\n●个人"


def test_a_caption_below_a_blank_at_the_end_of_a_row_is_not_its_value(document, forms):
    made = document(
        "新客户开发申请表",
        [
            [("申请日期：2026-03-05    产品：        ", 2)],
            [("收函方", 2)],
            ["联系人", "李明"],
            ["电话", "0755-26881234"],
        ],
    )

    assert "product" not in only(made, forms)


def test_a_line_across_the_table_does_not_say_how_its_cells_hold_values(document, forms):
    made = document(
        "新客户开发申请表",
        [
            [("编号：7   申请日期：2026-03-05", 3)],
            ["联系人：", ("李明", 2)],
            [("开发情况", 1, 2), ("开拓经过：", 2)],
            [("登门拜访。", 2)],
        ],
    )

    assert only(made, forms)["story"] == "登门拜访。"


def test_one_picture_under_several_signatures_signs_no_blank_one(document, forms):
    both = replace(forms["application"].field("leader"), id="manager", label="销售部经理", also=())
    grown = {
        **forms,
        "application": replace(forms["application"], fields=(*forms["application"].fields, both)),
    }
    made = document(
        "新客户开发申请表",
        [["申请日期", "2026-03-05"], ["联系人", "李明"], [("批示：2026.3.6\n销售部经理：", 2)]],
    )
    (part,) = made.parts
    table = part.blocks[1]
    *cells, last = table.cells
    signed = replace(table, cells=(*cells, replace(last, pictures=(Picture(source=last.source),))))

    (candidate,) = extract(replace(made, parts=(replace(part, blocks=(part.blocks[0], signed)),)), grown)

    assert Mark.INK is candidate.readings["leader"].mark
    assert "manager" not in candidate.readings


def test_a_header_over_two_forms_belongs_to_the_one_that_knows_its_labels(document, forms):
    made = document(
        "新客户开发申请表",
        [["客户名称", "华南"], ["联系人", "李明"], ["申请日期", "2026-03-05"]],
        "发函登记表",
        [["发往单位", "甲公司"], ["主题", "通知"], ["页数", "2"]],
    )
    (body,) = made.parts
    source = Source(part="header 1", ref="paragraph 1")
    header = Part(name="header 1", kind="story", blocks=(Line(text="申请编号：XKH-7", source=source),))

    first, second = extract(replace(made, parts=(header, body)), forms)

    assert first.readings["no"].text == "XKH-7"
    assert "no" not in second.readings


def test_a_line_does_not_go_on_in_the_table_below_it(document, forms):
    made = document(
        "新客户开发申请表",
        "产品：",
        [[("收函方", 2)], ["客户名称", "联系人"], ["华南实业", "李明"]],
        "申请日期：2026-03-05",
    )

    assert "product" not in only(made, forms)


def test_a_caption_between_a_blank_label_and_a_table_is_no_text(document, forms):
    made = document(
        "新客户开发申请表",
        "产品：",
        "收函方",
        [["客户名称", "华南实业"], ["联系人", "李明"]],
        "申请日期：2026-03-05",
    )

    assert "product" not in only(made, forms)


def _on_pages(document, *pages):
    """The contents as the pages of one document, one part each."""
    made = document(**{f"page_{number}": page for number, page in enumerate(pages, 1)})
    return replace(made, parts=tuple(replace(part, kind="page") for part in made.parts))


def _copy(title, customer, contact):
    return [
        title,
        [["申请日期", "2026-03-01", "客户名称", customer], ["联系人", contact, "电话", "0755-83276100"]],
        [["产品", "PVC", "开拓经过", "走访"]],
    ]


def test_a_page_on_which_the_labels_begin_anew_is_another_copy_whatever_its_title_reads(document, forms):
    first = _copy("新客户开发申请表", "甲公司", "李明")
    made = _on_pages(document, first, _copy("新客尸开发由请表", "乙公司", "王芳"))

    got = extract(made, forms)

    assert [("甲公司", "李明"), ("乙公司", "王芳")] == [
        (one.readings["customer_name"].text, one.readings["contact"].text) for one in got
    ]


def test_a_page_that_repeats_the_head_of_its_form_goes_on_with_it(document, forms):
    first = ["新客户开发申请表", [["申请日期", "2026-03-01", "客户名称", "甲公司"]]]
    again = [[["申请日期", "2026-03-01", "客户名称", "甲公司"]], [["联系人", "李明", "产品", "PVC"]]]

    (candidate,) = extract(_on_pages(document, first, again), forms)

    assert "李明" == candidate.readings["contact"].text


@pytest.mark.parametrize("gap", ["\n", "          ", "\t\t"])
def test_a_signature_that_follows_a_text_in_its_cell_is_read(document, forms, gap):
    told = document(
        "新客户开发申请表",
        [
            ["客户名称", "华南实业", "申请日期", "2026-3-5"],
            ["开拓经过", (f"拜访三次，同意试用。{gap}批示：李明 2026年3月6日", 3)],
        ],
    )

    (record,) = extract(told, forms)

    assert {id: record.readings[id].text for id in ("story", "leader")} == {
        "story": "拜访三次，同意试用。",
        "leader": "李明 2026年3月6日",
    }


def test_words_of_a_text_that_are_labels_stay_where_the_field_has_a_label_of_its_own(document, forms):
    told = document(
        "新客户开发申请表",
        [["客户名称", "华南实业", "联系人", "李明"], ["开拓经过", ("原来的\n联系人：王五\n已离职", 3)]],
    )

    (record,) = extract(told, forms)

    assert record.readings["contact"].text == "李明"
    assert record.readings["story"].text == "原来的\n联系人：王五\n已离职"


def test_each_of_several_tables_of_a_form_has_its_rows(document):
    form = Form(
        id="person",
        title="入职登记表",
        register=Register(series="P", number="{year}{serial}"),
        fields=(
            Field(id="name", label="姓名", type=FieldType.PERSON),
            Field(
                id="family",
                label="家庭成员",
                type=FieldType.ROWS,
                fields=(
                    Field(id="relation", label="关系", type=FieldType.TEXT),
                    Field(id="member", label="成员姓名", type=FieldType.PERSON),
                ),
            ),
            Field(
                id="jobs",
                label="工作经历",
                type=FieldType.ROWS,
                fields=(
                    Field(id="period", label="起止年月", type=FieldType.TEXT),
                    Field(id="employer", label="单位名称", type=FieldType.TEXT),
                    Field(id="post", label="职务", type=FieldType.TEXT),
                ),
            ),
        ),
    )
    told = document(
        "入职登记表",
        [
            ["姓名", ("邓文静", 2)],
            [("家庭成员", 3)],
            ["关系", "成员姓名", ""],
            ["父亲", "邓国强", ""],
            ["母亲", "何丽", ""],
        ],
        [[("工作经历", 3)], ["起止年月", "单位名称", "职务"], ["2020.7-2026.2", "甲乙塑料厂", "文员"]],
    )

    (record,) = extract(told, {"person": form})

    assert {
        "family": [{"relation": "父亲", "member": "邓国强"}, {"relation": "母亲", "member": "何丽"}],
        "jobs": [{"period": "2020.7-2026.2", "employer": "甲乙塑料厂", "post": "文员"}],
    } == {
        id: [{name: cell.text for name, cell in row.items()} for row in rows]
        for id, rows in record.rows.items()
    }


def test_a_label_of_another_form_means_another_thing_beside_the_form_s_own(document, forms):
    told = document(
        "新客户开发申请表",
        [["填表日期", "2026-3-9", "申请日期", "2026-3-5"], ["客户名称", "华南实业", "开拓经过", "拜访三次"]],
    )

    (record,) = extract(told, forms)

    assert "2026-3-5" == record.readings["applied_on"].text
    assert "conflict" not in [doubt.code for doubt in record.doubts]
    assert [("填表日期", "2026-3-9")] == [(text.label, text.text) for text in record.unclaimed]


def test_a_label_s_value_beside_a_log_that_its_rows_do_not_hold_is_asked_about(document, forms):
    header = ["发送时间", "发往单位", "主题", "页数"]
    told = document(
        "发函登记表",
        "片区：粤西",
        [header, ["2026-3-5", "甲公司", "通知", "2"], ["2026-3-6", "乙公司", "函", "1"]],
    )

    first, _ = extract(told, forms)

    assert ["area"] == [doubt.field for doubt in first.doubts if doubt.code == "unclaimed"]
