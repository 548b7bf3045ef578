"""A font without outlines for text that is there to be found, not to be seen.

One empty glyph stands for every character of Unicode's first plane; a map to Unicode says which one is meant.
The idea is Tesseract's; `tools/make_invisible_font.py` writes the font.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from formflow.documents.pdf_fonts.composite import composite_font

_NAME = "FormflowText"
_WIDTH = 500
_ASCENT, _DESCENT = 1000, 0


def font(pdf: Any) -> Any:
    """The font as an object of the document; codes are UTF-16, two bytes a character."""
    program = files("formflow.documents").joinpath("fonts/invisible.ttf").read_bytes()
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{_NAME}"),
        Flags=4,
        FontBBox=Array([0, 0, _WIDTH, _ASCENT]),
        ItalicAngle=0,
        Ascent=_ASCENT,
        Descent=_DESCENT,
        CapHeight=_ASCENT,
        StemV=80,
        FontFile2=pdf.make_indirect(Stream(pdf, program, Length1=len(program))),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{_NAME}"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, b"\x00\x01" * 65536)),
        DW=_WIDTH,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return composite_font(pdf, _NAME, descendant, pairs=True)
