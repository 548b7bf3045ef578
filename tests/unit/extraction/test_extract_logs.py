"""Tables whose rows are records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.extraction.extract import extract
from formflow.model import DoubtReason, Severity, Source, Table

HEADER = ["序号", "日期", "发往单位", "主题", "页数", "片区", "备注"]
ROW = ["1", "2026-03-05", "甲公司", "通知", "2", "华南", ""]


def _scanned(part):
    """A part as it is read from paper."""

    def on_paper(item):
        return replace(item, source=replace(item.source, medium="scan"))

    return replace(
        part,
        blocks=tuple(
            replace(block, cells=tuple(map(on_paper, block.cells)))
            if isinstance(block, Table)
            else on_paper(block)
            for block in part.blocks
        ),
    )


def rows(document, forms) -> list[dict[str, str]]:
    return [{id: r.text for id, r in c.readings.items()} for c in extract(document, forms)]


def test_each_row_is_a_record_and_repeats_the_header(document, forms):
    made = document(
        "发函登记表",
        "部门：销售一部   管理员：欧阳淑芬",
        [HEADER, ROW, ["2", "2026-03-06", "乙公司", "函", "1", "", ""]],
    )

    assert rows(made, forms) == [
        {
            "department": "销售一部",
            "clerk": "欧阳淑芬",
            "sent_at": "2026-03-05",
            "recipient_org": "甲公司",
            "subject": "通知",
            "pages": "2",
            "area": "华南",
        },
        {
            "department": "销售一部",
            "clerk": "欧阳淑芬",
            "sent_at": "2026-03-06",
            "recipient_org": "乙公司",
            "subject": "函",
            "pages": "1",
        },
    ]


def test_a_year_in_the_title_belongs_to_every_date(document, forms):
    made = document("2026年度发函登记表", [HEADER, ["1", "3月5日", "甲公司", "通知", "2", "华南", ""]])

    (candidate,) = extract(made, forms)

    assert candidate.year == 2026
    assert candidate.readings["year"].text == "2026"


def test_a_header_of_two_levels_composes_its_labels(document, forms):
    made = document(
        "发函登记表",
        [
            [("序号", 1, 2), ("发 送", 2), ("函 件", 2), ("备注", 1, 2)],
            ["日 期", "片 区", "主 题", "页 数"],
            ["1", "2026-03-05", "华南", "通知", "2", "急件"],
        ],
    )

    assert rows(made, forms) == [
        {"sent_at": "2026-03-05", "area": "华南", "subject": "通知", "pages": "2", "remarks": "急件"}
    ]


def test_ditto_marks_and_merged_cells_stand_for_the_value_above(document, forms):
    made = document(
        "发函登记表",
        [
            HEADER,
            ["1", ("2026-03-05", 1, 2), "甲公司", "通知", "2", "华南", ""],
            ["2", "乙公司", "同上", "1", "〃", ""],
            ["3", "2026-03-07", "丙公司", "〃", "1", "同上", ""],
        ],
    )

    got = rows(made, forms)

    assert [r["sent_at"] for r in got] == ["2026-03-05", "2026-03-05", "2026-03-07"]
    assert [r["subject"] for r in got] == ["通知", "通知", "通知"]
    assert [r["area"] for r in got] == ["华南", "华南", "华南"]


def test_a_ditto_mark_with_nothing_above_is_a_doubt(document, forms):
    made = document("发函登记表", [HEADER, ["1", "2026-03-05", "甲公司", "通知", "2", "同上", ""]])

    assert extract(made, forms)[0].readings["area"].problem == "ditto-without-value"


@pytest.mark.parametrize(
    "extra",
    [
        ["", "", "", "", "", "", ""],
        ["3", "", "", "", "", "", ""],
        ["合计", "", "", "", "3", "", ""],
        ["", "小 计", "", "", "3", "", ""],
        [("3月份", 7)],
        ["", "3月份", "", "", "", "", ""],
        [("注：本表由文件管理员填写，主题：写明事由。", 7)],
        [("以下空白", 7)],
        HEADER,
    ],
)
def test_rows_that_are_no_records_are_passed_over(document, forms, extra):
    made = document("发函登记表", [HEADER, ROW, extra, ["2", *ROW[1:]]])

    assert len(rows(made, forms)) == 2


def test_an_incomplete_row_is_still_a_record(document, forms):
    made = document("发函登记表", [HEADER, ROW, ["2", "2026-03-05", "", "通知", "", "", ""]])

    assert rows(made, forms)[1] == {"sent_at": "2026-03-05", "subject": "通知"}


def test_a_log_that_runs_on_in_a_table_without_a_header_keeps_its_columns(document, forms):
    made = document("发函登记表", [HEADER, ROW], [["2", *ROW[1:]]], "登记人：李明")

    got = rows(made, forms)

    assert len(got) == 2
    assert {r["clerk"] for r in got} == {"李明"}


@pytest.mark.parametrize(("medium", "expected"), [("scan", (DoubtReason.SPLIT_ROW,)), ("", ())])
def test_rows_on_both_sides_of_a_break_between_recognised_tables_may_be_one_row(
    document, forms, medium, expected
):
    made = document("发函登记表", [HEADER, ROW, ["2", *ROW[1:]]], [["3", *ROW[1:]], ["4", *ROW[1:]]])
    source = Source(part="page 1", ref="R1C1", medium=medium)
    tables = [
        replace(block, cells=tuple(replace(cell, source=source) for cell in block.cells))
        for block in made.parts[0].blocks[1:]
    ]
    part = replace(made.parts[0], blocks=(made.parts[0].blocks[0], *tables))

    got = [one.readings["subject"].doubts for one in extract(replace(made, parts=(part,)), forms)]

    assert [(), expected, expected, ()] == got


def test_a_line_with_labels_at_the_foot_of_the_table_is_no_row(document, forms):
    made = document("发函登记表", [HEADER, ROW, [("登记人：李明", 7)]])

    assert [r["clerk"] for r in rows(made, forms)] == ["李明"]


def test_unknown_columns_are_left_alone(document, forms):
    made = document(
        "发函登记表", [["序号", "发往单位", "归档盒号", "主题", "页数"], ["1", "甲公司", "盒3", "通知", "2"]]
    )

    assert rows(made, forms) == [{"recipient_org": "甲公司", "subject": "通知", "pages": "2"}]


def test_a_log_form_may_also_be_a_single_filled_form(document, forms):
    made = document(
        "发函登记表",
        [["发往单位", ("甲公司", 3)], ["主题", "通知", "页数", "2"], ["片区", "华南", "备注", ""]],
    )

    (candidate,) = extract(made, forms)

    assert candidate.row is None
    assert candidate.readings["subject"].text == "通知"


def test_a_form_with_a_table_of_its_own_keeps_its_rows(document, forms):
    made = document(
        "业务去向表",
        "日期：2026-02-22      业务员：周建国",
        [
            ["序号", "访问客户", "地点", "时间", "目的"],
            ["1", "甲公司", "港口", "9:30", "签约"],
            ["2", "乙公司", "工地", "11:00", "催款"],
        ],
    )

    (candidate,) = extract(made, forms)

    assert candidate.readings["salesperson"].text == "周建国"
    assert [row["customer"].text for row in candidate.rows["rows"]] == ["甲公司", "乙公司"]


def test_a_table_whose_entries_are_columns_is_read_upright(document, forms):
    made = document(
        "业务去向表",
        [
            [("日期：2026-02-22   业务员：周建国", 3)],
            ["项目", "第一家", "第二家"],
            ["访问客户", "甲公司", "乙公司"],
            ["地点", "港口", "工地"],
            ["时间", "9:30", "11:00"],
            ["目的", "签约", "催款"],
        ],
    )

    (candidate,) = extract(made, forms)

    assert candidate.readings["salesperson"].text == "周建国"
    assert [row["place"].text for row in candidate.rows["rows"]] == ["港口", "工地"]


def test_a_line_of_labels_and_values_above_the_header_is_no_part_of_it(document, forms):
    made = document("发函登记表", [["部门", ("销售一部", 2), "登记人", ("李明", 3)], HEADER, ROW])

    (row,) = rows(made, forms)

    assert (row["department"], row["clerk"], row["subject"]) == ("销售一部", "李明", "通知")


def test_a_row_of_the_form_below_the_list_is_no_entry(document, forms):
    made = document(
        "业务去向表",
        [["访问客户", "地点", "时间", "目的"], ["甲公司", "港口", "9:30", "签约"], ["业务员", ("周建国", 3)]],
        "日期：2026-02-22",
    )

    (candidate,) = extract(made, forms)

    assert candidate.readings["salesperson"].text == "周建国"
    assert len(candidate.rows["rows"]) == 1


def test_a_list_set_as_cards_is_read_card_by_card(document, forms):
    made = document(
        "业务去向表",
        [
            ["日期", "2026-02-22", "业务员", "周建国"],
            [("第1家", 4)],
            ["访问客户", "甲公司", "地点", "港口"],
            ["时间", "9:30", "目的", "签约"],
            [("第2家", 4)],
            ["访问客户", "乙公司", "地点", "工地"],
            ["时间", "11:00", "目的", "催款"],
        ],
    )

    (candidate,) = extract(made, forms)

    assert candidate.readings["salesperson"].text == "周建国"
    assert [(row["customer"].text, row["purpose"].text) for row in candidate.rows["rows"]] == [
        ("甲公司", "签约"),
        ("乙公司", "催款"),
    ]


def test_a_card_without_its_first_label_takes_none_of_the_next_one(document, forms):
    made = document(
        "业务去向表",
        [
            ["访问客户", "甲公司", "地点", "港口"],
            ["时间", "9:30", "目的", "签约"],
            ["访冋容尸", "乙公司", "地点", "工地"],
            ["时间", "11:00", "目的", "催款"],
            ["访问客户", "丙公司", "地点", "车站"],
            ["时间", "14:00", "目的", "送样"],
        ],
    )

    (candidate,) = extract(made, forms)

    told = [{id: r.text for id, r in row.items()} for row in candidate.rows["rows"]]
    assert [("甲公司", "港口"), (None, "工地"), ("丙公司", "车站")] == [
        (row.get("customer"), row["place"]) for row in told
    ]


def test_cards_of_which_paper_lost_a_label_are_all_doubted(document, forms):
    made = document(
        "业务去向表",
        [["访问客户", "甲公司", "地点", "港口"], ["访冋容尸", "乙公司", "地点", "工地"]],
        [["访问客户", "丙公司", "地点", "车站"]],
    )
    paper = replace(made, parts=tuple(map(_scanned, made.parts)))

    (candidate,) = extract(paper, forms)

    assert {(DoubtReason.LABEL_LOST,)} == {r.doubts for row in candidate.rows["rows"] for r in row.values()}


def test_captions_above_a_repeated_header_are_no_record(document, forms):
    captions = ["序号", "发 送", "", "函 件", "", "", ""]
    header = ["", "日期", "发往单位", "主题", "页数", "片区", "备注"]
    made = document("发函登记表", [captions, header, ROW, captions, header, ["2", *ROW[1:]]])

    assert len(rows(made, forms)) == 2


def test_the_upper_row_of_a_header_that_a_page_break_cut_is_no_record(document, forms):
    captions = ["序号", ("发送", 2), ("函件", 2), "片区", "备注"]
    header = ["", "日期", "发往单位", "主题", "页数", "", ""]
    cut = ["", ("发送", 2), ("函件", 2), "", ""]
    made = document("发函登记表", [captions, header, ROW, cut, HEADER, ["2", *ROW[1:]]])

    assert ["甲公司", "甲公司"] == [row["recipient_org"] for row in rows(made, forms)]


def test_captions_of_which_paper_changed_a_word_are_no_record_on_the_next_page(document, forms):
    captions = ["序号", ("发送", 2), ("函件", 2), ("去向", 2)]
    header = ["", "日期", "发往单位", "主题", "页数", "片区", "备注"]
    misread = ["序号", ("发达", 2), ("函件", 2), ("去向", 2)]
    below = ["2", *ROW[1:5], "同上", ""]
    made = document("发函登记表", [captions, header, ROW, misread, header, below])

    paper = replace(made, parts=tuple(map(_scanned, made.parts)))

    assert ["华南", "华南"] == [row["area"] for row in rows(paper, forms)]


def test_a_column_that_a_repeated_header_no_longer_names_is_kept(document, forms):
    again = [*HEADER[:5], "片 区 备注", ""]
    made = document("发函登记表", [HEADER, ROW, again, ["2", *ROW[1:5], "西南", "加急"]])

    assert ("西南", "加急") == tuple(rows(made, forms)[1][id] for id in ("area", "remarks"))


def test_a_column_with_another_heading_in_its_place_is_not_the_one_before(document, forms):
    again = [*HEADER[:6], "附件"]
    made = document("发函登记表", [HEADER, ROW, again, ["2", *ROW[1:6], "三张"]])

    assert "remarks" not in rows(made, forms)[1]


def test_another_header_names_its_own_columns_only(document, forms):
    other = ["序号", "发往单位", "日期", "页数", "主题", "", ""]
    made = document(
        "发函登记表", [HEADER, ROW, other, ["2", "乙公司", "2026-03-06", "3", "函", "西南", "加急"]]
    )

    assert {"area", "remarks"}.isdisjoint(rows(made, forms)[1])


def test_a_number_in_powers_of_ten_has_lost_its_digits_and_is_no_value(document, forms):
    made = document(
        "发函登记表", [HEADER, ["1", "2026-03-05", "甲公司", "9.14403E+17", "2", "华南", "1E+5型"]]
    )

    (candidate,) = extract(made, forms)

    assert candidate.readings["subject"].problem == "precision-lost"
    assert candidate.readings["remarks"].problem == ""


def test_rows_that_a_filter_hides_are_noted_once(document, forms):
    made = document(表1=["发函登记表", [HEADER, ROW, ["2", *ROW[1:]]]])
    (part,) = made.parts
    blocks = tuple(
        replace(block, cells=tuple(replace(c, source=replace(c.source, part="表1")) for c in block.cells))
        if isinstance(block, Table)
        else block
        for block in part.blocks
    )

    first, second = extract(replace(made, parts=(replace(part, blocks=blocks, filtered=12),)), forms)

    assert [(doubt.code, doubt.severity) for doubt in first.doubts] == [("filtered-rows", Severity.NOTE)]
    assert second.doubts == ()


def test_a_sum_without_a_caption_is_no_record(document, forms):
    made = document("发函登记表", [HEADER, ROW, ["", "", "", "", "2", "", ""]])

    assert len(rows(made, forms)) == 1
