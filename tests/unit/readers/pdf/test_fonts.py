"""Codes that a font's character map does not know, and what the file says that glyphs mean."""

from __future__ import annotations

import pytest
from tests.support.pdfs import pdf

from formflow.limits import Limits
from formflow.readers.pdf.drawn import UNREADABLE
from formflow.readers.read import read_bytes

INNER = b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>>>"
PRIVATE = "e001e002e003"
"""Three codes of the private area, which no map knows."""


def told(content: str, encoding: str = "UniGB-UCS2-H") -> list[tuple[str, bool]]:
    font = f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}/DescendantFonts[6 0 R]>>"
    foot = f"BT /F 10 Tf 50 20 Td <{('日' * 200).encode('utf-16-be').hex()}> Tj ET "
    if encoding != "UniGB-UCS2-H":
        foot = f"BT /F 1 Tf 50 20 Td <{('日' * 200).encode('gbk').hex()}> Tj ET "
    data = pdf((foot + content).encode(), font=font, more={6: INNER})
    (part,) = read_bytes(data, "a.pdf", Limits()).parts
    return [(line.text, not line.doubts) for line in part.lines if "日日" not in line.text]


def shown(codes: str) -> str:
    return f"BT /F 10 Tf 50 300 Td <{codes}> Tj ET"


def test_a_code_that_no_map_knows_is_a_glyph_of_unknown_meaning():
    codes = "聚".encode("utf-16-be").hex() + "e04e" + "乙".encode("utf-16-be").hex()

    assert [(f"聚{UNREADABLE}乙", False)] == told(shown(codes))


def test_codes_of_one_byte_and_of_two_keep_their_bounds():
    codes = b"A1".hex() + "ff41" + "乙B".encode("gbk").hex()

    assert [(f"A1{UNREADABLE}乙B", False)] == told(shown(codes), "GBK-EUC-H")


@pytest.mark.parametrize("meant", ["T30", "T30S-long"])
def test_glyphs_without_a_meaning_get_the_one_that_the_file_says(meant):
    content = f"/Span <</ActualText({meant})>> BDC {shown(PRIVATE)} EMC"

    assert [(meant, True)] == told(content)


def test_glyphs_with_a_meaning_keep_it_whatever_the_file_says():
    content = f"/Span <</ActualText(15)>> BDC {shown('12'.encode('utf-16-be').hex())} EMC"

    assert [("12", True)] == told(content)
