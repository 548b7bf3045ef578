"""The code on a printed blank that says which form, layout and page a paper is, for the QR symbol on its page.

`FF1/B/NEW-CUSTOMER/7C3F41A0/P/R/1/1/9D02`: kind of code, form, version of the blank, rendition, layout, page,
pages, check. Capitals, digits, `-` and `/` only, so that a QR symbol takes it in its alphanumeric mode.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from formflow.values.pagecode import CHECK, TAIL, page_of, sealed

_PREFIX = "FF1/B"
_RENDITIONS = {"D": "docx", "X": "xlsx", "P": "pdf"}
_KINDS = {"R": "record", "L": "log"}
_CODE = re.compile(
    r"(?P<body>FF1/B/(?P<form>[A-Z][A-Z0-9-]{0,59})/(?P<version>[0-9A-F]{8})/(?P<rendition>[DXP])/(?P<kind>[RL])"
    rf"{TAIL}){CHECK}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankCode:
    """What the code on a blank's page says.

    Attributes:
        form: Id of the form.
        version: Eight lower-case hex digits; see `formflow.forms.layout.blank_version`.
        rendition: `docx`, `xlsx` or `pdf`: which program set the paper.
        kind: `record` or `log`.
        page, pages: Which page of how many, from 1.
    """

    form: str
    version: str
    rendition: str
    kind: str
    page: int = 1
    pages: int = 1

    def __str__(self) -> str:
        """The code as the symbol holds it."""
        rendition = next(letter for letter, name in _RENDITIONS.items() if name == self.rendition)
        kind = next(letter for letter, name in _KINDS.items() if name == self.kind)
        form = self.form.upper().replace("_", "-")
        body = f"{_PREFIX}/{form}/{self.version.upper()}/{rendition}/{kind}/{self.page}/{self.pages}"
        return sealed(body)


def parse_blank_code(text: str) -> BlankCode | None:
    """What a code says; None for any other text and where the check differs."""
    match = _CODE.fullmatch(text.strip())
    place = page_of(match)
    if match is None or place is None:
        return None
    return BlankCode(
        form=match["form"].lower().replace("-", "_"),
        version=match["version"].lower(),
        rendition=_RENDITIONS[match["rendition"]],
        kind=_KINDS[match["kind"]],
        page=place[0],
        pages=place[1],
    )
