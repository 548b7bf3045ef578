"""More than a value in a value: the label of another field, a signature, a second value behind a wide gap, a hint.

The readers of days, amounts and numbers refuse what does not belong to them; words are taken as they stand, so it is
words that are looked at here.
"""

from __future__ import annotations

import re

from formflow.extraction.accounting.runs import captions_in
from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.pairs.inline import SIGN_WORDS
from formflow.forms.spec import Field, FieldType
from formflow.model import Reading

WIDE_GAP = re.compile(r"\S(?:[ \u3000]{3,}|\t)\s*\S")
_WORDS = frozenset({FieldType.TEXT, FieldType.PERSON, FieldType.ORGANISATION, FieldType.PHONE})
_LABELLED = _WORDS | {FieldType.SIGNATURE}
_NAMES = frozenset({FieldType.PERSON, FieldType.ORGANISATION})
_SPACED_NAME = re.compile(r"[\u3400-\u9fff][ \u3000]+[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d[\d-]{5,}")
_HINT = re.compile(r"\s*[（(][^（()）]+[）)]\s*")


def excess(reading: Reading, field: Field, index: LabelIndex) -> str:
    """What a value holds besides itself, verbatim; empty where nothing shows.

    Args:
        index: All labels of the form.
    """
    text = reading.text
    if reading.value is not None or field.options:
        return ""
    if (other := index.find(text)) is not None and field.type in _WORDS:
        return text.strip() if other.id != field.id or text.strip() != reading.label.strip() else ""
    if field.type in _WORDS and _HINT.fullmatch(text):
        return text.strip()
    begins = _labelled(text, field, index)
    spaced = field.type is FieldType.PERSON and _SPACED_NAME.fullmatch(text.strip())
    if field.type in _WORDS and not spaced and (gap := WIDE_GAP.search(text)):
        begins.append(gap.end() - 1)
    if field.type in _NAMES and (number := _NUMBER.search(text)):
        begins.append(number.start())
    return text[min(begins) :].strip() if begins else ""


def _labelled(text: str, field: Field, index: LabelIndex) -> list[int]:
    """Where in a value labels begin, known or not."""
    begins: list[int] = []
    if (":" not in text and "：" not in text) or field.type not in _LABELLED:
        return begins
    for match in index.pattern.finditer(text):
        own = index.find(match["label"])
        if field.type is FieldType.SIGNATURE and SIGN_WORDS.search(match["label"]):
            continue
        if own is not None and (own.id != field.id or match.start() > 0):
            begins.append(match.start())
    for start, caption in captions_in(text):
        signs = SIGN_WORDS.search(caption) is not None
        if field.type is FieldType.SIGNATURE and signs:
            continue
        if start > 0 or (signs and field.type in _WORDS - {FieldType.PHONE}):
            begins.append(start)
    return begins
