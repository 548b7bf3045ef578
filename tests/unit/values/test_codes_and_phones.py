"""Credit codes with their check character; telephone numbers as written."""

from __future__ import annotations

import pytest

from formflow.values.codes import check_character, read_uscc
from formflow.values.doubt import Doubt
from formflow.values.phones import read_phone


def code(body: str) -> str:
    return body + check_character(body)


@pytest.mark.parametrize(
    "body", ["91440300708461136", "N2440101MC1000001", "Y1440101MC1000001", "52440000MJK123456"]
)
def test_a_code_with_its_check_character_is_read_whatever_its_first_letter(body):
    assert code(body) == read_uscc(code(body).lower())


def test_blanks_and_width_are_folded():
    whole = code("91440300708461136")
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in whole)

    assert whole == read_uscc(f" {wide[:4]} {wide[4:10]} {wide[10:]} ")


def test_a_wrong_check_character_is_a_doubt():
    whole = code("91440300708461136")
    other = "0" if whole[-1] != "0" else "1"

    assert isinstance(read_uscc(whole[:-1] + other), Doubt)


@pytest.mark.parametrize("text", ["9144030070846113", "914403007084611360X", "91440300O08461136A", "见附件"])
def test_a_code_of_another_length_or_alphabet_is_a_doubt(text):
    assert isinstance(read_uscc(text), Doubt)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0755-26881234转8001", "0755-26881234转8001"),
        ("138 0013 8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("13800138000 / 0755-26881234", "13800138000、0755-26881234"),
        ("0755-26881234、13800138000", "0755-26881234、13800138000"),
        ("400-820-8888", "400-820-8888"),
    ],
)
def test_a_number_is_kept_as_written(text, expected):
    assert expected == read_phone(text)


@pytest.mark.parametrize("text", ["1380013800", "138001380000", "电话见名片", "1.38E+10"])
def test_what_no_telephone_has_is_a_doubt(text):
    assert isinstance(read_phone(text), Doubt)
