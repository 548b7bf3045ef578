"""Blanks, declared none, ditto marks and ticked options."""

from __future__ import annotations

import pytest

from formflow.values.choices import holds_a_mark, lacks_a_box, read_choice, read_choices
from formflow.values.doubt import Doubt
from formflow.values.empty import is_ditto, is_empty, is_none

CATEGORY = {
    "quality": ("质量",),
    "delivery": ("交货",),
    "service": ("服务",),
    "damage": ("货损货差",),
    "other": ("其他",),
}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "____",
        "请填写",
        "（必填）",
        "XXX公司",
        "某某公司",
        "点击此处输入文字",
        "年 月 日",
        "（签字）",
        "签字：      日期：",
    ],
)
def test_nothing_there_is_blank(text):
    assert is_empty(text)


@pytest.mark.parametrize("text", ["0", "无", "请填写回执后寄回", "李明", "/", "同上", "XX"[:1] + "小区"])
def test_what_somebody_wrote_is_not_blank(text):
    assert not is_empty(text)


@pytest.mark.parametrize("text", ["无", "/", "—", "N/A", "暂无", "--", "（无）", "不适用", "n/a"])
def test_a_declared_none_is_none(text):
    assert is_none(text)


@pytest.mark.parametrize("text", ["无锡", "无异议", "1/2", "", "暂无订单"])
def test_words_that_begin_like_none_are_not(text):
    assert not is_none(text)


@pytest.mark.parametrize("text", ["同上", "〃", "″", "＂", "同 上", '"', ",,"])
def test_a_ditto_mark_is_one(text):
    assert is_ditto(text)


@pytest.mark.parametrize(
    "text",
    [
        "☑质量 □服务",
        "质量√",
        "(√)质量",
        "■质量",
        "质量",
        "□交货 ☑质量 □其他",
        "quality",
        "[x] 质量 [ ] 交货",
        "☒质量 ☐交货",
        "√质量  服务  其他",
        "⊠质量 □服务",
        "❌质量 □服务",
        "√\u20de质量 □服务",
    ],
)
def test_a_ticked_option_is_its_id(text):
    assert "quality" == read_choice(text, CATEGORY)


@pytest.mark.parametrize("text", ["㊚ 女", "男\u20dd女", "①男 ②女\u20dd", "男/女\u20de"])
def test_an_enclosed_word_is_a_ticked_one(text):
    chosen = "female" if text.endswith(("\u20dd", "\u20de")) else "male"

    assert chosen == read_choice(text, {"male": ("男",), "female": ("女",)})


def test_a_number_in_a_circle_ticks_nothing():
    assert isinstance(read_choice("1\u20dd男 2\u20dd女", {"male": ("男",), "female": ("女",)}), Doubt)


@pytest.mark.parametrize("text", ["", "□质量 □服务", "( )质量 ( )交货", "质量 交货 服务 货损货差 其他"])
def test_unticked_options_are_absent(text):
    assert read_choice(text, CATEGORY) is None


@pytest.mark.parametrize("text", ["☑质量 ☑服务", "质量和交货", "包装"])
def test_two_ticks_or_an_unknown_word_are_a_doubt(text):
    assert isinstance(read_choice(text, CATEGORY), Doubt)


def test_several_choices_come_in_the_forms_order():
    assert ["quality", "service"] == read_choices("☑服务 ☑质量 □交货", CATEGORY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☐电话 ☐信函 传真", True),
        ("☐电话 ☑信函 传真", True),
        ("( )电话 (√)信函 传真", True),
        ("☐电话 ☑信函 ☐传真", False),
        ("☐电话 √信函 ☐传真", False),
        ("电话 信函 传真", False),
        ("☑", False),
    ],
)
def test_a_group_with_fewer_marks_than_options_lost_a_box(text, expected):
    options = {"phone": ("电话",), "letter": ("信函",), "fax": ("传真",)}

    assert expected is lacks_a_box(text, options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("满意", False), ("满意 不满意√", True), ("☐满意 ☐不满意", True), ("(√)满意", True)],
)
def test_a_box_or_a_tick_is_a_mark(text, expected):
    assert expected is holds_a_mark(text, {"yes": ("满意",), "no": ("不满意",)})
