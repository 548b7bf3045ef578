"""A composite font whose codes are the characters themselves, so that what it shows can be copied and searched."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

_BLOCK = 100
"""Ranges that one block of a character map may hold."""


def composite_font(pdf: Any, name: str, descendant: Any, *, pairs: bool = False) -> Any:
    """The font as an object of the document; codes are UTF-16, two bytes a character.

    Args:
        name: Its PostScript name.
        descendant: The CIDFont that holds its glyphs, a pikepdf Dictionary.
        pairs: Surrogate pairs are written too, for characters beyond the first plane.
    """
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{name}"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(pairs=pairs))),
        )
    )


def _to_unicode(*, pairs: bool) -> bytes:
    """Every code is its own character; ranges may not cross a first byte.

    Source:
        Adobe Technical Note 5411, ToUnicode Mapping File Tutorial.
    """
    ranges = [
        f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>"
        for high in range(0x100)
        if pairs or not 0xD8 <= high < 0xE0
    ]
    blocks = [ranges[at : at + _BLOCK] for at in range(0, len(ranges), _BLOCK)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *("\n".join([f"{len(block)} beginbfrange", *block, "endbfrange"]) for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    ).encode("ascii")
