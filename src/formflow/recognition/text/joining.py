"""Rows of recognised text as a cell's text: wraps undone, brackets in pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from formflow.recognition.pieces import Piece
from formflow.recognition.rulings.grid import Area
from formflow.recognition.text.parameters import TEXT

_YEAR_OPENED = re.compile(r"〔\s*((?:19|20)\d\d)\s*(?:[)）\]】}〕]|(?=\d{1,4}\s*号))")
_YEAR_CLOSED = re.compile(r"[(（\[【{〔C1lI|]\s*((?:19|20)\d\d)\s*〕")
_LOST_YEAR = re.compile(
    r"(?<=[\u3400-\u9fff])\s*[\[【{「〔C八一丨71lI(（/]((?:19|20)\d\d)[ ](\d{1,4})(?=\s*号)"
)
_OF_DOCUMENT = re.compile(
    r"(?<=[\u3400-\u9fff])\s*[\[【{「〔C(（]\s*((?:19|20)\d\d)\s*[\]】}」〕](?=\s*\d{1,5}\s*号)"
)
_YEAR = re.compile(r"〔(?:19|20)\d\d〕\s*\d{1,5}\s*号")
_BARE_YEAR = re.compile(
    r"(?<=[\u3400-\u9fff])(?<![路街道巷弄村])\s*([\[【{「〔C(（])?\s*((?:19|20)\d\d)"
    r"(?(1) *|[\]】}」〕 ]*)(\d{1,4})(?=\s*号)"
)
"""Behind a street it is the number of a house."""
_LEADING_YEAR = re.compile(r"(?:19|20)\d\d\s*(?!年)[\u3400-\u9fff]{1,4}第\s*\d+\s*号")
_LISTED = re.compile(r"(?m)(?:^|(?<=[。；;]))\s*[\d一二三四五六七八九十]{1,3}\s*[)）]")
_PAIRS = (("(（", ")）"), ("〔", "〕"), ("【", "】"), ("[", "]"))
_BEFORE_YEAR = re.compile(r"(?<=[\u3400-\u9fff])\n(?=[〔\[【(（{C]\s?(?:19|20)\d\d\s?[〕\]】)）}])")
_BRACKETS = re.compile(r"([(（])([^()（）\n]*)([)）])")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LAST_O = re.compile(r"(?<=[\u3400-\u9fff])o\Z")
_OPENED = "〔（(【["
_WORD = re.compile(rf"[{re.escape(_OPENED)}]*[!-~]+[〕）)】]*")
_DAY_END, _CLOCK = re.compile(r"(?:\d[-./]\d{1,2}|[日号])\Z"), re.compile(r"\d{1,2}\s*[:：时点]")
_LAST_DIGITS, _FIRST_DIGITS = re.compile(r"\d[\d ]*\Z"), re.compile(r"\d[\d ]*")
_SHORTEST = 7
"""Digits of the shortest telephone number."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text as written, with its pieces and its height in pixels."""

    pieces: Sequence[Piece]
    text: str
    height: float


def joined(rows: Sequence[Row], area: Area) -> str:
    """The rows of a cell, one below the other; a row that only wrapped goes on in the same line."""
    if not rows:
        return ""
    # What is kept free at the left is kept free at the right; a centred row begins further in.
    margin = max(min(row.pieces[0].area[0] for row in rows) - area[0], 0)
    text = rows[0].text
    for before, row in pairwise(rows):
        word = _WORD.match(row.text)
        width = before.height * (TEXT.digit_in_heights * len(word[0]) if word else 1.0)
        if text[-1] in _OPENED or _breaks_a_number(text, row.text):
            joint = ""
        elif area[2] - margin - before.pieces[-1].area[2] >= width + 0.25 * before.height:
            joint = "\n"
        elif (_DAY_END.search(text) and _CLOCK.match(row.text)) or row.text[0] in "☐☑":
            joint = " "
        else:
            joint = " " if text[-1].isascii() and text[-1].isalpha() and word else ""
        text = f"{text}{joint}{row.text}"
    return _paired(text)


def _breaks_a_number(text: str, after: str) -> bool:
    """Whether a row ends and the next begins with digits that are too few to be a number of their own."""
    end, start = _LAST_DIGITS.search(text), _FIRST_DIGITS.match(after)
    if not end or not start:
        return False
    before, behind = (sum(map(str.isdigit, run[0])) for run in (end, start))
    return min(before, behind) < _SHORTEST <= before + behind


def has_document_year(text: str) -> bool:
    """Whether a document's number with its year in its own brackets is in the text."""
    return _YEAR.search(text) is not None


def _paired(text: str) -> str:
    """Brackets in pairs: 〔2026〕 around a document's year, full width around Chinese as Chinese print has it.

    A pair of two widths was read wrong on one side, and Chinese print has the wide one.
    """
    text = _YEAR_CLOSED.sub(r"〔\1〕", _YEAR_OPENED.sub(r"〔\1〕", _BEFORE_YEAR.sub("", text)))
    # GB/T 9704: the year of a document's number stands in 〔〕, which the models take for their likes.
    text = _LOST_YEAR.sub(r"〔\1〕\2", _OF_DOCUMENT.sub(r"〔\1〕", text))
    return _BRACKETS.sub(_wide, text)


def _wide(pair: re.Match[str]) -> str:
    mixed = (pair[1] == "（") != (pair[3] == "）")
    return f"（{pair[2]}）" if mixed or _CHINESE.search(pair[2]) else pair[0]


def with_full_stop(text: str) -> str:
    """The text with its last letter o behind a Chinese character as the full stop that it nearly always was."""
    return _LAST_O.sub("。", text)


def with_document_year(text: str) -> str:
    """The text with the brackets around a document's year that the recogniser passed over: 天函202678号."""
    return _BARE_YEAR.sub(r"〔\2〕\3", text)


def lost_a_bracket(text: str) -> bool:
    """Whether a bracket has no partner, or a document's year stands bare: 天函202678号, 2026采字第8号."""
    bare = _LISTED.sub("", text)
    torn = any(sum(map(bare.count, opening)) != sum(map(bare.count, closing)) for opening, closing in _PAIRS)
    return torn or bool(_BARE_YEAR.search(text) or _LEADING_YEAR.match(text))
