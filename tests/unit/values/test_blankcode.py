"""Codes on blanks: what is printed is read, and nothing else."""

from __future__ import annotations

import pytest

from formflow.values.blankcode import BlankCode, parse_blank_code

CODE = BlankCode(form="new_customer", version="7c3f41a0", rendition="pdf", kind="record", page=1, pages=2)


def test_a_code_says_what_it_was_made_of():
    text = str(CODE)

    assert CODE == parse_blank_code(text)
    assert text.startswith("FF1/B/NEW-CUSTOMER/7C3F41A0/P/R/1/2/")


def test_a_code_keeps_to_the_alphanumeric_mode_of_qr():
    allowed = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

    assert set() == set(str(CODE)) - allowed


@pytest.mark.parametrize("at", [8, 20, 30, -1])
def test_one_misread_character_is_noticed(at):
    text = list(str(CODE))
    text[at] = "0" if text[at] != "0" else "1"

    assert parse_blank_code("".join(text)) is None


@pytest.mark.parametrize("text", ["", "https://example.com", "FF1/E/XKH/2026/1/1/1/4B1F"])
def test_other_codes_are_none_of_ours(text):
    assert parse_blank_code(text) is None


def test_a_page_beyond_the_last_is_refused():
    code = BlankCode(form="a", version="00000000", rendition="docx", kind="log", page=3, pages=2)

    assert parse_blank_code(str(code)) is None
