"""Whether a text goes on behind a page break: told by what the other values of its column look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum

from formflow.values.dates import read_datetime

_ENOUGH, _MOST = 3, 0.7
"""Values, and the share of them, that tell what a column holds."""
_ANY_YEAR = 2000
_COUNT = re.compile(r"\s*共?\s*[0-9０-９一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,4}\s*[页张份件]?\s*")
_JOINT = re.compile(r"\w\s*(?:[-－/／(（〔［\[【《“、，,~～:：]|(?<=\d)[年月]|第|转)\s*$")
_TAIL = re.compile(r"[^\s,，。、；;（(]{0,3}?(?:(?:公|分公)?司|限公司|有限公司)\s*")
_NAME_ENDS = re.compile(r"(?:公司|厂|局|院|部|店|行|所|中心|集团|学校|大学|会|站|处|队|社|园)[)）]?\s*$")
_BRACKETS = (("（", "）"), ("(", ")"), ("〔", "〕"), ("【", "】"), ("《", "》"), ("[", "]"))


class Shape(Enum):
    """What the values of a column look like."""

    ANY = "any"
    DAY = "day"
    SHORT_DAY = "day without a year"
    COUNT = "count"

    def fits(self, text: str) -> bool:
        """Whether a text is a whole value of this shape."""
        if self is Shape.COUNT:
            return _COUNT.fullmatch(text) is not None
        if self is Shape.ANY or not text.strip():
            return False
        year = _ANY_YEAR if self is Shape.SHORT_DAY else None
        return isinstance(read_datetime(text, year=year), date)


def shape_of(texts: Sequence[str]) -> Shape:
    """The shape that a column's values have."""
    filled = [text for text in texts if text.strip()]
    for shape in (Shape.DAY, Shape.SHORT_DAY, Shape.COUNT):
        fitting = sum(map(shape.fits, filled))
        if fitting >= _ENOUGH and fitting >= _MOST * len(filled):
            return shape
    return Shape.ANY


def goes_on(head: str, tail: str, shape: Shape) -> bool:
    """Whether two texts are plainly one: only together a day, a pair of brackets, an organisation's name."""
    if not head.strip() or not tail.strip():
        return False
    if shape in (Shape.DAY, Shape.SHORT_DAY):
        return not shape.fits(tail) and any(shape.fits(head + joint + tail) for joint in ("", " "))
    if any(_is_open(head, *pair) and _closes(tail, *pair) for pair in _BRACKETS):
        return True
    if _JOINT.search(head):
        return True
    return _TAIL.fullmatch(tail) is not None and not _NAME_ENDS.search(head)


def joined(head: str, tail: str) -> str:
    """The two texts as one; a cell's width mostly breaks a text where no blank is."""
    head, tail = head.rstrip(), tail.lstrip()
    if not head or not tail:
        return head or tail
    between = " " if _is_letter(head[-1]) and _is_letter(tail[0]) else ""
    return f"{head}{between}{tail}"


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _is_open(text: str, opening: str, closing: str) -> bool:
    return text.rfind(opening) > text.rfind(closing)


def _closes(text: str, opening: str, closing: str) -> bool:
    at = text.find(closing)
    return at >= 0 and opening not in text[:at]
