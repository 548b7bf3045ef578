"""The fonts of a document: pdfminer's, with no code lost that a font's character map does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from pdfminer.cmapdb import CMap
from pdfminer.pdffont import PDFCIDFont
from pdfminer.pdfinterp import PDFResourceManager

_NOT_DEFINED = 0
"""The glyph that shows where a font has none for a code."""
_LEAD = 0x80
"""From this byte on a code has two, in the maps that mix codes of one byte and of two."""


class Fonts(PDFResourceManager):
    """A keeper of fonts for one document."""

    def __init__(self) -> None:
        super().__init__(caching=True)

    def get_font(self, objid: object, spec: Mapping[str, object]) -> Any:
        font = super().get_font(objid, spec)
        if isinstance(font, PDFCIDFont) and isinstance(font.cmap, CMap):
            font.decode = partial(_glyphs_of, font.cmap.code2cid)  # type: ignore[method-assign]
        return font


def _glyphs_of(known: Mapping[int, Any], codes: bytes) -> Iterator[int]:
    """The glyphs of a text's codes.

    pdfminer passes over a code that is not in the map, and takes the second byte of one for the first of the next.
    """
    wide = not any(isinstance(value, int) for value in known.values())
    at = 0
    while at < len(codes):
        step: Any = known
        start = at
        while isinstance(step, dict) and at < len(codes):
            step = step.get(codes[at])
            at += 1
        if isinstance(step, int):
            yield step
            continue
        if step is None:
            at = max(at, start + (2 if wide or codes[start] >= _LEAD else 1))
        yield _NOT_DEFINED


def plain_font(name: Any) -> str:
    """`Wingdings` for `ABCDEF+Wingdings-Regular`."""
    text = name if isinstance(name, str) else ""
    return text.rpartition("+")[2].partition("-")[0].partition(",")[0]
