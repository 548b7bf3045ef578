from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.values.entrycode import EntryCode, parse_entry_code

CODES = st.builds(
    lambda series, year, serial, pages: EntryCode(
        series=series, year=year, serial=serial, page=1, pages=pages
    ),
    st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True),
    st.integers(1900, 9999),
    st.integers(1, 999_999_999),
    st.integers(1, 9999),
)


@given(CODES)
def test_what_a_code_says_is_read_back(code):
    assert code == parse_entry_code(str(code))


@given(CODES, st.data())
def test_a_code_with_one_character_misread_is_none(code, data):
    text = str(code)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(
        st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/ $%*+-.:").filter(lambda c: c != text[place])
    )

    assert parse_entry_code(text[:place] + other + text[place + 1 :]) is None


def test_the_code_is_the_one_that_papers_bear():
    assert "FF1/E/XKH/2026/1/1/1/35F9" == str(EntryCode(series="XKH", year=2026, serial=1))


@pytest.mark.parametrize(
    "text",
    ["", "FF1/B/NEW-CUSTOMER/7C3F41A0/P/R/1/1/9D02", "https://example.com", "FF1/E/XKH/2026/1/2/1/0000"],
)
def test_any_other_text_is_no_code(text):
    assert parse_entry_code(text) is None
