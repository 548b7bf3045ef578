"""Rows between the entries of a list."""

from __future__ import annotations

import pytest

from formflow.values.captions import is_separator, is_sum


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
