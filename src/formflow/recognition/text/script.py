"""One script a page: a traditional character on a page of simplified ones was most likely misread (ADR 18).

The models know both scripts, and 黄 and 黃 look alike. On a page of simplified characters a traditional one is replaced by
its simplified form unless it was read beyond doubt: a name may be written so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.text.parameters import TEXT


def in_one_script(lines: Sequence[Spelled]) -> list[Spelled]:
    """A page's lines, with stray traditional characters in their simplified form."""
    han = [glyph.text for line in lines for glyph in line.glyphs if "\u4e00" <= glyph.text <= "\u9fff"]
    if sum(_folded(text) == text for text in han) < TEXT.simplified_share * len(han):
        return list(lines)
    return [
        replace(line, glyphs=tuple(map(_simplified, line.glyphs)))
        if line.least < TEXT.certain_confidence
        else line
        for line in lines
    ]


def _simplified(glyph: Glyph) -> Glyph:
    text = _folded(glyph.text)
    if glyph.sure >= TEXT.certain_confidence:
        return glyph
    # If the runner-up is the same character in the other script, both probabilities count for it.
    more = glyph.second_sure if glyph.second and _folded(glyph.second) == text else 0.0
    return (
        replace(glyph, text=text, sure=min(1.0, glyph.sure + more)) if more or text != glyph.text else glyph
    )


@cache
def _folded(text: str) -> str:
    """The simplified form of a character that is not in GB 2312; any other character as it is."""
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
