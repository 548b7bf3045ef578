"""Numbers and the places in a file where they belong: what the copy of a file with several entries shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PAGE = re.compile(r"page (\d+)")
_NAMED = 3
"""Up to so many numbers are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """An entry's number and where the entry stands in its file.

    Attributes:
        number: As printed.
        item: 件号, as the 归档章 shows it.
        part: Sheet, page or story, as the readers name it (`3月`, `page 2`, `body`).
        table: Ordinal of the table in the part, from 1; None in a sheet, and for a form.
        row: Row of the sheet or table, from 1; None for a form.
        box: On a page: left, top, right, bottom of the row in points from the top-left corner.
        text: What stands in the row, so that no number is written into another row.
    """

    number: str
    item: str = ""
    part: str = ""
    table: int | None = None
    row: int | None = None
    box: tuple[float, float, float, float] | None = None
    text: str = ""

    @property
    def page(self) -> int | None:
        """The page from 0; None where the part is none."""
        match = _PAGE.fullmatch(self.part)
        return int(match[1]) - 1 if match else None


def span(numbered: Sequence[Numbered]) -> str:
    """`登记号：甲-1、甲-2` of a few numbers, `登记号：甲-1 至 甲-9，共 9 件` of many."""
    numbers = list(dict.fromkeys(one.number for one in numbered))
    if len(numbers) <= _NAMED:
        return f"登记号：{'、'.join(numbers)}"
    return f"登记号：{numbers[0]} 至 {numbers[-1]}，共 {len(numbers)} 件"
