"""Rows between the entries of a list."""

from __future__ import annotations

import pytest

from formflow.values.captions import is_between_entries, is_separator, is_sum


@pytest.mark.parametrize("text", ["合计", " 本页 合计", "小　计", "承前页", "Total"])
def test_sums_are_told_by_their_caption(text):
    assert is_sum(text)


@pytest.mark.parametrize("text", ["3月份", "—— 以下空白 ——", "第 2 页", "（上半年）"])
def test_what_parts_the_entries_is_told_by_its_words(text):
    assert is_separator(text)


@pytest.mark.parametrize("text", ["", "对账函", "3月5日", "关于合计金额的函"])
def test_an_entry_s_words_are_neither(text):
    assert not is_sum(text)
    assert not is_separator(text)


@pytest.mark.parametrize(
    "texts",
    [["制表人：张三", "审核人：李四"], ["审核人:李四"], ["填表人：", "日期：2026-03-31"], ["备注：已核对"]],
)
def test_a_row_whose_every_text_brings_its_own_caption_is_no_entry(texts):
    assert is_between_entries(texts)


@pytest.mark.parametrize(
    "texts", [[], ["广州华南", "备注：急件"], ["9:30", "10：00"], ["2026-03-02", "甲"], ["3号仓：甲"]]
)
def test_a_row_with_a_text_of_its_own_may_be_one(texts):
    assert not is_between_entries(texts)
