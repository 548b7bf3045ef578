"""Names of cells in sheets: column letters and references."""

from __future__ import annotations

import re
from functools import lru_cache

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; from 0, the last ones included."""


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """0 for `A`; letters in either case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """`B7` for row 6, column 1."""
    return f"{column_letters(column)}{row + 1}"


def position(reference: str) -> tuple[int, int] | None:
    """Row and column of `B7` or `$B$7`; None for what is no reference."""
    found = _REFERENCE.match(reference)
    if found is None or found[2] == "0":
        return None
    return int(found[2]) - 1, column_number(found[1])


def span(reference: str) -> Range | None:
    """The range of `B7:D9` or `B7`; None for what is no range of cells."""
    first, _, last = reference.partition(":")
    begin, end = position(first), position(last or first)
    if begin is None or end is None:
        return None
    return min(begin[0], end[0]), min(begin[1], end[1]), max(begin[0], end[0]), max(begin[1], end[1])
