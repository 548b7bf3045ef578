"""The unified social credit code of organisations (统一社会信用代码)."""

from __future__ import annotations

import re

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
        return doubt(
            "not-a-code",
            text,
            "不是统一社会信用代码。请写 18 位数字和大写字母。",
            "is not a unified social credit code; write its 18 digits and capital letters.",
        )
    if len(code) == 15:
        return doubt(
            "old-tax-number",
            text,
            "是 15 位旧税号，不是统一社会信用代码。请写营业执照上的 18 位代码。",
            "is an old tax number of 15 digits; write the 18-character code from the business licence.",
        )
    if len(code) != LENGTH:
        return doubt(
            "code-length",
            text,
            f"有 {len(code)} 位，统一社会信用代码应为 18 位。请核对。",
            f"has {len(code)} characters where the code has 18; check it.",
        )
    strangers = sorted({character for character in code if character not in ALPHABET})
    if strangers:
        return doubt(
            "code-letter",
            text,
            f"含有代码中不会出现的字母 {'、'.join(strangers)}（代码不用 I、O、Z、S、V）。请对照营业执照核对。",
            f"holds {', '.join(strangers)}, which the code never uses (no I, O, Z, S, V); check it against the licence.",
        )
    expected = check_character(code[:-1])
    if code[-1] != expected:
        return doubt(
            "code-check",
            text,
            f"的校验位不符：按前 17 位应为 {expected}，写的是 {code[-1]}。请对照营业执照核对每一位。",
            f"fails its check: the first 17 characters call for {expected}, not {code[-1]};"
            " check every character against the licence.",
        )
    if not _SHAPE.fullmatch(code):
        return doubt(
            "code-shape",
            text,
            "的登记管理部门、机构类别或行政区划位不合规。请对照营业执照核对。",
            "has an impossible authority, category or region (characters 1 to 8); check it against the licence.",
        )
    return code
