"""Signs of one shape, of which the text around says which is meant: a dash or the number one, a nought or a ring.

The models share their probability out among them, and none of them is ever certain. Where only one can stand, it is
as sure as all of them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from formflow.recognition.engine import Glyph, Spelled

_DASHES = frozenset("-—–―－−ー一")
_NOUGHTS = frozenset("〇○◯OoО0０")
_OPENED, _CLOSED = frozenset("(（"), frozenset(")）")
_NUMERALS = frozenset("一二三四五六七八九〇○")


def as_meant(line: Spelled) -> Spelled:
    """A line with each of these signs as the one that it can only be."""
    glyphs = line.glyphs
    if not any(glyph.text in _DASHES or glyph.text in _NOUGHTS for glyph in glyphs):
        return line
    return replace(line, glyphs=tuple(_meant(glyphs)))


def _meant(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    for number, glyph in enumerate(glyphs):
        before = glyphs[number - 1].text if number else ""
        after = glyphs[number + 1].text if number + 1 < len(glyphs) else ""
        if (
            glyph.text in _DASHES
            and before.isascii()
            and before.isdigit()
            and after.isascii()
            and after.isdigit()
        ):
            yield _one_of(glyph, "-", _DASHES)
        elif glyph.text in _DASHES and before in _OPENED and after in _CLOSED:
            yield _one_of(glyph, "一", _DASHES)
        elif glyph.text in _NOUGHTS and before in _NUMERALS and after in _NUMERALS | {"年"}:
            yield _one_of(glyph, "〇", _NOUGHTS)
        else:
            yield glyph


def _one_of(glyph: Glyph, meant: str, alike: frozenset[str]) -> Glyph:
    more = glyph.second_sure if glyph.second in alike and glyph.second_sure < glyph.sure else 0.0
    return replace(glyph, text=meant, sure=min(1.0, glyph.sure + more))
