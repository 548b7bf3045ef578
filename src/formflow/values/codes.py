"""The unified social credit code of organisations (统一社会信用代码)."""

from __future__ import annotations

import re

from formflow.messages import listed
from formflow.messages import values as messages
from formflow.values.doubt import Doubt, doubt
from formflow.values.empty import is_empty
from formflow.values.folding import dashed, narrow

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of a code in the order of their values; I, O, Z, S and V are not among them."""

LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_LABEL = re.compile(r"^[^:]{0,24}:")
_CODE = re.compile(r"[0-9A-Z]+")
_SHAPE = re.compile(rf"[1-9ANY][1-9A][0-9]{{6}}[{ALPHABET}]{{10}}")


def check_character(body: str) -> str:
    """The eighteenth character that belongs to the first seventeen.

    Raises:
        ValueError: A character of `body` is not in `ALPHABET`.
    Source:
        GB 32100-2015, 5.2.6 and annex A.
    """
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[-total % 31]


def read_uscc(text: str) -> str | Doubt | None:
    """The code in upper case, its check character verified; None where nothing is written.

    Nothing is put right silently: a look-alike letter (O for 0) is a Doubt, as is any slip that the
    check character betrays.
    """
    if is_empty(text):
        return None
    code = "".join(dashed(_LABEL.sub("", narrow(text))).upper().split())
    code = code.replace("-", "").strip(".,;:。、()")
    if not _CODE.fullmatch(code):
        return doubt("not-a-code", text, messages.NO_CODE())
    if len(code) == 15:
        return doubt("old-tax-number", text, messages.OLD_TAX_NUMBER())
    if len(code) != LENGTH:
        return doubt("code-length", text, messages.CODE_LENGTH(count=len(code)))
    strangers = sorted({character for character in code if character not in ALPHABET})
    if strangers:
        return doubt("code-letter", text, messages.CODE_LETTERS(strangers=listed(strangers)))
    expected = check_character(code[:-1])
    if code[-1] != expected:
        return doubt("code-check", text, messages.CODE_CHECK(expected=expected, code=code[-1]))
    if not _SHAPE.fullmatch(code):
        return doubt("code-shape", text, messages.CODE_REGION())
    return code
