"""One script a page: on a page of simplified characters a traditional one was mostly read wrong.

The models know both scripts and 黄 and 黃 look alike. A character that only the traditional script has is folded
where the rest of the page is simplified, unless it was read beyond doubt: a name may be written so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from formflow.recognition.engine import Glyph, Spelled

_CERTAIN = 0.985
_SIMPLIFIED = 0.9
"""Share of a page's Chinese characters that both scripts or the simplified one have."""


def in_one_script(lines: Sequence[Spelled]) -> list[Spelled]:
    """A page's lines, with stray traditional characters as the simplified ones that look like them."""
    han = [glyph.text for line in lines for glyph in line.glyphs if "\u4e00" <= glyph.text <= "\u9fff"]
    if sum(_folded(text) == text for text in han) < _SIMPLIFIED * len(han):
        return list(lines)
    return [
        replace(line, glyphs=tuple(map(_simplified, line.glyphs))) if line.least < _CERTAIN else line
        for line in lines
    ]


def _simplified(glyph: Glyph) -> Glyph:
    text = _folded(glyph.text)
    if glyph.sure >= _CERTAIN:
        return glyph
    # The runner-up is the same character in the one script or in the other.
    more = glyph.second_sure if glyph.second and _folded(glyph.second) == text else 0.0
    return (
        replace(glyph, text=text, sure=min(1.0, glyph.sure + more)) if more or text != glyph.text else glyph
    )


@cache
def _folded(text: str) -> str:
    """A character that GB 2312 does not have as its simplified one; any other as it is."""
    if _in_gb2312(text):
        return text
    folded = str(_converter().convert(text))
    return folded if len(folded) == 1 and _in_gb2312(folded) else text


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # for two scripts only

    return OpenCC("t2s")
