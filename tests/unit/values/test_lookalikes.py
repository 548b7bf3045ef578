"""Characters that look alike are exchanged in few ways, and only what passes comes out."""

from __future__ import annotations

import pytest

from formflow.values import Doubt
from formflow.values.codes import ALPHABET, read_uscc
from formflow.values.dates import read_date
from formflow.values.lookalikes import BUDGET, LETTERS, LONGEST, MOST, alike, as_digits, candidates
from formflow.values.money import read_money
from formflow.values.phones import read_phone

NO_CODE = LETTERS - set(ALPHABET)


def read_by(reader):
    return lambda text: not isinstance(reader(text), Doubt | None)


@pytest.mark.parametrize(
    ("reader", "foreign", "text", "expected"),
    [
        (read_date, LETTERS, "2O26-1l-03", "2026-11-03"),
        (read_date, LETTERS, "2026年3月5目", "2026年3月5日"),
        (read_phone, LETTERS, "I38OO13BOOO", "13800138000"),
        (read_money, LETTERS, "3,OOO.00", "3,000.00"),
        (read_money, LETTERS, "人民币臺万贰仟无整", "人民币壹万贰仟元整"),
        (read_uscc, NO_CODE, "91440604MA4UQBQR6H", "91440604MA4UQ8QR6H"),
        (read_uscc, NO_CODE, "9l44O6O4MA4UQ8QRGH", "91440604MA4UQ8QR6H"),
    ],
)
def test_the_fewest_exchanges_that_pass_are_found(reader, foreign, text, expected):
    assert (expected,) == candidates(text, read_by(reader), foreign=foreign)


def test_what_no_exchange_makes_pass_has_no_candidates():
    assert () == candidates("2O26-13-45", read_by(read_date), foreign=LETTERS)


def test_candidates_that_come_of_as_many_exchanges_are_all_told():
    assert ("己", "已") == candidates("巳", lambda text: text in "已己")


@pytest.mark.parametrize("count", [MOST, MOST + 1])
def test_more_candidates_than_help_a_person_are_none(count):
    wanted = {"O000", "0O00", "00O0", "000O"}
    passing = set(sorted(wanted)[:count])
    found = candidates("0000", passing.__contains__)

    assert (passing if count <= MOST else set()) == set(found)


def test_a_text_that_is_too_long_is_not_searched():
    asked = []
    candidates("O" * (LONGEST + 1), lambda text: bool(asked.append(text)))

    assert [] == asked


def test_no_text_is_searched_beyond_the_budget():
    asked = []
    candidates("O01lZ2S5B8b6g9A4T7" * 2, lambda text: bool(asked.append(text)))

    assert BUDGET // 2 < len(asked) <= BUDGET


def test_letters_become_the_digits_they_look_like():
    assert "2026-11-03" == as_digits("2O26-1l-03")


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("0", "O", True), ("0", "0", False), ("0", "1", False)]
)
def test_two_characters_are_alike_or_not(one, other, expected):
    assert expected is alike(one, other)
