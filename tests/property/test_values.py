"""Whatever value is written in whatever way, it is read back; whatever text comes, nothing raises."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.values.choices import read_choice, read_choices
from formflow.values.codes import check_character, read_uscc
from formflow.values.dates import find_day, read_date, read_datetime, read_excel_date
from formflow.values.doubt import Doubt
from formflow.values.empty import is_ditto, is_empty, is_none
from formflow.values.money import read_money
from formflow.values.names import read_organisation, read_person
from formflow.values.numerals import parse_numeral, read_integer, to_capital
from formflow.values.phones import read_phone
from formflow.values.quantities import read_quantity
from formflow.values.signatures import read_signature

DIGITS = "〇一二三四五六七八九"
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
AMOUNTS = st.integers(0, 10**13 - 1).map(lambda fen: Decimal(fen) / 100)
OPTIONS = {"quality": ("质量",), "service": ("服务",), "other": ("其他",)}
SCRAPS = st.sampled_from(
    "年 月 日 号 时 分 元 万 角 整 页 共 第 ☑ □ √ ( ) （ ） : ： / - — . , 、 ￥ 签字 日期 李明 同意 壹 叁 拾 二〇二六 2026 3 5 30 质量 服务 无 同上 〃 \n \t".split(
        " "
    )
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(SCRAPS, max_size=16).map("".join))


def chinese_day(day: date) -> str:
    def below_hundred(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else ("" if tens == 1 else DIGITS[tens]) + "十") + (
            DIGITS[ones] if ones else ""
        )

    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{below_hundred(day.month)}月{below_hundred(day.day)}日"


WAYS = [
    lambda day: day.isoformat(),
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month:02}/{day.day:02}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year} 年 {day.month} 月 {day.day} 号",
    chinese_day,
]


@pytest.mark.parametrize("way", WAYS)
@given(day=DAYS)
def test_a_day_written_in_any_way_is_read_back(way, day):
    assert day == read_date(way(day))


@given(day=DAYS, minutes=st.integers(1, 1439))
def test_a_time_of_day_is_read_back(day, minutes):
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)

    assert moment == read_datetime(f"{moment:%Y-%m-%d %H:%M}")
    assert moment == read_datetime(f"{day.year}年{day.month}月{day.day}日{moment.hour}时{moment.minute}分")


@given(day=DAYS)
def test_a_serial_is_read_back_in_both_calendars(day):
    assert day == read_excel_date((day - date(1899, 12, 30)).days)
    assert day == read_excel_date((day - date(1904, 1, 1)).days, epoch1904=True)


@given(amount=AMOUNTS)
def test_an_amount_is_read_back_from_digits_capitals_and_both(amount):
    capital = to_capital(amount)

    assert amount == read_money(f"{amount:,.2f}元")
    assert amount == read_money(capital)
    assert amount == read_money(f"￥{amount:.2f}（大写：{capital}）")


@given(amount=AMOUNTS, other=AMOUNTS)
def test_digits_and_capitals_that_differ_are_never_an_amount(amount, other):
    read = read_money(f"￥{amount:.2f}（大写：{to_capital(other)}）")

    assert (amount == other) == (not isinstance(read, Doubt))


@given(number=st.integers(0, 99_999_999))
def test_a_count_is_read_back_from_capitals(number):
    capital = to_capital(Decimal(number)).removeprefix("人民币").removesuffix("元整")

    assert number == parse_numeral(capital)


@given(body=st.from_regex(r"[159NY][1-3][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True))
def test_a_code_stands_with_its_own_check_character_only(body):
    right = check_character(body)
    read = {last: read_uscc(body + last) for last in "0123456789ABCDEFGHJKLMNPQRTUWXY"}

    assert [right] == [last for last, code in read.items() if not isinstance(code, Doubt)]


@given(text=TEXTS, year=st.one_of(st.none(), st.integers(1990, 2090)))
def test_no_text_makes_a_reader_raise(text, year):
    for read in (is_empty, is_none, is_ditto, read_uscc, read_person, read_organisation, read_phone):
        read(text)
    for read in (read_integer, parse_numeral, read_money, read_quantity):
        read(text)
    for read in (read_date, read_datetime, read_signature):
        read(text, year=year)
    find_day(text, year)
    read_choice(text, OPTIONS)
    read_choices(text, OPTIONS)


@given(serial=st.floats())
def test_no_number_makes_the_serial_reader_raise(serial):
    read_excel_date(serial)


@given(text=TEXTS)
def test_what_is_blank_is_neither_none_nor_ditto(text):
    assert not (is_empty(text) and (is_none(text) or is_ditto(text)))
