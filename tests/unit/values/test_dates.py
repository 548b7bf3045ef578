"""Days and times as offices write them; what is not certain is a Doubt."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from formflow.values.dates import find_day, read_date, read_datetime, read_excel_date
from formflow.values.days import MASK
from formflow.values.doubt import Doubt

FIFTH_OF_MARCH = date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月5日",
        "2026.3.5",
        "2026/03/05",
        "2026-3-5",
        "26-3-5",
        "20260305",
        "二〇二六年三月五日",
        "二零二六年三月五日",
        "2026年3月5号",
        "２０２６年３月５日",
        "2026 年 3 月 5 日",
        "2026\n年\n3\n月\n5\n日",
        " 2026—3—5 ",
        "2026年03月05日（星期四）",
        "2026-03-05 00:00:00",
        "2026年3月5日14时30分",
    ],
)
def test_a_day_is_read_however_it_is_written(text):
    assert FIFTH_OF_MARCH == read_date(text)


@pytest.mark.parametrize("text", ["", "   ", "年 月 日", "    年   月   日", "20  年  月  日"])
def test_an_unfilled_date_is_absent(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text",
    ["2026年2月29日", "2026-13-01", "2026年4月31日", "待定", "3/4/5/6", "2026年3月", "下周三"],
)
def test_what_is_no_certain_day_is_a_doubt(text):
    assert isinstance(read_date(text), Doubt)


def test_a_leap_day_stands_in_a_leap_year_only():
    assert date(2028, 2, 29) == read_date("2028年2月29日")
    assert isinstance(read_date("2027年2月29日"), Doubt)


def test_a_day_without_its_year_takes_it_from_the_header_and_else_is_a_doubt():
    assert FIFTH_OF_MARCH == read_date("3月5日", year=2026)
    assert isinstance(read_date("3月5日"), Doubt)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-2月-25", date(2025, 2, 1)),
        ("1-二月-25", date(2025, 2, 1)),
        ("1－2月－2025", date(2025, 2, 1)),
        ("31-12月-26", date(2026, 12, 31)),
    ],
)
def test_a_day_that_excel_shows_with_a_chinese_month_is_read(text, expected):
    assert expected == read_date(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2月-25", "day-missing"),
        ("十二月-25", "day-missing"),
        ("31-2月-25", "impossible-date"),
        ("1-2月-05", "ambiguous-date"),
        ("1-2月", "not-a-date"),
        ("10月-12月", "not-a-date"),
    ],
)
def test_a_month_without_its_day_or_with_two_is_a_doubt(text, code):
    found = read_date(text, year=2026)

    assert isinstance(found, Doubt)
    assert code == found.code


def test_two_different_days_in_one_place_are_a_doubt():
    assert isinstance(read_date("2026年3月5日 2026年3月6日"), Doubt)


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("2026年3月5日14时30分", None, datetime(2026, 3, 5, 14, 30)),
        ("3月5日下午2:30", 2026, datetime(2026, 3, 5, 14, 30)),
        ("2026-03-05 14:30", None, datetime(2026, 3, 5, 14, 30)),
        ("2026/3/5 上午9点", None, datetime(2026, 3, 5, 9, 0)),
        ("2026-03-05T08:05", None, datetime(2026, 3, 5, 8, 5)),
        ("2026-03-05", None, FIFTH_OF_MARCH),
        ("2026/3/5 0:00", None, FIFTH_OF_MARCH),
        ("2026年3月5日下午12点30分", None, datetime(2026, 3, 5, 12, 30)),
        ("3/5 9点40分", 2026, datetime(2026, 3, 5, 9, 40)),
        ("3-5 1 4时3 0分", 2026, datetime(2026, 3, 5, 14, 30)),
        ("5-3月-26 14:30", None, datetime(2026, 3, 5, 14, 30)),
    ],
)
def test_a_time_of_day_is_kept_and_a_bare_day_stays_a_day(text, year, expected):
    found = read_datetime(text, year=year)

    assert (type(expected), expected) == (type(found), found)


@pytest.mark.parametrize("text", ["2026-03-05 25:00", "2026-03-05 14:61"])
def test_a_time_that_no_clock_shows_is_a_doubt(text):
    assert isinstance(read_datetime(text), Doubt)


@pytest.mark.parametrize(
    ("serial", "epoch1904", "expected"),
    [
        (46086, False, FIFTH_OF_MARCH),
        (44624, True, FIFTH_OF_MARCH),
        (61, False, date(1900, 3, 1)),
        (46086.5, False, datetime(2026, 3, 5, 12, 0)),
    ],
)
def test_a_spreadsheets_serial_is_a_day_in_either_of_its_calendars(serial, epoch1904, expected):
    assert expected == read_excel_date(serial, epoch1904=epoch1904)


@pytest.mark.parametrize("serial", [-1, 1e12, float("nan"), float("inf")])
def test_a_serial_beyond_any_calendar_is_a_doubt(serial):
    assert isinstance(read_excel_date(serial), Doubt)


def test_a_day_inside_an_opinion_is_found_and_masked():
    day, rest = find_day("同意 李明 2026年3月6日", None)

    assert (date(2026, 3, 6), True) == (day, MASK in rest)
