"""Text in a PDF without any font on the machine: outlines that ship with formflow, as a Type 3 font.

Only the characters used are written, each findable and copyable (ToUnicode). A character that is not among those
that ship falls back to STSong-Light, which Chinese viewers bring along and which cannot be embedded.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

_EM = 1000
_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{count} beginbfchar
{lines}
endbfchar
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@cache
def outlines() -> Mapping[str, tuple[int, str]]:
    """Character → advance and outline as PDF path operators, in 1/1000 em."""
    packed = files("formflow.documents").joinpath("fonts/stamp-glyphs.tsv.gz").read_bytes()
    found: dict[str, tuple[int, str]] = {}
    for line in gzip.decompress(packed).decode("utf-8").split("\n"):
        if line:
            character, advance, path = line.split("\t")
            found[character] = (int(advance), path)
    return found


def width_of(text: str, size: float) -> float:
    """Width of a text in points."""
    known = outlines()
    return sum(known[c][0] if c in known else _EM for c in text) * size / _EM


class Lettering:
    """The fonts of one stamp: `draw` the texts first, then ask for the `fonts` they need."""

    def __init__(self, texts: Iterable[str]) -> None:
        used = sorted({c for text in texts for c in text})
        self._codes = {c: code for code, c in enumerate((c for c in used if c in outlines()), 1)}
        if len(self._codes) > 255:
            raise ValueError("more than 255 different characters in a stamp")
        self._others = any(c not in self._codes for c in used)

    def draw(self, text: str, x: float, y: float, size: float) -> str:
        """Operators that show a text at a point, in points."""
        shown = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for known, run in groupby(text, key=lambda c: c in self._codes):
            characters = list(run)
            if known:
                codes = "".join(f"{self._codes[c]:02X}" for c in characters)
                shown.append(f"/F1 {size:g} Tf <{codes}> Tj")
            else:
                shown.append(f"/F2 {size:g} Tf <{''.join(map(_ucs2, characters))}> Tj")
        return " ".join([*shown, "ET"])

    def fonts(self, pdf: Pdf) -> Dictionary:
        """The font resources that what was drawn refers to."""
        fonts = Dictionary(F1=pdf.make_indirect(self._type3(pdf)))
        if self._others:
            fonts["/F2"] = pdf.make_indirect(_fallback())
        return fonts

    def _type3(self, pdf: Pdf) -> Dictionary:
        known = outlines()
        characters = list(self._codes)
        procedures = Dictionary()
        for c in characters:
            advance, path = known[c]
            content = (
                f"{advance} 0 -100 -300 {max(advance, _EM) + 100} 1000 d1 {path} f"
                if path
                else f"{advance} 0 d0"
            )
            procedures[f"/u{ord(c):04X}"] = Stream(pdf, content.encode("ascii"))
        names: list[Any] = [1, *(Name(f"/u{ord(c):04X}") for c in characters)]
        lines = "\n".join(f"<{code:02X}> <{_utf16(c)}>" for c, code in self._codes.items())
        to_unicode = _TO_UNICODE.format(count=len(characters), lines=lines)
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([-100, -300, 1100, 1000]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=procedures,
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array(names)),
            FirstChar=1,
            LastChar=len(characters),
            Widths=Array([known[c][0] for c in characters]),
            Resources=Dictionary(),
            ToUnicode=Stream(pdf, to_unicode.encode("ascii")),
        )


def _fallback() -> Dictionary:
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=4),
        DW=_EM,
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/STSong-Light"),
            Flags=6,
            FontBBox=Array([-25, -254, 1000, 880]),
            ItalicAngle=0,
            Ascent=880,
            Descent=-120,
            CapHeight=880,
            StemV=93,
        ),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/STSong-Light-UniGB-UCS2-H"),
        Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=Array([descendant]),
    )


def _utf16(character: str) -> str:
    return character.encode("utf-16-be").hex().upper()


def _ucs2(character: str) -> str:
    return _utf16(character) if ord(character) <= 0xFFFF else "003F"
