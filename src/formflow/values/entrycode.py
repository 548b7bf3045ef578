"""The code on a printed document that says which entry it belongs to, for the QR symbol on its page.

`FF1/E/XKH/2026/1/1/1/4B1F`: kind of code, series, year, serial, page, pages, check. Capitals, digits and `/` only,
so that a QR symbol takes it in its alphanumeric mode and stays coarse enough to survive print, pen and scanner.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from formflow.values.pagecode import CHECK, TAIL, page_of, sealed

_PREFIX = "FF1/E"
_CODE = re.compile(
    r"(?P<body>FF1/E/(?P<series>[A-Z0-9$%*+.:-]{1,40})/(?P<year>\d{4})/(?P<serial>[1-9]\d{0,8})"
    rf"{TAIL}){CHECK}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCode:
    """What the code on a page says.

    Attributes:
        series, year, serial: The entry's place in the register.
        page, pages: Which page of how many, from 1.
    """

    series: str
    year: int
    serial: int
    page: int = 1
    pages: int = 1

    def __str__(self) -> str:
        """The code as the symbol holds it."""
        body = f"{_PREFIX}/{self.series}/{self.year}/{self.serial}/{self.page}/{self.pages}"
        return sealed(body)


def parse_entry_code(text: str) -> EntryCode | None:
    """The entry a code names; None for any other text and where the check differs."""
    match = _CODE.fullmatch(text.strip())
    place = page_of(match)
    if match is None or place is None:
        return None
    return EntryCode(
        series=match["series"],
        year=int(match["year"]),
        serial=int(match["serial"]),
        page=place[0],
        pages=place[1],
    )
