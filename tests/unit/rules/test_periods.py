"""Periods of months follow 民法典 201–203."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.rules.calendar import Calendar
from formflow.rules.periods import due_on, months_after


@pytest.mark.parametrize(
    ("first_trade", "plain", "shifted"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 2, 28)),
        (date(2026, 1, 15), date(2026, 2, 15), date(2026, 2, 24)),
        (date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 8)),
        (date(2025, 8, 31), date(2025, 9, 30), date(2025, 9, 30)),
    ],
)
def test_a_month_ends_on_the_corresponding_day_or_the_last_and_moves_off_a_holiday(
    first_trade, plain, shifted
):
    assert due_on(first_trade, months=1, calendar=None) == plain
    assert due_on(first_trade, months=1, calendar=Calendar()) == shifted


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 3, 5), -36, date(2023, 3, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), -36, date(2021, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
    ],
)
def test_a_month_without_the_day_has_its_last(start, months, expected):
    assert months_after(start, months) == expected
