"""Amounts of goods with their unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from formflow.values.doubt import Doubt
from formflow.values.quantities import Quantity, read_quantity


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("12.5吨", "12.5", "吨"),
        ("12.5 t", "12.5", "吨"),
        ("３００ 包", "300", "包"),
        ("1,200kg", "1200", "公斤"),
        ("十二吨", "12", "吨"),
    ],
)
def test_an_amount_has_its_unit(text, amount, unit):
    found = read_quantity(text)

    assert isinstance(found, Quantity), found
    assert (Decimal(amount), unit) == (Decimal(found.amount), found.unit)


def test_the_unit_may_stand_in_the_label():
    found = read_quantity("12.5", label="数量（吨）")

    assert Quantity("12.5", "吨") == Quantity(str(found.amount), found.unit)


@pytest.mark.parametrize("text", ["若干", "12.5吨 3包", "10-12吨"])
def test_what_is_no_certain_amount_is_a_doubt(text):
    assert isinstance(read_quantity(text), Doubt)
