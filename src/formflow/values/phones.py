"""Telephone and fax numbers, as written but for width and blanks."""

from __future__ import annotations

import re

from formflow.messages import values as messages
from formflow.values.doubt import Doubt, doubt
from formflow.values.empty import is_empty
from formflow.values.folding import dashed, narrow

_LABEL = re.compile(
    r"(?<![a-z])(?:(?:联系|办公|移动|固定|公司|传真)?(?:电话|号码|手机号码|手机号|手机|座机|固话|传真)|tel(?:ephone)?|fax|mobile|phone|[tfm])\s*[.:]+\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[、,;/|\n]|或者|或|和|及|(?<=[0-9)\s])and(?=[0-9(\s+]))\s*", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.0+)?|[0-9]{7,13}\.0+")
_EXTENSION = r"(?:\(?(?:转|轉|分机号?|内线|ext(?:ension)?\.?|[x#*×]):?-?[0-9]{1,6}\)?|-[0-9]{1,5})?"
_COUNTRY = r"(?:(?:\+|00)?86-?|\(\+?86\)-?)?"
_NUMBERS = re.compile(
    rf"(?:{_COUNTRY}(?:"
    r"1[3-9](?:-?[0-9]){9}"  # mobile
    rf"|(?:\(0?(?:10|2[0-9])\)-?|0?(?:10|2[0-9])-|0(?:10|2[0-9]))[2-9](?:-?[0-9]){{7}}{_EXTENSION}"  # area of 3
    rf"|(?:\(0?[3-9][0-9]{{2}}\)-?|0?[3-9][0-9]{{2}}-|0[3-9][0-9]{{2}})[2-9](?:-?[0-9]){{6,7}}{_EXTENSION}"  # area of 4
    rf"|[48]00-?[0-9](?:-?[0-9]){{6}}{_EXTENSION}"  # service numbers
    rf"|[2-9][0-9]{{2,3}}-?[0-9]{{4}}{_EXTENSION}"  # local
    r"))",
    re.IGNORECASE,
)
_FOREIGN = re.compile(rf"(?:\+|00)(?!86)[1-9](?:-?\(?[0-9]\)?){{6,14}}{_EXTENSION}", re.IGNORECASE)
LONGEST = 120


def read_phone(text: str) -> str | Doubt | None:
    """The number as written, width folded and blanks dropped; several joined by `、`.

    Each must have the digits of a mobile, a line with or without its area, a service number or a
    foreign number with its country; letters, names and halves of numbers are a Doubt.
    """
    if is_empty(text):
        return None
    written = _LABEL.sub("", dashed(narrow(text))).strip().rstrip("。.;,、")
    if len(written) > LONGEST:
        return _not_a_number(text)
    if _GROUPED.fullmatch(written):
        # A spreadsheet that took the number for an amount: 80,956,068.00.
        written = written.partition(".")[0].replace(",", "")
    numbers: list[str] = []
    for part in _SEPARATOR.split(written):
        if not part.strip():
            continue
        found = _whole(part)
        if found is None:
            return _not_a_number(text)
        numbers.extend(found)
    return "、".join(dict.fromkeys(numbers)) if numbers else _not_a_number(text)


def _whole(part: str) -> list[str] | None:
    """The numbers in a part that no mark divides; a blank may divide two whole numbers."""
    joined = "".join(part.split())
    if _is_number(joined):
        return [joined]
    pieces = part.split()
    for cut in range(1, len(pieces)):
        left, right = "".join(pieces[:cut]), "".join(pieces[cut:])
        if _is_number(left) and _is_number(right):
            return [left, right]
    return None


def _is_number(joined: str) -> bool:
    return bool(_NUMBERS.fullmatch(joined) or _FOREIGN.fullmatch(joined))


def _not_a_number(text: str) -> Doubt:
    return doubt("not-a-phone", text, messages.NO_TELEPHONE())
