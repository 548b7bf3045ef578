"""Whether a page break cut a row of a table in two; the same for printed pages and for recognised ones.

A row in two halves and two rows look alike, so each verdict needs a proof: the list's own numbers, or columns that
every other row fills and of which the halves fill each its own, together with a text that plainly goes on. Where
something speaks for a cut and nothing proves it, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from formflow.pages.split_texts import Shape, goes_on, shape_of
from formflow.values.captions import is_between_entries

Row = Mapping[int, str]
"""The texts of a row by the column in which their cells begin, merged cells that reach into it among them."""

_LIST = 3
"""Columns of a list at least; what has fewer sets labels beside their values."""
_SAME_LABEL = 70.0
"""How far two texts are alike that are one label; 片区 and 华南片区 have 67."""
_FIRST_ROWS, _AGAIN = 8, 4
"""Rows at the beginning of a table, and different texts of one column in them that two copies of a form have in common.
"""
_NUMBER = re.compile(r"[\s(（]*(\d{1,4})[\s.、．)）]*")
_HEADINGS = 6
"""Rows at a table's top among which the headings are that it repeats on each page."""
_ALIKE, _USUAL = 0.75, 0.9
"""Shares: of the headings that a repeated header reads the same, of the rows that fill a column which all should."""
_ENOUGH = 3
"""Rows, or columns, from which a habit shows."""
_NARROW = 4
"""Columns up to which a table may be labels and values, which have no habits."""


class Verdict(Enum):
    """What the first row behind a page break is: a row, the rest of the one before the break, or either."""

    WHOLE = "whole"
    CUT = "cut"
    UNSURE = "unsure"


