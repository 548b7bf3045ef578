from __future__ import annotations

import pytest

from formflow.documents.templates.display import Shown
from formflow.documents.templates.filters import (
    FILTERS,
    chinese_date,
    formal_date,
    lines,
    mask,
    money,
    optional,
    sentence,
)


def test_a_number_is_made_of_the_value_and_not_of_how_it_is_printed():
    amount = Shown(text="¥12,000.00", value="12000.00")

    assert (12000.0, 12000, 7) == (
        FILTERS["float"](amount),
        FILTERS["int"](amount),
        FILTERS["int"](Shown(text="无"), 7),
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2026-03-05", "2026年3月5日"), ("2026-03-05T14:30", "2026年3月5日"), ("待定", "待定"), (None, "")],
)
def test_a_date_is_written_with_year_month_and_day(written, expected):
    assert expected == chinese_date(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-10-20", "二〇二六年十月二十日"),
        ("2026-01-01", "二〇二六年一月一日"),
        ("2026-12-31", "二〇二六年十二月三十一日"),
    ],
)
def test_an_official_letter_is_dated_in_characters(written, expected):
    assert expected == formal_date(written)


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("13800138000", "138****8000"),
        ("138 0013 8000", "138 **** 8000"),
        ("0755-26881234转8001", "0755-****1234转8001"),
        ("13800138000、13900139000", "138****8000、139****9000"),
        ("110", "110"),
    ],
)
def test_four_digits_of_each_phone_number_are_hidden(phone, expected):
    assert expected == mask(phone)


@pytest.mark.parametrize(
    ("amount", "expected"), [("12000", "¥12,000.00"), ("-0.5", "-¥0.50"), ("面议", "面议")]
)
def test_an_amount_is_written_with_thousands_and_two_places(amount, expected):
    assert expected == money(amount)


@pytest.mark.parametrize(("text", "expected"), [("甲", "甲。"), ("甲。", "甲。"), ("甲，", "甲。"), ("", "")])
def test_a_sentence_ends_with_one_full_stop(text, expected):
    assert expected == sentence(text)


def test_the_capital_amount_is_found_in_the_stored_value():
    assert "人民币壹万贰仟元整" == FILTERS["大写金额"](Shown(text="¥12,000.00", value="12000.00"))


def test_a_blank_value_gives_way_to_what_optional_says():
    assert "—" == optional(Shown(text=""), "—")


def test_a_text_without_lines_has_one_empty_line():
    assert [""] == lines("")
