"""The font of fillable PDF blanks: GB 2312 and more in one embedded face, ready made by `tools/make_form_font.py`.

Character codes are Unicode code points in two bytes (Identity-H with character ids to match), so that whoever fills a
field in, a viewer or a program, finds the code of a character without a table.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from formflow.documents.pdf_fonts.composite import composite_font

RESOURCE = "FFSans"
"""Name of the font in every resource dictionary."""
_NAME = "FFNSSC+NotoSansCJKsc-Regular"
_ASCENT, _DESCENT, _EM = 880, -120, 1000


@cache
def _told() -> tuple[frozenset[str], dict[str, int]]:
    packed = files("formflow.documents").joinpath("fonts/form-font.json.gz").read_bytes()
    told = json.loads(gzip.decompress(packed))
    return frozenset(told["characters"]), told["widths"]


def width_of(text: str, size: float) -> float:
    """Width of a text in points."""
    widths = _told()[1]
    return sum(widths.get(c, _EM) for c in text) * size / _EM


def encoded(text: str) -> str:
    """The text as a hexadecimal string operand; a character that the face lacks prints as 〓, as printers do."""
    known = _told()[0]
    return "".join(f"{ord(c if c in known else '〓'):04X}" for c in text)


def lines_of(text: str, size: float, room: float) -> list[str]:
    """The text broken at its line ends and wherever the room ends."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for character in paragraph:
            if line and width_of(line + character, size) > room:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


def set_text(
    lines: Sequence[str], box: Sequence[float], size: float, *, align: str, top: bool = False
) -> str:
    """Operators that show lines in a box (left, bottom, right, top), centred in height unless they begin at the top."""
    left, bottom, right, high = box
    step = size * 1.25
    height = step * len(lines)
    first = high - size * 1.05 if top else (bottom + high + height) / 2 - step + size * 0.37
    shown = [f"BT /{RESOURCE} {size:g} Tf"]
    for number, line in enumerate(lines):
        wide = width_of(line, size)
        x = {"left": left, "centre": (left + right - wide) / 2, "right": right - wide}[align]
        shown.append(f"1 0 0 1 {x:.2f} {first - number * step:.2f} Tm <{encoded(line)}> Tj")
    return " ".join([*shown, "ET"])


def font(pdf: Pdf) -> Object:
    """The font as an object of the document."""
    outlines = files("formflow.documents").joinpath("fonts/form-font.cff.z").read_bytes()
    program = Stream(pdf, outlines, Filter=Name.FlateDecode, Subtype=Name("/CIDFontType0C"))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{_NAME}"),
        Flags=4,
        FontBBox=Array([-200, -300, 1200, 1000]),
        ItalicAngle=0,
        Ascent=_ASCENT,
        Descent=_DESCENT,
        CapHeight=733,
        StemV=80,
        FontFile3=pdf.make_indirect(program),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name(f"/{_NAME}"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        DW=_EM,
        W=_widths(),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    made: Object = composite_font(pdf, _NAME, descendant)
    return made


def _widths() -> Array:
    listed: list[Any] = []
    for character, width in sorted(_told()[1].items()):
        listed += [ord(character), ord(character), width]
    return Array(listed)