def headings(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many rows at the top of a page only repeat headings of the table."""
    for start in range(min(_HEADINGS, len(above))):
        count = 0
        headed = False
        while count < min(len(below), len(above) - start, _HEADINGS):
            row = below[count]
            if not _alike(above[start + count], row):
                break
            filled = [text for text in row.values() if text.strip()]
            if any(map(str.isdigit, "".join(filled))) and len(filled) > 2:
                break
            headed = headed or len(filled) >= _ENOUGH
            count += 1
        if headed:
            return count
    return 0


def _alike(one: Row, other: Row) -> bool:
    if one.keys() != other.keys():
        return False
    filled = [column for column in one if one[column].strip() or other[column].strip()]
    same = sum(_bare(one[column]) == _bare(other[column]) for column in filled)
    return bool(filled) and same >= _ALIKE * len(filled)


def verdict(above: Sequence[Row], below: Sequence[Row]) -> Verdict:
    """What the first row behind a page break is.

    Args:
        above: The table's rows before the break, from its top.
        below: Those behind it, without repeated headings.
    """
    if not above or not below:
        return Verdict.WHOLE
    upper, lower = above[-1], below[0]
    if not _filled(upper) or not _filled(lower) or _is_between(upper) or _is_between(lower):
        return Verdict.WHOLE
    if _is_heading(above):
        return Verdict.WHOLE
    numbers = _number_column(above, below)
    if upper.keys() != lower.keys():
        # A remark across the table is a row of its own; a ruling that was not found makes no difference to a number.
        lacks = numbers is not None and numbers in lower and not lower[numbers].strip()
        return Verdict.UNSURE if lacks and len(lower) > len(upper) / 2 else Verdict.WHOLE
    break_ = _Break(above, below, numbers)
    if numbers is not None:
        return _by_numbers(break_, numbers)
    return _by_columns(break_) if len(upper) > _NARROW else _of_few(break_)


class _Break:
    """The two rows at a break and the habits of the rows around."""

    def __init__(self, above: Sequence[Row], below: Sequence[Row], numbers: int | None) -> None:
        self.above, self.below = above, below
        self.upper, self.lower = above[-1], below[0]
        least = len(self.upper) / 2
        self.others = [row for row in (*above[:-1], *below[1:]) if len(_filled(row)) >= least]
        known = len(self.others) >= _ENOUGH
        self.usual = {
            column
            for column in self.upper
            if column != numbers and known and self._fills(column) >= _USUAL * len(self.others)
        }
        in_upper, in_lower = _filled(self.upper), _filled(self.lower)
        self.only_upper = (self.usual & in_upper) - in_lower
        self.only_lower = (self.usual & in_lower) - in_upper
        self.both = (in_upper & in_lower) - {numbers}
        self.shapes = {column: shape_of([row.get(column, "") for row in self.others]) for column in self.both}

    def _fills(self, column: int) -> int:
        return sum(bool(row.get(column, "").strip()) for row in self.others)

    @property
    def two_values(self) -> bool:
        """Whether a column holds two whole values, as a cut row does only where a number falls apart into two."""
        return any(
            shape is not Shape.ANY and shape.fits(self.upper[column]) and shape.fits(self.lower[column])
            for column, shape in self.shapes.items()
        )

    @property
    def goes_on(self) -> bool:
        """Whether a text plainly begins before the break and ends behind it."""
        return any(
            goes_on(self.upper[column], self.lower[column], shape) for column, shape in self.shapes.items()
        )

    @property
    def is_followed(self) -> bool:
        """Whether a whole row follows, so that the one at the break is not just the list's last, begun and left."""
        return any(self.usual <= _filled(row) for row in self.below[1:])


def _by_numbers(at: _Break, column: int) -> Verdict:
    """The verdict in a list whose rows are numbered: the two rows have one number, and it is their turn."""
    in_upper, in_lower = bool(at.upper[column].strip()), bool(at.lower[column].strip())
    if in_upper and in_lower:
        return Verdict.WHOLE
    split = bool(at.only_upper or at.only_lower)
    if not in_upper and not in_lower:
        return Verdict.UNSURE if split or at.goes_on else Verdict.WHOLE
    own = _number(at.upper[column] if in_upper else at.lower[column])
    if own is None or not (at.goes_on or (split and not at.two_values)):
        return Verdict.UNSURE
    if in_upper:
        following = next(_numbers(at.below[1:], column), None)
        if following is None:
            certain = at.goes_on or 2 * len(at.only_upper) >= len(at.usual)
        else:
            certain = following == own + 1
        return Verdict.CUT if certain else Verdict.UNSURE
    # A row whose number was forgotten stands above a numbered one too, but lacks nothing else.
    before = next(_numbers(at.above[-2::-1], column), None)
    certain = before is not None and own == before + 1 and bool(at.only_lower)
    return Verdict.CUT if certain else Verdict.UNSURE


def _by_columns(at: _Break) -> Verdict:
    """The verdict in a list without numbers."""
    if at.two_values:
        return Verdict.UNSURE if at.goes_on else Verdict.WHOLE
    if len(at.usual) < _ENOUGH or not (at.only_upper or at.only_lower):
        return Verdict.UNSURE if at.goes_on or not at.usual else Verdict.WHOLE
    whole = at.usual <= _filled(at.upper) | _filled(at.lower)
    most = 2 * max(len(at.only_upper), len(at.only_lower)) >= len(at.usual)
    if whole and most and at.goes_on:
        return Verdict.CUT
    rest = not at.only_lower and 4 * len(at.only_upper) >= 3 * len(at.usual)
    if rest and at.is_followed and _filled(at.lower) <= _filled(at.upper):
        return Verdict.CUT
    return Verdict.UNSURE


def _of_few(at: _Break) -> Verdict:
    """The verdict in a table of a few columns, which may be a form's labels and values."""
    label = min(at.upper)
    if at.two_values:
        return Verdict.WHOLE
    if at.lower[label].strip() or not at.upper[label].strip():
        return Verdict.UNSURE if at.goes_on else Verdict.WHOLE
    labelled = all(row.get(label, "").strip() for row in at.others)
    rest = _filled(at.lower) <= _filled(at.upper) and (len(_filled(at.lower)) == 1 or at.goes_on)
    return Verdict.CUT if labelled and rest else Verdict.UNSURE


def _filled(row: Row) -> set[int]:
    return {column for column, text in row.items() if text.strip()}


def _is_between(row: Row) -> bool:
    return is_between_entries([text for _, text in sorted(row.items()) if text.strip()])


def _is_heading(above: Sequence[Row]) -> bool:
    """Whether the last row before the break is a heading: the list's first row, or one that stood above already."""
    if re.search(r"\d", "".join(above[-1].values())):
        return False
    full = [row for row in above if 2 * len(_filled(row)) >= len(row) > _NARROW]
    first = 0 < len(full) < _ENOUGH and full[-1] is above[-1]
    return first or any(_alike(row, above[-1]) for row in above[:-1])


def _number_column(above: Sequence[Row], below: Sequence[Row]) -> int | None:
    """The column in which the rows are counted; None where none is."""
    for column in sorted(above[-1])[:2]:
        found = list(_numbers([*above, *below], column))
        steps = [after - before for before, after in pairwise(found)]
        # A misread number makes two steps wrong.
        if len(found) >= _ENOUGH and steps.count(1) >= max(2, _ALIKE * len(steps)):
            return column
    return None


def _numbers(rows: Sequence[Row], column: int) -> Iterator[int]:
    for row in rows:
        number = _number(row.get(column, ""))
        if number is not None:
            yield number


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _bare(text: str) -> str:
    return "".join(text.split())


def begins_again(upper: Mapping[tuple[int, int], str], lower: Mapping[tuple[int, int], str]) -> bool:
    """Whether a table begins as the one before it did, down one of its columns: the same labels, or numbers from one on.

    Then it is another copy of the form, however alike the pages are. A list that goes on repeats its headings alone.

    Args:
        upper: Texts of the table before, by row and column.
        lower: Texts of the table.
    """
    return any(
        len(
            {
                text
                for row in range(_FIRST_ROWS)
                if (text := lower.get((row, column))) and text == upper.get((row, column))
            }
        )
        >= _AGAIN
        for column in {column for _, column in lower}
    )


def begins_with_rows(upper: Mapping[tuple[int, int], str], lower: Mapping[tuple[int, int], str]) -> bool:
    """Whether a table begins without the labels in the first row of the one before it, so that it can only go on there.

    Args:
        upper: Texts of the table before, by row and column.
        lower: Texts of the table.
    """
    return len({column for _, column in lower}) >= _LIST and not any(
        ratio(text, upper.get((0, column), "")) >= _SAME_LABEL
        for (row, column), text in lower.items()
        if row == 0 and text
    )
