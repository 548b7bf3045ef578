"""What all codes on printed pages have in common: `…/page/pages/check` at their end.

The check tells a code of ours from any other text in a symbol, and a misread one from a right one.
"""

from __future__ import annotations

import binascii
import re

TAIL = r"/(?P<page>[1-9]\d{0,3})/(?P<pages>[1-9]\d{0,3})"
"""Which page of how many, from 1."""

CHECK = r"/(?P<check>[0-9A-F]{4})"


def sealed(body: str) -> str:
    """The body with its check: CRC-16/CCITT-FALSE, four capital hex digits."""
    return f"{body}/{_check(body)}"


def page_of(match: re.Match[str] | None) -> tuple[int, int] | None:
    """Page and pages of a code that matched with `body`, `TAIL` and `CHECK`; None where it is none or misread."""
    if match is None or _check(match["body"]) != match["check"]:
        return None
    page, pages = int(match["page"]), int(match["pages"])
    return (page, pages) if page <= pages else None


def _check(body: str) -> str:
    return f"{binascii.crc_hqx(body.encode('ascii'), 0xFFFF):04X}"
