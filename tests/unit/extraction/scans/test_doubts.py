"""Two values that were recognised as one are never certain, nor is anything else of their record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formflow.extraction.labels.index import Forms
from formflow.extraction.scans.doubts import doubted
from formflow.forms.load import load_forms
from formflow.model import Candidate, DoubtReason, Finding, Mark, Reading, Severity, Source

NONE: tuple[DoubtReason, ...] = ()
(BY_HAND, TWO_VALUES, SHARED, ELSEWHERE, BOX_LOST, LOOK_ALIKE) = (
    (DoubtReason(reason),)
    for reason in ("by-hand", "two-values", "shared-signature", "neighbour-misread", "box-lost", "look-alike")
)
KNOWN = Forms(load_forms(Path(__file__).parents[4] / "schemas"))


def _reading(text, ref="R1C1", medium="scan"):
    return Reading(text=text, source=Source(part="page 1", ref=ref, medium=medium), confidence=0.99)


def _doubts(form="complaint", row=None, **readings):
    found = doubted([Candidate(form=form, readings=readings, row=row)], KNOWN)[0]
    return {id: reading.doubts for id, reading in found.readings.items()}


@pytest.mark.parametrize(
    "contact", ["姚志远区域:云贵片区", "姚志远区域", "姚志远          业务", "姚志远 联系电话*：0771"]
)
def test_a_value_with_another_one_in_it_makes_its_record_uncertain(contact):
    doubts = _doubts(contact=_reading(contact), product=_reading("ABS 275", "R2C1"))

    assert (True, ELSEWHERE) == (TWO_VALUES[0] in doubts["contact"], doubts["product"])


@pytest.mark.parametrize("product", ["ABS 275", "线性低密度聚乙烯 DFDA-7042", "产品区域"])
def test_a_value_that_is_one_stays_as_sure_as_it_was(product):
    assert {"product": NONE} == _doubts(product=_reading(product))


def test_one_cell_that_fills_two_fields_is_uncertain():
    both = "华泰能源科技（岳阳）有限公司华销〔2026〕74号"
    doubts = _doubts("fax_out", 3, recipient_org=_reading(both, "R4C2"), document_no=_reading(both, "R4C2"))

    assert {"recipient_org": ELSEWHERE, "document_no": ELSEWHERE} == doubts


def test_two_cells_may_say_the_same():
    doubts = _doubts(contact=_reading("姚志远", "R1C1"), recorder=_reading("姚志远", "R9C1"))

    assert {"contact": NONE, "recorder": NONE} == doubts


def test_what_was_not_recognised_is_not_doubted():
    doubts = _doubts(contact=_reading("姚志远区域:云贵片区", medium=""))

    assert {"contact": NONE} == doubts


def test_a_gap_in_prose_is_no_doubt_of_the_fields_around_it():
    prose = "用量稳定，淡旺季差别不大，      成为骨干客户。\n该客户成立于2009年。"
    doubts = _doubts(contact=_reading("姚志远"), description=_reading(prose, "R8C1"))

    assert {"contact": NONE, "description": TWO_VALUES} == doubts


def test_what_stands_on_the_second_page_of_a_form_written_by_hand_is_written_too():
    first = _reading("姚志远")
    second = Reading(
        text="2026.9.3", source=Source(part="page 2", ref="R1C2", medium="scan"), confidence=0.99
    )
    candidate = Candidate(form="complaint", readings={"contact": first, "closed_on": second})
    [found] = doubted([candidate], KNOWN, {"page 1"})

    assert [BY_HAND, BY_HAND] == [reading.doubts for reading in found.readings.values()]


def test_a_form_on_other_pages_than_those_written_by_hand_is_not_doubted():
    [found] = doubted(
        [Candidate(form="complaint", readings={"contact": _reading("姚志远")})], KNOWN, {"page 2"}
    )

    assert NONE == found.readings["contact"].doubts


@pytest.mark.parametrize(
    ("text", "problem", "doubts"),
    [
        ("☐电话 ☐信函 传真 ☐来访 ☐邮件", "checkbox-unclear", NONE),
        ("☐电话 ☑信函 传真 ☐来访 ☐邮件", "", BOX_LOST),
        ("☐电话 ☑信函 ☐传真 ☐来访 ☐邮件", "", NONE),
    ],
    ids=["none ticked", "another one ticked", "all there"],
)
def test_a_group_that_lost_a_box_is_for_a_person_to_look_at(text, problem, doubts):
    [found] = doubted([Candidate(form="complaint", readings={"channel": _reading(text)})], KNOWN)

    assert (problem, doubts) == (found.readings["channel"].problem, found.readings["channel"].doubts)


@pytest.mark.parametrize(("medium", "expected"), [("scan", LOOK_ALIKE), ("", NONE)])
def test_a_lone_one_may_be_a_dash_on_paper(medium, expected):
    assert {"order_no": expected} == _doubts(order_no=_reading("一", medium=medium))


@pytest.mark.parametrize(
    ("field", "expected"), [("pages", LOOK_ALIKE), ("remarks", NONE), ("sender_ref", NONE)]
)
def test_a_dash_may_be_the_number_one_where_numbers_stand(field, expected):
    assert {field: expected} == _doubts("fax_in", **{field: _reading("—")})


@pytest.mark.parametrize(
    ("text", "medium", "expected"),
    [
        ("金桥胶粘剂 珠海 有限公司", "fax-standard", LOOK_ALIKE),
        ("金桥胶粘剂 珠海 有限公司", "scan", NONE),
        ("金 桥 胶 粘 剂", "fax-fine", NONE),
        ("关于 1 号装置", "fax-fine", NONE),
    ],
)
def test_words_apart_in_a_name_show_where_a_fax_lost_a_bracket(text, medium, expected):
    assert {"customer_name": expected} == _doubts(customer_name=_reading(text, medium=medium))


@pytest.mark.parametrize(("field", "expected"), [("remarks", LOOK_ALIKE), ("pages", NONE)])
def test_a_stroke_alone_is_hardly_a_remark_but_may_be_a_number(field, expected):
    assert {field: expected} == _doubts("fax_in", **{field: _reading("1")})


def test_what_stands_in_the_form_s_own_table_is_doubted_like_the_rest():
    row = {"place": _reading("一"), "time": _reading("9:30")}
    [found] = doubted([Candidate(form="visit_plan", readings={}, rows={"rows": (row,)})], KNOWN)

    [cells] = found.rows["rows"]
    assert {"place": LOOK_ALIKE, "time": NONE} == {id: reading.doubts for id, reading in cells.items()}


@pytest.mark.parametrize(
    ("text", "ref", "expected"),
    [
        ("满意", "line 10", BOX_LOST),
        ("满意", "table 1 R3C2", NONE),
        ("满意√ 不满意", "line 10", BOX_LOST),
        ("☑满意 ☐不满意", "line 10", NONE),
    ],
    ids=["outside a cell", "in a cell", "a tick without boxes", "boxes"],
)
def test_an_option_by_itself_outside_a_cell_may_have_lost_the_tick_at_another(text, ref, expected):
    assert {"satisfied": expected} == _doubts(satisfied=_reading(text, ref))


@pytest.mark.parametrize(
    ("form", "field", "text", "medium", "expected"),
    [
        ("fax_in", "sender_ref", "元", "scan", LOOK_ALIKE),
        ("fax_in", "sender_ref", "V/A", "fax-fine", LOOK_ALIKE),
        ("fax_in", "sender_ref", "N/A", "fax-fine", NONE),
        ("fax_in", "area", "司前", "fax-standard", LOOK_ALIKE),
        ("fax_in", "area", "同前", "fax-standard", NONE),
        ("fax_in", "area", "11", "photo", LOOK_ALIKE),
        ("fax_in", "remarks", "转财务部－份", "fax-fine", LOOK_ALIKE),
        ("fax_in", "remarks", "A-B 两份", "fax-fine", NONE),
        ("fax_in", "signed_by", "黄卫东1", "scan", LOOK_ALIKE),
        ("fax_in", "recipient", "黄卫东1", "scan", LOOK_ALIKE),
        ("fax_in", "location", "档案柜A-3", "scan", NONE),
        ("complaint", "batch_no", "260607 2", "fax-fine", LOOK_ALIKE),
        ("complaint", "batch_no", "260607 2", "scan", NONE),
        ("complaint", "complaint_no", "TS20260921*", "fax-fine", LOOK_ALIKE),
        ("complaint", "product", "ABS 275", "fax-fine", NONE),
        ("complaint", "order_no", "CW 2026-074", "fax-fine", LOOK_ALIKE),
        ("complaint", "order_no", "CW 2026-074", "scan", NONE),
        ("complaint", "claim_amount", "7.800", "fax-fine", LOOK_ALIKE),
        ("complaint", "claim_amount", "7.80", "fax-fine", NONE),
        ("complaint", "claim_amount", "1,234.56", "scan", NONE),
        ("complaint", "phone", "02846655272", "fax-standard", LOOK_ALIKE),
        ("complaint", "phone", "028 46655272", "fax-standard", LOOK_ALIKE),
        ("complaint", "phone", "028-46655272", "fax-standard", NONE),
        ("complaint", "phone", "13812345678", "fax-standard", NONE),
        ("complaint", "phone", "02846655272", "scan", NONE),
    ],
)
def test_a_text_that_a_likelier_one_becomes_on_paper_waits(form, field, text, medium, expected):
    doubts = _doubts(form, **{field: _reading(text, medium=medium)})

    assert {field: expected} == doubts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("签章：潘晓东\n日期：2025-04-04      日期： 年 月 日", SHARED),
        ("签章：潘晓东\n日期：2025-04-04", NONE),
    ],
)
def test_two_days_beside_one_signature_leave_none_of_them_certain(text, expected):
    other = _reading("签章：司马晨曦", "line 26")
    doubts = _doubts("new_customer", sales_manager=other, market_branch=_reading(text, "line 27"))

    assert expected == doubts["sales_manager"]


def test_the_same_name_twice_in_a_cell_of_several_pairs_is_no_sign():
    cell = "table 1 R1C1"
    pairs = {"customer_name": "甲公司", "billing_name": "甲公司", "contact": "李明"}
    doubts = _doubts("new_customer", **{id: _reading(text, cell) for id, text in pairs.items()})

    assert {NONE} == set(doubts.values())


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("2026    年     5 月     31 日", NONE, NONE),
        ("2026    12   2", TWO_VALUES, ELSEWHERE),
        ("2026年5月31日        结案人", TWO_VALUES, ELSEWHERE),
    ],
    ids=["filled in", "numbers alone", "with a label"],
)
def test_the_gaps_of_a_day_that_was_filled_in_are_none(text, own, other):
    doubts = _doubts(closed_on=_reading(text), product=_reading("ABS 275", "R2C1"))

    assert {"closed_on": own, "product": other} == doubts


@pytest.mark.parametrize(
    ("text", "other"),
    [("申请补贴      每吨30元。", NONE), ("仓库密封不严。责任部门：      储运部。", ELSEWHERE)],
    ids=["a gap", "a label too"],
)
def test_a_gap_in_a_sentence_is_no_doubt_of_the_fields_around_it(text, other):
    doubts = _doubts(cause=_reading(text), product=_reading("ABS 275", "R2C1"))

    assert {"cause": TWO_VALUES, "product": other} == doubts


@pytest.mark.parametrize(
    ("name", "expected"), [("卢   艳", NONE), ("卢       艳", TWO_VALUES), ("卢艳   王五", TWO_VALUES)]
)
def test_a_name_of_two_characters_may_be_set_as_wide_as_one_of_three(name, expected):
    assert {"contact": expected} == _doubts(contact=_reading(name))


@pytest.mark.parametrize(("fields", "doubts"), [(["area"], NONE), (["area", "product"], ELSEWHERE)])
def test_several_fields_that_stand_twice_and_differ_show_two_forms_in_one_record(fields, doubts):
    twice = [Finding(code="conflict", severity=Severity.RETURN, message="", field=id) for id in fields]
    candidate = Candidate(form="complaint", readings={"contact": _reading("姚志远")}, doubts=tuple(twice))

    assert doubts == doubted([candidate], KNOWN)[0].readings["contact"].doubts


@pytest.mark.parametrize(("ref", "expected"), [("line 9", SHARED), ("line 10", NONE)])
def test_a_pen_s_stroke_on_a_line_with_two_signatures_is_nobody_s_for_certain(ref, expected):
    first = replace(_reading("", "line 9"), mark=Mark.INK)
    second = replace(_reading("", ref), mark=Mark.INK)

    assert {"leader": expected, "sales_manager": expected} == _doubts(
        "new_customer", leader=first, sales_manager=second
    )
