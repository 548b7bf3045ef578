"""Symbol fonts: which glyph stands behind a code of Wingdings and its kin.

Source: the fonts' mapping to Unicode in ISO/IEC JTC1/SC2/WG2 N4384. A box with a tick or a cross in it
is a ticked box here, since on a form both mean the same.
"""

from __future__ import annotations

TICKED = "☑"
UNTICKED = "☐"
CIRCLE, SQUARE = "\u20dd", "\u20de"
"""What draws a circle or a square around the character before."""

_WINGDINGS = {
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: UNTICKED,
    0x70: UNTICKED,
    0x71: UNTICKED,
    0x72: UNTICKED,
    0x78: TICKED,
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: UNTICKED,
    0xFB: "✗",
    0xFC: "✓",
    0xFD: TICKED,
    0xFE: TICKED,
}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: TICKED,
    0x52: TICKED,
    0x53: TICKED,
    0x54: TICKED,
    0x98: "●",
    0xA2: "■",
    0xA3: UNTICKED,
    0xA4: UNTICKED,
}
_WEBDINGS = {0x61: "✓", 0x63: UNTICKED, 0x67: "■", 0x72: "✗"}
_DINGBATS = {0x33: "✓", 0x34: "✓", 0x37: "✗", 0x38: "✗", 0x6E: "■", 0x6F: UNTICKED, 0x71: UNTICKED}
# The encoding of Adobe Symbol: Greek letters where the Latin ones are, figures and points as they are.
_SYMBOL = {
    **{code: chr(code) for code in b" !#%&()+,./0123456789:;<=>?[]_{|}"},
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0x2A: "*",
    0x2D: "-",
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBC: "…",
    0xD6: "√",
}
_FONTS: dict[str, dict[int, str]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
    "zapfdingbats": _DINGBATS,
    "zapf dingbats": _DINGBATS,
}
_UNICODE = {
    0x2610: UNTICKED,
    0x2611: TICKED,
    0x2612: TICKED,
    0x2BBD: TICKED,
    0x1F5F9: TICKED,
    0x1F5F5: TICKED,
}


def is_symbol_font(font: str) -> bool:
    """Whether the codes of a font's characters are not the characters that show."""
    return font.lower() in _FONTS


def glyph(code: int, font: str) -> str:
    """The character that shows for a code of a font; empty where the glyph says nothing (an arrow, a hand).

    Symbol fonts keep their glyphs at 0x20–0xFF, which files write as such or moved to U+F020–U+F0FF.
    """
    private = 0xF000 <= code <= 0xF0FF
    table = _FONTS.get(font.lower())
    if table is None:
        # Code moved to the private area by a program that has forgotten the font: Wingdings is the usual one.
        return _WINGDINGS.get(code - 0xF000, "") if private else _UNICODE.get(code, chr(code))
    return table.get(code - 0xF000 if private else code, "")


def has_private(text: str) -> bool:
    """Whether a text holds characters of a symbol font's private area."""
    return any("\uf000" <= character <= "\uf0ff" for character in text)


def shown(text: str, font: str, other: str | None = None) -> str:
    """A text as it shows in a font; ASCII that a symbol font has no meaning for stays, so that nothing typed is lost.

    Args:
        other: Font of the characters beyond ASCII, where it may be another one.
    """
    other = font if other is None else other
    pieces = []
    for character in text:
        code = ord(character)
        if 0xF000 <= code <= 0xF0FF:
            pieces.append(glyph(code, other))
        elif code < 0x100 and is_symbol_font(used := font if code < 0x80 else other):
            pieces.append(glyph(code, used) or character)
        else:
            pieces.append(character)
    return "".join(pieces)
