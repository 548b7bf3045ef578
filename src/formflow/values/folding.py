"""One written form for what offices type in many widths."""

from __future__ import annotations

import re
import unicodedata

CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as the inside of a regular expression's brackets."""

UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
"""Control characters but tabs and line breaks, characters that turn the direction of writing, and those without
width, as the inside of a regular expression's brackets: nobody sees them, and they can make a text look like
another or write to a terminal.

Source: Unicode 15, general category Cc and Default_Ignorable_Code_Point.
"""
SHAPES = "\u00ad\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Likewise, what only says how the character before is drawn, or where a word may be parted."""

_INVISIBLE = re.compile(f"[{UNSEEN}{SHAPES}]")
# NFKC would turn these into plain digits and letters (3² → 32, ① → 1), which changes what is written;
# the spacing diaeresis is the unticked box of the Wingdings font.
_KEPT = re.compile(
    "([\u00a8\u00b2\u00b3\u00b4\u00b9\u00bc-\u00be\u2025\u2026\u2070-\u209f\u2150-\u218b\u2460-\u24ff\u3200-\u33ff]+)"
)
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\u2500\u2501\u30fc\ufe58\ufe63]")


def narrow(text: str) -> str:
    """The text with full-width and compatibility forms folded, invisible characters dropped, blanks kept.

    `２０２６年⽉：` → `2026年月:`. Superscripts, circled digits and fractions stay as they are.
    """
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", text)
    if _KEPT.search(text):
        parts = _KEPT.split(text)
        parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
        return "".join(parts)
    return unicodedata.normalize("NFKC", text)


def dashed(text: str) -> str:
    """The text with every kind of dash and minus as `-`."""
    return text if text.isascii() else _DASHES.sub("-", text)


def fold(text: str) -> str:
    """Canonical folding for comparisons: NFKC, blanks and invisible characters dropped, case folded."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return "".join(text.split()).casefold()
