"""Text from papers, file names and other programs, made safe to print.

A terminal obeys control characters, and a reader believes what a bidirectional override shows. Whatever is printed
for people goes through `visible`, whatever is printed for machines through `json_line`.
"""

from __future__ import annotations

import json
from typing import Any

_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
"""C0 and C1 controls, DEL, the line and the paragraph separator."""

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX 9)."""

_ESCAPED = {code: chr(code).encode("unicode_escape").decode() for code in (*_CONTROLS, *_BIDI)}
_ESCAPED_JSON = {code: f"\\u{code:04x}" for code in (*_CONTROLS, *_BIDI) if code >= 0x7F}


def visible(text: object) -> str:
    """Text on one line for a terminal: what would steer it or turn the writing round is shown escaped (`\\x1b`)."""
    return str(text).translate(_ESCAPED)


def json_line(value: object) -> str:
    """A value as one line of JSON, without its end; what `visible` escapes is escaped here too, as JSON does.

    A name that is no UTF-8 is escaped as well, so that whoever reads the line gets back the very name.
    """
    line = json.dumps(value, ensure_ascii=False, default=_plain)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, default=_plain)
    return line.translate(_ESCAPED_JSON)


def _plain(value: Any) -> str:
    return str(value)
