"""Chinese numerals and counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from formflow.values.doubt import Doubt
from formflow.values.numerals import parse_numeral, read_integer, to_capital


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三千零一十", 3010),
        ("叁仟", 3000),
        ("〇", 0),
        ("两万", 20000),
    ],
)
def test_a_chinese_numeral_is_a_number(text, expected):
    assert expected == parse_numeral(text)


@pytest.mark.parametrize("text", ["一万五", "三五", "十十", "百", "abc", ""])
def test_a_spoken_or_broken_numeral_is_none(text):
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", 3),
        ("３", 3),
        ("3页", 3),
        ("共3页", 3),
        ("叁", 3),
        ("十二", 12),
        ("3.0", 3),
        ("第3页 共5页", 5),
        ("页", None),
    ],
)
def test_a_count_is_read(text, expected):
    assert expected == read_integer(text)


@pytest.mark.parametrize("text", ["3.5", "-3", "3-5", "3 4", "多页", "3页或4页"])
def test_what_is_no_certain_count_is_a_doubt(text):
    assert isinstance(read_integer(text), Doubt)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "人民币零元整"),
        ("3000", "人民币叁仟元整"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("0.05", "人民币伍分"),
        ("10000.01", "人民币壹万元零壹分"),
        ("100000000", "人民币壹亿元整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
    ],
)
def test_an_amount_is_written_as_banks_do(amount, expected):
    assert expected == to_capital(Decimal(amount))
