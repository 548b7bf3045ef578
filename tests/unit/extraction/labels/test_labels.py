"""Labels are folded exactly and never guessed."""

from __future__ import annotations

import time

import pytest

from formflow.extraction.labels.labels import LabelIndex, fold_label, is_note
from formflow.forms.spec import Field, FieldType

FIELDS = (
    Field(id="customer_name", label="客户名称", also=("单位名称",), type=FieldType.ORGANISATION),
    Field(id="contact", label="联系人", also=("客户联系人",), type=FieldType.PERSON),
    Field(id="first_trade_on", label="首次交易日期", type=FieldType.DATE),
    Field(id="hse_report_no", label="HSE报告编号", type=FieldType.TEXT),
    Field(id="complaint_no", label="编号", type=FieldType.TEXT),
    Field(id="leader", label="批示", also=("领导批示",), type=FieldType.SIGNATURE),
    Field(id="monthly_amount", label="预计月消费额", type=FieldType.MONEY),
)


@pytest.fixture(scope="module")
def index() -> LabelIndex:
    return LabelIndex.of(FIELDS)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("客户名称", "customer_name"),
        ("客　户　名　称：", "customer_name"),
        ("客 户\n名 称", "customer_name"),
        ("*客户名称（必填）:", "customer_name"),
        ("1、客户名称", "customer_name"),
        ("（一）客户名称", "customer_name"),
        ("①客户名称", "customer_name"),
        ("客户名称 Customer Name", "customer_name"),
        ("客户名称/Customer Name：", "customer_name"),
        ("Customer name 客户名称", "customer_name"),
        ("编号 No.", "complaint_no"),
        ("编号No.", "complaint_no"),
        ("编号№", "complaint_no"),
        ("客户名称*：", "customer_name"),
        ("预计月消费额 Amount（万元）", "monthly_amount"),
        ("预计月消费额(元/月)", "monthly_amount"),
        ("ＨＳＥ报告编号", "hse_report_no"),
        ("领导批示（签字）", "leader"),
        ("领导批示签字", "leader"),
        ("批示意见：", "leader"),
    ],
)
def test_a_label_is_known_however_it_is_printed(index, printed, expected):
    found = index.find(printed)

    assert expected == (found and found.id)


@pytest.mark.parametrize(
    "printed",
    [
        "HSE编号",
        "QQ 联系人",
        "回访联系人",
        "我方联系人",
        "客户名",
        "客户名称及地址",
        "报告编号",
        "客户名称签字",
        "",
        "，",
        "客户名称" * 20,
    ],
)
def test_a_label_that_is_merely_alike_is_not_known(index, printed):
    assert index.find(printed) is None


def test_a_caption_composes_with_the_label_below_it(index):
    assert index.composed("首次交易信息", "日期").id == "first_trade_on"
    assert index.composed("备注", "日期") is None


@pytest.mark.parametrize("line", ["____", "　", "……"])
def test_a_line_to_write_on_is_no_label_under_a_caption(index, line):
    assert index.composed("联系人信息", line) is None


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("我方联系人", True),
        ("回访联系人", True),
        ("联系人", False),
        ("客户联系人", False),
        ("客户信息", False),
    ],
)
def test_a_caption_that_modifies_a_known_label_is_foreign(index, caption, expected):
    assert index.is_foreign(caption) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("注：1、此表由开发营销员填写。", True), ("填写说明", True), ("备注：急件", False), ("注册资本", False)],
)
def test_a_note_is_told_from_a_field(text, expected):
    assert is_note(text) is expected


def test_folding_keeps_what_stands_only_in_brackets():
    assert fold_label("（日期）") == "(日期)"


@pytest.mark.parametrize("filler", [" ", "\u3000", "\t", "\n", "_", ".", "·", ":", "*", "（", "联 "])
@pytest.mark.parametrize(
    "text", ["联系人：{}", "联系人{}", "{}联系人：李明", "*{}", "编号：{}联系人：李明", "联系人 No{}x"]
)
def test_a_long_run_of_one_character_costs_no_more_than_its_length(index, text, filler):
    """A hundred thousand blanks took years when each run was shared out among three places of the pattern."""
    text = text.replace("{}", filler * 100_000)
    began = time.process_time()

    list(index.pattern.finditer(text))

    assert time.process_time() - began < 5
