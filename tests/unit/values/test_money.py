"""Amounts in yuan: units, capitals, labels; a contradiction is never resolved by guessing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from formflow.values.doubt import Doubt
from formflow.values.money import read_money


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2万元", "12000.00"),
        ("3千元", "3000.00"),
        ("¥3,000.00", "3000.00"),
        ("￥３，０００", "3000.00"),
        ("人民币叁仟元整", "3000.00"),
        ("12,000元", "12000.00"),
        ("3000元/月", "3000.00"),
        ("3000", "3000.00"),
        ("0", "0.00"),
        ("￥3000.00（叁仟元整）", "3000.00"),
        ("壹仟肆佰零玖元伍角整", "1409.50"),
        ("1,234,567.89元", "1234567.89"),
        ("RMB 5000", "5000.00"),
        ("1.5 亿元", "150000000.00"),
    ],
)
def test_an_amount_is_read_in_yuan(text, expected):
    assert Decimal(expected) == read_money(text)


@pytest.mark.parametrize("text", ["", "元", "¥", "￥      元"])
def test_a_printed_unit_alone_is_no_amount(text):
    assert read_money(text) is None


def test_the_unit_of_the_label_counts():
    assert Decimal("12000.00") == read_money("1.2", label="预计月消费额(万元)")
    assert Decimal("1.20") == read_money("1.2", label="预计月消费额（元）")


@pytest.mark.parametrize(
    "text",
    [
        "￥3000（叁万元整）",
        "3000-5000元",
        "三五千元",
        "3000元 或 5000元",
        "若干",
        "约 3000 元",
        "1,23元",
        "3,0000.5.2",
    ],
)
def test_what_is_no_certain_amount_is_a_doubt(text):
    assert isinstance(read_money(text), Doubt)


def test_a_value_with_its_own_unit_under_a_label_with_another_is_not_multiplied_twice():
    assert Decimal("12000.00") == read_money("12000元", label="金额(万元)")


def test_fractions_of_a_fen_are_never_rounded_away():
    assert isinstance(read_money("12.345元"), Doubt)
