"""A font without outlines for text that is there to be found, not to be seen.

One empty glyph stands for every character of Unicode's first plane; a map to Unicode says which one is meant.
The idea is Tesseract's; the bytes are made here, table by table, as OpenType lays them down.
"""

from __future__ import annotations

import struct
from typing import Any

from formflow.documents.pdf_fonts.composite import composite_font

_NAME = "FormflowText"
_UNITS = 1000
_WIDTH = 500
_ASCENT, _DESCENT = 1000, 0


def font(pdf: Any) -> Any:
    """The font as an object of the document; codes are UTF-16, two bytes a character."""
    from pikepdf import Array, Dictionary, Name, Stream, String

    program = _program()
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


def _program() -> bytes:
    """A TrueType program of two empty glyphs."""
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12)
        + struct.pack(">HHHHHHHHHHHH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0),
        b"glyf": b"\x00\x00\x00\x00",
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            0x00010000,
            0x00010000,
            0,
            0x5F0F3CF5,
            0,
            _UNITS,
            0,
            0,
            0,
            0,
            _WIDTH,
            _ASCENT,
            0,
            8,
            2,
            0,
            0,
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH",
            0x00010000,
            _ASCENT,
            _DESCENT,
            0,
            _WIDTH,
            0,
            0,
            _WIDTH,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            2,
        ),
        b"hmtx": struct.pack(">HhHh", _WIDTH, 0, _WIDTH, 0),
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    return _assembled(tables)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """The tables with their directory and checksums (OpenType, `Organization of an OpenType font`)."""
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    directory = struct.pack(">IHHHH", 0x00010000, count, search, power, 16 * count - search)
    offset, body, entries = 12 + 16 * count, b"", b""
    for tag, content in sorted(tables.items()):
        padded = content + b"\x00" * (-len(content) % 4)
        entries += struct.pack(">4sIII", tag, _checksum(padded), offset + len(body), len(content))
        body += padded
    whole = directory + entries + body
    head = whole.index(tables[b"head"])
    adjustment = (0xB1B0AFBA - _checksum(whole)) & 0xFFFFFFFF
    return whole[: head + 8] + struct.pack(">I", adjustment) + whole[head + 12 :]


def _checksum(data: bytes) -> int:
    return int(sum(struct.unpack(f">{len(data) // 4}I", data))) & 0xFFFFFFFF
