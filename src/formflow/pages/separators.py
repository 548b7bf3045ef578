"""Separator pages: sheets laid between the papers of a batch, which are no paper themselves.

Offices print them in many ways: a code whose text says so, a patch code with its name beside it, or one large word
on an otherwise empty sheet, often of coloured paper. An empty sheet without a word is the back of a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from formflow.model import Line, Part, PartKind
from formflow.values.pagecode import sealed

SEPARATOR_CODE = sealed("FF1/S")
"""The text in the QR symbol of the separator page that we print."""

_CHINESE = "(?:文件|文档|单据|表单|批次|扫描|条码)?(?:分隔[页纸单张符]?|隔[页纸]纸?|分页[纸符]?|分批[页纸]?|分件[页纸]?)"
_ENGLISH = (
    "(?:batch|document|doc|file|form|job|page|scan|section)*(?:separator|separation)(?:page|sheet|barcode|code)?"
    "|patch(?:code)?(?:t|[1-6]|i{1,3}|iv|vi)|patchcode"
)
_NAME = re.compile(rf"(?:{_CHINESE}|{_ENGLISH})+(?:no)?\d{{0,4}}")
_CODE = re.compile(rf"[a-z]{{0,12}}(?:{_CHINESE}|{_ENGLISH})+(?:no)?\d{{0,8}}")
_RINGS = str.maketrans(dict.fromkeys("☐☑□○", "o"))
"""A round letter as tall as a checkbox is taken for one."""
_LARGE, _BESIDE = 20.0, 80
"""Points that a word is high at least that stands beside other print, and how many characters of that there may be."""
_PAPER = 200
"""Characters from which a page is a paper, whatever code is stuck on it."""


def is_separator(part: Part) -> bool:
    """Whether a page is a sheet that parts papers: by its code, by its only word, or by the large word on it."""
    if part.kind != PartKind.PAGE:
        return False
    texts = [_folded(text) for text in _texts(part)]
    written = "".join(texts)
    if len(written) > _PAPER:
        return False
    if any(map(_is_code, part.codes)):
        return True
    if part.controls:
        return False
    if _NAME.fullmatch(written):
        return True
    return any(
        _NAME.fullmatch(name) and len(written) - len(name) <= _BESIDE
        for line in part.lines
        if _height(line) >= _LARGE and (name := _folded(line.text))
    )


def _is_code(text: str) -> bool:
    return text.strip() == SEPARATOR_CODE or _CODE.fullmatch(_folded(text)) is not None


def _texts(part: Part) -> Iterator[str]:
    for block in part.blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def _folded(text: str) -> str:
    """Letters and digits only, in one width and in small letters."""
    plain = unicodedata.normalize("NFKC", text.translate(_RINGS)).lower()
    return "".join(character for character in plain if character.isalnum())


def _height(line: Line) -> float:
    box = line.source.box
    return box[3] - box[1] if box else 0.0
