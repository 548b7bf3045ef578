"""How a label on paper is misread: its star, its number, its translation, a character of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from formflow.extraction.labels.labels import fold_label

_STARS = frozenset("水火米木大太来未末本永中丰关一xX×乂")
_TEL = re.compile(r"(?<![A-Za-z])Te[1I](?![A-Za-z0-9])")
_CALLED = re.compile(r"(?<=[\u3400-\u9fff])(\s?)Te[1I](?=\s?\.?\s?[:：])")
_ENGLISH = re.compile(
    r"(?<=[\u3400-\u9fff)）])[ /]*[A-Za-z](?:[A-Za-z .,&/'-]|(?<=[A-Za-z ])[01](?=[A-Za-z]))*(?=[:：]?\s*$)"
)
"""A label's translation behind it, however it was read: 页数Pag es, 经办人Hand 1ed by."""
_NUMBERED = re.compile(r"^[①-⑳\d]{1,3}\s*(?=[*\u3400-\u9fff])")
"""What is read of a number in a circle, which the models know up to ten only: ⑫ is ①② or 12."""
_LEAST_LOST, _LEAST_CERTAIN = 3, 4
"""Characters of a text that may be a label less one, and of one that is a label but for one."""


def with_tel(text: str) -> str:
    """A text with the English of 电话 before its colon as it is spelled; whatever else stands there, no value is Te1."""
    return _CALLED.sub(r"\1Tel", text)


def without_english(text: str) -> str:
    """A label without the translation behind it."""
    return _ENGLISH.sub("", text)


def bare_forms(text: str) -> Iterator[str]:
    """What a label may be without what stands around it: a star that marks a required field, a number, English."""
    yield _TEL.sub("Tel", text)
    for stem in dict.fromkeys((text, without_english(text))):
        for bare in (stem, _NUMBERED.sub("", stem)):
            yield from (bare, *_without_star(bare.strip()))


def _without_star(text: str) -> Iterator[str]:
    """A label without the sign at its end or its beginning that a star is read as."""
    if text[-1:] in _STARS:
        yield text[:-1]
    if text[:1] in _STARS:
        yield text[1:]


def is_near(text: str, label: str, *, lost: bool = False) -> bool:
    """Whether a label may have been read as the text: one character in four wrong, at least one right of each two.

    Args:
        lost: One character must be missing, and no other be wrong.
    """
    if lost:
        # Two characters are a caption as often: 收文 over the day and the number of what came in.
        return _LEAST_LOST <= len(text) == len(label) - 1 and Levenshtein.distance(text, label) == 1
    allowed = 1 if len(label) < 6 else 2
    return len(label) >= 2 and Levenshtein.distance(text, label, score_cutoff=allowed) <= allowed


def is_all_but_one(text: str, label: str) -> bool:
    """Whether a text in a row of labels is one of four characters or more with one of them read wrong.

    There it is a label and no value, and of those that the form lacks no other is near.
    """
    read, meant = fold_label(without_english(text)), fold_label(label)
    return len(read) == len(meant) >= _LEAST_CERTAIN and Levenshtein.distance(read, meant) == 1
