"""Names of persons and organisations: the width and the blanks folded, never the words."""

from __future__ import annotations

import re

from formflow.messages import values as messages
from formflow.values.doubt import Doubt, doubt
from formflow.values.empty import is_empty
from formflow.values.folding import CHINESE, fold, narrow
from formflow.values.surnames import COMPOUND

_HINT = re.compile(
    r"\s*\((?:签字|签名|签章|盖章|公章|盖公章|签字盖章|签字\s*/\s*盖章|必填|选填|全称|印|印章|手写)\)\s*"
)
_LABEL = re.compile(
    r"^(?:姓名|联系人|经办人|收件人|接收人|签收人|登记人|记录人|签字|签名|名称|单位名称|客户名称|公司名称|开票名称)\s*:\s*"
)
_SENTENCE = re.compile(r"[。!?;…\"“”<>=+*%#$]")
_LETTER = re.compile(r"[^\W\d_]")
_PROSE = re.compile(f"[{CHINESE}]{{13}}")
_IS_CHINESE = re.compile(f"[{CHINESE}]")
_ONLY_CHINESE = re.compile(f"[{CHINESE}]+")
_LIST = re.compile(r"\s*[、,/;&]\s*|\s+(?:和|及|与)\s+")
_WIDE_BRACKETS = str.maketrans("()", "（）")
_LOOSE_BLANKS = re.compile(rf"(?<=[{CHINESE}（）·])\s+|\s+(?=[{CHINESE}（）·])")
_DOTS = re.compile("[•‧・∙⋅]")
LONGEST_PERSON = 40
LONGEST_ORGANISATION = 120


def read_person(text: str) -> str | Doubt:
    """A person's name: blanks inside a Chinese name dropped, Latin names with single blanks, titles kept.

    Several persons joined by a mark stay joined by `、`; two that only a blank separates are a Doubt,
    for the blank may stand inside one name.
    """
    name = _LABEL.sub("", _HINT.sub("", narrow(text)).strip()).strip(" ,.;:、。")
    if not name or is_empty(name):
        return doubt("blank", text, messages.NO_PERSON())
    if (
        len(name) > LONGEST_PERSON
        or _PROSE.search(name)
        or _SENTENCE.search(name)
        or not _LETTER.search(name)
        or re.search(r"\d", name)
    ):
        return doubt("not-a-name", text, messages.UNLIKELY_PERSON())
    persons = [_one_person(part) for part in _LIST.split(_DOTS.sub("·", name)) if part]
    if None in persons:
        return doubt("two-names", text, messages.TWO_PERSONS())
    return "、".join(person for person in persons if person)


def _one_person(name: str) -> str | None:
    """The name with its blanks settled; None where a blank may part two names."""
    if not _IS_CHINESE.search(name):
        return " ".join(name.split())
    head, bracket, tail = name.partition("(")
    pieces = head.split()
    if len(pieces) > 1 and all(_ONLY_CHINESE.fullmatch(piece) for piece in pieces):
        joined = "".join(pieces)
        spelled = joined[:2] in COMPOUND or (len(joined) < 4 and all(len(piece) == 1 for piece in pieces))
        if len(joined) > 4 or (not spelled and (len(joined) == 4 or len(pieces[0]) > 2)):
            return None
        head = joined
    else:
        head = _LOOSE_BLANKS.sub("", " ".join(pieces)) if "·" in head else " ".join(pieces)
    return head + ("（" + "".join(tail.split()).translate(_WIDE_BRACKETS) if bracket else "")


def read_organisation(text: str) -> str | Doubt:
    """An organisation's name: width folded, brackets full-width, blanks between Chinese characters dropped.

    A name without Chinese characters keeps its single blanks and its narrow brackets.
    """
    name = " ".join(_LABEL.sub("", _HINT.sub(" ", narrow(text)).strip()).split()).strip(" ,;:、。")
    if not name or is_empty(name):
        return doubt("blank", text, messages.NO_ORGANISATION())
    if not _LETTER.search(name) or len(name) > LONGEST_ORGANISATION:
        return doubt("not-a-name", text, messages.UNLIKELY_ORGANISATION())
    if not _IS_CHINESE.search(name):
        return name
    return _LOOSE_BLANKS.sub("", name.translate(_WIDE_BRACKETS))


def same_organisation(a: str, b: str) -> str:
    """How alike two names are: `exact`, `folded` (equal but for width, brackets, blanks, case), `different`.

    有限公司 and 有限责任公司 are different, and so are 分公司 and 总公司.
    """
    if a.strip() == b.strip():
        return "exact"
    return "folded" if _core(a) == _core(b) else "different"


def _core(name: str) -> str:
    return re.sub(r"[〔\[【]", "(", re.sub(r"[〕\]】]", ")", _DOTS.sub("·", fold(name)))).rstrip("。.,、")
