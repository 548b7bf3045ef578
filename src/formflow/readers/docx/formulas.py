"""Formulas of Word (Office MathML, ECMA-376 part 1, 22.1) in one line: a fraction keeps its stroke, a power its sign."""

from __future__ import annotations

from formflow.readers.packages.ooxml import Element

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH = tuple(_M + name for name in ("oMath", "oMathPara"))
_T, _E = _M + "t", _M + "e"
_JOINED = {
    _M + "f": ("num", "/", "den"),
    _M + "sSup": ("e", "^", "sup"),
    _M + "sSub": ("e", "_", "sub"),
}
_MAX_DEPTH = 40


def linear(element: Element, depth: int = 0) -> str:
    """A formula as text, `½` as `1/2` and `10²` as `10^2`: the bare digits would say another number."""
    if depth > _MAX_DEPTH:
        return ""
    tag = element.tag
    if tag == _T:
        return element.text or ""
    if tag in _JOINED:
        first, sign, second = _JOINED[tag]
        return _held(element.find(_M + first), depth) + sign + _held(element.find(_M + second), depth)
    if tag == _M + "rad":
        return "√" + _held(element.find(_E), depth)
    return "".join(linear(child, depth + 1) for child in element)


def _held(part: Element | None, depth: int) -> str:
    """One operand, in brackets where it is more than a word or a number."""
    text = "" if part is None else linear(part, depth + 1)
    return f"({text})" if len(text) > 1 and not text.isalnum() else text
