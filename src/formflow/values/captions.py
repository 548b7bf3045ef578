"""Rows of a list that are no entries: sums, and what only parts the entries."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SUM = re.compile(
    r"^[\s\u3000]*(?:本?[页月年日期季]?[度末]?[\s\u3000]*(?:合[\s\u3000]*计|小[\s\u3000]*计|总[\s\u3000]*计|累[\s\u3000]*计|共[\s\u3000]*计|汇[\s\u3000]*总)|总[\s\u3000]*数|承前页|承上页|过次页|转下页|接上页|total)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"^[\s\u3000(（—\-~]*(?:(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|[第]?[一二三四1-4]季度|第\s*\d+\s*页.*|以下空白|以下无正文|[上下]半年)[\s\u3000)）—\-~]*$"
)
_CAPTIONED = re.compile(r"[\s\u3000]*[^\W\d][^:：\d]{0,9}[:：]")


def is_between_entries(texts: Sequence[str]) -> bool:
    """Whether the texts of a row, from left to right and without blanks, are those of a sum, a separator or signatures."""
    if any(map(is_sum, texts[:3])) or (len(texts) <= 2 and any(map(is_separator, texts))):
        return True
    # Under the heads of a list a value needs no caption: what brings its own (审核人：李四) is no entry's.
    return bool(texts) and all(map(_CAPTIONED.match, texts))


def is_sum(text: str) -> bool:
    """Whether a text captions a sum, or one that is carried from page to page."""
    return _SUM.match(text) is not None


def is_separator(text: str) -> bool:
    """Whether a text only parts the entries of a list: a month, a page, the end."""
    return _SEPARATOR.match(text) is not None
