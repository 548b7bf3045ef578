"""A label with one character read wrong is mended only where nothing else can be meant, and never silently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formflow.extraction.extract import extract
from formflow.extraction.labels.index import Forms
from formflow.extraction.scans.label_repair import mend_labels
from formflow.forms.load import load_forms
from formflow.model import Cell, Document, DoubtReason, Line, Part, Source, Table

_REPAIRED = (DoubtReason.LABEL_REPAIRED,)
_KNOWN = Forms(load_forms(Path("schemas")))


def _document(rows, *, medium="fax-standard", sure=0.8, title="发函登记表"):
    place = Source(part="page 1", ref="x", box=(0, 0, 1, 1), medium=medium)
    cells = tuple(
        Cell(row=r, column=c, text=text, source=place, confidence=sure if c == 0 else 0.99)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    table = Table(rows=len(rows), columns=2, cells=cells, source=place)
    blocks = (Line(text=title, source=place, confidence=0.99), table)
    return Document(
        digest="0",
        media_type="image/tiff",
        name="a.tif",
        reader="scan/1",
        parts=(Part(name="page 1", kind="page", blocks=blocks),),
    )


def _labels(document):
    return [cell.text for cell in document.parts[0].blocks[1].cells if cell.column == 0]


def test_a_misread_label_of_a_missing_field_is_mended():
    mended = mend_labels(_document([["收函单仕", "华南实业"], ["页数", "3"]]), _KNOWN)

    assert "收函单位" == _labels(mended)[0]


def test_a_mended_text_is_never_certain_itself_for_it_may_be_a_value():
    cells = mend_labels(_document([["收函单仕", "华南实业"]], sure=0.96), _KNOWN).parts[0].blocks[1].cells

    assert ("收函单位", _REPAIRED) == (cells[0].text, cells[0].doubts)


def test_the_value_beside_a_mended_label_is_never_certain():
    [candidate] = extract(_document([["收函单仕", "华南实业有限公司"], ["页数", "3"]]), _KNOWN)

    assert _REPAIRED == candidate.readings["recipient_org"].doubts


@pytest.mark.parametrize("medium", [""])
def test_a_digital_document_is_left_as_it_is(medium):
    document = _document([["收函单仕", "华南实业"]], medium=medium)

    assert document is mend_labels(document, _KNOWN)


def test_a_label_that_was_read_surely_is_left_as_it_is():
    assert ["收函单仕"] == _labels(mend_labels(_document([["收函单仕", "华南"]], sure=0.99), _KNOWN))


@pytest.mark.parametrize(
    ("read", "expected"),
    [("函 单 位Cu tomer:", "受函单位："), ("收函单仕Cu", "收函单仕Cu"), ("单位", "单位"), ("页", "页")],
    ids=["one lost", "one wrong", "two lost", "too short"],
)
def test_a_label_that_was_read_surely_can_only_have_lost_a_character(read, expected):
    document = mend_labels(_document([[read, "华南实业"]], sure=0.99), _KNOWN)

    assert [expected] == _labels(document)


def test_a_label_is_left_where_its_field_is_named_elsewhere():
    rows = [["收函单仕", "甲公司"], ["收函单位", "乙公司"]]

    assert "收函单仕" == _labels(mend_labels(_document(rows), _KNOWN))[0]


def _table(rows, sure=0.8):
    place = Source(part="page 1", ref="x", box=(0, 0, 1, 1), medium="scan")
    cells = tuple(
        Cell(row=r, column=c, text=text, source=place, confidence=sure)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(rows=len(rows), columns=max(map(len, rows)), cells=cells, source=place)


def _line(text, sure=0.8):
    return Line(text=text, source=Source(part="page 1", ref="l", medium="scan"), confidence=sure)


def _mended(*blocks):
    document = replace(_document([["", ""]]), parts=(Part(name="page 1", kind="page", blocks=tuple(blocks)),))
    return mend_labels(document, _KNOWN).parts[0].blocks


def _column(table, column=0):
    return [cell.text for cell in table.cells if cell.column == column]


_TITLE = _line("发函登记表", 0.99)


def test_what_one_copy_of_a_form_names_well_another_may_have_lost():
    first, second = (
        _table([["收函单位", "甲公司"], ["页数", "3"]]),
        _table([["收函单仕", "乙公司"], ["页数", "4"]]),
    )

    *_, last = _mended(_TITLE, first, _TITLE, second)

    assert ["收函单位", "页数"] == _column(last)


def test_each_copy_is_mended_by_the_labels_of_its_own_form():
    fax = _table([["收函单仕", "甲公司"], ["页数", "3"]])
    complaint = _table([["客户名祢", "乙公司"], ["产品", "ABS"]])

    _, one, _, other = _mended(_TITLE, fax, _line("客户投诉记录", 0.99), complaint)

    assert (["收函单位", "页数"], ["客户名称", "产品"]) == (_column(one), _column(other))


def test_parts_are_mended_as_one_document_and_stay_parts():
    pages = tuple(
        Part(name=f"page {number}", kind="page", blocks=blocks)
        for number, blocks in enumerate(
            [(_TITLE, _table([["页数", "3"]])), (_table([["收函单仕", "甲公司"]]),)], start=1
        )
    )

    made = mend_labels(replace(_document([["", ""]]), parts=pages), _KNOWN)

    assert [("page 1", 2), ("page 2", 1)] == [(part.name, len(part.blocks)) for part in made.parts]
    assert ["收函单位"] == _column(made.parts[1].blocks[0])


_CARDS = [["收函单位", "甲公司"], ["页数", "1"], ["收函单位", "乙公司"], ["页数", "2"]]


def test_a_label_that_stands_in_its_column_again_and_again_is_meant_once_more():
    _, cards = _mended(_TITLE, _table([*_CARDS, ["收函单仕", "丙公司"], ["页数", "3"]]))

    assert ["收函单位", "页数"] * 3 == _column(cards)
    assert [()] * 4 + [_REPAIRED, ()] == [cell.doubts for cell in cards.cells if cell.column == 1]


def test_a_label_that_stands_in_another_column_or_once_only_is_not_meant():
    _, aside = _mended(_TITLE, _table([*_CARDS, ["页数", "收函单仕"]]))
    _, once = _mended(_TITLE, _table([*_CARDS[:2], ["收函单仕", "丙公司"]]))

    assert ("收函单仕", "收函单仕") == (_column(aside, 1)[-1], _column(once)[-1])


_HEADER = ["收函单位", "文号", "页数", "经办人"]


def test_below_a_header_stand_values_however_much_one_looks_like_a_label():
    _, table = _mended(_TITLE, _table([_HEADER, ["甲公司", "1", "2", "李明"], ["备汪", "2", "3", "王军"]]))

    assert "备汪" == _column(table)[2]


def test_a_header_may_stand_in_two_rows():
    rows = [
        [*_HEADER, "其他"],
        ["", "", "", "", "备汪"],
        ["备汪", "", "", "", "备汪"],
        ["甲公司", "1", "2", "李明", ""],
    ]

    _, table = _mended(_TITLE, _table(rows))

    assert ["其他", "备注", "备汪", ""] == _column(table, 4)


def test_a_header_lacks_only_what_none_of_its_own_cells_names():
    rows = [[*_HEADER, "备汪"], ["甲公司", "1", "2", "李明", ""], ["乙公司", "2", "3", "王军", ""]]

    _, _, table = _mended(_TITLE, _table([["备注", "无"]]), _table(rows))

    assert ["备注", "", ""] == _column(table, 4)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("收函单位水", "收函单位"),
        ("米收函单位", "收函单位"),
        ("大页数", "页数"),
        ("一收函单位", "收函单位"),
        ("本页数", "页数"),
        ("页数中", "页数"),
        ("大页数Pag es", "页数"),
        ("页数Page1s", "页数"),
        ("页数Prduct:", "页数:"),
        ("①②收函单位", "收函单位"),
        ("1④收函单位To：", "收函单位："),
        ("16 页数", "页数"),
        ("收函单位", "收函单位"),
    ],
)
def test_what_stands_around_a_label_goes_however_it_was_read_and_costs_no_confidence(read, expected):
    _, table = _mended(_TITLE, _table([[read, "甲公司"]]))

    assert ([expected], 0.8) == (_column(table), table.cells[1].confidence)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("贞数（份）", "页数"),
        ("贞数（一）", "贞数（一）"),
        ("收凾单仕", "收凾单仕"),
        ("贞数12", "贞数12"),
        ("贞", "贞"),
        ("收函单仕：", "收函单位："),
    ],
    ids=["a unit", "a place", "two wrong of four", "digits", "one character", "its colon"],
)
def test_a_label_is_mended_where_one_character_in_four_is_wrong_and_nothing_else_speaks_against_it(
    read, expected
):
    _, table = _mended(_TITLE, _table([[read, "甲公司"]]))

    assert [expected] == _column(table)


@pytest.mark.parametrize("read", ["①⑥信用额度（万元）", "信用额渡（万元）", "信用额度（万元）米"])
def test_a_label_keeps_the_unit_that_makes_its_amount_ten_thousand_times_as_large(read):
    _, table = _mended(_line("新客户开发申请表", 0.99), _table([[read, "41.95"]]))

    assert ["信用额度（万元）"] == _column(table)


def test_a_row_of_labels_is_no_header_of_a_list_in_a_form_that_has_none():
    rows = [
        ["编号", "填表日期", "业务员", "片区"],
        ["1", "3月5日", "李明", "华东"],
        ["①⑧客户地址", "甲路1号", "", ""],
    ]

    _, table = _mended(_line("新客户开发申请表", 0.99), _table(rows))

    assert "客户地址" == _column(table)[-1]


def test_a_label_that_is_as_near_to_two_fields_is_left():
    _, table = _mended(_line("收传真登记簿", 0.99), _table([["登记口期", "3月5日"], ["登文日期", "3月6日"]]))

    assert ["登记日期", "登文日期"] == _column(table)


def test_a_label_before_its_colon_in_a_line_is_mended_and_its_value_doubted():
    _, line, sure = _mended(_TITLE, _line("收函单仕：华南实业", 0.9), _line("贞数：3", 0.98))

    assert ("收函单位：华南实业", _REPAIRED) == (line.text, line.doubts)
    assert ("贞数：3", ()) == (sure.text, sure.doubts)


def test_a_form_without_a_title_is_known_by_most_of_its_labels():
    named = [["投诉编号", "1"], ["投诉方式", "来信"], ["投诉类别", "质量"], ["客户要求", "换货"]]

    [few] = _mended(_table([*named[:3], ["索培金额", "3000"]]))
    [enough] = _mended(_table([*named, ["索培金额", "3000"]]))

    assert ("索培金额", "索赔金额") == (_column(few)[-1], _column(enough)[-1])


@pytest.mark.parametrize(
    ("label", "below"),
    [("收函单仕", ()), ("备汪", _REPAIRED)],
    ids=["one of four", "one of two"],
)
def test_what_stands_below_a_heading_with_one_character_wrong_is_as_sure_as_it_was(label, below):
    header = ["文号", "页数", "经办人", "内容摘要", label]
    rows = [header, ["1", "2", "李明", "通知", "甲公司"], ["2", "3", "王军", "函", "乙公司"]]

    _, table = _mended(_TITLE, _table(rows))

    assert below == table.cells[-1].doubts


@pytest.mark.parametrize(
    "text", ["联系人：邹娜    联系电话Te1：025-88368682", "联系人：邹娜    电话 TeI.:025-88368682"]
)
def test_the_english_of_a_telephone_is_read_with_an_l_however_sure_the_line_is(text):
    made = _document([["投诉日期", "2026-03-05"], ["客户名称", "甲公司"]], title="客户投诉记录")
    (part,) = made.parts
    line = replace(part.blocks[0], text=text, confidence=0.99)
    made = replace(made, parts=(replace(part, blocks=(part.blocks[0], line, *part.blocks[1:])),))

    [candidate] = extract(made, _KNOWN)

    told = {
        id: (candidate.readings[id].text, candidate.readings[id].confidence) for id in ("contact", "phone")
    }
    assert {"contact": ("邹娜", 0.99), "phone": ("025-88368682", 0.99)} == told


def test_what_only_looks_like_it_in_a_value_stays():
    text = "产品：Te1 合金"
    made = _document([["客户名称", "甲公司"]], title=text)

    assert text == mend_labels(made, _KNOWN).parts[0].blocks[0].text


@pytest.mark.parametrize(
    "text", ["经办人Hand1ed by", "经办人Hand 1ed by", "经办人 Handled by", "经办人Handled b y"]
)
def test_a_translation_behind_a_label_is_passed_over_however_it_was_read(text):
    rows = [["收函单位", "华南实业有限公司"], ["页数", "3"], [text, "萧德胜"]]

    [candidate] = extract(_document(rows, medium="scan", sure=0.99), _KNOWN)

    assert "萧德胜" == candidate.readings["handler"].text
